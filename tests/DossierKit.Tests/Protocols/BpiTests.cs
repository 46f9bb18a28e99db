using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// The overlay of the directeurenteam: what its slides of 7 September 2023 say, over whatever protocol a municipality has. Written from the slides; numbers are their lines.
/// </summary>
public class BpiTests
{
    private static readonly ProtocolLibrary Shipped = ProtocolLibrary.Shipped;

    private static readonly Protocol Heerlen = Shipped.Find("heerlen-bpi", null)!;

    [Fact]
    public void Shipped_OverlayForAny_IsLaidOverEveryBaseInForceWithIt()
    {
        Shipped.All.Where(protocol => protocol.Base is not null).Select(protocol => protocol.Id).Order(StringComparer.Ordinal).ShouldBe(["heerlen-bpi", "ommen-bpi", "waterlanden-bpi"]);
        Shipped.Find("heerenveen-bpi", null).ShouldBeNull("Heerenveen's protocol ended in 2016, seven years before.");
        Shipped.Find("bpi", null).ShouldBeNull("An overlay by itself is no protocol of a case.");
    }

    [Theory]
    [InlineData("heerlen")]
    [InlineData("ommen")]
    [InlineData("waterlanden")]
    public void Overlay_OverABase_KeepsItsVersionMunicipalityAndDocuments(string id)
    {
        var (below, over) = (Shipped.Find(id, null)!, Shipped.Find($"{id}-bpi", null)!);
        over.Version.ShouldBe(below.Version);
        over.Municipality.ShouldBe(below.Municipality);
        over.Title.ShouldStartWith(below.Title);
        over.Base.ShouldBe(new ProtocolReference(below.Id, below.Version));
        over.InForceFrom.ShouldBe(below.InForceFrom > new DateOnly(2023, 9, 7) ? below.InForceFrom : new DateOnly(2023, 9, 7));
        foreach (var document in below.Documents) over.FindDocument(document.Kind).ShouldNotBeNull();
        below.FindAuthority("medewerker", AuthorityTask.Commissions, CaseFacts.None)!.Holders.ShouldNotContain("directeurenteam");
    }

    // 56: the team gives the opdracht; 103: the responsible director takes the measure. The slides say nothing of who receives or judges.
    [Theory]
    [InlineData("medewerker", AuthorityTask.Commissions, "directeurenteam")]
    [InlineData("medewerker", AuthorityTask.Imposes, "verantwoordelijk-directeur")]
    [InlineData("gemeentesecretaris", AuthorityTask.Commissions, "portefeuillehouder-personeel")]
    [InlineData("wethouder", AuthorityTask.Commissions, "burgemeester")]
    [InlineData("burgemeester", AuthorityTask.Commissions, "commissaris-van-de-koning")]
    public void Authority_OverHeerlen_ChangesForEmployeesOnly(string position, AuthorityTask task, string holder)
        => Heerlen.FindAuthority(position, task, CaseFacts.None)!.Holders.ShouldContain(holder);

    [Fact]
    public void Authority_ToImpose_OnAdviceOfLegalAffairs() // 103
        => Heerlen.FindAuthority("medewerker", AuthorityTask.Imposes, CaseFacts.None)!.Assistants.ShouldBe(["juridische-zaken"]);

    [Theory]
    [InlineData(Strength.Must, "besluit overwegingen motivering deelnemers")] // 92, 96, 47, 29-35
    [InlineData(Strength.IfApplicable, "voorwaarden spoed")] // 94, 75-77
    public void Besluit_Elements_HaveTheirStrength(Strength strength, string names)
        => Heerlen.FindDocument("besluit-directeurenteam")!.Elements.Where(element => element.Strength == strength).Select(element => element.Id)
            .ShouldBe(names.Split(' ').Select(name => $"besluit-directeurenteam.{name}"));

