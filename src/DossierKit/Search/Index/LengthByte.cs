using System.Numerics;

namespace DossierKit.Search;

/// <summary>
/// The length of a document in one byte, as the ranking of Lucene sees it: exact to 39, and from there in steps that grow with the length (a float of 4 bits).
/// </summary>
internal static class LengthByte
{
    private const int Exact = 24;

    private static readonly int[] Lengths = [.. Enumerable.Range(0, 256).Select(Decode)];

    public static byte Of(int length)
    {
        if (length < Exact) return (byte)length;
        var value = length - Exact;
        var bits = 32 - BitOperations.LeadingZeroCount((uint)value);
        if (bits < 4) return (byte)(Exact + value);
        var shift = bits - 4;
        return (byte)(Exact + (((value >> shift) & 0x07) | ((shift + 1) << 3)));
    }

    public static int Length(byte coded) => Lengths[coded];

    private static int Decode(int coded)
    {
        if (coded < Exact) return coded;
        var value = coded - Exact;
        var shift = (value >> 3) - 1;
        var bits = value & 0x07;
        var length = shift == -1 ? bits : (long)(bits | 0x08) << shift;
        return (int)Math.Min(int.MaxValue, Exact + length);
    }
}
