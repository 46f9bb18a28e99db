using System.Globalization;
using DossierKit.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Protocols;

public class TermsTests
{
    private static readonly Protocol Waterlanden = ProtocolLibrary.Shipped.Find("waterlanden", "2025")!;

    private static readonly CaseFacts Open = CaseFacts.None.With(FactNames.Vorm, "open").With(FactNames.Positie, PositionNames.Medewerker);

    // One event, one term, one day on which to look: what the protocol's table of terms says.
    [Theory]
    [InlineData("melding-ontvangen", "melder", "ontvangstbevestiging", "2026-03-02", "2026-03-09")]
    [InlineData("melding-ontvangen", "melder", "ontvangstbevestiging", "2026-04-30", "2026-05-08")] // 5 May lies between
    [InlineData("melding-ontvangen", "melder", "intake.gesprek", "2026-03-02", "2026-03-16")]
    [InlineData("melding-ontvangen", "melder", "intake.verslag", "2026-03-02", "2026-03-16")]
    [InlineData("melding-ontvangen", "melder", "intake.gesprek", "2026-04-13", "2026-04-28")] // two weeks later is Koningsdag
    [InlineData("melding-ontvangen", "melder", "geen-onderzoek.bericht", "2026-03-02", "2026-03-16")]
    [InlineData("opdracht-voorgelegd", null, "directeurenteam.besluit", "2026-03-03", "2026-03-06")]
    [InlineData("opdracht-voorgelegd", null, "directeurenteam.besluit", "2026-03-05", "2026-03-09")] // the third day is a Sunday
    [InlineData("opdracht-verstrekt", "betrokkene", "kennisgeving.termijn", "2026-03-02", "2026-03-09")]
    [InlineData("uitnodiging-verzonden", "betrokkene", "kennisgeving.uiterlijk", "2026-03-02", "2026-03-02")]
    [InlineData("gesprek-gehouden", "getuige", "gespreksverslag.verzenden", "2026-03-06", "2026-03-11")]
    [InlineData("verslag-verzonden", "getuige", "gespreksverslag.terug", "2026-05-08", "2026-05-19")] // Hemelvaartsdag and the Friday after it
    [InlineData("tenlastelegging-gedaan", "betrokkene", "verantwoording", "2026-03-02", "2026-03-16")]
    [InlineData("verantwoording-afgelegd", "betrokkene", "verantwoording.verslag", "2026-03-02", "2026-03-05")]
    public void Of_StartingEvent_IsDueOnTheDayOfTheTable(string name, string? role, string rule, string from, string due)
    {
        var happened = new ProtocolEvent(name, Day(from), role is null ? null : "p1", "g1") { Role = role };
        var term = One([happened], rule, Day(from));
        term.Due.ShouldBe(Day(due));
        term.State.ShouldBe(TermState.Due);
        term.From.ShouldBe(Day(from));
        One([happened], rule, Day(due)).State.ShouldBe(TermState.Due);
        One([happened], rule, Day(due)).WorkdaysLeft.ShouldBe(0);
        One([happened], rule, Day(due).AddDays(1)).State.ShouldBe(TermState.Late);
    }

    [Theory]
    [InlineData("2026-03-02", TermState.Due, 5)]
    [InlineData("2026-03-06", TermState.Due, 1)]
    [InlineData("2026-03-09", TermState.Due, 0)]
    [InlineData("2026-03-10", TermState.Late, -1)]
    [InlineData("2026-03-16", TermState.Late, -5)]
    public void Of_DayAfterDay_CountsTheWorkdaysLeft(string today, TermState state, int left)
    {
        var term = One([Melding("m1", "2026-03-02")], "ontvangstbevestiging", Day(today));
        term.State.ShouldBe(state);
        term.WorkdaysLeft.ShouldBe(left);
        term.Subject.ShouldBe("m1");
    }

    [Theory]
    [InlineData("2026-03-09", TermState.Met)]
    [InlineData("2026-03-10", TermState.MetLate)]
    public void Of_MetOnADay_IsMetOrMetLate(string met, TermState state)
    {
        var term = One([Melding("m1", "2026-03-02"), new("ontvangst-bevestigd", Day(met), "m1") { Role = "melder" }], "ontvangstbevestiging", Day("2026-06-01"));
        term.State.ShouldBe(state);
        term.MetOn.ShouldBe(Day(met));
        term.WorkdaysLeft.ShouldBeNull();
    }

