using System.Diagnostics;
using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Retention;

namespace DossierKit.Benchmarks;

/// <summary>
/// What does destroying one object cost, in a list of 10, 100 and 1,000? By the whole path, proof and statement included: recordings over many dossiers, recordings in one dossier, and
/// whole dossiers, in a vault on disk with as many dossiers again that stay.
/// </summary>
internal static class Destroying
{
    private static readonly int[] Counts = [10, 100, 1000];

    public static async Task RunAsync(Report report)
    {
        report.Columns("what", "objects", "ms per object", "total s", "peer: the same without proof and lists, ms per object");
        foreach (var count in Counts) await RecordingsAsync(report, "recordings, five in a dossier", count, 5);
        foreach (var count in Counts) await RecordingsAsync(report, "recordings, up to 200 in a dossier", count, Math.Min(count, 200));
        foreach (var count in Counts) await DossiersAsync(report, count);
        report.Note("Each list in a vault of its own, with as many dossiers that stay (10 to 200). The peer destroys the same number in another vault of the same make, one call an object, as the library did before there were lists.");
    }

    private static async Task RecordingsAsync(Report report, string what, int count, int perDossier)
    {
        await using var vault = await House.CreateAsync(count / perDossier, perDossier, staying: Math.Min(200, Math.Max(10, count / perDossier)));
        var elapsed = await RunListAsync(vault, DestructionPath.Light, count);

        // The peer: a sample of single destructions, each with its own commit.
        var task = await vault.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        var sample = new List<double>();
        foreach (var entry in (await vault.Register.AllEntriesAsync(default)).Where(entry => entry.Recordings > 0).Take(10))
        {
            var watch = Stopwatch.StartNew();
            await task.DestroyObjectsAsync(entry.Number, [entry.Retention.Recordings[0].File.Value], "proef", default);
            sample.Add(watch.Elapsed.TotalMilliseconds);
        }

        Row(report, what, count, elapsed, sample);
    }

    private static async Task DossiersAsync(Report report, int count)
    {
        await using var vault = await House.CreateAsync(count, 1, staying: Math.Min(200, count));
        var elapsed = await RunListAsync(vault, DestructionPath.List, count);
        var task = await vault.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        var sample = new List<double>();
        foreach (var entry in (await vault.Register.AllEntriesAsync(default)).Take(10))
        {
            var watch = Stopwatch.StartNew();
            await task.DestroyDossierAsync(entry.Number, default);
            sample.Add(watch.Elapsed.TotalMilliseconds);
        }

        Row(report, "whole dossiers", count, elapsed, sample);
    }

    private static async Task<TimeSpan> RunListAsync(House vault, DestructionPath path, int count)
    {
        var list = (await vault.Lists.ProposeAsync(vault.As("fi"), new DestructionChoice(path, vault.Going), default)).Value;
        if (list.Items.Count != count) throw new InvalidOperationException($"The list has {list.Items.Count} items, not {count}.");
        foreach (var person in path == DestructionPath.Light ? (string[])["archivaris"] : ["archivaris", "medebeslisser"]) _ = (await vault.Lists.ApproveAsync(vault.As(person), list.Number, null, default)).Value;
        var watch = Stopwatch.StartNew();
        var done = (await vault.Lists.RunAsync(vault.As("fi"), list.Number, list.Number, null, default)).Value;
        if (done.Status != ListStatus.Done) throw new InvalidOperationException($"The list ended as {done.Status}.");
        return watch.Elapsed;
    }

    private static void Row(Report report, string what, int count, TimeSpan elapsed, List<double> sample) => report.Row(
        what, count.ToString("N0", CultureInfo.InvariantCulture), Report.Number(elapsed.TotalMilliseconds / count, 2), Report.Number(elapsed.TotalSeconds, 1), sample.Count == 0 ? "" : Report.Number(Report.Median(sample), 1));

    /// <summary>A vault on disk with people and cases, on a clock of its own.</summary>
    private sealed class House : TimeProvider, IAsyncDisposable
    {
        private readonly BenchmarkVault _vault;

        private House(BenchmarkVault vault) => _vault = vault;

        public DossierRegister Register { get; private set; } = null!;

        public DestructionRegister Lists { get; private set; } = null!;

        public List<DossierNumber> Going { get; } = [];

        public override DateTimeOffset GetUtcNow() => new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);

        public static async Task<House> CreateAsync(int dossiers, int recordings, int staying)
        {
            var house = new House(await BenchmarkVault.CreateAsync());
            house.Register = await DossierRegister.LoadAsync(house._vault.Vault, house, default);
            await house.StaffAsync();
            house.Lists = DestructionRegister.Of(house.Register, new DestructionRules { LargestList = 2000, WaitingDays = 0 });
            for (var i = 1; i <= dossiers + staying; i++)
            {
                var isGoing = i <= dossiers;
                var number = await house.ImportAsync(string.Create(CultureInfo.InvariantCulture, $"WL-2025-{i:00000}"), isGoing ? recordings : 1, isGoing ? "12.3" : "12.1.7");
                if (isGoing) house.Going.Add(number);
            }

            Console.Error.WriteLine($"{dossiers + staying} dossiers");
            return house;
        }

        public ActingPerson As(string person) => Register.Staff.SignIn(new PersonId(person), $"os:{person}").Value;

        public async ValueTask DisposeAsync()
        {
            Lists.Dispose();
            Register.Dispose();
            await _vault.DisposeAsync();
        }

        private async Task StaffAsync()
        {
            var municipality = new Municipality
            {
                Name = "Waterlanden",
                Address = new PostalAddress { Street = "Dijkplein 1", PostalCode = "9990 AA", Town = "Waterlanden" },
                Signatory = "mevrouw S. Dijkgravenhuis",
                SignatoryFunction = "gemeentesecretaris",
                ProtocolId = "waterlanden",
                NumberPrefix = "WL",
            };
            _ = (await Register.Staff.FoundAsync(
                municipality, new FoundingPerson(new PersonId("fi"), "mevrouw H. Plassenberger", "os:fi", null),
                new FoundingPerson(new PersonId("verantwoordelijke"), "mevrouw S. Dijkgravenhuis", "os:verantwoordelijke", null), "gemeentesecretaris", default)).Value;
            foreach (var (person, role) in new[] { ("archivaris", StaffRole.Archivaris), ("medebeslisser", StaffRole.Medebeslisser), ("onderzoeker", StaffRole.OnderzoekerIntern) })
            {
                _ = (await Register.Staff.AddPersonAsync(As("fi"), new PersonId(person), "de heer T. Zeekleidijk", null, default)).Value;
                _ = (await Register.Staff.BindAsync(As("fi"), new PersonId(person), $"os:{person}", default)).Value;
                var change = (await Register.Staff.AppointAsync(As("fi"), new PersonId(person), new Appointment(role, new DateOnly(2026, 1, 1)), default)).Value;
                _ = (await Register.Staff.ConfirmAsync(As("verantwoordelijke"), change.Waiting!.Id, default)).Value;
            }
        }

        private async Task<DossierNumber> ImportAsync(string number, int recordings, string selectielijst)
        {
            var folder = Path.Combine(_vault.Folder, "in", number);
            await ClosedCase.WriteAsync(folder, number, recordings, selectielijst: selectielijst);
            var read = await DossierImport.ReadAsync(folder, Register.Protocols.Library, new DateOnly(2026, 10, 1), default);
            var imported = (await Register.ImportAsync(As("fi"), read.Value, null, default)).Value;
            Directory.Delete(folder, recursive: true);
            return imported;
        }
    }
}
