using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A dossier that a person may read something of.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Number">Its number.</param>
/// <param name="Access">What he may do there.</param>
internal sealed record SearchableDossier(OpaqueId Stream, DossierNumber Number, DossierAccess Access);

public sealed partial class DossierRegister
{
    /// <summary>
    /// The dossiers of which somebody may read a compartment, by number. A single file that was opened to him counts for nothing here: that is for reading it, not for finding in it.
    /// By the catalogue, which is in step with a dossier as long as <see cref="IsUnchangedAsync"/> says so.
    /// </summary>
    internal async ValueTask<IReadOnlyList<SearchableDossier>> SearchableAsync(ActingPerson person, CancellationToken ct)
    {
        await Staff.RefreshAsync(ct);
        if (Staff.Find(person) is not { } known) return [];
        var all = await _index.AllAsync(ct);
        var access = _access.Of(known, all, Today).ByStanding;
        return [.. all.Where(entry => access[entry.Standing].MayOpen).Select(entry => new SearchableDossier(entry.Stream, entry.Standing.Number, access[entry.Standing]))];
    }

    /// <summary>Logs a search: that it was done in the log of all doors, what was asked and why in the log of searches. Durable when it returns.</summary>
    internal async ValueTask LogSearchAsync(ActingPerson person, bool needsReview, SearchRecord record, CancellationToken ct)
    {
        await Log.WriteAsync(new AccessRecord { Act = AccessAct.Searched, Person = person.Id, Via = person.Kind, NeedsReview = needsReview }, null, null, ct);
        await Searches.WriteAsync(record, ct);
    }

    /// <summary>Destroys what the logs keep of why dossiers were opened, and of what was asked and found in them.</summary>
    internal async ValueTask ForgetPurposesAsync(IReadOnlyCollection<OpaqueId> dossiers, CancellationToken ct)
    {
        await Log.ForgetAsync(dossiers, ct);
        await Searches.ForgetAsync(dossiers, ct);
    }

    /// <summary>Every dossier, for whoever keeps the index.</summary>
    internal async ValueTask<IReadOnlyList<(OpaqueId Stream, DossierNumber Number)>> IndexableAsync(CancellationToken ct)
        => [.. (await _index.AllAsync(ct)).Where(entry => !entry.Standing.IsBeingMade).Select(entry => (entry.Stream, entry.Standing.Number))];

    /// <summary>Whether somebody is, or may be, part of the facts of a case of which the catalogue does not hold all names.</summary>
    internal bool Conflicts(ActingPerson person, CaseStanding standing) => Staff.Find(person) is not { } known || standing.Conflicts(known);

    /// <summary>Whether a dossier still ends at a commit, as any process sees it now. One look at one name.</summary>
    internal async ValueTask<bool> IsUnchangedAsync(OpaqueId stream, long head, CancellationToken ct)
        => !_vault.Catalogue.IsDestroyed(stream) && !await _vault.Services.Store.ExistsAsync(new StreamLayout(stream).Commit(head + 1), ct);
}
