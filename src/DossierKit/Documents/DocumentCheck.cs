using System.IO.Compression;
using System.Xml;

namespace DossierKit.Documents;

/// <summary>
/// Looks over a finished document before it leaves: what Word would repair or a reader would stumble on. It should never find anything; if it does, a template
/// found a hole in the engine, and a letter that is not sent is better than one that does not open.
/// </summary>
internal static class DocumentCheck
{
    private const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string W14 = "http://schemas.microsoft.com/office/word/2010/wordml";

    public static IReadOnlyList<Refusal> Run(ReadOnlyMemory<byte> docx)
    {
        var faults = new List<Refusal>();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(docx.ToArray()), ZipArchiveMode.Read);
            var paragraphIds = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var part in zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal) || entry.FullName.EndsWith(".rels", StringComparison.Ordinal)))
            {
                using var stream = part.Open();
                CheckPart(part.FullName, stream, part.FullName == "word/document.xml" ? paragraphIds : [], faults);
            }
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            faults.Add(Fault("Het bestand kan niet worden gelezen.", "het hele stuk"));
        }

        return faults;
    }

    /// <summary>The elements whose passage shows text in the finished document: a content control alone says nothing to its reader.</summary>
    public static IReadOnlySet<string> ElementsWithText(ReadOnlyMemory<byte> docx)
    {
        const string Prefix = "element:";
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(docx.ToArray()), ZipArchiveMode.Read);
        foreach (var part in zip.Entries.Where(entry => entry.FullName.StartsWith("word/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var stream = part.Open();
            using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var controls = new Stack<string?>();
            while (xml.Read())
            {
                var isControl = xml.NamespaceURI == W && xml.LocalName == "sdt";
                if (xml.NodeType == XmlNodeType.Element && isControl && !xml.IsEmptyElement)
                {
                    controls.Push(null);
                }
                else if (xml.NodeType == XmlNodeType.EndElement && isControl)
                {
                    controls.Pop();
                }
                else if (xml.NodeType == XmlNodeType.Element && xml.NamespaceURI == W && xml.LocalName == "tag" && controls.Count > 0
                    && xml.GetAttribute("val", W) is { } tag && tag.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    controls.Pop();
                    controls.Push(tag[Prefix.Length..]);
                }
                else if (xml.NodeType == XmlNodeType.Text && !string.IsNullOrWhiteSpace(xml.Value))
                {
                    foreach (var id in controls.OfType<string>()) found.Add(id);
                }
            }
        }

        return found;
    }

    private static void CheckPart(string part, Stream stream, HashSet<string> paragraphIds, List<Refusal> faults)
    {
        // Per open element: its name, and its last child; a cell must end with a paragraph and a table must have a row.
        var open = new Stack<(string Name, string? LastChild, bool HasRow)>();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                var name = xml.NamespaceURI == W ? xml.LocalName : "";
                if (open.TryPop(out var parent)) open.Push((parent.Name, name, parent.HasRow || name is "tr" or "sdt"));
                if (name == "p" && xml.GetAttribute("paraId", W14) is { } id && !paragraphIds.Add(id)) faults.Add(Fault("Twee alinea's hebben hetzelfde nummer.", part));
                if (xml.IsEmptyElement)
                {
                    if (name is "tc" or "tbl") faults.Add(Fault("Een tabel heeft een lege cel of geen rij.", part));
                }
                else
                {
                    open.Push((name, null, false));
                }
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                var (name, lastChild, hasRow) = open.Pop();
                if ((name == "tc" && lastChild is not ("p" or "sdt")) || (name == "tbl" && !hasRow)) faults.Add(Fault("Een tabel heeft een lege cel of geen rij.", part));
            }
            else if (xml.NodeType == XmlNodeType.Text && xml.Value.Contains("{{", StringComparison.Ordinal) && part != "docProps/custom.xml")
            {
                // The engine leaves no tag behind: this one was typed into an answer or an event, where nothing fills it.
                faults.Add(new Refusal("In het stuk staan nog dubbele accolades: {{.", $"Plaats: {part}. Een veld wordt alleen in het sjabloon ingevuld, niet in een antwoord of in het dossier.",
                    "Schrijf in het antwoord of in het dossier de tekst zelf, zonder accolades."));
            }
        }
    }

    private static Refusal Fault(string what, string part) => new(
        $"Het stuk is niet goed opgebouwd. {what}", $"Plaats: {part}.", "Kijk het sjabloon na. Blijft het fout, meld dit dan aan de makers van DossierKit.");
}
