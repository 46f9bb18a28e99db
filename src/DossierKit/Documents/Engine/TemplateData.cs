using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace DossierKit.Documents;

/// <summary>What a piece of <see cref="TemplateData"/> holds.</summary>
public enum TemplateDataKind
{
    /// <summary>Known to be nothing: prints nothing and counts as not filled in a condition. Not the same as absent.</summary>
    Empty,

    /// <summary>Text; line ends become line breaks, tabs become tabs.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A decimal number, such as an amount of money.</summary>
    Fraction,

    /// <summary>A day without a time.</summary>
    Date,

    /// <summary>A time of day without a day.</summary>
    Time,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A list of items, in order.</summary>
    List,

    /// <summary>Named fields; names are compared without regard to case.</summary>
    Record,
}

/// <summary>
/// What a template is filled with: an immutable tree of values, lists and records. A field that is not in the tree is <em>absent</em>
/// and an error at render; a field that is there and empty prints nothing. Plain values convert implicitly:
/// <c>TemplateData.Record(("naam", "Waterlanden"), ("datum", new DateOnly(2026, 3, 2)))</c>.
/// </summary>
public sealed class TemplateData
{
    private static readonly FrozenDictionary<string, TemplateData> NoFields = FrozenDictionary<string, TemplateData>.Empty;

    private readonly object? _value;

    private TemplateData(TemplateDataKind kind, object? value)
    {
        Kind = kind;
        _value = value;
    }

    /// <summary>Known to be nothing.</summary>
    public static TemplateData Empty { get; } = new(TemplateDataKind.Empty, null);

    /// <summary>What this piece holds.</summary>
    public TemplateDataKind Kind { get; }

    /// <summary>The items of a list, in order; empty for every other kind.</summary>
    public IReadOnlyList<TemplateData> Items => _value as TemplateData[] ?? [];

    /// <summary>The fields of a record, by name without regard to case; empty for every other kind.</summary>
    public IReadOnlyDictionary<string, TemplateData> Fields => _value as IReadOnlyDictionary<string, TemplateData> ?? NoFields;

    /// <summary>Whether a condition on this value holds: not empty, not blank text, not zero, not no, not a list without items.</summary>
    public bool IsFilled => _value switch
    {
        null => false,
        string text => !string.IsNullOrWhiteSpace(text),
        long number => number != 0,
        decimal number => number != 0,
        bool flag => flag,
        TemplateData[] items => items.Length > 0,
        _ => true,
    };

    internal object? Raw => _value;

    /// <summary>A value of text.</summary>
    /// <param name="value">The text; <see langword="null"/> gives <see cref="Empty"/>.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(string? value) => value is null ? Empty : new(TemplateDataKind.Text, value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(long value) => new(TemplateDataKind.Number, value);

    /// <summary>A decimal number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(decimal value) => new(TemplateDataKind.Fraction, value);

    /// <summary>A day.</summary>
    /// <param name="value">The day; <see langword="null"/> gives <see cref="Empty"/>.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(DateOnly? value) => value is null ? Empty : new(TemplateDataKind.Date, value.Value);

    /// <summary>A time of day.</summary>
    /// <param name="value">The time; <see langword="null"/> gives <see cref="Empty"/>.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(TimeOnly? value) => value is null ? Empty : new(TemplateDataKind.Time, value.Value);

    /// <summary>Yes or no.</summary>
    /// <param name="value">The answer.</param>
    /// <returns>The value.</returns>
    public static TemplateData Of(bool value) => new(TemplateDataKind.Flag, value);

    /// <summary>A list of items.</summary>
    /// <param name="items">The items, in order; copied.</param>
    /// <returns>The list.</returns>
    public static TemplateData List(params IEnumerable<TemplateData> items) => new(TemplateDataKind.List, items.ToArray());

