namespace DossierKit.Dossiers;

/// <summary>One-time links, passkeys and recovery codes.</summary>
public sealed partial class SignInRegister
{
    /// <summary>How many recovery codes a person gets.</summary>
    public const int RecoveryCodeCount = 10;

    private static readonly Refusal SpentLink = new(
        "Deze link werkt niet (meer).", "Een link werkt tien minuten en één keer.", "Vraag een nieuwe link.")
    { Subject = "link" };

    /// <summary>Makes a one-time link for a person. For oneself by everybody; for others by who keeps the staff register.</summary>
    /// <param name="by">Who makes it. When that account is taken away, the link is worth nothing.</param>
    /// <param name="person">For whom.</param>
    /// <param name="use">What for.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The secret of the link, which is kept nowhere; or every reason why not.</returns>
    public async ValueTask<Outcome<string>> MakeLinkAsync(ActingPerson by, PersonId person, LinkUse use, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await _staff.RefreshAsync(ct);
        var secret = SecretText.New();
        return await ChangeAsync(
            _ => use == LinkUse.Demo && !_vault.IsDemo ? [new("Dit is geen voorbeeldkluis.", "Met een link aanmelden kan alleen in een voorbeeld.", "Maak een link om een toegangssleutel te maken.")] : _staff.MayMakeLink(by, person),
            _ => [new LinkMade { Person = person, Hash = SecretText.Hash(secret), Use = use, Until = Now + LinkLife, By = by.Id, Account = by.Account }],
            _ => secret,
            ct);
    }

    /// <summary>Looks at a link without using it up.</summary>
    /// <param name="secret">What stands in the link.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The link; <see langword="null"/> when it does not hold.</returns>
    public async ValueTask<OneTimeLink?> FindLinkAsync(string secret, CancellationToken ct)
    {
        await _staff.RefreshAsync(ct);
        return Holding(await NewestAsync(ct), secret) is { } link ? new OneTimeLink(link.Person, link.Use, link.Until) : null;
    }

    /// <summary>Uses up a link of a demo vault.</summary>
    /// <param name="secret">What stands in the link.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>For whom it was; a refusal when it does not hold.</returns>
    public async ValueTask<Outcome<PersonId>> SpendDemoLinkAsync(string secret, CancellationToken ct)
    {
        var person = default(PersonId);
        return await ChangeAsync(
            state =>
            {
                if (Holding(state, secret) is not { Use: LinkUse.Demo } link) return [SpentLink];
                person = link.Person;
                return [];
            },
            _ => [new LinkUsed { Person = person, Hash = SecretText.Hash(secret) }],
            _ => person,
            ct);
    }

    /// <summary>Enrols a passkey by a link, and uses the link up in the same commit.</summary>
    /// <param name="secret">What stands in the link.</param>
    /// <param name="passkey">The passkey, proved to be its owner's.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What became of its account: in force, or waiting for a second person; or every reason why not.</returns>
    public async ValueTask<Outcome<StaffChange>> EnrolByLinkAsync(string secret, NewPasskey passkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await _staff.RefreshAsync(ct);
        WebEnrolment? enrolment = null;
        var kept = await ChangeAsync(
            state =>
            {
                if (Holding(state, secret) is not { Use: LinkUse.Enrol or LinkUse.Recover } link) return [SpentLink];
                var how = link.Use == LinkUse.Recover ? EnrolledBy.RecoveryCode : EnrolledBy.Link;
                enrolment = new WebEnrolment(link.Person, $"passkey:{passkey.Id}", how, new ActingPerson(link.By, link.Account));
                return [.. Keeping(state, passkey), .. _staff.RefusalsOf(enrolment)];
            },
            _ => [new LinkUsed { Person = enrolment!.Person, Hash = SecretText.Hash(secret) }, Enrolled(enrolment.Person, passkey)],
            _ => true,
            ct);
        // A crash in between leaves a passkey whose account is not bound: it lets nobody in, and a new link mends it.
        return kept.IsDone ? await _staff.EnrolAsync(enrolment!, ct) : Outcome<StaffChange>.Refused(kept.Refusals);
    }