    [Fact]
    public void Of_AnonymousMelder_StartsNoTermTowardsThem()
        => Terms.Of([Melding(null, "2026-03-02")], Waterlanden, CaseFacts.None.With(FactNames.Vorm, "anoniem"), Day("2026-03-03")).ShouldBeEmpty();

    [Fact]
    public void Of_TwoMeldersOneAnonymous_RunsOnlyForTheOneWhoIsKnown()
    {
        var facts = CaseFacts.None.WithPerson("m1", FactNames.Vorm, "vertrouwelijk").WithPerson("m2", FactNames.Vorm, "anoniem");
        Terms.Of([Melding("m1", "2026-03-02"), Melding("m2", "2026-03-04")], Waterlanden, facts, Day("2026-03-05"))
            .Where(term => term.Rule.Id == "ontvangstbevestiging").ShouldHaveSingleItem().Subject.ShouldBe("m1");
    }

    [Fact]
    public void Of_ConditionUnknown_IsShownRatherThanHidden()
        => Terms.Of([Melding("m1", "2026-03-02")], Waterlanden, CaseFacts.None, Day("2026-03-03")).ShouldContain(term => term.Rule.Id == "ontvangstbevestiging");

    [Fact]
    public void Of_OpdrachtThatNamesNobody_RunsForEveryBetrokkene()
    {
        ProtocolEvent[] events = [Betrokkene("b1"), Betrokkene("b2"), new("opdracht-verstrekt", Day("2026-03-02")), Kennisgeving("b1", "2026-03-05")];
        var terms = Of(events, "kennisgeving.termijn", "2026-03-10");
        terms.Single(term => term.Subject == "b1").State.ShouldBe(TermState.Met);
        terms.Single(term => term.Subject == "b2").State.ShouldBe(TermState.Late);
    }

    [Fact]
    public void Of_BetrokkeneWhoCameInLater_RunsFromTheirOwnOpdracht()
    {
        ProtocolEvent[] events =
        [
            Betrokkene("b1"), Betrokkene("b2"), new("opdracht-verstrekt", Day("2026-03-02")), Kennisgeving("b1", "2026-03-03"),
            new("opdracht-uitgebreid", Day("2026-03-20"), "b2") { Role = "betrokkene" },
        ];
        var terms = Of(events, "kennisgeving.termijn", "2026-03-20");
        terms.Count.ShouldBe(2);
        terms.Single(term => term.Subject == "b2").From.ShouldBe(Day("2026-03-20"));
        terms.Single(term => term.Subject == "b1").State.ShouldBe(TermState.Met);
    }

    [Fact]
    public void Of_KennisgevingThatNamesNobodyWithTwoBetrokkenen_MeetsNeither()
    {
        // A kennisgeving recorded without the person made the terms of both betrokkenen "met": the second was never told
        // and nobody saw it. An event that leaves out the person counts only when one person can be meant.
        ProtocolEvent[] two = [Betrokkene("b1"), Betrokkene("b2"), new("opdracht-verstrekt", Day("2026-03-02")), Kennisgeving(null, "2026-03-03")];
        Of(two, "kennisgeving.termijn", "2026-03-10").ShouldAllBe(term => term.State == TermState.Late);
        ProtocolEvent[] one = [Betrokkene("b1"), new("opdracht-verstrekt", Day("2026-03-02")), Kennisgeving(null, "2026-03-03")];
        Of(one, "kennisgeving.termijn", "2026-03-10").ShouldHaveSingleItem().State.ShouldBe(TermState.Met);
    }

