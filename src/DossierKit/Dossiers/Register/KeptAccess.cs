using System.Collections.Concurrent;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// What people may do in the dossiers of the catalogue, kept so that the next list asks only what changed: to decide on thousands of dossiers, by names and offices, takes as long as a
/// page may take. Kept for one person as the staff register had it, on one day; of each dossier for one standing. Whatever changes is decided anew.
/// </summary>
internal sealed class KeptAccess
{
    private readonly ConcurrentDictionary<PersonId, Kept> _kept = new();

    /// <summary>The dossiers somebody may at least know of, by number, with what he may do there.</summary>
    /// <param name="person">Who asks, as the staff register has it now.</param>
    /// <param name="all">All dossiers, by number; the same list as long as none changed.</param>
    /// <param name="today">The day.</param>
    public Kept Of(StaffPerson person, IReadOnlyList<(OpaqueId Stream, CaseStanding Standing)> all, DateOnly today)
    {
        var before = _kept.TryGetValue(person.Id, out var kept) && ReferenceEquals(kept.Person, person) && kept.Day == today ? kept : null;
        if (before is not null && ReferenceEquals(before.All, all)) return before;
        var byStanding = new Dictionary<CaseStanding, DossierAccess>(all.Count, ReferenceEqualityComparer.Instance);
        var known = new List<(CaseStanding, DossierAccess)>();
        foreach (var (_, standing) in all)
        {
            if (before is null || !before.ByStanding.TryGetValue(standing, out var access)) access = standing.IsBeingMade ? DossierAccess.None : DossierAccess.Of(person, standing, today);
            byStanding[standing] = access;
            if (access.MayKnowOf) known.Add((standing, access));
        }

        return _kept[person.Id] = new Kept(person, today, all, known, byStanding);
    }

    /// <summary>What one person may do, and the list made of it when it was first asked for.</summary>
    internal sealed record Kept(
        StaffPerson Person, DateOnly Day, IReadOnlyList<(OpaqueId, CaseStanding)> All, IReadOnlyList<(CaseStanding Standing, DossierAccess Access)> Known, Dictionary<CaseStanding, DossierAccess> ByStanding)
    {
        private IReadOnlyList<DossierListing>? _list;

        public IReadOnlyList<DossierListing> List => _list ??= [.. Known.Select(entry => Listing(entry.Standing, entry.Access))];

        // Who may not know how far it is (BPI 101) hears that it was decided on and no more.
        private static DossierListing Listing(CaseStanding standing, DossierAccess access) => access.MayKnowProgress
            ? new DossierListing(standing.Number, standing.Phase, standing.StartedOn, standing.ClosedOn, standing.Protocol) { MayOpen = access.MayOpen }
            : new DossierListing(standing.Number, standing.Phase < DossierPhase.Opdracht ? standing.Phase : DossierPhase.Opdracht, standing.StartedOn, null, standing.Protocol) { MayOpen = access.MayOpen };
    }
}
