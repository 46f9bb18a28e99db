using System.Globalization;

namespace DossierKit.Documents;

/// <summary>The part of the renderer that gives identifiers: every copy of repeated content gets its own.</summary>
internal sealed partial class Renderer
{
    /// <summary>Fresh identifiers, and what only a draft has.</summary>
    private void Identity(Token token)
    {
        switch (token.Op)
        {
            case Op.ParagraphId:
                do _paragraphId++;
                while (_tables.ParagraphIds.Contains(_paragraphId));
                _out.Write((int)_paragraphId, "X8");
                break;
            case Op.DrawingId:
                _out.Write(++_drawingId);
                break;
            case Op.ControlId:
                do _controlId++;
                while (_tables.ControlIds.Contains(_controlId));
                _out.Write(_controlId);
                break;
            case Op.UniqueSuffix:
                _out.Write("_"u8);
                _out.Write(++_suffix);
                break;
            case Op.BookmarkId:
                _bookmarks[token.A].Id = ++_bookmarkId;
                _out.Write(_bookmarkId);
                break;
            case Op.BookmarkIdAgain:
                _out.Write(_bookmarks[token.A].Id);
                break;
            case Op.BookmarkName:
                // What refers to it may have stood before it in this item, and then it has its name already.
                _out.Write(ValueWriter.Escaped(_named.Remove(token.A) ? _bookmarks[token.A].Name! : NameBookmark(token.A)));
                break;
            case Op.BookmarkNameAgain:
                if (_bookmarks[token.A].Name is null && _named.Add(token.A)) NameBookmark(token.A);
                _out.Write(ValueWriter.Escaped(_bookmarks[token.A].Name!));
                break;
            case Op.NumberingId:
                _out.Write(_numberings[token.A]);
                break;
            case Op.NewNumberings:
                foreach (var (id, copy) in _newNumberings)
                {
                    _out.Write("<w:num w:numId=\""u8);
                    _out.Write(id);
                    _out.Write(_tables.Numberings[copy]);
                }

                break;
            case Op.NoteId:
                _out.Write(_noteId);
                break;
            case Op.ConceptParagraph:
                if (_options.Concept) _out.Write(ConceptMark.Paragraph);
                break;
            case Op.ConceptReferences:
                if (_options.Concept && !_sectionSeen) _out.Write(ConceptMark.References(token.A));
                _sectionSeen = true;
                break;
        }
    }

    private string NameBookmark(int slot) => _bookmarks[slot].Name = FreshBookmarkName(slot);

    /// <summary>The first keeps the template's name, so that references from elsewhere still find it; the next get a number (at most 40 characters, as Word asks).</summary>
    private string FreshBookmarkName(int slot)
    {
        var name = _tables.Bookmarks[slot];
        if (_bookmarkCounts[slot]++ == 0) return name;
        while (true)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{_bookmarkCounts[slot]}");
            var candidate = (name.Length + suffix.Length > 40 ? name[..(40 - suffix.Length)] : name) + suffix;
            if (!_tables.BookmarkNames.Contains(candidate) && _bookmarkNames.Add(candidate)) return candidate;
            _bookmarkCounts[slot]++;
        }
    }
}
