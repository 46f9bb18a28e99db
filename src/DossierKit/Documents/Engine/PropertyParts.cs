using System.Globalization;
using System.Text;

namespace DossierKit.Documents;

/// <summary>The three parts in which a document speaks of itself. They are written anew: the template's own name its author, company and times.</summary>
internal static class PropertyParts
{
    public const string Core = "docProps/core.xml";
    public const string Extended = "docProps/app.xml";
    public const string Custom = "docProps/custom.xml";

    public static byte[] WriteCore(DocumentProperties properties)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
            + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            + " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
        if (properties.Title is { } title) text.Append("<dc:title>").Append(ValueWriter.Escaped(title)).Append("</dc:title>");
        if (properties.Creator is { } creator) text.Append("<dc:creator>").Append(ValueWriter.Escaped(creator)).Append("</dc:creator>");
        if (properties.Created is { } day)
        {
            var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach (var name in (string[])["created", "modified"]) text.Append(CultureInfo.InvariantCulture, $"<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:{name}>");
        }

        text.Append("<dc:language>").Append(ValueWriter.Escaped(properties.Language)).Append("</dc:language></cp:coreProperties>");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] WriteExtended()
        => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
            + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>DossierKit</Application></Properties>");

    public static byte[] WriteCustom(DocumentProperties properties)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
            + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");

        // Word numbers custom properties from 2; 0 and 1 are reserved (MS-OSHARED 2.3.3.2.3).
        var pid = 2;
        foreach (var (name, value) in properties.Custom.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{pid++}\" name=\"{ValueWriter.Escaped(name)}\">")
                .Append("<vt:lpwstr>").Append(ValueWriter.Escaped(value)).Append("</vt:lpwstr></property>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Properties>").ToString());
    }
}
