using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>A request to see more than a card.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Card">The card.</param>
/// <param name="By">Who asks.</param>
/// <param name="On">The day.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Dossier">The dossier the card is of, for whoever decides; <see langword="null"/> for whoever asked: he knows the card only, until a file of it is opened to him.</param>
/// <param name="IsGranted">What was decided; <see langword="null"/> while it waits.</param>
/// <param name="Until">The last day of the inzage; <see langword="null"/> when there is none.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reason">Why; <see langword="null"/> while it waits.</param>
public sealed record InzageRequest(string Id, string Card, PersonId By, DateOnly On, string Purpose, DossierNumber? Dossier, bool? IsGranted, DateOnly? Until, PersonId? DecidedBy, string? Reason);

/// <summary>"Vraag inzage": for more than the card, decided by whoever answers for that other case, one file, for a time; given by opening that file to whoever asked, and so logged and ended like any.</summary>
public sealed partial class CardRegister
{
    private const int LongestPurpose = 2_000;

    /// <summary>Asks to see more than a card.</summary>
    /// <param name="dossier">The case for which it is asked, opened by whoever asks.</param>
    /// <param name="card">The card, as it was shown in a comparison for this person.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The request, or every reason why not.</returns>
    public async ValueTask<Outcome<InzageRequest>> AskAsync(OpenDossier dossier, string card, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(card);
        if (RefuseToken(dossier.Acting) is { } token) return Outcome<InzageRequest>.Refused(token);
        if (string.IsNullOrWhiteSpace(purpose) || purpose.Length > LongestPurpose)
            return Outcome<InzageRequest>.Refused(new Refusal("Er staat niet goed bij waarvoor u inzage vraagt.", "Wie erover beslist, moet dat kunnen wegen.", "Schrijf in een paar zinnen wat u wilt weten en waarom.") { Subject = "doel" });
        if (!await dossier.RefreshAsync(ct)) return Outcome<InzageRequest>.Refused(NotThere);
        await SweptAsync(ct);
        // Only a card that was shown to this person: ids cannot be tried.
        var shown = (await ActsAsync(dossier.Acting, ct)).Where(act => act.Person == dossier.Person && act.Dossier == dossier.Number).SelectMany(act => act.Cards).ToHashSet(StringComparer.Ordinal);
        var (person, standings) = await LookAsync(dossier.Acting, ct);
        var id = NewId();
        var refusals = await ChangeAsync(
            state =>
            {
                var wanted = card.Trim().ToLowerInvariant();
                var found = wanted.Length < 6 ? [] : state.Cards.Values.Where(known => known.IsApproved && shown.Contains(known.Id) && known.Id.StartsWith(wanted, StringComparison.Ordinal)).ToList();
                if (found is not [var one] || person is null || !standings.TryGetValue(one.Stream, out var standing) || standing.Conflicts(person)) return Only(NotThere);
                if (state.Requests.Values.Any(request => request.Asked.Card == one.Id && request.Asked.By == dossier.Person && request.Decision is null))
                    return Only(new Refusal("U hebt dit al gevraagd.", "Er is nog niet over beslist.", "Wacht het antwoord af.") { Subject = "kaart" });
                var asked = new InzageAsked { Request = id, Card = one.Id, Number = dossier.Number, Purpose = purpose.Trim(), On = _register.Today, By = dossier.Person, Account = AccountMark(dossier.Acting) };
                return ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], new CardChange([(CardState.HomeOf(dossier.StreamId), asked)], [])));
            },
            ct);
        return refusals.Count > 0 ? Outcome<InzageRequest>.Refused(refusals) : Outcome<InzageRequest>.Done((await RequestsAsync(dossier.Acting, ct)).First(request => request.Id == id));
    }

    /// <summary>Requests: one's own, and those on cards of cases one answers for.</summary>
    /// <param name="by">Who looks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The requests, oldest first.</returns>
    public async ValueTask<IReadOnlyList<InzageRequest>> RequestsAsync(ActingPerson by, CancellationToken ct)
    {
        var state = await SweptAsync(ct);
        var (person, standings) = await LookAsync(by, ct);
        if (person is null) return [];
        var seen = new List<InzageRequest>();
        foreach (var request in state.Requests.Values)
        {
            if (state.Cards.GetValueOrDefault(request.Asked.Card) is not { } card || !standings.TryGetValue(card.Stream, out var standing)) continue;
            var decides = MayKeep(person, standing) && !(standings.TryGetValue(request.From, out var from) && from.Conflicts(person));
            if (!decides && request.Asked.By != by.Id) continue;
            seen.Add(new InzageRequest(
                request.Asked.Request, card.Id, request.Asked.By!.Value, request.Asked.On, request.Asked.Purpose, decides ? card.Proposed.Number : null, request.Decision?.IsGranted, request.Decision?.Until,
                request.Decision?.By, request.Decision?.Reason));
        }

        return [.. seen.OrderBy(request => request.On).ThenBy(request => request.Id, StringComparer.Ordinal)];
    }

    /// <summary>Decides on a request: never by whoever asked. Granted, one file of the other case is opened to him until a day, by the rules for that (31 days at most, never of the melder).</summary>
    /// <param name="dossier">The case the card is of, opened by the verantwoordelijke who decides.</param>
    /// <param name="request">The request.</param>
    /// <param name="file">The file that is opened; <see langword="null"/>: refused.</param>
    /// <param name="until">The last day; asked with a file.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The request as it now stands, or every reason why not.</returns>
    public async ValueTask<Outcome<InzageRequest>> DecideAsync(OpenDossier dossier, string request, FileId? file, DateOnly? until, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        if (RefuseToken(dossier.Acting) is { } token) return Outcome<InzageRequest>.Refused(token);
        if (string.IsNullOrWhiteSpace(reason)) return Outcome<InzageRequest>.Refused(new Refusal("Er staat niet bij waarom.", "Wie het vroeg, moet het besluit kunnen begrijpen.", "Geef een reden.") { Subject = "reden" });
        if (file is not null && until is null) return Outcome<InzageRequest>.Refused(new Refusal("Er staat niet bij tot wanneer.", "Inzage is voor een tijd.", "Geef de laatste dag.") { Subject = "totEnMet" });
        if (!await dossier.RefreshAsync(ct) || !MayKeep(dossier)) return Outcome<InzageRequest>.Refused(NotThere);
        var state = await SweptAsync(ct);
        if (state.Requests.GetValueOrDefault(request) is not { Decision: null } waiting || state.Cards.GetValueOrDefault(waiting.Asked.Card)?.Stream != dossier.StreamId)
            return Outcome<InzageRequest>.Refused(new Refusal("Dit verzoek is er niet.", "Het bestaat niet (meer), er is al over beslist, of het is niet voor u.", "Kijk de lijst van verzoeken na.") { Cause = RefusalCause.NotThere });
        if (waiting.Asked.By == dossier.Person || waiting.Asked.Account == AccountMark(dossier.Acting))
            return Outcome<InzageRequest>.Refused(new Refusal("Een ander moet hierover beslissen.", "Niemand geeft zichzelf inzage.", "Vraag wie voor die zaak verantwoordelijk is.") { Cause = RefusalCause.NoRight });
        if (file is { } opened)
        {
            var recorded = await dossier.RecordAsync([new InzageOpened { Date = _register.Today, To = waiting.Asked.By!.Value, File = opened, Until = until!.Value, SignedBy = dossier.Person, Reason = reason.Trim() }], ct);
            if (!recorded.IsDone) return Outcome<InzageRequest>.Refused(recorded.Refusals);
        }

        await ChangeAsync(
            now => ValueTask.FromResult<(IReadOnlyList<Refusal>, CardChange?)>(([], now.Requests.GetValueOrDefault(request) is not { Decision: null } still ? null : new CardChange(
                [(CardState.HomeOf(still.From), new InzageDecided { Request = request, IsGranted = file is not null, Until = file is null ? null : until, Reason = reason.Trim(), On = _register.Today, By = dossier.Person, Account = AccountMark(dossier.Acting) })], []))),
            ct);
        return (await RequestsAsync(dossier.Acting, ct)).FirstOrDefault(known => known.Id == request) is { } done ? Outcome<InzageRequest>.Done(done) : Outcome<InzageRequest>.Refused(NotThere);
    }
}
