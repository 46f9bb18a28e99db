namespace DossierKit.Search;

/// <summary>Finds the pieces of a text that show best why it was found.</summary>
internal static class Highlighter
{
    /// <summary>How long a fragment is, in characters, as far as words allow.</summary>
    private const int Length = 220;

    private const int MostPlaces = 5000;

    /// <summary>The best fragments of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="analyzer">What made its terms.</param>
    /// <param name="words">The terms that were searched for.</param>
    /// <param name="most">The most fragments.</param>
    /// <returns>The best first; the beginning of the text when none of the words stands in it, as for a hit on a field.</returns>
    public static IReadOnlyList<Fragment> Of(ExtractedText text, Analyzer analyzer, HashSet<string> words, int most)
    {
        var places = new List<(int Start, int End, string Word)>();
        if (words.Count > 0)
        {
            var sink = new Sink(words, places);
            analyzer.Analyze(text.Text, ref sink);
        }

        if (places.Count == 0) return text.Text.Length == 0 ? [] : [Make(text, 0, 0, 0, [])];
        var best = new List<(int From, int To, int Worth)>();
        for (var from = 0; from < places.Count; from++)
        {
            var to = from;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (; to < places.Count && places[to].End - places[from].Start <= Length - 60; to++) seen.Add(places[to].Word);
            to = Math.Max(to, from + 1);
            // Different words count for more than one word again and again.
            best.Add((from, to, (4 * Math.Max(seen.Count, 1)) + Math.Min(to - from, 8)));
        }

        var chosen = new List<(int From, int To)>();
        foreach (var (from, to, _) in best.OrderByDescending(window => window.Worth).ThenBy(window => window.From))
        {
            if (chosen.Exists(other => from < other.To && other.From < to) || chosen.Exists(other => Math.Abs(places[from].Start - places[other.From].Start) < Length)) continue;
            chosen.Add((from, to));
            if (chosen.Count == most) break;
        }

        return [.. chosen.Select(window =>
        {
            var (first, last) = (places[window.From], places[window.To - 1]);
            return Make(text, Math.Clamp((first.Start + last.End - Length) / 2, 0, first.Start), first.Start, first.End, places);
        })];
    }

    /// <param name="text">The text.</param>
    /// <param name="from">Where it should begin; not behind the anchor.</param>
    /// <param name="anchor">Where the word begins that must be in it.</param>
    /// <param name="stop">Where that word ends.</param>
    /// <param name="places">All words that were found.</param>
    private static Fragment Make(ExtractedText text, int from, int anchor, int stop, List<(int Start, int End, string Word)> places)
    {
        var all = text.Text;
        var to = Math.Max(stop, Math.Min(all.Length, from + Length));
        // Pages do not run into one another, and no word is cut.
        if (all.AsSpan(from, anchor - from).LastIndexOf('\f') is >= 0 and var page) from += page + 1;
        if (all.AsSpan(stop, to - stop).IndexOf('\f') is >= 0 and var end) to = stop + end;
        while (from > 0 && from < anchor && !IsGap(all[from - 1])) from++;
        if (to < all.Length && all.AsSpan(stop, to - stop).ContainsAny(Gaps))
        {
            while (to > stop && !IsGap(all[to])) to--;
        }

        var pieces = new List<TextPiece>();
        var at = from;
        foreach (var (start, after, _) in places.Where(place => place.Start >= from && place.End <= to))
        {
            if (start < at) continue;
            if (start > at) pieces.Add(new TextPiece(Flat(all[at..start]), IsHit: false));
            pieces.Add(new TextPiece(all[start..after], IsHit: true));
            at = after;
        }

        if (to > at) pieces.Add(new TextPiece(Flat(all[at..to]), IsHit: false));
        return new Fragment(text.PageOf(anchor), pieces);
    }

    private static System.Buffers.SearchValues<char> Gaps { get; } = System.Buffers.SearchValues.Create(" \t\n\f\u00a0");

    private static bool IsGap(char c) => char.IsWhiteSpace(c);

    /// <summary>On one line.</summary>
    private static string Flat(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsWhiteSpace(from[i]) ? ' ' : from[i];
    });

    private readonly struct Sink(HashSet<string> words, List<(int Start, int End, string Word)> places) : ITokenSink
    {
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
        {
            // A pattern can stand for every word of a long text; what is shown is chosen among the first thousands.
            if (places.Count >= MostPlaces) return;
            if (_lookup.TryGetValue(term, out var word)) places.Add((start, end, word));
        }
    }
}
