namespace DossierKit.Dossiers;

/// <summary>
/// The registration form of one betrokkene: what the events tell, replaced by what was recorded on the form itself (<c>registratie-bijgewerkt</c>). It is this house's
/// own form; the national one is not among the sources.
/// </summary>
public sealed record CaseRegistration
{
    /// <summary>Whose form.</summary>
    public required CasePerson Betrokkene { get; init; }

    /// <summary>The day of the first signal about this betrokkene; <see langword="null"/> when none names him.</summary>
    public DateOnly? SignalledOn { get; init; }

    /// <summary>Where it came in: of several signals the first counts (HVN 4.3).</summary>
    public MeldingChannel? Channel { get; init; }

    /// <summary>What it is.</summary>
    public MeldingNature? Nature { get; init; }

    /// <summary>How the first melder reported.</summary>
    public MelderForm? Form { get; init; }

    /// <summary>How many signals there were about this betrokkene.</summary>
    public int Signals { get; init; }

    /// <summary>The types of breach, in the order of the list; empty when not known yet.</summary>
    public IReadOnlyList<ViolationType> Types { get; init; } = [];

    /// <summary>What the first assessment came to; <see langword="null"/> when not decided, or not to be told from the events.</summary>
    public AssessmentOutcome? Assessment { get; init; }

    /// <summary>The oordeel; <see langword="null"/> when there is none (yet).</summary>
    public Oordeel? Oordeel { get; init; }

    /// <summary>The measures taken, oldest first.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>How it was disposed of; <see langword="null"/> when not decided, or not to be told from the events.</summary>
    public Disposition? Disposition { get; init; }

    /// <summary>The earlier dossier, when this is a repeat.</summary>
    public DossierNumber? RepeatOf { get; init; }

    /// <summary>What was judged in the earlier dossier.</summary>
    public Oordeel? EarlierOordeel { get; init; }

    /// <summary>Whether the earlier case weighs in the measure: only when it was gegrond, at least in part.</summary>
    public bool CountsAsRepeat => RepeatOf is not null && EarlierOordeel is Dossiers.Oordeel.Gegrond or Dossiers.Oordeel.DeelsGegrond;

    /// <summary>What is still open on the form, by field name; of a closed case everything counts.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    internal static IReadOnlyList<CaseRegistration> Of(DossierState state) => [.. state.Betrokkenen.Select(betrokkene => Of(state, betrokkene))];

    private static CaseRegistration Of(DossierState state, CasePerson betrokkene)
    {
        // A melding that names nobody is about all.
        var signals = state.All<MeldingReceived>().Where(melding => melding.Betrokkenen.Count == 0 || melding.Betrokkenen.Contains(betrokkene.Id)).ToList();
        var first = signals.FirstOrDefault();
        var oordeel = state.All<OordeelGiven>().LastOrDefault(given => given.Betrokkene == betrokkene.Id)?.Oordeel;
        List<string> measures = [.. state.All<MaatregelTaken>().Where(taken => taken.Betrokkene == betrokkene.Id).Select(taken => taken.Measure)];
        var registration = new CaseRegistration
        {
            Betrokkene = betrokkene,
            SignalledOn = first?.Date,
            Channel = first?.Channel,
            Nature = first?.Nature,
            Form = first?.Form,
            Signals = signals.Count,
            Types = [.. signals.SelectMany(melding => melding.Types).Distinct().Order()],
            Assessment = AssessmentOf(state, betrokkene.Id),
            Oordeel = oordeel,
            Measures = measures,
            Disposition = measures.Count > 0 ? Dossiers.Disposition.Measure : oordeel == Dossiers.Oordeel.Ongegrond ? Dossiers.Disposition.None : null,
            Open = [],
        };
        foreach (var updated in state.All<RegistrationUpdated>().Where(updated => updated.Betrokkene == betrokkene.Id))
        {
            registration = registration with
            {
                Types = updated.Types.Count > 0 ? [.. updated.Types.Distinct().Order()] : registration.Types,
                Channel = updated.Channel ?? registration.Channel,
                Assessment = updated.Assessment ?? registration.Assessment,
                Disposition = updated.Disposition ?? registration.Disposition,
                RepeatOf = updated.RepeatOf ?? registration.RepeatOf,
                EarlierOordeel = updated.EarlierOordeel ?? registration.EarlierOordeel,
            };
        }

        return registration with { Open = [.. OpenOf(registration, state.IsClosed)] };
    }

    private static AssessmentOutcome? AssessmentOf(DossierState state, PersonId betrokkene)
    {
        if (state.All<OpdrachtGiven>().Any(opdracht => opdracht.Betrokkenen.Contains(betrokkene)) || state.All<OpdrachtExtended>().Any(opdracht => opdracht.Betrokkenen.Contains(betrokkene)))
            return AssessmentOutcome.Inquiry;
        if (state.All<OtherRouteChosen>().Any()) return AssessmentOutcome.OtherRoute;
        // Why nothing followed (not admissible, nothing wrong, too little) is for the FI to say: the events do not tell it.
        return state.All<AangifteFiled>().Any(filed => filed.Betrokkenen.Count == 0 || filed.Betrokkenen.Contains(betrokkene)) ? AssessmentOutcome.Aangifte : null;
    }

    private static IEnumerable<string> OpenOf(CaseRegistration registration, bool isClosed)
    {
        if (registration.SignalledOn is null) yield return "melding-ontvangen";
        if (registration.Channel is null) yield return "kanaal";
        if (registration.Types.Count == 0) yield return "typen";
        if (isClosed && registration.Assessment is null) yield return "beoordeling";
        if (isClosed && registration.Disposition is null) yield return "afdoening";
        if (registration.Betrokkene.Position is null) yield return "positie";
    }
}
