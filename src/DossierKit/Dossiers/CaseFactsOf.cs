using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What conditions of a protocol may look at, drawn from events and persons. A fact the dossier cannot know is left unknown, which is not the same as no.</summary>
internal static class CaseFactsOf
{
    /// <summary>Before this day civil servants fell under the former law (Wet normalisering rechtspositie ambtenaren, in force 1 January 2020).</summary>
    private static readonly DateOnly NewCivilServiceLaw = new(2020, 1, 1);

    public static CaseFacts Events(IReadOnlyList<DossierEvent> events, IReadOnlyList<CasePerson> persons)
    {
        var facts = CaseFacts.None;
        var methods = Methods(events).ToHashSet();
        foreach (var person in persons) facts = Person(facts, person);
        if (persons.FirstOrDefault(person => person is { Role: CaseRole.Betrokkene, Position: not null }) is { } first) facts = Position(facts, null, first.Position!.Value);
        facts = facts
            .With(FactNames.Ordemaatregel, Measures(events).Count > 0)
            .With(FactNames.Opname, events.OfType<RecordingMade>().Any())
            .With(FactNames.Gemachtigde, persons.Any(person => person.Role == CaseRole.Gemachtigde))
            .With(FactNames.OrLid, persons.Any(person => person is { Role: CaseRole.Betrokkene or CaseRole.Getuige, IsOrMember: true }))
            .With(FactNames.OrVoorzitter, persons.Any(person => person is { Role: CaseRole.Betrokkene or CaseRole.Getuige, IsOrChair: true }))
            .With(FactNames.Observatie, methods.Contains(InquiryMethod.Observation))
            .With(FactNames.SystemenOnderzoek, methods.Contains(InquiryMethod.Systems))
            .With(FactNames.EmailOnderzoek, methods.Contains(InquiryMethod.EmailAndInternet))
            .With(FactNames.WerkplekOnderzoek, methods.Contains(InquiryMethod.Workplace))
            .With(FactNames.Onderzoek, events.OfType<OpdrachtGiven>().Any())
            // How a case began is known to whoever opens it, so silence is an answer here.
            .With(FactNames.ExternVerzoek, false);
        facts = Conduct(facts, events);
        foreach (var happening in events) facts = Event(facts, happening, persons);
        foreach (var betrokkene in Measures(events)) facts = facts.WithPerson(betrokkene.Value, FactNames.Ordemaatregel, true);
        return facts;
    }

    /// <summary>How the onderzoek was done, where the events together tell it. What nothing was recorded of stays unknown.</summary>
    private static CaseFacts Conduct(CaseFacts facts, IReadOnlyList<DossierEvent> events)
    {
        var conversations = events.OfType<ConversationHeld>().ToList();
        if (conversations.Count > 0) facts = facts.With(FactNames.TweeBijElkGesprek, conversations.TrueForAll(held => held.Onderzoekers.Distinct().Count() >= 2));
        var permitted = events.OfType<MethodPermitted>().ToList();
        var steps = permitted.Where(method => method.Method == InquiryMethod.EmailAndInternet && method.Step is not null).OrderBy(method => method.Date).Select(method => method.Step!.Value).ToList();
        if (steps.Count > 0) facts = facts.With(FactNames.MailInVolgorde, steps.SequenceEqual(steps.Order()));
        facts = facts.With(FactNames.MailInhoud, steps.Contains(4));
        if (permitted.Where(method => method.Method == InquiryMethod.Observation && method.CheckedByFg is not null).ToList() is { Count: > 0 } observations)
            facts = facts.With(FactNames.FgGetoetst, observations.TrueForAll(method => method.CheckedByFg == true));
        if (events.OfType<RecordingMade>().ToList() is { Count: > 0 } recordings)
        {
            facts = facts.With(FactNames.OpnameOverlegd, recordings.TrueForAll(made => made.WasDiscussed))
                .With(FactNames.OpnameVernietigingVerteld, recordings.TrueForAll(made => made.WasToldOfDestruction));
        }

        if (events.OfType<OrInformed>().Any(informed => informed.Member is null && !string.IsNullOrWhiteSpace(informed.Domain))) facts = facts.With(FactNames.OrDomeinVerteld, true);
        foreach (var given in events.OfType<VerantwoordingGiven>()) facts = facts.WithPerson(given.Betrokkene.Value, FactNames.MondelingeVerantwoording, !given.IsWritten);
        return facts;
    }

    private static CaseFacts Person(CaseFacts facts, CasePerson person)
    {
        var id = person.Id.Value;
        if (person.Form is { } form) facts = facts.WithPerson(id, FactNames.Vorm, FormName(form));
        if (person.Position is { } position) facts = Position(facts, id, position);
        if (person is { Role: CaseRole.Gemachtigde, Of: { } principal }) facts = facts.WithPerson(principal.Value, FactNames.Gemachtigde, true);
        return facts.WithPerson(id, FactNames.OrLid, person.IsOrMember).WithPerson(id, FactNames.OrVoorzitter, person.IsOrChair);
    }

