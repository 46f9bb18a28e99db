using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The shipped protocol of Waterlanden says what the sources behind it say.</summary>
public class WaterlandenTests
{
    // The letter of today starts the ten werkdagen, as the charge of before 2020 did.
    [Theory]
    [InlineData("zienswijze-gevraagd")]
    [InlineData("tenlastelegging-gedaan")]
    public void Zienswijze_FromTheLetter_IsDueInTenWorkdays(string letter)
    {
        ProtocolEvent[] events = [new(letter, new(2026, 6, 1), "b1") { Role = "betrokkene" }];
        var term = Terms.Of(events, Waterlanden, CaseFacts.None, new(2026, 6, 2)).Single(running => running.Rule.Id == "verantwoording");
        term.Due.ShouldBe(new DateOnly(2026, 6, 15));
    }

    // 1162 of Ommen: at the wederhoor, so from the invitation on and not only afterwards.
    [Fact]
    public void Findings_AtTheWederhoor_AreShownFromTheInvitationOn()
        => Waterlanden.Access.Single(rule => rule.Id == "inzage.rapport-wederhoor").From.ShouldContain("wederhoor-aangeboden");

    private static readonly Protocol Waterlanden = ProtocolLibrary.Shipped.Find("waterlanden", "2025")!;

    [Fact]
    public void Shipped_Waterlanden_LoadsWithoutFaults()
    {
        using var stream = typeof(Protocol).Assembly.GetManifestResourceStream("DossierKit.Protocols.Data.waterlanden-2025.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        ProtocolLoader.Load(bytes, "waterlanden-2025.json").Refusals.ShouldBeEmpty();
    }

    // Elements and strengths, per kind; the order is that of the document.
    [Theory]
    [InlineData("kennisgeving", Strength.Must, "onderzoek gedraging horen raadsman uitbreiding")]
    [InlineData("kennisgeving", Strength.AsARule, "nog-geen-oordeel onderzoekers medewerking rechten protocol vervolg contact ondersteuning")]
    [InlineData("kennisgeving", Strength.IfApplicable, "ordemaatregel uitstel")]
    [InlineData("kennisgeving", Strength.May, "wie-geinformeerd geen-contact")]
    [InlineData("onderzoeksopdracht", Strength.Must, "aanleiding doel vragen methoden instemming bevoegdheden grenzen duur capaciteit kosten onderzoekers")]
    [InlineData("gespreksverslag", Strength.Must, "gegevens onderzoekers weergave commentaar handtekening")]
    [InlineData("gespreksverslag", Strength.AsARule, "voorlichting paraaf")]
    [InlineData("gespreksverslag", Strength.IfApplicable, "bijstand afwijkende-mening weigering opname")]
    [InlineData("feitenrapportage", Strength.Must, "opdracht casus regels werkwijze resultaten gesprekken wederhoor klacht geen-aanbeveling")]
    [InlineData("feitenrapportage", Strength.IfApplicable, "afwijkingen")]
    [InlineData("beslisdocument", Strength.Must, "samenvatting oordeel verwijtbaarheid omstandigheden")]
    [InlineData("beslisdocument", Strength.May, "advies vervolg")]
    [InlineData("tenlastelegging", Strength.AsARule, "feiten plichtsverzuim uitnodiging raadsman")]
    [InlineData("tenlastelegging", Strength.IfApplicable, "voornemen")]
    [InlineData("zienswijze", Strength.IfApplicable, "voornemen")]
    [InlineData("besluit-directeurenteam", Strength.Must, "besluit overwegingen motivering deelnemers")]
    [InlineData("niet-onderzoekswaardig", Strength.Must, "reden")]
    [InlineData("registratieformulier", Strength.Must, "betrokkene melder beschrijving soorten onderzoek afdoening")]
    [InlineData("registratieformulier", Strength.IfApplicable, "samenhang eerder")]
    [InlineData("verantwoordingsverslag", Strength.Must, "aanwezigen doel weergave handtekening")]
    [InlineData("voortgangsbericht", Strength.May, "stand vervolg")]
    [InlineData("bijlagenlijst", Strength.May, "stukken")]
    [InlineData("niet-onderzoekswaardig", Strength.IfApplicable, "verwijzing")]
    public void Elements_OfAKind_HaveTheirStrength(string kind, Strength strength, string names)
        => Waterlanden.FindDocument(kind)!.Elements.Where(element => element.Strength == strength).Select(element => element.Id)
            .ShouldBe(names.Split(' ').Select(name => $"{kind}.{name}"));

    [Theory]
    [InlineData("kennisgeving.gedraging", "HVN 2.6 [459]")]
    [InlineData("kennisgeving.horen", "HVN 2.6 [461]")]
    [InlineData("kennisgeving.raadsman", "HVN 2.6 [463]")]
    [InlineData("kennisgeving.uitbreiding", "HVN 2.6 [465]")]
    [InlineData("kennisgeving.wie-geinformeerd", "OMM bijlage 6, kennisgeving [1106]")]
    [InlineData("kennisgeving.geen-contact", "OMM bijlage 6, kennisgeving [1107]")]
    public void Elements_OfTheKennisgeving_NameTheirSource(string id, string source)
    {
        var element = Waterlanden.FindElement(id)!;
        element.Article.ShouldStartWith("Waterlanden art. 6.2");
        element.Origin.Sources.Select(reference => reference.ToString()).ShouldContain(source);
    }

    [Theory]
    [InlineData("ontvangstbevestiging", 5, TermUnit.Workdays)]
    [InlineData("intake.gesprek", 2, TermUnit.Weeks)]
    [InlineData("intake.verslag", 2, TermUnit.Weeks)]
    [InlineData("geen-onderzoek.bericht", 2, TermUnit.Weeks)]
    [InlineData("directeurenteam.besluit", 3, TermUnit.Days)]
    [InlineData("gespreksverslag.verzenden", 3, TermUnit.Workdays)]
    [InlineData("gespreksverslag.terug", 5, TermUnit.Workdays)]
    [InlineData("verantwoording", 10, TermUnit.Workdays)]
    [InlineData("verantwoording.verslag", 3, TermUnit.Workdays)]
    [InlineData("jaarverslag", 1, TermUnit.Years)]
    [InlineData("verslag-college", 3, TermUnit.Years)]
    public void Terms_OfTheSources_HaveTheirLength(string id, int count, TermUnit unit)
        => Waterlanden.Terms.Single(term => term.Id == id).Length.ShouldBe(new TermLength(count, unit));

    [Theory]
    [InlineData(PositionNames.Medewerker, "gemeentesecretaris", "gemeentesecretaris", "gemeentesecretaris")]
    [InlineData(PositionNames.Gemeentesecretaris, "burgemeester", "burgemeester", "college")]
    [InlineData(PositionNames.Wethouder, "burgemeester", "burgemeester", "raad")]
    [InlineData(PositionNames.Raadslid, "burgemeester", "burgemeester", "raad")]
    [InlineData(PositionNames.Burgemeester, "commissaris-van-de-koning", "commissaris-van-de-koning", "kroon")]
    public void Authority_ByPosition_IsNeverThePersonThemselves(string position, string commissions, string judges, string imposes)
    {
        Waterlanden.FindAuthority(position, AuthorityTask.Receives, CaseFacts.None)!.Holders.ShouldBe([commissions]);
        Waterlanden.FindAuthority(position, AuthorityTask.Commissions, CaseFacts.None)!.Holders.ShouldBe([commissions]);
        Waterlanden.FindAuthority(position, AuthorityTask.Judges, CaseFacts.None)!.Holders.ShouldBe([judges]);
        Waterlanden.FindAuthority(position, AuthorityTask.Imposes, CaseFacts.None)!.Holders.ShouldBe([imposes]);
        foreach (var authority in Waterlanden.Authorities) authority.Holders.ShouldNotContain(authority.Position);
    }

    [Fact]
    public void Authority_OverTheGriffie_OnlyWhenTheRaadAdoptedTheProtocol()
    {
        Waterlanden.FindAuthority(PositionNames.Griffier, AuthorityTask.Receives, CaseFacts.None).ShouldBeNull();
        Waterlanden.FindAuthority(PositionNames.Griffier, AuthorityTask.Receives, CaseFacts.None.With(FactNames.GriffieOnderProtocol, false)).ShouldBeNull();
        Waterlanden.FindAuthority(PositionNames.Griffier, AuthorityTask.Receives, CaseFacts.None.With(FactNames.GriffieOnderProtocol, true))!.Holders.ShouldBe(["burgemeester"]);
    }

    [Fact]
    public void Authority_EveryPositionAndTask_IsNamedForSomeCase()
    {
        var facts = CaseFacts.None.With(FactNames.GriffieOnderProtocol, true);
        foreach (var position in PositionNames.All)
            foreach (var task in Enum.GetValues<AuthorityTask>())
                Waterlanden.FindAuthority(position, task, facts).ShouldNotBeNull($"{position} {task}");
    }

    [Theory]
    [InlineData(true, "medewerker", false)]
    [InlineData(false, "medewerker", true)]
    [InlineData(true, "wethouder", true)]
    public void Tenlastelegging_LaterThan2020OrForPoliticians_IsReplacedByTheZienswijze(bool old, string position, bool replaced)
    {
        var replacement = Waterlanden.FindDocument("tenlastelegging")!.Replacement!;
        replacement.Kind.ShouldBe("zienswijze");
        replacement.Warning.ShouldContain("2020");
        replacement.When.Holds(CaseFacts.None.With(FactNames.OudAmbtenarenrecht, old).With(FactNames.Positie, position)).ShouldBe(replaced);
        Waterlanden.FindDocument("zienswijze").ShouldNotBeNull();
    }

    [Fact]
    public void ElementsFor_PoliticalOfficeHolder_LeavesOutTheDutyToCooperate()
    {
        var kennisgeving = Waterlanden.FindDocument("kennisgeving")!;
        kennisgeving.ElementsFor(CaseFacts.None.With(FactNames.Positie, PositionNames.Wethouder)).ShouldNotContain(element => element.Id == "kennisgeving.medewerking");
        kennisgeving.ElementsFor(CaseFacts.None.With(FactNames.Positie, PositionNames.Medewerker)).ShouldContain(element => element.Id == "kennisgeving.medewerking");
        kennisgeving.ElementsFor(CaseFacts.None).Count.ShouldBe(kennisgeving.Elements.Count);
    }

    [Fact]
    public void Beslisdocument_Ongegrond_AsksNothingAboutBlame()
        => Waterlanden.FindDocument("beslisdocument")!.ElementsFor(CaseFacts.None.With(FactNames.Gegrond, false)).Select(element => element.Id)
            .ShouldBe(["beslisdocument.samenvatting", "beslisdocument.oordeel", "beslisdocument.vervolg"]);

    [Theory]
    [InlineData("2026-05-15")]
    [InlineData("2027-05-07")]
    public void Workdays_FridayAfterHemelvaart_IsNone(string day)
        => Waterlanden.Workdays.IsWorkday(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).ShouldBeFalse();

    [Fact]
    public void Retention_NumbersOfDays_AreLabelledAsTheMunicipalitysOwn()
    {
        var recording = Waterlanden.Retention.Single(rule => rule.What == "opname");
        recording.Length.ShouldBe(new TermLength(30, TermUnit.Days));
        recording.RipeAfter.ShouldBe(["verslag-vastgesteld"]);
        recording.DueAfter.ShouldBe(["dossier-gesloten"]);
        Waterlanden.Retention.ShouldAllBe(rule => rule.Origin.OwnChoice != null);
    }

    [Fact]
    public void Choices_EveryConflictOfTheSources_IsDecided()
    {
        string[] conflicts =
        [
            "meldpunt", "bevoegd-gemeentesecretaris", "bevoegd-politiek", "bericht-geen-onderzoek", "aangifte", "wederhoor", "opname", "benadeelden-en-getuigen",
            "rapport-betrokkene", "personeelsdossier", "spreekplicht", "oordeel", "maatregel", "melder-einde", "leidinggevende", "observatie", "raadsman",
            "anonieme-melding", "bewaren", "burgemeester", "opdrachtgever", "kennisgeving-inhoud", "verslag-vorm", "tenlastelegging", "welk-protocol", "werkdagen", "afwijken",
        ];
        foreach (var conflict in conflicts) Waterlanden.Choices.ShouldContain(choice => choice.Id == conflict);
    }

    [Fact]
    public void Articles_OfEverything_AreNumberedByWaterlandenItself()
    {
        var articles = Waterlanden.Rules.Select(rule => rule.Article).Concat(Waterlanden.Terms.Select(term => term.Article))
            .Concat(Waterlanden.Documents.Select(document => document.Article)).Concat(Waterlanden.Documents.SelectMany(document => document.Elements).Select(element => element.Article))
            .Concat(Waterlanden.Authorities.Select(authority => authority.Article)).Concat(Waterlanden.Access.Select(rule => rule.Article))
            .Concat(Waterlanden.Retention.Select(rule => rule.Article)).Concat(Waterlanden.Choices.Select(choice => choice.Article));
        articles.ShouldAllBe(article => System.Text.RegularExpressions.Regex.IsMatch(article, @"^Waterlanden art\. [0-9]+\.[0-9]+( onder [a-z])?$"));
    }

    [Fact]
    public void Terms_EveryScopePersonTerm_SaysWhomItConcerns()
        => Waterlanden.Terms.Where(term => term.Scope is TermScope.Person or TermScope.Reference).ShouldAllBe(term => term.Roles.Count > 0);

    /// <summary>What nothing else can show is asked of a person; the list is short on purpose, and each new one is a choice.</summary>
    [Fact]
    public void Rules_ThatMustBeKept_CanBeShownByAnEventAFactOrThePerson()
        => Waterlanden.Rules.Where(rule => rule is { Strength: Strength.Must, FulfilledBy.Count: 0, FulfilledWhen: null, GuardedBy.Count: 0 }).Select(rule => rule.Id).ShouldBe(
        [
            "melding.bescherming", "beoordeling.leidinggevende", "opdracht.directeurenteam-geen-mail", "methoden.lichtste", "methoden.werkplek", "maatregel.rollen", "maatregel.gelijke-gevallen",
            "afsluiting.derden",
        ]);

    // Who is owed what, person by person (HRL 12.2 and 14, HVN 1.6, 2.6, 2.7 and 4.3).
    [Theory]
    [InlineData("registratie.formulier", "betrokkene")]
    [InlineData("melding.ontvangst-bevestigen", "melder")]
    [InlineData("or.vooraf", "betrokkene")]
    [InlineData("or.vooraf-getuige", "getuige")]
    [InlineData("kennisgeving.schriftelijk", "betrokkene")]
    [InlineData("gesprek.verslag", "betrokkene getuige")]
    [InlineData("wederhoor.gelegenheid", "betrokkene")]
    [InlineData("oordeel.verantwoordelijke", "betrokkene")]
    [InlineData("afsluiting.partijen", "betrokkene benadeelde getuige")]
    [InlineData("afsluiting.melder", "melder")]
    [InlineData("afsluiting.leidinggevende", "leidinggevende")]
    [InlineData("afsluiting.nazorg", "betrokkene benadeelde getuige")]
    public void Rules_OwedToAPerson_SayToWhom(string id, string roles) => Waterlanden.FindRule(id)!.Roles.ShouldBe(roles.Split(' '));

    [Fact]
    public void Observation_WithoutTheFgOrWithoutExternals_IsNotKept()
    {
        var kept = Waterlanden.FindRule("methoden.observatie")!.FulfilledWhen!;
        var both = CaseFacts.None.With(FactNames.FgGetoetst, true).With(FactNames.ExternOnderzoek, true);
        kept.Evaluate(both).ShouldBe(true);
        kept.Evaluate(both.With(FactNames.FgGetoetst, false)).ShouldBe(false);
        kept.Evaluate(both.With(FactNames.ExternOnderzoek, false)).ShouldBe(false);
    }

    [Theory]
    [InlineData("betrokkene", "uitkomst", AccessAnswer.Yes)]
    [InlineData("betrokkene", "maatregel", AccessAnswer.Yes)]
    [InlineData("leidinggevende", "uitkomst", AccessAnswer.Yes)]
    [InlineData("melder", "uitkomst", AccessAnswer.Yes)]
    [InlineData("melder", "maatregel", AccessAnswer.No)]
    public void Access_ToTheOutcome_DiffersByWhoAsks(string who, string what, AccessAnswer answer)
        => Waterlanden.Access.Single(rule => rule.Who == who && rule.What == what).Answer.ShouldBe(answer);

    // HVN 3.3 [791]: of a conversation; whoever wrote had none.
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Term_VerslagOfTheZienswijze_RunsOnlyAfterAConversation(bool spoken, int running)
    {
        var given = new ProtocolEvent("verantwoording-afgelegd", new(2026, 3, 2), "b1") { Role = "betrokkene" };
        Terms.Of([given], Waterlanden, CaseFacts.None.WithPerson("b1", FactNames.MondelingeVerantwoording, spoken), new(2026, 3, 3)).Count(term => term.Rule.Id == "verantwoording.verslag").ShouldBe(running);
    }
}
