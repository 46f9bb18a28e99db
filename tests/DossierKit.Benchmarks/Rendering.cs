using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using DossierKit.Documents;

namespace DossierKit.Benchmarks;

/// <summary>What does it cost to fill an interview report of 60 questions and a table of 40 rows, and does it stay linear?</summary>
internal static class Rendering
{
    private const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static Task RunAsync(Report report)
    {
        var file = Interview();
        var template = DocumentTemplate.Compile(file, "gesprek.docx").Value;
        report.Columns("what", "questions", "CPU per document", "per question", "document", "ratio");
        var small = 0d;
        foreach (var (questions, rounds) in new[] { (60, 200), (600, 40), (6000, 8) })
        {
            var data = Data(questions);
            var (own, sdk) = (new List<double>(), new List<double>());
            byte[] bytes = [], peer = [];
            for (var warm = 0; warm < (questions == 60 ? 60 : 3); warm++)
            {
                bytes = Render(template, data);
                peer = Sdk(file, data);
            }

            // In turn, so that a busy machine hits both alike.
            for (var block = 0; block < 7; block++)
            {
                own.Add(Cpu(rounds, () => bytes = Render(template, data)));
                sdk.Add(Cpu(Math.Max(1, rounds / 8), () => peer = Sdk(file, data)));
            }

            var (mine, theirs) = (Report.Median(own), Report.Median(sdk));
            if (questions == 60) small = mine / questions;
            report.Row("DossierKit", $"{questions}", $"{Report.Number(mine, 2)} ms", $"{Report.Number(mine / questions * 1000)} us", $"{bytes.Length / 1024} KiB", $"1 ({Report.Number(mine / questions / small, 2)}x the cost per question of 60)");
            report.Row("Open XML SDK: open, walk, save", $"{questions}", $"{Report.Number(theirs, 2)} ms", $"{Report.Number(theirs / questions * 1000)} us", $"{peer.Length / 1024} KiB", $"{Report.Number(theirs / mine)}x");
        }

        report.Row("DossierKit: compiling the template once", "-", $"{Report.Number(Cpu(50, () => DocumentTemplate.Compile(file, "gesprek.docx")), 2)} ms", "-", "-", "-");
        report.Note("CPU time of the whole process (garbage collection and compilation threads included), median of 7 blocks. The peer does the same filling by hand: it clones the paragraphs and rows and replaces text; it restarts no numbering and checks nothing.");
        report.Note("Loads of other work on the machine raise both; the ratio holds better than the numbers.");
        return Task.CompletedTask;
    }

