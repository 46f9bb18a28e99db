using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>Proposing, answering, approving and cancelling.</summary>
public sealed partial class DestructionRegister
{
    private const int LongestReason = 2_000;

    /// <summary>Shows what would be on a list, and makes none.</summary>
    /// <param name="by">Who would propose it.</param>
    /// <param name="choice">What is to be on it.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The draft, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionDraft>> DraftAsync(ActingPerson by, DestructionChoice choice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var (person, state, standings) = await LookAsync(by, ct);
        var (refusals, draft) = await DraftAsync(person, state, standings, choice, ct);
        return refusals.Count > 0 ? Outcome<DestructionDraft>.Refused(refusals) : Outcome<DestructionDraft>.Done(draft!);
    }

    /// <summary>Proposes a list of everything chosen that may or must go by the plan of today.</summary>
    /// <param name="by">Who proposes it; somebody else approves.</param>
    /// <param name="choice">What is to be on it.</param>
    /// <param name="request">The key of the request, with its fingerprint: the same one again gives the list as it is now; <see langword="null"/>: done as often as it is asked.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The list, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList>> ProposeAsync(ActingPerson by, DestructionChoice choice, RequestKey? request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var number = "";
        var mark = MarkOf(by, request);
        if (!mark.IsDone) return Outcome<DestructionList>.Refused(mark.Refusals);
        var refusals = await ChangeAsync(
            by,
            mark.Value,
            async looked =>
            {
                var (person, state, standings) = looked;
                var (refused, draft) = await DraftAsync(person, state, standings, choice, ct);
                if (refused.Count > 0) return (refused, []);
                if (DoubtOf(state, null) is { } doubt) return ([doubt], []);
                if (draft!.Items.Count == 0) return ([Nothing(draft)], []);
                number = state.NextNumber(_register.Today.Year);
                return ([], [new Recorded(Signed(new ListProposed { Path = choice.Path, Items = draft.Items }, by, person!, RoleOf(person!, DestructionStep.Propose, choice.Path)!.Value, number))]);
            },
            ct);
        return await ResultAsync(by, number.Length > 0 ? number : EarlierListOf(mark.Value), refusals, ct);
    }

    /// <summary>Answers for one item: destroy, keep until a day with a reason, or transfer. Voids the approvals given before.</summary>
    /// <param name="by">Who answers.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="item">The number of the item.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="until">With <see cref="ItemAnswer.KeepUntil"/>: the day.</param>
    /// <param name="reason">With <see cref="ItemAnswer.KeepUntil"/>: why; goes into the dossier.</param>
    /// <param name="request">The key of the request, with its fingerprint: the same one again gives the list as it is now; <see langword="null"/>: done as often as it is asked.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The list, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList>> ReviewAsync(ActingPerson by, string number, int item, ItemAnswer answer, DateOnly? until, string? reason, RequestKey? request, CancellationToken ct)
    {
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var mark = MarkOf(by, request);
        if (!mark.IsDone) return Outcome<DestructionList>.Refused(mark.Refusals);
        var refusals = await ChangeAsync(
            by,
            mark.Value,
            looked =>
            {
                var (person, state, standings) = looked;
                var (refused, list) = Judge(person, state, standings, number, DestructionStep.Answer);
                if (refused.Count > 0) return Only(refused);
                if (DoubtOf(state, null) is { } doubt) return Only([doubt]);
                if (list!.Items.FirstOrDefault(one => one.Number == item) is not { } found)
                    return Only([new Refusal($"Onderdeel {item} staat niet op lijst {list.Number}.", $"De lijst heeft {list.Items.Count} onderdelen.", "Kijk het nummer na.") { Subject = "onderdeel" }]);
                var wrong = DestructionAnswers.Check(found, answer, until, reason, _register.Today, LongestReason);
                if (wrong.Count > 0) return Only(wrong);
                // Keeping is always recorded anew: the reason may be another one.
                if (found.Answer == answer && answer != ItemAnswer.KeepUntil) return Only([]);
                var why = answer == ItemAnswer.KeepUntil ? new AnswerReason(reason!.Trim(), OpaqueId.Random().ToString()) : null;
                var given = new AnswerGiven { Item = item, Answer = answer, Until = until, ReasonHash = why?.Hash };
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>((
                    [], [new Recorded(Signed(given, by, person!, RoleOf(person!, DestructionStep.Answer, list.Path) ?? list.ProposedAs, list.Number), why, found.StreamText)]));
            },
            ct);
        return await ResultAsync(by, number, refusals, ct);
    }

    /// <summary>
    /// Approves the list exactly as it stands. What changed in the plan since (a hold, a class, a date, a file) is looked up first: then nothing is approved, earlier approvals are void, and
    /// the answer says which items changed.
    /// </summary>
    /// <param name="by">Who approves: not who proposed or approved before, and not with an account used before.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="seen">The <see cref="DestructionList.Hash"/> of what the person looked at; <see langword="null"/>: as it stands.</param>
    /// <param name="request">The key of the request, with its fingerprint: the same one again gives the list as it is now; <see langword="null"/>: done as often as it is asked.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The list, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList>> ApproveAsync(ActingPerson by, string number, string? seen, RequestKey? request, CancellationToken ct)
    {
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var mark = MarkOf(by, request);
        if (!mark.IsDone) return Outcome<DestructionList>.Refused(mark.Refusals);
        var refusals = await ChangeAsync(
            by,
            mark.Value,
            async looked =>
            {
                var (person, state, standings) = looked;
                var (refused, list) = Judge(person, state, standings, number, DestructionStep.Approve);
                if (refused.Count > 0) return (refused, []);
                if (DoubtOf(state, null) is { } doubt) return ([doubt], []);
                if (Twice(list!, by) is { Count: > 0 } twice) return (twice, []);
                if (Proposer(list!, standings) is { } gone) return ([gone], []);
                if (WhyVoid(list!, standings, await RestoredAtAsync(ct)) is { } cause) return ([VoidText(list!, cause)], [new Recorded(new ApprovalsVoided { List = list!.Number, Cause = cause })]);
                var (changes, plan) = await CompareAsync(list!, ct);
                if (changes is not null) return ([.. ChangedTexts(list!, changes)], [new Recorded(changes)]);
                if (seen is not null && seen != list!.Hash)
                    return ([new Refusal($"Lijst {list.Number} is veranderd sinds u haar bekeek.", "Een goedkeuring geldt voor precies de lijst die u zag.", "Bekijk de lijst opnieuw en keur haar dan goed.") { Subject = list.Number, Cause = RefusalCause.Changed }], []);
                var wrong = list!.Items.Where(item => item.Answer == ItemAnswer.Destroy && !DestructionDrafting.MayGo(item)).Select(MustStay).ToList();
                if (wrong.Count > 0) return (wrong, []);
                var group = list.Missing.First(missing => DestructionRoles.RoleFor(person!, _register.Today, DestructionStep.Approve, list.Path, missing) is not null);
                return ([], [new Recorded(Signed(new ListApproved { Group = group, Hash = list.Hash, From = WaitOf(list, plan) }, by, person!, DestructionRoles.RoleFor(person!, _register.Today, DestructionStep.Approve, list.Path, group)!.Value, list.Number))]);
            },
            ct);
        return await ResultAsync(by, number, refusals, ct);
    }

    /// <summary>Cancels a list before its run.</summary>
    /// <param name="by">Who cancels: any of those who may decide on it, the FI, the deputy or a verantwoordelijke.</param>
    /// <param name="number">The number of the list.</param>
    /// <param name="reason">Why; kept as long as every dossier of the list is there.</param>
    /// <param name="request">The key of the request, with its fingerprint: the same one again gives the list as it is now; <see langword="null"/>: done as often as it is asked.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The list, or every reason why not.</returns>
    public async ValueTask<Outcome<DestructionList>> CancelAsync(ActingPerson by, string number, string reason, RequestKey? request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (RefuseToken(by) is { } token) return Outcome<DestructionList>.Refused(token);
        var mark = MarkOf(by, request);
        if (!mark.IsDone) return Outcome<DestructionList>.Refused(mark.Refusals);
        var refusals = await ChangeAsync(
            by,
            mark.Value,
            looked =>
            {
                var (person, state, standings) = looked;
                var (refused, list) = Judge(person, state, standings, number, DestructionStep.Cancel);
                if (refused.Count == 0 && DestructionAnswers.CheckReason(reason, LongestReason) is { } wrong) refused = [wrong];
                if (refused.Count > 0) return Only(refused);
                var role = RoleOf(person!, DestructionStep.Cancel, list!.Path) ?? list.ProposedAs;
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>(([], [new Recorded(Signed(new ListCancelled(), by, person!, role, list.Number), new AnswerReason(reason.Trim()), list.Number)]));
            },
            ct);
        return await ResultAsync(by, number, refusals, ct);
    }

    private async ValueTask<(IReadOnlyList<Refusal> Refusals, DestructionDraft? Draft)> DraftAsync(
        StaffPerson? person, DestructionState state, IReadOnlyDictionary<OpaqueId, CaseStanding> standings, DestructionChoice choice, CancellationToken ct)
    {
        if (person is null || RoleOf(person, DestructionStep.Propose, choice.Path) is not { } role) return ([NoRight("geen lijst van vernietiging voorstellen")], null);
        var isOnderzoeker = role is StaffRole.OnderzoekerIntern or StaffRole.OnderzoekerExtern;
        var mine = standings.Where(pair => !pair.Value.IsBeingMade && !DestructionRoles.HasPart(person, pair.Value, _register.Today, DestructionStep.Propose, choice.Path)
            && (!isOnderzoeker || pair.Value.Appointed.Any(appointed => appointed.Person == person.Id && appointed.Role == StaffRole.OnderzoekerIntern))).ToList();
        var unknown = choice.Dossiers.Where(number => mine.TrueForAll(pair => pair.Value.Number != number)).Select(number => new Refusal(
            $"Dossier {number} is er niet.", "Het bestaat niet, of het is niet voor u.", "Kijk het nummer na, of vraag de functionaris integriteit.")
        { Subject = number.Value, Cause = RefusalCause.NotThere }).ToList();
        if (unknown.Count > 0) return (unknown, null);
        var entries = mine.Where(pair => choice.Dossiers.Count == 0 || choice.Dossiers.Contains(pair.Value.Number)).OrderBy(pair => pair.Value.Number.Value, StringComparer.Ordinal)
            .Select(pair => DossierRegister.EntryOf(pair.Key, pair.Value)).ToList();
        var plan = await PlanAsync(entries, ct);
        var elsewhere = state.Lists.Values.Where(list => list.Status is ListStatus.Proposed or ListStatus.Approved or ListStatus.Running)
            .SelectMany(list => list.Items.Select(item => (Key: (item.Stream, OpaqueId.TryParse(item.Object, out var id) ? id : (OpaqueId?)null), Number: IsVisible(person, list, standings) ? $"lijst {list.Number}" : "een andere lijst")))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Number);
        return ([], DestructionDrafting.Draft(choice, plan, elsewhere, Rules));
    }

    /// <summary>The first day after the waiting time that the protocols of the dossiers give; <see langword="null"/> when none gives one.</summary>
    private DateOnly? WaitOf(DestructionList list, IReadOnlyList<(ArchiveEntry Entry, RetentionItem Item)> plan)
    {
        DateOnly? from = null;
        // The rule of the kind that is on the list: that dossiers wait is no reason for their recordings to wait.
        var kind = list.Path == DestructionPath.Light ? "opname" : "dossier";
        foreach (var entry in plan.Select(line => line.Entry).Distinct())
        {
            if (_register.Protocols.Library.Find(entry.Protocol, entry.ProtocolVersion) is not { } protocol || protocol.Retention.FirstOrDefault(rule => rule.What == kind)?.Wait is not { } wait) continue;
            // Whole days: neither the day of the approval nor the last day of the wait is the day of the run.
            var first = wait.DueFrom(_register.Today, protocol.Workdays, movesToWorkday: false).AddDays(1);
            if (!(from >= first)) from = first;
        }

        return from;
    }

    /// <summary>Whether somebody may take a step on a list as it stands; every reason at once.</summary>
    private (IReadOnlyList<Refusal> Refusals, DestructionList? List) Judge(
        StaffPerson? person, DestructionState state, IReadOnlyDictionary<OpaqueId, CaseStanding> standings, string number, DestructionStep step)
    {
        if (person is null || Visible(person, state, standings, number) is not { } list) return ([NotThere], null);
        var refusals = new List<Refusal>();
        if (list.Status is not (ListStatus.Proposed or ListStatus.Approved) && !(step == DestructionStep.Run && list.CanRun))
        {
            refusals.Add(new Refusal($"Lijst {list.Number} kan niet meer veranderen.", $"Zij is {JsonWords.Of(list.Status)}.", "Maak zo nodig een nieuwe lijst.") { Subject = list.Number });
            return (refusals, list);
        }

        var mayByRole = step == DestructionStep.Approve
            ? list.Missing.Any(group => DestructionRoles.RoleFor(person, _register.Today, step, list.Path, group) is not null)
            : RoleOf(person, step, list.Path) is not null || (list.ProposedBy == person.Id && step is DestructionStep.Cancel or DestructionStep.Answer);
        if (!mayByRole)
        {
            refusals.Add(step == DestructionStep.Approve && list.Missing.Count == 0
                ? new Refusal($"Lijst {list.Number} is al goedgekeurd.", "Ieder die moest goedkeuren heeft dat gedaan.", "Wacht de wachttijd af en voer de lijst uit.") { Subject = list.Number }
                : NoRight(step switch
                {
                    DestructionStep.Approve => $"lijst {list.Number} niet goedkeuren",
                    DestructionStep.Answer => $"de antwoorden op lijst {list.Number} niet veranderen",
                    DestructionStep.Cancel => $"lijst {list.Number} niet intrekken",
                    _ => $"lijst {list.Number} niet uitvoeren",
                }));
        }

        foreach (var item in list.Items.Where(item => standings.GetValueOrDefault(item.Stream) is { } standing && DestructionRoles.HasPart(person, standing, _register.Today, step, list.Path)).DistinctBy(item => item.Dossier))
        {
            refusals.Add(new Refusal(
                $"U kunt over lijst {list.Number} niet beslissen.", $"U hebt een rol in {item.Dossier}; wie bij een zaak hoort, beslist niet over de vernietiging ervan (eigen keuze).", "Laat een ander dit doen.")
            { Subject = list.Number, Cause = RefusalCause.NoRight });
        }

        return (refusals, list);
    }

    /// <summary>Nobody takes two of the steps propose and approve, nor is an account used for two.</summary>
    private IReadOnlyList<Refusal> Twice(DestructionList list, ActingPerson by)
    {
        var mark = AccountMark(by);
        if (list.ProposedBy == by.Id || list.Approvals.Any(approval => approval.Person == by.Id))
            return [new Refusal("Een ander moet dit goedkeuren.", "Voorstellen en elke goedkeuring doen verschillende mensen.", "Vraag een ander met de juiste rol.") { Subject = list.Number }];
        return list.ProposerAccount == mark || list.Approvals.Any(approval => approval.Account == mark)
            ? [new Refusal("Dit account is voor deze lijst al gebruikt.", "Elke stap is met een eigen account, ook als een account later van een ander werd.", "Vraag een ander, met een eigen account.") { Subject = list.Number }]
            : [];
    }

    /// <summary>The list compared with the plan of today.</summary>
    private async ValueTask<(ItemsChanged? Changes, IReadOnlyList<(ArchiveEntry Entry, RetentionItem Item)> Plan)> CompareAsync(DestructionList list, CancellationToken ct)
    {
        var streams = list.Items.Select(item => item.Stream).ToHashSet();
        var entries = (await _register.Index.AllAsync(ct)).Where(entry => streams.Contains(entry.Stream)).Select(entry => DossierRegister.EntryOf(entry.Stream, entry.Standing)).ToList();
        var plan = await PlanAsync(entries, ct);
        var now = new List<DestructionItem>();
        var what = new List<ItemChange>();
        foreach (var item in list.Items.Where(item => item.Outcome == ItemOutcome.Open))
        {
            if (plan.FirstOrDefault(line => line.Item.Stream == item.Stream && line.Item.Object?.ToString() == item.Object) is not { Item: not null } found)
            {
                var vanished = DestructionDrafting.Vanished(item);
                if (vanished.Fingerprint == item.Fingerprint) continue;
                now.Add(vanished);
                what.Add(new ItemChange(item.Number, "het is er niet meer"));
            }
            else if (DestructionDrafting.ChangeOf(item, found.Entry, found.Item) is { } change)
            {
                now.Add(DestructionDrafting.Of(found.Entry, found.Item, item.Number));
                what.Add(new ItemChange(item.Number, change));
            }
        }

        return (now.Count == 0 ? null : new ItemsChanged { List = list.Number, Items = now, Changes = what }, plan);
    }

    private async ValueTask<IReadOnlyList<(ArchiveEntry Entry, RetentionItem Item)>> PlanAsync(IReadOnlyList<ArchiveEntry> entries, CancellationToken ct)
    {
        var list = await ListInUseAsync(ct);
        var today = _register.Today;
        // What an earlier version kept of a dossier does not say everything an approval is bound to. What the catalogue cannot hold is read in the dossier itself: else nothing of it would ever go.
        entries = await RenewedAsync(entries, ct);
        var whole = new List<ArchiveEntry>(entries.Count);
        foreach (var entry in entries)
        {
            using var lease = entry.Retention.IsIncomplete ? await _register.BorrowAsync(entry.Stream, entry.Number, ct) : null;
            if (lease is not null) await _register.ProtocolOfAsync(lease.Stream.Full, ct);
            whole.Add(lease is null ? entry : _register.EntryOf(lease.Stream));
        }

        return [.. whole.SelectMany(entry => RetentionPlanner.PlanOf(entry, list, _register.Protocols.Library.Find, today).Select(item => (entry, item)))];
    }

    private async ValueTask<IReadOnlyList<ArchiveEntry>> RenewedAsync(IReadOnlyList<ArchiveEntry> entries, CancellationToken ct)
    {
        if (entries.All(entry => entry.Retention.ContentVersion > 0)) return entries;
        var renewed = new List<ArchiveEntry>(entries.Count);
        foreach (var entry in entries) renewed.Add(await _register.RenewAsync(entry, ct));
        return renewed;
    }

    /// <summary>The selectielijst in use.</summary>
    private async ValueTask<Selectielijst> ListInUseAsync(CancellationToken ct) => (await SelectielijstLibrary.LoadAsync(_register, ct)).InUse;

    private async ValueTask<Outcome<DestructionList>> ResultAsync(ActingPerson by, string number, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        if (refusals is [var only] && ReferenceEquals(only, NotThere)) await ReviewHiddenAsync(by, number, ct);
        if (refusals.Count > 0) return Outcome<DestructionList>.Refused(refusals);
        return await FindAsync(by, number, ct) is { } list ? Outcome<DestructionList>.Done(list) : Outcome<DestructionList>.Refused(NotThere);
    }

    /// <summary>Somebody tried to act on a list with a case he is or may be part of. He hears that it is not there; the FI hears of it.</summary>
    private async ValueTask ReviewHiddenAsync(ActingPerson by, string number, CancellationToken ct)
    {
        var (person, state, standings) = await LookAsync(by, ct);
        if (person is null || state.Find(number.Trim().ToUpperInvariant()) is not { } list) return;
        foreach (var stream in list.Items.Select(item => item.Stream).Distinct().Where(stream => standings.GetValueOrDefault(stream)?.Conflicts(person) == true))
        {
            await _register.Log.WriteAsync(
                new AccessRecord { Act = AccessAct.Refused, Person = by.Id, Via = by.Kind, NeedsReview = true },
                stream,
                new AccessReason { Purpose = $"Lijst van vernietiging {list.Number}", Reason = "Deze persoon is of lijkt op iemand die bij de zaak hoort, en is daarom buiten de lijst van vernietiging gehouden." },
                ct);
        }
    }

    private T Signed<T>(T happened, ActingPerson by, StaffPerson person, StaffRole role, string? list)
        where T : DestructionEvent => happened with { By = person.Id, Role = role, Account = AccountMark(by), List = list };

    private StaffRole? RoleOf(StaffPerson person, DestructionStep step, DestructionPath path) => DestructionRoles.RoleFor(person, _register.Today, step, path);

    private static ValueTask<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)> Only(IReadOnlyList<Refusal> refusals) => ValueTask.FromResult<(IReadOnlyList<Refusal>, IReadOnlyList<Recorded>)>((refusals, []));

    private static IEnumerable<Refusal> ChangedTexts(DestructionList list, ItemsChanged changes) => changes.Changes.Select(change => new Refusal(
        $"{Capital(list.Items.First(item => item.Number == change.Item).Name)} is veranderd: {change.What}.",
        "Een goedkeuring geldt voor precies de lijst die is bekeken. Eerdere goedkeuringen van deze lijst zijn vervallen.",
        "Bekijk de lijst opnieuw.")
    { Subject = string.Create(CultureInfo.InvariantCulture, $"onderdeel-{change.Item}"), Cause = RefusalCause.Changed });

    private static Refusal MustStay(DestructionItem item) => new(
        $"{Capital(item.Name)} mag nu niet worden vernietigd.",
        item.Reasons.Count > 0 ? $"{item.Reasons[^1].Text} ({item.Reasons[^1].Article})" : "Het plan laat het niet toe.",
        "Geef een ander antwoord, of trek de lijst in en maak een nieuwe.")
    { Subject = string.Create(CultureInfo.InvariantCulture, $"onderdeel-{item.Number}") };

    private static Refusal Nothing(DestructionDraft draft) => new(
        "Er is niets om op een lijst te zetten.",
        draft.LeftOut.Count > 0 ? string.Join(' ', draft.LeftOut.Take(5).Select(left => $"{left.Dossier}: {left.Why}")) : "Volgens het plan van vandaag mag of moet er niets weg.",
        "Kijk in het plan wat wanneer weg mag.");

    /// <summary>What is final is done by people.</summary>
    private static Refusal? RefuseToken(ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by.Kind == AccountKind.Token
            ? new Refusal("Een programma kan dit niet doen.", "Over vernietiging beslissen mensen.", "Doe dit zelf, met uw eigen account.") { Cause = RefusalCause.NoRight }
            : null;
    }

    private static string Capital(string text) => string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
