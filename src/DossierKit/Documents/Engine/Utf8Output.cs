using System.Buffers;
using System.Globalization;
using System.Text;

namespace DossierKit.Documents;

/// <summary>Growing bytes of one part while it is printed; can be cut back when what was printed must not be there after all.</summary>
internal sealed class Utf8Output(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(256, capacity)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void CutBack(int length) => Length = length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    public void Write(int number, string format = "D")
    {
        Span<char> text = stackalloc char[12];
        number.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        Write(text[..length]);
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
    }
}

/// <summary>Writes a value's text as XML can hold it: escaped, line ends and tabs as elements, control characters left out and counted.</summary>
internal static class ValueWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c),
            '&', '<', '>', '\u2028', '\u2029', '\u202D', '\u202E', '\uFFFE', '\uFFFF']);

    /// <summary>Writes the inside of a run. Returns how many characters were left out, and whether anything visible was written.</summary>
    public static (int Removed, bool Visible) WriteRun(Utf8Output output, ReadOnlySpan<char> text)
    {
        var removed = 0;
        var visible = false;
        var inText = false;
        while (!text.IsEmpty)
        {
            var at = text.IndexOfAny(Special);
            var plain = at < 0 ? text : text[..at];
            if (!plain.IsEmpty)
            {
                Text();
                output.Write(plain);
                visible |= !plain.IsWhiteSpace();
            }

            if (at < 0) break;
            var used = 1;
            switch (text[at])
            {
                case '&' or '<' or '>':
                    Text();
                    output.Write(Entity(text[at]));
                    visible = true;
                    break;
                case '\t':
                    Break("<w:tab/>"u8);
                    break;
                case '\r' when at + 1 < text.Length && text[at + 1] == '\n':
                    used = 2;
                    Break("<w:br/>"u8);
                    break;
                case '\n' or '\r' or '\u0085' or '\u2028' or '\u2029':
                    Break("<w:br/>"u8);
                    break;
                case var c when char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    used = 2;
                    Text();
                    output.Write(text.Slice(at, 2));
                    visible = true;
                    break;
                default:
                    removed++;
                    break;
            }

            text = text[(at + used)..];
        }

        if (inText) output.Write("</w:t>"u8);
        return (removed, visible);

        void Text()
        {
            if (!inText) output.Write("<w:t xml:space=\"preserve\">"u8);
            inText = true;
        }

        void Break(ReadOnlySpan<byte> element)
        {
            if (inText) output.Write("</w:t>"u8);
            inText = false;
            output.Write(element);
        }
    }

    /// <summary>Text for an attribute or element outside a run; what XML cannot hold is left out.</summary>
    public static string Escaped(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '&' or '<' or '>') result.Append(Encoding.UTF8.GetString(Entity((char)rune.Value)));
            else if (rune.Value == '"') result.Append("&quot;");
            else if (Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF or 0x202D or 0x202E or 0xFFFD) result.Append(' ');
            else result.Append(rune.ToString());
        }

        return result.ToString();
    }

    private static ReadOnlySpan<byte> Entity(char c) => c switch { '&' => "&amp;"u8, '<' => "&lt;"u8, _ => "&gt;"u8 };
}
