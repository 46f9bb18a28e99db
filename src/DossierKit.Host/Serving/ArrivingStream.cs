namespace DossierKit.Host.Serving;

/// <summary>Content of a request as it arrives: read once, from front to back, and never waited for by a blocked thread.</summary>
internal abstract class ArrivingStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException("The length of what arrives is not known.");

    public sealed override long Position { get => throw ReadOnce(); set => throw ReadOnce(); }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("What arrives is read asynchronously.");

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw ReadOnce();

    public sealed override void SetLength(long value) => throw Unchangeable();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw Unchangeable();

    private static NotSupportedException ReadOnce() => new("What arrives is read once.");

    private static NotSupportedException Unchangeable() => new("What arrives cannot be changed.");
}
