using static DossierKit.Tests.Documents.Engine.Hostile.Word;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>Loops and conditions in every place where people put them.</summary>
internal static class BlockCases
{
    private const string Main = "word/document.xml";

    private const string People = """{ "getuigen": [ { "naam": "A. Duif", "vragen": ["Wie?", "Wat?"], "tolk": false }, { "naam": "B. Merel", "vragen": [], "tolk": true } ], "niemand": [], "leeg": null, "gemeente": "Waterlanden" }""";

    public static IEnumerable<HostileCase> All()
    {
        yield return HostileCase.Of("loops in loops in rows, looking outward",
            With(P("{{#getuigen}}") + P("{{naam}}", "Kop1") + Table(["Vraag", "Wie"], ["{{#vragen}}", ""], ["{{.}}", "{{naam}} te {{gemeente}}"], ["{{/vragen}}", ""]) + P("{{/getuigen}}") + P("Na")).Styles(),
            People, "A. Duif\n| Vraag | Wie |\n| Wie? | A. Duif te Waterlanden |\n| Wat? | A. Duif te Waterlanden |\nB. Merel\n| Vraag | Wie |\nNa");

        yield return HostileCase.Of("a list without items leaves no paragraph, row or table",
            With(P("Voor") + P("{{#niemand}}") + P("{{naam}}") + P("{{/niemand}}") + Table(["{{#niemand}}{{naam}}", "{{/niemand}}"]) + P("Tussen") + Table(["Kop", "Kop"], ["{{#niemand}}", ""], ["{{naam}}", ""], ["{{/niemand}}", ""]) + P("{{?leeg}}weg{{/leeg}}") + P("{{leeg}}") + P("Na")),
            People, "Voor\nTussen\n| Kop | Kop |\nNa");

        yield return HostileCase.Of("cells that hold only a condition, only a loop, only a nested table",
            With(Table(["{{?leeg}}weg{{/leeg}}", P("{{#niemand}}") + P("x") + P("{{/niemand}}"), Table(["{{#niemand}}{{naam}}{{/niemand}}"]) + "<w:p/>"], [P("{{?leeg}}") + Table(["weg"]) + P("{{/leeg}}"), "{{leeg}}", P("{{^leeg}}") + Table(["blijft"]) + P("{{/leeg}}")]) + P("Na")),
            People, "|  |  | |  | /  |\n|  |  | | blijft | /  |\nNa");

        yield return HostileCase.Of("a loop whose ends stand in the first and last cell, with rows that merge",
            With("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + P("Getuigen") + "</w:tc></w:tr>"
                + "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>" + P("{{#getuigen}}{{naam}}") + "</w:tc><w:tc>" + P("een") + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>" + P("twee{{/getuigen}}") + "</w:tc></w:tr></w:tbl>" + P("Na")),
            People, "| Getuigen |\n| A. Duif | een |\n|  | twee |\n| B. Merel | een |\n|  | twee |\nNa");

        yield return HostileCase.Of("numbering that begins anew per item, at every level, also in a loop in a loop",
            With(P("{{#getuigen|nummer}}") + P("{{naam}}") + Numbered("punt") + "<w:p><w:r><w:t>{{#vragen|nummer}}</w:t></w:r></w:p>" + Numbered("{{.}}") + Numbered("onder", 1) + P("{{/vragen}}") + Numbered("slot") + P("{{/getuigen}}") + Numbered("los")).Numbering(),
            People, "A. Duif\npunt\nWie?\nonder\nWat?\nonder\nslot\nB. Merel\npunt\nslot\nlos", ("word/numbering.xml", "<w:num w:numId=\"5\""), ("word/numbering.xml", "!<w:num w:numId=\"6\""), (Main, "w:numId w:val=\"1\""));

        yield return HostileCase.Of("ids, bookmarks and drawings in what repeats",
            With(P("{{#getuigen}}") + $"<w:p w14:paraId=\"00AA0001\" w14:textId=\"77777777\">{Bookmark("getuige", R("{{naam}}"), 5)}{Picture(3)}</w:p>" + Sdt(P("{{gemeente}}"), 12345, "<w:alias w:val=\"Vak\"/><w:tag w:val=\"vak\"/>") + P("{{/getuigen}}") + $"<w:p w14:paraId=\"00AA0002\">{Picture(3)}</w:p>")
                .Link("foto", "image", "media/foto.png").Part("word/media/foto.png", "image/png", Png),
            People, "A. Duif\nWaterlanden\nB. Merel\nWaterlanden\n", (Main, "w:name=\"getuige_2\""), ("[Content_Types].xml", "image/png"));

        yield return HostileCase.Of("text boxes in a loop, for new programs and for old ones", With(P("{{#getuigen}}") + Par(R("x") + TextBox(P("Vak {{naam}}") + P("{{?tolk}}met tolk{{/tolk}}"))) + P("{{/getuigen}}")),
            People, "x[Vak A. Duif]\nx[Vak B. Merel / met tolk]", (Main, "v:textbox"));

        yield return HostileCase.Of("a loop and an emptied condition inside a text box", With(Par(TextBox(P("{{#getuigen}}") + P("{{naam}}") + P("{{/getuigen}}"))) + Par(TextBox(P("{{?leeg}}") + P("weg") + P("{{/leeg}}"), 8)) + P("Na")),
            People, "[A. Duif / B. Merel]\n[]\nNa");

        yield return HostileCase.Of("content controls around paragraphs, runs, rows and cells, nested and bound to data",
            With(Sdt(P("Blok {{gemeente}}") + Sdt(P("Binnen {{gemeente}}"), 2), 1, "<w:dataBinding w:xpath=\"/x\" w:storeItemID=\"{00000000-0000-0000-0000-000000000000}\"/>") + Par(R("Regel ") + Sdt(R("{{gemeente}}"), 3, "<w:showingPlcHdr/>"))
                + "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/></w:tblGrid>" + Sdt("<w:tr><w:tc>" + P("{{#getuigen}}{{naam}}{{/getuigen}}") + "</w:tc></w:tr>", 4) + "<w:tr>" + Sdt("<w:tc>" + P("{{gemeente}}") + "</w:tc>", 5) + "</w:tr></w:tbl>" + P("Na")),
            People, "Blok Waterlanden\nBinnen Waterlanden\nRegel Waterlanden\n| A. DuifB. Merel |\n|  |\nNa", (Main, "!dataBinding"), (Main, "!showingPlcHdr"), (Main, "<w:tc><w:p><w:r><w:t xml:space=\"preserve\">Waterlanden"));

        yield return HostileCase.Of("a loop inside a content control, and content controls that repeat", With(Sdt(P("{{#getuigen}}") + P("{{naam}}") + P("{{/getuigen}}"), 1) + P("{{#getuigen}}") + Sdt(Par(R("{{naam}}")), 2) + P("{{/getuigen}}") + Sdt(P("{{#niemand}}") + P("x") + P("{{/niemand}}"), 3) + P("Na")),
            People, "A. Duif\nB. Merel\nA. Duif\nB. Merel\nNa");

        yield return HostileCase.Of("section breaks inside a loop, each with its headers",
            With(P("{{#getuigen}}") + P("{{naam}}") + Section("nextPage", "<w:headerReference w:type=\"default\" r:id=\"header1\"/>") + P("{{/getuigen}}") + P("Na")).Header(P("Kop {{gemeente}}")),
            People, "A. Duif\n\nB. Merel\n\nNa").Also("word/header1.xml", "Kop Waterlanden");

        yield return HostileCase.Of("headers and footers of the first, the even and the other pages, with a loop and page numbers",
            With(P("x")).Header(P("{{#getuigen}}") + P("{{naam}}") + P("{{/getuigen}}")).Header(Table(["{{gemeente}}", "{{?leeg}}weg{{/leeg}}"]) + "<w:p/>", "first").Header(P("{{?leeg}}weg{{/leeg}}"), "even").Footer(Par(R("{{gemeente}} ") + Field("1", " PAGE "))).Footer(Par(R("{{gem") + R("eente}}")), "first").Settings("<w:evenAndOddHeaders/>"),
            People, "x").Also("word/header1.xml", "A. Duif\nB. Merel").Also("word/header2.xml", "| Waterlanden |  |\n").Also("word/header3.xml", "").Also("word/footer4.xml", "Waterlanden 1").Also("word/footer5.xml", "Waterlanden");

        yield return HostileCase.Of("footnotes and endnotes in loops, and one that a condition leaves out",
            With(P("{{#getuigen}}") + Par(R("{{naam}}") + "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r>") + P("{{/getuigen}}") + Par(R("{{?leeg}}weg") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + R("{{/leeg}}Slot")))
                .Footnotes("<w:footnote w:id=\"1\">" + Par("<w:r><w:footnoteRef/></w:r>" + R(" Bij {{naam}}")) + P("{{#vragen}}{{.}} {{/vragen}}") + "</w:footnote><w:footnote w:id=\"2\">" + P("Noot {{onbekend}}") + "</w:footnote>")
                .Endnotes("<w:endnote w:id=\"1\">" + Par("<w:r><w:endnoteRef/></w:r>" + R(" Eind {{naam}}")) + "</w:endnote>"),
            People, "A. Duif\nB. Merel\nSlot").Also("word/footnotes.xml", "\n\n Bij A. Duif\nWie? Wat? \n Bij B. Merel").Also("word/endnotes.xml", "\n\n Eind A. Duif\n Eind B. Merel");

        yield return HostileCase.Of("page breaks and column breaks in loops and conditions", With(P("{{#getuigen}}") + Par(R("{{naam}}")) + Par("<w:r><w:br w:type=\"page\"/></w:r>") + P("{{/getuigen}}") + Par(R("{{?leeg}}") + "<w:r><w:br w:type=\"page\"/></w:r>" + R("{{/leeg}}")) + P("Na")),
            People, "A. Duif\n↵\nB. Merel\n↵\nNa");

        yield return HostileCase.Of("conditions within a sentence, both sides, in each other", With(P("Met {{?tolk}}tolk{{/tolk}}{{^tolk}}{{?gemeente}}niemand uit {{gemeente}}{{/gemeente}}{{/tolk}}.") + P("{{#getuigen}}{{naam}}{{?tolk}} (tolk){{/tolk}}{{^vragen}} (geen vragen){{/vragen}}; {{/getuigen}}")),
            """{ "tolk": false, "gemeente": "Waterlanden", "getuigen": [ { "naam": "A", "tolk": true, "vragen": [] }, { "naam": "B", "tolk": false, "vragen": ["x"] } ] }""", "Met niemand uit Waterlanden.\nA (tolk) (geen vragen); B; ");

        yield return HostileCase.Of("a list of lists, of numbers, of days, of nothing, and a record as a scope",
            With(P("{{#rijen}}") + P("{{#cellen}}{{.}},{{/cellen}}") + P("{{/rijen}}") + P("{{#getallen}}{{.}} {{/getallen}}") + P("{{#dagen}}{{.|kort}} {{/dagen}}") + P("{{#wie}}{{naam}} {{adres.plaats}}{{/wie}}") + P("{{#gaten}}[{{.}}]{{/gaten}}")),
            """{ "rijen": [ { "cellen": [1, 2] }, { "cellen": [] } ], "getallen": [1, 2.5, -3], "dagen": ["2026-01-01"], "wie": { "naam": "Pim", "adres": { "plaats": "Waterlanden" } }, "gaten": ["a", null, ""] }""",
            "1,2,\n1 2,5 -3 \n01-01-2026 \nPim Waterlanden\n[a][][]");

        yield return HostileCase.Of("a table in a table in a loop, and paragraphs around tables that repeat", With(P("{{#getuigen}}") + Table([Table(["{{naam}}", "{{#vragen}}{{.}}{{/vragen}}"]) + P("onder {{naam}}")]) + P("{{/getuigen}}") + P("Na")),
            People, "| | A. Duif | Wie?Wat? | / onder A. Duif |\n\n| | B. Merel |  | / onder B. Merel |\nNa");

        yield return HostileCase.Of("rows in rows of one table, with conditions on rows and within them",
            With(Table(["Naam", "Vraag"], ["{{#getuigen}}", ""], ["{{naam}}", "{{?tolk}}tolk{{/tolk}}"], ["{{#vragen}}", ""], ["", "{{.}}"], ["{{/vragen}}", ""], ["{{?tolk}}met", "tolk{{/tolk}}"], ["{{/getuigen}}", ""], ["{{?leeg}}", ""], ["weg", "weg"], ["{{/leeg}}", ""], ["Slot", "{{gemeente}}"]) + P("Na")),
            People, "| Naam | Vraag |\n| A. Duif |  |\n|  | Wie? |\n|  | Wat? |\n| B. Merel | tolk |\n| met | tolk |\n| Slot | Waterlanden |\nNa");

        yield return HostileCase.Of("a condition around a heading and a table, kept and left out", With(P("{{?gemeente}}") + P("Kop A", "Kop1") + Table(["{{gemeente}}"]) + P("{{/gemeente}}") + P("{{?leeg}}") + P("Kop B", "Kop1") + Table(["weg"]) + P("{{/leeg}}") + P("Na")).Styles(),
            People, "Kop A\n| Waterlanden |\nNa", (Main, "!Kop B"));

        yield return HostileCase.Of("numbered paragraphs that a list or a condition leaves out", With(Numbered("een") + P("{{#niemand}}") + Numbered("weg {{naam}}") + P("{{/niemand}}") + Numbered("{{?leeg}}weg{{/leeg}}") + Numbered("{{leeg}}") + Numbered("twee")).Numbering(), People, "een\ntwee");

        yield return HostileCase.Of("five hundred items, each with a bookmark, a table and a note",
            With(P("{{#rij}}") + $"<w:p w14:paraId=\"00AA0001\">{Bookmark("een_naam_van_precies_veertig_tekens_lang", R("{{.}}"), 5)}<w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>" + Table(["{{.}}"]) + P("{{/rij}}") + P("Na")).Footnotes("<w:footnote w:id=\"1\">" + Par("<w:r><w:footnoteRef/></w:r>" + R(" {{.}}")) + "</w:footnote>"),
            "{ \"rij\": [" + string.Join(',', Enumerable.Range(1, 500)) + "] }", string.Concat(Enumerable.Range(1, 500).Select(number => $"{number}\n| {number} |\n")) + "Na");

        yield return HostileCase.Of("six lists in each other, with a value from every level",
            With(P("{{#a}}{{#b}}{{#c}}{{#d}}{{#e}}{{#f}}{{va}}{{vb}}{{vc}}{{vd}}{{ve}}{{.}};{{/f}}{{/e}}{{/d}}{{/c}}{{/b}}{{/a}}")),
            """{ "a": [ { "va": 1, "b": [ { "vb": 2, "c": [ { "vc": 3, "d": [ { "vd": 4, "e": [ { "ve": 5, "f": [6, 7] } ] } ] } ] } ] } ] }""", "123456;123457;");

        yield return HostileCase.Of("check boxes, dates and lists to choose from, in a loop",
            With(P("{{#getuigen}}") + Par(Sdt(R("☒"), 10, "<w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox>") + R(" {{naam}} ") + Sdt(R("{{gemeente}}"), 11, "<w:date w:fullDate=\"2026-01-01T00:00:00Z\"><w:dateFormat w:val=\"d-M-yyyy\"/><w:lid w:val=\"nl-NL\"/><w:storeMappedDataAs w:val=\"dateTime\"/><w:calendar w:val=\"gregorian\"/></w:date>")) + P("{{/getuigen}}")),
            People, "☒ A. Duif Waterlanden\n☒ B. Merel Waterlanden", (Main, "w14:checkbox"));

        yield return HostileCase.Of("a text box of the old kind alone", With(P("{{#getuigen}}") + Par("<w:r><w:pict><v:shape id=\"oud\" style=\"width:100pt;height:50pt\"><v:textbox><w:txbxContent>" + P("Oud {{naam}}") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>") + P("{{/getuigen}}")), People, "[Oud A. Duif]\n[Oud B. Merel]");

        yield return HostileCase.Of("paragraphs that keep their marks: frames, borders, tabs and styles around a loop", With("<w:p><w:pPr><w:pStyle w:val=\"Kop1\"/><w:keepNext/><w:tabs><w:tab w:val=\"right\" w:pos=\"9000\"/></w:tabs></w:pPr>" + R("{{#getuigen}}{{naam}}") + "<w:r><w:tab/></w:r>" + R("{{gemeente}}") + "<w:r><w:br/></w:r>" + R("{{/getuigen}}") + "</w:p>").Styles(),
            People, "A. Duif→Waterlanden↵B. Merel→Waterlanden↵");
    }
}
