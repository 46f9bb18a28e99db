using System.Text;

namespace DossierKit.Search;

/// <summary>
/// The text of a .docx: headers, body with tables and text boxes, notes and comments right after the paragraph that points at them, footers, properties.
/// A paragraph with tracked changes stands in it twice, as it is and as it was: both were written.
/// </summary>
internal sealed class DocxText
{
    private readonly OfficePackage _package;
    private readonly Extraction _x;
    private readonly TextSink _sink;
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private readonly Stack<Paragraph> _paragraphs = new();
    private readonly Stack<bool> _choices = new();
    private long _noteLength;
    private bool _isWhole = true;
    private bool _hasStoredPages;
    private int _deleted;
    private int _inserted;

    private DocxText(OfficePackage package, Extraction x, TextSink sink) => (_package, _x, _sink) = (package, x, sink);

    /// <summary>Reads the text.</summary>
    public static void Read(OfficePackage package, Extraction x) => new DocxText(package, x, x.Sink).Read();

    private void Read()
    {
        var main = _package.Main!;
        var links = _package.Links(main);
        foreach (var link in links)
        {
            if (link.Kind is "footnotes" or "endnotes" or "comments") ReadNotes(link);
        }

        Parts("header");
        _isWhole &= _package.Read(main, Step);
        EndAll();
        if (_x.Depth == 0 && _sink.Pages.Count > 0 && !_hasStoredPages) _sink.ForgetPages();
        else if (_x.Depth == 0 && _hasStoredPages) _sink.IsPaged();
        // Notes nothing points at: their reference was deleted, or the place is damaged.
        foreach (var (_, note) in _notes.OrderBy(note => note.Key, StringComparer.Ordinal)) Write(note);
        Parts("footer");
        // Drawings of other makers, and the boxes of a diagram.
        Parts("diagramData");
        Parts("chart");
        if (!_isWhole) _x.Gap("Een deel van het document is beschadigd. Misschien is niet alle tekst gelezen.");

        void Parts(string kind)
        {
            foreach (var part in links.Where(link => link.Kind == kind).Select(link => link.Part).Distinct(StringComparer.Ordinal))
            {
                _isWhole &= _package.Read(part, Step);
                EndAll();
            }
        }
    }

    /// <summary>Notes are read before the text that points at them, and kept by what it calls them.</summary>
    private void ReadNotes(OfficeLink link)
    {
        var kind = link.Kind[..^1];
        var (id, author, note) = ("", "", new TextSink(_sink.Left));
        var inner = new DocxText(_package, _x, note);
        _isWhole &= _package.Read(link.Part, reader =>
        {
            var isNote = reader.Name.SequenceEqual(kind);
            if (reader.Kind == MarkupKind.Open && isNote && !reader.IsEmpty)
            {
                // Word's own lines between text and notes have a type.
                if (reader.Attribute("type") is "separator" or "continuationSeparator" or "continuationNotice") reader.Skip();
                (id, author, note) = ($"{kind}:{reader.Attribute("id")}", reader.Attribute("author") ?? "", new TextSink(_sink.Left));
                inner = new DocxText(_package, _x, note);
                return true;
            }

            if (reader.Kind != MarkupKind.Close || !isNote) return inner.Step(reader);
            inner.EndAll();
            var text = note.Text.Trim().ToString();
            if (note.HasWords && _noteLength + text.Length <= _sink.Left)
            {
                _x.CountEntry();
                _noteLength += text.Length;
                _notes[id] = author.Length > 0 ? $"{author}: {text}" : text;
            }

            note = new TextSink(0);
            return true;
        });
    }

    private bool Step(MarkupReader reader)
    {
        switch (reader.Kind)
        {
            case MarkupKind.Text when _paragraphs.TryPeek(out var paragraph) && paragraph.Leaf > 0:
                paragraph.Take(reader.Text, _deleted > 0 || paragraph.IsDeletedLeaf, _inserted > 0, _sink.Left);
                break;
            case MarkupKind.Open:
                Open(reader);
                break;
            case MarkupKind.Close:
                Close(reader.Name);
                break;
        }

        return !_sink.IsFull;
    }

