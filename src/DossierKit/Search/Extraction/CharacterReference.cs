using System.Globalization;
using System.Net;
using System.Text;

namespace DossierKit.Search;

/// <summary>Characters written by name or number: <c>&amp;eacute;</c>, <c>&amp;#233;</c>, <c>&amp;#xE9;</c>. Nothing else that begins so is followed or unfolded.</summary>
internal static class CharacterReference
{
    /// <summary>No known one is longer.</summary>
    public const int MostLength = 34;

    /// <summary>Reads a reference.</summary>
    /// <param name="text">Begins with <c>&amp;</c>.</param>
    /// <returns>How many characters it takes and what it stands for; 0 when it is none.</returns>
    public static (int Length, string Value) Read(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        if (end is < 2 || end >= MostLength) return (0, "");
        var name = text[1..end];
        if (name[0] != '#')
        {
            var value = name switch
            {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                "nbsp" => "\u00a0",
                _ => name.ContainsAnyExcept(Letters) ? "" : WebUtility.HtmlDecode(text[..(end + 1)].ToString()),
            };
            return value.Length is 0 or > 2 ? (0, "") : (end + 1, value);
        }

        var digits = name[1..];
        var isNumber = digits.Length > 1 && digits[0] is 'x' or 'X'
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!isNumber) return (0, "");
        // Many pages number the marks of windows-1252 by their byte.
        if (number is >= 0x80 and <= 0x9f) return (end + 1, Charsets.Windows.GetString([(byte)number]));
        return (end + 1, Rune.IsValid(number) ? new Rune(number).ToString() : "\ufffd");
    }

    /// <summary>Replaces every reference in a value.</summary>
    public static string Replace(ReadOnlySpan<char> value)
    {
        if (!value.Contains('&')) return value.ToString();
        var text = new StringBuilder();
        while (value.IndexOf('&') is >= 0 and var at)
        {
            text.Append(value[..at]);
            var (length, read) = Read(value[at..Math.Min(value.Length, at + MostLength)]);
            text.Append(length == 0 ? "&" : read);
            value = value[(at + Math.Max(1, length))..];
        }

        return text.Append(value).ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
