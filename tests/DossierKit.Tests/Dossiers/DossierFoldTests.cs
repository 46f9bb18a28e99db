using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

public sealed class DossierFoldTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Melder = new("melder-1");
    private static readonly PersonId Betrokkene = new("betrokkene-1");

    private static readonly DossierEvent[] Case =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Wethouder, IsOrMember = true } },
        new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster", "onderzoeker") },
        new MeldingReceived
        {
            Date = Day, Channel = MeldingChannel.Fi, Nature = MeldingNature.Misstand, Form = MelderForm.Vertrouwelijk, Description = "iets", Melders = [Melder], Betrokkenen = [Betrokkene],
        },
        new IntakeHeld { Date = Day.AddDays(3), With = Melder, Summary = "verteld door de melder" },
        new OpdrachtGiven { Date = Day.AddDays(9), Opdrachtgever = new PersonId("verantwoordelijke"), Betrokkenen = [Betrokkene] },
        new OnderzoekerAppointed { Date = Day.AddDays(9), Onderzoeker = new PersonId("onderzoeker-1") },
        new KennisgevingPostponed { Date = Day.AddDays(10), Betrokkene = Betrokkene, Reason = "bewijs", ReviewOn = Day.AddDays(20) },
    ];

    [Fact]
    public void Fold_ACase_GivesPhasePersonsAndFacts()
    {
        var state = Entries.Fold(Case);
        state.Phase.ShouldBe(DossierPhase.Onderzoek);
        state.StartedOn.ShouldBe(Day);
        state.Betrokkenen.ShouldHaveSingleItem().Id.ShouldBe(Betrokkene);
        state.Melders.ShouldHaveSingleItem().Id.ShouldBe(Melder);
        state.Onderzoekers.ShouldHaveSingleItem().Id.Value.ShouldBe("onderzoeker-1");
        state.Facts.Find(FactNames.Vorm).ShouldBe("vertrouwelijk");
        state.Facts.Find(FactNames.SoortMelding).ShouldBe("misstand");
        state.Facts.For("betrokkene-1").Find(FactNames.Positie).ShouldBe("wethouder");
        state.Facts.For("betrokkene-1").Find(FactNames.OrLid).ShouldBe(CaseFacts.Yes);
        state.Facts.Find(FactNames.Ordemaatregel).ShouldBe(CaseFacts.No);
        state.Facts.Find(FactNames.Gegrond).ShouldBeNull();
    }

    [Fact]
    public void Fold_WithoutTheMelderCompartment_HoldsNothingOfTheMelderButThatItHappened()
    {
        var state = Entries.Fold(Case.Select(happening => Entries.Of(happening)).ToList(), compartment => compartment == Compartment.Melder ? Right.Metadata : Right.Read);
        state.Melders.ShouldBeEmpty();
        state.Persons.ShouldNotContain(person => person.Surname == "Kwelderhof");
        state.All<IntakeHeld>().ShouldBeEmpty();
        state.Gaps.ShouldContain(gap => gap.Name == EventNames.IntakeGehouden && gap.Reason == GapReason.NotForThisPerson && gap.Date == Day.AddDays(3));
        // The term of the intake must still be met for whoever may not read it.
        state.ProtocolEvents.ShouldContain(new ProtocolEvent(EventNames.IntakeGehouden, Day.AddDays(3), "melder-1") { Role = "melder" });
    }

    [Fact]
    public void Fold_WithNothingOfACompartment_IsAsIfItWereNotThere()
    {
        var state = Entries.Fold(Case.Select(happening => Entries.Of(happening)).ToList(), compartment => compartment == Compartment.Opdracht || compartment == Compartment.Kaft ? Right.Read : Right.Nothing);
        state.Gaps.ShouldBeEmpty();
        state.Events.Select(recorded => recorded.Event.Name).Distinct().Order().ShouldBe([EventNames.OnderzoekerAangewezen, EventNames.OpdrachtVerstrekt, EventNames.PersoonToegevoegd]);
        state.ProtocolEvents.ShouldNotContain(happened => happened.Name == EventNames.KennisgevingUitgesteld || happened.Name == EventNames.IntakeGehouden);
    }

    [Fact]
    public void Fold_WithDestroyedPayloads_LeavesGapsAndKeepsPhaseAndTerms()
    {
        var entries = Case.Select(happening => Entries.Of(happening)).ToList();
        entries[^1] = entries[^1] with { Event = null };
        entries[5] = entries[5] with { Event = null, At = new DateTimeOffset(2026, 3, 11, 23, 30, 0, TimeSpan.Zero) };
        var state = Entries.Fold(entries, DossierAccess.Everything);
        state.Phase.ShouldBe(DossierPhase.Onderzoek);
        state.Gaps.Count.ShouldBe(2);
        // 23:30 UTC is the next day in the Netherlands.
        state.Gaps.ShouldContain(gap => gap.Name == EventNames.OpdrachtVerstrekt && gap.Date == new DateOnly(2026, 3, 12) && gap.Reason == GapReason.Destroyed);
        state.Opdracht.ShouldBeNull();
        state.ProtocolEvents.ShouldContain(happened => happened.Name == EventNames.OpdrachtVerstrekt && happened.Subject == null);
    }

    [Fact]
    public void Fold_EventsAboutSeveralPersons_AreGivenOnceForEach()
    {
        var second = new PersonId("betrokkene-2");
        var state = Entries.Fold([.. Case, new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-2", CaseRole.Betrokkene, "Oesterput") }, new OpdrachtExtended { Date = Day.AddDays(12), Reason = "meer", Opdrachtgever = new PersonId("verantwoordelijke"), Betrokkenen = [Betrokkene, second] }]);
        state.ProtocolEvents.Where(happened => happened.Name == EventNames.OpdrachtUitgebreid).Select(happened => happened.Subject).ShouldBe(["betrokkene-1", "betrokkene-2"]);
        state.ProtocolEvents.ShouldContain(happened => happened.Name == EventNames.KennisgevingUitgesteld && happened.ReviewOn == Day.AddDays(20) && happened.Role == "betrokkene");
    }

    [Fact]
    public void Fold_ClosedAndReopened_GoesOnWhereItWas()
    {
        var closed = Entries.Fold([.. Case, new DossierClosed { Date = Day.AddDays(30), Outcome = CaseOutcome.Completed, SelectielijstClass = "12.1.7" }]);
        (closed.Phase, closed.ClosedOn).ShouldBe((DossierPhase.Gesloten, Day.AddDays(30)));
        var reopened = Entries.Fold([.. closed.Events.Select(recorded => recorded.Event), new DossierReopened { Date = Day.AddDays(30), Reason = "nieuwe feiten" }]);
        (reopened.Phase, reopened.ClosedOn).ShouldBe((DossierPhase.Onderzoek, null));
    }

    [Fact]
    public void Fold_APersonRecordedAgain_IsAsLastRecorded()
    {
        var state = Entries.Fold(
            [Entries.Of(Case[1], 1), Entries.Of(new PersonAdded { Date = Day.AddDays(-5), Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaardt") }, 2)], DossierAccess.Everything);
        state.Betrokkenen.ShouldHaveSingleItem().Surname.ShouldBe("Schelpenwaardt");
    }

    [Fact]
    public void Onderzoekers_AfterAWrakingUpheldOrWithdrawing_AreGone()
    {
        var id = new PersonId("onderzoeker-1");
        Entries.Fold([.. Case, new OnderzoekerChallenged { Date = Day.AddDays(11), Onderzoeker = id, Reason = "x" }]).Onderzoekers.Count.ShouldBe(1);
        Entries.Fold([.. Case, new OnderzoekerChallenged { Date = Day.AddDays(11), Onderzoeker = id, Reason = "x", IsUpheld = true }]).Onderzoekers.ShouldBeEmpty();
        Entries.Fold([.. Case, new OnderzoekerWithdrew { Date = Day.AddDays(11), Onderzoeker = id }]).Onderzoekers.ShouldBeEmpty();
    }

    [Fact]
    public void Answers_RecordedTwice_AreThoseRecordedLast()
    {
        var state = Entries.Fold(
            new AnswersRecorded { Date = Day, DocumentKind = "kennisgeving", Answers = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" } },
            new AnswersRecorded { Date = Day, DocumentKind = "kennisgeving", Answers = new Dictionary<string, string> { ["b"] = "2" } });
        state.AnswersFor("kennisgeving").ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        state.AnswersFor("beslisdocument").ShouldBeEmpty();
    }

    [Fact]
    public void Ordemaatregel_ImposedAndEnded_IsAFactWhileItLasts()
    {
        var imposed = new OrdemaatregelImposed { Date = Day, Betrokkene = Betrokkene, Kind = OrdemaatregelKind.Suspension, Reason = "r", ImposedBy = new PersonId("v"), WasHeard = true };
        Entries.Fold([.. Case, imposed]).Facts.Find(FactNames.Ordemaatregel).ShouldBe(CaseFacts.Yes);
        Entries.Fold([.. Case, imposed, new OrdemaatregelEnded { Date = Day.AddDays(1), Betrokkene = Betrokkene }]).Facts.Find(FactNames.Ordemaatregel).ShouldBe(CaseFacts.No);
    }
}
