using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// A whole case under the protocols of Heerlen and Ommen, step by step: done by the book no step is refused and the case can be closed;
/// with one step left out, the rule that asks for it stands in the way.
/// </summary>
public class SourceCourseTests
{
    private static readonly DutyPerson[] Persons = [new("b1", "betrokkene"), new("g1", "getuige"), new("g2", "getuige"), new("m1", "melder"), new("l1", "leidinggevende"), new("o1", "onderzoeker")];

    // One event a line: name:person@gesprek!rule. Nobody talked to g2 in Heerlen; in Ommen nobody has to be told.
    private const string Heerlen = """
        melding-ontvangen:m1
        intake-gehouden:m1
        intakeverslag-gecorrigeerd:m1
        regel-nageleefd!melding.ander-persoon
        criteria-gewogen
        verantwoordelijke-geinformeerd
        opdracht-verstrekt:b1
        onderzoeker-aangewezen:o1
        regel-nageleefd:o1!onderzoekers.onpartijdig
        leidinggevende-geinformeerd:b1
        kennisgeving-gedaan:b1
        regel-nageleefd!kennisgeving.samen
        methode-toegestaan
        uitnodiging-verzonden:b1
        uitnodiging-verzonden:g1
        gesprek-gehouden:b1@een
        gesprek-gehouden:g1@twee
        verslag-opgemaakt:b1@een
        verslag-opgemaakt:g1@twee
        verslag-verzonden:b1@een
        verslag-verzonden:g1@twee
        verslag-vastgesteld:b1@een
        afwijkende-mening:g1@twee
        voortgang-gemeld:verantwoordelijke
        regel-nageleefd!methoden.zorgvuldig
        regel-nageleefd!methoden.rechtmatig
        regel-nageleefd!methoden.geen-druk
        feitenrapport-aangeboden
        beslisdocument-opgesteld
        regel-nageleefd!beslisdocument.onafhankelijk
        regel-nageleefd!beslisdocument.afstemmen
        oordeel-gegeven:b1
        regel-nageleefd!maatregel.rollen
        maatregel-genomen:b1
        regel-nageleefd!beslisdocument.geen-namen
        stuk-naar-personeelsdossier:b1
        partijen-geinformeerd:b1
        partijen-geinformeerd:m1
        partijen-geinformeerd:g1
        partijen-geinformeerd:g2
        or-geinformeerd
        nazorg-aangeboden:b1
        nazorg-aangeboden:m1
        nazorg-aangeboden:g1
        nazorg-aangeboden:g2
        regel-nageleefd!afsluiting.nazorg-geven
        regel-nageleefd!afsluiting.college
        regel-nageleefd!afsluiting.derden
        regel-nageleefd!informatie.openbaar
        """;

    private const string Ommen = """
        melding-ontvangen:m1
        criteria-gewogen
        verantwoordelijke-geinformeerd
        opdracht-verstrekt:b1
        onderzoeker-aangewezen:o1
        regel-nageleefd:o1!onderzoekers.onpartijdig
        voortgang-gemeld:m1
        kennisgeving-gedaan:b1
        regel-nageleefd!onderzoek.tussenrapportage
        methode-toegestaan
        intake-gehouden:m1
        uitnodiging-verzonden:b1
        gesprek-gehouden:b1@een
        verslag-opgemaakt:b1@een
        verslag-verzonden:b1@een
        verslag-vastgesteld:b1@een
        voortgang-gemeld:verantwoordelijke
        journaal-aantekening
        regel-nageleefd!methoden.zorgvuldig
        regel-nageleefd!methoden.rechtmatig
        regel-nageleefd!methoden.geen-druk
        regel-nageleefd!onderzoek.meer-tijd
        regel-nageleefd!onderzoekers.deskundigen
        wederhoor-gedaan:b1
        feitenrapport-aangeboden
        regel-nageleefd:b1!rapport.persoon-in-kwestie
        oordeel-gegeven:b1
        regel-nageleefd!maatregel.advies
        maatregel-genomen:b1
        partijen-geinformeerd:m1
        regel-nageleefd!melding.bescherming
        regel-nageleefd!afsluiting.derden
        regel-nageleefd!informatie.openbaar
        regel-nageleefd!informatie.vragen
        regel-nageleefd!informatie.melder
        regel-nageleefd!protocol.niet-geregeld
        """;

    [Theory]
    [InlineData("heerlen")]
    [InlineData("ommen")]
    public void Course_ByTheBook_IsNeverRefusedAndCloses(string id) => Refused(id, Course(id)).ShouldBeEmpty();

