using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// Takes out of a part what a finished document must not carry over from its template, and what would stand in the way of reading its text:
/// tracked changes are accepted (they name their author), comments and proofing marks dropped, wrappers without meaning undone,
/// bindings to custom XML cut (Word would put the bound value over ours).
/// </summary>
internal static class PartCleaner
{
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "proofErr", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "lastRenderedPageBreak", "permStart", "permEnd",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "smartTagPr", "customXmlPr", "dataBinding", "placeholder",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "cellIns", "printerSettings",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange",
    };

    /// <summary>Cleans a part in place. Returns whether it held tracked changes, and whether it held comments.</summary>
    public static (bool Revisions, bool Comments) Clean(XElement root)
    {
        var revisions = false;
        var comments = false;
        var deletedMarks = new List<XElement>();
        foreach (var element in root.Descendants().ToArray())
        {
            // An ancestor may have been dropped already.
            if (element.Parent is null || !element.Ancestors().Contains(root)) continue;
            if (element.Name.Namespace == WordXml.W15 && element.Name.LocalName == "dataBinding")
            {
                element.Remove();
                continue;
            }

            if (element.Name.Namespace != WordXml.W) continue;
            var name = element.Name.LocalName;
            switch (name)
            {
                case "ins" or "moveTo":
                    revisions = true;
                    if (IsMark(element)) element.Remove();
                    else element.Unwrap();
                    break;
                case "del" or "moveFrom":
                    revisions = true;
                    if (element.Parent.Name == WordXml.W + "trPr")
                    {
                        RemoveEmptied(element.Parent.Parent!);
                        break;
                    }

                    if (IsMark(element) && element.Parent.Parent is { } properties && properties.Name == WordXml.ParagraphProperties) deletedMarks.Add(properties.Parent!);
                    RemoveEmptied(element);
                    break;
                case "sdt" when IsMarkOfGoogle(element):
                    element.ReplaceWith(element.Element(WordXml.ContentControlContent)?.Nodes());
                    break;
                case "smartTag" or "customXml":
                    element.Unwrap();
                    break;
                case "bookmarkStart" when element.Attr("name") == "_GoBack":
                    root.Descendants(WordXml.BookmarkEnd).FirstOrDefault(e => e.Attr("id") == element.Attr("id"))?.Remove();
                    element.Remove();
                    break;
                case "showingPlcHdr" when element.Parent.Parent is { } control && control.Value.Contains("{{", StringComparison.Ordinal):
                    // Otherwise Word takes the filled-in text for a placeholder and deletes it at the first click.
                    element.Remove();
                    break;
                default:
                    if (!Dropped.Contains(name)) break;
                    revisions |= name.EndsWith("Change", StringComparison.Ordinal) || name.StartsWith("move", StringComparison.Ordinal);
                    comments |= name.StartsWith("comment", StringComparison.Ordinal);
                    var parent = element.Parent;
                    element.Remove();
                    if (name == "commentReference" && parent.Name == WordXml.Run && !parent.Elements().Any(e => e.Name != WordXml.RunProperties)) parent.Remove();
                    break;
            }
        }

        // Only now it shows what a paragraph with a deleted mark still holds, and which paragraph follows it.
        foreach (var paragraph in deletedMarks) MergeWithNext(paragraph);
        return (revisions, comments);
    }

    /// <summary>Google Docs puts a nameless content control around every word that was ever remarked upon or suggested.</summary>
    private static bool IsMarkOfGoogle(XElement control)
        => control.Element(WordXml.ContentControlProperties)?.Element(WordXml.W + "tag")?.Attr("val")?.StartsWith("goog_rdk_", StringComparison.Ordinal) == true;

    /// <summary>Removes an element, and what would be left of a table, link or content control that held nothing else.</summary>
    private static void RemoveEmptied(XElement element)
    {
        var parent = element.Parent!;
        element.Remove();
        if (parent.Name == WordXml.ContentControlContent && !parent.HasElements) RemoveEmptied(parent.Parent!);
        else if (parent.Name == WordXml.Table && !parent.Elements().Any(e => e.Name == WordXml.Row || e.Name == WordXml.ContentControl)) RemoveEmptied(parent);
        else if (parent.Name == WordXml.Hyperlink && !parent.HasElements) RemoveEmptied(parent);
    }

    /// <summary>Whether a revision stands in properties, where it marks a paragraph mark or row instead of holding text.</summary>
    private static bool IsMark(XElement element) => element.Parent!.Name.LocalName is "rPr" or "trPr" or "numPr";

    /// <summary>A deleted paragraph mark joins its paragraph with the next one, which keeps its own properties. Before a table it just goes, when it holds nothing.</summary>
    private static void MergeWithNext(XElement paragraph)
    {
        var between = paragraph.ElementsAfterSelf().TakeWhile(IsBookmark).ToArray();
        if ((between.LastOrDefault() ?? paragraph).ElementsAfterSelf().FirstOrDefault() is not { } next) return;
        var content = paragraph.Nodes().Where(n => n is not XElement { Name: var name } || name != WordXml.ParagraphProperties).ToArray();
        if (next.Name == WordXml.Table && content.All(node => node is XElement element && IsBookmark(element)))
        {
            paragraph.ReplaceWith(content);
            return;
        }

        if (next.Name != WordXml.Paragraph) return;
        content = [.. content, .. between];
        foreach (var node in content) node.Remove();
        if (next.Element(WordXml.ParagraphProperties) is { } properties) properties.AddAfterSelf(content);
        else next.AddFirst(content);
        paragraph.Remove();
    }

    private static bool IsBookmark(XElement element) => element.Name == WordXml.BookmarkStart || element.Name == WordXml.BookmarkEnd;
}
