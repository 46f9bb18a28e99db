namespace DossierKit.Search;

/// <summary>A file inside a file, still to be read.</summary>
/// <param name="Place">Dutch, which one: <c>bijlage 2</c>.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Open">Gives its bytes.</param>
internal sealed record EmbeddedFile(string Place, string Name, Func<ReadOnlyMemory<byte>> Open);

/// <summary>The text of a mail: who, to whom, when and about what, then all its texts, with those of mails sent along; the other files it carries are handed back.</summary>
internal sealed class MailText(Extraction x)
{
    private static readonly (string Field, string Label)[] Shown =
        [("From", "Van"), ("Sender", "Verzender"), ("To", "Aan"), ("Cc", "Cc"), ("Bcc", "Bcc"), ("Reply-To", "Antwoord aan"), ("Date", "Datum"), ("Subject", "Onderwerp")];

    /// <summary>A picture that is smaller than this and stands in the text is a logo, not a letter.</summary>
    private const int SmallPicture = 16 << 10;

    /// <summary>Two forms of one text that are longer, in characters, are not compared.</summary>
    private const int MostCompared = 500_000;

    private readonly List<EmbeddedFile> _files = [];

    /// <summary>Reads the text.</summary>
    /// <param name="bytes">The mail, or a mailbox of several.</param>
    /// <param name="x">Takes the text, and counts.</param>
    /// <returns>The files it carries, in order.</returns>
    public static IReadOnlyList<EmbeddedFile> Read(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        var mail = new MailText(x);
        foreach (var one in Mailbox(bytes, x)) mail.Message(one, x.Sink, 0);
        return mail._files;
    }

    private void Message(ReadOnlyMemory<byte> bytes, TextSink sink, int depth)
    {
        var entity = MimeEntity.Read(bytes, x);
        foreach (var (field, label) in Shown)
        {
            foreach (var value in entity.Values(field))
            {
                sink.Line();
                sink.Append($"{label}: ");
                sink.Append(value);
                sink.Line();
            }
        }

        if (entity.IsCut) x.Gap("De kop van het bericht is te lang en is niet helemaal gelezen.");
        Part(entity, sink, depth);
        sink.Line();
    }

    private void Part(MimeEntity entity, TextSink sink, int depth)
    {
        x.CountEntry();
        if (depth > x.Limits.Depth)
        {
            x.Gap("Berichten of delen zijn te diep in elkaar verpakt. Het binnenste is niet gelezen.");
            return;
        }

        if (entity.IsAttachment && !entity.Type.StartsWith("multipart/", StringComparison.Ordinal) && entity.Type is not ("message/rfc822" or "message/global"))
        {
            Attach(entity);
            return;
        }

        switch (entity.Type)
        {
            case "multipart/alternative":
                Alternatives(entity, sink, depth);
                break;
            case "multipart/encrypted" or "application/pkcs7-mime" or "application/x-pkcs7-mime":
                x.Gap("Het bericht is versleuteld of als geheel ondertekend (S/MIME of PGP). Open het in het mailprogramma en sla het onversleuteld op.");
                break;
            case var type when type.StartsWith("multipart/", StringComparison.Ordinal):
                var parts = 0;
                foreach (var part in entity.Split(x))
                {
                    parts++;
                    Part(MimeEntity.Read(part, x), sink, depth + 1);
                }

                // A boundary that is nowhere: all there is, is shown as it is.
                if (parts == 0) Plain(entity.Body, null, sink);
                break;
            case "message/rfc822" or "message/global":
                sink.Line();
                Message(entity.Decode(), sink, depth + 1);
                break;
            case "text/html" or "application/xhtml+xml":
                sink.Line();
                HtmlText.Read(entity.Decode(), entity.Parameters.GetValueOrDefault("charset"), sink, x);
                break;
            case var type when type.StartsWith("text/", StringComparison.Ordinal) || type.StartsWith("message/", StringComparison.Ordinal):
                Plain(entity.Decode(), entity.Parameters.GetValueOrDefault("charset"), sink);
                break;
            default:
                Attach(entity);
                break;
        }
    }

    /// <summary>The same text in two forms: one is read, unless the other says something more.</summary>
    private void Alternatives(MimeEntity entity, TextSink sink, int depth)
    {
        var texts = new List<(TextSink Text, HashSet<string> Words)>();
        foreach (var part in entity.Split(x))
        {
            var text = new TextSink(sink.Left);
            Part(MimeEntity.Read(part, x), text, depth + 1);
            // Of very long texts the words are not compared: both are read.
            if (text.HasWords) texts.Add((text, text.Length <= MostCompared ? WordsOf(text.Text) : [$"\n{texts.Count}"]));
        }

        for (var i = 0; i < texts.Count; i++)
        {
            var (text, words) = texts[i];
            var isSaid = texts.Where((other, at) => at != i && words.IsSubsetOf(other.Words) && (at > i || !other.Words.IsSubsetOf(words))).Any();
            if (isSaid) continue;
            sink.Line();
            sink.Append(text.Text);
            if (text.IsFull) x.Gap("Het bericht is te lang. De rest is niet gelezen.");
        }
    }

    private static void Plain(ReadOnlyMemory<byte> bytes, string? charset, TextSink sink)
    {
        sink.Line();
        PlainText.Read(bytes, Charsets.Named(bytes.Span, charset), sink);
        sink.Line();
    }

    private void Attach(MimeEntity entity)
    {
        // Seals of who sent it hold no text.
        if (entity.Type is "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature") return;
        if (entity.Type.StartsWith("image/", StringComparison.Ordinal) && entity.Values("Content-ID").Any() && entity.Body.Length < SmallPicture) return;
        var name = entity.FileName;
        if (name.Length == 0 && entity.Type is "text/plain" or "text/csv" or "text/html") name = $"tekst.{entity.Type[5..]}";
        _files.Add(new EmbeddedFile($"bijlage {_files.Count + 1}", name, entity.Decode));
    }

    /// <summary>Words as letters and digits; addresses of pages are only in one of the two forms.</summary>
    private static HashSet<string> WordsOf(ReadOnlySpan<char> text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var range in text.SplitAny(" \t\n\f\u00a0<>()[]\"*"))
        {
            var token = text[range];
            if (token.Contains("://", StringComparison.Ordinal) || token.StartsWith("mailto:")) continue;
            var start = -1;
            for (var i = 0; i <= token.Length; i++)
            {
                if (i < token.Length && char.IsLetterOrDigit(token[i]))
                {
                    if (start < 0) start = i;
                }
                else if (start >= 0)
                {
                    words.Add(token[start..i].ToString());
                    start = -1;
                }
            }
        }

        return words;
    }

    /// <summary>A mailbox is mails behind each other, each after a line that begins with <c>From </c>.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Mailbox(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        if (!bytes.Span.StartsWith("From "u8))
        {
            yield return bytes;
            yield break;
        }

        var first = bytes.Span.IndexOf((byte)'\n');
        ReadOnlyMemory<byte> between = first > 0 && bytes.Span[first - 1] == '\r' ? "\r\n\r\nFrom "u8.ToArray() : "\n\nFrom "u8.ToArray();
        while (bytes.Length > 0)
        {
            x.CountEntry();
            var end = bytes.Span.IndexOf(between.Span) is >= 0 and var found ? found + between.Length - 5 : bytes.Length;
            yield return bytes[..end];
            bytes = bytes[end..];
        }
    }
}
