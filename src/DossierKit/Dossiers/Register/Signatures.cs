using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>Who may sign for a case: a verantwoordelijke whose office has authority in it, and who is no part of the facts.</summary>
internal static class Signatures
{
    /// <summary>Why this person may not sign now; <see langword="null"/> when he may, or when the event asks for no signature.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="find">Finds someone of the staff.</param>
    /// <param name="standing">How people stand to the case.</param>
    /// <param name="today">The legal date.</param>
    public static Refusal? Check(DossierEvent happening, Func<PersonId, StaffPerson?> find, CaseStanding standing, DateOnly today)
    {
        PersonId? signatory = happening switch
        {
            ProtocolDeviated deviated => deviated.SignedBy,
            ProtocolSwitched switched => switched.SignedBy,
            InzageOpened opened => opened.SignedBy,
            _ => null,
        };
        if (signatory is not { } id) return null;
        var offices = find(id)?.Appointments.Where(appointment => appointment.Role == StaffRole.Verantwoordelijke && appointment.IsInForceOn(today)).Select(appointment => appointment.Office).ToList();
        if (offices is not { Count: > 0 })
        {
            return new Refusal(
                $"'{id}' is nu geen verantwoordelijke.", "Alleen een verantwoordelijke tekent voor een afwijking, een ander protocol of inzage.", "Noem bij 'verantwoordelijke' iemand die dat nu is.")
            { Subject = "verantwoordelijke" };
        }

        if (standing.Offices.Count > 0 && !offices.Any(office => office is not null && standing.Offices.Contains(office, StringComparer.Ordinal)))
        {
            return new Refusal(
                $"'{id}' is in deze zaak niet bevoegd.", $"Volgens het protocol is dat hier: {string.Join(", ", standing.Offices)}.", "Laat iemand tekenen die dit ambt heeft.")
            { Subject = "verantwoordelijke" };
        }

        // A neutral answer: who is part of the facts is not told to whoever asks.
        return find(id) is { } person && standing.Conflicts(person)
            ? new Refusal($"'{id}' kan in deze zaak niet tekenen.", "De functionaris integriteit moet er eerst naar kijken.", "Vraag de functionaris integriteit.") { Subject = "verantwoordelijke" }
            : null;
    }

    /// <summary>
    /// Whether a deviation counts. Of a case from before the vault its verantwoordelijke may have been appointed later: only that the appointment had not ended is asked.
    /// </summary>
    public static bool Counts(ProtocolEvent deviation, Func<PersonId, StaffPerson?> find)
        => deviation.SignedBy is { } handle && PersonId.TryParse(handle, out var id)
            && find(id)?.Appointments.Any(appointment => appointment.Role == StaffRole.Verantwoordelijke && !(deviation.Date > appointment.Until)) == true;
}
