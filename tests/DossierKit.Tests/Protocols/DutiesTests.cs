using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>How one rule stands in a case, by the fields that say how it is kept.</summary>
public class DutiesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly DutyPerson[] Persons = [new("b1", "betrokkene"), new("b2", "betrokkene"), new("g1", "getuige"), new("m1", "melder") { ReachedThrough = ["v1"] }];

    [Theory]
    [InlineData("", "", DutyState.Open)]
    [InlineData("", "intake-gehouden", DutyState.Kept)]
    [InlineData("", "regel-nageleefd!regel", DutyState.Kept)]
    [InlineData("", "regel-nageleefd!ander", DutyState.Open)]
    [InlineData("", "protocol-afgeweken!regel", DutyState.Deviated)]
    [InlineData("", "protocol-afgeweken!ander", DutyState.Open)]
    [InlineData("\"als\": \"spoed\",", "", DutyState.Unknown)]
    [InlineData("\"als\": \"spoed\",", "intake-gehouden", DutyState.Kept)]
    [InlineData("\"als\": \"datalek\",", "", DutyState.NotApplicable)]
    [InlineData("\"als\": \"niet datalek\",", "", DutyState.Open)]
    [InlineData("\"vervuldAls\": \"externOnderzoek\",", "", DutyState.Kept)]
    [InlineData("\"vervuldAls\": \"spoed\",", "", DutyState.Open)]
    [InlineData("\"geborgdIn\": \"toegang\",", "", DutyState.Kept)]
    [InlineData("\"geborgdIn\": \"toegang\", \"als\": \"datalek\",", "", DutyState.Kept)]
    [InlineData("\"aantal\": 2,", "intake-gehouden:g1", DutyState.Open)]
    [InlineData("\"aantal\": 2,", "intake-gehouden:g1 intake-gehouden:g1", DutyState.Open)]
    [InlineData("\"aantal\": 2,", "intake-gehouden:g1 intake-gehouden:b1", DutyState.Kept)]
    [InlineData("\"posities\": [\"wethouder\"],", "", DutyState.Open)]
    [InlineData("\"posities\": [\"burgemeester\"],", "", DutyState.NotApplicable)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "", DutyState.NotApplicable)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1", DutyState.Open)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1 intake-gehouden", DutyState.Kept)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1@1 gesprek-gehouden:g1@2 intake-gehouden@1", DutyState.Open)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1@1 gesprek-gehouden:g1@2 intake-gehouden@1 intake-gehouden@2", DutyState.Kept)]
    [InlineData("\"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1@1 intake-gehouden@eigen", DutyState.Kept)]
    public void Of_OneMoet_StandsAsItsFieldsSay(string fields, string events, DutyState expected)
        => Of("moet", fields, events).ShouldHaveSingleItem().State.ShouldBe(expected);

    [Theory]
    [InlineData("\"rollen\": [\"betrokkene\"],", "", "b1 Open, b2 Open")]
    [InlineData("\"rollen\": [\"betrokkene\"],", "intake-gehouden:b1", "b1 Kept, b2 Open")]
    [InlineData("\"rollen\": [\"betrokkene\"],", "intake-gehouden", "b1 Open, b2 Open")]
    [InlineData("\"rollen\": [\"getuige\"],", "intake-gehouden", "g1 Kept")]
    [InlineData("\"rollen\": [\"melder\"],", "intake-gehouden:v1", "m1 Kept")]
    [InlineData("\"rollen\": [\"melder\"],", "intake-gehouden:b1", "m1 Open")]
    [InlineData("\"rollen\": [\"benadeelde\"],", "", " NotApplicable")]
    [InlineData("\"rollen\": [\"betrokkene\"],", "regel-nageleefd:b2!regel", "b1 Open, b2 Kept")]
    [InlineData("\"rollen\": [\"betrokkene\"],", "regel-nageleefd!regel", "b1 Kept, b2 Kept")]
    [InlineData("\"rollen\": [\"betrokkene\"],", "protocol-afgeweken!regel", "b1 Deviated, b2 Deviated")]
    [InlineData("\"rollen\": [\"betrokkene\"], \"als\": \"politiekAmbtsdrager\",", "", "b1 NotApplicable, b2 Open")]
    [InlineData("\"rollen\": [\"betrokkene\"], \"posities\": [\"medewerker\"],", "", "b1 Open, b2 NotApplicable")]
    [InlineData("\"rollen\": [\"betrokkene\", \"getuige\"], \"na\": [\"gesprek-gehouden\"],", "gesprek-gehouden:g1", "b1 NotApplicable, b2 NotApplicable, g1 Open")]
    public void Of_RuleForEachPersonOfARole_IsJudgedForEach(string fields, string events, string expected)
        => string.Join(", ", Of("moet", fields, events).Select(duty => $"{duty.Subject} {duty.State}")).ShouldBe(expected);

    [Theory]
    [InlineData("kan", DutyState.Offered)]
    [InlineData("in_de_regel", DutyState.Open)]
    [InlineData("indien_van_toepassing", DutyState.Open)]
    public void Of_NothingDone_StandsAsItsStrengthSays(string strength, DutyState expected) => Of(strength, "", "").ShouldHaveSingleItem().State.ShouldBe(expected);

    [Fact]
    public void Of_UnknownFact_IsNamed()
        => Of("moet", "\"als\": \"spoed of ernstigeSchending of datalek\",", "").ShouldHaveSingleItem().OpenFacts.ShouldBe(["ernstigeSchending", "spoed"]);

    [Fact]
    public void Of_UnsignedDeviation_CountsForNothing()
        => Duties.Of(Read("protocol-afgeweken!regel"), With("moet", ""), Facts, Persons, _ => false)[0].State.ShouldBe(DutyState.Open);

    [Fact]
    public void Of_OnderzoekerWhoSteppedBack_IsNoLongerOneOfTwo()
    {
        var rule = With("moet", "\"aantal\": 2,", "onderzoeker-aangewezen");
        var both = Read("onderzoeker-aangewezen:o1 onderzoeker-aangewezen:o2");
        Duties.Of(both, rule, Facts, Persons)[0].State.ShouldBe(DutyState.Kept);
        var back = new ProtocolEvent("onderzoeker-teruggetreden", Day, "o2") { Undoes = "onderzoeker-aangewezen" };
        var left = Duties.Of([.. both, back], rule, Facts, Persons)[0];
        left.State.ShouldBe(DutyState.Open);
        left.Done.ShouldBe(1);
        Duties.Of([.. both, back, new ProtocolEvent("onderzoeker-aangewezen", Day, "o3")], rule, Facts, Persons)[0].State.ShouldBe(DutyState.Kept);
    }

    // What the case must have done when it is closed: which phases it came to, and whether it ended before an onderzoek.
    [Theory]
    [InlineData("melding", "", "", true)]
    [InlineData("onderzoek", "", "", true)]
    [InlineData("onderzoek", "", "niet-onderzoekswaardig", false)]
    [InlineData("melding", "", "niet-onderzoekswaardig", true)]
    [InlineData("afsluiting", "", "niet-onderzoekswaardig", true)]
    [InlineData("opdracht", "", "niet-onderzoekswaardig", false)]
    [InlineData("opdracht", "", "ander-traject-gekozen", false)]
    [InlineData("onderzoek", "", "niet-onderzoekswaardig~-5 opdracht-verstrekt", true)]
    [InlineData("oordeel", "", "niet-onderzoekswaardig~-5 opdracht-verstrekt", true)]
    [InlineData("oordeel", "", "opdracht-verstrekt~-5 ander-traject-gekozen", false)]
    [InlineData("onderzoek", "", "opdracht-verstrekt~-5 ander-traject-gekozen", true)]
    [InlineData("onderzoek", "\"voor\": [\"feitenrapport-aangeboden\"],", "opdracht-verstrekt", false)]
    [InlineData("onderzoek", "\"voor\": [\"feitenrapport-aangeboden\"],", "opdracht-verstrekt feitenrapport-aangeboden", true)]
    [InlineData("melding", "\"voor\": [\"opdracht-verstrekt\"],", "niet-onderzoekswaardig", true)]
    public void Of_ARule_IsAskedAtClosingWhenTheCaseCameToIt(string phase, string fields, string events, bool asked)
        => Duties.Of(Read(events), With("moet", fields, phase: phase), Facts, Persons)[0].IsAskedAtClosing.ShouldBe(asked);

    [Theory]
    [InlineData("moet", "\"voor\": [\"opdracht-verstrekt\"],", "opdracht-verstrekt", "", true)]
    [InlineData("moet", "\"voor\": [\"opdracht-verstrekt\"],", "uitnodiging-verzonden", "", false)]
    [InlineData("moet", "\"voor\": [\"opdracht-verstrekt\"], \"als\": \"spoed\",", "opdracht-verstrekt", "", true)]
    [InlineData("in_de_regel", "\"voor\": [\"opdracht-verstrekt\"],", "opdracht-verstrekt", "", false)]
    [InlineData("kan", "\"voor\": [\"opdracht-verstrekt\"],", "opdracht-verstrekt", "", false)]
    [InlineData("kan", "", "dossier-gesloten", "", false)]
    [InlineData("in_de_regel", "", "dossier-gesloten", "", true)]
    [InlineData("moet", "", "dossier-gesloten", "", true)]
    [InlineData("moet", "\"rollen\": [\"getuige\"], \"voor\": [\"uitnodiging-verzonden\"],", "uitnodiging-verzonden", "g1", true)]
    [InlineData("moet", "\"rollen\": [\"getuige\"], \"voor\": [\"uitnodiging-verzonden\"],", "uitnodiging-verzonden", "b1", true)]
    [InlineData("moet", "\"rollen\": [\"getuige\", \"betrokkene\"], \"voor\": [\"uitnodiging-verzonden\"],", "uitnodiging-verzonden", "b1", true)]
    [InlineData("moet", "\"rollen\": [\"betrokkene\"], \"na\": [\"gesprek-gehouden\"], \"voor\": [\"uitnodiging-verzonden\"],", "uitnodiging-verzonden", "b1", false)]
    public void Before_AnEvent_GivesWhatMustBeSettledFirst(string strength, string fields, string name, string subject, bool refused)
        => (Duties.Before(Of(strength, fields, ""), name, subject.Length == 0 ? [] : [subject], Persons).Count > 0).ShouldBe(refused);

    [Fact]
    public void Before_AnEventAboutOnePerson_DoesNotWaitForAnotherOfTheSameRole()
    {
        var duties = Of("moet", "\"rollen\": [\"betrokkene\"], \"voor\": [\"kennisgeving-gedaan\"],", "intake-gehouden:b1");
        Duties.Before(duties, "kennisgeving-gedaan", ["b1"], Persons).ShouldBeEmpty();
        Duties.Before(duties, "kennisgeving-gedaan", ["b2"], Persons).ShouldHaveSingleItem().Subject.ShouldBe("b2");
        Duties.Before(duties, "kennisgeving-gedaan", [], Persons).ShouldHaveSingleItem().Subject.ShouldBe("b2");
    }

    [Theory]
    [InlineData("uitnodiging-verzonden:b1", "b1 True, b2 False")]
    [InlineData("uitnodiging-verzonden:g1", "b1 True, b2 True")]
    [InlineData("uitnodiging-verzonden", "b1 True, b2 True")]
    public void Of_ARuleThatComesBeforeAStepWithAPerson_IsAskedAtClosingOfThoseItWasTakenWith(string events, string expected)
        => string.Join(", ", Duties.Of(Read(events), With("moet", "\"rollen\": [\"betrokkene\"], \"voor\": [\"uitnodiging-verzonden\"],", phase: "onderzoek"), Facts, Persons)
            .Where(duty => duty.Rule.Id == "regel").Select(duty => $"{duty.Subject} {duty.IsAskedAtClosing}")).ShouldBe(expected);

    // An invitation goes out before the gesprek, so it cannot name it: judged by gesprek, a case with two of them could never be closed.
    [Theory]
    [InlineData("uitnodiging-verzonden:b1 gesprek-gehouden:b1@1 gesprek-gehouden:b1@2", DutyState.Kept)]
    [InlineData("uitnodiging-verzonden:b1 gesprek-gehouden:b1@1 gesprek-gehouden:g1@2", DutyState.Open)]
    [InlineData("uitnodiging-verzonden:b1 uitnodiging-verzonden:g1 gesprek-gehouden:b1@1 gesprek-gehouden:g1@2", DutyState.Kept)]
    [InlineData("uitnodiging-verzonden:v1 gesprek-gehouden:m1@1", DutyState.Kept)]
    public void Of_AnInvitation_IsOwedToWhoeverWasHeard(string events, DutyState expected)
        => Duties.Of(Read(events), With("moet", "\"na\": [\"gesprek-gehouden\"],", "uitnodiging-verzonden"), Facts, Persons)[0].State.ShouldBe(expected);

    [Fact]
    public void Of_AnOpdrachtPutForwardAndNeverGiven_IsNotOwedAtClosing()
    {
        var rule = With("moet", "", "opdracht-verstrekt", "opdracht");
        Duties.Of(Read("opdracht-voorgelegd niet-onderzoekswaardig"), rule, Facts, Persons)[0].IsAskedAtClosing.ShouldBeFalse();
        Duties.Of(Read("opdracht-voorgelegd"), rule, Facts, Persons)[0].IsAskedAtClosing.ShouldBeTrue();
    }

    [Fact]
    public void Of_ADocumentThatMustBeMade_IsADutyOfItsOwn()
    {
        var protocol = With("kan", "");
        var made = protocol with { Documents = [protocol.Documents[0] with { Addressees = ["betrokkene"] }] };
        States("").ShouldBe("b1 Open, b2 Open");
        States("kennisgeving-gedaan:b1").ShouldBe("b1 Kept, b2 Open");
        States("kennisgeving-gedaan:b1 stuk-opgemaakt:b2!kennisgeving").ShouldBe("b1 Kept, b2 Kept");
        States("stuk-opgemaakt:b2!gespreksverslag").ShouldBe("b1 Open, b2 Open");

        string States(string events) => string.Join(", ", Duties.Of(Read(events), made, Facts, Persons).Where(duty => duty.Rule.Id == "kennisgeving").Select(duty => $"{duty.Subject} {duty.State}"));
    }

    [Fact]
    public void EventDocuments_Table_HoldsKnownNamesOnly()
    {
        foreach (var kind in EventDocuments.Kinds)
        {
            DocumentKinds.IsKnown(kind).ShouldBeTrue(kind);
            EventDocuments.EventsOf(kind).ShouldNotBeEmpty();
            foreach (var name in EventDocuments.EventsOf(kind)) EventDocuments.KindsOf(name).ShouldContain(kind);
        }
    }

    private static CaseFacts Facts { get; } = CaseFacts.None.With(FactNames.Datalek, false).With(FactNames.ExternOnderzoek, true)
        .WithPerson("b1", FactNames.Positie, "medewerker").WithPerson("b2", FactNames.Positie, "wethouder");

    private static IReadOnlyList<Duty> Of(string strength, string fields, string events)
        => [.. Duties.Of(Read(events), With(strength, fields), Facts, Persons).Where(duty => duty.Rule.Id == "regel")];

    private static Protocol With(string strength, string fields, string fulfilledBy = "intake-gehouden", string phase = "melding")
    {
        var rule = $$"""
            { "id": "regel", "artikel": "Kleindorp art. 9", "titel": "Regel", "tekst": "Doe dit.", "wie": "melder", "kracht": "{{strength}}", "fase": "{{phase}}", {{fields}}
              "vervuldDoor": ["{{fulfilledBy}}"], "eigenKeuze": "Zo." },
            """;
        var loaded = ProtocolLoader.Load(Encoding.UTF8.GetBytes(ProtocolLoaderTests.Small.Replace("\"regels\": [", $"\"regels\": [{rule}", StringComparison.Ordinal)), "klein.json");
        loaded.Refusals.ShouldBeEmpty();
        return loaded.Value;
    }

    /// <summary>Events as <c>name:person@reference!concerns~days</c>.</summary>
    private static List<ProtocolEvent> Read(string events) => [.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
    {
        var (rest, days) = Cut(text, '~');
        (rest, var concerns) = Cut(rest, '!');
        (rest, var reference) = Cut(rest, '@');
        (rest, var person) = Cut(rest, ':');
        return new ProtocolEvent(rest, Day.AddDays(days is null ? 0 : int.Parse(days, System.Globalization.CultureInfo.InvariantCulture)), person, reference) { Concerns = concerns };
    })];

    private static (string Left, string? Part) Cut(string text, char mark) => text.Split(mark, 2) is [var rest, var part] ? (rest, part) : (text, null);
}
