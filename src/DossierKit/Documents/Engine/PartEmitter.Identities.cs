using System.Globalization;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>The part of the emitter that sees to identifiers: what stands in repeated content needs fresh ones per item.</summary>
internal sealed partial class PartEmitter
{
    /// <summary>Writes an attribute; identifiers in repeated content become instructions.</summary>
    private void Attribute(XElement element, XAttribute attribute)
    {
        var repeated = _loops > 0;
        if (attribute.Name == WordXml.ParaId)
        {
            if (repeated)
            {
                Instead(attribute, Op.ParagraphId);
                return;
            }

            if (!uint.TryParse(attribute.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id) || !_tables.ParagraphIds.Add(id)) return;
        }
        else if (attribute.Name.LocalName == "id" && element.Name.LocalName == "docPr" && element.Name.Namespace == WordXml.Wp)
        {
            if (repeated)
            {
                Instead(attribute, Op.DrawingId);
                return;
            }

            if (int.TryParse(attribute.Value, CultureInfo.InvariantCulture, out var id))
            {
                _tables.LastDrawingId = Math.Max(_tables.LastDrawingId, id);
                if (!_tables.DrawingIds.Add(id))
                {
                    Instead(attribute, Op.DrawingId);
                    return;
                }
            }
        }
        else if (element.Name == WordXml.Id && attribute.Name == WordXml.Value && element.Parent?.Name == WordXml.ContentControlProperties)
        {
            if (repeated)
            {
                Instead(attribute, Op.ControlId);
                return;
            }

            if (int.TryParse(attribute.Value, CultureInfo.InvariantCulture, out var id) && !_tables.ControlIds.Add(id))
            {
                Instead(attribute, Op.ControlId);
                return;
            }
        }
        else if (attribute.Name == WordXml.Id && element.Name.LocalName is ("footnote" or "endnote") && element.Attr("type") is (null or "normal"))
        {
            Instead(attribute, Op.NoteId);
            return;
        }
        else if (element.Name == WordXml.BookmarkStart || element.Name == WordXml.BookmarkEnd)
        {
            if (Bookmark(element, attribute, repeated)) return;
        }
        else if (element.Name == WordXml.Hyperlink && attribute.Name == WordXml.W + "anchor" && OfThisItem(attribute.Value) is { } target)
        {
            Instead(attribute, Op.BookmarkNameAgain, target);
            return;
        }
        else if (element.Name == WordXml.SimpleField && attribute.Name == WordXml.W + "instr" && BookmarkReferences.NameIn(attribute.Value) is { } name && OfThisItem(name.Value) is { } named)
        {
            _buffer.AttributeStart(attribute);
            _buffer.Escape(attribute.Value[..name.Index], inAttribute: true);
            Add(Op.BookmarkNameAgain, named);
            _buffer.Escape(attribute.Value[(name.Index + name.Length)..], inAttribute: true);
            _buffer.Write("\"");
            return;
        }
        else if (element.Name.Namespace == WordXml.Vml && attribute.Name.LocalName is ("id" or "spid") && element.Name.LocalName != "shapetype" && (repeated || !_shapeIds.Add(attribute.Value)))
        {
            _buffer.AttributeStart(attribute);
            _buffer.Escape(attribute.Value, inAttribute: true);
            Add(Op.UniqueSuffix);
            _buffer.Write("\"");
            return;
        }
        else if (element.Name == WordXml.W + "numId" && attribute.Name == WordXml.Value && element.Parent?.Name == WordXml.W + "numPr" && Slot(attribute.Value) is { } slot)
        {
            Instead(attribute, Op.NumberingId, slot);
            return;
        }

        _buffer.Attribute(attribute);
    }

    private bool Bookmark(XElement element, XAttribute attribute, bool repeated)
    {
        var isStart = element.Name == WordXml.BookmarkStart;
        if (attribute.Name == WordXml.Id)
        {
            if (!repeated)
            {
                if (int.TryParse(attribute.Value, CultureInfo.InvariantCulture, out var id)) _tables.LastBookmarkId = Math.Max(_tables.LastBookmarkId, id);
                return false;
            }

            Instead(attribute, isStart ? Op.BookmarkId : Op.BookmarkIdAgain, BookmarkSlot(element));
            return true;
        }

        if (!isStart || attribute.Name != WordXml.W + "name") return false;
        _tables.BookmarkNames.Add(attribute.Value);
        if (!repeated) return false;
        Instead(attribute, Op.BookmarkName, BookmarkSlot(element));
        return true;
    }

