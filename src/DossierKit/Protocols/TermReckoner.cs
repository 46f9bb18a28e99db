namespace DossierKit.Protocols;

/// <summary>
/// Reckons the terms of one case on one day. A term runs for a key: nobody, a person, or a person and a reference. A starting event that names no person
/// starts the term for every person who has the role in the case. An event that leaves out the person or the reference counts for a term only when just
/// one running term can be meant: two betrokkenen and one kennisgeving without a name must not make both terms met.
/// </summary>
internal sealed class TermReckoner(IReadOnlyList<ProtocolEvent> events, Protocol protocol, CaseFacts facts, DateOnly today)
{
    private readonly Workdays _workdays = protocol.Workdays;

    // Sorted by everything a term looks at, so that the order in which events of one day were recorded changes nothing.
    private readonly List<ProtocolEvent> _events =
    [
        .. events.Where(happened => happened.Date <= today)
            .OrderBy(happened => happened.Date).ThenBy(happened => happened.Name, StringComparer.Ordinal)
            .ThenBy(happened => happened.Subject, StringComparer.Ordinal).ThenBy(happened => happened.Reference, StringComparer.Ordinal)
            .ThenBy(happened => happened.Role, StringComparer.Ordinal).ThenBy(happened => happened.ReviewOn),
    ];

