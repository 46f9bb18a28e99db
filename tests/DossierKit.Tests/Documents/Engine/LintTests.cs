using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>What the author of a template is told.</summary>
public sealed class LintTests
{
    private const string Dutch = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/><w:lang w:val=\"nl-NL\"/></w:rPr></w:rPrDefault></w:docDefaults>";

    private static string[] Rules(TestDocx docx) => [.. TemplateLint.Run(docx.Build(), "brief.docx").Select(f => $"{f.Severity} {f.Rule}")];

    private static TestDocx Good(string body)
    {
        var docx = With(body);
        return docx.Part("word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", $"<w:styles {Namespaces}>{Dutch}</w:styles>").Link("s", "styles", "styles.xml");
    }

    [Fact]
    public void Run_FaultyTemplate_GivesEveryProblemAsError()
        => Rules(With(P("{{a") + P("{{b|x}}"))).ShouldBe(["Error tag-niet-gesloten", "Error opmaak-onbekend"]);

    [Fact]
    public void Run_PlainGoodTemplate_AsksOnlyForATitle() => Rules(Good(P("Hallo {{naam}}"))).ShouldBe(["Advice titel"]);

    [Fact]
    public void Run_NoLanguage_Warns() => Rules(With(P("x"))).ShouldContain("Warning taal");

    [Theory]
    [InlineData("<w:p/>", "Advice lege-alinea")]
    [InlineData("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r></w:p>", "Advice losse-opmaak")]
    [InlineData("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Comic Sans MS\"/></w:rPr><w:t>x</w:t></w:r></w:p>", "Advice lettertype")]
    [InlineData("<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"1\" cy=\"1\"/><wp:docPr id=\"1\" name=\"Logo\"/><a:graphic><a:graphicData uri=\"x\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>", "Warning plaatje-zonder-tekst")]
    [InlineData("<w:p><w:fldSimple w:instr=\" DATE \"><w:r><w:t>1-1-2026</w:t></w:r></w:fldSimple></w:p>", "Warning veld-onrustig")]
    [InlineData("<w:p><w:ins w:id=\"1\" w:author=\"x\"><w:r><w:t>x</w:t></w:r></w:ins></w:p>", "Warning wijzigingen")]
    [InlineData("<w:p><w:r><w:t>{{#a|nummer}}x{{/a}}</w:t></w:r></w:p>", "Warning nummer-zonder-lijst")]
    [InlineData("<w:p><w:r><w:jc w:val=\"fout\"/><w:t>x</w:t></w:r></w:p>", "Warning niet-volgens-standaard")]
    public void Run_Habit_IsNamed(string body, string expected) => Rules(Good(body)).ShouldContain(expected);

    [Fact]
    public void Run_TableWithoutHeader_WarnsAndWithHeaderDoesNot()
    {
        var table = Table(["a", "b"], ["c", "d"]) + P("x");
        Rules(Good(table)).ShouldContain("Warning tabel-zonder-kop");
        Rules(Good(table.Replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", StringComparison.Ordinal))).ShouldNotContain("Warning tabel-zonder-kop");
    }

    [Fact]
    public void Run_OneHabitManyTimes_IsCutOff()
        => TemplateLint.Run(Good(string.Concat(Enumerable.Repeat("<w:p/>", 40)) + P("x")).Build(), "x.docx").Count(f => f.Rule == "lege-alinea").ShouldBe(11);
}
