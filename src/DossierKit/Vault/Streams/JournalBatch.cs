using System.Buffers;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// Entries and objects that will be committed together. Sealing happens at once, so that large content streams to the store while it arrives;
/// nothing of it exists for any reader before <see cref="CommitAsync"/>, because its keys are only in this process.
/// Dispose to forget them.
/// </summary>
internal sealed class JournalBatch(Journal journal) : IDisposable
{
    /// <summary>Content up to this size shares a pack with its neighbours; larger content stands alone and can be removed alone.</summary>
    public const int PackedUpTo = 256 << 10;

    private readonly List<(OpaqueId Id, string Compartment, SecretKey Key)> _keys = [];
    private readonly List<Entry> _entries = [];
    private readonly List<byte[]> _pack = [];
    private long _head = journal.Head;
    private OpaqueId _packId = OpaqueId.Random();
    private long _packLength;

    /// <summary>
    /// Seals content of unknown length under a fresh key and reads it back; small content waits in memory for the pack, large content goes to the store at once.
    /// It belongs to nothing until an entry of this batch names it.
    /// </summary>
    public async ValueTask<SealedObject> SealAsync(string compartment, Stream content, CancellationToken ct)
    {
        var id = OpaqueId.Random();
        var key = SecretKey.Random();
        _keys.Add((id, compartment, key));

        var start = ArrayPool<byte>.Shared.Rent(PackedUpTo + 1);
        try
        {
            var read = await content.ReadAtLeastAsync(start.AsMemory(0, PackedUpTo + 1), PackedUpTo + 1, throwOnEndOfStream: false, ct);
            return read <= PackedUpTo
                ? Pack(id, compartment, key, start.AsSpan(0, read))
                : await SealPartsAsync(id, compartment, key, new PrefixedStream(start.AsMemory(0, read), content), ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(start);
            ArrayPool<byte>.Shared.Return(start);
        }
    }

    /// <summary>Adds an entry. Returns the id it will have.</summary>
    public OpaqueId Add(string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, params IReadOnlyList<SealedObject> objects)
        => Add(type, compartment, payload, at, objects, []);

    /// <summary>Adds an entry that destroys ids; see <see cref="Journal.DestroyAsync"/>.</summary>
    internal OpaqueId AddDestruction(string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, IReadOnlyList<OpaqueId> destroyed)
        => Add(type, compartment, payload, at, [], destroyed);

    /// <summary>Lets the batch be committed on the journal's present head, after the caller refreshed it and decided that the entries still hold.</summary>
    public void MoveToHead() => MoveTo(journal.Head);

    /// <summary>Lets the batch be committed on a commit the caller decided on: when the stream is further already, it conflicts.</summary>
    public void MoveTo(long head) => _head = head;

    /// <summary>Makes the entries durable in the order blobs, keys, journal; the last is the commit.</summary>
    /// <exception cref="JournalConflictException">The stream moved on since the batch began; refresh, decide again, <see cref="MoveToHead"/>, retry.</exception>
    public async ValueTask CommitAsync(CancellationToken ct)
    {
        if (_entries.Count == 0) throw new InvalidOperationException("A commit without entries would say nothing.");
        // Before anything is written: a destroyed compartment may not come back to life under a new key.
        if (_keys.Exists(key => journal.IsDestroyed(key.Id, key.Compartment))) throw new ObjectDestroyedException(journal.StreamId);
        await PutPackAsync(ct);
        foreach (var compartment in _keys.Select(key => key.Compartment).Distinct(StringComparer.Ordinal)) await journal.Keys.EnsureCompartmentAsync(compartment, ct);
        await journal.AppendAsync(
            _head,
            sequence => journal.Keys.PutPageAsync(sequence, _keys, ct),
            sequence => _entries.ConvertAll(entry => entry.ToEnvelope(sequence)),
            _entries.ConvertAll(entry => (ReadOnlyMemory<byte>)entry.SealedPayload),
            ct);
        Dispose();
    }

    public void Dispose()
    {
        foreach (var (_, _, key) in _keys) key.Dispose();
        _keys.Clear();
        _entries.Clear();
        _pack.Clear();
    }

    private OpaqueId Add(string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, IReadOnlyList<SealedObject> objects, IReadOnlyList<OpaqueId> destroyed)
    {
        var id = OpaqueId.Random();
        var key = SecretKey.Random();
        _keys.Add((id, compartment, key));
        var sealedPayload = SealedStream.Seal(journal.PayloadContext(id), key.Span, payload.Span);
        _entries.Add(new Entry(id, at, type, compartment, objects, destroyed, sealedPayload));
        return id;
    }

    private SealContext ObjectContext(OpaqueId id, int part) => new(journal.Vault.Id, journal.StreamId, id, SealKind.Blob, (uint)part);

    private SealedObject Pack(OpaqueId id, string compartment, SecretKey key, ReadOnlySpan<byte> content)
    {
        var bytes = SealedStream.Seal(ObjectContext(id, 0), key.Span, content);
        var obj = new SealedObject(id, compartment, content.Length, [new Locator(_packId, _packLength, bytes.Length)]);
        _pack.Add(bytes);
        _packLength += bytes.Length;
        return obj;
    }

    private async ValueTask PutPackAsync(CancellationToken ct)
    {
        if (_pack.Count == 0) return;
        var name = journal.Layout.Blob(_packId);
        await using (var writer = await journal.Vault.Store.CreateAsync(name, ct))
        {
            foreach (var slice in _pack) await writer.WriteAsync(slice, ct);
            if (!await writer.CommitAsync(ct)) throw Taken(name);
        }

        await using var reader = await journal.Vault.Store.OpenAsync(name, ct) ?? throw NotReadBack(name);
        var offset = 0L;
        foreach (var slice in _pack)
        {
            var back = new byte[slice.Length];
            if (await reader.ReadAsync(offset, back, ct) != slice.Length || !back.AsSpan().SequenceEqual(slice)) throw NotReadBack(name);
            offset += slice.Length;
        }

        // What is durable stays where it is, also when the commit must be tried again.
        _pack.Clear();
        (_packId, _packLength) = (OpaqueId.Random(), 0);
    }

    private async ValueTask<SealedObject> SealPartsAsync(OpaqueId id, string compartment, SecretKey key, PrefixedStream content, CancellationToken ct)
    {
        var parts = new List<Locator>();
        var total = 0L;
        var finishing = Task.CompletedTask;
        try
        {
            long taken;
            do
            {
                var (blob, part) = (OpaqueId.Random(), parts.Count);
                var name = journal.Layout.Blob(blob);
                var writer = await journal.Vault.Store.CreateAsync(name, ct);
                try
                {
                    taken = await SealedStream.SealAsync(ObjectContext(id, part), key.Memory, content, SealedObject.PartSize, writer, ct);
                    await finishing;
                }
                catch
                {
                    await writer.DisposeAsync();
                    throw;
                }

                total += taken;
                parts.Add(new Locator(blob, 0, SealedStream.SealedLength(taken)));

                // The disk is waited for, and the part read back, while the next part is sealed: a flush is most of the time.
                var context = ObjectContext(id, part) with { Last = taken < SealedObject.PartSize };
                finishing = Task.Run(() => FinishPartAsync(writer, context, key, name, ct), CancellationToken.None);
            }
            while (taken == SealedObject.PartSize); // a full part says that another follows, an empty one if nothing is left
        }
        finally
        {
            // Also when something failed: the key must not be cleared under a part that is still being read back.
            await finishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await finishing;
        return new SealedObject(id, compartment, total, parts);
    }

    private async Task FinishPartAsync(ObjectWriter writer, SealContext context, SecretKey key, ObjectName name, CancellationToken ct)
    {
        await using (writer)
        {
            if (!await writer.CommitAsync(ct)) throw Taken(name);
        }

        await using var reader = await journal.Vault.Store.OpenAsync(name, ct) ?? throw NotReadBack(name);
        await SealedStream.VerifyAsync(context, key.Memory, reader, 0, reader.Length, ct);
    }

    private static VaultDamagedException Taken(ObjectName name)
        => new($"Blob {name} exists already, though its name is random. Do not copy a running vault; run verify.");

    private static VaultDamagedException NotReadBack(ObjectName name)
        => new($"Blob {name} could not be read back as it was written. The disk or its driver is failing: nothing was committed. Check the disk before you go on.");


    private sealed record Entry(OpaqueId Id, DateTimeOffset At, string Type, string Compartment, IReadOnlyList<SealedObject> Objects, IReadOnlyList<OpaqueId> Destroyed, byte[] SealedPayload)
    {
        public Envelope ToEnvelope(long sequence) => new(sequence, Id, At, Type, Compartment, Objects, Destroyed, SHA256.HashData(SealedPayload));
    }

    /// <summary>Content of which the first bytes were read already to see how large it is.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("The length is not known beforehand.");

        public override long Position
        {
            get => throw new NotSupportedException("The position is not kept.");
            set => throw new NotSupportedException("This stream is read once, from start to end.");
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_start.IsEmpty) return await rest.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(buffer.Length, _start.Length);
            _start[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("This stream is read once, from start to end.");

        public override void SetLength(long value) => throw new NotSupportedException("This stream is read only.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is read only.");
    }
}