    [Theory]
    [InlineData("2026-03-12", TermState.Postponed, 8)]
    [InlineData("2026-03-24", TermState.Postponed, 0)]
    [InlineData("2026-03-25", TermState.Late, -1)]
    public void Of_KennisgevingPostponed_IsNotLateUntilTheReviewDate(string today, TermState state, int left)
    {
        ProtocolEvent[] events = [new("opdracht-verstrekt", Day("2026-03-02"), "b1") { Role = "betrokkene" }, Postponed("b1", "2026-03-05", "2026-03-24")];
        var term = One(events, "kennisgeving.termijn", Day(today));
        term.State.ShouldBe(state);
        term.ReviewOn.ShouldBe(Day("2026-03-24"));
        term.Due.ShouldBe(Day("2026-03-09"));
        term.WorkdaysLeft.ShouldBe(left);
    }

    [Fact]
    public void Of_PostponedAgainInTime_RunsToTheLastReviewDate()
    {
        ProtocolEvent[] events =
        [
            new("opdracht-verstrekt", Day("2026-03-02"), "b1") { Role = "betrokkene" },
            Postponed("b1", "2026-03-05", "2026-03-24"), Postponed("b1", "2026-03-24", "2026-04-10"),
        ];
        One(events, "kennisgeving.termijn", Day("2026-04-10")).State.ShouldBe(TermState.Postponed);
        One(events, "kennisgeving.termijn", Day("2026-04-11")).State.ShouldBe(TermState.Late);
        One([.. events, Kennisgeving("b1", "2026-04-09")], "kennisgeving.termijn", Day("2026-05-01")).State.ShouldBe(TermState.Met);
        One([.. events, Kennisgeving("b1", "2026-04-13")], "kennisgeving.termijn", Day("2026-05-01")).State.ShouldBe(TermState.MetLate);
    }

    [Fact]
    public void Of_PostponedAfterTheLastDay_StaysLate()
    {
        ProtocolEvent[] events = [new("opdracht-verstrekt", Day("2026-03-02"), "b1") { Role = "betrokkene" }, Postponed("b1", "2026-03-10", "2026-03-24")];
        var term = One(events, "kennisgeving.termijn", Day("2026-03-11"));
        term.State.ShouldBe(TermState.Late);
        term.ReviewOn.ShouldBe(Day("2026-03-24"));
    }

    [Fact]
    public void Of_PostponedWithoutReviewDate_PostponesNothing()
    {
        ProtocolEvent[] events =
        [
            new("opdracht-verstrekt", Day("2026-03-02"), "b1") { Role = "betrokkene" },
            new("kennisgeving-uitgesteld", Day("2026-03-03"), "b1") { Role = "betrokkene" },
        ];
        One(events, "kennisgeving.termijn", Day("2026-03-10")).State.ShouldBe(TermState.Late);
    }

    [Fact]
    public void Of_InvitationToAGetuige_StartsNoTermForBetrokkenen()
        => Terms.Of([new("uitnodiging-verzonden", Day("2026-03-02"), "g1") { Role = "getuige" }], Waterlanden, Open, Day("2026-03-03")).ShouldBeEmpty();

    [Fact]
    public void Of_KennisgevingBeforeTheInvitation_MeetsTheLastMoment()
    {
        ProtocolEvent[] events = [Kennisgeving("b1", "2026-03-02"), new("uitnodiging-verzonden", Day("2026-03-05"), "b1") { Role = "betrokkene" }];
        One(events, "kennisgeving.uiterlijk", Day("2026-03-20")).State.ShouldBe(TermState.Met);
    }

    [Fact]
    public void Of_TwoGesprekkenWithOnePerson_RunEachByTheirOwnVerslag()
    {
        ProtocolEvent[] events =
        [
            Gesprek("gesprek-gehouden", "2026-03-02", "v1"), Gesprek("gesprek-gehouden", "2026-03-03", "v2"), Gesprek("verslag-verzonden", "2026-03-04", "v1"),
        ];
        var terms = Of(events, "gespreksverslag.verzenden", "2026-03-10");
        terms.Single(term => term.Reference == "v1").State.ShouldBe(TermState.Met);
        terms.Single(term => term.Reference == "v2").State.ShouldBe(TermState.Late);
        Of(events, "gespreksverslag.terug", "2026-03-10").ShouldHaveSingleItem().Reference.ShouldBe("v1");
    }

