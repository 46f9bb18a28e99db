using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>The template's numbering definitions, and copies of them that begin anew.</summary>
internal sealed class NumberingPart
{
    /// <summary>Stands in the part where new numberings are printed: after the last one, before what may follow it.</summary>
    public static readonly XName Place = WordXml.Own + "numberings";

    private readonly XElement? _root;
    private readonly ProgramTables _tables;
    private readonly Dictionary<int, int> _copies = [];

    public NumberingPart(XElement? root, ProgramTables tables)
    {
        _root = root;
        _tables = tables;
        if (root is null) return;
        var last = root.Elements().LastOrDefault(e => e.Name.LocalName is "num" or "abstractNum" or "numPicBullet");
        if (last is null) root.AddFirst(new XElement(Place));
        else last.AddAfterSelf(new XElement(Place));
        tables.LastNumberingId = root.Elements(WordXml.W + "num").Select(n => Number(n.Attr("numId"))).DefaultIfEmpty().Max();
    }

    /// <summary>Makes a copy that restarts; its index in the tables, or -1 when there is no such numbering.</summary>
    public int Copy(int numId)
    {
        if (_copies.TryGetValue(numId, out var known)) return known;
        if (_root?.Elements(WordXml.W + "num").FirstOrDefault(n => Number(n.Attr("numId")) == numId) is not { } num) return -1;
        var id = num.Element(WordXml.W + "abstractNumId")?.Attr("val");
        var definition = _root.Elements(WordXml.W + "abstractNum").FirstOrDefault(a => a.Attr("abstractNumId") == id);
        var overrides = num.Elements(WordXml.W + "lvlOverride").ToLookup(o => Number(o.Attr("ilvl")));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\"><w:abstractNumId w:val=\"{Number(id)}\"/>");
        for (var level = 0; level < 9; level++)
        {
            var own = overrides[level].Select(o => o.Element(WordXml.W + "lvl")).FirstOrDefault();
            var source = own ?? definition?.Elements(WordXml.W + "lvl").FirstOrDefault(l => Number(l.Attr("ilvl")) == level);
            var start = overrides[level].Select(o => o.Element(WordXml.W + "startOverride")?.Attr("val")).FirstOrDefault() ?? source?.Element(WordXml.W + "start")?.Attr("val");
            text.Append(CultureInfo.InvariantCulture, $"<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{(start is null ? 1 : Number(start))}\"/>");
            if (own is not null)
            {
                var buffer = new LiteralBuffer();
                buffer.Raw(own);
                text.Append(Encoding.UTF8.GetString(buffer.ToArray()));
            }

            text.Append("</w:lvlOverride>");
        }

        text.Append("</w:num>");
        _tables.Numberings.Add(Encoding.UTF8.GetBytes(text.ToString()));
        return _copies[numId] = _tables.Numberings.Count - 1;
    }

    private static int Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
