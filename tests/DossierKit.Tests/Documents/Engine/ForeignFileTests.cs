using System.IO.Compression;
using System.Text.RegularExpressions;
using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>Files as Word, Google Docs and others save them in earnest: moved paragraphs, suggestions, names used twice, odd part names.</summary>
public sealed class ForeignFileTests
{
    private const string Main = "word/document.xml";
    private const string By = "w:id=\"900\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"";
    private const string RowDeleted = "<w:trPr><w:del " + By + "/></w:trPr>";
    private static readonly TemplateData Data = TemplateData.Record(("naam", "Pim"), ("leeg", TemplateData.Empty), ("lijst", TemplateData.List("a", "b")));

    [Fact]
    public void Render_MovedParagraphBeforeItsRangeMark_LeavesNoEmptyParagraph()
    {
        var moved = $"<w:moveFromRangeStart {By} w:name=\"m\"/>" + Marked("moveFrom", $"<w:moveFrom {By}><w:r><w:t>weg</w:t></w:r></w:moveFrom>") + "<w:moveFromRangeEnd w:id=\"900\"/>";
        Text(With(P("een") + moved + P("twee {{naam}}"))).ShouldBe("een\ntwee Pim");
    }

    [Fact]
    public void Render_DeletedMarkBeforeABookmark_JoinsTheParagraphs()
        => Text(With(Marked("del", "<w:r><w:t xml:space=\"preserve\">oud </w:t></w:r>") + "<w:bookmarkStart w:id=\"3\" w:name=\"z\"/><w:p><w:r><w:t>en {{naam}}</w:t></w:r><w:bookmarkEnd w:id=\"3\"/></w:p>")).ShouldBe("oud en Pim");

    [Fact]
    public void Render_DeletedParagraphBeforeATable_IsGone()
        => Text(With(P("een") + Marked("del", $"<w:del {By}><w:r><w:delText>weg</w:delText></w:r></w:del>") + Table(["{{naam}}"]) + P("slot"))).ShouldBe("een\n| Pim |\nslot");

    [Fact]
    public void Render_TableOfWhichAllRowsWereDeleted_IsGone()
    {
        var table = Table(["{{weg}}"], ["x"]).Replace("<w:tr>", "<w:tr>" + RowDeleted, StringComparison.Ordinal);
        var document = With(P("{{naam}}") + table + P("slot")).Render(Data);
        RenderedChecks.Text(document, Main).ShouldBe("Pim\nslot");
        RenderedChecks.Part(document.Bytes, Main).ShouldNotContain("w:tbl");
    }

    [Fact]
    public void Render_DeletedTextOfALinkAndAControl_LeavesNoEmptyOnes()
    {
        var gone = $"<w:del {By}><w:r><w:delText>weg</w:delText></w:r></w:del>";
        var document = With("<w:p><w:hyperlink w:anchor=\"a\">" + gone + "</w:hyperlink>" + Control("x", gone) + "<w:r><w:t>{{naam}}</w:t></w:r></w:p>").Render(Data);
        RenderedChecks.Text(document, Main).ShouldBe("Pim");
        RenderedChecks.Part(document.Bytes, Main).ShouldNotContain("w:hyperlink");
        RenderedChecks.Part(document.Bytes, Main).ShouldNotContain("w:sdt");
    }

    [Fact]
    public void Render_ControlsOfGoogleDocs_AreNoEdges()
        => Text(With(Control("goog_rdk_1", P("{{#lijst}}")) + P("- {{.}}") + Control("goog_rdk_2", P("{{/lijst}}"), 2))).ShouldBe("- a\n- b");

    [Fact]
    public void Render_BookmarksWithOneNameAndId_StayUniqueInTextAndHeader()
    {
        static string Marks(string name, string text) => $"<w:p><w:bookmarkStart w:id=\"0\" w:name=\"{name}\"/><w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id=\"0\"/></w:p>";
        var document = With(Marks("een", "{{naam}}") + Marks("een", "x") + P("{{#lijst}}") + Marks("twee", "{{.}}") + Marks("drie", "y") + P("{{/lijst}}")).Header(Marks("vier", "{{naam}}") + Marks("een", "x")).Render(Data);
        var xml = RenderedChecks.Part(document.Bytes, Main) + RenderedChecks.Part(document.Bytes, "word/header1.xml");
        Values(xml, "<w:bookmarkStart w:id=\"[0-9]+\" w:name=\"(?<v>[^\"]+)\"").ShouldBe(["een", "twee", "drie", "twee_2", "drie_2", "vier"]);
        Values(xml, "<w:bookmarkStart w:id=\"(?<v>[0-9]+)\"").ShouldBeUnique();
        Values(xml, "<w:bookmarkEnd w:id=\"(?<v>[0-9]+)\"").ShouldBe(Values(xml, "<w:bookmarkStart w:id=\"(?<v>[0-9]+)\""));
    }

    [Fact]
    public void Compile_StrictFile_SaysSo_AlsoWhenOnlyItsHeaderIs()
    {
        static byte[] Strict(TestDocx docx, string part) => Changed(docx.Build(), part, xml => xml.Replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main", StringComparison.Ordinal));
        foreach (var part in (string[])[Main, "word/header1.xml"])
            DocumentTemplate.Compile(Strict(With(P("{{naam}}")).Header(P("x")), part), "brief.docx").Refusals.Single().Subject.ShouldBe("docx-strikt", part);
    }

    [Fact]
    public void Render_PartNameWithASpace_IsOneAndTheSameEverywhere()
    {
        var document = With(P("x")).Section("<w:headerReference w:type=\"default\" r:id=\"k\"/>").Link("k", "header", "kop%20een.xml")
            .Part("word/kop%20een.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml", $"<w:hdr {Namespaces}>{P("Kop {{naam}}")}</w:hdr>").Render(Data);
        RenderedChecks.Part(document.Bytes, "word/kop%20een.xml").ShouldContain("Kop ");
        RenderedChecks.Part(document.Bytes, "word/kop%20een.xml").ShouldContain("Pim");
        RenderedChecks.Part(document.Bytes, "[Content_Types].xml").ShouldContain("/word/kop%20een.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml");
        RenderedChecks.Part(document.Bytes, "word/_rels/document.xml.rels").ShouldContain("Target=\"kop%20een.xml\"");
    }

    [Fact]
    public void LoopWithNummer_ListThatBeginsAtFive_BeginsAtFiveForEachItem()
    {
        var docx = With(P("{{#lijst|nummer}}") + "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{{.}}</w:t></w:r></w:p>" + P("{{/lijst}}")).Numbering($"""
            <w:numbering {Namespaces}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>
            """);
        RenderedChecks.Part(docx.Render(Data).Bytes, "word/numbering.xml").ShouldContain("<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/>");
    }

    private static string Marked(string mark, string content) => $"<w:p><w:pPr><w:rPr><w:{mark} {By}/></w:rPr></w:pPr>{content}</w:p>";

    private static string Text(TestDocx docx) => RenderedChecks.Text(docx.Render(Data), Main);

    private static string[] Values(string xml, string pattern)
        => [.. Regex.Matches(xml, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["v"].Value)];

    private static byte[] Changed(byte[] docx, string part, Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(docx);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry(part)!;
            string xml;
            using (var reader = new StreamReader(entry.Open())) xml = reader.ReadToEnd();
            entry.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(part).Open());
            writer.Write(change(xml));
        }

        return stream.ToArray();
    }
}
