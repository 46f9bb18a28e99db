using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// The document as LibreOffice should read it: without content controls. A PDF has no use for them, and LibreOffice 7.4 drops bold, colour and highlighting in the first paragraph of each:
/// the yellow mark of a gap too.
/// </summary>
internal static class PdfSource
{
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>The document without its content controls; their content stays.</summary>
    /// <param name="docx">The .docx.</param>
    /// <returns>The changed file, or the same bytes when it cannot be read: LibreOffice will say so.</returns>
    public static ReadOnlyMemory<byte> Prepare(ReadOnlyMemory<byte> docx)
    {
        try
        {
            var changed = new Dictionary<string, XElement>(StringComparer.Ordinal);
            using (var zip = new ZipArchive(new MemoryStream(docx.ToArray()), ZipArchiveMode.Read))
            {
                foreach (var entry in zip.Entries.Where(IsText))
                {
                    if (Unwrapped(entry) is { } root) changed[entry.FullName] = root;
                }
            }

            return changed.Count == 0 ? docx : With(docx, changed);
        }
        catch (InvalidDataException)
        {
            return docx;
        }
    }

    private static bool IsText(ZipArchiveEntry entry)
        => entry.FullName.StartsWith("word/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal) && entry.Length <= WordXml.MaxTreeBytes
            && Path.GetFileNameWithoutExtension(entry.Name).TrimEnd(Digits) is "document" or "header" or "header-concept" or "footer" or "footnotes" or "endnotes";

    /// <summary>A part without its content controls; <see langword="null"/> when it has none, or is no XML.</summary>
    private static XElement? Unwrapped(ZipArchiveEntry entry)
    {
        XElement root;
        try
        {
            // The length in the list of a zip is what its maker says; no more than that is unpacked.
            var bytes = new byte[entry.Length];
            using var content = entry.Open();
            content.ReadExactly(bytes);
            root = WordXml.Load(bytes);
        }
        catch (Exception e) when (e is XmlException or EndOfStreamException)
        {
            return null;
        }

        var controls = root.Descendants(WordXml.ContentControl).Reverse().ToList();
        foreach (var control in controls)
        {
            var content = control.Element(WordXml.ContentControlContent)?.Nodes().ToArray() ?? [];
            foreach (var node in content) node.Remove();
            control.ReplaceWith(content);
        }

        return controls.Count == 0 ? null : root;
    }

    private static byte[] With(ReadOnlyMemory<byte> docx, Dictionary<string, XElement> parts)
    {
        using var stream = new MemoryStream();
        stream.Write(docx.Span);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var (name, root) in parts)
            {
                zip.GetEntry(name)!.Delete();
                using var output = zip.CreateEntry(name).Open();
                root.Save(output, SaveOptions.DisableFormatting);
            }
        }

        return stream.ToArray();
    }
}
