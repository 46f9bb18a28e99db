using System.Buffers.Binary;

namespace DossierKit.Vault;

/// <summary>What an operator may see of an unlock slot: enough to remove it, nothing that says whose it is.</summary>
/// <param name="Id">The slot.</param>
/// <param name="Kind">How it is opened.</param>
/// <param name="Iterations">For a passphrase the PBKDF2 iterations, otherwise 0.</param>
public sealed record UnlockSlotInfo(OpaqueId Id, UnlockKind Kind, int Iterations);

/// <summary>
/// One wrap of the root secret. Bytes: <c>"DKU1" | kind u8 | slot id (16) | length u16 | parameters | wrapped root (60)</c>.
/// Everything before the wrap, and the vault id, is its additional data: nothing of a slot can be changed or moved.
/// </summary>
internal sealed record UnlockSlot(OpaqueId Vault, OpaqueId Id, UnlockKind Kind, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>The largest slot that we write is that of RSA with 16,384 bits: 2,132 bytes.</summary>
    public const int MaximumSize = 4096;

    private const int HeadSize = 4 + 1 + OpaqueId.Size + 2;

    public ObjectName Name => NameOf(Vault, Id);

    private static ReadOnlySpan<byte> Magic => "DKU1"u8;

    public static string Prefix(OpaqueId vault) => $"unlock/{vault}/";

    public static ObjectName NameOf(OpaqueId vault, OpaqueId slot) => new($"{Prefix(vault)}{slot}");

    public static UnlockSlot Seal(OpaqueId vault, OpaqueId id, UnlockSecret secret, SecretKey root)
    {
        using var kek = secret.NewKey(vault, id, out var parameters);
        var wrapped = KeyWrap.Wrap(kek.Span, root.Span, Aad(vault, id, secret.Kind, parameters));
        return new UnlockSlot(vault, id, secret.Kind, parameters, wrapped);
    }

    /// <summary>The root secret, or <see langword="null"/> when this is not the secret of this slot. The caller disposes it.</summary>
    public SecretKey? TryOpen(UnlockSecret secret)
    {
        if (secret.Kind != Kind) return null;
        using var kek = secret.TryKey(this);
        return kek is null ? null : KeyWrap.TryUnwrap(kek.Span, Wrapped.Span, Aad(Vault, Id, Kind, Parameters.Span));
    }

    public byte[] Encode() => [.. Head(Id, Kind, Parameters.Span), .. Wrapped.Span];

    /// <exception cref="VaultDamagedException">The bytes are no slot, or that of another name.</exception>
    public static UnlockSlot Parse(OpaqueId vault, ObjectName name, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeadSize || !span.StartsWith(Magic)) throw Damaged(name, "it does not start as one");
        var kind = (UnlockKind)span[4];
        if (!Enum.IsDefined(kind)) throw Damaged(name, $"its kind {span[4]} is unknown");
        var id = new OpaqueId(span.Slice(5, OpaqueId.Size));
        if (NameOf(vault, id) != name) throw Damaged(name, "it carries another id than its name");
        int length = BinaryPrimitives.ReadUInt16BigEndian(span[(HeadSize - 2)..]);
        if (span.Length != HeadSize + length + KeyWrap.WrappedSize) throw Damaged(name, "it has the wrong length");
        return new UnlockSlot(vault, id, kind, bytes.Slice(HeadSize, length), bytes[(HeadSize + length)..]);
    }

    public VaultDamagedException Damaged(string why) => Damaged(Name, why);

    public override string ToString() => $"UnlockSlot({Id}, {Kind})";

    private static VaultDamagedException Damaged(ObjectName name, string why)
        => new($"Object {name} is no unlock slot of this vault: {why}. It was damaged or planted. Restore it from a backup, or remove it if another slot opens the vault.");

    private static byte[] Head(OpaqueId id, UnlockKind kind, ReadOnlySpan<byte> parameters)
    {
        var head = new byte[HeadSize + parameters.Length];
        Magic.CopyTo(head);
        head[4] = (byte)kind;
        id.CopyTo(head.AsSpan(5));
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(HeadSize - 2), checked((ushort)parameters.Length));
        parameters.CopyTo(head.AsSpan(HeadSize));
        return head;
    }

    private static byte[] Aad(OpaqueId vault, OpaqueId id, UnlockKind kind, ReadOnlySpan<byte> parameters) => Binding.Of("unlock", vault, id, Head(id, kind, parameters));
}
