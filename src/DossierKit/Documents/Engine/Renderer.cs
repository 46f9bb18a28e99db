using System.Globalization;

namespace DossierKit.Documents;

/// <summary>One filling of a template: runs its instructions over the data and collects every absent field on the way.</summary>
internal sealed partial class Renderer
{
    private static readonly string[] OwnItem = ["waarde"];

    /// <summary>In a draft stands for the items of a list that is absent: every field of it is a gap.</summary>
    private static readonly TemplateData UnknownItem = TemplateData.Record(Array.Empty<(string, TemplateData)>());

    private readonly ProgramTables _tables;
    private readonly RenderOptions _options;
    private readonly IReadOnlyList<PartProgram> _notes;
    private readonly List<TemplateData> _scopes = [];
    private readonly List<(string Loop, int Item)> _trail = [];
    private readonly List<(int Start, bool Visible)> _paragraphs = [];
    private readonly List<(int Start, int Content)> _droppables = [];
    private readonly List<Refusal> _refusals = [];
    private readonly HashSet<object> _reported = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _removed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bookmarkNames;
    private readonly (int Id, string? Name)[] _bookmarks;
    private readonly int[] _bookmarkCounts;
    private readonly HashSet<int> _named = [];
    private readonly HashSet<int> _defined = [];
    private readonly int[] _numberings;
    private readonly List<(int Id, int Copy)> _newNumberings = [];
    private readonly Utf8Output[] _noteOutputs = [new(0), new(0)];
    private readonly int[] _noteIds;
    private PartProgram _program = null!;
    private Utf8Output _out = null!;
    private uint _paragraphId = 0x10000000;
    private int _drawingId;
    private int _bookmarkId;
    private int _numberingId;
    private int _controlId = 1_000_000;
    private int _suffix;
    private int _noteId;
    private bool _sectionSeen;

    public Renderer(ProgramTables tables, IReadOnlyList<PartProgram> notes, TemplateData data, RenderOptions options)
    {
        _tables = tables;
        _notes = notes;
        _options = options;
        _scopes.Add(data);
        _bookmarks = new (int, string?)[tables.Bookmarks.Count];
        _bookmarkCounts = new int[tables.Bookmarks.Count];
        _bookmarkNames = new(StringComparer.OrdinalIgnoreCase);
        _numberings = new int[tables.NumberingSlots];
        _drawingId = tables.LastDrawingId;
        _bookmarkId = tables.LastBookmarkId;
        _numberingId = tables.LastNumberingId;
        _noteIds = [.. tables.FirstNoteIds];
    }

    /// <summary>What made the filling impossible; empty when all went well.</summary>
    public IReadOnlyList<Refusal> Refusals => _refusals;

