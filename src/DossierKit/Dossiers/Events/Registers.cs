using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What became of a document that was sent.</summary>
public enum ReceiptOutcome
{
    /// <summary>It was received.</summary>
    [JsonStringEnumMemberName("ontvangen")] Received,

    /// <summary>It was refused.</summary>
    [JsonStringEnumMemberName("geweigerd")] Refused,

    /// <summary>It was not collected at the post office.</summary>
    [JsonStringEnumMemberName("niet-afgehaald")] NotCollected,

    /// <summary>It came back.</summary>
    [JsonStringEnumMemberName("retour")] Returned,
}

/// <summary><c>ontvangst-van-stuk</c>: what became of a document sent: received, refused, not collected, returned; with the proof.</summary>
public sealed record DeliveryConfirmed : DossierEvent
{
    /// <summary>The reference of the <c>stuk-verzonden</c> it is about.</summary>
    [JsonPropertyName("verzending"), Description("Kenmerk van de verzending, zoals verzending-1")] public required string Dispatch { get; init; }

    /// <summary>What became of it.</summary>
    [JsonPropertyName("uitkomst"), Description("Ontvangen, geweigerd, niet afgehaald of retour")] public required ReceiptOutcome Outcome { get; init; }

    /// <summary>What proves it, such as a signed receipt or the number of the post.</summary>
    [JsonPropertyName("bewijs"), Description("Waaruit dat blijkt, zoals een getekend ontvangstbewijs")] public string? Proof { get; init; }

    /// <summary>The proof in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het bewijs in het dossier (id)")] public FileId? File { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override string? About => Dispatch;
}

/// <summary><c>journaal-aantekening</c>: an act, decision or contact written down as it happened, with its reason; it changes nothing else (HVN 2.5, OMM journaal).</summary>
public sealed record JournalNoted : DossierEvent
{
    /// <summary>What was done, decided or said.</summary>
    [JsonPropertyName("aantekening"), Description("Wat er is gedaan, besloten of gezegd, en waarom")] public required string Text { get; init; }

    /// <summary>The time.</summary>
    [JsonPropertyName("tijd"), Description("Tijd, zoals 14:00")] public TimeOnly? Time { get; init; }

    /// <summary>The persons it is about (handles of the case). A note about a melder is always kept in <c>melder</c>.</summary>
    [JsonPropertyName("over"), Description("Over wie het gaat (aanduidingen)")] public IReadOnlyList<PersonId> Persons { get; init => field = value ?? []; } = [];

    /// <summary>Where it is kept; default <c>onderzoek</c>.</summary>
    [JsonPropertyName("compartiment"), Description("Waar de aantekening hoort; leeg: onderzoek")] public Compartment? Chosen { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => KeptIn ?? Chosen ?? Dossiers.Compartment.Onderzoek;

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Persons;
}

/// <summary>What an original is.</summary>
public enum OriginalForm
{
    /// <summary>Paper with ink on it.</summary>
    [JsonStringEnumMemberName("papier")] Paper,

    /// <summary>A scan that replaced the paper.</summary>
    [JsonStringEnumMemberName("scan")] Scan,

    /// <summary>Signed electronically.</summary>
    [JsonStringEnumMemberName("elektronisch")] Electronic,
}

/// <summary><c>origineel-geregistreerd</c>: where the signed original of a document lies and who signed it.</summary>
public sealed record OriginalRegistered : DossierEvent
{
    /// <summary>The kind of document, such as <c>gespreksverslag</c>.</summary>
    [JsonPropertyName("stuk"), Description("Soort stuk, zoals gespreksverslag")] public required string DocumentKind { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("vorm"), Description("Papier, scan of elektronisch getekend")] public required OriginalForm Form { get; init; }

    /// <summary>Where it lies, such as <c>kluis bureau integriteit, map 12</c>.</summary>
    [JsonPropertyName("plaats"), Description("Waar het origineel ligt, zoals kluis bureau integriteit, map 12")] public required string Where { get; init; }

    /// <summary>Who signed (handles of the staff or the case).</summary>
    [StaffHandle, JsonPropertyName("ondertekendDoor"), Description("Wie heeft getekend (aanduidingen)")] public IReadOnlyList<PersonId> SignedBy { get; init => field = value ?? []; } = [];

    /// <summary>Whose document it is, such as the person heard (handle of the case).</summary>
    [JsonPropertyName("van"), Description("Van wie het stuk is, zoals wie is gehoord (aanduiding)")] public PersonId? Of { get; init; }

    /// <summary>The conversation it belongs to.</summary>
    [JsonPropertyName("gesprek"), Description("Kenmerk van het gesprek, bij een verslag")] public string? Conversation { get; init; }

    /// <summary>The file in the dossier: the scan, or the version that was printed and signed.</summary>
    [JsonPropertyName("bestand"), Description("Het bestand in het dossier (id)")] public FileId? File { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Of is { } one ? [one] : [];

    /// <inheritdoc/>
    [JsonIgnore] public override string? About => Conversation ?? Reference;
}

/// <summary><c>kopie-elders</c>: a copy of a document lies outside this vault; destruction names it later.</summary>
public sealed record CopyKeptElsewhere : DossierEvent
{
    /// <summary>The kind of document, such as <c>onderzoeksopdracht</c>.</summary>
    [JsonPropertyName("stuk"), Description("Soort stuk, zoals onderzoeksopdracht")] public required string DocumentKind { get; init; }

