using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>What is compared of a case: closed lists, no names, nothing that points at one person. Unknown is <see langword="null"/>, or an empty list.</summary>
public record CaseProfile
{
    /// <summary>Types of breach.</summary>
    [JsonPropertyName("typen")] public IReadOnlyList<ViolationType> Types { get; init => field = Ordered(value); } = [];

    /// <summary>Which kinds of rule were broken.</summary>
    [JsonPropertyName("grondslag")] public IReadOnlyList<CardBasis> Basis { get; init => field = Ordered(value); } = [];

    /// <summary>The kind of work.</summary>
    [JsonPropertyName("functiegroep")] public FunctionGroup? Group { get; init; }

    /// <summary>How far it was meant.</summary>
    [JsonPropertyName("opzet")] public CardIntent? Intent { get; init; }

    /// <summary>How long it went on.</summary>
    [JsonPropertyName("duur")] public DurationBand? Duration { get; init; }

    /// <summary>What it cost.</summary>
    [JsonPropertyName("schade")] public DamageBand? Damage { get; init; }

    /// <summary>How many earlier cases of this betrokkene were gegrond, at least in part. An ongegrond case never counts.</summary>
    [JsonPropertyName("eerdereGegrondeZaken")] public int? EarlierFounded { get; init; }

    /// <summary>What weighed heavier; <see langword="null"/>: not known yet.</summary>
    [JsonPropertyName("verzwarend")] public IReadOnlyList<Aggravating>? Aggravating { get; init => field = value is null ? null : Ordered(value); }

    /// <summary>What weighed lighter; <see langword="null"/>: not known yet.</summary>
    [JsonPropertyName("verzachtend")] public IReadOnlyList<Mitigating>? Mitigating { get; init => field = value is null ? null : Ordered(value); }

    /// <summary>What is known of the other where this one says nothing.</summary>
    internal CaseProfile Or(CaseProfile other) => new()
    {
        Types = Types.Count > 0 ? Types : other.Types,
        Basis = Basis.Count > 0 ? Basis : other.Basis,
        Group = Group ?? other.Group,
        Intent = Intent ?? other.Intent,
        Duration = Duration ?? other.Duration,
        Damage = Damage ?? other.Damage,
        EarlierFounded = EarlierFounded ?? other.EarlierFounded,
        Aggravating = Aggravating ?? other.Aggravating,
        Mitigating = Mitigating ?? other.Mitigating,
    };

    private protected static IReadOnlyList<T> Ordered<T>(IReadOnlyList<T>? values) => values is null ? [] : [.. values.Distinct().Order()];
}

/// <summary>A card: one betrokkene of one earlier case, as it may be compared with. Who it was and in which dossier does not stand on it.</summary>
public sealed record CaseCard : CaseProfile
{
    /// <summary>Whether an onderzoek was started.</summary>
    [JsonPropertyName("onderzoek")] public bool Inquiry { get; init; }

    /// <summary>What was judged; <see langword="null"/> when there was no onderzoek.</summary>
    [JsonPropertyName("oordeel")] public Oordeel? Oordeel { get; init; }

    /// <summary>The heaviest measure; <see langword="null"/> on a card shown to somebody who compares no measures.</summary>
    [JsonPropertyName("maatregel")] public MeasureKind? Measure { get; init; }

    /// <summary>Why was deviated from the line; <see langword="null"/> when it was not, or it is not shown.</summary>
    [JsonPropertyName("afwijking")] public string? Deviation { get; init; }

    /// <summary>The year of the decision.</summary>
    [JsonPropertyName("jaar")] public required int Year { get; init; }

    /// <summary>The id of the protocol.</summary>
    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    /// <summary>A few sentences, without names and without anything that points at one person.</summary>
    [JsonPropertyName("samenvatting")] public required string Summary { get; init; }

    /// <summary>SHA-256 of everything on it, 64 hexadecimal digits: what a second person approves.</summary>
    [JsonIgnore] public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, CardJsonContext.Default.CaseCard)));

    /// <summary>The card as somebody sees it who compares this and no more.</summary>
    internal CaseCard For(ComparisonRight right) => this with
    {
        Oordeel = right.Oordeel ? Oordeel : null,
        Measure = right.Measure ? Measure : null,
        Deviation = right.Measure ? Deviation : null,
        // The summary tells how it ended, and so does what was weighed: that is for those who judge.
        Summary = right.Oordeel ? Summary : "",
        Intent = right.Oordeel ? Intent : null,
        EarlierFounded = right.Oordeel ? EarlierFounded : null,
        Aggravating = right.Oordeel ? Aggravating : null,
        Mitigating = right.Oordeel ? Mitigating : null,
    };
}

/// <summary>Something on a card by which a reader could tell who it is about: a person must look at it and say that it does not.</summary>
/// <param name="Place">Where: <c>samenvatting</c>, <c>afwijking</c> or <c>kenmerken</c>.</param>
/// <param name="What">What it is, Dutch.</param>
/// <param name="Text">The words; empty when it is about the whole.</param>
public sealed record TraceWarning(string Place, string What, string Text);

/// <summary>Where a card stands.</summary>
public enum CardStatus
{
    /// <summary>Waits for a second person.</summary>
    [JsonStringEnumMemberName("voorgesteld")] Proposed,

    /// <summary>Approved: it is compared with.</summary>
    [JsonStringEnumMemberName("goedgekeurd")] Approved,
}

/// <summary>A card as those see it who keep it, all of whom may open its dossier.</summary>
/// <param name="Id">Its opaque id, 8 hexadecimal digits and more.</param>
/// <param name="Dossier">Its dossier.</param>
/// <param name="Betrokkene">About whom (handle of that case).</param>
/// <param name="Card">What stands on it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ApprovedBy">Who approved it; <see langword="null"/> while nobody did.</param>
/// <param name="Until">The day it goes at the latest.</param>
public sealed record KeptCard(string Id, DossierNumber Dossier, PersonId Betrokkene, CaseCard Card, CardStatus Status, PersonId ProposedBy, PersonId? ApprovedBy, DateOnly Until)
{
    /// <summary>What whoever looks must look at: what could point at one person, as far as he may know the case.</summary>
    public IReadOnlyList<TraceWarning> Warnings { get; init; } = [];

    /// <summary>The hash to approve.</summary>
    public string Hash => Card.Hash;
}

/// <summary>A card that is no more: nothing of its content is left.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cause">Why, Dutch.</param>
/// <param name="On">The day.</param>
/// <param name="By">Who withdrew it; <see langword="null"/>: the program, because its ground fell away.</param>
public sealed record GoneCard(string Id, string Cause, DateOnly On, PersonId? By);
