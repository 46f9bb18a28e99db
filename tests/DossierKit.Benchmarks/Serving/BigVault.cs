using System.Diagnostics;
using System.Globalization;
using System.Text;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Benchmarks.Serving;

/// <summary>
/// A demo vault as large as a municipality's will ever be: many dossiers, one of them with hundreds of documents filed one by one, as people do. Made once in a folder and used
/// again by every question that finds it there.
/// </summary>
/// <param name="Folder">Where it lies: <c>data</c> and <c>state</c> below it.</param>
/// <param name="Dossiers">How many dossiers it has.</param>
/// <param name="Documents">How many documents its first dossier has.</param>
internal sealed record BigVault(string Folder, int Dossiers, int Documents)
{
    /// <summary>The dossier with the many documents.</summary>
    public const string Full = "WL-2026-0001";

    private const string Sample = "nevenwerk-groenonderhoud";

    /// <summary>Who works with the dossiers, fifty people: most may read and write in each, every fifth decides and reads most of it.</summary>
    public static IReadOnlyList<string> People { get; } = [.. Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"gebruiker-{i:00}"))];

    /// <summary>Whether somebody may record and add files in any dossier.</summary>
    public static bool MayWrite(int person) => person % 5 != 4;

    public string Data => Path.Combine(Folder, "data");

    public string State => Path.Combine(Folder, "state");

    public static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"WL-2026-{index:0000}");

    /// <summary>The vault of this size, made when it is not there yet.</summary>
    public static async Task<BigVault> GetAsync(int dossiers, int documents)
    {
        // Not under /tmp, which is memory on many machines.
        var root = Environment.GetEnvironmentVariable("DOSSIERKIT_BENCH_DIR") ?? AppContext.BaseDirectory;
        var vault = new BigVault(Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"big2-{dossiers}-{documents}")), dossiers, documents);
        var whole = Path.Combine(vault.Folder, "whole");
        if (File.Exists(whole)) return vault;
        if (Directory.Exists(vault.Folder)) Directory.Delete(vault.Folder, recursive: true);
        Directory.CreateDirectory(vault.Folder);
        await vault.MakeAsync();
        await File.WriteAllTextAsync(whole, "");
        return vault;
    }

    /// <summary>A copy to change, with the sealed bytes shared where the file system can.</summary>
    public async Task<BigVault> CopyAsync(string name)
    {
        var copy = this with { Folder = Path.Combine(Path.GetDirectoryName(Folder)!, name) };
        if (Directory.Exists(copy.Folder)) Directory.Delete(copy.Folder, recursive: true);
        await Peer.RunAsync($"cp -a --reflink=auto '{Folder}' '{copy.Folder}'", default);
        return copy;
    }

    private async Task MakeAsync()
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(Data);
        var unlock = UnlockSecret.CreateFile(Path.Combine(Data, "demo.unlock"));
        using var recovery = RecoveryKey.Create();
        await using var vault = await DossierVault.CreateAsync(new VaultPlace(Data, State), new VaultBirth(unlock, recovery, Demo: true), default);
        using var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, default);
        var fi = await FoundAsync(register);

        var source = Path.Combine(AppContext.BaseDirectory, "sample-dossiers", Sample);
        var text = await File.ReadAllTextAsync(Path.Combine(source, DossierImport.FileName), Encoding.UTF8);
        for (var i = 1; i <= Dossiers; i++)
        {
            var folder = Path.Combine(Folder, "in");
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            await File.WriteAllTextAsync(Path.Combine(folder, DossierImport.FileName), text.Replace("WL-2026-0001", Number(i), StringComparison.Ordinal));
            var import = Done(await DossierImport.ReadAsync(folder, register.Protocols.Library, DateOnly.MaxValue, default));
            Done(await register.ImportAsync(fi, import, null, default));
            if (i % 100 == 0) Console.Error.WriteLine($"{i} dossiers after {watch.Elapsed.TotalSeconds:0} s");
        }

        Directory.Delete(Path.Combine(Folder, "in"), recursive: true);
        using var full = await register.OpenAsync(new DossierNumber(Full), fi, "Stukken toevoegen", default) ?? throw new InvalidOperationException("The full dossier does not open.");
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Regel van een stuk dat nergens over gaat.\n", 100)));
        for (var i = full.State.Files.Count; i < Documents; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"stuk-{i:000}");
            using var stream = new MemoryStream(content);
            Done(await full.AddFileAsync(new NewFile($"{name}.txt", $"Stuk nummer {i}", FileKind.Evidence, Compartment.Onderzoek, new DateOnly(2026, 2, 1).AddDays(i / 20)), stream, default));
        }

        Console.Error.WriteLine($"The vault was made in {watch.Elapsed.TotalSeconds:0} s.");
    }

    private static async Task<ActingPerson> FoundAsync(DossierRegister register)
    {
        var municipality = new Municipality
        {
            Name = "Waterlanden",
            Address = new PostalAddress { Street = "Dijkplein 1", PostalCode = "9990 AA", Town = "Waterlanden" },
            Signatory = "T. Zeekleidijk",
            SignatoryFunction = "gemeentesecretaris",
            ProtocolId = "waterlanden",
            NumberPrefix = "WL",
        };
        var staff = register.Staff;
        Done(await staff.FoundAsync(
            municipality, new FoundingPerson(new PersonId("fi"), "H. Plassenberger", null, "functionaris integriteit"),
            new FoundingPerson(new PersonId("verantwoordelijke"), "T. Zeekleidijk", null, "gemeentesecretaris"), "gemeentesecretaris", default));
        var (fi, responsible) = (Done(staff.SignIn(new PersonId("fi"), "os:bench")), Done(staff.SignIn(new PersonId("verantwoordelijke"), "os:bench")));
        var since = new DateOnly(2010, 1, 1);
        for (var i = 0; i < People.Count; i++)
        {
            Done(await staff.AddPersonAsync(fi, new PersonId(People[i]), $"{(char)('A' + (i % 26))}. {Surnames[i % Surnames.Count]}{(i < 26 ? "" : "ma")}", null, default));
            var appointment = MayWrite(i) ? new Appointment(StaffRole.PlaatsvervangendFi, since) : new Appointment(StaffRole.Verantwoordelijke, since, null, "gemeentesecretaris");
            var change = Done(await staff.AppointAsync(fi, new PersonId(People[i]), appointment, default));
            if (change.Waiting is { } waiting) Done(await staff.ConfirmAsync(responsible, waiting.Id, default));
        }

        return fi;
    }

    private static IReadOnlyList<string> Surnames { get; } = ["Waterhoener", "Griendhorster", "Dijkmadelief", "Slenkeveld", "Gorzenaar", "Oeverlandt", "Kreekbosch", "Rietzangerman", "Veenpluimer", "Zeggenbeemd"];

    private static T Done<T>(Outcome<T> outcome) => outcome.IsDone ? outcome.Value : throw new InvalidOperationException(string.Join(" ", outcome.Refusals.Select(refusal => $"{refusal.What} {refusal.Why}")));
}
