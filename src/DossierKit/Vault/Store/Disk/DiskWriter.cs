using System.Buffers;

namespace DossierKit.Vault;

/// <summary>Writes one object: gathers up to 1 MiB before it touches the disk, so that a small object is one write.</summary>
internal sealed class DiskWriter(DiskObjectStore store, Volume volume, ObjectName name) : ObjectWriter
{
    private const int BufferSize = 1 << 20;
    private const int FirstBufferSize = 16 << 10;

    /// <summary>After this much the disk is told to start, so that the flush at the end does not find everything still to do.</summary>
    private const long StartEvery = 4 << 20;

    private byte[] _buffer = [];
    private int _buffered;
    private long _written;
    private long _started;
    private TempFile? _file;
    private bool _ended;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_buffered + (long)bytes.Length > BufferSize) Drain();
        if (bytes.Length >= BufferSize)
        {
            WriteThrough(bytes);
            return default;
        }

        Reserve(_buffered + bytes.Length);
        bytes.CopyTo(_buffer.AsMemory(_buffered));
        _buffered += bytes.Length;
        return default;
    }

    public override ValueTask<bool> CommitAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_ended, this);
        Drain();
        _file ??= NewFile();
        var published = store.Change(name, (volume, _file, name), mayUseReserve: false, static s =>
        {
            s.volume.Flush(s._file);
            return s.volume.Publish(s._file, s.name);
        });
        End();
        return new(published);
    }

    public override ValueTask DisposeAsync()
    {
        End();
        return default;
    }

    private void Drain()
    {
        if (_buffered == 0) return;
        var bytes = _buffer.AsMemory(0, _buffered);
        WriteThrough(bytes);
        _buffered = 0;
    }

    private void WriteThrough(ReadOnlyMemory<byte> bytes)
    {
        _file ??= NewFile();
        store.Change(name, (volume, _file, bytes, _written), mayUseReserve: false, static s =>
        {
            s.volume.Write(s._file, s.bytes.Span, s._written);
            return true;
        });
        _written += bytes.Length;
        if (_written - _started < StartEvery) return;
        volume.StartWriting(_file, _started, _written - _started);
        _started = _written;
    }

    private TempFile NewFile() => store.Change(name, volume, mayUseReserve: false, static volume => volume.CreateTemp());

    private void Reserve(int size)
    {
        if (_buffer.Length >= size) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Clamp(size * 2, FirstBufferSize, BufferSize));
        _buffer.AsSpan(0, _buffered).CopyTo(larger);
        ReturnBuffer();
        _buffer = larger;
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void End()
    {
        if (_ended) return;
        _ended = true;
        ReturnBuffer();
        if (_file is not null) volume.Discard(_file);
    }
}
