using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

public class ProtocolLoaderTests
{
    /// <summary>A small protocol that is right; each test spoils one thing.</summary>
    internal const string Small = """
        {
          "id": "klein", "versie": "1", "gemeente": "Kleindorp", "titel": "Protocol Kleindorp", "vanaf": "2025-01-01",
          "bronnen": [{ "id": "KLD", "titel": "Regeling Kleindorp" }],
          "functies": [{ "id": "wijkhoofd", "naam": "hoofd van de wijk" }],
          "woorden": [{ "begrip": "verantwoordelijke", "woord": "bevoegd gezag" }],
          "kalender": { "eindeOpVrijeDag": "blijft", "vrijeDagen": [{ "datum": "2025-05-30", "naam": "Brugdag" }] },
          "regels": [
            { "id": "melding.doorgeven", "artikel": "Kleindorp art. 1", "titel": "Doorgeven", "tekst": "Geef de melding door.", "wie": "wijkhoofd",
              "kracht": "moet", "fase": "melding", "als": "melderBekend of spoed", "posities": ["medewerker"], "vervuldDoor": ["melding-ontvangen"],
              "bron": [{ "document": "KLD", "artikel": "1", "regels": "10-12, 15" }] }
          ],
          "stukken": [
            { "soort": "kennisgeving", "titel": "Kennisgeving", "artikel": "Kleindorp art. 2", "wie": "verantwoordelijke", "kracht": "moet", "eigenKeuze": "Zo wil de raad het.",
              "elementen": [
                { "id": "kennisgeving.gedraging", "titel": "Gedraging", "kracht": "moet", "artikel": "Kleindorp art. 2a", "inhoud": "tekst", "vraag": "Wat?", "uitleg": "Schrijf.",
                  "bron": [{ "document": "KLD", "artikel": "2" }] }
              ] }
          ],
          "termijnen": [
            { "id": "bevestiging", "titel": "Bevestiging", "artikel": "Kleindorp art. 3", "wie": "functionaris-integriteit", "tekst": "Bevestig.", "lengte": "5 werkdagen",
              "per": "persoon", "rollen": ["melder"], "vanaf": ["melding-ontvangen"], "voldaanDoor": ["ontvangst-bevestigd"],
              "bron": [{ "document": "KLD", "artikel": "3" }] }
          ],
          "bevoegdheden": [
            { "posities": ["medewerker"], "taken": ["ontvangt"], "wie": ["gemeentesecretaris"], "artikel": "Kleindorp art. 4", "eigenKeuze": "Zo wil de raad het." }
          ],
          "inzage": [
            { "id": "inzage.melding", "wie": "betrokkene", "wat": "melding", "antwoord": "nee", "artikel": "Kleindorp art. 5", "tekst": "Niet.", "eigenKeuze": "Zo wil de raad het." }
          ],
          "bewaring": [
            { "id": "bewaring.opname", "wat": "opname", "moetNa": ["dossier-gesloten"], "termijn": "30 kalenderdagen", "toetsElke": "6 maanden", "artikel": "Kleindorp art. 6",
              "tekst": "Weg.", "eigenKeuze": "Zo wil de raad het." }
          ],
          "keuzes": [
            { "id": "inhoud", "vraag": "Wat?", "keuze": "Dit.", "alternatief": "Dat.", "reden": "Daarom.", "artikel": "Kleindorp art. 2", "uitwerking": ["kennisgeving.gedraging"],
              "bron": [{ "document": "KLD", "artikel": "2" }] }
          ]
        }
        """;

