using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>How a gap in a draft looks.</summary>
internal static class RunMarks
{
    /// <summary>Properties that come before the highlight in the order of the schema (ECMA-376 part 1, 17.3.2.28).</summary>
    private static readonly HashSet<string> BeforeHighlight = new(StringComparer.Ordinal)
    {
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint", "noProof",
        "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs",
    };

    /// <summary>The same run properties with a yellow highlight; hidden text becomes visible, because a gap must be seen.</summary>
    public static XElement Highlighted(XElement? properties)
    {
        var copy = properties is null ? new XElement(WordXml.RunProperties) : new XElement(properties);
        copy.Elements().Where(e => e.Name.LocalName is "highlight" or "vanish" or "webHidden" or "specVanish").Remove();
        var mark = new XElement(WordXml.W + "highlight", new XAttribute(WordXml.Value, "yellow"));
        var before = copy.Elements().LastOrDefault(e => e.Name.Namespace == WordXml.W && BeforeHighlight.Contains(e.Name.LocalName));
        if (before is null) copy.AddFirst(mark);
        else before.AddAfterSelf(mark);
        return copy;
    }
}
