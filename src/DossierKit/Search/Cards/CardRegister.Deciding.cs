using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>A card that was not proposed: what the case tells, and what is still for a person.</summary>
/// <param name="Card">What stands on it so far.</param>
/// <param name="Warnings">What a person must look at before it is proposed.</param>
/// <param name="Refusals">What must be mended first.</param>
/// <param name="Until">The day it would go at the latest.</param>
public sealed record CardDraft(CaseCard Card, IReadOnlyList<TraceWarning> Warnings, IReadOnlyList<Refusal> Refusals, DateOnly Until);

/// <summary>Drawing, proposing, approving and withdrawing cards: by two people who may open the dossier, neither of whom investigates it or has a part in it.</summary>
public sealed partial class CardRegister
{
    /// <summary>Draws a card from a case, and says what is still missing. Writes nothing.</summary>
    /// <param name="dossier">The case, opened by whoever would propose it.</param>
    /// <param name="betrokkene">About whom (handle of the case).</param>
    /// <param name="fill">Fills in what the case does not tell; <see langword="null"/>: nothing yet.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The draft, or every reason why there can be no card.</returns>
    public async ValueTask<Outcome<CardDraft>> DraftAsync(OpenDossier dossier, PersonId betrokkene, Func<CaseCard, CaseCard>? fill, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (!dossier.IsOf(_register)) throw new ArgumentException("The dossier was opened from another register.", nameof(dossier));
        if (!MayKeep(dossier)) return Outcome<CardDraft>.Refused(NoRight("in deze zaak geen kaart maken"));
        if (CaseRegistration.Of(dossier.State).FirstOrDefault(known => known.Betrokkene.Id == betrokkene) is not { } registration)
            return Outcome<CardDraft>.Refused(new Refusal("Deze betrokkene is er niet.", "Een kaart gaat over een betrokkene van deze zaak.", "Kies een betrokkene uit het dossier.") { Subject = "betrokkene" });
        var ground = dossier.GroundOf(betrokkene);
        if (ground.DecidedOn is not { } decided || (registration.Oordeel is null && registration.Assessment == AssessmentOutcome.Inquiry))
        {
            return Outcome<CardDraft>.Refused(new Refusal(
                "Over deze betrokkene is nog niet beslist.", "Een kaart komt na het oordeel (HRL 11), of na de beslissing dat er geen onderzoek komt.", "Leg eerst het oordeel vast.")
            { Subject = "oordeel" });
        }

        var drawn = CardDrafting.Of(dossier.State, registration, decided);
        var card = fill is null ? drawn : fill(drawn);
        var until = await EndOfAsync(decided.AddYears(Rules.KeepYears), dossier, ct);
        if (until <= _register.Today)
        {
            return Outcome<CardDraft>.Refused(new Refusal(
                "Voor deze zaak komt er geen kaart meer.", "De kaart zou langer worden bewaard dan haar grond: de bewaartermijn van de kaart of van het dossier is voorbij.", "U hoeft niets te doen.")
            { Subject = "bewaartermijn" });
        }

        List<Refusal> refusals = [.. CardCheck.Refusals(card, drawn, registration)];
        var names = await dossier.CheckNamelessAsync([new CheckedText("samenvatting", card.Summary), new CheckedText("afwijking", card.Deviation ?? "")], ct);
        if (names.Refusal is { } named) refusals.Add(named with { Subject = "samenvatting" });
        return Outcome<CardDraft>.Done(new CardDraft(card, CardCheck.Warnings(card, dossier.TellingWords()), refusals, until));
    }

