using System.Diagnostics;
using System.Globalization;

namespace DossierKit.Benchmarks.Serving;

/// <summary>
/// Fifty people work at once: pages, lists, the API, uploads, notes recorded on the version that was read, concepts of letters. Is every answer right, is nothing that was recorded
/// lost, and how long does a page of the dossier with 500 documents take?
/// </summary>
internal static class MixedLoad
{
    public static async Task RunAsync(Report report)
    {
        var (seconds, users) = (Arguments.Number("--seconds", 600), Arguments.Number("--users", 50));
        var think = TimeSpan.FromMilliseconds(Arguments.Number("--think", 1000));
        var original = await BigVault.GetAsync(Arguments.Number("--dossiers", 2000), Arguments.Number("--documents", 500));
        var vault = await original.CopyAsync("load");
        using var served = await ServedProgram.StartAsync(vault.Data, vault.State);
        var ledger = new Ledger();
        var length = TimeSpan.FromSeconds(seconds);
        var before = served.Process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        long peak = 0;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, served.Memory);
                await Task.Delay(500);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, users).Select(i => Task.Run(async () =>
        {
            // Not all at the same moment: people come in over a minute.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(60_000, seconds * 100) * (double)i / users));
            await new LoadUser(served.Address, i, vault, ledger, think).RunAsync(() => watch.Elapsed < length);
        })));
        var cpu = served.Process.TotalProcessorTime - before;
        var ran = watch.Elapsed;
        await stop.CancelAsync();
        await watching;
        await ledger.CompareAsync(served.Address, vault);

        report.Columns("what", "requests", "median", "p95", "p99", "worst");
        foreach (var (what, times) in ledger.Times.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var sorted = times.Order().ToArray();
            report.Row(what, sorted.Length.ToString(CultureInfo.InvariantCulture), Millis(0.5), Millis(0.95), Millis(0.99), Millis(1));

            string Millis(double share) => $"{Report.Number(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 0)} ms";
        }

        var requests = ledger.Times.Sum(pair => pair.Value.Count);
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"{users} people signed in, {vault.Dossiers} dossiers, {ran.TotalSeconds:0} s, on average {think.TotalMilliseconds:0} ms between an answer and the next request; {requests / ran.TotalSeconds:0} requests/s. The clients run on the same machine as the host and share its {Environment.ProcessorCount} cores."));
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"Errors: {ledger.Errors.Count}. Notes acknowledged: {ledger.Acknowledged}; lost: {ledger.Lost}; recorded twice: {ledger.Twice}; conflicts found and decided again: {ledger.Conflicts}. Files acknowledged: {ledger.Files.Count}; missing or other bytes: {ledger.WrongFiles}."));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"The host used {100 * cpu / ran:0} % of one core on average and at most {peak >> 20} MB of memory."));
        foreach (var error in ledger.Errors.Take(10)) report.Note($"FAILED {error}");
        if (ledger.Errors.IsEmpty && ledger.Lost + ledger.Twice + ledger.WrongFiles == 0) return;
        report.Print();
        throw new InvalidOperationException("There were errors, or something was lost.");
    }
}
