using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What becomes of a dossier in the end (ZGW: archiefnominatie).</summary>
public enum Nominatie
{
    /// <summary>It is destroyed when its time has come.</summary>
    [JsonStringEnumMemberName("vernietigen")] Vernietigen,

    /// <summary>It is kept for good, and goes to the archive.</summary>
    [JsonStringEnumMemberName("blijvend_bewaren")] BlijvendBewaren,
}

/// <summary>From what the day is taken that a term of keeping runs from (ZGW: brondatum, afleidingswijze). All nine are named; four have no meaning for a dossier that stands alone.</summary>
public enum Afleidingswijze
{
    /// <summary>From the closing of the case.</summary>
    [JsonStringEnumMemberName("afgehandeld")] Afgehandeld,

    /// <summary>From a date somebody recorded under a name, such as the end of an employment.</summary>
    [JsonStringEnumMemberName("ander_datumkenmerk")] AnderDatumkenmerk,

    /// <summary>From the day a besluit took effect.</summary>
    [JsonStringEnumMemberName("ingangsdatum_besluit")] IngangsdatumBesluit,

    /// <summary>From the day a besluit lapsed.</summary>
    [JsonStringEnumMemberName("vervaldatum_besluit")] VervaldatumBesluit,

    /// <summary>From the closing plus a process term.</summary>
    [JsonStringEnumMemberName("termijn")] Termijn,

    /// <summary>From a property of the case; not used here.</summary>
    [JsonStringEnumMemberName("eigenschap")] Eigenschap,

    /// <summary>From a related case; not used here.</summary>
    [JsonStringEnumMemberName("gerelateerde_zaak")] GerelateerdeZaak,

    /// <summary>From the main case; not used here.</summary>
    [JsonStringEnumMemberName("hoofdzaak")] Hoofdzaak,

    /// <summary>From an object of the case; not used here.</summary>
    [JsonStringEnumMemberName("zaakobject")] Zaakobject,
}

/// <summary>For what something is kept although its time has come.</summary>
public enum HoldKind
{
    /// <summary>A civil case, such as about a dismissal.</summary>
    [JsonStringEnumMemberName("civiel")] Civiel,

    /// <summary>Bezwaar, beroep or another administrative case.</summary>
    [JsonStringEnumMemberName("bestuursrechtelijk")] Bestuursrechtelijk,

    /// <summary>A criminal case.</summary>
    [JsonStringEnumMemberName("strafrechtelijk")] Strafrechtelijk,

    /// <summary>A request or complaint under the AVG.</summary>
    [JsonStringEnumMemberName("avg")] Avg,

    /// <summary>A request under the Wet open overheid.</summary>
    [JsonStringEnumMemberName("woo")] Woo,
}

/// <summary>What an object of a dossier is, for keeping and destroying.</summary>
public enum ArchiveObjectKind
{
    /// <summary>A recording.</summary>
    [JsonStringEnumMemberName("opname")] Opname,

    /// <summary>A second file of the same recording.</summary>
    [JsonStringEnumMemberName("kopie")] Kopie,

    /// <summary>A text written out from a recording that nobody signed.</summary>
    [JsonStringEnumMemberName("transcript")] Transcript,
}

/// <summary>The class of a dossier as it was set: the ground, a free text, stands in the event alone.</summary>
/// <param name="List">Which version of the selectielijst, such as <c>selectielijst-2020</c>.</param>
/// <param name="Result">The number of the result, such as <c>12.1.7</c>.</param>
/// <param name="Nominatie">What becomes of it.</param>
/// <param name="Term">How long it is kept, ISO 8601 such as <c>P10Y</c>; <see langword="null"/> for what is kept for good.</param>
/// <param name="From">From what the term runs.</param>
/// <param name="Kenmerk">The name of the date it runs from, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>, such as <c>einde-dienstverband</c>.</param>
/// <param name="SetOn">The day it was set.</param>
public sealed record Classification(
    [property: JsonPropertyName("lijst")] string List,
    [property: JsonPropertyName("resultaat")] string Result,
    [property: JsonPropertyName("nominatie")] Nominatie Nominatie,
    [property: JsonPropertyName("termijn")] string? Term,
    [property: JsonPropertyName("vanaf")] Afleidingswijze From,
    [property: JsonPropertyName("datumkenmerk")] string? Kenmerk,
    [property: JsonPropertyName("op")] DateOnly SetOn)
{
    /// <summary>With <see cref="Afleidingswijze.Termijn"/>: how long after the closing the term of keeping begins, ISO 8601; otherwise <see langword="null"/>.</summary>
    [JsonPropertyName("procestermijn")] public string? ProcessTerm { get; init; }
}

