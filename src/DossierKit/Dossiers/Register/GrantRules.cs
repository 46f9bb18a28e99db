namespace DossierKit.Dossiers;

/// <summary>To whom a file may be opened, and for how long: pure.</summary>
internal static class GrantRules
{
    /// <summary>The longest time a file is opened to somebody who has no part in the case: long enough to read and advise, short enough to be asked again.</summary>
    public const int MostDays = 31;

    public static IEnumerable<Refusal> Check(DossierState before, DossierEvent happening, Func<PersonId, StaffPerson?> find, CaseStanding standing, DateOnly today)
    {
        if (happening is InzageWithdrawn withdrawn && !standing.Grants.Any(grant => grant.Person == withdrawn.To && grant.File == withdrawn.File))
            yield return new("Deze inzage is er niet.", "Dit bestand is niet voor deze persoon opengesteld.", "Kijk welke inzage er loopt.") { Subject = happening.Name };
        if (happening is not InzageOpened opened) yield break;
        if (before.Files.FirstOrDefault(file => file.Id == opened.File) is not { } known)
            yield return new("Dit bestand is er niet.", "Het bestaat niet of is vernietigd.", "Kies een bestand uit de lijst van dit dossier.") { Subject = "bestand" };
        else if (known.Compartment == Compartment.Melder)
            yield return new("Dit bestand kan niet worden opengesteld.", "Wat over de melder gaat, blijft bij de functionaris integriteit (HRL 12.1).", "Kies een ander bestand.") { Subject = "bestand" };
        else if (known.Compartment == Compartment.Opnamen && opened.MayTakeOut)
            yield return new("Een opname kan niet worden meegenomen.", "Een opname wordt alleen in de kluis beluisterd (HRL 8.2).", "Stel de opname open om te beluisteren.") { Subject = "meenemen" };
        if (opened.Until < today || opened.Until > today.AddDays(MostDays))
            yield return new("Deze laatste dag kan niet.", $"Inzage is voor een tijd: vandaag tot ten hoogste {MostDays} dagen later.", "Kies een eerdere of latere laatste dag.") { Subject = "totEnMet" };
        if (find(opened.To) is not { } person) yield break; // who is not in the register is refused with every other handle
        if (person.Is(StaffRole.Beheerder, today))
            yield return new($"Aan '{opened.To}' kan geen inzage worden gegeven.", "Wie de machine beheert, ziet geen inhoud.", "Kies een ander.") { Subject = "aan" };
        // A neutral answer: who is part of the facts is not told to whoever asks.
        else if (standing.Conflicts(person))
            yield return new($"Aan '{opened.To}' kan nu geen inzage worden gegeven.", "De functionaris integriteit moet er eerst naar kijken.", "Vraag de functionaris integriteit.") { Subject = "aan", IsNeutral = true };
    }
}
