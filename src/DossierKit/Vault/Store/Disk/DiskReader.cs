using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>An open file: goes on reading when the object is deleted meanwhile.</summary>
internal sealed class DiskReader : ObjectReader
{
    private readonly DiskObjectStore _store;
    private readonly Volume _volume;
    private readonly ObjectName _name;
    private readonly SafeFileHandle _handle;

    public DiskReader(DiskObjectStore store, Volume volume, ObjectName name, SafeFileHandle handle)
    {
        _store = store;
        _volume = volume;
        _name = name;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public override long Length { get; }

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (offset >= Length) return new(0);
        return new(_store.Ask(_name, (_volume, _handle, destination, offset), static s => s._volume.Read(s._handle, s.destination.Span, s.offset)));
    }

    public override ValueTask DisposeAsync()
    {
        _handle.Dispose();
        return default;
    }
}