    /// <summary>Enrols one more passkey of somebody who is signed in and just proved it again. In force at once.</summary>
    /// <param name="by">Who, by an account that is bound.</param>
    /// <param name="passkey">The passkey, proved to be its owner's.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person; or every reason why not.</returns>
    public async ValueTask<Outcome<StaffChange>> EnrolOwnAsync(ActingPerson by, NewPasskey passkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(passkey);
        await _staff.RefreshAsync(ct);
        var enrolment = new WebEnrolment(by.Id, $"passkey:{passkey.Id}", EnrolledBy.OwnAccount, by);
        var kept = await ChangeAsync(state => [.. Keeping(state, passkey), .. _staff.RefusalsOf(enrolment)], _ => [Enrolled(by.Id, passkey)], _ => true, ct);
        return kept.IsDone ? await _staff.EnrolAsync(enrolment, ct) : Outcome<StaffChange>.Refused(kept.Refusals);
    }

    /// <summary>The passkeys of a person, oldest first.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list.</returns>
    public async ValueTask<IReadOnlyList<Passkey>> PasskeysAsync(PersonId person, CancellationToken ct)
        => [.. (await NewestAsync(ct)).Passkeys.Values.Where(passkey => passkey.Person == person).OrderBy(passkey => passkey.CreatedAt)];

    /// <summary>A passkey by its credential id.</summary>
    /// <param name="id">The credential id, base64url.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The passkey, or <see langword="null"/>.</returns>
    public async ValueTask<Passkey?> FindPasskeyAsync(string id, CancellationToken ct) => (await NewestAsync(ct)).Passkeys.GetValueOrDefault(id);

    /// <summary>Lets the owner of a passkey in who just proved to have it. Its counter must have moved on since the last time, also when two come at once.</summary>
    /// <param name="id">The credential id, base64url.</param>
    /// <param name="counter">The counter it gave; 0 for one that does not count.</param>
    /// <param name="isBackedUp">Whether it says it was copied.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The person; a refusal that does not say which part was wrong.</returns>
    public async ValueTask<Outcome<ActingPerson>> SignInAsync(string id, uint counter, bool isBackedUp, CancellationToken ct)
    {
        await _staff.RefreshAsync(ct);
        ActingPerson? acting = null;
        return await ChangeAsync(
            state =>
            {
                if (!state.Passkeys.TryGetValue(id, out var passkey) || (counter <= passkey.Counter && (counter, passkey.Counter) != (0, 0))) return [NotLetIn];
                // Bound by somebody, and to this person: a demo's free accounts do not reach to passkeys.
                acting = _staff.FindByAccount(passkey.Account) is { } bound && bound.Id == passkey.Person ? bound : null;
                return acting is null ? [NotLetIn] : [];
            },
            _ => [new SignedIn { Person = acting!.Id, Kind = SignInKind.Passkey, Passkey = id, Counter = counter, IsBackedUp = isBackedUp }],
            _ => acting!,
            ct);
    }

