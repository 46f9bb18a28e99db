using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>What decisions on keeping come to, in the order in which they were recorded.</summary>
public class RetentionFoldTests
{
    private static readonly DateOnly Day = new(2024, 3, 1);

    private static readonly DossierClosed Unnamed = new() { Date = Day, Outcome = CaseOutcome.Completed };

    private static readonly ClassSet Set = new() { Date = Day, List = "2020", Result = "12.1.7", Nominatie = Nominatie.Vernietigen, Term = "P10Y", From = Afleidingswijze.Afgehandeld, Ground = "g" };

    private static readonly DossierReopened Reopened = new() { Date = Day.AddDays(1), Reason = "r" };

    [Fact]
    public void Class_AnotherNamedAtALaterClosing_LeavesBothSoThatNeitherCounts()
    {
        // Story: classed to be destroyed, reopened, and closed as the case of a klokkenluider that is kept for good. The second class was dropped without a word.
        var facts = Facts(Unnamed, Set, Reopened, Named("4.1.4", 2));
        (facts.Class?.Result, facts.AtClosing?.Result).ShouldBe(("12.1.7", "4.1.4"));
        Facts(Unnamed, Set, Reopened, Named("12.1.7", 2)).AtClosing.ShouldBeNull();
        Facts(Unnamed, Set, Reopened, Named("4.1.4", 2), Set with { Result = "4.1.4" }).AtClosing.ShouldBeNull();
    }

    [Fact]
    public void ClassAtClosing_OnceReopened_CountsNoMore()
    {
        Facts(Named("12.1.7", 0)).AtClosing.ShouldNotBeNull();
        Facts(Named("12.1.7", 0), Reopened, Unnamed with { Date = Day.AddDays(2) }).AtClosing.ShouldBeNull();
    }

    [Fact]
    public void KeepLonger_ShorterThanWhatIsInForce_IsRefused()
    {
        // Story: kept for good by the FI; a co-approver said "until tomorrow", and from tomorrow it could be destroyed.
        Why(Longer(Nominatie.BlijvendBewaren, null), Longer(null, 1)).ShouldContain("Er is al besloten dit langer te bewaren.");
        Why(Longer(null, 900), Longer(null, 800)).ShouldContain("Er is al besloten dit langer te bewaren.");
        Why(Longer(null, 900), Longer(Nominatie.BlijvendBewaren, null)).ShouldContain("Er is al besloten dit langer te bewaren.");
        Why(Longer(null, 900), Longer(Nominatie.BlijvendBewaren, 900)).ShouldBeEmpty();
        Why(Longer(null, 900), Longer(null, 901)).ShouldBeEmpty();
    }

    private static DossierClosed Named(string result, int after) => Unnamed with { Date = Day.AddDays(after), SelectielijstClass = result, ClassGround = "g" };

    private static ActionDateChanged Longer(Nominatie? nominatie, int? days) => new() { Date = Day, Nominatie = nominatie, KeepUntil = days is { } until ? Day.AddDays(until) : null, Reason = "r" };

    private static RetentionFacts Facts(params DossierEvent[] events) => RetentionFold.Of(State(events), null);

    private static IEnumerable<string> Why(DossierEvent before, RetentionEvent happening)
        => RetentionEventRules.Check(State([Unnamed, before]), happening, Day, Day.AddYears(1), _ => true).Select(refusal => refusal.What);

    private static DossierState State(DossierEvent[] events) => Entries.Fold([.. events.Select((happening, index) => Entries.Of(happening, index + 1))], DossierAccess.Everything);
}
