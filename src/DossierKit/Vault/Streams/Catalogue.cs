using System.Collections.Concurrent;

namespace DossierKit.Vault;

/// <summary>
/// The list of dossier streams, each with a few opaque bytes that Dossiers writes and reads; a sealed snapshot plus the tail opens 100,000 of them at once.
/// It is a stream like any other that forgets as it goes: the two newest snapshots hold all records, so the payload keys of older commits are removed,
/// and destroying a dossier is a snapshot without it and the end of everything older.
/// </summary>
internal sealed class Catalogue : IDisposable
{
    /// <summary>The largest record, in bytes: what 16 bits can say, with room to spare.</summary>
    public const int MaxRecord = 60_000;

    /// <summary>Commits after which a new snapshot replaces the last one.</summary>
    public const int SnapshotEvery = 256;

    private const string Put = "put";
    private const string StreamDestroyed = "~stream-destroyed";
    private const string Compartment = "catalogue";

    private readonly Journal _journal;
    // Read by other threads while one refreshes.
    private readonly ConcurrentDictionary<OpaqueId, ReadOnlyMemory<byte>> _records;
    private readonly ConcurrentDictionary<OpaqueId, DateTimeOffset> _destroyed;
    private readonly List<OpaqueId> _changed = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _snapshotAt;
    private long _lastTombstone;
    private int _applied;
    // Puts up to this commit are in a snapshot that was taken over.
    private long _adopted;

    private Catalogue(Journal journal, CatalogueSnapshot snapshot)
        => (_journal, _records, _destroyed, _snapshotAt, _lastTombstone) = (journal, new(snapshot.Records), new(snapshot.Destroyed), snapshot.Sequence, snapshot.LastTombstone);

    /// <summary>All live records by stream id; the bytes are those last put.</summary>
    public IReadOnlyDictionary<OpaqueId, ReadOnlyMemory<byte>> Records => _records;

