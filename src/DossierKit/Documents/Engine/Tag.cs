using System.Xml.Linq;

namespace DossierKit.Documents;

internal enum TagKind
{
    Field,
    Loop,
    If,
    IfNot,
    Close,
}

/// <summary>One <c>{{…}}</c> of a template.</summary>
internal sealed class Tag
{
    public required TagKind Kind { get; init; }

    /// <summary>As written, in lower case: <c>veld.pad</c>, or <c>.</c> for the item itself.</summary>
    public required string Path { get; init; }

    /// <summary>The whole tag as it stood in the text.</summary>
    public required string Source { get; init; }

    public required TemplatePlace Place { get; init; }

    public IReadOnlyList<ValueFormat> Formats { get; init; } = [];

    /// <summary>Whether a loop restarts numbering per item (<c>|nummer</c>).</summary>
    public bool Renumber { get; init; }

    /// <summary>The other end of a block.</summary>
    public Tag? Partner { get; set; }

    /// <summary>Where the tag stands in the tree.</summary>
    public XElement Marker { get; set; } = null!;

    public bool IsOpen => Kind is TagKind.Loop or TagKind.If or TagKind.IfNot;

    public bool IsBlock => Kind != TagKind.Field;
}

/// <summary>Reads the inside of a tag. The language is closed: whatever is not in it is refused, with the nearest thing that is.</summary>
internal static class TagReader
{
    /// <summary>Reads a tag from its text with the braces; adds what is wrong to <paramref name="problems"/> and returns <see langword="null"/>.</summary>
    public static Tag? Read(string source, TemplatePlace place, Problems problems)
    {
        var body = Clean(source[2..^2]);
        if (body.Length == 0)
        {
            problems.Add("tag-leeg", "Tussen de accolades staat niets.", place, "Zet de naam van een veld tussen {{ en }}, of haal de accolades weg.");
            return null;
        }

        var kind = body[0] switch
        {
            '#' => TagKind.Loop,
            '?' => TagKind.If,
            '^' => TagKind.IfNot,
            '/' => TagKind.Close,
            _ => TagKind.Field,
        };
        var parts = (kind == TagKind.Field ? body : body[1..]).Split('|').Select(p => p.Trim()).ToArray();
        var path = parts[0].ToLowerInvariant();
        if (!IsPath(path))
        {
            var suggestion = Suggestion(path);
            problems.Add("tag-naam", $"'{source}' is geen geldige tag: '{parts[0]}' is geen naam van een veld.", place,
                "Gebruik letters, cijfers, - en _, en een punt tussen de delen" + (suggestion is null ? "." : $", bijvoorbeeld {{{{{suggestion}}}}}."));
            return null;
        }

        var formats = new List<ValueFormat>();
        var renumber = false;
        var faulty = false;
        foreach (var name in parts[1..])
        {
            if (kind == TagKind.Loop && name.Equals("nummer", StringComparison.OrdinalIgnoreCase))
            {
                renumber = true;
            }
            else if (kind != TagKind.Field)
            {
                faulty = true;
                problems.Add("tag-opmaak", $"'{source}': achter een {(kind == TagKind.Loop ? "lus" : "voorwaarde")} kan '{name}' niet staan.", place,
                    kind == TagKind.Loop ? "Achter een lus kan alleen |nummer staan." : "Haal het deel vanaf | weg.");
            }
            else if (ValueFormats.Find(name) is { } format)
            {
                formats.Add(format);
            }
            else
            {
                faulty = true;
                problems.Add("opmaak-onbekend", $"'{source}': de opmaak '{name}' bestaat niet.", place,
                    Nearest.To(name, ValueFormats.Names) is { } near ? $"Bedoelt u '{near}'? De mogelijkheden zijn: {ValueFormats.All}." : $"De mogelijkheden zijn: {ValueFormats.All}.");
            }
        }

        if (faulty) return null;
        return new Tag { Kind = kind, Path = path, Source = source, Place = place, Formats = formats, Renumber = renumber };
    }

    /// <summary>Word and keyboards add no-break spaces, soft hyphens and zero-width characters inside a tag; nobody sees them, so they do not count.</summary>
    private static string Clean(string body)
    {
        var seen = body.Where(c => c is not ('\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF'));
        return new string([.. seen.Select(c => char.IsWhiteSpace(c) ? ' ' : c is '\u2011' ? '-' : c)]).Trim();
    }

    /// <summary>A single dot, or names joined by dots: each a letter or _ followed by letters, digits, _ and -.</summary>
    private static bool IsPath(string path)
        => path == "." || path.Split('.').All(n => n.Length > 0 && (char.IsLetter(n[0]) || n[0] == '_') && n.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'));

    private static string? Suggestion(string path)
    {
        var mended = new string([.. path.Trim().Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).Trim('_', '.');
        return IsPath(mended) ? mended : null;
    }
}
