using System.Globalization;
using System.Text;

namespace DossierKit.Documents;

/// <summary>What makes a draft a draft on every page: the word CONCEPT at the top of each header, with headers where there are none.</summary>
internal static class ConceptMark
{
    public const string PartName = "word/header-concept.xml";
    public const string RelationshipId = "rIdConcept";

    private static readonly string[] Types = ["default", "first", "even"];

    public static ReadOnlySpan<byte> Paragraph
        => """<w:p><w:pPr><w:spacing w:before="0" w:after="120"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="C00000"/><w:spacing w:val="80"/><w:sz w:val="36"/><w:lang w:val="nl-NL"/></w:rPr><w:t>CONCEPT</w:t></w:r></w:p>"""u8;

    public static ReadOnlySpan<byte> GapRunStart => """<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr>"""u8;

    /// <summary>A header that holds nothing else, for pages without one.</summary>
    public static byte[] Header { get; } =
        [.. Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:hdr xmlns:w=\"{WordXml.MainNamespace}\">"), .. Paragraph, .. "</w:hdr>"u8];

    /// <summary>References to it for the types in the set (1 default, 2 first page, 4 even pages).</summary>
    public static byte[] References(int types)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Types.Length; i++)
        {
            if ((types & (1 << i)) != 0) text.Append(CultureInfo.InvariantCulture, $"<w:headerReference w:type=\"{Types[i]}\" r:id=\"{RelationshipId}\" xmlns:r=\"{WordXml.RelationshipBase}\"/>");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
