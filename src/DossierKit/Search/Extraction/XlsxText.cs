using System.Globalization;
using System.Text;

namespace DossierKit.Search;

/// <summary>The text of a .xlsx: a sheet is a page and begins with its name, a row is a line, cells are apart by tabs; numbers and dates as they are shown, as far as that is cheap.</summary>
internal sealed class XlsxText
{
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    private readonly OfficePackage _package;
    private readonly Extraction _x;
    private readonly TextSink _shared;
    private readonly List<int> _sharedStarts = [];
    private readonly List<NumberKind> _styles = [];
    private bool _isWhole = true;
    private bool _from1904;

    private XlsxText(OfficePackage package, Extraction x) => (_package, _x, _shared) = (package, x, new TextSink(x.Sink.Left));

    private enum NumberKind
    {
        Plain,
        Date,
        Time,
        Percent,
    }

    /// <summary>Reads the text.</summary>
    public static void Read(OfficePackage package, Extraction x) => new XlsxText(package, x).Read();

    private void Read()
    {
        var links = _package.Links(_package.Main!);
        foreach (var part in links.Where(link => link.Kind == "sharedStrings").Select(link => link.Part).Take(1)) ReadShared(part);
        foreach (var part in links.Where(link => link.Kind == "styles").Select(link => link.Part).Take(1)) ReadStyles(part);
        var sheets = new List<(string Name, string Part)>();
        _isWhole &= _package.Read(_package.Main!, reader =>
        {
            if (reader.Kind != MarkupKind.Open) return true;
            if (reader.Name is "workbookPr") _from1904 = reader.Attribute("date1904") is "1" or "true";
            if (reader.Name is "sheet" && reader.Attribute("r:id") is { } id && links.FirstOrDefault(link => link.Id == id) is { } link)
            {
                _x.CountEntry();
                sheets.Add((reader.Attribute("name") ?? "", link.Part));
            }

            return true;
        });

        var isFirst = true;
        foreach (var (name, part) in sheets.DistinctBy(sheet => sheet.Part, StringComparer.Ordinal))
        {
            if (_x.Sink.IsFull) break;
            if (!isFirst) _x.Page();
            isFirst = false;
            if (_x.Depth == 0) _x.Sink.IsPaged();
            Line(name);
            ReadSheet(part);
            foreach (var link in _package.Links(part).Where(link => link.Kind is "comments" or "threadedComment" or "drawing").DistinctBy(link => link.Part, StringComparer.Ordinal)) ReadRemarks(link.Part);
        }

        if (!_isWhole) _x.Gap("Een deel van het werkblad is beschadigd. Misschien is niet alle tekst gelezen.");
    }

    /// <summary>Texts that stand in cells, kept once by Excel; here in one piece, with where each begins.</summary>
    private void ReadShared(string part)
    {
        var isText = false;
        _isWhole &= _package.Read(part, reader =>
        {
            switch (reader.Kind)
            {
                case MarkupKind.Open when reader.Name is "si":
                    if (_sharedStarts.Count > _x.Limits.Text) throw new UnreadableException("Er staan te veel teksten in.");
                    _shared.Flush();
                    _sharedStarts.Add(_shared.Length);
                    break;
                // How a word is to be spoken stands above it, in Japanese.
                case MarkupKind.Open when reader.Name is "rPh":
                    reader.Skip();
                    break;
                case MarkupKind.Open when reader.Name is "t":
                    isText = !reader.IsEmpty;
                    break;
                case MarkupKind.Close when reader.Name is "t":
                    isText = false;
                    break;
                case MarkupKind.Text when isText:
                    _shared.Append(reader.Text);
                    break;
            }

            return !_shared.IsFull;
        });
        if (_shared.IsFull) _x.Gap("Er staat te veel tekst in. Een deel is niet gelezen.");
    }

    private void ReadStyles(string part)
    {
        var formats = new Dictionary<string, NumberKind>(StringComparer.Ordinal);
        var inCells = false;
        _isWhole &= _package.Read(part, reader =>
        {
            if (reader.Name is "cellXfs" && reader.Kind != MarkupKind.Text) inCells = reader.Kind == MarkupKind.Open;
            if (reader.Kind != MarkupKind.Open) return true;
            if (reader.Name is "numFmt" && reader.Attribute("numFmtId") is { } own) formats[own] = KindOf(reader.Attribute("formatCode") ?? "");
            if (inCells && reader.Name is "xf") _styles.Add(reader.Attribute("numFmtId") is { } id ? formats.TryGetValue(id, out var kind) ? kind : KindOfBuiltIn(id) : NumberKind.Plain);
            return _styles.Count <= 100_000 && formats.Count <= 100_000;
        });
    }

    private static NumberKind KindOfBuiltIn(string id) => id switch
    {
        "9" or "10" => NumberKind.Percent,
        "14" or "15" or "16" or "17" or "22" => NumberKind.Date,
        "18" or "19" or "20" or "21" or "45" or "46" or "47" => NumberKind.Time,
        _ => NumberKind.Plain,
    };

