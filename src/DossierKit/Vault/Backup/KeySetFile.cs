using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// Writes the keys of one backup run as one object (FORMAT.md, "Key set"): one thing to write, and one thing to remove when it must be forgotten.
/// A section holds the keys of one stream; a later section of the same stream takes the place of the earlier.
/// </summary>
internal sealed class KeySetWriter : IAsyncDisposable
{
    public const byte End = 0;
    public const byte Section = 1;
    public const byte Object = 2;
    public const byte Format = 1;
    private const int BufferSize = 1 << 20;

    private readonly ObjectWriter _writer;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _used;
    private long _length;
    private long _objects;

    private KeySetWriter(ObjectWriter writer) => _writer = writer;

    public static ReadOnlySpan<byte> Magic => "DKBK"u8;

    public static async ValueTask<KeySetWriter> CreateAsync(BackupPlace place, OpaqueId set, CancellationToken ct)
    {
        var writer = new KeySetWriter(await place.Store.CreateAsync(BackupPlace.Keys(set), ct));
        await writer.WriteAsync(new ByteWriter().Bytes(Magic).Byte(Format).Id(place.Vault).Id(set).ToArray(), ct);
        return writer;
    }

    /// <summary>Begins the keys of a stream; zeros: those of the vault itself.</summary>
    public ValueTask SectionAsync(OpaqueId stream, CancellationToken ct) => WriteAsync(new ByteWriter().Byte(Section).Id(stream).ToArray(), ct);

    public async ValueTask AddAsync(ObjectName name, byte[] bytes, CancellationToken ct)
    {
        await WriteAsync(new ByteWriter().Byte(Object).Text(name.Value).Count(bytes.Length).ToArray(), ct);
        await WriteAsync(bytes, ct);
        _objects++;
    }

    /// <summary>Makes the set's keys durable; its length and SHA-256.</summary>
    public async ValueTask<(long Length, byte[] Hash)> CommitAsync(CancellationToken ct)
    {
        await WriteAsync(new ByteWriter().Byte(End).Int64(_objects).ToArray(), ct);
        await FlushAsync(ct);
        if (!await _writer.CommitAsync(ct)) throw new VaultDamagedException("A key set of this random name exists already. Two runs wrote to the same place: run the backup again.");
        return (_length, _hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _writer.DisposeAsync();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty)
        {
            if (_used == BufferSize) await FlushAsync(ct);
            var count = Math.Min(bytes.Length, BufferSize - _used);
            bytes[..count].CopyTo(_buffer.AsMemory(_used));
            _used += count;
            bytes = bytes[count..];
        }
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_used == 0) return;
        _hash.AppendData(_buffer, 0, _used);
        await _writer.WriteAsync(_buffer.AsMemory(0, _used), ct);
        _length += _used;
        _used = 0;
    }
}

/// <summary>Reads what <see cref="KeySetWriter"/> wrote, after comparing all of it with the hash in the manifest.</summary>
internal sealed class KeySetReader : IAsyncDisposable
{
    private readonly ObjectReader _reader;
    private readonly ObjectName _name;
    private readonly byte[] _buffer = new byte[1 << 20];
    // Which section of a stream counts: the last one.
    private readonly Dictionary<OpaqueId, long> _lastSection = [];
    private long _bufferAt;
    private int _buffered;
    private long _at;

    private KeySetReader(ObjectReader reader, ObjectName name) => (_reader, _name) = (reader, name);

