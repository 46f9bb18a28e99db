using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// Shamir's secret sharing (Communications of the ACM 22, 1979) over GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1: every byte of the secret is the constant term of a random polynomial
/// of degree threshold - 1, and share x holds its value at x. Any threshold of shares gives the secret; fewer say nothing of it, whatever one can compute.
/// No table and no branch depends on a secret byte.
/// </summary>
internal static class Shamir
{
    /// <summary>Splits a secret; share i is the value at x = i + 1.</summary>
    public static byte[][] Split(ReadOnlySpan<byte> secret, int shares, int threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(shares, threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shares, 255);
        var result = new byte[shares][];
        for (var i = 0; i < shares; i++) result[i] = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true);
        Span<byte> coefficients = stackalloc byte[threshold];
        try
        {
            for (var at = 0; at < secret.Length; at++)
            {
                // The highest coefficient may be zero: leaving that out would tell a little of the secret.
                RandomNumberGenerator.Fill(coefficients);
                coefficients[0] = secret[at];
                for (var i = 0; i < shares; i++) result[i][at] = Evaluate(coefficients, (byte)(i + 1));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(coefficients);
        }

        return result;
    }

    /// <summary>The value at a point of the polynomials through these shares; at 0 that is the secret. The points are different and not 0; the caller wipes the result.</summary>
    public static byte[] Interpolate(IReadOnlyList<(byte X, ReadOnlyMemory<byte> Y)> shares, byte at)
    {
        var result = GC.AllocateArray<byte>(shares[0].Y.Length, pinned: true);
        for (var i = 0; i < shares.Count; i++)
        {
            byte weight = 1;
            for (var j = 0; j < shares.Count; j++)
            {
                if (i == j) continue;
                weight = Multiply(weight, Multiply((byte)(at ^ shares[j].X), Inverse((byte)(shares[i].X ^ shares[j].X))));
            }

            var values = shares[i].Y.Span;
            for (var b = 0; b < result.Length; b++) result[b] ^= Multiply(weight, values[b]);
        }

        return result;
    }

    /// <summary>The product in GF(2^8), eight steps whatever the factors are.</summary>
    internal static byte Multiply(byte one, byte other)
    {
        int product = 0, shifted = one;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= shifted & -((other >> bit) & 1);
            shifted = (shifted << 1) ^ (0x11B & -((shifted >> 7) & 1));
        }

        return (byte)product;
    }

    /// <summary>The inverse: the 254th power. That of 0 is 0, and is never asked for.</summary>
    internal static byte Inverse(byte value)
    {
        byte result = 1;
        var square = value;
        for (var bit = 1; bit < 8; bit++)
        {
            square = Multiply(square, square);
            result = Multiply(result, square);
        }

        return result;
    }

    private static byte Evaluate(ReadOnlySpan<byte> coefficients, byte x)
    {
        byte value = 0;
        for (var i = coefficients.Length - 1; i >= 0; i--) value = (byte)(Multiply(value, x) ^ coefficients[i]);
        return value;
    }
}
