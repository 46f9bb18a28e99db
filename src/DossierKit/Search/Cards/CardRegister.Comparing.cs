using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>What was asked of the cards, as far as whoever looks may know.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Person">Who asked.</param>
/// <param name="Cards">The ids of the cards that were shown.</param>
/// <param name="Dossier">For which case; <see langword="null"/> when it was destroyed, or is not for whoever looks.</param>
/// <param name="Purpose">What for; <see langword="null"/> likewise.</param>
public sealed record ComparisonAct(DateTimeOffset At, PersonId Person, IReadOnlyList<string> Cards, DossierNumber? Dossier, string? Purpose);

/// <summary>Comparing a case with earlier ones; who saw which cards, and what for, is logged before anything is given out.</summary>
public sealed partial class CardRegister
{
    private static readonly string ComparedName = new CasesCompared { Cards = [], Via = default }.Name;

    /// <summary>This case beside earlier ones, for what this person decides or advises on.</summary>
    /// <param name="dossier">The case, opened for the purpose that is logged with the comparison.</param>
    /// <param name="betrokkene">About whom (handle of the case).</param>
    /// <param name="asked">What this person says of the case where it does not tell him; <see langword="null"/>: nothing.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The comparison, or every reason why not.</returns>
    public async ValueTask<Outcome<CaseComparison>> CompareAsync(OpenDossier dossier, PersonId betrokkene, CaseProfile? asked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (!dossier.IsOf(_register)) throw new ArgumentException("The dossier was opened from another register.", nameof(dossier));
        if (!await dossier.RefreshAsync(ct) || dossier.ComparisonFor(betrokkene) is not { IsAny: true } right || dossier.IsInvestigator)
        {
            return Outcome<CaseComparison>.Refused(new Refusal(
                "U vergelijkt in deze zaak geen eerdere zaken.",
                "Vergelijken doet wie beslist of adviseert: over een onderzoek (BPI 41-44), over het oordeel of over een maatregel (HRL 11, HVN 3.7). Wie de feiten onderzoekt, doet dat los daarvan.",
                "Vraag wie hierover beslist.")
            { Subject = "betrokkene", Cause = RefusalCause.NoRight });
        }

        var state = await SweptAsync(ct);
        var here = Known(dossier, betrokkene, asked, right, state);
        if (here.Types.Count == 0)
        {
            return Outcome<CaseComparison>.Refused(new Refusal(
                "Van deze zaak is nog te weinig bekend om te vergelijken.", "De soort schending ontbreekt, of u kunt die in het dossier niet zien.", "Geef zelf aan om welke soort schending het gaat.")
            { Subject = "typen" });
        }

        var (person, standings) = await LookAsync(dossier.Acting, ct);
        if (person is null) return Outcome<CaseComparison>.Refused(NotThere);
        // Earlier cases: not this one, and none that this person is or may be part of.
        var cards = state.Cards.Values
            .Where(card => card.IsApproved && card.Stream != dossier.StreamId && standings.TryGetValue(card.Stream, out var standing) && !standing.Conflicts(person))
            .Select(card => (card.Id, card.Proposed.Content, card.Stream.ToString())).ToList();
        var comparison = CaseComparison.Of(right, here, cards, Rules);
        IReadOnlyList<string> shown = [.. comparison.Nearest.Concat(comparison.CounterExamples).Select(card => card.Id).Distinct(StringComparer.Ordinal)];
        // Durable before the first byte, like an opening: what stays without the case, and what it was for beside it.
        var refused = await ChangeAsync(
            _ => ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], new CardChange(
            [
                (CardState.Staying, new CasesCompared { Cards = shown, Via = dossier.Acting.Kind, By = dossier.Person }),
                (CardState.HomeOf(dossier.StreamId), new ComparedFor { Number = dossier.Number, Betrokkene = betrokkene, Purpose = dossier.Purpose, Asked = here, By = dossier.Person }),
            ],
            []))),
            ct);
        return refused.Count > 0 ? Outcome<CaseComparison>.Refused(refused) : Outcome<CaseComparison>.Done(comparison);
    }

    /// <summary>Who compared what: everybody his own, the FI, the deputy and the FG all; nobody sees for which case when he is part of it.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The acts, oldest first.</returns>
    public async ValueTask<IReadOnlyList<ComparisonAct>> ActsAsync(ActingPerson by, CancellationToken ct)
    {
        await NowAsync(ct);
        var (person, standings) = await LookAsync(by, ct);
        if (person is null) return [];
        var seesAll = person.RolesOn(_register.Today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Fg);
        var seesPurpose = person.RolesOn(_register.Today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi);
        var acts = new List<ComparisonAct>();
        if (_journal is not { } journal) return [];
        var envelopes = journal.Envelopes;
        for (var i = 0; i < envelopes.Count; i++)
        {
            if (envelopes[i].Type != ComparedName || await journal.OpenPayloadAsync(envelopes[i], ct) is not { } payload || Read(envelopes[i], payload) is not CasesCompared compared) continue;
            if (!seesAll && compared.By != by.Id) continue;
            var reason = i + 1 < envelopes.Count && envelopes[i + 1].Sequence == envelopes[i].Sequence && await journal.OpenPayloadAsync(envelopes[i + 1], ct) is { } why ? Read(envelopes[i + 1], why) as ComparedFor : null;
            var standing = reason is null ? null : standings.Values.FirstOrDefault(known => known.Number == reason.Number);
            if (standing?.Conflicts(person) == true) continue;
            var isTold = standing is not null && (compared.By == by.Id || seesPurpose);
            acts.Add(new ComparisonAct(envelopes[i].At, compared.By!.Value, compared.Cards, isTold ? reason!.Number : null, isTold ? reason!.Purpose : null));
        }

        return acts;
    }

    /// <summary>This case as far as this person knows it: what the dossier tells of earlier cases, then what he says himself, then the card that was made of it.</summary>
    private static CaseProfile Known(OpenDossier dossier, PersonId betrokkene, CaseProfile? asked, ComparisonRight right, CardState state)
    {
        var profile = asked ?? new CaseProfile();
        if (dossier.Access.MayRead(Compartment.Besluit) && state.CardOf(dossier.StreamId, betrokkene) is { } own) profile = profile.Or(own.Proposed.Content.For(right));
        if (CaseRegistration.Of(dossier.State).FirstOrDefault(known => known.Betrokkene.Id == betrokkene) is not { } registration) return profile.Or(new CaseProfile());
        // Whoever may not read the registration does not know whether there was an earlier case: not knowing is not none.
        var told = CardDrafting.ProfileOf(registration) with { EarlierFounded = dossier.Access.MayRead(Compartment.Besluit) ? CardDrafting.ProfileOf(registration).EarlierFounded : null };
        // Whether there was an earlier case the dossier tells: nobody says otherwise in the paragraph of a decision.
        return profile.Or(told) with { EarlierFounded = told.EarlierFounded ?? profile.EarlierFounded };
    }
}
