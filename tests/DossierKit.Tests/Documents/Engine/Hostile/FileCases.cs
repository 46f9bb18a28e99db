using static DossierKit.Tests.Documents.Engine.Hostile.Word;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>Files as other programs make them, files that bring things along, and what must be refused.</summary>
internal static class FileCases
{
    private const string Main = "word/document.xml";
    private const string Pim = """{ "naam": "Pim", "lijst": ["a"] }""";

    public static IEnumerable<HostileCase> All()
    {
        yield return HostileCase.Of("a template file (.dotx)", With(P("{{naam}}")).MainType("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), Pim, "Pim", ("[Content_Types].xml", "!template.main"));
        yield return HostileCase.Of("custom XML, a glossary, settings, a theme-less style sheet and document variables",
            With(Par("<w:customXml w:uri=\"urn:x\" w:element=\"naam\"><w:customXmlPr><w:attr w:name=\"a\" w:val=\"b\"/></w:customXmlPr>" + R("{{na") + "</w:customXml><w:smartTag w:uri=\"urn:x\" w:element=\"y\">" + R("am}}") + "</w:smartTag>"))
                .Settings("<w:trackRevisions/><w:docVars><w:docVar w:name=\"Auteur\" w:val=\"K. Meeuwenstein\"/></w:docVars>").Styles().Link("cx", "customXml", "../customXml/item1.xml").Part("customXml/item1.xml", "application/xml", "<a>K. Meeuwenstein</a>")
                .Link("gl", "glossaryDocument", "glossary/document.xml").Part("word/glossary/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml", $"<w:glossaryDocument {Namespaces}><w:docParts/></w:glossaryDocument>"),
            Pim, "Pim", ("[Content_Types].xml", "!glossary"), ("word/settings.xml", "!Meeuwenstein"));
        yield return HostileCase.Of("indented XML, as some programs write it", new TestDocxText(With(P("{{#lijst}}") + Table(["{{.}}", "x"]) + P("{{/lijst}}") + Runs("{{na", "am}}"))).Indented(), Pim, "| a | x |\nPim");
        yield return HostileCase.Of("the main namespace under another prefix", new TestDocxText(With(P("Beste {{naam}}"))).OtherPrefix(), Pim, "Beste Pim");
        yield return HostileCase.Of("a picture in a header and a link in a footer, each with its own relations",
            With(P("{{naam}}")).Header(Par(R("{{naam}}") + Picture(1))).Footer(Par("<w:hyperlink r:id=\"web\">" + R("{{naam}}") + "</w:hyperlink>"))
                .Part("word/_rels/header1.xml.rels", "application/vnd.openxmlformats-package.relationships+xml", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"foto\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/foto.png\"/></Relationships>")
                .Part("word/_rels/footer2.xml.rels", "application/vnd.openxmlformats-package.relationships+xml", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"web\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"mailto:info@waterlanden.example\" TargetMode=\"External\"/></Relationships>")
                .Part("word/media/foto.png", "image/png", Png),
            Pim, "Pim", ("word/_rels/footer2.xml.rels", "mailto:info")).Also("word/header1.xml", "Pim").Also("word/footer2.xml", "Pim");
        yield return HostileCase.Of("a drawing with the same number twice, in text and header", With(Par(R("{{naam}}") + TextBox(P("a"), 3)) + Par(TextBox(P("b"), 3))).Header(Par(TextBox(P("c"), 3))), Pim, "Pim[a]\n[b]").Also("word/header1.xml", "[c]");

        // Each of these must end with exit 1 and say where.
        yield return HostileCase.Refused("a field that is not in the values", With(P("Kop", "Kop1") + P("Beste {{nam}}")).Styles().Build(), Pim, "nam", "Kop", "alinea 2");
        yield return HostileCase.Refused("a field that is not in an item of a list", With(Table(["Kop"], ["{{#lijst}}{{x.y}}{{/lijst}}"])).Build(), Pim, "x.y", "tabel 1, rij 2, cel 1");
        yield return HostileCase.Refused("a tag that is not closed", With(P("een") + P("Beste {{naam")).Build(), Pim, "niet gesloten", "alinea 2");
        yield return HostileCase.Refused("a loop that is not closed", With(P("x") + P("{{#lijst}}") + P("y")).Build(), Pim, "lijst", "nergens gesloten", "alinea 2");
        yield return HostileCase.Refused("an end without a begin, in a footnote", With(Par(R("x") + "<w:r><w:footnoteReference w:id=\"1\"/></w:r>")).Footnotes("<w:footnote w:id=\"1\">" + P("{{/lijst}}") + "</w:footnote>").Build(), Pim, "lijst", "voetnoten");
        yield return HostileCase.Refused("a loop from a cell to outside its table", With(Table(["a"], ["{{#lijst}}"]) + P("{{/lijst}}")).Build(), Pim, "lijst", "tabel 1, rij 2");
        yield return HostileCase.Refused("a loop from the header to the text", With(P("{{/lijst}}")).Header(P("{{#lijst}}")).Build(), Pim, "koptekst", "tekst");
        yield return HostileCase.Refused("blocks that cross", With(P("{{#lijst}}a{{?naam}}b{{/lijst}}c{{/naam}}")).Build(), Pim, "kruisen", "alinea 1");
        yield return HostileCase.Refused("a format that does not exist", With(P("{{naam|groot}}")).Build(), Pim, "groot", "alinea 1");
        yield return HostileCase.Refused("a format that does not fit", With(P("Op {{naam|lang}}")).Build(), Pim, "naam", "datum", "alinea 1");
        yield return HostileCase.Refused("a list printed as if it were one value", With(P("{{lijst}}")).Build(), Pim, "lijst", "alinea 1");
        yield return HostileCase.Refused("a loop over text", With(P("{{#naam}}x{{/naam}}")).Build(), Pim, "naam", "geen lijst", "alinea 1");
        yield return HostileCase.Refused("a macro", With(P("x")).Part("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", [1, 2]).Link("m", "vbaProject", "vbaProject.bin").Build(), Pim, "macro");
        yield return HostileCase.Refused("a document pasted in at opening", With("<w:altChunk r:id=\"x\"/>" + P("x")).Link("x", "aFChunk", "a.html").Part("word/a.html", "text/html", "<p>x</p>").Build(), Pim, "ander document", "tekst");
        yield return HostileCase.Refused("a DDE field", With(Par(Field("x", " DDE", "AUTO c:\\\\x "))).Build(), Pim, "DDEAUTO", "alinea 1");
        yield return HostileCase.Refused("a template elsewhere", With(P("x")).Settings("<w:attachedTemplate r:id=\"t\"/>").Part("word/_rels/settings.xml.rels", "application/vnd.openxmlformats-package.relationships+xml",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://elders.example/x.dotm\" TargetMode=\"External\"/></Relationships>").Build(), Pim, "sjabloon", "settings.xml");
        yield return HostileCase.Refused("a picture elsewhere", With(Par("<w:r><w:t>x</w:t></w:r>")).Link("p", "image", "https://elders.example/p.png", external: true).Build(), Pim, "ander adres");
        yield return HostileCase.Refused("a tag in the address of a link", With(Par("<w:hyperlink r:id=\"w\">" + R("x") + "</w:hyperlink>")).Link("w", "hyperlink", "https://waterlanden.example/{{naam}}", external: true).Build(), Pim, "adres", "document.xml");
        yield return HostileCase.Refused("a file that is cut off", With(P("x")).Build()[..200], Pim, "sjabloon.docx");
    }
}

/// <summary>The same template in the dialect of another program.</summary>
internal sealed class TestDocxText(TestDocx docx)
{
    public TestDocxText Indented() => Changed(xml => xml.Replace("><", ">\n    <", StringComparison.Ordinal));

    public TestDocxText OtherPrefix() => Changed(xml => xml.Replace("xmlns:w=", "xmlns:ns0=", StringComparison.Ordinal).Replace("<w:", "<ns0:", StringComparison.Ordinal).Replace("</w:", "</ns0:", StringComparison.Ordinal).Replace(" w:", " ns0:", StringComparison.Ordinal));

    public byte[]? Bytes { get; private set; }

    public static implicit operator TestDocx(TestDocxText text) => TestDocx.Raw(text.Bytes!);

    private TestDocxText Changed(Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(docx.Build());
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry("word/document.xml")!;
            string xml;
            using (var reader = new StreamReader(entry.Open())) xml = reader.ReadToEnd();
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("word/document.xml").Open());
            writer.Write(change(xml));
        }

        Bytes = stream.ToArray();
        return this;
    }
}
