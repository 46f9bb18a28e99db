using DossierKit.Vault;

namespace DossierKit.Benchmarks;

/// <summary>A real vault on disk in a folder of its own, removed afterwards.</summary>
internal sealed class BenchmarkVault : IAsyncDisposable
{
    private readonly string _folder;

    private BenchmarkVault(string folder, DossierVault vault) => (_folder, Vault) = (folder, vault);

    public static DateTimeOffset At { get; } = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    public DossierVault Vault { get; private set; }

    public VaultPlace Place => PlaceIn(_folder);

    public string Folder => _folder;

    public static UnlockSecret Secret { get; } = new CredentialFileSecret(Enumerable.Range(3, 64).Select(i => (byte)(i * 41)).ToArray());

    public static VaultPlace PlaceIn(string folder) => new(Path.Combine(folder, "data"), Path.Combine(folder, "state"));

    public static async Task<BenchmarkVault> CreateAsync()
    {
        // Beside the project and not under /tmp, which is memory on many machines: a benchmark of durability needs a disk.
        var folder = Path.Combine(Environment.GetEnvironmentVariable("DOSSIERKIT_BENCH_DIR") ?? AppContext.BaseDirectory, $"bench-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        using var recovery = RecoveryKey.Create();
        return new BenchmarkVault(folder, await DossierVault.CreateAsync(PlaceIn(folder), new VaultBirth(Secret, recovery), default));
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
