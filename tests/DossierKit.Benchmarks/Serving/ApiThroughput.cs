using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace DossierKit.Benchmarks.Serving;

/// <summary>How many dossiers a second does the API give, beside a minimal API that does nothing, on the same machine with the same client?</summary>
internal static class ApiThroughput
{
    private const int Connections = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(Report report)
    {
        var vault = await BigVault.GetAsync(Arguments.Number("--dossiers", 2000), 500);
        using var served = await ServedProgram.StartAsync(vault.Data, vault.State);
        var empty = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ServedProgram.FreePort()}"));
        using var peer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--child", "empty-api", empty.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            using var plain = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = empty };
            for (var tries = 0; ; tries++)
            {
                try
                {
                    await plain.GetStringAsync(new Uri("/leeg", UriKind.Relative));
                    break;
                }
                catch (HttpRequestException) when (tries < 200)
                {
                    await Task.Delay(25);
                }
            }

            using var client = await SignedClient.SignInAsync(served.Address, BigVault.People[0], "Meten");
            var (nothing, small, full, list) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                // In turns, so that a busy moment of the machine touches both. The first round warms up.
                var figures = (await RateAsync(ct => plain.GetAsync(new Uri("/leeg", UriKind.Relative), ct)), await RateAsync(ct => client.GetAsync($"/v1/dossiers/{BigVault.Number(2)}", ct)),
                    await RateAsync(ct => client.GetAsync($"/v1/dossiers/{BigVault.Full}", ct)), await RateAsync(ct => client.GetAsync("/v1/dossiers", ct)));
                if (round < 0) continue;
                nothing.Add(figures.Item1);
                small.Add(figures.Item2);
                full.Add(figures.Item3);
                list.Add(figures.Item4);
            }

            var bar = Report.Median(nothing);
            report.Columns("what", "requests/s (median of 5)", "of the empty API");
            foreach (var (what, rates) in ((string, List<double>)[])[("empty minimal API", nothing), ("GET /v1/dossiers/{nummer}, an ordinary dossier", small), ("GET /v1/dossiers/{nummer}, the one with 500 documents", full), ("GET /v1/dossiers, first page of 2,000", list)])
                report.Row(what, Report.Number(Report.Median(rates), 0), $"{Report.Number(100 * Report.Median(rates) / bar, 0)} %");
            report.Note($"{Connections} requests at a time from one process on the same machine; signed in, access decided and the vault asked for changes at every request. The bar: an ordinary dossier at 20 % or more.");
        }
        finally
        {
            peer.Kill();
        }
    }

    private static async Task<double> RateAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask)
    {
        using var stop = new CancellationTokenSource();
        var (count, watch) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < Length)
            {
                using var answer = await ask(stop.Token);
                if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"The answer was {(int)answer.StatusCode}.");
                Interlocked.Increment(ref count);
            }
        })));
        return count / watch.Elapsed.TotalSeconds;
    }
}
