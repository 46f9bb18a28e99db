using System.Text;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// Finds the tags in each paragraph, however Word has cut them up over runs, and puts a marker element where each begins.
/// The marker stands beside the runs and keeps the properties of the run in which its <c>{{</c> stood; the rest of the tag's text disappears.
/// </summary>
internal sealed class TagFinder(PlaceIndex places, Problems problems)
{
    /// <summary>Stands in the joined text for anything that is no text; a tag cannot run across it.</summary>
    private const char Thing = '\uFFFC';

    private static readonly HashSet<XName> RunContainers =
    [
        WordXml.Hyperlink, WordXml.ContentControl, WordXml.ContentControlContent, WordXml.SimpleField, WordXml.W + "bdo", WordXml.W + "dir",
    ];

    /// <summary>Paragraphs with a faulty tag that has been reported, so that what is left of it is not reported a second time.</summary>
    private readonly HashSet<XElement> _reported = [];

    /// <summary>Marks all tags of a part.</summary>
    /// <param name="root">The part, cleaned.</param>
    /// <returns>The tags in document order.</returns>
    public List<Tag> Find(XElement root)
    {
        var tags = new List<Tag>();
        foreach (var paragraph in root.Descendants(WordXml.Paragraph).ToArray()) Search(paragraph, tags);
        foreach (var text in root.DescendantNodes().OfType<XText>())
        {
            if (Position(text.Value) is var at && at < 0) continue;
            if (text.Ancestors(WordXml.Paragraph).FirstOrDefault() is { } paragraph && _reported.Contains(paragraph)) continue;
            problems.Add("tag-plaats", "Een tag staat op een plaats die niet gevuld kan worden.", places.Of(text.Parent!), "Zet de tag in gewone tekst, niet in een veldcode, formule of eigenschap.");
        }

        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(a => Position(a.Value) >= 0))
        {
            problems.Add("tag-plaats", "Een tag staat op een plaats die niet gevuld kan worden (een alternatieve tekst, koppeling of andere eigenschap).",
                places.Of(attribute.Parent!), "Zet de tag in gewone tekst.");
        }

        return tags;
    }

    private static int Position(string text)
    {
        var open = text.IndexOf("{{", StringComparison.Ordinal);
        return open >= 0 ? open : text.IndexOf("}}", StringComparison.Ordinal);
    }

    private void Search(XElement paragraph, List<Tag> tags)
    {
        var joined = new StringBuilder();
        var pieces = new List<Piece>();
        Collect(paragraph);
        var text = joined.ToString();
        if (Position(text) < 0) return;
        var found = new List<(int From, int To, Tag Tag)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            var stray = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (stray >= 0 && (open < 0 || stray < open))
            {
                Report("tag-los-einde", "Er staat }} zonder {{ ervoor.", stray, "Zet {{ voor de naam van het veld, of haal }} weg.");
                at = stray + 2;
                continue;
            }

            if (open < 0) break;
            var next = text.IndexOf("{{", open + 2, StringComparison.Ordinal);
            if (stray < 0 || (next >= 0 && next < stray))
            {
                Report("tag-niet-gesloten", $"De tag '{Excerpt(text, open)}' is niet gesloten: }}}} ontbreekt in dezelfde alinea.", open, "Zet }} achter de naam van het veld.");
                at = open + 2;
                continue;
            }

            var source = text[open..(stray + 2)];
            var place = places.Of(paragraph, text, open);
            if (source.Contains(Thing, StringComparison.Ordinal))
                Report("tag-onderbroken", "Een tag wordt onderbroken door een veld, plaatje of noot.", open, "Typ de tag opnieuw, zonder iets ertussen.");
            else if (TagReader.Read(source, place, problems) is { } tag)
                found.Add((open, stray + 2, tag));
            else
                _reported.Add(paragraph);
            at = stray + 2;
        }

        if (found.Count > 0) Rebuild(pieces, found);
        tags.AddRange(found.Select(f => f.Tag));

        void Report(string rule, string what, int position, string whatNow)
        {
            problems.Add(rule, what, places.Of(paragraph, text, position), whatNow);
            _reported.Add(paragraph);
        }

        void Collect(XElement parent)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == WordXml.Run) CollectRun(child);
                else if (RunContainers.Contains(child.Name)) Collect(child);
            }
        }

        void CollectRun(XElement run)
        {
            foreach (var node in run.Elements())
            {
                if (node.Name == WordXml.RunProperties) continue;
                var value = node.Name == WordXml.Text ? node.Value
                    : node.Name == WordXml.W + "tab" ? "\t"
                    : node.Name == WordXml.W + "noBreakHyphen" ? "\u2011"
                    : node.Name == WordXml.W + "softHyphen" ? "\u00AD"
                    : node.Name == WordXml.W + "cr" || (node.Name == WordXml.W + "br" && node.Attr("type") is null or "textWrapping") ? "\n"
                    : Thing.ToString();
                pieces.Add(new Piece(node, run, joined.Length, value.Length));
                joined.Append(value);
            }
        }
    }

    private static string Excerpt(string text, int open)
    {
        var rest = text[open..];
        return rest.Length > 24 ? rest[..24] + "…" : rest;
    }

    private static void Rebuild(List<Piece> pieces, List<(int From, int To, Tag Tag)> found)
    {
        // Tags and pieces both run from left to right, so one index over the tags suffices.
        var next = 0;
        foreach (var group in pieces.GroupBy(p => p.Run))
        {
            var run = group.Key;
            var to = group.Last().At + group.Last().Length;
            while (next < found.Count && found[next].To <= group.First().At) next++;
            if (next == found.Count) break;
            if (found[next].From >= to) continue;

            // What stands between the tags becomes runs of their own; each keeps the properties of the run it came from.
            var result = new List<XElement>();
            var current = Empty(run);
            foreach (var piece in group)
            {
                var at = piece.At;
                var end = piece.At + piece.Length;
                if (piece.Length == 0) Keep(piece, at, end);
                while (at < end)
                {
                    while (next < found.Count && found[next].To <= at) next++;
                    if (next == found.Count || found[next].From > at)
                    {
                        var stop = next == found.Count ? end : Math.Min(end, found[next].From);
                        Keep(piece, at, stop);
                        at = stop;
                        continue;
                    }

                    var (from, until, tag) = found[next];
                    if (from == at)
                    {
                        Close();
                        tag.Marker = new XElement(WordXml.Marker, run.Element(WordXml.RunProperties));
                        tag.Marker.AddAnnotation(tag);
                        result.Add(tag.Marker);
                    }

                    at = Math.Min(end, until);
                }
            }

            Close();
            run.ReplaceWith(result);

            void Keep(Piece piece, int at, int stop)
            {
                if (piece.Node.Name == WordXml.Text && (at != piece.At || stop != piece.At + piece.Length))
                {
                    current.Add(new XElement(WordXml.Text, new XAttribute(XNamespace.Xml + "space", "preserve"), piece.Node.Value[(at - piece.At)..(stop - piece.At)]));
                    return;
                }

                // Moved, not copied: a drawing may hold text boxes whose paragraphs are searched after this one.
                piece.Node.Remove();
                current.Add(piece.Node);
            }

            void Close()
            {
                if (current.Elements().Any(e => e.Name != WordXml.RunProperties)) result.Add(current);
                current = Empty(run);
            }
        }
    }

    private static XElement Empty(XElement run) => new(WordXml.Run, run.Attributes(), run.Element(WordXml.RunProperties));

    private sealed record Piece(XElement Node, XElement Run, int At, int Length);
}
