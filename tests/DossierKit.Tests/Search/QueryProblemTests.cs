using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>A query that cannot be read says what is wrong, where, and what would be read instead.</summary>
public sealed class QueryProblemTests
{
    [Theory]
    [InlineData("(fraude AND opname", 18, "(fraude AND opname)")]
    [InlineData("((fraude", 8, "((fraude))")]
    [InlineData("fraude)", 6, "fraude")]
    [InlineData("fraude ()", 7, "fraude")]
    [InlineData("\"valse verklaring", 0, "\"valse verklaring\"")]
    [InlineData("fraude AND", 7, "fraude")]
    [InlineData("AND fraude", 0, "fraude")]
    [InlineData("fraude AND OR opname", 11, "fraude AND opname")]
    [InlineData("fraude^ opname", 6, "fraude opname")]
    [InlineData("fraude~1.5", 6, "fraude~1")]
    [InlineData("datum:[2024 2025]", 12, "datum:[2024 TO 2025]")]
    [InlineData("datum:[2024 TO 2025", 19, "datum:[2024 TO 2025]")]
    [InlineData("datum:[2024 TO", 14, "datum:[2024 TO *]")]
    [InlineData("datum:", 5, "datum")]
    [InlineData("tijd: 12", 0, "tijd\\: 12")]
    [InlineData("/frau.e/", 0, "\"frau.e\"")]
    [InlineData("en/of/", 2, "en\"of\"")]
    [InlineData("fraude]", 6, "fraude")]
    [InlineData("fraude\\", 6, "fraude")]
    [InlineData("((", 1, null)]
    [InlineData("", 0, null)]
    public void Parse_QueryThatCannotBeRead_SaysWhereAndGivesTheNearest(string text, int at, string? nearest)
    {
        var (query, problem) = QueryParser.Parse(text, new DutchAnalyzer(), "tekst", ["datum"]);
        query.ShouldBeNull();
        problem.ShouldNotBeNull().Nearest.ShouldBe(nearest);
        problem.At.ShouldBe(at);
        problem.Message.ShouldEndWith(".");
    }

    [Fact]
    public void Parse_AnyCharacters_AreReadOrGiveANearestThatIs()
    {
        var random = new Random(5);
        const string Some = "ab \"\"()[]{}:*?~^+-!&|/\\ANDORT1.0  u\u3000é\ud83d\ude00";
        var mended = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Some[random.Next(Some.Length)]));
            var (_, problem) = QueryParser.Parse(text, new DutchAnalyzer(), "tekst", ["ab"]);
            if (problem?.Nearest is not { } nearest) continue;
            mended++;
            QueryParser.Parse(nearest, new DutchAnalyzer(), "tekst", ["ab"]).Problem.ShouldBeNull($"{text} -> {nearest}");
        }

        mended.ShouldBeGreaterThan(5000);
    }
}
