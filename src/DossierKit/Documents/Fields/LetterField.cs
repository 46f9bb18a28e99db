namespace DossierKit.Documents;

/// <summary>Where the value of a field comes from.</summary>
public enum FieldSource
{
    /// <summary>The settings of the municipality.</summary>
    Municipality,

    /// <summary>The protocol of the case.</summary>
    Protocol,

    /// <summary>A person in the case.</summary>
    Person,

    /// <summary>Something that happened in the case.</summary>
    Event,

    /// <summary>What somebody filled in for this document.</summary>
    Answer,
}

/// <summary>
/// A field every template can use. The fields of elements are not here: an element's own field is its id, such as <c>kennisgeving.gedraging</c>.
/// </summary>
/// <param name="Path">The path, such as <c>contact.telefoon</c>; within a list <c>onderzoekers.naam</c> is <c>naam</c> of one item.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Meaning">What it is, Dutch, for the makers of templates.</param>
internal sealed record LetterField(string Path, TemplateDataKind Kind, FieldSource Source, string Meaning)
{
    private static readonly Dictionary<string, LetterField> ByPath = FieldFamilies.All.SelectMany(family => family.Fields).ToDictionary(field => field.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the addressee must be allowed to know; <see langword="null"/>: nothing in particular.</summary>
    public Knowledge? Needs { get; init; }

    /// <summary>What to ask the user; <see langword="null"/> when an answer is not accepted.</summary>
    public string? Question { get; init; }

    /// <summary>What to write, Dutch.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether it is a short fact that is asked for as one line.</summary>
    public bool IsOneLine => Kind == TemplateDataKind.Text && !IsLong;

    /// <summary>Whether it is asked for as running text.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether the document can do without it: then it is empty, not absent.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether it is asked only when the reader is an office and no person of the case: of a person the dossier knows it.</summary>
    public bool OnlyForOffice { get; init; }

    /// <summary>All fields, in the order of the README of the templates.</summary>
    public static IReadOnlyList<LetterField> All { get; } = [.. FieldFamilies.All.SelectMany(family => family.Fields)];

    /// <summary>The field of a path without regard to case, or <see langword="null"/>. Words and terms of the protocol, and the state of passages, are fields by their prefix.</summary>
    public static LetterField? Find(string path)
    {
        if (ByPath.TryGetValue(path, out var field)) return field;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && ByPath.TryGetValue(path[..dot] + ".…", out var any) ? any with { Path = path } : null;
    }

    /// <summary>Whether it stands within the items of a list, so that it is nothing by itself.</summary>
    public bool IsOfItem => Path.LastIndexOf('.') is > 0 and var dot && ByPath.TryGetValue(Path[..dot], out var list) && list.Kind == TemplateDataKind.List;

    public static LetterField Text(string path, FieldSource source, string meaning, Knowledge? needs = null)
        => new(path, TemplateDataKind.Text, source, meaning) { Needs = needs };

    /// <summary>A text that may be empty.</summary>
    public static LetterField Maybe(string path, string meaning, Knowledge? needs = null, FieldSource source = FieldSource.Event)
        => new(path, TemplateDataKind.Text, source, meaning) { Needs = needs, Optional = true };

    /// <summary>A day that may be empty.</summary>
    public static LetterField Day(string path, string meaning, Knowledge? needs = null)
        => new(path, TemplateDataKind.Date, FieldSource.Event, meaning) { Needs = needs, Optional = true };

    /// <summary>Yes or no.</summary>
    public static LetterField Flag(string path, string meaning, Knowledge? needs = null, FieldSource source = FieldSource.Event)
        => new(path, TemplateDataKind.Flag, source, meaning) { Needs = needs, Optional = true };

    public static LetterField List(string path, string meaning, Knowledge? needs = null, bool optional = true)
        => new(path, TemplateDataKind.List, FieldSource.Event, meaning) { Needs = needs, Optional = optional };
}
