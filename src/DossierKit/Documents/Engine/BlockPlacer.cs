using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// Pairs the begin and end of each loop and condition, and moves the two markers to where the block really begins and ends:
/// inside one paragraph they stay; else around paragraphs, or around table rows. After it both markers of a pair are siblings
/// and all pairs nest, so the rest of the engine needs no knowledge of where Word put them.
/// </summary>
internal sealed class BlockPlacer(Problems problems)
{
    private static readonly HashSet<XName> Stories = [WordXml.TextBox, WordXml.W + "footnote", WordXml.W + "endnote"];

    private readonly Dictionary<XElement, XNode> _lastAfter = [];
    private readonly Dictionary<Tag, XElement> _moves = [];
    private readonly HashSet<Tag> _misplaced = [];

    /// <summary>Pairs and places all blocks of a part; what cannot be placed is reported.</summary>
    public void Place(XElement root, IReadOnlyList<Tag> tags)
    {
        var pairs = new List<Tag>();
        foreach (var story in tags.Where(t => t.IsBlock).GroupBy(t => Story(t.Marker, root))) Pair(story, pairs);
        RemoveMarkerRows(root);

        // All places are worked out before anything moves, and the moves follow the text, so that nested ends stay in order.
        foreach (var open in pairs) Locate(open);
        Move(tags);
        foreach (var open in pairs) Around(open);
        Move(tags);
        RemoveMarkerParagraphs(root);
        foreach (var open in pairs) Check(open);
        CheckNesting(root);
    }

    private static XElement Story(XElement marker, XElement root) => marker.Ancestors().First(a => Stories.Contains(a.Name) || a == root);

    private void Pair(IEnumerable<Tag> tags, List<Tag> pairs)
    {
        var open = new List<Tag>();
        foreach (var tag in tags)
        {
            if (tag.IsOpen)
            {
                open.Add(tag);
                continue;
            }

            var match = open.FindLastIndex(t => t.Path == tag.Path);
            if (match < 0)
            {
                problems.Add("blok-los-einde", $"'{tag.Source}' sluit iets wat niet open is.", tag.Place,
                    open.Count == 0 ? "Haal de tag weg, of zet {{#…}} of {{?…}} ervoor."
                        : $"Bedoelt u '{{{{/{open[^1].Path}}}}}'? Dat staat open sinds '{open[^1].Source}' ({open[^1].Place}).");
                continue;
            }

            foreach (var crossed in open.Skip(match + 1))
            {
                problems.Add("blok-gekruist", $"'{crossed.Source}' is nog open waar '{tag.Source}' staat: de twee kruisen elkaar.", crossed.Place,
                    $"Zet '{{{{/{crossed.Path}}}}}' voor '{tag.Source}'.");
            }

            open[match].Partner = tag;
            tag.Partner = open[match];
            pairs.Add(open[match]);
            open.RemoveRange(match, open.Count - match);
        }

        foreach (var tag in open)
            problems.Add("blok-niet-gesloten", $"'{tag.Source}' is nergens gesloten.", tag.Place, $"Zet '{{{{/{tag.Path}}}}}' waar het ophoudt.");
    }

    /// <summary>A row that holds nothing but markers of blocks that reach outside it goes, and its markers take its place.</summary>
    private static void RemoveMarkerRows(XElement root)
    {
        foreach (var row in root.Descendants(WordXml.Row).ToArray())
        {
            var markers = Markers(row);
            if (markers.Count == 0 || Visibility.HasContent(row) || row.Descendants(WordXml.Table).Any()) continue;
            if (markers.Any(t => t.Kind == TagKind.Field || t.Partner is null || t.Partner.Marker.Ancestors().Contains(row))) continue;
            foreach (var tag in markers) tag.Marker.Remove();
            row.ReplaceWith(markers.Select(t => t.Marker));
        }
    }

    /// <summary>Works out the level of a block whose ends do not stand in one paragraph, and moves them around rows where they must be.</summary>
    private void Locate(Tag open)
    {
        var close = open.Partner!;
        if (open.Marker.Parent == close.Marker.Parent) return;
        var ancestors = open.Marker.Ancestors().ToHashSet();
        var common = close.Marker.Ancestors().First(ancestors.Contains);
        if (common.Name == WordXml.Row)
        {
            // From a table inside a cell to the row around it is no row of one table.
            if (NearestRow(open) != common || NearestRow(close) != common) return;
            Before(common, open);
            After(common, close);
            return;
        }

        // Rows of one table: each end stands in a row, or (its row is gone) between the rows.
        var first = ChildOf(common, open.Marker);
        var last = ChildOf(common, close.Marker);
        if (first.Name != WordXml.Row && last.Name != WordXml.Row) return;
        if ((first.Name == WordXml.Row && NearestRow(open) != first) || (last.Name == WordXml.Row && NearestRow(close) != last)) return;
        if (first.Name == WordXml.Row) Before(first, open);
        if (last.Name == WordXml.Row) After(last, close);
    }

