using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Documents;

public class KennisgevingTests
{
    [Fact]
    public async Task Make_CompleteSample_GivesTheExpectedText()
    {
        var made = (await SampleCase.ReadAsync(SampleCase.Complete)).Make();
        made.Refusals.ShouldBeEmpty();
        made.Value.FileName.ShouldBe("WL-2026-0001-kennisgeving.docx");
        made.Value.Remarks.ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_KEEP") is { } folder) File.WriteAllBytes(Path.Combine(folder, made.Value.FileName), made.Value.Bytes.ToArray());
        SampleCase.ShouldBeExpected(SampleCase.Text(made.Value.Bytes), "kennisgeving-WL-2026-0001.txt");
    }

    [Fact]
    public async Task Make_IncompleteSample_NamesEverythingMissingWithItsArticle()
    {
        var made = (await SampleCase.ReadAsync(SampleCase.Incomplete)).Make();
        SampleCase.ShouldBeExpected(string.Join('\n', made.Refusals.Select(refusal => $"{refusal.What}\n  {refusal.Why}\n  {refusal.WhatNow}")) + "\n", "kennisgeving-WL-2026-0002-ontbreekt.txt");
    }

    [Theory]
    [InlineData(FileFormatVersions.Office2019)]
    [InlineData(FileFormatVersions.Microsoft365)]
    public async Task Make_CompleteSample_IsValidForWord(FileFormatVersions version)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        foreach (var docx in new[] { sample.Make().Value.Bytes, sample.Make(new AssemblyRequest { Concept = true }).Value.Bytes, sample.Template })
        {
            using var document = WordprocessingDocument.Open(new MemoryStream(docx.ToArray()), false);
            new OpenXmlValidator(version).Validate(document).Select(error => $"{error.Part?.Uri} {error.Path?.XPath} {error.Description}").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Make_CompleteSample_NamesTheMelderNowhere()
    {
        // Story: a melder reported in confidence that a colleague had side work. Her name must not reach him: not in the text, a header, a property,
        // the name of a part or the file name, and not cut in pieces over runs. The vertrouwenspersoon's name would tell how it came in.
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var made = sample.Make().Value;
        var texts = DocumentRendering.TextsOf(made);
        string[] secrets = ["Yfke", "Kwelderhof", "crediteuren", "Wierdijkje", "y.kwelderhof", "Waterdrieblad", "Lisdoddema", "melder-1", "getuige-1"];
        foreach (var secret in secrets)
        {
            texts.ShouldAllBe(text => !text.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
            foreach (var (part, bytes) in Parts(made.Bytes))
                Encoding.UTF8.GetString(bytes).Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{secret} in {part}");
        }

        var state = sample.State;
        var betrokkene = state.Betrokkenen.ShouldHaveSingleItem();
        ProtectedNames.Check(state, betrokkene, [], texts, mayKnowMelder: true).Findings.ShouldBeEmpty();

        // And the check is awake: the same letter to which somebody typed her name is found.
        var leak = sample.Make(SampleCase.Answering(("kennisgeving.vervolg", "Mevrouw Kwelderhof hoort het ook."))).Value;
        ProtectedNames.Check(state, betrokkene, [], DocumentRendering.TextsOf(leak), mayKnowMelder: true).Findings.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Make_AnswerWithATag_SaysThatAnswersAreNotFilled()
    {
        var refusal = (await SampleCase.ReadAsync(SampleCase.Complete)).Make(SampleCase.Answering(("kennisgeving.vervolg", "U hoort van {{contact.naam}}."))).Refusals.ShouldHaveSingleItem();
        refusal.Why.ShouldContain("niet in een antwoord");
        refusal.WhatNow.ShouldContain("zonder accolades");
    }

    [Fact]
    public async Task Make_Concept_MarksGapsAndEveryPage()
    {
        var made = (await SampleCase.ReadAsync(SampleCase.Incomplete)).Make(new AssemblyRequest { Concept = true });
        made.Refusals.ShouldBeEmpty();
        made.Value.IsConcept.ShouldBeTrue();
        made.Value.FileName.ShouldBe("WL-2026-0002-kennisgeving-concept.docx");
        var texts = DocumentText.Extract(made.Value.Bytes);
        var headers = texts.Where(text => text.Kind == DocumentTextKind.Paragraph && text.Part.StartsWith("word/header", StringComparison.Ordinal)).GroupBy(text => text.Part).ToList();
        headers.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var header in headers)
            header.ShouldContain(text => text.Text.Contains("CONCEPT", StringComparison.Ordinal), header.Key);
        texts.ShouldContain(text => text.Text.Contains("[ontbreekt: kennisgeving.gedraging]", StringComparison.Ordinal));
        made.Value.Remarks.ShouldContain(remark => remark.Contains("om welk handelen het gaat", StringComparison.Ordinal) && remark.Contains("Waterlanden art. 6.2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Make_Final_SaysNoConceptAnywhere()
        => DocumentText.Extract((await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value.Bytes).ShouldNotContain(text => text.Text.Contains("CONCEPT", StringComparison.Ordinal));

    [Fact]
    public async Task Make_TemplateAndVersions_StandInTheProperties()
    {
        var made = (await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value;
        var custom = DocumentText.Extract(made.Bytes).Where(text => text.Part == "docProps/custom.xml").Select(text => text.Text).ToList();
        custom.ShouldContain(text => text.Contains("waterlanden 2025", StringComparison.Ordinal));
        custom.ShouldContain(text => text.Contains(DocumentAssembly.EngineVersion, StringComparison.Ordinal));
        custom.ShouldContain(text => text.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx")))), StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Parts(ReadOnlyMemory<byte> docx)
    {
        using var zip = new ZipArchive(new MemoryStream(docx.ToArray()), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return (entry.FullName, copy.ToArray());
        }
    }
}
