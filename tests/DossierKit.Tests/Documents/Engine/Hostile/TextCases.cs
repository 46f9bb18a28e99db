using static DossierKit.Tests.Documents.Engine.Hostile.Word;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine.Hostile;

/// <summary>Tags as Word leaves them in running text, and values as people leave them in files.</summary>
internal static class TextCases
{
    private const string Main = "word/document.xml";

    public static IEnumerable<HostileCase> All()
    {
        yield return HostileCase.Of("tags cut up by formatting, bookmarks, proofing, language and breaks",
            With(Par(R("Geachte {", "<w:b/>") + "<w:proofErr w:type=\"gramStart\"/>" + R("{bet", "<w:b/><w:lang w:val=\"en-US\"/>") + "<w:bookmarkStart w:id=\"4\" w:name=\"hier\"/>" + R("rokkene", "<w:i/>") + "<w:bookmarkEnd w:id=\"4\"/>"
                    + "<w:proofErr w:type=\"gramEnd\"/>" + "<w:r><w:lastRenderedPageBreak/><w:t>.na</w:t></w:r>" + R("am}", "<w:u w:val=\"single\"/>") + R("}, dag."))),
            """{ "betrokkene": { "naam": "J. van Schelpenwaard" } }""", "Geachte J. van Schelpenwaard, dag.", (Main, "<w:b/></w:rPr><w:t xml:space=\"preserve\">J. van Schelpenwaard"), (Main, "w:name=\"hier\""));

        yield return HostileCase.Of("a tag of one letter a run", With(Runs([.. "Op {{datum|lang}} om {{tijd}}.".Select(c => c.ToString())])),
            """{ "datum": "2026-03-02", "tijd": "09:05" }""", "Op 2 maart 2026 om 09:05.");

        yield return HostileCase.Of("spaces, no-break spaces, zero-width and capitals inside a tag", With(P("{{ Betrokkene.Naam\u00A0}} en {{\u200Bdatum \u00A0|\u00A0kort\u00AD}}")),
            """{ "betrokkene": { "naam": "Griendhorster" }, "datum": "2026-12-01" }""", "Griendhorster en 01-12-2026");

        yield return HostileCase.Of("tags in tracked insertions, deletions and moves",
            With(Par(R("Beste ") + Deleted("{{oud}} ") + Inserted(R("{{na")) + Inserted(R("am}}"), 902) + "<w:moveFrom w:id=\"903\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"><w:r><w:t>{{weg}}</w:t></w:r></w:moveFrom>"
                    + "<w:moveToRangeStart w:id=\"904\" w:name=\"m1\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"/><w:moveTo w:id=\"905\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\">" + R(" uit {{plaats}}") + "</w:moveTo><w:moveToRangeEnd w:id=\"904\"/>", "<w:rPr><w:ins w:id=\"906\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"/></w:rPr>")
                + "<w:p><w:pPr><w:rPr><w:del w:id=\"907\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Eerste </w:t></w:r></w:p>" + P("helft {{naam}}")
                + Table(["{{naam}}", "blijft"]) + P("tussen") + "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr><w:trPr><w:del w:id=\"908\" w:author=\"x\" w:date=\"2026-01-01T00:00:00Z\"/></w:trPr><w:tc>" + P("{{weg}}") + "</w:tc></w:tr><w:tr><w:tc>" + P("rij") + "</w:tc></w:tr></w:tbl>" + P("Na")),
            """{ "naam": "Pim", "plaats": "Waterlanden" }""", "Beste Pim uit Waterlanden\nEerste helft Pim\n| Pim | blijft |\ntussen\n| rij |\nNa", (Main, "!w:ins "), (Main, "!w:del "), (Main, "!Meeuwenstein"), (Main, "!moveTo"));

        yield return HostileCase.Of("comments around and inside a tag",
            With(Par("<w:commentRangeStart w:id=\"1\"/>" + R("{{na") + "<w:commentRangeEnd w:id=\"1\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference w:id=\"1\"/></w:r>" + R("am}}"))).Comments("<w:comment w:id=\"1\" w:author=\"K. Meeuwenstein\" w:initials=\"KM\"><w:p><w:r><w:t>Wie is dit?</w:t></w:r></w:p></w:comment>"),
            """{ "naam": "Pim" }""", "Pim", (Main, "!comment"), ("[Content_Types].xml", "!comments"));

        yield return HostileCase.Of("values with lines, tabs, markup, emoji, right-to-left and combining marks",
            With(P("[{{tekst}}]") + P("{{rtl}}") + Table(["{{tekst}}"]) + P("{{lang}}")),
            "{ \"tekst\": \"een\\r\\ntwee\\ndrie\\tvier <b>&amp; \\\"vijf\\\" 'zes' \\ud83d\\udc69\\u200d\\ud83d\\ude80 e\\u0301 \\u0000\\u0008\\u001b\", \"rtl\": \"\\u0645\\u0631\\u062d\\u0628\\u0627 en \\u05e9\\u05dc\\u05d5\\u05dd\", \"lang\": \"" + new string('x', 200_000) + "\" }",
            "[een↵twee↵drie→vier <b>&amp; \"vijf\" 'zes' 👩\u200d🚀 e\u0301 ]\nمرحبا en שלום\n| een↵twee↵drie→vier <b>&amp; \"vijf\" 'zes' 👩\u200d🚀 e\u0301  |\n" + new string('x', 200_000), (Main, "!\u001b"));

        yield return (HostileCase.Of("values that look like tags, XML, fields and entities", With(P("{{a}} {{b}} {{c}} {{d}}")),
            """{ "a": "{{b}} {{#a}}", "b": "</w:t></w:r><w:p/>", "c": "]]>&#x41;<!-- -->", "d": "{DDEAUTO c:\\x}" }""", "{{b}} {{#a}} </w:t></w:r><w:p/> ]]>&#x41;<!-- --> {DDEAUTO c:\\x}", (Main, "!<w:p/>")) with
        { HasBraces = true }).Showing("]]>&#x41;");

        yield return HostileCase.Of("every kind of value, with and without a format",
            With(P("{{d}}; {{d|lang}}; {{d|kort}}; {{d|dag}}; {{d|maand}}; {{d|jaar}}; {{d|iso}}") + P("{{n}}; {{n|getal}}; {{n|bedrag}}; {{f}}; {{f|getal}}; {{f|bedrag}}") + P("{{t}}; {{t|tijd}}; {{j}}; {{j|ja/nee}}; {{x|ja/nee}}")
                + P("{{l|lijst}}; {{l|keuze}}; {{l|aantal}}; {{l|hoofdletters|lijst}}; {{s|hoofdletter}}; {{s|klein}}") + P("[{{leeg}}{{leeg|lang}}{{leeg|bedrag}}]") + P("{{dd|lijst}}; {{dd|kort|lijst}}")),
            """{ "d": "2024-02-29", "n": 1234567, "f": 1234.5, "t": "09:05", "j": true, "x": false, "l": ["mail", null, "foto", "brief"], "s": "ijsselMEER", "leeg": null, "dd": ["2026-01-01", "2026-02-01"] }""",
            "29 februari 2024; 29 februari 2024; 29-02-2024; donderdag 29 februari 2024; februari 2024; 2024; 2024-02-29\n1234567; 1.234.567; €\u00A01.234.567,00; 1234,5; 1.234,5; €\u00A01.234,50\n09:05; 09:05; ja; ja; nee\nmail, foto en brief; mail, foto of brief; 4; MAIL, FOTO en BRIEF; IJsselMEER; ijsselmeer\n[]\n1 januari 2026 en 1 februari 2026; 01-01-2026 en 01-02-2026");

        yield return HostileCase.Of("an instant as computers write it, where a day or a time is asked", With(P("{{moment|lang}} om {{moment|tijd}}; {{duur|tijd}}")),
            """{ "moment": "2026-03-02T14:30:00+01:00", "duur": "08:15:30" }""", "2 maart 2026 om 14:30; 08:15");

        yield return HostileCase.Of("page numbers, dates and references, simple and complex, cut up, with and without a result",
            With(Par(R("Pagina ") + Field("1", " PA", "GE ") + R(" van ") + "<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>3</w:t></w:r></w:fldSimple>" + R(" voor {{naam}}"))
                + Par("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" + R(" en ") + "<w:fldSimple w:instr=\" NUMPAGES \"/>")
                + Par(Field("{{naam}}", " HYPERLINK \"https://waterlanden.example/\" "))),
            """{ "naam": "Pim" }""", "Pagina 1 van 3 voor Pim\n1 en 1\nPim", (Main, "NUMPAGES"), (Main, "w:fldCharType=\"separate\""));

        yield return HostileCase.Of("references to bookmarks, outside and inside what repeats, before and after their bookmark",
            With(Par(Bookmark("_Ref100", R("Artikel 1"), 1)) + P("{{#punten}}")
                + Par(R("Zie ") + Field("x", " REF ", "_Ref2", "00 \\h ") + R(", pagina ") + "<w:fldSimple w:instr=\" PAGEREF _Ref200 \\h \"><w:r><w:t>1</w:t></w:r></w:fldSimple>" + R(" en ") + Field("Artikel 1", " REF _Ref100 \\h ") + "<w:hyperlink w:anchor=\"_Ref200\"><w:r><w:t>hier</w:t></w:r></w:hyperlink>")
                + Par(Bookmark("_Ref200", R("{{.}}"), 2)) + Par(Field("{{.}}", " HYPERLINK \\l \"_Ref200\" ")) + P("{{/punten}}") + Par(Field("a", " REF _Ref200 \\h "))),
            """{ "punten": ["a", "b", "c"] }""", "Artikel 1\nZie x, pagina 1 en Artikel 1hier\na\na\nZie x, pagina 1 en Artikel 1hier\nb\nb\nZie x, pagina 1 en Artikel 1hier\nc\nc\na",
            (Main, "w:name=\"_Ref200_3\""), (Main, " REF _Ref200_3 \\h "), (Main, " PAGEREF _Ref200_2 \\h "), (Main, "w:anchor=\"_Ref200_2\""), (Main, "HYPERLINK \\l \"_Ref200_2\""), (Main, "w:anchor=\"_Ref200\""));

        yield return HostileCase.Of("a table of contents over headings that repeat",
            With("<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>" + Par("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + R("Inhoud van {{naam}}"))
                + Par("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>") + "</w:sdtContent></w:sdt>" + P("{{#delen}}") + Par(Bookmark("_Toc1", R("Deel {{.}}"), 1), "<w:pStyle w:val=\"Kop1\"/>") + P("tekst") + P("{{/delen}}")).Styles(),
            """{ "naam": "Pim", "delen": ["A", "B"] }""", "Inhoud van Pim\n\nDeel A\ntekst\nDeel B\ntekst", (Main, "w:name=\"_Toc1_2\""), (Main, "TOC \\o"));

        yield return HostileCase.Of("links to the web and to a place, with tags in their text",
            With(Par("<w:hyperlink r:id=\"web\" w:history=\"1\">" + R("{{na", "<w:b/>") + R("am}}") + "</w:hyperlink>" + R(" of ") + "<w:hyperlink w:anchor=\"slot\">" + R("{{leeg}}") + "</w:hyperlink>") + Par(Bookmark("slot", R("Slot"), 3)))
                .Link("web", "hyperlink", "https://waterlanden.example/a?b=1&amp;c=2", external: true),
            """{ "naam": "Pim", "leeg": "" }""", "Pim of \nSlot", ("word/_rels/document.xml.rels", "b=1&amp;c=2"), (Main, "!w:anchor"));

        yield return HostileCase.Of("symbols, math, ruby, hyphens, tabs and drawn lines around tags",
            With(Par("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>" + R(" {{naam}}") + "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>" + "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>a+b</m:t></m:r></m:oMath>"
                + "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val=\"center\"/><w:hps w:val=\"10\"/><w:hpsRaise w:val=\"20\"/><w:hpsBaseText w:val=\"20\"/><w:lid w:val=\"ja-JP\"/></w:rubyPr><w:rt><w:r><w:t>op</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>basis</w:t></w:r></w:rubyBase></w:ruby></w:r>") + P("{{leeg}}")),
            """{ "naam": "Pim", "leeg": null }""", " Pim→opbasis", (Main, "w:sym"), (Main, "a+b"), (Main, "noBreakHyphen"));
    }
}
