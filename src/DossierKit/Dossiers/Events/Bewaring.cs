using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// Something decided on how long a dossier is kept. It lies in <c>bewaring</c>, is recorded through the archive door alone (<see cref="OpenArchive"/>), and dies with
/// the dossier. Who decided is always recorded; the reasons are free text for whoever must account for it.
/// </summary>
public abstract record RetentionEvent : DossierEvent
{
    private protected RetentionEvent()
    {
    }

    /// <summary>A keyed mark of the account it was recorded with, under a key of this dossier: so that two steps by one account can be told. Written by the register.</summary>
    [JsonPropertyName("rekening"), WrittenByRegister] public string? AccountMark { get; init; }
}

/// <summary><c>klasse-vastgesteld</c>: which result of the selectielijst the dossier falls under, and why.</summary>
public sealed record ClassSet : RetentionEvent
{
    /// <summary>Which version of the list.</summary>
    [JsonPropertyName("lijst")] public required string List { get; init; }

    /// <summary>The number of the result, such as <c>12.1.7</c>.</summary>
    [JsonPropertyName("resultaat")] public required string Result { get; init; }

    /// <summary>What becomes of it.</summary>
    [JsonPropertyName("nominatie")] public required Nominatie Nominatie { get; init; }

    /// <summary>How long it is kept, ISO 8601; <see langword="null"/> for what is kept for good.</summary>
    [JsonPropertyName("termijn")] public string? Term { get; init; }

    /// <summary>From what the term runs.</summary>
    [JsonPropertyName("vanaf")] public Afleidingswijze From { get; init; }

    /// <summary>The name of the date it runs from, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>.</summary>
    [JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; }

    /// <summary>With <see cref="Afleidingswijze.Termijn"/>: how long after the closing the term begins, ISO 8601.</summary>
    [JsonPropertyName("procestermijn")] public string? ProcessTerm { get; init; }

    /// <summary>Why this class.</summary>
    [JsonPropertyName("grond")] public required string Ground { get; init; }

    internal Classification Class => new(List, Result, Nominatie, Term, From, Kenmerk, Date) { ProcessTerm = ProcessTerm };
}

/// <summary><c>brondatum-vastgelegd</c>: a date that a term of keeping runs from; a later one of the same name takes its place.</summary>
public sealed record SourceDateSet : RetentionEvent
{
    /// <summary>What it is the date of: another date, or a besluit that took effect or lapsed.</summary>
    [JsonPropertyName("vanaf")] public required Afleidingswijze From { get; init; }

    /// <summary>Its name, with <see cref="Afleidingswijze.AnderDatumkenmerk"/>.</summary>
    [JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; }

    /// <summary>The date; it may lie in the future.</summary>
    [JsonPropertyName("brondatum")] public required DateOnly SourceDate { get; init; }

    /// <summary>How it is known.</summary>
    [JsonPropertyName("grond")] public required string Ground { get; init; }
}

/// <summary><c>archiefactiedatum-aangepast</c>: it is kept longer than the class says, or for good; or that decision is withdrawn.</summary>
public sealed record ActionDateChanged : RetentionEvent
{
    /// <summary>The day until which it is kept; <see langword="null"/> when only the nominatie changes, or the decision is withdrawn.</summary>
    [JsonPropertyName("tot")] public DateOnly? KeepUntil { get; init; }

    /// <summary>Kept for good instead of destroyed; <see langword="null"/>: unchanged.</summary>
    [JsonPropertyName("nominatie")] public Nominatie? Nominatie { get; init; }

    /// <summary>What the archiefactiedatum was by the class at that moment; <see langword="null"/> when not known then.</summary>
    [JsonPropertyName("berekend")] public DateOnly? Computed { get; init; }

    /// <summary>Whether the earlier decision is withdrawn: the class alone counts again.</summary>
    [JsonPropertyName("ingetrokken")] public bool IsWithdrawn { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary><c>bewaargrond-geplaatst</c>: something is kept although its time may come. One person places it, two release it.</summary>
public sealed record HoldPlaced : RetentionEvent
{
    /// <summary>For what.</summary>
    [JsonPropertyName("grond")] public required HoldKind Kind { get; init; }

    /// <summary>Which recording or file; <see langword="null"/>: the whole dossier and everything in it.</summary>
    [JsonPropertyName("object")] public FileId? Object { get; init; }

    /// <summary>The reference of the proceedings or request, such as a case number.</summary>
    [JsonPropertyName("verwijzing")] public required string Citation { get; init; }

    /// <summary>The day it is looked at again.</summary>
    [JsonPropertyName("toetsenOp")] public required DateOnly ReviewOn { get; init; }

    /// <summary>Why it is needed.</summary>
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary>Something done about one hold.</summary>
public abstract record HoldEvent : RetentionEvent
{
    private protected HoldEvent()
    {
    }

    /// <summary>The hold: the journal entry that placed it.</summary>
    [JsonPropertyName("bewaargrond"), JsonConverter(typeof(OpaqueIdJson))] public required OpaqueId Hold { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary><c>bewaargrond-herzien</c>: a hold was looked at and stays; a proposal to release it is off.</summary>
public sealed record HoldReviewed : HoldEvent
{
    /// <summary>The next day it is looked at.</summary>
    [JsonPropertyName("toetsenOp")] public required DateOnly ReviewOn { get; init; }
}

/// <summary><c>opheffing-voorgesteld</c>: the first of the two who release a hold.</summary>
public sealed record HoldReleaseProposed : HoldEvent;

/// <summary><c>bewaargrond-opgeheven</c>: the second of the two; another person with another account.</summary>
public sealed record HoldReleased : HoldEvent;

/// <summary><c>overgedragen</c>: the archive confirmed that it received the dossier; or that was recorded wrongly and is taken back.</summary>
public sealed record DossierTransferred : RetentionEvent
{
    /// <summary>To which archive; <see langword="null"/> when it is taken back.</summary>
    [JsonPropertyName("aan")] public string? To { get; init; }

    /// <summary>The reference of the receipt; <see langword="null"/> when it is taken back.</summary>
    [JsonPropertyName("ontvangstbewijs")] public string? Receipt { get; init; }

    /// <summary>Whether the transfer recorded last is taken back: then the dossier is kept here as before.</summary>
    [JsonPropertyName("ingetrokken"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsWithdrawn { get; init; }

    /// <summary>Why it is taken back.</summary>
    [JsonPropertyName("reden")] public string? Reason { get; init; }

    /// <summary>SHA-256 of the manifest of the bag that was received, 64 lower-case hexadecimal digits; <see langword="null"/> when not known.</summary>
    [JsonPropertyName("sha256")] public string? Sha256 { get; init; }
}
