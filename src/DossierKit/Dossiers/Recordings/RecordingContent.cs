namespace DossierKit.Dossiers;

/// <summary>The bytes of a recording or another file, read once: the head that was looked at, then the rest; ends with an error past the largest. Does not dispose what it reads from.</summary>
internal sealed class RecordingContent(ReadOnlyMemory<byte> head, Stream rest, long largest = RecordingContent.MaxLength, SoundWatch? watch = null) : Stream
{
    /// <summary>The largest recording: 2 GiB, some twelve days of speech in mp3.</summary>
    public const long MaxLength = 2L << 30;

    private int _given;
    private long _total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length is not known beforehand.");

    public override long Position
    {
        get => _total;
        set => throw new NotSupportedException("A recording is read once, from start to end.");
    }

    /// <summary>Reads the first bytes of a stream, as many as there are.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadHeadAsync(Stream content, CancellationToken ct)
    {
        var head = new byte[AudioHead.Length];
        return head.AsMemory(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _given < head.Length ? FromHead(buffer.Span) : await rest.ReadAsync(buffer, cancellationToken);
        return Took(buffer.Span, read);
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count)
        => Took(buffer.AsSpan(offset, count), _given < head.Length ? FromHead(buffer.AsSpan(offset, count)) : rest.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A recording is read once, from start to end.");

    public override void SetLength(long value) => throw new NotSupportedException("This stream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is read only.");

    private int FromHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, head.Length - _given);
        head.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private int Took(ReadOnlySpan<byte> buffer, int read)
    {
        _total += read;
        if (_total > largest) throw new TooLargeException();
        watch?.Take(buffer[..read]);
        return read;
    }

    /// <summary>The content goes on past the largest recording.</summary>
    internal sealed class TooLargeException() : IOException("A recording has 2 GiB at most.");
}
