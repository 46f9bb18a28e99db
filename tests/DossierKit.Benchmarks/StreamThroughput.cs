using System.Diagnostics;
using System.Security.Cryptography;
using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>
/// How fast is a recording stored and read? 1 GiB from a file into an object store on disk, in parts of 64 MiB, each made durable and then read back and
/// decrypted; and out again. Beside it age, which encrypts to a file that is then synced, and decrypts.
/// </summary>
/// <remarks>
/// "Put, durable, read back" does more than its peer, since age does not check what it wrote; the like of it is age, sync and a decryption to nothing.
/// </remarks>
internal static class StreamThroughput
{
    private const int Mebibytes = 1024;
    private const int Rounds = 5;

    private static readonly SealContext Context = new(OpaqueId.Random(), OpaqueId.Random(), OpaqueId.Random(), SealKind.Blob);

    public static async Task RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("dossierkit-streams-").FullName;
        try
        {
            var source = Path.Join(folder, "source");
            MakeSource(source);
            var ways = await WaysAsync(folder, source, default);
            var times = ways.ToDictionary(way => way.Name, _ => new List<double>(), StringComparer.Ordinal);
            for (var round = 0; round < Rounds; round++)
            {
                // In turn, so that a busy machine hits all alike.
                foreach (var (name, action) in ways)
                {
                    var watch = Stopwatch.StartNew();
                    await action();
                    times[name].Add(watch.Elapsed.TotalSeconds);
                }
            }

            report.Columns("1 GiB of random bytes", "median s", "best - worst", "MB/s", "beside age");
            foreach (var (name, seconds) in times) report.Row(Cells(name, seconds, times));
            report.Note($"{Rounds} rounds in turn, all from page cache. 'sync' is `sync FILE` after age; a put flushes every part of 64 MiB and its folder before it is acknowledged.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<(string Name, Func<Task> Action)>> WaysAsync(string folder, string source, CancellationToken ct)
    {
        var root = Path.Join(folder, "vault");
        var key = RandomNumberGenerator.GetBytes(SealedStream.KeySize);
        var ways = new List<(string, Func<Task>)>
        {
            ("put, durable", async () => await PutAsync(root, source, key, verify: false, ct)),
            ("put, durable, read back", async () => await PutAsync(root, source, key, verify: true, ct)),
            ("read to nothing", async () => await ReadAsync(root, key, Stream.Null, ct)),
            ("read to a file", async () =>
            {
                await using var copy = new FileStream(Path.Join(folder, "copy"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                await ReadAsync(root, key, copy, ct);
            }),
        };
        if (Peer.Find("age") is null || Peer.Find("age-keygen") is null) return ways;
        await Peer.RunAsync($"age-keygen -o {folder}/key 2>/dev/null && age-keygen -y {folder}/key > {folder}/recipient", ct);
        ways.Add(("age, sync", () => Peer.RunAsync($"rm -f {folder}/age && age -r $(cat {folder}/recipient) -o {folder}/age {source} && sync {folder}/age", ct)));
        ways.Add(("age, sync, decrypt to nothing", () => Peer.RunAsync($"rm -f {folder}/age && age -r $(cat {folder}/recipient) -o {folder}/age {source} && sync {folder}/age && age -d -i {folder}/key {folder}/age > /dev/null", ct)));
        ways.Add(("age, decrypt to nothing", () => Peer.RunAsync($"age -d -i {folder}/key {folder}/age > /dev/null", ct)));
        ways.Add(("age, decrypt to a file", () => Peer.RunAsync($"age -d -i {folder}/key -o {folder}/age-copy {folder}/age", ct)));
        return ways;
    }

    private static string[] Cells(string name, List<double> seconds, Dictionary<string, List<double>> times)
    {
        string[] peers = name switch
        {
            "put, durable" => ["age, sync"],
            "put, durable, read back" => ["age, sync", "age, sync, decrypt to nothing"],
            "read to nothing" => ["age, decrypt to nothing"],
            "read to a file" => ["age, decrypt to a file"],
            _ => [],
        };
        var median = Report.Median(seconds);
        var beside = peers.Where(times.ContainsKey).Select(peer => $"{Report.Number(Report.Median(times[peer]) / median, 2)} x as fast as '{peer}'");
        return
        [
            name, Report.Number(median, 2), $"{Report.Number(seconds.Min(), 2)} - {Report.Number(seconds.Max(), 2)}",
            Report.Number(Mebibytes * 1.048576 / median, 0), string.Join("; ", beside),
        ];
    }

    private static async Task PutAsync(string root, string source, byte[] key, bool verify, CancellationToken ct)
    {
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
        await using var store = await DiskObjectStore.OpenAsync(root, create: true, ct);
        await using var content = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long taken;
        uint part = 0;
        do
        {
            var context = Context with { Part = part };
            await using (var writer = await store.CreateAsync(PartName(part), ct))
            {
                taken = await SealedStream.SealAsync(context, key, content, SealedObject.PartSize, writer, ct);
                if (!await writer.CommitAsync(ct)) throw new InvalidOperationException("the name is taken");
            }

            if (verify)
            {
                await using var reader = await store.OpenAsync(PartName(part), ct) ?? throw new InvalidOperationException("the part is gone");
                await SealedStream.VerifyAsync(context with { Last = taken < SealedObject.PartSize }, key, reader, 0, reader.Length, ct);
            }

            part++;
        }
        while (taken == SealedObject.PartSize);
    }

    private static async Task ReadAsync(string root, byte[] key, Stream copy, CancellationToken ct)
    {
        await using var store = await DiskObjectStore.OpenAsync(root, create: false, ct);
        var names = await store.ListAsync("parts/", null, 10_000, ct);
        for (uint part = 0; part < names.Count; part++)
        {
            var reader = await store.OpenAsync(PartName(part), ct) ?? throw new InvalidOperationException("the part is gone");
            await using var stream = await SealedStream.OpenReadAsync(Context with { Part = part, Last = part == names.Count - 1 }, key, reader, 0, reader.Length, ownsSource: true, ct);
            // In step, as a disk is written: an asynchronous FileStream hands every buffer to another thread, which measures the scheduler.
            stream.CopyTo(copy, 1 << 20);
        }
    }

    private static ObjectName PartName(uint part) => new($"parts/{part:x8}");

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
