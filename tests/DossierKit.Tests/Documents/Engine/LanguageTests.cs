using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>What a template may say, and the text that comes of it.</summary>
public sealed class LanguageTests
{
    private static readonly TemplateData People = TemplateData.Record(
        ("gemeente", "Waterlanden"),
        ("leeg", TemplateData.Empty),
        ("niemand", TemplateData.List()),
        ("getuigen", TemplateData.List(
            TemplateData.Record(("naam", "A. Duif"), ("functie", "beheerder"), ("stukken", TemplateData.List("mail", "foto"))),
            TemplateData.Record(("naam", "B. Merel"), ("functie", ""), ("stukken", TemplateData.List())))),
        ("namen", TemplateData.List("Duif", "Merel", "Specht")));

    [Fact]
    public void Field_InOneRun_IsFilled()
        => With(P("Gemeente {{gemeente}}, hallo.")).Text(People).ShouldBe("Gemeente Waterlanden, hallo.");

    [Theory]
    [InlineData("Gemeente {", "{gemeente}}!")]
    [InlineData("Gemeente {{", "gemeente", "}}!")]
    [InlineData("Gemeente {{ge", "meen", "te}", "}!")]
    [InlineData("G", "emeente ", "{", "{", "g", "emeente", "}", "}", "!")]
    [InlineData("Gemeente {{ Gemeente\u00A0}}!")]
    public void Field_SplitOverRuns_IsFilledOnce(params string[] runs)
        => With(Runs(runs)).Text(People).ShouldBe("Gemeente Waterlanden!");

    [Fact]
    public void Field_WithProofingBookmarksCommentsAndRevisionsBetween_IsFilled()
    {
        var body = "<w:p><w:r><w:t>{{ge</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/><w:commentRangeStart w:id=\"0\"/>"
            + "<w:ins w:id=\"5\" w:author=\"Iemand Anders\"><w:r><w:t>meen</w:t></w:r></w:ins><w:del w:id=\"6\" w:author=\"Iemand Anders\"><w:r><w:delText>weg</w:delText></w:r></w:del>"
            + "<w:bookmarkEnd w:id=\"0\"/><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:lastRenderedPageBreak/><w:t>te}}</w:t></w:r></w:p>";
        var docx = With(body).Comments("<w:comment w:id=\"0\" w:author=\"Iemand Anders\"><w:p><w:r><w:t>Klopt dit?</w:t></w:r></w:p></w:comment>");
        var document = docx.Render(People);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("Waterlanden");
        document.Text().ShouldNotContain(t => t.Text.Contains("Iemand", StringComparison.Ordinal) || t.Text.Contains("Klopt", StringComparison.Ordinal));
    }