    /// <exception cref="VaultDamagedException">It is missing, or not the file the manifest names.</exception>
    public static async ValueTask<KeySetReader> OpenAsync(BackupPlace place, BackupManifest manifest, CancellationToken ct)
    {
        var name = BackupPlace.Keys(manifest.Set);
        var reader = new KeySetReader(await place.Store.OpenAsync(name, ct) ?? throw new VaultDamagedException($"Object {name} is missing, though its manifest is there. Use another set."), name);
        try
        {
            await reader.CheckAsync(manifest, ct);
            await foreach (var _ in reader.ScanAsync((stream, at) => reader._lastSection[stream] = at, ct))
            {
                // Only which sections there are matters in this pass.
            }

            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every key object that counts, with the stream it belongs to (zeros: the vault itself), in the order of the file.</summary>
    public async IAsyncEnumerable<(OpaqueId Stream, ObjectName Name, byte[] Bytes)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var counts = false;
        await foreach (var item in ScanAsync((stream, at) => counts = _lastSection[stream] == at, ct))
        {
            if (counts) yield return item;
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private async ValueTask CheckAsync(BackupManifest manifest, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (_at = 0; _at < _reader.Length;)
        {
            var bytes = await TakeAsync((int)Math.Min(_buffer.Length, _reader.Length - _at), ct);
            hash.AppendData(bytes.Span);
        }

        if (_reader.Length != manifest.KeysLength || !hash.GetHashAndReset().AsSpan().SequenceEqual(manifest.KeysHash))
            throw new VaultDamagedException($"Object {_name} is not the one its manifest names: it was damaged or replaced. Nothing was restored from it. Use another set, or another backup.");
    }

    private async IAsyncEnumerable<(OpaqueId Stream, ObjectName Name, byte[] Bytes)> ScanAsync(Action<OpaqueId, long> onSection, [EnumeratorCancellation] CancellationToken ct)
    {
        _at = 0;
        var head = await TakeAsync(5 + (2 * OpaqueId.Size), ct);
        if (!head.Span.StartsWith(KeySetWriter.Magic)) throw Malformed();
        if (head.Span[4] != KeySetWriter.Format) throw new VaultEnvironmentException($"Object {_name} has format {head.Span[4]}; this program reads format {KeySetWriter.Format}. Use a newer DossierKit.");
        OpaqueId stream = default;
        while (true)
        {
            switch ((await TakeAsync(1, ct)).Span[0])
            {
                case KeySetWriter.Section:
                    var at = _at;
                    stream = new OpaqueId((await TakeAsync(OpaqueId.Size, ct)).Span);
                    onSection(stream, at);
                    break;
                case KeySetWriter.Object:
                    var text = Encoding.UTF8.GetString((await TakeAsync(BinaryPrimitives.ReadUInt16BigEndian((await TakeAsync(2, ct)).Span), ct)).Span);
                    if (!ObjectName.IsValid(text)) throw Malformed();
                    var name = new ObjectName(text);
                    if (!Belongs(name, stream)) throw Malformed();
                    var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian((await TakeAsync(4, ct)).Span) is >= 0 and var length && length <= _reader.Length - _at ? length : throw Malformed()];
                    for (var filled = 0; filled < bytes.Length;)
                    {
                        var part = await TakeAsync(Math.Min(bytes.Length - filled, _buffer.Length), ct);
                        part.CopyTo(bytes.AsMemory(filled));
                        filled += part.Length;
                    }

                    yield return (stream, name, bytes);
                    break;
                case KeySetWriter.End:
                    if (_reader.Length - _at != 8) throw Malformed();
                    yield break;
                default:
                    throw Malformed();
            }
        }
    }

    /// <summary>Only what belongs to a section may stand in it: a set cannot place anything elsewhere in the vault.</summary>
    private static bool Belongs(ObjectName name, OpaqueId stream)
        => stream == default
            ? name == VaultHeader.Name || name.Value.StartsWith("unlock/", StringComparison.Ordinal) || name.Value.StartsWith("ring/", StringComparison.Ordinal)
            : KeyMaterial.FoldersOf(new StreamLayout(stream)).Any(folder => name.Value.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The next bytes, at most as many as the buffer; they are good until the next call.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken ct)
    {
        if (_at < _bufferAt || _at + count > _bufferAt + _buffered)
        {
            _bufferAt = _at;
            _buffered = await _reader.ReadAsync(_at, _buffer, ct);
            if (_buffered < count) throw Malformed();
        }

        var taken = _buffer.AsMemory((int)(_at - _bufferAt), count);
        _at += count;
        return taken;
    }

    private VaultDamagedException Malformed() => new($"Object {_name} does not read as a key set, though its hash is right. A program error made it: use another set.");
}

/// <summary>Which objects of a vault are key material: what is destroyed by removing them lies apart from content in a backup.</summary>
internal static class KeyMaterial
{
    /// <summary>
    /// The folders of a stream whose objects go into a key set: keys, compartment keys, key pages, and the snapshots of the catalogue. Those open with the catalogue's own key, which never
    /// goes, so a record in one is forgotten only with the snapshot itself.
    /// </summary>
    public static string[] FoldersOf(StreamLayout layout) => [layout.KeyPrefix, layout.CompartmentPrefix, layout.PagePrefix, layout.SnapshotPrefix];
}