    /// <summary>With whom, by function: no name.</summary>
    [JsonPropertyName("houder"), Description("Bij wie, met de functie en zonder naam, zoals verantwoordelijk directeur")] public required string Holder { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom er een kopie is")] public required string Reason { get; init; }

    /// <summary>Whose document it is (handle of the case).</summary>
    [JsonPropertyName("van"), Description("Van wie het stuk is (aanduiding)")] public PersonId? Of { get; init; }

    /// <summary>The document in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het stuk in het dossier (id)")] public FileId? File { get; init; }

    /// <summary>When it should be back or gone.</summary>
    [JsonPropertyName("terugOp"), Description("Wanneer de kopie terug of weg moet zijn")] public DateOnly? DueBackOn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => KeptIn ?? DossierDocument.CompartmentOf(DocumentKind);

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Of is { } one ? [one] : [];
}

/// <summary>What became of a copy.</summary>
public enum CopyOutcome
{
    /// <summary>It came back.</summary>
    [JsonStringEnumMemberName("terug")] Returned,

    /// <summary>Its holder declared that it was destroyed.</summary>
    [JsonStringEnumMemberName("vernietigd")] Destroyed,
}

/// <summary><c>kopie-teruggehaald</c>: a copy kept elsewhere came back or was destroyed there.</summary>
public sealed record CopyRetrieved : DossierEvent
{
    /// <summary>The reference of the <c>kopie-elders</c> it is about.</summary>
    [JsonPropertyName("kopie"), Description("Kenmerk van de kopie, zoals kopie-1")] public required string Copy { get; init; }

    /// <summary>What became of it.</summary>
    [JsonPropertyName("uitkomst"), Description("Terug, of door de houder vernietigd")] public required CopyOutcome Outcome { get; init; }

    /// <summary>What proves it.</summary>
    [JsonPropertyName("bewijs"), Description("Waaruit dat blijkt, zoals een verklaring van de houder")] public string? Proof { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override string? About => Copy;
}

/// <summary>What the first assessment of a melding came to (HVN 1.6).</summary>
public enum AssessmentOutcome
{
    /// <summary>Not admissible, such as about somebody unknown to the organisation.</summary>
    [JsonStringEnumMemberName("niet-ontvankelijk")] NotAdmissible,

    /// <summary>Nothing wrong, or too small.</summary>
    [JsonStringEnumMemberName("geen-of-gering-feit")] NothingWrong,

    /// <summary>Too few indications, or not likely enough.</summary>
    [JsonStringEnumMemberName("onvoldoende-aanwijzingen")] TooLittle,

    /// <summary>Another route.</summary>
    [JsonStringEnumMemberName("ander-traject")] OtherRoute,

    /// <summary>A criminal complaint.</summary>
    [JsonStringEnumMemberName("aangifte")] Aangifte,

    /// <summary>An onderzoek.</summary>
    [JsonStringEnumMemberName("onderzoek")] Inquiry,
}

/// <summary>How it was disposed of towards one betrokkene.</summary>
public enum Disposition
{
    /// <summary>Without consequence.</summary>
    [JsonStringEnumMemberName("zonder-gevolg")] None,

    /// <summary>A conversation or warning.</summary>
    [JsonStringEnumMemberName("gesprek-of-waarschuwing")] Warning,

    /// <summary>A disciplinary or legal measure.</summary>
    [JsonStringEnumMemberName("maatregel")] Measure,

    /// <summary>The betrokkene left before it was judged.</summary>
    [JsonStringEnumMemberName("vertrokken")] Left,

    /// <summary>Another.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}

/// <summary>
/// <c>registratie-bijgewerkt</c>: the registration form of one betrokkene; what is given replaces what stood there (HVN 4.3: one form per betrokkene, several types,
/// a repeat gets a new form).
/// </summary>
public sealed record RegistrationUpdated : DossierEvent
{
    /// <summary>Whose form (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Van wie het formulier is (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The types of breach; empty: unchanged.</summary>
    [JsonPropertyName("typen"), Description("Typen schending")] public IReadOnlyList<ViolationType> Types { get; init => field = value ?? []; } = [];

    /// <summary>Where the first signal about this betrokkene came in; <see langword="null"/>: unchanged.</summary>
    [JsonPropertyName("kanaal"), Description("Waar het eerste signaal over deze betrokkene binnenkwam")] public MeldingChannel? Channel { get; init; }

    /// <summary>What the first assessment came to; <see langword="null"/>: unchanged.</summary>
    [JsonPropertyName("beoordeling"), Description("Uitkomst van de eerste beoordeling")] public AssessmentOutcome? Assessment { get; init; }

    /// <summary>How it was disposed of; <see langword="null"/>: unchanged.</summary>
    [JsonPropertyName("afdoening"), Description("Hoe het is afgedaan")] public Disposition? Disposition { get; init; }

    /// <summary>The number of the earlier dossier about the same person, when this is a repeat.</summary>
    [JsonPropertyName("herhalingVan"), Description("Nummer van het eerdere dossier, bij herhaling")] public DossierNumber? RepeatOf { get; init; }

    /// <summary>What was judged in the earlier dossier; needed with <see cref="RepeatOf"/>, because an ongegrond case never counts as recidive.</summary>
    [JsonPropertyName("eerderOordeel"), Description("Het oordeel in dat eerdere dossier; ongegrond telt nooit mee")] public Oordeel? EarlierOordeel { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}
