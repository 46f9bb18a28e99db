using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>What is to be put on a list.</summary>
/// <param name="Path">By which path: recordings, or dossiers.</param>
/// <param name="Dossiers">Only (of) these dossiers; empty: everything that may or must go.</param>
public sealed record DestructionChoice(DestructionPath Path, IReadOnlyList<DossierNumber> Dossiers);

/// <summary>A list that was not made: what would be on it, and what would not, with the reason.</summary>
/// <param name="Path">By which path.</param>
/// <param name="Items">What would be on it.</param>
/// <param name="LeftOut">What was asked for or is due and would not be on it.</param>
public sealed record DestructionDraft(DestructionPath Path, IReadOnlyList<DestructionItem> Items, IReadOnlyList<LeftOff> LeftOut);

/// <summary>Something that cannot be on a list now.</summary>
/// <param name="Dossier">The dossier.</param>
/// <param name="Object">The file; <see langword="null"/>: the dossier.</param>
/// <param name="Why">Why not, Dutch.</param>
public sealed record LeftOff(DossierNumber Dossier, string? Object, string Why);

/// <summary>
/// The lists of destruction of a vault, in a stream that is kept permanently: proposing, answering, approving, cancelling, carrying out, and the verklaring. Whoever acts is judged by role,
/// by his part in the cases, and by what he did on the list before, on the newest state and whichever way he comes in. Safe for several threads and processes; dispose before the register.
/// </summary>
public sealed partial class DestructionRegister : IDisposable
{
    private const string OwnCompartment = "lijsten";
    private const string ReasonType = "reden";

    private readonly DossierRegister _register;
    private readonly ClockGuard _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly byte[] _accountKey;
    private Journal? _journal;
    private volatile DestructionState _state = DestructionState.Empty;
    private int _applied;

    private DestructionRegister(DossierRegister register, DestructionRules rules, Func<BootTime>? boot)
    {
        (_register, Rules, _clock) = (register, rules, new ClockGuard(register.Vault.State, boot ?? BootClock.Of(register.Clock)));
        using var key = register.Vault.Keys.Derive("vernietiging/account");
        _accountKey = key.Span.ToArray();
    }

    /// <summary>How destruction goes in this house.</summary>
    public DestructionRules Rules { get; }

    private DossierVault Vault => _register.Vault;

    /// <summary>The lists of a register's vault.</summary>
    /// <param name="register">The register; it must stay open as long as this is used.</param>
    /// <param name="rules">How destruction goes in this house; <see langword="null"/>: as shipped.</param>
    /// <returns>The lists; the caller disposes them.</returns>
    public static DestructionRegister Of(DossierRegister register, DestructionRules? rules = null) => Of(register, rules, null);

    internal static DestructionRegister Of(DossierRegister register, DestructionRules? rules, Func<BootTime>? boot)
    {
        ArgumentNullException.ThrowIfNull(register);
        return new DestructionRegister(register, rules ?? DestructionRules.Shipped, boot);
    }

    /// <summary>The lists somebody may see, newest first: none with a case he is or may be part of.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The lists, or the reason why not.</returns>
    public async ValueTask<Outcome<IReadOnlyList<DestructionList>>> ListAsync(ActingPerson by, CancellationToken ct)
    {
        var (person, state, standings) = await LookAsync(by, ct);
        if (person is null || DestructionRoles.RoleFor(person, _register.Today, DestructionStep.See, null) is null) return Outcome<IReadOnlyList<DestructionList>>.Refused(NoRight("de lijsten van vernietiging niet zien"));
        var lists = state.Lists.Values.Where(list => IsVisible(person, list, standings)).OrderByDescending(list => list.Number, StringComparer.Ordinal).ToList();
        return Outcome<IReadOnlyList<DestructionList>>.Done(await CompleteAsync(lists, ct));
    }

