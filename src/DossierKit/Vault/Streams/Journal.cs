using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// An append-only stream of entries that can forget: every payload and object has its own key, and destroying deletes the key, never an entry.
/// One instance serves one process, with any number of threads; other processes may append to the same stream, see <see cref="RefreshAsync"/>.
/// Dispose to forget the keys, when no call is running any more.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    /// <summary>Type of the entry that destroyed a whole compartment; its <see cref="Envelope.Destroyed"/> holds the compartment's opaque id.</summary>
    public const string CompartmentDestroyed = "~compartment-destroyed";

    private readonly VaultServices _vault;
    private readonly StreamLayout _layout;
    private readonly StreamKeys _keys;
    private readonly SemaphoreSlim _gate = new(1, 1);
    // Read by other threads while one reads on: what is given out never changes, it is replaced by more.
    private readonly ConcurrentDictionary<OpaqueId, ReadOnlyMemory<byte>> _payloads = [];
    private readonly ConcurrentDictionary<OpaqueId, byte> _destroyed = [];
    private Envelope[] _buffer = [];
    private volatile IReadOnlyList<Envelope> _envelopes = [];
    private ObjectName? _key;
    private byte[] _headHash;

    private Journal(VaultServices vault, StreamKind kind, OpaqueId stream, SecretKey streamKey)
    {
        (_vault, Kind, _layout) = (vault, kind, new StreamLayout(stream));
        _keys = new StreamKeys(vault.Store, vault.Id, _layout, streamKey);
        _headHash = CommitCodec.GenesisHash(vault.Id, stream);
        Derived = new DerivedObjects(vault, _layout, _keys);
    }

    public OpaqueId StreamId => _layout.Stream;

    public StreamKind Kind { get; }

    /// <summary>The sequence of the last commit; 0 for a new stream.</summary>
    public long Head { get; private set; }

    /// <summary>SHA-256 of the last commit object.</summary>
    public ReadOnlyMemory<byte> HeadHash => _headHash;

    /// <summary>The envelopes read so far, oldest first: all of them, or those after the point the journal was opened at.</summary>
    public IReadOnlyList<Envelope> Envelopes => _envelopes;

    /// <summary>What was derived from the content of this stream.</summary>
    public DerivedObjects Derived { get; }

    internal StreamKeys Keys => _keys;

    internal StreamLayout Layout => _layout;

    internal VaultServices Vault => _vault;

    /// <summary>A journal of a stream that has no commit yet.</summary>
    public static Journal Create(VaultServices vault, StreamKind kind, OpaqueId stream, SecretKey streamKey) => new(vault, kind, stream, streamKey);

    /// <summary>Reads the whole stream, checks chain and head, and finishes destructions that were interrupted or undone by a restored copy.</summary>
    /// <exception cref="VaultDamagedException">The stream is cut, rolled back or damaged.</exception>
    public static async ValueTask<Journal> OpenAsync(VaultServices vault, StreamKind kind, OpaqueId stream, SecretKey streamKey, CancellationToken ct)
    {
        var journal = new Journal(vault, kind, stream, streamKey);
        await journal.ReadToEndAsync(ct);
        // First what must be gone, then whether the stream may be served: an older copy put back is refused, and what was destroyed is gone from it all the same.
        await journal.FinishDestructionAsync(ct);
        await journal.CheckHeadAsync(0, ct);
        return journal;
    }

    /// <summary>Opens a stream from a point whose sequence and hash are known to be good (a sealed snapshot): only what follows is read.</summary>
    public static async ValueTask<Journal> OpenFromAsync(VaultServices vault, StreamKind kind, OpaqueId stream, SecretKey streamKey, long sequence, byte[] hash, CancellationToken ct)
    {
        var journal = new Journal(vault, kind, stream, streamKey) { Head = sequence, _headHash = hash };
        await journal.ReadToEndAsync(ct);
        await journal.CheckHeadAsync(sequence, ct);
        return journal;
    }

    /// <summary>
    /// Opens a stream to append to it: reading begins at the last commit the state saw, earlier ones are not read. What was destroyed earlier is known from the
    /// ledger, so that nothing is written to a compartment that is gone.
    /// </summary>
    public static async ValueTask<Journal> OpenForAppendAsync(VaultServices vault, StreamKind kind, OpaqueId stream, SecretKey streamKey, CancellationToken ct)
    {
        var layout = new StreamLayout(stream);
        var head = vault.State.ReadHead(stream);
        var last = head?.Sequence ?? 0;
        if (head is null)
        {
            await foreach (var name in vault.Store.ListAllAsync(layout.JournalPrefix, ct)) last = StreamLayout.SequenceOf(name);
        }

        // A new stream, or one that ends before what was seen: read as a whole, it says what is wrong.
        if (last <= 1 || await vault.Store.ReadAllAsync(layout.Commit(last), ct) is not { } bytes) return await OpenAsync(vault, kind, stream, streamKey, ct);

        var before = last - 1;
        var journal = new Journal(vault, kind, stream, streamKey) { Head = before, _headHash = CommitCodec.PreviousHash(stream, last, bytes, layout.Commit(last)) };
        journal.RememberLedger();
        await journal.ReadToEndAsync(ct);
        await journal.CheckHeadAsync(before, ct);
        return journal;
    }

    /// <summary>The payload, or <see langword="null"/> when it was destroyed (alone or with its compartment).</summary>
    public async ValueTask<byte[]?> OpenPayloadAsync(Envelope envelope, CancellationToken ct)
    {
        if (IsDestroyed(envelope.Id, envelope.Compartment) || !_payloads.TryGetValue(envelope.Id, out var payload)) return null;
        if (payload.IsEmpty) return [];
        using (var key = await _keys.FindAsync(envelope.Id, ct))
        {
            if (key is not null) return SealedStream.Open(PayloadContext(envelope.Id), key.Span, payload.Span);
        }

        // No key, and this instance does not know why: another process may have destroyed it a moment ago.
        await RefreshAsync(ct);
        return IsDestroyed(envelope.Id, envelope.Compartment)
            ? null
            : throw new VaultDamagedException($"The key of entry {envelope.Id} of stream {StreamId} is missing, though no entry destroyed it. Run verify; restore the key pages from a backup.");
    }

    /// <summary>Opens an object's content: seekable, read only; each read asks the store whether the key still exists.</summary>
    /// <exception cref="ObjectDestroyedException">It was destroyed, by this process or another.</exception>
    public async ValueTask<SealedObjectStream> OpenObjectAsync(SealedObject obj, CancellationToken ct)
    {
        if (IsDestroyed(obj.Id, obj.Compartment)) throw new ObjectDestroyedException(obj.Id);
        if (await _keys.FindAsync(obj.Id, ct) is { } key) return new SealedObjectStream(_vault, _layout, _keys, obj, key);

        await RefreshAsync(ct);
        throw IsDestroyed(obj.Id, obj.Compartment)
            ? new ObjectDestroyedException(obj.Id)
            : new VaultDamagedException($"The key of object {obj.Id} of stream {StreamId} is missing, though no entry destroyed it. Run verify; restore the key pages from a backup.");
    }

    /// <summary>Whether an entry or object is destroyed, as far as this instance has read.</summary>
    public bool IsDestroyed(OpaqueId id, string compartment) => !_destroyed.IsEmpty && (_destroyed.ContainsKey(id) || _destroyed.ContainsKey(_keys.CompartmentId(compartment)));

    /// <summary>Reads what other processes appended; returns whether there was anything.</summary>
    /// <exception cref="ObjectDestroyedException">The whole stream was destroyed meanwhile.</exception>
    /// <exception cref="VaultDamagedException">It was cut or rolled back meanwhile.</exception>
    public async ValueTask<bool> RefreshAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var before = Head;
            var seen = _vault.State.ReadHead(StreamId); // before reading: another process tells the state after its commit is there
            await ReadOnAsync(ct);
            if (Head == before && !await HasKeyAsync(ct))
            {
                // Only dossiers are ever destroyed as a whole.
                throw Kind == StreamKind.Dossier
                    ? new ObjectDestroyedException(StreamId)
                    : new VaultDamagedException($"The key of stream {StreamId} vanished while the vault was open. Run verify; restore it from a backup.");
            }

            if (seen is { } known && known.Sequence > Head) throw RolledBack(known.Sequence);
            if (Head != before) _vault.State.WriteHead(StreamId, Head, _headHash);
            return Head != before;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts a commit: one or more entries, with their objects, that appear together or not at all.</summary>
    public JournalBatch Begin() => new(this);

    /// <summary>
    /// Destroys objects and payloads by id: an entry of <paramref name="type"/> with <paramref name="payload"/> (the reason), then the keys, then the bytes.
    /// Safe to repeat after a crash. Returns when nothing of this machine can open them any more.
    /// </summary>
    /// <exception cref="JournalConflictException">The stream moved on first; nothing was destroyed.</exception>
    public async ValueTask DestroyAsync(IReadOnlyCollection<OpaqueId> ids, string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        using var batch = Begin();
        batch.AddDestruction(type, compartment, payload, at, [.. ids]);
        await CommitDestroyingAsync(batch, ct);
    }

    /// <summary>
    /// Commits a batch that also destroys: what it brings appears and what it destroys is gone by the same commit, whatever happens in between. Then carries the
    /// destruction out; a crash before that leaves it to whoever opens the stream next.
    /// </summary>
    /// <exception cref="JournalConflictException">The stream moved on first; nothing happened.</exception>
    public async ValueTask CommitDestroyingAsync(JournalBatch batch, CancellationToken ct)
    {
        using var reserve = _vault.Store.UseReserve(); // destroying must work on a full disk
        await batch.CommitAsync(ct);
        await FinishDestructionAsync(ct);
    }

    /// <summary>Whether no key of these ids is left, nor anything that was derived from them, as any process sees it now: proof after a destruction.</summary>
    public async ValueTask<bool> AreGoneAsync(IEnumerable<OpaqueId> ids, CancellationToken ct)
    {
        // One look at all pages for all of them: looking per id would cost as much as there are.
        var left = await _keys.LivingAsync(ct);
        var all = ids.ToHashSet();
        if (all.Overlaps(left)) return false;
        // What an indexer was writing at that moment may lie there closed: it goes, and then there must be none.
        await Derived.SweepAsync(all.Contains, ct);
        return !await Derived.AnyFromAsync(all, ct);
    }

    /// <summary>The opaque ids of compartments, for an entry of type <see cref="CompartmentDestroyed"/>.</summary>
    public IReadOnlyList<OpaqueId> CompartmentIds(IEnumerable<string> compartments) => [.. compartments.Select(_keys.CompartmentId)];

    /// <summary>Destroys a compartment: every payload and object in it. The entry itself is recorded in <paramref name="recordIn"/>, another compartment.</summary>
    /// <exception cref="JournalConflictException">The stream moved on first; nothing was destroyed.</exception>
    public ValueTask DestroyCompartmentAsync(string compartment, string recordIn, ReadOnlyMemory<byte> payload, DateTimeOffset at, CancellationToken ct)
    {
        if (compartment == recordIn) throw new ArgumentException("A compartment cannot hold the record of its own destruction.", nameof(recordIn));
        return DestroyAsync([_keys.CompartmentId(compartment)], CompartmentDestroyed, recordIn, payload, at, ct);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _gate.Dispose();
    }

    internal SealContext PayloadContext(OpaqueId entry) => new(_vault.Id, StreamId, entry, SealKind.Payload);

    /// <summary>The commit itself; see <see cref="JournalBatch.CommitAsync"/>.</summary>
    internal async ValueTask AppendAsync(long expectedHead, Func<long, ValueTask<ObjectName>> putKeys, Func<long, IReadOnlyList<Envelope>> number, IReadOnlyList<ReadOnlyMemory<byte>> payloads, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (Head != expectedHead) throw new JournalConflictException(StreamId);
            var sequence = Head + 1;
            var envelopes = number(sequence);
            var bytes = CommitCodec.Encode(_vault.Id, StreamId, sequence, _headHash, _keys.JournalKey.Span, envelopes, payloads);
            var page = await putKeys(sequence);
            if (!await _vault.Store.PutIfAbsentAsync(_layout.Commit(sequence), bytes, ct))
            {
                await _keys.DropPageAsync(page, ct);
                throw new JournalConflictException(StreamId);
            }

            Take(new Commit(sequence, _headHash, SHA256.HashData(bytes), envelopes, payloads));
            _vault.State.WriteHead(StreamId, Head, _headHash);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Take(Commit commit)
    {
        (Head, _headHash) = (commit.Sequence, commit.Hash);
        var count = _envelopes.Count;
        if (count + commit.Envelopes.Count > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, count + commit.Envelopes.Count));
        for (var i = 0; i < commit.Envelopes.Count; i++)
        {
            var envelope = commit.Envelopes[i];
            _buffer[count + i] = envelope;
            _payloads[envelope.Id] = commit.Payloads[i];
            foreach (var id in envelope.Destroyed)
            {
                _destroyed.TryAdd(id, 0);
                _payloads.TryRemove(id, out _);
            }
        }

        // Last: whoever sees an envelope finds its payload, or that it was destroyed.
        _envelopes = new ArraySegment<Envelope>(_buffer, 0, count + commit.Envelopes.Count);
    }

    /// <summary>Whether the stream's key still exists; a stream without one was destroyed. Its name is remembered: a look at one name is cheaper than a listing.</summary>
    private async ValueTask<bool> HasKeyAsync(CancellationToken ct)
    {
        if (_key is { } known && await _vault.Store.ExistsAsync(known, ct)) return true;
        _key = await _vault.Store.ListAsync(_layout.KeyPrefix, null, 1, ct) is [var found, ..] ? found : null;
        return _key is not null;
    }

    /// <summary>Reads to the end, and looks once in the folder whether something lies behind it: a stream with a hole is not served.</summary>
    private async ValueTask ReadToEndAsync(CancellationToken ct)
    {
        while (true)
        {
            await ReadOnAsync(ct);
            if (await _vault.Store.ListAsync(_layout.JournalPrefix, Head > 0 ? _layout.Commit(Head) : null, 1, ct) is not [var next, ..]) return;
            if (StreamLayout.SequenceOf(next) is var sequence && sequence != Head + 1)
                throw new VaultDamagedException($"Stream {StreamId} has a gap: commit {Head + 1} is missing before {sequence}. Restore it from a backup.");
        }
    }

    /// <summary>Reads commit after commit by name until there is none: a listing looks at the whole folder, which would make each refresh of a long stream slow.</summary>
    private async ValueTask ReadOnAsync(CancellationToken ct)
    {
        while (true)
        {
            var (sequence, name) = (Head + 1, _layout.Commit(Head + 1));
            if (await _vault.Store.ReadAllAsync(name, ct) is not { } bytes) return;
            var commit = CommitCodec.Decode(_vault.Id, StreamId, sequence, _keys.JournalKey.Span, bytes, name);
            if (!commit.PreviousHash.AsSpan().SequenceEqual(_headHash))
                throw new VaultDamagedException($"The chain of stream {StreamId} breaks at commit {sequence}: it does not follow the one before it. Restore the stream from a backup.");
            Take(commit);
        }
    }

    private void RememberLedger()
    {
        foreach (var record in _vault.State.Ledger.Read().Where(record => record.Stream == StreamId && record.Kind != DestroyedKind.Stream)) _destroyed.TryAdd(record.Id, 0);
    }

    private VaultDamagedException RolledBack(long seen)
        => new($"Stream {StreamId} was cut or rolled back: it ends at commit {Head}, but commit {seen} was seen before. Restore the newer data, or accept the loss with the state folder's help (FORMAT.md, Heads).");

    /// <summary>Compares what the store holds with the last head this account saw: less, or another chain, means that somebody put older data back.</summary>
    private async ValueTask CheckHeadAsync(long from, CancellationToken ct)
    {
        if (_vault.State.ReadHead(StreamId) is { } seen)
        {
            // Another process may have committed, and said so, since the stream was read here.
            if (seen.Sequence > Head) await ReadToEndAsync(ct);
            if (seen.Sequence > Head) throw RolledBack(seen.Sequence);
            if (seen.Sequence > from && !await HasHashAsync(seen.Sequence, seen.Hash, ct))
                throw new VaultDamagedException($"Stream {StreamId} was replaced: commit {seen.Sequence} is not the one seen before. Restore the data that belongs to this state folder.");
            if (seen.Sequence == Head) return;
        }

        if (Head > 0) _vault.State.WriteHead(StreamId, Head, _headHash);
    }

    private async ValueTask<bool> HasHashAsync(long sequence, ReadOnlyMemory<byte> hash, CancellationToken ct)
    {
        if (sequence == Head) return hash.Span.SequenceEqual(_headHash);
        var next = _layout.Commit(sequence + 1);
        var bytes = await _vault.Store.ReadAllAsync(next, ct) ?? throw new VaultDamagedException($"Commit {next} vanished while it was read. Run verify.");
        return CommitCodec.PreviousHash(StreamId, sequence + 1, bytes, next).AsSpan().SequenceEqual(hash.Span);
    }

    /// <summary>
    /// Carries out what the journal and the ledger say was destroyed, as far as it still exists: compartment keys, keys of objects and payloads, then blobs.
    /// Also sweeps keys that no commit names: what an interrupted attempt left can be a copy of what is destroyed here.
    /// </summary>
    private async ValueTask FinishDestructionAsync(CancellationToken ct)
    {
        using var reserve = _vault.Store.UseReserve();
        await _gate.WaitAsync(ct);
        try
        {
            RememberLedger();
            if (_destroyed.IsEmpty) return;
            _vault.State.Ledger.Append([.. _envelopes.SelectMany(envelope => envelope.Destroyed.Select(id => new Destroyed(
                envelope.Type == CompartmentDestroyed ? DestroyedKind.Compartment : DestroyedKind.Object, StreamId, id, envelope.At)))]);

            foreach (var (id, _) in _destroyed)
            {
                if (await _keys.CompartmentExistsAsync(id, ct)) await _keys.RemoveCompartmentAsync(id, ct);
            }

            var whole = _envelopes.Count > 0 && _envelopes[0].Sequence == 1;
            var named = _envelopes.SelectMany(envelope => envelope.Objects.Select(obj => obj.Id).Append(envelope.Id)).ToHashSet();
            // A page with a sequence up to the head whose ids no commit names belongs to an attempt that can no longer succeed.
            await _keys.RemoveAsync((id, sequence) => _destroyed.ContainsKey(id) || (whole && sequence <= Head && !named.Contains(id)), ct);

            await Derived.SweepAsync(id => _destroyed.ContainsKey(id), ct);

            var objects = _envelopes.SelectMany(envelope => envelope.Objects).ToList();
            var living = objects.Where(obj => !IsDestroyed(obj.Id, obj.Compartment)).SelectMany(obj => obj.Parts).Select(part => part.Blob).ToHashSet();
            var dead = new List<ObjectName>();
            foreach (var blob in objects.Where(obj => IsDestroyed(obj.Id, obj.Compartment)).SelectMany(obj => obj.Parts).Select(part => part.Blob).Distinct().Where(blob => !living.Contains(blob)))
            {
                if (await _vault.Store.ExistsAsync(_layout.Blob(blob), ct)) dead.Add(_layout.Blob(blob));
            }

            await _vault.Store.DeleteManyAsync(dead, ct);
        }
        finally
        {
            _gate.Release();
        }
    }
}
