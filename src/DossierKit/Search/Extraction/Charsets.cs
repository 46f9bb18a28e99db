using System.Buffers;
using System.Text;

namespace DossierKit.Search;

/// <summary>Which characters bytes stand for.</summary>
internal static class Charsets
{
    public static readonly Encoding Utf8 = new UTF8Encoding(false);

    public static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(850)!;

    /// <summary>The letters with accents of Dutch in code page 850. In windows-1252 these are marks that never stand between two small letters.</summary>
    private static readonly SearchValues<byte> DosLetters = SearchValues.Create([0x81, 0x82, 0x88, 0x89, 0x8a, 0x8b]);

    /// <summary>The encoding of a text of which nobody says it.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        if (OfMark(bytes) is { } marked) return marked;
        if (LooksWide(bytes, 1)) return Encoding.Unicode;
        if (LooksWide(bytes, 0)) return Encoding.BigEndianUnicode;
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Utf8;
        return LooksDos(bytes) ? Dos : Windows;
    }

    /// <summary>The encoding a text says it has; where it says none, an unknown one, or one it plainly is not, what it looks like.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="name">A name as in mail and on pages: <c>iso-8859-15</c>.</param>
    public static Encoding Named(ReadOnlySpan<byte> bytes, string? name)
    {
        name = name?.Trim().Trim('"', '\'').ToLowerInvariant();
        if (OfMark(bytes) is { } marked) return marked;
        switch (name)
        {
            case null or "" or "us-ascii" or "ascii" or "utf-8" or "utf8" or "unknown-8bit" or "x-unknown" or "binary":
                return Guess(bytes);
            // On paper these end where windows-1252 goes on; programs that say the one write the other.
            case "iso-8859-1" or "iso8859-1" or "latin1" or "latin-1" or "iso_8859-1" or "windows-1252" or "cp1252" or "x-cp1252":
                return Windows;
            // What was written to memory as UTF-16 and to disk as UTF-8 still says the first; every second byte of Latin text is zero in it.
            case "utf-16" or "utf-16le" or "unicode" or "utf-16be" when !bytes.Contains((byte)0):
                return Guess(bytes);
            case "utf-16" or "utf-16le" or "unicode":
                return Encoding.Unicode;
            case "utf-16be":
                return Encoding.BigEndianUnicode;
            case { Length: > 40 }:
                return Guess(bytes);
            case "utf-7" or "unicode-1-1-utf-7":
                return Guess(bytes);
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Guess(bytes);
        }
    }

    /// <summary>A reader of text; bytes that stand for nothing become U+FFFD.</summary>
    public static StreamReader Reader(ReadOnlyMemory<byte> bytes, Encoding encoding) => new(new MemoryView(bytes), encoding, detectEncodingFromByteOrderMarks: true, Math.Clamp(bytes.Length, 128, 8 << 10));

    /// <summary>Whether it is text at all: programs, pictures and sound have bytes that no text has.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        if (OfMark(head) is not null || LooksWide(head, 1) || LooksWide(head, 0)) return true;
        var odd = 0;
        foreach (var b in head)
        {
            if (b == 0) return false;
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1a or 0x1b)) odd++;
        }

        return odd <= 2 + head.Length / 50;
    }

    private static Encoding? OfMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xef, 0xbb, 0xbf, ..] => Utf8,
        [0xff, 0xfe, 0, 0, ..] => Encoding.UTF32,
        [0xff, 0xfe, ..] => Encoding.Unicode,
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>Text of ours in UTF-16 has a zero in every other byte.</summary>
    private static bool LooksWide(ReadOnlySpan<byte> bytes, int zeroAt)
    {
        var length = Math.Min(bytes.Length, 4096) & ~1;
        if (length < 8) return false;
        var (zeros, others) = (0, 0);
        for (var i = 0; i < length; i += 2)
        {
            if (bytes[i + zeroAt] == 0) zeros++;
            if (bytes[i + 1 - zeroAt] == 0) others++;
        }

        return zeros > length / 2 * 7 / 10 && others == 0;
    }

    private static bool LooksDos(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, 1 << 20)];
        var (dos, windows) = (0, 0);
        for (var i = 1; i < bytes.Length - 1; i++)
        {
            if (bytes[i] < 0x80 || bytes[i - 1] is < (byte)'a' or > (byte)'z' || bytes[i + 1] is < (byte)'a' or > (byte)'z') continue;
            if (DosLetters.Contains(bytes[i])) dos++;
            else if (bytes[i] >= 0xc0) windows++;
        }

        return dos > windows;
    }
}
