using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Retention;
using DossierKit.Vault;
using static DossierKit.Tests.Retention.Planning.ArchiveEntries;

namespace DossierKit.Tests.Retention.Planning;

public sealed class RecordingPlanningTests
{
    private static readonly DateOnly Agreed = new(2023, 9, 1);

    [Theory]
    // Waterlanden: ripe once agreed, due 30 days after closing.
    [InlineData("2023-08-31", false, RetentionStatus.Loopt, null)]
    [InlineData("2023-09-01", false, RetentionStatus.Mag, null)]
    [InlineData("2024-02-28", false, RetentionStatus.Mag, null)]
    [InlineData("2024-02-29", true, RetentionStatus.Moet, "2024-03-30")]
    [InlineData("2024-03-30", true, RetentionStatus.Moet, "2024-03-30")]
    [InlineData("2024-03-31", true, RetentionStatus.TeLaat, "2024-03-30")]
    public void Plan_OfARecordingWithAnAgreedVerslag_GoesFromMayToMustToLate(string today, bool isClosed, RetentionStatus status, string? due)
    {
        var item = One(isClosed ? Closed : null, today, Recording(agreed: Agreed));
        (item.Status, item.Ripe, item.Due).ShouldBe((status, Agreed, due is null ? null : Day(due)));
        item.Decision.ShouldBe(status == RetentionStatus.Loopt ? RetentionDecision.Bewaren : RetentionDecision.Vernietigen);
        item.Reasons.ShouldAllBe(reason => reason.Article.StartsWith("Waterlanden art.", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_WithoutAnAgreedVerslag_IsKeptUntilTheClosing()
    {
        var open = One(null, "2029-01-01", Recording());
        (open.Status, open.Ripe, open.Due, open.Decision).ShouldBe((RetentionStatus.Open, null, null, RetentionDecision.Bewaren));
        var closed = One(Closed, "2024-02-29", Recording());
        (closed.Status, closed.Ripe, closed.Due).ShouldBe((RetentionStatus.Moet, Closed, new DateOnly(2024, 3, 30)));
    }

    [Fact]
    public void Plan_WithinTheWindowForProceedings_MustNothingAndMayOnlyWhatWasAgreed()
    {
        // A measure on 15 February: until 15 April somebody can still go to court.
        var facts = new RetentionFacts { Moments = [new EventMoment(EventNames.MaatregelGenomen, new DateOnly(2024, 1, 10), new DateOnly(2024, 2, 15))] };
        var agreed = One(Closed, "2024-04-15", Recording(agreed: Agreed), facts);
        (agreed.Status, agreed.Ripe, agreed.Due).ShouldBe((RetentionStatus.Mag, Agreed, new DateOnly(2024, 4, 15)));
        agreed.Reasons.ShouldContain(reason => reason.Code == "venster");
        One(Closed, "2024-04-16", Recording(agreed: Agreed), facts).Status.ShouldBe(RetentionStatus.TeLaat);
        var disputed = One(Closed, "2024-04-15", Recording(), facts);
        (disputed.Status, disputed.Ripe, disputed.Decision).ShouldBe((RetentionStatus.Loopt, new DateOnly(2024, 4, 16), RetentionDecision.Bewaren));
        One(Closed, "2024-04-16", Recording(), facts).Status.ShouldBe(RetentionStatus.Moet);
        One(Closed, "2024-04-17", Recording(), facts).Status.ShouldBe(RetentionStatus.TeLaat);
    }

    /// <summary>A transcript of two recordings goes no earlier than the last of them may, and no later than the first must as far as that allows.</summary>
    [Fact]
    public void Plan_OfATranscriptOfSeveralRecordings_WaitsForTheLastAndKeepsNoOther()
    {
        var shared = Recording("tekst", Agreed, ArchiveObjectKind.Transcript, "een") with { AlsoOf = [File("twee")] };
        var entry = Entry(null, new RetentionFacts { Recordings = [Recording("een", Agreed), Recording("twee"), shared] });
        var open = Plan(entry, new DateOnly(2024, 1, 1));
        (open[1].Status, open[2].Status, open[3].Status, open[3].Ripe).ShouldBe((RetentionStatus.Mag, RetentionStatus.Open, RetentionStatus.Open, null));
        open[3].Reasons.ShouldContain(reason => reason.Code == "meer-opnamen");

        var closed = Plan(entry with { ClosedOn = Closed }, Closed);
        (closed[3].Ripe, closed[3].Due, closed[3].Decision).ShouldBe((Closed, new DateOnly(2024, 3, 30), RetentionDecision.Vernietigen));

        // The list: the first recording goes alone, the text stays with the second.
        var draft = Draft(open);
        draft.Items.ShouldHaveSingleItem().Object.ShouldBe(File("een").ToString());
        Draft(closed).Items.Count.ShouldBe(3);
        // And with the second recording on another list it stays as well.
        Draft(closed, (entry.Stream, File("twee").Value)).Items.ShouldHaveSingleItem().Object.ShouldBe(File("een").ToString());

        DestructionDraft Draft(IReadOnlyList<RetentionItem> items, params IEnumerable<(OpaqueId, OpaqueId?)> elsewhere)
            => DestructionDrafting.Draft(
                new DestructionChoice(DestructionPath.Light, []), [.. items.Select(item => (entry, item))], elsewhere.ToDictionary(key => key, _ => "een andere lijst"), DestructionRules.Shipped);
    }

    [Fact]
    public void Plan_OfAReopenedCase_PullsTheDueDayBack()
    {
        var item = One(null, "2024-06-01", Recording(agreed: Agreed), new RetentionFacts { ReopenedOn = new DateOnly(2024, 3, 1) });
        (item.Status, item.Due).ShouldBe((RetentionStatus.Mag, null));
        One(null, "2024-06-01", Recording(), new RetentionFacts { ReopenedOn = new DateOnly(2024, 3, 1) }).Status.ShouldBe(RetentionStatus.Open);
    }

    [Theory]
    [InlineData("heerlen", "2020", RetentionStatus.TeLaat, "2024-02-29")]
    [InlineData("ommen", null, RetentionStatus.Mag, null)]
    [InlineData("heerenveen", "2011", RetentionStatus.Mag, null)]
    [InlineData("onbekend", "1", RetentionStatus.Open, null)]
    public void Plan_ByEachProtocol_KeepsItsOwnAnswer(string protocol, string? version, RetentionStatus status, string? due)
    {
        version ??= ProtocolLibrary.Shipped.All.First(one => one.Id == protocol).Version;
        var item = Plan(Entry(Closed, new RetentionFacts { Recordings = [Recording(agreed: Agreed)] }, protocol, version), new DateOnly(2024, 3, 1))[1];
        (item.Status, item.Due).ShouldBe((status, due is null ? null : Day(due)));
        if (protocol is "ommen" or "heerenveen")
        {
            item.Reasons.ShouldContain(reason => reason.Code == "protocol-zwijgt");
            item.Warnings.ShouldHaveSingleItem().ShouldContain("Besluit of deze opname nog nodig is");
            Plan(Entry(null, new RetentionFacts { Recordings = [Recording(agreed: Agreed)] }, protocol, version), new DateOnly(2024, 3, 1))[1].Status.ShouldBe(RetentionStatus.Open);
        }
    }

    [Fact]
    public void Hold_OnOneOfAGroup_HoldsAllOfItAndNothingElse()
    {
        RecordingFacts[] files =
        [
            Recording("a", Agreed), Recording("a-mp3", Agreed, ArchiveObjectKind.Kopie, "a"), Recording("a-tekst", null, ArchiveObjectKind.Transcript, "a"), Recording("b", Agreed),
        ];
        foreach (var held in files[..3])
        {
            var items = Plan(Entry(Closed, new RetentionFacts { Recordings = files, Holds = [Hold(on: held.File)] }), new DateOnly(2024, 3, 1));
            items.Select(item => item.Status).ShouldBe([RetentionStatus.Vastgehouden, RetentionStatus.Vastgehouden, RetentionStatus.Vastgehouden, RetentionStatus.Vastgehouden, RetentionStatus.Moet]);
        }

        Plan(Entry(Closed, new RetentionFacts { Recordings = files, Holds = [Hold()] }), new DateOnly(2024, 3, 1)).ShouldAllBe(item => item.Status == RetentionStatus.Vastgehouden && item.Decision == RetentionDecision.Bewaren);
        Plan(Entry(Closed, new RetentionFacts { Recordings = files }), new DateOnly(2024, 3, 1)).Skip(1).Select(item => item.Kind)
            .ShouldBe([RetentionObject.Opname, RetentionObject.Kopie, RetentionObject.Transcript, RetentionObject.Opname]);
    }

    [Fact]
    public void Hold_OnARecording_MakesNothingEarlier()
    {
        foreach (var closed in new DateOnly?[] { null, Closed })
        {
            foreach (var agreed in new DateOnly?[] { null, Agreed })
            {
                foreach (var today in new[] { "2023-08-31", "2023-09-01", "2024-02-29", "2024-03-31", "2030-01-01" })
                {
                    var (free, held) = (One(closed, today, Recording(agreed: agreed)), One(closed, today, Recording(agreed: agreed), new RetentionFacts { Holds = [Hold()] }));
                    (held.Ripe, held.Due, held.Decision).ShouldBe((free.Ripe, free.Due, RetentionDecision.Bewaren));
                }
            }
        }
    }

    [Fact]
    public void Forecast_OfAPlan_CountsEveryItemOnce()
    {
        var plan = RetentionPlanner.Plan(
            [
                Entry(Closed, new RetentionFacts { Class = Ten, Recordings = [Recording("a"), Recording("b", Agreed)] }), Entry(null, new RetentionFacts { Recordings = [Recording("c")] }, number: "WL-2024-0002"),
                Entry(Closed, new RetentionFacts { Class = Forever }, number: "WL-2024-0003"), Entry(Closed, new RetentionFacts { Class = Ten, Holds = [Hold()] }, number: "WL-2024-0004"),
                Entry(Closed, new RetentionFacts(), number: "WL-2024-0005"),
            ],
            ShippedSelectielijst.List, Find, new DateOnly(2026, 1, 1));
        var forecast = RetentionForecast.Of(plan);
        forecast.Years.Select(year => (year.Year, year.Destroyed.Count, year.Transferred.Count, year.Recordings.Count)).ShouldBe([(2026, 0, 0, 2), (2034, 1, 0, 0), (2044, 0, 1, 0)]);
        forecast.Years[1].ByClass["12.1.7"].ShouldBe(new ForecastAmount(1, 4_000));
        forecast.WithoutYear.ToDictionary(pair => pair.Key, pair => pair.Value.Count).ShouldBe(new Dictionary<RetentionStatus, int> { [RetentionStatus.Open] = 2, [RetentionStatus.Vastgehouden] = 1, [RetentionStatus.Ongeclassificeerd] = 1 }, ignoreOrder: true);
        (forecast.Years.Sum(year => year.Destroyed.Count + year.Transferred.Count + year.Recordings.Count) + forecast.WithoutYear.Values.Sum(amount => amount.Count)).ShouldBe(plan.Items.Count);
    }

    private static RetentionItem One(DateOnly? closed, string today, RecordingFacts recording, RetentionFacts? facts = null)
        => Plan(Entry(closed, (facts ?? new RetentionFacts()) with { Recordings = [recording] }), Day(today))[1];

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
