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
                faults.Add(Fault("Er staat nog een veld in dat niet is ingevuld.", part));
            }
        }
    }

    private static Refusal Fault(string what, string part) => new(
        $"Het stuk is niet goed opgebouwd. {what}", $"Plaats: {part}.", "Controleer het sjabloon met template lint. Blijft het fout, meld dit dan aan de makers van DossierKit.");
}
