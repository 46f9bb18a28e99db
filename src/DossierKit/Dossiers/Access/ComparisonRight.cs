using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>
/// What somebody compares with earlier cases, by his task towards one betrokkene: each compares what is his to decide. Who commissions compares whether an onderzoek is started
/// (BPI 41-44); the FI whether it was worth one, and the oordeel; who imposes or advises on measures (HRL 11, HVN 3.7, BPI 103) the measures as well. HRL 11 gives the FI no part in measures, so an FI
/// never compares them, whatever other office he holds. An onderzoeker compares nothing: he finds facts.
/// </summary>
/// <param name="Inquiry">Whether an onderzoek was started.</param>
/// <param name="Oordeel">What was judged.</param>
/// <param name="Measure">Which measure was taken, and why one deviated.</param>
public readonly record struct ComparisonRight(bool Inquiry, bool Oordeel, bool Measure)
{
    /// <summary>Whether there is anything to compare.</summary>
    public bool IsAny => Inquiry || Oordeel || Measure;

    /// <summary>The rights of someone of the staff towards one betrokkene.</summary>
    internal static ComparisonRight Of(StaffPerson person, CaseStanding standing, DossierAccess access, CaseAuthority authority, DateOnly today)
    {
        var offices = AuthorityRules.OfficesOf(person, today);
        var readsBesluit = access.MayRead(Compartment.Besluit);
        var isFi = readsBesluit && (person.Is(StaffRole.Fi, today) || person.Is(StaffRole.PlaatsvervangendFi, today));
        // Who determines which measure fits (HRL 11): named in this case, not an adviser of another.
        var advises = person.Is(StaffRole.Adviseur, today) && standing.Appointed.Any(appointed => appointed.Person == person.Id && appointed.Role == StaffRole.Adviseur);
        // Who may not read what was decided in his own case decides on no measure either: a director hears of the opdracht alone (BPI 101).
        var measure = !isFi && readsBesluit && (AuthorityRules.HasTask(authority, AuthorityTask.Imposes, offices) || advises);
        var oordeel = isFi || measure || (readsBesluit && AuthorityRules.HasTask(authority, AuthorityTask.Judges, offices));
        var commissions = access.MayRead(Compartment.Opdracht)
            && (AuthorityRules.HasTask(authority, AuthorityTask.Commissions, offices) || person.Is(StaffRole.Directeur, today) || person.Is(StaffRole.HoofdBi, today));
        return new ComparisonRight(oordeel || commissions, oordeel, measure);
    }
}
