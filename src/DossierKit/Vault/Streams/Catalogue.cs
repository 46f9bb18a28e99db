namespace DossierKit.Vault;

/// <summary>
/// The list of dossier streams, each with a few opaque bytes that Dossiers writes and reads; a sealed snapshot plus the tail opens 100,000 of them at once.
/// It is a stream like any other: each record lies in a compartment of its own, so that a destroyed dossier's records are gone with their key.
/// </summary>
internal sealed class Catalogue : IDisposable
{
    /// <summary>The largest record, in bytes.</summary>
    public const int MaxRecord = 4096;

    /// <summary>Commits after which a new snapshot replaces the last one.</summary>
    public const int SnapshotEvery = 256;

    private const string Put = "put";
    private const string StreamDestroyed = "~stream-destroyed";
    private const string OwnCompartment = "catalogue";

    private readonly Journal _journal;
    private readonly Dictionary<OpaqueId, ReadOnlyMemory<byte>> _records;
    private readonly Dictionary<OpaqueId, DateTimeOffset> _destroyed;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _snapshotAt;
    private int _applied;

    private Catalogue(Journal journal, CatalogueSnapshot snapshot)
        => (_journal, _records, _destroyed, _snapshotAt) = (journal, snapshot.Records, snapshot.Destroyed, snapshot.Sequence);

    /// <summary>All live records by stream id; the bytes are those last put.</summary>
    public IReadOnlyDictionary<OpaqueId, ReadOnlyMemory<byte>> Records => _records;

    /// <summary>The ids of the streams that were destroyed.</summary>
    public IReadOnlyCollection<OpaqueId> Destroyed => _destroyed.Keys;

    /// <summary>The journal below, for verify.</summary>
    internal Journal Journal => _journal;

    /// <summary>Opens the newest snapshot that is whole and reads what follows; without one it reads everything.</summary>
    public static async ValueTask<Catalogue> OpenAsync(VaultServices vault, OpaqueId stream, SecretKey streamKey, CancellationToken ct)
    {
        var snapshot = await ReadSnapshotAsync(vault, stream, streamKey, ct);
        var journal = snapshot.Sequence == 0
            ? await Journal.OpenAsync(vault, StreamKind.Catalogue, stream, streamKey, ct)
            : await Journal.OpenFromAsync(vault, StreamKind.Catalogue, stream, streamKey, snapshot.Sequence, snapshot.Hash, ct);
        var catalogue = new Catalogue(journal, snapshot);
        await catalogue.ApplyAsync(ct);
        await catalogue.FinishTombstonesAsync(ct);
        return catalogue;
    }

    /// <summary>A catalogue without a commit yet.</summary>
    public static Catalogue Create(Journal journal) => new(journal, CatalogueSnapshot.Empty);

    /// <summary>Whether a stream was destroyed.</summary>
    public bool IsDestroyed(OpaqueId stream) => _destroyed.ContainsKey(stream);

    /// <summary>When a stream was destroyed.</summary>
    public DateTimeOffset DestroyedAt(OpaqueId stream) => _destroyed[stream];

    /// <summary>Puts or replaces records, durably, in one commit. Last writer wins; safe across processes.</summary>
    public async ValueTask PutAsync(IReadOnlyCollection<(OpaqueId Stream, ReadOnlyMemory<byte> Record)> records, DateTimeOffset at, CancellationToken ct)
        => _ = await AddAsync(records, null, at, ct);

    /// <summary>
    /// Puts a record for a new stream unless <paramref name="conflicts"/> finds a rival among the records as they are at the commit
    /// (two processes that choose the same number: one gets <see langword="false"/>).
    /// </summary>
    public ValueTask<bool> TryAddAsync(OpaqueId stream, ReadOnlyMemory<byte> record, Func<ReadOnlyMemory<byte>, bool> conflicts, DateTimeOffset at, CancellationToken ct)
        => AddAsync([(stream, record)], conflicts, at, ct);

    /// <summary>Records that a stream is destroyed and makes its records unreadable; the stream's own objects are the caller's.</summary>
    public async ValueTask TombstoneAsync(OpaqueId stream, DateTimeOffset at, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await RefreshCoreAsync(ct);
                if (_destroyed.ContainsKey(stream)) break;
                using var batch = _journal.Begin();
                batch.AddDestruction(StreamDestroyed, OwnCompartment, default, at, [_journal.Keys.CompartmentId(CompartmentOf(stream)), stream]);
                try
                {
                    await batch.CommitAsync(ct);
                    break;
                }
                catch (JournalConflictException)
                {
                    // Another process wrote first: read it and decide again.
                }
            }

