using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// One walk over a part whose blocks are in place: which fields are used in which loops, which elements are marked,
/// and that nothing that comes in pairs (bookmarks, parts of a Word field) is cut in two by a block.
/// </summary>
internal sealed class PartAnalysis(PlaceIndex places, Problems problems, BookmarkRegister register)
{
    private readonly List<object> _chain = [];
    private readonly List<(XElement Begin, object? Block)> _wordFields = [];
    private readonly Dictionary<string, (XElement Start, object[] Chain)> _bookmarks = [];
    private readonly List<XElement> _brokenBookmarks = [];
    private readonly List<(XElement Start, XElement End, bool StartIsOutside)> _cutBookmarks = [];

    /// <summary>All tags that read a value, with the loops around each, in document order.</summary>
    public List<(Tag Tag, IReadOnlyList<string> Within)> Uses { get; } = [];

    /// <summary>Content controls tagged <c>element:…</c>, in document order, with the paths inside.</summary>
    public List<(XElement Control, string Id, List<string> Paths)> Elements { get; } = [];

    public static string? ElementId(XElement control)
    {
        const string Prefix = "element:";
        var tag = control.Element(WordXml.ContentControlProperties)?.Element(WordXml.W + "tag")?.Attr("val");
        return tag is not null && tag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? tag[Prefix.Length..].Trim() : null;
    }

    public void Run(XElement root)
    {
        Visit(root);
        foreach (var (start, _) in _bookmarks.Values) _brokenBookmarks.Add(start);
        foreach (var bookmark in _brokenBookmarks) bookmark.Remove();

        // What refers to a bookmark that a block cuts in two still finds the place where its outer end stands.
        foreach (var (start, end, startIsOutside) in _cutBookmarks)
        {
            (startIsOutside ? end : start).Remove();
            if (startIsOutside) start.AddAfterSelf(end);
            else end.AddBeforeSelf(start);
        }
    }

    private object? Top => _chain.Count == 0 ? null : _chain[^1];

    private void Visit(XElement element)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name == WordXml.Marker)
            {
                Marker(child.Annotation<Tag>()!);
                continue;
            }

            if (child.Name == WordXml.BookmarkStart)
            {
                if (!_bookmarks.TryAdd(child.Attr("id") ?? "", (child, [.. _chain]))) _brokenBookmarks.Add(child);
            }
            else if (child.Name == WordXml.BookmarkEnd)
            {
                if (!_bookmarks.Remove(child.Attr("id") ?? "", out var start)) _brokenBookmarks.Add(child);
                else Bookmark(start.Start, start.Chain, child);
            }
            else if (child.Name == WordXml.FieldCharacter)
            {
                WordField(child);
            }

            var id = child.Name == WordXml.ContentControl ? ElementId(child) : null;
            if (id is null)
            {
                Visit(child);
                continue;
            }

            // The copy of a text box for old programs repeats its content controls; the first is the one that counts.
            if (!child.Ancestors(WordXml.Fallback).Any()) Elements.Add((child, id, []));
            if (child.Elements(WordXml.ContentControlContent).Elements(WordXml.Cell).Any())
                problems.Add("element-cel", $"Het element '{id}' staat om een cel van een tabel.", places.Of(child), "Zet het inhoudsbesturingselement om de tekst in de cel, of om de hele rij.");
            _chain.Add(child);
            Visit(child);
            _chain.RemoveAt(_chain.Count - 1);
        }
    }

    private void Bookmark(XElement start, object[] chain, XElement end)
    {
        var shared = Math.Min(chain.Length, _chain.Count);
        var nested = chain.AsSpan(0, shared).SequenceEqual(_chain.GetRange(0, shared).ToArray());
        if (!nested || !register.Claim(start, end)) _brokenBookmarks.AddRange([start, end]);
        else if (chain.Length != _chain.Count) _cutBookmarks.Add((start, end, chain.Length < _chain.Count));
    }

    private void Marker(Tag tag)
    {
        if (tag.Kind == TagKind.Close)
        {
            _chain.RemoveAt(_chain.Count - 1);
            return;
        }

        Uses.Add((tag, [.. _chain.OfType<Tag>().Where(t => t.Kind == TagKind.Loop).Select(t => t.Path)]));
        foreach (var control in _chain.OfType<XElement>())
        {
            var paths = Elements.Find(e => e.Control == control).Paths;
            if (paths is not null && !paths.Contains(tag.Path)) paths.Add(tag.Path);
        }

        if (tag.IsOpen) _chain.Add(tag);
    }

    private void WordField(XElement character)
    {
        var type = character.Attr("fldCharType");
        if (type == "begin")
        {
            _wordFields.Add((character, Top));
        }
        else if (type == "end" && _wordFields.Count > 0)
        {
            var (begin, block) = _wordFields[^1];
            _wordFields.RemoveAt(_wordFields.Count - 1);
            if (block != Top)
            {
                problems.Add("veld-gekruist", "Een Word-veld begint binnen een lus, voorwaarde of element en eindigt erbuiten (of andersom).", places.Of(begin),
                    "Zet het hele veld erbinnen of erbuiten.");
            }
        }
    }
}
