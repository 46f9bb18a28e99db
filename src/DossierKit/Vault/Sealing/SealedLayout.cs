namespace DossierKit.Vault;

/// <summary>
/// Where everything lies in a sealed stream. The plaintext is content, zeros, and the content's length in 8 bytes; it is cut into units, each followed by its tag.
/// </summary>
/// <param name="Plain">Bytes of plaintext: a Padmé size.</param>
internal readonly record struct SealedLayout(long Plain)
{
    /// <summary>Bytes of plaintext in each unit but the last.</summary>
    public const int UnitSize = 64 << 10;

    /// <summary>Bytes of the tag behind each unit.</summary>
    public const int TagSize = 16;

    /// <summary>Bytes of a whole unit on disk.</summary>
    public const int SealedUnitSize = UnitSize + TagSize;

    /// <summary>Units read, sealed and written at once: 1 MiB of plaintext.</summary>
    public const int UnitsPerBatch = 16;

    /// <summary>Bytes of plaintext in a full batch.</summary>
    public const int BatchSize = UnitsPerBatch * UnitSize;

    /// <summary>Bytes of a full batch on disk.</summary>
    public const int SealedBatchSize = UnitsPerBatch * SealedUnitSize;

    /// <summary>Bytes at the end of the plaintext that hold the content's length. They never straddle two units: beyond one unit, sizes are multiples of 2 KiB.</summary>
    public const int TrailerSize = 8;

    /// <summary>More content than this in one stream is refused; parts are far smaller.</summary>
    public const long MaxContent = 1L << 46;

    public long Units => (Plain + UnitSize - 1) / UnitSize;

    public long SealedLength => SealedStream.HeaderSize + Plain + (Units * TagSize);

    public static SealedLayout ForContent(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxContent);
        return new(Padme.Round(length + TrailerSize));
    }

    /// <summary>The layout of a stream of this many bytes on disk, or <see langword="null"/> when no stream is that long: something was cut off or added.</summary>
    public static SealedLayout? FromSealedLength(long length)
    {
        var body = length - SealedStream.HeaderSize;
        if (body <= 0 || body > MaxContent * 2) return null;
        var units = (body + SealedUnitSize - 1) / SealedUnitSize;
        var layout = new SealedLayout(body - (units * TagSize));
        return layout.Plain >= Padme.Minimum && Padme.Round(layout.Plain) == layout.Plain && layout.SealedLength == length ? layout : null;
    }

    /// <summary>Bytes of plaintext in a unit.</summary>
    public int PlainSizeOf(long unit) => unit == Units - 1 ? (int)(Plain - (unit * UnitSize)) : UnitSize;

    /// <summary>Where a unit starts, counted from the start of the stream.</summary>
    public static long OffsetOf(long unit) => SealedStream.HeaderSize + (unit * SealedUnitSize);

    /// <summary>Whether a content length is one that is padded to exactly this size.</summary>
    public bool CanHold(ulong content) => content <= (ulong)Math.Min(Plain - TrailerSize, MaxContent) && ForContent((long)content) == this;
}
