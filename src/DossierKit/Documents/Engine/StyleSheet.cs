using System.Globalization;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>What the engine asks of the template's styles: which are headings, and which number their paragraphs.</summary>
internal sealed class StyleSheet
{
    private readonly Dictionary<string, XElement> _styles = new(StringComparer.Ordinal);

    public StyleSheet(XElement? root)
    {
        foreach (var style in root?.Elements(WordXml.W + "style") ?? []) _styles.TryAdd(style.Attr("styleId") ?? "", style);
    }

    public bool IsHeading(XElement paragraph)
    {
        var properties = paragraph.Element(WordXml.ParagraphProperties);
        if (properties?.Element(WordXml.W + "outlineLvl")?.Attr("val") is { } level) return level != "9";
        if (properties?.Element(WordXml.W + "pStyle")?.Attr("val") is not { } id) return false;
        if (Inherited(id).Select(s => s.Element(WordXml.ParagraphProperties)?.Element(WordXml.W + "outlineLvl")?.Attr("val")).FirstOrDefault(v => v is not null) is { } outline)
            return outline != "9";
        var name = _styles.TryGetValue(id, out var style) ? style.Element(WordXml.W + "name")?.Attr("val") ?? id : id;
        return name.StartsWith("heading", StringComparison.OrdinalIgnoreCase) || name.StartsWith("kop ", StringComparison.OrdinalIgnoreCase) || name.Equals("title", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The numbering a style, or one it is based on, gives its paragraphs.</summary>
    public (int NumId, int Level)? Numbering(string id)
    {
        int? numId = null;
        int? level = null;
        foreach (var style in Inherited(id))
        {
            var numbering = style.Element(WordXml.ParagraphProperties)?.Element(WordXml.W + "numPr");
            numId ??= Number(numbering?.Element(WordXml.W + "numId")?.Attr("val"));
            level ??= Number(numbering?.Element(WordXml.W + "ilvl")?.Attr("val"));
        }

        return numId is { } found and > 0 ? (found, level ?? 0) : null;
    }

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A style and those it is based on, nearest first; a circle ends.</summary>
    private IEnumerable<XElement> Inherited(string id)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? next = id; next is not null && seen.Add(next) && _styles.TryGetValue(next, out var style); next = style.Element(WordXml.W + "basedOn")?.Attr("val"))
            yield return style;
    }
}
