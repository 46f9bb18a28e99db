using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// What someone who reads the protocol of Heerenveen (in force 18 March 2011 to 10 October 2016) would look up, and what this program must answer.
/// Written from the source; the numbers in the comments are lines of its text.
/// </summary>
public class HeerenveenTests
{
    private static readonly Protocol Heerenveen = ProtocolLibrary.Shipped.Find("heerenveen", "2011")!;

    // Line 5.
    [Theory]
    [InlineData("2011-03-17", false)]
    [InlineData("2011-03-18", true)]
    [InlineData("2016-10-10", true)]
    [InlineData("2016-10-11", false)]
    public void InForce_FirstAndLastDay_AreThoseOfTheSource(string day, bool inForce) => Heerenveen.IsInForceOn(Day(day)).ShouldBe(inForce);

    // 969-987 and note 67 (1315); 825 and 891 for the penalty; 737, 1003 for politicians.
    [Theory]
    [InlineData("medewerker", AuthorityTask.Receives, "gemeentesecretaris")]
    [InlineData("medewerker", AuthorityTask.Commissions, "gemeentesecretaris")]
    [InlineData("medewerker", AuthorityTask.Judges, "gemeentesecretaris")]
    [InlineData("medewerker", AuthorityTask.Imposes, "college")]
    [InlineData("gemeentesecretaris", AuthorityTask.Commissions, "burgemeester")]
    [InlineData("gemeentesecretaris", AuthorityTask.Imposes, "college")]
    [InlineData("wethouder", AuthorityTask.Commissions, "burgemeester college raad")]
    [InlineData("wethouder", AuthorityTask.Imposes, "raad")]
    [InlineData("raadslid", AuthorityTask.Receives, "burgemeester raad")]
    [InlineData("raadslid", AuthorityTask.Imposes, "raad")]
    [InlineData("burgemeester", AuthorityTask.Receives, "seniorenconvent")]
    [InlineData("burgemeester", AuthorityTask.Commissions, "commissaris-van-de-koning")]
    [InlineData("burgemeester", AuthorityTask.Judges, "commissaris-van-de-koning")]
    [InlineData("burgemeester", AuthorityTask.Imposes, "kroon")]
    public void Authority_ByPosition_IsThatOfTheSource(string position, AuthorityTask task, string holders)
        => Heerenveen.FindAuthority(position, task, CaseFacts.None)!.Holders.ShouldBe(holders.Split(' '));

    [Theory]
    [InlineData("griffier")]
    [InlineData("griffiemedewerker")]
    public void Authority_OverTheGriffie_IsNobodysBecauseTheSourceIsSilent(string position)
    {
        foreach (var task in Enum.GetValues<AuthorityTask>()) Heerenveen.FindAuthority(position, task, CaseFacts.None).ShouldBeNull();
    }

    // 61, 153, 1095: the griffier joins the assessors for a raadslid and the burgemeester, for nobody else.
    [Theory]
    [InlineData("raadslid", true)]
    [InlineData("burgemeester", true)]
    [InlineData("wethouder", false)]
    [InlineData("medewerker", false)]
    public void Assessors_GriffierJoins_OnlyForRaadslidAndBurgemeester(string position, bool joins)
    {
        Heerenveen.FindAuthority(position, AuthorityTask.Receives, CaseFacts.None)!.Assistants.Contains("griffier").ShouldBe(joins);
        Heerenveen.FindRule("beoordeling.griffier")!.Positions.Contains(position).ShouldBe(joins);
    }