    [Fact]
    public void Of_VerslagSentAgainAfterCorrections_AsksForTheAnswerAgain()
    {
        ProtocolEvent[] events =
        [
            Gesprek("verslag-verzonden", "2026-03-02", "v1"), Gesprek("verslag-gecorrigeerd", "2026-03-04", "v1"), Gesprek("verslag-verzonden", "2026-03-06", "v1"),
        ];
        var terms = Of(events, "gespreksverslag.terug", "2026-03-16");
        terms.Single(term => term.From == Day("2026-03-02")).State.ShouldBe(TermState.Met);
        terms.Single(term => term.From == Day("2026-03-06")).State.ShouldBe(TermState.Late);
        Of([.. events, Gesprek("verslag-vastgesteld", "2026-03-13", "v1")], "gespreksverslag.terug", "2026-03-16").ShouldAllBe(term => term.State == TermState.Met);
    }

    [Fact]
    public void Of_VerslagOfAnEarlierGesprek_DoesNotMeetTheVerslagOfTheVerantwoording()
    {
        // The term of the verantwoording was met by the verslag of the first interview, weeks before: an act from before the
        // start counted. It counts only where the rule says so.
        ProtocolEvent[] events =
        [
            new("verslag-opgemaakt", Day("2026-02-03"), "b1", "v1") { Role = "betrokkene" }, new("verantwoording-afgelegd", Day("2026-03-02"), "b1") { Role = "betrokkene" },
        ];
        One(events, "verantwoording.verslag", Day("2026-03-06")).State.ShouldBe(TermState.Late);
    }

    [Fact]
    public void Of_OpdrachtGiven_EndsTheNeedToSayThatThereIsNone()
    {
        ProtocolEvent[] events = [Melding("m1", "2026-03-02"), new("opdracht-verstrekt", Day("2026-03-20"), "b1") { Role = "betrokkene" }];
        One(events, "geen-onderzoek.bericht", Day("2026-03-18")).State.ShouldBe(TermState.Late);
        One(events, "geen-onderzoek.bericht", Day("2026-03-20")).State.ShouldBe(TermState.Lapsed);
    }

    [Fact]
    public void Of_RuleWithoutATerm_IsNamedAndNeverLate()
    {
        var term = One([new("opdracht-verstrekt", Day("2025-03-03"))], "onderzoek.duur", Day("2026-03-03"));
        term.Due.ShouldBeNull();
        term.State.ShouldBe(TermState.Due);
        term.WorkdaysLeft.ShouldBeNull();
    }

    [Fact]
    public void Of_EventsOfTomorrow_AreNotSeenToday()
        => Terms.Of([Melding("m1", "2026-03-03")], Waterlanden, Open, Day("2026-03-02")).ShouldBeEmpty();

    [Fact]
    public void Of_NothingOfTheMunicipality_RunsInADossier()
        => Terms.Of([Melding("m1", "2026-03-02")], Waterlanden, Open, Day("2026-03-02")).ShouldNotContain(term => term.Rule.Scope == TermScope.Municipality);

