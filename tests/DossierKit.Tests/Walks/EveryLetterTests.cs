using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DossierKit.Protocols;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Walks;

/// <summary>
/// Every letter of every sample, as a receiver gets it: valid for Word, the same bytes each time, without a name its reader may not know, and with the pages that a
/// person looked at. What is found is told for all letters at once.
/// </summary>
public sealed class EveryLetterTests(SampleLetters letters) : IClassFixture<SampleLetters>
{
    [Fact]
    public void Samples_AllLetters_AreMadeExceptThoseThatShowARefusal()
    {
        letters.All.Count.ShouldBeGreaterThan(100);
        letters.All.Where(letter => letter.IsExpected && letter.File is null).Select(letter => $"{letter}: {string.Join(" / ", letter.Refusals)}").ShouldBeEmpty();
        letters.All.Where(letter => !letter.IsExpected).ShouldAllBe(letter => letter.File == null && letter.Refusals.Count > 3);
    }

    [Fact]
    public void Samples_Together_ShowEveryKindOfDocumentAndEveryProtocol()
    {
        DocumentKinds.All.Except(letters.Made.Select(letter => letter.Kind)).ShouldBeEmpty();
        ProtocolLibrary.Shipped.All.Where(protocol => protocol.Base is null).Select(protocol => protocol.Id).Distinct().Except(letters.Protocols).ShouldBeEmpty();
        letters.Protocols.ShouldContain(id => ProtocolLibrary.Shipped.Find(id, null)!.Base != null, "the directeurenteam laid over a protocol");
    }

    [Theory]
    [InlineData(FileFormatVersions.Office2019)]
    [InlineData(FileFormatVersions.Microsoft365)]
    public void EveryLetter_OpenXmlValidator_FindsNothing(FileFormatVersions version)
    {
        var validator = new OpenXmlValidator(version);
        var errors = new List<string>();
        foreach (var letter in letters.Made)
        {
            using var document = WordprocessingDocument.Open(letter.File!, false);
            errors.AddRange(validator.Validate(document).Select(error => $"{letter}: {error.Part?.Uri} {error.Path?.XPath} {error.Description}"));
        }

        errors.ShouldBeEmpty();
    }

    // Two municipalities, two machines, two days: a letter must be the same file, or nobody can prove that it was not touched.
    [Fact]
    public void EveryLetter_OtherVaultTimeZoneAndCulture_GivesTheSameBytes()
        => letters.Made.Where(letter => SampleLetters.Hash(letter.File!) != letters.OtherHash(letter)).Select(letter => letter.Name).ShouldBeEmpty();

    [Fact]
    public void EveryLetter_NamesItsReaderMayNotKnow_AreAbsent()
    {
        var found = letters.Made.SelectMany(letter => StrangersEye.Forbidden(letter, ReaderOf(letter)).Select(name => $"{letter}: {name}")).ToList();
        found.ShouldBeEmpty();

        // The eye is awake: read as if for somebody else, the letters are full of names.
        letters.Made.Sum(letter => StrangersEye.Forbidden(letter with { Addressee = null }, "melder").Count).ShouldBeGreaterThan(letters.Made.Count() / 2);
    }

    [Fact]
    public async Task EveryLetter_InLibreOffice_HasThePagesAPersonLookedAt()
    {
        var soffice = Find("soffice");
        var pdfinfo = Find("pdfinfo");
        Assert.SkipWhen(soffice is null || pdfinfo is null, "soffice or pdfinfo is not installed: apt-get install libreoffice-writer-nogui poppler-utils");
        var made = letters.Made.OrderBy(letter => letter.Name, StringComparer.Ordinal).ToList();
        foreach (var letter in made) File.Copy(letter.File!, Path.Combine(letters.Scratch, $"{letter.Name.Replace('/', '_')}.docx"), overwrite: true);

        // All in one call: starting the office is most of the time.
        await RunAsync(soffice!, [$"-env:UserInstallation=file://{letters.Scratch}/profile", "--headless", "--convert-to", "pdf", "--outdir", letters.Scratch, .. made.Select(letter => Path.Combine(letters.Scratch, $"{letter.Name.Replace('/', '_')}.docx"))]);
        var pages = new StringBuilder();
        foreach (var letter in made)
        {
            var info = await RunAsync(pdfinfo!, [Path.Combine(letters.Scratch, $"{letter.Name.Replace('/', '_')}.pdf")]);
            var count = info.Split('\n').Single(line => line.StartsWith("Pages:", StringComparison.Ordinal))["Pages:".Length..].Trim();
            pages.Append(CultureInfo.InvariantCulture, $"{letter.Name} {count}\n");
        }

        SampleCase.ShouldBeExpected(pages.ToString(), "../../Walks/Expected/pages.txt");
    }

    /// <summary>The kind of reader: as the letter says, else as the role of the person it is addressed to, else the first its protocol names.</summary>
    private static string ReaderOf(SampleLetter letter)
    {
        if (letter.To is { } to) return to;
        using var json = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Sample(letter.Folder, "dossier.json")));
        if (json.RootElement.GetProperty("personen").EnumerateArray().FirstOrDefault(person => person.GetProperty("id").GetString() == letter.Addressee) is { ValueKind: JsonValueKind.Object } person)
            return person.GetProperty("rol").GetString()!;
        // Without an addressee among the persons of the case it goes to an office or stays in the house.
        return letter.Kind is "besluit-directeurenteam" ? "directeurenteam" : "verantwoordelijke";
    }

    private static string? Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
        return await output;
    }
}
