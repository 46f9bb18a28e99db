using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>Reads the text of a document into blocks: paragraphs, headings, lists, tables, bold and gaps; pictures and everything hidden is left out.</summary>
internal sealed class LetterReader
{
    private readonly Dictionary<string, XElement> _styles;
    private readonly LetterNumbers _numbers;
    private string? _field;
    private bool _inPath;
    private readonly StringBuilder _path = new();

    private LetterReader(XElement? styles, XElement? numbering)
    {
        _styles = (styles?.Elements(WordXml.W + "style") ?? []).Where(style => style.Attr("styleId") is not null).GroupBy(style => style.Attr("styleId")!, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        _numbers = new LetterNumbers(numbering);
    }

    public static LetterView Read(ReadOnlyMemory<byte> docx)
    {
        var package = DocxPackage.Read(docx, "document", new Problems()) ?? throw new InvalidDataException("The file is no readable .docx.");
        try
        {
            var relationships = package.Relationships(package.MainPart);
            XElement? Part(string kind) => relationships.FirstOrDefault(relation => relation.Kind == kind && !relation.External && package.Parts.ContainsKey(relation.Target)) is { } found ? WordXml.Load(package.Parts[found.Target]) : null;
            var reader = new LetterReader(Part("styles"), Part("numbering"));
            var body = WordXml.Load(package.Parts[package.MainPart]).Element(WordXml.W + "body") ?? throw new InvalidDataException("The document has no text.");
            var section = body.Descendants(WordXml.SectionProperties).FirstOrDefault();
            var hasFirst = section?.Element(WordXml.W + "titlePg").IsOn() == true;
            IReadOnlyList<LetterBlock> Margin(string kind)
            {
                var references = section?.Elements(WordXml.W + kind).ToList() ?? [];
                var reference = references.FirstOrDefault(one => one.Attr("type") == (hasFirst ? "first" : "default")) ?? references.FirstOrDefault(one => one.Attr("type") is null or "default");
                var target = relationships.FirstOrDefault(relation => relation.Id == (string?)reference?.Attribute(WordXml.R + "id"))?.Target;
                return target is not null && package.Parts.TryGetValue(target, out var part) ? reader.Blocks(WordXml.Load(part), null) : [];
            }

            return new LetterView(Margin("headerReference"), reader.Blocks(body, null), Margin("footerReference"));
        }
        catch (XmlException e)
        {
            throw new InvalidDataException("A part of the document is no readable XML.", e);
        }
    }

    private List<LetterBlock> Blocks(XElement container, string? element)
    {
        var blocks = new List<LetterBlock>();
        foreach (var child in container.Elements())
        {
            if (child.Name == WordXml.Paragraph) blocks.Add(Paragraph(child, element));
            else if (child.Name == WordXml.Table) blocks.Add(new LetterTable([.. Rows(child, element)]) { Element = element });
            else if (child.Name == WordXml.ContentControl && child.Element(WordXml.ContentControlContent) is { } content) blocks.AddRange(Blocks(content, PartAnalysis.ElementId(child) ?? element));
        }

        return blocks;
    }

    private IEnumerable<LetterRow> Rows(XElement table, string? element)
    {
        foreach (var child in table.Elements())
        {
            if (child.Name == WordXml.Row)
            {
                yield return new LetterRow(
                    [.. Cells(child).Select(cell => (IReadOnlyList<LetterBlock>)Blocks(cell, element))],
                    child.Element(WordXml.W + "trPr")?.Element(WordXml.W + "tblHeader").IsOn() == true);
            }
            else if (child.Name == WordXml.ContentControl && child.Element(WordXml.ContentControlContent) is { } content)
            {
                foreach (var row in Rows(content, PartAnalysis.ElementId(child) ?? element)) yield return row;
            }
        }
    }

    private static IEnumerable<XElement> Cells(XElement row) => row.Elements().SelectMany(child
        => child.Name == WordXml.Cell ? [child] : child.Name == WordXml.ContentControl ? child.Element(WordXml.ContentControlContent)?.Elements(WordXml.Cell) ?? [] : Enumerable.Empty<XElement>());

    private LetterParagraph Paragraph(XElement paragraph, string? element)
    {
        var properties = paragraph.Element(WordXml.ParagraphProperties);
        var style = properties?.Element(WordXml.W + "pStyle")?.Attr("val");
        var heading = int.TryParse(Inherited(properties, style, p => p.Element(WordXml.W + "outlineLvl")?.Attr("val")), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < 9 ? level + 1 : 0;
        var numbering = _numbers.Of(Inherited(properties, style, p => p.Element(WordXml.W + "numPr")), style);
        var runs = new List<LetterRun>();
        Runs(paragraph, BoldOf(style), runs);
        var isEmpty = runs.TrueForAll(run => string.IsNullOrWhiteSpace(run.Text));
        var number = numbering is { } at && !isEmpty ? _numbers.Next(at) : null;
        return new LetterParagraph(runs)
        {
            Element = element ?? paragraph.Elements(WordXml.ContentControl).Select(PartAnalysis.ElementId).FirstOrDefault(id => id is not null),
            Heading = heading,
            IsTitle = style is "Titel" or "Title" or "Rapporttitel",
            IsTight = style is "Adres" or "Kenmerk" or "KenmerkEerste" or "Afzender",
            List = numbering is null || heading > 0 || isEmpty ? LetterList.None : number is null ? LetterList.Bullet : LetterList.Number,
            Number = number,
        };
    }

    private void Runs(XElement parent, bool isBold, List<LetterRun> runs)
    {
        foreach (var child in parent.Elements())
        {
            if (child.Name == WordXml.Run) Run(child, isBold, runs);
            else if (child.Name == WordXml.Hyperlink || child.Name == WordXml.ContentControl || child.Name == WordXml.ContentControlContent || child.Name == WordXml.SimpleField || child.Name.LocalName is "bdo" or "dir" or "ins") Runs(child, isBold, runs);
        }
    }

    private void Run(XElement run, bool isBold, List<LetterRun> runs)
    {
        var properties = run.Element(WordXml.RunProperties);
        if (properties?.Element(WordXml.W + "vanish").IsOn() == true) return;
        var look = new LetterRun("")
        {
            IsBold = properties?.Element(WordXml.W + "b") is { } bold ? bold.IsOn() : isBold || properties?.Element(WordXml.W + "rStyle")?.Attr("val") == "Zwaar",
            IsItalic = properties?.Element(WordXml.W + "i").IsOn() == true,
            IsGap = properties?.Element(WordXml.W + "highlight")?.Attr("val") == "yellow",
        };
        var text = new StringBuilder();
        foreach (var child in run.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "t":
                    Mark(child.Value, look, text, runs);
                    break;
                case "tab" or "ptab":
                    text.Append('\t');
                    break;
                case "br" or "cr":
                    text.Append('\n');
                    break;
                case "noBreakHyphen":
                    text.Append('\u2011');
                    break;
            }
        }

        Flush(look, text, runs);
    }

    /// <summary>Takes the marks out of a text; a value can go on over several texts and breaks.</summary>
    private void Mark(string value, LetterRun look, StringBuilder text, List<LetterRun> runs)
    {
        foreach (var c in value)
        {
            switch (c)
            {
                case FieldMark.Start:
                    Flush(look, text, runs);
                    _path.Clear();
                    _inPath = true;
                    break;
                case FieldMark.EndOfPath:
                    _inPath = false;
                    _field = _path.ToString();
                    break;
                case FieldMark.End:
                    Flush(look, text, runs);
                    _field = null;
                    break;
                default:
                    (_inPath ? _path : text).Append(c);
                    break;
            }
        }
    }

    private void Flush(LetterRun look, StringBuilder text, List<LetterRun> runs)
    {
        if (text.Length > 0) runs.Add(look with { Text = text.ToString(), Field = _field });
        text.Clear();
    }

    private bool BoldOf(string? style) => StylesOf(style).Select(one => one.Element(WordXml.RunProperties)?.Element(WordXml.W + "b")).FirstOrDefault(bold => bold is not null).IsOn();

    private T? Inherited<T>(XElement? properties, string? style, Func<XElement, T?> find)
        where T : class
        => (properties is null ? null : find(properties)) ?? StylesOf(style).Select(one => one.Element(WordXml.ParagraphProperties)).OfType<XElement>().Select(find).FirstOrDefault(found => found is not null);

    private IEnumerable<XElement> StylesOf(string? style)
    {
        for (var depth = 0; depth < 16 && style is not null && _styles.TryGetValue(style, out var found); depth++)
        {
            yield return found;
            style = found.Element(WordXml.W + "basedOn")?.Attr("val");
        }
    }
}

/// <summary>Counts the items of the lists of one document.</summary>
internal sealed class LetterNumbers(XElement? numbering)
{
    private readonly Dictionary<string, int[]> _counts = new(StringComparer.Ordinal);

