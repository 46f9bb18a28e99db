using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>The plan for the recordings of a dossier and for what shares their fate.</summary>
internal static class RecordingPlanning
{
    public static IEnumerable<RetentionItem> Of(ArchiveEntry entry, Protocol? protocol, RetentionItem dossier, DateOnly today)
    {
        var rule = protocol?.Retention.FirstOrDefault(one => one.What == "opname");
        return entry.Retention.Recordings.Select(recording => Of(entry, recording, protocol, rule, dossier, today));
    }

    private static RetentionItem Of(ArchiveEntry entry, RecordingFacts recording, Protocol? protocol, RetentionRule? rule, RetentionItem dossier, DateOnly today)
    {
        var reasons = new List<RetentionReason>();
        var timing = Reckon(entry, recording, protocol, rule, dossier, reasons);
        if (recording.Kind != ArchiveObjectKind.Opname && rule is not null) reasons.Insert(0, ReasonTexts.SharesFate(rule, recording.Kind));
        var status = Judge(timing, protocol, rule, today, reasons);
        var holds = HoldsOf(entry.Retention, recording);
        if (holds.Count > 0)
        {
            status = RetentionStatus.Vastgehouden;
            reasons.InsertRange(0, holds.Select(hold => ReasonTexts.HeldBy(hold, rule?.Article ?? "HRL 8.2")));
        }

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
            Reasons = reasons,
            ClosedOn = entry.ClosedOn,
            Bytes = recording.Length,
            Class = null,
            Holds = holds,
            Warnings = [.. Warnings(entry, recording, rule, protocol), .. RetentionWarnings.Of(holds, today)],
        };
    }

    /// <summary>When it may go, since when it must, by when, and until when proceedings may begin.</summary>
    private readonly record struct Timing(DateOnly? Ripe, DateOnly? ObligedSince, DateOnly? Due, DateOnly? WindowEnd);

    private static Timing Reckon(ArchiveEntry entry, RecordingFacts recording, Protocol? protocol, RetentionRule? rule, RetentionItem dossier, List<RetentionReason> reasons)
    {
        if (protocol is null)
        {
            reasons.Add(ReasonTexts.ProtocolUnknown);
            return default;
        }

        if (rule is null)
        {
            reasons.Add(ReasonTexts.RecordingSilent(protocol));
            return new Timing(entry.ClosedOn, null, null, null);
        }

        var ripeAt = rule.RipeAfter.Select(name => MomentOf(entry, recording, name, isLast: false)).Min();
        var obliged = rule.DueAfter.Select(name => MomentOf(entry, recording, name, isLast: true)).Max();
        var ripe = ripeAt is { } first && (obliged is not { } closing || first <= closing) ? first : obliged;
        if (ripe is null) reasons.Add(ReasonTexts.NotRipe(rule));
        else if (ripe == ripeAt) reasons.Add(ReasonTexts.Ripe(rule, ripe.Value, ripe == recording.AgreedOn));

        var due = obliged is { } since && rule.Length is { } length ? length.DueFrom(since, protocol.Workdays, movesToWorkday: false) : (DateOnly?)null;
        if (obliged is not null && rule.Length is null)
        {
            due = dossier.Due;
            reasons.Add(ReasonTexts.ByDossier(rule, due));
        }

        var windowFrom = rule.WindowAfter.Select(name => MomentOf(entry, recording, name, isLast: true)).Max();
        var windowEnd = windowFrom is { } begins && rule.Window is { } window ? window.DueFrom(begins, protocol.Workdays, movesToWorkday: false) : (DateOnly?)null;
        if (windowEnd is { } end)
        {
            if (due < end) due = end;
            if (ripe is { } may && recording.AgreedOn is null && may <= end) ripe = end.AddDays(1);
            reasons.Add(ReasonTexts.Window(rule, windowFrom!.Value, end, recording.AgreedOn is not null));
        }

        if (obliged is { } closed) reasons.Add(ReasonTexts.Obliged(rule, closed, due));
        // Not agreed on, and the window ends on the last day or later: the first day it may go is then after the day it should be gone by, so that day moves along.
        if (due < ripe) due = ripe;
        return new Timing(ripe, obliged, due, windowEnd);
    }

    private static DateOnly? MomentOf(ArchiveEntry entry, RecordingFacts recording, string name, bool isLast) => name switch
    {
        EventNames.DossierGesloten => entry.ClosedOn,
        EventNames.VerslagVastgesteld => recording.AgreedOn,
        _ => entry.Retention.Moments.FirstOrDefault(moment => moment.Event == name) is { } found ? isLast ? found.Last : found.First : null,
    };

    private static RetentionStatus Judge(Timing timing, Protocol? protocol, RetentionRule? rule, DateOnly today, List<RetentionReason> reasons)
    {
        if (timing.Ripe is not { } ripe) return RetentionStatus.Open;
        if (today < ripe) return RetentionStatus.Loopt;
        if (timing.ObligedSince is not { } since || today < since || today <= timing.WindowEnd || timing.Due is not { } due) return RetentionStatus.Mag;
        var last = rule?.Grace?.DueFrom(due, protocol!.Workdays, movesToWorkday: false) ?? due;
        if (today <= last) return RetentionStatus.Moet;
        reasons.Add(ReasonTexts.RecordingLate(rule!, last));
        return RetentionStatus.TeLaat;
    }

    /// <summary>What holds it: a hold on the dossier, on itself, or on anything that shares its fate.</summary>
    private static IReadOnlyList<Hold> HoldsOf(RetentionFacts facts, RecordingFacts recording)
    {
        if (facts.Holds.Count == 0) return [];
        var group = recording.Of ?? recording.File;
        return
        [
            .. facts.Holds.Where(hold => hold.Object is not { } held || held == group
                || facts.Recordings.Any(other => other.File == held && (other.Of ?? other.File) == group)),
        ];
    }

    private static IEnumerable<string> Warnings(ArchiveEntry entry, RecordingFacts recording, RetentionRule? rule, Protocol? protocol)
    {
        if (protocol is not null && rule is null && entry.ClosedOn is not null) yield return "Het protocol zegt niet hoe lang een opname bewaard blijft, en de zaak is gesloten. Besluit of deze opname nog nodig is.";
        if (recording.CopiesElsewhere > 0) yield return string.Create(CultureInfo.InvariantCulture, $"Buiten de kluis zijn {recording.CopiesElsewhere} kopieën van deze opname die niet terug zijn.");
    }
}
