using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>The plan for a whole dossier.</summary>
internal static class DossierPlanning
{
    /// <summary>How long after its archiefactiedatum a dossier is not called late yet when the protocol says nothing: the round of a year, a choice of this house.</summary>
    public static readonly TermLength DefaultGrace = new(1, TermUnit.Years);

    public static RetentionItem Of(PlanSource source, List<RetentionReason>? reasons)
    {
        var entry = source.Entry;
        var facts = entry.Retention;
        var rule = source.DossierRule;
        if (facts.Holds.Count > 0 && facts.TransferredOn is null) reasons?.AddRange(facts.Holds.Select(hold => ReasonTexts.HeldBy(hold, rule?.Article ?? "HRL 8.2")));
        if (facts.TransferredOn is { } transferred) reasons?.Add(ReasonTexts.Transferred(transferred));
        else if (facts.IsIncomplete) reasons?.Add(ReasonTexts.Incomplete);
        if (entry.ClosedOn is null && facts.ReopenedOn is { } reopened) reasons?.Add(ReasonTexts.Reopened(reopened));
        var (set, unclassified) = ClassOf(facts, source.List);
        if (set is { Nominatie: Nominatie.Vernietigen } && rule?.Wait is { } wait) reasons?.Add(ReasonTexts.Waits(rule, wait));
        var action = set is null ? null : ActionDate.Reckon(set, facts.SourceDates, entry.ClosedOn, facts.Override, source.List, reasons);
        if (set is null) reasons?.Add(entry.ClosedOn is null ? ReasonTexts.NotClosed : unclassified!);
        var (decision, status) = Judge(source, set, action, rule, reasons);
        if (facts.Holds.Count > 0 && status != RetentionStatus.Overgedragen) (decision, status) = (RetentionDecision.Bewaren, RetentionStatus.Vastgehouden);
        return new RetentionItem
        {
            Stream = entry.Stream,
            Dossier = entry.Number,
            Kind = RetentionObject.Dossier,
            Decision = decision,
            Status = status,
            Ripe = action?.Nominatie == Nominatie.Vernietigen ? action.Date : null,
            Due = action?.Date,
            ClosedOn = entry.ClosedOn,
            Bytes = entry.Bytes,
            Class = set,
            Holds = facts.Holds,
            Source = source,
        };
    }

    public static IReadOnlyList<string> WarningsOf(PlanSource source, RetentionItem item)
    {
        var facts = source.Entry.Retention;
        var action = item.Class is { } set ? ActionDate.Reckon(set, facts.SourceDates, source.Entry.ClosedOn, facts.Override, source.List, null) : null;
        return [.. RetentionWarnings.Of(source.Entry, item.Class, action, source.List), .. RetentionWarnings.Of(facts.Holds, source.Today)];
    }

    /// <summary>The class that counts: the one set, else the one named at the closing when it came with a ground and the list gives it a term; else why there is none.</summary>
    public static (Classification? Class, RetentionReason? WhyNot) ClassOf(RetentionFacts facts, Selectielijst list)
    {
        if (facts is { Class: { } one, AtClosing: { } other }) return (null, ReasonTexts.ClosingDisagrees(one.Result, other.Result));
        if (facts.Class is { } set) return (set, null);
        if (facts.AtClosing is not { } named) return (null, ReasonTexts.Unclassified);
        if (!named.HasGround) return (null, ReasonTexts.ClosingWithoutGround(named.Result));
        return SelectielijstClass.AtClosing(list, named) is { } found ? (found, null) : (null, ReasonTexts.ClosingUnknown(named.Result, list));
    }