    /// <summary>Finds a list.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="number">Its number.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list; <see langword="null"/> when it is not there or not for this person: one answer.</returns>
    public async ValueTask<DestructionList?> FindAsync(ActingPerson by, string number, CancellationToken ct)
    {
        var (person, state, standings) = await LookAsync(by, ct);
        return person is not null && Visible(person, state, standings, number) is { } list ? (await CompleteAsync([list], ct))[0] : null;
    }

    /// <summary>The verklaring van vernietiging of a list that was carried out: signed, as it is kept.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The statement, or the reason why there is none.</returns>
    public async ValueTask<Outcome<SignedStatement>> StatementAsync(ActingPerson by, string number, CancellationToken ct)
    {
        if (await FindAsync(by, number, ct) is not { } list) return Outcome<SignedStatement>.Refused(NotThere);
        if (list.Statement is not { } statement)
        {
            return Outcome<SignedStatement>.Refused(new Refusal(
                $"Van lijst {list.Number} is er nog geen verklaring.", "Die wordt gemaakt als de lijst is uitgevoerd.", "Laat de lijst eerst goedkeuren en uitvoeren.")
            { Subject = list.Number });
        }

        return SignedStatement.Check(Encoding.UTF8.GetBytes(statement), Key.Fingerprint);
    }

