namespace DossierKit.Search;

/// <summary>What one part of an Office file says of another.</summary>
/// <param name="Id">By which the text points at it.</param>
/// <param name="Kind">The last word of its type: <c>header</c>, <c>worksheet</c>.</param>
/// <param name="Part">The name of the other.</param>
internal sealed record OfficeLink(string Id, string Kind, string Part);

/// <summary>The parts of a .docx, .xlsx or .pptx, and how they hang together.</summary>
internal sealed class OfficePackage(PackedFile file, Extraction x)
{
    /// <summary>Deeper XML than this is hostile: Word itself writes a few dozen levels.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>The part that holds the text or says where it is; <see langword="null"/>: it is no Office file.</summary>
    public string? Main => _main ??= FindMain();

    private static readonly string[] UsualMains = ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"];

    private string? _main;

    /// <summary>The parts of the file.</summary>
    public PackedFile File => file;

    /// <summary>The name of the root element of the main part: <c>document</c>, <c>workbook</c>, <c>presentation</c>.</summary>
    public string Root()
    {
        var root = "";
        if (Main is { } main && !main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) Read(main, reader => root.Length == 0 && reader.Kind == MarkupKind.Open ? (root = reader.Name.ToString()).Length == 0 : root.Length == 0);
        return root;
    }

    /// <summary>Reads the XML of a part.</summary>
    /// <param name="part">Its name; nothing happens when it is not there.</param>
    /// <param name="step">Called for every piece; <see langword="false"/> ends it.</param>
    /// <returns>Whether the part was whole, as far as it was read.</returns>
    public bool Read(string part, Func<MarkupReader, bool> step)
    {
        if (file.Find(part) is not { } found) return true;
        using var stream = file.OpenPart(found, x);
        // XML says in its first bytes what it is written in; nobody writes Office files in anything but these.
        using var characters = new StreamReader(stream, Charsets.Utf8, detectEncodingFromByteOrderMarks: true, 8 << 10);
        var reader = new MarkupReader(characters, isHtml: false, x);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth) throw new UnreadableException("Het bestand is dieper genest dan een programma schrijft. De rest is niet gelezen.");
            if (!step(reader)) return true;
        }

        return !reader.IsDamaged;
    }

    /// <summary>What a part says of others inside the file.</summary>
    public IReadOnlyList<OfficeLink> Links(string part)
    {
        var links = new List<OfficeLink>();
        var slash = part.LastIndexOf('/') + 1;
        Read($"{part[..slash]}_rels/{part[slash..]}.rels", reader =>
        {
            if (reader.Kind != MarkupKind.Open || reader.Name is not "Relationship" || reader.Attribute("TargetMode") is "External") return true;
            if (reader.Attribute("Type") is { } type && reader.Attribute("Target") is { Length: < 1000 } target)
            {
                x.CountEntry();
                links.Add(new OfficeLink(reader.Attribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Resolve(part, target)));
            }

            return true;
        });
        return links;
    }

    /// <summary>Title, subject and who made it: seen by whoever opens the properties, so a name in them must be found.</summary>
    public void ReadProperties()
    {
        var isText = false;
        Read("docProps/core.xml", reader =>
        {
            if (reader.Kind != MarkupKind.Text) isText = reader.Kind == MarkupKind.Open && !reader.IsEmpty && (reader.Name is "title" or "subject" or "creator" or "keywords" or "description" or "lastModifiedBy" or "category");
            if (isText && reader.Kind == MarkupKind.Text) x.Sink.Append(reader.Text);
            else x.Sink.Line();
            return !x.Sink.IsFull;
        });
        x.Sink.Line();
    }

    private string? FindMain()
    {
        if (Links("").FirstOrDefault(link => link.Kind == "officeDocument")?.Part is { } main && file.Find(main) is not null) return main;
        return UsualMains.FirstOrDefault(name => file.Find(name) is not null);
    }

    private static string Resolve(string part, string target)
    {
        target = Uri.UnescapeDataString(target.Split('#')[0].Replace('\\', '/'));
        var path = new List<string>();
        if (!target.StartsWith('/')) path.AddRange(part.Split('/').SkipLast(1));
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && path.Count > 0) path.RemoveAt(path.Count - 1);
            else if (step is not ("." or "..")) path.Add(step);
        }

        return string.Join('/', path);
    }
}
