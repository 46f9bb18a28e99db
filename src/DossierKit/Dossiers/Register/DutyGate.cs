using System.Globalization;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What the protocol asks before a step: pure. An import is the past and never comes here.</summary>
internal static class DutyGate
{
    /// <summary>The persons of a case as duties look at them.</summary>
    public static IReadOnlyList<DutyPerson> PersonsOf(DossierState state) =>
    [
        .. state.Persons.Select(person => new DutyPerson(person.Id.Value, DossierFold.ActorOf(person.Role))
        {
            ReachedThrough =
            [
                .. state.Persons.Where(other => other.Role is CaseRole.Vertrouwenspersoon or CaseRole.Gemachtigde && (other.Of == person.Id || person.Of == other.Id))
                    .Select(other => other.Id.Value),
            ],
            IsFromOutside = person.Position == Position.Extern,
        }),
    ];

    /// <summary>How the rules of the protocol stand in a state.</summary>
    public static IReadOnlyList<Duty> DutiesOf(DossierState state, Protocol protocol, Func<PersonId, StaffPerson?> find, CaseFacts? facts = null, bool brokenOff = false)
        => Duties.Of(state.ProtocolEvents, protocol, facts ?? state.Facts, PersonsOf(state), deviation => Signatures.Counts(deviation, find), brokenOff);

    /// <summary>Everything that must be settled before an event is recorded; of a closing the whole closing checklist.</summary>
    /// <param name="before">The full state it would follow.</param>
    /// <param name="after">The full state with it: facts that the event itself tells count, and what it would show to have been kept does not.</param>
    /// <param name="happening">The event.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="find">Finds someone of the staff.</param>
    public static IEnumerable<Refusal> Check(DossierState before, DossierState after, DossierEvent happening, Protocol protocol, Func<PersonId, StaffPerson?> find)
    {
        var brokenOff = happening is DossierClosed { Outcome: not CaseOutcome.Completed };
        var duties = DutiesOf(before, protocol, find, after.Facts, brokenOff);
        return Duties.Before(duties, happening.Name, [.. happening.Subjects.Select(subject => subject.Value)], PersonsOf(before)).Select(duty => Refuse(duty, protocol));
    }

    /// <summary>Everything that must be settled before a document is made.</summary>
    /// <param name="state">The full state.</param>
    /// <param name="kind">The kind of document.</param>
    /// <param name="person">Whom it is about or goes to; <see langword="null"/>: nobody in particular.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="find">Finds someone of the staff.</param>
    public static IReadOnlyList<Refusal> Check(DossierState state, string kind, PersonId? person, Protocol protocol, Func<PersonId, StaffPerson?> find)
    {
        var duties = DutiesOf(state, protocol, find);
        IReadOnlyList<string> subjects = person is { } one ? [one.Value] : [];
        return
        [
            .. EventDocuments.EventsOf(kind).SelectMany(name => Duties.Before(duties, name, subjects, PersonsOf(state))).Distinct().Select(duty => Refuse(duty, protocol)),
        ];
    }

    /// <summary>A duty as a refusal: what, by which article, and how to settle it.</summary>
    public static Refusal Refuse(Duty duty, Protocol protocol)
    {
        var whom = duty.Subject is null ? "" : $", voor {duty.Subject}";
        var count = duty.Rule.Count > 1 && duty.State == DutyState.Open ? string.Create(CultureInfo.InvariantCulture, $" Dat is {duty.Done} van de {duty.Rule.Count} keer gedaan.") : "";
        var what = duty.State == DutyState.Unknown ? "Eerst vaststellen of dit geldt" : duty.Rule.Strength switch
        {
            Strength.AsARule => "Dit staat nog open",
            // Whether it applies no event can tell: that is asked, and "no, because" is an answer.
            Strength.IfApplicable => "Nog niet beantwoord of dit hier speelt",
            _ => "Dit moet eerst",
        };
        return new Refusal($"{what}: {Lower(duty.Rule.Title)} ({duty.Rule.Id}{whom}).{count}", $"{StrengthOf(duty.Rule)} volgens {duty.Rule.Article}: {duty.Rule.Text}", WhatNow(duty, protocol))
        {
            Subject = duty.Rule.Id,
            Remedies = duty.State != DutyState.Unknown && DocumentKinds.IsKnown(duty.Rule.Id) ? Remedies.Document : Remedies.None,
        };
    }

    /// <summary>How a duty is settled, Dutch.</summary>
    public static string WhatNow(Duty duty, Protocol protocol)
    {
        if (duty.State == DutyState.Unknown)
        {
            var told = duty.OpenFacts.Select(FactTexts.SourceOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var asked = duty.OpenFacts.Where(fact => FactTexts.SourceOf(fact) is null).Select(fact => $"{fact} ({FactTexts.Meaning(fact)})").ToList();
            var parts = new List<string>();
            if (asked.Count > 0) parts.Add($"Leg vast of het zo is, met omstandigheid-vastgesteld: {string.Join("; ", asked)}.");
            if (told.Count > 0) parts.Add($"Vul aan in het dossier: {string.Join("; ", told)}.");
            return string.Join(' ', parts);
        }

        var byHand = $"regel-nageleefd (regel={duty.Rule.Id}) met in de toelichting {duty.Rule.Strength switch { Strength.AsARule => "wat is gedaan of waarom niet", Strength.IfApplicable => "wat is gedaan, of dat het hier niet speelt", _ => "wat is gedaan" }}";
        var showing = duty.Rule.FulfilledBy.Where(name => name != EventNames.StukOpgemaakt).ToList();
        var first = DocumentKinds.IsKnown(duty.Rule.Id) ? $"Maak het stuk of leg vast: {Or([.. showing, byHand])}." : $"Leg vast: {Or([.. showing, byHand])}.";
        return duty.Rule.Strength is Strength.AsARule or Strength.IfApplicable ? first : $"{first} Of laat {DutchWords.The(protocol.Word("verantwoordelijke"))} een afwijking tekenen: protocol-afgeweken (regel={duty.Rule.Id}).";
    }

    private static string StrengthOf(Rule rule) => rule.Strength switch
    {
        Strength.AsARule => "Dat is in de regel zo",
        Strength.IfApplicable => "Dat moet als het speelt,",
        _ => "Dat moet",
    };

    private static string Or(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} of {names[^1]}";

    private static string Lower(string title) => title.Length > 1 && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
}
