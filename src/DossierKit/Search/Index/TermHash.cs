using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Search;

/// <summary>The hash of a term for tables in memory: another in every process, so that nobody can write a document whose words all fall together.</summary>
internal static class TermHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    public static ulong Of(ReadOnlySpan<byte> term)
    {
        var hash = Seed ^ (ulong)term.Length;
        for (; term.Length >= 8; term = term[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(term));
        var rest = 0UL;
        for (var i = 0; i < term.Length; i++) rest = (rest << 8) | term[i];
        return Mix(hash ^ rest);
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Factor, out var low);
        return high ^ low;
    }
}
