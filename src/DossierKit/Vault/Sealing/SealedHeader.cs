using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The first 128 bytes of a sealed stream: what it belongs to, a salt, and a commitment to the key. HKDF over the caller's key, the salt and the first 64 bytes
/// gives the content key and the commitment, so a header that is changed or moved never leads to the content key.
/// </summary>
/// <remarks>The commitment is compared before anything is decrypted: AES-GCM alone lets one ciphertext open under two keys (RFC 9771, key commitment).</remarks>
internal static class SealedHeader
{
    public const ushort Format = 1;

    private const int BoundSize = 64;
    private const int SaltSize = 32;
    private const int CommitmentSize = 32;

    private static ReadOnlySpan<byte> Magic => "DKS1"u8;

    /// <summary>Fills a header with a fresh salt and returns the cipher of the units.</summary>
    /// <param name="context">What the stream belongs to.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="header">At least <see cref="SealedStream.HeaderSize"/> bytes.</param>
    public static UnitCipher Create(in SealContext context, ReadOnlySpan<byte> key, Span<byte> header)
    {
        WriteBound(context, header);
        RandomNumberGenerator.Fill(header.Slice(BoundSize, SaltSize));
        return Derive(context, key, header, header.Slice(BoundSize + SaltSize, CommitmentSize));
    }

    /// <summary>Checks a header against what the caller expects and returns the cipher of the units.</summary>
    /// <param name="context">What the caller expects.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="header">The bytes read; fewer than a header has is a cut stream.</param>
    /// <exception cref="VaultDamagedException">It is cut, no sealed stream, another's, or sealed under another key.</exception>
    /// <exception cref="VaultEnvironmentException">It has a newer format.</exception>
    public static UnitCipher Check(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> header)
    {
        if (header.Length < SealedStream.HeaderSize) throw SealFailure.Cut(context, $"it ends within its header, after {header.Length} bytes");
        header = header[..SealedStream.HeaderSize];
        if (!header[..4].SequenceEqual(Magic)) throw SealFailure.NoSealedStream(context);
        var format = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        if (format > Format) throw SealFailure.NewerFormat(context, format);

        Span<byte> expected = stackalloc byte[BoundSize];
        WriteBound(context, expected);
        if (!header[..BoundSize].SequenceEqual(expected)) throw SealFailure.OtherContext(context, FirstDifference(header, expected));

        Span<byte> commitment = stackalloc byte[CommitmentSize];
        var cipher = Derive(context, key, header, commitment);
        if (CryptographicOperations.FixedTimeEquals(commitment, header.Slice(BoundSize + SaltSize, CommitmentSize))) return cipher;
        cipher.Dispose();
        throw SealFailure.OtherKey(context);
    }

    private static void WriteBound(in SealContext context, Span<byte> header)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], Format);
        header[6] = (byte)context.Kind;
        header[7] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], context.Part);
        header[12..16].Clear();
        context.Vault.CopyTo(header[16..]);
        context.Stream.CopyTo(header[32..]);
        context.Object.CopyTo(header[48..]);
    }

    private static string FirstDifference(ReadOnlySpan<byte> header, ReadOnlySpan<byte> expected) => header.CommonPrefixLength(expected) switch
    {
        < 6 => "format",
        6 => "kind",
        < 8 => "reserved byte",
        < 12 => "part",
        < 16 => "reserved bytes",
        < 32 => "vault",
        < 48 => "stream",
        _ => "object",
    };

    private static UnitCipher Derive(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> header, Span<byte> commitment)
    {
        if (key.Length != SealedStream.KeySize) throw new ArgumentException($"A key has {SealedStream.KeySize} bytes.", nameof(key));
        Span<byte> okm = stackalloc byte[32 + CommitmentSize];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key, okm, header.Slice(BoundSize, SaltSize), header[..BoundSize]);
            okm[32..].CopyTo(commitment);
            return new UnitCipher(context, okm[..32]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(okm);
        }
    }
}
