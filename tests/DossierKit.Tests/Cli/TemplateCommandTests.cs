using System.Text.Json;
using DossierKit.Tests.Documents.Engine;

namespace DossierKit.Tests.Cli;

public sealed class TemplateCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    [Theory]
    [InlineData("geen Word-bestand", "docx")]
    [InlineData("", "docx")]
    public async Task Lint_NoDocx_IsRefused(string content, string word)
    {
        using var program = new DossierKitProcess();
        await File.WriteAllTextAsync(program.At("brief.docx"), content);
        foreach (var command in (string[])["template lint brief.docx", "template render brief.docx --values w.json --out uit.docx"])
        {
            await File.WriteAllTextAsync(program.At("w.json"), "{}");
            var answer = await program.RunAsync($"dossierkit {command}");
            answer.Exit.ShouldBe(1, answer.ToString());
            (answer.Out + answer.Error).ShouldContain(word);
        }

        File.Exists(program.At("uit.docx")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Beste {{naam", "naam")]
    [InlineData("Beste {{#lijst}} u", "lijst")]
    [InlineData("Beste {{naam|achterstevoren}}", "achterstevoren")]
    public async Task Render_FaultyTag_IsRefusedWithItsPlace(string text, string word)
    {
        using var program = new DossierKitProcess();
        await File.WriteAllBytesAsync(program.At("brief.docx"), Docx(text));
        await File.WriteAllTextAsync(program.At("w.json"), "{ \"naam\": \"Pim\", \"lijst\": [] }");

        var answer = await program.RunAsync("dossierkit template render brief.docx --values w.json --out uit.docx --json");

        answer.Exit.ShouldBe(1, answer.ToString());
        using var json = JsonDocument.Parse(answer.Out);
        var refusal = json.RootElement.GetProperty("refusals").EnumerateArray().First();
        refusal.ToString().ShouldContain(word);
        refusal.ToString().ShouldContain("alinea");
        File.Exists(program.At("uit.docx")).ShouldBeFalse();
    }

    [Fact]
    public async Task Render_FieldThatIsNotThere_IsRefusedAndAsConceptMarked()
    {
        using var program = new DossierKitProcess();
        await File.WriteAllBytesAsync(program.At("brief.docx"), Docx("Beste {{naam}}, tot {{datum|lang}}."));
        await File.WriteAllTextAsync(program.At("w.json"), "{ \"datum\": \"2026-03-02\" }");

        var refused = await program.RunAsync("dossierkit template render brief.docx --values w.json --out uit.docx");
        refused.Exit.ShouldBe(1, refused.ToString());
        refused.Error.ShouldContain("naam");
        File.Exists(program.At("uit.docx")).ShouldBeFalse();

        var concept = await program.RunAsync("dossierkit template render brief.docx --values w.json --concept --out uit.docx");
        concept.Exit.ShouldBe(0, concept.ToString());
        File.Exists(program.At("uit.docx")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{ \"naam\": ")]
    [InlineData("[]")]
    [InlineData("{ \"naam\": \"a\", \"naam\": \"b\" }")]
    public async Task Render_FaultyValues_AreRefusedWithFileAndLine(string json)
    {
        using var program = new DossierKitProcess();
        await File.WriteAllBytesAsync(program.At("brief.docx"), Docx("Beste {{naam}}"));
        await File.WriteAllTextAsync(program.At("w.json"), json);
        var answer = await program.RunAsync("dossierkit template render brief.docx --values w.json --out uit.docx");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("w.json, regel 1");
    }

    [Theory]
    [InlineData("{ \"naam\": \"a\", \"Naam\": \"b\" }")]
    [InlineData("{ \"naam\": \"x\\ud800\" }")]
    public async Task Render_ValuesThatAreNone_AreRefusedWithFileAndField(string json)
    {
        using var program = new DossierKitProcess();
        await File.WriteAllBytesAsync(program.At("brief.docx"), Docx("Beste {{naam}}"));
        await File.WriteAllTextAsync(program.At("w.json"), json);
        var answer = await program.RunAsync("dossierkit template render brief.docx --values w.json --out uit.docx");
        answer.Exit.ShouldBe(1, answer.ToString());
        answer.Error.ShouldContain("Plaats: w.json");
        answer.Error.ShouldContain("naam", Case.Insensitive);
    }

    [Fact]
    public async Task Install_OwnTemplate_IsUsedForTheNextLetter()
    {
        using var program = demo.Copy();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "templates", "kennisgeving.docx"), program.At("kennisgeving.docx"));
        var faulty = Docx("Beste {{naam");
        await File.WriteAllBytesAsync(program.At("fout.docx"), faulty);

        (await program.RunAsync("dossierkit template install fout.docx --kind kennisgeving --data demo-data --as fi")).Exit.ShouldBe(1);
        (await program.RunAsync("dossierkit template install kennisgeving.docx --kind gedicht --data demo-data --as fi")).Exit.ShouldBe(1);
        (await program.RunAsync("dossierkit template install kennisgeving.docx --data demo-data --as vreemde")).Exit.ShouldBe(1);
        var installed = await program.RunAsync("dossierkit template install kennisgeving.docx --data demo-data --as fi");
        installed.Exit.ShouldBe(0, installed.ToString());

        var letter = await program.RunAsync("dossierkit assemble kennisgeving --dossier WL-2026-0001 --checked --out brief.docx --data demo-data --as fi --purpose \"Proef\"");
        letter.Exit.ShouldBe(0, letter.ToString());
        (await File.ReadAllBytesAsync(program.At("brief.docx"))).ShouldBe(await File.ReadAllBytesAsync(program.At("demo-out/WL-2026-0001/07-kennisgeving.docx")));
    }

    private static byte[] Docx(string paragraph) => TestDocx.With(TestDocx.P(paragraph)).Build();
}
