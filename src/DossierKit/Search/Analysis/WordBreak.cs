using System.Collections.Frozen;
using System.Globalization;

namespace DossierKit.Search;

/// <summary>What a character does at the edge of a word (Unicode Standard Annex 29, Word_Break), as far as tokens are concerned.</summary>
internal enum WordBreak : byte
{
    /// <summary>Part of no word.</summary>
    Other,

    /// <summary>A letter.</summary>
    Letter,

    /// <summary>A Hebrew letter: quotes may stand within its words.</summary>
    Hebrew,

    /// <summary>A digit.</summary>
    Numeric,

    /// <summary>Joins words and numbers on either side, such as <c>_</c>.</summary>
    ExtendNumLet,

    /// <summary>Joins letters, such as <c>·</c>.</summary>
    MidLetter,

    /// <summary>Joins digits, such as <c>,</c>.</summary>
    MidNum,

    /// <summary>Joins letters and joins digits, such as <c>.</c>.</summary>
    MidNumLet,

    /// <summary>The apostrophe: as <see cref="MidNumLet"/>.</summary>
    Quote,

    /// <summary>The double quote, within Hebrew words.</summary>
    DoubleQuote,

    /// <summary>Belongs to the character before it: accents, joiners, marks of direction.</summary>
    Extend,

    /// <summary>Katakana.</summary>
    Katakana,

    /// <summary>Hiragana: each character a token.</summary>
    Hiragana,

    /// <summary>A Han character: each a token.</summary>
    Han,

    /// <summary>A script without spaces, such as Thai: a run is one token.</summary>
    Complex,

    /// <summary>A mark of such a script: belongs to what comes before it, and begins a run as well.</summary>
    ComplexExtend,

    /// <summary>Half of a flag.</summary>
    Regional,

    /// <summary>A pictograph: a token, with what is joined to it.</summary>
    Pictograph,

    /// <summary>A colour of skin: joins the pictograph before it, and is one.</summary>
    Modifier,
}

/// <summary>
/// The table of <see cref="WordBreak"/> by code point, of Unicode 9.0: that of the peer whose tokens are compared with. The ranges in <c>word-break.txt</c> were drawn from the
/// Unicode Character Database (Word_Break, Line_Break, Script, Extended_Pictographic, Age).
/// </summary>
internal static class WordBreaks
{
    private static readonly byte[][] Pages = Load();

    public static WordBreak Of(int codePoint) => (WordBreak)Pages[codePoint >> 8][codePoint & 0xff];

    /// <summary>The class of the character that starts here, and how many UTF-16 units it takes; a lone surrogate is one of its own and part of no word.</summary>
    public static WordBreak At(ReadOnlySpan<char> text, int index, out int units)
    {
        var first = text[index];
        units = 1;
        if (!char.IsSurrogate(first)) return Of(first);
        if (!char.IsHighSurrogate(first) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1])) return WordBreak.Other;
        units = 2;
        return Of(char.ConvertToUtf32(first, text[index + 1]));
    }

    private static byte[][] Load()
    {
        var names = Enum.GetValues<WordBreak>().ToFrozenDictionary(word => word.ToString().ToLowerInvariant(), StringComparer.Ordinal);
        var empty = new byte[256];
        var pages = new byte[0x1100][];
        Array.Fill(pages, empty);
        foreach (var line in SearchData.Lines("word-break.txt"))
        {
            var (range, name) = (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]);
            var dash = range.IndexOf('-');
            var (from, to) = (Hex(range[..dash]), Hex(range[(dash + 1)..]));
            for (var codePoint = from; codePoint <= to; codePoint++)
            {
                var page = pages[codePoint >> 8];
                if (page == empty) pages[codePoint >> 8] = page = new byte[256];
                page[codePoint & 0xff] = (byte)names[name];
            }
        }

        return pages;
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