    private static (RetentionDecision Decision, RetentionStatus Status) Judge(PlanSource source, Classification? set, ActionDate? action, RetentionRule? rule, List<RetentionReason>? reasons)
    {
        var (entry, protocol, today) = (source.Entry, source.Protocol, source.Today);
        if (entry.Retention.TransferredOn is not null) return (RetentionDecision.Bewaren, RetentionStatus.Overgedragen);
        if (entry.Retention.IsIncomplete || entry.ClosedOn is null) return (RetentionDecision.Bewaren, RetentionStatus.Open);
        if (set is null || action is null) return (RetentionDecision.Bewaren, RetentionStatus.Ongeclassificeerd);
        var isKept = action.Nominatie == Nominatie.BlijvendBewaren;
        if (action.Date is not { } date) return (RetentionDecision.Bewaren, isKept ? RetentionStatus.Blijvend : RetentionStatus.Open);
        if (today < date)
        {
            reasons?.Add(ReasonTexts.NotYet(date));
            return (RetentionDecision.Bewaren, isKept ? RetentionStatus.Blijvend : RetentionStatus.Loopt);
        }

        reasons?.Add(isKept ? ReasonTexts.TransferReached(date) : ReasonTexts.Reached(date));
        var last = protocol is null ? date.AddYears(1) : (rule?.Grace ?? DefaultGrace).DueFrom(date, protocol.Workdays, movesToWorkday: false);
        if (today > last) reasons?.Add(ReasonTexts.Late(last));
        return (isKept ? RetentionDecision.Overdragen : RetentionDecision.Vernietigen, today > last ? RetentionStatus.TeLaat : RetentionStatus.Moet);
    }
}

/// <summary>What somebody should look at.</summary>
internal static class RetentionWarnings
{
    /// <summary>Where class and facts disagree.</summary>
    public static IEnumerable<string> Of(ArchiveEntry entry, Classification? set, ActionDate? action, Selectielijst list)
    {
        var facts = entry.Retention;
        var number = set?.Result ?? facts.AtClosing?.Result;
        if (facts.IsKlokkenluider && number is not null && number != "4.1.4")
            yield return "Dit was een melding van een misstand of via het Huis voor Klokkenluiders. Een onderzoek daarnaar hoort bij klasse 4.1.4 en blijft blijvend bewaard.";
        if (number == "4.1.4" && !facts.IsKlokkenluider) yield return "Klasse 4.1.4 is voor een onderzoek na een melding van een klokkenluider. Zo'n melding staat niet in dit dossier.";
        if (facts.HasPolitician && action?.Nominatie == Nominatie.Vernietigen)
            yield return "Een betrokkene is bestuurder of raadslid. Wat bij zijn personeelsdossier hoort, blijft onder procestype 17 blijvend bewaard; kijk of deze klasse past.";
        if (facts.WentToPersonnelFile && action?.Nominatie == Nominatie.Vernietigen)
            yield return "Er ging een stuk naar het personeelsdossier. Daar geldt een andere termijn (17.1: tien jaar na het einde van het dienstverband) dan hier (12.1.7 of 4.1.4); dit dossier volgt alleen zijn eigen klasse.";
        if (number?.StartsWith("6.", StringComparison.Ordinal) == true) yield return "Procestype 6 is voor gewone verzoeken, niet voor een melding over integriteit.";
        if (number == "12.1.7" && facts.HasMeasure) yield return "Er is een maatregel genomen. Voor een opgelegde sanctie is er klasse 12.2; kies bewust tussen 12.1.7 en 12.2.";
        if (number == "12.2" && !facts.HasMeasure) yield return "Klasse 12.2 is voor een opgelegde sanctie. Er is geen maatregel vastgelegd.";
        if (number == "12.3" && facts.Outcome == CaseOutcome.Completed) yield return "Klasse 12.3 is voor een onderzoek dat is afgebroken. Dit onderzoek is afgerond.";
        if (number == "12.1.7" && facts.Outcome == CaseOutcome.BrokenOff) yield return "Dit onderzoek is afgebroken. Daarvoor is er klasse 12.3.";
        if (set is not null && set.List != list.Id) yield return $"De klasse is vastgesteld volgens {set.List}. Nu geldt {list.Title}; de klasse verandert daardoor niet.";
        if (facts.Sounds > 0) yield return string.Create(CultureInfo.InvariantCulture, $"In dit dossier liggen {facts.Sounds} bestanden die geluid zijn of bij de opnamen liggen, en niet als opname zijn toegevoegd. Voor hen geldt de termijn van opnamen niet: kijk of er een opname van een gesprek bij is.");
        if (facts.CopiesElsewhere > 0) yield return string.Create(CultureInfo.InvariantCulture, $"Buiten de kluis zijn {facts.CopiesElsewhere} kopieën die niet terug zijn.");
    }

    /// <summary>Holds that somebody should have looked at.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Hold> holds, DateOnly today)
        => holds.Where(hold => hold.ReviewOn <= today)
            .Select(hold => $"De bewaargrond ({JsonWords.Of(hold.Kind)}) moest op {ReasonTexts.Day(hold.ReviewOn)} opnieuw worden bekeken. Hij geldt nog steeds.");
}