    // 47: the reasons are asked of a refusal.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Besluit_Motivering_OnlyWhenTheTeamRefuses(bool agreed, bool asked)
        => Heerlen.FindElement("besluit-directeurenteam.motivering")!.When.Evaluate(CaseFacts.None.With(FactNames.Akkoord, agreed)).ShouldBe(asked);

    [Fact]
    public void Term_OfTheTeam_IsThreeDaysAndSaysWhatTheSlidesLeaveOpen() // 93
    {
        var term = Heerlen.Terms.Single(term => term.Id == "directeurenteam.besluit");
        term.Length.ShouldBe(new TermLength(3, TermUnit.Days));
        term.Origin.OwnChoice.ShouldNotBeNull();
        var submitted = new ProtocolEvent("opdracht-voorgelegd", new(2024, 5, 13));
        Terms.Of([submitted], Heerlen, CaseFacts.None, new(2024, 5, 14)).Single(running => running.Rule.Id == term.Id).Due.ShouldBe(new DateOnly(2024, 5, 16));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Opdracht_WithoutTheTeamsConsent_IsHeldBack(bool agreed, bool kept) // 56, 92
    {
        var rule = Heerlen.FindRule("opdracht.directeurenteam")!;
        rule.Strength.ShouldBe(Strength.Must);
        rule.Positions.ShouldBe(["medewerker", "diensthoofd"]);
        rule.Before.ShouldBe(["opdracht-verstrekt"]);
        rule.FulfilledWhen!.Evaluate(CaseFacts.None.With(FactNames.Akkoord, agreed)).ShouldBe(kept);
    }

    // 101, 86, 102.
    [Theory]
    [InlineData("directeurenteam", "voortgang", AccessAnswer.No)]
    [InlineData("directeurenteam", "feitenrapportage", AccessAnswer.No)]
    [InlineData("directeurenteam", "onderzoeksopdracht", AccessAnswer.Yes)]
    [InlineData("verantwoordelijk-directeur", "voortgang", AccessAnswer.Yes)]
    public void Access_OfDirectors_IsTheOpdrachtAndNothingMore(string who, string what, AccessAnswer answer)
        => Heerlen.Access.Single(rule => rule.Who == who && rule.What == what).Answer.ShouldBe(answer);

    [Theory]
    [InlineData("opdracht.directeurenteam-afwijken", Strength.May)] // 109
    [InlineData("opdracht.directeurenteam-andere-personen", Strength.Must)] // 97
    [InlineData("opdracht.directeurenteam-geen-mail", Strength.Must)] // 85
    [InlineData("opdracht.directeurenteam-alleen-zelf", Strength.Must)] // 86
    [InlineData("zorg.medewerkers", Strength.Must)] // 45, 102
    [InlineData("directeur.informeren", Strength.Must)] // 102
    [InlineData("maatregel.advies-juridisch", Strength.Must)] // 103
    public void Rules_OfTheSlides_HaveTheirStrength(string id, Strength strength) => Heerlen.FindRule(id)!.Strength.ShouldBe(strength);

    // 102: that the verantwoordelijke heard how it goes (as Heerlen asks) shows nothing of the director, nor of the care.
    [Theory]
    [InlineData("zorg.medewerkers")]
    [InlineData("directeur.informeren")]
    public void Director_WhenTheVerantwoordelijkeWasTold_IsStillOwed(string id)
    {
        ProtocolEvent[] events = [new("opdracht-verstrekt", new(2024, 5, 13), "b1") { Role = "betrokkene" }, new("voortgang-gemeld", new(2024, 5, 20), "verantwoordelijke")];
        var duties = Duties.Of(events, Heerlen, CaseFacts.None.With(FactNames.Positie, "medewerker"), [new DutyPerson("b1", "betrokkene")]);
        duties.Single(duty => duty.Rule.Id == id).State.ShouldBe(DutyState.Open);
    }

    [Fact]
    public void Measure_OfAnEmployee_WaitsForTheAdviceOfLegalAffairs() // 103
    {
        var rule = Heerlen.FindRule("maatregel.advies-juridisch")!;
        rule.Before.ShouldBe(["maatregel-genomen"]);
        rule.Positions.ShouldBe(["medewerker", "diensthoofd"]);
        Shipped.Find("waterlanden-bpi", null)!.Choices.Single(choice => choice.Id == "bpi-maatregel").Choice.ShouldContain("verantwoordelijk directeur");
    }

    [Fact]
    public void Waterlanden_WithTheOverlay_TakesTheSlidesForItsOwnMilderRule()
    {
        Shipped.Find("waterlanden", null)!.FindRule("opdracht.directeurenteam")!.Strength.ShouldBe(Strength.May);
        var together = Shipped.Find("waterlanden-bpi", null)!;
        together.FindRule("opdracht.directeurenteam")!.Strength.ShouldBe(Strength.Must);
        together.Choices.ShouldNotContain(choice => choice.Id == "opdrachtgever");
    }

    [Fact]
    public void LeftOut_TheGroupChat_IsNamed() => Heerlen.LeftOut.ShouldContain(left => left.What.Contains("Signal", StringComparison.Ordinal));

    [Fact]
    public void With_AProtocolInstalledLater_GetsTheOverlayToo()
    {
        var library = Shipped.With(Own("2024-01-01", "Rivierland"), "eigen.json").Value;
        var together = library.Find("rivierland-bpi", "1")!;
        together.Municipality.ShouldBe("Rivierland");
        together.FindAuthority("medewerker", AuthorityTask.Commissions, CaseFacts.None)!.Holders.ShouldBe(["directeurenteam"]);
        together.FindAuthority("wethouder", AuthorityTask.Commissions, CaseFacts.None).ShouldBeNull();
        library.Find("rivierland", "1")!.FindRule("opdracht.directeurenteam").ShouldBeNull();
    }

    [Fact]
    public void With_AProtocolThatIsReplaced_ReplacesTheOneUnderTheOverlay()
    {
        var library = Shipped.With(Own("2024-01-01", "Rivierland"), "eigen.json").Value.With(Own("2025-01-01", "Rivierland"), "eigen.json").Value;
        library.All.Count(protocol => protocol.Id == "rivierland-bpi").ShouldBe(1);
        library.Find("rivierland-bpi", "1")!.InForceFrom.ShouldBe(new DateOnly(2025, 1, 1));
    }

    [Fact]
    public void Load_OverlayForAnyWithAVersion_IsRefusedWithThePlace()
    {
        const string Json = """
            { "id": "x", "versie": "1", "gemeente": "G", "titel": "T", "vanaf": "2024-01-01", "bovenop": { "id": "*", "versie": "1" }, "bronnen": [{ "id": "B", "titel": "T" }] }
            """;
        var refusal = ProtocolLoader.Load(Encoding.UTF8.GetBytes(Json), "x.json").Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe("$.bovenop.versie");
    }

    [Fact]
    public void With_OverlayForAnyThatWithdrawsWhatABaseLacks_IsNoMistake()
    {
        const string Json = """
            { "id": "zonder", "versie": "1", "gemeente": "G", "titel": "zonder OR", "vanaf": "2024-01-01", "bovenop": { "id": "*" }, "vervallen": ["or.vooraf"], "bronnen": [{ "id": "B", "titel": "T" }] }
            """;
        var library = Shipped.With(Encoding.UTF8.GetBytes(Json), "x.json").Value;
        library.Find("waterlanden-zonder", null)!.FindRule("or.vooraf").ShouldBeNull();
        library.Find("waterlanden", null)!.FindRule("or.vooraf").ShouldNotBeNull();
        library.Find("ommen-zonder", null).ShouldNotBeNull();
    }

    private static byte[] Own(string from, string municipality) => Encoding.UTF8.GetBytes($$"""
        { "id": "rivierland", "versie": "1", "gemeente": "{{municipality}}", "titel": "Protocol", "vanaf": "{{from}}", "bronnen": [{ "id": "B", "titel": "T" }] }
        """);
}
