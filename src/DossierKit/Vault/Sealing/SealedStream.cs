namespace DossierKit.Vault;

/// <summary>The sealed stream: encrypted, authenticated, padded bytes bound to what they belong to. FORMAT.md, "Sealed stream", gives every byte.</summary>
internal static class SealedStream
{
    /// <summary>Bytes of the key the caller gives; fresh for every attempt.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes before the first unit.</summary>
    public const int HeaderSize = 128;

    /// <summary>How many bytes content of a length takes once sealed.</summary>
    public static long SealedLength(long contentLength) => throw new NotSupportedException();

    /// <summary>Seals small content in memory.</summary>
    public static byte[] Seal(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content) => throw new NotSupportedException();

    /// <summary>Opens what <see cref="Seal"/> or <see cref="SealAsync"/> made, whole.</summary>
    public static byte[] Open(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes) => throw new NotSupportedException();

    /// <summary>
    /// Seals at most <paramref name="maxContent"/> bytes of <paramref name="content"/> into <paramref name="target"/> (not committed) and returns how many it took.
    /// Fewer than <paramref name="maxContent"/> means the content ended: the part is then marked as the last. Exactly <paramref name="maxContent"/> means another part
    /// must follow, an empty one if nothing is left.
    /// </summary>
    public static ValueTask<long> SealAsync(SealContext context, ReadOnlyMemory<byte> key, Stream content, long maxContent, ObjectWriter target, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Opens a slice of an object for reading: seekable, its Length is that of the content; each unit is verified before a byte of it is given.</summary>
    public static ValueTask<Stream> OpenReadAsync(
        SealContext context, ReadOnlyMemory<byte> key, ObjectReader source, long offset, long length, bool ownsSource, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Decrypts all of a slice and keeps nothing; returns the content's length.</summary>
    public static ValueTask<long> VerifyAsync(SealContext context, ReadOnlyMemory<byte> key, ObjectReader source, long offset, long length, CancellationToken ct)
        => throw new NotSupportedException();
}
