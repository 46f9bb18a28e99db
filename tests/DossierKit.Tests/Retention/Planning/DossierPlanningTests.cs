using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Retention;
using static DossierKit.Tests.Retention.Planning.ArchiveEntries;

namespace DossierKit.Tests.Retention.Planning;

public sealed class DossierPlanningTests
{
    private static readonly RetentionFacts Classed = new() { Class = Ten };

    [Theory]
    [InlineData("2034-02-27", RetentionStatus.Loopt, RetentionDecision.Bewaren)]
    [InlineData("2034-02-28", RetentionStatus.Moet, RetentionDecision.Vernietigen)]
    [InlineData("2035-02-28", RetentionStatus.Moet, RetentionDecision.Vernietigen)]
    [InlineData("2035-03-01", RetentionStatus.TeLaat, RetentionDecision.Vernietigen)]
    public void Plan_AClosedDossierWithAClass_FollowsItsDate(string today, RetentionStatus status, RetentionDecision decision)
    {
        var item = One(Entry(Closed, Classed), today);
        (item.Status, item.Decision, item.Ripe, item.Due).ShouldBe((status, decision, new DateOnly(2034, 2, 28), new DateOnly(2034, 2, 28)));
    }

    [Fact]
    public void Plan_WithoutAClass_IsNeverDestroyed()
    {
        foreach (var closed in new DateOnly?[] { null, Closed })
        {
            for (var year = 2024; year < 2200; year += 7)
                One(Entry(closed, new RetentionFacts()), new DateOnly(year, 1, 1)).Decision.ShouldBe(RetentionDecision.Bewaren);
        }

        var item = One(Entry(Closed, new RetentionFacts()), "2099-01-01");
        (item.Status, item.Due, item.Ripe).ShouldBe((RetentionStatus.Ongeclassificeerd, null, null));
        item.Reasons.ShouldContain(reason => reason.Code == "geen-klasse" && reason.Article.Length > 0);
    }

    [Fact]
    public void Plan_OfAReopenedCase_CountsFromTheNewClosing()
    {
        var open = One(Entry(null, Classed with { ReopenedOn = new DateOnly(2030, 1, 1) }), "2040-01-01");
        (open.Status, open.Due).ShouldBe((RetentionStatus.Open, null));
        open.Reasons.ShouldContain(reason => reason.Code == "heropend");
        One(Entry(new DateOnly(2031, 5, 5), Classed with { ReopenedOn = new DateOnly(2030, 1, 1) }), "2040-01-01").Due.ShouldBe(new DateOnly(2041, 5, 5));
    }

    [Fact]
    public void Plan_WhatIsKeptForGood_GoesToTheArchiveAndIsNeverDestroyed()
    {
        var entry = Entry(Closed, new RetentionFacts { Class = Forever });
        var before = One(entry, "2044-02-28");
        (before.Status, before.Decision, before.Ripe, before.Due).ShouldBe((RetentionStatus.Blijvend, RetentionDecision.Bewaren, null, new DateOnly(2044, 2, 29)));
        (One(entry, "2044-02-29").Status, One(entry, "2044-02-29").Decision).ShouldBe((RetentionStatus.Moet, RetentionDecision.Overdragen));
        One(entry, "2045-03-01").Status.ShouldBe(RetentionStatus.TeLaat);
        One(Entry(Closed, new RetentionFacts { Class = Forever, TransferredOn = new DateOnly(2044, 3, 1) }), "2050-01-01").Status.ShouldBe(RetentionStatus.Overgedragen);
    }

    [Fact]
    public void Plan_WithAnOverride_KeepsLongerAndNeverShorter()
    {
        One(Entry(Closed, Classed with { Override = new ActionDateOverride(new DateOnly(2036, 1, 1), null, new DateOnly(2034, 2, 28), Closed) }), "2035-01-01").Due.ShouldBe(new DateOnly(2036, 1, 1));
        // Recorded before a reopening and a later closing: what follows from the class is later by now, and wins.
        One(Entry(new DateOnly(2030, 1, 1), Classed with { Override = new ActionDateOverride(new DateOnly(2036, 1, 1), null, null, Closed) }), "2035-01-01").Due.ShouldBe(new DateOnly(2040, 1, 1));
        var kept = One(Entry(Closed, Classed with { Override = new ActionDateOverride(null, Nominatie.BlijvendBewaren, new DateOnly(2034, 2, 28), Closed) }), "2040-01-01");
        (kept.Status, kept.Decision, kept.Ripe).ShouldBe((RetentionStatus.Blijvend, RetentionDecision.Bewaren, null));
    }

