using System.Globalization;
using System.Text;

namespace DossierKit.Dossiers;

/// <summary>Text without case and accents, in tokens, so that a name is found however it is written: <c>VAN-DER-MEER</c>, <c>van der Méér</c>, <c>M.e.e.r</c>, <c>verslagVanDerMeer</c>.</summary>
internal static class FoldedText
{
    /// <summary>The tokens of a text: runs of letters or of digits, split where a small letter meets a capital.</summary>
    public static IEnumerable<string> Tokens(string text)
    {
        var token = new StringBuilder();
        var last = Class.None;
        foreach (var c in WithoutStraySurrogates(text).Normalize(NormalizationForm.FormKD))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            // Accents, soft hyphens and zero-width characters are invisible to a reader, so they are to the check.
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) continue;
            var now = char.IsDigit(c) ? Class.Digit : char.IsUpper(c) ? Class.Upper : char.IsLetter(c) ? Class.Letter : Class.None;
            var isBoundary = now == Class.None || (last != Class.None && (now == Class.Digit) != (last == Class.Digit)) || (now == Class.Upper && last == Class.Letter);
            if (isBoundary && token.Length > 0)
            {
                yield return token.ToString();
                token.Clear();
            }

            if (now != Class.None) Append(token, c);
            last = now;
        }

        if (token.Length > 0) yield return token.ToString();
    }

    /// <summary>Whose forms occur in a text: a form is one or more tokens in a row, whatever stands between them.</summary>
    public static IEnumerable<PersonId> Find(string text, IReadOnlyDictionary<string, PersonId> forms)
    {
        if (forms.Count == 0) return [];
        var longest = forms.Keys.Max(form => form.Length);
        var tokens = Tokens(text).ToList();
        var found = new HashSet<PersonId>();
        var joined = new StringBuilder();
        for (var from = 0; from < tokens.Count; from++)
        {
            joined.Clear();
            for (var to = from; to < tokens.Count && joined.Length + tokens[to].Length <= longest; to++)
            {
                joined.Append(tokens[to]);
                if (forms.TryGetValue(joined.ToString(), out var person)) found.Add(person);
            }
        }

        return found;
    }

    /// <summary>Half a character cannot be normalised; it is read as a gap.</summary>
    private static string WithoutStraySurrogates(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
        }

        return text;
    }

    /// <summary>Letters that compatibility decomposition leaves as they are.</summary>
    private static void Append(StringBuilder token, char c)
    {
        switch (char.ToLowerInvariant(c))
        {
            case 'ß': token.Append("ss"); break;
            case 'æ': token.Append("ae"); break;
            case 'œ': token.Append("oe"); break;
            case 'ø': token.Append('o'); break;
            case 'ł': token.Append('l'); break;
            case 'đ' or 'ð': token.Append('d'); break;
            case 'þ': token.Append("th"); break;
            case 'ı': token.Append('i'); break;
            case var lower: token.Append(lower); break;
        }
    }

    private enum Class
    {
        None,
        Letter,
        Upper,
        Digit,
    }
}
