using System.Text;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Streams;

/// <summary>A real vault over a store in memory that can fail, or on disk, with a state folder of its own; opened as often as a test likes, as other processes would.</summary>
internal sealed class VaultFixture : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-test-").FullName;
    private readonly UnlockSecret _secret = new CredentialFileSecret(Enumerable.Range(7, 64).Select(i => (byte)(i * 37)).ToArray());

    public static DateTimeOffset At { get; } = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    public MemoryObjectStore Store { get; } = new();

    public IReadOnlyList<ObjectName> Names => [.. Store.Snapshot().Keys.Order()];

    public string StateFolder => Path.Combine(_folder, "state");

    public async Task<DossierVault> CreateAsync()
    {
        using var recovery = RecoveryKey.Create();
        return await OpenAsync(await VaultKeys.CreateAsync(Store, new VaultBirth(_secret, recovery), default));
    }

    /// <summary>Opens it as another process would; with another state folder as another account would.</summary>
    public async Task<DossierVault> OpenAsync(string? state = null) => await OpenAsync(await VaultKeys.OpenAsync(Store, _secret, default), state);

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<string?> TextAsync(Journal journal, Envelope envelope)
        => await journal.OpenPayloadAsync(envelope, default) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public static async Task<byte[]> ReadAsync(Journal journal, SealedObject obj)
    {
        await using var content = await journal.OpenObjectAsync(obj, default);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Every byte any remaining key can open, everywhere in the store: what a thief with all keys could read.</summary>
    public static async Task<IReadOnlyList<byte[]>> OpenEverythingAsync(DossierVault vault) => await EverythingReadable.CollectAsync(vault.Services, default);

    public async ValueTask DisposeAsync()
    {
        foreach (var vault in _open) await vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<DossierVault> OpenAsync(VaultKeys keys, string? own = null)
    {
        var state = StateDirectory.Open(own is null ? StateFolder : Path.Combine(_folder, own), null, keys.VaultId, keys.DeriveStateKey());
        var vault = await DossierVault.OpenAsync(new VaultServices(keys.VaultId, Store, keys, state), default);
        _open.Add(vault);
        return vault;
    }
}
