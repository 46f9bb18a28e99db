using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>How far a run is.</summary>
/// <param name="Done">Items of which the outcome is known.</param>
/// <param name="Total">Items of the list.</param>
public readonly record struct DestructionProgress(int Done, int Total);

/// <summary>Carrying a list out.</summary>
public sealed partial class DestructionRegister
{
    /// <summary>Says why a list could not be carried out now, and changes nothing but voiding approvals that no longer fit.</summary>
    /// <param name="by">Who would carry it out.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="takesOver">Whether a run that began elsewhere would be taken over.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list as it would be carried out, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList>> CheckRunAsync(ActingPerson by, string number, bool takesOver, CancellationToken ct)
    {
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var refusals = await ChangeAsync(
            by,
            async looked =>
            {
                var (refused, changes) = await JudgeRunAsync(looked.Person, looked.State, looked.Standings, number, takesOver, ct);
                return (refused, changes is null ? [] : [new Recorded(changes)]);
            },
            ct);
        return await ResultAsync(by, number, refusals, ct);
    }

    /// <summary>
    /// Carries a list out. Hold, class, date and clock are looked at again in the very step that destroys each object. Everything is journalled, so a run that was cut off anywhere goes on
    /// where it was: nothing is destroyed twice and nothing that is not on the list. What fails is named; the rest goes on. Ends with the signed verklaring.
    /// </summary>
    /// <param name="by">Who carries it out.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="typed">The same number, typed by that person as confirmation.</param>
    /// <param name="takesOver">
    /// Whether that person says that a run which began on another machine or with another state folder is over (<see cref="DestructionList.RunsElsewhere"/>). Does it go on all the same, then it stops
    /// before its next step.
    /// </param>
    /// <param name="progress">Told after every step; <see langword="null"/> for silence.</param>
    /// <param name="request">The key of the request, with its fingerprint: the same one again begins no second run; <see langword="null"/>: as often as it is asked.</param>
    /// <param name="ct">Stops between steps; the run can be gone on with.</param>
    /// <returns>The list with every outcome, or every reason why nothing was begun.</returns>
    /// <exception cref="VaultException">The vault could not go on, such as when its disk fails: what was done is kept, and the run can be gone on with.</exception>
    public async ValueTask<Outcome<DestructionList>> RunAsync(
        ActingPerson by, string number, string typed, bool takesOver, IProgress<DestructionProgress>? progress, RequestKey? request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var mark = MarkOf(by, request);
        if (!mark.IsDone) return Outcome<DestructionList>.Refused(mark.Refusals);
        var id = OpaqueId.Random().ToString();
        // One run at a time, by whichever process with this state folder; from another one the journal tells.
        using var turn = Vault.State.TryLockDestruction();
        if (turn is null) return Outcome<DestructionList>.Refused(new Refusal("Er loopt al een uitvoering.", "Lijsten worden een voor een uitgevoerd.", "Wacht tot die klaar is.") { Cause = RefusalCause.Changed });

        var refusals = await ChangeAsync(
            by,
            mark.Value,
            async looked =>
            {
                var (person, state, standings) = looked;
                var (refused, changes) = await JudgeRunAsync(person, state, standings, number, takesOver, ct);
                if (refused.Count > 0) return (refused, changes is null ? [] : [new Recorded(changes)]);
                var list = state.Find(number.Trim().ToUpperInvariant())!;
                if (!string.Equals(typed.Trim(), list.Number, StringComparison.OrdinalIgnoreCase))
                    return ([new Refusal("Het nummer ter bevestiging klopt niet.", $"Wie een lijst uitvoert, typt haar nummer: {list.Number}.", "Typ het nummer precies over.") { Subject = "bevestiging" }], []);
                return ([], [new Recorded(Signed(new RunBegun { Hash = list.Hash, Journal = Convert.ToHexStringLower(_journal!.HeadHash.Span), Run = id, Place = Place, TookOver = IsElsewhere(list) ? true : null }, by, person!, RoleOf(person!, DestructionStep.Run, list.Path)!.Value, list.Number))]);
            },
            ct);
        if (refusals.Count > 0) return Outcome<DestructionList>.Refused(refusals);
        // The same request before: what it did stands, and only what was cut off goes on.
        var begun = _state.Find(number.Trim().ToUpperInvariant())!;
        if (begun.Status != ListStatus.Running) return await ResultAsync(by, number, [], ct);
        if (IsElsewhere(begun)) return Outcome<DestructionList>.Refused(Elsewhere(begun));
        // It goes on in the name of who asks: also when he asks the same again he must still be the one who may.
        if (mark.Value is not null && begun.Run != id)
        {
            var looked = await LookAsync(by, _state, ct);
            var (gone, _) = await JudgeRunAsync(looked.Person, looked.State, looked.Standings, number, takesOver, ct);
            if (gone.Count > 0) return Outcome<DestructionList>.Refused(gone);
        }

        var run = new DestructionRun(this, await _register.BeginTaskAsync(SystemTaskKind.Destroy, by, ct), begun, by, await RestoredAtAsync(ct), progress);
        await run.WorkAsync(ct);
        await EndAsync(begun.Number, begun.Run, ct);
        return await ResultAsync(by, number, [], ct);
    }