/// <summary>A date that a term runs from, as it was recorded.</summary>
/// <param name="From">What it is the date of.</param>
/// <param name="Kenmerk">Its name, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>.</param>
/// <param name="Date">The date.</param>
public sealed record SourceDate(
    [property: JsonPropertyName("vanaf")] Afleidingswijze From,
    [property: JsonPropertyName("datumkenmerk")] string? Kenmerk,
    [property: JsonPropertyName("datum")] DateOnly Date)
{
    /// <summary>
    /// The names a date can have that a term runs from, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>. They stand on lists of destruction and in the verklaring, which are kept for ever, so
    /// nobody types one: a name typed in would stay when the dossier is gone, and whether it was refused would tell who is in the case.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "einde-dienstverband", "einde-ambt", "einde-functie", "einde-opdracht", "einde-maatregel", "einde-procedure", "besluit-onherroepelijk", "uitspraak-onherroepelijk", "laatste-betaling", "overlijden",
    ];
}

/// <summary>A decision to keep longer than the class says; it never makes anything earlier.</summary>
/// <param name="KeepUntil">The day until which it is kept; <see langword="null"/> when only the nominatie changed.</param>
/// <param name="Nominatie">The other nominatie, only ever <see cref="Nominatie.BlijvendBewaren"/>; <see langword="null"/> when it did not change.</param>
/// <param name="Computed">What the archiefactiedatum was by the class when it was decided; <see langword="null"/> when not known then.</param>
/// <param name="SetOn">The day it was decided.</param>
public sealed record ActionDateOverride(
    [property: JsonPropertyName("tot")] DateOnly? KeepUntil,
    [property: JsonPropertyName("nominatie")] Nominatie? Nominatie,
    [property: JsonPropertyName("berekend")] DateOnly? Computed,
    [property: JsonPropertyName("op")] DateOnly SetOn);

/// <summary>A reason to keep something that was not released yet. It never lapses by itself.</summary>
/// <param name="Id">The journal entry that placed it.</param>
/// <param name="Kind">For what.</param>
/// <param name="Object">Which recording or file; <see langword="null"/>: the whole dossier and everything in it.</param>
/// <param name="PlacedOn">When.</param>
/// <param name="ReviewOn">The day it is looked at again; once passed it still holds, and somebody is late.</param>
/// <param name="PlacedBy">Who placed it (handle of the staff).</param>
/// <param name="ReleaseProposedBy">Who proposed to release it; <see langword="null"/> when nobody did.</param>
public sealed record Hold(
    [property: JsonPropertyName("id"), JsonConverter(typeof(OpaqueIdJson))] Vault.OpaqueId Id,
    [property: JsonPropertyName("soort")] HoldKind Kind,
    [property: JsonPropertyName("object")] FileId? Object,
    [property: JsonPropertyName("op")] DateOnly PlacedOn,
    [property: JsonPropertyName("toetsen")] DateOnly ReviewOn,
    [property: JsonPropertyName("door")] PersonId PlacedBy,
    [property: JsonPropertyName("opheffingDoor")] PersonId? ReleaseProposedBy);

