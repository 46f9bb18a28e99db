using System.Globalization;
using System.Text;
using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>The tokens of the profile <c>lucene</c>, beside those of Lucene itself.</summary>
public sealed class AnalysisTests
{
    private const string WordList = "/usr/share/dict/dutch";

    [Fact]
    public void Tokens_OfTheSources_AreThoseOfLucene()
    {
        var seeds = Path.GetFullPath(Path.Combine(Documents.RepositoryFiles.Sample("..", "..", "shared", "seeds")));
        Assert.SkipUnless(Directory.Exists(seeds), $"The sources are not there ({seeds}).");
        foreach (var file in Directory.EnumerateFiles(seeds).Order(StringComparer.Ordinal)) Same(File.ReadAllText(file)).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Stems_OfTheDutchWordList_AreThoseOfLucene()
    {
        Assert.SkipUnless(File.Exists(WordList), "The word list is not installed: apt-get install wdutch");
        Same(File.ReadAllText(WordList)).ShouldBeGreaterThan(400_000);
    }

    [Fact]
    public void Tokens_AroundEveryCharacter_AreThoseOfLucene()
    {
        var text = new StringBuilder();
        for (var codePoint = 0x20; codePoint < 0x20000; codePoint++)
        {
            if (codePoint is >= 0xD800 and <= 0xDFFF) continue;
            var c = char.ConvertFromUtf32(codePoint);
            text.Append(CultureInfo.InvariantCulture, $"a{c}b {c} 1{c}2 _{c}_ {c}{c} a{c} ב{c}ב ア{c}ア\n");
        }

        Same(text.ToString()).ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public void Tokens_OfWordsBeyondTheLongest_AreThoseOfLucene()
    {
        var random = new Random(7);
        var text = new StringBuilder();
        for (var i = 0; i < 500; i++) text.Append('x', random.Next(240, 600)).Append("'._ :"[random.Next(5)]).Append('y', random.Next(1, 300)).Append(i % 3 == 0 ? " de 12,5%" : "\t§").Append('\n');
        Same(text.ToString()).ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("de het een", "")]
    [InlineData("Vergunningen", "vergunn|1|0-12")]
    [InlineData("de burgemeester", "burgemeester|2|3-15")]
    public void Analyze_KnownText_GivesTheseTokens(string text, string expected) => string.Join(' ', TokensOf(text)).ShouldBe(expected);

    private static int Same(string text)
    {
        using var file = new ScratchFile(text);
        var expected = Lucene.Run("tokens", file.Name);
        var found = text.Split('\n').SelectMany(line => TokensOf(line).Append("")).ToList();
        for (var i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            if (expected[i] != found[i]) Assert.Fail($"Token {i}: Lucene {expected[i]}, here {found[i]}");
        }

        found.Count.ShouldBe(expected.Count);
        return found.Count;
    }

    private static List<string> TokensOf(string line)
    {
        var tokens = new Lines([]);
        new LuceneAnalyzer().Analyze(line, ref tokens);
        return tokens.Found;
    }

    private readonly struct Lines(List<string> found) : ITokenSink
    {
        public List<string> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end) => found.Add(string.Create(CultureInfo.InvariantCulture, $"{term}|{increment}|{start}-{end}"));
    }
}
