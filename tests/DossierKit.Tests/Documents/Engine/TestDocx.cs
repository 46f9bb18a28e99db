using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>Builds a small .docx from fragments of WordprocessingML, part by part, so that each test shows the XML it is about.</summary>
internal sealed class TestDocx
{
    public const string Namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
        + " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
        + " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
        + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" mc:Ignorable=\"w14\"";

    private const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    private readonly List<(string Name, byte[] Content)> _parts = [];
    private readonly List<string> _types = [];
    private readonly StringBuilder _links = new();
    private readonly StringBuilder _sections = new();
    private string _body = "";
    private string _settings = "";
    private byte[]? _raw;
    private string _mainType = Word + "document.main+xml";

    public static TestDocx With(string body) => new() { _body = body };

    /// <summary>A file that is there already.</summary>
    public static TestDocx Raw(byte[] file) => new() { _raw = file };

    /// <summary>A paragraph with one run.</summary>
    public static string P(string text, string? style = null)
        => $"<w:p>{(style is null ? "" : $"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    /// <summary>A paragraph with a run per text.</summary>
    public static string Runs(params string[] texts) => "<w:p>" + string.Concat(texts.Select(t => $"<w:r><w:t xml:space=\"preserve\">{t}</w:t></w:r>")) + "</w:p>";

    /// <summary>A table; each cell holds a paragraph, or the XML it is given.</summary>
    public static string Table(params string[][] rows)
        => "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>" + string.Concat(rows[0].Select(_ => "<w:gridCol w:w=\"2000\"/>")) + "</w:tblGrid>"
            + string.Concat(rows.Select(Row)) + "</w:tbl>";

    public static string Row(params string[] cells)
        => "<w:tr>" + string.Concat(cells.Select(c => $"<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>{(c.StartsWith('<') ? c : P(c))}</w:tc>")) + "</w:tr>";

    /// <summary>A content control around blocks.</summary>
    public static string Control(string tag, string content, int id = 1)
        => $"<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/><w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>";

    public TestDocx Header(string content, string type = "default") => HeaderOrFooter("hdr", "header", content, type);

    public TestDocx Footer(string content, string type = "default") => HeaderOrFooter("ftr", "footer", content, type);

    public TestDocx Section(string xml)
    {
        _sections.Append(xml);
        return this;
    }

    public TestDocx Numbering(string? xml = null) => Main("numbering", "numbering", xml ?? $"""
        <w:numbering {Namespaces}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
        """);

    public TestDocx Styles(string styles = "") => Main("styles", "styles", $"""
        <w:styles {Namespaces}><w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:basedOn w:val="Standaard"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>{styles}</w:styles>
        """);

    public TestDocx Footnotes(string notes) => Main("footnotes", "footnotes", $"""
        <w:footnotes {Namespaces}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>{notes}</w:footnotes>
        """);

    public TestDocx Endnotes(string notes) => Main("endnotes", "endnotes", $"""
        <w:endnotes {Namespaces}><w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>
        <w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>{notes}</w:endnotes>
        """);

    public TestDocx Comments(string comments) => Main("comments", "comments", $"<w:comments {Namespaces}>{comments}</w:comments>");

    public TestDocx Settings(string xml)
    {
        _settings += xml;
        return this;
    }

    public TestDocx MainType(string type)
    {
        _mainType = type;
        return this;
    }

    /// <summary>A relationship of the document, such as one to elsewhere.</summary>
    public TestDocx Link(string id, string kind, string target, bool external = false)
    {
        _links.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"{id}\" Type=\"{Rel}{kind}\" Target=\"{target}\"{(external ? " TargetMode=\"External\"" : "")}/>");
        return this;
    }

    public TestDocx Part(string name, string contentType, byte[] content)
    {
        _parts.Add((name, content));
        _types.Add($"<Override PartName=\"/{name}\" ContentType=\"{contentType}\"/>");
        return this;
    }

    public TestDocx Part(string name, string contentType, string content) => Part(name, contentType, Encoding.UTF8.GetBytes(content));

    public byte[] Build()
    {
        if (_raw is not null) return _raw;
        if (_settings.Length > 0) Main("settings", "settings", $"<w:settings {Namespaces}>{_settings}</w:settings>");
        var document = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {Namespaces}><w:body>{_body}<w:sectPr>{_sections}<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
            + "<w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/>"
            + $"{(_sections.ToString().Contains("\"first\"", StringComparison.Ordinal) ? "<w:titlePg/>" : "")}</w:sectPr></w:body></w:document>";
        return Zip([
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{_mainType}\"/>{string.Concat(_types)}</Types>"),
            ("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Rel}officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
            ("word/document.xml", document),
            ("word/_rels/document.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{_links}</Relationships>")], _parts);
    }

    public static byte[] Zip(IEnumerable<(string Name, string Content)> texts, IEnumerable<(string Name, byte[] Content)>? binaries = null)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in texts.Select(t => (t.Name, Encoding.UTF8.GetBytes(t.Content))).Concat(binaries ?? []))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private TestDocx HeaderOrFooter(string root, string kind, string content, string type)
    {
        var name = $"{kind}{_parts.Count + 1}";
        _sections.Append(CultureInfo.InvariantCulture, $"<w:{kind}Reference w:type=\"{type}\" r:id=\"{name}\"/>");
        return Main(name, kind, $"<w:{root} {Namespaces}>{content}</w:{root}>");
    }

    private TestDocx Main(string name, string kind, string xml)
    {
        Link(name, kind, $"{name}.xml");
        return Part($"word/{name}.xml", $"{Word}{kind}+xml", xml);
    }
}