/// <summary>A recording, or something that shares its fate, that still lies in the dossier.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Of">The recording it belongs to; <see langword="null"/> for a recording itself, and for a transcript whose recording is gone.</param>
/// <param name="MadeOn">The day of the recording.</param>
/// <param name="AgreedOn">The day the verslag of the conversation was agreed; <see langword="null"/> while it is not.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="CopiesElsewhere">Copies outside the vault that did not come back.</param>
public sealed record RecordingFacts(
    [property: JsonPropertyName("bestand")] FileId File,
    [property: JsonPropertyName("soort")] ArchiveObjectKind Kind,
    [property: JsonPropertyName("van")] FileId? Of,
    [property: JsonPropertyName("gemaakt")] DateOnly MadeOn,
    [property: JsonPropertyName("vastgesteld")] DateOnly? AgreedOn,
    [property: JsonPropertyName("bytes")] long Length,
    [property: JsonPropertyName("kopieen"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int CopiesElsewhere)
{
    /// <summary>Other recordings that a transcript may be the account of, when several were made of its conversation; <see langword="null"/> when there is none.</summary>
    [JsonPropertyName("ookVan")] public IReadOnlyList<FileId>? AlsoOf { get; init; }

    /// <summary>A copy that is also the file of a verslag, an original or evidence, see <see cref="RecordingItem.IsKept"/>: it does not go as a copy.</summary>
    [JsonPropertyName("ookAnders"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsKept { get; init; }
}

/// <summary>When an event happened that a rule of keeping of the protocol counts from: the first and the last time.</summary>
/// <param name="Event">One of <see cref="Protocols.EventNames"/>.</param>
/// <param name="First">The first time.</param>
/// <param name="Last">The last time.</param>
public sealed record EventMoment(
    [property: JsonPropertyName("soort")] string Event,
    [property: JsonPropertyName("eerst")] DateOnly First,
    [property: JsonPropertyName("laatst")] DateOnly Last);

/// <summary>The class that was named when the case was closed, before anybody set one: it counts as the first classification when it came with a ground and the list knows it.</summary>
/// <param name="Result">The number, such as <c>12.1.7</c>.</param>
/// <param name="HasGround">Whether a ground was given.</param>
/// <param name="On">The day of the closing that named it.</param>
public sealed record ClosingClass(
    [property: JsonPropertyName("resultaat")] string Result,
    [property: JsonPropertyName("metGrond")] bool HasGround,
    [property: JsonPropertyName("op")] DateOnly On);

/// <summary>
/// What decides how long a dossier and what lies in it is kept: dates, ids, classes and handles, no names and no content. Drawn from the full state and kept in the
/// catalogue, so that all of them can be planned without one being opened.
/// </summary>
public sealed record RetentionFacts
{
    /// <summary>Nothing known: then nothing may be destroyed.</summary>
    public static RetentionFacts None { get; } = new();

    /// <summary>The class; <see langword="null"/> when none was set.</summary>
    [JsonPropertyName("klasse")] public Classification? Class { get; init; }

    /// <summary>The class named at the closing; <see langword="null"/> when none was, once a class was set, and once the case was reopened. Beside a class that was set it is another one: then neither counts.</summary>
    [JsonPropertyName("bijSluiting")] public ClosingClass? AtClosing { get; init; }

    /// <summary>Dates that a term can run from.</summary>
    [JsonPropertyName("brondatums")] public IReadOnlyList<SourceDate> SourceDates { get; init => field = value ?? []; } = [];

    /// <summary>A decision to keep longer; <see langword="null"/> when there is none.</summary>
    [JsonPropertyName("aangepast")] public ActionDateOverride? Override { get; init; }

    /// <summary>What is held now.</summary>
    [JsonPropertyName("gronden")] public IReadOnlyList<Hold> Holds { get; init => field = value ?? []; } = [];

    /// <summary>Recordings, copies of them and unsigned transcripts that still exist.</summary>
    [JsonPropertyName("opnamen")] public IReadOnlyList<RecordingFacts> Recordings { get; init => field = value ?? []; } = [];

    /// <summary>When the events happened that the protocol's rules of keeping count from, apart from closing and agreed verslag.</summary>
    [JsonPropertyName("momenten")] public IReadOnlyList<EventMoment> Moments { get; init => field = value ?? []; } = [];

    /// <summary>How the case ended, the last time it was closed; <see langword="null"/> when it never was.</summary>
    [JsonPropertyName("afloop")] public CaseOutcome? Outcome { get; init; }

    /// <summary>The melding was a misstand, or came by the Huis voor Klokkenluiders.</summary>
    [JsonPropertyName("klokkenluider"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsKlokkenluider { get; init; }

    /// <summary>A betrokkene is wethouder, raadslid or burgemeester.</summary>
    [JsonPropertyName("politicus"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool HasPolitician { get; init; }

    /// <summary>A copy of something went to a personnel file.</summary>
    [JsonPropertyName("naarPersoneelsdossier"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool WentToPersonnelFile { get; init; }

    /// <summary>A measure was taken.</summary>
    [JsonPropertyName("maatregel"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool HasMeasure { get; init; }

    /// <summary>The day the case was last reopened; <see langword="null"/> when it never was.</summary>
    [JsonPropertyName("heropend")] public DateOnly? ReopenedOn { get; init; }

    /// <summary>The day it was handed over to the archive; <see langword="null"/> when it was not.</summary>
    [JsonPropertyName("overgedragen")] public DateOnly? TransferredOn { get; init; }

    /// <summary>Copies of anything in the dossier that lie elsewhere and did not come back.</summary>
    [JsonPropertyName("kopieenElders"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int CopiesElsewhere { get; init; }

    /// <summary>Files that are sound, or lie with the recordings, and were filed as something else than a recording: no rule for recordings counts for them.</summary>
    [JsonPropertyName("geluid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Sounds { get; init; }

    /// <summary>
    /// The commit of the newest event of the case itself, apart from decisions on keeping and on who may look; 0: not known, in a record from before it was kept. Whoever agreed to
    /// destroy a dossier agreed on what was in it then: whatever comes later has a higher number.
    /// </summary>
    [JsonPropertyName("inhoudVersie"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public long ContentVersion { get; init; }

    /// <summary>There is more than the catalogue can hold: then nothing of it is proposed for destruction, and it is said.</summary>
    [JsonPropertyName("onvolledig"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsIncomplete { get; init; }
}
