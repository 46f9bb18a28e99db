using System.Diagnostics;
using System.Security.Cryptography;
using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>
/// How fast is a recording stored and read? A file of 1 GiB into a real vault (sealed in parts of 64 MiB, each made durable, read back and decrypted; then the commit
/// of its entry) and out again. Beside it age, which encrypts to a file that is then synced, and decrypts.
/// </summary>
/// <remarks>The way in does more than its peer: age does not read back what it wrote. The like of it is 'age, sync' and 'age, decrypt to nothing' together.</remarks>
internal static class StreamThroughput
{
    private const int Mebibytes = 1024;
    private const int Rounds = 6;

    public static async Task RunAsync(Report report)
    {
        await using var place = await BenchmarkVault.CreateAsync();
        var source = Path.Join(place.Folder, "source");
        MakeSource(source);
        using var journal = await place.Vault.CreateStreamAsync(StreamKind.Dossier, OpaqueId.Random(), default);
        var ways = await WaysAsync(place.Folder, journal, source);
        foreach (var (_, action) in ways) await action();
        var times = ways.ToDictionary(way => way.Name, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            // In turn, each round beginning with another: a busy machine, and a disk that slows down after a burst, hit all alike.
            foreach (var (name, action) in ways.Skip(round % ways.Count).Concat(ways.Take(round % ways.Count)))
            {
                // What the one before left for the disk must not be paid for by the next.
                foreach (var copy in Directory.EnumerateFiles(place.Folder, "*copy")) File.Delete(copy);
                if (OperatingSystem.IsLinux()) await Peer.RunAsync("sync", default);
                TouchMemory(place.Folder);
                var watch = Stopwatch.StartNew();
                await action();
                times[name].Add(watch.Elapsed.TotalSeconds);
            }
        }

        if (OperatingSystem.IsLinux()) report.Note($"Load of the machine at the end: {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[1]} over 5 minutes, this run's own included.");
        report.Columns("1 GiB of random bytes", "median s", "best - worst", "MB/s", "beside age");
        foreach (var (name, seconds) in times) report.Row(Cells(name, seconds, times));
        report.Note($"{Rounds} rounds in turn after one to warm up, read from page cache. 'sync' is `sync FILE` after age; into a vault, every part and its folder is flushed.");
    }

    private static async Task<List<(string Name, Func<Task> Action)>> WaysAsync(string folder, Journal journal, string source)
    {
        SealedObject? stored = null;
        var ways = new List<(string, Func<Task>)>
        {
            ("into a vault, durable, read back", async () => stored = await PutAsync(journal, source)),
            ("out of a vault, to nothing", async () => await ReadAsync(journal, stored!, Stream.Null)),
            ("out of a vault, to a file", async () =>
            {
                await using var copy = new FileStream(Path.Join(folder, "copy"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                await ReadAsync(journal, stored!, copy);
            }),
        };
        if (Peer.Find("age") is null || Peer.Find("age-keygen") is null) return ways;
        await Peer.RunAsync($"age-keygen -o {folder}/key 2>/dev/null && age-keygen -y {folder}/key > {folder}/recipient", default);
        var encrypt = $"age -r $(cat {folder}/recipient) -o {folder}/$$.age {source} && sync {folder}/$$.age";
        ways.Add(("age, sync", () => Peer.RunAsync($"{encrypt} && mv {folder}/$$.age {folder}/age", default)));
        ways.Add(("age, decrypt to nothing", () => Peer.RunAsync($"age -d -i {folder}/key {folder}/age > /dev/null", default)));
        ways.Add(("age, decrypt to a file", () => Peer.RunAsync($"age -d -i {folder}/key -o {folder}/age-copy {folder}/age", default)));
        return ways;
    }

    private static string[] Cells(string name, List<double> seconds, Dictionary<string, List<double>> times)
    {
        string[] peers = name switch
        {
            "into a vault, durable, read back" => ["age, sync"],
            "out of a vault, to nothing" => ["age, decrypt to nothing"],
            "out of a vault, to a file" => ["age, decrypt to a file"],
            _ => [],
        };
        var median = Report.Median(seconds);
        var beside = peers.Where(times.ContainsKey).Select(peer => $"{Report.Number(Report.Median(times[peer]) / median, 2)} x as fast as '{peer}', best beside best {Report.Number(times[peer].Min() / seconds.Min(), 2)} x");
        return
        [
            name, Report.Number(median, 2), $"{Report.Number(seconds.Min(), 2)} - {Report.Number(seconds.Max(), 2)}",
            Report.Number(Mebibytes * 1.048576 / median, 0), string.Join("; ", beside),
        ];
    }

    private static async Task<SealedObject> PutAsync(Journal journal, string source)
    {
        await using var content = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var batch = journal.Begin();
        var stored = await batch.SealAsync("opnamen", content, default);
        batch.Add("opname-toegevoegd", "opnamen", new byte[200], BenchmarkVault.At, stored);
        await batch.CommitAsync(default);
        return stored;
    }

    private static async Task ReadAsync(Journal journal, SealedObject stored, Stream copy)
    {
        await using var content = await journal.OpenObjectAsync(stored, default);

        // In step, as a disk is written: an asynchronous FileStream hands every buffer to another thread, which measures the scheduler.
        content.CopyTo(copy, 1 << 20);
        if (content.Position != (long)Mebibytes << 20) throw new InvalidOperationException("Something is missing.");
    }

    /// <summary>
    /// Fills the page cache with a file that is removed again. A virtual machine that gives free memory back to its host pays for the first touch of a page
    /// with more time than encrypting it takes; whoever runs after a deletion would not have to.
    /// </summary>
    private static void TouchMemory(string folder)
    {
        var path = Path.Join(folder, "touch");
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var bytes = new byte[1 << 20];
            for (var i = 0; i < 2 * Mebibytes; i++) RandomAccess.Write(file, bytes, (long)i << 20);
        }

        File.Delete(path);
    }

    private static void MakeSource(string path)
    {
        using var file = File.Create(path);
        var bytes = new byte[1 << 20];
        for (var i = 0; i < Mebibytes; i++)
        {
            RandomNumberGenerator.Fill(bytes);
            file.Write(bytes);
        }
    }
}
