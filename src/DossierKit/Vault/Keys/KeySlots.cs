using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace DossierKit.Vault;

/// <summary>How a stream key is wrapped in one slot.</summary>
internal enum KeySlotKind : byte
{
    /// <summary>By the vault's DataProtection ring. The recipient is all zeros.</summary>
    DataProtection = 1,

    /// <summary>For the vault's recovery key. The recipient is <see cref="RecoveryKey.Id"/>.</summary>
    Recovery = 2,

    /// <summary>For one person's own key. Not written yet; readers pass over it.</summary>
    Person = 3,
}

/// <summary>One way to open a stream key.</summary>
internal readonly record struct KeySlot(KeySlotKind Kind, OpaqueId Recipient, ReadOnlyMemory<byte> Wrap);

/// <summary>
/// Stream keys at rest: a typed list of slots, each of which opens the same 32 bytes.
/// Bytes: <c>"DKK1" | count u8 | per slot: kind u8, recipient (16), length u16, wrap</c>; numbers are big-endian.
/// </summary>
internal sealed class KeySlots
{
    private const int SlotHead = 1 + OpaqueId.Size + 2;
    private readonly OpaqueId _vault;
    private readonly IDataProtectionProvider _ring;
    private readonly ReadOnlyMemory<byte> _recoveryPoint;
    private readonly OpaqueId _recoveryId;

    public KeySlots(OpaqueId vault, IDataProtectionProvider ring, ReadOnlyMemory<byte> recoveryPoint)
    {
        _vault = vault;
        _ring = ring;
        _recoveryPoint = recoveryPoint;
        _recoveryId = RecoveryKey.IdOf(recoveryPoint);
    }

    private static ReadOnlySpan<byte> Magic => "DKK1"u8;

    /// <summary>Wraps a stream key for the ring and for the recovery key.</summary>
    public byte[] Seal(OpaqueId stream, ReadOnlySpan<byte> key)
    {
        if (key.Length != SecretKey.Size) throw new ArgumentException($"A stream key has {SecretKey.Size} bytes.", nameof(key));
        var recovery = Ecies.Wrap(_recoveryPoint.Span, key, RecoveryBinding(_vault, stream, _recoveryId));
        return Encode([
            new KeySlot(KeySlotKind.DataProtection, default, Protect(Protector(stream), key)),
            new KeySlot(KeySlotKind.Recovery, _recoveryId, recovery),
        ]);
    }

    /// <summary>Opens a stream key through the ring; the caller disposes it.</summary>
    /// <exception cref="VaultDamagedException">The list is malformed, was changed or moved from another stream, or needs a key that the ring lacks.</exception>
    public SecretKey Open(OpaqueId stream, ReadOnlySpan<byte> slots)
    {
        foreach (var slot in Parse(stream, slots))
        {
            if (slot.Kind != KeySlotKind.DataProtection || slot.Recipient != default) continue;
            return TryUnprotect(Protector(stream), slot.Wrap) ?? throw new VaultDamagedException(
                $"The key of stream {stream} cannot be opened: it was changed, moved from another stream, or wrapped under a ring key that is not in this ring. "
                + "Run verify, and restore the key object or the missing ring object from a backup.");
        }

        throw new VaultDamagedException($"The key of stream {stream} has no slot for the key ring. Restore it from a backup, or open it with the recovery key.");
    }

    /// <summary>Reads the list without opening anything; kinds not known here are kept, so that a later version may add them.</summary>
    /// <exception cref="VaultDamagedException">The bytes are no such list.</exception>
    public static IReadOnlyList<KeySlot> Parse(OpaqueId stream, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length + 1 || !bytes.StartsWith(Magic)) throw Malformed(stream, "it does not start as a list of key slots");
        int count = bytes[Magic.Length];
        if (count == 0) throw Malformed(stream, "it is empty");
        var rest = bytes[(Magic.Length + 1)..];
        var slots = new KeySlot[count];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < SlotHead) throw Malformed(stream, "it is cut off");
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[(SlotHead - 2)..]);
            if (rest.Length < SlotHead + length) throw Malformed(stream, "it is cut off");
            slots[i] = new KeySlot((KeySlotKind)rest[0], new OpaqueId(rest.Slice(1, OpaqueId.Size)), rest.Slice(SlotHead, length).ToArray());
            rest = rest[(SlotHead + length)..];
        }

        return rest.IsEmpty ? slots : throw Malformed(stream, "something follows after its end");
    }

    public static byte[] Encode(IReadOnlyList<KeySlot> slots)
    {
        var bytes = new byte[Magic.Length + 1 + slots.Sum(slot => SlotHead + slot.Wrap.Length)];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = checked((byte)slots.Count);
        var at = Magic.Length + 1;
        foreach (var slot in slots)
        {
            bytes[at] = (byte)slot.Kind;
            slot.Recipient.CopyTo(bytes.AsSpan(at + 1));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + SlotHead - 2), checked((ushort)slot.Wrap.Length));
            slot.Wrap.Span.CopyTo(bytes.AsSpan(at + SlotHead));
            at += SlotHead + slot.Wrap.Length;
        }

        return bytes;
    }

    internal static byte[] RecoveryBinding(OpaqueId vault, OpaqueId stream, OpaqueId recipient) => Binding.Of("stream-recovery", vault, stream, recipient.ToArray());

    /// <summary>Protects 32 bytes; the plaintext copy that the framework asks for is wiped.</summary>
    internal static byte[] Protect(IDataProtector protector, ReadOnlySpan<byte> key)
    {
        var plain = key.ToArray();
        try
        {
            return protector.Protect(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    internal static SecretKey? TryUnprotect(IDataProtector protector, ReadOnlyMemory<byte> wrapped)
    {
        byte[] plain;
        try
        {
            plain = protector.Unprotect(wrapped.ToArray());
        }
        catch (CryptographicException)
        {
            return null;
        }

        try
        {
            return plain.Length == SecretKey.Size ? SecretKey.CopyOf(plain) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static VaultDamagedException Malformed(OpaqueId stream, string why)
        => new($"The key slots of stream {stream} cannot be read: {why}. Restore the stream's key object from a backup.");

    // Trap: the same key under the same purpose could be moved between streams; the ids are part of the purpose.
    private IDataProtector Protector(OpaqueId stream) => _ring.CreateProtector(["DossierKit.Vault", "1", _vault.ToString(), stream.ToString()]);
}
