using System.Collections.Concurrent;

namespace DossierKit.Dossiers;

/// <summary>
/// The lists that people asked for, kept so that the next asks only what changed: to decide on thousands of dossiers, by names and offices, takes as long as a page may take.
/// A list is kept for one person as the staff register had it, on one day; of each dossier for one standing. Whatever changes is decided anew.
/// </summary>
internal sealed class KeptListings
{
    private readonly ConcurrentDictionary<PersonId, Kept> _kept = new();

    /// <summary>The dossiers somebody may at least know of, by number.</summary>
    /// <param name="person">Who asks, as the staff register has it now.</param>
    /// <param name="all">All dossiers, by number; the same list as long as none changed.</param>
    /// <param name="today">The day.</param>
    public IReadOnlyList<DossierListing> Of(StaffPerson person, IReadOnlyList<(Vault.OpaqueId Stream, CaseStanding Standing)> all, DateOnly today)
    {
        var known = _kept.TryGetValue(person.Id, out var kept) && ReferenceEquals(kept.Person, person) && kept.Day == today ? kept : null;
        if (known is not null && ReferenceEquals(known.All, all)) return known.List;
        var byStanding = new Dictionary<CaseStanding, DossierListing?>(all.Count, ReferenceEqualityComparer.Instance);
        var list = new List<DossierListing>();
        foreach (var (_, standing) in all)
        {
            if (known is null || !known.ByStanding.TryGetValue(standing, out var listing)) listing = Listing(person, standing, today);
            byStanding[standing] = listing;
            if (listing is not null) list.Add(listing);
        }

        _kept[person.Id] = new Kept(person, today, all, list, byStanding);
        return list;
    }

    private static DossierListing? Listing(StaffPerson person, CaseStanding standing, DateOnly today)
    {
        var access = standing.IsBeingMade ? DossierAccess.None : DossierAccess.Of(person, standing, today);
        if (!access.MayKnowOf) return null;
        // Who may not know how far it is (BPI 101) hears that it was decided on and no more.
        return access.MayKnowProgress
            ? new DossierListing(standing.Number, standing.Phase, standing.StartedOn, standing.ClosedOn, standing.Protocol) { MayOpen = access.MayOpen }
            : new DossierListing(standing.Number, standing.Phase < DossierPhase.Opdracht ? standing.Phase : DossierPhase.Opdracht, standing.StartedOn, null, standing.Protocol) { MayOpen = access.MayOpen };
    }

    private sealed record Kept(
        StaffPerson Person, DateOnly Day, IReadOnlyList<(Vault.OpaqueId, CaseStanding)> All, IReadOnlyList<DossierListing> List, Dictionary<CaseStanding, DossierListing?> ByStanding);
}
