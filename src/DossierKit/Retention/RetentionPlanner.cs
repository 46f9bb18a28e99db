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
        var items = new List<RetentionItem>(entries.Count + entries.Sum(entry => entry.Retention.Recordings.Count));
        // One protocol is looked up once, not a hundred thousand times.
        var known = new Dictionary<(string, string?), Protocol?>();
        foreach (var entry in entries) items.AddRange(PlanOf(entry, list, Find, today));
        return new RetentionPlan(today, items);

        Protocol? Find(string id, string? version)
        {
            if (!known.TryGetValue((id, version), out var protocol)) known[(id, version)] = protocol = protocolOf(id, version);
            return protocol;
        }
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
        var source = new PlanSource(entry, list, protocolOf(entry.Protocol, entry.ProtocolVersion), today);
        var dossier = DossierPlanning.Of(source, null);
        if (entry.Retention.Recordings.Count == 0) return [dossier];
        source.DossierDue = dossier.Due;
        var rule = source.RecordingRule;
        var items = new RetentionItem[entry.Retention.Recordings.Count + 1];
        items[0] = dossier;
        for (var i = 1; i < items.Length; i++) items[i] = RecordingPlanning.Of(source, entry.Retention.Recordings[i - 1], rule, null);
        return items;
    }
}

/// <summary>What the items of one dossier are planned from; kept with them, so that why can be told later.</summary>
internal sealed class PlanSource(ArchiveEntry entry, Selectielijst list, Protocol? protocol, DateOnly today)
{
    public ArchiveEntry Entry => entry;

    public Selectielijst List => list;

    public Protocol? Protocol => protocol;

    public DateOnly Today => today;

    /// <summary>The archiefactiedatum of the dossier, for recordings that follow it.</summary>
    public DateOnly? DossierDue { get; set; }

    public RetentionRule? DossierRule => Find("dossier");

    public RetentionRule? RecordingRule => Find("opname");

    public IReadOnlyList<RetentionReason> ReasonsOf(RetentionItem item)
    {
        var reasons = new List<RetentionReason>();
        if (item.Object is not { } id) DossierPlanning.Of(this, reasons);
        else RecordingPlanning.Of(this, Recording(id), RecordingRule, reasons);
        return reasons;
    }

    public IReadOnlyList<string> WarningsOf(RetentionItem item)
        => item.Object is not { } id ? DossierPlanning.WarningsOf(this, item) : RecordingPlanning.WarningsOf(this, Recording(id), item);

    private RecordingFacts Recording(Vault.OpaqueId id) => entry.Retention.Recordings.First(recording => recording.File.Value == id);

    private RetentionRule? Find(string what)
    {
        if (protocol is null) return null;
        foreach (var rule in protocol.Retention)
        {
            if (rule.What == what) return rule;
        }

        return null;
    }
}
