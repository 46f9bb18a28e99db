using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// Who works with the dossiers: persons, bound accounts, roles and appointments, and the municipality itself; in a stream of its own.
/// A vault is founded by two persons (the FI and a verantwoordelijke). From then on every role but that of beheerder, and every binding of an account to a person who has
/// an account or a role, waits until a second person of the integrity side (FI, deputy, verantwoordelijke) confirms it. Both steps are recorded.
/// </summary>
public sealed class StaffRegister : IDisposable
{
    /// <summary>The compartment of the stream: personnel of the integrity side, without anything of a case.</summary>
    private const string OwnCompartment = "personeel";

    private readonly Journal _journal;
    private readonly TimeProvider _clock;
    private readonly bool _isDemo;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile StaffState _state = StaffState.Empty;
    private int _applied;

    private StaffRegister(Journal journal, TimeProvider clock, bool isDemo) => (_journal, _clock, _isDemo) = (journal, clock, isDemo);

    /// <summary>Whether the vault was founded.</summary>
    public bool IsFounded => _state.Municipality is not null;

    /// <summary>The municipality.</summary>
    /// <exception cref="InvalidOperationException">The vault was not founded.</exception>
    public Municipality Municipality => _state.Municipality ?? throw new InvalidOperationException("The vault was not founded: it has no municipality yet.");

    /// <summary>All persons, by handle.</summary>
    public IReadOnlyList<StaffPerson> Persons => _state.Persons;

    /// <summary>What was changed in this register, by whom and how they came in; oldest first.</summary>
    internal IReadOnlyList<StaffAct> Acts => _state.Acts;

    /// <summary>What waits for a second person.</summary>
    public IReadOnlyList<StaffProposal> Waiting => _state.Waiting;

    /// <summary>Another object whenever anything in the register changed.</summary>
    internal object Moment => _state;

    private DateOnly Today => LegalTime.Today(_clock);

