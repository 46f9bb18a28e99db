using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The sealed stream: encrypted, authenticated, padded bytes bound to what they belong to. FORMAT.md, "Sealed stream", gives every byte.
/// Every way such a stream can be wrong throws <see cref="VaultDamagedException"/> with a text of its own (see <see cref="SealFailure"/>),
/// except a newer format, which is a <see cref="VaultEnvironmentException"/>.
/// </summary>
internal static class SealedStream
{
    /// <summary>Bytes of the key the caller gives: random, and fresh for every attempt.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes before the first unit.</summary>
    public const int HeaderSize = 128;

    /// <summary>How many bytes content of a length takes once sealed.</summary>
    public static long SealedLength(long contentLength) => SealedLayout.ForContent(contentLength).SealedLength;

    /// <summary>Seals small content in memory.</summary>
    /// <param name="context">What it belongs to.</param>
    /// <param name="key">32 bytes, fresh.</param>
    /// <param name="content">Any length, also none.</param>
    public static byte[] Seal(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        var layout = SealedLayout.ForContent(content.Length);
        var result = new byte[layout.SealedLength];
        using var cipher = SealedHeader.Create(context, key, result);
        var edge = ArrayPool<byte>.Shared.Rent(SealedLayout.UnitSize);
        try
        {
            for (long unit = 0; unit < layout.Units; unit++)
            {
                var start = unit * SealedLayout.UnitSize;
                var plain = content.Length - start >= SealedLayout.UnitSize
                    ? content.Slice((int)start, SealedLayout.UnitSize)
                    : EdgeUnit(layout, unit, content[(int)Math.Min(start, content.Length)..], content.Length, edge);
                cipher.Seal(unit, unit == layout.Units - 1, context.Last, plain, result.AsSpan((int)SealedLayout.OffsetOf(unit)));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(edge);
            ArrayPool<byte>.Shared.Return(edge);
        }

        return result;
    }

    /// <summary>Opens what <see cref="Seal"/> or <see cref="SealAsync"/> made, whole.</summary>
    /// <param name="context">What it is expected to belong to.</param>
    /// <param name="key">The key it was sealed under.</param>
    /// <param name="sealedBytes">All bytes of the stream and no others.</param>
    /// <returns>The content; the caller clears it when it is secret.</returns>
    public static byte[] Open(in SealContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes)
    {
        using var cipher = SealedHeader.Check(context, key, sealedBytes);
        var layout = SealedLayout.FromSealedLength(sealedBytes.Length) ?? throw SealFailure.ImpossibleLength(context, sealedBytes.Length);
        var (last, edge) = (layout.Units - 1, ArrayPool<byte>.Shared.Rent(SealedLayout.UnitSize));
        byte[]? content = null;
        try
        {
            // The final unit says how long the content is: with it first, a content of any size is decrypted where it will stay.
            content = GC.AllocateUninitializedArray<byte>(checked((int)ContentLength(context, layout, OpenFinal(sealedBytes))));
            for (long unit = 0; unit <= last; unit++)
            {
                var start = (int)Math.Min(unit * SealedLayout.UnitSize, content.Length);
                if (unit != last && content.Length - start >= SealedLayout.UnitSize)
                {
                    cipher.Open(unit, false, BytesOf(unit, sealedBytes), content.AsSpan(start, SealedLayout.UnitSize));
                    continue;
                }

                var plain = OpenEdge(unit, sealedBytes);
                if (unit == last) plain = plain[..^SealedLayout.TrailerSize];
                if (plain[(content.Length - start)..].ContainsAnyExcept((byte)0)) throw SealFailure.BadPadding(context);
                plain[..(content.Length - start)].CopyTo(content.AsSpan(start));
            }

            return content;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(content);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(edge);
            ArrayPool<byte>.Shared.Return(edge);
        }

        ReadOnlySpan<byte> BytesOf(long unit, ReadOnlySpan<byte> bytes) => bytes.Slice((int)SealedLayout.OffsetOf(unit), layout.PlainSizeOf(unit) + SealedLayout.TagSize);

        ReadOnlySpan<byte> OpenFinal(ReadOnlySpan<byte> bytes)
        {
            try
            {
                return OpenEdge(last, bytes);
            }
            catch (VaultDamagedException)
            {
                // The first unit that is wrong is the one to name.
                for (long unit = 0; unit < last; unit++) OpenEdge(unit, bytes);
                throw;
            }
        }

        ReadOnlySpan<byte> OpenEdge(long unit, ReadOnlySpan<byte> bytes)
        {
            var plain = edge.AsSpan(0, layout.PlainSizeOf(unit));
            cipher.Open(unit, unit == last, BytesOf(unit, bytes), plain);
            return plain;
        }
    }

    /// <summary>
    /// Seals at most <paramref name="maxContent"/> bytes of <paramref name="content"/> into <paramref name="target"/> and returns how many it took; it does not commit.
    /// Fewer than <paramref name="maxContent"/> means that the content ended: the part is then marked as the last. Exactly <paramref name="maxContent"/> means that
    /// another part must follow, an empty one if nothing is left.
    /// </summary>
    /// <param name="context">What it belongs to; <see cref="SealContext.Last"/> is ignored.</param>
    /// <param name="key">32 bytes, fresh.</param>
    /// <param name="content">Read once, from where it stands.</param>
    /// <param name="maxContent">1 or more.</param>
    /// <param name="target">A new object, or one to which whole sealed streams were written before.</param>
    /// <param name="ct">Stops between two batches of 1 MiB.</param>
    public static ValueTask<long> SealAsync(SealContext context, ReadOnlyMemory<byte> key, Stream content, long maxContent, ObjectWriter target, CancellationToken ct)
        => StreamSealer.SealAsync(context, key, content, maxContent, target, ct);

    /// <summary>Opens a slice of an object for reading: seekable, its Length is that of the content; each unit is verified before a byte of it is given.</summary>
    /// <param name="context">What it is expected to belong to.</param>
    /// <param name="key">The key it was sealed under; copied into the cipher, so the caller may clear it afterwards.</param>
    /// <param name="source">The object.</param>
    /// <param name="offset">Where the stream starts in it.</param>
    /// <param name="length">How many bytes it has there.</param>
    /// <param name="ownsSource">Whether disposing the stream, or failing to open it, disposes <paramref name="source"/>.</param>
    /// <param name="ct">Stops the opening.</param>
    /// <returns>A stream for one reader at a time; dispose it to clear its buffers and forget the key.</returns>
    public static async ValueTask<Stream> OpenReadAsync(
        SealContext context, ReadOnlyMemory<byte> key, ObjectReader source, long offset, long length, bool ownsSource, CancellationToken ct)
        => await SealedReadStream.OpenAsync(context, key, source, offset, length, ownsSource, ct);

    /// <summary>Decrypts all of a slice, padding too, and keeps nothing; returns the content's length.</summary>
    /// <param name="context">What it is expected to belong to.</param>
    /// <param name="key">The key it was sealed under.</param>
    /// <param name="source">The object; stays open.</param>
    /// <param name="offset">Where the stream starts in it.</param>
    /// <param name="length">How many bytes it has there.</param>
    /// <param name="ct">Stops between two batches of 1 MiB.</param>
    public static async ValueTask<long> VerifyAsync(SealContext context, ReadOnlyMemory<byte> key, ObjectReader source, long offset, long length, CancellationToken ct)
    {
        await using var stream = await SealedReadStream.OpenAsync(context, key, source, offset, length, ownsSource: false, ct);
        await stream.VerifyAllAsync(ct);
        return stream.Length;
    }

    /// <summary>The content length from the end of the final unit, if it is one that leads to this layout.</summary>
    internal static long ContentLength(in SealContext context, SealedLayout layout, ReadOnlySpan<byte> finalUnit)
    {
        var content = BinaryPrimitives.ReadUInt64BigEndian(finalUnit[^SealedLayout.TrailerSize..]);
        return layout.CanHold(content) ? (long)content : throw SealFailure.BadContentLength(context);
    }

    /// <summary>A unit with the end of the content, zeros, and in the final unit the trailer.</summary>
    private static ReadOnlySpan<byte> EdgeUnit(SealedLayout layout, long unit, ReadOnlySpan<byte> rest, long contentLength, byte[] buffer)
    {
        var plain = buffer.AsSpan(0, layout.PlainSizeOf(unit));
        plain.Clear();
        rest.CopyTo(plain);
        if (unit == layout.Units - 1) BinaryPrimitives.WriteInt64BigEndian(plain[^SealedLayout.TrailerSize..], contentLength);
        return plain;
    }
}
