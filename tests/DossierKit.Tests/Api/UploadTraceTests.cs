using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

using DossierKit.Tests.Cli;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>What uploading does to disk and memory, seen from outside the real program.</summary>
public sealed partial class UploadTraceTests
{
    private const int Size = 64 << 20;

    // The framework's own way with a form puts every file of it in the folder for temporary files, in clear, and deletes it when the request ends:
    // it stays readable on the disk for as long as nothing overwrites it, whatever the vault destroys.
    // So the kernel is asked which files were opened for writing, and each is searched for what was sent.
    [Fact]
    public async Task Upload_Traced_NoPlaintextInAnyFileAndMemoryStaysFlat()
    {
        Vault.Store.Strace.SkipWithout();
        using var program = new DossierKitProcess();
        (await program.RunAsync("dossierkit demo --no-serve")).Exit.ShouldBe(0);
        var canary = new byte[4096];
        new Random(7).NextBytes(canary);
        var trace = program.At("trace");
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ServedVault.FreePort()}"));
        var start = new ProcessStartInfo("strace") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])["-f", "-y", "-e", "trace=open,openat,creat", "-o", trace, "dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), "serve", "--data", "demo-data", "--urls", address.ToString()])
            start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var strace = Process.Start(start)!;
        var child = 0;
        try
        {
            using var client = await SignInAsync(address);
            child = int.Parse((await File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{strace.Id}/task/{strace.Id}/children"))).Split(' ')[0], CultureInfo.InvariantCulture);
            // The first of each way loads code and fills pools; what comes after must need no more.
            foreach (var size in (int[])[1 << 20, Size])
            {
                var before = await PeakAsync(child);
                await SendAsync(client, asForm: true, canary, size);
                await SendAsync(client, asForm: false, canary, size);
                if (size == Size) (await PeakAsync(child) - before).ShouldBeLessThan(48L << 10, "KiB");
            }
        }
        finally
        {
            using (var kill = Process.Start("kill", ["-TERM", (child == 0 ? strace.Id : child).ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            await strace.WaitForExitAsync();
        }

        var written = (await File.ReadAllLinesAsync(trace)).Select(line => Written().Match(line)).Where(match => match.Success).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();
        written.ShouldContain(path => path.StartsWith(program.At("demo-data/"), StringComparison.Ordinal));
        string[] allowed = [program.At("demo-data"), program.At("demo-data.state"), "/dev/", "/proc/", "/memfd:", "/sys/"];
        written.Where(path => !allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
        var sizes = 0L;
        foreach (var file in Directory.EnumerateFiles(program.Folder, "*", SearchOption.AllDirectories))
        {
            sizes += new FileInfo(file).Length;
            (await HoldsAsync(file, canary.AsMemory(1000, 32))).ShouldBeFalse(file);
        }

        // What was searched does hold the uploads, sealed.
        sizes.ShouldBeGreaterThan(2L * Size);
    }

    private static async Task SendAsync(HttpClient client, bool asForm, byte[] canary, int size)
    {
        HttpContent file = new StreamContent(new Repeating(canary, size), 1 << 16);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers/WL-2026-0001/bestanden", UriKind.Relative));
        (string Field, string Value)[] fields = [("soort", "bewijs"), ("compartiment", "onderzoek"), ("datum", "2026-03-02")];
        if (asForm)
        {
            var form = new MultipartFormDataContent();
            foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
            form.Add(file, "bestand", "groot.bin");
            request.Content = form;
        }
        else
        {
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content = file;
            foreach (var (field, value) in fields) request.Headers.Add($"Bestand-{field}", value);
            request.Headers.Add("Bestand-Naam", "groot.bin");
        }

        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        request.Headers.Add("Doel", "Proef");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        using var form = new FormUrlEncodedContent([new("persoon", "fi")]);
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var signedIn = await client.PostAsync(new Uri("/aanmelden/voorbeeld", UriKind.Relative), form);
                break;
            }
            catch (HttpRequestException) when (tries < 600)
            {
                await Task.Delay(100);
            }
        }

        client.DefaultRequestHeaders.Add("X-CSRF-Token", ServedVault.FormTokenIn(await client.GetStringAsync(new Uri("/werk", UriKind.Relative))));
        return client;
    }

    /// <summary>The most memory the process had, KiB.</summary>
    private static async Task<long> PeakAsync(int process)
        => (await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))).Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture)).Single();

    private static async Task<bool> HoldsAsync(string path, ReadOnlyMemory<byte> needle)
    {
        await using var file = File.OpenRead(path);
        var buffer = new byte[1 << 20];
        for (var kept = 0; ;)
        {
            var count = await file.ReadAtLeastAsync(buffer.AsMemory(kept), 1, throwOnEndOfStream: false);
            if (count == 0) return false;
            var length = kept + count;
            if (buffer.AsSpan(0, length).IndexOf(needle.Span) >= 0) return true;
            kept = Math.Min(length, needle.Length - 1);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
    }

    [GeneratedRegex("(O_WRONLY|O_RDWR|O_CREAT|creat\\().* = \\d+<(?<path>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    /// <summary>The canary over and over.</summary>
    private sealed class Repeating(byte[] canary, int length) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var most = Math.Min(Math.Min(count, length - _given), canary.Length - (_given % canary.Length));
            canary.AsSpan(_given % canary.Length, most).CopyTo(buffer.AsSpan(offset));
            _given += most;
            return most;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
