using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The object <c>vault</c>: what must be known before the vault is unlocked, and the proof, once it is, that nobody changed it.
/// It is written last when a vault is made and makes it exist. Bytes, big-endian:
/// <c>"DKV1" | format u16 | flags u16 | vault id (16) | recovery point (65) | canary length u16 | canary | HMAC-SHA256 (32)</c>.
/// </summary>
/// <param name="Vault">The vault's id.</param>
/// <param name="IsDemo">Flag bit 0.</param>
/// <param name="RecoveryPoint">The public part of the recovery key; authenticated, or whoever swapped it would read every new stream.</param>
/// <param name="Canary">A known text wrapped by the key ring: a wrong or empty ring shows before anything is written.</param>
internal sealed record VaultHeader(OpaqueId Vault, bool IsDemo, ReadOnlyMemory<byte> RecoveryPoint, ReadOnlyMemory<byte> Canary)
{
    /// <summary>The format this program reads and writes.</summary>
    public const int Format = 1;

    public const int MaximumSize = 4096;

    private const ushort DemoFlag = 1;
    private const int FormatSize = 4 + 2;
    private const int CanaryAt = FormatSize + 2 + OpaqueId.Size + Ecies.PointSize + 2;
    private const int MacSize = HMACSHA256.HashSizeInBytes;

    public static ObjectName Name { get; } = new("vault");

    private static ReadOnlySpan<byte> Magic => "DKV1"u8;

    public byte[] Seal(SecretKey macKey)
    {
        var bytes = new byte[CanaryAt + Canary.Length + MacSize];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), Format);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FormatSize), IsDemo ? DemoFlag : (ushort)0);
        Vault.CopyTo(bytes.AsSpan(FormatSize + 2));
        RecoveryPoint.Span.CopyTo(bytes.AsSpan(FormatSize + 2 + OpaqueId.Size, Ecies.PointSize));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(CanaryAt - 2), checked((ushort)Canary.Length));
        Canary.Span.CopyTo(bytes.AsSpan(CanaryAt));
        Mac(macKey, bytes.AsSpan(..^MacSize), bytes.AsSpan(bytes.Length - MacSize));
        return bytes;
    }

    /// <summary>Reads the header as it stands; nothing of it is trusted before <see cref="Verify"/>.</summary>
    /// <exception cref="VaultDamagedException">The bytes are no header.</exception>
    /// <exception cref="VaultEnvironmentException">The vault has a newer format.</exception>
    public static VaultHeader Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FormatSize || !bytes.StartsWith(Magic)) throw Damaged("it does not start as the header of a vault");
        int format = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (format > Format)
            throw new VaultEnvironmentException($"The vault cannot be opened: it has format {format}, newer than {Format}, the newest this program knows. Use a newer version of the program; nothing was changed.");
        if (format != Format) throw Damaged($"format {format} never existed");
        if (bytes.Length < CanaryAt + MacSize) throw Damaged("it is cut off");
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[FormatSize..]);
        if ((flags & ~DemoFlag) != 0) throw Damaged("it has a flag that format 1 does not have");
        int canary = BinaryPrimitives.ReadUInt16BigEndian(bytes[(CanaryAt - 2)..]);
        if (bytes.Length != CanaryAt + canary + MacSize) throw Damaged("it has the wrong length");
        return new VaultHeader(
            new OpaqueId(bytes.Slice(FormatSize + 2, OpaqueId.Size)),
            (flags & DemoFlag) != 0,
            bytes.Slice(FormatSize + 2 + OpaqueId.Size, Ecies.PointSize).ToArray(),
            bytes.Slice(CanaryAt, canary).ToArray());
    }

    /// <summary>Whether these bytes, of any header that parses, were written by whoever holds the root secret.</summary>
    public static bool Verify(SecretKey macKey, ReadOnlySpan<byte> bytes)
    {
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(macKey, bytes[..^MacSize], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[^MacSize..]);
    }

    public static VaultDamagedException Damaged(string why)
        => new($"Object {Name} cannot be trusted: {why}. It was damaged or replaced. Restore it from a backup; nothing was changed.");

    private static void Mac(SecretKey macKey, ReadOnlySpan<byte> bytes, Span<byte> mac) => HMACSHA256.HashData(macKey.Span, bytes, mac);
}
