using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What somebody may or may not know of a case; each field of a document needs one of these or none.</summary>
public enum Knowledge
{
    /// <summary>Who the melder is, and everything that was said about it.</summary>
    Melder,

    /// <summary>That and what was reported, how and when; without who the melder is.</summary>
    Melding,

    /// <summary>How the melding was assessed.</summary>
    Beoordeling,

    /// <summary>Who the betrokkenen are.</summary>
    Betrokkenen,

    /// <summary>Who the getuigen are.</summary>
    Getuigen,

    /// <summary>The conduct that is looked into.</summary>
    Gedraging,

    /// <summary>The opdracht: who gave it, when, for how long.</summary>
    Opdracht,

    /// <summary>The questions, methods and limits of the onderzoek.</summary>
    Onderzoeksvragen,

    /// <summary>What the directeurenteam considered and decided.</summary>
    Directeurenteam,

    /// <summary>Who investigate.</summary>
    Onderzoekers,

    /// <summary>The ordemaatregelen.</summary>
    Ordemaatregelen,

    /// <summary>Who was told of the onderzoek.</summary>
    Geinformeerden,

    /// <summary>How far the onderzoek is.</summary>
    Voortgang,

    /// <summary>What was said in a conversation.</summary>
    Verklaringen,

    /// <summary>What the onderzoek found, and how.</summary>
    Bevindingen,

    /// <summary>What the betrokkene is charged with, and what he answered.</summary>
    Verwijt,

    /// <summary>The oordeel and its reasons.</summary>
    Oordeel,

    /// <summary>The measure that followed.</summary>
    Maatregel,

    /// <summary>Files of the case other than one's own.</summary>
    Bijlagen,
}

/// <summary>
/// A kind of reader of a document, and what he may know in every municipality. One table of data, default nothing: a field that needs other knowledge is absent from
/// the data a template is filled with, so no template can leak it. What a protocol adds or takes away comes from its <c>inzage</c> (<see cref="ReaderKnowledge"/>).
/// </summary>
/// <param name="Id">The actor, such as <c>betrokkene</c>: the name protocols use for addressees.</param>
/// <param name="MayKnow">What he may know, of himself or of the case.</param>
public sealed record AddresseeKind(string Id, IReadOnlyList<Knowledge> MayKnow)
{
    /// <summary>What concerns a betrokkene himself; that others stand beside him is no part of it (<see cref="FieldContext.MayName"/>).</summary>
    private static readonly Knowledge[] Own =
    [
        Knowledge.Betrokkenen, Knowledge.Gedraging, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen, Knowledge.Geinformeerden, Knowledge.Verwijt, Knowledge.Oordeel, Knowledge.Maatregel,
    ];

