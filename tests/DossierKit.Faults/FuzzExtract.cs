using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DossierKit.Programs;
using DossierKit.Search;
using DossierKit.Tests.Search.Extraction;

namespace DossierKit.Faults;

/// <summary>
/// Mutates files of every kind that text is read from. Own readers: no exception, no input that takes two seconds or 128 MiB, no text that is not clean.
/// Programs of others: whatever they do with it, an answer or a reason comes within their time, and nothing of them is left running.
/// </summary>
internal static class FuzzExtract
{
    /// <param name="times">Inputs; with <paramref name="programs"/> for each program.</param>
    /// <param name="seed">Makes the same inputs again.</param>
    /// <param name="programs">Programs of others rather than own readers.</param>
    /// <param name="minutes">Stops earlier; with <paramref name="programs"/> what is left of it is shared between those to come.</param>
    /// <param name="save">Where the report goes; <see langword="null"/>: nowhere.</param>
    public static async Task<int> RunAsync(int times, int seed, bool programs, int minutes, string? save)
    {
        var sitting = Stopwatch.StartNew();
        var lines = new List<string>();
        var failures = programs ? await ProgramsAsync(times, seed, TimeSpan.FromMinutes(minutes), lines) : await OwnAsync(times, seed, TimeSpan.FromMinutes(minutes), lines);
        var (day, system) = (TimeProvider.System.GetLocalNow(), RuntimeInformation.OSDescription);
        lines.Insert(0, string.Create(CultureInfo.InvariantCulture, $"- {day:yyyy-MM-dd}, {system}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {sitting.Elapsed.TotalMinutes:0} minutes"));
        lines.Add($"- {failures.Count} failures.");
        foreach (var line in lines.Concat(failures)) Console.WriteLine(line);
        if (save is not null)
        {
            var command = $"dotnet run -c Release --project tests/DossierKit.Faults -- fuzz-extract {(programs ? "--programs " : "")}--times {times} --seed {seed} --minutes {minutes}";
            await File.WriteAllTextAsync(save, $"# Mutated files, read by {(programs ? "programs of others" : "own readers")}\n`{command}`\n\n{string.Join('\n', lines.Concat(failures))}\n\n{(programs ? OfPrograms : OfOwn)}\n");
        }

        return failures.Count == 0 ? 0 : 1;
    }

    private const string OfOwn = """
        Valid files (.docx, .xlsx, .pptx, .ods, .html, .eml, .txt in three character sets, .csv, .zip with files in it) are changed one to five times: bytes and bits, pieces removed, doubled, cut off, taken from another
        kind, pieces of markup and of mail put in between, one thing repeated up to a thousand times; three in four changes of a zip are made in its parts, packed again with a right check sum, so that
        the XML is reached. A failure is: any exception, two seconds or more on one input, 128 MiB or more allocated for one input, text with half characters or control characters, pages that do not
        agree with the text, or nothing read without a reason.
        """;

    private const string OfPrograms = """
        Valid files made by the programs themselves are changed in the same way and read by the real program in its sandbox, one program at a time (the sandbox finds no other). A failure is: any
        exception, an input that takes longer than the program may, text that is not clean, nothing read without a reason, or a process that is still there at the end.
        """;

