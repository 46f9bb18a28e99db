using System.Globalization;
using System.Security.Cryptography;
using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>Absent fields, drafts, elements left out, properties, and the same bytes every time.</summary>
public sealed class RenderTests
{
    private static readonly TemplateData People = TemplateData.Record(
        ("gemeente", "Waterlanden"), ("betrokkene", TemplateData.Record(("naam", "C. Zwaan"))), ("adres", TemplateData.Empty),
        ("getuigen", TemplateData.List(TemplateData.Record(("naam", "A. Duif"), ("functie", "beheerder")), TemplateData.Record(("naam", "B. Merel")))));

    [Fact]
    public void Render_AbsentFields_NamesThemAllOnceWithPlaceAndNearestName()
    {
        var outcome = With(P("Aan", "Kop1") + P("Geachte {{betrokkene.naem}},") + P("{{?geheim}}x{{/geheim}}") + P("{{#getuigen}}{{naam}}: {{functie}} {{/getuigen}}") + P("{{adres.straat}}")).Styles()
            .Header(P("{{gemente}}")).Compile().Render(People, new RenderOptions());
        string.Join('\n', outcome.Refusals).ShouldBe("""
            Het veld 'betrokkene.naem' ontbreekt in de gegevens. Plaats: tekst, onder de kop 'Aan', alinea 2, bij 'Geachte {{betrokkene.naem}},'. Bedoelt u 'betrokkene.naam'? Vul het veld anders in, of haal het uit het sjabloon.
            Het veld 'geheim' ontbreekt in de gegevens. Plaats: tekst, onder de kop 'Aan', alinea 3, bij '{{?geheim}}x{{/geheim}}'. Vul het veld in, of haal het uit het sjabloon.
            Het veld 'functie' ontbreekt in de gegevens. Plaats: tekst, onder de kop 'Aan', alinea 4, bij '{{#getuigen}}{{naam}}: {{functie}} {{/getuigen}}', onderdeel 2 van 'getuigen'. Vul het veld in, of haal het uit het sjabloon.
            Het veld 'gemente' ontbreekt in de gegevens. Plaats: koptekst, alinea 1, bij '{{gemente}}'. Bedoelt u 'gemeente'? Vul het veld anders in, of haal het uit het sjabloon.
            """);
        outcome.Refusals.Select(r => r.Subject).ShouldBe(["betrokkene.naem", "geheim", "functie", "gemente"]);
    }

    [Fact]
    public void Render_LoopOverText_Refuses()
        => With(P("{{#gemeente}}x{{/gemeente}}")).Compile().Render(People, new RenderOptions()).Refusals.Single().What
            .ShouldBe("Het veld 'gemeente' kan hier niet worden ingevuld: het is tekst en geen lijst; gebruik {{?gemeente}} voor een voorwaarde.");

    [Fact]
    public void Render_ItemItselfOutsideALoop_IsAbsent()
        => With(P("{{.}}")).Compile().Render(People, new RenderOptions()).Refusals.Single().Subject.ShouldBe(".");

    [Fact]
    public void Render_FinalDocument_NeverShowsAGap()
        => With(P("x")).Render(People).Text().ShouldNotContain(t => t.Text.Contains("CONCEPT", StringComparison.Ordinal) || t.Text.Contains("ontbreekt", StringComparison.Ordinal));

