using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The shipped protocol of Ommen says what bijlage 6 of its Integriteitsbeleid says. Comments name the headings of that bijlage.</summary>
public class OmmenTests
{
    private static readonly Protocol Ommen = ProtocolLibrary.Shipped.Find("ommen", "1")!;

    private static readonly ProtocolAnswers Answers = new(Ommen);

    [Fact]
    public void InForce_WithoutADateInTheSource_IsMarkedAsAChoice()
        => Ommen.Choices.Single(choice => choice.Id == "ingangsdatum").Origin.OwnChoice.ShouldNotBeNull();

    [Theory]
    // Intern melden 1 and 2; Totstandkoming 4; Onderzoeksresultaat 3 and 4.
    [InlineData("bevoegd medewerker ontvangt", "functionaris-integriteit")]
    [InlineData("bevoegd medewerker opdracht", "gemeentesecretaris")]
    [InlineData("bevoegd medewerker oordeel", "gemeentesecretaris")]
    [InlineData("bevoegd medewerker maatregel", "college")]
    [InlineData("advies medewerker maatregel", "gemeentesecretaris")]
    // "de gemeentesecretaris, een collegelid of een raadslid": to the burgemeester.
    [InlineData("bevoegd gemeentesecretaris opdracht", "burgemeester")]
    [InlineData("bevoegd gemeentesecretaris oordeel", "burgemeester")]
    [InlineData("advies gemeentesecretaris maatregel", "burgemeester")]
    [InlineData("bevoegd wethouder opdracht", "burgemeester")]
    [InlineData("bevoegd wethouder oordeel", "burgemeester")]
    [InlineData("bevoegd raadslid opdracht", "burgemeester")]
    [InlineData("bevoegd wethouder maatregel", "niemand")]
    [InlineData("bevoegd raadslid maatregel", "niemand")]
    // The burgemeester is a collegelid: the words send the case to himself, so nobody is named.
    [InlineData("bevoegd burgemeester ontvangt", "functionaris-integriteit")]
    [InlineData("bevoegd burgemeester opdracht", "niemand")]
    [InlineData("bevoegd burgemeester oordeel", "niemand")]
    [InlineData("bevoegd burgemeester maatregel", "niemand")]
    // The griffie is not named.
    [InlineData("bevoegd griffier opdracht", "niemand")]
    [InlineData("bevoegd griffiemedewerker ontvangt", "niemand")]
    public void Authority_ByPosition_IsThatOfBijlage6(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    // Nader onderzoek a to f.
    [InlineData("stuk onderzoeksopdracht moet", "aanleiding doel vragen methoden duur instemming")]
    [InlineData("element onderzoeksopdracht.kosten", "zwijgt")]
    [InlineData("element onderzoeksopdracht.grenzen", "zwijgt")]
    // Uitbreiden: in writing.
    [InlineData("stuk aanvullende-opdracht moet", "wat")]
    // Kennisgeving: "kan de volgende elementen bevatten"; that there is an onderzoek must be told.
    [InlineData("stuk kennisgeving moet", "onderzoek")]
    [InlineData("stuk kennisgeving kan", "gedraging horen raadsman uitbreiding wie-geinformeerd geen-contact")]
    [InlineData("stuk kennisgeving in_de_regel", "onderzoekers")]
    [InlineData("wie kennisgeving", "verantwoordelijke")]
    // Gesprek en verslaglegging.
    [InlineData("stuk uitnodiging-gesprek moet", "doel duur protocol")]
    [InlineData("element uitnodiging-gesprek.opname", "zwijgt")]
    [InlineData("stuk gespreksverslag moet", "weergave commentaar")]
    [InlineData("stuk gespreksverslag indien", "afwijkende-mening")]
    [InlineData("element gespreksverslag.handtekening", "zwijgt")]
    [InlineData("element gespreksverslag.paraaf", "zwijgt")]
    // Wederhoor.
    [InlineData("stuk wederhoor moet", "feiten reactie")]
    [InlineData("stuk wederhoor kan", "inzage bijstand")]
    // Onderzoeksresultaat 1 and 2, Klachtenregeling, Afwijkingsbevoegdheid.
    [InlineData("stuk feitenrapportage moet", "resultaten gesprekken werkwijze wederhoor klacht")]
    [InlineData("stuk feitenrapportage indien", "afwijkingen")]
    [InlineData("woord feitenrapportage", "onderzoeksrapport")]
    [InlineData("woord verantwoordelijke", "opdrachtgever")]
    [InlineData("woord betrokkene", "persoon in kwestie")]
    // Procesoverzicht 10.
    [InlineData("stuk afsluitbericht moet", "uitkomst")]
    [InlineData("stuk afsluitbericht indien", "maatregelen")]
    // Intern melden 3.
    [InlineData("stuk niet-onderzoekswaardig moet", "reden")]
    [InlineData("element niet-onderzoekswaardig.verwijzing", "zwijgt")]
    // Ommen knows no such documents.
    [InlineData("wie beslisdocument", "zwijgt")]
    [InlineData("wie intakeverslag", "zwijgt")]
    [InlineData("wie ontvangstbevestiging", "zwijgt")]
    [InlineData("wie tenlastelegging", "zwijgt")]
    public void Documents_TheirElements_AreThoseOfBijlage6(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    [InlineData("regel melding.intern-eerst", "in_de_regel")] // Melding door medewerker: de voorkeur
    [InlineData("regel melding.extern", "kan")]
    [InlineData("regel melding.inhoud", "in_de_regel")] // Intern melden: bij voorkeur
    [InlineData("regel melding.voorleggen als positie=medewerker", "moet")]
    [InlineData("regel melding.voorleggen als positie=wethouder", "zwijgt")]
    [InlineData("regel melding.voorleggen-burgemeester als positie=raadslid", "moet")]
    [InlineData("regel melding.voorleggen-burgemeester als positie=burgemeester", "zwijgt")]
    [InlineData("regel beoordeling.vooronderzoek", "kan")] // Totstandkoming 3
    [InlineData("regel beoordeling.aangifte als strafbaarFeit=ja", "moet")] // Aangifte
    [InlineData("regel ordemaatregel.voorwaarden", "kan")] // Ordemaatregel
    [InlineData("regel melding.anoniem als vorm=anoniem", "in_de_regel")] // Vertrouwelijkheid: niet de voorkeur
    [InlineData("regel melding.naam-geheim als vorm=open", "moet")]
    [InlineData("regel melding.naam-geheim als vorm=open melderStemtInMetBekendmaking=ja", "zwijgt")]
    [InlineData("regel melding.via-vertrouwenspersoon als viaVertrouwenspersoon=ja", "moet")]
    [InlineData("regel melding.bescherming", "moet")]
    [InlineData("regel vertrouwenspersoon.een-partij als viaVertrouwenspersoon=ja", "moet")]
    [InlineData("regel onderzoekers.gemeentesecretaris als onderzoek=ja externOnderzoek=nee", "in_de_regel")] // Algemeen: in beginsel
    [InlineData("regel onderzoekers.gemeentesecretaris als onderzoek=ja externOnderzoek=ja", "zwijgt")]
    [InlineData("regel onderzoekers.gemeentesecretaris als onderzoek=ja externOnderzoek=nee positie=gemeentesecretaris", "zwijgt")] // Totstandkoming 4
    [InlineData("regel ordemaatregel.geldende-voorwaarden als ordemaatregel=nee", "moet")] // Ordemaatregel: also of one that has ended
    [InlineData("regel gesprek.procedure", "moet")]
    [InlineData("regel onderzoekers.onpartijdig", "moet")] // Totstandkoming 4
    [InlineData("regel onderzoekers.twee", "zwijgt")]
    [InlineData("regel opdracht.uitbreiding", "moet")] // Uitbreiden
    [InlineData("regel gesprek.medewerking", "moet")] // Horen
    [InlineData("regel gesprek.niet-meewerken", "kan")]
    [InlineData("regel gesprek.anonieme-verklaring als anoniemeVerklaring=ja", "moet")] // Horen 3
    [InlineData("regel gesprek.anonieme-verklaring-gewicht als anoniemeVerklaring=ja", "in_de_regel")]
    [InlineData("regel gesprek.anonieme-verklaring als anoniemeVerklaring=nee", "zwijgt")]
    [InlineData("regel gesprek.verslag", "kan")] // Gesprek 2
    [InlineData("regel gesprek.verslag-voorleggen", "moet")]
    [InlineData("regel gesprek.opname", "kan")] // Gesprek 3
    [InlineData("regel methoden.werkplek als werkplekOnderzoek=ja", "in_de_regel")] // Overige methoden 5
    [InlineData("regel methoden.observatie als observatie=ja", "moet")] // Overige methoden 6
    [InlineData("actor methoden.observatie", "gemeentesecretaris")]
    [InlineData("regel wederhoor.gelegenheid", "moet")]
    [InlineData("voor wederhoor.gelegenheid", "feitenrapport-aangeboden")]
    [InlineData("regel onderzoek.vastleggen", "moet")] // the journaal
    [InlineData("regel onderzoek.voortgang", "moet")]
    [InlineData("regel rapport.persoon-in-kwestie", "moet")] // Onderzoeksresultaat 5
    [InlineData("regel personeelsdossier.rapport-niet", "moet")] // 6
    [InlineData("regel personeelsdossier.beslisdocument", "zwijgt")]
    [InlineData("regel afsluiting.melder", "moet")]
    [InlineData("regel afsluiting.ongegrond als onderzoek=ja gegrond=nee", "moet")] // Rectificatie
    [InlineData("regel afsluiting.eerherstel als onderzoek=ja gegrond=nee", "kan")]
    [InlineData("regel afsluiting.klacht", "kan")]
    [InlineData("regel protocol.afwijken", "kan")]
    [InlineData("regel afsluiting.nazorg", "zwijgt")]
    [InlineData("regel or.vooraf", "zwijgt")]
    public void Rules_TheirStrength_IsThatOfTheWords(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Theory]
    [InlineData("inzage betrokkene feitenrapportage", "ja")]
    [InlineData("inzage betrokkene onderzoeksgegevens als rechtspositioneleProcedure=nee", "inzien zonder kopie")]
    [InlineData("inzage betrokkene onderzoeksgegevens als rechtspositioneleProcedure=ja", "ja")]
    [InlineData("inzage betrokkene identiteit-melder als melderStemtInMetBekendmaking=nee", "nee")]
    [InlineData("inzage melder uitkomst", "ja")]
    [InlineData("inzage melder maatregel", "ja")] // Procesoverzicht 10
    [InlineData("inzage betrokkene melding", "zwijgt")]
    [InlineData("inzage getuige eigen-gespreksverslag", "zwijgt")]
    [InlineData("bewaring opname", "zwijgt")]
    [InlineData("bewaring dossier", "zwijgt")]
    [InlineData("termijn geen-onderzoek.bericht", "2 weken")]
    [InlineData("termijn onderzoek.bericht", "geen getal")]
    [InlineData("termijn kennisgeving.termijn", "geen getal")]
    [InlineData("termijn verslag-college", "3 jaren")]
    [InlineData("termijn jaarverslag-vertrouwenspersoon", "1 jaar")]
    [InlineData("termijn evaluatie", "3 jaren")]
    [InlineData("termijn jaarverslag", "zwijgt")]
    [InlineData("termijn kennisgeving.uiterlijk", "zwijgt")]
    public void AccessAndTerms_TheirAnswers_AreThoseOfBijlage6(string question, string answer) => Answers.Ask(question).ShouldBe(answer);

    [Fact]
    public void Terms_NoOnderzoek_TheMelderHearsItWithinTwoWeeksOfTheMelding()
    {
        ProtocolEvent melding = new("melding-ontvangen", new(2026, 4, 13), "melder-1") { Role = "melder" };
        ProtocolEvent bericht = new("partijen-geinformeerd", new(2026, 4, 28), "melder-1") { Role = "melder" };
        var facts = CaseFacts.None.With(FactNames.Vorm, "open");
        Answers.Term("geen-onderzoek.bericht", new(2026, 4, 27), facts, melding).ShouldBe("melder-1 2026-04-27 Due");
        Answers.Term("geen-onderzoek.bericht", new(2026, 4, 28), facts, melding, bericht).ShouldBe("melder-1 2026-04-27 MetLate");
        Answers.Term("geen-onderzoek.bericht", new(2026, 4, 28), facts, melding, new ProtocolEvent("opdracht-verstrekt", new(2026, 4, 20))).ShouldBe("melder-1 2026-04-27 Lapsed");
    }

    [Fact]
    public void Authority_NobodyInOmmen_IsChargedWithACaseAboutHimself()
    {
        foreach (var authority in Ommen.Authorities) authority.Holders.ShouldNotContain(authority.Position);
    }
}
