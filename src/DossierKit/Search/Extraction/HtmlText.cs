using System.Text;

namespace DossierKit.Search;

/// <summary>The text of a page: what stands in blocks of its own never runs together, what stands inside a line always does.</summary>
internal static class HtmlText
{
    /// <summary>Reads a page.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="charset">What a mail says it is written in; <see langword="null"/>: what the page says.</param>
    /// <param name="sink">Takes the text.</param>
    /// <param name="x">Counts.</param>
    public static void Read(ReadOnlyMemory<byte> bytes, string? charset, TextSink sink, Extraction x)
    {
        using var reader = Charsets.Reader(bytes, Charsets.Named(bytes.Span, charset ?? Declared(bytes.Span)));
        Read(reader, sink, x, IsXml(bytes.Span));
    }

    private static bool IsXml(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 2048)];
        var at = head.IndexOf((byte)'<');
        return at is >= 0 and <= 8 && head[at..].StartsWith("<?xml"u8) && head.IndexOf("<html"u8) < 0 && head.IndexOf("<HTML"u8) < 0;
    }

    /// <summary>Reads characters of a page, or of XML of which nobody says what its elements mean: then each stands by itself.</summary>
    public static void Read(TextReader characters, TextSink sink, Extraction x, bool isXml = false)
    {
        var reader = new MarkupReader(characters, isHtml: !isXml, x);
        var (kept, space) = (0, false);
        while (!sink.IsFull && reader.Read())
        {
            if (reader.Kind == MarkupKind.Text)
            {
                Text(reader.Text);
                continue;
            }

            var isOpen = reader.Kind == MarkupKind.Open;
            switch (reader.Name)
            {
                case "td" or "th":
                    if (isOpen) sink.Tab();
                    space = false;
                    break;
                case "pre" or "textarea":
                    kept = Math.Max(0, kept + (isOpen ? 1 : -1));
                    sink.Line();
                    space = false;
                    break;
                case "p" or "div" or "br" or "tr" or "li" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" or "blockquote" or "title" or "head" or "body"
                    or "section" or "article" or "header" or "footer" or "nav" or "aside" or "main" or "address" or "figure" or "figcaption" or "caption" or "thead" or "tbody" or "tfoot" or "form" or "fieldset"
                    or "legend" or "option" or "select" or "center" or "details" or "summary" or "dialog" or "button" or "iframe" or "object" or "html":
                    sink.Line();
                    space = false;
                    break;
                // What stands for a picture, and what was filled in.
                case "img" or "area" when isOpen && reader.Attribute("alt") is { Length: > 0 } alt:
                    Apart(alt);
                    break;
                case "input" when isOpen && reader.Attribute("type") is not "hidden" && reader.Attribute("value") is { Length: > 0 } value:
                    Apart(value);
                    break;
                case var _ when isXml:
                    sink.Line();
                    space = false;
                    break;
            }
        }

        sink.Line();

        void Apart(string text)
        {
            space = true;
            Text(text);
            space = true;
        }

        void Text(ReadOnlySpan<char> text)
        {
            if (kept > 0)
            {
                sink.Append(text);
                return;
            }

            foreach (var c in text)
            {
                if (c is ' ' or '\t' or '\r' or '\n' or '\f')
                {
                    space = true;
                    continue;
                }

                if (space && sink.Length > 0 && sink.Text[^1] is not ('\n' or '\t' or '\f')) sink.Append(' ');
                space = false;
                sink.Append(c);
            }
        }
    }

    /// <summary>What the page says in its head it is written in, or XML in its first line.</summary>
    public static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        foreach (var word in (string[])["charset", "encoding"])
        {
            var at = head.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var rest = head.AsSpan(at + word.Length).TrimStart();
            if (!rest.StartsWith("=")) continue;
            rest = rest[1..].TrimStart(" \"'");
            var end = rest.IndexOfAny(" \"'>;?/");
            if (end > 0) return rest[..end].ToString();
        }

        return null;
    }
}
