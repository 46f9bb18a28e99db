using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// A whole case under the protocols of Heerenveen and Waterlanden, step by step: done by the book no step is refused and the case can be closed;
/// with one step left out, the rule that asks for it stands in the way.
/// </summary>
public class OwnCourseTests
{
    private static readonly DutyPerson[] Persons =
    [
        new("b1", "betrokkene"), new("g1", "getuige"), new("m1", "melder"), new("l1", "leidinggevende"), new("o1", "onderzoeker"), new("o2", "onderzoeker"),
    ];

    private const string Heerenveen = """
        dossier-aangemaakt
        melding-ontvangen:m1
        verantwoordelijke-geinformeerd
        ontvangst-bevestigd:m1
        criteria-gewogen
        regel-nageleefd!beoordeling.leidinggevende
        regel-nageleefd!opdracht.evenredig
        opdracht-verstrekt:b1
        onderzoeker-aangewezen:o1
        onderzoeker-aangewezen:o2
        kennisgeving-gedaan:b1
        regel-nageleefd:b1!kennisgeving.mondeling
        leidinggevende-geinformeerd:l1
        uitnodiging-verzonden:b1
        uitnodiging-verzonden:g1
        gesprek-gehouden:b1@een
        gesprek-gehouden:g1@twee
        regel-nageleefd!getuigen.apart
        verslag-opgemaakt:b1@een
        verslag-opgemaakt:g1@twee
        regel-nageleefd!methoden.lichtste
        feitenrapport-aangeboden
        regel-nageleefd!communicatie.betrokkene
        tenlastelegging-gedaan:b1
        verantwoording-afgelegd:b1@drie
        regel-nageleefd:b1!verantwoording.aanwezigen
        verslag-opgemaakt:b1@drie
        regel-nageleefd:b1!verantwoording.verslag-maken
        oordeel-gegeven:b1
        regel-nageleefd!oordeel.schuld
        regel-nageleefd!maatregel.gelijke-gevallen
        maatregel-genomen:b1
        stuk-naar-personeelsdossier:b1
        regel-nageleefd!maatregel.voorwaardelijk-uitvoeren
        regel-nageleefd!strafbesluit.bekendmaken
        regel-nageleefd!opdracht.duur-langer
        partijen-geinformeerd:l1
        registratie-bijgewerkt:b1
        """;

    private const string Waterlanden = """
        dossier-aangemaakt
        melding-ontvangen:m1
        verantwoordelijke-geinformeerd
        ontvangst-bevestigd:m1
        intake-gehouden:m1
        criteria-gewogen
        regel-nageleefd!beoordeling.leidinggevende
        opdracht-verstrekt:b1
        onderzoeker-aangewezen:o1
        onderzoeker-aangewezen:o2
        kennisgeving-gedaan:b1
        regel-nageleefd:b1!kennisgeving.mondeling
        leidinggevende-geinformeerd:l1
        uitnodiging-verzonden:b1
        uitnodiging-verzonden:g1
        gesprek-gehouden:b1@een
        gesprek-gehouden:g1@twee
        verslag-opgemaakt:b1@een
        verslag-opgemaakt:g1@twee
        voortgang-gemeld
        regel-nageleefd!methoden.lichtste
        wederhoor-gedaan:b1
        feitenrapport-aangeboden
        oordeel-gegeven:b1
        zienswijze-gevraagd:b1
        regel-nageleefd!maatregel.rollen
        regel-nageleefd!maatregel.gelijke-gevallen
        maatregel-genomen:b1
        stuk-naar-personeelsdossier:b1
        partijen-geinformeerd:b1
        partijen-geinformeerd:g1
        partijen-geinformeerd:m1
        partijen-geinformeerd:l1
        or-geinformeerd
        nazorg-aangeboden:b1
        nazorg-aangeboden:g1
        nazorg-aangeboden:m1
        regel-nageleefd!afsluiting.derden
        registratie-bijgewerkt:b1
        """;

