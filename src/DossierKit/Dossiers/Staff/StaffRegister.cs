namespace DossierKit.Dossiers;

/// <summary>
/// Who works with the dossiers: persons, bound accounts, roles and appointments, and the municipality itself; in a stream of its own.
/// A vault is founded by two persons (the FI and a verantwoordelijke). From then on every role but that of beheerder, and every binding of an account to a person who has
/// an account or a role, waits until a second person of the integrity side (FI, deputy, verantwoordelijke) confirms it. Both steps are recorded.
/// </summary>
public sealed class StaffRegister
{
    internal StaffRegister()
    {
    }

    /// <summary>Whether the vault was founded.</summary>
    public bool IsFounded => throw new NotSupportedException();

    /// <summary>The municipality.</summary>
    /// <exception cref="InvalidOperationException">The vault was not founded.</exception>
    public Municipality Municipality => throw new NotSupportedException();

    /// <summary>All persons, by handle.</summary>
    public IReadOnlyList<StaffPerson> Persons => throw new NotSupportedException();

    /// <summary>What waits for a second person.</summary>
    public IReadOnlyList<StaffProposal> Waiting => throw new NotSupportedException();

    /// <summary>Finds a person.</summary>
    /// <param name="id">The handle.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public StaffPerson? Find(PersonId id) => throw new NotSupportedException();

    /// <summary>Lets a person in by the account that runs the program. In a demo vault any account may act as any person.</summary>
    /// <param name="person">Who is to act.</param>
    /// <param name="account">The account, with its kind: <c>os:</c> and the name on this computer, or later the sign-in.</param>
    /// <returns>The acting person, or a refusal that does not say which persons exist.</returns>
    public Outcome<ActingPerson> SignIn(PersonId person, string account) => throw new NotSupportedException();

    /// <summary>The person an account is bound to.</summary>
    /// <param name="account">The account, with its kind.</param>
    /// <returns>The acting person, or <see langword="null"/> when the account is bound to none.</returns>
    public ActingPerson? FindByAccount(string account) => throw new NotSupportedException();

    /// <summary>Founds the vault: the municipality and its first two persons. Once only.</summary>
    /// <param name="municipality">The municipality.</param>
    /// <param name="fi">The FI.</param>
    /// <param name="verantwoordelijke">The verantwoordelijke.</param>
    /// <param name="office">The office of the verantwoordelijke, an actor of the protocol such as <c>gemeentesecretaris</c>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<Municipality>> FoundAsync(
        Municipality municipality, FoundingPerson fi, FoundingPerson verantwoordelijke, string office, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Changes what letters show of the municipality. By the FI, the deputy, a verantwoordelijke or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="municipality">How it is from now on.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<Municipality>> ChangeMunicipalityAsync(ActingPerson by, Municipality municipality, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Adds a person, without account and roles. By the integrity side or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="id">The handle; never used before.</param>
    /// <param name="displayName">The name.</param>
    /// <param name="function">The function as letters show it, or <see langword="null"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person, or every reason why not.</returns>
    public ValueTask<Outcome<StaffPerson>> AddPersonAsync(ActingPerson by, PersonId id, string displayName, string? function, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Binds an account to a person. The first account of a person without roles is in force at once; any other waits for a second person.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Whose account.</param>
    /// <param name="account">The account, with its kind; bound to nobody else.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> BindAsync(ActingPerson by, PersonId person, string account, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Appoints a person to a role. Every role but beheerder waits for a second person.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Who is appointed.</param>
    /// <param name="appointment">To what and for how long.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> AppointAsync(ActingPerson by, PersonId person, Appointment appointment, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Ends a role: at once, by one person of the integrity side, because taking access away must not wait.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Whose role.</param>
    /// <param name="role">Which role.</param>
    /// <param name="lastDay">The last day.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person as it now stands, or every reason why not.</returns>
    public ValueTask<Outcome<StaffPerson>> EndAsync(ActingPerson by, PersonId person, StaffRole role, DateOnly lastDay, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Confirms what another proposed. By someone of the integrity side who neither proposed it nor is the one it concerns.</summary>
    /// <param name="by">Who confirms.</param>
    /// <param name="proposal">The <see cref="StaffProposal.Id"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> ConfirmAsync(ActingPerson by, string proposal, CancellationToken ct) => throw new NotSupportedException();
}