    [Fact]
    public void Load_SmallProtocol_HasEverythingTheFileSays()
    {
        var protocol = Load(Small).Value;
        protocol.ToString().ShouldBe("Protocol Kleindorp (klein 1)");
        protocol.IsInForceOn(new(2024, 12, 31)).ShouldBeFalse();
        protocol.IsInForceOn(new(2099, 1, 1)).ShouldBeTrue();
        protocol.Word("verantwoordelijke").ShouldBe("bevoegd gezag");
        protocol.Word("wijkhoofd").ShouldBe("hoofd van de wijk");
        protocol.Word("getuige").ShouldBe("getuige");
        protocol.MovesToWorkday.ShouldBeFalse();
        protocol.Workdays.IsWorkday(new(2025, 5, 30)).ShouldBeFalse();
        var rule = protocol.FindRule("melding.doorgeven")!;
        rule.Strength.ShouldBe(Strength.Must);
        rule.Phase.ShouldBe(RulePhase.Melding);
        rule.When.ToString().ShouldBe("melderBekend of spoed");
        rule.Origin.Sources.ShouldHaveSingleItem().ToString().ShouldBe("KLD 1 [10-12, 15]");
        protocol.FindElement("kennisgeving.gedraging")!.Question.ShouldBe("Wat?");
        protocol.Terms.ShouldHaveSingleItem().Length.ShouldBe(new TermLength(5, TermUnit.Workdays));
        protocol.FindAuthority("medewerker", AuthorityTask.Receives, CaseFacts.None)!.Holders.ShouldBe(["gemeentesecretaris"]);
        protocol.FindAuthority("medewerker", AuthorityTask.Imposes, CaseFacts.None).ShouldBeNull();
        protocol.Retention.ShouldHaveSingleItem().ReviewEvery.ShouldBe(new TermLength(6, TermUnit.Months));
    }