    internal static async ValueTask<StaffRegister> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct)
    {
        var register = new StaffRegister(await vault.OpenOwnStreamAsync(StreamKind.Staff, ct), clock, vault.IsDemo);
        await register.ApplyAsync(ct);
        return register;
    }

    /// <summary>Finds a person.</summary>
    /// <param name="id">The handle.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public StaffPerson? Find(PersonId id) => _state.Find(id);

    /// <summary>
    /// Who acts, while the account he came in by still lets him in: a lost key that was taken away ends every session that it began. A token is looked at by whoever lets it in.
    /// </summary>
    internal StaffPerson? Find(ActingPerson person)
        => _state.Find(person.Id) is { } known && (IsFree(person.Account) || person.Kind == AccountKind.Token || known.Accounts.Contains(person.Account, StringComparer.Ordinal)) ? known : null;

    /// <summary>Lets a person in by the account that runs the program. In a demo vault any account may act as any person, but one that is proved (a passkey, the municipality's own sign-in): that is its owner's there too.</summary>
    /// <param name="person">Who is to act.</param>
    /// <param name="account">The account, with its kind: <c>os:</c> and the name on this computer, or later the sign-in.</param>
    /// <returns>The acting person, or a refusal that does not say which persons exist.</returns>
    public Outcome<ActingPerson> SignIn(PersonId person, string account)
        => _state.Find(person) is { } known && (IsFree(account) || known.Accounts.Contains(account, StringComparer.Ordinal))
            ? Outcome<ActingPerson>.Done(new ActingPerson(person, account))
            : Outcome<ActingPerson>.Refused(new Refusal(
                "U kunt niet als deze persoon werken.",
                "Uw account is niet aan deze persoon gekoppeld.",
                "Gebruik uw eigen aanduiding, of laat de functionaris integriteit uw account koppelen."));

    /// <summary>The person an account is bound to.</summary>
    /// <param name="account">The account, with its kind.</param>
    /// <returns>The acting person, or <see langword="null"/> when the account is bound to none.</returns>
    public ActingPerson? FindByAccount(string account) => _state.FindByAccount(account) is { } person ? new ActingPerson(person.Id, account) : null;

    /// <summary>The account by which two people are told apart where it takes two. In a demo vault, where one account of the computer may be anybody, each person counts as an account.</summary>
    internal string BoundAccount(ActingPerson person) => IsFree(person.Account) ? $"demo:{person.Id}" : person.Account;

    private bool IsFree(string account) => _isDemo && !AccountKinds.IsOfWeb(account);

    /// <summary>Founds the vault: the municipality and its first two persons. Once only.</summary>
    /// <param name="municipality">The municipality.</param>
    /// <param name="fi">The FI.</param>
    /// <param name="verantwoordelijke">The verantwoordelijke.</param>
    /// <param name="office">The office of the verantwoordelijke, an actor of the protocol such as <c>gemeentesecretaris</c>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<Municipality>> FoundAsync(
        Municipality municipality, FoundingPerson fi, FoundingPerson verantwoordelijke, string office, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(municipality);
        ArgumentNullException.ThrowIfNull(fi);
        ArgumentNullException.ThrowIfNull(verantwoordelijke);
        return ChangeAsync(
            state => StaffRules.Founding(state, municipality, fi, verantwoordelijke, office, _isDemo),
            _ => new VaultFounded
            {
                Municipality = municipality,
                Persons = [Founded(fi, new Appointment(StaffRole.Fi, Today)), Founded(verantwoordelijke, new Appointment(StaffRole.Verantwoordelijke, Today, null, office))],
            },
            (state, _) => state.Municipality!,
            ct);
    }

    /// <summary>Changes what letters show of the municipality. By the FI, the deputy, a verantwoordelijke or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="municipality">How it is from now on.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<Municipality>> ChangeMunicipalityAsync(ActingPerson by, Municipality municipality, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(municipality);
        return ChangeAsync(
            state => [.. StaffRules.MayKeepRegister(state, by, Today), .. StaffRules.Of(municipality)],
            _ => new MunicipalityChanged { By = by.Id, Via = by.Kind, Municipality = municipality },
            (state, _) => state.Municipality!,
            ct);
    }

    /// <summary>Adds a person, without account and roles. By the integrity side or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="id">The handle; never used before.</param>
    /// <param name="displayName">The name.</param>
    /// <param name="function">The function as letters show it, or <see langword="null"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person, or every reason why not.</returns>
    public ValueTask<Outcome<StaffPerson>> AddPersonAsync(ActingPerson by, PersonId id, string displayName, string? function, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync(
            state => StaffRules.Adding(state, by, id, displayName, Today),
            _ => new StaffAdded { By = by.Id, Via = by.Kind, Id = id, DisplayName = displayName.Trim(), Function = function },
            (state, _) => state.Find(id)!,
            ct);
    }

    /// <summary>Binds an account to a person. The first account of a person without roles is in force at once; any other waits for a second person.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Whose account.</param>
    /// <param name="account">The account, with its kind; bound to nobody else.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> BindAsync(ActingPerson by, PersonId person, string account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync(
            state => StaffRules.Binding(state, by, person, account, Today),
            state => StaffRules.NeedsNoSecondPerson(state.Find(person)!)
                ? new AccountBound { By = by.Id, Via = by.Kind, Person = person, Account = account }
                : new ChangeProposed { By = by.Id, Via = by.Kind, Person = person, Account = account },
            (state, entry) => Change(state, person, entry),
            ct);
    }

    /// <summary>
    /// Binds an account of the web (a passkey, the municipality's own sign-in) that its owner just proved to have. In force at once for whoever has no account and no role yet,
    /// for one more account beside one that is in use, and for the very first of the integrity side; any other waits for a second person.
    /// </summary>
    internal ValueTask<Outcome<StaffChange>> EnrolAsync(WebEnrolment enrolment, CancellationToken ct)
        => ChangeAsync(
            state => StaffRules.Enrolling(state, enrolment, Today),
            state => StaffRules.IsInForceAtOnce(state, enrolment, Today)
                ? new AccountBound { By = enrolment.By.Id, Via = enrolment.By.Kind, Person = enrolment.Person, Account = enrolment.Account }
                : new ChangeProposed { By = enrolment.By.Id, Via = enrolment.By.Kind, Person = enrolment.Person, Account = enrolment.Account },
            (state, entry) => Change(state, enrolment.Person, entry),
            ct);

    /// <summary>Takes an account away, such as that of a lost key: at once, by one of the integrity side or its owner, because taking access away must not wait.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Whose account.</param>
    /// <param name="account">The account.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person as it now stands, or every reason why not: so that somebody is left who can let people in again.</returns>
    public ValueTask<Outcome<StaffPerson>> UnbindAsync(ActingPerson by, PersonId person, string account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(account);
        return ChangeAsync(
            state => StaffRules.Unbinding(state, by, person, account, Today),
            _ => new AccountUnbound { By = by.Id, Via = by.Kind, Person = person, Account = account },
            (state, _) => state.Find(person)!,
            ct);
    }

    /// <summary>Declines what was proposed. By one of the integrity side, or by who proposed it.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="proposal">The <see cref="StaffProposal.Id"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Whom it concerned, or every reason why not.</returns>
    public ValueTask<Outcome<StaffPerson>> DeclineAsync(ActingPerson by, string proposal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var concerns = default(PersonId);
        return ChangeAsync(
            state =>
            {
                concerns = state.Waiting.FirstOrDefault(waiting => waiting.Id == proposal)?.Person ?? default;
                return StaffRules.Declining(state, by, proposal, Today);
            },
            _ => new ChangeDeclined { By = by.Id, Via = by.Kind, Proposal = proposal },
            (state, _) => state.Find(concerns)!,
            ct);
    }

    /// <summary>Why somebody may not make a one-time link for a person; empty when he may.</summary>
    internal IReadOnlyList<Refusal> MayMakeLink(ActingPerson by, PersonId person) => StaffRules.MakingLink(_state, by, person, Today);

    /// <summary>Why somebody may not take away an account of his own now; empty when he may, or when it is not bound at all.</summary>
    internal IReadOnlyList<Refusal> RefusalsOfUnbinding(ActingPerson by, string account)
        => _state.Find(by.Id)?.Accounts.Contains(account, StringComparer.Ordinal) == true ? StaffRules.Unbinding(_state, by, by.Id, account, Today) : [];

    /// <summary>Why an enrolment would be refused now; empty when it would not.</summary>
    internal IReadOnlyList<Refusal> RefusalsOf(WebEnrolment enrolment) => StaffRules.Enrolling(_state, enrolment, Today);

    /// <summary>Appoints a person to a role. Every role but beheerder waits for a second person.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Who is appointed.</param>
    /// <param name="appointment">To what and for how long.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> AppointAsync(ActingPerson by, PersonId person, Appointment appointment, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(appointment);
        return ChangeAsync(
            state => StaffRules.Appointing(state, by, person, appointment, Today),
            _ => appointment.Role == StaffRole.Beheerder
                ? new RoleGiven { By = by.Id, Via = by.Kind, Person = person, Appointment = appointment }
                : new ChangeProposed { By = by.Id, Via = by.Kind, Person = person, Appointment = appointment },
            (state, entry) => Change(state, person, entry),
            ct);
    }

    /// <summary>Ends a role: at once, by one person of the integrity side, because taking access away must not wait.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="person">Whose role.</param>
    /// <param name="role">Which role.</param>
    /// <param name="lastDay">The last day.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person as it now stands, or every reason why not.</returns>
    public ValueTask<Outcome<StaffPerson>> EndAsync(ActingPerson by, PersonId person, StaffRole role, DateOnly lastDay, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync(
            state => StaffRules.Ending(state, by, person, role, lastDay, Today),
            _ => new RoleEnded { By = by.Id, Via = by.Kind, Person = person, Role = role, LastDay = lastDay },
            (state, _) => state.Find(person)!,
            ct);
    }

    /// <summary>Confirms what another proposed. By someone of the integrity side who neither proposed it nor is the one it concerns.</summary>
    /// <param name="by">Who confirms.</param>
    /// <param name="proposal">The <see cref="StaffProposal.Id"/>.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of it, or every reason why not.</returns>
    public ValueTask<Outcome<StaffChange>> ConfirmAsync(ActingPerson by, string proposal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var concerns = default(PersonId);
        return ChangeAsync(
            state =>
            {
                concerns = state.Waiting.FirstOrDefault(waiting => waiting.Id == proposal)?.Person ?? default;
                return StaffRules.Confirming(state, by, proposal, Today);
            },
            _ => new ChangeConfirmed { By = by.Id, Via = by.Kind, Proposal = proposal },
            (state, _) => new StaffChange(state.Find(concerns)!, null),
            ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _gate.Dispose();
    }

    /// <summary>Reads what other processes changed: a role taken away elsewhere counts at the next opening here.</summary>
    internal async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (await _journal.RefreshAsync(ct)) await ApplyAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static FoundedPerson Founded(FoundingPerson person, Appointment appointment)
        => new() { Id = person.Id, DisplayName = person.DisplayName.Trim(), Function = person.Function, Account = person.Account, Appointment = appointment };

    private static StaffChange Change(StaffState state, PersonId person, OpaqueId entry)
        => new(state.Find(person)!, state.Waiting.FirstOrDefault(waiting => waiting.Id == entry.ToString()));

    /// <summary>Decides on the newest state, writes, and decides again when another process wrote first.</summary>
    private async ValueTask<Outcome<T>> ChangeAsync<T>(
        Func<StaffState, IReadOnlyList<Refusal>> check, Func<StaffState, StaffEvent> happen, Func<StaffState, OpaqueId, T> result, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await _journal.RefreshAsync(ct);
                await ApplyAsync(ct);
                if (check(_state) is { Count: > 0 } refusals) return Outcome<T>.Refused(refusals);
                var happened = happen(_state);
                using var batch = _journal.Begin();
                var entry = batch.Add(happened.Name, OwnCompartment, JsonSerializer.SerializeToUtf8Bytes(happened, StaffJsonContext.Default.StaffEvent), _clock.GetUtcNow());
                try
                {
                    await batch.CommitAsync(ct);
                }
                catch (JournalConflictException)
                {
                    continue;
                }

                await ApplyAsync(ct);
                return Outcome<T>.Done(result(_state, entry));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        var state = _state;
        for (; _applied < _journal.Envelopes.Count; _applied++)
        {
            var envelope = _journal.Envelopes[_applied];
            if (await _journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
            state = state.After(Read(envelope, payload), envelope.Id, envelope.At);
        }

        _state = state;
    }

    private static StaffEvent Read(Envelope envelope, byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, StaffJsonContext.Default.StaffEvent)!;
        }
        catch (JsonException problem)
        {
            throw new VaultEnvironmentException($"Entry {envelope.Id} of the staff register is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }
}
