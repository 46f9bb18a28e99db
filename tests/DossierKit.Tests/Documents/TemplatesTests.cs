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

    public static TheoryData<string> Kinds => [.. ShippedTemplates.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lint_Shipped_FindsNothing(string kind)
        => TemplateLint.Run(ShippedTemplates.Find(kind)!, $"{kind}.docx").Select(finding => $"{finding.Severity} {finding.Rule} {finding.Finding}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shipped_Elements_AreThoseOfTheProtocols(string kind)
    {
        // One template serves every protocol: a passage for everything any of them knows, and none that nobody knows.
        var template = DocumentTemplate.Compile(ShippedTemplates.Find(kind)!, $"{kind}.docx").Value;
        var wanted = ProtocolLibrary.Shipped.All.Select(protocol => protocol.FindDocument(kind)).OfType<DocumentRule>()
            .SelectMany(document => document.Elements).Select(element => element.Id).Distinct(StringComparer.Ordinal).ToList();
        var there = template.Elements.Select(element => element.Id).ToList();
        wanted.Except(there, StringComparer.Ordinal).ShouldBeEmpty();
        there.Except(wanted, StringComparer.Ordinal).Where(id => ElementSource.Find(id) is null).ShouldBeEmpty("a passage that neither a protocol nor the dossier knows is a slip of the pen");
        template.Elements.ShouldAllBe(element => element.Locked);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shipped_Source_IsAccessibleAndKeepsHouseStyle(string kind)
    {
        using var zip = new ZipArchive(new MemoryStream(ShippedTemplates.Find(kind)!), ZipArchiveMode.Read);
        var document = Read(zip, "word/document.xml");
        document.ShouldNotContain("<w:jc ", Case.Sensitive, "formatting belongs to styles");
        Regex.Count(document, "<w:rPr>(?!<w:rStyle)").ShouldBe(0, "no formatting by hand");
        Regex.Count(document, "<w:tbl>").ShouldBe(Regex.Count(document, "<w:tblHeader/>"), "every table has one header row");
        Regex.Count(document, "<w:tbl>").ShouldBe(Regex.Count(document, "<w:tblCaption "), "every table has a name for a screen reader");
        document.ShouldMatch("w:val=\"(Kop1|KopGenummerd|Rapporttitel|Titel)\"", "headings are headings");
        Read(zip, "word/styles.xml").ShouldContain("w:val=\"nl-NL\"");
        foreach (var footer in new[] { "word/footer1.xml", "word/footer2.xml" })
        {
            Read(zip, footer).ShouldContain(" PAGE ");
            Read(zip, footer).ShouldContain(" NUMPAGES ");
        }
    }

    /// <summary>All letters look alike: the same styles, numbering, headers and footers to the byte. Only a gespreksverslag has more in its footer: a box for initials.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shipped_Look_IsThatOfAllOthers(string kind)
    {
        using var zip = new ZipArchive(new MemoryStream(ShippedTemplates.Find(kind)!), ZipArchiveMode.Read);
        using var other = new ZipArchive(new MemoryStream(ShippedTemplates.Find("kennisgeving")!), ZipArchiveMode.Read);
        foreach (var part in new[] { "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/fontTable.xml", "word/header1.xml", "word/header2.xml" })
            Read(zip, part).ShouldBe(Read(other, part), part);
        foreach (var part in new[] { "word/footer1.xml", "word/footer2.xml" })
        {
            var line = Read(other, part)[Read(other, part).IndexOf("<w:p>", StringComparison.Ordinal)..];
            if (kind == "gespreksverslag") Read(zip, part).ShouldEndWith(line);
            else Read(zip, part).ShouldBe(Read(other, part), part);
        }

        SectionOf(zip).ShouldBe(SectionOf(other), "page and margins");
    }

    private static string SectionOf(ZipArchive zip) => Regex.Match(Read(zip, "word/document.xml"), "<w:sectPr>.*?</w:sectPr>").Value;

    private static string Read(ZipArchive zip, string part)
    {
        using var reader = new StreamReader(zip.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
