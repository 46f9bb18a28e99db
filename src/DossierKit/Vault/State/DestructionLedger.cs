using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>What kind of thing was destroyed.</summary>
internal enum DestroyedKind : byte
{
    /// <summary>A whole stream; the id is the stream's.</summary>
    Stream = 1,

    /// <summary>One object or payload of a stream.</summary>
    Object = 2,

    /// <summary>One compartment of a stream.</summary>
    Compartment = 3,
}

/// <summary>One destruction; <paramref name="At"/> is UTC, kept in whole milliseconds.</summary>
internal readonly record struct Destroyed(DestroyedKind Kind, OpaqueId Stream, OpaqueId Id, DateTimeOffset At);

/// <summary>
/// What was destroyed, kept outside the data, so that a restored backup does not bring it back to life.
/// Append-only records of 80 bytes: <c>kind u8 | zeros (7) | UTC milliseconds i64 | stream (16) | id (16) | HMAC-SHA256 (32)</c>,
/// the authentication also over vault and position.
/// </summary>
internal sealed class DestructionLedger
{
    public const int RecordSize = BodySize + MacSize;

    private const int BodySize = 8 + 8 + 2 * OpaqueId.Size;
    private const int MacSize = HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly OpaqueId _vault;
    private readonly SecretKey _key;
    private readonly Lock _gate = new();
    private readonly List<Destroyed> _records = [];
    private readonly Dictionary<(DestroyedKind Kind, OpaqueId Stream, OpaqueId Id), int> _index = [];
    private bool _failed;

    public DestructionLedger(string path, OpaqueId vault, SecretKey key)
    {
        _path = path;
        _vault = vault;
        _key = key;
    }

    /// <summary>
    /// Every destruction, oldest first, those of other processes too. A record that a crash cut off at the end is no record: its destruction was not acknowledged.
    /// </summary>
    /// <exception cref="VaultDamagedException">A record was changed, moved or removed from the middle, or the file was cut while it was in use.</exception>
    public IReadOnlyList<Destroyed> Read()
    {
        lock (_gate)
        {
            using var file = LockedFile.Open(_path, exclusive: false, create: false, Patience);
            if (file is not null) CatchUp(file);
            else if (_records.Count > 0) throw Damaged("it disappeared while it was in use");
            return [.. _records];
        }
    }

    /// <summary>Appends what is not in it yet, durably, in one go; repeating is harmless, and is what to do after a crash.</summary>
    /// <exception cref="VaultEnvironmentException">The disk did not take it; the destruction must not go on.</exception>
    public void Append(IReadOnlyCollection<Destroyed> destroyed)
    {
        lock (_gate)
        {
            if (_failed) throw new VaultEnvironmentException($"{_path} takes no more records: the disk failed earlier. Nothing more may be destroyed. Check the disk, and open the vault anew.");
            var folder = Path.GetDirectoryName(_path)!;
            using var directory = DurableFile.OpenDirectory(folder);
            using var file = LockedFile.Open(_path, exclusive: true, create: true, Patience)!;
            CatchUp(file);
            var done = false;
            try
            {
                Write(file, destroyed);
                _failed = true;
                DurableFile.Flush(file.Handle, _path);
                if (directory is not null) DurableFile.Flush(directory, folder);
                _failed = false;
                done = true;
            }
            finally
            {
                if (!done) Forget();
            }
        }
    }

    /// <summary>
    /// Keeps every process from recording a destruction, and so from carrying one out, until disposed; those wait for half a minute. For the few moments in which a copy must be taken of a
    /// vault in which things are destroyed all the time. What is recorded is read by <see cref="ReadAnew"/> meanwhile.
    /// </summary>
    public IDisposable HoldStill() => LockedFile.Open(_path, exclusive: false, create: true, Patience)!;

    /// <summary>As <see cref="Read"/>, also while another thread of this process waits to append.</summary>
    public IReadOnlyList<Destroyed> ReadAnew() => new DestructionLedger(_path, _vault, _key).Read();

    /// <summary>The records as a copy of the ledger holds them, sealed as they are here: for a backup, which must not bring back what was destroyed.</summary>
    public byte[] Export(IReadOnlyList<Destroyed> records)
    {
        var bytes = new byte[records.Count * RecordSize];
        for (var i = 0; i < records.Count; i++) Encode(records[i], i, bytes.AsSpan(i * RecordSize, RecordSize));
        return bytes;
    }

