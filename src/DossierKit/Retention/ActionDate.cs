using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// The archiefactiedatum of a dossier: from what it is reckoned, and "waarom deze datum" step by step. A pure function of class, dates, closing and override.
/// </summary>
public sealed record ActionDate
{
    /// <summary>What becomes of it on that date.</summary>
    public required Nominatie Nominatie { get; init; }

    /// <summary>The brondatum; <see langword="null"/> while it is not known.</summary>
    public DateOnly? Source { get; init; }

    /// <summary>What follows from the class alone; <see langword="null"/> while it is not known.</summary>
    public DateOnly? Computed { get; init; }

    /// <summary>The archiefactiedatum: never before the closing, and never before what was decided to keep longer; <see langword="null"/> while it is not known.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Why, step by step; never empty.</summary>
    public required IReadOnlyList<RetentionReason> Steps { get; init; }

    /// <summary>Reckons the date.</summary>
    /// <param name="set">The class.</param>
    /// <param name="sourceDates">Dates recorded.</param>
    /// <param name="closedOn">The day the case was closed; <see langword="null"/> while it is open, also when it was reopened.</param>
    /// <param name="change">A decision to keep longer; <see langword="null"/> when there is none.</param>
    /// <param name="list">The list in use, for when what is kept for good goes to the archive.</param>
    /// <returns>The date with its steps.</returns>
    public static ActionDate Of(Classification set, IReadOnlyList<SourceDate> sourceDates, DateOnly? closedOn, ActionDateOverride? change, Selectielijst list)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(sourceDates);
        ArgumentNullException.ThrowIfNull(list);
        var steps = new List<RetentionReason>();
        return Reckon(set, sourceDates, closedOn, change, list, steps) with { Steps = steps };
    }

    /// <summary>The day a dossier is destroyed by its class at the earliest: what is derived from it is kept no longer.</summary>
    /// <param name="entry">The dossier.</param>
    /// <param name="list">The list in use.</param>
    /// <returns>The day; <see langword="null"/> while it is not known, and when it is kept for good.</returns>
    public static DateOnly? OfDossier(ArchiveEntry entry, Selectielijst list)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(list);
        return DossierPlanning.ClassOf(entry.Retention, list).Class is { } set
            && Reckon(set, entry.Retention.SourceDates, entry.ClosedOn, entry.Retention.Override, list, null) is { Nominatie: Nominatie.Vernietigen } action ? action.Date : null;
    }

    /// <summary>Reckons the date, and the steps only when they are asked for.</summary>
    internal static ActionDate Reckon(Classification set, IReadOnlyList<SourceDate> sourceDates, DateOnly? closedOn, ActionDateOverride? change, Selectielijst list, List<RetentionReason>? steps)
    {
        steps?.Add(ReasonTexts.Class(set));
        // A decision only ever keeps longer: whatever else stands in one, it never makes something be destroyed.
        var nominatie = change?.Nominatie == Nominatie.BlijvendBewaren ? Nominatie.BlijvendBewaren : set.Nominatie;
        if (change is not null && nominatie != set.Nominatie) steps?.Add(ReasonTexts.ChangedNominatie(change));
        if (closedOn is not { } closed)
        {
            steps?.Add(ReasonTexts.NotClosed);
            return new ActionDate { Nominatie = nominatie, Steps = [] };
        }

        if (nominatie == Nominatie.BlijvendBewaren)
        {
            var transfer = IsoPeriod.TryParse(list.TransferAfter, out var after) ? after.After(closed) : (DateOnly?)null;
            steps?.Add(ReasonTexts.Transfer(closed, transfer, list));
            return Finish(nominatie, closed, transfer, closed, change, steps);
        }

        var source = SourceOf(set, sourceDates, closed, steps);
        if (source is not { } from) return new ActionDate { Nominatie = nominatie, Steps = [] };
        if (!IsoPeriod.TryParse(set.Term, out var term))
        {
            steps?.Add(ReasonTexts.NoTerm(set));
            return new ActionDate { Nominatie = nominatie, Source = from, Steps = [] };
        }

        var computed = term.After(from);
        steps?.Add(ReasonTexts.Computed(set, from, computed));
        return Finish(nominatie, from, computed, closed, change, steps);
    }

    private static ActionDate Finish(Nominatie nominatie, DateOnly source, DateOnly? computed, DateOnly closed, ActionDateOverride? change, List<RetentionReason>? steps)
    {
        var date = computed;
        if (date < closed)
        {
            date = closed;
            steps?.Add(ReasonTexts.NotBeforeClosing(closed));
        }

        if (change?.KeepUntil is { } until)
        {
            steps?.Add(ReasonTexts.Changed(change, date));
            if (date < until) date = until;
        }

        return new ActionDate { Nominatie = nominatie, Source = source, Computed = computed, Date = date, Steps = [] };
    }

    private static DateOnly? SourceOf(Classification set, IReadOnlyList<SourceDate> sourceDates, DateOnly closed, List<RetentionReason>? steps)
    {
        switch (set.From)
        {
            case Afleidingswijze.Afgehandeld:
                steps?.Add(ReasonTexts.FromClosing(closed));
                return closed;
            case Afleidingswijze.Termijn when IsoPeriod.TryParse(set.ProcessTerm, out var process):
                var begins = process.After(closed);
                steps?.Add(ReasonTexts.FromProcessTerm(set, closed, begins));
                return begins;
            case Afleidingswijze.AnderDatumkenmerk or Afleidingswijze.IngangsdatumBesluit or Afleidingswijze.VervaldatumBesluit:
                var found = sourceDates.LastOrDefault(date => date.From == set.From && (set.From != Afleidingswijze.AnderDatumkenmerk || date.Kenmerk == set.Kenmerk));
                steps?.Add(found is null ? ReasonTexts.SourceMissing(set) : ReasonTexts.FromRecorded(set, found.Date));
                return found?.Date;
            default:
                steps?.Add(ReasonTexts.SourceNotUsed(set));
                return null;
        }
    }
}
