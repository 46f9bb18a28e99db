using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>The part of the emitter that turns tags into instructions.</summary>
internal sealed partial class PartEmitter
{
    private void Marker(XElement marker)
    {
        var tag = marker.Annotation<Tag>()!;
        var segments = tag.Path == "." ? [] : tag.Path.Split('.');
        switch (tag.Kind)
        {
            case TagKind.Close:
                EndBlock();
                break;
            case TagKind.Field:
                var properties = marker.Element(WordXml.RunProperties);
                Flush();
                _tables.Fields.Add(new FieldUse(tag.Path, segments, tag.Formats, tag.Place, _buffer.Detached(b => RunStart(b, properties)), _buffer.Detached(b => RunStart(b, RunMarks.Highlighted(properties)))));
                Add(Op.Field, _tables.Fields.Count - 1);
                break;
            default:
                var block = new BlockUse(tag.Kind, tag.Path, segments, tag.Place, Level(marker), tag.Renumber);
                if (_bookmarksOf.TryGetValue(tag, out var bookmarks)) block.Bookmarks.AddRange(bookmarks);
                _tables.Blocks.Add(block);
                OpenBlock(tag.Kind == TagKind.Loop ? Op.Loop : Op.If, _tables.Blocks.Count - 1, block, tag.Renumber);
                break;
        }
    }

    private static BlockLevel Level(XElement marker)
    {
        foreach (var ancestor in marker.Ancestors())
        {
            if (ancestor.Name == WordXml.Table) return BlockLevel.Rows;
            if (ancestor.Name == WordXml.Paragraph) return BlockLevel.Inline;
            if (Containers.Contains(ancestor.Name)) break;
        }

        return BlockLevel.Paragraphs;
    }

    private static void RunStart(LiteralBuffer buffer, XElement? properties)
    {
        buffer.Write("<w:r>");
        if (properties is not null) buffer.Raw(properties);
    }

    private void OpenBlock(Op op, int index, BlockUse? block, bool renumber)
    {
        Flush();
        _open.Add((_tokens.Count, block, renumber));
        _tokens.Add(new Token(op, index));
        if (block?.Kind == TagKind.Loop) _loops++;
    }

    private void EndBlock()
    {
        Flush();
        var (at, block, _) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _tokens[at] = _tokens[at] with { B = _tokens.Count };
        _tokens.Add(new Token(Op.End));
        if (block?.Kind == TagKind.Loop) _loops--;
    }
}
