using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// A 128-bit identifier that says nothing about what it identifies: 32 lower-case hexadecimal digits.
/// Streams, entries, objects, compartments and vaults all carry one.
/// </summary>
public readonly record struct OpaqueId : IComparable<OpaqueId>
{
    /// <summary>The number of bytes of an id.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private OpaqueId(UInt128 value) => _value = value;

    /// <summary>Reads an id from 16 bytes, most significant first.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    public OpaqueId(ReadOnlySpan<byte> bytes)
        : this(bytes.Length == Size ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : throw new ArgumentException("An id has 16 bytes.", nameof(bytes)))
    {
    }

    /// <summary>A fresh id from the operating system's random generator.</summary>
    /// <returns>The id.</returns>
    public static OpaqueId Random()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new OpaqueId(bytes);
    }

    /// <summary>The id that follows from a parent and a label, always the same one: the first 16 bytes of HMAC-SHA256(parent, label).</summary>
    /// <param name="key">What the id is derived under: a secret where the label may not be guessed, a public id otherwise.</param>
    /// <param name="label">What is identified, UTF-8.</param>
    /// <returns>The id.</returns>
    public static OpaqueId Derive(ReadOnlySpan<byte> key, string label)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(label), hash);
        return new OpaqueId(hash[..Size]);
    }

    /// <summary>Writes the 16 bytes, most significant first.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <summary>The 16 bytes, most significant first.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 32 lower-case hexadecimal digits.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="id">The id, when the text is one.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out OpaqueId id)
    {
        id = default;
        if (text is null || text.Length != Size * 2 || text.AsSpan().ContainsAnyExcept("0123456789abcdef")) return false;
        id = new OpaqueId(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(OpaqueId other) => _value.CompareTo(other._value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    /// <returns>The digits.</returns>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Orders ids by value.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether the first comes before the second.</returns>
    public static bool operator <(OpaqueId left, OpaqueId right) => left._value < right._value;

    /// <summary>Orders ids by value.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether the first comes after the second.</returns>
    public static bool operator >(OpaqueId left, OpaqueId right) => left._value > right._value;

    /// <summary>Orders ids by value.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether the first comes before or equals the second.</returns>
    public static bool operator <=(OpaqueId left, OpaqueId right) => left._value <= right._value;

    /// <summary>Orders ids by value.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether the first comes after or equals the second.</returns>
    public static bool operator >=(OpaqueId left, OpaqueId right) => left._value >= right._value;
}
