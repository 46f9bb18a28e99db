using System.Text.Json;

namespace DossierKit.Tests.Cli;

/// <summary><c>text analyze</c> and <c>text bench</c>: searching outside a vault, as whoever measures it calls them.</summary>
public sealed class TextCommandTests : IDisposable
{
    private readonly DossierKitProcess _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("lucene", "vergunn|2|3-15\ncaf|1|0-4\n")]
    [InlineData("nl", "de|1|0-2\nvergunningen|1|3-15\nvergunn|0|3-15\ncafe|1|0-4\ncaf|0|0-4\nde|1|0-2\n")]
    public async Task Analyze_Lines_GivesALineATokenAndNothingElse(string profile, string expected)
    {
        await File.WriteAllTextAsync(_program.At("t.txt"), "De vergunningen\n\nCafé.\r\nde", TestContext.Current.CancellationToken);
        var answer = await _program.RunAsync(["text", "analyze", "--profile", profile, "t.txt"]);
        (answer.Exit, answer.Out.ReplaceLineEndings("\n"), answer.Error).ShouldBe((0, expected, ""));
    }

    [Fact]
    public async Task Analyze_Json_IsOneDocument()
    {
        await File.WriteAllTextAsync(_program.At("t.txt"), "een brief\nbrieven", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse((await _program.RunAsync(["text", "analyze", "--json", "t.txt"])).Out);
        json.RootElement.GetProperty("tokens").EnumerateArray().Select(token => $"{token.GetProperty("line")} {token.GetProperty("term")}").ShouldBe(["1 een", "1 brief", "2 brieven", "2 brief"]);
    }

    [Fact]
    public async Task Bench_Corpus_AnswersOverWhatMayBeReadAlone()
    {
        // The lines of a dossier stand apart, in any order; "geheim" stands in a dossier that may not be read.
        await Corpus("a1\tA\tverslag\t2024-01-05\tfraude\thoofd\tstraf\teen gesprek over fraude", "g1\tG\tverslag\t2024-01-05\tfraude\thoofd\tstraf\tgeheim gesprek fraude", @"b1	B	brief	2025-02-01	diefstal	klerk	geen	brief over de\nfraude\ffraude", "a2\tA\tbrief\t2024-03-05\tlek\tklerk\tgeen\tgesprek");
        await File.WriteAllTextAsync(_program.At("q.tsv"), "woord\tfraude\nwoord\tgeheim\nveld\ttype:verslag AND date:[2024 TO 2024]\nstuk\tgesprek AND (\nzin\t\"de fraude\"\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_program.At("f.txt"), "A\r\nB\n\nZ\n", TestContext.Current.CancellationToken);
        var answer = await _program.RunAsync(["text", "bench", "c.tsv", "q.tsv", "--readable", "f.txt", "--profile", "lucene"]);
        answer.Exit.ShouldBe(0, answer.ToString());
        var lines = answer.Out.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.StartsWith('a') || line.StartsWith('b') ? line.Split(' ')[0] : line.StartsWith("CPU", StringComparison.Ordinal) ? line[..line.IndexOf(':', StringComparison.Ordinal)] : line);
        lines.ShouldBe(["Q woord fraude 2", "b1", "a1", "Q woord geheim 0", "Q veld type:verslag AND date:[2024 TO 2024] 1", "a1", "Q stuk gesprek AND ( 0", "Q zin \"de fraude\" 2", "b1", "a1", "CPU woord", "CPU veld", "CPU stuk", "CPU zin"]);
        answer.Error.ShouldContain("gesprek AND (: De zoekvraag houdt te vroeg op. Bedoelt u: gesprek");

        // Without what may not be read in the corpus at all: the same to the last byte, but for the times.
        await Corpus("a1\tA\tverslag\t2024-01-05\tfraude\thoofd\tstraf\teen gesprek over fraude", @"b1	B	brief	2025-02-01	diefstal	klerk	geen	brief over de\nfraude\ffraude", "a2\tA\tbrief\t2024-03-05\tlek\tklerk\tgeen\tgesprek");
        var without = await _program.RunAsync(["text", "bench", "c.tsv", "q.tsv", "--profile", "lucene"]);
        WithoutTimes(without).ShouldBe(WithoutTimes(answer));
    }

    [Fact]
    public async Task Bench_TwoWithOneScore_StandInTheOrderOfTheCorpus()
    {
        await Corpus("z\tB\tx\t\t\t\t\tfraude", "y\tA\tx\t\t\t\t\tfraude", "x\tB\tx\t\t\t\t\tfraude", "w\tA\tx\t\t\t\t\tfraude");
        await File.WriteAllTextAsync(_program.At("q.tsv"), "t\tfraude", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse((await _program.RunAsync(["text", "bench", "c.tsv", "q.tsv", "--json"])).Out);
        json.RootElement.GetProperty("queries")[0].GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("id").GetString()).ShouldBe(["z", "y", "x", "w"]);
        json.RootElement.GetProperty("cpu")[0].GetProperty("queries").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("a\tb\tc", "t\tfraude", "nl", "line 1: it has 3 columns; 8 are needed")]
    [InlineData("a\tb\tc\td\te\tf\tg\th", "fraude", "nl", "line 1: there is no tab")]
    [InlineData("a\tb\tc\td\te\tf\tg\th", "t\tfraude", "en", "There is no profile 'en'. Use one of: nl, lucene.")]
    public async Task Bench_FaultyInput_SaysWhere(string corpus, string queries, string profile, string told)
    {
        await Corpus(corpus);
        await File.WriteAllTextAsync(_program.At("q.tsv"), queries, TestContext.Current.CancellationToken);
        var answer = await _program.RunAsync(["text", "bench", "c.tsv", "q.tsv", "--profile", profile]);
        answer.Exit.ShouldBe(2);
        answer.Error.ShouldContain(told);
    }

    private Task Corpus(params string[] lines) => File.WriteAllTextAsync(_program.At("c.tsv"), string.Join('\n', lines), TestContext.Current.CancellationToken);

    private static string WithoutTimes(Answer answer) => string.Join('\n', answer.Out.Split('\n').Where(line => !line.StartsWith("CPU", StringComparison.Ordinal)));
}