    private static XElement? NearestRow(Tag tag) => tag.Marker.Ancestors(WordXml.Row).FirstOrDefault();

    /// <summary>Moves ends that reach outside their paragraph to before or after it, when nothing but other such ends stands between.</summary>
    private void Around(Tag open)
    {
        var close = open.Partner!;
        if (open.Marker.Parent == close.Marker.Parent) return;
        var from = open.Marker.Parent!;
        var to = close.Marker.Parent!;
        var onlyMarkersFrom = from.Name == WordXml.Paragraph && IsMarkerParagraph(from);
        var onlyMarkersTo = to.Name == WordXml.Paragraph && IsMarkerParagraph(to);
        if (from.Name == WordXml.Paragraph && !onlyMarkersFrom)
        {
            if (Visibility.HasContent(open.Marker.ElementsBeforeSelf())) Misplaced(open, "er staat tekst voor in dezelfde alinea");
            else Before(from, open);
        }

        if (to.Name == WordXml.Paragraph && !onlyMarkersTo)
        {
            if (Visibility.HasContent(close.Marker.ElementsAfterSelf())) Misplaced(close, "er staat nog tekst achter in dezelfde alinea");
            else After(to, close);
        }
    }

    private void Misplaced(Tag tag, string why)
    {
        _misplaced.UnionWith([tag, tag.Partner!]);
        problems.Add("blok-plaats", $"'{tag.Source}' hoort bij een blok van meer alinea's, maar {why}.", tag.Place, $"Zet '{tag.Source}' alleen in een eigen alinea.");
    }

    /// <summary>A paragraph of nothing but markers that reach outside it goes. One that carries a section break stays, outside the block.</summary>
    private static void RemoveMarkerParagraphs(XElement root)
    {
        foreach (var paragraph in root.Descendants(WordXml.Paragraph).ToArray())
        {
            if (!IsMarkerParagraph(paragraph)) continue;
            var markers = Markers(paragraph);
            foreach (var tag in markers) tag.Marker.Remove();
            if (paragraph.Element(WordXml.ParagraphProperties)?.Element(WordXml.SectionProperties) is not null)
            {
                paragraph.AddBeforeSelf(markers.Where(t => !t.IsOpen).Select(t => t.Marker));
                paragraph.AddAfterSelf(markers.Where(t => t.IsOpen).Select(t => t.Marker));
                continue;
            }

            var kept = paragraph.Elements().Where(e => e.Name == WordXml.BookmarkStart || e.Name == WordXml.BookmarkEnd).ToArray();
            foreach (var bookmark in kept) bookmark.Remove();
            var cell = paragraph.Parent!;
            paragraph.ReplaceWith(kept.Concat(markers.Select(t => t.Marker)));
            if (paragraph.Element(WordXml.ParagraphProperties) is { } properties && cell.Annotation<RemovedParagraph>() is null) cell.AddAnnotation(new RemovedParagraph(properties));
        }
    }

    private static bool IsMarkerParagraph(XElement paragraph)
    {
        var markers = Markers(paragraph);
        return markers.Count > 0
            && markers.All(t => t.IsBlock && t.Partner is not null && t.Marker.Parent == paragraph && t.Partner.Marker.Parent != paragraph)
            && !Visibility.HasContent(paragraph.Elements().Where(e => e.Name != WordXml.Marker));
    }

    private void Check(Tag open)
    {
        var close = open.Partner!;
        if (open.Marker.Parent == close.Marker.Parent || _misplaced.Contains(open)) return;
        var (from, to) = (open.Marker.Parent!, close.Marker.Parent!);
        var why = from.Ancestors(WordXml.Cell).FirstOrDefault() != to.Ancestors(WordXml.Cell).FirstOrDefault() || from.Name == WordXml.Cell || to.Name == WordXml.Cell
            ? "het begin en het einde staan niet in dezelfde cel, en ook niet in rijen van dezelfde tabel"
            : "het begin en het einde staan niet op dezelfde hoogte; er zit een rand van een koppeling, inhoudsbesturingselement of tekstvak tussen";
        problems.Add("blok-plaats", $"'{open.Source}' … '{close.Source}' kan zo niet herhaald of weggelaten worden: {why}.", open.Place,
            "Zet begin en einde allebei binnen dezelfde alinea, allebei in een eigen alinea op dezelfde plaats, of in rijen van dezelfde tabel.");
    }