    /// <summary>Finds the bookmarks of each loop before anything is written: what refers to one may stand before it.</summary>
    private void FindBookmarks(XElement root)
    {
        var loops = new Stack<Tag>();
        foreach (var element in root.Descendants())
        {
            if (element.Name == WordXml.Marker)
            {
                var tag = element.Annotation<Tag>()!;
                if (tag.Kind == TagKind.Loop) loops.Push(tag);
                else if (tag.Partner?.Kind == TagKind.Loop) loops.Pop();
            }
            else if (element.Name == WordXml.BookmarkStart && loops.TryPeek(out var loop))
            {
                var slot = BookmarkSlot(element);
                _bookmarkNames[element.Attr("name") ?? ""] = slot;
                if (!_bookmarksOf.TryGetValue(loop, out var slots)) _bookmarksOf[loop] = slots = [];
                slots.Add(slot);
            }
        }
    }

    /// <summary>The slot of a bookmark that stands in the item which is being written; <see langword="null"/> for one elsewhere, of which the first copy keeps the name.</summary>
    private int? OfThisItem(string name) => _bookmarkNames.TryGetValue(name, out var slot) && _open.Exists(open => open.Block?.Bookmarks.Contains(slot) == true) ? slot : null;

    /// <summary>Writes the code of a Word field; the name of a bookmark of this item becomes an instruction.</summary>
    private void Instruction(XElement instruction)
    {
        if (BookmarkReferences.NameIn(instruction.Value) is not { } name || OfThisItem(name.Value) is not { } slot)
        {
            Plain(instruction);
            return;
        }

        var scope = Open(instruction);
        _buffer.Escape(instruction.Value[..name.Index], inAttribute: false);
        Add(Op.BookmarkNameAgain, slot);
        _buffer.Escape(instruction.Value[(name.Index + name.Length)..], inAttribute: false);
        Close(instruction, scope);
    }

    private int BookmarkSlot(XElement bookmark)
    {
        var id = bookmark.Attr("id") ?? "";
        if (_bookmarkSlots.TryGetValue(id, out var slot)) return slot;
        _tables.Bookmarks.Add(bookmark.Attr("name") ?? "");
        return _bookmarkSlots[id] = _tables.Bookmarks.Count - 1;
    }

    private static string ShapeTypeId(XElement type) => (string?)type.Attribute("id") ?? "";

    /// <summary>Word describes a kind of old drawing with the first drawing of that kind; the copies refer to that one, and a second would have the same id.</summary>
    private void ShapeType(XElement type)
    {
        var id = ShapeTypeId(type);
        if (!_shapeTypes.TryGetValue(id, out var index)) _shapeTypes[id] = index = _tables.Definitions++;
        OpenBlock(Op.Once, index, null, renumber: false);
        Plain(type);
        EndBlock();
    }

    /// <summary>The slot of a numbering in the innermost loop that restarts it.</summary>
    private int? Slot(string numId)
    {
        var loop = _open.FindLast(o => o.Renumber).Block;
        if (loop is null || !int.TryParse(numId, CultureInfo.InvariantCulture, out var id) || id == 0) return null;
        var copy = _context.CopyNumbering(id);
        if (copy < 0) return null;
        var known = loop.Numberings.FindIndex(n => n.Numbering == copy);
        if (known >= 0) return loop.Numberings[known].Slot;
        loop.Numberings.Add((_tables.NumberingSlots, copy));
        return _tables.NumberingSlots++;
    }

    private void Instead(XAttribute attribute, Op op, int operand = 0)
    {
        _buffer.AttributeStart(attribute);
        Add(op, operand);
        _buffer.Write("\"");
    }

    /// <summary>In a loop that restarts numbering, numbering that comes from the paragraph's style is written out, so that it can be replaced.</summary>
    private void Renumber(XElement paragraph)
    {
        if (!_open.Exists(o => o.Renumber)) return;
        var properties = paragraph.Element(WordXml.ParagraphProperties);
        if (properties?.Element(WordXml.W + "numPr")?.Element(WordXml.W + "numId") is not null) return;
        if (properties?.Element(WordXml.W + "pStyle")?.Attr("val") is not { } style || _context.NumberingOfStyle(style) is not { } numbering) return;
        properties.Element(WordXml.W + "numPr")?.Remove();
        var before = properties.Elements().TakeWhile(e => e.Name.LocalName is "pStyle" or "keepNext" or "keepLines" or "pageBreakBefore" or "framePr" or "widowControl").Last();
        before.AddAfterSelf(new XElement(WordXml.W + "numPr",
            new XElement(WordXml.W + "ilvl", new XAttribute(WordXml.Value, numbering.Level)),
            new XElement(WordXml.W + "numId", new XAttribute(WordXml.Value, numbering.NumId))));
    }
}
