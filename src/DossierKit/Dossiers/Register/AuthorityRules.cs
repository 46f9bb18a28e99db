using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>
/// Whether whoever commissioned, judged or imposed has the office that the protocol gives that task for this betrokkene: pure. Asked of what people record;
/// an import is the past and shows as it was.
/// </summary>
internal static class AuthorityRules
{
    /// <summary>Offices that follow from a role in the staff register, beside the office of an appointment.</summary>
    private static readonly Dictionary<StaffRole, string[]> OfficesOfRole = new()
    {
        [StaffRole.Fi] = ["functionaris-integriteit"],
        [StaffRole.PlaatsvervangendFi] = ["functionaris-integriteit"],
        [StaffRole.Directeur] = ["directeurenteam", "verantwoordelijk-directeur"],
        [StaffRole.HoofdBi] = ["hoofd-integriteit"],
        [StaffRole.Adviseur] = ["adviseur-arbeidsvoorwaarden"],
        [StaffRole.Fg] = ["functionaris-gegevensbescherming"],
    };

    /// <summary>Every reason why these may not have done it.</summary>
    /// <param name="state">The full state the event would follow.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="find">Finds someone of the staff.</param>
    /// <param name="happening">The event.</param>
    public static IEnumerable<Refusal> Check(DossierState state, Protocol protocol, Func<PersonId, StaffPerson?> find, DossierEvent happening)
    {
        if (ActOf(happening) is not { } act) yield break;
        if (act.Office is { } named && !ActorNames.IsKnown(named) && protocol.LocalActors.All(actor => actor.Id != named))
        {
            yield return new Refusal("Dit ambt bestaat hier niet.", "'ambt' is een van de ambten die het protocol kent.", Nearest.Advice(named, [.. ActorNames.All, .. protocol.LocalActors.Select(actor => actor.Id)])) { Subject = "ambt" };
            yield break;
        }

        // A case cannot stand still because a protocol is silent or the office is vacant: the verantwoordelijke can sign for it.
        if (IsDeviatedFrom(state, find, CaseAuthority.DeviationId(act.Task))) yield break;
        var offices = OfficesOf(state, find, act, happening.Date);
        foreach (var id in act.Betrokkenen.Distinct())
        {
            if (state.FindPerson(id) is { Role: CaseRole.Betrokkene } betrokkene && Objection(state, protocol, betrokkene, act, offices, happening.Name) is { } refusal) yield return refusal;
        }
    }

    /// <summary>Whether a deviation from a rule was signed by a verantwoordelijke. One from before the vault may have been appointed later.</summary>
    public static bool IsDeviatedFrom(DossierState state, Func<PersonId, StaffPerson?> find, string rule)
        => state.ProtocolEvents.Any(happened => happened.Name == EventNames.ProtocolAfgeweken && happened.Concerns == rule && Signatures.Counts(happened, find));

    /// <summary>The offices somebody of the staff holds on a day: those of his appointments, and those that follow from a role.</summary>
    public static HashSet<string> OfficesOf(StaffPerson person, DateOnly day)
        => [.. person.Appointments.Where(appointment => appointment.IsInForceOn(day)).SelectMany(appointment => OfficesOfRole.GetValueOrDefault(appointment.Role, []).Concat(appointment.Office is { } office ? [office] : []))];

    /// <summary>Whether one of these offices has a task towards a betrokkene; a protocol that is silent gives it to nobody.</summary>
    public static bool HasTask(CaseAuthority authority, AuthorityTask task, HashSet<string> offices) => authority.For(task) is { } right && Expand(authority, right).Any(offices.Contains);

    private static Act? ActOf(DossierEvent happening) => happening switch
    {
        OpdrachtGiven given => new(AuthorityTask.Commissions, given.Betrokkenen, given.Opdrachtgever, given.Office),
        // An extension without new betrokkenen is about those of the opdracht; then whoever gave it extends it.
        OpdrachtExtended extended => new(AuthorityTask.Commissions, extended.Betrokkenen, extended.Opdrachtgever, extended.Office),
        OordeelGiven judged => new(AuthorityTask.Judges, [judged.Betrokkene], judged.JudgedBy ?? judged.By ?? judged.RecordedBy, judged.Office),
        MaatregelTaken taken => new(AuthorityTask.Imposes, [taken.Betrokkene], taken.ImposedBy, taken.Office),
        _ => null,
    };

