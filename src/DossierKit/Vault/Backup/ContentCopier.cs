using System.Diagnostics;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>Brings single objects of content to a place: copied once, or compared with what is there.</summary>
internal sealed class ContentCopier(IObjectStore source, BackupPlace place, long? bytesPerSecond)
{
    private const int BufferSize = 1 << 20;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly HashSet<ObjectName> _copied = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _read;

    /// <summary>Objects that were not there yet.</summary>
    public long Objects { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Objects that were there with other bytes and were copied again.</summary>
    public long Repaired { get; private set; }

    /// <summary>Whether this run wrote or compared the object.</summary>
    public bool HasCopied(ObjectName name) => _copied.Contains(name);

    /// <summary>Makes sure that an object lies at the place as the vault has it; its length and SHA-256, or <see langword="null"/> when the vault does not have it.</summary>
    public async ValueTask<(long Length, byte[] Hash)?> EnsureAsync(ObjectName name, CancellationToken ct)
    {
        var target = BackupPlace.Content(name);
        await using var reader = await source.OpenAsync(name, ct);
        if (reader is null) return null;
        await using (var present = await place.Store.OpenAsync(target, ct))
        {
            if (present is not null)
            {
                var hash = await HashAsync(reader, isSource: true, ct);
                _copied.Add(name);
                if (present.Length == reader.Length && (await HashAsync(present, isSource: false, ct)).AsSpan().SequenceEqual(hash)) return (reader.Length, hash);
                Repaired++;
            }
        }

        if (_copied.Contains(name)) await place.Store.DeleteAsync(target, ct); // was there with other bytes
        await using var writer = await place.Store.CreateAsync(target, ct);
        using var copy = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < reader.Length;)
        {
            var read = await ReadAsync(reader, at, isSource: true, ct);
            copy.AppendData(_buffer, 0, read);
            await writer.WriteAsync(_buffer.AsMemory(0, read), ct);
            at += read;
        }

        if (!await writer.CommitAsync(ct)) throw new VaultEnvironmentException($"Object {target} appeared at the place of the backup while it was copied: something else writes there. Find out what, and run the backup again.");
        _copied.Add(name);
        Objects++;
        Bytes += reader.Length;
        return (reader.Length, copy.GetHashAndReset());
    }

    private async ValueTask<byte[]> HashAsync(ObjectReader reader, bool isSource, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < reader.Length;)
        {
            var read = await ReadAsync(reader, at, isSource, ct);
            hash.AppendData(_buffer, 0, read);
            at += read;
        }

        return hash.GetHashAndReset();
    }

    private async ValueTask<int> ReadAsync(ObjectReader reader, long at, bool isSource, CancellationToken ct)
    {
        var read = await reader.ReadAsync(at, _buffer.AsMemory(0, (int)Math.Min(BufferSize, reader.Length - at)), ct);
        if (read == 0) throw new VaultEnvironmentException("An object became shorter while it was copied: the disk is failing. Check the disk, and run the backup again.");
        if (isSource) await ThrottleAsync(read, ct);
        return read;
    }

    /// <summary>Waits until what was read so far fits the rate: whoever works with the vault meanwhile should hardly notice.</summary>
    private async ValueTask ThrottleAsync(int read, CancellationToken ct)
    {
        _read += read;
        if (bytesPerSecond is not { } rate) return;
        var early = TimeSpan.FromSeconds((double)_read / rate) - Stopwatch.GetElapsedTime(_started);
        if (early > TimeSpan.FromMilliseconds(5)) await Task.Delay(early, ct);
    }
}
