using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DossierKit.Documents;

/// <summary>
/// Mends what LibreOffice 7 leaves undone in a PDF/A-2b that is PDF/UA too, so that both can be proven. It does not describe the property by which a file says it is PDF/UA
/// (ISO 19005-2, 6.6.2.3.1); does not mark the lines of paragraph borders as decoration (ISO 14289-1, 7.1); gives notes no id (7.9); writes the order of tabs in the wrong type
/// (7.18.3); and makes of the number before a note a link that belongs to nothing (7.18.5): that one is taken away, the one in the text stays.
/// It also puts the date of the document where the hour of conversion stood, so that the same document is the same file. A file it does not understand stays as it was.
/// </summary>
internal static partial class PdfMending
{
    private const string DescribesUniversalAccess = """
          <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
           <pdfaExtension:schemas>
            <rdf:Bag>
             <rdf:li rdf:parseType="Resource">
              <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
              <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
              <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
              <pdfaSchema:property>
               <rdf:Seq>
                <rdf:li rdf:parseType="Resource">
                 <pdfaProperty:name>part</pdfaProperty:name>
                 <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                 <pdfaProperty:category>internal</pdfaProperty:category>
                 <pdfaProperty:description>The part of ISO 14289 the file conforms to</pdfaProperty:description>
                </rdf:li>
               </rdf:Seq>
              </pdfaSchema:property>
             </rdf:li>
            </rdf:Bag>
           </pdfaExtension:schemas>
          </rdf:Description>

        """;

    /// <summary>Mends a file.</summary>
    /// <param name="pdf">As LibreOffice wrote it.</param>
    /// <param name="date">The day to write in it; <see langword="null"/>: none.</param>
    /// <returns>The mended file, or the same bytes when it is built in a way not known here.</returns>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> pdf, DateOnly? date)
    {
        try
        {
            return MendOrLeave(pdf, date);
        }
        catch (InvalidDataException)
        {
            return pdf;
        }
    }

    private static ReadOnlyMemory<byte> MendOrLeave(ReadOnlyMemory<byte> pdf, DateOnly? date)
    {
        if (PdfObjects.Read(pdf.Span) is not { } objects) return pdf;
        if (objects.Reference("/Root") is not { } root) return pdf;
        if (objects.Reference("/Metadata", root) is { } metadata) MendMetadata(objects, metadata, date);
        if (objects.Reference("/Info") is { } info)
        {
            objects.Replace(info, InfoDate().Replace(objects[info], date is { } day ? $"/CreationDate(D:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}000000Z')" : ""));
        }

        if (objects.Reference("/OutputIntents", root) is { } intent && objects.Reference("/DestOutputProfile", intent) is { } profile) MendProfile(objects, profile, date);
        foreach (var note in objects.Numbers.Where(number => NoteElement().IsMatch(objects.Dictionary(number))).ToList())
            objects.Replace(note, NoteElement().Replace(objects[note], FormattableString.Invariant($"/S/Note/ID(noot-{note})")));
        foreach (var page in objects.Numbers.Where(number => PageObject().IsMatch(objects.Dictionary(number))).ToList())
        {
            var untied = objects.References("/Annots", page).Where(annotation => !objects.Dictionary(annotation).Contains("/StructParent", StringComparison.Ordinal)).ToList();
            var body = TabOrder().Replace(objects[page], "/Tabs/S");
            foreach (var annotation in untied) body = body.Replace(FormattableString.Invariant($" {annotation} 0 R "), " ", StringComparison.Ordinal).Replace(FormattableString.Invariant($"\n{annotation} 0 R "), "\n", StringComparison.Ordinal);
            objects.Replace(page, body);
            if (objects.Reference("/Contents", page) is { } content && objects.Content(content) is { } operators && PdfContent.MarkLines(operators) is { } marked) objects.SetContent(content, marked);
        }

        return objects.Write();
    }

    private static void MendMetadata(PdfObjects objects, int metadata, DateOnly? date)
    {
        if (objects.Content(metadata) is not { } bytes) return;
        var xmp = Encoding.UTF8.GetString(bytes);
        xmp = MetadataDate().Replace(xmp, date is { } day ? $"<xmp:${{what}}Date>{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T00:00:00Z</xmp:${{what}}Date>" : "");
        var end = xmp.IndexOf(" </rdf:RDF>", StringComparison.Ordinal);
        if (end > 0 && xmp.Contains("<pdfuaid:part>", StringComparison.Ordinal) && !xmp.Contains("pdfaExtension:schemas", StringComparison.Ordinal)) xmp = xmp.Insert(end, DescribesUniversalAccess.ReplaceLineEndings("\n"));
        objects.SetContent(metadata, Encoding.UTF8.GetBytes(xmp));
    }

    /// <summary>A colour profile says when it was made (ICC.1, 7.2.8: six numbers of two bytes at 24), and LibreOffice makes it anew each time.</summary>
    private static void MendProfile(PdfObjects objects, int profile, DateOnly? date)
    {
        if (objects.Content(profile) is not { Length: > 128 } icc || !icc.AsSpan(36, 4).SequenceEqual("acsp"u8)) return;
        var day = date ?? new DateOnly(2000, 1, 1);
        ReadOnlySpan<int> moment = [day.Year, day.Month, day.Day, 0, 0, 0];
        for (var i = 0; i < moment.Length; i++) System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(icc.AsSpan(24 + (2 * i)), (ushort)moment[i]);
        objects.SetContent(profile, icc);
    }

    [GeneratedRegex(@"/CreationDate\(D:[^)]*\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InfoDate();

    [GeneratedRegex(@"<xmp:(?<what>Create|Modify|Metadata)Date>[^<]*</xmp:\k<what>Date>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MetadataDate();

    [GeneratedRegex(@"/S\s*/Note(?![A-Za-z])(?!\s*/ID)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NoteElement();

    [GeneratedRegex(@"/Tabs\s*\(S\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TabOrder();

    [GeneratedRegex(@"/Type\s*/Page(?![A-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PageObject();
}