    private static HashSet<string> OfficesOf(DossierState state, Func<PersonId, StaffPerson?> find, Act act, DateOnly day)
    {
        var offices = new HashSet<string>(StringComparer.Ordinal);
        if (act.Office is { } named) offices.Add(named);
        if (act.Person is not { } id || act.Office is not null) return offices;
        foreach (var appointment in find(id)?.Appointments.Where(appointment => !(day > appointment.Until)) ?? [])
        {
            if (appointment.Office is { } office) offices.Add(office);
            offices.UnionWith(OfficesOfRole.GetValueOrDefault(appointment.Role, []));
        }

        if (state.Persons.Any(person => person.Role == CaseRole.Leidinggevende && (person.Staff == id || person.Id == id))) offices.Add("leidinggevende");
        return offices;
    }

    private static Refusal? Objection(DossierState state, Protocol protocol, CasePerson betrokkene, Act act, HashSet<string> offices, string subject)
    {
        var authority = CaseAuthority.Of(state, protocol, betrokkene);
        var task = TaskText(act.Task);
        var deviate = $"laat {DutchWords.The(protocol.Word("verantwoordelijke"))} een afwijking tekenen: protocol-afgeweken (regel={CaseAuthority.DeviationId(act.Task)})";
        if (betrokkene.Position is null)
            return new($"Van {betrokkene.Id} is de positie niet bekend.", $"Van de positie hangt af wie {task}.", "Leg de positie vast: persoon-toegevoegd met 'positie'.") { Subject = subject };
        if (authority.For(act.Task) is not { } right)
        {
            return new(
                $"Het protocol zegt niet wie {task} bij {betrokkene.Id}.",
                $"{protocol.Id} {protocol.Version} noemt daarvoor niemand bij deze positie ({CaseFactsOf.PositionName(betrokkene.Position.Value)}); dan wordt niemand verondersteld.",
                $"Kies een protocol dat het wel zegt (protocol-gewisseld), of {deviate}.")
            { Subject = subject };
        }

        if (Expand(authority, right).Any(offices.Contains)) return null;
        var holders = string.Join(" of ", right.Holders.Select(protocol.Word));
        var who = offices.Count == 0 ? "wie het hier deed heeft in het personenregister geen ambt" : $"hier was het: {string.Join(", ", offices.Order(StringComparer.Ordinal).Select(protocol.Word))}";
        return new(
            $"Wie dit deed, gaat daar niet over bij {betrokkene.Id}.",
            $"{right.Article}: bij een {CaseFactsOf.PositionName(betrokkene.Position.Value)} {TaskText(act.Task, holders)}; {who}.",
            $"Laat het doen door wie bevoegd is en noem die persoon, of het ambt in 'ambt'. Of {deviate}.")
        { Subject = subject };
    }

    /// <summary>Some protocols say "de verantwoordelijke": that is whoever owns the case or commissions it.</summary>
    private static IEnumerable<string> Expand(CaseAuthority authority, Authority right)
        => right.Holders.Contains("verantwoordelijke", StringComparer.Ordinal)
            ? right.Holders.Concat(authority.Receiving?.Holders ?? []).Concat(authority.Commissioning?.Holders ?? []).Where(holder => holder != "functionaris-integriteit")
            : right.Holders;

    private static string TaskText(AuthorityTask task, string? holders = null) => (task, holders) switch
    {
        (AuthorityTask.Commissions, null) => "de opdracht geeft",
        (AuthorityTask.Commissions, _) => $"geeft {holders} de opdracht",
        (AuthorityTask.Judges, null) => "oordeelt",
        (AuthorityTask.Judges, _) => $"oordeelt {holders}",
        (AuthorityTask.Imposes, null) => "een maatregel oplegt",
        (AuthorityTask.Imposes, _) => $"legt {holders} een maatregel op",
        (_, null) => "de melding ontvangt",
        _ => $"ontvangt {holders} de melding",
    };

    /// <summary>What was done, towards whom, by whom or in what office.</summary>
    private sealed record Act(AuthorityTask Task, IReadOnlyList<PersonId> Betrokkenen, PersonId? Person, string? Office);
}
