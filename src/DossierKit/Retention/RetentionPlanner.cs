using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>
/// Decides for every dossier and everything in it that has a time of its own: keep, destroy or hand over, and why. Pure: the same entries, list, protocols and day give the same
/// plan. The rules stand in the README of this folder.
/// </summary>
public static class RetentionPlanner
{
    /// <summary>Makes the plan of a day.</summary>
    /// <param name="entries">The dossiers, as the archive door gives them.</param>
    /// <param name="list">The selectielijst in use: for a class named at the closing, and for when what is kept for good goes to the archive. A class that was set keeps the terms it was set with.</param>
    /// <param name="protocolOf">Finds a protocol by id and version; <see langword="null"/> when it is not known: then recordings are kept.</param>
    /// <param name="today">The legal date.</param>
    /// <returns>The plan, in the order of the entries.</returns>
    public static RetentionPlan Plan(IReadOnlyList<ArchiveEntry> entries, Selectielijst list, Func<string, string?, Protocol?> protocolOf, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(protocolOf);
        var items = new List<RetentionItem>(entries.Count);
        foreach (var entry in entries) items.AddRange(PlanOf(entry, list, protocolOf, today));
        return new RetentionPlan(today, items);
    }

    /// <summary>The items of one dossier: itself, then what lies in it.</summary>
    /// <param name="entry">The dossier.</param>
    /// <param name="list">The selectielijst in use.</param>
    /// <param name="protocolOf">Finds a protocol by id and version.</param>
    /// <param name="today">The legal date.</param>
    /// <returns>The items.</returns>
    public static IReadOnlyList<RetentionItem> PlanOf(ArchiveEntry entry, Selectielijst list, Func<string, string?, Protocol?> protocolOf, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(protocolOf);
        var protocol = protocolOf(entry.Protocol, entry.ProtocolVersion);
        var dossier = DossierPlanning.Of(entry, list, protocol, today);
        return entry.Retention.Recordings.Count == 0 ? [dossier] : [dossier, .. RecordingPlanning.Of(entry, protocol, dossier, today)];
    }
}
