namespace DossierKit.Protocols;

/// <summary>How far a case came, as far as duties look at it: a case that ended before there was an onderzoek owes nothing that belongs to one.</summary>
internal sealed class CaseCourse
{
    private static readonly Dictionary<RulePhase, string[]> Beginnings = new()
    {
        [RulePhase.Commission] = [EventNames.OpdrachtVoorgelegd, EventNames.BesluitDirecteurenteam, EventNames.OpdrachtVerstrekt],
        [RulePhase.Investigation] = [EventNames.OpdrachtVerstrekt, EventNames.KennisgevingGedaan, EventNames.GesprekGehouden],
        [RulePhase.Judgement] = [EventNames.FeitenrapportAangeboden, EventNames.TenlasteleggingGedaan, EventNames.BeslisdocumentOpgesteld, EventNames.OordeelGegeven],
        [RulePhase.Measure] = [EventNames.OordeelGegeven, EventNames.MaatregelGenomen],
        [RulePhase.Closing] = [EventNames.DossierGesloten],
    };

    private readonly HashSet<string> _happened;

    /// <param name="events">What happened.</param>
    /// <param name="brokenOff">Whether the onderzoek was or is being broken off.</param>
    public CaseCourse(IReadOnlyList<ProtocolEvent> events, bool brokenOff)
    {
        _happened = events.Select(happened => happened.Name).ToHashSet(StringComparer.Ordinal);
        var opdracht = Last(events, EventNames.OpdrachtVerstrekt);
        var ended = Last(events, EventNames.NietOnderzoekswaardig, EventNames.AnderTrajectGekozen);
        EndedEarly = brokenOff || (ended is not null && (opdracht is null || ended > opdracht));
    }

    /// <summary>Whether the case took a turn after which the phases that had not begun do not come.</summary>
    public bool EndedEarly { get; }

    public bool Has(string name) => _happened.Contains(name);

    public bool HasBegun(RulePhase phase) => !Beginnings.TryGetValue(phase, out var names) || names.Any(_happened.Contains);

    /// <summary>Whether a rule must have been kept when the case is closed.</summary>
    public bool AsksAtClosing(Rule rule)
    {
        if (rule.Phase == RulePhase.Closing) return true;
        if (!HasBegun(rule.Phase) && EndedEarly) return false;

        // An opdracht that was put forward and never given has no letter that gives it.
        if (EndedEarly && !Has(EventNames.OpdrachtVerstrekt) && rule.FulfilledBy.Contains(EventNames.OpdrachtVerstrekt, StringComparer.Ordinal)) return false;

        // What must come before a step is not owed by a case that never took it, unless it belongs to every melding.
        return rule.Before.Count == 0 || rule.Phase is RulePhase.Always or RulePhase.Melding or RulePhase.Assessment || rule.Before.Any(_happened.Contains)
            || rule.Before.Contains(EventNames.DossierGesloten, StringComparer.Ordinal);
    }

    private static DateOnly? Last(IReadOnlyList<ProtocolEvent> events, params IReadOnlyList<string> names)
        => events.Where(happened => names.Contains(happened.Name, StringComparer.Ordinal)).Select(happened => (DateOnly?)happened.Date).Max();
}
