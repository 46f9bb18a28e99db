using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>The plan for the recordings of a dossier and for what shares their fate.</summary>
internal static class RecordingPlanning
{
    public static RetentionItem Of(PlanSource source, RecordingFacts recording, RetentionRule? rule, List<RetentionReason>? reasons)
    {
        var entry = source.Entry;
        var holds = HoldsOf(entry.Retention, recording);
        if (holds.Count > 0) reasons?.AddRange(holds.Select(hold => ReasonTexts.HeldBy(hold, rule?.Article ?? "HRL 8.2")));
        if (recording.Kind != ArchiveObjectKind.Opname && rule is not null) reasons?.Add(ReasonTexts.SharesFate(rule, recording.Kind));
        if (rule?.Wait is { } wait) reasons?.Add(ReasonTexts.Waits(rule, wait));
        var timing = recording.IsKept ? default : Reckon(source, recording, rule, reasons);
        if (recording.IsKept) reasons?.Add(ReasonTexts.AlsoSomethingElse(rule?.Article ?? "HRL 8.2"));
        if (recording.AlsoOf is { Count: > 0 })
        {
            foreach (var other in entry.Retention.Recordings.Where(other => RecordingsOf(recording).Contains(other.File))) timing = timing.And(Reckon(source, other, rule, null));
            if (rule is not null) reasons?.Add(ReasonTexts.SharesFates(rule, timing.Ripe));
        }

        var status = Judge(timing, source.Protocol, rule, source.Today, reasons);
        if (holds.Count > 0) status = RetentionStatus.Vastgehouden;
        return new RetentionItem
        {
            Stream = entry.Stream,
            Dossier = entry.Number,
            Object = recording.File.Value,
            Kind = recording.Kind switch
            {
                ArchiveObjectKind.Opname => RetentionObject.Opname,
                ArchiveObjectKind.Kopie => RetentionObject.Kopie,
                _ => RetentionObject.Transcript,
            },
            Decision = status is RetentionStatus.Mag or RetentionStatus.Moet or RetentionStatus.TeLaat ? RetentionDecision.Vernietigen : RetentionDecision.Bewaren,
            Status = status,
            Ripe = timing.Ripe,
            Due = timing.Due,
            ClosedOn = entry.ClosedOn,
            Bytes = recording.Length,
            Holds = holds,
            Source = source,
        };
    }

    public static IReadOnlyList<string> WarningsOf(PlanSource source, RecordingFacts recording, RetentionItem item)
        => [.. Warnings(source.Entry, recording, source.RecordingRule, source.Protocol), .. RetentionWarnings.Of(item.Holds, source.Today)];

    /// <summary>When it may go, since when it must, by when, and until when proceedings may begin.</summary>
    private readonly record struct Timing(DateOnly? Ripe, DateOnly? ObligedSince, DateOnly? Due, DateOnly? WindowEnd)
    {
        /// <summary>Of what belongs to both: no earlier than the last allows, and no later than the first must, as far as the other allows that.</summary>
        public Timing And(Timing other)
        {
            var ripe = Ripe is { } one && other.Ripe is { } two ? (one > two ? one : two) : (DateOnly?)null;
            var due = Earliest(Due, other.Due);
            return new Timing(ripe, Earliest(ObligedSince, other.ObligedSince), due < ripe ? ripe : due, WindowEnd > other.WindowEnd || other.WindowEnd is null ? WindowEnd : other.WindowEnd);
        }

        private static DateOnly? Earliest(DateOnly? one, DateOnly? other) => other is null || one < other ? one : other;
    }

    private static Timing Reckon(PlanSource source, RecordingFacts recording, RetentionRule? rule, List<RetentionReason>? reasons)
    {
        var (entry, protocol) = (source.Entry, source.Protocol);
        if (protocol is null)
        {
            reasons?.Add(ReasonTexts.ProtocolUnknown);
            return default;
        }

        if (rule is null)
        {
            reasons?.Add(ReasonTexts.RecordingSilent(protocol));
            return new Timing(entry.ClosedOn, null, null, null);
        }

        var ripeAt = FirstOf(entry, recording, rule.RipeAfter);
        var obliged = LastOf(entry, recording, rule.DueAfter);
        var ripe = ripeAt is { } first && (obliged is not { } closing || first <= closing) ? first : obliged;
        if (ripe is null) reasons?.Add(ReasonTexts.NotRipe(rule));
        else if (ripe == ripeAt) reasons?.Add(ReasonTexts.Ripe(rule, ripe.Value, ripe == recording.AgreedOn));

        var due = obliged is { } since && rule.Length is { } length ? length.DueFrom(since, protocol.Workdays, movesToWorkday: false) : (DateOnly?)null;
        if (obliged is not null && rule.Length is null)
        {
            due = source.DossierDue;
            reasons?.Add(ReasonTexts.ByDossier(rule, due));
        }

        var windowFrom = LastOf(entry, recording, rule.WindowAfter);
        var windowEnd = windowFrom is { } begins && rule.Window is { } window ? window.DueFrom(begins, protocol.Workdays, movesToWorkday: false) : (DateOnly?)null;
        if (windowEnd is { } end)
        {
            if (due < end) due = end;
            if (ripe is { } may && recording.AgreedOn is null && may <= end) ripe = end.AddDays(1);
            reasons?.Add(ReasonTexts.Window(rule, windowFrom!.Value, end, recording.AgreedOn is not null));
        }

        if (obliged is { } closed) reasons?.Add(ReasonTexts.Obliged(rule, closed, due));
        // Not agreed on, and the window ends on the last day or later: the first day it may go is then after the day it should be gone by, so that day moves along.
        if (due < ripe) due = ripe;
        return new Timing(ripe, obliged, due, windowEnd);
    }

