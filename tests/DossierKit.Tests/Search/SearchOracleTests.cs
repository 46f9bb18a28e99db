using System.Globalization;
using System.Text;
using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>
/// Hits and scores beside those of Lucene, over the readable documents alone: random documents spread over segments, random queries of every kind. The same documents and queries each time;
/// <c>DOSSIERKIT_SEARCH_SEED</c> makes others.
/// </summary>
public sealed class SearchOracleTests
{
    private const int PerKind = 500;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("DOSSIERKIT_SEARCH_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 11;

    private static readonly Lazy<(List<string[]> Dossiers, List<(string Kind, string Query)> Queries, List<Answer> Lucene)> World = new(Make);

    [Theory]
    [InlineData("term", true)]
    [InlineData("and", true)]
    [InlineData("or", true)]
    [InlineData("phrase", true)]
    [InlineData("prefix", true)]
    [InlineData("wildcard", true)]
    [InlineData("leading", true)]
    [InlineData("range", true)]
    [InlineData("mixed", true)]
    [InlineData("nasty", true)]
    [InlineData("hard", true)]
    [InlineData("fuzzy", false)]
    [InlineData("slop", false)]
    public void Search_OfAKind_FindsAndRanksAsLucene(string kind, bool isRanked)
    {
        var (dossiers, queries, lucene) = World.Value;
        var analyzer = new LuceneAnalyzer();
        var segments = dossiers.ConvertAll(documents =>
        {
            var writer = new SegmentWriter(analyzer);
            foreach (var text in documents) writer.Add(default, text);
            return new IndexSegment(writer.Write());
        });
        var view = new IndexView(segments);
        var searcher = new Searcher(view, (segment, document) => view.FirstDocument[segment] + document);
        var found = 0;
        for (var i = 0; i < queries.Count; i++)
        {
            var (of, text) = queries[i];
            if (of != kind) continue;
            var (query, problem) = QueryParser.Parse(text, analyzer, "text");
            (problem is not null).ShouldBe(lucene[i].IsWrong, text);
            if (problem is not null) continue;
            var (total, best) = query is null ? (0, []) : searcher.Search(query, 10);
            total.ShouldBe(lucene[i].Total, text);
            found += total;
            best.Count.ShouldBe(lucene[i].Best.Count, text);
            if (!isRanked) continue;
            for (var j = 0; j < best.Count; j++)
            {
                var (id, score) = lucene[i].Best[j];
                ((double)Math.Abs(best[j].Score - score)).ShouldBeLessThanOrEqualTo(2e-6 * Math.Abs(score), text);
                // Where two scores differ in the last digit only, their order may.
                if (view.FirstDocument[best[j].Segment] + best[j].Document != id) lucene[i].Best.Count(other => Math.Abs(other.Score - score) <= 2e-6 * Math.Abs(score)).ShouldBeGreaterThan(1, text);
            }
        }

        found.ShouldBeGreaterThan(kind == "hard" ? 0 : PerKind, "queries that find nothing would agree as well");
    }

    private static (List<string[]> Dossiers, List<(string Kind, string Query)> Queries, List<Answer> Lucene) Make()
    {
        var random = new Random(Seed);
        var words = Words(random);
        var dossiers = Enumerable.Range(0, 25).Select(_ => Enumerable.Range(0, random.Next(1, 40)).Select(_ => Text(random, words)).ToArray()).ToList();
        var queries = Queries(random, words, dossiers).ToList();
        using var corpus = new ScratchFile(string.Join('\n', dossiers.SelectMany(documents => documents).Select((text, i) => string.Create(CultureInfo.InvariantCulture, $"{i}\t{text}"))) + "\n");
        using var asked = new ScratchFile(string.Join('\n', queries.Select(query => $"{query.Kind}\t{query.Query}")) + "\n");
        var answers = new List<Answer>();
        foreach (var line in Lucene.Run("search", corpus.Name, asked.Name))
        {
            var at = line.IndexOf(' ');
            var rest = line.AsSpan(at + 1);
            if (line.StartsWith("Q ", StringComparison.Ordinal)) answers.Add(rest is "wrong" ? new Answer(0, true, []) : new Answer(int.Parse(rest, CultureInfo.InvariantCulture), false, []));
            else answers[^1].Best.Add((int.Parse(line.AsSpan(0, at), CultureInfo.InvariantCulture), float.Parse(rest, CultureInfo.InvariantCulture)));
        }

        answers.Count.ShouldBe(queries.Count);
        return (dossiers, queries, answers);
    }

    private static IEnumerable<(string Kind, string Query)> Queries(Random random, string[] words, List<string[]> dossiers)
    {
        for (var i = 0; i < PerKind; i++)
        {
            yield return ("term", Word());
            yield return ("and", $"{Word()} AND {Word()}");
            yield return ("or", $"{Word()} {Word()} OR {Rare()}");
            yield return ("phrase", $"\"{Phrase(random.Next(2, 5))}\"");
            yield return ("prefix", $"{Word()[..random.Next(1, 3)]}*");
            var word = Word();
            var at = random.Next(1, word.Length);
            yield return ("wildcard", $"{word[..at]}{(random.Next(2) == 0 ? '*' : '?')}{word[(at + 1)..]}");
            yield return ("leading", $"*{Word()[^2..]}");
            yield return ("range", $"{"[{"[random.Next(2)]}{Word()} TO {Word()}{"]}"[random.Next(2)]}");
            yield return ("mixed", $"+{Word()} -{Word()} ({Word()} OR {Word()}^2.5)^0.5 {Word()[..2]}* NOT \"{Phrase(2)}\"");
            yield return ("nasty", (i % 4) switch { 0 => Escaped(Nasty[random.Next(Nasty.Length)]), 1 => $"+{Escaped(Nasty[random.Next(Nasty.Length)])} {Word()}", 2 => $"\"{Escaped(Nasty[random.Next(Nasty.Length)])}\"", _ => $"{Escaped(Nasty[random.Next(Nasty.Length)].EnumerateRunes().First().ToString())}*" });
            yield return ("fuzzy", $"{Word()}~{(i % 3 == 0 ? "" : (i % 3).ToString(CultureInfo.InvariantCulture))}");
            yield return ("slop", $"\"{Phrase(random.Next(2, 4))}\"~{random.Next(1, 9)}");
        }

        foreach (var hard in new[]
        {
            "", "*", "*:*", "de", "de het", "+de +" + Word(), "-" + Word(), "a:b", "(" + Word(), Word() + ")", "\"" + Word(), "~", Word() + "~0.5", Word() + "~1.5", Word() + "^", Word() + "^2~1", Word() + "^x", "[a TO b", "[a b]", "[* TO b]",
            "{* TO *}", "AND", Word() + " AND", "OR " + Word(), "NOT NOT " + Word(), "NOT " + Word(), "!" + Word(), "&& " + Word(), Word() + " || " + Word(), Word() + "-" + Word(), Word() + "/" + Word(), "/" + Word() + "/", "\\", "\\\\", "a\\", "\\u0061*", "\\u00zz",
            "+ " + Word(), "- " + Word(), Word() + " - " + Word(), "()", "( )", "\"\"", "\"de\"", "\"de " + Word() + "\"", "text:" + Word(), "text:(" + Word() + " " + Word() + ")", "?" + Word()[1..], "??", "+(-" + Word() + ")", "((((" + Word() + "))))^2", "caf\u00e9*", "]", "}", ":", "^2",
            Word() + "~2~1", "\"" + Phrase(2) + "\"^3~2", "\"" + Phrase(2) + "\"~2^3", Word() + "\u3000" + Word(), Word().ToUpperInvariant() + "*", "*" + Word()[1..] + "*",
        }.Where(hard => hard.Length > 0))
        {
            // A pattern between slashes is a thing of Lucene that is refused here.
            if (!(hard[0] == '/' && hard[^1] == '/')) yield return ("hard", hard);
        }

        string Word() => words[(int)(Math.Pow(random.NextDouble(), 2) * 400)];
        string Rare() => words[random.Next(words.Length)];
        string Phrase(int length)
        {
            while (true)
            {
                var documents = dossiers[random.Next(dossiers.Count)];
                var text = documents[random.Next(documents.Length)].Split(' ');
                if (text.Length <= length) continue;
                var from = random.Next(text.Length - length);
                return string.Join(' ', text[from..(from + length)].Select(word => word.Trim('.', ',')));
            }
        }
    }

    private static string Text(Random random, string[] words)
    {
        var text = new StringBuilder();
        // Some say nothing at all.
        for (var left = random.Next(30) == 0 ? 0 : random.Next(5, 250); left > 0; left--)
        {
            if (random.Next(25) == 0) text.Append(Nasty[random.Next(Nasty.Length)]).Append(' ');
            var word = random.Next(5) == 0 ? Stop[random.Next(Stop.Length)] : words[(int)(Math.Pow(random.NextDouble(), 3) * words.Length)];
            text.Append(random.Next(20) == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(random.Next(12) switch { 0 => ". ", 1 => ", ", _ => " " });
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Other alphabets, apostrophes, numbers, pictographs, words that are too long.</summary>
    private static readonly string[] Nasty =
    [
        "foto's", "foto’s", "'s-Gravenhage", "d'r", "O'Brien", "1.234,56", "12:30", "2024-01-31", "NL91ABNA0417164300", "a_b", "_", "c++", "jan@voorbeeld.nl", "www.voorbeeld.nl/pad", "Ελλάδα", "Йошкар-Ола", "שלום", "צה\"ל", "مرحبا", "ไทยแลนด์", "中文字", "ひらがな",
        "カタカナ", "한국어", "हिन्दी", "😀", "👩‍👩‍👧", "🇳🇱", "👍🏽", "é\u0301e", "e\u0301", "ĳsvrij", "İstanbul", "ﬁets", "½", "x²", "№5", new string('q', 255), new string('w', 256), new string('z', 700), "y-" + new string('v', 300), "\u200d", "\u00ad", "zacht\u00adkoppel", "\ufeffbom", "𝔘𝔫𝔦", "🏴",
    ];

    private static string Escaped(string word) => string.Concat(word.Select(c => "+-!(){}[]^\"~*?:\\/&|".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    private static readonly string[] Stop = ["de", "het", "een", "van", "en", "in", "is", "dat", "op", "te"];

    /// <summary>Words that look Dutch enough for the stemmer to have work, and short enough to be near each other.</summary>
    private static string[] Words(Random random)
    {
        string[] starts = ["b", "br", "d", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z"], middles = ["a", "aa", "e", "ee", "i", "ie", "o", "oo", "u", "uu", "ij", "ui", "ë"];
        string[] ends = ["d", "g", "k", "l", "m", "n", "p", "r", "s", "t"], tails = ["", "", "en", "e", "s", "heid", "heden", "ing", "ingen", "lijk", "lijke", "baar", "ig", "ene", "tje", "eren"];
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < 3000) words.Add($"{One(starts)}{One(middles)}{One(ends)}{(random.Next(3) == 0 ? One(middles) + One(ends) : "")}{One(tails)}");
        return [.. words];

        string One(string[] of) => of[random.Next(of.Length)];
    }

    private sealed record Answer(int Total, bool IsWrong, List<(int Id, float Score)> Best);
}
