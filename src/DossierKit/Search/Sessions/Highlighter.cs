namespace DossierKit.Search;

/// <summary>Finds the pieces of a text that show best why it was found.</summary>
internal static class Highlighter
{
    /// <summary>How long a fragment is, in characters, as far as words allow.</summary>
    private const int Length = 220;

    /// <summary>The best fragments of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="analyzer">What made its terms.</param>
    /// <param name="words">The terms that were searched for.</param>
    /// <param name="most">The most fragments.</param>
    /// <returns>The best first; the beginning of the text when none of the words stands in it, as for a hit on a field.</returns>
    public static IReadOnlyList<Fragment> Of(ExtractedText text, Analyzer analyzer, IReadOnlySet<string> words, int most)
    {
        var places = new List<(int Start, int End, string Word)>();
        if (words.Count > 0)
        {
            var sink = new Sink(words, places);
            analyzer.Analyze(text.Text, ref sink);
        }

        if (places.Count == 0) return text.Text.Length == 0 ? [] : [Make(text, 0, [])];
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

        return [.. chosen.Select(window => Make(text, Math.Max(0, (places[window.From].Start + places[window.To - 1].End - Length) / 2), places))];
    }

    private static Fragment Make(ExtractedText text, int from, List<(int Start, int End, string Word)> places)
    {
        var all = text.Text;
        // Pages do not run into one another, and no word is cut.
        var to = Math.Min(all.Length, from + Length);
        var first = places.Find(place => place.Start >= from);
        var anchor = places.Count == 0 ? from : first.Start;
        var page = all.LastIndexOf('\f', Math.Max(anchor, 0), Math.Max(anchor - from, 0) + (anchor < all.Length ? 1 : 0));
        if (page >= from) from = page + 1;
        if (all.IndexOf('\f', from, to - from) is >= 0 and var end) to = end;
        while (from > 0 && from < anchor && !IsGap(all[from - 1])) from++;
        while (to < all.Length && to > from && !IsGap(all[to])) to--;
        var pieces = new List<TextPiece>();
        var at = from;
        foreach (var (start, stop, _) in places.Where(place => place.Start >= from && place.End <= to))
        {
            if (start < at) continue;
            if (start > at) pieces.Add(new TextPiece(Flat(all[at..start]), IsHit: false));
            pieces.Add(new TextPiece(all[start..stop], IsHit: true));
            at = stop;
        }

        if (to > at) pieces.Add(new TextPiece(Flat(all[at..to]), IsHit: false));
        return new Fragment(text.PageOf(anchor), pieces);
    }

    private static bool IsGap(char c) => char.IsWhiteSpace(c);

    /// <summary>On one line.</summary>
    private static string Flat(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsWhiteSpace(from[i]) ? ' ' : from[i];
    });

    private readonly struct Sink(IReadOnlySet<string> words, List<(int Start, int End, string Word)> places) : ITokenSink
    {
        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
        {
            var word = term.ToString();
            if (words.Contains(word)) places.Add((start, end, word));
        }
    }
}