    /// <summary>The public key that statements of this vault are checked with: publish its fingerprint.</summary>
    public StatementKey Key
    {
        get
        {
            using var signer = StatementSigner.Of(Vault);
            return signer.Public;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
        CryptographicOperations.ZeroMemory(_accountKey);
    }

    /// <summary>Whether a list that was carried out answered "transfer" for a whole dossier.</summary>
    internal async ValueTask<bool> IsToTransferAsync(OpaqueId stream, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            return _state.Lists.Values.SelectMany(list => list.Items).Any(item => item is { Object: null, Outcome: ItemOutcome.ToTransfer } && item.Stream == stream);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Who asks, what there is, and how the cases stand.</summary>
    private async ValueTask<(StaffPerson? Person, DestructionState State, IReadOnlyDictionary<OpaqueId, CaseStanding> Standings)> LookAsync(ActingPerson by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            return await LookAsync(by, _state, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<(StaffPerson? Person, DestructionState State, IReadOnlyDictionary<OpaqueId, CaseStanding> Standings)> LookAsync(ActingPerson by, DestructionState state, CancellationToken ct)
    {
        await _register.Staff.RefreshAsync(ct);
        var standings = (await _register.Index.AllAsync(ct)).ToDictionary(entry => entry.Stream, entry => entry.Standing);
        return (_register.Staff.Find(by), state, standings);
    }

    private DestructionList? Visible(StaffPerson person, DestructionState state, IReadOnlyDictionary<OpaqueId, CaseStanding> standings, string number)
        => DestructionRoles.RoleFor(person, _register.Today, DestructionStep.See, null) is not null && state.Find(number.Trim().ToUpperInvariant()) is { } list && IsVisible(person, list, standings) ? list : null;

    /// <summary>
    /// Nobody sees a list with a case he is part of. Somebody sees the lists on which he decided; a verantwoordelijke besides those of which every dossier is his to answer for, and whoever keeps
    /// the process all. Of a dossier that is gone nobody can tell any more who was part of it, or answered for it.
    /// </summary>
    private bool IsVisible(StaffPerson person, DestructionList list, IReadOnlyDictionary<OpaqueId, CaseStanding> standings)
    {
        if (list.Items.Any(item => standings.GetValueOrDefault(item.Stream) is { } standing && standing.Conflicts(person))) return false;
        var today = _register.Today;
        return list.ProposedBy == person.Id || list.CancelledBy == person.Id || list.RunBy == person.Id || list.Approvals.Concat(list.Void).Any(approval => approval.Person == person.Id)
            || person.RolesOn(today).Any(DestructionRoles.SeesAll)
            || (person.Is(StaffRole.Verantwoordelijke, today)
                && list.Items.All(item => standings.GetValueOrDefault(item.Stream) is { } standing && ArchiveAccess.IsResponsible(person, standing, today)));
    }

    /// <summary>The lists with what does not stand in their events: the backups that hold keys, and the reason why one was cancelled.</summary>
    private async ValueTask<IReadOnlyList<DestructionList>> CompleteAsync(IReadOnlyList<DestructionList> lists, CancellationToken ct)
    {
        if (lists.Any(list => list.Status == ListStatus.Cancelled))
        {
            var complete = new List<DestructionList>(lists.Count);
            foreach (var list in lists)
                complete.Add(list is { Status: ListStatus.Cancelled, CancelledBecause: null } ? list with { CancelledBecause = await ReasonInAsync(list.Number, null, ct) } : list);
            lists = complete;
        }

        if (lists.All(list => list.RunAt is null)) return lists;
        using var backups = await BackupRegister.OpenAsync(Vault, ct);
        return
        [
            .. lists.Select(list => list.RunAt is null ? list : list with
            {
                BackupsWithKeys = HoldingKeys(backups, list),
                DeclaredGone = DeclaredGone(backups, list),
                RunsElsewhere = list.Status == ListStatus.Running && list.RunPlace is { } place && place != Place,
            }),
        ];
    }

    /// <summary>The backups of which only somebody's word says that they hold no keys of it any more.</summary>
    private IReadOnlyList<KeysDeclaredGone> DeclaredGone(BackupRegister backups, DestructionList list)
        => [.. backups.DeclaredGoneAt(list.EndedAt ?? DateTimeOffset.MaxValue).Concat(backups.DeclaredGoneAt(DateTimeOffset.MaxValue).Where(set => list.KeySets.Contains(set.Id))).DistinctBy(set => set.Id).OrderBy(set => set.At)
            .Select(set => new KeysDeclaredGone(set.Id, set.At, set.Label, set.EndedAt!.Value, FunctionOf(set.EndedBy, set.EndedAt.Value), set.Reason!))];

    private StaffRole? FunctionOf(string? handle, DateTimeOffset at)
        => PersonId.TryParse(handle, out var id) && _register.Staff.Find(id) is { } person ? person.RolesOn(LegalTime.DateOf(at)).Select(role => (StaffRole?)role).FirstOrDefault() : null;

    /// <summary>
    /// The backups that still hold keys of what a list destroyed: those that did at the end of the run by the order of the journals, and those begun before it by the clock. A clock that was put
    /// back, or a backup of another machine, hides none.
    /// </summary>
    private IReadOnlyList<KeyHolder> HoldingKeys(BackupRegister backups, DestructionList list)
        => [.. backups.HoldingKeysAt(list.EndedAt ?? DateTimeOffset.MaxValue, _register.Today)
            .Concat(backups.HoldingKeysAt(DateTimeOffset.MaxValue, _register.Today).Where(holder => list.KeySets.Contains(holder.Set))).DistinctBy(holder => holder.Set).OrderBy(holder => holder.At)];

    /// <summary>A mark of this machine with this state folder: runs from here wait for one another by a lock.</summary>
    private string Place => Convert.ToHexStringLower(HMACSHA256.HashData(_accountKey, Encoding.UTF8.GetBytes($"plaats\n{Environment.MachineName}\n{Vault.State.Path}")).AsSpan(0, 16));

    /// <summary>A mark of an account; in a demo vault, where one account of the computer may act as anybody, of the person.</summary>
    private string AccountMark(ActingPerson by) => Convert.ToHexStringLower(HMACSHA256.HashData(_accountKey, Encoding.UTF8.GetBytes(_register.Staff.BoundAccount(by))).AsSpan(0, 16));

    /// <summary>The same for somebody who acts: who he is and how the cases stand are looked up again at every attempt.</summary>
    private ValueTask<IReadOnlyList<Refusal>> ChangeAsync(
        ActingPerson by,
        Func<(StaffPerson? Person, DestructionState State, IReadOnlyDictionary<OpaqueId, CaseStanding> Standings), ValueTask<(IReadOnlyList<Refusal> Refusals, IReadOnlyList<Recorded> Happened)>> decide,
        CancellationToken ct) => ChangeAsync(async state => await decide(await LookAsync(by, state, ct)), ct);

    /// <summary>Decides on the newest state, writes in one commit, and decides again when another process wrote first.</summary>
    /// <param name="decide">What happens, with entries of reasons beside it; or why nothing does.</param>
    /// <param name="ct">Stops before anything is written.</param>
    private async ValueTask<IReadOnlyList<Refusal>> ChangeAsync(Func<DestructionState, ValueTask<(IReadOnlyList<Refusal> Refusals, IReadOnlyList<Recorded> Happened)>> decide, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await ReadAsync(ct);
                var (refusals, happened) = await decide(_state);
                if (happened.Count == 0) return refusals;
                using var batch = _journal!.Begin();
                foreach (var record in happened)
                {
                    batch.Add(record.Event.Name, OwnCompartment, JsonSerializer.SerializeToUtf8Bytes(record.Event, DestructionJsonContext.Default.DestructionEvent), _register.Now);
                    if (record.Reason is { } reason)
                        batch.Add(ReasonType, record.Home!, JsonSerializer.SerializeToUtf8Bytes(reason, DestructionJsonContext.Default.AnswerReason), _register.Now);
                }

                try
                {
                    await batch.CommitAsync(ct);
                }
                catch (JournalConflictException)
                {
                    continue;
                }

                await ApplyAsync(ct);
                return refusals;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Records what a run did, carrying out what was decided: only as long as it is the last one that began.</summary>
    private async ValueTask RecordAsync(string list, string? run, IReadOnlyList<DestructionEvent> events, CancellationToken ct)
    {
        if (events.Count == 0) return;
        await ChangeAsync(
            state =>
            {
                EnsureTurn(state, list, run);
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>(([], [.. events.Select(happened => new Recorded(happened))]));
            },
            ct);
    }

    /// <summary>Looks whether another run took a list over, before anything more of it is destroyed.</summary>
    private async ValueTask EnsureTurnAsync(string list, string? run, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            EnsureTurn(_state, list, run);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static void EnsureTurn(DestructionState state, string list, string? run)
    {
        if (state.Find(list)?.Run != run)
            throw new VaultEnvironmentException($"The run of list {list} stopped: another run took it over. What was destroyed stays destroyed, and the other run records it. Look at the list, and leave it to the other run.");
    }

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        if (_journal is null) _journal = await Vault.OpenOwnStreamAsync(StreamKind.Destruction, ct);
        else await _journal.RefreshAsync(ct);
        await ApplyAsync(ct);
    }

    private async ValueTask ApplyAsync(CancellationToken ct)
    {
        var state = _state;
        for (; _applied < _journal!.Envelopes.Count; _applied++)
        {
            var envelope = _journal.Envelopes[_applied];
            if (envelope.Compartment != OwnCompartment || envelope.Type.StartsWith('~') || envelope.Type == ReasonType) continue;
            if (await _journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
            var happened = Read(envelope, payload);
            Remember(happened);
            state = state.After(happened, envelope.At, Rules);
        }

        _state = state;
    }

    private static DestructionEvent Read(Envelope envelope, byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, DestructionJsonContext.Default.DestructionEvent)!;
        }
        catch (JsonException problem)
        {
            throw new VaultEnvironmentException($"Entry {envelope.Id} of the stream of destruction is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }

    private static Refusal NotThere { get; } = new("Deze lijst is er niet.", "Zij bestaat niet, of zij is niet voor u.", "Kijk het nummer na, of vraag de functionaris integriteit.") { Cause = RefusalCause.NotThere };

    private static Refusal NoRight(string what) => new($"U mag {what}.", "Uw rol geeft daar geen recht toe.", "Vraag de functionaris integriteit of de archivaris.") { Cause = RefusalCause.NoRight };

    /// <summary>An event, and a reason that is kept apart, in a compartment that can go with the dossier.</summary>
    private sealed record Recorded(DestructionEvent Event, AnswerReason? Reason = null, string? Home = null);
}
