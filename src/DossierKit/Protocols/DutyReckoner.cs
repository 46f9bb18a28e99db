namespace DossierKit.Protocols;

/// <summary>Judges every rule of a protocol in one case. README.md tells the fields; this is what they mean together.</summary>
internal sealed class DutyReckoner(IReadOnlyList<ProtocolEvent> events, CaseFacts facts, IReadOnlyList<DutyPerson> persons, Func<ProtocolEvent, bool> isSigned, bool brokenOff)
{
    /// <summary>Facts of which every melder can have a value of his own.</summary>
    private static readonly HashSet<string> OfMelders = new(StringComparer.Ordinal)
    {
        FactNames.Vorm, FactNames.MelderBekend, FactNames.MelderVertrouwelijk, FactNames.MelderAnoniem, FactNames.MelderStemtInMetBekendmaking, FactNames.ViaVertrouwenspersoon,
    };

    private readonly CaseCourse _course = new(events, brokenOff);

    public IReadOnlyList<Duty> All(Protocol protocol)
        => [.. protocol.Rules.SelectMany(Judge), .. protocol.Documents.Select(document => Duties.Of(document, protocol)).OfType<Rule>().SelectMany(Judge)];

    private IEnumerable<Duty> Judge(Rule rule)
    {
        if (rule.Roles.Count == 0) return [Judge(rule, null)];
        var concerned = persons.Where(person => rule.Roles.Contains(person.Role, StringComparer.Ordinal)).ToList();
        return concerned.Count == 0 ? [Of(rule, null, DutyState.NotApplicable)] : concerned.Select(person => Judge(rule, person));
    }

    private Duty Judge(Rule rule, DutyPerson? person)
    {
        // What the program guards holds in every case, also in one to which the rule does not apply.
        if (rule.GuardedBy.Count > 0) return Of(rule, person, DutyState.Kept);
        if (!HasArisen(rule, person)) return Of(rule, person, DutyState.NotApplicable);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        var applies = Applies(rule, person, missing);
        if (applies == false) return Of(rule, person, DutyState.NotApplicable);
        var done = Done(rule, person);
        if (done >= rule.Count || IsKeptByHand(rule, person) || Evaluate(rule.FulfilledWhen, person, []) == true) return Of(rule, person, DutyState.Kept, done);
        if (rule.Strength == Strength.May) return Of(rule, person, DutyState.Offered, done);
        if (IsDeviated(rule)) return Of(rule, person, DutyState.Deviated, done);
        return applies is null
            ? Of(rule, person, DutyState.Unknown, done) with { OpenFacts = [.. missing.Order(StringComparer.Ordinal)] }
            : Of(rule, person, DutyState.Open, done);
    }

    private Duty Of(Rule rule, DutyPerson? person, DutyState state, int done = 0) => new()
    {
        Rule = rule,
        Subject = person?.Id,
        State = state,
        Done = done,
        IsNow = _course.HasBegun(rule.Phase),
        IsAskedAtClosing = rule.Strength != Strength.May && _course.AsksAtClosing(rule) && CameToIt(rule, person),
    };

    private bool HasArisen(Rule rule, DutyPerson? person)
        => rule.After.Count == 0 || events.Any(happened => rule.After.Contains(happened.Name, StringComparer.Ordinal) && IsAbout(happened, person));

    /// <summary>What must come before a step is not owed to someone with whom the step was never taken: a getuige nobody invited, while another was.</summary>
    private bool CameToIt(Rule rule, DutyPerson? person)
    {
        if (person is null || rule.Before.Count == 0) return true;
        var steps = events.Where(happened => rule.Before.Contains(happened.Name, StringComparer.Ordinal)).ToList();
        return steps.Count == 0 || steps.Exists(step => IsAbout(step, person) || !persons.Any(other => other.Id == step.Subject && rule.Roles.Contains(other.Role, StringComparer.Ordinal)));
    }

    private bool? Applies(Rule rule, DutyPerson? person, HashSet<string> missing)
    {
        var covered = Covers(rule, person, missing);
        return covered == false ? false : covered & Evaluate(rule.When, person, missing);
    }

    /// <summary>Whether the rule covers the position of the betrokkene; of any of them when it is about the case.</summary>
    private bool? Covers(Rule rule, DutyPerson? person, HashSet<string> missing)
    {
        if (rule.Positions.Count == 0) return true;
        var betrokkenen = person is { Role: "betrokkene" } ? [person] : persons.Where(other => other.Role == "betrokkene").ToList();
        bool? covered = false;
        foreach (var betrokkene in betrokkenen.Where(betrokkene => !betrokkene.IsFromOutside))
            covered |= facts.For(betrokkene.Id).Find(FactNames.Positie) is { } position ? rule.Positions.Contains(position, StringComparer.Ordinal) : null;
        if (covered is null) missing.Add(FactNames.Positie);
        return covered;
    }

