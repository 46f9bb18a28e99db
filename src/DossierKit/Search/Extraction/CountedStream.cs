namespace DossierKit.Search;

/// <summary>Bytes in memory as a stream, without a copy.</summary>
internal sealed class MemoryView(ReadOnlyMemory<byte> bytes) : ForwardStream
{
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _at);
        bytes.Span.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}

/// <summary>What comes out of a packed part, counted while it comes.</summary>
internal sealed class CountedStream(Stream inner, long packed, Extraction x) : ForwardStream
{
    private long _count;

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw PackedFile.Damaged();
        }

        _count += count;
        x.CountUnpacked(count);
        if (_count > x.Limits.Part) throw new UnreadableException("Een deel is uitgepakt te groot.");
        if (_count > 1 << 20 && _count / Math.Max(1, packed) > x.Limits.Ratio) throw new UnreadableException("Een deel is verdacht sterk samengeperst.");
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream that is read from begin to end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
