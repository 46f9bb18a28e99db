namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>Fragments of WordprocessingML as Word writes them.</summary>
internal static class Word
{
    /// <summary>A run.</summary>
    public static string R(string text, string properties = "") => $"<w:r>{(properties.Length > 0 ? $"<w:rPr>{properties}</w:rPr>" : "")}<w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    /// <summary>A paragraph of whatever is given.</summary>
    public static string Par(string content, string properties = "") => $"<w:p>{(properties.Length > 0 ? $"<w:pPr>{properties}</w:pPr>" : "")}{content}</w:p>";

    /// <summary>A field of the old, complex kind; the instruction may be cut in pieces.</summary>
    public static string Field(string result, params string[] instruction)
        => "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>" + string.Concat(instruction.Select(part => $"<w:r><w:instrText xml:space=\"preserve\">{part}</w:instrText></w:r>"))
            + $"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{R(result)}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

    public static string Inserted(string content, int id = 900) => $"<w:ins w:id=\"{id}\" w:author=\"K. Meeuwenstein\" w:date=\"2026-01-01T00:00:00Z\">{content}</w:ins>";

    public static string Deleted(string text, int id = 901) => $"<w:del w:id=\"{id}\" w:author=\"K. Meeuwenstein\" w:date=\"2026-01-01T00:00:00Z\"><w:r><w:delText xml:space=\"preserve\">{text}</w:delText></w:r></w:del>";

    public static string Bookmark(string name, string content, int id) => $"<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{content}<w:bookmarkEnd w:id=\"{id}\"/>";

    public static string Numbered(string text, int level = 0, int numbering = 1) => Par(R(text), $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{numbering}\"/></w:numPr>");

    /// <summary>A content control around runs, paragraphs, rows or cells.</summary>
    public static string Sdt(string content, int id, string properties = "") => $"<w:sdt><w:sdtPr>{properties}<w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>";

    /// <summary>A text box as Word writes it: once for new programs, once (VML) for old ones.</summary>
    public static string TextBox(string content, int id = 7) => "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>"
        + $"<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"251659264\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"column\"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>"
        + $"<wp:extent cx=\"1800000\" cy=\"900000\"/><wp:wrapNone/><wp:docPr id=\"{id}\" name=\"Vak {id}\"/>"
        + "<a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1800000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></wps:spPr>"
        + $"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        + $"<mc:Fallback><w:pict><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/></v:shapetype><v:shape type=\"#_x0000_t202\" id=\"Vak{id}\" o:spid=\"_x0000_s10{id}\" style=\"width:142pt;height:71pt\"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>";

    public static string Picture(int id, string relation = "foto") => "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"360000\" cy=\"360000\"/>"
        + $"<wp:docPr id=\"{id}\" name=\"Foto {id}\" descr=\"Een vlak\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
        + $"<pic:nvPicPr><pic:cNvPr id=\"0\" name=\"foto.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        + "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"360000\" cy=\"360000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";

    /// <summary>One grey pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public static string Section(string type, string more = "") => Par("", $"<w:sectPr>{more}<w:type w:val=\"{type}\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>");
}
