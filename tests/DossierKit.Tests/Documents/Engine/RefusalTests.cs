using System.Text;
using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>Everything a template is refused for, with its place and a way out.</summary>
public sealed class RefusalTests
{
    private static string[] Rules(byte[] file) => [.. DocumentTemplate.Compile(file, "brief.docx").Refusals.Select(r => r.Subject!)];

    [Fact]
    public void Compile_SeveralProblems_NamesThemAllWithPlaces()
    {
        var refusals = With(P("Horen", "Kop1") + P("Geachte {{naam, welkom") + P("Beste {{naam|lagn}}") + Table(["a", "b"], ["c", "{{/los}}"])).Styles().Refusals();
        string.Join('\n', refusals).ShouldBe("""
            De tag '{{naam, welkom' is niet gesloten: }} ontbreekt in dezelfde alinea. Plaats: tekst, onder de kop 'Horen', alinea 2, bij 'Geachte {{naam, welkom'. Zet }} achter de naam van het veld.
            '{{naam|lagn}}': de opmaak 'lagn' bestaat niet. Plaats: tekst, onder de kop 'Horen', alinea 3, bij 'Beste {{naam|lagn}}'. Bedoelt u 'lang'? De mogelijkheden zijn: lang, kort, dag, maand, jaar, iso, tijd, getal, bedrag, hoofdletter, hoofdletters, klein, lijst, keuze, aantal, ja/nee.
            '{{/los}}' sluit iets wat niet open is. Plaats: tekst, onder de kop 'Horen', tabel 1, rij 2, cel 2, bij '{{/los}}'. Haal de tag weg, of zet {{#…}} of {{?…}} ervoor.
            """);
    }

    [Theory]
    [InlineData("{{naam", "tag-niet-gesloten")]
    [InlineData("{{a {{b}}", "tag-niet-gesloten")]
    [InlineData("naam}}", "tag-los-einde")]
    [InlineData("{{}}", "tag-leeg")]
    [InlineData("{{naam betrokkene}}", "tag-naam")]
    [InlineData("{{a..b}}", "tag-naam")]
    [InlineData("{{1a}}", "tag-naam")]
    [InlineData("{{{a}}}", "tag-naam")]
    [InlineData("{{a|bedragg}}", "opmaak-onbekend")]
    [InlineData("{{#a|lang}}x{{/a}}", "tag-opmaak")]
    [InlineData("{{?a|lang}}x{{/a}}", "tag-opmaak")]
    [InlineData("{{#a}}x", "blok-niet-gesloten")]
    [InlineData("x{{/a}}", "blok-los-einde")]
    [InlineData("{{#a}}{{?b}}x{{/a}}{{/b}}", "blok-gekruist")]
    public void Compile_FaultyTag_IsRefused(string text, string rule)
        => With(P(text)).Refusals().Select(r => r.Subject).ShouldContain(rule);

    [Fact]
    public void Compile_BlockWithTextBeforeItsStart_SaysToGiveItAParagraph()
        => With(P("Tekst {{?a}}") + P("x") + P("{{/a}}")).Refusals().Single().ToString()
            .ShouldBe("'{{?a}}' hoort bij een blok van meer alinea's, maar er staat tekst voor in dezelfde alinea. Plaats: tekst, alinea 1, bij 'Tekst {{?a}}'. Zet '{{?a}}' alleen in een eigen alinea.");

    [Fact]
    public void Compile_LoopFromCellToOutsideItsTable_IsRefused()
        => With(Table(["{{#a}}", "x"]) + P("{{/a}}")).Refusals().Single().Subject.ShouldBe("blok-plaats");

    [Fact]
    public void Compile_LoopFromNestedTableToOuterRow_IsRefused()
        => With(Table([Table(["{{#a}}x"]) + P("y"), "z{{/a}}"]) + P("Na")).Refusals().ShouldContain(r => r.Subject == "blok-plaats");

    [Fact]
    public void Compile_LoopThroughTheEdgeOfAControl_IsRefused()
        => With(Control("x", P("{{#a}}") + P("b")) + P("{{/a}}")).Refusals().Single().Subject.ShouldBe("blok-plaats");

    [Fact]
    public void Compile_BlocksThatCrossInOneRow_IsRefused()
        => With(Table(["{{#a}}1", "{{/a}}{{#b}}2"], ["3", "{{/b}}4"])).Refusals().ShouldContain(r => r.Subject!.StartsWith("blok-", StringComparison.Ordinal));

    [Fact]
    public void Compile_WordFieldCutByACondition_IsRefused()
    {
        const string Begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>";
        const string End = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        With($"<w:p>{Begin}<w:r><w:t>{{{{?a}}}}</w:t></w:r>{End}<w:r><w:t>{{{{/a}}}}</w:t></w:r></w:p>").Refusals().Single().Subject.ShouldBe("veld-gekruist");
    }