    public IEnumerable<string> Remarks => _removed.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value == 1
        ? $"In het veld '{r.Key}' is 1 stuurteken weggehaald: het kan niet in een document staan."
        : string.Create(CultureInfo.InvariantCulture, $"In het veld '{r.Key}' zijn {r.Value} stuurtekens weggehaald: ze kunnen niet in een document staan."));

    /// <summary>Prints a part.</summary>
    public Utf8Output Print(PartProgram program)
    {
        _program = program;
        _out = new Utf8Output(program.Literals.Length + (program.Literals.Length >> 1));
        Run(0, program.Tokens.Length);
        return _out;
    }

    private void Run(int from, int to)
    {
        var tokens = _program.Tokens;
        for (var i = from; i < to; i++)
        {
            var token = tokens[i];
            switch (token.Op)
            {
                case Op.Literal:
                    _out.Write(_program.Literals.AsSpan(token.A, token.B));
                    break;
                case Op.Field:
                    Field(_tables.Fields[token.A]);
                    break;
                case Op.Loop:
                    Loop(_tables.Blocks[token.A], i + 1, token.B);
                    i = token.B;
                    break;
                case Op.If:
                    If(_tables.Blocks[token.A], i + 1, token.B);
                    i = token.B;
                    break;
                case Op.Element:
                    if (_options.OmitElements.Contains(_tables.Elements[token.A])) i = token.B;
                    break;
                case Op.Once:
                    if (!_defined.Add(token.A)) i = token.B;
                    break;
                case Op.Droppable:
                    _droppables.Add((_out.Length, _out.Length));
                    break;
                case Op.Content:
                    _droppables[^1] = _droppables[^1] with { Content = _out.Length };
                    break;
                case Op.EndDroppable:
                    var (start, content) = Pop(_droppables);
                    if (_out.Length == content) _out.CutBack(start);
                    else _out.Write(_program.Literals.AsSpan(token.A, token.B));
                    break;
                case Op.Paragraph:
                    _paragraphs.Add((_out.Length, false));
                    break;
                case Op.Visible:
                    Saw();
                    break;
                case Op.EndParagraph:
                    var paragraph = Pop(_paragraphs);
                    if (!paragraph.Visible) _out.CutBack(paragraph.Start);
                    break;
                case Op.CloseWithParagraph:
                    if (!EndsWithParagraph(_out.Written)) _out.Write(_program.Literals.AsSpan(token.A, token.B));
                    break;
                case Op.SeparateTables:
                    if (_out.Written.EndsWith("</w:tbl>"u8)) _out.Write("<w:p/>"u8);
                    break;
                case Op.Note:
                    Note(_tables.Notes[token.A]);
                    break;
                case Op.Notes:
                    _out.Write(_noteOutputs[token.A].Written);
                    i = token.B - 1;
                    break;
                case Op.End:
                    break;
                default:
                    Identity(token);
                    break;
            }
        }
    }

    private void Field(FieldUse field)
    {
        if (Find(field.Segments) is not { } value)
        {
            Absent(field, field.Path, field.Place);
            if (_options.Concept) Gap(field.MarkStart, field.Path);
            return;
        }

        if (ValueFormats.Print(value, field.Formats, out var problem) is not { } text)
        {
            Unusable(field, field.Path, field.Place, problem!);
            return;
        }

        if (text.Length == 0) return;
        if (_options.MarkFields) text = FieldMark.Around(string.Join('.', [.. _trail.Select(step => step.Loop), field.Path]), text);
        var start = _out.Length;
        _out.Write(field.RunStart);
        var content = _out.Length;
        var (removed, visible) = ValueWriter.WriteRun(_out, text);
        if (removed > 0) _removed[field.Path] = _removed.GetValueOrDefault(field.Path) + removed;
        if (_out.Length == content)
        {
            _out.CutBack(start);
            return;
        }

        _out.Write("</w:r>"u8);
        if (visible) Saw();
    }

    private void Loop(BlockUse block, int from, int to)
    {
        if (Find(block.Segments) is not { } value)
        {
            Absent(block, block.Path, block.Place);
            if (!_options.Concept) return;
            BlockGap(block);
            Item(block, UnknownItem, 1, from, to);
            return;
        }

        switch (value.Kind)
        {
            case TemplateDataKind.List:
                for (var i = 0; i < value.Items.Count; i++) Item(block, value.Items[i], i + 1, from, to);
                break;
            case TemplateDataKind.Record:
                Item(block, value, 1, from, to);
                break;
            case TemplateDataKind.Empty:
                break;
            default:
                Unusable(block, block.Path, block.Place, $"is {ValueFormats.DutchKind(value.Kind)} en geen lijst; gebruik {{{{?{block.Path}}}}} voor een voorwaarde");
                break;
        }
    }

    private void Item(BlockUse block, TemplateData item, int number, int from, int to)
    {
        foreach (var (slot, copy) in block.Numberings)
        {
            _numberings[slot] = ++_numberingId;
            _newNumberings.Add((_numberingId, copy));
        }

        foreach (var slot in block.Bookmarks)
        {
            _bookmarks[slot].Name = null;
            _named.Remove(slot);
        }

        _scopes.Add(item);
        _trail.Add((block.Path, number));
        Run(from, to);
        Pop(_trail);
        Pop(_scopes);
    }

    private void If(BlockUse block, int from, int to)
    {
        if (Find(block.Segments) is { } value)
        {
            if (value.IsFilled == (block.Kind == TagKind.If)) Run(from, to);
            return;
        }

        Absent(block, block.Path, block.Place);
        if (!_options.Concept) return;

        // A draft shows the gap and the passage that hangs on it, so that its reader can judge both.
        BlockGap(block);
        Run(from, to);
    }

    private void Note(NoteUse note)
    {
        var id = ++_noteIds[note.Kind];
        _out.Write(id);
        var (output, program, outer) = (_out, _program, _noteId);
        (_out, _program, _noteId) = (_noteOutputs[note.Kind], _notes[note.Kind], id);
        Run(note.From, note.To);
        (_out, _program, _noteId) = (output, program, outer);
    }

    /// <summary>The value of a path: its first name in the innermost record that has it, the rest below that. <see langword="null"/> when absent.</summary>
    private TemplateData? Find(string[] segments)
    {
        var item = _scopes[^1];
        if (segments.Length == 0) return _scopes.Count > 1 && item != UnknownItem ? item : null;
        if (item.Kind != TemplateDataKind.Record && segments.AsSpan().SequenceEqual(OwnItem)) return item;
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i].Kind != TemplateDataKind.Record || !_scopes[i].Fields.TryGetValue(segments[0], out var value)) continue;
            for (var s = 1; s < segments.Length; s++)
            {
                // What is below nothing is nothing, not absent: the record itself was given as empty.
                if (value.Kind == TemplateDataKind.Empty) return value;
                if (value.Kind != TemplateDataKind.Record || !value.Fields.TryGetValue(segments[s], out value)) return null;
            }

            return value;
        }

        return null;
    }

    private void Absent(object use, string path, TemplatePlace place)
    {
        if (_options.Concept || !_reported.Add(use)) return;
        var near = Nearest.To(path, KnownPaths());
        _refusals.Add(new Refusal($"Het veld '{path}' ontbreekt in de gegevens.", $"Plaats: {place}{Trail()}.",
            near is null ? "Vul het veld in, of haal het uit het sjabloon." : $"Bedoelt u '{near}'? Vul het veld anders in, of haal het uit het sjabloon.")
        { Subject = path });
    }

    private void Unusable(object use, string path, TemplatePlace place, string why)
    {
        if (!_reported.Add(use)) return;
        _refusals.Add(new Refusal($"Het veld '{path}' kan hier niet worden ingevuld: het {why}.", $"Plaats: {place}{Trail()}.", "Pas de tag in het sjabloon aan, of geef het veld een andere waarde.") { Subject = path });
    }

    private string Trail() => string.Concat(_trail.Select(t => string.Create(CultureInfo.InvariantCulture, $", onderdeel {t.Item} van '{t.Loop}'")));

    private IEnumerable<string> KnownPaths()
    {
        return Enumerable.Reverse(_scopes).SelectMany(s => Paths(s, "", 0));

        static IEnumerable<string> Paths(TemplateData data, string prefix, int depth)
        {
            foreach (var (name, value) in data.Fields)
            {
                yield return prefix + name;
                if (depth >= 4) continue;
                foreach (var inner in Paths(value, $"{prefix}{name}.", depth + 1)) yield return inner;
            }
        }
    }

    private void BlockGap(BlockUse block)
    {
        if (block.Level == BlockLevel.Rows) return;
        if (block.Level == BlockLevel.Paragraphs) _out.Write("<w:p>"u8);
        Gap(ConceptMark.GapRunStart, block.Path);
        if (block.Level == BlockLevel.Paragraphs) _out.Write("</w:p>"u8);
    }

    private void Gap(ReadOnlySpan<byte> runStart, string path)
    {
        _out.Write(runStart);
        ValueWriter.WriteRun(_out, $"[ontbreekt: {path}]");
        _out.Write("</w:r>"u8);
        Saw();
    }

    private void Saw()
    {
        if (_paragraphs.Count > 0) _paragraphs[^1] = _paragraphs[^1] with { Visible = true };
    }

    /// <summary>Whether the last block printed is a paragraph; bookmarks and the end of a content control may follow it.</summary>
    private static bool EndsWithParagraph(ReadOnlySpan<byte> written)
    {
        while (true)
        {
            if (written.EndsWith("</w:p>"u8)) return true;
            if (written.EndsWith("</w:sdtContent></w:sdt>"u8))
            {
                written = written[..^"</w:sdtContent></w:sdt>".Length];
                continue;
            }

            if (!written.EndsWith("/>"u8)) return false;
            var last = written[written.LastIndexOf((byte)'<')..];
            if (last.StartsWith("<w:p "u8) || last.StartsWith("<w:p/>"u8)) return true;
            if (!last.StartsWith("<w:bookmarkEnd "u8) && !last.StartsWith("<w:bookmarkStart "u8)) return false;
            written = written[..^last.Length];
        }
    }

    private static T Pop<T>(List<T> stack)
    {
        var last = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return last;
    }
}