    private async ValueTask<(IReadOnlyList<Refusal> Refusals, DestructionEvent? Changes)> JudgeRunAsync(
        StaffPerson? person, DestructionState state, IReadOnlyDictionary<OpaqueId, CaseStanding> standings, string number, bool takesOver, CancellationToken ct)
    {
        var (refused, list) = Judge(person, state, standings, number, DestructionStep.Run);
        if (list is null) return (refused, null);
        var refusals = new List<Refusal>(refused);
        if (refusals.Count == 0 && !list.CanRun)
        {
            refusals.Add(new Refusal(
                $"Lijst {list.Number} is niet goedgekeurd.", $"Er ontbreekt: {string.Join(", ", list.Missing.Select(JsonWords.Of))}.", "Laat de lijst eerst goedkeuren.")
            { Subject = list.Number });
        }

        if (list is { Status: ListStatus.Approved, RunFrom: { } from } && _register.Today < from)
        {
            refusals.Add(new Refusal(
                $"De wachttijd van lijst {list.Number} loopt nog.",
                list.Approvals.Any(approval => approval.From == from)
                    ? string.Create(CultureInfo.InvariantCulture, $"Zij mag worden uitgevoerd vanaf {from:yyyy-MM-dd}: na de wachttijd die het protocol geeft (eigen keuze van de gemeente).")
                    : string.Create(CultureInfo.InvariantCulture, $"Zij mag worden uitgevoerd vanaf {from:yyyy-MM-dd}: na {Rules.WaitingDaysOf(list.Path)} hele dagen na de dag van de laatste goedkeuring ({Rules.Source})."),
                "Wacht tot die dag; tot dan kan de lijst nog worden ingetrokken.")
            { Subject = list.Number });
        }

        if (list.Items.Count > Rules.LargestList)
            refusals.Add(new Refusal($"Lijst {list.Number} is te lang.", $"In een keer worden hoogstens {Rules.LargestList} onderdelen vernietigd ({Rules.Source}).", "Trek de lijst in en maak kleinere.") { Subject = list.Number });
        if (DoubtOf(state, null) is { } doubt) refusals.Add(doubt);
        if (IsElsewhere(list) && !takesOver) refusals.Add(Elsewhere(list));
        if (refusals.Count > 0) return (refusals, null);
        // A run that was cut off goes on to its end; each object that it did not begin is judged by the same rule in the step that would destroy it.
        if (list.Status == ListStatus.Approved && WhyVoid(list, standings, await RestoredAtAsync(ct)) is { } cause) return ([VoidText(list, cause)], new ApprovalsVoided { List = list.Number, Cause = cause });

        // What a run that was cut off has not begun is judged anew; of what it began the journal of the dossier says what happened.
        var (changes, _) = await CompareAsync(list, ct);
        return changes is null || list.Status != ListStatus.Approved ? ([], null) : ([.. ChangedTexts(list, changes)], changes);
    }

