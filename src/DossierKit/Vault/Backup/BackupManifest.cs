using System.Globalization;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>A blob of a stream as it was copied.</summary>
internal sealed record ManifestBlob(OpaqueId Id, long Length, byte[] Hash);

/// <summary>
/// A stream as it was cut: its last commit, whose hash vouches for every commit before it because each names the hash of its predecessor, and its blobs.
/// A stream that has a key and no commit yet has head 0 and a hash of zeros.
/// </summary>
internal sealed record ManifestStream(OpaqueId Id, long Head, byte[] HeadHash, IReadOnlyList<ManifestBlob> Blobs);

/// <summary>
/// What one backup run holds (FORMAT.md, "Manifest"): written last, so it makes the set exist; authenticated under a key that follows from the root secret, so nobody without it
/// can pass off another collection of objects as a backup of this vault. No names, only ids, sizes and hashes.
/// </summary>
internal sealed record BackupManifest(
    OpaqueId Vault, OpaqueId Set, OpaqueId Place, DateTimeOffset At, DateTimeOffset FinishedAt, DateOnly KeysUntil, string Label,
    int LedgerCount, byte[] LedgerHash, long KeysLength, byte[] KeysHash, IReadOnlyList<ManifestStream> Streams)
{
    private const byte Format = 1;
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The label under which the root secret gives the key of the seal.</summary>
    public const string KeyLabel = "backup manifest";

    private static ReadOnlySpan<byte> Magic => "DKBM"u8;

    public byte[] Seal(SecretKey key)
    {
        var writer = new ByteWriter().Bytes(Magic).Byte(Format).Id(Vault).Id(Set).Id(Place).Int64(At.ToUnixTimeMilliseconds()).Int64(FinishedAt.ToUnixTimeMilliseconds())
            .Text(KeysUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Text(Label).Int64(LedgerCount).Bytes(LedgerHash).Int64(KeysLength).Bytes(KeysHash).Count(Streams.Count);
        foreach (var stream in Streams)
        {
            writer.Id(stream.Id).Int64(stream.Head).Bytes(stream.HeadHash).Count(stream.Blobs.Count);
            foreach (var blob in stream.Blobs) writer.Id(blob.Id).Int64(blob.Length).Bytes(blob.Hash);
        }

        return [.. writer.Written, .. HMACSHA256.HashData(key.Span, writer.Written)];
    }

    /// <summary>Reads a manifest as it stands; nothing of it is trusted before <see cref="Verify"/>.</summary>
    /// <exception cref="VaultDamagedException">The bytes are no manifest.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> bytes, ObjectName name)
    {
        if (bytes.Length < HashSize || !bytes.StartsWith(Magic)) throw new VaultDamagedException($"Object {name} is no manifest of a backup: it was damaged or replaced. Use another set, or another backup.");
        var reader = new ByteReader(bytes[..^HashSize], $"Manifest {name}");
        reader.Bytes(Magic.Length);
        if (reader.Byte() is var format && format != Format) throw new VaultEnvironmentException($"Manifest {name} has format {format}; this program reads format {Format}. Use a newer DossierKit.");
        var (vault, set, place) = (reader.Id(), reader.Id(), reader.Id());
        var (at, finished) = (DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()), DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()));
        var until = DateOnly.TryParseExact(reader.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new VaultDamagedException($"Manifest {name} has a day that is none. It was not written like this. Use another set.");
        var label = reader.Text();
        var (ledgerCount, ledgerHash) = ((int)Math.Min(reader.Int64(), int.MaxValue), reader.Bytes(HashSize).ToArray());
        var (keysLength, keysHash) = (reader.Int64(), reader.Bytes(HashSize).ToArray());
        var streams = new ManifestStream[reader.Count(OpaqueId.Size + 8 + HashSize + 4)];
        for (var i = 0; i < streams.Length; i++)
        {
            var (id, head, headHash) = (reader.Id(), reader.Int64(), reader.Bytes(HashSize).ToArray());
            var blobs = new ManifestBlob[reader.Count(OpaqueId.Size + 8 + HashSize)];
            for (var b = 0; b < blobs.Length; b++) blobs[b] = new ManifestBlob(reader.Id(), reader.Int64(), reader.Bytes(HashSize).ToArray());
            streams[i] = new ManifestStream(id, head, headHash, blobs);
        }

        reader.End();
        return new BackupManifest(vault, set, place, at, finished, until, label, ledgerCount, ledgerHash, keysLength, keysHash, streams);
    }

    /// <summary>Whether these bytes were sealed by whoever holds the root secret.</summary>
    public static bool Verify(SecretKey key, ReadOnlySpan<byte> bytes)
        => bytes.Length >= HashSize && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Span, bytes[..^HashSize]), bytes[^HashSize..]);
}