    [Theory]
    [InlineData("heerlen", "intake-gehouden:m1", "melding.intake m1")]
    [InlineData("heerlen", "intakeverslag-gecorrigeerd:m1", "melding.intakeverslag m1")]
    [InlineData("heerlen", "criteria-gewogen", "opdracht-verstrekt: beoordeling.criteria")]
    [InlineData("heerlen", "verantwoordelijke-geinformeerd", "opdracht-verstrekt: beoordeling.voorleggen")]
    [InlineData("heerlen", "regel-nageleefd:o1!onderzoekers.onpartijdig", "onderzoekers.onpartijdig o1")]
    [InlineData("heerlen", "leidinggevende-geinformeerd:b1", "leidinggevende.informeren b1")]
    [InlineData("heerlen", "kennisgeving-gedaan:b1", "kennisgeving.doen b1")]
    [InlineData("heerlen", "methode-toegestaan", "methoden.lichtste")]
    [InlineData("heerlen", "uitnodiging-verzonden:g1", "gesprek-gehouden: gesprek.voorlichting g1")]
    [InlineData("heerlen", "gesprek-gehouden:b1@een", "feitenrapport-aangeboden: wederhoor.gelegenheid b1")]
    [InlineData("heerlen", "verslag-opgemaakt:g1@twee", "gesprek.verslag g1")]
    [InlineData("heerlen", "verslag-verzonden:b1@een", "verslag.afschrift-betrokkene b1")]
    [InlineData("heerlen", "verslag-vastgesteld:b1@een", "gesprek.verslag-vaststellen b1")]
    [InlineData("heerlen", "voortgang-gemeld:verantwoordelijke", "onderzoek.voortgang")]
    [InlineData("heerlen", "feitenrapport-aangeboden", "beslisdocument-opgesteld: feitenrapport.opstellen")]
    [InlineData("heerlen", "beslisdocument-opgesteld", "maatregel-genomen: beslisdocument.opstellen")]
    [InlineData("heerlen", "oordeel-gegeven:b1", "oordeel.geven b1")]
    [InlineData("heerlen", "regel-nageleefd!maatregel.rollen", "maatregel-genomen: maatregel.rollen")]
    [InlineData("heerlen", "regel-nageleefd!beslisdocument.geen-namen", "stuk-naar-personeelsdossier: beslisdocument.geen-namen")]
    [InlineData("heerlen", "stuk-naar-personeelsdossier:b1", "personeelsdossier.beslisdocument b1")]
    [InlineData("heerlen", "partijen-geinformeerd:m1", "afsluiting.melder m1")]
    [InlineData("heerlen", "partijen-geinformeerd:g2", "afsluiting.partijen g2")]
    [InlineData("heerlen", "or-geinformeerd", "afsluiting.or")]
    [InlineData("heerlen", "nazorg-aangeboden:g1", "afsluiting.nazorg g1")]
    [InlineData("heerlen", "nazorg-aangeboden:m1", "afsluiting.nazorg-melder m1")]
    [InlineData("heerlen", "regel-nageleefd!afsluiting.college", "afsluiting.college")]
    [InlineData("ommen", "criteria-gewogen", "opdracht-verstrekt: beoordeling.criteria")]
    [InlineData("ommen", "verantwoordelijke-geinformeerd", "opdracht-verstrekt: melding.voorleggen")]
    [InlineData("ommen", "voortgang-gemeld:m1", "melding.onderzoek-melder m1")]
    [InlineData("ommen", "kennisgeving-gedaan:b1", "kennisgeving.doen b1")]
    [InlineData("ommen", "uitnodiging-verzonden:b1", "gesprek-gehouden: gesprek.voorlichting b1")]
    [InlineData("ommen", "intake-gehouden:m1", "gesprek.melder-gehoord m1")]
    [InlineData("ommen", "journaal-aantekening", "onderzoek.vastleggen")]
    [InlineData("ommen", "wederhoor-gedaan:b1", "feitenrapport-aangeboden: wederhoor.gelegenheid b1")]
    [InlineData("ommen", "feitenrapport-aangeboden", "oordeel-gegeven: rapport.aanbieden")]
    [InlineData("ommen", "regel-nageleefd:b1!rapport.persoon-in-kwestie", "rapport.persoon-in-kwestie b1")]
    [InlineData("ommen", "regel-nageleefd!maatregel.advies", "maatregel-genomen: maatregel.advies")]
    [InlineData("ommen", "partijen-geinformeerd:m1", "afsluiting.melder m1")]
    public void Course_WithoutOneStep_IsRefusedByTheRuleThatAsksForIt(string id, string step, string refusal)
    {
        var course = Course(id);
        course.ShouldContain(step);
        course.RemoveAll(line => line == step || (step == "gesprek-gehouden:b1@een" && line.EndsWith(":b1@een", StringComparison.Ordinal)));
        Refused(id, course).ShouldContain(refusal.Contains(": ", StringComparison.Ordinal) ? refusal : $"dossier-gesloten: {refusal}");
    }

