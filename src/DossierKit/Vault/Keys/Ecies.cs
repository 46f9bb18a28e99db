using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// A 32-byte key for whoever holds the private part of a P-256 key: ephemeral ECDH, HKDF-SHA256, AES-256-GCM.
/// Bytes: <c>ephemeral point, uncompressed (65) | wrapped key (60)</c>. The key is HKDF(secret = X of the shared point,
/// salt = ephemeral point | recipient's point, info = binding), and the binding is the additional data of the wrap as well.
/// </summary>
internal static class Ecies
{
    public const int PointSize = 65;
    public const int WrappedSize = PointSize + KeyWrap.WrappedSize;

    public static byte[] Wrap(ReadOnlySpan<byte> recipientPoint, ReadOnlySpan<byte> key, ReadOnlySpan<byte> binding)
    {
        using var recipient = FromPoint(recipientPoint);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = PointOf(ephemeral);
        using var kek = Agree(ephemeral, recipient, point, recipientPoint, binding);
        return [.. point, .. KeyWrap.Wrap(kek.Span, key, binding)];
    }

    /// <summary>Returns <see langword="null"/> when the bytes were not made for this key and binding, or were changed.</summary>
    public static SecretKey? TryUnwrap(ECDiffieHellman recipient, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> binding)
    {
        if (wrapped.Length != WrappedSize) return null;
        var point = wrapped[..PointSize];
        ECDiffieHellman ephemeral;
        try
        {
            ephemeral = FromPoint(point);
        }
        catch (CryptographicException)
        {
            return null; // A point that is not on the curve: the attack that would leak the private key bit by bit.
        }

        using (ephemeral)
        {
            using var kek = Agree(recipient, ephemeral, point, PointOf(recipient), binding);
            return KeyWrap.TryUnwrap(kek.Span, wrapped[PointSize..], binding);
        }
    }

    /// <summary>The public part as an uncompressed point (SEC 1, 2.3.3).</summary>
    public static byte[] PointOf(ECDiffieHellman key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    /// <summary>Reads an uncompressed point; the runtime checks that it lies on the curve.</summary>
    /// <exception cref="CryptographicException">It does not, or is not a point.</exception>
    public static ECDiffieHellman FromPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != 4) throw new CryptographicException("Not an uncompressed P-256 point.");
        return ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
        });
    }

    private static SecretKey Agree(ECDiffieHellman own, ECDiffieHellman other, ReadOnlySpan<byte> ephemeralPoint, ReadOnlySpan<byte> recipientPoint, ReadOnlySpan<byte> binding)
    {
        using var otherPublic = other.PublicKey;
        var shared = own.DeriveRawSecretAgreement(otherPublic);
        try
        {
            return SecretKey.FromHkdf(shared, [.. ephemeralPoint, .. recipientPoint], binding);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
        }
    }
}