    /// <summary>Two blocks that share a row may have been moved across each other.</summary>
    private void CheckNesting(XElement root)
    {
        foreach (var container in root.DescendantsAndSelf().Where(e => e.Elements(WordXml.Marker).Any()))
        {
            var open = new Stack<Tag>();
            foreach (var tag in container.Elements(WordXml.Marker).Select(m => m.Annotation<Tag>()!).Where(t => t.IsBlock && t.Partner?.Marker.Parent == container))
            {
                if (tag.IsOpen)
                {
                    open.Push(tag);
                }
                else if (open.Count == 0 || open.Pop().Partner != tag)
                {
                    problems.Add("blok-gekruist", $"'{tag.Partner!.Source}' … '{tag.Source}' kruist een ander blok in dezelfde rij.", tag.Place, "Geef elk blok eigen rijen.");
                    break;
                }
            }
        }
    }

    private static List<Tag> Markers(XElement element) => [.. element.Descendants(WordXml.Marker).Select(m => m.Annotation<Tag>()!)];

    private static XElement ChildOf(XElement ancestor, XElement element)
    {
        while (element.Parent != ancestor) element = element.Parent!;
        return element;
    }

    private void Before(XElement anchor, Tag open) => _moves[open] = anchor;

    private void After(XElement anchor, Tag close) => _moves[close] = anchor;

    private void Move(IReadOnlyList<Tag> tags)
    {
        foreach (var tag in tags)
        {
            if (!_moves.Remove(tag, out var anchor)) continue;
            var source = tag.Marker.Parent!;
            tag.Marker.Remove();
            if (tag.IsOpen)
            {
                anchor.AddBeforeSelf(tag.Marker);
            }
            else
            {
                _lastAfter.GetValueOrDefault(anchor, anchor).AddAfterSelf(tag.Marker);
                _lastAfter[anchor] = tag.Marker;
            }

            if (anchor.Name == WordXml.Row) RemoveEmptied(source);
        }
    }

    /// <summary>A paragraph of which only the marker of a row was left goes, unless its cell would no longer end with a paragraph.</summary>
    private static void RemoveEmptied(XElement paragraph)
    {
        if (paragraph.Name != WordXml.Paragraph || paragraph.Parent?.Name != WordXml.Cell) return;
        if (paragraph.Elements().Any(e => e.Name != WordXml.ParagraphProperties && e.Name != WordXml.Run) || Visibility.HasContent(paragraph)) return;
        if (paragraph.ElementsAfterSelf().LastOrDefault()?.Name == WordXml.Paragraph || (paragraph.NextNode is null && (paragraph.PreviousNode as XElement)?.Name == WordXml.Paragraph))
            paragraph.Remove();
    }

    /// <summary>The properties of a paragraph that was removed, for the one a cell must end with.</summary>
    internal sealed record RemovedParagraph(XElement Properties);
}

/// <summary>What a reader of the page would see.</summary>
internal static class Visibility
{
    private static readonly HashSet<string> InvisibleInRun = new(StringComparer.Ordinal) { "rPr", "t", "br", "cr", "tab", "softHyphen", "noBreakHyphen", "ptab" };

    public static bool HasContent(XElement element) => HasContent([element]);

    /// <summary>Whether anything visible stands in the elements: text that is not blank, a field, picture, note, page break, or a field tag. Markers of blocks do not count.</summary>
    public static bool HasContent(IEnumerable<XElement> elements) => elements.Any(Visible);

    private static bool Visible(XElement element)
    {
        if (element.Name == WordXml.Marker) return element.Annotation<Tag>()!.Kind == TagKind.Field;
        if (element.Name == WordXml.Run) return element.Elements().Any(VisibleInRun);
        if (element.Name == WordXml.SimpleField || element.Name.Namespace != WordXml.W) return element.Name != WordXml.Own + "tag" && element.Name.Namespace != WordXml.W14;
        return !element.Name.LocalName.EndsWith("Pr", StringComparison.Ordinal) && element.Elements().Any(Visible);
    }

    /// <summary>Whether a child of a run can be seen by itself.</summary>
    public static bool VisibleInRun(XElement child)
    {
        if (child.Name == WordXml.Text) return !string.IsNullOrWhiteSpace(child.Value);
        if (child.Name == WordXml.W + "br") return child.Attr("type") is "page" or "column";
        return child.Name.Namespace != WordXml.W || !InvisibleInRun.Contains(child.Name.LocalName);
    }
}
