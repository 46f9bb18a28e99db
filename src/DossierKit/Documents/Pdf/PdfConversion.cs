using System.IO.Compression;
using System.Xml;
using DossierKit.Programs;

namespace DossierKit.Documents;

/// <summary>
/// Turns a .docx into a PDF that lasts (PDF/A-2b) and that everyone can have read to them (PDF/UA), by LibreOffice in its sandbox.
/// Several at once, as many as there are processors. The same document gives the same bytes with the same LibreOffice and fonts.
/// </summary>
public static class PdfConversion
{
    private const string Filter = """
        pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}
        """;

    /// <summary>Converts a document.</summary>
    /// <param name="docx">The .docx. With a title and a language in it the PDF conforms to PDF/UA.</param>
    /// <param name="ct">Ends LibreOffice.</param>
    /// <returns>The PDF, or why there is none, Dutch; <see cref="ProgramRefusals.IsAboutMachine"/> tells whether this machine is the cause.</returns>
    public static ValueTask<Outcome<ReadOnlyMemory<byte>>> ConvertAsync(ReadOnlyMemory<byte> docx, CancellationToken ct) => ConvertAsync(docx, ProgramRunner.Shared, ct);

    internal static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ConvertAsync(ReadOnlyMemory<byte> docx, ProgramRunner runner, CancellationToken ct)
    {
        // Of something that is no docx LibreOffice would make an empty page.
        if (!docx.Span.StartsWith("PK"u8)) return Outcome<ReadOnlyMemory<byte>>.Refused(ProgramRefusals.GaveNothing(ExternalProgram.LibreOffice, 0));
        var call = new ProgramCall
        {
            Program = ExternalProgram.LibreOffice,
            InputFile = "stuk.docx",
            OutputFile = "stuk.pdf",
            // A profile of its own, made and gone with the sandbox: two runs that share one would hand the work to each other.
            Arguments =
            [
                "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", $"-env:UserInstallation=file://{ProgramCall.Folder}/profiel",
                "--infilter=MS Word 2007 XML", "--convert-to", Filter.Trim(), "--outdir", ProgramCall.Folder, $"{ProgramCall.Folder}/stuk.docx",
            ],
        };
        var made = await runner.RunAsync(call, PdfSource.Prepare(docx), ct);
        if (!made.IsDone) return made;
        var pdf = made.Value;
        return pdf.Span.StartsWith("%PDF-1."u8) && pdf.Span[^Math.Min(32, pdf.Length)..].IndexOf("%%EOF"u8) >= 0
            ? Outcome<ReadOnlyMemory<byte>>.Done(PdfMending.Mend(pdf, DateOf(docx)))
            : Outcome<ReadOnlyMemory<byte>>.Refused(ProgramRefusals.GaveNothing(ExternalProgram.LibreOffice, 0));
    }

    /// <summary>The day the document says it was made; a PDF says the same, and not when it was converted.</summary>
    private static DateOnly? DateOf(ReadOnlyMemory<byte> docx)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(docx.ToArray()), ZipArchiveMode.Read);
            if (zip.GetEntry("docProps/core.xml") is not { } properties) return null;
            using var stream = properties.Open();
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 1 << 20 });
            return xml.ReadToFollowing("created", "http://purl.org/dc/terms/") && xml.ReadElementContentAsString() is { Length: >= 10 } text
                && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            return null;
        }
    }
}
