using System.Text.Json.Serialization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>What is kept or destroyed.</summary>
public enum RetentionObject
{
    /// <summary>The whole dossier.</summary>
    [JsonStringEnumMemberName("dossier")] Dossier,

    /// <summary>A recording.</summary>
    [JsonStringEnumMemberName("opname")] Opname,

    /// <summary>A second file of the same recording.</summary>
    [JsonStringEnumMemberName("kopie")] Kopie,

    /// <summary>A text written out from a recording that nobody signed.</summary>
    [JsonStringEnumMemberName("transcript")] Transcript,
}

/// <summary>What is to be done on the day of the plan.</summary>
public enum RetentionDecision
{
    /// <summary>Keep it.</summary>
    [JsonStringEnumMemberName("bewaren")] Bewaren,

    /// <summary>It may, or must, be destroyed.</summary>
    [JsonStringEnumMemberName("vernietigen")] Vernietigen,

    /// <summary>It goes to the archive.</summary>
    [JsonStringEnumMemberName("overdragen")] Overdragen,
}

/// <summary>How it stands, on the day of the plan.</summary>
public enum RetentionStatus
{
    /// <summary>Its time has not come, and it is known when.</summary>
    [JsonStringEnumMemberName("loopt")] Loopt,

    /// <summary>When its time comes is not known yet: the case is open, or a date is missing.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Something holds it.</summary>
    [JsonStringEnumMemberName("vastgehouden")] Vastgehouden,

    /// <summary>It has no class: then it is never destroyed.</summary>
    [JsonStringEnumMemberName("ongeclassificeerd")] Ongeclassificeerd,

    /// <summary>It is kept for good, and its time to go to the archive has not come.</summary>
    [JsonStringEnumMemberName("blijvend")] Blijvend,

    /// <summary>It may go; nothing says it must.</summary>
    [JsonStringEnumMemberName("mag")] Mag,

    /// <summary>It must go.</summary>
    [JsonStringEnumMemberName("moet")] Moet,

    /// <summary>It should have gone already.</summary>
    [JsonStringEnumMemberName("te-laat")] TeLaat,

    /// <summary>The archive has it.</summary>
    [JsonStringEnumMemberName("overgedragen")] Overgedragen,
}

/// <summary>One step of the answer to "why".</summary>
/// <param name="Code">Machine-readable, kebab case; the README of this folder lists all.</param>
/// <param name="Text">The same for a reader, Dutch.</param>
/// <param name="Article">The article or result it follows from; never empty.</param>
public sealed record RetentionReason(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("article")] string Article);

/// <summary>A dossier, or an object in one, in the plan of a day: what is to be done with it, and why.</summary>
public sealed record RetentionItem
{
    /// <summary>The stream of the dossier.</summary>
    public required OpaqueId Stream { get; init; }

    /// <summary>The number of the dossier.</summary>
    public required DossierNumber Dossier { get; init; }

    /// <summary>The object; <see langword="null"/>: the whole dossier.</summary>
    public OpaqueId? Object { get; init; }

    /// <summary>What it is.</summary>
    public required RetentionObject Kind { get; init; }

    /// <summary>What is to be done.</summary>
    public required RetentionDecision Decision { get; init; }

    /// <summary>How it stands.</summary>
    public required RetentionStatus Status { get; init; }

    /// <summary>The first day it may be destroyed, apart from holds; <see langword="null"/> when not known, or never.</summary>
    public DateOnly? Ripe { get; init; }

    /// <summary>Of a recording the last day it should be there; of a dossier its archiefactiedatum; <see langword="null"/> when not known, or never. Apart from holds.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Why, step by step; never empty. Written each time they are asked for, from the same facts: of hundreds of thousands of items most are only counted.</summary>
    public IReadOnlyList<RetentionReason> Reasons { get => field ?? Source?.ReasonsOf(this) ?? []; init; }

    /// <summary>The day the case was closed; <see langword="null"/> while it is open.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The length of what it is, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The class it is kept by; <see langword="null"/> when there is none.</summary>
    public Classification? Class { get; init; }

    /// <summary>What holds it: of an object also what holds the whole dossier; of a dossier everything held in it.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>What somebody should look at: a class that does not fit the facts, a copy elsewhere, a hold past its review; Dutch. Written each time they are asked for.</summary>
    public IReadOnlyList<string> Warnings { get => field ?? Source?.WarningsOf(this) ?? []; init; }

    /// <summary>What it was planned from.</summary>
    internal PlanSource? Source { get; init; }

    /// <summary>SHA-256 of everything this item was decided on, 64 lower-case hexadecimal digits: what an approval is bound to.</summary>
    /// <returns>The digits.</returns>
    public string Fingerprint() => RetentionFingerprint.Of(this);
}

/// <summary>The plan of one day: every dossier, then what lies in it.</summary>
/// <param name="Today">The day.</param>
/// <param name="Items">The items, by number; of one dossier the dossier itself first.</param>
public sealed record RetentionPlan(DateOnly Today, IReadOnlyList<RetentionItem> Items);
