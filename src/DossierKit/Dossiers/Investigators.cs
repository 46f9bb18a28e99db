using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>A reason why someone may not, or had better not, investigate a case.</summary>
/// <param name="Text">What, Dutch.</param>
/// <param name="Article">The article of the protocol; <see langword="null"/> when it holds in every dossier of this house.</param>
/// <param name="IsBlocking">Whether an appointment is refused; otherwise the duty of the protocol it belongs to is what must be settled.</param>
public sealed record InvestigatorObjection(string Text, string? Article, bool IsBlocking);

/// <summary>What the protocol says of someone as onderzoeker in this case.</summary>
/// <param name="Person">Who (handle of the case).</param>
/// <param name="IsExternal">Whether from outside the municipality.</param>
/// <param name="Objections">Every reason against it; empty: this person may investigate.</param>
public sealed record InvestigatorStanding(PersonId Person, bool IsExternal, IReadOnlyList<InvestigatorObjection> Objections)
{
    /// <summary>Whether nothing stands in the way.</summary>
    public bool MayInvestigate => Objections.Count == 0;
}

/// <summary>Who may investigate and why not: by the case as the asker may see it, so that an answer never tells who the melder is. Pure.</summary>
public static class Investigators
{
    /// <summary>Rule ids by which protocols name these.</summary>
    private const string Impartial = "onderzoekers.onpartijdig", Outside = "onderzoekers.extern", Two = "onderzoekers.twee", Fi = "onderzoekers.fi";

    /// <summary>Whether someone may investigate, and every reason why not.</summary>
    /// <param name="state">The case, as the asker may see it.</param>
    /// <param name="person">Someone with the role onderzoeker in the case.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="staff">Finds someone of the staff.</param>
    /// <returns>How this person stands as onderzoeker.</returns>
    public static InvestigatorStanding MayInvestigate(DossierState state, CasePerson person, Protocol protocol, Func<PersonId, StaffPerson?> staff)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(staff);
        var isExternal = IsExternal(state, person, staff);
        var objections = new List<InvestigatorObjection>();
        if (person.Staff is { } handle && state.Persons.Any(other => other.Id != person.Id && other.Staff == handle && IsInvolved(other.Role)))
            objections.Add(new("is zelf bij de zaak betrokken", protocol.FindRule(Impartial)?.Article, IsBlocking: true));
        foreach (var challenge in state.All<OnderzoekerChallenged>().Where(challenge => challenge.Onderzoeker == person.Id && challenge.IsUpheld != false).TakeLast(1))
            objections.Add(challenge.IsUpheld == true ? new("de wraking is toegewezen", null, IsBlocking: true) : new("is gewraakt; daar is nog niet op beslist", null, IsBlocking: false));
        if (!isExternal) objections.AddRange(WhyOutside(state, person, protocol));
        if (IsFi(person, staff, state) && protocol.FindRule(Fi) is { } rule && rule.When.Evaluate(state.Facts) == false)
            objections.Add(new("de functionaris integriteit doet dit onderzoek niet zelf", rule.Article, IsBlocking: false));
        return new InvestigatorStanding(person.Id, isExternal, objections);
    }

    /// <summary>What the protocol asks of all onderzoekers together and is not there yet, Dutch; empty when nothing.</summary>
    /// <param name="state">The case, as the asker may see it.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <returns>The texts, each with its article.</returns>
    public static IReadOnlyList<string> Lacking(DossierState state, Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(protocol);
        if (state.Opdracht is null && state.Onderzoekers.Count == 0) return [];
        if (protocol.FindRule(Two) is not { Strength: Strength.Must } rule || rule.When.Evaluate(state.Facts) == false) return [];
        var wanted = Math.Max(2, rule.Count);
        return state.Onderzoekers.Count >= wanted ? [] : [$"{rule.Article}: minstens {wanted} onderzoekers; aangewezen: {state.Onderzoekers.Count}"];
    }

    /// <summary>The reasons by which the onderzoek belongs with an outside party, as far as they are known to hold.</summary>
    private static IEnumerable<InvestigatorObjection> WhyOutside(DossierState state, CasePerson person, Protocol protocol)
    {
        if (protocol.FindRule(Outside) is not { Strength: Strength.Must } rule) yield break;
        foreach (var betrokkene in state.Betrokkenen)
        {
            var facts = state.Facts.For(betrokkene.Id.Value);
            // Working in the same department is known from the persons themselves.
            if (IsSameUnit(person, betrokkene)) facts = facts.With(FactNames.EigenEenheid, true);
            if (!rule.When.Holds(facts)) continue;
            var because = rule.When.Facts.Where(fact => facts.Find(fact) is { } value && value != CaseFacts.No).Select(fact => Because(fact, facts)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            yield return new InvestigatorObjection($"dit onderzoek hoort bij een externe partij{(because.Count > 0 ? $": {string.Join(", ", because)}" : "")} ({betrokkene.Id})", rule.Article, IsBlocking: false);
        }
    }

    private static string? Because(string fact, CaseFacts facts) => fact switch
    {
        FactNames.Positie => facts.Find(fact) is { } position and (PositionNames.Gemeentesecretaris or PositionNames.Diensthoofd) ? $"de betrokkene is {position}" : null,
        FactNames.PolitiekAmbtsdrager => "de betrokkene is politiek ambtsdrager",
        FactNames.EigenEenheid => "de betrokkene werkt op de eigen afdeling",
        FactNames.TwijfelObjectiviteit => "er is twijfel aan de objectiviteit",
        FactNames.ErnstigeSchending => "het is een ernstige schending",
        FactNames.ZwareMethode => "er is een zware methode nodig",
        _ => null,
    };

    internal static bool IsSameUnit(CasePerson one, CasePerson other)
        => one.Department is { Length: > 0 } a && other.Department is { Length: > 0 } b && string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsInvolved(CaseRole role) => role is CaseRole.Melder or CaseRole.Betrokkene or CaseRole.Getuige or CaseRole.Benadeelde or CaseRole.Verwant or CaseRole.Raadsman or CaseRole.Gemachtigde;

    private static bool IsExternal(DossierState state, CasePerson person, Func<PersonId, StaffPerson?> staff)
        => person.Position == Position.Extern
            || state.All<OnderzoekerAppointed>().Any(appointed => appointed.Onderzoeker == person.Id && appointed.IsExternal)
            || (person.Staff is { } handle && staff(handle)?.Appointments.Any(appointment => appointment.Role == StaffRole.OnderzoekerExtern) == true);

    private static bool IsFi(CasePerson person, Func<PersonId, StaffPerson?> staff, DossierState state)
        => person.Staff is { } handle && staff(handle)?.Appointments.Any(appointment => appointment.Role is StaffRole.Fi or StaffRole.PlaatsvervangendFi && !(state.StartedOn > appointment.Until)) == true;
}
