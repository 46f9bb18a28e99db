using System.Globalization;

namespace DossierKit.Documents;

/// <summary>A way to print a value; the closed list of the language.</summary>
internal enum ValueFormat
{
    DateLong,
    DateShort,
    DateWeekday,
    DateMonth,
    DateYear,
    DateIso,
    Time,
    Number,
    Amount,
    Capital,
    Capitals,
    Lower,
    List,
    Choice,
    Count,
    YesNo,
}

/// <summary>Names of the formats, and how each prints: always Dutch, whatever the culture of the machine.</summary>
internal static class ValueFormats
{
    private static readonly string[] Months =
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    private static readonly string[] Days = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static readonly NumberFormatInfo Dutch = new()
    {
        NumberDecimalSeparator = ",",
        NumberGroupSeparator = ".",
        NumberGroupSizes = [3],
        NegativeSign = "-",
    };

    private static readonly (string Name, ValueFormat Format)[] Known =
    [
        ("lang", ValueFormat.DateLong),
        ("kort", ValueFormat.DateShort),
        ("dag", ValueFormat.DateWeekday),
        ("maand", ValueFormat.DateMonth),
        ("jaar", ValueFormat.DateYear),
        ("iso", ValueFormat.DateIso),
        ("tijd", ValueFormat.Time),
        ("getal", ValueFormat.Number),
        ("bedrag", ValueFormat.Amount),
        ("hoofdletter", ValueFormat.Capital),
        ("hoofdletters", ValueFormat.Capitals),
        ("klein", ValueFormat.Lower),
        ("lijst", ValueFormat.List),
        ("keuze", ValueFormat.Choice),
        ("aantal", ValueFormat.Count),
        ("ja/nee", ValueFormat.YesNo),
    ];

    public static IEnumerable<string> Names => Known.Select(k => k.Name);

    public static string All { get; } = string.Join(", ", Known.Select(k => k.Name));