    [Fact]
    public void Of_AnyCase_IsNeverDueBeforeItStarts() => Prop.ForAll(Cases, Days, (events, today)
        => Terms.Of(events, Waterlanden, Open, today).All(term => (term.Due is null || term.Due >= term.From) && term.From <= today && (term.ReviewOn is null || term.Rule.PostponedBy is not null)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyCaseInAnyOrder_GivesTheSame() => Prop.ForAll(Cases, Days, Gen.Choose(0, int.MaxValue).ToArbitrary(), (events, today, seed) =>
    {
        var shuffled = events.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Terms.Of(shuffled, Waterlanden, Open, today).SequenceEqual(Terms.Of(events, Waterlanden, Open, today));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyCaseWithAnUnrelatedEvent_GivesTheSame() => Prop.ForAll(Cases, Days, (events, today)
        => Terms.Of([.. events, new ProtocolEvent("nazorg-aangeboden", today.AddDays(-3), "b1"), new ProtocolEvent("bestand-toegevoegd", today)], Waterlanden, Open, today)
            .SequenceEqual(Terms.Of(events, Waterlanden, Open, today))).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyCase_StateAgreesWithDatesAndDays() => Prop.ForAll(Cases, Days, (events, today) => Terms.Of(events, Waterlanden, Open, today).All(term => term.State switch
    {
        TermState.Met or TermState.MetLate => term.MetOn is not null && term.WorkdaysLeft is null,
        TermState.Late => term.MetOn is null && today > term.Due && term.WorkdaysLeft <= 0,
        TermState.Due => term.MetOn is null && (term.Due is null ? term.WorkdaysLeft is null : today <= term.Due && term.WorkdaysLeft >= 0),
        TermState.Postponed => term.MetOn is null && today <= term.ReviewOn && term.WorkdaysLeft >= 0,
        _ => term.MetOn is null && term.WorkdaysLeft is null,
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_ATermMetOrLateOnADay_IsNeverDueAgainLater() => Prop.ForAll(Cases, Days, (events, today) =>
    {
        var now = Terms.Of(events, Waterlanden, Open, today);
        var known = events.Where(happened => happened.Date <= today).ToList();
        var later = Terms.Of(known, Waterlanden, Open, today.AddDays(30));
        return now.Where(term => term.State is TermState.Met or TermState.MetLate or TermState.Late).All(term => later.Any(other => Same(term, other) && other.State == term.State));
    }).QuickCheckThrowOnFailure();

    private static bool Same(Term one, Term other) => (one.Rule.Id, one.Subject, one.Reference, one.From) == (other.Rule.Id, other.Subject, other.Reference, other.From);

    private static readonly string[] Names =
    [
        "melding-ontvangen", "ontvangst-bevestigd", "intake-gehouden", "opdracht-voorgelegd", "besluit-directeurenteam", "opdracht-verstrekt", "opdracht-uitgebreid",
        "kennisgeving-gedaan", "kennisgeving-uitgesteld", "uitnodiging-verzonden", "gesprek-gehouden", "verslag-verzonden", "verslag-gecorrigeerd", "verslag-vastgesteld",
        "persoon-toegevoegd", "tenlastelegging-gedaan", "verantwoording-afgelegd", "verslag-opgemaakt", "partijen-geinformeerd",
    ];

    private static Arbitrary<DateOnly> Days => Gen.Choose(0, 120).Select(days => Day("2026-02-01").AddDays(days)).ToArbitrary();

    private static Arbitrary<List<ProtocolEvent>> Cases
    {
        get
        {
            var happened =
                from name in Gen.Elements(Names)
                from days in Gen.Choose(0, 60)
                from subject in Gen.Elements<string?>("b1", "b2", "m1", null)
                from reference in Gen.Elements<string?>("v1", "v2", null)
                from review in Gen.Choose(-5, 30)
                let date = Day("2026-02-01").AddDays(days)
                select new ProtocolEvent(name, date, subject, reference)
                {
                    Role = subject is null ? null : subject[0] == 'b' ? "betrokkene" : "melder",
                    ReviewOn = name == "kennisgeving-uitgesteld" && review >= 0 ? date.AddDays(review) : null,
                };
            return happened.ListOf().Select(list => list.ToList()).ToArbitrary();
        }
    }

    private static List<Term> Of(IReadOnlyList<ProtocolEvent> events, string rule, string today)
        => [.. Terms.Of(events, Waterlanden, Open, Day(today)).Where(term => term.Rule.Id == rule)];

    private static Term One(IReadOnlyList<ProtocolEvent> events, string rule, DateOnly today)
        => Terms.Of(events, Waterlanden, Open, today).Where(term => term.Rule.Id == rule).ShouldHaveSingleItem();

    private static ProtocolEvent Melding(string? melder, string day) => new("melding-ontvangen", Day(day), melder) { Role = "melder" };

    private static ProtocolEvent Betrokkene(string id) => new("persoon-toegevoegd", Day("2026-03-01"), id) { Role = "betrokkene" };

    private static ProtocolEvent Kennisgeving(string? id, string day) => new("kennisgeving-gedaan", Day(day), id) { Role = "betrokkene" };

    private static ProtocolEvent Postponed(string id, string day, string review) => new("kennisgeving-uitgesteld", Day(day), id) { Role = "betrokkene", ReviewOn = Day(review) };

    private static ProtocolEvent Gesprek(string name, string day, string reference) => new(name, Day(day), "g1", reference) { Role = "getuige" };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
