using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DossierKit.Benchmarks.Serving;

/// <summary>How much more memory does a recording of 1 GiB cost the host, and does any of it reach a file in clear?</summary>
internal static partial class LargeUpload
{
    private const string Canary = "KANARIE-IN-HET-KLAAR";

    public static async Task RunAsync(Report report)
    {
        var original = await BigVault.GetAsync(20, 50);
        var vault = await original.CopyAsync("upload");
        var megabytes = Arguments.Number("--megabytes", 1024);
        report.Columns("what", "result", "bar");
        using (var served = await ServedProgram.StartAsync(vault.Data, vault.State))
        {
            using var client = await SignedClient.SignInAsync(served.Address, BigVault.People[0], "Proef met een grote opname");
            // What the first upload of a process costs once, such as compiled code, is not the file's.
            await SendAsync(client, 32);
            var before = served.Memory;
            var most = before;
            using var stop = new CancellationTokenSource();
            var watching = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    most = Math.Max(most, served.Memory);
                    await Task.Delay(20);
                }
            });
            var watch = Stopwatch.StartNew();
            var (id, sha) = await SendAsync(client, megabytes);
            var took = watch.Elapsed;
            await stop.CancelAsync();
            await watching;
            var more = (most - before) / (1 << 20);
            report.Row($"upload of {megabytes} MiB: memory above that before it", $"{Math.Max(0, more)} MiB", "< 64 MiB");
            report.Row("the same: time", $"{Report.Number(took.TotalSeconds)} s ({Report.Number(megabytes / took.TotalSeconds, 0)} MiB/s)", "");
            if (await HashAsync(client, id) != sha) throw new InvalidOperationException("The file came back with other bytes.");
            report.Row("the same: read back", "the same bytes", "");
            if (more >= 64) throw new InvalidOperationException($"The upload cost {more} MiB.");
        }

        if (Peer.Find("strace") is null)
        {
            report.Note("strace is not installed: what is written was not looked at.");
            return;
        }

        var trace = Path.Combine(vault.Folder, "trace");
        // The start of every write to whatever is no socket; the canary stands in the content every kilobyte.
        using (var served = await ServedProgram.StartAsync(vault.Data, vault.State, "/aanmelden", ["strace", "-f", "-yy", "-s", "4096", "-e", "trace=write,pwrite64,pwritev,pwritev2,writev,sendto,sendmsg,openat,open,creat,openat2,memfd_create", "-o", trace]))
        {
            using var client = await SignedClient.SignInAsync(served.Address, BigVault.People[0], "Proef met een grote opname");
            await SendAsync(client, 48);
        }

        var (writes, clear, opened) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in File.ReadLines(trace))
        {
            if (WritingIn().Match(line) is { Success: true } write && !write.Groups["to"].Value.StartsWith("TCP", StringComparison.Ordinal) && !write.Groups["to"].Value.StartsWith("socket", StringComparison.Ordinal))
            {
                writes++;
                if (line.Contains(Canary, StringComparison.Ordinal)) clear++;
            }
            else if (OpeningIn().Match(line) is { Success: true } open)
            {
                opened.Add(open.Groups["path"].Value);
            }
        }

        var found = opened.Where(path => File.Exists(path) && !path.StartsWith("/proc/", StringComparison.Ordinal) && !path.StartsWith("/sys/", StringComparison.Ordinal) && !path.StartsWith("/dev/", StringComparison.Ordinal) && Holds(path)).ToList();
        report.Row(string.Create(CultureInfo.InvariantCulture, $"writes of the host during an upload of 48 MiB that hold the canary in clear (of {writes} looked at)"), clear.ToString(CultureInfo.InvariantCulture), "0");
        report.Row(string.Create(CultureInfo.InvariantCulture, $"files the host opened that hold it afterwards (of {opened.Count})"), found.Count.ToString(CultureInfo.InvariantCulture), "0");
        report.Note("The client streams from memory on the same machine. The memory is that of the process (resident), looked at every 20 ms.");
        if (writes == 0) throw new InvalidOperationException("Nothing was traced: the scan would prove nothing.");
        if (clear + found.Count > 0) throw new InvalidOperationException("Something was written in clear.");
    }

    private static async Task<(string Id, string Sha256)> SendAsync(SignedClient client, int megabytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new Repeated(megabytes, hash) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var answer = await client.PostAsync($"/v1/dossiers/{BigVault.Number(2)}/bestanden", content, "*", null, default, ("Bestand-Naam", "beelden.bin"), ("Bestand-Soort", "bewijs"), ("Bestand-Compartiment", "onderzoek"));
        if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"The upload gave {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        var file = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement;
        var sha = Convert.ToHexStringLower(hash.GetHashAndReset());
        return file.GetProperty("sha256").GetString() == sha ? (file.GetProperty("id").GetString()!, sha) : throw new InvalidOperationException("The host received other bytes than were sent.");
    }

    private static async Task<string> HashAsync(SignedClient client, string id)
    {
        // In parts, as a player asks for them.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long from = 0, total = 1; from < total;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/dossiers/{BigVault.Number(2)}/bestanden/{id}/inhoud", UriKind.Relative));
            request.Headers.Range = new RangeHeaderValue(from, from + (16 << 20) - 1);
            using var answer = await client.SendAsync(request, default);
            if (answer.StatusCode != HttpStatusCode.PartialContent) throw new InvalidOperationException($"Reading a part gave {(int)answer.StatusCode}.");
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            hash.AppendData(bytes);
            from += bytes.Length;
            total = answer.Content.Headers.ContentRange!.Length!.Value;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool Holds(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (buffer, canary, kept) = (new byte[1 << 20], Encoding.ASCII.GetBytes(Canary), 0);
            for (int read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0;)
            {
                if (buffer.AsSpan(0, kept + read).IndexOf(canary) >= 0) return true;
                var length = Math.Min(canary.Length, kept + read);
                buffer.AsSpan(kept + read - length, length).CopyTo(buffer);
                kept = length;
            }

            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex("(write|pwrite64|pwritev|pwritev2|writev|sendto|sendmsg)\\([0-9]+<(?<to>[^>]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex WritingIn();

    [GeneratedRegex("(open|openat|creat|openat2)\\(.* = [0-9]+<(?<path>/[^>]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex OpeningIn();

    /// <summary>Content of any length that is never held as a whole: numbered lines with the canary in each.</summary>
    private sealed class Repeated(int megabytes, IncrementalHash hash) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < megabytes; i++)
            {
                var block = Block(i);
                hash.AppendData(block);
                await stream.WriteAsync(block);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)megabytes << 20;
            return true;
        }

        private static byte[] Block(int index)
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"{Canary} {index:00000} {i:0000}");
                Encoding.ASCII.GetBytes(line.PadRight(1024, '.')).CopyTo(block, i << 10);
            }

            return block;
        }
    }
}
