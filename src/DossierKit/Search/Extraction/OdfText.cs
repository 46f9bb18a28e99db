namespace DossierKit.Search;

/// <summary>The text of files of LibreOffice (.odt, .ods, .odp): paragraphs and cells, with remarks and with what tracked changes deleted. They store no pages, except slides and sheets.</summary>
internal static class OdfText
{
    /// <summary>Reads the text.</summary>
    /// <param name="file">The zip.</param>
    /// <param name="extrasOnly">Only remarks and deleted text: the rest was read by LibreOffice, which knows the pages.</param>
    /// <param name="x">Counts.</param>
    public static void Read(PackedFile file, bool extrasOnly, Extraction x)
    {
        var package = new OfficePackage(file, x);
        var (paragraphs, extras, pages) = (0, 0, 0);
        var isWhole = package.Read("content.xml", Step);
        (paragraphs, extras) = (0, 0);
        // Headers and footers stand with the styles.
        if (!extrasOnly) isWhole &= package.Read("styles.xml", Step);
        if (!isWhole) x.Gap("Een deel van het document is beschadigd. Misschien is niet alle tekst gelezen.");

        bool Step(MarkupReader reader)
        {
            var isOpen = reader.Kind == MarkupKind.Open;
            if (reader.Kind == MarkupKind.Text)
            {
                if (paragraphs > 0 && (!extrasOnly || extras > 0)) Spaced(reader.Text);
                return !x.Sink.IsFull;
            }

            switch (reader.Name)
            {
                case "encryption-data" or "binary-data" when isOpen:
                    reader.Skip();
                    break;
                case "p" or "h" when !reader.IsEmpty:
                    paragraphs = Math.Max(0, paragraphs + (isOpen ? 1 : -1));
                    if (!extrasOnly || extras > 0) x.Sink.Line();
                    break;
                case "annotation" or "deletion" when !reader.IsEmpty:
                    extras = Math.Max(0, extras + (isOpen ? 1 : -1));
                    break;
                case "table-cell" when isOpen && !extrasOnly:
                    x.Sink.Tab();
                    break;
                case "table-row" when isOpen && !extrasOnly:
                    x.Sink.Line();
                    break;
                case "tab" or "s" or "line-break" when isOpen && paragraphs > 0 && (!extrasOnly || extras > 0):
                    x.Sink.Append(reader.Name is "line-break" ? '\n' : ' ');
                    break;
                case "page" when isOpen && !extrasOnly:
                    if (pages++ > 0) x.Page();
                    else if (x.Depth == 0) x.Sink.IsPaged();
                    break;
            }

            return !x.Sink.IsFull;
        }

        void Spaced(ReadOnlySpan<char> text)
        {
            foreach (var c in text) x.Sink.Append(c is '\n' or '\r' or '\t' ? ' ' : c);
        }
    }

    /// <summary>Whether the file is one of these.</summary>
    /// <returns>The kind, as its first part says it; <see langword="null"/>: it is not.</returns>
    public static string? KindOf(PackedFile file, Extraction x)
    {
        if (file.Find("mimetype") is not { } part || file.Find("content.xml") is null) return null;
        using var stream = file.OpenPart(part, x);
        Span<byte> head = stackalloc byte[80];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        const string Family = "application/vnd.oasis.opendocument.";
        var text = System.Text.Encoding.Latin1.GetString(head);
        return text.StartsWith(Family, StringComparison.Ordinal) ? text[Family.Length..].Trim() : null;
    }
}