    /// <summary>
    /// Every kind. The melder's identity goes to nobody else (Heerlen 2020 art. 12.1; the same line in Waterlanden); the directeurenteam sees the
    /// opdracht only (BPI); the OR hears the domain only. Onderzoekers gather facts and have no part in oordeel and measure (Heerlen 2020 art. 11).
    /// </summary>
    public static IReadOnlyList<AddresseeKind> All { get; } =
    [
        new("betrokkene", Own),
        new("gemachtigde", Own),
        new("raadsman", Own),
        new("melder", [Knowledge.Melding, Knowledge.Onderzoekers]),
        new("vertrouwenspersoon", [Knowledge.Melding, Knowledge.Onderzoekers]),
        new("getuige", [Knowledge.Opdracht, Knowledge.Onderzoekers]),
        new("benadeelde", [Knowledge.Opdracht, Knowledge.Onderzoekers]),
        new("leidinggevende", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen]),
        new("verantwoordelijke", EverythingButMelder),
        new("functionaris-integriteit", EverythingButMelder),
        new("onderzoeker", [.. EverythingButMelder.Except([Knowledge.Verwijt, Knowledge.Oordeel, Knowledge.Maatregel])]),
        new("adviseur-arbeidsvoorwaarden", [Knowledge.Betrokkenen, Knowledge.Gedraging, Knowledge.Verwijt, Knowledge.Oordeel, Knowledge.Maatregel]),
        new("directeurenteam", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoeksvragen, Knowledge.Onderzoekers, Knowledge.Directeurenteam]),
        new("hoofd-integriteit", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoeksvragen, Knowledge.Onderzoekers, Knowledge.Directeurenteam]),
        new("verantwoordelijk-directeur", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen]),
        new("voorzitter-or", [Knowledge.Opdracht]),
        new("vicevoorzitter-or", [Knowledge.Opdracht]),
    ];

    private static IReadOnlyList<Knowledge> EverythingButMelder => [.. Enum.GetValues<Knowledge>().Where(known => known != Knowledge.Melder)];

    /// <summary>The kind of an actor.</summary>
    /// <param name="id">The actor.</param>
    /// <returns>The kind, or <see langword="null"/> when the table does not name him; see <see cref="Of"/>.</returns>
    public static AddresseeKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);

    /// <summary>The kind of an actor or of an office of the municipality: one that the table does not name may know nothing by himself.</summary>
    /// <param name="id">The actor or office.</param>
    /// <param name="protocol">The protocol, for offices of its own.</param>
    /// <returns>The kind, or <see langword="null"/> when there is no such actor.</returns>
    internal static AddresseeKind? Of(string id, Protocol protocol)
        => Find(id) ?? (ActorNames.IsKnown(id) || protocol.LocalActors.Any(actor => actor.Id == id) ? new AddresseeKind(id, []) : null);

    /// <summary>The knowledge as a word in a template, such as <c>oordeel</c>.</summary>
    internal static string WordOf(Knowledge known) => known.ToString().ToLowerInvariant();

    /// <summary>The knowledge in plain Dutch.</summary>
    internal static string MeaningOf(Knowledge known) => known switch
    {
        Knowledge.Melder => "wie de melder is",
        Knowledge.Melding => "wat er is gemeld",
        Knowledge.Beoordeling => "hoe de melding is beoordeeld",
        Knowledge.Betrokkenen => "wie de betrokkenen zijn",
        Knowledge.Getuigen => "wie de getuigen zijn",
        Knowledge.Gedraging => "om welk handelen het gaat",
        Knowledge.Opdracht => "wie de opdracht gaf, en wanneer",
        Knowledge.Onderzoeksvragen => "de vragen, methoden en grenzen van het onderzoek",
        Knowledge.Directeurenteam => "wat het directeurenteam besloot",
        Knowledge.Onderzoekers => "wie het onderzoek doen",
        Knowledge.Ordemaatregelen => "welke ordemaatregel geldt",
        Knowledge.Geinformeerden => "wie ook op de hoogte zijn",
        Knowledge.Voortgang => "hoe ver het onderzoek is",
        Knowledge.Verklaringen => "wat er in dit gesprek is gezegd",
        Knowledge.Bevindingen => "wat het onderzoek heeft gevonden",
        Knowledge.Verwijt => "wat de betrokkene wordt verweten",
        Knowledge.Oordeel => "de uitkomst",
        Knowledge.Maatregel => "welke maatregel volgt",
        _ => "welke stukken er zijn",
    };
}

/// <summary>Who a document is for.</summary>
/// <param name="Kind">What kind of reader.</param>
/// <param name="Person">The person's id in the case; <see langword="null"/> when it is for an office.</param>
public sealed record Addressee(AddresseeKind Kind, PersonId? Person)
{
    /// <summary>What this reader may know in this case under its protocol. Default: what his kind may know.</summary>
    public IReadOnlySet<Knowledge> Known { get; init; } = Kind.MayKnow.ToHashSet();

    /// <summary>Whether the office has a task in this case: it is then the verantwoordelijke, whatever it is called. Default <see langword="false"/>.</summary>
    public bool HasAuthority { get; init; }

    /// <summary>Rules of the protocol that would let him know more once a fact is settled; default none.</summary>
    internal IReadOnlyList<UnsettledAccess> Unsettled { get; init; } = [];

    /// <summary>Whether he may know something. A melder knows who he is.</summary>
    /// <param name="needed">What.</param>
    /// <returns><see langword="true"/> when he may.</returns>
    public bool Knows(Knowledge needed) => Known.Contains(needed) || (needed == Knowledge.Melder && Kind.Id == "melder");
}

/// <summary>A rule of <c>inzage</c> of which nobody can say yet whether it holds.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Facts">The facts that are unknown.</param>
/// <param name="Knowledge">What it would let the reader know.</param>
internal sealed record UnsettledAccess(AccessRule Rule, IReadOnlyList<string> Facts, IReadOnlyList<Knowledge> Knowledge)
{
    /// <summary>What to record, Dutch.</summary>
    public string WhatNow => $"Of deze lezer dit mag weten, hangt af van: {string.Join(", ", Facts)} ({Rule.Article}). Leg dat eerst vast (omstandigheid-vastgesteld).";
}