    private static CaseFacts Event(CaseFacts facts, DossierEvent happening, IReadOnlyList<CasePerson> persons)
    {
        switch (happening)
        {
            case MeldingReceived melding:
                facts = facts
                    .With(FactNames.Vorm, FormName(melding.Form))
                    .With(FactNames.SoortMelding, NatureName(melding.Nature))
                    .With(FactNames.ViaVertrouwenspersoon, melding.Channel == MeldingChannel.Vertrouwenspersoon)
                    .With(FactNames.OudAmbtenarenrecht, melding.Date < NewCivilServiceLaw);
                // What is known of a melder himself goes before the melding: two melders of one case can report in different forms.
                foreach (var melder in melding.Melders.Where(melder => !persons.Any(person => person.Id == melder && person.Form is not null)))
                    facts = facts.WithPerson(melder.Value, FactNames.Vorm, FormName(melding.Form));
                return facts;
            case CriteriaWeighed weighed:
                return facts.With(FactNames.Onderzoekswaardig, weighed is { IsReliable: true, IsInvestigable: true, IsLikelyBreach: true });
            case FoundNotInvestigable:
                return facts.With(FactNames.Onderzoekswaardig, false);
            case DataBreachReported:
                return facts.With(FactNames.Datalek, true);
            case AangifteFiled:
                return facts.With(FactNames.StrafbaarFeit, true);
            case DirectorsDecided decided:
                return facts.With(FactNames.Akkoord, decided.IsAgreed).With(FactNames.Spoed, decided.IsUrgent);
            case OpdrachtGiven opdracht:
                return facts.With(FactNames.Onderzoekswaardig, true).With(FactNames.ExternOnderzoek, opdracht.IsExternal);
            case OnderzoekerAppointed { IsExternal: true }:
                return facts.With(FactNames.ExternOnderzoek, true);
            case OnderzoekerChallenged:
                return facts.With(FactNames.TwijfelObjectiviteit, true);
            case VerslagDrawnUp verslag:
                return facts.With(FactNames.VerslagGemaakt, true).WithPerson(verslag.With.Value, FactNames.VerslagGemaakt, true);
            case DissentAttached dissent:
                return facts.With(FactNames.AfwijkendeMening, true).WithPerson(dissent.With.Value, FactNames.AfwijkendeMening, true);
            case VerslagRefused refusal:
                return facts.With(FactNames.VerslagGeweigerd, true).WithPerson(refusal.With.Value, FactNames.VerslagGeweigerd, true);
            case OordeelGiven oordeel:
                return facts.With(FactNames.Gegrond, oordeel.Oordeel != Oordeel.Ongegrond)
                    .WithPerson(oordeel.Betrokkene.Value, FactNames.Gegrond, oordeel.Oordeel != Oordeel.Ongegrond);
            case FactEstablished established when FactNames.ValuesOf(established.Fact).Contains(established.Value, StringComparer.Ordinal):
                return established.Person is { } person
                    ? facts.WithPerson(person.Value, established.Fact, established.Value)
                    : facts.With(established.Fact, established.Value);
            default:
                return facts;
        }
    }

    private static CaseFacts Position(CaseFacts facts, string? person, Position position)
    {
        // Someone from outside has no position in the municipality: conditions on it stay unknown.
        if (position == Dossiers.Position.Extern) return facts;
        var name = PositionName(position);
        return person is null ? facts.With(FactNames.Positie, name) : facts.WithPerson(person, FactNames.Positie, name);
    }

    /// <summary>The betrokkenen under a measure that has not ended.</summary>
    private static HashSet<PersonId> Measures(IReadOnlyList<DossierEvent> events)
    {
        return [.. Ordemaatregel.Of(events).Where(measure => measure.Ended is null).Select(measure => measure.Imposed.Betrokkene)];
    }

    private static IEnumerable<InquiryMethod> Methods(IReadOnlyList<DossierEvent> events)
        => events.OfType<OpdrachtGiven>().SelectMany(opdracht => opdracht.Methods).Concat(events.OfType<MethodPermitted>().Select(permitted => permitted.Method));

    /// <summary>The name of a position in a protocol; <see langword="null"/> for someone from outside.</summary>
    public static string PositionName(Position position) => JsonShape.WordsOf(typeof(Position))[(int)position];

    private static string FormName(MelderForm form) => JsonShape.WordsOf(typeof(MelderForm))[(int)form];

    private static string NatureName(MeldingNature nature) => JsonShape.WordsOf(typeof(MeldingNature))[(int)nature];
}