    private static double Cpu(int rounds, Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < rounds; i++) work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / rounds;
    }

    private static byte[] Render(DocumentTemplate template, TemplateData data) => template.Render(data, new RenderOptions()).Value.Bytes.ToArray();

    private static TemplateData Data(int questions)
    {
        var answer = "Ik heb de dienstauto die avond opgehaald bij de remise en heb hem de volgende ochtend teruggezet. Dat heb ik gemeld bij de planning. Ik weet niet meer precies hoe laat het was, maar het was al donker. Mijn collega was daarbij en heeft het ritformulier ingevuld. Ik heb er later met mijn leidinggevende over gesproken, en die vond het toen goed. Daarna heb ik er niets meer van gehoord.";
        return TemplateData.Record(
            ("nummer", "2026-014"), ("gemeente", "Waterlanden"), ("datum", new DateOnly(2026, 3, 2)), ("raadsman", TemplateData.Empty),
            ("vragen", TemplateData.List(Enumerable.Range(1, questions).Select(i => TemplateData.Record(
                ("vraag", $"Vraag {i.ToString(CultureInfo.InvariantCulture)}: wat kunt u vertellen over het gebruik van de dienstauto?"), ("antwoord", answer), ("stil", i % 7 == 0 ? "Betrokkene denkt na." : ""))))),
            ("stukken", TemplateData.List(Enumerable.Range(1, 40).Select(i => TemplateData.Record(
                ("nr", i), ("titel", "Rittenstaat dienstauto"), ("datum", new DateOnly(2026, 1, 1).AddDays(i)), ("bron", "wagenparkbeheer"))))));
    }

    private static string Paragraph(string text, string style) => $"<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:rPr><w:lang w:val=\"nl-NL\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    private static string Cells(params string[] texts)
        => "<w:tr>" + string.Concat(texts.Select(t => $"<w:tc><w:tcPr><w:tcW w:w=\"2200\" w:type=\"dxa\"/></w:tcPr>{Paragraph(t, "Tabel")}</w:tc>")) + "</w:tr>";

    private static byte[] Interview()
    {
        var body = Paragraph("Gespreksverslag {{nummer}}", "Kop1") + Paragraph("Gemeente {{gemeente}}, {{datum|dag}}", "Tekst") + Paragraph("{{?raadsman}}", "Tekst") + Paragraph("Aanwezig: {{raadsman}}", "Tekst") + Paragraph("{{/raadsman}}", "Tekst")
            + Paragraph("{{#vragen|nummer}}", "Tekst") + Paragraph("{{vraag}}", "Vraag") + Paragraph("{{antwoord}}", "Tekst") + Paragraph("{{?stil}}({{stil}}){{/stil}}", "Tekst") + Paragraph("{{/vragen}}", "Tekst")
            + Paragraph("Stukken", "Kop1") + "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/><w:gridCol w:w=\"2200\"/></w:tblGrid>"
            + Cells("Nr", "Titel", "Datum", "Bron") + Cells("{{#stukken}}{{nr}}", "{{titel}}", "{{datum|kort}}", "{{bron}}{{/stukken}}") + "</w:tbl>" + Paragraph("Einde van het verslag.", "Tekst");
        var parts = new (string Name, string Text)[]
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                + string.Concat(new[] { ("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"), ("footer1", "footer") }.Select(p => $"<Override PartName=\"/word/{p.Item1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{p.Item2}+xml\"/>")) + "</Types>"),
            ("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Links}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
            ("word/document.xml", $"<w:document xmlns:w=\"{Main}\" xmlns:r=\"{Links}\"><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"),
            ("word/_rels/document.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Links}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"{Links}/numbering\" Target=\"numbering.xml\"/><Relationship Id=\"rId3\" Type=\"{Links}/footer\" Target=\"footer1.xml\"/></Relationships>"),
            ("word/styles.xml", $"<w:styles xmlns:w=\"{Main}\">" + string.Concat(new[] { "Kop1", "Tekst", "Tabel" }.Select(s => $"<w:style w:type=\"paragraph\" w:styleId=\"{s}\"><w:name w:val=\"{s}\"/></w:style>"))
                + "<w:style w:type=\"paragraph\" w:styleId=\"Vraag\"><w:name w:val=\"Vraag\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>"),
            ("word/numbering.xml", $"<w:numbering xmlns:w=\"{Main}\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"),
            ("word/footer1.xml", $"<w:ftr xmlns:w=\"{Main}\"><w:p><w:r><w:t xml:space=\"preserve\">{{{{nummer}}}} pagina </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"),
        };
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>The peer: the same filling as it is usually written on the Open XML SDK.</summary>
    private static byte[] Sdk(byte[] file, TemplateData data)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var document = WordprocessingDocument.Open(stream, isEditable: true))
        {
            var body = document.MainDocumentPart!.Document.Body!;
            body.Elements<Paragraph>().SkipWhile(p => p.InnerText != "{{?raadsman}}").Take(3).ToList().ForEach(p => p.Remove());
            var start = body.Elements<Paragraph>().First(p => p.InnerText == "{{#vragen|nummer}}");
            var items = start.ElementsAfter().OfType<Paragraph>().TakeWhile(p => p.InnerText != "{{/vragen}}").ToList();
            var end = items[^1].NextSibling()!;
            foreach (var item in data.Fields["vragen"].Items)
            {
                foreach (var source in items)
                {
                    if (source.InnerText.StartsWith("{{?stil", StringComparison.Ordinal) && !item.Fields["stil"].IsFilled) continue;
                    Fill(end.InsertBeforeSelf((Paragraph)source.CloneNode(true)), item);
                }
            }

            items.ForEach(p => p.Remove());
            start.Remove();
            end.Remove();
            var row = body.Descendants<TableRow>().Last();
            foreach (var item in data.Fields["stukken"].Items) Fill(row.InsertBeforeSelf((TableRow)row.CloneNode(true)), item);
            row.Remove();
            Fill(body, data);
            Fill(document.MainDocumentPart.FooterParts.First().Footer, data);
        }

        return stream.ToArray();
    }

    private static void Fill(OpenXmlElement element, TemplateData data)
    {
        foreach (var text in element.Descendants<Text>())
        {
            if (!text.Text.Contains("{{", StringComparison.Ordinal)) continue;
            foreach (var (name, value) in data.Fields)
            {
                var printed = value.Kind is TemplateDataKind.List ? "" : ValueFormats.Print(value, [], out _);
                foreach (var form in (string[])["", "|dag", "|kort"]) text.Text = text.Text.Replace($"{{{{{name}{form}}}}}", printed, StringComparison.Ordinal);
            }

            foreach (var mark in (string[])["{{?stil}}", "{{/stil}}", "{{#stukken}}", "{{/stukken}}"]) text.Text = text.Text.Replace(mark, "", StringComparison.Ordinal);
        }
    }
}