    /// <summary>Proposes a card; an earlier one of this betrokkene goes by the same commit. Somebody else approves.</summary>
    /// <param name="dossier">The case, opened by whoever proposes.</param>
    /// <param name="betrokkene">About whom.</param>
    /// <param name="fill">Fills in what the case does not tell.</param>
    /// <param name="confirmed">Whether this person looked at everything that could point at one person, and says that it does not.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The card, or every reason why not.</returns>
    public async ValueTask<Outcome<KeptCard>> ProposeAsync(OpenDossier dossier, PersonId betrokkene, Func<CaseCard, CaseCard> fill, bool confirmed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (RefuseToken(dossier.Acting) is { } token) return Outcome<KeptCard>.Refused(token);
        if (!await dossier.RefreshAsync(ct)) return Outcome<KeptCard>.Refused(NotThere);
        var (version, ground) = (dossier.Version, dossier.GroundOf(betrokkene));
        var drafted = await DraftAsync(dossier, betrokkene, fill, ct);
        if (!drafted.IsDone) return Outcome<KeptCard>.Refused(drafted.Refusals);
        // What was recorded while the card was drawn is not on it: it must not stand under the newer decision.
        if (!await dossier.RefreshAsync(ct)) return Outcome<KeptCard>.Refused(NotThere);
        if (dossier.Version != version || dossier.GroundOf(betrokkene).Mark != ground.Mark)
            return Outcome<KeptCard>.Refused(new Refusal("Het dossier is intussen veranderd.", "Een kaart volgt het besluit, en er is iets bijgekomen terwijl zij werd opgemaakt.", "Stel de kaart opnieuw voor.") { Subject = "kaart", Cause = RefusalCause.Changed });
        var draft = drafted.Value;
        List<Refusal> refusals = [.. draft.Refusals];
        if (draft.Warnings.Count > 0 && !confirmed) refusals.AddRange(Traced(draft.Warnings));
        if (refusals.Count > 0) return Outcome<KeptCard>.Refused(refusals);
        var id = NewId();
        var proposed = new CardProposed
        {
            Card = id,
            Stream = dossier.StreamId.ToString(),
            Number = dossier.Number,
            Betrokkene = betrokkene,
            Content = draft.Card,
            Sources = [.. ground.Entries.Select(entry => entry.ToString())],
            Ground = ground.Mark,
            ContentVersion = dossier.Standing.Retention.ContentVersion,
            Until = draft.Until,
            Confirmed = draft.Warnings,
            By = dossier.Person,
            Account = AccountMark(dossier.Acting),
        };
        IsClockTrusted(dossier.State.Events.Max(recorded => (DateTimeOffset?)recorded.RecordedAt));
        await ChangeAsync(
            state =>
            {
                List<(CardEvent, string)> goes = state.CardOf(dossier.StreamId, betrokkene) is { } earlier ? [GoneOf(earlier, GoneCause.Replaced, dossier.Acting)] : [];
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], new CardChange([(CardState.HomeOf(id), proposed)], goes)));
            },
            ct);
        return (await NowAsync(ct)).Cards.GetValueOrDefault(id) is { } card ? Outcome<KeptCard>.Done(card.ToKept() with { Warnings = draft.Warnings }) : Outcome<KeptCard>.Refused(NotThere);
    }

    /// <summary>Approves a card exactly as it stands. Whoever approves confirms as well that nothing on it points at one person.</summary>
    /// <param name="dossier">Its case, opened by whoever approves: not who proposed it, nor with the same account.</param>
    /// <param name="id">The card.</param>
    /// <param name="seen">The <see cref="KeptCard.Hash"/> of what this person looked at.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The card, or every reason why not.</returns>
    public async ValueTask<Outcome<KeptCard>> ApproveAsync(OpenDossier dossier, string id, string seen, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentException.ThrowIfNullOrWhiteSpace(seen);
        if (RefuseToken(dossier.Acting) is { } token) return Outcome<KeptCard>.Refused(token);
        if (!await dossier.RefreshAsync(ct) || !MayKeep(dossier)) return Outcome<KeptCard>.Refused(NotThere);
        await SweptAsync(ct);
        var (card, names) = (Find(await NowAsync(ct), dossier, id), (NameCheck?)null);
        // Somebody may have been added to the case since it was proposed.
        if (card is not null) names = await dossier.CheckNamelessAsync([new CheckedText("samenvatting", card.Proposed.Content.Summary), new CheckedText("afwijking", card.Proposed.Content.Deviation ?? "")], ct);
        if (names?.Refusal is { } named) return Outcome<KeptCard>.Refused(named);
        var refusals = await ChangeAsync(
            state =>
            {
                if (Find(state, dossier, id) is not { } found) return Only(NotThere);
                if (found.IsApproved) return Only(new Refusal("Deze kaart is al goedgekeurd.", "Een tweede persoon heeft dat al gedaan.", "U hoeft niets te doen.") { Subject = "kaart" });
                if (found.Proposed.By == dossier.Person || found.Proposed.Account == AccountMark(dossier.Acting))
                    return Only(new Refusal("Een ander moet deze kaart goedkeuren.", "Wie haar voorstelt, keurt haar niet goed, ook niet met een ander account.", "Vraag een tweede persoon.") { Subject = "kaart", Cause = RefusalCause.NoRight });
                if (!string.Equals(found.Proposed.Content.Hash, seen.Trim(), StringComparison.OrdinalIgnoreCase))
                    return Only(new Refusal("De kaart is anders dan wat u bekeek.", "U keurt goed wat er precies op staat.", "Bekijk de kaart opnieuw.") { Subject = "kaart", Cause = RefusalCause.Changed });
                if (found.Proposed.Ground != dossier.GroundOf(found.Proposed.Betrokkene).Mark)
                    return Only(new Refusal("Het dossier is veranderd sinds deze kaart werd voorgesteld.", "Een kaart volgt het besluit.", "Laat een nieuwe kaart voorstellen.") { Subject = "kaart", Cause = RefusalCause.Changed });
                var approved = new CardApproved { Card = found.Id, Hash = found.Proposed.Content.Hash, By = dossier.Person, Account = AccountMark(dossier.Acting) };
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], new CardChange([(found.Home, approved)], [])));
            },
            ct);
        if (refusals.Count > 0) return Outcome<KeptCard>.Refused(refusals);
        return Find(await NowAsync(ct), dossier, id) is { } done ? Outcome<KeptCard>.Done(done.ToKept()) : Outcome<KeptCard>.Refused(NotThere);
    }

    /// <summary>Withdraws a card: its key is destroyed. One person is enough to take something away.</summary>
    /// <param name="dossier">Its case, opened by whoever withdraws.</param>
    /// <param name="id">The card.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>That it went, or every reason why not.</returns>
    public async ValueTask<Outcome<GoneCard>> WithdrawAsync(OpenDossier dossier, string id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (RefuseToken(dossier.Acting) is { } token) return Outcome<GoneCard>.Refused(token);
        if (!await dossier.RefreshAsync(ct) || !MayKeep(dossier)) return Outcome<GoneCard>.Refused(NotThere);
        var full = "";
        var refusals = await ChangeAsync(
            state =>
            {
                if (Find(state, dossier, id) is not { } found) return Only(NotThere);
                full = found.Id;
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], new CardChange([], [GoneOf(found, GoneCause.Withdrawn, dossier.Acting)])));
            },
            ct);
        return refusals.Count > 0 ? Outcome<GoneCard>.Refused(refusals) : Outcome<GoneCard>.Done((await NowAsync(ct)).Gone.Last(gone => gone.Id == full));
    }

    /// <summary>The cards of a case.</summary>
    /// <param name="dossier">The case, opened by one of those who keep its cards.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The cards; empty when there are none or they are not for this person.</returns>
    public async ValueTask<IReadOnlyList<KeptCard>> OfAsync(OpenDossier dossier, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (!MayKeep(dossier)) return [];
        var kept = new List<KeptCard>();
        foreach (var card in (await SweptAsync(ct)).Cards.Values.Where(card => card.Stream == dossier.StreamId).OrderBy(card => card.Proposed.Betrokkene.Value, StringComparer.Ordinal))
            kept.Add(card.ToKept() with { Until = await EndOfAsync(card.Proposed.Until, dossier, ct), Warnings = CardCheck.Warnings(card.Proposed.Content, dossier.TellingWords()) });
        return kept;
    }

    /// <summary>All cards somebody keeps, without their content: the FI and the deputy of every case they have no part in, a verantwoordelijke of his own cases. What stands on one is seen in its case.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The cards, newest first.</returns>
    public async ValueTask<IReadOnlyList<CardListing>> ListAsync(ActingPerson by, CancellationToken ct)
    {
        var state = await SweptAsync(ct);
        var (person, standings) = await LookAsync(by, ct);
        if (person is null) return [];
        return
        [
            .. state.Cards.Values.Where(card => standings.TryGetValue(card.Stream, out var standing) && MayKeep(person, standing)).OrderByDescending(card => card.At).ThenBy(card => card.Id, StringComparer.Ordinal)
                .Select(card => new CardListing(card.Id, card.Proposed.Number, card.Proposed.Betrokkene, card.IsApproved ? CardStatus.Approved : CardStatus.Proposed, card.Proposed.By!.Value, card.Approval?.By, card.Proposed.Until)),
        ];
    }

    /// <summary>Cards that went, newest last: ids, causes and days, nothing of what stood on them. For the FI, the deputy and the FG.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What went; empty for whoever has no such role.</returns>
    public async ValueTask<IReadOnlyList<GoneCard>> GoneAsync(ActingPerson by, CancellationToken ct)
    {
        var state = await SweptAsync(ct);
        var (person, _) = await LookAsync(by, ct);
        return person?.RolesOn(_register.Today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Fg) == true ? state.Gone : [];
    }

    /// <summary>Who makes, checks and withdraws the cards of a case: FI, deputy, and whoever decides in it by office; never who investigates it. Who has a part in it has not opened it.</summary>
    private bool MayKeep(OpenDossier dossier)
        => dossier.Access.MayRead(Compartment.Besluit) && !dossier.IsInvestigator && _register.Staff.Find(dossier.Acting) is { } person && MayKeep(person, dossier.Standing);

    private bool MayKeep(StaffPerson person, CaseStanding standing)
        => !standing.Conflicts(person) && standing.Appointed.All(appointed => appointed.Person != person.Id || appointed.Role != StaffRole.OnderzoekerIntern) && ArchiveAccess.IsIntegritySide(person, standing, _register.Today);

    private static HeldCard? Find(CardState state, OpenDossier dossier, string id)
    {
        var wanted = id.Trim().ToLowerInvariant();
        var found = wanted.Length < 6 ? [] : state.Cards.Values.Where(card => card.Stream == dossier.StreamId && card.Id.StartsWith(wanted, StringComparison.Ordinal)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The words themselves stand in the draft: a refusal holds no content.</summary>
    private static IEnumerable<Refusal> Traced(IReadOnlyList<TraceWarning> warnings) => warnings.GroupBy(warning => (warning.Place, warning.What)).Select(group => new Refusal(
        "Op de kaart staat mogelijk iets waaraan iemand te herkennen is.",
        $"In {group.Key.Place}: {group.Key.What}. In een kleine gemeente is dat soms genoeg.",
        "Schrijf het algemener op, of bevestig dat u dit hebt bekeken en dat niemand eraan te herkennen is.")
    { Subject = group.Key.Place });

    private static Refusal? RefuseToken(ActingPerson by) => by.Kind != AccountKind.Token ? null : new Refusal(
        "Dit kan niet met een programma.", "Over een kaart beslist een mens die is aangemeld.", "Meld u zelf aan.")
    { Cause = RefusalCause.NoRight };

    private static ValueTask<(IReadOnlyList<Refusal>, CardChange?)> Only(Refusal refusal) => ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([refusal], null));
}

/// <summary>A card in a list: where it stands, not what is on it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dossier">Its dossier.</param>
/// <param name="Betrokkene">About whom (handle of that case).</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ApprovedBy">Who approved it; <see langword="null"/> while nobody did.</param>
/// <param name="Until">The day it goes at the latest.</param>
public sealed record CardListing(string Id, DossierNumber Dossier, PersonId Betrokkene, CardStatus Status, PersonId ProposedBy, PersonId? ApprovedBy, DateOnly Until);
