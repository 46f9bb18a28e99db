using System.Text;
using DossierKit.Tests.Vault.Keys;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Backup;

/// <summary>A real vault on disk with a few streams, a place for its backups, and empty machines to restore to.</summary>
internal sealed class BackedUpVault : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-backup-").FullName;
    private readonly List<DossierVault> _open = [];
    private int _machines;

    private BackedUpVault()
    {
    }

    public CredentialFileSecret Secret { get; } = Secrets.Credential();

    public RecoveryKey Recovery { get; } = RecoveryKey.Create();

    public DossierVault Vault { get; private set; } = null!;

    public VaultPlace Own => new(At("data"), At("state"));

    public string Destination => At("kopie");

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    public string At(string name) => Path.Combine(_folder, name);

    public static async Task<BackedUpVault> CreateAsync()
    {
        var made = new BackedUpVault();
        made.Vault = made.Keep(await DossierVault.CreateAsync(made.Own, new VaultBirth(made.Secret, made.Recovery), default));
        return made;
    }

    public DossierVault Keep(DossierVault vault)
    {
        _open.Add(vault);
        return vault;
    }

    public async Task<DossierVault> OpenAsync(VaultPlace place) => Keep(await DossierVault.OpenAsync(place, Secret, default));

    /// <summary>A machine that has nothing yet.</summary>
    public VaultPlace EmptyMachine()
    {
        var name = $"machine-{++_machines}";
        return new VaultPlace(At($"{name}/data"), At($"{name}/state"));
    }

    /// <summary>A dossier stream with a commit for each text, and a recording of its own blob.</summary>
    public async Task<OpaqueId> AddStreamAsync(params string[] texts)
    {
        var id = OpaqueId.Random();
        using var journal = await Vault.CreateStreamAsync(StreamKind.Dossier, id, default);
        foreach (var text in texts) await AppendAsync(journal, text);
        await Vault.Catalogue.PutAsync([(id, Encoding.UTF8.GetBytes($"kaft van {texts.FirstOrDefault()}"))], Clock.GetUtcNow(), default);
        return id;
    }

    /// <summary>One entry with one object: small ones share a pack, large ones stand alone.</summary>
    public async Task<SealedObject> AppendAsync(Journal journal, string text, int size = 0)
    {
        using var batch = journal.Begin();
        var content = size > 0 ? Enumerable.Repeat(Encoding.UTF8.GetBytes(text + "\n"), size / (text.Length + 1) + 1).SelectMany(part => part).Take(size).ToArray() : Encoding.UTF8.GetBytes($"bestand {text}");
        var obj = await batch.SealAsync("onderzoek", new MemoryStream(content), default);
        batch.Add("noot", "onderzoek", VaultFixture.Bytes(text), Clock.GetUtcNow(), obj);
        await batch.CommitAsync(default);
        return obj;
    }

    public ValueTask<BackupReport> BackupAsync(int keepDays = 35, bool check = false, bool dryRun = false)
        => VaultBackup.RunAsync(Vault, new BackupOptions(Destination, "schijf in de kluis", keepDays, Check: check, DryRun: dryRun), Clock, Today, null, default);

    public ValueTask<RestoreReport> RestoreAsync(VaultPlace to, OpaqueId? set = null, bool acceptDamage = false, string? from = null)
        => VaultRestore.RunAsync(new RestoreOptions(from ?? Destination, to, Clock, set, acceptDamage), () => Secret, null, default);

    /// <summary>All text that any key left in a vault opens.</summary>
    public static async Task<string> EverythingAsync(DossierVault vault)
        => string.Join('\n', (await VaultFixture.OpenEverythingAsync(vault)).Select(bytes => Encoding.UTF8.GetString(bytes)));

    public static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public static IReadOnlyList<string> FilesIn(string folder)
        => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(file => !file.StartsWith('.')).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var vault in _open) await vault.DisposeAsync();
        Recovery.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
