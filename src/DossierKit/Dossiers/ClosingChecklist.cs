using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What is left before a case can be closed, and who hears what at its end.</summary>
/// <param name="Open">What still has to be settled, in the order of the protocol, with what, by which article and what now. Empty: the case can be closed.</param>
/// <param name="Duties">Every duty that is asked about at closing, settled or not.</param>
/// <param name="Hearings">Per person, what the protocol says the person hears, and whether it was sent.</param>
public sealed record ClosingChecklist(IReadOnlyList<Refusal> Open, IReadOnlyList<Duty> Duties, IReadOnlyList<OutcomeHearing> Hearings);

/// <summary>What one person, or an office outside the case, hears at the end.</summary>
/// <param name="Person">The handle in the case; <see langword="null"/>: an office, such as the chair of the works council.</param>
/// <param name="Role">Role or office, an actor of the protocol.</param>
/// <param name="Answer">Whether they hear the outcome; <see langword="null"/>: the protocol does not say.</param>
/// <param name="Text">The rule, Dutch; empty when the protocol does not say.</param>
/// <param name="Article">Its article; <see langword="null"/> when the protocol does not say.</param>
/// <param name="InformedOn">The day they were informed; <see langword="null"/>: not yet.</param>
public sealed record OutcomeHearing(PersonId? Person, string Role, AccessAnswer? Answer, string Text, string? Article, DateOnly? InformedOn);

/// <summary>Draws up who hears what: pure.</summary>
internal static class OutcomeHearings
{
    private static readonly CaseRole[] Roles = [CaseRole.Melder, CaseRole.Betrokkene, CaseRole.Benadeelde, CaseRole.Getuige, CaseRole.Leidinggevende];

    /// <summary>Offices that are no person of the case.</summary>
    private static readonly string[] Offices = ["voorzitter-or", "vicevoorzitter-or", "ondernemingsraad", "college", "raad", "verantwoordelijk-directeur", "directeurenteam"];

    public static IReadOnlyList<OutcomeHearing> Of(DossierState state, Protocol protocol)
    {
        var about = protocol.Access.Where(rule => rule.What == "uitkomst").ToList();
        var persons = state.Persons.Where(person => Roles.Contains(person.Role)).OrderBy(person => Array.IndexOf(Roles, person.Role)).Select(person => OfPerson(person, state, about));
        var offices = about.Where(rule => Offices.Contains(rule.Who, StringComparer.Ordinal) && rule.When.MayHold(state.Facts))
            .Select(rule => new OutcomeHearing(null, rule.Who, rule.Answer, rule.Text, rule.Article, OfficeInformed(rule.Who, state)));
        return [.. persons, .. offices];
    }

    private static OutcomeHearing OfPerson(CasePerson person, DossierState state, List<AccessRule> about)
    {
        var role = DossierFold.ActorOf(person.Role);
        var facts = state.Facts.For(person.Id.Value);
        // A rule that surely holds goes before one that may.
        var rule = about.Where(rule => rule.Who == role && rule.When.MayHold(facts)).OrderByDescending(rule => rule.When.Holds(facts)).ThenBy(rule => rule.When == Condition.Always).FirstOrDefault();
        var through = DutyGate.PersonsOf(state).First(known => known.Id == person.Id.Value).ReachedThrough;
        var informed = state.ProtocolEvents.Where(happened => happened.Subject is { } subject && (subject == person.Id.Value || through.Contains(subject, StringComparer.Ordinal)) && Tells(happened))
            .Select(happened => (DateOnly?)happened.Date).Max();
        return new OutcomeHearing(person.Id, role, rule?.Answer, rule?.Text ?? "", rule?.Article, informed);
    }

    private static bool Tells(ProtocolEvent happened)
        => happened.Name == EventNames.PartijenGeinformeerd || (happened.Name == EventNames.StukVerzonden && happened.Concerns == "afsluitbericht");

    private static DateOnly? OfficeInformed(string office, DossierState state) => office switch
    {
        "voorzitter-or" or "vicevoorzitter-or" or "ondernemingsraad" => state.All<OrInformed>().Where(informed => informed.Member is null).Select(informed => (DateOnly?)informed.Date).Max(),
        _ => null,
    };
}
