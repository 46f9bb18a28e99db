using DossierKit.Dossiers;
using DossierKit.Search;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Search.Cards;

/// <summary>Numbers, likeness and the paragraph: pure.</summary>
public sealed class OutcomesTests
{
    private static readonly ComparisonRight All = new(true, true, true);

    [Fact]
    public void Tell_OfAnyCards_HasThreeCasesBehindEachNumber_AlsoBySubtraction()
    {
        Prop.ForAll(Cards(), cards =>
        {
            var numbers = Outcomes.Tell(cards, All, 3);
            var sets = numbers.Select(number => Behind(cards, number)).ToList();
            for (var i = 0; i < numbers.Count; i++)
            {
                // The number is true, and three cases stand behind it.
                sets[i].Count.ShouldBe(numbers[i].Count);
                Cases(cards, sets[i]).ShouldBeGreaterThanOrEqualTo(3);
                // One number taken from another leaves nothing, or three cases.
                for (var j = 0; j < numbers.Count; j++)
                {
                    if (i != j && sets[j].IsSubsetOf(sets[i])) NoneOrThree([.. sets[i].Except(sets[j])]);
                }

                // And so do all numbers that lie within it together.
                NoneOrThree([.. sets[i].Except(sets.Where((other, j) => j != i && other.IsProperSubsetOf(sets[i])).SelectMany(other => other))]);
            }

            void NoneOrThree(HashSet<int> rest)
            {
                if (rest.Count > 0) Cases(cards, rest).ShouldBeGreaterThanOrEqualTo(3);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Tell_ToOne_GivesAwayNothingThatIsKeptFromHim()
    {
        // Whoever compares less is told a part of the same table, never another table.
        Prop.ForAll(Cards(), cards =>
        {
            var all = Outcomes.Tell(cards, All, 3);
            foreach (var right in (ComparisonRight[])[new(true, false, false), new(true, true, false)])
                Outcomes.Tell(cards, right, 3).ShouldAllBe(number => all.Contains(number));
            Outcomes.Tell(cards, new(true, true, false), 3).ShouldAllBe(number => !number.Outcome.StartsWith("maatregel", StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Tell_ThreeAlike_TellsThem_TwoTellsNothing()
    {
        var three = Alike(3);
        Outcomes.Tell(three, All, 3).ShouldContain(new OutcomeCount(ViolationType.Financial, "maatregel:berisping", 3));
        Outcomes.Tell(Alike(2), All, 3).ShouldBeEmpty();
        // Three betrokkenen of one case are one case.
        Outcomes.Tell([.. three.Select(card => (card.Card, "a"))], All, 3).ShouldBeEmpty();
        // A fourth with another measure: telling "4 gegrond" beside "3 berisping" would tell of that one.
        var four = three.Append((Card(ViolationType.Financial, Oordeel.Gegrond, MeasureKind.Dismissal), "z")).ToList();
        Outcomes.Tell(four, All, 3).ShouldBe([new OutcomeCount(ViolationType.Financial, "maatregel:berisping", 3)]);
    }

    [Fact]
    public void Likeness_IsSymmetric_FullWithItself_AndAddsUp()
    {
        Prop.ForAll(Cards(), cards =>
        {
            for (var i = 0; i + 1 < cards.Count; i++)
            {
                var (one, other) = (cards[i].Card, cards[i + 1].Card);
                var there = Likeness.Of(one, other, CardRules.Shipped);
                there.Score.ShouldBe(Likeness.Of(other, one, CardRules.Shipped).Score, 1e-9);
                there.Score.ShouldBeInRange(0, 1);
                Likeness.Of(one, one, CardRules.Shipped).Score.ShouldBe(1, 1e-9);
                there.Lines.Where(line => line.Match == FactorMatch.Unknown).ShouldAllBe(line => line.Points == 0);
            }
        }).QuickCheckThrowOnFailure();
        CardRules.Shipped.Factors.Sum(factor => factor.Weight).ShouldBe(100);
    }

    [Fact]
    public void Likeness_ExplainsEachFactor()
    {
        var here = new CaseProfile { Types = [ViolationType.Financial, ViolationType.Powers], Group = FunctionGroup.Leading, Damage = DamageBand.None };
        var there = new CaseProfile { Types = [ViolationType.Financial], Group = FunctionGroup.Execution, Damage = DamageBand.Small, Intent = CardIntent.Intent };
        var likeness = Likeness.Of(here, there, CardRules.Shipped);
        // Overlap 1 of 2 of weight 25, group 0 of 15, one of four steps of weight 10.
        likeness.Weighed.ShouldBe(50);
        likeness.Score.ShouldBe((12.5 + 0 + 7.5) / 50, 1e-9);
        likeness.Lines.Single(line => line.Factor.Id == "opzet").Match.ShouldBe(FactorMatch.Unknown);
        likeness.Lines.Single(line => line.Factor.Id == "typen").Match.ShouldBe(FactorMatch.Partly);
        likeness.Lines.Single(line => line.Factor.Id == "functiegroep").Match.ShouldBe(FactorMatch.Different);
    }

    [Fact]
    public void Motivering_OfAnyCards_NamesNoCardAndNoSmallNumber()
    {
        Prop.ForAll(Cards(), cards =>
        {
            if (cards.Count == 0) return;
            var held = cards.Select((card, i) => ($"c0ffee{i:00}", card.Card with { Summary = $"Samenvattingskanarie {i}" }, card.Case)).ToList();
            var comparison = CaseComparison.Of(All, cards[0].Card, held, CardRules.Shipped);
            comparison.Motivering.ShouldNotContain("c0ffee");
            comparison.Motivering.ShouldNotContain("kanarie");
            System.Text.RegularExpressions.Regex.Matches(comparison.Motivering, "bij ([0-9]+) eerdere").ShouldAllBe(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= 3);
            comparison.CounterExamples.ShouldAllBe(card => card.Outcome != comparison.Nearest[0].Outcome);
            comparison.Nearest.Count.ShouldBeLessThanOrEqualTo(5);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Whatever a person does not compare, another oordeel or measure of a card changes no number he sees, and no number appears or goes by it.</summary>
    [Fact]
    public void Compare_ByADirector_TellsTheSameWhateverTheOordeelWas()
    {
        Prop.ForAll(Cards(), cards =>
        {
            if (cards.Count == 0) return;
            var director = new ComparisonRight(true, false, false);
            var told = Told(cards.Select(card => card.Card));
            foreach (var oordeel in new[] { Oordeel.Gegrond, Oordeel.Ongegrond })
                Told(cards.Select(card => card.Card.Inquiry ? card.Card with { Oordeel = oordeel, Measure = null } : card.Card)).ShouldBe(told);

            string Told(IEnumerable<CaseCard> changed)
            {
                var held = changed.Select((card, i) => ($"{i:00}", card, cards[i].Case)).ToList();
                var seen = CaseComparison.Of(director, new CaseProfile { Types = cards[0].Card.Types }, held, CardRules.Shipped);
                return $"{string.Join(';', seen.Numbers)} {seen.Motivering} {string.Join(';', seen.Nearest.Select(card => card.Id))}";
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Compare_UnfoundedCards_ShowAsUnfounded_AndCountAsNoMeasure()
    {
        var card = Card(ViolationType.Financial, Oordeel.Ongegrond, MeasureKind.None);
        Outcomes.Of(card).ShouldBe(["ongegrond", "onderzoek"]);
        Outcomes.Of(card with { Inquiry = false, Oordeel = null }).ShouldBe(["geen-onderzoek"]);
    }

    private static List<(CaseCard Card, string Case)> Alike(int count) => [.. Enumerable.Range(0, count).Select(i => (Card(ViolationType.Financial, Oordeel.Gegrond, MeasureKind.Reprimand), $"{i}"))];

    private static CaseCard Card(ViolationType type, Oordeel oordeel, MeasureKind measure)
        => new() { Types = [type], Inquiry = true, Oordeel = oordeel, Measure = measure, Year = 2025, Protocol = "waterlanden", Summary = "Iemand deed iets." };

    private static HashSet<int> Behind(IReadOnlyList<(CaseCard Card, string Case)> cards, OutcomeCount number)
        => [.. Enumerable.Range(0, cards.Count).Where(i => cards[i].Card.Types.Contains(number.Type) && Outcomes.Of(cards[i].Card).Contains(number.Outcome))];

    private static int Cases(IReadOnlyList<(CaseCard Card, string Case)> cards, IEnumerable<int> some) => some.Select(i => cards[i].Case).Distinct().Count();

    private static Arbitrary<List<(CaseCard Card, string Case)>> Cards()
    {
        // Few values, so that cells of two, three and four come up all the time.
        var card =
            from types in Gen.Elements(ViolationType.Financial, ViolationType.Powers, ViolationType.Conduct).NonEmptyListOf()
            from outcome in Gen.Choose(0, 5)
            from measure in Gen.Elements(MeasureKind.None, MeasureKind.Reprimand, MeasureKind.Dismissal)
            from oordeel in Gen.Elements(Oordeel.Gegrond, Oordeel.DeelsGegrond)
            from intent in Gen.Elements<CardIntent?>(null, CardIntent.Careless, CardIntent.Intent)
            from number in Gen.Choose(0, 14)
            select (new CaseCard
            {
                Types = [.. types.Take(2)],
                Inquiry = outcome > 0,
                Oordeel = outcome == 0 ? null : outcome == 1 ? Oordeel.Ongegrond : oordeel,
                Measure = outcome > 1 ? measure : MeasureKind.None,
                Intent = intent,
                Year = 2020 + (number % 5),
                Protocol = "waterlanden",
                Summary = "Iemand deed iets.",
            }, $"{number}");
        return card.ListOf().Select(list => list.Take(24).ToList()).ToArbitrary();
    }
}
