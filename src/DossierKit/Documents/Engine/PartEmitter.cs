using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>What the emitter must know about the package a part stands in.</summary>
/// <param name="IsMain">Whether it is the document's text, which has the sections.</param>
/// <param name="NumberingOfStyle">The numbering and level a paragraph style brings; <see langword="null"/> for none.</param>
/// <param name="CopyNumbering">Makes the copy of a numbering restartable and gives its index in the tables; -1 when there is no such numbering.</param>
/// <param name="Notes">Footnotes and endnotes by kind (0, 1) and id of the template.</param>
internal sealed record EmitterContext(
    bool IsMain,
    Func<string, (int NumId, int Level)?> NumberingOfStyle,
    Func<int, int> CopyNumbering,
    IReadOnlyDictionary<(int Kind, string Id), int> Notes);

/// <summary>Writes a prepared part as literals and instructions. Everything that can be decided once is decided here.</summary>
internal sealed partial class PartEmitter
{
    private static readonly HashSet<XName> Containers =
        [WordXml.Cell, WordXml.TextBox, WordXml.W + "hdr", WordXml.W + "ftr", WordXml.W + "footnote", WordXml.W + "endnote"];

    private static readonly HashSet<XName> InlineContainers =
        [WordXml.Hyperlink, WordXml.ContentControl, WordXml.ContentControlContent, WordXml.W + "bdo", WordXml.W + "dir"];

    private readonly ProgramTables _tables;
    private readonly EmitterContext _context;
    private readonly LiteralBuffer _buffer = new();
    private readonly List<Token> _tokens = [];
    private readonly List<(int Token, BlockUse? Block, bool Renumber)> _open = [];
    private readonly Dictionary<string, int> _bookmarkSlots = [];
    private readonly Dictionary<string, int> _bookmarkNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Tag, List<int>> _bookmarksOf = [];
    private readonly HashSet<string> _shapeIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeatedTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shapeTypes = new(StringComparer.Ordinal);
    private readonly HashSet<XElement> _dynamic = [];
    private readonly HashSet<XElement> _removable = [];
    private int _loops;
    private bool _watching;

    private PartEmitter(ProgramTables tables, EmitterContext context)
    {
        _tables = tables;
        _context = context;
    }

    /// <summary>Emits a part.</summary>
    public static PartProgram Emit(string name, XElement root, ProgramTables tables, EmitterContext context)
    {
        var emitter = new PartEmitter(tables, context);
        emitter.Prepare(root);
        emitter._buffer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n");
        emitter.Element(root);
        emitter.Flush();
        return new PartProgram(name, emitter._buffer.ToArray(), [.. emitter._tokens]);
    }

    /// <summary>
    /// Emits the part of the footnotes (kind 0) or endnotes (kind 1). A note is printed when its reference is, with the values that hold there,
    /// so notes follow loops and conditions; a note without reference is not printed.
    /// </summary>
    public static PartProgram EmitNotes(string name, XElement root, int kind, IDictionary<(int Kind, string Id), int> notes, ProgramTables tables, EmitterContext context)
    {
        var emitter = new PartEmitter(tables, context);
        emitter.Prepare(root);
        emitter._buffer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n");
        var scope = emitter.Open(root);
        foreach (var separator in root.Elements().Where(e => e.Attr("type") is not (null or "normal"))) emitter.Element(separator);
        emitter.Flush();
        var at = emitter._tokens.Count;
        emitter._tokens.Add(new Token(Op.Notes, kind));
        emitter._loops++;
        foreach (var note in root.Elements().Where(e => e.Attr("type") is null or "normal"))
        {
            var from = emitter._tokens.Count;
            emitter.Element(note);
            emitter.Flush();
            notes[(kind, note.Attr("id") ?? "")] = tables.Notes.Count;
            tables.Notes.Add(new NoteUse(kind, from, emitter._tokens.Count));
        }

        emitter._tokens[at] = new Token(Op.Notes, kind, emitter._tokens.Count);
        emitter.Close(root, scope);
        emitter.Flush();
        return new PartProgram(name, emitter._buffer.ToArray(), [.. emitter._tokens]);
    }

