using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Retention;
using static DossierKit.Tests.Retention.Planning.ArchiveEntries;

namespace DossierKit.Tests.Retention.Planning;

/// <summary>What always holds, on thousands of dossiers made at random (with a fixed seed): the order of the rules, holds, and that nothing goes that may not.</summary>
public sealed class LawTests
{
    private static readonly DateOnly Day = new(2024, 2, 29);

    private static readonly string[] Terms = ["P1Y", "P5Y", "P10Y", "P7Y", "P20Y", "P110Y", "P15Y", "P42D", "P12Y", "P11Y", "P0D", "P50Y", "P19Y", "P6M", "P28D", "P67Y", "P40Y", "P16Y", "P1Y6M", "P21Y", "P2Y", "P3Y", "P9M", "P91D"];

    [Fact]
    public void Hold_OnAnything_NeverMakesAnythingEarlierAndNeverLetsAnythingGo()
    {
        foreach (var (entry, today) in Cases(5_000, 1))
        {
            var free = Plan(entry, today);
            foreach (var on in entry.Retention.Recordings.Select(recording => (FileId?)recording.File).Append(null).Append(ArchiveEntries.File("elsewhere")))
            {
                var held = Plan(entry with { Retention = entry.Retention with { Holds = [.. entry.Retention.Holds, Hold(HoldKind.Woo, on)] } }, today);
                for (var i = 0; i < free.Count; i++)
                {
                    (held[i].Ripe, held[i].Due).ShouldBe((free[i].Ripe, free[i].Due));
                    if (free[i].Decision == RetentionDecision.Bewaren) held[i].Decision.ShouldBe(RetentionDecision.Bewaren);
                    if (on is null || held[i].Object is null || held[i].Object == on.Value.Value) held[i].Decision.ShouldBe(RetentionDecision.Bewaren);
                }
            }
        }
    }

    [Fact]
    public void Plan_OfAnyDossier_DestroysOnlyWhatMayGo()
    {
        var seen = new HashSet<(RetentionObject, RetentionStatus)>();
        foreach (var (entry, today) in Cases(20_000, 2))
        {
            var items = Plan(entry, today);
            items.Count.ShouldBe(1 + entry.Retention.Recordings.Count);
            foreach (var item in items)
            {
                seen.Add((item.Kind, item.Status));
                if (item.Decision == RetentionDecision.Bewaren) continue;
                item.Holds.ShouldBeEmpty();
                (item.Ripe ?? item.Due).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(today);
                if (item.Kind != RetentionObject.Dossier) continue;
                entry.ClosedOn.ShouldNotBeNull();
                item.Class.ShouldNotBeNull();
                entry.Retention.TransferredOn.ShouldBeNull();
                item.Due!.Value.ShouldBeGreaterThanOrEqualTo(entry.ClosedOn.Value);
                (item.Decision == RetentionDecision.Overdragen).ShouldBe(item.Ripe is null);
            }
        }

        // Awake: the cases come everywhere.
        seen.Count(pair => pair.Item1 == RetentionObject.Dossier).ShouldBe(8);
        seen.Count(pair => pair.Item1 == RetentionObject.Opname).ShouldBe(6);
    }

    [Fact]
    public void Plan_OnALaterDay_NeverKeepsWhatMustGoWhenNothingElseChanged()
    {
        foreach (var (entry, today) in Cases(5_000, 3))
        {
            var (now, later) = (Plan(entry, today), Plan(entry, today.AddDays(400)));
            for (var i = 0; i < now.Count; i++)
            {
                if (now[i].Status is RetentionStatus.Moet or RetentionStatus.TeLaat) later[i].Decision.ShouldBe(now[i].Decision);
                (later[i].Ripe, later[i].Due).ShouldBe((now[i].Ripe, now[i].Due));
                if (now[i].Decision != RetentionDecision.Bewaren) later[i].Fingerprint().ShouldBe(now[i].Fingerprint());
            }
        }
    }

    [Fact]
    public void Plan_InAnyOrder_IsTheSameForEachDossier()
    {
        var entries = Cases(500, 4).Select(pair => pair.Entry).ToList();
        var (one, other) = (Fingerprints(entries), Fingerprints(Enumerable.Reverse(entries)));
        other.ShouldBe(one, ignoreOrder: true);

        List<string> Fingerprints(IEnumerable<ArchiveEntry> all) => [.. RetentionPlanner.Plan([.. all], ShippedSelectielijst.List, Find, Day).Items.Select(item => item.Fingerprint())];
    }

    private static IEnumerable<(ArchiveEntry Entry, DateOnly Today)> Cases(int count, int seed)
    {
        var random = new Random(seed);
        (string, string)[] protocols = [("waterlanden", "2025"), ("heerlen", "2020"), ("heerenveen", "2011"), ("onbekend", "1")];
        for (var i = 0; i < count; i++)
        {
            var from = Enum.GetValues<Afleidingswijze>()[random.Next(9)];
            var recordings = Enumerable.Range(0, random.Next(4)).Select(n => new RecordingFacts(
                ArchiveEntries.File($"{n}"), (ArchiveObjectKind)(n == 0 ? 0 : random.Next(3)), n == 0 || random.Next(2) == 0 ? null : ArchiveEntries.File("0"), Near(), Maybe(Near), random.Next(), 0)).ToList();
            var facts = new RetentionFacts
            {
                Class = random.Next(5) == 0 ? null : new Classification("selectielijst-2020", "12.1.7", random.Next(4) == 0 ? Nominatie.BlijvendBewaren : Nominatie.Vernietigen, Terms[random.Next(Terms.Length)], random.Next(2) == 0 ? Afleidingswijze.Afgehandeld : from, "a", Near()) { ProcessTerm = "P1Y6M" },
                AtClosing = random.Next(4) == 0 ? new ClosingClass("12.1.7", random.Next(2) == 0, Near()) : null,
                SourceDates = random.Next(2) == 0 ? [new SourceDate(from, "a", Near())] : [],
                Override = random.Next(4) == 0 ? new ActionDateOverride(Maybe(Near), random.Next(5) == 0 ? Nominatie.BlijvendBewaren : null, null, Near()) : null,
                Holds = random.Next(5) == 0 ? [Hold(HoldKind.Civiel, random.Next(2) == 0 ? null : ArchiveEntries.File("0"))] : [],
                Recordings = recordings,
                Moments = random.Next(2) == 0 ? [new EventMoment(EventNames.MaatregelGenomen, Near(), Near())] : [],
                TransferredOn = random.Next(15) == 0 ? Near() : null,
                IsIncomplete = random.Next(30) == 0,
            };
            var (protocol, version) = protocols[random.Next(protocols.Length)];
            yield return (Entry(Maybe(Near), facts, protocol, version, $"WL-2024-{i:0000}"), random.Next(2) == 0 ? Near() : Day.AddDays(random.Next(20_000)));
        }

        DateOnly Near() => Day.AddDays(random.Next(-200, 200));

        T? Maybe<T>(Func<T> one)
            where T : struct => random.Next(4) == 0 ? null : one();
    }
}
