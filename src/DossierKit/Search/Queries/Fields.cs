using System.Collections.Concurrent;
using System.Text;

namespace DossierKit.Search;

/// <summary>What is known of the documents of a view beside their text.</summary>
internal interface IFieldValues
{
    /// <summary>The names of the fields, as they are written in a query.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The values of a field in a document, in their own writing; compared folded. Dates as <c>2024-12-31</c>.</summary>
    /// <param name="field">One of <see cref="Names"/>.</param>
    /// <param name="segment">The segment in the view.</param>
    /// <param name="document">The document in the segment.</param>
    IReadOnlyList<string> Of(string field, int segment, int document);
}

/// <summary>The fields of a view, made when first asked for. Safe for several threads.</summary>
internal sealed class FieldIndex(IndexView view, IFieldValues? fields)
{
    /// <summary>The most answers that are kept.</summary>
    private const int MostKept = 256;

    private readonly Dictionary<string, Lazy<FieldColumn>> _columns = (fields?.Names ?? []).ToDictionary(name => name, name => new Lazy<FieldColumn>(() => new FieldColumn(view, fields!, name)), StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Query, ulong[]> _kept = new();

    /// <summary>A field.</summary>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    public FieldColumn Column(string field) => _columns.TryGetValue(field, out var column) ? column.Value : throw new ArgumentException($"There is no field of that name; there are: {string.Join(", ", _columns.Keys)}.", nameof(field));

    /// <summary>The documents that a query on a field finds, a bit for each; <see langword="null"/> when it is on none.</summary>
    public ulong[]? Documents(Query query)
    {
        var (field, test) = query switch
        {
            TermQuery term => (term.Field, value => value == term.Term),
            PrefixQuery prefix => (prefix.Field, value => value.StartsWith(prefix.Prefix, StringComparison.Ordinal)),
            WildcardQuery wildcard => (wildcard.Field, Shaped(wildcard)),
            RangeQuery range => (range.Field, value => Lies(value, range)),
            _ => (null, (Func<string, bool>?)null),
        };
        if (field is null || !_columns.TryGetValue(field, out var column)) return null;
        var key = query with { Boost = 1 };
        if (_kept.TryGetValue(key, out var kept)) return kept;
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[key] = column.Value.Documents(test!);
    }

    private static Func<string, bool> Shaped(WildcardQuery wildcard)
    {
        var shape = new WildcardMatcher(wildcard.Pattern);
        return value => shape.Fits(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>In the order of their characters. A year or a month stands for all its days: <c>[2024 TO 2025]</c> ends with the last day of 2025.</summary>
    private static bool Lies(string value, RangeQuery range)
    {
        if (range.From is { } from && (string.CompareOrdinal(value, from) < 0 || (!range.IncludesFrom && IsWithin(value, from)))) return false;
        return range.To is not { } to || (IsWithin(value, to) ? range.IncludesTo : string.CompareOrdinal(value, to) < 0);
    }

    private static bool IsWithin(string value, string bound)
        => value == bound || (bound.Length is 4 or 7 && value.Length > bound.Length && value[bound.Length] == '-' && value.StartsWith(bound, StringComparison.Ordinal) && bound.All(c => char.IsAsciiDigit(c) || c == '-'));
}

/// <summary>One field of all documents of a view: its values once, and for each document which it has.</summary>
internal sealed class FieldColumn
{
    private readonly List<string> _values = [];
    private readonly string[] _folded;
    private readonly int[] _from;
    private readonly int[] _of;
    private readonly Lazy<int[]> _ranks;

    public FieldColumn(IndexView view, IFieldValues fields, string name)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var of = new List<int>(view.DocumentCount);
        _from = new int[view.DocumentCount + 1];
        for (var segment = 0; segment < view.Segments.Count; segment++)
        {
            for (var document = 0; document < view.Segments[segment].Count; document++)
            {
                var first = of.Count;
                foreach (var value in fields.Of(name, segment, document))
                {
                    if (!numbers.TryGetValue(value, out var number))
                    {
                        numbers[value] = number = _values.Count;
                        _values.Add(value);
                    }

                    if (of.IndexOf(number, first) < 0) of.Add(number);
                }

                _from[view.FirstDocument[segment] + document + 1] = of.Count;
            }
        }

        _of = [.. of];
        _folded = [.. _values.Select(Folding.Text)];
        _ranks = new Lazy<int[]>(Rank);
    }

    /// <summary>All values there are, in their own writing.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>For each document the place of its first value among all, in the order of their characters; -1 without one.</summary>
    public int[] Ranks => _ranks.Value;

    /// <summary>The numbers of the values of a document, by its number in the view.</summary>
    public ReadOnlySpan<int> Of(int document) => _of.AsSpan(_from[document], _from[document + 1] - _from[document]);

    /// <summary>The documents with a value that passes, a bit for each.</summary>
    public ulong[] Documents(Func<string, bool> test)
    {
        var passes = new bool[_folded.Length];
        for (var i = 0; i < passes.Length; i++) passes[i] = test(_folded[i]);
        var bits = new ulong[(_from.Length + 62) >> 6];
        for (var document = 0; document < _from.Length - 1; document++)
        {
            foreach (var value in Of(document))
            {
                if (passes[value]) bits[document >> 6] |= 1UL << (document & 63);
            }
        }

        return bits;
    }

    private int[] Rank()
    {
        var rank = new int[_values.Count];
        var order = Enumerable.Range(0, rank.Length).OrderBy(value => _folded[value], StringComparer.Ordinal).ToArray();
        for (var i = 1; i < order.Length; i++) rank[order[i]] = rank[order[i - 1]] + (_folded[order[i]] == _folded[order[i - 1]] ? 0 : 1);
        var ranks = new int[_from.Length - 1];
        for (var document = 0; document < ranks.Length; document++) ranks[document] = Of(document) is [var first, ..] ? rank[first] : -1;
        return ranks;
    }
}