    /// <summary>A format with days, months or years in it is a date; what stands between quotes or brackets is written as it is.</summary>
    private static NumberKind KindOf(string format)
    {
        var (isQuoted, inBrackets, hasTime, hasDate, hasMonth) = (false, false, false, false, false);
        for (var i = 0; i < format.Length; i++)
        {
            var c = char.ToLowerInvariant(format[i]);
            if (c == '"') isQuoted = !isQuoted;
            else if (isQuoted || c == '\\') i += c == '\\' && !isQuoted ? 1 : 0;
            else if (c is '[' or ']') inBrackets = c == '[';
            else if (inBrackets && c is not ('h' or 'm' or 's')) continue;
            else if (c == '%') return NumberKind.Percent;
            else if (c is 'd' or 'y' or 'j') hasDate = true;
            else if (c is 'h' or 's' or 'u') hasTime = true;
            else if (c == 'm') hasMonth = true;
            else if (c == ';') break;
        }

        return hasDate || (hasMonth && !hasTime) ? NumberKind.Date : hasTime ? NumberKind.Time : NumberKind.Plain;
    }

    private void ReadSheet(string part)
    {
        var (type, style, isValue, value) = ("", -1, false, new StringBuilder());
        var sink = _x.Sink;
        var isFirst = true;
        _isWhole &= _package.Read(part, reader =>
        {
            switch (reader.Kind)
            {
                case MarkupKind.Open when reader.Name is "row":
                    sink.Line();
                    isFirst = true;
                    break;
                case MarkupKind.Open when reader.Name is "c":
                    if (!isFirst) sink.Tab();
                    isFirst = false;
                    type = reader.Attribute("t") ?? "n";
                    style = int.TryParse(reader.Attribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
                    break;
                case MarkupKind.Open when reader.Name is "v":
                    isValue = !reader.IsEmpty;
                    value.Clear();
                    break;
                case MarkupKind.Open when reader.Name is "t":
                    isValue = !reader.IsEmpty;
                    value.Clear();
                    break;
                case MarkupKind.Open when reader.Name is "f" or "rPh":
                    reader.Skip();
                    break;
                case MarkupKind.Text when isValue && value.Length <= sink.Left:
                    value.Append(reader.Text);
                    break;
                case MarkupKind.Close when reader.Name is "v" or "t":
                    isValue = false;
                    Cell(reader.Name is "t" ? "inlineStr" : type, style, value);
                    break;
                // Headers and footers as they are printed, with marks for what is filled in.
                case MarkupKind.Text when reader.Depth > 0 && type.Length == 0:
                    break;
            }

            return !sink.IsFull;
        });
        sink.Line();
    }

    private void Cell(string type, int style, StringBuilder value)
    {
        var sink = _x.Sink;
        switch (type)
        {
            case "s" when int.TryParse(value.ToString(0, Math.Min(value.Length, 12)), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _sharedStarts.Count:
                var start = _sharedStarts[index];
                sink.Append(_shared.Text[start..(index + 1 < _sharedStarts.Count ? _sharedStarts[index + 1] : _shared.Length)]);
                break;
            case "s":
                _isWhole = false;
                break;
            case "b":
                sink.Append(value.Equals("1") ? "WAAR" : "ONWAAR");
                break;
            case "n" when double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                sink.Append(Shown(number, style >= 0 && style < _styles.Count ? _styles[style] : NumberKind.Plain));
                break;
            case "d" when DateTime.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment):
                sink.Append(Day(moment));
                break;
            default:
                foreach (var piece in value.GetChunks()) sink.Append(piece.Span);
                break;
        }
    }

    private string Shown(double number, NumberKind kind)
    {
        switch (kind)
        {
            case NumberKind.Percent when Math.Abs(number) < 1e12:
                return Math.Round(number * 100, 2).ToString("0.##", Dutch) + "%";
            // Days since the last day of 1899; Excel believes in 29 February 1900, so earlier days are one off.
            case NumberKind.Date when number is >= 0 and < 2_958_466:
                var days = _from1904 ? number + 1462 : number < 60 ? number + 1 : number;
                return days < 2_958_466 ? Day(new DateTime(1899, 12, 30).AddSeconds(Math.Min(Math.Round(days * 86400), (2_958_466d * 86_400) - 1))) : Plain(number);
            case NumberKind.Time when number is >= 0 and < 2_958_466:
                return new DateTime(1900, 1, 1).AddSeconds(Math.Round(number * 86400) % 86400).ToString("HH:mm", Dutch);
            default:
                return Plain(number);
        }
    }

    // Fifteen figures are all Excel knows.
    private static string Plain(double number) => number.ToString(Math.Abs(number) < 1e15 ? "0.###############" : "R", Dutch);

    private static string Day(DateTime moment) => moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "d-M-yyyy" : "d-M-yyyy HH:mm", Dutch);

    /// <summary>Remarks at cells and the text of drawings.</summary>
    private void ReadRemarks(string part)
    {
        var isText = false;
        _isWhole &= _package.Read(part, reader =>
        {
            switch (reader.Kind)
            {
                case MarkupKind.Text when isText:
                    _x.Sink.Append(reader.Text);
                    break;
                case MarkupKind.Open or MarkupKind.Close when reader.Name is "t" or "text" or "author":
                    isText = reader.Kind == MarkupKind.Open && !reader.IsEmpty && reader.Name is not "text" || (reader.Name is "text" && reader.Kind == MarkupKind.Open && part.Contains("threaded", StringComparison.OrdinalIgnoreCase));
                    if (reader.Name is "text" or "author") _x.Sink.Line();
                    break;
                case MarkupKind.Close when reader.Name is "comment" or "threadedComment" or "p":
                    _x.Sink.Line();
                    break;
            }

            return !_x.Sink.IsFull;
        });
        _x.Sink.Line();
    }

    private void Line(string text)
    {
        _x.Sink.Append(text);
        _x.Sink.Line();
    }
}
