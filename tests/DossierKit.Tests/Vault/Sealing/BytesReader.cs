using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Sealing;

/// <summary>An object that lies in an array.</summary>
internal sealed class BytesReader(byte[] bytes) : ObjectReader
{
    public bool IsDisposed { get; private set; }

    public override long Length => bytes.Length;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var count = (int)Math.Clamp(bytes.Length - offset, 0, destination.Length);
        bytes.AsMemory((int)Math.Min(offset, bytes.Length), count).CopyTo(destination);
        return new(count);
    }

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }
}