    [Theory]
    [InlineData("heerenveen")]
    [InlineData("waterlanden")]
    public void Course_ByTheBook_IsNeverRefusedAndCloses(string id) => Refused(id, Course(id)).ShouldBeEmpty();

    [Theory]
    [InlineData("heerenveen", "verantwoordelijke-geinformeerd", "criteria-gewogen: melding.verantwoordelijke")]
    [InlineData("heerenveen", "ontvangst-bevestigd:m1", "melding.ontvangst-bevestigen m1")]
    [InlineData("heerenveen", "criteria-gewogen", "opdracht-verstrekt: beoordeling.criteria")]
    [InlineData("heerenveen", "criteria-gewogen", "opdracht-verstrekt: beoordeling.advies")]
    [InlineData("heerenveen", "regel-nageleefd!opdracht.evenredig", "opdracht-verstrekt: opdracht.evenredig")]
    [InlineData("heerenveen", "onderzoeker-aangewezen:o2", "feitenrapport-aangeboden: onderzoekers.twee")]
    [InlineData("heerenveen", "kennisgeving-gedaan:b1", "feitenrapport-aangeboden: kennisgeving.schriftelijk b1")]
    [InlineData("heerenveen", "leidinggevende-geinformeerd:l1", "feitenrapport-aangeboden: leidinggevende.informeren")]
    [InlineData("heerenveen", "uitnodiging-verzonden:g1", "gesprek.vooraf-informeren g1")]
    [InlineData("heerenveen", "verslag-opgemaakt:g1@twee", "feitenrapport-aangeboden: gesprek.verslag g1")]
    [InlineData("heerenveen", "regel-nageleefd!methoden.lichtste", "feitenrapport-aangeboden: methoden.lichtste")]
    [InlineData("heerenveen", "feitenrapport-aangeboden", "oordeel-gegeven: rapport.aanbieden")]
    [InlineData("heerenveen", "regel-nageleefd!communicatie.betrokkene", "communicatie.betrokkene")]
    [InlineData("heerenveen", "regel-nageleefd:b1!verantwoording.aanwezigen", "verantwoording.aanwezigen b1")]
    [InlineData("heerenveen", "regel-nageleefd:b1!verantwoording.verslag-maken", "verantwoording.verslag-maken b1")]
    [InlineData("heerenveen", "oordeel-gegeven:b1", "maatregel-genomen: oordeel.verantwoordelijke b1")]
    [InlineData("heerenveen", "regel-nageleefd!oordeel.schuld", "maatregel-genomen: oordeel.schuld b1")]
    [InlineData("heerenveen", "regel-nageleefd!maatregel.gelijke-gevallen", "maatregel-genomen: maatregel.gelijke-gevallen")]
    [InlineData("heerenveen", "stuk-naar-personeelsdossier:b1", "personeelsdossier.stukken b1")]
    [InlineData("heerenveen", "partijen-geinformeerd:l1", "leidinggevende.resultaat l1")]
    [InlineData("heerenveen", "registratie-bijgewerkt:b1", "registratie.formulier b1")]
    [InlineData("waterlanden", "verantwoordelijke-geinformeerd", "opdracht-verstrekt: melding.verantwoordelijke")]
    [InlineData("waterlanden", "ontvangst-bevestigd:m1", "melding.ontvangst-bevestigen m1")]
    [InlineData("waterlanden", "criteria-gewogen", "opdracht-verstrekt: beoordeling.criteria")]
    [InlineData("waterlanden", "onderzoeker-aangewezen:o2", "feitenrapport-aangeboden: onderzoekers.twee")]
    [InlineData("waterlanden", "kennisgeving-gedaan:b1", "feitenrapport-aangeboden: kennisgeving.schriftelijk b1")]
    [InlineData("waterlanden", "leidinggevende-geinformeerd:l1", "leidinggevende.informeren")]
    [InlineData("waterlanden", "verslag-opgemaakt:b1@een", "feitenrapport-aangeboden: gesprek.verslag b1")]
    [InlineData("waterlanden", "voortgang-gemeld", "onderzoek.voortgang")]
    [InlineData("waterlanden", "wederhoor-gedaan:b1", "feitenrapport-aangeboden: wederhoor.gelegenheid b1")]
    [InlineData("waterlanden", "oordeel-gegeven:b1", "maatregel-genomen: oordeel.verantwoordelijke b1")]
    [InlineData("waterlanden", "zienswijze-gevraagd:b1", "maatregel-genomen: verantwoording.gelegenheid b1")]
    [InlineData("waterlanden", "regel-nageleefd!maatregel.rollen", "maatregel-genomen: maatregel.rollen")]
    [InlineData("waterlanden", "stuk-naar-personeelsdossier:b1", "personeelsdossier.beslisdocument b1")]
    [InlineData("waterlanden", "partijen-geinformeerd:g1", "afsluiting.partijen g1")]
    [InlineData("waterlanden", "partijen-geinformeerd:m1", "afsluiting.melder m1")]
    [InlineData("waterlanden", "partijen-geinformeerd:l1", "afsluiting.leidinggevende l1")]
    [InlineData("waterlanden", "or-geinformeerd", "afsluiting.or")]
    [InlineData("waterlanden", "nazorg-aangeboden:b1", "afsluiting.nazorg b1")]
    [InlineData("waterlanden", "nazorg-aangeboden:m1", "afsluiting.nazorg-melder m1")]
    [InlineData("waterlanden", "registratie-bijgewerkt:b1", "registratie.formulier b1")]
    public void Course_WithoutOneStep_IsRefusedByTheRuleThatAsksForIt(string id, string step, string refusal)
    {
        var course = Course(id);
        course.ShouldContain(step);
        course.Remove(step);
        Refused(id, course).ShouldContain(refusal.Contains(": ", StringComparison.Ordinal) ? refusal : $"dossier-gesloten: {refusal}");
    }