    private static DateOnly? FirstOf(ArchiveEntry entry, RecordingFacts recording, IReadOnlyList<string> names)
    {
        DateOnly? first = null;
        foreach (var name in names)
        {
            if (MomentOf(entry, recording, name, isLast: false) is { } at && !(first <= at)) first = at;
        }

        return first;
    }

    private static DateOnly? LastOf(ArchiveEntry entry, RecordingFacts recording, IReadOnlyList<string> names)
    {
        DateOnly? last = null;
        foreach (var name in names)
        {
            if (MomentOf(entry, recording, name, isLast: true) is { } at && !(last >= at)) last = at;
        }

        return last;
    }

    private static DateOnly? MomentOf(ArchiveEntry entry, RecordingFacts recording, string name, bool isLast) => name switch
    {
        EventNames.DossierGesloten => entry.ClosedOn,
        EventNames.VerslagVastgesteld => recording.AgreedOn,
        _ => Recorded(entry.Retention.Moments, name, isLast),
    };

    private static DateOnly? Recorded(IReadOnlyList<EventMoment> moments, string name, bool isLast)
    {
        for (var i = 0; i < moments.Count; i++)
        {
            if (moments[i].Event == name) return isLast ? moments[i].Last : moments[i].First;
        }

        return null;
    }

    private static RetentionStatus Judge(Timing timing, Protocol? protocol, RetentionRule? rule, DateOnly today, List<RetentionReason>? reasons)
    {
        if (timing.Ripe is not { } ripe) return RetentionStatus.Open;
        if (today < ripe) return RetentionStatus.Loopt;
        if (timing.ObligedSince is not { } since || today < since || today <= timing.WindowEnd || timing.Due is not { } due) return RetentionStatus.Mag;
        // A day such as 9999-12-31 has no day after it.
        var last = due.Year == DateOnly.MaxValue.Year ? due : rule?.Grace?.DueFrom(due, protocol!.Workdays, movesToWorkday: false) ?? due;
        if (today <= last) return RetentionStatus.Moet;
        reasons?.Add(ReasonTexts.RecordingLate(rule!, last));
        return RetentionStatus.TeLaat;
    }

    /// <summary>What holds it: a hold on the dossier, on itself, or on anything that shares its fate.</summary>
    private static IReadOnlyList<Hold> HoldsOf(RetentionFacts facts, RecordingFacts recording)
    {
        if (facts.Holds.Count == 0) return [];
        // A hold on what is of no recording here any more (a transcript whose verslag was adopted since, a file that is gone) may have been meant for any of them.
        return
        [
            .. facts.Holds.Where(hold => hold.Object is not { } held || facts.Recordings.All(other => other.File != held)
                || facts.Recordings.Any(other => other.File == held && SharesFate(other, recording))),
        ];
    }

    /// <summary>Whether two are of one recording: itself, a copy of it, or a transcript of either. A transcript of several recordings is of each of them.</summary>
    private static bool SharesFate(RecordingFacts one, RecordingFacts other) => RecordingsOf(one).Any(RecordingsOf(other).Contains);

    private static IEnumerable<FileId> RecordingsOf(RecordingFacts item) => [item.Of ?? item.File, .. item.AlsoOf ?? []];

    private static IEnumerable<string> Warnings(ArchiveEntry entry, RecordingFacts recording, RetentionRule? rule, Protocol? protocol)
    {
        if (protocol is not null && rule is null && entry.ClosedOn is not null) yield return "Het protocol zegt niet hoe lang een opname bewaard blijft, en de zaak is gesloten. Besluit of deze opname nog nodig is.";
        if (recording.IsKept) yield return "Dit bestand heeft de inhoud van een opname en is ook vastgelegd als verslag, origineel of bewijs. Zoek uit welk van de twee het is: tot dan gaat geen van beide weg.";
        else if (entry.Retention.Recordings.Any(other => other.IsKept && SharesFate(other, recording))) yield return "De inhoud van deze opname ligt ook in het dossier als verslag, origineel of bewijs. Zoek uit welk van de twee het is: tot dan gaat geen van beide weg.";
        if (recording.CopiesElsewhere > 0) yield return string.Create(CultureInfo.InvariantCulture, $"Buiten de kluis zijn {recording.CopiesElsewhere} kopieën van deze opname die niet terug zijn.");
    }
}
