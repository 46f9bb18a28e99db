using System.Diagnostics;
using System.Globalization;
using DossierKit.Documents;

namespace DossierKit.Benchmarks;

/// <summary>What do the sandbox and the mending cost beside LibreOffice itself, one letter at a time and several at once?</summary>
internal static class PdfMaking
{
    private const int Rounds = 7;

    public static async Task RunAsync(Report report)
    {
        if (Peer.Find("soffice") is null || Peer.Find("bwrap") is null) throw new InvalidOperationException("LibreOffice and bubblewrap are needed: apt-get install libreoffice-writer-nogui bubblewrap.");
        var docx = Letter();
        var folder = Directory.CreateTempSubdirectory("dossierkit-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "brief.docx");
            await File.WriteAllBytesAsync(file, docx.ToArray());
            report.Columns("what", "at once", "a letter", "ratio");
            await Own(docx, 1);
            await PlainAsync(folder, file, 1);
            foreach (var atOnce in (int[])[1, Environment.ProcessorCount, 2 * Environment.ProcessorCount])
            {
                var (own, plain) = (new List<double>(), new List<double>());
                for (var round = 0; round < Rounds; round++)
                {
                    // In turn, so that a busy machine hits both alike.
                    own.Add(await Own(docx, atOnce));
                    plain.Add(await PlainAsync(folder, file, atOnce));
                }

                var (mine, theirs) = (Report.Median(own), Report.Median(plain));
                report.Row("DossierKit: sandbox, PDF/A-2b + PDF/UA, mended", $"{atOnce}", $"{Report.Number(mine)} s", Report.Number(mine / theirs, 2));
                report.Row("soffice without sandbox, a new profile each, PDF/A-2b + PDF/UA", $"{atOnce}", $"{Report.Number(theirs)} s", "1");
            }

            report.Note(string.Create(CultureInfo.InvariantCulture, $"Wall time divided by the letters of a round, median of {Rounds} rounds; a letter of two pages. veraPDF refuses the file of the peer."));
            report.Note("The peer is slower because its new profile is made on disk and that of the sandbox in memory.");
            report.Note("The peer gets no more at once than asked; DossierKit runs as many as there are processors and lets the others wait.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> Own(ReadOnlyMemory<byte> docx, int atOnce)
    {
        var watch = Stopwatch.StartNew();
        var made = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => PdfConversion.ConvertAsync(docx, CancellationToken.None).AsTask()));
        if (made.FirstOrDefault(one => !one.IsDone) is { } failed) throw new InvalidOperationException(failed.Refusals[0].ToString());
        return watch.Elapsed.TotalSeconds / atOnce;
    }

    private static async Task<double> PlainAsync(string folder, string file, int atOnce)
    {
        const string Filter = """pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}""";
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async number =>
        {
            var profile = Path.Combine(folder, $"profile-{Guid.NewGuid():N}");
            await Peer.RunAsync($"soffice --headless -env:UserInstallation=file://{profile} --convert-to '{Filter}' --outdir {folder}/{number} {file} >/dev/null", CancellationToken.None);
            Directory.Delete(profile, recursive: true);
        }));
        return watch.Elapsed.TotalSeconds / atOnce;
    }

    /// <summary>The shipped kennisgeving as a draft: every field a gap, so that no dossier is needed.</summary>
    private static ReadOnlyMemory<byte> Letter()
    {
        var template = DocumentTemplate.Compile(ShippedTemplates.Find("kennisgeving")!, "kennisgeving.docx").Value;
        return template.Render(TemplateData.Record(Array.Empty<(string, TemplateData)>()), new RenderOptions { Concept = true, Properties = new DocumentProperties { Title = "Kennisgeving", Created = new DateOnly(2026, 3, 2) } }).Value.Bytes;
    }
}
