using System.Globalization;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// Where each paragraph of a part stands, as a Word user would look for it: made in one walk, before tags move or disappear.
/// </summary>
internal sealed class PlaceIndex
{
    private readonly string _part;
    private readonly Dictionary<XElement, TemplatePlace> _paragraphs = [];
    private readonly TemplatePlace _start;

    /// <param name="root">The part, cleaned.</param>
    /// <param name="part">Its name in Dutch.</param>
    /// <param name="isHeading">Whether a paragraph is a heading.</param>
    public PlaceIndex(XElement root, string part, Func<XElement, bool> isHeading)
    {
        _part = part;
        _start = new TemplatePlace(part, null, 1, "");
        var walk = new Walk(this, isHeading);
        walk.Visit(root, null, new Counter());
    }

    /// <summary>The place of the paragraph an element stands in, with words around a position of its text.</summary>
    public TemplatePlace Of(XElement element, int position = 0)
    {
        var paragraph = element.AncestorsAndSelf(WordXml.Paragraph).FirstOrDefault() ?? element.Descendants(WordXml.Paragraph).FirstOrDefault();
        if (paragraph is null || !_paragraphs.TryGetValue(paragraph, out var place)) return _start;
        return place with { Words = Words(WordXml.PlainText(paragraph), position) };
    }

    /// <summary>The place of a paragraph, with words taken from text the caller already has.</summary>
    public TemplatePlace Of(XElement paragraph, string text, int position)
        => (_paragraphs.TryGetValue(paragraph, out var place) ? place : _start) with { Words = Words(text, position) };

    private static string Words(string text, int position)
    {
        const int Before = 24, After = 40;
        var from = Math.Max(0, position - Before);
        var to = Math.Min(text.Length, position + After);
        if (from >= to) return "";

        // Never cut a pair of surrogates in two: half of one cannot be shown or written.
        if (from > 0 && char.IsLowSurrogate(text[from])) from--;
        if (to < text.Length && char.IsLowSurrogate(text[to])) to++;
        var words = text[from..to].Replace('\t', ' ').Replace('\n', ' ').Replace("\uFFFC", "", StringComparison.Ordinal).Trim();
        return words.Length == 0 ? "" : (from > 0 ? "…" : "") + words + (to < text.Length ? "…" : "");
    }

    private sealed class Counter
    {
        public int Paragraph;
    }

    private sealed class Walk(PlaceIndex index, Func<XElement, bool> isHeading)
    {
        private string? _heading;
        private int _tables;

        public void Visit(XElement parent, (int Table, int Row, int Cell)? cell, Counter counter, string? box = null)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == WordXml.Paragraph)
                {
                    counter.Paragraph++;
                    index._paragraphs[child] = new TemplatePlace(box ?? index._part, _heading, counter.Paragraph, "") { InTable = cell };
                    if (box is null && cell is null && isHeading(child) && WordXml.PlainText(child).Trim() is { Length: > 0 } text)
                        _heading = text.Length > 60 ? text[..60] + "…" : text;
                    foreach (var inner in TextBoxes(child)) Visit(inner, null, new Counter(), $"{index._part}, tekstvak");
                }
                else if (child.Name == WordXml.Table)
                {
                    Table(child, ++_tables, box);
                }
                else if (child.Name == WordXml.W + "footnote" || child.Name == WordXml.W + "endnote")
                {
                    Visit(child, null, new Counter(), string.Create(CultureInfo.InvariantCulture, $"{index._part}, noot {child.Attr("id")}"));
                }
                else if (child.Name != WordXml.ParagraphProperties)
                {
                    Visit(child, cell, counter, box);
                }
            }
        }

        private void Table(XElement table, int number, string? box)
        {
            var row = 0;
            foreach (var tr in Inner(table, WordXml.Row))
            {
                row++;
                var cell = 0;
                foreach (var tc in Inner(tr, WordXml.Cell)) Visit(tc, (number, row, ++cell), new Counter(), box);
            }
        }

        /// <summary>Rows or cells, also those wrapped in a content control.</summary>
        private static IEnumerable<XElement> Inner(XElement parent, XName wanted)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == wanted) yield return child;
                else if (child.Name == WordXml.ContentControl || child.Name == WordXml.ContentControlContent)
                    foreach (var inner in Inner(child, wanted)) yield return inner;
            }
        }

        private static IEnumerable<XElement> TextBoxes(XElement paragraph)
        {
            foreach (var child in paragraph.Elements())
            {
                if (child.Name == WordXml.TextBox) yield return child;
                else foreach (var inner in TextBoxes(child)) yield return inner;
            }
        }
    }
}
