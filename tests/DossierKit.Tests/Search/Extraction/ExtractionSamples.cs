using System.IO.Compression;
using System.Text;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Small whole files of every kind that is read here, each with something of all that its reader knows. Also where mutation starts from.</summary>
internal static class ExtractionSamples
{
    public const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";

    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Zip(params (string Name, string Content)[] parts) => Zip(parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Content))));

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> parts, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                // The clock would make the same seed give other bytes.
                var entry = zip.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static string Links(params (string Id, string Kind, string Target)[] links)
        => "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + string.Concat(links.Select(link => $"<Relationship Id=\"{link.Id}\" Type=\"{Office}/{link.Kind}\" Target=\"{link.Target}\"/>")) + "</Relationships>";

    /// <summary>A .docx with this in its body, and parts beside it.</summary>
    public static byte[] Docx(string body, params (string Kind, string Content)[] parts) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", Links(("rId1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document {Word}><w:body>{body}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", Links([.. parts.Select((part, index) => ($"rId{index + 1}", part.Kind, $"deel{index + 1}.xml"))])),
        .. parts.Select((part, index) => ($"word/deel{index + 1}.xml", part.Content)),
        ("docProps/core.xml", "<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:title>Verslag</dc:title><dc:creator>T. Plassenberger</dc:creator></cp:coreProperties>"),
    ]);

    public static string P(string text) => $"<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    public static byte[] WholeDocx() => Docx(
        P("Eerste alinea over de dienstbus.") + "<w:p><w:r><w:t>over</w:t></w:r><w:r><w:t>werk</w:t><w:tab/><w:t>tab</w:t><w:br/><w:t>regel</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
        + "<w:tbl><w:tblPr><w:tblW w:w=\"5000\"/></w:tblPr><w:tr><w:tc>" + P("cel &amp; een") + "</w:tc><w:tc>" + P("cel twee") + "</w:tc></w:tr></w:tbl>"
        + "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:ins w:author=\"x\"><w:r><w:t>nieuw</w:t></w:r></w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:docPr id=\"1\" descr=\"plaatje van een sloot\"/><w:txbxContent>" + P("tekstvak") + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        + P("tekstvak") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Tweede bladzijde</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r></w:p><w:sectPr/>",
        ("header", $"<w:hdr {Word}>{P("Koptekst Waterlanden")}</w:hdr>"), ("footer", $"<w:ftr {Word}>{P("Voettekst")}</w:ftr>"),
        ("footnotes", $"<w:footnotes {Word}><w:footnote w:type=\"separator\" w:id=\"0\">{P("streep")}</w:footnote><w:footnote w:id=\"2\">{P("voetnoot over kilometers")}</w:footnote></w:footnotes>"),
        ("endnotes", $"<w:endnotes {Word}><w:endnote w:id=\"7\">{P("eindnoot zonder verwijzing")}</w:endnote></w:endnotes>"),
        ("comments", $"<w:comments {Word}><w:comment w:id=\"0\" w:author=\"M. Griendhorster\">{P("klopt dit?")}</w:comment></w:comments>"));

    public static byte[] WholeXlsx() => Zip(
        ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", Links(("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", $"<workbook xmlns:r=\"{Office}\"><sheets><sheet name=\"Ritten\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Kosten\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml"), ("rId3", "sharedStrings", "sharedStrings.xml"), ("rId4", "styles", "styles.xml"))),
        ("xl/sharedStrings.xml", "<sst><si><t>Datum</t></si><si><r><t>Kilo</t></r><r><t>meters</t></r></si></sst>"),
        ("xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\-mm\\-yyyy\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c s=\"1\"><v>45292</v></c><c><f>1+2</f><v>1234.5</v></c><c s=\"2\"><v>0.125</v></c><c s=\"3\"><v>0.75</v></c></row></sheetData></worksheet>"),
        ("xl/worksheets/_rels/sheet1.xml.rels", Links(("rId1", "comments", "../comments1.xml"))),
        ("xl/comments1.xml", "<comments><authors><author>T. Zeekleidijk</author></authors><commentList><comment ref=\"A1\"><text><r><t>nagevraagd bij de garage</t></r></text></comment></commentList></comments>"),
        ("xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>brandstof</t></is></c><c t=\"str\"><v>tekst uit formule</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/B</v></c></row></sheetData></worksheet>"));

    public static byte[] WholePptx() => Zip(
        ("_rels/.rels", Links(("rId1", "officeDocument", "ppt/presentation.xml"))),
        ("ppt/presentation.xml", $"<p:presentation xmlns:p=\"p\" xmlns:r=\"{Office}\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId2\"/><p:sldId id=\"257\" r:id=\"rId1\"/></p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels", Links(("rId1", "slide", "slides/slide1.xml"), ("rId2", "slide", "slides/slide2.xml"))),
        ("ppt/slides/slide1.xml", "<p:sld><a:p><a:r><a:t>tweede dia</a:t></a:r></a:p></p:sld>"),
        ("ppt/slides/slide2.xml", "<p:sld><a:p><a:r><a:t>eerste</a:t></a:r><a:r><a:t> dia</a:t></a:r></a:p></p:sld>"),
        ("ppt/slides/_rels/slide2.xml.rels", Links(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"))),
        ("ppt/notesSlides/notesSlide1.xml", "<p:notes><a:p><a:r><a:t>vertel dit erbij</a:t></a:r></a:p></p:notes>"));

    public static byte[] WholeOds() => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<office:document-content><text:tracked-changes><text:deletion><text:p>verwijderd stuk</text:p></text:deletion></text:tracked-changes><table:table><table:table-row><table:table-cell><text:p>kraan<text:s/>twee</text:p></table:table-cell><table:table-cell><text:p>sleutel</text:p><office:annotation><text:p>van wie?</text:p></office:annotation></table:table-cell></table:table-row></table:table></office:document-content>"),
        ("styles.xml", "<office:document-styles><style:header><text:p>kop van het blad</text:p></style:header></office:document-styles>"));

    public static byte[] Html() => Encoding.UTF8.GetBytes("""
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>Intranet &amp; meer</title><style>p { color: red }</style><script>var geheim = "<p>niet</p>";</script></head>
        <body><!-- niet <b>dit</b> --><h1>Regels</h1><p>Het gebruik van de dienst<b>bus</b> is
        geregeld.<br>Zie caf&eacute; &#8364;&#x20AC; &onbekend; a<b</p><table><tr><td>een</td><td>twee</td></tr></table><ul><li>punt</li></ul><pre>  zo  blijft
          het</pre><img src="x.png" alt="een kraan"><a href='https://voorbeeld.invalid/?a=1&b=2'>verder</a></body></html>
        """);

    public static byte[] Mail() => Encoding.Latin1.GetBytes(string.Join("\r\n",
        "From: =?utf-8?Q?Ti=C3=ABs_Plassenberger?= <ties@voorbeeld.invalid>", "To: integriteit@voorbeeld.invalid,", "\tfi@voorbeeld.invalid", "Subject: =?utf-8?B?R2VicnVpayB2YW4gZGUg?=", " =?utf-8?B?ZGllbnN0YnVz?=",
        "Date: Mon, 2 Mar 2026 10:11:12 +0100", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"=_buiten\"", "", "Dit is een bericht in delen.", "--=_buiten",
        "Content-Type: multipart/alternative; boundary=binnen", "", "--binnen", "Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable", "", "Geachte co=F6rdinator, de bus stond er in het week=", "einde.", "--binnen",
        "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "", Convert.ToBase64String(Encoding.UTF8.GetBytes("<p>Geachte co&ouml;rdinator, de bus stond er in het <b>weekeinde</b>.</p>")), "--binnen--", "",
        "--=_buiten", "Content-Type: text/plain; name*0*=utf-8''ritten%20van; name*1*=%20de%20w%C3%A9ek.csv", "Content-Disposition: attachment; filename*0*=utf-8''ritten%20van; filename*1*=%20de%20w%C3%A9ek.csv", "Content-Transfer-Encoding: base64", "",
        Convert.ToBase64String("datum;km\n1-1-2026;rittenstaat\n"u8), "--=_buiten", "Content-Type: message/rfc822", "", "From: m.griendhorster@voorbeeld.invalid", "Subject: doorgestuurd", "", "Het oude bericht.", "--=_buiten--", ""));

    /// <summary>A file of every kind with its name.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All() =>
    [
        ("a.docx", WholeDocx()), ("a.xlsx", WholeXlsx()), ("a.pptx", WholePptx()), ("a.ods", WholeOds()), ("a.html", Html()), ("a.eml", Mail()),
        ("a.txt", "Een notitie over de sleutels van de gemeentewerf, coördinatie en €.\n\fTweede blad"u8.ToArray()), ("a.csv", Encoding.Latin1.GetBytes("naam;reden\r\nGriendhorster;caf\u00e9\r\n")),
        ("b.txt", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("In twee bytes per teken \ud83d\ude00")]), ("a.zip", Zip([("x/notitie.txt", "los"u8.ToArray()), ("brief.docx", WholeDocx()), ("b.eml", Mail())])),
    ];
}
