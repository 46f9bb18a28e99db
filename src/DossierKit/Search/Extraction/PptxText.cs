namespace DossierKit.Search;

/// <summary>The text of a .pptx: a slide is a page, with its notes and remarks.</summary>
internal static class PptxText
{
    /// <summary>Reads the text.</summary>
    public static void Read(OfficePackage package, Extraction x)
    {
        var main = package.Main!;
        var links = package.Links(main);
        var slides = new List<string>();
        var isWhole = package.Read(main, reader =>
        {
            if (reader.Kind != MarkupKind.Open || reader.Name is not "sldId" || reader.Attribute("r:id") is not { } id) return true;
            x.CountEntry();
            if (links.FirstOrDefault(link => link.Id == id) is { } link) slides.Add(link.Part);
            return true;
        });

        var isFirst = true;
        foreach (var slide in slides.Distinct(StringComparer.Ordinal))
        {
            if (x.Sink.IsFull) break;
            if (!isFirst) x.Page();
            isFirst = false;
            if (x.Depth == 0) x.Sink.IsPaged();
            isWhole &= ReadPart(package, slide, x);
            foreach (var link in package.Links(slide).Where(link => link.Kind is "notesSlide" or "comments" or "diagramData" or "chart")) isWhole &= ReadPart(package, link.Part, x);
        }

        if (!isWhole) x.Gap("Een deel van de presentatie is beschadigd. Misschien is niet alle tekst gelezen.");
    }

    private static bool ReadPart(OfficePackage package, string part, Extraction x)
    {
        var isText = false;
        var isWhole = package.Read(part, reader =>
        {
            switch (reader.Kind)
            {
                case MarkupKind.Text when isText:
                    x.Sink.Append(reader.Text);
                    break;
                case MarkupKind.Open when reader.Name is "Fallback":
                    reader.Skip();
                    break;
                case MarkupKind.Open when reader.Name is "t" or "text":
                    isText = !reader.IsEmpty;
                    break;
                case MarkupKind.Open when reader.Name is "br":
                    x.Sink.Line();
                    break;
                case MarkupKind.Open when reader.Name is "cNvPr" && reader.Attribute("descr") is { Length: > 0 } description:
                    x.Sink.Line();
                    x.Sink.Append(description);
                    x.Sink.Line();
                    break;
                case MarkupKind.Close when reader.Name is "t":
                    isText = false;
                    break;
                case MarkupKind.Close when reader.Name is "p" or "text":
                    isText = false;
                    x.Sink.Line();
                    break;
            }

            return !x.Sink.IsFull;
        });
        x.Sink.Line();
        return isWhole;
    }
}
