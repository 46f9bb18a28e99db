using System.Text;

namespace DossierKit.Search;

/// <summary>Words for a query, out of the words of a view and no others.</summary>
internal static class Suggestions
{
    private const int MostWords = 12;
    private const int ShortestWord = 4;

    /// <summary>The query with each word that stands nowhere replaced by the likest that does; <see langword="null"/> when there is nothing to replace, or nothing to replace it with.</summary>
    public static string? DidYouMean(Searcher searcher, Analyzer analyzer, string text)
    {
        var better = new StringBuilder(text.Length);
        var (at, changed) = (0, false);
        for (var tokens = new WordTokenizer(text); tokens.Next();)
        {
            var word = text[tokens.Start..tokens.End];
            // A word with a pattern or a field finds by itself what is like it; a word of the syntax is no word.
            if (IsPattern(text, tokens.Start, tokens.End) || word is "AND" or "OR" or "NOT" or "TO" || word.Length < ShortestWord) continue;
            var folded = analyzer.Fold(word);
            if (searcher.Knows(folded) || Likest(searcher.View, folded) is not { } like) continue;
            better.Append(text, at, tokens.Start - at).Append(like);
            (at, changed) = (tokens.End, true);
        }

        return changed ? better.Append(text, at, text.Length - at).ToString() : null;
    }

    /// <summary>A query for documents like this one: its words that tell most, by how often they stand in it and how few documents have them. Empty when it has none.</summary>
    public static string MoreLike(IndexView view, Analyzer analyzer, string text)
    {
        var counts = new Counts(new Dictionary<string, int>(StringComparer.Ordinal));
        analyzer.Analyze(text, ref counts);
        return string.Join(' ', counts.Found
            .Where(word => word.Key.Length >= ShortestWord && word.Key.All(char.IsLetter) && !DutchWords.IsStop(word.Key))
            .Select(word => (Word: word.Key, Worth: Worth(view, word.Key, word.Value)))
            .Where(word => word.Worth > 0)
            .OrderByDescending(word => word.Worth).ThenBy(word => word.Word, StringComparer.Ordinal)
            .Take(MostWords).Select(word => word.Word));
    }

    /// <summary>A word that stands in this document alone leads to no other.</summary>
    private static double Worth(IndexView view, string word, int count)
        => view.Find(word) is >= 0 and var id && view.DocumentsOf(id) is > 1 and var documents ? Math.Sqrt(count) * Bm25.Idf(view.DocumentCount, documents) : 0;

    private static string? Likest(IndexView view, string word)
    {
        var edits = word.Length < 6 ? 1 : 2;
        // The likest, of those the commonest; what begins alike is likelier meant.
        return FuzzyTerms.Of(view, word, edits, 20).Select(alike => (alike.Likeness, Documents: view.DocumentsOf(alike.Id), Word: Encoding.UTF8.GetString(view.TermOf(alike.Id))))
            .OrderByDescending(alike => alike.Likeness).ThenByDescending(alike => alike.Word[0] == word[0]).ThenByDescending(alike => alike.Documents).ThenBy(alike => alike.Word, StringComparer.Ordinal)
            .Select(alike => alike.Word).FirstOrDefault();
    }

    private static bool IsPattern(string text, int start, int end)
        => (start > 0 && text[start - 1] is '*' or '?' or ':' or '[' or '{' or '\\') || (end < text.Length && text[end] is '*' or '?' or ':' or '~');

    private readonly struct Counts(Dictionary<string, int> found) : ITokenSink
    {
        public Dictionary<string, int> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
        {
            var word = term.ToString();
            found[word] = found.GetValueOrDefault(word) + 1;
        }
    }
}