    /// <summary>A record of named fields.</summary>
    /// <param name="fields">Names and values; copied.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">A name occurs twice, also when only its case differs.</exception>
    public static TemplateData Record(params IEnumerable<(string Name, TemplateData Value)> fields)
    {
        var copy = new Dictionary<string, TemplateData>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields) copy.Add(name, value);
        return new(TemplateDataKind.Record, copy);
    }

    /// <summary>A record of named fields.</summary>
    /// <param name="fields">Names and values; copied.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">A name occurs twice, also when only its case differs.</exception>
    public static TemplateData Record(IEnumerable<KeyValuePair<string, TemplateData>> fields) => Record(fields.Select(f => (f.Key, f.Value)));

    /// <summary>
    /// Data from JSON: objects become records, arrays lists, <c>null</c> becomes <see cref="Empty"/>; numbers without fraction become whole numbers.
    /// Text of the form <c>2026-03-02</c> becomes a day, <c>09:30</c> a time.
    /// </summary>
    /// <param name="json">The JSON value.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">An object holds a name twice, also when only its case differs, or a text holds half a character.</exception>
    public static TemplateData FromJson(JsonElement json)
        => FromJson(json, "", (path, why) => throw new ArgumentException($"{path}: {why}", nameof(json)));

    /// <summary>As <see cref="FromJson(JsonElement)"/>, for a file somebody wrote: tells everything in it that cannot be used.</summary>
    /// <param name="json">The JSON value.</param>
    /// <param name="fileName">Its name, for the texts of refusals only.</param>
    /// <returns>The data, or every place with a fault, Dutch.</returns>
    public static Outcome<TemplateData> Read(JsonElement json, string fileName)
    {
        var refusals = new List<Refusal>();
        var data = FromJson(json, "", (path, why) => refusals.Add(new Refusal(
            $"Het veld '{path}' kan niet worden gebruikt.", $"{why} Plaats: {fileName}.", "Verbeter dit veld.")
        { Subject = path }));
        return refusals.Count > 0 ? Outcome<TemplateData>.Refused(refusals) : Outcome<TemplateData>.Done(data);
    }

    private static TemplateData FromJson(JsonElement json, string path, Action<string, string> fault)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new Dictionary<string, TemplateData>(StringComparer.OrdinalIgnoreCase);
                foreach (var property in json.EnumerateObject())
                {
                    if (JsonText.NameOf(property) is not { } name) fault(path, "Een naam bevat een half teken.");
                    else if (!fields.TryAdd(name, FromJson(property.Value, path.Length == 0 ? name : $"{path}.{name}", fault))) fault(path.Length == 0 ? name : $"{path}.{name}", "Het staat er twee keer; hoofdletters maken geen verschil.");
                }

                return new(TemplateDataKind.Record, fields);
            case JsonValueKind.Array:
                return List(json.EnumerateArray().Select(item => FromJson(item, path, fault)));
            case JsonValueKind.String:
                if (JsonText.Of(json) is { } text) return FromText(text);
                fault(path, "De tekst bevat een half teken.");
                return Empty;
            case JsonValueKind.Number:
                // A number beyond all amounts is shown as it was written; a format for numbers will say that it is text.
                return json.TryGetInt64(out var whole) ? Of(whole) : json.TryGetDecimal(out var number) ? Of(number) : Of(json.GetRawText());
            case JsonValueKind.True:
                return Of(true);
            case JsonValueKind.False:
                return Of(false);
            default:
                return Empty;
        }
    }

    /// <summary>Text as a value.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator TemplateData(string? value) => Of(value);

    /// <summary>A whole number as a value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator TemplateData(long value) => Of(value);

    /// <summary>A whole number as a value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator TemplateData(int value) => Of((long)value);

    /// <summary>A decimal number as a value.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator TemplateData(decimal value) => Of(value);

    /// <summary>A day as a value.</summary>
    /// <param name="value">The day.</param>
    public static implicit operator TemplateData(DateOnly value) => Of(value);

    /// <summary>A time of day as a value.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator TemplateData(TimeOnly value) => Of(value);

    /// <summary>Yes or no as a value.</summary>
    /// <param name="value">The answer.</param>
    public static implicit operator TemplateData(bool value) => Of(value);

    /// <summary>The kind and size, never the content: safe in a log.</summary>
    /// <returns>Such as <c>Text</c> or <c>List (3)</c>.</returns>
    public override string ToString() => Kind switch
    {
        TemplateDataKind.List => $"{Kind} ({Items.Count})",
        TemplateDataKind.Record => $"{Kind} ({Fields.Count})",
        _ => Kind.ToString(),
    };

    private static TemplateData FromText(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return Of(date);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return Of(time);
        return Of(text);
    }
}
