using System.Text;
using DossierKit.Programs;
using DossierKit.Search;
using DossierKit.Tests.Programs;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Pdf, pictures and documents of other programs, read by the real programs in the real sandbox.</summary>
public sealed class ProgramTextsTests
{
    public ProgramTextsTests()
    {
        ProgramRunnerTests.SkipWithoutSandbox();
        foreach (var program in ExternalProgram.All) Assert.SkipWhen(ProgramFolders.OfMachine.Find(program.Executable) is null, $"{program.Executable} is not installed: apt-get install {program.Package}");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Extract_Pdf_HasTextByPage()
    {
        var read = await ReadAsync(await ProgramSamples.PdfAsync(ProgramRunner.Shared, Stop));
        ShouldHaveBothPages(read);
        read.Text.ShouldContain("café");
    }

    [Fact]
    public async Task Extract_Rtf_HasTextByPage() => ShouldHaveBothPages(await ReadAsync(ProgramSamples.Rtf()));

    [Fact]
    public async Task Extract_Odt_HasTextByPageAndWithoutLibreOfficeAllTheSameText()
    {
        var odt = await ProgramSamples.OdtAsync(ProgramRunner.Shared, Stop);
        ShouldHaveBothPages(await ReadAsync(odt));
        var bare = await Extracting.ReadAsync(odt);
        bare.Gaps.ShouldBeEmpty();
        bare.Text.ShouldContain(ProgramSamples.First);
        bare.Text.ShouldContain(ProgramSamples.Second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Extract_OldWord_HasText(bool isLong)
    {
        var read = await ReadAsync(await ProgramSamples.DocAsync(ProgramRunner.Shared, isLong, Stop));
        read.Gaps.ShouldBeEmpty();
        read.Text.ShouldContain(ProgramSamples.First);
        read.Text.ShouldContain("café");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("tiff")]
    public async Task Extract_Picture_HasTheWordsInIt(string kind)
    {
        var read = await ReadAsync(await ProgramSamples.PictureAsync(ProgramRunner.Shared, await ProgramSamples.PdfAsync(ProgramRunner.Shared, Stop), kind, Stop));
        read.Gaps.ShouldBeEmpty();
        read.Text.ShouldContain("kraanmachinist");
        read.Text.ShouldContain("toestemming");
    }

    [Fact]
    public async Task Extract_ScannedPdf_HasTheWordsInItByPage()
    {
        var picture = await ProgramSamples.PictureAsync(ProgramRunner.Shared, await ProgramSamples.PdfAsync(ProgramRunner.Shared, Stop), "jpeg", Stop);
        var read = await ReadAsync(ScannedPdf(picture));
        read.Gaps.ShouldBeEmpty();
        read.PageStarts.ShouldBe([0]);
        read.Text.ShouldContain("kraanmachinist");
    }

    [Fact]
    public async Task Extract_WithoutTheProgram_SaysWhatToInstall()
    {
        (await Extracting.ReadAsync("%PDF-1.7\n"u8.ToArray())).Gaps.ShouldHaveSingleItem().ShouldBe("pdftotext ontbreekt op deze computer. Laat de beheerder het installeren (Debian: apt install poppler-utils).");
        (await Extracting.ReadAsync([0xff, 0xd8, 0xff, 0xe0])).Gaps.ShouldHaveSingleItem().ShouldContain("apt install tesseract-ocr tesseract-ocr-nld");
        (await Extracting.ReadAsync([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. Encoding.Unicode.GetBytes("WordDocument")])).Gaps.ShouldHaveSingleItem().ShouldContain("apt install antiword");
        (await Extracting.ReadAsync(ProgramSamples.Rtf())).Gaps.ShouldHaveSingleItem().ShouldContain("apt install libreoffice");
    }

    [Fact]
    public async Task Extract_PdfWithAPassword_SaysSo()
        => (await ReadAsync(await ProgramSamples.LockedPdfAsync(ProgramRunner.Shared, Stop))).Gaps.ShouldBe(["Er zit een wachtwoord op de pdf. Sla hem op zonder wachtwoord."]);

    [Fact]
    public async Task Extract_BrokenFiles_SayThatTheyCouldNotBeRead()
    {
        (await ReadAsync("%PDF-1.7\nkapot"u8.ToArray())).Gaps.ShouldHaveSingleItem().ShouldBe("pdftotext kon dit bestand niet verwerken.");
        (await ReadAsync([0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 1, 2, 3])).Gaps.ShouldHaveSingleItem().ShouldBe("tesseract kon dit bestand niet verwerken.");
        (await ReadAsync([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[600], .. Encoding.Unicode.GetBytes("WordDocument")])).IsSearchable.ShouldBeFalse();
    }

    [Fact]
    public async Task Extract_PdfInMail_IsReadAndHasNoPagesOfItsOwn()
    {
        var pdf = Convert.ToBase64String(await ProgramSamples.PdfAsync(ProgramRunner.Shared, Stop), Base64FormattingOptions.InsertLineBreaks);
        var read = await ReadAsync(Encoding.ASCII.GetBytes($"From: a@b\r\nTo: c@d\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nzie bijlage\r\n--x\r\nContent-Type: application/pdf; name=stuk.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{pdf}\r\n--x--\r\n"));
        read.Gaps.ShouldBeEmpty();
        read.Text.ShouldContain(ProgramSamples.Second);
        read.PageStarts.ShouldBeEmpty();
    }

    private static void ShouldHaveBothPages(ExtractedText read)
    {
        read.Gaps.ShouldBeEmpty();
        read.PageStarts.Count.ShouldBe(2);
        read.PageOf(read.Text.IndexOf("kraanmachinist", StringComparison.Ordinal)).ShouldBe(1);
        read.PageOf(read.Text.IndexOf("verweer", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static Task<ExtractedText> ReadAsync(byte[] bytes) => Extracting.ReadAsync(new MemoryStream(bytes), "bestand", runner: ProgramRunner.Shared);

    /// <summary>A pdf of one page that is nothing but a picture, as a scanner makes it.</summary>
    private static byte[] ScannedPdf(byte[] jpeg)
    {
        // A JPEG tells its size in its frame header.
        var at = 2;
        while (jpeg[at + 1] is not (0xc0 or 0xc2)) at += 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]);
        var (height, width) = (jpeg[at + 5] << 8 | jpeg[at + 6], jpeg[at + 7] << 8 | jpeg[at + 8]);
        var colours = jpeg[at + 9] == 1 ? "DeviceGray" : "DeviceRGB";
        using var pdf = new MemoryStream();
        var places = new List<long>();
        Text("%PDF-1.4\n");
        Part("<</Type/Catalog/Pages 2 0 R>>");
        Part("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Part("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>");
        Part("<</Length 29>>stream\nq 595 0 0 842 0 0 cm /I Do Q\n\nendstream");
        places.Add(pdf.Position);
        Text($"5 0 obj<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{colours}/BitsPerComponent 8/Filter/DCTDecode/Length {jpeg.Length}>>stream\n");
        pdf.Write(jpeg);
        Text("\nendstream endobj\n");
        var table = pdf.Position;
        Text($"xref\n0 6\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"))}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return pdf.ToArray();

        void Text(string text) => pdf.Write(Encoding.ASCII.GetBytes(text));

        void Part(string content)
        {
            places.Add(pdf.Position);
            Text($"{places.Count} 0 obj{content}endobj\n");
        }
    }
}
