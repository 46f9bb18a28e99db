using System.Collections.Frozen;

namespace DossierKit.Documents;

/// <summary>How a template is rendered.</summary>
public sealed record RenderOptions
{
    /// <summary>
    /// Whether this is a draft: an absent field is shown as a marked <c>[ontbreekt: veld]</c> instead of refusing,
    /// and the word CONCEPT stands at the top of every page. Default <see langword="false"/>.
    /// </summary>
    public bool Concept { get; init; }

    /// <summary>
    /// Ids (without <c>element:</c>) of the elements whose content control is left out wholly, without an empty line or row. Default none.
    /// Ids the template does not have are ignored.
    /// </summary>
    public IReadOnlySet<string> OmitElements { get; init; } = FrozenSet<string>.Empty;

    /// <summary>
    /// Whether each filled-in value stands between marks with the path of its field, for <see cref="LetterView"/>: a screen can then say where a value came from.
    /// Such a document is never stored or handed out. Default <see langword="false"/>.
    /// </summary>
    internal bool MarkFields { get; init; }

    /// <summary>What the document says about itself. Default: only the language.</summary>
    public DocumentProperties Properties { get; init; } = new();
}

/// <summary>What the document says about itself in its properties. Nothing is taken from the template or the clock.</summary>
public sealed record DocumentProperties
{
    /// <summary>The title, shown by readers and read aloud; <see langword="null"/> for none.</summary>
    public string? Title { get; init; }

    /// <summary>Who made it, such as the municipality; never a person who must not be known. <see langword="null"/> for none.</summary>
    public string? Creator { get; init; }

    /// <summary>The date of making, from the dossier's events, written as midnight UTC; <see langword="null"/> for none.</summary>
    public DateOnly? Created { get; init; }

    /// <summary>The language (BCP 47). Default <c>nl-NL</c>.</summary>
    public string Language { get; init; } = "nl-NL";

    /// <summary>Custom properties by name, such as template hash, protocol and engine version. Default none. Written in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = FrozenDictionary<string, string>.Empty;
}