    /// <summary>A place in a list: the numbering, its level, and the definition of that level.</summary>
    public readonly record struct Place(string NumId, int Level, XElement Definition);

    public Place? Of(XElement? properties, string? style)
    {
        if (properties?.Element(WordXml.W + "numId")?.Attr("val") is not { } id || id == "0" || numbering is null) return null;
        var abstractId = numbering.Elements(WordXml.W + "num").FirstOrDefault(one => one.Attr("numId") == id)?.Element(WordXml.W + "abstractNumId")?.Attr("val");
        var levels = numbering.Elements(WordXml.W + "abstractNum").FirstOrDefault(one => one.Attr("abstractNumId") == abstractId)?.Elements(WordXml.W + "lvl").ToList() ?? [];
        var asked = properties.Element(WordXml.W + "ilvl")?.Attr("val");
        var definition = asked is null ? levels.FirstOrDefault(one => style is not null && one.Element(WordXml.W + "pStyle")?.Attr("val") == style) ?? levels.FirstOrDefault() : levels.FirstOrDefault(one => one.Attr("ilvl") == asked);
        return definition is null ? null : new Place(id, int.TryParse(definition.Attr("ilvl"), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level < 9 ? level : 0, definition);
    }

    /// <summary>The number of the next item there, such as <c>2.1</c>; <see langword="null"/> for a bullet.</summary>
    public string? Next(Place place)
    {
        if (place.Definition.Element(WordXml.W + "numFmt")?.Attr("val") is "bullet" or "none") return null;
        if (!_counts.TryGetValue(place.NumId, out var counts)) _counts[place.NumId] = counts = new int[9];
        counts[place.Level]++;
        Array.Clear(counts, place.Level + 1, 8 - place.Level);
        return string.Join('.', counts.Take(place.Level + 1).Select(count => Math.Max(1, count).ToString(CultureInfo.InvariantCulture)));
    }
}