    /// <summary>Finds what can change: every ancestor of a tag or element, and the paragraphs that may turn out empty.</summary>
    private void Prepare(XElement root)
    {
        foreach (var element in root.Descendants().Where(e => e.Name == WordXml.Marker || (e.Name == WordXml.ContentControl && PartAnalysis.ElementId(e) is not null)))
        {
            foreach (var ancestor in element.AncestorsAndSelf())
            {
                if (!_dynamic.Add(ancestor)) break;
            }
        }

        foreach (var paragraph in _dynamic.Where(e => e.Name == WordXml.Paragraph).ToArray())
        {
            if (paragraph.Element(WordXml.ParagraphProperties)?.Element(WordXml.SectionProperties) is not null) continue;
            var (tags, visible) = Scan(paragraph, 0);
            if (!tags || visible) continue;
            _removable.Add(paragraph);
            HoistBookmarks(paragraph);
        }

        FindBookmarks(root);
        _repeatedTypes.UnionWith(root.Descendants(WordXml.ShapeType).GroupBy(ShapeTypeId, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    /// <summary>Whether a paragraph has tags or elements of its own, and whether anything visible stands outside them.</summary>
    private static (bool Tags, bool Visible) Scan(XElement container, int depth)
    {
        var tags = false;
        foreach (var child in container.Elements())
        {
            if (child.Name == WordXml.Marker)
            {
                tags = true;
                var tag = child.Annotation<Tag>()!;
                depth += tag.IsOpen ? 1 : tag.Kind == TagKind.Close ? -1 : 0;
            }
            else if (InlineContainers.Contains(child.Name))
            {
                var isElement = child.Name == WordXml.ContentControl && PartAnalysis.ElementId(child) is not null;
                var (inner, visible) = Scan(child, depth + (isElement ? 1 : 0));
                tags |= inner || isElement;
                if (visible) return (tags, true);
            }
            else if (depth == 0 && Visibility.HasContent(child))
            {
                return (tags, true);
            }
        }

        return (tags, false);
    }

    /// <summary>A bookmark that begins or ends in a paragraph that may disappear, but not both, is put before it.</summary>
    private static void HoistBookmarks(XElement paragraph)
    {
        var marks = paragraph.Descendants().Where(e => e.Name == WordXml.BookmarkStart || e.Name == WordXml.BookmarkEnd).ToArray();
        foreach (var mark in marks.GroupBy(m => m.Attr("id")).Where(g => g.Count() == 1).Select(g => g.First()))
        {
            mark.Remove();
            paragraph.AddBeforeSelf(mark);
        }
    }

    private void Element(XElement element)
    {
        if (element.Name == WordXml.Marker)
        {
            Marker(element);
            return;
        }

        if (element.Name == WordXml.Paragraph) Paragraph(element);
        else if (element.Name == WordXml.Table) Table(element);
        else if (element.Name == WordXml.ContentControl) Control(element);
        else if (element.Name == WordXml.Hyperlink && _dynamic.Contains(element)) Droppable(element);
        else if (element.Name == WordXml.Instruction) Instruction(element);
        else if (element.Name == WordXml.ShapeType && (_loops > 0 || _repeatedTypes.Contains(ShapeTypeId(element)))) ShapeType(element);
        else if (element.Name == NumberingPart.Place) Add(Op.NewNumberings);
        else if (element.Name == WordXml.W + "footnoteReference" || element.Name == WordXml.W + "endnoteReference") NoteReference(element);
        else Plain(element);
    }

    private void Plain(XElement element)
    {
        var prefixes = Open(element);
        Children(element);
        if (Containers.Contains(element.Name)) CloseContainer(element);
        Close(element, prefixes);
        if (_watching && element.Parent?.Name != WordXml.Run && IsVisible(element)) Add(Op.Visible);
    }

    private static bool IsVisible(XElement element)
        => element.Name == WordXml.Run ? element.Elements().Any(Visibility.VisibleInRun)
            : element.Name == WordXml.SimpleField || element.Name.LocalName is "oMath" or "oMathPara" or "ruby";

    private void Children(XElement element)
    {
        if (element.Name == WordXml.W + "hdr") Add(Op.ConceptParagraph);
        if (element.Name == WordXml.SectionProperties && _context.IsMain) Add(Op.ConceptReferences, MissingHeaders(element));
        foreach (var node in element.Nodes())
        {
            if (node is XElement child) Element(child);
            else if (node is XText text) _buffer.Escape(text.Value, inAttribute: false);
        }
    }

    private static int MissingHeaders(XElement section)
    {
        var present = section.Elements(WordXml.W + "headerReference").Select(h => h.Attr("type") ?? "default").ToHashSet();
        return (present.Contains("default") ? 0 : 1) | (present.Contains("first") ? 0 : 2) | (present.Contains("even") ? 0 : 4);
    }

    private void Paragraph(XElement paragraph)
    {
        Renumber(paragraph);
        var removable = _removable.Contains(paragraph);
        var outer = _watching;
        _watching = removable;
        if (removable) Add(Op.Paragraph);
        var prefixes = Open(paragraph);
        Children(paragraph);
        Close(paragraph, prefixes);
        if (removable) Add(Op.EndParagraph);
        _watching = outer;
    }

    private void Table(XElement table)
    {
        var previous = table.ElementsBeforeSelf().LastOrDefault();
        var separate = previous?.Name != WordXml.Table && (previous is null || previous.Name != WordXml.Paragraph || _removable.Contains(previous));
        var rows = table.Elements().Any(e => (e.Name == WordXml.Marker || e.Name == WordXml.ContentControl) && _dynamic.Contains(e));
        if (rows) Add(Op.Droppable);
        if (separate) Add(Op.SeparateTables);
        var prefixes = Open(table);
        var began = false;
        foreach (var child in table.Elements())
        {
            if (rows && !began && child.Name.LocalName is not ("tblPr" or "tblGrid" or "bookmarkStart" or "bookmarkEnd"))
            {
                began = true;
                Add(Op.Content);
            }

            Element(child);
        }

        if (rows) CloseDroppable(table, prefixes);
        else Close(table, prefixes);
    }

    private void Control(XElement control)
    {
        var id = PartAnalysis.ElementId(control);
        if (id is not null)
        {
            _tables.Elements.Add(id);
            OpenBlock(Op.Element, _tables.Elements.Count - 1, null, renumber: false);
        }

        if (_dynamic.Contains(control)) Droppable(control);
        else Plain(control);
        if (id is not null) EndBlock();
    }

    /// <summary>A content control or link that goes when its content turns out empty.</summary>
    private void Droppable(XElement element)
    {
        Add(Op.Droppable);
        var prefixes = Open(element);
        var content = element.Element(WordXml.ContentControlContent);
        if (content is null)
        {
            Add(Op.Content);
            Children(element);
            CloseDroppable(element, prefixes);
            return;
        }

        foreach (var child in content.ElementsBeforeSelf()) Element(child);
        var inner = Open(content);
        Add(Op.Content);
        Children(content);
        Flush();
        var from = _buffer.Length;
        _buffer.Close(content, inner);
        foreach (var child in content.ElementsAfterSelf()) _buffer.Raw(child);
        _buffer.Close(element, prefixes);
        EndDroppable(from);
    }

    private void CloseDroppable(XElement element, LiteralBuffer.Scope prefixes)
    {
        Flush();
        var from = _buffer.Length;
        _buffer.Close(element, prefixes);
        EndDroppable(from);
    }

    private void EndDroppable(int from)
    {
        _tokens.Add(new Token(Op.EndDroppable, from, _buffer.Length - from));
        _buffer.MarkFlushed();
    }

    private void CloseContainer(XElement container)
    {
        if (!_dynamic.Contains(container)) return;
        var last = container.Elements().LastOrDefault(e => e.Name != WordXml.BookmarkStart && e.Name != WordXml.BookmarkEnd);
        if (last is not null && last.Name == WordXml.Paragraph && !_removable.Contains(last)) return;
        var properties = container.Elements(WordXml.Paragraph).FirstOrDefault()?.Element(WordXml.ParagraphProperties)
            ?? container.Annotation<BlockPlacer.RemovedParagraph>()?.Properties;
        Flush();
        var from = _buffer.Length;
        _buffer.Write("<w:p>");
        if (properties is not null) _buffer.Raw(properties);
        _buffer.Write("</w:p>");
        _tokens.Add(new Token(Op.CloseWithParagraph, from, _buffer.Length - from));
        _buffer.MarkFlushed();
    }

    private void NoteReference(XElement reference)
    {
        var kind = reference.Name.LocalName == "footnoteReference" ? 0 : 1;
        if (!_context.Notes.TryGetValue((kind, reference.Attr("id") ?? ""), out var note))
        {
            Plain(reference);
            return;
        }

        _buffer.Write(kind == 0 ? "<w:footnoteReference" : "<w:endnoteReference");
        if (reference.Attr("customMarkFollows") is { } follows) _buffer.Write($" w:customMarkFollows=\"{follows}\"");
        _buffer.Write(" w:id=\"");
        Add(Op.Note, note);
        _buffer.Write("\"/>");
    }

    private LiteralBuffer.Scope Open(XElement element)
    {
        var scope = _buffer.Start(element);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration) Attribute(element, attribute);
        }

        _buffer.EndStart(element, scope, _dynamic.Contains(element) || element.Name == WordXml.W + "hdr" || element.Name == WordXml.SectionProperties);
        return scope;
    }

    private void Close(XElement element, LiteralBuffer.Scope scope) => _buffer.Close(element, scope);

    private void Add(Op op, int a = 0)
    {
        Flush();
        _tokens.Add(new Token(op, a));
    }

    private void Flush()
    {
        if (_buffer.Pending > 0) _tokens.Add(new Token(Op.Literal, _buffer.Length - _buffer.Pending, _buffer.Pending));
        _buffer.MarkFlushed();
    }
}
