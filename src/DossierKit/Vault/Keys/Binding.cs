using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// The bytes a seal is bound to: <c>"DossierKit/1/" label 0x00 | vault (16) | subject (16) | rest</c>.
/// The label ends at the first zero byte and the ids have a fixed length, so two different meanings never give the same bytes.
/// </summary>
internal static class Binding
{
    public static byte[] Of(string label, OpaqueId vault, OpaqueId subject, ReadOnlySpan<byte> rest = default)
    {
        var text = Label(label);
        var length = Encoding.ASCII.GetByteCount(text);
        var bytes = new byte[length + 1 + 2 * OpaqueId.Size + rest.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        vault.CopyTo(bytes.AsSpan(length + 1));
        subject.CopyTo(bytes.AsSpan(length + 1 + OpaqueId.Size));
        rest.CopyTo(bytes.AsSpan(length + 1 + 2 * OpaqueId.Size));
        return bytes;
    }

    /// <summary>The label as HKDF and AEAD see it.</summary>
    public static string Label(string label) => "DossierKit/1/" + label;
}
