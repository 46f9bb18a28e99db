using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>One commit as it lies in the store: envelopes sealed under the stream, payloads each sealed under a key of their own.</summary>
internal sealed record Commit(long Sequence, byte[] PreviousHash, byte[] Hash, IReadOnlyList<Envelope> Envelopes, IReadOnlyList<ReadOnlyMemory<byte>> Payloads);

/// <summary>
/// The bytes of a commit object (FORMAT.md, "Commit"): a clear header that carries the chain, the sealed envelopes, the sealed payloads.
/// The chain runs over ciphertext, so it can be checked without any key and stays valid when payload keys are destroyed.
/// </summary>
internal static class CommitCodec
{
    public const int HashSize = SHA256.HashSizeInBytes;
    public const byte Format = 1;
    private const int HeaderSize = 4 + 1 + OpaqueId.Size + 8 + HashSize + 4;

    private static ReadOnlySpan<byte> Magic => "DKJ1"u8;

    /// <summary>What stands before the first commit of a stream in the chain.</summary>
    public static byte[] GenesisHash(OpaqueId vault, OpaqueId stream) => SHA256.HashData([.. "DossierKit stream"u8, .. vault.ToArray(), .. stream.ToArray()]);

    public static byte[] Encode(
        OpaqueId vault, OpaqueId stream, long sequence, ReadOnlySpan<byte> previousHash, ReadOnlySpan<byte> journalKey,
        IReadOnlyList<Envelope> envelopes, IReadOnlyList<ReadOnlyMemory<byte>> payloads)
    {
        var body = new ByteWriter().Count(envelopes.Count);
        for (var i = 0; i < envelopes.Count; i++) WriteEnvelope(body, envelopes[i], payloads[i].Length);
        var sealedBody = SealedStreamLength(body.Length);

        var header = new ByteWriter().Bytes(Magic).Byte(Format).Id(stream).Int64(sequence).Bytes(previousHash).Count(checked((int)sealedBody)).ToArray();
        var commit = new ByteWriter().Bytes(header).Bytes(SealedStream.Seal(BodyContext(vault, stream, header), journalKey, body.Written));
        foreach (var payload in payloads) commit.Bytes(payload.Span);
        return commit.ToArray();
    }

    public static Commit Decode(OpaqueId vault, OpaqueId stream, long sequence, ReadOnlySpan<byte> journalKey, byte[] bytes, ObjectName name)
    {
        var (previous, bodyLength) = ReadHeader(stream, sequence, bytes, name);
        var sealedBody = bytes.AsSpan(HeaderSize, bodyLength);
        var body = SealedStream.Open(BodyContext(vault, stream, bytes.AsSpan(0, HeaderSize)), journalKey, sealedBody);

        var reader = new ByteReader(body, $"Commit {name}");
        var count = reader.Count(60);
        var envelopes = new Envelope[count];
        var payloads = new ReadOnlyMemory<byte>[count];
        var at = HeaderSize + bodyLength;
        for (var i = 0; i < count; i++)
        {
            (envelopes[i], var length) = ReadEnvelope(ref reader, sequence);
            if (length > bytes.Length - at) throw new VaultDamagedException($"Commit {name} was cut: payload {i + 1} of {count} ends past the object. Restore it from a backup.");
            payloads[i] = bytes.AsMemory(at, (int)length);
            at += (int)length;
            if (length > 0 && !CryptographicOperations.FixedTimeEquals(SHA256.HashData(payloads[i].Span), envelopes[i].PayloadHash.Span))
                throw new VaultDamagedException($"Commit {name} is damaged: payload {i + 1} of {count} is not the one its envelope names. Restore it from a backup.");
        }

        reader.End();
        if (at != bytes.Length) throw new VaultDamagedException($"Commit {name} has {bytes.Length - at} bytes too many. It was not written like this. Restore it from a backup.");
        return new Commit(sequence, previous, SHA256.HashData(bytes), envelopes, payloads);
    }

    /// <summary>The previous hash in the clear header: enough to check the chain without a key.</summary>
    public static byte[] PreviousHash(OpaqueId stream, long sequence, ReadOnlySpan<byte> bytes, ObjectName name) => ReadHeader(stream, sequence, bytes, name).Previous;

    private static (byte[] Previous, int BodyLength) ReadHeader(OpaqueId stream, long sequence, ReadOnlySpan<byte> bytes, ObjectName name)
    {
        if (bytes.Length < HeaderSize) throw new VaultDamagedException($"Commit {name} was cut to {bytes.Length} bytes. Restore it from a backup.");
        var reader = new ByteReader(bytes, $"Commit {name}");
        if (!reader.Bytes(4).SequenceEqual(Magic)) throw new VaultDamagedException($"Object {name} is no commit: its first bytes are wrong. Restore it from a backup.");
        if (reader.Byte() is var format && format != Format)
            throw new VaultEnvironmentException($"Commit {name} has format {format}; this program reads format {Format}. Use a newer DossierKit.");
        if (reader.Id() != stream || reader.Int64() != sequence)
            throw new VaultDamagedException($"Commit {name} belongs to another place: it was moved or copied here. Restore the folder from a backup.");
        var previous = reader.Bytes(HashSize).ToArray();
        return (previous, reader.Count(1));
    }

    /// <summary>The header is bound to the sealed envelopes through the object id they are sealed for.</summary>
    private static SealContext BodyContext(OpaqueId vault, OpaqueId stream, ReadOnlySpan<byte> header)
        => new(vault, stream, new OpaqueId(SHA256.HashData(header).AsSpan(0, OpaqueId.Size)), SealKind.JournalEntry);

    private static long SealedStreamLength(int content) => SealedStream.SealedLength(content);

    private static void WriteEnvelope(ByteWriter writer, Envelope envelope, int payloadLength)
    {
        writer.Id(envelope.Id).Int64(envelope.At.ToUnixTimeMilliseconds()).Text(envelope.Type).Text(envelope.Compartment);
        writer.Count(envelope.Objects.Count);
        foreach (var obj in envelope.Objects)
        {
            writer.Id(obj.Id).Text(obj.Compartment).Int64(obj.Length).Count(obj.Parts.Count);
            foreach (var part in obj.Parts) writer.Id(part.Blob).Int64(part.Offset).Int64(part.Length);
        }

        writer.Count(envelope.Destroyed.Count);
        foreach (var id in envelope.Destroyed) writer.Id(id);
        writer.Bytes(envelope.PayloadHash.Span).Int64(payloadLength);
    }

    private static (Envelope Envelope, long PayloadLength) ReadEnvelope(ref ByteReader reader, long sequence)
    {
        var id = reader.Id();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64());
        var type = reader.Text();
        var compartment = reader.Text();
        var objects = new SealedObject[reader.Count(30)];
        for (var i = 0; i < objects.Length; i++)
        {
            var (objectId, home, length) = (reader.Id(), reader.Text(), reader.Int64());
            var parts = new Locator[reader.Count(32)];
            for (var p = 0; p < parts.Length; p++) parts[p] = new Locator(reader.Id(), reader.Int64(), reader.Int64());
            objects[i] = new SealedObject(objectId, home, length, parts);
        }

        var destroyed = new OpaqueId[reader.Count(OpaqueId.Size)];
        for (var i = 0; i < destroyed.Length; i++) destroyed[i] = reader.Id();
        var hash = reader.Bytes(HashSize).ToArray();
        return (new Envelope(sequence, id, at, type, compartment, objects, destroyed, hash), reader.Int64());
    }
}
