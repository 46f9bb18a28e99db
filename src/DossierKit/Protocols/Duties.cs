namespace DossierKit.Protocols;

/// <summary>Tells how the rules of a protocol stand in a case. Pure: the same events, protocol, facts and persons give the same answer.</summary>
public static class Duties
{
    /// <summary>Every rule of a protocol that is no term, and every document that must be made, with how it stands.</summary>
    /// <param name="events">What happened; the order of the list does not matter.</param>
    /// <param name="protocol">The protocol of the case.</param>
    /// <param name="facts">What is known of the case and its persons.</param>
    /// <param name="persons">The persons of the case.</param>
    /// <param name="isSigned">Whether a deviation (<c>protocol-afgeweken</c>) was signed by somebody who may; <see langword="null"/>: all were.</param>
    /// <param name="brokenOff">Whether the onderzoek is being broken off: what had not begun by then is not asked for.</param>
    /// <returns>The duties in the order of the protocol, documents last; a rule for each person of a role is given once for each.</returns>
    public static IReadOnlyList<Duty> Of(
        IReadOnlyList<ProtocolEvent> events, Protocol protocol, CaseFacts facts, IReadOnlyList<DutyPerson> persons, Func<ProtocolEvent, bool>? isSigned = null, bool brokenOff = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(persons);
        return new DutyReckoner(events, facts, persons, isSigned ?? (_ => true), brokenOff).All(protocol);
    }

    /// <summary>The duties that stand in the way of an event.</summary>
    /// <param name="duties">How they stand before it.</param>
    /// <param name="name">The event.</param>
    /// <param name="subjects">Handles of the persons it is about; empty when it is about the case.</param>
    /// <param name="persons">The persons of the case.</param>
    /// <returns>Those unsettled; for the closing of a case the whole closing checklist.</returns>
    public static IReadOnlyList<Duty> Before(IReadOnlyList<Duty> duties, string name, IReadOnlyList<string> subjects, IReadOnlyList<DutyPerson> persons)
    {
        ArgumentNullException.ThrowIfNull(duties);
        return name == EventNames.DossierGesloten
            ? [.. duties.Where(duty => duty.IsUnsettled && duty.IsAskedAtClosing)]
            : [.. duties.Where(duty => duty is { IsUnsettled: true, IsBinding: true } && duty.Rule.Before.Contains(name, StringComparer.Ordinal) && Concerns(duty))];

        // An invitation to one getuige does not wait for what another is still owed; it does wait for what the melder is owed.
        bool Concerns(Duty duty) => duty.Subject is null || subjects.Count == 0 || subjects.Contains(duty.Subject, StringComparer.Ordinal)
            || !persons.Any(person => subjects.Contains(person.Id, StringComparer.Ordinal) && duty.Rule.Roles.Contains(person.Role, StringComparer.Ordinal));
    }

    /// <summary>A document that must be made, as a rule of its own.</summary>
    internal static Rule? Of(DocumentRule document, Protocol protocol)
    {
        if (document.Strength != Strength.Must || EventDocuments.Find(document.Kind) is not { } line) return null;
        return new Rule
        {
            Id = document.Kind,
            Article = document.Article,
            Title = $"{document.Title} maken",
            Text = $"Dit stuk hoort in de zaak: {protocol.Word(document.Kind)}.",
            Actor = document.Actor,
            Strength = Strength.Must,
            Phase = line.Phase,
            When = document.When,
            Roles = document.Addressees is ["betrokkene"] ? ["betrokkene"] : [],
            After = line.After,
            FulfilledBy = [.. line.Events, .. line.AlsoShownBy, EventNames.StukOpgemaakt],
            Origin = document.Origin,
        };
    }
}
