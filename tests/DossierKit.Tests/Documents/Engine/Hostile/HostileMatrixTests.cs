using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using DossierKit.Programs;
using DossierKit.Tests.Cli;

namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>
/// A strict stranger's look at the engine: templates as they come out of Word and other programs, filled by the real program from a file with values, and judged by what holds for every
/// letter (valid for Word 2019 and 365, unique ids, nothing left behind), by the exact text, and by LibreOffice. What must be refused ends with 1 and says where.
/// </summary>
public sealed class HostileMatrixTests(HostileRuns runs, ITestOutputHelper output) : IClassFixture<HostileRuns>
{
    public static TheoryData<string> Rendered => [.. HostileRuns.Cases.Where(one => one.Refusal.Count == 0).Select(one => one.Name)];

    public static TheoryData<string> Refused => [.. HostileRuns.Cases.Where(one => one.Refusal.Count > 0).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Rendered))]
    public void Render_HostileTemplate_GivesAFaultlessLetter(string name) => Judge(HostileRuns.Cases.Single(one => one.Name == name));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Render_WhatCannotBe_IsRefusedWithItsPlace(string name) => Judge(HostileRuns.Cases.Single(one => one.Name == name));

    [Fact]
    public void Score_OfTheWholeMatrix_IsFull()
    {
        var score = new Dictionary<string, (int Good, int All)>(StringComparer.Ordinal) { ["rendered"] = default, ["refused"] = default };
        foreach (var one in HostileRuns.Cases)
        {
            var kind = one.Refusal.Count == 0 ? "rendered" : "refused";
            var fault = Record.Exception(() => Judge(one));
            score[kind] = (score[kind].Good + (fault is null ? 1 : 0), score[kind].All + 1);
            if (fault is not null) output.WriteLine($"{one.Name}: {fault.Message}");
        }

        foreach (var (kind, (good, all)) in score) output.WriteLine($"{kind}: {good} of {all}");
        score["rendered"].All.ShouldBeGreaterThanOrEqualTo(22);
        score["refused"].All.ShouldBeGreaterThanOrEqualTo(4);
        score.Values.ShouldAllBe(one => one.Good == one.All);
    }

    private void Judge(HostileCase one)
    {
        var (answer, docx, shown) = runs.Of(one.Name);
        if (one.Refusal.Count > 0)
        {
            answer.Exit.ShouldBe(1, answer.ToString());
            docx.ShouldBeNull("a refused letter must not be there");
            using var json = JsonDocument.Parse(answer.Out);
            var texts = string.Join('\n', json.RootElement.GetProperty("refusals").EnumerateArray().SelectMany(refusal => refusal.EnumerateObject()).Select(field => field.Value.ToString()));
            foreach (var word in one.Refusal) texts.ShouldContain(word, Case.Insensitive);
            return;
        }

        answer.Exit.ShouldBe(0, answer.ToString());
        RenderedChecks.Check(docx!);
        foreach (var (part, text) in one.Texts) RenderedChecks.Text(RenderedChecks.Xml(docx!, part)).ShouldBe(text, part);
        foreach (var (part, xml) in one.Xml)
        {
            var content = RenderedChecks.Part(docx!, part);
            if (xml[0] == '!') content.ShouldNotContain(xml[1..], Case.Sensitive);
            else content.ShouldContain(xml, Case.Sensitive);
        }

        if (!one.HasBraces)
        {
            foreach (var part in RenderedChecks.PartNames(docx!).Where(part => part.EndsWith(".xml", StringComparison.Ordinal)))
                RenderedChecks.Part(docx!, part).ShouldNotContain("{{");
        }

        Strict(docx!);
        if (ProgramFolders.OfMachine.Find("soffice") is null) return;
        var read = shown.ShouldNotBeNull("LibreOffice reads it");
        foreach (var word in one.Shown) read.ShouldContain(word);
    }

    /// <summary>What a stranger would count over all parts together, not part by part.</summary>
    private static void Strict(byte[] docx)
    {
        var parts = RenderedChecks.PartNames(docx).Where(part => part.StartsWith("word/", StringComparison.Ordinal) && part.EndsWith(".xml", StringComparison.Ordinal)).Select(part => RenderedChecks.Xml(docx, part)).ToList();
        var all = parts.SelectMany(part => part.DescendantsAndSelf()).Where(element => !element.Ancestors().Any(outer => outer.Name.LocalName == "Fallback")).ToList();
        Unique("docPr", "id");
        Unique("bookmarkStart", "id");
        Unique("bookmarkStart", "name");
        Unique("p", "paraId");
        var controls = all.Where(element => element.Name.LocalName == "sdtPr").Elements().Where(element => element.Name.LocalName == "id").Select(element => element.Attributes().First().Value).ToList();
        controls.ShouldBe(controls.Distinct());
        var anchors = all.Where(element => element.Name.LocalName == "hyperlink").Attributes().Where(attribute => attribute.Name.LocalName == "anchor").Select(attribute => attribute.Value);
        anchors.Except(all.Where(element => element.Name.LocalName == "bookmarkStart").Attributes().Where(attribute => attribute.Name.LocalName == "name").Select(attribute => attribute.Value)).ShouldBeEmpty("a link leads to a bookmark");
        foreach (var text in all.Where(element => element.Name.LocalName == "t")) text.Value.AsSpan().IndexOfAny('\n', '\r', '\t').ShouldBe(-1, "line ends and tabs are elements of their own");
        foreach (var row in all.Where(element => element.Name.LocalName == "tr")) row.Elements().Any(element => element.Name.LocalName is "tc" or "sdt").ShouldBeTrue("a row has cells");

        void Unique(string element, string attribute)
        {
            var ids = all.Where(one => one.Name.LocalName == element).Attributes().Where(one => one.Name.LocalName == attribute).Select(one => one.Value).ToList();
            ids.ShouldBe(ids.Distinct(StringComparer.OrdinalIgnoreCase), $"{attribute} of {element} is unique");
        }
    }
}

