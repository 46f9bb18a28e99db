using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>What somebody may or may not know of a case; each field of a document needs one of these or none.</summary>
public enum Knowledge
{
    /// <summary>Who the melder is, and everything that was said about it.</summary>
    Melder,

    /// <summary>Who the betrokkenen are.</summary>
    Betrokkenen,

    /// <summary>Who the getuigen are.</summary>
    Getuigen,

    /// <summary>The conduct that is looked into.</summary>
    Gedraging,

    /// <summary>The opdracht: who gave it, when, for how long.</summary>
    Opdracht,

    /// <summary>The questions and methods of the onderzoek.</summary>
    Onderzoeksvragen,

    /// <summary>Who investigate.</summary>
    Onderzoekers,

    /// <summary>The ordemaatregelen.</summary>
    Ordemaatregelen,

    /// <summary>Who was told of the onderzoek.</summary>
    Geinformeerden,
}

/// <summary>
/// A kind of reader of a document, and what he may know. One table of data: a field that needs other knowledge is absent from the data a template
/// is filled with, so no template can leak it.
/// </summary>
/// <param name="Id">The actor, such as <c>betrokkene</c>: the name protocols use for addressees.</param>
/// <param name="MayKnow">What he may know beside what concerns himself: a betrokkene always knows that he is one, a melder who he is.</param>
public sealed record AddresseeKind(string Id, IReadOnlyList<Knowledge> MayKnow)
{
    /// <summary>
    /// Every kind. The melder's identity goes to nobody else (Heerlen 2020 art. 12.1; the same line in Waterlanden); the directeurenteam sees the
    /// opdracht only (BPI); the OR hears the domain only.
    /// </summary>
    public static IReadOnlyList<AddresseeKind> All { get; } =
    [
        new("betrokkene", [Knowledge.Gedraging, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen, Knowledge.Geinformeerden]),
        new("gemachtigde", [Knowledge.Gedraging, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen, Knowledge.Geinformeerden]),
        new("melder", [Knowledge.Onderzoekers]),
        new("getuige", [Knowledge.Opdracht, Knowledge.Onderzoekers]),
        new("leidinggevende", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoekers, Knowledge.Ordemaatregelen]),
        new("verantwoordelijke", EverythingButMelder),
        new("functionaris-integriteit", EverythingButMelder),
        new("onderzoeker", EverythingButMelder),
        new("directeurenteam", [Knowledge.Betrokkenen, Knowledge.Opdracht, Knowledge.Onderzoeksvragen, Knowledge.Onderzoekers]),
        new("voorzitter-or", [Knowledge.Opdracht]),
        new("vicevoorzitter-or", [Knowledge.Opdracht]),
    ];

    private static IReadOnlyList<Knowledge> EverythingButMelder => [.. Enum.GetValues<Knowledge>().Where(known => known != Knowledge.Melder)];

    /// <summary>The kind of an actor.</summary>
    /// <param name="id">The actor.</param>
    /// <returns>The kind, or <see langword="null"/> when documents are never addressed to him.</returns>
    public static AddresseeKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);
}

/// <summary>Who a document is for.</summary>
/// <param name="Kind">What kind of reader.</param>
/// <param name="Person">The person's id in the case; <see langword="null"/> when it is for an office.</param>
public sealed record Addressee(AddresseeKind Kind, PersonId? Person);
