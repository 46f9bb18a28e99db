using System.Buffers;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// Reads a sealed stream: seekable, units are decrypted when they are asked for, up to 1 MiB at a time when the reader goes forward.
/// For one reader at a time. Dispose clears what it decrypted.
/// </summary>
internal sealed class SealedReadStream : Stream
{
    private readonly SealContext _context;
    private readonly UnitCipher _cipher;
    private readonly ObjectReader _source;
    private readonly bool _ownsSource;
    private readonly long _offset;
    private readonly SealedLayout _layout;
    private long _content;
    private long _position;

    private byte[] _plain = [];
    private byte[] _bytes = [];
    private long _firstUnit;
    private int _unitCount;
    private bool _disposed;

    private SealedReadStream(in SealContext context, UnitCipher cipher, ObjectReader source, bool ownsSource, long offset, SealedLayout layout)
    {
        _context = context;
        _cipher = cipher;
        _source = source;
        _ownsSource = ownsSource;
        _offset = offset;
        _layout = layout;
    }

    public override bool CanRead => !_disposed;

    public override bool CanSeek => !_disposed;

    public override bool CanWrite => false;

    public override long Length => _content;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc cref="SealedStream.OpenReadAsync"/>
    public static async ValueTask<SealedReadStream> OpenAsync(
        SealContext context, ReadOnlyMemory<byte> key, ObjectReader source, long offset, long length, bool ownsSource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        SealedReadStream? stream = null;
        try
        {
            if (source.Length - offset < length)
                throw SealFailure.Cut(context, $"its object has {source.Length} bytes, and {length} from byte {offset} on are on record");
            var header = new byte[Math.Min(SealedStream.HeaderSize, length)];
            var read = await source.ReadAsync(offset, header, ct);
            var cipher = SealedHeader.Check(context, key.Span, header.AsSpan(0, read));
            if (SealedLayout.FromSealedLength(length) is not { } layout)
            {
                cipher.Dispose();
                throw SealFailure.ImpossibleLength(context, length);
            }

            stream = new SealedReadStream(context, cipher, source, ownsSource, offset, layout);
            await stream.ReadFinalUnitAsync(ct);
            return stream;
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            else if (ownsSource) await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Decrypts every unit, checks all padding, and keeps nothing.</summary>
    public async ValueTask VerifyAllAsync(CancellationToken ct)
    {
        for (long unit = 0; unit < _layout.Units; unit += SealedLayout.UnitsPerBatch)
            await LoadAsync(unit, (int)Math.Min(SealedLayout.UnitsPerBatch, _layout.Units - unit), ct);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty || _position >= _content) return 0;
        var unit = _position / SealedLayout.UnitSize;
        if (unit < _firstUnit || unit >= _firstUnit + _unitCount)
        {
            // A reader that goes forward or asks for much gets a batch; one that jumps gets the units it asks for.
            var forward = unit == _firstUnit + _unitCount;
            var wanted = Math.Min(buffer.Length, _content - _position);
            var until = (_position + wanted - 1) / SealedLayout.UnitSize;
            var count = forward ? SealedLayout.UnitsPerBatch : until - unit + 1;
            try
            {
                await LoadAsync(unit, (int)Math.Min(Math.Min(count, SealedLayout.UnitsPerBatch), _layout.Units - unit), cancellationToken);
            }
            catch (VaultDamagedException) when (_unitCount > 0)
            {
                // The units before the damaged one are genuine. The reader gets those now, and the failure when it comes for the next.
            }
        }

        var start = (int)(_position - (_firstUnit * SealedLayout.UnitSize));
        var loaded = (_firstUnit + _unitCount) * SealedLayout.UnitSize;
        var given = (int)Math.Min(buffer.Length, Math.Min(loaded, _content) - _position);
        _plain.AsMemory(start, given).CopyTo(buffer);
        _position += given;
        return given;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>As <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>; for readers such as zip archives that know no other way. A disk answers at once anyway.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var reading = ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None);
        return reading.IsCompleted ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => checked(_position + offset),
            _ => checked(_content + offset),
        };
        if (target < 0) throw new IOException("A position before the start of the content was asked for.");
        return _position = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("Sealed content never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Sealed content never changes.");

    public override async ValueTask DisposeAsync()
    {
        if (Forget() && _ownsSource) await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Forget() && _ownsSource) _source.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private bool Forget()
    {
        if (_disposed) return false;
        _disposed = true;
        _unitCount = 0;
        _cipher.Dispose();
        Release(ref _plain);
        Release(ref _bytes);
        return true;
    }

    private async ValueTask ReadFinalUnitAsync(CancellationToken ct)
    {
        var last = _layout.Units - 1;
        await LoadAsync(last, 1, ct, padding: false);
        _content = SealedStream.ContentLength(_context, _layout, _plain.AsSpan(0, _layout.PlainSizeOf(last)));
        CheckPadding();
    }

    /// <summary>Decrypts units into the buffer; <see cref="_unitCount"/> then tells how many are genuine, also when one is not and this throws.</summary>
    private async ValueTask LoadAsync(long unit, int count, CancellationToken ct, bool padding = true)
    {
        _unitCount = 0;
        var final = unit + count == _layout.Units;
        var plainSize = ((count - 1) * SealedLayout.UnitSize) + _layout.PlainSizeOf(unit + count - 1);
        var sealedSize = plainSize + (count * SealedLayout.TagSize);
        Reserve(ref _plain, plainSize);
        Reserve(ref _bytes, sealedSize);
        var read = await _source.ReadAsync(_offset + SealedLayout.OffsetOf(unit), _bytes.AsMemory(0, sealedSize), ct);
        if (read < sealedSize) throw SealFailure.Cut(_context, $"it ends within unit {unit + (read / SealedLayout.SealedUnitSize)}");
        _firstUnit = unit;
        for (var i = 0; i < count; i++)
        {
            var size = _layout.PlainSizeOf(unit + i);
            var bytes = _bytes.AsSpan(i * SealedLayout.SealedUnitSize, size + SealedLayout.TagSize);
            _cipher.Open(unit + i, final && i == count - 1, bytes, _plain.AsSpan(i * SealedLayout.UnitSize, size));
            _unitCount = i + 1;
        }

        if (padding) CheckPadding();
    }

    /// <summary>Refuses what is loaded when a byte after the content is not zero. The trailer was checked when the stream was opened.</summary>
    private void CheckPadding()
    {
        var start = _firstUnit * SealedLayout.UnitSize;
        var end = Math.Min(_layout.Plain - SealedLayout.TrailerSize, start + ((long)_unitCount * SealedLayout.UnitSize));
        var from = Math.Max(_content, start);
        if (from >= end || !_plain.AsSpan((int)(from - start), (int)(end - from)).ContainsAnyExcept((byte)0)) return;
        _unitCount = 0;
        throw SealFailure.BadPadding(_context);
    }

    private static void Reserve(ref byte[] buffer, int size)
    {
        if (buffer.Length >= size) return;
        Release(ref buffer);
        buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    private static void Release(ref byte[] buffer)
    {
        if (buffer.Length == 0) return;
        CryptographicOperations.ZeroMemory(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }
}
