using System.Net;
using System.Net.Sockets;
using System.Text;
using DossierKit.Documents;
using DossierKit.Programs;
using DossierKit.Tests.Documents.Engine;
using DossierKit.Tests.Programs;

namespace DossierKit.Tests.Documents.Pdf;

/// <summary>Letters become PDF by the real LibreOffice in the real sandbox, and veraPDF judges them.</summary>
public sealed class PdfConversionTests
{
    private static readonly string[] Conforming = ["PASS"];

    public PdfConversionTests()
    {
        ProgramRunnerTests.SkipWithoutSandbox();
        Assert.SkipWhen(ProgramFolders.OfMachine.Find("soffice") is null, "soffice is not installed: apt-get install libreoffice-writer-nogui");
    }

    [Fact]
    public async Task Convert_Kennisgeving_ConformsToPdfA2bAndPdfUa1()
    {
        VeraPdf.SkipWithout();
        var docx = (await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value.Bytes;
        using var folder = new Vault.Store.TempFolder();
        var file = await WriteAsync(folder, "brief.pdf", await ConvertAsync(docx));
        (await VeraPdf.CheckAsync("2b", file)).ShouldBe(Conforming);
        (await VeraPdf.CheckAsync("ua1", file)).ShouldBe(Conforming);
    }

    [Fact]
    public async Task Convert_EveryShippedLetter_ConformsToPdfA2bAndPdfUa1()
    {
        // As drafts, in which every passage stands: one tag of one passage that goes wrong would be found here, whatever a sample dossier happens to show.
        VeraPdf.SkipWithout();
        using var folder = new Vault.Store.TempFolder();
        var names = Directory.EnumerateFiles(Path.GetDirectoryName(RepositoryFiles.Template("kennisgeving.docx"))!, "*.docx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToList();
        names.Count.ShouldBeGreaterThanOrEqualTo(20);
        var files = await Task.WhenAll(names.Select(async name =>
        {
            var template = DocumentTemplate.Compile(ShippedTemplates.Find(name)!, $"{name}.docx").Value;
            var docx = template.Render(TemplateData.Record(), new RenderOptions { Concept = true, Properties = new DocumentProperties { Title = name, Created = new DateOnly(2026, 3, 2) } }).Value.Bytes;
            return await WriteAsync(folder, $"{name}.pdf", await ConvertAsync(docx));
        }));
        foreach (var flavour in (string[])["2b", "ua1"])
            names.Zip(await VeraPdf.CheckAsync(flavour, files), (name, verdict) => $"{name}: {verdict}").ShouldAllBe(line => line.EndsWith(": PASS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Convert_BordersTablesPicturesAndNotes_ConformsAndTheCheckIsAwake()
    {
        // LibreOffice leaves lines of paragraph borders unmarked; the validator must see that in a file that is not mended.
        VeraPdf.SkipWithout();
        var borders = "<w:pBdr><w:top w:val=\"single\" w:sz=\"12\" w:space=\"1\" w:color=\"0B4F6C\"/><w:left w:val=\"double\" w:sz=\"12\" w:space=\"1\" w:color=\"0B4F6C\"/></w:pBdr><w:shd w:val=\"clear\" w:fill=\"EEEEEE\"/>";
        var table = "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"8\"/><w:bottom w:val=\"single\" w:sz=\"8\"/><w:insideH w:val=\"single\" w:sz=\"4\"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid>"
            + "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:shd w:val=\"clear\" w:fill=\"DDDDDD\"/></w:tcPr>" + TestDocx.P("Kop") + "</w:tc></w:tr><w:tr><w:tc>" + TestDocx.P("Cel (met haakjes) en \\schuin") + "</w:tc></w:tr></w:tbl>";
        var docx = TestDocx.With($"<w:p><w:pPr>{borders}</w:pPr><w:r><w:t>Omlijnd</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>" + table + TestDocx.P("Slot", "Kop1"))
            .Styles("<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"nl-NL\"/></w:rPr></w:rPrDefault></w:docDefaults>").Footnotes("<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Noot</w:t></w:r></w:p></w:footnote>")
            .Header($"<w:p><w:pPr>{borders}</w:pPr><w:r><w:t>Waterlanden</w:t></w:r></w:p>")
            .Compile().Render(TemplateData.Record(), new RenderOptions { Properties = new DocumentProperties { Title = "Proef", Created = new DateOnly(2026, 3, 2) } }).Value.Bytes;
        using var folder = new Vault.Store.TempFolder();
        var mended = await WriteAsync(folder, "heel.pdf", await ConvertAsync(docx));
        (await VeraPdf.CheckAsync("2b", mended)).ShouldBe(Conforming);
        (await VeraPdf.CheckAsync("ua1", mended)).ShouldBe(Conforming);

        var raw = PdfObjects.Read(await File.ReadAllBytesAsync(mended, TestContext.Current.CancellationToken))!;
        foreach (var page in raw.Numbers.Where(number => raw.Content(number) is { } content && Encoding.Latin1.GetString(content).Contains("/Artifact BMC\n", StringComparison.Ordinal)).ToList())
            raw.SetContent(page, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw.Content(page)!).Replace("/Artifact BMC\n", "/Nietsig BMC\n", StringComparison.Ordinal)));
        (await VeraPdf.CheckAsync("ua1", await WriteAsync(folder, "stuk.pdf", raw.Write())))[0].ShouldContain("7.1-3");
    }

    [Fact]
    public async Task Convert_FormattingInAContentControl_IsKept()
    {
        // Story: in a draft the yellow mark of a gap was there in Word and gone in the PDF, and so was bold in every passage of an element: LibreOffice 7.4 drops it in a content control.
        var docx = TestDocx.With(TestDocx.Control("element:a.b", "<w:p><w:r><w:t xml:space=\"preserve\">Wij missen </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{{naam}}</w:t></w:r></w:p>")
            + TestDocx.Table([TestDocx.Control("x", TestDocx.P("cel"), 2), "rest"]) + TestDocx.P("slot")).Compile().Render(TemplateData.Record(("naam", "vetgedrukt")), new RenderOptions()).Value.Bytes;
        var pdf = await ConvertAsync(docx);
        (await TextAsync(pdf)).ShouldContain("Wij missen vetgedrukt");
        Encoding.Latin1.GetString(pdf.Span).ShouldContain("-Bold");
        PdfSource.Prepare(docx).Span.SequenceEqual(docx.Span).ShouldBeFalse();
        PdfSource.Prepare("geen zip"u8.ToArray()).Span.SequenceEqual("geen zip"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Convert_Twice_GivesTheSameBytesWithTheDateOfTheDocument()
    {
        var docx = (await SampleCase.ReadAsync(SampleCase.Complete)).Make().Value.Bytes;
        var first = await ConvertAsync(docx);
        await Task.Delay(1100, TestContext.Current.CancellationToken); // LibreOffice writes the second; a second later the file must be the same
        (await ConvertAsync(docx)).Span.SequenceEqual(first.Span).ShouldBeTrue();
        var text = Encoding.Latin1.GetString(first.Span);
        text.ShouldContain("/CreationDate(D:20260309000000Z')");
        text.ShouldContain("<xmp:CreateDate>2026-03-09T00:00:00Z</xmp:CreateDate>");
    }

    [Fact]
    public async Task Convert_SeveralAtOnce_EachGetsItsOwn()
    {
        using var runner = new ProgramRunner(ProgramFolders.OfMachine, 4);
        var made = await Task.WhenAll(Enumerable.Range(1, 4).Select(async number =>
            (await PdfConversion.ConvertAsync(Letter($"Nummer {number}{number}{number}"), runner, TestContext.Current.CancellationToken)).Value));
        for (var number = 1; number <= 4; number++) (await TextAsync(made[number - 1])).ShouldBe($"Nummer {number}{number}{number}");
    }

    [Fact]
    public async Task Convert_LinksToElsewhere_FetchesNothing()
    {
        // Such a file never comes out of the engine, but 'get --pdf' is asked of files that others sent.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/plaatje.png";
        var picture = "<w:p><w:r><w:t>Tekst</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx=\"900000\" cy=\"900000\"/><wp:docPr id=\"1\" name=\"p\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
            + "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"p\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link=\"ver\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            + "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"900000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
            + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> INCLUDEPICTURE \"" + address + "\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
        var docx = TestDocx.With(picture).Link("ver", "image", address, external: true).Settings("<w:attachedTemplate r:id=\"sj\"/>").Build();
        (await TextAsync(await ConvertAsync(docx))).ShouldContain("Tekst");
        listener.Pending().ShouldBeFalse();
    }

    [Theory]
    [InlineData("geen document")]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 en verder niets")]
    public async Task Convert_NoDocx_IsRefused(string content)
    {
        var refusal = (await PdfConversion.ConvertAsync(Encoding.UTF8.GetBytes(content), TestContext.Current.CancellationToken)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(ProgramRefusals.Failed);
        ProgramRefusals.IsAboutMachine(refusal).ShouldBeFalse();
    }

    private static byte[] Letter(string text) => TestDocx.With(TestDocx.P(text)).Build();

    private static async Task<ReadOnlyMemory<byte>> ConvertAsync(ReadOnlyMemory<byte> docx)
    {
        var outcome = await PdfConversion.ConvertAsync(docx, TestContext.Current.CancellationToken);
        outcome.Refusals.Select(refusal => refusal.ToString()).ShouldBeEmpty();
        return outcome.Value;
    }

    private static async Task<string> WriteAsync(Vault.Store.TempFolder folder, string name, ReadOnlyMemory<byte> bytes)
    {
        await File.WriteAllBytesAsync(folder.Below(name), bytes, TestContext.Current.CancellationToken);
        return folder.Below(name);
    }

    private static async Task<string> TextAsync(ReadOnlyMemory<byte> pdf)
    {
        var read = await ProgramRunner.Shared.RunAsync(new ProgramCall { Program = new ExternalProgram("pdftotext", "pdftotext", "poppler-utils", ""), InputFile = "in.pdf", Arguments = ["in.pdf", "-"] }, pdf, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(read.Value.Span).Trim('\n', '\f', ' ');
    }
}