    private void Open(MarkupReader reader)
    {
        _paragraphs.TryPeek(out var paragraph);
        switch (reader.Name)
        {
            // What describes; a tab in it is a measure, an insertion a mark.
            case "pPr" or "rPr" or "tblPr" or "tblGrid" or "trPr" or "tcPr" or "sectPr" or "sdtPr" or "sdtEndPr" or "instrText" or "delInstrText":
                reader.Skip();
                break;
            // The same text box again, for older programs.
            case "AlternateContent" when !reader.IsEmpty:
                _choices.Push(false);
                break;
            case "Choice" when _choices.TryPop(out _):
                _choices.Push(true);
                break;
            case "Fallback" when _choices.TryPeek(out var isThere) && isThere:
                reader.Skip();
                break;
            case "p" when !reader.IsEmpty:
                if (_paragraphs.Count > _x.Limits.Depth * 5) throw new UnreadableException("Het bestand is dieper genest dan een programma schrijft. De rest is niet gelezen.");
                _paragraphs.Push(new Paragraph());
                break;
            case "t" or "delText" when paragraph is not null && !reader.IsEmpty:
                paragraph.Leaf++;
                paragraph.IsDeletedLeaf = reader.Name is "delText";
                break;
            case "ins" or "moveTo" when !reader.IsEmpty:
                _inserted++;
                break;
            case "del" or "moveFrom" when !reader.IsEmpty:
                _deleted++;
                break;
            case "tab" or "ptab":
                paragraph?.Take("\t", _deleted > 0, _inserted > 0, _sink.Left);
                break;
            case "br" or "cr":
                if (reader.Attribute("type") is "page") paragraph?.Break(isStored: false);
                else paragraph?.Take("\n", _deleted > 0, _inserted > 0, _sink.Left);
                break;
            case "lastRenderedPageBreak":
                _hasStoredPages = true;
                paragraph?.Break(isStored: true);
                break;
            case "noBreakHyphen":
                paragraph?.Take("-", _deleted > 0, _inserted > 0, _sink.Left);
                break;
            case "docPr" when reader.Attribute("descr") is { Length: > 0 } description:
                paragraph?.Notes.Add(description);
                break;
            case "footnoteReference" or "endnoteReference" or "commentReference" when paragraph is not null:
                var key = $"{reader.Name[..^"Reference".Length]}:{reader.Attribute("id")}";
                if (_notes.Remove(key, out var note)) paragraph.Notes.Add(note);
                break;
        }
    }

    private void Close(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                // A text box stands inside the paragraph it is tied to: its text comes after that one.
                if (_paragraphs.TryPeek(out var outer)) outer.Boxes.Add(paragraph);
                else Write(paragraph);
                break;
            case "t" or "delText" when _paragraphs.TryPeek(out var paragraph):
                paragraph.Leaf = Math.Max(0, paragraph.Leaf - 1);
                paragraph.IsDeletedLeaf = false;
                break;
            case "AlternateContent":
                _choices.TryPop(out _);
                break;
            case "ins" or "moveTo":
                _inserted = Math.Max(0, _inserted - 1);
                break;
            case "del" or "moveFrom":
                _deleted = Math.Max(0, _deleted - 1);
                break;
        }
    }

    private void EndAll()
    {
        while (_paragraphs.Count > 0) Close("p");
        (_deleted, _inserted) = (0, 0);
        _choices.Clear();
    }

    private void Write(Paragraph paragraph)
    {
        _sink.Line();
        var now = paragraph.Now.ToString();
        var from = 0;
        foreach (var (at, isStored) in paragraph.Breaks)
        {
            _sink.Append(now.AsSpan(from, at - from));
            from = at;
            // Word stores where a page began, also after a break that somebody made: that is one page.
            if (!isStored || _sink.HasWordsOnPage) NewPage();
        }

        _sink.Append(now.AsSpan(from));
        _sink.Line();
        if (paragraph.IsChanged) Write(paragraph.Before.ToString());
        foreach (var box in paragraph.Boxes) Write(box);
        foreach (var note in paragraph.Notes) Write(note);
    }

    private void Write(string text)
    {
        _sink.Append(text);
        _sink.Line();
    }

    private void NewPage()
    {
        if (ReferenceEquals(_sink, _x.Sink)) _x.Page();
        else _sink.Line();
    }

    /// <summary>A paragraph under way: as it is, and as it was before the changes that are tracked in it.</summary>
    private sealed class Paragraph
    {

        public StringBuilder Now { get; } = new();

        public StringBuilder Before { get; } = new();

        public bool IsChanged { get; private set; }

        public int Leaf { get; set; }

        public bool IsDeletedLeaf { get; set; }

        public List<(int At, bool IsStored)> Breaks { get; } = [];

        public List<string> Notes { get; } = [];

        public List<Paragraph> Boxes { get; } = [];

        public void Take(ReadOnlySpan<char> text, bool isDeleted, bool isInserted, int most)
        {
            if (Now.Length + Before.Length > most) return;
            // Only what was deleted makes a second text of use: without what was inserted it reads as a part of the first.
            if (isDeleted) IsChanged = true;
            else Now.Append(text);
            if (!isInserted || isDeleted) Before.Append(text);
        }

        public void Break(bool isStored) => Breaks.Add((Now.Length, isStored));
    }
}
