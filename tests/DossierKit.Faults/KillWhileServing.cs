using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DossierKit.Benchmarks.Serving;

namespace DossierKit.Faults;

/// <summary>
/// Kills the host (SIGKILL) at a random moment while people record and upload, starts it again, and asks: is everything there that it acknowledged, once and with its bytes? Whoever
/// got no answer sends the same request again with the same key, as a program of a municipality would; then that is there exactly once as well.
/// </summary>
internal static class KillWhileServing
{
    private const int Workers = 8;
    private static readonly string[] Dossiers = ["WL-2026-0001", "WL-2026-0002"];

    /// <param name="times">How many kills.</param>
    /// <param name="seed">Makes the moments of killing the same again, as far as the machine is.</param>
    /// <param name="minutes">Stops earlier, after the kill that passes this; the report says how many there were.</param>
    /// <param name="save">Where the report goes; <see langword="null"/>: nowhere.</param>
    public static async Task<int> RunAsync(int times, int seed, int minutes, string? save)
    {
        var (random, sitting, asked, failures) = (new Random(seed), Stopwatch.StartNew(), times, new List<string>());
        using var program = new DossierkitProgram(isDemo: true);
        var data = Path.Combine(program.Folder, "data");
        using (var demo = program.Start("demo", "--no-serve", "--out", Path.Combine(program.Folder, "out")))
        {
            var output = demo.StandardOutput.ReadToEndAsync();
            var error = await demo.StandardError.ReadToEndAsync();
            await demo.WaitForExitAsync();
            if (demo.ExitCode != 0) throw new InvalidOperationException($"demo ended with {demo.ExitCode}: {error}{await output}");
        }

        var written = new ConcurrentDictionary<string, Wanted>(StringComparer.Ordinal);
        var (repeated, unanswered) = (0, 0);
        for (var round = 0; round < times; round++)
        {
            if (sitting.Elapsed > TimeSpan.FromMinutes(minutes))
            {
                times = round;
                break;
            }

            using (var served = await ServedProgram.StartAsync(data, Path.Combine(program.Folder, "state")))
            {
                // First what nobody answered last time, then everything anew.
                foreach (var wanted in written.Values.Where(wanted => !wanted.IsAcknowledged).ToList())
                {
                    using var client = await SignedClient.SignInAsync(served.Address, wanted.Person, "Proef");
                    if (await SendAsync(client, wanted) is { } problem) failures.Add($"{round}: sent again, {problem}");
                    repeated++;
                }

                using var stop = new CancellationTokenSource();
                var work = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(served.Address, round, worker, written, failures, stop.Token))).ToList();
                // However busy the machine is, the kill comes while answers go out: from the first one of this round.
                var before = written.Values.Count(wanted => wanted.IsAcknowledged);
                for (var waited = Stopwatch.StartNew(); written.Values.Count(wanted => wanted.IsAcknowledged) <= before;)
                {
                    if (waited.Elapsed > TimeSpan.FromMinutes(2)) throw new InvalidOperationException("Nothing was acknowledged within two minutes.");
                    await Task.Delay(20);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 2500));
                served.Process.Kill();
                await served.Process.WaitForExitAsync();
                await stop.CancelAsync();
                await Task.WhenAll(work);
            }

            unanswered += written.Values.Count(wanted => !wanted.IsAcknowledged);
            failures.AddRange((await CompareAsync(program, data, written)).Select(failure => $"{round}: {failure}"));
            Console.Error.WriteLine($"{round + 1}/{times}: {written.Values.Count(wanted => wanted.IsAcknowledged)} acknowledged, {failures.Count} failures{(failures.Count > 0 ? $", the last: {failures[^1]}" : "")}");
            if (failures.Count > 50) break;
        }

        var (verifyCode, verify, _) = await program.RunAsync("verify", "--json");
        if (verifyCode != 0) failures.Add($"verify ended with {verifyCode}: {verify}");
        var acknowledged = written.Values.Count(wanted => wanted.IsAcknowledged);
        var summary = string.Create(CultureInfo.InvariantCulture,
            $"{times} kills while {Workers} people recorded and uploaded; {acknowledged} notes and files acknowledged, {unanswered} requests without an answer, {repeated} sent again with their key; {failures.Count} failures.");
        foreach (var failure in failures) Console.WriteLine(failure);
        Console.WriteLine(summary);
        if (save is not null) await File.WriteAllTextAsync(save, Report(times, asked, seed, minutes, sitting.Elapsed, summary, failures));
        return failures.Count == 0 && acknowledged > times && unanswered > 0 ? 0 : 1;
    }

    private static async Task WorkAsync(Uri address, int round, int worker, ConcurrentDictionary<string, Wanted> written, List<string> failures, CancellationToken ct)
    {
        try
        {
            using var client = await SignedClient.SignInAsync(address, worker % 2 == 0 ? "fi" : "plaatsvervanger", "Proef");
            for (var i = 0; !ct.IsCancellationRequested; i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"ronde-{round}-{worker}-{i}-{Guid.NewGuid():n}");
                var wanted = new Wanted(key, Dossiers[i % Dossiers.Length], worker % 2 == 0 ? "fi" : "plaatsvervanger", worker < 6 || i % 4 == 0 ? null : RandomNumberGenerator.GetBytes(1 + (64 << 10) + RandomNumberGenerator.GetInt32(1 << 20)));
                written[key] = wanted;
                if (await SendAsync(client, wanted) is { } problem) lock (failures) failures.Add(problem);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The host was killed under it, as it should be.
        }
    }

    /// <summary>Sends a request; what went wrong when the host answered with something else than that it is done.</summary>
    private static async Task<string?> SendAsync(SignedClient client, Wanted wanted)
    {
        HttpResponseMessage answer;
        if (wanted.Bytes is { } bytes)
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            answer = await client.PostAsync($"/v1/dossiers/{wanted.Dossier}/bestanden", content, "*", wanted.Key, default, ("Bestand-Naam", $"{wanted.Key}.bin"), ("Bestand-Soort", "bewijs"), ("Bestand-Compartiment", "onderzoek"), ("Bestand-Datum", "2026-11-02"));
        }
        else
        {
            using var content = new StringContent($$"""{"soort":"journaal-aantekening","datum":"2026-11-01","aantekening":"merk {{wanted.Key}}"}""", Encoding.UTF8, "application/json");
            answer = await client.PostAsync($"/v1/dossiers/{wanted.Dossier}/gebeurtenissen", content, "*", wanted.Key, default);
        }

        using (answer)
        {
            if (answer.StatusCode != HttpStatusCode.Created) return $"{wanted.Key}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            wanted.IsAcknowledged = true;
            return null;
        }
    }

    /// <summary>Looks with a fresh host at what is there.</summary>
    private static async Task<IReadOnlyList<string>> CompareAsync(DossierkitProgram program, string data, ConcurrentDictionary<string, Wanted> written)
    {
        var failures = new List<string>();
        using var served = await ServedProgram.StartAsync(data, Path.Combine(program.Folder, "state"));
        using var client = await SignedClient.SignInAsync(served.Address, "fi", "Vergelijken");
        foreach (var dossier in Dossiers)
        {
            var notes = (await Notes.ReadAsync(client, dossier)).CountBy(note => note["merk ".Length..], StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            var files = (await FilesAsync(client, dossier)).ToLookup(file => file.Name, StringComparer.Ordinal);
            foreach (var wanted in written.Values.Where(wanted => wanted.Dossier == dossier))
            {
                if (wanted.Bytes is null)
                {
                    var count = notes.GetValueOrDefault(wanted.Key);
                    if (count > 1) failures.Add($"{wanted.Key} is there {count} times");
                    if (count == 0 && wanted.IsAcknowledged) failures.Add($"{wanted.Key} was acknowledged and is gone");
                    continue;
                }

                var found = files[$"{wanted.Key}.bin"].ToList();
                if (found.Count > 1) failures.Add($"{wanted.Key} is there {found.Count} times");
                if (found.Count == 0 && wanted.IsAcknowledged) failures.Add($"{wanted.Key} was acknowledged and is gone");
                if (found.Count != 1 || wanted.WasRead) continue;
                using var answer = await client.GetAsync($"/v1/dossiers/{dossier}/bestanden/{found[0].Id}/inhoud", default);
                if (!answer.IsSuccessStatusCode || !(await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(wanted.Bytes)) failures.Add($"{wanted.Key} has other bytes ({(int)answer.StatusCode})");
                wanted.WasRead = true;
            }
        }

        return failures;
    }

    private static async Task<IReadOnlyList<(string Id, string Name)>> FilesAsync(SignedClient client, string dossier)
    {
        var files = new List<(string, string)>();
        for (var path = $"/v1/dossiers/{dossier}/bestanden?aantal=200"; path is not null;)
        {
            using var answer = await client.GetAsync(path, default);
            answer.EnsureSuccessStatusCode();
            var page = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement;
            files.AddRange(page.GetProperty("items").EnumerateArray().Select(file => (file.GetProperty("id").GetString()!, file.GetProperty("naam").GetString()!)));
            path = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }

        return files;
    }

    private static string Report(int times, int asked, int seed, int minutes, TimeSpan lasted, string summary, List<string> failures) => string.Create(CultureInfo.InvariantCulture, $"""
        # Killed while serving
        `dotnet run -c Release --project tests/DossierKit.Faults -- kill-serve --times {asked} --seed {seed} --minutes {minutes} --save tests/DossierKit.Faults/Results/kill-serve.md`

        - {DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {lasted.TotalMinutes:0} minutes{(times < asked ? $"; stopped after {times} of {asked} because its time was up" : "")}
        - {summary}

        After every kill (SIGKILL at a random moment, within 2.5 s of the first answer) a fresh host is asked for all of it: what was acknowledged is there once, with its bytes; a request without an answer
        is sent again with its key (`Idempotency-Key`) and is then there once. `verify` at the end finds no damage.
        {string.Concat(failures.Select(failure => $"\n- FAILED {failure}"))}

        """);

    /// <summary>Something somebody wants kept: a note, or a file.</summary>
    private sealed class Wanted(string key, string dossier, string person, byte[]? bytes)
    {
        public string Key => key;

        public string Dossier => dossier;

        public string Person => person;

        public byte[]? Bytes => bytes;

        public bool IsAcknowledged { get; set; }

        public bool WasRead { get; set; }
    }
}