    [Fact]
    public void Render_Concept_ShowsGapsAndSaysConceptOnEveryPage()
    {
        var body = P("Aan {{wie}}, {{gemeente}}.") + P("{{?reden}}") + P("Reden: {{reden}}") + P("{{/reden}}") + Table(["{{#stukken}}{{.}}", "{{titel}}{{/stukken}}"]) + P("{{#x}}{{y}}{{/x}}");
        var document = With(body).Header(P("kop"), "first").Settings("<w:evenAndOddHeaders/>").Render(People, new RenderOptions { Concept = true });
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("""
            Aan [ontbreekt: wie], Waterlanden.
            [ontbreekt: reden]
            Reden: [ontbreekt: reden]
            | [ontbreekt: .] | [ontbreekt: titel] |
            [ontbreekt: x][ontbreekt: y]
            """);
        RenderedChecks.Text(document, "word/header1.xml").ShouldBe("CONCEPT\nkop");
        RenderedChecks.Text(document, "word/header-concept.xml").ShouldBe("CONCEPT");
        var xml = RenderedChecks.Part(document.Bytes, "word/document.xml");
        xml.ShouldContain("w:type=\"default\" r:id=\"rIdConcept\"");
        xml.ShouldContain("w:type=\"even\" r:id=\"rIdConcept\"");
        xml.ShouldNotContain("w:type=\"first\" r:id=\"rIdConcept\"");
        xml.ShouldContain("<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">[ontbreekt: wie]");
    }

    [Fact]
    public void Render_OmittedElements_LeaveNothing()
    {
        var inline = "<w:p><w:r><w:t>Zin.</w:t></w:r>" + Control("element:k.zin", "<w:r><w:t xml:space=\"preserve\"> Nog een zin over {{niet_bekend}}.</w:t></w:r>", 3) + "</w:p>";
        var docx = With(P("Voor") + Control("element:k.horen", P("Kop") + P("{{ook_niet}}")) + "<w:p>" + Control("element:k.alleen", "<w:r><w:t>Alleen</w:t></w:r>", 5) + "</w:p>" + inline
            + Table(["a", Control("element:k.cel", P("In de cel"), 4)]) + P("Na"));
        var template = docx.Compile();
        template.Elements.Select(e => $"{e.Id}: {string.Join(',', e.Fields)}").ShouldBe(["k.horen: ook_niet", "k.alleen: ", "k.zin: niet_bekend", "k.cel: "]);
        template.Elements[3].Place.InTable.ShouldBe((1, 1, 2));
        docx.Text(People, new RenderOptions { OmitElements = new HashSet<string> { "k.horen", "k.alleen", "k.zin", "k.cel", "onbekend" } }).ShouldBe("Voor\nZin.\n| a |  |\nNa");
    }

    [Fact]
    public void Fields_ListWhatTheTemplateAsks()
    {
        var template = With(P("{{Datum|lang}} {{datum}} {{#getuigen}}{{naam}}{{?tolk}}t{{/tolk}}{{/getuigen}}")).Compile();
        template.Fields.Select(f => $"{f.Path} {f.Kind} in [{string.Join(',', f.Within)}] x{f.Places.Count}")
            .ShouldBe(["datum Date in [] x2", "getuigen List in [] x1", "naam Value in [getuigen] x1", "tolk Condition in [getuigen] x1"]);
        template.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void Render_Properties_AreOursAlone()
    {
        var docx = With(P("x")).Settings("<w:docVars><w:docVar w:name=\"Auteur\" w:val=\"Iemand Anders\"/></w:docVars>")
            .Link("cx", "customXml", "../customXml/item1.xml").Part("customXml/item1.xml", "application/xml", "<a>Iemand Anders</a>")
            .Part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", "<x>Iemand Anders</x>");
        var document = docx.Render(People, new RenderOptions
        {
            Properties = new DocumentProperties { Title = "Kennisgeving <1>", Creator = "Gemeente Waterlanden", Created = new DateOnly(2026, 3, 2), Custom = new Dictionary<string, string> { ["sjabloon"] = "abc", ["protocol"] = "waterlanden-1" } },
        });
        RenderedChecks.PartNames(document.Bytes).ShouldBe(["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/settings.xml", "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"]);
        document.Text().ShouldNotContain(t => t.Text.Contains("Iemand", StringComparison.Ordinal));
        document.Text().Where(t => t.Kind == DocumentTextKind.Property).Select(t => t.Text)
            .ShouldBe(["DossierKit", "Kennisgeving <1>", "Gemeente Waterlanden", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "nl-NL", "protocol", "waterlanden-1", "sjabloon", "abc"], ignoreOrder: true);
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytesInAnyCultureAndThread()
    {
        var docx = With(P("{{#getuigen|nummer}}") + P("{{naam}}") + P("{{/getuigen}}")).Styles().Numbering().Header(P("{{gemeente}}")).Build();
        var first = Hash("nl-NL");
        foreach (var culture in (string[])["en-US", "tr-TR", "ar-SA"]) Hash(culture).ShouldBe(first);
        var shared = DocumentTemplate.Compile(docx, "x.docx").Value;
        Enumerable.Range(0, 32).AsParallel().Select(_ => Convert.ToHexString(SHA256.HashData(shared.Render(People, new RenderOptions()).Value.Bytes.Span))).Distinct().ShouldBe([first]);

        string Hash(string culture)
        {
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                return Convert.ToHexString(SHA256.HashData(DocumentTemplate.Compile(docx, "x.docx").Value.Render(People, new RenderOptions()).Value.Bytes.Span));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void Render_Dotx_BecomesADocument()
        => RenderedChecks.Part(With(P("x")).MainType("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml").Render(People).Bytes, "[Content_Types].xml")
            .ShouldContain("wordprocessingml.document.main+xml");

    [Fact]
    public void Render_BookmarkAcrossAConditionalBorder_BecomesAPlace()
    {
        var body = "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:r><w:t>x {{?adres}}y</w:t></w:r><w:bookmarkEnd w:id=\"1\"/><w:r><w:t>z{{/adres}}</w:t></w:r></w:p>"
            + "<w:p><w:bookmarkStart w:id=\"2\" w:name=\"b\"/><w:r><w:t>{{adres}}</w:t></w:r></w:p><w:p><w:r><w:t>slot</w:t></w:r><w:bookmarkEnd w:id=\"2\"/></w:p>";
        var document = With(body).Render(People);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("x \nslot");
        RenderedChecks.Part(document.Bytes, "word/document.xml").ShouldContain("<w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:bookmarkEnd w:id=\"1\"/>");
        RenderedChecks.Part(document.Bytes, "word/document.xml").ShouldContain("w:name=\"b\"");
    }

    [Fact]
    public void Extract_FindsWhatHidesInEveryCorner()
    {
        var body = "<w:p><w:r><w:t>C. Zw</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>aan</w:t></w:r></w:p><w:p><w:del w:id=\"1\" w:author=\"Reiger\"><w:r><w:delText>Specht</w:delText></w:r></w:del></w:p>"
            + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>AUTHOR Ree</w:instrText></w:r><w:r><w:instrText>geld</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
            + "<w:p><w:bookmarkStart w:id=\"4\" w:name=\"Kraai\"/><w:bookmarkEnd w:id=\"4\"/></w:p>" + Control("Meeuw", P("x"));
        var bytes = With(body).Comments("<w:comment w:id=\"0\" w:author=\"Ekster\"><w:p><w:r><w:t>Uil</w:t></w:r></w:p></w:comment>").Header(P("Gans")).Footnotes("<w:footnote w:id=\"1\"><w:p><w:r><w:t>Valk</w:t></w:r></w:p></w:footnote>")
            .Link("p", "hyperlink", "mailto:havik@waterlanden.example", external: true).Part("customXml/item1.xml", "application/xml", "<a b=\"Lijster\">Mus</a>").Part("word/media/Buizerd.png", "image/png", [1]).Build();
        var texts = DocumentText.Extract(bytes);
        foreach (var (name, kind) in new[]
        {
            ("C. Zwaan", DocumentTextKind.Paragraph), ("Specht", DocumentTextKind.Deleted), ("Reiger", DocumentTextKind.Attribute), ("Reegeld", DocumentTextKind.Field), ("Kraai", DocumentTextKind.Attribute),
            ("Meeuw", DocumentTextKind.Attribute), ("Ekster", DocumentTextKind.Attribute), ("Uil", DocumentTextKind.Paragraph), ("Gans", DocumentTextKind.Paragraph), ("Valk", DocumentTextKind.Paragraph),
            ("havik", DocumentTextKind.Attribute), ("Lijster", DocumentTextKind.Attribute), ("Mus", DocumentTextKind.Other), ("Buizerd", DocumentTextKind.PartName),
        })
        {
            texts.ShouldContain(t => t.Kind == kind && t.Text.Contains(name, StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void Extract_NoDocument_Throws() => Should.Throw<InvalidDataException>(() => DocumentText.Extract("geen docx"u8.ToArray()));
}
