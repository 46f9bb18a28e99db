using System.IO.Compression;
using System.Text.RegularExpressions;
using DossierKit.Documents;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

public class TemplatesTests
{
    [Fact]
    public void Shipped_Templates_AreThoseBesideTheCode()
    {
        ShippedTemplates.Kinds.ShouldBe(Directory.GetFiles(Path.GetDirectoryName(RepositoryFiles.Template("x"))!, "*.docx").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal));
        ShippedTemplates.Find("kennisgeving").ShouldBe(File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx")));
        ShippedTemplates.Find("bestaat-niet").ShouldBeNull();
    }

    [Fact]
    public void Lint_Kennisgeving_FindsNothing()
        => TemplateLint.Run(File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx")), "kennisgeving.docx")
            .Select(finding => $"{finding.Severity} {finding.Rule} {finding.Finding}").ShouldBeEmpty();

    [Fact]
    public void Kennisgeving_Elements_AreThoseOfTheProtocol()
    {
        var template = DocumentTemplate.Compile(File.ReadAllBytes(RepositoryFiles.Template("kennisgeving.docx")), "kennisgeving.docx").Value;
        var wanted = ProtocolLibrary.Shipped.Find("waterlanden", "2025")!.FindDocument("kennisgeving")!.Elements.Select(element => element.Id);
        template.Elements.Select(element => element.Id).ShouldBe(wanted, ignoreOrder: true);
        template.Elements.ShouldAllBe(element => element.Locked);
    }

    [Fact]
    public void Kennisgeving_Source_IsAccessibleAndKeepsHouseStyle()
    {
        using var zip = ZipFile.OpenRead(RepositoryFiles.Template("kennisgeving.docx"));
        var document = Read(zip, "word/document.xml");
        document.ShouldNotContain("<w:jc ", Case.Sensitive, "formatting belongs to styles");
        Regex.Count(document, "<w:rPr>(?!<w:rStyle)").ShouldBe(0, "no formatting by hand");
        document.ShouldContain("w:tblHeader");
        Read(zip, "word/styles.xml").ShouldContain("w:val=\"nl-NL\"");
        foreach (var footer in new[] { "word/footer1.xml", "word/footer2.xml" })
        {
            Read(zip, footer).ShouldContain(" PAGE ");
            Read(zip, footer).ShouldContain(" NUMPAGES ");
        }
    }

    [Fact]
    public void Readme_OfTemplates_ListsEveryFieldFormatAndElement()
    {
        var readme = File.ReadAllText(RepositoryFiles.Template("README.md"));
        foreach (var format in ValueFormats.All.Split(", ")) readme.ShouldContain($"| `{format}` |");
        foreach (var element in ProtocolLibrary.Shipped.Find("waterlanden", "2025")!.FindDocument("kennisgeving")!.Elements)
        {
            var word = element.Strength switch { Strength.Must => "moet", Strength.AsARule => "in de regel", Strength.May => "mag", _ => "als" };
            Regex.IsMatch(readme, $@"\| `element:{Regex.Escape(element.Id)}` \| [^|]+ \| {word}").ShouldBeTrue(element.Id);
        }
    }

    /// <summary>The table of fields is written from the catalogue: DOSSIERKIT_WRITE_EXPECTED=1 rewrites it.</summary>
    [Fact]
    public void Readme_TableOfFields_IsThatOfTheCatalogue()
    {
        const string Begin = "<!-- velden -->", End = "<!-- /velden -->";
        var file = RepositoryFiles.Template("README.md");
        var readme = File.ReadAllText(file);
        var (from, to) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        from.ShouldBeGreaterThan(Begin.Length);
        var wanted = "\n| veld | wat het is | alleen voor wie mag weten |\n|---|---|---|\n" + string.Concat(LetterField.All.Select(field =>
            $"| `{field.Path}` | {field.Meaning} | {(field.Needs is { } needed ? AddresseeKind.MeaningOf(needed) : "")} |\n"));
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1")
        {
            File.WriteAllText(file, readme[..from] + wanted + readme[to..]);
            return;
        }

        readme[from..to].ShouldBe(wanted);
    }

    private static string Read(ZipArchive zip, string part)
    {
        using var reader = new StreamReader(zip.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
