using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace DossierKit.Dossiers;

/// <summary>
/// Where a page of the log ended, as a text that says nothing: the plain number would tell anybody who pages through his own acts how much all others do. Sealed under a key of this
/// process alone; a cursor from before it started is unknown.
/// </summary>
internal sealed class LogCursor : IDisposable
{
    private readonly Aes _aes = Aes.Create();

    public string Of(long sequence)
    {
        Span<byte> block = stackalloc byte[16];
        block.Clear();
        BinaryPrimitives.WriteInt64BigEndian(block, sequence);
        // One block that never repeats under this key: no mode is needed.
        return Base64Url.EncodeToString(_aes.EncryptEcb(block, PaddingMode.None));
    }

    /// <summary>Reads one back; <see langword="false"/> for a text this process did not give.</summary>
    public bool TryRead(string text, out long sequence)
    {
        sequence = 0;
        if (text.Length != 22 || !Base64Url.IsValid(text)) return false;
        ReadOnlySpan<byte> block = _aes.DecryptEcb(Base64Url.DecodeFromChars(text), PaddingMode.None);
        sequence = BinaryPrimitives.ReadInt64BigEndian(block);
        return sequence > 0 && !block[8..].ContainsAnyExcept((byte)0);
    }

    public void Dispose() => _aes.Dispose();
}
