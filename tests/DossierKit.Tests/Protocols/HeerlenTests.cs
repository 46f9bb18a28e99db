using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The shipped protocol of Heerlen says what the Onderzoeksprotocol Integriteitschendingen/Misstanden 2020 says. Numbers in comments: articles.</summary>
public class HeerlenTests
{
    private static readonly Protocol Heerlen = ProtocolLibrary.Shipped.Find("heerlen", "2020")!;

    private static readonly ProtocolAnswers Answers = new(Heerlen);

    [Fact]
    public void InForce_From25August2020_AndNotBefore()
    {
        ProtocolLibrary.Shipped.InForce(new(2020, 8, 24), "heerlen").ShouldBeNull();
        ProtocolLibrary.Shipped.InForce(new(2020, 8, 25), "heerlen").ShouldBe(Heerlen);
        ProtocolLibrary.Shipped.InForce(new(2026, 1, 1), "heerlen").ShouldBe(Heerlen);
    }

    [Theory]
    // 3: who is responsible, by position; the griffie only when the raad said so (lid 7); a raadslid is not named.
    [InlineData("bevoegd medewerker opdracht", "gemeentesecretaris")]
    [InlineData("bevoegd diensthoofd opdracht", "gemeentesecretaris")]
    [InlineData("bevoegd gemeentesecretaris opdracht", "portefeuillehouder-personeel")]
    [InlineData("bevoegd wethouder opdracht", "burgemeester")]
    [InlineData("bevoegd burgemeester opdracht", "commissaris-van-de-koning")]
    [InlineData("bevoegd raadslid opdracht", "niemand")]
    [InlineData("bevoegd raadslid ontvangt", "niemand")]
    [InlineData("bevoegd raadslid oordeel", "niemand")]
    [InlineData("bevoegd griffiemedewerker opdracht", "niemand")]
    [InlineData("bevoegd griffiemedewerker opdracht als griffieOnderProtocol=nee", "niemand")]
    [InlineData("bevoegd griffiemedewerker opdracht als griffieOnderProtocol=ja", "griffier")]
    [InlineData("bevoegd griffier opdracht als griffieOnderProtocol=ja", "burgemeester")]
    [InlineData("bevoegd griffier opdracht", "niemand")]
    // 3 and 4.1: the FI is the reporting point. 11: the FI gives the oordeel.
    [InlineData("bevoegd medewerker ontvangt", "functionaris-integriteit")]
    [InlineData("bevoegd burgemeester ontvangt", "functionaris-integriteit")]
    [InlineData("bevoegd medewerker oordeel", "functionaris-integriteit")]
    // 11: the adviser determines the measure, verantwoordelijke or leidinggevende imposes; not for politicians.
    [InlineData("bevoegd medewerker maatregel", "gemeentesecretaris+leidinggevende")]
    [InlineData("advies medewerker maatregel", "adviseur-arbeidsvoorwaarden")]
    [InlineData("bevoegd wethouder maatregel", "niemand")]
    [InlineData("bevoegd burgemeester maatregel", "niemand")]
    public void Authority_ByPosition_IsThatOfArticles3And11(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    // 6.1 a to h; d: the methods, "en/of eventueel" consent; h: one point, costs or effort.
    [InlineData("stuk onderzoeksopdracht moet", "aanleiding doel vragen methoden bevoegdheden grenzen duur kosten")]
    [InlineData("stuk onderzoeksopdracht indien", "instemming")]
    [InlineData("stuk onderzoeksopdracht kan", "capaciteit")]
    [InlineData("stuk onderzoeksopdracht in_de_regel", "")]
    // 6.2 and 12.1: no list for the kennisgeving.
    [InlineData("stuk kennisgeving moet", "onderzoek")]
    [InlineData("stuk kennisgeving in_de_regel", "")]
    [InlineData("element kennisgeving.gedraging", "zwijgt")]
    [InlineData("element kennisgeving.uitbreiding", "zwijgt")]
    [InlineData("wie kennisgeving", "functionaris-integriteit")]
    // 8.2: told before the gesprek; the verslag is presented for verification; no signature, no paraaf, no second onderzoeker.
    [InlineData("stuk uitnodiging-gesprek moet", "doel duur onderzoekers")]
    [InlineData("element uitnodiging-gesprek.bijstand", "kan")]
    [InlineData("stuk gespreksverslag moet", "weergave commentaar")]
    [InlineData("element gespreksverslag.handtekening", "zwijgt")]
    [InlineData("element gespreksverslag.paraaf", "zwijgt")]
    [InlineData("element gespreksverslag.onderzoekers", "zwijgt")]
    // 10: findings, how gathered, conversations; eventueel the rules. 1 onder 6: circumstances and motives.
    [InlineData("stuk feitenrapportage moet", "casus resultaten werkwijze gesprekken")]
    [InlineData("stuk feitenrapportage indien", "regels")]
    [InlineData("element feitenrapportage.wederhoor", "zwijgt")]
    // 11: the beslisdocument.
    [InlineData("wie beslisdocument", "functionaris-integriteit")]
    [InlineData("stuk beslisdocument moet als gegrond=ja", "samenvatting oordeel verwijtbaarheid omstandigheden")]
    [InlineData("stuk beslisdocument moet als gegrond=nee", "samenvatting oordeel")]
    [InlineData("stuk beslisdocument indien als gegrond=ja", "advies")]
    [InlineData("stuk beslisdocument indien als gegrond=nee", "")]
    [InlineData("stuk beslisdocument kan", "vervolg")]
    // 5.2: the letter that there is no onderzoek.
    [InlineData("stuk niet-onderzoekswaardig moet", "reden")]
    [InlineData("stuk niet-onderzoekswaardig indien", "verwijzing")]
    // Heerlen knows no such documents.
    [InlineData("wie ontvangstbevestiging", "zwijgt")]
    [InlineData("wie tenlastelegging", "zwijgt")]
    [InlineData("wie wederhoor", "zwijgt")]
    [InlineData("wie strafbesluit", "zwijgt")]
    public void Documents_TheirElements_AreThoseOfTheArticles(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    [InlineData("regel melding.verantwoordelijke", "moet")] // 4.1
    [InlineData("regel melding.anoniem als vorm=anoniem", "in_de_regel")] // 4.1: in beginsel
    [InlineData("regel melding.anoniem als vorm=open", "zwijgt")]
    [InlineData("regel melding.opgenomen-door-fi", "in_de_regel")] // 4.1: in principe
    [InlineData("regel melding.intake als vorm=vertrouwelijk", "moet")]
    [InlineData("regel melding.intake als vorm=anoniem", "zwijgt")]
    [InlineData("regel extern-verzoek.besluit als externVerzoek=ja", "moet")] // 4.2
    [InlineData("actor extern-verzoek.besluit", "portefeuillehouder-personeel")]
    [InlineData("regel extern-verzoek.besluit als externVerzoek=nee", "zwijgt")]
    [InlineData("regel beoordeling.criteria", "moet")] // 5.1
    [InlineData("regel beoordeling.feitenonderzoek", "in_de_regel")] // 5.3: over het algemeen
    [InlineData("regel beoordeling.identiteit-nodig als vorm=vertrouwelijk identiteitNodig=ja melderStemtInMetBekendmaking=nee andereIngang=nee", "moet")] // 5.2
    [InlineData("regel beoordeling.identiteit-nodig als vorm=vertrouwelijk identiteitNodig=ja melderStemtInMetBekendmaking=nee andereIngang=ja", "zwijgt")]
    [InlineData("regel beoordeling.identiteit-nodig als vorm=vertrouwelijk identiteitNodig=nee", "zwijgt")]
    [InlineData("regel melding.opzettelijk-onjuist", "kan")] // 5.2
    [InlineData("regel beoordeling.aangifte als strafbaarFeit=ja", "moet")] // 5.4
    [InlineData("regel aangifte.stimuleren als bedreigingOfGeweld=ja", "moet")]
    [InlineData("regel aangifte.steun als bedreigingOfGeweld=ja", "kan")]
    [InlineData("regel onderzoekers.onpartijdig", "moet")] // 6.1
    [InlineData("regel onderzoekers.fi als externOnderzoek=nee", "kan")]
    [InlineData("regel onderzoekers.twee", "zwijgt")]
    [InlineData("regel kennisgeving.samen", "in_de_regel")] // 12.1: de voorkeur
    [InlineData("regel or.vooraf als orLid=ja", "moet")] // 6.2
    [InlineData("voor or.vooraf", "opdracht-verstrekt")]
    [InlineData("voor or.vooraf-getuige", "uitnodiging-verzonden")]
    [InlineData("regel or.vooraf als orLid=nee orVoorzitter=nee", "zwijgt")]
    [InlineData("regel methoden.lichtste", "moet")] // 8.1: dient
    [InlineData("regel wederhoor.gelegenheid", "moet")]
    [InlineData("regel gesprek.door-onderzoeker", "in_de_regel")] // 8.2: in de regel
    [InlineData("regel bijstand.toehoorder", "kan")]
    [InlineData("regel bijstand.kosten", "moet")]
    [InlineData("regel gesprek.medewerking", "moet")]
    [InlineData("regel gesprek.medewerking als positie=wethouder", "zwijgt")]
    [InlineData("regel gesprek.verslag", "moet")]
    [InlineData("regel gesprek.opname", "kan")]
    [InlineData("regel gesprek.opname-vernietiging als opname=ja", "moet")]
    [InlineData("regel methoden.werkplek als werkplekOnderzoek=ja", "in_de_regel")] // 8.3: zoveel mogelijk
    [InlineData("regel methoden.observatie als observatie=ja", "moet")]
    [InlineData("actor methoden.observatie", "functionaris-gegevensbescherming")]
    [InlineData("regel methoden.observatie als observatie=nee", "zwijgt")]
    [InlineData("regel personeelsdossier.beslisdocument als onderzoek=ja gegrond=nee", "moet")] // 11: also ongegrond
    [InlineData("regel afsluiting.college", "indien")]
    [InlineData("regel afsluiting.geen-schending als onderzoek=ja gegrond=nee", "moet")] // 12.2
    [InlineData("regel afsluiting.geen-schending als onderzoek=ja gegrond=ja", "zwijgt")]
    [InlineData("regel afsluiting.partijen", "moet")]
    [InlineData("regel afsluiting.or als onderzoek=ja", "moet")]
    [InlineData("regel leidinggevende.informeren als onderzoek=ja positie=medewerker", "moet")] // 12.1: de direct leidinggevende
    [InlineData("regel leidinggevende.informeren als onderzoek=ja positie=wethouder", "zwijgt")] // nobody leads a wethouder
    [InlineData("regel kennisgeving.samen als onderzoek=ja positie=burgemeester", "zwijgt")]
    [InlineData("regel afsluiting.vervolgprocedure als onderzoek=ja gegrond=ja positie=wethouder", "zwijgt")]
    [InlineData("regel ordemaatregel.gemandateerd als ordemaatregel=nee", "moet")] // 6.2: also of a measure that has ended
    [InlineData("regel afsluiting.datalek als datalek=ja", "moet")]
    [InlineData("regel informatie.openbaar", "indien")] // 12.3
    [InlineData("regel afsluiting.nazorg", "moet")] // 14
    [InlineData("regel afsluiting.eerherstel als onderzoek=ja gegrond=nee", "kan")]
    [InlineData("regel protocol.afwijken", "zwijgt")]
    public void Rules_TheirStrength_IsThatOfTheWords(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    [InlineData("inzage betrokkene feitenrapportage", "nee, behalve als verantwoordelijke anders besluit")] // 13
    [InlineData("inzage betrokkene beslisdocument", "op verzoek")]
    [InlineData("inzage betrokkene personeelsdossier", "op verzoek")]
    [InlineData("inzage betrokkene melding als melderStemtInMetBekendmaking=nee", "nee")] // 12.1
    [InlineData("inzage betrokkene identiteit-melder als melderStemtInMetBekendmaking=nee", "nee")]
    [InlineData("inzage derde identiteit-melder", "nee")]
    [InlineData("inzage derde identiteit-melder als melderStemtInMetBekendmaking=ja", "zwijgt")]
    [InlineData("inzage betrokkene eigen-gespreksverslag", "ja")]
    [InlineData("inzage getuige eigen-gespreksverslag", "op verzoek")]
    [InlineData("inzage melder uitkomst", "nee, behalve als verantwoordelijke anders besluit")] // 12.2 and 12.3
    [InlineData("inzage melder maatregel", "zwijgt")]
    [InlineData("inzage betrokkene uitkomst als gegrond=nee", "ja")]
    [InlineData("inzage leidinggevende uitkomst als gegrond=nee", "ja")]
    [InlineData("inzage leidinggevende uitkomst als gegrond=ja", "ja")] // 12.2: he tells how it goes on
    [InlineData("inzage betrokkene onderzoeksgegevens", "nee, behalve als verantwoordelijke anders besluit")] // 13 and 12.3
    [InlineData("inzage voorzitter-or onderzoeksgegevens", "nee")]
    [InlineData("bewaring dossier", "selectielijst")] // 13: as personnel files; no number
    [InlineData("bewaring opname", "0 kalenderdagen")] // 8.2: in any case after closing
    public void Access_WhoSeesWhat_IsThatOfArticles12And13(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    [InlineData("termijn intake.gesprek", "2 weken")] // 4.1
    [InlineData("termijn intake.verslag", "2 weken")]
    [InlineData("termijn geen-onderzoek.bericht", "geen getal")] // 5.2
    [InlineData("termijn kennisgeving.termijn", "geen getal")] // 6.2
    [InlineData("termijn kennisgeving.uiterlijk", "0 kalenderdagen")] // 12.1
    [InlineData("termijn onderzoek.duur", "geen getal")] // 9
    [InlineData("termijn jaarverslag", "1 jaar")] // 12.3
    [InlineData("termijn ontvangstbevestiging", "zwijgt")]
    [InlineData("termijn gespreksverslag.terug", "zwijgt")]
    public void Terms_TheirLength_IsThatOfTheArticles(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Fact]
    public void Terms_IntakeOfMelding_EndsAfterExactlyTwoWeeksAlsoOnAFreeDay()
    {
        // 13 April 2026 and two weeks is 27 April, Koningsdag: the protocol knows no longer term.
        ProtocolEvent melding = new("melding-ontvangen", new(2026, 4, 13), "melder-1") { Role = "melder" };
        var known = CaseFacts.None.With(FactNames.Vorm, "vertrouwelijk");
        Answers.Term("intake.gesprek", new(2026, 4, 27), known, melding).ShouldBe("melder-1 2026-04-27 Due");
        Answers.Term("intake.gesprek", new(2026, 4, 28), known, melding).ShouldBe("melder-1 2026-04-27 Late");
        Answers.Term("intake.gesprek", new(2026, 4, 28), known, melding, new("intake-gehouden", new(2026, 4, 20), "melder-1") { Role = "melder" }).ShouldBe("melder-1 2026-04-27 Met");
        Answers.Term("intake.gesprek", new(2026, 4, 28), CaseFacts.None.With(FactNames.Vorm, "anoniem"), melding).ShouldBe("");
        // The same two weeks for writing it down and giving it to read.
        Answers.Term("intake.verslag", new(2026, 4, 28), known, melding, new("intake-gehouden", new(2026, 4, 20), "melder-1") { Role = "melder" }).ShouldBe("melder-1 2026-04-27 Late");
    }

    [Fact]
    public void Terms_Kennisgeving_EndsAtTheInvitationOfTheBetrokkeneHimself()
    {
        ProtocolEvent betrokkene = new("persoon-toegevoegd", new(2026, 5, 1), "betrokkene-1") { Role = "betrokkene" };
        ProtocolEvent opdracht = new("opdracht-verstrekt", new(2026, 5, 4), "betrokkene-1") { Role = "betrokkene" };
        ProtocolEvent uitstel = new("kennisgeving-uitgesteld", new(2026, 5, 4), "betrokkene-1") { Role = "betrokkene", ReviewOn = new(2026, 6, 1) };
        ProtocolEvent getuige = new("uitnodiging-verzonden", new(2026, 5, 6), "getuige-1") { Role = "getuige" };
        ProtocolEvent uitnodiging = new("uitnodiging-verzonden", new(2026, 5, 11), "betrokkene-1") { Role = "betrokkene" };
        Answers.Term("kennisgeving.termijn", new(2026, 5, 20), CaseFacts.None, betrokkene, opdracht, uitstel).ShouldBe("betrokkene-1 zonder dag Postponed");
        Answers.Term("kennisgeving.uiterlijk", new(2026, 5, 20), CaseFacts.None, betrokkene, opdracht, uitstel, getuige).ShouldBe("");
        Answers.Term("kennisgeving.uiterlijk", new(2026, 5, 20), CaseFacts.None, betrokkene, opdracht, uitstel, getuige, uitnodiging).ShouldBe("betrokkene-1 2026-05-11 Late");
        ProtocolEvent kennisgeving = new("kennisgeving-gedaan", new(2026, 5, 11), "betrokkene-1") { Role = "betrokkene" };
        Answers.Term("kennisgeving.uiterlijk", new(2026, 5, 20), CaseFacts.None, betrokkene, opdracht, uitnodiging, kennisgeving).ShouldBe("betrokkene-1 2026-05-11 Met");
    }

    [Fact]
    public void Maatregel_Heerlen_GivesTheFunctionarisIntegriteitNoPart()
        => Heerlen.Authorities.Where(authority => authority.Task == AuthorityTask.Imposes)
            .ShouldAllBe(authority => !authority.Holders.Concat(authority.Assistants).Contains("functionaris-integriteit"));

    [Fact]
    public void Authority_NobodyInHeerlen_IsChargedWithACaseAboutHimself()
    {
        foreach (var authority in Heerlen.Authorities) authority.Holders.ShouldNotContain(authority.Position);
    }
}