    [Theory]
    [InlineData(Afleidingswijze.AnderDatumkenmerk, "einde-dienstverband", "2027-06-30", "2037-06-30")]
    [InlineData(Afleidingswijze.IngangsdatumBesluit, null, "2024-05-01", "2034-05-01")]
    [InlineData(Afleidingswijze.VervaldatumBesluit, null, "2040-12-31", "2050-12-31")]
    // Ten years after a date long before the closing: never before the closing itself.
    [InlineData(Afleidingswijze.AnderDatumkenmerk, "einde-dienstverband", "2001-01-01", "2024-02-29")]
    public void Plan_WithARecordedDate_CountsFromIt(Afleidingswijze from, string? kenmerk, string source, string due)
    {
        var set = Ten with { From = from, Kenmerk = kenmerk };
        One(Entry(Closed, new RetentionFacts { Class = set, SourceDates = [new SourceDate(from, kenmerk, Day(source))] }), "2024-03-01").Due.ShouldBe(Day(due));
        var missing = One(Entry(Closed, new RetentionFacts { Class = set, SourceDates = [new SourceDate(from, "andere-naam", Day(source))] }), "2099-01-01");
        if (from == Afleidingswijze.AnderDatumkenmerk) (missing.Status, missing.Decision, missing.Due).ShouldBe((RetentionStatus.Open, RetentionDecision.Bewaren, null));
    }

    [Fact]
    public void Plan_WithAProcessTerm_CountsFromItsEnd()
        => One(Entry(Closed, new RetentionFacts { Class = Ten with { From = Afleidingswijze.Termijn, ProcessTerm = "P1Y6M" } }), "2024-03-01").Due.ShouldBe(new DateOnly(2035, 8, 29));

    [Theory]
    [InlineData(Afleidingswijze.Eigenschap)]
    [InlineData(Afleidingswijze.GerelateerdeZaak)]
    [InlineData(Afleidingswijze.Hoofdzaak)]
    [InlineData(Afleidingswijze.Zaakobject)]
    public void Plan_WithAnAfleidingswijzeThatIsNotUsed_IsNeverDestroyedAndSaysWhy(Afleidingswijze from)
    {
        var item = One(Entry(Closed, new RetentionFacts { Class = Ten with { From = from } }), "2199-01-01");
        (item.Status, item.Decision).ShouldBe((RetentionStatus.Open, RetentionDecision.Bewaren));
        item.Reasons.ShouldContain(reason => reason.Code == "afleidingswijze-niet-gebruikt");
        Afleiding.WhyNot(from).ShouldNotBeEmpty();
    }

    [Fact]
    public void Plan_WithAClassNamedAtTheClosing_CountsItWithAGroundOnly()
    {
        One(Entry(Closed, new RetentionFacts { AtClosing = new ClosingClass("12.1.7", true, Closed) }), "2034-02-28").Decision.ShouldBe(RetentionDecision.Vernietigen);
        One(Entry(Closed, new RetentionFacts { AtClosing = new ClosingClass("12.1.7", false, Closed) }), "2034-02-28").Reasons.ShouldContain(reason => reason.Code == "klasse-zonder-grond");
        One(Entry(Closed, new RetentionFacts { AtClosing = new ClosingClass("99.9", true, Closed) }), "2099-02-28").Status.ShouldBe(RetentionStatus.Ongeclassificeerd);
        // 17.1 counts from the end of an employment, which nobody named at the closing.
        One(Entry(Closed, new RetentionFacts { AtClosing = new ClosingClass("17.1", true, Closed) }), "2099-02-28").Status.ShouldBe(RetentionStatus.Ongeclassificeerd);
    }

    [Fact]
    public void Plan_WhenMoreThanTheCatalogueHolds_DestroysNothing()
        => One(Entry(Closed, Classed with { IsIncomplete = true }), "2099-01-01").Decision.ShouldBe(RetentionDecision.Bewaren);

