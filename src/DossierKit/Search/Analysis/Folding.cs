using System.Globalization;
using System.Text;

namespace DossierKit.Search;

/// <summary>
/// One writing for what people write in several ways: lower case, Latin letters without accents, ligatures as their letters, one apostrophe. Other alphabets keep their marks, which are letters there.
/// </summary>
internal static class Folding
{
    /// <summary>From which character on a word takes the slow way.</summary>
    private const int Common = 0x250;

    private static readonly string[] Folded = [.. Enumerable.Range(0, Common).Select(c => Slow(((char)c).ToString()))];

    /// <summary>Folds a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="into">At least <see cref="WordTokenizer.MaxLength"/>; what does not fit is left off.</param>
    /// <returns>How many characters it takes.</returns>
    public static int Fold(ReadOnlySpan<char> word, Span<char> into)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c is >= 'a' and <= 'z')
            {
                if (length == into.Length) return length;
                into[length++] = c;
                continue;
            }

            if (c < Common)
            {
                var letters = Folded[c];
                if (letters.Length > into.Length - length) return length;
                letters.CopyTo(into[length..]);
                length += letters.Length;
            }
            else if (c == '’')
            {
                if (length == into.Length) return length;
                into[length++] = '\'';
            }
            else if (!IsAccent(c) || length == 0 || !char.IsAsciiLetter(into[length - 1]))
            {
                return Cut(Slow(word.ToString()), into);
            }
        }

        return length;
    }

    /// <summary>A whole text, such as the value of a field; <see langword="null"/> is empty.</summary>
    public static string Text(string? text) => text is null ? "" : Slow(text);

    private static int Cut(string folded, Span<char> into)
    {
        var length = Math.Min(folded.Length, into.Length);
        if (length > 0 && length < folded.Length && char.IsHighSurrogate(folded[length - 1])) length--;
        folded.AsSpan(0, length).CopyTo(into);
        return length;
    }

    private static string Slow(string word)
    {
        var text = new StringBuilder(word.Length);
        // By whole characters: half of one, as somebody may send it, would be refused by what follows.
        foreach (var rune in word.EnumerateRunes()) text.Append(rune);
        var apart = text.ToString().Normalize(NormalizationForm.FormKD);
        text.Clear();
        var isLatin = false;
        foreach (var rune in apart.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                if (!isLatin) text.Append(rune);
                continue;
            }

            var letters = rune.Value switch
            {
                'ß' or 'ẞ' => "ss",
                'æ' or 'Æ' => "ae",
                'œ' or 'Œ' => "oe",
                'ø' or 'Ø' => "o",
                'đ' or 'Đ' or 'ð' or 'Ð' => "d",
                'ł' or 'Ł' => "l",
                'þ' or 'Þ' => "th",
                'ı' => "i",
                '’' or '‘' or 'ʼ' or '´' or '`' => "'",
                _ => Rune.ToLowerInvariant(rune).ToString(),
            };
            text.Append(letters);
            isLatin = letters[^1] is >= 'a' and <= 'z';
        }

        // What fell apart above comes together again, so that marks that stayed are written in one way as well.
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsAccent(char c) => c is >= '\u0300' and <= '\u036f';
}
