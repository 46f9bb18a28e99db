using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// 32 secret bytes that the garbage collector does not move and that are wiped on dispose. Whoever makes or receives one disposes it.
/// </summary>
internal sealed class SecretKey : IDisposable
{
    public const int Size = 32;

    // Pinned: a compacting collection would leave copies behind that nobody wipes.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private volatile bool _disposed;

    private SecretKey()
    {
    }

    public ReadOnlySpan<byte> Span => _disposed ? throw new ObjectDisposedException(nameof(SecretKey)) : _bytes;

    /// <summary>The same bytes for calls that wait; do not keep it longer than the key.</summary>
    public ReadOnlyMemory<byte> Memory => _disposed ? throw new ObjectDisposedException(nameof(SecretKey)) : _bytes;

    public static SecretKey Random()
    {
        var key = new SecretKey();
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <summary>Copies exactly 32 bytes; the source stays the caller's to wipe.</summary>
    public static SecretKey CopyOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A key has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        var key = new SecretKey();
        bytes.CopyTo(key._bytes);
        return key;
    }

    /// <summary>HKDF-SHA256 (RFC 5869): one secret gives any number of independent keys, one for each combination of salt and label.</summary>
    public static SecretKey FromHkdf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, string label) => FromHkdf(secret, salt, Encoding.UTF8.GetBytes(label));

    public static SecretKey FromHkdf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        var key = new SecretKey();
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key._bytes, salt, info);
        return key;
    }

    /// <summary>
    /// Wipes the key. With random bytes, not zeros: a thread that still holds <see cref="Memory"/> would otherwise seal under a key that everyone knows;
    /// so its result merely cannot be opened, and reading back before the commit finds that.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        RandomNumberGenerator.Fill(_bytes);
    }

    public override string ToString() => nameof(SecretKey);
}
