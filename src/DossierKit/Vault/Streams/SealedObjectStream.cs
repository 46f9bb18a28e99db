namespace DossierKit.Vault;

/// <summary>
/// The content of a sealed object: seekable, read only, decrypted part by part on demand, each byte verified before it is given.
/// Every read first asks the store whether the key still exists, so an object destroyed meanwhile, by whichever process, stops being readable at once.
/// </summary>
internal sealed class SealedObjectStream(VaultServices vault, StreamLayout layout, StreamKeys keys, SealedObject obj, SecretKey key) : Stream
{
    private Stream? _part;
    private int _partNumber = -1;
    private long _position;

    /// <summary>Called once, when the stream is closed.</summary>
    public Action? OnClose { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => obj.Length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "A position cannot be negative.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await keys.ExistsAsync(obj.Id, cancellationToken)) throw new ObjectDestroyedException(obj.Id);
        if (buffer.IsEmpty || _position >= obj.Length) return 0;

        var number = (int)(_position / SealedObject.PartSize);
        if (number != _partNumber) await OpenPartAsync(number, cancellationToken);
        _part!.Position = _position - (number * SealedObject.PartSize);
        var read = await _part.ReadAsync(buffer, cancellationToken);
        if (read == 0) throw new VaultDamagedException($"Object {obj.Id} ends at {_position} of {obj.Length} bytes: part {number + 1} is shorter than its journal says. Restore it from a backup.");
        _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => obj.Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A sealed object never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A sealed object never changes.");

    public override async ValueTask DisposeAsync()
    {
        if (_part is not null) await _part.DisposeAsync();
        key.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _part?.Dispose();
            key.Dispose();
            (var onClose, OnClose) = (OnClose, null);
            onClose?.Invoke();
        }

        base.Dispose(disposing);
    }

    private async ValueTask OpenPartAsync(int number, CancellationToken ct)
    {
        if (_part is not null) await _part.DisposeAsync();
        (_part, _partNumber) = (null, -1);
        var locator = number < obj.Parts.Count ? obj.Parts[number] : throw new VaultDamagedException($"Object {obj.Id} lacks part {number + 1}. Run verify.");
        var name = layout.Blob(locator.Blob);
        if (await vault.Store.OpenAsync(name, ct) is not { } source)
        {
            // Destruction deletes the key before the bytes, so a missing blob with a living key is damage.
            throw await keys.ExistsAsync(obj.Id, ct)
                ? new VaultDamagedException($"Blob {name} is missing, though its key exists. Restore it from a backup.")
                : new ObjectDestroyedException(obj.Id);
        }

        _part = await SealedStream.OpenReadAsync(new SealContext(vault.Id, layout.Stream, obj.Id, SealKind.Blob, (uint)number, number == obj.Parts.Count - 1), key.Memory, source, locator.Offset, locator.Length, ownsSource: true, ct);
        _partNumber = number;
    }
}
