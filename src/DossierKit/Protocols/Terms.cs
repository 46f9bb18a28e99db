namespace DossierKit.Protocols;

/// <summary>Tells which terms run in a case. Pure: the same events, protocol, facts and day give the same answer.</summary>
public static class Terms
{
    /// <summary>All terms of a case: running, late, met, postponed or lapsed.</summary>
    /// <param name="events">What happened; the order of the list does not matter. <c>persoon-toegevoegd</c> with a role tells who the persons are.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="facts">What is known of the case and its persons; a term whose condition is unknown is given, not hidden.</param>
    /// <param name="today">The day to judge by; later events are left out.</param>
    /// <returns>The terms: what runs first, by last day, then the others.</returns>
    public static IReadOnlyList<Term> Of(IReadOnlyList<ProtocolEvent> events, Protocol protocol, CaseFacts facts, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(facts);
        return new TermReckoner(events, protocol, facts, today).All();
    }
}
