using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DossierKit.Documents;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>Renders in tests: every output is validated and checked for what the validator does not see, then read as text.</summary>
internal static class RenderedChecks
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace W14 = "http://schemas.microsoft.com/office/word/2010/wordml";

    public static DocumentTemplate Compile(this TestDocx docx)
    {
        var outcome = DocumentTemplate.Compile(docx.Build(), "sjabloon.docx");
        outcome.Refusals.Select(r => r.ToString()).ShouldBeEmpty();
        return outcome.Value;
    }

    public static IReadOnlyList<Refusal> Refusals(this TestDocx docx)
    {
        var outcome = DocumentTemplate.Compile(docx.Build(), "sjabloon.docx");
        outcome.IsDone.ShouldBeFalse();
        return outcome.Refusals;
    }

    public static RenderedDocument Render(this TestDocx docx, TemplateData data, RenderOptions? options = null)
    {
        var outcome = docx.Compile().Render(data, options ?? new RenderOptions());
        outcome.Refusals.Select(r => r.ToString()).ShouldBeEmpty();
        Check(outcome.Value.Bytes);
        return outcome.Value;
    }

    /// <summary>The text of the body after rendering, one paragraph a line; tables as rows of cells between bars.</summary>
    public static string Text(this TestDocx docx, TemplateData data, RenderOptions? options = null) => Text(docx.Render(data, options), "word/document.xml");

    public static string Text(RenderedDocument document, string part) => Text(Xml(document.Bytes, part));

    public static XElement Xml(ReadOnlyMemory<byte> docx, string part) => XDocument.Parse(Part(docx, part)).Root!;

    public static string Part(ReadOnlyMemory<byte> docx, string part)
    {
        using var zip = new ZipArchive(new MemoryStream(docx.ToArray()));
        using var reader = new StreamReader(zip.GetEntry(part)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static IReadOnlyList<string> PartNames(ReadOnlyMemory<byte> docx)
    {
        using var zip = new ZipArchive(new MemoryStream(docx.ToArray()));
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    public static string Text(XElement element)
    {
        var lines = new List<string>();
        Blocks(element);
        return string.Join('\n', lines);

        void Blocks(XElement parent)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == W + "p") lines.Add(Paragraph(child));
                else if (child.Name == W + "tr") lines.Add("| " + string.Join(" | ", child.Elements(W + "tc").Select(c => Text(c).Replace("\n", " / ", StringComparison.Ordinal))) + " |");
                else if (child.Name != W + "sectPr") Blocks(child);
            }
        }
    }

    private static string Paragraph(XElement paragraph)
    {
        var text = new StringBuilder();
        Inline(paragraph);
        return text.ToString();

        void Inline(XElement parent)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == W + "t") text.Append(child.Value);
                else if (child.Name == W + "tab") text.Append('→');
                else if (child.Name == W + "br") text.Append('↵');
                else if (child.Name == W + "txbxContent") text.Append('[').Append(Text(child).Replace("\n", " / ", StringComparison.Ordinal)).Append(']');
                else if (child.Name.LocalName is not ("pPr" or "Fallback" or "instrText")) Inline(child);
            }
        }
    }

    /// <summary>Laws that hold for every output: valid for Word 2019 and 365, and nothing left of what the validator overlooks.</summary>
    public static void Check(ReadOnlyMemory<byte> docx)
    {
        foreach (var version in (FileFormatVersions[])[FileFormatVersions.Office2019, FileFormatVersions.Microsoft365])
        {
            using var document = WordprocessingDocument.Open(new MemoryStream(docx.ToArray()), isEditable: false);
            new OpenXmlValidator(version).Validate(document).Select(e => $"{version} {e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
        }

        var names = PartNames(docx);
        names.Count.ShouldBe(names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var roots = names.Where(n => n.StartsWith("word/", StringComparison.Ordinal) && n.EndsWith(".xml", StringComparison.Ordinal)).Select(n => Xml(docx, n)).ToArray();
        var all = roots.SelectMany(r => r.DescendantsAndSelf()).ToArray();
        all.Where(e => e.Name == W + "tc" && e.Elements().Last(x => !x.Name.LocalName.StartsWith("bookmark", StringComparison.Ordinal)).Name is var last && last != W + "p" && last != W + "sdt").ShouldBeEmpty("a cell ends with a paragraph");
        all.Where(e => e.Name == W + "tbl" && !e.Descendants(W + "tr").Any()).ShouldBeEmpty("a table has rows");
        all.Where(e => e.Name == W + "tr" && !e.Descendants(W + "tc").Any()).ShouldBeEmpty("a row has cells");
        all.Where(e => e.Name == W + "sdtContent" && !e.Elements().Any()).ShouldBeEmpty("a content control holds something");
        all.Where(e => e.Name.LocalName is "hdr" or "ftr" or "txbxContent" or "footnote" && !e.Descendants(W + "p").Any()).ShouldBeEmpty("a header, note or text box holds a paragraph");
        all.Where(e => e.Name == W + "tbl" && (e.NextNode as XElement)?.Name == W + "tbl").ShouldBeEmpty("tables do not touch");
        var paragraphIds = all.Where(e => e.Name == W + "p" || e.Name == W + "tr").Attributes(W14 + "paraId").Select(a => a.Value).ToArray();
        paragraphIds.ShouldBe(paragraphIds.Distinct());
        foreach (var (element, attribute) in new (XName, XName)[] { (W + "bookmarkStart", W + "id"), (W + "bookmarkStart", W + "name"), (W + "bookmarkEnd", W + "id"), (W + "footnote", W + "id") })
        {
            var ids = all.Where(e => e.Name == element).Select(e => (string?)e.Attribute(attribute)).ToArray();
            ids.ShouldBe(ids.Distinct());
        }

        all.Where(e => e.Name == W + "bookmarkStart").Attributes(W + "id").Select(a => a.Value).Order().ShouldBe(all.Where(e => e.Name == W + "bookmarkEnd").Attributes(W + "id").Select(a => a.Value).Order());
        var drawings = all.Where(e => e.Name.LocalName == "docPr").Attributes("id").Select(a => a.Value).ToArray();
        drawings.ShouldBe(drawings.Distinct());
        var references = roots.SelectMany(r => r.Descendants(W + "footnoteReference")).Attributes(W + "id").Select(a => a.Value).ToArray();
        references.Except(all.Where(e => e.Name == W + "footnote").Attributes(W + "id").Select(a => a.Value)).ShouldBeEmpty("a note reference leads to a note");
        var numbers = all.Where(e => e.Name == W + "num").Attributes(W + "numId").Select(a => a.Value).ToArray();
        all.Where(e => e.Name == W + "numId").Attributes(W + "val").Select(a => a.Value).Except(numbers).ShouldBeEmpty("a numbering is defined");
        Orphans(docx, names).ShouldBeEmpty("every part is reached by a relationship");
    }

    private static IEnumerable<string> Orphans(ReadOnlyMemory<byte> docx, IReadOnlyList<string> names)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rels in names.Where(n => n.EndsWith(".rels", StringComparison.Ordinal)))
        {
            var folder = rels[..rels.IndexOf("_rels/", StringComparison.Ordinal)];
            foreach (var link in Xml(docx, rels).Elements().Where(e => (string?)e.Attribute("TargetMode") != "External"))
                reached.Add(new Uri(new Uri("http://x/" + folder), (string)link.Attribute("Target")!).AbsolutePath.TrimStart('/'));
        }

        return names.Where(n => !n.EndsWith(".rels", StringComparison.Ordinal) && n != "[Content_Types].xml" && !reached.Contains(n));
    }
}