    /// <summary>Whether a run of it began elsewhere and is not finished: here nobody can tell whether it still goes on.</summary>
    private bool IsElsewhere(DestructionList list) => list.Status == ListStatus.Running && list.RunPlace is { } place && place != Place;

    private static Refusal Elsewhere(DestructionList list) => new(
        $"Lijst {list.Number} wordt ergens anders uitgevoerd.",
        "Op een andere computer, of met een andere statusmap, is een uitvoering begonnen en niet afgemaakt. Twee uitvoeringen tegelijk kunnen elkaars uitkomsten verkeerd melden.",
        "Kijk of die nog loopt, en wacht dan. Loopt zij niet meer, neem haar dan over.")
    { Subject = "overnemen", Cause = RefusalCause.Changed };

    /// <summary>Why what was decided on a list cannot be carried out any more, though nothing on it changed; <see langword="null"/> when it can.</summary>
    private VoidCause? WhyVoid(DestructionList list, IReadOnlyDictionary<OpaqueId, CaseStanding> standings, DateTimeOffset? restoredAt)
    {
        var here = list.Items.Select(item => standings.GetValueOrDefault(item.Stream)).OfType<CaseStanding>().Distinct().ToList();
        if (list.Approvals.Any(approval => approval.At <= restoredAt)) return VoidCause.Restored;
        var latest = list.RunAt ?? _register.Now;
        if (list.Approvals.Any(approval => approval.At < list.ProposedAt - ClockGuard.Tolerance || approval.At > latest + ClockGuard.Tolerance)) return VoidCause.Clock;
        return !Stands(list.ProposedBy, list.ProposerAccount, DestructionStep.Propose, list.Path, null, here)
            || list.Approvals.Any(approval => !Stands(approval.Person, approval.Account, DestructionStep.Approve, list.Path, approval.Group, here)) ? VoidCause.Decider : null;
    }

    /// <summary>Why a list cannot be approved any more: who proposed it, or the clock he did it by.</summary>
    private Refusal? Proposer(DestructionList list, IReadOnlyDictionary<OpaqueId, CaseStanding> standings)
    {
        var here = list.Items.Select(item => standings.GetValueOrDefault(item.Stream)).OfType<CaseStanding>().Distinct().ToList();
        var isAhead = list.ProposedAt > _register.Now + ClockGuard.Tolerance;
        return !isAhead && Stands(list.ProposedBy, list.ProposerAccount, DestructionStep.Propose, list.Path, null, here) ? null : new Refusal(
            $"Lijst {list.Number} kan niet meer worden goedgekeurd.",
            isAhead ? "Zij werd voorgesteld toen de klok voorliep." : "Wie haar voorstelde, heeft daarvoor de rol of het account niet meer, of hoort nu bij een zaak die erop staat.",
            "Trek de lijst in en laat een ander een nieuwe maken.")
        { Subject = list.Number, Cause = RefusalCause.Changed };
    }

    /// <summary>Whether somebody could take the step today that he took then: still here, in the role, with that account, and no part of a case.</summary>
    private bool Stands(PersonId id, string account, DestructionStep step, DestructionPath path, ApprovalGroup? group, IReadOnlyList<CaseStanding> cases)
        => _register.Staff.Find(id) is { } person
            && DestructionRoles.RoleFor(person, _register.Today, step, path, group) is not null
            && person.Accounts.Append("").Any(bound => AccountMark(new ActingPerson(id, bound)) == account)
            && cases.All(standing => !DestructionRoles.HasPart(person, standing, _register.Today, step, path));