    /// <summary>Gives a passkey another name. By its owner.</summary>
    /// <param name="by">The owner.</param>
    /// <param name="id">The credential id, base64url.</param>
    /// <param name="name">The name.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<bool>> RenamePasskeyAsync(ActingPerson by, string id, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync(
            state => [.. Owned(state, by, id), .. Name(name, "naam")],
            _ => [new PasskeyRenamed { Person = by.Id, Id = id, DisplayName = name.Trim() }],
            _ => true,
            ct);
    }

    /// <summary>
    /// Removes a passkey at once. By its owner, who keeps another one that lets him in, or recovery codes; and not when its account could not be taken away
    /// (<see cref="StaffRegister.UnbindAsync"/>), which the caller does next.
    /// </summary>
    /// <param name="by">The owner.</param>
    /// <param name="id">The credential id, base64url.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Done, or every reason why not.</returns>
    public ValueTask<Outcome<bool>> RemovePasskeyAsync(ActingPerson by, string id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return ChangeAsync(
            state =>
            {
                List<Refusal> refusals = [.. Owned(state, by, id)];
                var others = state.Passkeys.Values.Any(passkey => passkey.Person == by.Id && passkey.Id != id && _staff.FindByAccount(passkey.Account)?.Id == by.Id);
                if (refusals.Count == 0 && !others && !state.RecoveryCodes.ContainsValue(by.Id))
                    refusals.Add(new("Dit is uw laatste toegangssleutel.", "Zonder toegangssleutel en zonder herstelcodes kunt u niet meer aanmelden.", "Maak eerst een andere toegangssleutel, of herstelcodes."));
                // Removed here and bound there, it would count as somebody who can let others in and could not.
                if (refusals.Count == 0) refusals.AddRange(_staff.RefusalsOfUnbinding(by, state.Passkeys[id].Account));
                return refusals;
            },
            _ => [new PasskeyRemoved { Person = by.Id, Id = id, By = by.Id }],
            _ => true,
            ct);
    }

    /// <summary>Makes ten new recovery codes; older ones are worth nothing from now on.</summary>
    /// <param name="by">Whose.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The codes, which are kept nowhere.</returns>
    public async ValueTask<IReadOnlyList<string>> MakeRecoveryCodesAsync(ActingPerson by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var codes = Enumerable.Range(0, RecoveryCodeCount).Select(_ => SecretText.NewCode()).ToList();
        return (await ChangeAsync(_ => [], _ => [new RecoveryCodesMade { Person = by.Id, Hashes = [.. codes.Select(SecretText.HashCode)] }], _ => codes, ct)).Value;
    }

    /// <summary>How many recovery codes a person has left.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The number.</returns>
    public async ValueTask<int> RecoveryCodesLeftAsync(PersonId person, CancellationToken ct) => (await NewestAsync(ct)).RecoveryCodes.Values.Count(owner => owner == person);

    /// <summary>Uses up a recovery code. It gives a link to enrol a new passkey with, and nothing else.</summary>
    /// <param name="typed">The code as typed: case, dashes and spaces are free.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>Whose code it was and the secret of the link; a refusal when there is no such code.</returns>
    public async ValueTask<Outcome<(PersonId Person, string Link)>> UseRecoveryCodeAsync(string typed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(typed);
        await _staff.RefreshAsync(ct);
        var (person, secret, hash) = (default(PersonId), SecretText.New(), SecretText.HashCode(typed));
        return await ChangeAsync(
            state => state.RecoveryCodes.TryGetValue(hash, out person) && _staff.Find(person) is not null
                ? []
                : [new("Deze herstelcode klopt niet.", "Elke code werkt één keer, en alleen uit de laatste lijst.", "Kijk de code na, neem een andere van uw lijst, of vraag een nieuwe link.") { Subject = "code" }],
            _ =>
            [
                new RecoveryCodeUsed { Person = person, Hash = hash },
                new LinkMade { Person = person, Hash = SecretText.Hash(secret), Use = LinkUse.Recover, Until = Now + LinkLife, By = person, Account = "herstelcode:" + hash[..8] },
            ],
            _ => (person, secret),
            ct);
    }

    private static readonly Refusal NotLetIn = new(
        "Met deze toegangssleutel komt u niet binnen.", "Hij is hier niet bekend, wacht nog op een tweede persoon, of is ingetrokken.", "Neem een andere, of vraag de functionaris integriteit.");

    /// <summary>The link, when it was not used, is not too old, and its maker may still work.</summary>
    private LinkMade? Holding(SignInState state, string secret)
        => state.Links.TryGetValue(SecretText.Hash(secret), out var link) && Now <= link.Until && (link.Use == LinkUse.Recover || _staff.SignIn(link.By, link.Account).IsDone) && _staff.Find(link.Person) is not null
            ? link
            : null;

    private static List<Refusal> Keeping(SignInState state, NewPasskey passkey)
    {
        var refusals = Name(passkey.DisplayName, "naam");
        if (state.Passkeys.ContainsKey(passkey.Id)) refusals.Add(new("Deze toegangssleutel is al in gebruik.", "Elke toegangssleutel hoort bij één persoon.", "Maak een nieuwe."));
        return refusals;
    }

    private static Refusal[] Owned(SignInState state, ActingPerson by, string id)
        => state.Passkeys.TryGetValue(id, out var passkey) && passkey.Person == by.Id ? [] : [new("Deze toegangssleutel is er niet.", "Hij is verwijderd of niet van u.", "Kijk in uw lijst.")];

    private static PasskeyEnrolled Enrolled(PersonId person, NewPasskey passkey) => new()
    {
        Person = person,
        Id = passkey.Id,
        PublicKey = passkey.PublicKey.ToArray(),
        Counter = passkey.Counter,
        Transports = passkey.Transports,
        DisplayName = passkey.DisplayName.Trim(),
        IsBackupEligible = passkey.IsBackupEligible,
        IsBackedUp = passkey.IsBackedUp,
    };
}
