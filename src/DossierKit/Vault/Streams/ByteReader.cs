using System.Buffers.Binary;
using System.Text;

namespace DossierKit.Vault;

/// <summary>Reads the vault's big-endian structures and refuses, by name, whatever does not fit.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string what)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private readonly string _what = what;

    public readonly int Remaining => _rest.Length;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _rest.Length) throw Cut();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    public int Count(int sizeOfOne)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));
        // A count that cannot fit in what follows is refused before anything is allocated for it.
        return count <= (uint)(_rest.Length / sizeOfOne) ? (int)count : throw Cut();
    }

    public long Int64()
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(Bytes(8));
        return value >= 0 ? value : throw Cut();
    }

    public OpaqueId Id() => new(Bytes(OpaqueId.Size));

    public string Text() => Encoding.UTF8.GetString(Bytes(UInt16()));

    public readonly void End()
    {
        if (_rest.Length != 0) throw new VaultDamagedException($"{_what} has {_rest.Length} bytes too many. It was not written like this. Run verify.");
    }

    private readonly VaultDamagedException Cut() => new($"{_what} ends too early or holds an impossible number. It was not written like this. Run verify.");
}

/// <summary>Writes the vault's big-endian structures.</summary>
internal sealed class ByteWriter
{
    private readonly System.Buffers.ArrayBufferWriter<byte> _buffer = new(512);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    public ByteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
        return this;
    }

    public ByteWriter Byte(byte value) => Bytes([value]);

    public ByteWriter UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), checked((ushort)value));
        _buffer.Advance(2);
        return this;
    }

    public ByteWriter Count(int value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), checked((uint)value));
        _buffer.Advance(4);
        return this;
    }

    public ByteWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public ByteWriter Id(OpaqueId id)
    {
        id.CopyTo(_buffer.GetSpan(OpaqueId.Size));
        _buffer.Advance(OpaqueId.Size);
        return this;
    }

    public ByteWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return UInt16(bytes.Length).Bytes(bytes);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
