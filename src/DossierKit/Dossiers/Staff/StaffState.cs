using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Something done in the staff register.</summary>
internal sealed record StaffAct(OpaqueId Entry, DateTimeOffset At, PersonId? By, AccountKind? Via, string Name);

/// <summary>The staff register at one moment, folded from its events; immutable and pure.</summary>
internal sealed record StaffState
{
    public static StaffState Empty { get; } = new();

    public Municipality? Municipality { get; private init; }

    public IReadOnlyList<StaffPerson> Persons { get; private init; } = [];

    public IReadOnlyList<StaffProposal> Waiting { get; private init; } = [];

    public IReadOnlyList<StaffAct> Acts { get; private init; } = [];

    public StaffPerson? Find(PersonId id) => Persons.FirstOrDefault(person => person.Id == id);

    public StaffPerson? FindByAccount(string account) => Persons.FirstOrDefault(person => person.Accounts.Contains(account, StringComparer.Ordinal));

    /// <summary>Whether someone is of the integrity side on a day: FI, deputy or verantwoordelijke.</summary>
    public bool IsIntegritySide(PersonId id, DateOnly day)
        => Find(id)?.RolesOn(day).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Verantwoordelijke) == true;

    public StaffState After(StaffEvent happened, OpaqueId entry, DateTimeOffset at)
        => Apply(happened, entry, at) with { Acts = [.. Acts, new StaffAct(entry, at, happened.By, happened.Via, happened.Name)] };

    private StaffState Apply(StaffEvent happened, OpaqueId entry, DateTimeOffset at) => happened switch
    {
        VaultFounded founded => this with
        {
            Municipality = founded.Municipality,
            Persons = [.. founded.Persons.Select(person => new StaffPerson(person.Id, person.DisplayName, person.Account is null ? [] : [person.Account], [person.Appointment]) { Function = person.Function })],
        },
        MunicipalityChanged changed => this with { Municipality = changed.Municipality },
        StaffAdded added => this with { Persons = [.. Persons.Append(new StaffPerson(added.Id, added.DisplayName, [], []) { Function = added.Function }).OrderBy(person => person.Id.Value, StringComparer.Ordinal)] },
        AccountBound bound => WithAccount(bound.Person, bound.Account),
        AccountUnbound unbound => Change(unbound.Person, person => person with { Accounts = [.. person.Accounts.Where(account => account != unbound.Account)] }),
        RoleGiven given => WithRole(given.Person, given.Appointment),
        RoleEnded ended => Change(ended.Person, person => person with { Appointments = [.. person.Appointments.Select(appointment => End(appointment, ended)).OfType<Appointment>()] }),
        ChangeProposed proposed => this with
        {
            Waiting = [.. Waiting, new StaffProposal(entry.ToString(), proposed.Person, proposed.Appointment, proposed.Account, proposed.By!.Value, at)],
        },
        ChangeConfirmed confirmed => Confirm(confirmed),
        ChangeDeclined declined => this with { Waiting = [.. Waiting.Where(waiting => waiting.Id != declined.Proposal)] },
        _ => throw new InvalidOperationException($"No rule for {happened.Name}."),
    };

    private StaffState Confirm(ChangeConfirmed confirmed)
    {
        var proposal = Waiting.FirstOrDefault(waiting => waiting.Id == confirmed.Proposal);
        if (proposal is null) return this;
        var after = this with { Waiting = [.. Waiting.Where(waiting => waiting != proposal)] };
        return proposal.Appointment is { } appointment ? after.WithRole(proposal.Person, appointment) : after.WithAccount(proposal.Person, proposal.Account!);
    }

    private StaffState WithRole(PersonId id, Appointment appointment) => Change(id, person => person with { Appointments = [.. person.Appointments, appointment] });

    private StaffState WithAccount(PersonId id, string account)
        => Change(id, person => person.Accounts.Contains(account, StringComparer.Ordinal) ? person : person with { Accounts = [.. person.Accounts, account] });

    private StaffState Change(PersonId id, Func<StaffPerson, StaffPerson> change)
        => this with { Persons = [.. Persons.Select(person => person.Id == id ? change(person) : person)] };

    private static Appointment? End(Appointment appointment, RoleEnded ended)
    {
        if (appointment.Role != ended.Role || appointment.Until < ended.LastDay) return appointment;
        return appointment.From > ended.LastDay ? null : appointment with { Until = ended.LastDay };
    }
}
