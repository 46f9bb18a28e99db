using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>
/// What the dossier itself knows of an element: then nobody is asked. A table of data; the names are those of the shipped protocol, and an element that is not here is asked.
/// </summary>
/// <param name="Element">The element.</param>
/// <param name="Fields">The fields that together are the element; none when the dossier only knows whether it applies.</param>
internal sealed record ElementSource(string Element, params IReadOnlyList<string> Fields)
{
    /// <summary>Whether the one field is the element: then a template may use either name.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether somebody may also write it; otherwise it is mended in the dossier or in its fields.</summary>
    public bool TakesAnswer { get; init; } = true;

    /// <summary>What to do when it is not there, Dutch; <see langword="null"/>: answer the question.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether the element applies to this betrokkene, as far as the dossier can tell.</summary>
    public Func<DossierState, PersonId?, bool?> Applies { get; init; } = (_, _) => null;

    private static IReadOnlyList<ElementSource> All { get; } =
    [
        new("kennisgeving.onderzoek", "onderzoek.opdrachtgever", "onderzoek.opdrachtdatum")
        {
            TakesAnswer = false, Advice = "Leg de opdracht vast in het dossier (opdracht-verstrekt).",
        },
        new("kennisgeving.onderzoekers", "onderzoekers")
        {
            TakesAnswer = false, Advice = "Wijs de onderzoekers aan in het dossier (onderzoeker-aangewezen).",
        },
        new("kennisgeving.contact", "contact.naam", "contact.functie", "contact.telefoon", "contact.email")
        {
            TakesAnswer = false, Advice = "Beantwoord 'contact.naam', 'contact.functie', 'contact.telefoon' en 'contact.email'.",
        },
        new("kennisgeving.gedraging", "onderzoek.gedraging") { IsSame = true },
        new("kennisgeving.wie-geinformeerd", "geinformeerden") { IsSame = true },

        // A measure that will be imposed together with the letter is not in the dossier yet: the dossier can say yes, never no.
        new("kennisgeving.ordemaatregel", "ordemaatregelen"),
        new("kennisgeving.uitstel")
        {
            Applies = (state, about) => state.All<KennisgevingPostponed>().Any(postponed => postponed.Betrokkene == about),
        },
    ];

    /// <summary>What is known of an element, or null.</summary>
    public static ElementSource? Find(string element) => All.FirstOrDefault(source => source.Element == element);
}
