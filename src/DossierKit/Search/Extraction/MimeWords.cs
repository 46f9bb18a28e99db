using System.Globalization;
using System.Text;

namespace DossierKit.Search;

/// <summary>How mail writes what is not ASCII: RFC 2045 (bodies), RFC 2047 (words in header fields), RFC 2231 (parameters). Reads what is malformed as far as it can.</summary>
internal static class MimeWords
{
    /// <summary>A header field, readable. Words that follow each other are one text, also when a character was cut in two between them.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal)) return value;
        var text = new StringBuilder();
        var (pending, charset) = (new List<byte>(), "");
        ReadOnlySpan<char> rest = value;
        while (rest.Length > 0)
        {
            var at = rest.IndexOf("=?");
            var before = at < 0 ? rest : rest[..at];
            if (!(pending.Count > 0 && before.IsWhiteSpace() && at >= 0))
            {
                Flush();
                text.Append(before);
            }

            if (at < 0) break;
            rest = rest[at..];
            if (Word(rest) is var (length, name, bytes))
            {
                if (!name.Equals(charset, StringComparison.OrdinalIgnoreCase)) Flush();
                charset = name;
                pending.AddRange(bytes.Span);
                rest = rest[length..];
            }
            else
            {
                Flush();
                text.Append("=?");
                rest = rest[2..];
            }
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (pending.Count == 0) return;
            var bytes = pending.ToArray();
            text.Append(Charsets.Named(bytes, charset).GetString(bytes));
            pending.Clear();
        }
    }

    /// <summary>A value and its parameters, such as of <c>Content-Type</c>: names in small letters, pieces joined, characters decoded.</summary>
    public static (string Value, Dictionary<string, string> Parameters) Parameters(string field)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var pieces = new SortedDictionary<(string Name, int Number), (string Value, bool IsEncoded)>();
        var end = field.IndexOf(';', StringComparison.Ordinal);
        var value = (end < 0 ? field : field[..end]).Trim();
        var rest = end < 0 ? [] : field.AsSpan(end + 1);
        while (rest.Length > 0)
        {
            rest = rest.TrimStart(" \t;");
            var stop = rest.IndexOfAny('=', ';');
            if (stop < 0) break;
            var name = rest[..stop].Trim().ToString().ToLowerInvariant();
            var hasValue = rest[stop] == '=';
            rest = rest[(stop + 1)..];
            if (!hasValue) continue;
            var (text, length) = Value(rest);
            rest = rest[length..];
            var parts = name.Split('*');
            if (parts.Length == 1) parameters.TryAdd(name, Decode(text));
            else if (pieces.Count < 100) pieces[(parts[0], int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)] = (text, name[^1] == '*');
        }

        // Pieces of one parameter, each by itself with percent signs or without; the first says the character set.
        foreach (var group in pieces.GroupBy(piece => piece.Key.Name, StringComparer.Ordinal))
        {
            var (bytes, charset, isFirst) = (new List<byte>(), (string?)null, true);
            foreach (var (_, (text, isEncoded)) in group)
            {
                var content = text;
                if (isFirst && isEncoded && text.Split('\'', 3) is [var set, _, var own]) (charset, content) = (set, own);
                isFirst = false;
                bytes.AddRange(isEncoded ? FromPercent(content) : Encoding.UTF8.GetBytes(content));
            }

            var all = bytes.ToArray();
            parameters[group.Key] = Charsets.Named(all, charset).GetString(all);
        }

        return (value, parameters);
    }

    /// <summary>Base64; whatever is no letter of it is passed over.</summary>
    public static ReadOnlyMemory<byte> FromBase64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length / 4 * 3 + 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var c in text)
        {
            var digit = c switch
            {
                >= (byte)'A' and <= (byte)'Z' => c - 'A',
                >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
                >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
                (byte)'+' or (byte)'-' => 62,
                (byte)'/' or (byte)'_' => 63,
                // The end of a piece; some programs put several behind each other.
                (byte)'=' => -2,
                _ => -1,
            };
            if (digit == -2) (bits, count) = (0, 0);
            if (digit < 0) continue;
            bits = (bits << 6) | digit;
            count += 6;
            if (count < 8) continue;
            count -= 8;
            bytes[length++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }

        return bytes.AsMemory(0, length);
    }

    /// <summary>Quoted-printable; a sign of equality that begins nothing stands for itself.</summary>
    public static ReadOnlyMemory<byte> FromQuoted(ReadOnlySpan<byte> text, bool inHeader)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '_' && inHeader)
            {
                bytes[length++] = (byte)' ';
            }
            else if (c == '=' && i + 2 < text.Length && Digit(text[i + 1]) >= 0 && Digit(text[i + 2]) >= 0)
            {
                bytes[length++] = (byte)(Digit(text[i + 1]) << 4 | Digit(text[i + 2]));
                i += 2;
            }
            else if (c == '=' && !inHeader && SoftBreak(text[(i + 1)..]) is >= 0 and var skip)
            {
                i += skip;
            }
            else
            {
                bytes[length++] = c;
            }
        }

        return bytes.AsMemory(0, length);
    }

    /// <summary>How many bytes a line end takes that only keeps lines short, with the blanks before it; -1: it is none.</summary>
    private static int SoftBreak(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length && i < 80; i++)
        {
            if (text[i] == '\n') return i + 1;
            if (text[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return -1;
        }

        return text.Length < 80 ? text.Length : -1;
    }

    /// <summary>One word: <c>=?charset?B?text?=</c>.</summary>
    private static (int Length, string Charset, ReadOnlyMemory<byte> Bytes)? Word(ReadOnlySpan<char> text)
    {
        var inner = text[2..];
        var first = inner[..Math.Min(inner.Length, 80)].IndexOf('?');
        if (first <= 0 || inner.Length < first + 4 || inner[first + 2] != '?') return null;
        var kind = char.ToUpperInvariant(inner[first + 1]);
        var content = inner[(first + 3)..];
        // A word has 75 characters at most; programs go over that, but not without end.
        var end = content[..Math.Min(content.Length, 4000)].IndexOf("?=");
        if (end < 0 || kind is not ('B' or 'Q')) return null;
        // A language may stand behind the set.
        var charset = inner[..first].ToString().Split('*')[0];
        var raw = Encoding.UTF8.GetBytes(content[..end].ToString());
        return (2 + first + 3 + end + 2, charset, kind == 'B' ? FromBase64(raw) : FromQuoted(raw, inHeader: true));
    }

    private static (string Text, int Length) Value(ReadOnlySpan<char> rest)
    {
        var skipped = rest.Length - rest.TrimStart().Length;
        var text = rest[skipped..];
        if (!text.StartsWith("\""))
        {
            var stop = text.IndexOf(';');
            return ((stop < 0 ? text : text[..stop]).Trim().ToString(), skipped + (stop < 0 ? text.Length : stop));
        }

        var value = new StringBuilder();
        var i = 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            value.Append(text[i]);
        }

        var end = text[i..].IndexOf(';');
        return (value.ToString(), skipped + (end < 0 ? text.Length : i + end));
    }

    private static byte[] FromPercent(string text)
    {
        var raw = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '%' && i + 2 < raw.Length && Digit(raw[i + 1]) >= 0 && Digit(raw[i + 2]) >= 0)
            {
                raw[length++] = (byte)(Digit(raw[i + 1]) << 4 | Digit(raw[i + 2]));
                i += 2;
            }
            else
            {
                raw[length++] = raw[i];
            }
        }

        return raw[..length];
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => -1,
    };
}
