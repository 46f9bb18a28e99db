using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using DossierKit.Documents;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Word, Excel, PowerPoint and the kinds of LibreOffice, read by own readers.</summary>
public sealed class OfficeTests
{
    [Fact]
    public async Task Extract_Docx_HasEverythingThatCanBeReadInItInOrder()
    {
        var read = await Extracting.ReadAsync(ExtractionSamples.WholeDocx());
        read.Gaps.ShouldBeEmpty();
        read.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "Koptekst Waterlanden", "Eerste alinea over de dienstbus.", "overwerk\ttab", "regel", "voetnoot over kilometers", "cel & een", "cel twee", "nieuw", "oud", "tekstvak", "plaatje van een sloot",
            "\fTweede bladzijde", "M. Griendhorster: klopt dit?", "eindnoot zonder verwijzing", "Voettekst", "Verslag", "T. Plassenberger",
        ]);
        read.PageStarts.Count.ShouldBe(2);
        read.PageOf(read.Text.IndexOf("dienstbus", StringComparison.Ordinal)).ShouldBe(1);
        read.PageOf(read.Text.IndexOf("Tweede", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Extract_DocxOfTheSdk_IsReadTheSame()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(new Body(new Paragraph(new Run(new Text("Zee")), new Run(new Text("kleidijk belde ")), new Run(new Text("op.") { Space = SpaceProcessingModeValues.Preserve })),
                new Table(new TableRow(new TableCell(new Paragraph(new Run(new Text("bedrag")))), new TableCell(new Paragraph(new Run(new Text("€ 12"))))))));
            main.AddNewPart<HeaderPart>().Header = new Header(new Paragraph(new Run(new Text("kop"))));
        }

        (await Extracting.TextAsync(stream.ToArray(), "x.docx")).ShouldBe("kop\nZeekleidijk belde op.\nbedrag\n€ 12\n");
    }

    [Theory]
    [InlineData("jan<w:del><w:r><w:delText>ssen</w:delText></w:r></w:del><w:ins><w:r><w:t>sens</w:t></w:r></w:ins>", "jansens\njanssen\n")]
    [InlineData("<w:moveFrom><w:r><w:t>hier</w:t></w:r></w:moveFrom>", "hier\n")]
    [InlineData("<w:ins><w:r><w:t>erbij</w:t></w:r></w:ins>", "erbij\n")]
    public async Task Extract_TrackedChanges_HasTheTextAsItIsAndAsItWas(string runs, string expected)
    {
        var body = runs.StartsWith('<') ? $"<w:p>{runs}</w:p>" : $"<w:p><w:r><w:t>{runs[..3]}</w:t></w:r>{runs[3..]}</w:p>";
        (await Extracting.TextAsync(ExtractionSamples.Docx(body))).ShouldStartWith(expected);
    }

    [Fact]
    public async Task Extract_DocxOfAProgramThatStoresNoPages_HasNone()
    {
        // Only Word knows where a page ends; a break somebody made is not enough to number by.
        var read = await Extracting.ReadAsync(ExtractionSamples.Docx(ExtractionSamples.P("een") + "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>" + ExtractionSamples.P("twee")));
        read.PageStarts.ShouldBeEmpty();
        read.Text.ShouldNotContain('\f');
        read.PageOf(4).ShouldBe(0);
    }

    [Fact]
    public async Task Extract_BreakOfTheWriterThatWordStoredAsWell_IsOnePage()
    {
        var read = await Extracting.ReadAsync(ExtractionSamples.Docx(ExtractionSamples.P("een") + "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>twee</w:t></w:r></w:p>"));
        read.PageStarts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Extract_Xlsx_HasSheetsAsPagesAndValuesAsShown()
    {
        var read = await Extracting.ReadAsync(ExtractionSamples.WholeXlsx());
        read.Gaps.ShouldBeEmpty();
        read.Text.ShouldBe("Ritten\nDatum\tKilometers\n1-1-2024\t1234,5\t12,5%\t18:00\nT. Zeekleidijk\nnagevraagd bij de garage\n\fKosten\nbrandstof\ttekst uit formule\tWAAR\t#N/B\n");
        read.PageStarts.ShouldBe([0, read.Text.IndexOf("Kosten", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task Extract_Pptx_HasSlidesAsPagesInTheirOrderWithNotes()
    {
        var read = await Extracting.ReadAsync(ExtractionSamples.WholePptx());
        read.Text.ShouldBe("eerste dia\nvertel dit erbij\n\ftweede dia\n");
        read.PageStarts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Extract_Ods_HasCellsRemarksDeletedTextAndHeaders()
        => (await Extracting.TextAsync(ExtractionSamples.WholeOds())).ShouldBe("verwijderd stuk\nkraan twee\nsleutel\nvan wie?\nkop van het blad\n");

    [Fact]
    public async Task Extract_FileInFile_IsReadAsWell()
    {
        var inner = ExtractionSamples.WholeXlsx();
        var outer = ExtractionSamples.Zip([("_rels/.rels", Encoding.UTF8.GetBytes(ExtractionSamples.Links(("a", "officeDocument", "word/document.xml")))), ("word/document.xml", Encoding.UTF8.GetBytes($"<w:document {ExtractionSamples.Word}><w:body>{ExtractionSamples.P("buiten")}</w:body></w:document>")), ("word/embeddings/blad.xlsx", inner)]);
        var read = await Extracting.ReadAsync(outer);
        read.Text.ShouldContain("buiten");
        read.Text.ShouldContain("nagevraagd bij de garage");
        read.PageStarts.ShouldBeEmpty("the pages of a file inside are not those of the whole");
        read.Text.ShouldNotContain('\f');
    }

    [Fact]
    public async Task Extract_DamagedPart_GivesWhatIsBeforeItAndSaysSo()
    {
        var whole = $"<w:document {ExtractionSamples.Word}><w:body>{ExtractionSamples.P("nog te lezen")}<w:p><w:r><w:t>half";
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip(("word/document.xml", whole)));
        read.Text.ShouldStartWith("nog te lezen\nhalf");
        read.Gaps.ShouldHaveSingleItem().ShouldContain("beschadigd");
    }

    [Fact]
    public async Task Extract_EveryShippedTemplate_HasAllThatTheScanOnNamesFinds()
    {
        // Two readers of the same files that know nothing of each other: what the one finds the other may not miss.
        var files = Directory.GetFiles(Path.GetDirectoryName(RepositoryFiles.Template("x"))!, "*.docx");
        files.Length.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var text = Words(await Extracting.TextAsync(bytes, "x.docx"));
            foreach (var paragraph in DocumentText.Extract(bytes).Where(one => one.Kind == DocumentTextKind.Paragraph && one.Part.StartsWith("word/", StringComparison.Ordinal)))
                text.ShouldContain(Words(paragraph.Text), customMessage: $"{Path.GetFileName(file)} {paragraph.Part}");
        }

        static string Words(string text) => string.Join(' ', text.Split([' ', '\n', '\t', '\f', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Extract_SeedsAsDocx_HaveEveryLine()
    {
        var folder = Path.GetFullPath(RepositoryFiles.Sample("..", "..", "shared", "seeds"));
        Assert.SkipUnless(Directory.Exists(folder), "../shared is not here");
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt"))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            var docx = ExtractionSamples.Docx(string.Concat(lines.Select(line => ExtractionSamples.P(System.Security.SecurityElement.Escape(line)))));
            var read = (await Extracting.TextAsync(docx)).Split('\n').Select(line => line.Trim()).ToList();
            read.Take(lines.Count).ShouldBe(lines.Select(line => line.Replace("\u00ad", "", StringComparison.Ordinal)));
            (await Extracting.TextAsync(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "seed.txt")).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line.TrimStart('\f')).Count().ShouldBeGreaterThan(lines.Count / 2);
        }
    }
}
