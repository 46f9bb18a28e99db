using System.Diagnostics;
using DossierKit.Documents;
using FsCheck;
using FsCheck.Fluent;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>What holds for every template, tried on random ones; and that another program can read what comes out.</summary>
public sealed class LawTests
{
    private static readonly TemplateData Data = TemplateData.Record(
        ("a", TemplateData.List(TemplateData.Record(("b", TemplateData.List("x", "y")), ("c", "1")), TemplateData.Record(("b", TemplateData.List()), ("c", "")))),
        ("b", TemplateData.List("z")), ("c", "2"), ("d", false));

    [Fact]
    public void Split_AnywhereOverRuns_GivesTheSameText()
    {
        const string Source = "Zie {{c}}: {{#a}}[{{c|hoofdletters}}{{?c}} ja {{/c}}{{#b}}-{{.}}{{/b}}]{{/a}}{{^d}} einde{{/d}} }";
        var expected = With(P(Source)).Text(Data);
        expected.ShouldBe("Zie 2: [1 ja -x-y][] einde }");
        Prop.ForAll(Gen.ListOf(Gen.Choose(1, 6)).ToArbitrary(), cuts =>
        {
            var runs = new List<string>();
            var at = 0;
            foreach (var length in cuts)
            {
                if (at + length >= Source.Length) break;
                runs.Add(Source.Substring(at, length));
                at += length;
            }

            runs.Add(Source[at..]);
            return RenderedChecks.Text(Render(Runs([.. runs])), "word/document.xml") == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nesting_OfAnyKind_CompilesOrRefusesAndRendersValid()
    {
        string[] words = ["{{#a}}", "{{/a}}", "{{#b}}", "{{/b}}", "{{?c}}", "{{/c}}", "{{^d}}", "{{/d}}", "{{c}}", "{{d}}", "tekst", ""];
        string[] shapes = ["p", "around", "joined", "row", "cells", "control", "nested", "cell"];
        (string, string)[] matched = [("{{#a}}", "{{/a}}"), ("{{#b}}", "{{/b}}"), ("{{?c}}", "{{/c}}"), ("{{^d}}", "{{/d}}"), ("{{c}}", "x")];
        var pairs = Gen.OneOf(Gen.Elements(matched), Gen.Elements(matched), Gen.Elements(matched), Gen.Elements(matched), Gen.Two(Gen.Elements(words)).Select(p => (p.Item1, p.Item2)));
        var block = pairs.SelectMany(pair => Gen.Elements(shapes), (pair, shape) => shape switch
        {
            "p" => P(pair.Item1),
            "around" => P(pair.Item1) + Table([pair.Item1, pair.Item2]) + P(pair.Item2),
            "cell" => Table([P(pair.Item1) + P(pair.Item1 + "w" + pair.Item2) + P(pair.Item2), Table(["n"]) + P(pair.Item1 + pair.Item2)]) + P("t"),
            "joined" => Runs(pair.Item1, " ", pair.Item2),
            "row" => Table([pair.Item1, ""], ["x", "y"], [pair.Item2, ""]) + P("t"),
            "cells" => Table([pair.Item1 + "x", "y" + pair.Item2]) + P("t"),
            "control" => Control("los", P(pair.Item1) + P("in") + P(pair.Item2)),
            _ => Table([Table([pair.Item1], [pair.Item2]) + P(pair.Item1), "z" + pair.Item2]) + P("t"),
        });
        var compiled = 0;
        Prop.ForAll(Gen.Choose(1, 4).SelectMany(n => block.ListOf(n)).ToArbitrary(), blocks =>
        {
            var outcome = DocumentTemplate.Compile(With(string.Concat(blocks) + P("slot")).Build(), "x.docx");
            if (!outcome.IsDone) return;
            compiled++;
            var rendered = outcome.Value.Render(Data, new RenderOptions());
            if (rendered.IsDone) RenderedChecks.Check(rendered.Value.Bytes);
            RenderedChecks.Check(outcome.Value.Render(TemplateData.Record(("c", "2")), new RenderOptions { Concept = true }).Value.Bytes);
        }).QuickCheckThrowOnFailure();
        compiled.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Balanced_RandomTrees_PrintExactlyWhatTheyMean()
    {
        // A tree of paragraphs, loops and conditions; its meaning is computed beside the engine, straight from the tree.
        var gen = Gen.Choose(0, int.MaxValue);
        Prop.ForAll(gen.ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (xml, mean) = Tree(random, 4);
            var lines = new List<string>();
            mean([Data], lines);
            var text = RenderedChecks.Text(Render(xml + P("slot")), "word/document.xml");
            return text == string.Join('\n', lines.Append("slot"));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Rendered_ConvertsInLibreOffice()
    {
        var soffice = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "soffice")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(soffice is null, "soffice is not installed: apt-get install libreoffice-writer-nogui");
        var folder = Directory.CreateTempSubdirectory("dossierkit-engine-").FullName;
        try
        {
            var docx = With(P("Kennisgeving", "Kop1") + P("{{#a}}") + P("Deel {{c}}") + Table(["Kop", "Waarde"], ["{{#b}}{{.}}", "{{c}}{{/b}}"]) + P("{{/a}}") + P("Zie {{onbekend}}.")).Styles().Numbering()
                .Header(P("Gemeente {{c}}"), "first").Footer("<w:p><w:r><w:t xml:space=\"preserve\">Pagina </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>");
            File.WriteAllBytes(Path.Combine(folder, "brief.docx"), docx.Render(Data, new RenderOptions { Concept = true }).Bytes.Span);
            var start = new ProcessStartInfo(soffice!, [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text", "--outdir", folder, Path.Combine(folder, "brief.docx")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit(120_000).ShouldBeTrue();
            var text = File.ReadAllText(Path.Combine(folder, "brief.txt"));
            text.ShouldContain("Deel 1");
            text.ShouldContain("[ontbreekt: onbekend]");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RenderedDocument Render(string body) => DocumentTemplate.Compile(With(body).Build(), "x.docx").Value.Render(Data, new RenderOptions()).Value;

    private static (string Xml, Action<List<TemplateData>, List<string>> Mean) Tree(Random random, int depth)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Node(random, depth)).ToArray();
        return (string.Concat(parts.Select(p => p.Xml)), (scopes, lines) =>
        {
            foreach (var part in parts) part.Mean(scopes, lines);
        }
        );
    }

    private static (string Xml, Action<List<TemplateData>, List<string>> Mean) Node(Random random, int depth)
    {
        var name = "abcd"[random.Next(4)].ToString();
        if (depth == 0 || random.Next(3) == 0)
        {
            var word = $"w{random.Next(10)}";
            return (P($"{word} {{{{?c}}}}{{{{d}}}}{{{{/c}}}}"), (scopes, lines) => lines.Add(Find(scopes, "c").IsFilled ? $"{word} nee" : $"{word} "));
        }

        var (inner, mean) = Tree(random, depth - 1);
        if (name is "a" or "b" && random.Next(2) == 0)
        {
            return (P($"{{{{#{name}}}}}") + inner + P($"{{{{/{name}}}}}"), (scopes, lines) =>
            {
                foreach (var item in Find(scopes, name).Items) mean([.. scopes, item], lines);
            }
            );
        }

        var negate = random.Next(2) == 0;
        return (P($"{{{{{(negate ? '^' : '?')}{name}}}}}") + inner + P($"{{{{/{name}}}}}"), (scopes, lines) =>
        {
            if (Find(scopes, name).IsFilled != negate) mean(scopes, lines);
        }
        );
    }

    private static TemplateData Find(List<TemplateData> scopes, string name) => scopes.FindLast(s => s.Fields.ContainsKey(name))!.Fields[name];
}
