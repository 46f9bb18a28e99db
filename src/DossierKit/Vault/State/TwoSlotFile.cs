using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// A small file that holds one numbered record and is written without waiting for the disk. Two slots take turns, so that a torn write
/// costs the newest record only; a slot that does not verify is 'unknown', never an alarm.
/// Bytes: twice <c>number u64 | payload | HMAC-SHA256 (32)</c>, the authentication over label, vault, subject, number and payload.
/// </summary>
internal static class TwoSlotFile
{
    private const int NumberSize = 8;
    private const int MacSize = HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Who the record is about; binds it, so that a copy of another file is not believed.</summary>
    internal readonly record struct Subject(string Label, OpaqueId Vault, OpaqueId Id);

    /// <summary>The record with the highest number, or <see langword="null"/> when there is none that verifies.</summary>
    public static (ulong Number, byte[] Payload)? Read(string path, SecretKey key, in Subject subject, int payloadSize)
    {
        using var file = LockedFile.Open(path, exclusive: false, create: false, Patience);
        return file is null ? null : Newest(file, key, subject, payloadSize).Record;
    }

    /// <summary>
    /// Writes a record if <paramref name="mayReplace"/> agrees to replace the newest (or none), under a lock that other processes respect.
    /// Returns whether it was written.
    /// </summary>
    public static bool Write(string path, SecretKey key, in Subject subject, ulong number, ReadOnlySpan<byte> payload, Func<(ulong Number, byte[] Payload)?, bool> mayReplace)
    {
        using var file = LockedFile.Open(path, exclusive: true, create: true, Patience)!;
        var (newest, slot) = Newest(file, key, subject, payload.Length);
        if (!mayReplace(newest)) return false;
        var size = NumberSize + payload.Length + MacSize;
        var bytes = new byte[size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        payload.CopyTo(bytes.AsSpan(NumberSize));
        Mac(key, subject, bytes.AsSpan(..^MacSize), bytes.AsSpan(size - MacSize));
        try
        {
            RandomAccess.Write(file.Handle, bytes, (long)(1 - slot) * size);
            // Told to go back: the other slot must not win again.
            if (newest is { } old && old.Number >= number) RandomAccess.Write(file.Handle, new byte[size], (long)slot * size);
        }
        catch (IOException e)
        {
            throw new VaultEnvironmentException($"{path} cannot be written: {e.Message} Free space on that disk, or choose another state folder with --state.", e);
        }

        return true;
    }

    private static ((ulong Number, byte[] Payload)? Record, int Slot) Newest(LockedFile file, SecretKey key, in Subject subject, int payloadSize)
    {
        var size = NumberSize + payloadSize + MacSize;
        var bytes = new byte[2 * size];
        var read = RandomAccess.Read(file.Handle, bytes, 0);
        (ulong Number, byte[] Payload)? newest = null;
        var slot = 1;
        Span<byte> mac = stackalloc byte[MacSize];
        for (var i = 0; i < 2 && (i + 1) * size <= read; i++)
        {
            var record = bytes.AsSpan(i * size, size);
            Mac(key, subject, record[..^MacSize], mac);
            if (!CryptographicOperations.FixedTimeEquals(mac, record[^MacSize..])) continue;
            var number = BinaryPrimitives.ReadUInt64BigEndian(record);
            if (newest is { } other && other.Number >= number) continue;
            newest = (number, record[NumberSize..^MacSize].ToArray());
            slot = i;
        }

        return (newest, slot);
    }

    private static void Mac(SecretKey key, in Subject subject, ReadOnlySpan<byte> content, Span<byte> mac)
        => HMACSHA256.HashData(key.Span, Binding.Of(subject.Label, subject.Vault, subject.Id, content), mac);
}