    // What is spoilt, by what, and then: the line, the path, and words that must stand in what, why or what now.
    [Theory]
    [InlineData("\"titel\": \"Doorgeven\"", "\"titul\": \"Doorgeven\"", 8, "$.regels[0].titul", "Kleindorp art. 1", "'titul' bestaat hier niet", "Bedoelt u 'titel'?")]
    [InlineData("\"titel\": \"Doorgeven\", ", "", 8, "$.regels[0]", "'titel' ontbreekt")]
    [InlineData("\"titel\": \"Doorgeven\"", "\"titel\": \"\"", 8, "$.regels[0].titel", "is leeg")]
    [InlineData("\"titel\": \"Doorgeven\"", "\"titel\": 7", 8, "$.regels[0].titel", "hoort een tekst, er staat een getal")]
    [InlineData("\"titel\": \"Doorgeven\"", "\"titel\": null", 8, "$.regels[0].titel", "er staat null")]
    [InlineData("\"vervuldDoor\": [\"melding-ontvangen\"]", "\"vervuldDoor\": [\"melding-ontvange\"]", 9, "$.regels[0].vervuldDoor[0]", "geen bekende gebeurtenis", "Bedoelt u 'melding-ontvangen'?")]
    [InlineData("\"vervuldDoor\": [\"melding-ontvangen\"]", "\"vervuldDoor\": \"melding-ontvangen\"", 9, "$.regels[0].vervuldDoor", "hoort een lijst", "rechte haken")]
    [InlineData("\"vervuldDoor\": [\"melding-ontvangen\"]", "\"vervuldDoor\": [\"melding-ontvangen\", \"melding-ontvangen\"]", 9, "$.regels[0].vervuldDoor[1]", "staat er twee keer")]
    [InlineData("\"wie\": \"wijkhoofd\"", "\"wie\": \"wijkhooft\"", 8, "$.regels[0].wie", "geen bekende actor", "Bedoelt u 'wijkhoofd'?")]
    [InlineData("\"kracht\": \"moet\", \"fase\"", "\"kracht\": \"moe\", \"fase\"", 9, "$.regels[0].kracht", "'moe', dat bestaat niet", "Bedoelt u 'moet'?")]
    [InlineData("\"kracht\": \"moet\", \"fase\"", "\"kracht\": \"in-de-regel\", \"fase\"", 9, "$.regels[0].kracht", "Bedoelt u 'in_de_regel'?")]
    [InlineData("\"fase\": \"melding\"", "\"fase\": \"slot\"", 9, "$.regels[0].fase", "'slot', dat bestaat niet", "Kies uit: afsluiting, altijd, beoordeling")]
    [InlineData("\"posities\": [\"medewerker\"], \"vervuldDoor\"", "\"posities\": [\"wethouders\"], \"vervuldDoor\"", 9, "$.regels[0].posities[0]", "geen bekende positie", "'wethouder'")]
    [InlineData("melderBekend of spoed", "melderBekend of spoet", 9, "$.regels[0].als", "Het feit 'spoet' bestaat niet", "teken 17", "'spoed'")]
    [InlineData("\"regels\": \"10-12, 15\"", "\"regels\": \"tien\"", 10, "$.regels[0].bron[0].regels", "geen regelnummers")]
    [InlineData("\"document\": \"KLD\", \"artikel\": \"1\"", "\"document\": \"KDL\", \"artikel\": \"1\"", 10, "$.regels[0].bron[0].document", "geen document uit 'bronnen'", "'KLD'")]
    [InlineData("\"artikel\": \"Kleindorp art. 3\", ", "", 20, "$.termijnen[0]", "Er staat geen artikel bij")]
    [InlineData("\"lengte\": \"5 werkdagen\"", "\"lengte\": \"5 werkdgen\"", 20, "$.termijnen[0].lengte", "geen eenheid", "Bedoelt u 'werkdagen'?")]
    [InlineData("\"lengte\": \"5 werkdagen\"", "\"lengte\": \"vijf werkdagen\"", 20, "$.termijnen[0].lengte", "geen lengte", "'5 werkdagen', of 'geen'")]
    [InlineData("\"lengte\": \"5 werkdagen\"", "\"lengte\": \"99999 werkdagen\"", 20, "$.termijnen[0].lengte", "geen lengte")]
    [InlineData("\"vanaf\": [\"melding-ontvangen\"], ", "", 20, "$.termijnen[0]", "'vanaf' ontbreekt")]
    [InlineData("\"per\": \"persoon\"", "\"per\": \"gemeente\"", 21, "$.termijnen[0].per", "begint of eindigt niet met een gebeurtenis")]
    [InlineData("\"id\": \"bevestiging\"", "\"id\": \"melding.doorgeven\"", 20, "$.termijnen[0].id", "al gebruikt", "regel 8")]
    [InlineData("\"id\": \"bevestiging\"", "\"id\": \"Bevestiging!\"", 20, "$.termijnen[0].id", "kan geen id zijn")]
    [InlineData("\"soort\": \"kennisgeving\"", "\"soort\": \"kennisgave\"", 13, "$.stukken[0].soort", "geen bekend soort stuk", "'kennisgeving'")]
    [InlineData("\"inhoud\": \"tekst\"", "\"inhoud\": \"proza\"", 15, "$.stukken[0].elementen[0].inhoud", "'proza', dat bestaat niet")]
    [InlineData("\"kracht\": \"moet\", \"artikel\": \"Kleindorp art. 2a\"", "\"kracht\": \"indien_van_toepassing\", \"artikel\": \"Kleindorp art. 2a\"", 15, "$.stukken[0].elementen[0]", "geen vraag bij of het geldt", "vraagOfVanToepassing")]
    [InlineData("\"vraag\": \"Wat?\", \"uitleg\"", "\"vraag\": \"Wat?\", \"vraagOfVanToepassing\": \"Geldt het?\", \"uitleg\"", 15, "$.stukken[0].elementen[0].vraagOfVanToepassing", "geldt altijd")]
    [InlineData("\"taken\": [\"ontvangt\"]", "\"taken\": [\"ontvangt\", \"straft\"]", 25, "$.bevoegdheden[0].taken[1]", "geen bekende waarde")]
    [InlineData("\"antwoord\": \"nee\"", "\"antwoord\": \"mischien\"", 28, "$.inzage[0].antwoord", "'mischien', dat bestaat niet")]
    [InlineData("\"uitwerking\": [\"kennisgeving.gedraging\"]", "\"uitwerking\": [\"kennisgeving.gedragin\"]", 35, "$.keuzes[0].uitwerking[0]", "'kennisgeving.gedragin' is geen regel", "'kennisgeving.gedraging'")]
    [InlineData("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"2025-01-01\", \"totEnMet\": \"2024-12-31\"", 2, "$.totEnMet", "einddatum ligt voor de begindatum")]
    [InlineData("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"1 januari 2025\"", 2, "$.vanaf", "geen datum", "jjjj-mm-dd")]
    [InlineData("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"2025-02-29\"", 2, "$.vanaf", "geen datum")]
    [InlineData("\"eindeOpVrijeDag\": \"blijft\"", "\"eindeOpVrijeDag\": \"schuif\"", 6, "$.kalender.eindeOpVrijeDag", "'schuift'")]
    [InlineData("\"gemeente\": \"Kleindorp\"", "\"gemeente\": \"Kleindorp\", \"gemeente\": \"Grootdorp\"", 2, "$.gemeente", "staat er twee keer")]
    [InlineData("\"gemeente\": \"Kleindorp\"", "\"gemeente\": \"Kleindorp\", \"vervallen\": [\"x\"]", 2, "$.vervallen", "Alleen een protocol dat bovenop een ander komt")]
    public void Load_OneMistake_IsNamedByLinePathArticleAndRemedy(string right, string wrong, int line, string path, params string[] words)
    {
        Small.Split(right).Length.ShouldBe(2, "the test must spoil exactly one place");
        var refusal = Load(Small.Replace(right, wrong, StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem();
        refusal.Why.ShouldContain($"klein.json, regel {line}, {path}");
        refusal.Subject.ShouldBe(path);
        foreach (var word in words) refusal.ToString().ShouldContain(word);
        refusal.WhatNow.ShouldNotBeNullOrWhiteSpace();
    }

    private const string Fulfilled = "\"vervuldDoor\": [\"melding-ontvangen\"]";

    [Fact]
    public void Load_HowARuleIsKept_IsWhatTheFileSays()
    {
        var rule = Load(Small.Replace(Fulfilled, $"{Fulfilled}, \"aantal\": 2, \"na\": [\"intake-gehouden\"], \"vervuldAls\": \"externOnderzoek\", \"geborgdIn\": [\"toegang\", \"register\"]", StringComparison.Ordinal)).Value.Rules[0];
        rule.Count.ShouldBe(2);
        rule.After.ShouldBe(["intake-gehouden"]);
        rule.FulfilledWhen!.ToString().ShouldBe("externOnderzoek");
        rule.GuardedBy.ShouldBe([RuleGuard.Access, RuleGuard.Register]);
        rule.Roles.ShouldBeEmpty();

        var other = Load(Small.Replace(Fulfilled, $"{Fulfilled}, \"rollen\": [\"melder\", \"getuige\"], \"voor\": [\"dossier-gesloten\"]", StringComparison.Ordinal)).Value.Rules[0];
        other.Roles.ShouldBe(["melder", "getuige"]);
        other.Before.ShouldBe(["dossier-gesloten"]);
        other.Count.ShouldBe(1);
        other.FulfilledWhen.ShouldBeNull();
        Load(Small.Replace(Fulfilled, "\"geborgdIn\": \"naamcontrole\"", StringComparison.Ordinal)).Value.Rules[0].GuardedBy.ShouldBe([RuleGuard.NameCheck]);
    }

    [Theory]
    [InlineData("\"aantal\": \"2\"", "$.regels[0].aantal", "hoort een getal")]
    [InlineData("\"aantal\": 1", "$.regels[0].aantal", "van 2 tot en met 99, er staat 1")]
    [InlineData("\"aantal\": 2.5", "$.regels[0].aantal", "er staat 2.5")]
    [InlineData("\"aantal\": 2, \"rollen\": [\"melder\"]", "$.regels[0].aantal", "kan geen aantal vragen")]
    [InlineData("\"rollen\": [\"voorzitter-or\"]", "$.regels[0].rollen[0]", "geen rol van een persoon")]
    [InlineData("\"rollen\": [\"getuigen\"]", "$.regels[0].rollen[0]", "Bedoelt u 'getuige'?")]
    [InlineData("\"geborgdIn\": [\"toegangen\"]", "$.regels[0].geborgdIn[0]", "Bedoelt u 'toegang'?")]
    [InlineData("\"geborgdIn\": \"slot\"", "$.regels[0].geborgdIn", "geen bekende waarborg")]
    [InlineData("\"geborgdIn\": \"register\", \"voor\": [\"dossier-gesloten\"]", "$.regels[0].voor", "niets om op te wachten")]
    [InlineData("\"vervuldAls\": \"extern\"", "$.regels[0].vervuldAls", "Het feit 'extern' bestaat niet")]
    [InlineData("\"na\": [\"gesprek\"]", "$.regels[0].na[0]", "geen bekende gebeurtenis")]
    [InlineData("\"na\": [\"melding-ontvangen\"]", "$.regels[0].vervuldDoor", "zo kan hij nooit open staan")]
    [InlineData("\"voor\": [\"melding-ontvangen\"]", "$.regels[0].voor", "eerst zijn voordat zij zelf mag")]
    public void Load_HowARuleIsKeptWrongly_IsNamed(string field, string path, string words)
    {
        var refusal = Load(Small.Replace(Fulfilled, $"{Fulfilled}, {field}", StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(path);
        refusal.ToString().ShouldContain(words);
        refusal.ToString().ShouldContain("Kleindorp art. 1");
    }

    [Fact]
    public void Load_WhatIsLeftOut_HasItsPlacesAndReason()
    {
        const string Left = """
            "nietOvergenomen": [
              { "bron": { "document": "KLD", "artikel": "9", "regels": "90" }, "wat": "Het archief heeft een balie.", "reden": "Geen taak van dit programma." },
              { "bron": [{ "document": "KLD", "artikel": "10" }, { "document": "KLD", "artikel": "11" }], "wat": "Kantoortijden.", "reden": "Geen taak van dit programma." }
            ],
            "regels": [
            """;
        var protocol = Load(Small.Replace("\"regels\": [", Left, StringComparison.Ordinal)).Value;
        protocol.LeftOut.Select(left => $"{string.Join("; ", left.Sources)}: {left.What}").ShouldBe(["KLD 9 [90]: Het archief heeft een balie.", "KLD 10; KLD 11: Kantoortijden."]);

        Load(Small.Replace("\"regels\": [", "\"nietOvergenomen\": [{ \"bron\": [], \"wat\": \"x\" }], \"regels\": [", StringComparison.Ordinal))
            .Refusals.Select(refusal => refusal.What).ShouldBe(["De lijst 'bron' is leeg.", "Het veld 'reden' ontbreekt."], ignoreOrder: true);
    }

    [Fact]
    public void Load_MoetWithoutSource_IsRefused()
    {
        var spoilt = Small.Replace(",\n      \"bron\": [{ \"document\": \"KLD\", \"artikel\": \"1\", \"regels\": \"10-12, 15\" }]", "", StringComparison.Ordinal);
        var refusal = Load(spoilt).Refusals.ShouldHaveSingleItem();
        refusal.What.ShouldBe("Hier moet iets, maar er staat niet bij waar dat vandaan komt.");
        refusal.Why.ShouldBe("klein.json, regel 8, $.regels[0] (Kleindorp art. 1).");
        refusal.WhatNow.ShouldContain("'bron'");
    }

    [Fact]
    public void Load_ElementOfAnotherKind_IsRefused()
        => Load(Small.Replace("kennisgeving.gedraging", "verslag.gedraging", StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem()
            .ToString().ShouldBe("Het element 'verslag.gedraging' hoort niet bij een stuk van de soort 'kennisgeving'. klein.json, regel 15, $.stukken[0].elementen[0].id (Kleindorp art. 2a). Begin de naam van het element met 'kennisgeving.'.");

    [Fact]
    public void Load_ManyMistakes_AreAllNamedAtOnce()
    {
        var spoilt = Small.Replace("wijkhoofd\",\n", "wijkbaas\",\n", StringComparison.Ordinal).Replace("5 werkdagen", "5 dagen", StringComparison.Ordinal)
            .Replace("\"taken\": [\"ontvangt\"]", "\"taken\": []", StringComparison.Ordinal).Replace("\"vanaf\": \"2025-01-01\"", "\"van\": \"2025-01-01\"", StringComparison.Ordinal);
        Load(spoilt).Refusals.Select(refusal => refusal.Subject).ShouldBe(["$.van", "$.regels[0].wie", "$.termijnen[0].lengte", "$.bevoegdheden[0].taken"], ignoreOrder: true);
    }

    [Fact]
    public void Load_TwoAuthoritiesForOneTask_IsRefusedUnlessTheirConditionsDiffer()
    {
        const string One = "{ \"posities\": [\"medewerker\"], \"taken\": [\"ontvangt\"], \"wie\": [\"gemeentesecretaris\"], \"artikel\": \"Kleindorp art. 4\", \"eigenKeuze\": \"Zo wil de raad het.\" }";
        var other = One.Replace("gemeentesecretaris", "burgemeester", StringComparison.Ordinal);
        Load(Small.Replace(One, $"{One}, {other}", StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem().What.ShouldContain("meer dan één bevoegde");

        var conditional = other.Replace("\"artikel\"", "\"als\": \"spoed\", \"artikel\"", StringComparison.Ordinal);
        var protocol = Load(Small.Replace(One, $"{One}, {conditional}", StringComparison.Ordinal)).Value;
        protocol.FindAuthority("medewerker", AuthorityTask.Receives, CaseFacts.None)!.Holders.ShouldBe(["gemeentesecretaris"]);
        protocol.FindAuthority("medewerker", AuthorityTask.Receives, CaseFacts.None.With(FactNames.Spoed, true))!.Holders.ShouldBe(["burgemeester"]);
    }

    [Theory]
    [InlineData("{ \"id\": \"klein\",, }", "regel 1, teken 17")]
    [InlineData("{\n  \"id\": \"klein\"\n  \"versie\": \"1\"\n}", "regel 3, teken 3")]
    [InlineData("", "regel 1")]
    [InlineData("{ \"id\": \"klein\" } rommel", "regel 1")]
    [InlineData("{ \"id\": \"klein\", }", "regel 1")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[", "regel 1")]
    [InlineData("{ // uitleg\n }", "regel 1")]
    public void Load_NotJson_SaysLineAndColumn(string json, string expected)
    {
        var refusal = Load(json).Refusals.ShouldHaveSingleItem();
        refusal.What.ShouldContain("geen geldige JSON");
        refusal.Why.ShouldContain(expected);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"tekst\"")]
    public void Load_NoObject_IsRefused(string json) => Load(json).Refusals.ShouldContain(refusal => refusal.What.StartsWith("Hier hoort een object", StringComparison.Ordinal));

    [Fact]
    public void Load_NotUtf8_IsRefused()
        => ProtocolLoader.Load(Encoding.Latin1.GetBytes("{ \"id\": \"één\" }"), "oud.json").Refusals.ShouldHaveSingleItem().What.ShouldContain("UTF-8");

    [Fact]
    public void Load_ByteOrderMark_IsNoMistake()
        => ProtocolLoader.Load([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small)], "klein.json").IsDone.ShouldBeTrue();

    [Fact]
    public void Load_HugeFile_IsRefusedUnread()
        => ProtocolLoader.Load(new byte[5 << 20], "groot.json").Refusals.ShouldHaveSingleItem().What.ShouldContain("te groot");

    [Fact]
    public void Load_EveryMutilatedByte_GivesARefusalOrAProtocolAndNeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(Small);
        for (var i = 0; i < bytes.Length; i += 7)
        {
            var spoilt = bytes.ToArray();
            spoilt[i] = (byte)"}\"x\\9"[i % 5];
            var outcome = ProtocolLoader.Load(spoilt, "klein.json");
            outcome.Refusals.ShouldAllBe(refusal => refusal.Why.Contains("klein.json", StringComparison.Ordinal));
            ProtocolLoader.Load(bytes.AsSpan(0, i), "klein.json").IsDone.ShouldBeFalse();
        }
    }

    private static Outcome<Protocol> Load(string json) => ProtocolLoader.Load(Encoding.UTF8.GetBytes(json), "klein.json");
}
