using System.Diagnostics;
using System.Globalization;
using System.Text;
using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>How fast does a vault of 100,000 dossiers open, and in how much memory?</summary>
internal static class CatalogueOpening
{
    private const int Dossiers = 100_000;

    public static async Task RunAsync(Report report)
    {
        await using var place = await BenchmarkVault.CreateAsync();
        var record = Encoding.UTF8.GetBytes(new string('x', 120));
        for (var i = 0; i < Dossiers; i += 5000)
        {
            await place.Vault.Catalogue.PutAsync([.. Enumerable.Range(i, 5000).Select(_ => (OpaqueId.Random(), (ReadOnlyMemory<byte>)record))], BenchmarkVault.At, default);
            Console.Error.WriteLine($"{i + 5000} dossiers");
        }

        // A snapshot is written every so many commits; a tail as long as it ever gets makes the worst case.
        for (var i = 0; i < Catalogue.SnapshotEvery * 2 - 22; i++)
            await place.Vault.Catalogue.PutAsync([(OpaqueId.Random(), record)], BenchmarkVault.At, default);

        var (millis, memory) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--child", "open", place.Folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var figures = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
            await process.WaitForExitAsync();
            millis.Add(double.Parse(figures[0], CultureInfo.InvariantCulture));
            memory.Add(double.Parse(figures[1], CultureInfo.InvariantCulture) / (1 << 20));
        }

        report.Columns("what", "median", "worst of 5");
        report.Row($"opening a vault of {Dossiers:N0} dossiers (120 bytes each, plus a tail of commits)", $"{Report.Number(Report.Median(millis), 0)} ms", $"{Report.Number(millis.Max(), 0)} ms");
        report.Row("peak memory of that process", $"{Report.Number(Report.Median(memory), 0)} MB", $"{Report.Number(memory.Max(), 0)} MB");
        report.Note("Each opening is a fresh process: unlock, key ring, state, snapshot, tail. The bar: under 1 s and under 300 MB.");
    }

    public static async Task OpenOnceAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        await using var vault = await DossierVault.OpenAsync(BenchmarkVault.PlaceIn(folder), BenchmarkVault.Secret, default);
        if (vault.Catalogue.Records.Count < Dossiers) throw new InvalidOperationException("Records are missing.");
        var elapsed = watch.Elapsed.TotalMilliseconds;
        using var self = Process.GetCurrentProcess();
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{elapsed:F1} {self.PeakWorkingSet64}"));
    }
}
