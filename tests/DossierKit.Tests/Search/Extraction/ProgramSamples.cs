using System.Text;
using DossierKit.Programs;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Files for programs of others, made by those programs themselves from one text of two pages.</summary>
internal static class ProgramSamples
{
    public const string First = "De kraanmachinist van Waterlanden leende de hoogwerker zonder toestemming.";

    public const string Second = "Op de tweede bladzijde staat het verweer van de betrokkene.";

    public static byte[] Rtf() => Rtf("");

    private static byte[] Rtf(string more) => Encoding.ASCII.GetBytes($"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Liberation Sans;}}}}\\f0\\fs24 {First}\\par caf\\'e9\\par\\page {Second}\\par {more}}}");

    public static Task<byte[]> PdfAsync(ProgramRunner runner, CancellationToken ct) => ConvertAsync(runner, Rtf(), "rtf", "pdf", "Rich Text Format", ct);

    public static Task<byte[]> LockedPdfAsync(ProgramRunner runner, CancellationToken ct)
        => ConvertAsync(runner, Rtf(), "rtf", "pdf:writer_pdf_Export:{\"EncryptFile\":{\"type\":\"boolean\",\"value\":\"true\"},\"DocumentOpenPassword\":{\"type\":\"string\",\"value\":\"geheim\"}}", "Rich Text Format", ct);

    /// <summary>A .doc; antiword reads those of some length only, as Word makes them.</summary>
    public static Task<byte[]> DocAsync(ProgramRunner runner, bool isLong, CancellationToken ct) => ConvertAsync(runner, Rtf(isLong ? string.Concat(Enumerable.Repeat("En zo gaat het nog een tijd door. ", 200)) : ""), "rtf", "doc:MS Word 97", "Rich Text Format", ct);

    public static Task<byte[]> OdtAsync(ProgramRunner runner, CancellationToken ct) => ConvertAsync(runner, Rtf(), "rtf", "odt:writer8", "Rich Text Format", ct);

    /// <summary>The first page as a picture.</summary>
    public static Task<byte[]> PictureAsync(ProgramRunner runner, byte[] pdf, string kind, CancellationToken ct)
        => RunAsync(runner, Picture(kind, "-r", "150"), pdf, ct);

    /// <summary>A strip of the first page with a few lines: letters to read in a tenth of the time.</summary>
    public static Task<byte[]> StripAsync(ProgramRunner runner, byte[] pdf, string kind, CancellationToken ct)
        => RunAsync(runner, Picture(kind, "-r", "150", "-x", "60", "-y", "60", "-W", "1100", "-H", "160"), pdf, ct);

    private static ProgramCall Picture(string kind, params string[] more) => new()
    {
        Program = ExternalProgram.PdfToPicture,
        InputFile = "a.pdf",
        OutputFile = kind switch { "png" => "uit.png", "jpeg" => "uit.jpg", _ => "uit.tif" },
        Arguments = ["-f", "1", "-l", "1", .. more, "-gray", "-singlefile", $"-{kind}", "a.pdf", "uit"],
    };

    private static Task<byte[]> ConvertAsync(ProgramRunner runner, byte[] bytes, string from, string to, string filter, CancellationToken ct) => RunAsync(runner, new ProgramCall
    {
        Program = ExternalProgram.LibreOffice,
        InputFile = $"a.{from}",
        OutputFile = $"a.{to.Split(':')[0]}",
        Arguments = ["--headless", "--norestore", $"-env:UserInstallation=file://{ProgramCall.Folder}/profiel", $"--infilter={filter}", "--convert-to", to, "--outdir", ProgramCall.Folder, $"{ProgramCall.Folder}/a.{from}"],
    }, bytes, ct);

    private static async Task<byte[]> RunAsync(ProgramRunner runner, ProgramCall call, byte[] input, CancellationToken ct)
    {
        var made = await runner.RunAsync(call, input, ct);
        return made.IsDone ? made.Value.ToArray() : throw new InvalidOperationException(made.Refusals[0].ToString());
    }
}
