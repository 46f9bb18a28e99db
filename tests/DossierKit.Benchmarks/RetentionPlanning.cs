using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>How fast is everything of 100,000 dossiers with 300,000 objects planned, from an opened vault, and in how much memory?</summary>
internal static class RetentionPlanning
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static int Dossiers => Arguments.Number("--dossiers", 100_000);

    public static async Task RunAsync(Report report)
    {
        await using var place = await BenchmarkVault.CreateAsync();
        var objects = 0;
        for (var i = 0; i < Dossiers; i += 5000)
        {
            var standings = Enumerable.Range(i, Math.Min(5000, Dossiers - i)).Select(Standing).ToList();
            objects += standings.Sum(standing => 1 + standing.Retention.Recordings.Count);
            await place.Vault.Catalogue.PutAsync(
                [.. standings.Select(standing => (OpaqueId.Random(), (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(standing, RegisterJsonContext.Default.CaseStanding)))], BenchmarkVault.At, default);
            Console.Error.WriteLine($"{i + standings.Count} dossiers");
        }

        // A snapshot is written every so many commits: it is what a vault of years has.
        for (var i = 0; i < Catalogue.SnapshotEvery; i++) await place.Vault.Catalogue.PutAsync([(OpaqueId.Random(), JsonSerializer.SerializeToUtf8Bytes(Standing(Dossiers + i), RegisterJsonContext.Default.CaseStanding))], BenchmarkVault.At, default);

        var rounds = new List<double[]>();
        for (var round = 0; round < 5; round++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--child", "plan", place.Folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var figures = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
            await process.WaitForExitAsync();
            rounds.Add([.. figures.Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))]);
        }

        report.Columns("what", "median", "worst of 5");
        Row("opening the vault", 0, "ms", 1);
        Row("reading the entries from its catalogue", 1, "ms", 1);
        Row($"planning {Dossiers:N0} dossiers, {objects:N0} objects", 2, "ms", 1);
        Row("entries and plan together: the bar is 2,000 ms", 3, "ms", 1);
        Row("writing the reasons of every item", 4, "ms", 1);
        Row("planning them a second time", 5, "ms", 1);
        Row("peak memory until every reason was written: the bar is 500 MB", 6, "MB", 1 << 20);
        report.Note("Each round is a fresh process. On average two recordings, copies or transcripts a dossier, one dossier in ten held, a class, names marked as in a real case; the plan is held whole in memory.");

        void Row(string what, int at, string unit, double per)
            => report.Row(what, $"{Report.Number(Report.Median(rounds.Select(round => round[at] / per)), 0)} {unit}", $"{Report.Number(rounds.Max(round => round[at] / per), 0)} {unit}");
    }

    public static async Task PlanOnceAsync(string folder)
    {
        var opening = Stopwatch.StartNew();
        await using var vault = await DossierVault.OpenAsync(BenchmarkVault.PlaceIn(folder), BenchmarkVault.Secret, default);
        using var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, default);
        var opened = opening.Elapsed.TotalMilliseconds;
        var watch = Stopwatch.StartNew();
        var entries = await register.AllEntriesAsync(default);
        var read = watch.Elapsed.TotalMilliseconds;
        var plan = RetentionPlanner.Plan(entries, ShippedSelectielijst.List, ProtocolLibrary.Shipped.Find, Today);
        var both = watch.Elapsed.TotalMilliseconds;
        // With every reason written once, as whoever prints the plan does.
        if (plan.Items.Count < 2 * Dossiers || plan.Items.Any(item => item.Reasons.Count == 0)) throw new InvalidOperationException("Items or reasons are missing.");
        var explained = watch.Elapsed.TotalMilliseconds;
        using var self = Process.GetCurrentProcess();
        var peak = self.PeakWorkingSet64;
        watch.Restart();
        GC.KeepAlive(RetentionPlanner.Plan(entries, ShippedSelectielijst.List, ProtocolLibrary.Shipped.Find, Today.AddDays(1)));
        var again = watch.Elapsed.TotalMilliseconds;
        GC.KeepAlive(plan);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{opened:F1} {read:F1} {both - read:F1} {both:F1} {explained - both:F1} {again:F1} {peak}"));
    }

    private static CaseStanding Standing(int index)
    {
        var started = new DateOnly(2012, 1, 1).AddDays(index % 5000);
        DateOnly? closed = index % 5 == 0 ? null : started.AddDays(90 + (index % 200));
        var recordings = Enumerable.Range(0, index % 5).Select(i => new RecordingFacts(
            new FileId(OpaqueId.Random()), i % 3 == 2 ? ArchiveObjectKind.Transcript : ArchiveObjectKind.Opname, null, started.AddDays(20), index % 3 == 0 ? null : started.AddDays(40), 20_000_000 + i, 0)).ToList();
        return new CaseStanding
        {
            Number = new DossierNumber(string.Create(CultureInfo.InvariantCulture, $"WL-{started.Year}-{index:000000}")),
            Protocol = "waterlanden",
            ProtocolVersion = "2025",
            Phase = closed is null ? DossierPhase.Onderzoek : DossierPhase.Gesloten,
            StartedOn = started,
            ClosedOn = closed,
            Files = 12,
            Bytes = 50_000_000,
            Recordings = recordings.Count,
            Offices = ["burgemeester", "gemeentesecretaris"],
            Marks = [.. Enumerable.Range(0, 4).Select(i => string.Create(CultureInfo.InvariantCulture, $"{index:x8}{i:x8}"))],
            MarkKey = Convert.ToBase64String(new byte[32]),
            Retention = new RetentionFacts
            {
                Class = closed is null ? null : new Classification("selectielijst-2020", "12.1.7", Nominatie.Vernietigen, "P10Y", Afleidingswijze.Afgehandeld, null, closed.Value),
                Recordings = recordings,
                Holds = index % 10 == 0 ? [new Hold(OpaqueId.Random(), HoldKind.Civiel, null, started.AddDays(50), new DateOnly(2026, 6, 1), new PersonId("fi"), null)] : [],
                Moments = index % 2 == 0 ? [new EventMoment(EventNames.MaatregelGenomen, started.AddDays(80), started.AddDays(80))] : [],
            },
        };
    }
}