    /// <summary>A condition for one person; for the case it holds as soon as it holds for the case or for anyone whose facts it looks at.</summary>
    private bool? Evaluate(Condition? condition, DutyPerson? person, HashSet<string> missing)
    {
        if (condition is null) return null;
        if (person is not null) return EvaluateFor(condition, person.Id, missing);
        var own = condition.Evaluate(facts.For(null));
        var others = persons.Where(other => other.Role == "betrokkene" || (other.Role == "melder" && condition.Facts.Any(OfMelders.Contains))).ToList();
        if (own == true || condition.Facts.Count == 0 || others.Count == 0) return EvaluateFor(condition, null, missing);
        bool? any = false;
        foreach (var other in others) any |= EvaluateFor(condition, other.Id, missing);
        return any;
    }

    private bool? EvaluateFor(Condition condition, string? person, HashSet<string> missing)
    {
        var known = facts.For(person);
        var answer = condition.Evaluate(known);
        if (answer is null) missing.UnionWith(condition.Facts.Where(fact => known.Find(fact) is null));
        return answer;
    }

    /// <summary>About how many different persons events show that the rule was kept; for one person 1 or 0.</summary>
    private int Done(Rule rule, DutyPerson? person)
    {
        var showing = events.Where(happened => Shows(rule, happened) && IsAbout(happened, person, rule) && !IsUndone(happened)).ToList();
        if (showing.Count == 0) return 0;
        if (rule.Count > 1) return Math.Max(1, showing.Select(happened => happened.Subject).OfType<string>().Distinct(StringComparer.Ordinal).Count());
        if (rule.FulfilledBy.Contains(EventNames.UitnodigingVerzonden, StringComparer.Ordinal)) return AreAllInvited(rule, person, showing) ? 1 : 0;
        var asked = events.Where(happened => rule.After.Contains(happened.Name, StringComparer.Ordinal) && IsAbout(happened, person))
            .Select(happened => happened.Reference).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        // Two gesprekken ask for two verslagen. One that names no gesprek counts only when there is just one.
        return asked.TrueForAll(reference => showing.Exists(happened => happened.Reference == reference || (asked.Count == 1 && !asked.Contains(happened.Reference!)))) ? 1 : 0;
    }

    /// <summary>An invitation goes before the gesprek and cannot name it: whoever was heard must have had one.</summary>
    private bool AreAllInvited(Rule rule, DutyPerson? person, List<ProtocolEvent> showing)
        => events.Where(happened => rule.After.Contains(happened.Name, StringComparer.Ordinal) && IsAbout(happened, person))
            .All(heard => heard.Subject is null || showing.Exists(invited => invited.Subject is null || invited.Subject == heard.Subject
                || persons.Any(other => other.Id == heard.Subject && other.ReachedThrough.Contains(invited.Subject, StringComparer.Ordinal))));

    private static bool Shows(Rule rule, ProtocolEvent happened)
        => rule.FulfilledBy.Contains(happened.Name, StringComparer.Ordinal)
            && (happened.Name is not (EventNames.StukOpgemaakt or EventNames.StukVerzonden) || happened.Concerns == rule.Id || !DocumentKinds.IsKnown(rule.Id));

    /// <summary>An onderzoeker who stepped back is no longer one of the two.</summary>
    private bool IsUndone(ProtocolEvent happened)
        => events.Any(later => later.Undoes == happened.Name && later.Subject == happened.Subject && later.Date >= happened.Date);

    private bool IsKeptByHand(Rule rule, DutyPerson? person)
        => events.Any(happened => happened.Name == EventNames.RegelNageleefd && happened.Concerns == rule.Id && (happened.Subject is null || happened.Subject == person?.Id));

    private bool IsDeviated(Rule rule)
        => events.Any(happened => happened.Name == EventNames.ProtocolAfgeweken && happened.Concerns == rule.Id && isSigned(happened));

    /// <summary>Whether an event is about a person, or about whoever he is reached through. One that names nobody counts when only one person can be meant.</summary>
    private bool IsAbout(ProtocolEvent happened, DutyPerson? person, Rule? rule = null)
    {
        if (person is null) return true;
        if (happened.Subject is null) return rule is null || persons.Count(other => rule.Roles.Contains(other.Role, StringComparer.Ordinal)) == 1;
        return happened.Subject == person.Id || person.ReachedThrough.Contains(happened.Subject, StringComparer.Ordinal);
    }
}