    [Theory]
    [InlineData("klokkenluider", "4.1.4")]
    [InlineData("politicus", "bestuurder of raadslid")]
    [InlineData("personeelsdossier", "personeelsdossier")]
    [InlineData("verzoek", "Procestype 6")]
    [InlineData("maatregel", "12.2")]
    [InlineData("afgebroken", "12.3")]
    [InlineData("andere-versie", "selectielijst-2031")]
    [InlineData("kopie", "kopieën")]
    [InlineData("toets", "opnieuw worden bekeken")]
    public void Warnings_WhereClassAndFactsDisagree_SaySo(string what, string expected)
    {
        var facts = what switch
        {
            "klokkenluider" => Classed with { IsKlokkenluider = true },
            "politicus" => Classed with { HasPolitician = true },
            "personeelsdossier" => Classed with { WentToPersonnelFile = true },
            "verzoek" => new RetentionFacts { Class = Ten with { Result = "6.1" } },
            "maatregel" => Classed with { HasMeasure = true },
            "afgebroken" => Classed with { Outcome = CaseOutcome.BrokenOff },
            "andere-versie" => new RetentionFacts { Class = Ten with { List = "selectielijst-2031" } },
            "kopie" => Classed with { CopiesElsewhere = 2 },
            _ => Classed with { Holds = [Hold(review: new DateOnly(2025, 1, 1))] },
        };
        One(Entry(Closed, Classed), "2025-06-01").Warnings.ShouldBeEmpty();
        One(Entry(Closed, facts), "2025-06-01").Warnings.ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public void Hold_OnWhatever_KeepsAndMakesNothingEarlier()
    {
        foreach (var entry in new[] { Entry(Closed, Classed), Entry(Closed, new RetentionFacts { Class = Forever }), Entry(Closed, new RetentionFacts()), Entry(null, Classed) })
        {
            foreach (var today in new[] { "2024-03-01", "2034-02-28", "2099-01-01" })
            {
                var (free, held) = (One(entry, today), One(entry with { Retention = entry.Retention with { Holds = [Hold()] } }, today));
                (held.Ripe, held.Due, held.Decision, held.Status).ShouldBe((free.Ripe, free.Due, RetentionDecision.Bewaren, RetentionStatus.Vastgehouden));
                held.Reasons[0].Code.ShouldBe("vastgehouden");
            }
        }
    }

    [Fact]
    public void Reasons_OfEverything_HaveATextAndAnArticle()
    {
        var all = new[] { Classed, new RetentionFacts { Class = Forever }, new RetentionFacts(), Classed with { Holds = [Hold(), Hold(HoldKind.Avg), Hold(HoldKind.Woo)] }, Classed with { Override = new ActionDateOverride(new DateOnly(2036, 1, 1), null, null, Closed) } }
            .SelectMany(facts => new DateOnly?[] { null, Closed }.SelectMany(closed => new[] { "2024-03-01", "2034-02-28", "2099-01-01" }.SelectMany(today => One(Entry(closed, facts), today).Reasons)));
        all.ShouldAllBe(reason => reason.Text.Length > 10 && reason.Article.Length > 3 && reason.Code.Length > 3);
    }

    [Fact]
    public void Fingerprint_ChangesWithEverythingDecidedOnAndNotWithTheDay()
    {
        var entry = Entry(Closed, Classed);
        var item = One(entry, "2034-03-01");
        item.Fingerprint().ShouldBe(One(entry, "2036-03-01").Fingerprint());
        item.Fingerprint().Length.ShouldBe(64);
        var others = new[]
        {
            One(Entry(Closed.AddDays(-1), Classed), "2034-03-01"), One(Entry(null, Classed), "2034-03-01"), One(Entry(Closed, Classed with { Holds = [Hold()] }), "2034-03-01"),
            One(Entry(Closed, new RetentionFacts { Class = Ten with { Result = "12.2" } }), "2034-03-01"), One(Entry(Closed, new RetentionFacts { Class = Ten with { Term = "P9Y" } }), "2034-03-01"),
            One(Entry(Closed, Classed with { Override = new ActionDateOverride(new DateOnly(2034, 3, 1), null, null, Closed) }), "2034-03-01"),
            One(entry with { Bytes = 5 }, "2034-03-01"), One(Entry(Closed, Classed, number: "WL-2024-0002"), "2034-03-01"), One(entry, "2034-02-27"),
            One(entry with { Files = 4 }, "2034-03-01"), One(Entry(Closed, Classed with { ContentVersion = 1 }), "2034-03-01"), One(Entry(Closed, Classed with { Moments = [new EventMoment("maatregel-genomen", Closed, Closed)] }), "2034-03-01"), One(Entry(Closed, Classed with { IsKlokkenluider = true }), "2034-03-01"),
        };
        others.Select(other => other.Fingerprint()).Append(item.Fingerprint()).Distinct().Count().ShouldBe(others.Length + 1);
    }

    private static RetentionItem One(ArchiveEntry entry, string today) => One(entry, Day(today));

    private static RetentionItem One(ArchiveEntry entry, DateOnly today) => Plan(entry, today)[0];

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