    /// <summary>The ids of the streams that were destroyed.</summary>
    public IReadOnlyCollection<OpaqueId> Destroyed => [.. _destroyed.Keys];

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
        if (catalogue._snapshotAt > 0) await catalogue.SweepAsync(ct); // what a crash left of an earlier snapshot
        await catalogue.FinishTombstonesAsync(ct);
        return catalogue;
    }

    /// <summary>A catalogue without a commit yet.</summary>
    public static Catalogue Create(Journal journal) => new(journal, CatalogueSnapshot.Empty);

    /// <summary>The streams whose record came, changed or went since an earlier position, and the position now; 0 is when the catalogue was opened.</summary>
    public (int Position, IReadOnlyList<OpaqueId> Streams) ChangedSince(int position)
    {
        lock (_changed) return (_changed.Count, _changed[position..]);
    }

    /// <summary>Whether a stream was destroyed.</summary>
    public bool IsDestroyed(OpaqueId stream) => _destroyed.ContainsKey(stream);

    /// <summary>When a stream was destroyed.</summary>
    public DateTimeOffset DestroyedAt(OpaqueId stream) => _destroyed[stream];

    /// <summary>Puts or replaces records, durably, in one commit. Last writer wins; safe across processes. Records of destroyed streams are left out.</summary>
    /// <exception cref="ObjectDestroyedException">All of these streams were destroyed.</exception>
    public async ValueTask PutAsync(IReadOnlyCollection<(OpaqueId Stream, ReadOnlyMemory<byte> Record)> records, DateTimeOffset at, CancellationToken ct)
        => _ = await AddAsync(records, null, at, ct);

    /// <summary>
    /// Puts a record for a new stream unless <paramref name="conflicts"/> finds a rival among the records as they are at the commit
    /// (two processes that choose the same number: one gets <see langword="false"/>).
    /// </summary>
    public ValueTask<bool> TryAddAsync(OpaqueId stream, ReadOnlyMemory<byte> record, Func<ReadOnlyMemory<byte>, bool> conflicts, DateTimeOffset at, CancellationToken ct)
        => AddAsync([(stream, record)], conflicts, at, ct);

    /// <summary>Records that a stream is destroyed and makes its records unreadable; the stream's own objects are the caller's.</summary>
    public ValueTask TombstoneAsync(OpaqueId stream, DateTimeOffset at, CancellationToken ct) => TombstoneAsync([stream], at, ct);

    /// <summary>The same for several streams in one commit and one snapshot: a snapshot costs as much as there are dossiers.</summary>
    public async ValueTask TombstoneAsync(IReadOnlyCollection<OpaqueId> streams, DateTimeOffset at, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await RefreshCoreAsync(ct);
                var living = streams.Where(stream => !_destroyed.ContainsKey(stream)).Distinct().ToList();
                if (living.Count == 0) break;
                using var batch = _journal.Begin();
                foreach (var stream in living) batch.AddDestruction(StreamDestroyed, Compartment, default, at, [stream]);
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

    private static async ValueTask<CatalogueSnapshot> ReadSnapshotAsync(VaultServices vault, OpaqueId stream, SecretKey streamKey, CancellationToken ct)
    {
        using var keys = new StreamKeys(vault.Store, vault.Id, new StreamLayout(stream), SecretKey.CopyOf(streamKey.Span));
        return await ReadSnapshotAsync(vault, stream, keys, ct);
    }

    private static async ValueTask<CatalogueSnapshot> ReadSnapshotAsync(VaultServices vault, OpaqueId stream, StreamKeys keys, CancellationToken ct)
    {
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
                if (conflicts is not null && _records.Any(known => conflicts(known.Value))) return false;
                var living = records.Where(record => !_destroyed.ContainsKey(record.Stream)).ToList();
                if (living.Count == 0 && records.Count > 0) throw new ObjectDestroyedException(records.First().Stream);
                using var batch = _journal.Begin();
                foreach (var (stream, record) in living) batch.Add(Put, Compartment, (byte[])[.. stream.ToArray(), .. record.Span], at);
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
            if (envelope is { Type: StreamDestroyed, Destroyed: [var gone] })
            {
                _destroyed.TryAdd(gone, envelope.At);
                _records.TryRemove(gone, out _);
                _lastTombstone = envelope.Sequence;
                Changed(gone);
            }
            else if (envelope.Type == Put && envelope.Sequence > _adopted && await OpenPutAsync(envelope, ct) is { Length: >= OpaqueId.Size } payload)
            {
                var stream = new OpaqueId(payload.AsSpan(0, OpaqueId.Size));
                if (_destroyed.ContainsKey(stream)) continue;
                _records[stream] = payload.AsMemory(OpaqueId.Size);
                Changed(stream);
            }
        }
    }

    /// <summary>
    /// The payload of a put; <see langword="null"/> when a newer snapshot took its place. Another process that destroys a dossier removes the keys of everything before it, also of what was not
    /// read here yet: then its snapshot is what there is.
    /// </summary>
    private async ValueTask<byte[]?> OpenPutAsync(Envelope envelope, CancellationToken ct)
    {
        try
        {
            return await _journal.OpenPayloadAsync(envelope, ct);
        }
        catch (VaultDamagedException)
        {
            var snapshot = await ReadSnapshotAsync(_journal.Vault, _journal.StreamId, _journal.Keys, ct);
            if (snapshot.Sequence < envelope.Sequence) throw;
            Adopt(snapshot);
            return null;
        }
    }

    private void Adopt(CatalogueSnapshot snapshot)
    {
        foreach (var (stream, at) in snapshot.Destroyed)
        {
            if (!_destroyed.TryAdd(stream, at)) continue;
            _records.TryRemove(stream, out _);
            Changed(stream);
        }

        foreach (var (stream, record) in snapshot.Records)
        {
            if (_destroyed.ContainsKey(stream) || (_records.TryGetValue(stream, out var known) && known.Span.SequenceEqual(record.Span))) continue;
            _records[stream] = record;
            Changed(stream);
        }

        _lastTombstone = Math.Max(_lastTombstone, snapshot.LastTombstone);
        _snapshotAt = Math.Max(_snapshotAt, snapshot.Sequence);
        _adopted = snapshot.Sequence;
    }

    private void Changed(OpaqueId stream)
    {
        lock (_changed) _changed.Add(stream);
    }

    /// <summary>After a tombstone that no snapshot knows yet: a snapshot without the destroyed records takes the place of everything that holds them.</summary>
    private async ValueTask FinishTombstonesAsync(CancellationToken ct)
    {
        await ApplyAsync(ct);
        if (_lastTombstone > _snapshotAt) await WriteSnapshotAsync(ct);
    }

    private async ValueTask WriteSnapshotAsync(CancellationToken ct)
    {
        var (vault, layout, key) = (_journal.Vault, _journal.Layout, _journal.Keys.SnapshotKey);
        do
        {
            var name = layout.Snapshot(_journal.Head);
            var snapshot = new CatalogueSnapshot(_journal.Head, _journal.HeadHash.ToArray(), _lastTombstone, _records.ToDictionary(), _destroyed.ToDictionary());
            await vault.Store.PutIfAbsentAsync(name, snapshot.Seal(vault.Id, layout.Stream, key.Span, name), ct);

            // Older keys go only after the snapshot was read back: from then on it is the only place that holds the older records.
            if (await vault.Store.ReadAllAsync(name, ct) is { } bytes) CatalogueSnapshot.Open(vault.Id, layout.Stream, key.Span, name, bytes);
            else if ((await vault.Store.ListAsync(layout.SnapshotPrefix, name, 1, ct)).Count == 0) throw new VaultDamagedException($"Snapshot {name} could not be read back. Check the disk; nothing older was removed.");
            _snapshotAt = _journal.Head;

            // Another process may have destroyed a record while this snapshot, which has it, was on its way, and have swept before it came: then the next one takes its place.
            await RefreshCoreAsync(ct);
        }
        while (_lastTombstone > _snapshotAt);
        await SweepAsync(ct);
    }

    /// <summary>Keeps the newest snapshot, and the one before it unless it holds a record that was destroyed since; removes older ones and the payload keys they make superfluous.</summary>
    private async ValueTask SweepAsync(CancellationToken ct)
    {
        var (store, layout) = (_journal.Vault.Store, _journal.Layout);
        var older = new List<ObjectName>();
        await foreach (var name in store.ListAllAsync(layout.SnapshotPrefix, ct))
        {
            if (StreamLayout.SequenceOf(name) < _snapshotAt) older.Add(name);
        }

        // The one before is kept so that a damaged snapshot costs nothing: it and the commits after it say the same. The first snapshot of all has the whole journal behind it.
        var fallback = older.Count > 0 && StreamLayout.SequenceOf(older[^1]) >= _lastTombstone ? older[^1] : (ObjectName?)null;
        await store.DeleteManyAsync([.. older.Where(name => name != fallback)], ct);
        await _journal.Keys.RemoveUpToAsync(fallback is { } before ? StreamLayout.SequenceOf(before) : _lastTombstone, ct);
    }
}