    /// <summary>Reads a copy made by <see cref="Export"/>.</summary>
    /// <param name="bytes">The copy.</param>
    /// <param name="name">For the error text.</param>
    /// <exception cref="VaultDamagedException">It was changed or cut, or is of another vault.</exception>
    public IReadOnlyList<Destroyed> Import(ReadOnlySpan<byte> bytes, ObjectName name)
    {
        var records = new Destroyed[bytes.Length / RecordSize];
        for (var i = 0; i < records.Length; i++)
        {
            var record = bytes.Slice(i * RecordSize, RecordSize);
            if (!Verifies(record, i)) throw NotTheCopy();
            records[i] = Decode(record);
        }

        return bytes.Length % RecordSize == 0 ? records : throw NotTheCopy();

        VaultDamagedException NotTheCopy() => new($"Object {name} is no copy of this vault's destruction ledger: it was damaged, cut or replaced. Without it something destroyed could come back. Use another copy of the backup.");
    }

    /// <summary>What is on the disk is uncertain: the next call reads it all again.</summary>
    private void Forget()
    {
        _records.Clear();
        _index.Clear();
    }

    private void Write(LockedFile file, IReadOnlyCollection<Destroyed> destroyed)
    {
        var record = new byte[RecordSize];
        try
        {
            // What a crash left half written goes first: the next record must stand where its number says.
            var end = (long)_records.Count * RecordSize;
            if (RandomAccess.GetLength(file.Handle) != end) RandomAccess.SetLength(file.Handle, end);
            foreach (var item in destroyed)
            {
                // A known record is written again: after a failed fsync, by whatever process, it may be in memory only, and the kernel would call it clean.
                if (!_index.TryGetValue((item.Kind, item.Stream, item.Id), out var index))
                {
                    index = _records.Count;
                    Remember(item);
                }

                Encode(_records[index], index, record);
                RandomAccess.Write(file.Handle, record, (long)index * RecordSize);
            }
        }
        catch (IOException e)
        {
            throw new VaultEnvironmentException($"{_path} cannot be written: {e.Message} Nothing may be destroyed without it. Free space on that disk, and try again.", e);
        }
    }

    /// <summary>Reads what was appended since the last time.</summary>
    private void CatchUp(LockedFile file)
    {
        var start = (long)_records.Count * RecordSize;
        var length = RandomAccess.GetLength(file.Handle) - start;
        if (length < 0) throw Damaged("it was cut while it was in use");
        if (length > 1L << 30) throw Damaged("it is larger than a gigabyte");
        var bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
        {
            var read = RandomAccess.Read(file.Handle, bytes.AsSpan(at), start + at);
            if (read == 0) throw Damaged("it shrank while it was read");
            at += read;
        }

        var first = _records.Count;
        var broken = -1;
        for (var i = 0; (i + 1) * RecordSize <= bytes.Length; i++)
        {
            var record = bytes.AsSpan(i * RecordSize, RecordSize);
            if (!Verifies(record, first + i)) broken = broken < 0 ? i : broken;
            // Only a tail can be torn. A good record after a bad one means that someone was at the bad one.
            else if (broken >= 0) throw Damaged($"record {first + broken + 1} was changed, though record {first + i + 1} after it is whole");
            else Remember(Decode(record));
        }
    }

    private void Remember(in Destroyed item)
    {
        _index.TryAdd((item.Kind, item.Stream, item.Id), _records.Count);
        _records.Add(item with { At = DateTimeOffset.FromUnixTimeMilliseconds(item.At.ToUnixTimeMilliseconds()) });
    }

    private static Destroyed Decode(ReadOnlySpan<byte> record) => new(
        (DestroyedKind)record[0],
        new OpaqueId(record.Slice(16, OpaqueId.Size)),
        new OpaqueId(record.Slice(16 + OpaqueId.Size, OpaqueId.Size)),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(record[8..])));

    private void Encode(in Destroyed destroyed, int index, Span<byte> record)
    {
        record[0] = (byte)destroyed.Kind;
        BinaryPrimitives.WriteInt64BigEndian(record[8..], destroyed.At.ToUnixTimeMilliseconds());
        destroyed.Stream.CopyTo(record[16..]);
        destroyed.Id.CopyTo(record[(16 + OpaqueId.Size)..]);
        Mac(record[..BodySize], index, record[BodySize..]);
    }

    private bool Verifies(ReadOnlySpan<byte> record, int index)
    {
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(record[..BodySize], index, mac);
        return CryptographicOperations.FixedTimeEquals(mac, record[BodySize..]);
    }

    private void Mac(ReadOnlySpan<byte> body, int index, Span<byte> mac)
    {
        Span<byte> content = stackalloc byte[8 + BodySize];
        BinaryPrimitives.WriteInt64BigEndian(content, index);
        body.CopyTo(content[8..]);
        HMACSHA256.HashData(_key.Span, Binding.Of("state-ledger", _vault, default, content), mac);
    }

    private VaultDamagedException Damaged(string why)
        => new($"The destruction ledger {_path} cannot be trusted: {why}. Restore the state folder from its own backup; without the ledger a restored vault may show what was destroyed.");
}