    private static Refusal VoidText(DestructionList list, VoidCause cause) => new(
        $"De goedkeuringen van lijst {list.Number} zijn vervallen.",
        cause switch
        {
            VoidCause.Restored => "Daarna is de kluis teruggezet uit een reservekopie: wat intussen is besloten, kan verloren zijn.",
            VoidCause.Clock => "De tijden van het voorstel en de goedkeuringen kunnen niet kloppen.",
            _ => "Wie voorstelde of goedkeurde, heeft daarvoor de rol of het account niet meer, of hoort nu bij een zaak die op de lijst staat.",
        },
        "Bekijk de lijst opnieuw en laat haar opnieuw goedkeuren, of trek haar in.")
    { Subject = list.Number, Cause = RefusalCause.Changed };

    /// <summary>When the vault was last restored from a backup: what was approved before it is decided on again.</summary>
    private async ValueTask<DateTimeOffset?> RestoredAtAsync(CancellationToken ct)
    {
        using var backups = await Vault.OpenOwnStreamAsync(StreamKind.Backups, ct);
        return backups.Envelopes.LastOrDefault(entry => entry.Type == "restored")?.At; // FORMAT.md, "Backup register"
    }

    /// <summary>Makes and keeps the statement; after a crash before this, the next run makes it.</summary>
    private async ValueTask EndAsync(string number, string? run, CancellationToken ct)
    {
        using var signer = StatementSigner.Of(Vault);
        using var backups = await BackupRegister.OpenAsync(Vault, ct);
        await ChangeAsync(
            state =>
            {
                EnsureTurn(state, number, run);
                var list = state.Find(number)!;
                if (list.Items.Any(item => item.Outcome is ItemOutcome.Open or ItemOutcome.Begun)) throw new InvalidOperationException("A run ended with items of which the outcome is not known.");
                var ended = list.Items.Max(item => item.EndedAt) ?? _register.Now;
                // Every one, whatever its clock said: this is the moment at which the journals are in order.
                var holding = HoldingKeys(backups, list with { EndedAt = null });
                var declared = DeclaredGone(backups, list with { EndedAt = null });
                var statement = StatementWriter.Write(list, new StatementWriter.Surroundings(_register.Staff.Municipality.Name, Vault.Id, ended, Convert.ToHexStringLower(_journal!.HeadHash.Span), holding, declared));
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>(([], [new Recorded(new RunEnded { List = number, Statement = SignedStatement.Make(statement, signer).Json, KeySets = [.. holding.Select(backup => backup.Set).Concat(declared.Select(gone => gone.Set)).Select(set => set.ToString())] })]));
            },
            ct);
    }

    /// <summary>Forgets the reasons that were given for dossiers that are gone, and why lists with one of them were cancelled.</summary>
    private async ValueTask ForgetReasonsAsync(IReadOnlyCollection<OpaqueId> streams, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                await ReadAsync(ct);
                var used = _journal!.Envelopes.Where(envelope => envelope.Type == ReasonType).Select(envelope => envelope.Compartment).ToHashSet(StringComparer.Ordinal);
                var cancelled = _state.Lists.Values.Where(list => list.Status == ListStatus.Cancelled && list.Items.Any(item => streams.Contains(item.Stream))).Select(list => list.Number);
                var going = streams.Select(stream => stream.ToString()).Concat(cancelled).Where(name => used.Contains(name) && !_journal.IsDestroyed(default, name)).ToList();
                if (going.Count == 0) return;
                try
                {
                    await _journal.DestroyAsync(_journal.CompartmentIds(going), Journal.CompartmentDestroyed, OwnCompartment, default, _register.Now, ct);
                    return;
                }
                catch (JournalConflictException)
                {
                    // Another process wrote first: read it and look again.
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The newest reason in a compartment, or the one that was tied to an answer; <see langword="null"/> when there is none, or it was forgotten.</summary>
    private async ValueTask<string?> ReasonInAsync(string home, string? hash, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            foreach (var envelope in _journal!.Envelopes.Where(envelope => envelope.Type == ReasonType && envelope.Compartment == home).Reverse())
            {
                if (await _journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
                var found = System.Text.Json.JsonSerializer.Deserialize(payload, DestructionJsonContext.Default.AnswerReason)!;
                if (hash is null || found.Hash == hash) return found.Reason;
            }

            return null;
        }
        finally
        {
            _gate.Release();
        }
    }
}