    public IReadOnlyList<Term> All()
    {
        var order = protocol.Terms.Select((rule, index) => (rule.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
        return
        [
            .. protocol.Terms.Where(rule => rule.Scope != TermScope.Municipality).SelectMany(Reckon)
                .OrderBy(term => term.WorkdaysLeft is null).ThenBy(term => term.State == TermState.Postponed ? term.ReviewOn : term.Due ?? DateOnly.MaxValue)
                .ThenBy(term => order[term.Rule.Id]).ThenBy(term => term.From)
                .ThenBy(term => term.Subject, StringComparer.Ordinal).ThenBy(term => term.Reference, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<Term> Reckon(TermRule rule)
    {
        var runs = Runs(rule);
        var met = Matching(rule, rule.MetBy);
        var postponed = rule.PostponedBy is { } name ? Matching(rule, [name]) : [];
        var persons = runs.Select(run => run.Key.Subject).ToHashSet(StringComparer.Ordinal);
        var lapsed = _events.Where(happened => rule.LapsesBy.Contains(happened.Name, StringComparer.Ordinal)).ToList();
        return runs.Select(run => Judge(
            rule,
            run,
            met.Where(happened => Concerns(happened, run, runs)).ToList(),
            postponed.Where(happened => Concerns(happened, run, runs)).ToList(),
            // What ends the need of the term counts for all, unless it is about one of the persons of this term.
            lapsed.Where(happened => happened.Subject is null || !persons.Contains(happened.Subject) || happened.Subject == run.Key.Subject).ToList()));
    }

    private List<Run> Runs(TermRule rule)
    {
        var starts = Matching(rule, rule.From);
        var named = starts.Where(start => rule.Scope == TermScope.Dossier || start.Subject is not null).Select(start => new Run(Key(rule, start.Subject, start.Reference), start.Date)).ToList();
        foreach (var start in starts.Where(start => rule.Scope != TermScope.Dossier && start.Subject is null))
        {
            // A start that names nobody is for everyone of the role, unless the person has a start of their own (a betrokkene who came in later).
            var persons = PersonsOf(rule.Roles);
            if (persons.Count == 0) named.Add(new Run(Key(rule, null, start.Reference), start.Date));
            named.AddRange(persons.Select(person => new Run(Key(rule, person, start.Reference), start.Date)).Where(run => !starts.Exists(own => own.Subject == run.Key.Subject)));
        }

        var perKey = named.Where(run => rule.When.MayHold(facts.For(run.Key.Subject))).GroupBy(run => run.Key);
        return rule.Repeats
            ? [.. perKey.SelectMany(group => group.DistinctBy(run => run.From))]
            : [.. perKey.Select(group => group.MinBy(run => run.From)!)];
    }

    private Term Judge(TermRule rule, Run run, List<ProtocolEvent> met, List<ProtocolEvent> postponed, List<ProtocolEvent> lapsed)
    {
        var due = rule.Length?.DueFrom(run.From, _workdays, protocol.MovesToWorkday);
        var metOn = met.Where(happened => rule.EarlierCounts || happened.Date >= run.From).Select(happened => (DateOnly?)happened.Date).Min();
        var last = due;
        DateOnly? review = null;
        foreach (var happened in postponed.Where(happened => happened.ReviewOn is not null && (rule.EarlierCounts || happened.Date >= run.From)))
        {
            review = review is null || happened.ReviewOn > review ? happened.ReviewOn : review;
            // Postponing after the last day does not undo that the term was missed.
            if (last is not null && happened.Date <= last && happened.ReviewOn > last) last = happened.ReviewOn;
        }

        var state = State(run, metOn, last, due, review, lapsed);
        var aim = state == TermState.Postponed ? review : last;
        var runs = state is TermState.Due or TermState.Late or TermState.Postponed;
        return new Term
        {
            Rule = rule,
            Subject = run.Key.Subject,
            Reference = run.Key.Reference,
            From = run.From,
            Due = due,
            State = state,
            MetOn = state is TermState.Met or TermState.MetLate ? metOn : null,
            ReviewOn = review,
            WorkdaysLeft = runs && aim is { } day ? _workdays.Between(today, day) : null,
        };
    }

    private TermState State(Run run, DateOnly? metOn, DateOnly? last, DateOnly? due, DateOnly? review, List<ProtocolEvent> lapsed)
    {
        var lapsedOn = lapsed.Where(happened => happened.Date >= run.From).Select(happened => (DateOnly?)happened.Date).Min();
        if (metOn is { } met && (lapsedOn is null || met <= lapsedOn)) return last is { } end && met > end ? TermState.MetLate : TermState.Met;
        if (lapsedOn is not null) return TermState.Lapsed;
        if (last is null) return review >= today ? TermState.Postponed : TermState.Due;
        if (today > last) return TermState.Late;
        return last > due || review >= today ? TermState.Postponed : TermState.Due;
    }

    private List<ProtocolEvent> Matching(TermRule rule, IReadOnlyList<string> names)
        => [.. _events.Where(happened => names.Contains(happened.Name, StringComparer.Ordinal) && (rule.Roles.Count == 0 || happened.Role is null || rule.Roles.Contains(happened.Role, StringComparer.Ordinal)))];

    /// <summary>Whether an event is about a run: it names it, or it could only mean this one.</summary>
    private static bool Concerns(ProtocolEvent happened, Run run, List<Run> runs)
    {
        return Fits(run) && (Names(run) || runs.Where(Fits).Select(other => other.Key).Distinct().Count() == 1);

        bool Fits(Run other) => (happened.Subject is null || other.Key.Subject is null || happened.Subject == other.Key.Subject)
            && (happened.Reference is null || other.Key.Reference is null || happened.Reference == other.Key.Reference);

        bool Names(Run other) => (other.Key.Subject is null || happened.Subject == other.Key.Subject) && (other.Key.Reference is null || happened.Reference == other.Key.Reference);
    }

    private static RunKey Key(TermRule rule, string? subject, string? reference) => rule.Scope switch
    {
        TermScope.Dossier => new RunKey(null, null),
        TermScope.Person => new RunKey(subject, null),
        _ => new RunKey(subject, reference),
    };

    private List<string> PersonsOf(IReadOnlyList<string> roles)
        => [.. _events.Where(happened => happened.Subject is not null && happened.Role is not null && roles.Contains(happened.Role, StringComparer.Ordinal)).Select(happened => happened.Subject!).Distinct(StringComparer.Ordinal)];

    private readonly record struct RunKey(string? Subject, string? Reference);

    private sealed record Run(RunKey Key, DateOnly From);
}
