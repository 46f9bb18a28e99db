using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>What does it cost to record one event with one file of 4 KiB, durably; and what do a thousand in one batch cost each?</summary>
internal static partial class Events
{
    private const int Rounds = 60;
    private const int Many = 1000;

    public static async Task RunAsync(Report report)
    {
        await using var place = await BenchmarkVault.CreateAsync();
        var stream = OpaqueId.Random();
        using var journal = await place.Vault.CreateStreamAsync(StreamKind.Dossier, stream, default);
        var file = RandomNumberGenerator.GetBytes(4096);
        await AppendAsync(journal, file, 1);

        var fsyncs = await CountFsyncsAsync(place, stream);
        await journal.RefreshAsync(default); // the child wrote one too
        var (single, bare) = (new List<double>(), new List<double>());
        var peer = Path.Combine(place.Folder, "bare");
        Directory.CreateDirectory(peer);
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, so that a noisy disk hits both alike.
            single.Add(await TimeAsync(() => AppendAsync(journal, file, 1)));
            bare.Add(await TimeAsync(() => BareAsync(peer, round, file, fsyncs)));
        }

        var batches = new List<double>();
        for (var round = 0; round < 3; round++) batches.Add(await TimeAsync(() => AppendAsync(journal, file, Many)) / Many);

        var (one, floor, each) = (Report.Median(single), Report.Median(bare), Report.Median(batches));
        report.Columns("what", "median", "fsyncs", "ratio");
        report.Row("one event with one 4 KiB file", $"{Report.Number(one, 2)} ms", $"{fsyncs}", $"{Report.Number(one / floor, 2)}x the bare fsyncs");
        report.Row($"{fsyncs} bare write + fsync of the same bytes", $"{Report.Number(floor, 2)} ms", $"{fsyncs}", "1");
        report.Row($"one of {Many} in one batch", $"{Report.Number(each, 3)} ms", $"{Report.Number((double)fsyncs / Many, 3)}", $"{Report.Number(one / each, 0)}x faster than alone");
        report.Note($"{Rounds} rounds in turn. The fsyncs are counted by strace in a process of its own that records one such event.");
    }

    public static async Task AppendOnceAsync(string folder, string stream)
    {
        await using var vault = await DossierVault.OpenAsync(BenchmarkVault.PlaceIn(folder), BenchmarkVault.Secret, default);
        if (!OpaqueId.TryParse(stream, out var id)) throw new ArgumentException("No stream id.", nameof(stream));
        using var journal = await vault.OpenStreamAsync(StreamKind.Dossier, id, default) ?? throw new InvalidOperationException("No such stream.");
        Console.WriteLine(Directory.Exists("/dossierkit-marker-before")); // a system call that strace shows: what follows is the event
        await AppendAsync(journal, RandomNumberGenerator.GetBytes(4096), 1);
        Console.WriteLine(Directory.Exists("/dossierkit-marker-after"));
    }

    private static async Task AppendAsync(Journal journal, byte[] file, int count)
    {
        using var batch = journal.Begin();
        for (var i = 0; i < count; i++)
        {
            var obj = await batch.SealAsync("onderzoek", new MemoryStream(file), default);
            batch.Add("bestand-toegevoegd", "onderzoek", new byte[200], BenchmarkVault.At, obj);
        }

        await batch.CommitAsync(default);
    }

    private static async Task BareAsync(string folder, int round, byte[] file, int fsyncs)
    {
        for (var i = 0; i < fsyncs; i++)
        {
            using var handle = File.OpenHandle(Path.Combine(folder, $"{round}-{i}"), FileMode.CreateNew, FileAccess.Write);
            await RandomAccess.WriteAsync(handle, file, 0);
            if (fsync((int)handle.DangerousGetHandle()) != 0) throw new IOException("fsync failed.");
        }
    }

    private static async Task<int> CountFsyncsAsync(BenchmarkVault place, OpaqueId stream)
    {
        var trace = Path.Combine(place.Folder, "trace");
        var start = new ProcessStartInfo("strace", ["-f", "-e", "trace=fsync,fdatasync,sync,syncfs,stat,newfstatat,statx", "-o", trace, Environment.ProcessPath!, "--child", "event", place.Folder, stream.ToString()]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("strace or the child failed; install strace.");
        return (await File.ReadAllLinesAsync(trace))
            .SkipWhile(line => !line.Contains("dossierkit-marker-before", StringComparison.Ordinal))
            .TakeWhile(line => !line.Contains("dossierkit-marker-after", StringComparison.Ordinal))
            .Count(line => line.Contains("sync(", StringComparison.Ordinal) || line.Contains("syncfs(", StringComparison.Ordinal));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int handle);
}