    [Fact]
    public void Course_BetrokkeneWasNotHeardBeforeTheMeasure_IsRefused()
    {
        // Heerenveen 3.3 and 3.4: either the charge or the account shows that there was a chance.
        var course = Course("heerenveen");
        course.Remove("tenlastelegging-gedaan:b1");
        Refused("heerenveen", course).ShouldBeEmpty();
        course.Remove("verantwoording-afgelegd:b1@drie");
        Refused("heerenveen", course).ShouldContain("oordeel-gegeven: verantwoording.eerst b1");
        Refused("heerenveen", course).ShouldContain("maatregel-genomen: verantwoording.gelegenheid b1");
    }

    [Fact]
    public void Course_NoPlichtsverzuim_IsJudgedWithoutACharge()
    {
        // Heerenveen 771: only when there is plichtsverzuim, or it looks like it; then 797: the account comes before the judgement.
        List<string> course = ["melding-ontvangen:m1", "opdracht-verstrekt:b1", "feitenrapport-aangeboden", "oordeel-gegeven:b1"];
        var facts = Facts(course[..2]);
        Refused("heerenveen", course, facts).ShouldContain("oordeel-gegeven: verantwoording.eerst b1");
        Refused("heerenveen", course, facts.WithPerson("b1", FactNames.Plichtsverzuim, false)).ShouldNotContain(line => line.Contains("verantwoording.eerst", StringComparison.Ordinal));
        Refused("heerenveen", course, facts.WithPerson("b1", FactNames.Gegrond, false)).ShouldNotContain(line => line.Contains("verantwoording.eerst", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("heerenveen", "dossier-aangemaakt melding-ontvangen:m1 verantwoordelijke-geinformeerd ontvangst-bevestigd:m1 criteria-gewogen niet-onderzoekswaardig partijen-geinformeerd:m1 leidinggevende-geinformeerd:l1 regel-nageleefd!beoordeling.leidinggevende regel-nageleefd!beoordeling.open-gesprek registratie-bijgewerkt:b1")]
    [InlineData("waterlanden", "dossier-aangemaakt melding-ontvangen:m1 verantwoordelijke-geinformeerd ontvangst-bevestigd:m1 intake-gehouden:m1 criteria-gewogen niet-onderzoekswaardig partijen-geinformeerd:m1 regel-nageleefd!beoordeling.leidinggevende regel-nageleefd!afsluiting.derden registratie-bijgewerkt:b1")]
    public void Course_NotWorthAnOnderzoek_OwesNothingOfAnOnderzoek(string id, string course)
    {
        var lines = course.Split(' ').ToList();
        Refused(id, lines).ShouldBeEmpty();
        lines.Remove("partijen-geinformeerd:m1");
        Refused(id, lines).ShouldContain("dossier-gesloten: geen-onderzoek.melder m1");
    }

    [Theory]
    [InlineData("heerenveen")]
    [InlineData("waterlanden")]
    public void Course_AgainstAWethouderWithoutABureau_IsRefusedAtTheInvitation(string id)
    {
        var facts = Facts(Course(id)).With(FactNames.Positie, "wethouder").WithPerson("b1", FactNames.Positie, "wethouder");
        Refused(id, Course(id), facts).ShouldContain("uitnodiging-verzonden: onderzoekers.extern ");
        Refused(id, Course(id), facts.With(FactNames.ExternOnderzoek, true)).ShouldNotContain(line => line.Contains("onderzoekers.extern", StringComparison.Ordinal));
    }

    private static List<string> Refused(string id, List<string> course, CaseFacts? given = null) => CourseRunner.Refused(id, course, Persons, Facts, given);

    private static CaseFacts Facts(List<string> course)
    {
        var facts = CaseFacts.None.With(FactNames.Vorm, "open").With(FactNames.Onderzoek, course.Contains("opdracht-verstrekt:b1")).With(FactNames.Positie, "medewerker");
        foreach (var no in new[]
        {
            FactNames.StrafbaarFeit, FactNames.OrLid, FactNames.OrVoorzitter, FactNames.Opname, FactNames.Ordemaatregel, FactNames.Observatie, FactNames.SystemenOnderzoek, FactNames.EmailOnderzoek,
            FactNames.WerkplekOnderzoek, FactNames.ExternOnderzoek, FactNames.ViaVertrouwenspersoon, FactNames.Datalek, FactNames.IdentiteitNodig, FactNames.EigenEenheid, FactNames.TwijfelObjectiviteit,
            FactNames.ErnstigeSchending, FactNames.ZwareMethode, FactNames.LeidinggevendeBetrokken, FactNames.Ingeleend, FactNames.OpzettelijkOnjuist, FactNames.LichteSchending, FactNames.MailInhoud,
            FactNames.AnoniemeVerklaring, FactNames.Gemachtigde,
        }) facts = facts.With(no, false);
        if (course.Contains("criteria-gewogen")) facts = facts.With(FactNames.Onderzoekswaardig, !course.Contains("niet-onderzoekswaardig"));
        if (course.Contains("oordeel-gegeven:b1")) facts = facts.With(FactNames.Gegrond, true);
        if (course.Contains("gesprek-gehouden:b1@een")) facts = facts.With(FactNames.TweeBijElkGesprek, true);
        if (course.Contains("verantwoording-afgelegd:b1@drie")) facts = facts.With(FactNames.MondelingeVerantwoording, true);
        if (course.Contains("or-geinformeerd")) facts = facts.With(FactNames.OrDomeinVerteld, true);
        return facts;
    }

    private static List<string> Course(string id) => [.. (id == "heerenveen" ? Heerenveen : Waterlanden).Split('\n').Select(line => line.Trim())];
}
