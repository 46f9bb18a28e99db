using System.Numerics;

namespace DossierKit.Vault;

/// <summary>
/// Padmé sizes: a length is rounded up so that only its highest bits remain, and two files of about the same size look the same.
/// At most 12 % is added, far less to large content (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019).
/// </summary>
internal static class Padme
{
    /// <summary>The smallest size; below it the sizes would tell one short note from another.</summary>
    public const long Minimum = 256;

    /// <summary>The smallest Padmé size that holds a length.</summary>
    /// <param name="length">Bytes, 0 or more.</param>
    public static long Round(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length <= Minimum) return Minimum;
        var exponent = BitOperations.Log2((ulong)length);
        var kept = BitOperations.Log2((ulong)exponent) + 1;
        var mask = (1L << (exponent - kept)) - 1;
        return checked(length + mask) & ~mask;
    }
}