    private static async Task<List<string>> OwnAsync(int times, int seed, TimeSpan most, List<string> lines)
    {
        using var nothing = new ProgramRunner(new ProgramFolders([]), 1);
        using var stop = new CancellationTokenSource(most);
        var workers = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(worker => Task.Run(() => ExtractionFuzz.RunAsync(times / Environment.ProcessorCount, seed + worker, ExtractionFuzz.OwnReaders(nothing), ExtractionSamples.All(), stop.Token)));
        var reports = await Task.WhenAll(workers);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"- {reports.Sum(report => report.Inputs):#,0} inputs{(stop.IsCancellationRequested ? ", stopped because the time was up" : "")}: of {reports.Sum(report => report.Read):#,0} something was read, of {reports.Sum(report => report.WithGaps):#,0} something could not be read and that was told."));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"- The longest took {reports.Max(report => report.Longest).TotalMilliseconds:0} ms; at most {reports.Max(report => report.MostAllocated) / 1048576.0:0.0} MiB was allocated for one; the whole run held at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB."));
        var hardly = reports.Sum(report => report.Read) < reports.Sum(report => report.Inputs) / 4;
        return [.. reports.SelectMany(report => report.Failures), .. hardly ? (string[])["Hardly anything was read."] : []];
    }

    private static async Task<List<string>> ProgramsAsync(int times, int seed, TimeSpan most, List<string> lines)
    {
        var failures = new List<string>();
        var pdf = await ProgramSamples.PdfAsync(ProgramRunner.Shared, default);
        (ExternalProgram Program, (string, byte[])[] Samples)[] all =
        [
            (ExternalProgram.PdfToText, [("a.pdf", pdf)]),
            (ExternalProgram.Antiword, [("a.doc", await ProgramSamples.DocAsync(ProgramRunner.Shared, isLong: true, default))]),
            (ExternalProgram.Tesseract, [("a.png", await ProgramSamples.StripAsync(ProgramRunner.Shared, pdf, "png", default)), ("a.jpg", await ProgramSamples.StripAsync(ProgramRunner.Shared, pdf, "jpeg", default)), ("a.tif", await ProgramSamples.StripAsync(ProgramRunner.Shared, pdf, "tiff", default))]),
            (ExternalProgram.LibreOffice, [("a.rtf", ProgramSamples.Rtf()), ("a.odt", await ProgramSamples.OdtAsync(ProgramRunner.Shared, default))]),
        ];
        var sitting = Stopwatch.StartNew();
        for (var at = 0; at < all.Length; at++)
        {
            var (program, samples) = all[at];
            string[] only = program == ExternalProgram.LibreOffice ? [program.Executable, ExternalProgram.PdfToText.Executable] : [program.Executable];
            using var runner = new ProgramRunner(ProgramFolders.WithOnly([.. only, Sandbox.Bubblewrap.Executable, "setpriv"]), Environment.ProcessorCount);
            using var stop = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(1, (most - sitting.Elapsed).Ticks) / (all.Length - at)));
            var extractor = new TextExtractor(runner, ExtractionLimits.Default);
            // Whole they can be read, or nothing is learned from their mutations.
            foreach (var (name, bytes) in samples)
            {
                var whole = await extractor.ExtractAsync(new MemoryStream(bytes), name, default);
                if (!whole.IsSearchable || whole.Gaps.Count > 0) failures.Add($"{program.Name}: the whole {name} is not read: {string.Join(' ', whole.Gaps)}");
            }

            var workers = Enumerable.Range(0, Environment.ProcessorCount)
                .Select(worker => Task.Run(() => ExtractionFuzz.RunAsync(times / Environment.ProcessorCount, seed + worker, (extractor, TimeSpan.FromMinutes(4), long.MaxValue), samples, stop.Token)));
            var reports = await Task.WhenAll(workers);
            failures.AddRange(reports.SelectMany(report => report.Failures).Select(failure => $"{program.Name}: {failure}"));
            // A program that did not run proves nothing.
            if (reports.Sum(report => report.Read) < reports.Sum(report => report.Inputs) / 20) failures.Add($"{program.Name}: hardly anything was read");
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"- {program.Name}: {reports.Sum(report => report.Inputs):#,0} inputs{(stop.IsCancellationRequested ? ", stopped because the time was up" : "")}; of {reports.Sum(report => report.Read):#,0} something was read, of {reports.Sum(report => report.WithGaps):#,0} something could not be read and that was told; the longest took {reports.Max(report => report.Longest).TotalSeconds:0.0} s."));
        }

        // The kernel ends a sandbox with its first process; looked at a few times, because that takes it a moment.
        for (var tries = 0; tries < 50 && Children() > 0; tries++) await Task.Delay(100);
        if (Children() is > 0 and var left) failures.Add($"{left} processes are still there.");
        return failures;
    }

    private static int Children() => Directory.EnumerateDirectories("/proc").Where(path => path[6..].All(char.IsAsciiDigit)).Count(path =>
    {
        try
        {
            var stat = File.ReadAllText($"{path}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    });
}