    [Theory]
    [InlineData("heerlen", "melding-ontvangen:m1 intake-gehouden:m1 intakeverslag-gecorrigeerd:m1 regel-nageleefd!melding.ander-persoon criteria-gewogen verantwoordelijke-geinformeerd niet-onderzoekswaardig partijen-geinformeerd:m1 regel-nageleefd!afsluiting.college")]
    [InlineData("ommen", "melding-ontvangen:m1 criteria-gewogen verantwoordelijke-geinformeerd niet-onderzoekswaardig partijen-geinformeerd:m1 regel-nageleefd!melding.bescherming regel-nageleefd!protocol.niet-geregeld")]
    public void Course_NotWorthAnOnderzoek_OwesNothingOfAnOnderzoek(string id, string course)
    {
        var lines = course.Split(' ').ToList();
        Refused(id, lines).ShouldBeEmpty();
        lines.Remove("partijen-geinformeerd:m1");
        Refused(id, lines).ShouldContain("dossier-gesloten: beoordeling.geen-onderzoek-melder m1");
    }

    [Fact]
    public void Course_HeerlenWithAMemberOfTheOr_WaitsForTheChairAndAsksAgainAtTheEnd()
    {
        var course = Course("heerlen");
        course.Remove("or-geinformeerd");
        var facts = Facts(course).With(FactNames.OrLid, true).WithPerson("g1", FactNames.OrLid, true).WithPerson("b1", FactNames.OrLid, false).WithPerson("g2", FactNames.OrLid, false);
        Refused("heerlen", course, facts).ShouldBe(["uitnodiging-verzonden: or.vooraf-getuige g1", "dossier-gesloten: or.vooraf-getuige g1", "dossier-gesloten: afsluiting.or "], ignoreOrder: true);
        course.Insert(0, "or-geinformeerd:g1");
        Refused("heerlen", course, facts).ShouldBe(["dossier-gesloten: afsluiting.or "]);
        Refused("heerlen", course, facts.With(FactNames.OrDomeinVerteld, true)).ShouldBeEmpty();
    }

    [Fact]
    public void Course_OmmenAnotherRoute_TheMelderStillHearsThatNoOnderzoekComes()
    {
        List<string> course = ["melding-ontvangen:m1", "criteria-gewogen", "verantwoordelijke-geinformeerd", "ander-traject-gekozen", "regel-nageleefd!melding.bescherming", "regel-nageleefd!protocol.niet-geregeld"];
        Refused("ommen", course).ShouldBe(["dossier-gesloten: beoordeling.geen-onderzoek-melder m1"]);
        Refused("ommen", [.. course, "partijen-geinformeerd:m1"]).ShouldBeEmpty();
    }

    private static List<string> Refused(string id, List<string> course, CaseFacts? given = null) => CourseRunner.Refused(id, course, Persons, Facts, given);

    private static CaseFacts Facts(List<string> course)
    {
        var facts = CaseFacts.None.With(FactNames.Vorm, "vertrouwelijk").With(FactNames.Onderzoek, course.Contains("opdracht-verstrekt:b1")).With(FactNames.Positie, "medewerker");
        foreach (var no in new[]
        {
            FactNames.StrafbaarFeit, FactNames.OrLid, FactNames.OrVoorzitter, FactNames.ExternVerzoek, FactNames.Opname, FactNames.Ordemaatregel, FactNames.Observatie, FactNames.SystemenOnderzoek,
            FactNames.EmailOnderzoek, FactNames.WerkplekOnderzoek, FactNames.ExternOnderzoek, FactNames.ViaVertrouwenspersoon, FactNames.Datalek, FactNames.BedreigingOfGeweld, FactNames.IdentiteitNodig,
            FactNames.RechtspositioneleProcedure, FactNames.AnoniemeVerklaring,
        }) facts = facts.With(no, false);
        if (course.Contains("criteria-gewogen")) facts = facts.With(FactNames.Onderzoekswaardig, !course.Contains("niet-onderzoekswaardig"));
        if (course.Contains("or-geinformeerd")) facts = facts.With(FactNames.OrDomeinVerteld, true);
        if (course.Contains("oordeel-gegeven:b1")) facts = facts.With(FactNames.Gegrond, true);
        return facts;
    }

    private static List<string> Course(string id) => [.. (id == "heerlen" ? Heerlen : Ommen).Split('\n').Select(line => line.Trim())];
}