    [Fact]
    public void Field_KeepsTheFormattingOfItsFirstRun()
    {
        var body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>gemeente}} x</w:t></w:r></w:p>";
        var xml = RenderedChecks.Part(With(body).Render(People).Bytes, "word/document.xml");
        xml.ShouldContain("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Waterlanden</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> x</w:t></w:r>");
    }

    [Fact]
    public void Loop_OverParagraphs_RepeatsThemAndLeavesNoMarkers()
        => With(P("Voor") + P("{{#getuigen}}") + P("{{naam}} ({{gemeente}})") + P("tel: -") + P("{{/getuigen}}") + P("Na")).Text(People)
            .ShouldBe("Voor\nA. Duif (Waterlanden)\ntel: -\nB. Merel (Waterlanden)\ntel: -\nNa");

    [Fact]
    public void Loop_WithMarkersAtTheEdgesOfItsText_RepeatsTheParagraphs()
        => With(P("{{#getuigen}}Naam: {{naam}}") + P("Functie: {{functie}}.{{/getuigen}}")).Text(People)
            .ShouldBe("Naam: A. Duif\nFunctie: beheerder.\nNaam: B. Merel\nFunctie: .");

    [Fact]
    public void Loop_InsideAParagraph_Repeats()
        => With(P("Aanwezig:{{#getuigen}} {{naam}};{{/getuigen}} einde")).Text(People).ShouldBe("Aanwezig: A. Duif; B. Merel; einde");

    [Theory]
    [InlineData("{{.}}")]
    [InlineData("{{waarde}}")]
    public void Loop_OverPlainItems_PrintsTheItem(string tag)
        => With(P("{{#namen}}") + P(tag) + P("{{/namen}}")).Text(People).ShouldBe("Duif\nMerel\nSpecht");

    [Fact]
    public void Loop_OverRowsWithMarkerRows_RepeatsTheRowsBetween()
        => With(Table(["Naam", "Functie"], ["{{#getuigen}}", ""], ["{{naam}}", "{{functie}}"], ["{{/getuigen}}", ""]) + P("Na")).Text(People)
            .ShouldBe("| Naam | Functie |\n| A. Duif | beheerder |\n| B. Merel |  |\nNa");

    [Fact]
    public void Loop_OpenedInFirstAndClosedInLastCell_RepeatsTheRow()
        => With(Table(["Naam", "Functie"], ["{{#getuigen}}{{naam}}", "{{functie}}{{/getuigen}}"]) + P("Na")).Text(People)
            .ShouldBe("| Naam | Functie |\n| A. Duif | beheerder |\n| B. Merel |  |\nNa");

    [Fact]
    public void Loop_WithMarkersAloneInTheirCells_KeepsEachCellOneParagraph()
        => With(Table(["{{#namen}}", "{{.}}", "{{/namen}}"])).Text(People).ShouldBe("|  | Duif |  |\n|  | Merel |  |\n|  | Specht |  |");

    [Fact]
    public void Loop_InsideACell_RepeatsItsParagraphs()
        => With(Table(["Namen", P("{{#namen}}") + P("{{.}}") + P("{{/namen}}")])).Text(People).ShouldBe("| Namen | Duif / Merel / Specht |");

    [Fact]
    public void Loop_WithoutItemsInACell_LeavesOneEmptyParagraph()
        => With(Table(["Namen", P("{{#niemand}}") + P("{{.}}") + P("{{/niemand}}")])).Text(People).ShouldBe("| Namen |  |");

    [Fact]
    public void Loop_WithoutItemsOverAllRows_RemovesTheTable()
        => With(P("Voor") + Table(["{{#niemand}}", ""], ["{{.}}", "x"], ["{{/niemand}}", ""]) + P("Na")).Text(People).ShouldBe("Voor\nNa");

    [Fact]
    public void IndentedXml_LeavesNothingBehindAndHidesNoName()
    {
        // Programs that indent their XML put space between elements. A table whose rows were gone kept that space,
        // looked filled to the renderer and stayed behind without rows; a name over two runs was read with a line end inside.
        var body = P("Voor") + Table(["{{#niemand}}", ""], ["{{.}}", "x"], ["{{/niemand}}", ""]) + Table(["Namen", P("{{#niemand}}") + P("{{.}}") + P("{{/niemand}}")]) + Runs("Me", "rel");
        var document = With(body.Replace("><", ">\n  <", StringComparison.Ordinal)).Render(People);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("Voor\n| Namen |  |\nMerel");
        DocumentText.Extract(With(Runs("Me", "rel").Replace("><", ">\n  <", StringComparison.Ordinal)).Build()).ShouldContain(t => t.Text == "Merel");
    }

    [Fact]
    public void Loop_OverTables_KeepsThemApart()
        => With(P("{{#namen}}") + Table(["Naam", "{{.}}"]) + P("{{/namen}}") + P("Na")).Text(People).ShouldBe("| Naam | Duif |\n\n| Naam | Merel |\n\n| Naam | Specht |\nNa");

    [Fact]
    public void Loop_NestedRowsInParagraphs_LooksOutward()
        => With(P("{{#getuigen}}") + P("{{naam}}:") + Table(["{{#stukken}}{{.}}", "{{naam}}, {{gemeente}}{{/stukken}}"]) + P("{{/getuigen}}") + P("Na")).Text(People)
            .ShouldBe("A. Duif:\n| mail | A. Duif, Waterlanden |\n| foto | A. Duif, Waterlanden |\nB. Merel:\nNa");

    [Fact]
    public void Loop_OverARecord_EntersIt()
        => With(P("{{#wie}}{{naam}} van {{gemeente}}{{/wie}}")).Text(TemplateData.Record(("gemeente", "Waterlanden"), ("wie", TemplateData.Record(("naam", "Duif"))))).ShouldBe("Duif van Waterlanden");

    [Fact]
    public void Loop_OfATextBoxParagraph_GivesEachItsOwnIds()
    {
        var shape = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><wp:extent cx=\"1000\" cy=\"1000\"/><wp:docPr id=\"7\" name=\"Vak\" descr=\"Kader\"/>"
            + "<a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr/><wps:txbx><w:txbxContent>"
            + "<w:p w14:paraId=\"00AA0001\"><w:r><w:t>Vak {</w:t></w:r><w:r><w:t>{.}}</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            + "<mc:Fallback><w:pict><v:shape id=\"_x0000_s1026\" style=\"width:1pt\"><v:textbox><w:txbxContent><w:p w14:paraId=\"00AA0001\"><w:r><w:t>Vak {{.}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
        var docx = With(P("{{#namen}}") + $"<w:p w14:paraId=\"00AA0002\"><w:bookmarkStart w:id=\"3\" w:name=\"persoon\"/><w:r><w:t xml:space=\"preserve\">x {{{{.}}}} </w:t></w:r>{shape}<w:bookmarkEnd w:id=\"3\"/></w:p>" + P("{{/namen}}"));
        var document = docx.Render(People);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("x Duif [Vak Duif]\nx Merel [Vak Merel]\nx Specht [Vak Specht]");
        RenderedChecks.Part(document.Bytes, "word/document.xml").ShouldContain("w:name=\"persoon_2\"");
        RenderedChecks.Part(document.Bytes, "word/document.xml").Split(">Merel<").Length.ShouldBe(4, "the fallback for old programs is filled as well");
    }

    [Fact]
    public void Loop_WithNummer_RestartsNumberingPerItem()
    {
        static string Item(string text) => $"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";
        var docx = With(Item("los") + P("{{#getuigen|nummer}}") + P("{{naam}}") + Item("een") + Item("twee") + P("{{/getuigen}}")).Numbering();
        var document = docx.Render(People);
        var xml = RenderedChecks.Part(document.Bytes, "word/document.xml");
        xml.Split("w:numId w:val=\"1\"").Length.ShouldBe(2);
        xml.Split("w:numId w:val=\"2\"").Length.ShouldBe(3);
        xml.Split("w:numId w:val=\"3\"").Length.ShouldBe(3);
        RenderedChecks.Part(document.Bytes, "word/numbering.xml").ShouldContain("<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>");
    }

    [Fact]
    public void Loop_WithNummerFromAStyle_RestartsNumberingPerItem()
    {
        var docx = With(P("{{#getuigen|nummer}}") + P("{{naam}}", "Vraag") + P("{{/getuigen}}")).Numbering()
            .Styles("<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Vraag\"><w:name w:val=\"Vraag\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>");
        RenderedChecks.Part(docx.Render(People).Bytes, "word/document.xml")
            .ShouldContain("<w:pStyle w:val=\"Vraag\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>");
    }

    [Theory]
    [InlineData("{{?gemeente}}ja{{/gemeente}}{{^gemeente}}nee{{/gemeente}}", "x ja")]
    [InlineData("{{?leeg}}ja{{/leeg}}{{^leeg}}nee{{/leeg}}", "x nee")]
    [InlineData("{{?niemand}}ja{{/niemand}}{{^niemand}}nee{{/niemand}}", "x nee")]
    [InlineData("{{?namen}}ja{{^leeg}}, echt{{/leeg}}{{/namen}}", "x ja, echt")]
    public void Condition_Inline_ShowsOneSide(string text, string expected) => With(P("x " + text)).Text(People).ShouldBe(expected);

    [Fact]
    public void Condition_OverParagraphs_LeavesNothingBehind()
        => With(P("Voor") + P("{{?leeg}}") + P("weg") + P("{{/leeg}}") + P("{{^leeg}}") + P("blijft") + P("{{/leeg}}") + P("Na")).Text(People).ShouldBe("Voor\nblijft\nNa");

    [Fact]
    public void Condition_OverRows_LeavesNothingBehind()
        => With(Table(["Kop", ""], ["{{?leeg}}weg", "weg{{/leeg}}"], ["{{?gemeente}}", ""], ["blijft", "{{gemeente}}"], ["{{/gemeente}}", ""])).Text(People)
            .ShouldBe("| Kop |  |\n| blijft | Waterlanden |");

    [Fact]
    public void Condition_FillingAWholeParagraph_LeavesNoEmptyParagraph()
        => With(P("Voor") + P("{{?leeg}}tekst{{/leeg}}") + P("{{leeg}}") + P(" {{^gemeente}}x{{/gemeente}} ") + P("Na")).Text(People).ShouldBe("Voor\nNa");

    [Fact]
    public void EmptyParagraph_OfTheAuthor_Stays()
        => With(P("Voor") + "<w:p/>" + P("Na")).Text(People).ShouldBe("Voor\n\nNa");

    [Fact]
    public void Condition_OnAParagraphWithASectionBreak_KeepsTheSection()
    {
        const string Section = "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr></w:pPr><w:r><w:t>{{/leeg}}</w:t></w:r></w:p>";
        With(P("{{?leeg}}") + P("weg") + Section + P("Na")).Text(People).ShouldBe("\nNa");
    }

    [Fact]
    public void HeadersFootersAndNotes_AreFilled_AndPageFieldsStay()
    {
        const string Page = "<w:r><w:t xml:space=\"preserve\">{{gemeente}} </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>";
        var body = P("{{#namen}}") + "<w:p><w:r><w:t>{{.}}</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>" + P("{{/namen}}");
        var document = With(body).Header(P("Kop van {{gemeente}}")).Footer($"<w:p>{Page}</w:p>", "first")
            .Footnotes("<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> noot bij {{waarde}}</w:t></w:r></w:p></w:footnote>").Render(People);
        RenderedChecks.Text(document, "word/header1.xml").ShouldBe("Kop van Waterlanden");
        RenderedChecks.Text(document, "word/footer2.xml").ShouldBe("Waterlanden 1");
        RenderedChecks.Part(document.Bytes, "word/footer2.xml").ShouldContain("w:instr=\" PAGE \"");
        RenderedChecks.Text(document, "word/footnotes.xml").ShouldBe("\n\n noot bij Duif\n noot bij Merel\n noot bij Specht");
    }

    [Fact]
    public void HyperlinkAndInlineControl_AreFilled_AndGoWhenEmpty()
    {
        var body = "<w:p><w:r><w:t xml:space=\"preserve\">Zie </w:t></w:r><w:hyperlink r:id=\"web\"><w:r><w:t>{{gemeente}}</w:t></w:r></w:hyperlink><w:hyperlink r:id=\"web\"><w:r><w:t>{{leeg}}</w:t></w:r></w:hyperlink>"
            + Control("los", "<w:r><w:t>{{leeg}}</w:t></w:r>") + "</w:p>" + Control("ook", P("{{leeg}}"), 2);
        var document = With(body).Link("web", "hyperlink", "https://waterlanden.example/", external: true).Render(People);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("Zie Waterlanden");
        RenderedChecks.Part(document.Bytes, "word/document.xml").ShouldNotContain("w:sdt");
    }

    [Fact]
    public void Value_WithLinesTabsMarkupAndControls_IsSafe()
    {
        var data = TemplateData.Record(("t", "een\r\ntwee\tdrie\n<b>&\"'\u0000\u0007\uFFFE\uD800 😀 \u202Evier"));
        var document = With(P("[{{t}}]")).Render(data);
        RenderedChecks.Text(document, "word/document.xml").ShouldBe("[een↵twee→drie↵<b>&\"' 😀 vier]");
        document.Remarks.ShouldBe(["In het veld 't' zijn 5 stuurtekens weggehaald: ze kunnen niet in een document staan."]);
    }

    [Fact]
    public void Value_WithLeadingAndTrailingSpaces_KeepsThem()
        => With(P("[{{t}}]")).Text(TemplateData.Record(("t", "  a  b  "))).ShouldBe("[  a  b  ]");

    [Fact]
    public void Value_ThatLooksLikeATag_StaysText()
        => With(P("{{t}} {{gemeente}}")).Text(TemplateData.Record(("t", "{{gemeente}}"), ("gemeente", "Waterlanden"))).ShouldBe("{{gemeente}} Waterlanden");
}