    public static ValueFormat? Find(string name)
    {
        foreach (var (known, format) in Known)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase)) return format;
        }

        return null;
    }

    public static string NameOf(ValueFormat format) => Known[(int)format].Name;

    /// <summary>What a format asks of the value, for the list of fields.</summary>
    public static TemplateFieldKind KindOf(IReadOnlyList<ValueFormat> formats) => formats.Count == 0 ? TemplateFieldKind.Value : formats[0] switch
    {
        <= ValueFormat.DateIso => TemplateFieldKind.Date,
        ValueFormat.Time => TemplateFieldKind.Time,
        ValueFormat.Number or ValueFormat.Amount => TemplateFieldKind.Number,
        ValueFormat.List or ValueFormat.Choice or ValueFormat.Count => TemplateFieldKind.List,
        ValueFormat.YesNo => TemplateFieldKind.Condition,
        _ => TemplateFieldKind.Value,
    };

    /// <summary>Prints a value. Returns <see langword="null"/>, and why in <paramref name="problem"/> (Dutch, without the value), when the formats do not fit it.</summary>
    public static string? Print(TemplateData value, IReadOnlyList<ValueFormat> formats, out string? problem)
    {
        problem = null;
        for (var i = 0; i < formats.Count; i++)
        {
            var format = formats[i];
            if (value.Kind == TemplateDataKind.Empty && format != ValueFormat.Count) return "";
            if (Apply(value, format, ref problem) is not { } next) return null;
            value = next;
        }

        return Plain(value, ref problem);
    }

    private static TemplateData? Apply(TemplateData value, ValueFormat format, ref string? problem)
    {
        switch (format)
        {
            case ValueFormat.List or ValueFormat.Choice:
                if (value.Kind != TemplateDataKind.List) return Misfit(value, format, "een lijst", ref problem);
                return Join(value.Items, format == ValueFormat.List ? " en " : " of ", ref problem) is { } joined ? TemplateData.Of(joined) : null;
            case ValueFormat.Count:
                return value.Kind switch
                {
                    TemplateDataKind.List => TemplateData.Of(value.Items.Count),
                    TemplateDataKind.Empty => TemplateData.Of(0),
                    _ => Misfit(value, format, "een lijst", ref problem),
                };
            default:
                if (value.Kind != TemplateDataKind.List) return Scalar(value, format, ref problem) is { } text ? TemplateData.Of(text) : null;
                var items = new List<TemplateData>(value.Items.Count);
                foreach (var item in value.Items)
                {
                    if (item.Kind == TemplateDataKind.Empty) continue;
                    if (Scalar(item, format, ref problem) is not { } printed) return null;
                    items.Add(TemplateData.Of(printed));
                }

                return TemplateData.List(items);
        }
    }

    private static string? Scalar(TemplateData value, ValueFormat format, ref string? problem)
    {
        switch (format)
        {
            case <= ValueFormat.DateIso:
                if (DayOf(value) is not { } date) return Misfit(value, format, "een datum", ref problem)?.Kind.ToString();
                return format switch
                {
                    ValueFormat.DateLong => Long(date),
                    ValueFormat.DateShort => date.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture),
                    ValueFormat.DateWeekday => $"{Days[(int)date.DayOfWeek]} {Long(date)}",
                    ValueFormat.DateMonth => string.Create(CultureInfo.InvariantCulture, $"{Months[date.Month - 1]} {date.Year}"),
                    ValueFormat.DateYear => date.Year.ToString(CultureInfo.InvariantCulture),
                    _ => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                };
            case ValueFormat.Time:
                return TimeOf(value) is { } time ? Clock(time) : Misfit(value, format, "een tijd", ref problem)?.Kind.ToString();
            case ValueFormat.Number:
                return value.Raw switch
                {
                    long whole => whole.ToString("N0", Dutch),
                    decimal fraction => Grouped(fraction),
                    _ => Misfit(value, format, "een getal", ref problem)?.Kind.ToString(),
                };
            case ValueFormat.Amount:
                var amount = value.Raw switch { long whole => whole, decimal fraction => fraction, _ => (decimal?)null };
                return amount is { } euro
                    ? "€\u00A0" + Math.Round(euro, 2, MidpointRounding.AwayFromZero).ToString("N2", Dutch)
                    : Misfit(value, format, "een getal", ref problem)?.Kind.ToString();
            case ValueFormat.YesNo:
                return value.Raw is bool flag ? (flag ? "ja" : "nee") : Misfit(value, format, "ja of nee", ref problem)?.Kind.ToString();
            default:
                if (Plain(value, ref problem) is not { } text) return null;
                return format switch
                {
                    ValueFormat.Capital => Capital(text),
                    ValueFormat.Capitals => text.ToUpperInvariant(),
                    _ => text.ToLowerInvariant(),
                };
        }
    }

    // Computers write a day and a time as one text. Where one of the two is asked that part is meant; printed without a format it stays the text it was.
    private static DateOnly? DayOf(TemplateData value) => value.Raw switch
    {
        DateOnly day => day,
        string text when Instant(text) is { } instant => DateOnly.FromDateTime(instant),
        _ => null,
    };

    private static TimeOnly? TimeOf(TemplateData value) => value.Raw switch
    {
        TimeOnly time => time,
        string text when TimeOnly.TryParseExact(text, ["HH:mm:ss", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        string text when Instant(text) is { } instant => TimeOnly.FromDateTime(instant),
        _ => null,
    };

    /// <summary>Such as <c>2026-03-02T14:30:00+01:00</c>; with an offset it is told in Dutch time, without one it is taken as written.</summary>
    private static DateTime? Instant(string text)
    {
        if (text.Length is < 16 or > 33 || text[10] is not ('T' or ' ')) return null;
        if (DateTime.TryParseExact(text.Replace(' ', 'T'), ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var written)) return written;
        return DateTimeOffset.TryParseExact(text.Replace(' ', 'T'), ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? TimeZoneInfo.ConvertTime(instant, Amsterdam).DateTime
            : null;
    }

    private static string? Plain(TemplateData value, ref string? problem)
    {
        switch (value.Raw)
        {
            case null: return "";
            case string text: return text;
            case long whole: return whole.ToString(CultureInfo.InvariantCulture);
            case decimal fraction: return fraction.ToString("0.############################", Dutch);
            case DateOnly date: return Long(date);
            case TimeOnly time: return Clock(time);
            case bool flag: return flag ? "ja" : "nee";
        }

        problem = value.Kind == TemplateDataKind.List
            ? "is een lijst; zet er |lijst of |aantal achter, of maak er een lus van met {{#…}}"
            : "heeft zelf velden; zet een punt en de naam van het veld erachter";
        return null;
    }

    private static string? Join(IReadOnlyList<TemplateData> items, string last, ref string? problem)
    {
        var texts = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (Plain(item, ref problem) is not { } text) return null;
            if (text.Length > 0) texts.Add(text);
        }

        return texts.Count switch
        {
            0 => "",
            1 => texts[0],
            _ => string.Join(", ", texts.Take(texts.Count - 1)) + last + texts[^1],
        };
    }

    private static TemplateData? Misfit(TemplateData value, ValueFormat format, string wanted, ref string? problem)
    {
        problem = $"is {DutchKind(value.Kind)}, maar de opmaak '{NameOf(format)}' vraagt {wanted}";
        return null;
    }

    public static string DutchKind(TemplateDataKind kind) => kind switch
    {
        TemplateDataKind.Empty => "leeg",
        TemplateDataKind.Text => "tekst",
        TemplateDataKind.Number or TemplateDataKind.Fraction => "een getal",
        TemplateDataKind.Date => "een datum",
        TemplateDataKind.Time => "een tijd",
        TemplateDataKind.Flag => "ja of nee",
        TemplateDataKind.List => "een lijst",
        _ => "een groep velden",
    };

    private static string Long(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]} {date.Year}");

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Grouped(decimal value)
    {
        var text = value.ToString("N28", Dutch).TrimEnd('0');
        return text.TrimEnd(',');
    }

    /// <summary>The Dutch letter ij takes two capitals at the start of a word: IJsselmeer.</summary>
    private static string Capital(string text) => text switch
    {
        "" => "",
        _ when text.StartsWith("ij", StringComparison.Ordinal) => "IJ" + text[2..],
        _ => char.ToUpperInvariant(text[0]) + text[1..],
    };
}
