using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>What stands on disk of something installed; its bytes are an object of the same entry.</summary>
internal sealed record ShelfEntry
{
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("naam")] public required string FileName { get; init; }

    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    [JsonPropertyName("door")] public required PersonId By { get; init; }
}

/// <summary>A stream of installed files, oldest first. Nothing of a dossier is in it.</summary>
internal sealed class Shelf : IDisposable
{
    private const string Installed = "geinstalleerd";
    private const string OwnCompartment = "inrichting";

    private readonly Journal _journal;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<(InstalledItem Item, SealedObject Bytes)> _items = [];
    private int _read;

    private Shelf(Journal journal, TimeProvider clock) => (_journal, _clock) = (journal, clock);

    public IReadOnlyList<InstalledItem> Items => _items.ConvertAll(found => found.Item);

    public DateOnly Today => LegalTime.Today(_clock);

    public static async ValueTask<Shelf> LoadAsync(DossierVault vault, StreamKind kind, TimeProvider clock, CancellationToken ct)
    {
        var shelf = new Shelf(await vault.OpenOwnStreamAsync(kind, ct), clock);
        await shelf.ReadAsync(ct);
        return shelf;
    }

    public static bool IsAllowed(StaffRegister staff, ActingPerson by, DateOnly today, params ReadOnlySpan<StaffRole> roles)
    {
        var held = staff.Find(by.Id)?.RolesOn(today) ?? [];
        foreach (var role in roles)
        {
            if (held.Contains(role)) return true;
        }

        return false;
    }

    public async ValueTask<InstalledItem> AddAsync(ActingPerson by, string kind, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var entry = new ShelfEntry { Kind = kind, FileName = Path.GetFileName(fileName), Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span)), By = by.Id };
        await _gate.WaitAsync(ct);
        try
        {
            using var batch = _journal.Begin();
            using var bytes = new MemoryStream(content.ToArray(), writable: false);
            var sealedObject = await batch.SealAsync(OwnCompartment, bytes, ct);
            batch.Add(Installed, OwnCompartment, JsonSerializer.SerializeToUtf8Bytes(entry, RegisterJsonContext.Default.ShelfEntry), _clock.GetUtcNow(), sealedObject);
            while (true)
            {
                try
                {
                    await batch.CommitAsync(ct);
                    break;
                }
                catch (JournalConflictException)
                {
                    await _journal.RefreshAsync(ct);
                    batch.MoveToHead();
                }
            }

            await ReadAsync(ct);
            return _items.Last(found => found.Bytes.Id == sealedObject.Id).Item;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The last one of a kind, or <see langword="null"/>.</summary>
    public async ValueTask<byte[]?> FindAsync(string kind, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (await _journal.RefreshAsync(ct)) await ReadAsync(ct);
            var found = _items.FindLast(known => known.Item.Kind == kind);
            return found.Bytes is null ? null : await BytesAsync(found.Bytes, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (await _journal.RefreshAsync(ct)) await ReadAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<IReadOnlyList<(InstalledItem Item, byte[] Bytes)>> ReadAllAsync(CancellationToken ct)
    {
        var all = new List<(InstalledItem, byte[])>();
        foreach (var (item, bytes) in _items) all.Add((item, await BytesAsync(bytes, ct)));
        return all;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<byte[]> BytesAsync(SealedObject sealedObject, CancellationToken ct)
    {
        await using var content = await _journal.OpenObjectAsync(sealedObject, ct);
        var bytes = new byte[sealedObject.Length];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        for (; _read < _journal.Envelopes.Count; _read++)
        {
            var envelope = _journal.Envelopes[_read];
            if (envelope.Type != Installed || await _journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
            var entry = JsonSerializer.Deserialize(payload, RegisterJsonContext.Default.ShelfEntry)!;
            _items.Add((new InstalledItem(entry.Kind, entry.FileName, entry.Sha256, envelope.At, entry.By), envelope.Objects[0]));
        }
    }
}