    [Fact]
    public void Compile_TagInAlternativeTextOrFieldCode_IsRefused()
        => With("<w:p><w:fldSimple w:instr=\" HYPERLINK {{a}} \"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>").Refusals().ShouldContain(r => r.Subject == "tag-plaats");

    [Theory]
    [InlineData("DDEAUTO c:\\\\x cmd")]
    [InlineData(" INCLUDETEXT \"http://x/y.docx\"")]
    [InlineData("IncludePicture x")]
    [InlineData("LINK Excel.Sheet x")]
    public void Compile_FieldThatFetches_IsRefused(string instruction)
    {
        var half = instruction.Length / 2;
        var complex = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + instruction[..half].Replace("\"", "&quot;", StringComparison.Ordinal) + "</w:instrText></w:r><w:r><w:instrText>"
            + instruction[half..].Replace("\"", "&quot;", StringComparison.Ordinal) + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
        With(complex).Refusals().Single().Subject.ShouldBe("veld-verboden");
        With($"<w:p><w:fldSimple w:instr=\"{instruction.Replace("\"", "&quot;", StringComparison.Ordinal)}\"/></w:p>").Refusals().Single().Subject.ShouldBe("veld-verboden");
    }

    [Theory]
    [InlineData("<w:instrText xml:space=\"preserve\">&#10;DDEAUTO&#10;x</w:instrText>", true)]
    [InlineData("<w:instrText>INCLUDEPICTURE x</w:instrText>", false)]
    [InlineData("<w:t>INCLUDEPICTURE x</w:t>", true)]
    public void Compile_FieldThatFetchesInDisguise_IsRefused(string instruction, bool closed)
    {
        // Story: the instruction stood on a second line of the field code, or the field was never closed, or its code was typed as plain text.
        // Word reads all three as the same field.
        var field = $"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>{instruction}</w:r>{(closed ? "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" : "")}</w:p>";
        With(field).Refusals().ShouldContain(refusal => refusal.Subject == "veld-verboden");
    }

    [Fact]
    public void Compile_ReferenceToNothing_IsRefusedWithItsPlace()
    {
        // Story: a file put together by another program named a header that was not in it. The letter made from it opened in no program at all.
        var refusal = With("<w:p><w:hyperlink r:id=\"rIdNergens\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>").Refusals().Single();
        refusal.Subject.ShouldBe("docx-kapot");
        refusal.Why.ShouldContain("alinea 1");
    }

    [Fact]
    public void Compile_FieldInAHeader_IsRefusedToo()
        => With(P("x")).Header("<w:p><w:fldSimple w:instr=\"DDE a b\"/></w:p>").Refusals().Single().Why.ShouldStartWith("Plaats: koptekst");

    [Theory]
    [InlineData("attachedTemplate", "file:///C:/x.dotm", "sjabloon-gekoppeld")]
    [InlineData("image", "https://spion.example/p.png", "plaatje-elders")]
    [InlineData("oleObject", "file:///x", "verwijzing-buiten")]
    [InlineData("hyperlink", "https://waterlanden.example/%7B%7Bnummer}}", "tag-plaats")]
    [InlineData("hyperlink", "file:///server/map", "koppeling")]
    [InlineData("hyperlink", "\\\\server\\map", "koppeling")]
    public void Compile_ExternalRelationship_IsRefused(string kind, string target, string rule)
        => With(P("x")).Link("weg", kind, target, external: true).Refusals().Single().Subject.ShouldBe(rule);

    [Fact]
    public void Compile_RemotePictureInVml_IsRefused()
        => With("<w:p><w:r><w:pict><v:shape><v:imagedata src=\"https://spion.example/p.png\"/></v:shape></w:pict></w:r></w:p>").Refusals().Single().Subject.ShouldBe("plaatje-elders");

    [Theory]
    [InlineData("https://waterlanden.example/")]
    [InlineData("mailto:info@waterlanden.example")]
    public void Compile_PlainHyperlink_IsFine(string target)
        => With(P("x")).Link("web", "hyperlink", target, external: true).Compile().ShouldNotBeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Compile_MoreNodesThanATemplateHas_IsRefusedWithoutATree(int parts)
    {
        // Story: five such files at once, each of a few MB, took 690 MB; in one part, or in many small ones.
        var random = new Random(4);
        var docx = With(P("x"));
        for (var part = 0; part < parts; part++)
        {
            var text = new System.Text.StringBuilder("<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
            for (var i = 0; i < 240_000 / parts; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<w:p w:rsidR=\"{random.Next():X8}\"/>");
            docx = docx.Link($"kop{part}", "header", $"kop{part}.xml").Part($"word/kop{part}.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml", text.Append("</w:hdr>").ToString());
        }

        var bytes = docx.Build();
        bytes.Length.ShouldBeLessThan(8 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        DocumentTemplate.Compile(bytes, "sjabloon.docx").Refusals.ShouldNotBeEmpty();
        // Trees are made of no more than the limit, however many parts there are.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200L << 20);
    }

    [Fact]
    public void Compile_AltChunk_IsRefused()
        => With("<w:altChunk r:id=\"x\"/>" + P("x")).Link("x", "aFChunk", "stuk.html").Part("word/stuk.html", "text/html", "<p>x").Refusals().ShouldContain(r => r.Subject == "vreemd-document");

    [Fact]
    public void Compile_Macros_AreRefused()
    {
        With(P("x")).MainType("application/vnd.ms-word.document.macroEnabled.main+xml").Refusals().Single().Subject.ShouldBe("macro");
        With(P("x")).Part("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", [1, 2, 3]).Refusals().Single().Subject.ShouldBe("macro");
    }

    [Fact]
    public void Compile_EmbeddedObject_IsRefused()
        => With(P("x")).Link("ole", "oleObject", "embeddings/x.bin").Part("word/embeddings/x.bin", "application/vnd.openxmlformats-officedocument.oleObject", [1]).Refusals().Single().Subject.ShouldBe("ingesloten-object");

    [Fact]
    public void Compile_DuplicateElement_NamesBothPlaces()
    {
        var refusal = With(Control("element:kennisgeving.horen", P("Eerste")) + Control("element:kennisgeving.horen", P("Tweede"), 2)).Refusals().Single();
        refusal.Subject.ShouldBe("element-dubbel");
        refusal.Why.ShouldContain("alinea 2");
        refusal.WhatNow.ShouldContain("alinea 1");
    }

    [Fact]
    public void Compile_DoctypeOrEntities_IsRefused()
        => With(P("x")).Part("word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
            "<!DOCTYPE s [<!ENTITY a \"b\">]><w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">&a;</w:styles>").Link("s", "styles", "styles.xml").Refusals().Single().Subject.ShouldBe("xml-dtd");

    [Fact]
    public void Compile_DeepXml_IsRefusedWithoutOverflow()
        => With(P("x")).Header(string.Concat(Enumerable.Repeat("<w:p>", 100_000)) + string.Concat(Enumerable.Repeat("</w:p>", 100_000))).Refusals().Single().Subject.ShouldBe("xml-kapot");

    [Fact]
    public void Compile_HugeXml_IsRefusedBeforeItBecomesATree()
        => With(P("x")).Header("<w:p>" + string.Join(' ', Enumerable.Range(0, 3_000_000)) + "</w:p>").Refusals().Single().Subject.ShouldBe("xml-kapot");

    [Fact]
    public void Compile_TextFile_IsRefused() => Rules(Encoding.UTF8.GetBytes("Dit is geen document.")).ShouldBe(["docx-geen"]);

    [Fact]
    public void Compile_EmptyFile_IsRefused() => Rules([]).ShouldBe(["docx-geen"]);

    [Fact]
    public void Compile_OtherZip_IsRefused() => Rules(Zip([("a.txt", "b")])).ShouldBe(["docx-geen"]);

    [Fact]
    public void Compile_CutZip_IsRefused() => Rules(With(P("x")).Build()[..^40]).ShouldBe(["docx-kapot"]);

    [Fact]
    public void Compile_EncryptedOrOldFile_IsRefused() => Rules([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).ShouldBe(["docx-versleuteld"]);

    [Fact]
    public void Compile_ZipBomb_IsRefusedBeforeItIsUnpackedWhole()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rules(With(P("x")).Part("word/media/bom.bin", "image/png", new byte[80 << 20]).Build()).ShouldBe(["docx-te-groot"]);
        Rules(With(P("x")).Part("word/media/bom.bin", "image/png", new byte[40 << 20]).Build()).ShouldBe(["docx-te-groot"]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(900L << 20);
        Rules(Zip(Enumerable.Range(0, 2_001).Select(i => ($"word/{i}.xml", "")))).ShouldBe(["docx-te-groot"]);
    }

    [Fact]
    public void Compile_NameThatClimbsOut_IsRefused() => Rules(Zip([("[Content_Types].xml", "<Types/>"), ("../../etc/x", "y")])).ShouldBe(["docx-kapot"]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compile_RandomDamage_NeverCrashes(int seed)
    {
        var random = new Random(seed);
        var good = With(P("{{#a}}") + Table(["{{b}}", "c"]) + P("{{/a}}")).Styles().Numbering().Header(P("k")).Build();
        for (var i = 0; i < 150; i++)
        {
            var bad = good.ToArray();
            for (var n = random.Next(1, 20); n > 0; n--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            DocumentTemplate.Compile(bad, "x.docx").ShouldNotBeNull();
        }
    }
}
