using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>The case as an element looks at it.</summary>
/// <param name="State">The dossier.</param>
/// <param name="About">The betrokkene it is about, if one.</param>
/// <param name="Reader">The person who reads, if one.</param>
/// <param name="Conversation">The reference of the conversation, if it is about one.</param>
internal readonly record struct ElementCase(DossierState State, PersonId? About, PersonId? Reader, string? Conversation);

/// <summary>
/// What the dossier itself knows of an element: then nobody is asked. A table of data, a part in each family of fields; the names are shared by all protocols,
/// and an element that is not here is asked.
/// </summary>
/// <param name="Element">The element.</param>
/// <param name="Fields">The fields that together are the element; none when the dossier only knows whether it applies.</param>
internal sealed record ElementSource(string Element, params IReadOnlyList<string> Fields)
{
    private static readonly Dictionary<string, ElementSource> ById = FieldFamilies.All.SelectMany(family => family.Elements).ToDictionary(source => source.Element, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the one field is the element: then a template may use either name.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether somebody may also write it; otherwise it is mended in the dossier or in its fields.</summary>
    public bool TakesAnswer { get; init; } = true;

    /// <summary>What to do when it is not there, Dutch; <see langword="null"/>: answer the question.</summary>
    public string? Advice { get; init; }

    /// <summary>What the reader must be allowed to know; without that the element is not in his document, whatever is answered.</summary>
    public Knowledge? Needs { get; init; }

    /// <summary>Whether the element applies, as far as the dossier can tell.</summary>
    public Func<ElementCase, bool?> Applies { get; init; } = _ => null;

    /// <summary>What is known of an element, or null.</summary>
    public static ElementSource? Find(string element) => ById.GetValueOrDefault(element);

    /// <summary>Every element the table knows.</summary>
    public static IReadOnlyCollection<ElementSource> All => ById.Values;
}
