namespace DossierKit.Vault;

/// <summary>
/// The catalogue as it was after one commit, sealed as a whole (FORMAT.md, "Snapshot"). <paramref name="LastTombstone"/> is the commit that last destroyed
/// a record, 0 for none: what is older than that may not be kept.
/// </summary>
internal sealed record CatalogueSnapshot(long Sequence, byte[] Hash, long LastTombstone, Dictionary<OpaqueId, ReadOnlyMemory<byte>> Records, Dictionary<OpaqueId, DateTimeOffset> Destroyed)
{
    public static CatalogueSnapshot Empty => new(0, [], 0, [], []);

    private static ReadOnlySpan<byte> Magic => "DKN1"u8;

    public static CatalogueSnapshot Open(OpaqueId vault, OpaqueId stream, ReadOnlySpan<byte> key, ObjectName name, ReadOnlySpan<byte> bytes)
    {
        var content = SealedStream.Open(Context(vault, stream, name), key, bytes);
        var reader = new ByteReader(content, $"Snapshot {name}");
        if (!reader.Bytes(4).SequenceEqual(Magic)) throw new VaultDamagedException($"Object {name} is no snapshot: its first bytes are wrong. It is made anew at the next change.");
        var (sequence, hash, lastTombstone) = (reader.Int64(), reader.Bytes(CommitCodec.HashSize).ToArray(), reader.Int64());
        var count = reader.Count(OpaqueId.Size + 2);
        var records = new Dictionary<OpaqueId, ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            var (id, length) = (reader.Id(), reader.UInt16());
            records.Add(id, content.AsMemory(content.Length - reader.Remaining, length));
            reader.Bytes(length);
        }

        var destroyed = new Dictionary<OpaqueId, DateTimeOffset>();
        for (var left = reader.Count(OpaqueId.Size + 8); left > 0; left--) destroyed.Add(reader.Id(), DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64()));
        reader.End();
        return new CatalogueSnapshot(sequence, hash, lastTombstone, records, destroyed);
    }

    public byte[] Seal(OpaqueId vault, OpaqueId stream, ReadOnlySpan<byte> key, ObjectName name)
    {
        var writer = new ByteWriter().Bytes(Magic).Int64(Sequence).Bytes(Hash).Int64(LastTombstone).Count(Records.Count);
        foreach (var (id, record) in Records) writer.Id(id).UInt16(record.Length).Bytes(record.Span);
        writer.Count(Destroyed.Count);
        foreach (var (id, at) in Destroyed) writer.Id(id).Int64(at.ToUnixTimeMilliseconds());
        return SealedStream.Seal(Context(vault, stream, name), key, writer.Written);
    }

    /// <summary>Bound to its name, so that an older snapshot cannot stand under a newer number.</summary>
    private static SealContext Context(OpaqueId vault, OpaqueId stream, ObjectName name) => new(vault, stream, OpaqueId.Derive("snapshot"u8, name.Value), SealKind.Snapshot);
}