    // What each document must hold, and with what strength. In the order of the source.
    [Theory]
    [InlineData("ontvangstbevestiging", Strength.Must, "ontvangst vervolg")] // 171
    [InlineData("niet-onderzoekswaardig", Strength.Must, "reden")] // 251
    [InlineData("onderzoeksopdracht", Strength.Must, "aanleiding doel vragen methoden instemming duur capaciteit kosten bevoegdheden")] // 419-435
    [InlineData("aanvullende-opdracht", Strength.Must, "wat waarom")] // 437, 449
    [InlineData("kennisgeving", Strength.Must, "onderzoek gedraging horen raadsman uitbreiding")] // 457-465
    [InlineData("kennisgeving", Strength.AsARule, "")] // silence demands nothing
    [InlineData("kennisgeving", Strength.May, "")]
    [InlineData("ordemaatregel", Strength.Must, "maatregel reden duur gehoord")] // 473-481
    [InlineData("uitnodiging-gesprek", Strength.Must, "doel duur")] // 513, 525
    [InlineData("gespreksverslag", Strength.Must, "gegevens onderzoekers weergave commentaar handtekening paraaf")] // 519, 531-533, 681-685
    [InlineData("gespreksverslag", Strength.IfApplicable, "afwijkende-mening weigering anonieme-verklaring")] // 687-691, 533
    [InlineData("feitenrapportage", Strength.Must, "opdracht casus regels resultaten geen-aanbeveling")] // 703-713
    [InlineData("feitenrapportage", Strength.AsARule, "werkwijze")] // 693, 697: laid down and open to judgement, but not in the list of what the report holds
    [InlineData("tenlastelegging", Strength.Must, "")] // 771: "in de regel"
    [InlineData("tenlastelegging", Strength.AsARule, "feiten plichtsverzuim uitnodiging raadsman")] // 773, 775, 779, 781
    [InlineData("tenlastelegging", Strength.IfApplicable, "voornemen")] // 777: "eventueel"
    [InlineData("verantwoordingsverslag", Strength.Must, "aanwezigen doel weergave handtekening verzending")] // 789, 791
    [InlineData("verantwoordingsverslag", Strength.IfApplicable, "weigering")] // 791
    [InlineData("strafbesluit", Strength.Must, "straf feiten evenredigheid rechtsgrond bezwaar ondertekening")] // 829, 839, 891
    [InlineData("strafbesluit", Strength.May, "verzwarend verminderend")] // 849-885
    [InlineData("strafbesluit", Strength.IfApplicable, "tegenwerpingen eerdere-zaken voorwaarden")] // 891, 947, 843
    [InlineData("registratieformulier", Strength.Must, "betrokkene leidinggevende beschrijving soorten onderzoek afdoening")] // 121-129, 919, 945
    [InlineData("registratieformulier", Strength.AsARule, "melder")] // 127: "zo mogelijk"
    public void Elements_OfAKind_HaveTheStrengthOfTheSource(string kind, Strength strength, string names)
        => Heerenveen.FindDocument(kind)!.Elements.Where(element => element.Strength == strength).Select(element => element.Id)
            .ShouldBe(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{kind}.{name}"));

    // Nothing of these stands in the source: an intake, a wederhoor before the report, a beslisdocument by the FI, a directeurenteam.
    [Theory]
    [InlineData("intakeverslag")]
    [InlineData("wederhoor")]
    [InlineData("beslisdocument")]
    [InlineData("besluit-directeurenteam")]
    public void Documents_TheSourceDoesNotKnow_AreNotAskedFor(string kind) => Heerenveen.FindDocument(kind).ShouldBeNull();

    [Theory]
    [InlineData("ontvangstbevestiging", "5 werkdagen")] // 171
    [InlineData("gespreksverslag.verzenden", "3 werkdagen")] // 685
    [InlineData("gespreksverslag.terug", "5 werkdagen")] // 685
    [InlineData("verantwoording", "10 werkdagen")] // 783
    [InlineData("verantwoording.verslag", "3 werkdagen")] // 791
    [InlineData("geen-onderzoek.bericht", null)] // 251: no number
    [InlineData("kennisgeving.termijn", null)] // 455: before or during the onderzoek
    public void Terms_OfTheSource_HaveItsLength(string id, string? length) => Heerenveen.Terms.Single(term => term.Id == id).Length?.ToString().ShouldBe(length);

    // Good Friday and Easter Monday of 2013 are 29 March and 1 April.
    [Theory]
    [InlineData("melding-ontvangen", "2013-03-25", "melder", "ontvangstbevestiging", "2013-04-03")]
    [InlineData("gesprek-gehouden", "2013-03-27", "betrokkene", "gespreksverslag.verzenden", "2013-04-03")]
    [InlineData("verslag-verzonden", "2013-05-06", "getuige", "gespreksverslag.terug", "2013-05-14")] // Ascension Day 9 May
    [InlineData("tenlastelegging-gedaan", "2012-12-17", "betrokkene", "verantwoording", "2013-01-03")] // Christmas, Boxing Day, New Year
    public void Terms_OnDaysOfTheTime_EndOnTheDayAReaderCounts(string happening, string on, string role, string term, string due)
    {
        var facts = CaseFacts.None.With(FactNames.Vorm, "open");
        var events = new[] { new ProtocolEvent(happening, Day(on), "persoon-1", "gesprek-1") { Role = role } };
        Terms.Of(events, Heerenveen, facts, Day(on)).Single(running => running.Rule.Id == term).Due.ShouldBe(Day(due));
    }

    [Theory]
    [InlineData("melding.anoniem", Strength.AsARule)] // 109: "in principe minder gewicht"
    [InlineData("melding.anoniem-zelfde-weg", Strength.Must)] // 115
    [InlineData("melding.verantwoordelijke", Strength.Must)] // 163, 201
    [InlineData("beoordeling.vooronderzoek", Strength.May)] // 187, 231
    [InlineData("beoordeling.open-gesprek", Strength.AsARule)] // 255: "heeft de voorkeur"
    [InlineData("onderzoekers.twee", Strength.Must)] // 377
    [InlineData("kennisgeving.mondeling", Strength.AsARule)] // 467: "wel zo fatsoenlijk"
    [InlineData("kennisgeving.uitgesteld", Strength.May)] // 469
    [InlineData("ordemaatregel.voorwaarden", Strength.May)] // 473
    [InlineData("gesprek.betrokkene-geen-plicht", Strength.May)] // 515: no duty
    [InlineData("gesprek.medewerking", Strength.Must)] // 523: the getuige who is a civil servant
    [InlineData("gesprek.verslag", Strength.Must)] // 519, 529
    [InlineData("getuigen.apart", Strength.AsARule)] // 527: "zoveel mogelijk"
    [InlineData("methoden.mail", Strength.Must)] // 567: in that order
    [InlineData("methoden.mail-inhoud", Strength.AsARule)] // 583: "in de regel"
    [InlineData("communicatie.betrokkene", Strength.Must)] // 647: it must be weighed, whether or not he is told
    [InlineData("verantwoording.aanwezigen", Strength.Must)] // 789
    [InlineData("verantwoording.verslag-maken", Strength.Must)] // 791
    [InlineData("maatregel.straf", Strength.May)] // 819: not obliged
    [InlineData("maatregel.gelijke-gevallen", Strength.Must)] // 819
    [InlineData("registratie.formulier", Strength.Must)] // 941
    [InlineData("registratie.cijfers", Strength.May)] // 917, 923
    public void Rules_OfTheSource_HaveItsStrength(string id, Strength strength) => Heerenveen.FindRule(id)!.Strength.ShouldBe(strength);

    // 385-407: for whom and when an external bureau does the onderzoek.
    [Theory]
    [InlineData("wethouder", null, true)]
    [InlineData("raadslid", null, true)]
    [InlineData("burgemeester", null, true)]
    [InlineData("gemeentesecretaris", null, true)]
    [InlineData("diensthoofd", null, true)]
    [InlineData("medewerker", null, false)]
    [InlineData("medewerker", FactNames.EigenEenheid, true)]
    [InlineData("medewerker", FactNames.TwijfelObjectiviteit, true)]
    [InlineData("medewerker", FactNames.ErnstigeSchending, true)]
    [InlineData("medewerker", FactNames.ZwareMethode, true)]
    public void ExternalInvestigators_ByPositionAndReason_AreRequiredOrNot(string position, string? reason, bool required)
    {
        string[] reasons = [FactNames.EigenEenheid, FactNames.TwijfelObjectiviteit, FactNames.ErnstigeSchending, FactNames.ZwareMethode];
        var facts = reasons.Aggregate(CaseFacts.None.With(FactNames.Onderzoek, true).With(FactNames.Positie, position), (known, name) => known.With(name, name == reason));
        var rule = Heerenveen.FindRule("onderzoekers.extern")!;
        rule.Strength.ShouldBe(Strength.Must);
        rule.When.Evaluate(facts).ShouldBe(required);
        rule.FulfilledWhen!.Evaluate(facts.With(FactNames.ExternOnderzoek, true)).ShouldBe(true);
    }

    [Fact]
    public void Observation_ByAnyoneInternal_IsNeverKept()
    {
        // 501, 547.
        var rule = Heerenveen.FindRule("methoden.observatie")!;
        rule.When.Evaluate(CaseFacts.None.With(FactNames.Observatie, true)).ShouldBe(true);
        rule.FulfilledWhen!.Evaluate(CaseFacts.None.With(FactNames.ExternOnderzoek, false)).ShouldBe(false);
    }

    // 435: only for an external party.
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Bevoegdheden_InTheOpdracht_OnlyForAnExternalParty(bool external, bool asked)
        => Heerenveen.FindDocument("onderzoeksopdracht")!.ElementsFor(CaseFacts.None.With(FactNames.ExternOnderzoek, external))
            .Any(element => element.Id == "onderzoeksopdracht.bevoegdheden").ShouldBe(asked);

    // 737: chapter 3 is not for politicians; the former law ended in 2020.
    [Theory]
    [InlineData(true, "medewerker", false)]
    [InlineData(true, "raadslid", true)]
    [InlineData(false, "medewerker", true)]
    public void Tenlastelegging_ForPoliticiansOrLater_IsReplaced(bool old, string position, bool replaced)
    {
        var facts = CaseFacts.None.With(FactNames.OudAmbtenarenrecht, old).With(FactNames.Positie, position);
        var document = Heerenveen.FindDocument("tenlastelegging")!;
        document.Replacement!.When.Holds(facts).ShouldBe(replaced);
        document.When.Holds(facts).ShouldBe(!replaced);
        Heerenveen.FindDocument("zienswijze")!.Strength.ShouldBe(Strength.May);
        Heerenveen.FindDocument("zienswijze")!.Elements.ShouldAllBe(element => element.Strength == Strength.May);
    }

    [Theory]
    [InlineData("opdracht-verstrekt", "melding.verantwoordelijke beoordeling.criteria beoordeling.advies opdracht.evenredig")] // 163, 183-191, 355
    [InlineData("niet-onderzoekswaardig", "melding.verantwoordelijke beoordeling.criteria beoordeling.advies")]
    [InlineData("oordeel-gegeven", "rapport.aanbieden verantwoording.eerst")] // 717-721, 797
    public void Order_WhatMustComeFirst_IsThatOfTheSource(string happening, string rules)
        => Heerenveen.Rules.Where(rule => rule.Strength == Strength.Must && rule.Before.Contains(happening)).Select(rule => rule.Id).ShouldBe(rules.Split(' '));

    [Fact]
    public void Measure_BeforeTheBetrokkeneCouldAccount_IsHeldBack()
    {
        // 771, 783, 797: not for politicians (737).
        var rule = Heerenveen.FindRule("verantwoording.gelegenheid")!;
        rule.Before.ShouldBe(["maatregel-genomen"]);
        rule.When.Evaluate(CaseFacts.None.With(FactNames.Gegrond, true).With(FactNames.Positie, "medewerker")).ShouldBe(true);
        rule.When.Evaluate(CaseFacts.None.With(FactNames.Gegrond, true).With(FactNames.Positie, "wethouder")).ShouldBe(false);
    }

    // 737: of chapter 3 nothing holds for politicians.
    [Theory]
    [InlineData("maatregel.gelijke-gevallen")]
    [InlineData("maatregel.straf")]
    [InlineData("maatregel.omstandigheden")]
    [InlineData("maatregel.ambtelijk")]
    [InlineData("maatregel.voorwaardelijk-uitvoeren")]
    [InlineData("strafbesluit.bekendmaken")]
    [InlineData("verantwoording.dienstopdracht")]
    [InlineData("verantwoording.aanwezigen")]
    [InlineData("verantwoording.verslag-maken")]
    [InlineData("oordeel.schuld")]
    [InlineData("personeelsdossier.stukken")]
    public void ChapterThree_ForAPolitician_DoesNotHold(string id)
    {
        var facts = CaseFacts.None.With(FactNames.Gegrond, true).With(FactNames.MondelingeVerantwoording, true);
        var rule = Heerenveen.FindRule(id)!;
        rule.When.Evaluate(facts.With(FactNames.Positie, "raadslid")).ShouldBe(false);
        rule.When.Evaluate(facts.With(FactNames.Positie, "medewerker")).ShouldBe(true);
    }

    // 1083: with those at the top, the superior is the bevoegd gezag and knows already.
    [Theory]
    [InlineData("beoordeling.leidinggevende")]
    [InlineData("beoordeling.leidinggevende-na-afdoening")]
    public void Superior_OfADiensthoofd_IsTheBevoegdGezagItself(string id) => Heerenveen.FindRule(id)!.Positions.ShouldBe(["medewerker"]);

    // 253: with the melder, not with whoever was spoken to.
    [Fact]
    public void FalseMelding_Gesprek_IsWithTheMelder() => Heerenveen.FindRule("melding.opzettelijk-onjuist")!.Roles.ShouldBe(["melder"]);

    // 163, 201: before the aangewezen ambtenaren have it.
    [Fact]
    public void Melding_PassedOnAtOnce_ByWhoeverReceivedIt() => Heerenveen.FindRule("melding.verantwoordelijke")!.Actor.ShouldBe("ontvanger-melding");

    [Fact]
    public void OpenChoices_WhereTheSourceContradictsItself_AreRecorded()
    {
        // 793 against 933; 255 against 991; 145 against 977.
        foreach (var id in new[] { "personeelsdossier", "open-gesprek", "bevoegd-wethouder", "bevoegd-burgemeester" })
        {
            var choice = Heerenveen.Choices.Single(choice => choice.Id == id);
            choice.Alternative.ShouldNotBeNullOrWhiteSpace();
            choice.Origin.Sources.Count.ShouldBeGreaterThan(1);
        }

        var rule = Heerenveen.FindRule("personeelsdossier.stukken")!;
        rule.When.Evaluate(CaseFacts.None.With(FactNames.Gegrond, false).With(FactNames.Positie, "medewerker")).ShouldBe(false);
    }

    // 149, 647, 697, 931, 997.
    [Theory]
    [InlineData("betrokkene", "identiteit-melder", AccessAnswer.No)]
    [InlineData("betrokkene", "eigen-gespreksverslag", AccessAnswer.Yes)]
    [InlineData("betrokkene", "feitenrapportage", AccessAnswer.OnRequest)]
    [InlineData("betrokkene", "dossier", AccessAnswer.OnRequest)]
    [InlineData("betrokkene", "maatregel", AccessAnswer.Yes)]
    [InlineData("leidinggevende", "dossier", AccessAnswer.No)]
    [InlineData("leidinggevende", "uitkomst", AccessAnswer.Yes)]
    public void Access_ToTheCase_IsThatOfTheSource(string who, string what, AccessAnswer answer)
        => Heerenveen.Access.Single(rule => rule.Who == who && rule.What == what).Answer.ShouldBe(answer);

    [Fact]
    public void Words_OfTheMunicipality_AreUsed()
    {
        Heerenveen.Word("verantwoordelijke").ShouldBe("bevoegd gezag");
        Heerenveen.Word("feitenrapportage").ShouldBe("onderzoeksrapport");
        Heerenveen.Word("commissaris-van-de-koning").ShouldBe("Commissaris der Koningin");
    }

    [Fact]
    public void LeftOut_TheNationalForm_IsNamedWithTheReason()
        => Heerenveen.LeftOut.ShouldContain(left => left.What.Contains("landelijke registratieformulier", StringComparison.Ordinal) && left.Reason.Contains("niet in de tekst", StringComparison.Ordinal));

    [Fact]
    public void References_OfEverything_LieWithinTheSource()
    {
        var origins = Heerenveen.Rules.Select(rule => rule.Origin).Concat(Heerenveen.Terms.Select(term => term.Origin)).Concat(Heerenveen.Documents.Select(document => document.Origin))
            .Concat(Heerenveen.Documents.SelectMany(document => document.Elements).Select(element => element.Origin)).Concat(Heerenveen.Authorities.Select(authority => authority.Origin))
            .Concat(Heerenveen.Access.Select(rule => rule.Origin)).Concat(Heerenveen.Retention.Select(rule => rule.Origin)).Concat(Heerenveen.Choices.Select(choice => choice.Origin));
        foreach (var origin in origins)
        {
            origin.Sources.ShouldNotBeEmpty();
            foreach (var number in origin.Sources.SelectMany(source => source.Lines!.Split(',', '-')).Select(text => int.Parse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture)))
                number.ShouldBeInRange(13, 1353);
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
