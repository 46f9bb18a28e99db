using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// A key under a key: AES-256-GCM with a random 96-bit nonce, <c>nonce (12) | ciphertext | tag (16)</c>.
/// Meant for at most 2^32 wraps under one key (NIST SP 800-38D, section 8.3). The additional data says what the key is for and is not stored,
/// so a wrap that was moved to another place does not open there.
/// </summary>
internal static class KeyWrap
{
    public const int NonceSize = 12;
    public const int TagSize = 16;

    /// <summary>What <see cref="Seal"/> adds to its content: 28 bytes.</summary>
    public const int Overhead = NonceSize + TagSize;

    /// <summary>The length of a wrapped 32-byte key: 60 bytes.</summary>
    public const int WrappedSize = SecretKey.Size + Overhead;

    /// <summary>Wraps a 32-byte key: 60 bytes.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> key, ReadOnlySpan<byte> aad)
        => key.Length == SecretKey.Size ? Seal(kek, key, aad) : throw new ArgumentException($"A key has {SecretKey.Size} bytes.", nameof(key));

    /// <summary>Unwraps a 32-byte key; the caller disposes it. <paramref name="what"/> names it in the error text: an object name or an id, never a person.</summary>
    /// <exception cref="VaultDamagedException">It was changed, moved, cut or wrapped under another key.</exception>
    public static SecretKey Unwrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> aad, string what)
        => TryUnwrap(kek, wrapped, aad) ?? throw new VaultDamagedException(
            $"The wrapped key of {what} cannot be opened: it was changed, moved from elsewhere, or belongs to another key. Run verify, and restore it from a backup.");

    /// <summary>As <see cref="Unwrap"/>, but <see langword="null"/> when it does not open.</summary>
    public static SecretKey? TryUnwrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> aad)
    {
        if (wrapped.Length != WrappedSize) return null;
        Span<byte> key = stackalloc byte[SecretKey.Size];
        try
        {
            return TryOpen(kek, wrapped, aad, key) ? SecretKey.CopyOf(key) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Seals a few bytes (not a file) under a key.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> content, ReadOnlySpan<byte> aad)
    {
        var result = new byte[content.Length + Overhead];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(kek, TagSize);
        aes.Encrypt(nonce, content, result.AsSpan(NonceSize, content.Length), result.AsSpan(NonceSize + content.Length), aad);
        return result;
    }

    /// <summary>Opens what <see cref="Seal"/> made into <paramref name="content"/>, which has exactly its length; returns whether it is authentic.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> aad, Span<byte> content)
    {
        if (sealedBytes.Length != content.Length + Overhead) return false;
        using var aes = new AesGcm(kek, TagSize);
        try
        {
            aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[NonceSize..^TagSize], sealedBytes[^TagSize..], content, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
