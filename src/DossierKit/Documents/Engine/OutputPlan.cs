using System.Text;

namespace DossierKit.Documents;

/// <summary>
/// The file a template becomes: which parts, in which order, and those that are always the same already packed.
/// Only what the document's text leads to is taken along, so no orphan part can hide anything.
/// </summary>
internal sealed class OutputPlan
{
    /// <summary>Relationships that end here: they hold remarks, people, data or history of the template, not of the document.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "customXml", "customXmlProps", "glossaryDocument", "printerSettings",
        "thumbnail", "documenttasks", "recipientData", "attachedTemplate", "stylesWithEffects",
    };

    private OutputPlan(IReadOnlyList<(string Name, PackedPart? Packed)> parts) => Parts = parts;

    /// <summary>All parts in the order of the file; those without content are printed per document.</summary>
    public IReadOnlyList<(string Name, PackedPart? Packed)> Parts { get; }

    /// <summary>The parts of a package that are taken along, the main part first, the rest in ordinal order.</summary>
    public static List<string> Reachable(DocxPackage package)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { package.MainPart };
        var queue = new Queue<string>(seen);
        while (queue.TryDequeue(out var part))
        {
            foreach (var link in Kept(package, part))
            {
                if (!link.External && seen.Add(link.Target)) queue.Enqueue(link.Target);
            }
        }

        return [package.MainPart, .. seen.Where(p => p != package.MainPart).Order(StringComparer.Ordinal)];
    }

    public static OutputPlan Make(DocxPackage package, IReadOnlyList<string> reachable, IReadOnlySet<string> printed, IReadOnlyDictionary<string, byte[]> replaced, bool concept)
    {
        var files = new List<(string Name, byte[]? Content)>
        {
            ("[Content_Types].xml", ContentTypes(package, reachable, concept)),
            ("_rels/.rels", Relationships("", [
                new Relationship("rId1", $"{WordXml.RelationshipBase}/officeDocument", package.MainPart, false),
                new Relationship("rId2", $"{WordXml.PackageRelationshipBase}/metadata/core-properties", PropertyParts.Core, false),
                new Relationship("rId3", $"{WordXml.RelationshipBase}/extended-properties", PropertyParts.Extended, false),
                new Relationship("rId4", $"{WordXml.RelationshipBase}/custom-properties", PropertyParts.Custom, false)])),
        };
        foreach (var part in reachable)
        {
            files.Add((part, printed.Contains(part) ? null : replaced.TryGetValue(part, out var other) ? other : package.Parts[part]));
            var links = Kept(package, part);
            if (concept && part == package.MainPart) links.Add(new Relationship(ConceptMark.RelationshipId, $"{WordXml.RelationshipBase}/header", ConceptMark.PartName, false));
            var slash = part.LastIndexOf('/') + 1;
            if (links.Count > 0) files.Add(($"{part[..slash]}_rels/{part[slash..]}.rels", Relationships(part, links)));
        }

        if (concept) files.Add((ConceptMark.PartName, ConceptMark.Header));
        files.Add((PropertyParts.Core, null));
        files.Add((PropertyParts.Extended, PropertyParts.WriteExtended()));
        files.Add((PropertyParts.Custom, null));
        return new OutputPlan([.. files.Select(f => (f.Name, f.Content is null ? null : PackedPart.From(f.Name, f.Content)))]);
    }

    private static List<Relationship> Kept(DocxPackage package, string part)
        => [.. package.Relationships(part).Where(r => !Dropped.Contains(r.Kind) && (r.External || package.Parts.ContainsKey(r.Target)))];

    private static byte[] ContentTypes(DocxPackage package, IReadOnlyList<string> parts, bool concept)
    {
        const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        foreach (var part in parts) Add(part, part == package.MainPart ? $"{Word}.document.main+xml" : package.ContentType(part));
        if (concept) Add(ConceptMark.PartName, $"{Word}.header+xml");
        Add(PropertyParts.Core, "application/vnd.openxmlformats-package.core-properties+xml");
        Add(PropertyParts.Extended, "application/vnd.openxmlformats-officedocument.extended-properties+xml");
        Add(PropertyParts.Custom, "application/vnd.openxmlformats-officedocument.custom-properties+xml");
        return Encoding.UTF8.GetBytes(text.Append("</Types>").ToString());

        void Add(string part, string type)
            => text.Append("<Override PartName=\"/").Append(ValueWriter.Escaped(Address(part))).Append("\" ContentType=\"").Append(ValueWriter.Escaped(type)).Append("\"/>");
    }

    private static byte[] Relationships(string part, IEnumerable<Relationship> links)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Relationships xmlns=\"{WordXml.PackageRelationshipBase}\">");
        foreach (var link in links)
        {
            text.Append("<Relationship Id=\"").Append(ValueWriter.Escaped(link.Id)).Append("\" Type=\"").Append(ValueWriter.Escaped(link.Type))
                .Append("\" Target=\"").Append(ValueWriter.Escaped(link.External ? link.Target : Address(Relative(part, link.Target)))).Append(link.External ? "\" TargetMode=\"External\"/>" : "\"/>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Relationships>").ToString());
    }

    /// <summary>A part's name as an address, and as it stands in the zip: only what may not stand in a name is escaped, so that the two are one text.</summary>
    public static string Address(string part)
        => string.Join('/', part.Split('/').Select(segment => segment.All(c => char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*+,;=@".Contains(c, StringComparison.Ordinal)) ? segment : Uri.EscapeDataString(segment)));

    private static string Relative(string from, string to)
    {
        var here = from.Split('/').SkipLast(1).ToArray();
        var there = to.Split('/');
        var shared = 0;
        while (shared < here.Length && shared < there.Length - 1 && here[shared] == there[shared]) shared++;
        return string.Concat(Enumerable.Repeat("../", here.Length - shared)) + string.Join('/', there.Skip(shared));
    }
}