            await FinishTombstonesAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Reads what other processes appended.</summary>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await RefreshCoreAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _gate.Dispose();
    }

    private static string CompartmentOf(OpaqueId stream) => stream.ToString();

    private static async ValueTask<CatalogueSnapshot> ReadSnapshotAsync(VaultServices vault, OpaqueId stream, SecretKey streamKey, CancellationToken ct)
    {
        using var keys = new StreamKeys(vault.Store, vault.Id, new StreamLayout(stream), SecretKey.CopyOf(streamKey.Span));
        while (true)
        {
            var names = new List<ObjectName>();
            await foreach (var name in vault.Store.ListAllAsync(new StreamLayout(stream).SnapshotPrefix, ct)) names.Add(name);
            var vanished = false;
            foreach (var name in Enumerable.Reverse(names))
            {
                try
                {
                    if (await vault.Store.ReadAllAsync(name, ct) is { } bytes) return CatalogueSnapshot.Open(vault.Id, stream, keys.SnapshotKey.Span, name, bytes);
                    vanished = true;
                }
                catch (VaultDamagedException)
                {
                    // A snapshot can be made anew from the journal: an older one, or the whole journal, serves; verify names the damage.
                }
            }

            if (!vanished) return CatalogueSnapshot.Empty;
        }
    }

    private async ValueTask<bool> AddAsync(IReadOnlyCollection<(OpaqueId Stream, ReadOnlyMemory<byte> Record)> records, Func<ReadOnlyMemory<byte>, bool>? conflicts, DateTimeOffset at, CancellationToken ct)
    {
        if (records.Any(record => record.Record.Length > MaxRecord)) throw new ArgumentException($"A catalogue record has at most {MaxRecord} bytes.", nameof(records));
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await RefreshCoreAsync(ct);
                if (conflicts is not null && _records.Values.Any(conflicts)) return false;
                using var batch = _journal.Begin();
                foreach (var (stream, record) in records.Where(record => !_destroyed.ContainsKey(record.Stream))) batch.Add(Put, CompartmentOf(stream), record, at);
                try
                {
                    await batch.CommitAsync(ct);
                }
                catch (JournalConflictException)
                {
                    continue; // another process wrote first: read it and decide again
                }

                await ApplyAsync(ct);
                if (_journal.Head - _snapshotAt >= SnapshotEvery) await WriteSnapshotAsync(ct);
                return true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask RefreshCoreAsync(CancellationToken ct)
    {
        await _journal.RefreshAsync(ct);
        await ApplyAsync(ct);
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        for (; _applied < _journal.Envelopes.Count; _applied++)
        {
            var envelope = _journal.Envelopes[_applied];
            if (envelope is { Type: StreamDestroyed, Destroyed: [_, var gone] })
            {
                _destroyed.TryAdd(gone, envelope.At);
                _records.Remove(gone);
            }
            else if (envelope.Type == Put && OpaqueId.TryParse(envelope.Compartment, out var stream) && !_destroyed.ContainsKey(stream)
                     && await _journal.OpenPayloadAsync(envelope, ct) is { } record)
            {
                _records[stream] = record;
            }
        }
    }

    /// <summary>Carries out the tombstones since the last snapshot: the records' keys go, and a new snapshot takes the place of those that still hold the records.</summary>
    private async ValueTask FinishTombstonesAsync(CancellationToken ct)
    {
        await ApplyAsync(ct);
        var tombstones = _journal.Envelopes.Where(envelope => envelope.Sequence > _snapshotAt && envelope.Type == StreamDestroyed).ToList();
        if (tombstones.Count == 0) return;
        foreach (var id in tombstones.SelectMany(envelope => envelope.Destroyed)) await _journal.Keys.RemoveCompartmentAsync(id, ct);
        await WriteSnapshotAsync(ct);
    }

    private async ValueTask WriteSnapshotAsync(CancellationToken ct)
    {
        var (store, layout) = (_journal.Vault.Store, _journal.Layout);
        var name = layout.Snapshot(_journal.Head);
        var snapshot = new CatalogueSnapshot(_journal.Head, _journal.HeadHash.ToArray(), _records, _destroyed);
        await store.PutIfAbsentAsync(name, snapshot.Seal(_journal.Vault.Id, layout.Stream, _journal.Keys.SnapshotKey.Span, name), ct);
        _snapshotAt = _journal.Head;
        await foreach (var old in store.ListAllAsync(layout.SnapshotPrefix, ct))
        {
            if (old.CompareTo(name) < 0) await store.DeleteAsync(old, ct);
        }
    }
}
