using System.Text;
using DossierKit.Programs;
using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>Texts and queries that somebody made to be found badly, or never to end.</summary>
public sealed class HostileTextTests
{
    [Theory]
    [InlineData("Naam:Jansen", "jansen")]
    [InlineData("Gespreksverslag_Jansen.docx", "jansen")]
    [InlineData("j.jansen@waterlanden.example", "jansen")]
    [InlineData("P.Jansen", "jansen")]
    [InlineData("op 12:30 uur", "\"12:30\"")]
    [InlineData("1.250,00", "1.250,00")]
    [InlineData("de firma B.V.", "b.v")]
    public void Search_AWordThatIsJoinedToAnother_IsFound(string text, string word)
    {
        var searcher = SearcherOf(text, "iets anders");
        searcher.Search(Parse(word)!, 10).Total.ShouldBe(1);
    }

    /// <summary>A thousand words of 250 letters out of one word again and again: no word that somebody wrote is so long.</summary>
    [Fact]
    public void Search_ForAPartOfEndlessWords_Ends()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1000; i++) text.Append(string.Concat(Enumerable.Repeat("jaar", 62))).Append((char)('a' + (i % 26))).Append((char)('a' + (i / 26 % 26))).Append((char)('a' + (i / 676))).Append(' ');
        SearcherOf($"{text} jaarverslag", "een jaar").Search(Parse("jaar")!, 10).Total.ShouldBe(2);
    }

    [Fact]
    public void Parse_HundredsOfPatterns_IsRefused_InTheProfileOfTheVault()
    {
        var query = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"*{(char)('a' + (i % 26))}*"));
        QueryParser.Parse(query, new DutchAnalyzer(), "tekst").Problem!.Message.ShouldContain("16");
        QueryParser.Parse(query, new LuceneAnalyzer(), "tekst").Problem.ShouldBeNull();
        QueryParser.Parse(string.Join(' ', Enumerable.Repeat("a*", 16)), new DutchAnalyzer(), "tekst").Problem.ShouldBeNull();
    }

    [Fact]
    public void Read_ASegmentThatNoViewCanHold_IsRefused()
    {
        var writer = new SegmentWriter(new DutchAnalyzer());
        for (var i = 0; i <= IndexSegment.MostDocuments; i++) writer.Add(default, "woord");
        Should.Throw<FormatException>(() => new IndexSegment(writer.Write()));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><p1><naam>Jansen</naam><plaats>Heerlen</plaats><opm><![CDATA[meldde fraude]]></opm></p1>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><p1><naam>Jansen</naam><plaats>Heerlen</plaats><opm>meldde fraude</opm></p1>")]
    public async Task Extract_XmlOfAnyKind_KeepsItsWordsApart(string xml)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        var read = await new TextExtractor(ProgramRunner.Shared, ExtractionLimits.Default).ExtractAsync(content, "bericht.xml", TestContext.Current.CancellationToken);
        read.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["Jansen", "Heerlen", "meldde fraude"]);
    }

    private static Query? Parse(string text) => QueryParser.Parse(text, new DutchAnalyzer(), "tekst").Query;

    private static Searcher SearcherOf(params string[] texts)
    {
        var writer = new SegmentWriter(new DutchAnalyzer());
        foreach (var text in texts) writer.Add(default, text);
        return new Searcher(new IndexView([new IndexSegment(writer.Write())]), (_, document) => document);
    }
}
