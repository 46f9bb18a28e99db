using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// What people sign in with: passkeys, one-time links, recovery codes, tokens for programs; in a stream of its own that is read at the first sign-in and not before.
/// Who may do what stands in the staff register: a passkey is let in when it is known here and its account is bound there. Safe for several threads.
/// </summary>
public sealed partial class SignInRegister : IDisposable
{
    /// <summary>How long a one-time link holds.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(10);

    private const string OwnCompartment = "aanmelding";

    private readonly DossierVault _vault;
    private readonly StaffRegister _staff;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Journal? _journal;
    private volatile SignInState _state = SignInState.Empty;
    private int _applied;

    internal SignInRegister(DossierVault vault, StaffRegister staff, TimeProvider clock) => (_vault, _staff, _clock) = (vault, staff, clock);

    private DateTimeOffset Now => _clock.GetUtcNow();

    private DateOnly Today => LegalTime.DateOf(Now);

    /// <summary>When and how a person signed in the time before the last: what he is told when he signs in.</summary>
    /// <param name="person">Who.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>That time; <see langword="null"/>: never.</returns>
    public async ValueTask<LastSignIn?> BeforeLastAsync(PersonId person, CancellationToken ct) => (await NewestAsync(ct)).Last.TryGetValue(person, out var known) ? known.Before : null;

    /// <summary>When and how a person last signed in.</summary>
    /// <param name="person">Who.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>That time; <see langword="null"/>: never.</returns>
    public async ValueTask<LastSignIn?> LastAsync(PersonId person, CancellationToken ct) => (await NewestAsync(ct)).Last.TryGetValue(person, out var known) ? known.Last : null;

    /// <summary>The person an account of somebody else's sign-in is bound to, as it is now.</summary>
    /// <param name="account">The account, proved to be its owner's, such as <c>oidc:</c> with issuer and subject.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The person; <see langword="null"/> when it is bound to none.</returns>
    public async ValueTask<ActingPerson?> FindByAccountAsync(string account, CancellationToken ct)
    {
        await _staff.RefreshAsync(ct);
        return _staff.FindByAccount(account);
    }

    /// <summary>Keeps that somebody signed in; <see cref="SignInAsync"/> does so itself.</summary>
    /// <param name="who">Who.</param>
    /// <param name="kind">How.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>A task.</returns>
    public async ValueTask SignedInAsync(ActingPerson who, SignInKind kind, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(who);
        await ChangeAsync(_ => [], _ => [new SignedIn { Person = who.Id, Kind = kind }], _ => true, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Reads what is there, and what other processes added since.</summary>
    private async ValueTask<SignInState> NewestAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            return _state;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Decides on the newest state, writes in one commit, and decides again when another process wrote first.</summary>
    private async ValueTask<Outcome<T>> ChangeAsync<T>(
        Func<SignInState, IReadOnlyList<Refusal>> check, Func<SignInState, IReadOnlyList<SignInEvent>> happen, Func<SignInState, T> result, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await ReadAsync(ct);
                if (check(_state) is { Count: > 0 } refusals) return Outcome<T>.Refused(refusals);
                using var batch = _journal!.Begin();
                foreach (var happened in happen(_state))
                    batch.Add(happened.Name, OwnCompartment, JsonSerializer.SerializeToUtf8Bytes(happened, SignInJsonContext.Default.SignInEvent), Now);
                try
                {
                    await batch.CommitAsync(ct);
                }
                catch (JournalConflictException)
                {
                    continue;
                }

                await ApplyAsync(ct);
                return Outcome<T>.Done(result(_state));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        if (_journal is null) _journal = await _vault.OpenOwnStreamAsync(StreamKind.SignIn, ct);
        else await _journal.RefreshAsync(ct);
        await ApplyAsync(ct);
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        var state = _state;
        for (; _applied < _journal!.Envelopes.Count; _applied++)
        {
            var envelope = _journal.Envelopes[_applied];
            if (await _journal.OpenPayloadAsync(envelope, ct) is { } payload) state = state.After(Read(envelope, payload), envelope.At);
        }

        _state = state;
    }

    private static SignInEvent Read(Envelope envelope, byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, SignInJsonContext.Default.SignInEvent)!;
        }
        catch (JsonException problem)
        {
            throw new VaultEnvironmentException($"Entry {envelope.Id} of the sign-in register is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }

    private static List<Refusal> Name(string name, string subject)
        => string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(char.IsControl)
            ? [new("Deze naam kan niet.", "Een naam heeft 1 tot 100 tekens op één regel.", "Kies een naam waaraan u het apparaat of het programma herkent.") { Subject = subject }]
            : [];
}
