using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DossierKit.Search;

/// <summary>
/// The bytes of terms written shorter: 127 sequences of letters that are frequent in Dutch take one byte each (<c>term-pieces.txt</c>), so that the words of a segment take little more than half their letters. The
/// bytes stand in the README of this folder, "Segment".
/// </summary>
internal static class TermCode
{
    /// <summary>Before a byte that stands for itself although it would be read as a sequence.</summary>
    private const byte Escape = 0;

    /// <summary>The first byte that is a sequence; below it a byte is itself.</summary>
    private const int First = 0x80;

    private static readonly byte[][] Pieces = [.. SearchData.Words("term-pieces.txt").Select(System.Text.Encoding.ASCII.GetBytes)];
    private static readonly int Longest = Pieces.Max(piece => piece.Length);
    private static readonly Dictionary<ulong, byte> Codes = Pieces.Select((piece, i) => (Key: KeyOf(piece), Code: (byte)(First + i))).ToDictionary(pair => pair.Key, pair => pair.Code);

    private static readonly ulong[] Meanings = [.. Enumerable.Range(0, 256).Select(code => Meaning(code).Reverse().Aggregate(0UL, (all, letter) => (all << 8) | letter))];
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 256).Select(code => Meaning(code).Length)];

    /// <summary>How much room there must be behind the bytes that are read.</summary>
    public static int Slack => sizeof(ulong);

    /// <summary>Writes bytes of a term.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var into = output.GetSpan(2 * bytes.Length);
        var length = 0;
        while (bytes.Length > 0)
        {
            var taken = Math.Min(Longest, bytes.Length);
            byte code = 0;
            while (taken > 1 && !Codes.TryGetValue(KeyOf(bytes[..taken]), out code)) taken--;
            if (taken == 1)
            {
                if (bytes[0] is Escape or >= First) into[length++] = Escape;
                code = bytes[0];
            }

            into[length++] = code;
            bytes = bytes[taken..];
        }

        output.Advance(length);
    }

    /// <summary>Reads bytes of a term.</summary>
    /// <param name="coded">As they were written.</param>
    /// <param name="into">Where they go: <see cref="Slack"/> more than there may be.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="FormatException">There are more than fit, or they end too early.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> coded, Span<byte> into)
    {
        var length = 0;
        for (var i = 0; i < coded.Length; i++)
        {
            if (length > into.Length - Slack) throw new FormatException("A term that is too long.");
            var code = coded[i];
            if (code == Escape)
            {
                if (++i == coded.Length) throw new FormatException("A term that ends too early.");
                into[length++] = coded[i];
                continue;
            }

            // Eight bytes at once, of which what is too much is written over by the next.
            BinaryPrimitives.WriteUInt64LittleEndian(into[length..], Meanings[code]);
            length += Lengths[code];
        }

        return length;
    }

    private static byte[] Meaning(int code) => code < First ? [(byte)code] : code - First < Pieces.Length ? Pieces[code - First] : [];

    /// <summary>Up to seven bytes as a number, with how many there are.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> bytes)
    {
        var key = (ulong)bytes.Length;
        foreach (var letter in bytes) key = (key << 8) | letter;
        return key;
    }
}