/// <summary>The whole matrix through the program once, and once through LibreOffice.</summary>
public sealed class HostileRuns : IAsyncLifetime
{
    private readonly Dictionary<string, (Answer Answer, byte[]? Docx, string? Shown)> _runs = new(StringComparer.Ordinal);

    internal static IReadOnlyList<HostileCase> Cases { get; } = [.. TextCases.All(), .. BlockCases.All(), .. FileCases.All()];

    internal (Answer Answer, byte[]? Docx, string? Shown) Of(string name) => _runs[name];

    public async ValueTask InitializeAsync()
    {
        using var program = new DossierKitProcess();
        var cases = Cases.Select((one, number) => (Case: one, Folder: $"c{number:D2}")).ToList();
        foreach (var (one, folder) in cases)
        {
            Directory.CreateDirectory(program.At(folder));
            await File.WriteAllBytesAsync(program.At($"{folder}/sjabloon.docx"), one.Docx);
            await File.WriteAllTextAsync(program.At($"{folder}/waarden.json"), one.Values);
            var answer = await program.RunAsync($"dossierkit template render {folder}/sjabloon.docx --values {folder}/waarden.json --out {folder}.docx --json");
            _runs[one.Name] = (answer, File.Exists(program.At($"{folder}.docx")) ? await File.ReadAllBytesAsync(program.At($"{folder}.docx")) : null, null);
        }

        if (ProgramFolders.OfMachine.Find("soffice") is { } soffice) await ReadAsync(soffice, program, cases);
    }

    public ValueTask DisposeAsync() => default;

    private async Task ReadAsync(string soffice, DossierKitProcess program, IReadOnlyList<(HostileCase Case, string Folder)> cases)
    {
        var start = new ProcessStartInfo(soffice) { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])[$"-env:UserInstallation=file://{program.At("profiel")}", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", program.At("gelezen"), .. Directory.EnumerateFiles(program.Folder, "c*.docx").Order(StringComparer.Ordinal)]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await error;
        foreach (var (one, folder) in cases)
        {
            var read = program.At($"gelezen/{folder}.txt");
            if (File.Exists(read)) _runs[one.Name] = _runs[one.Name] with { Shown = await File.ReadAllTextAsync(read) };
        }
    }
}
