using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>What waits for whoever keeps the dossiers: recordings that must go or are late, recordings nobody's rule covers, holds to be looked at again.</summary>
public static class RetentionWork
{
    /// <summary>A hold is shown this many days before its review.</summary>
    public const int DaysBeforeReview = 14;

    /// <summary>The work of a person, from the catalogue alone: no dossier is opened. Empty for whoever is no FI, deputy or archivaris.</summary>
    /// <param name="register">The register.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The work, by day, then by number.</returns>
    public static async ValueTask<IReadOnlyList<WorkItem>> OfAsync(DossierRegister register, ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(person);
        // Whole dossiers have no alarm of their own: they go in rounds, by lists.
        var entries = await register.KeptByAsync(person, facts => facts.Recordings.Count > 0 || facts.Holds.Count > 0, ct);
        if (entries.Count == 0) return [];
        var list = (await SelectielijstLibrary.LoadAsync(register, ct)).InUse;
        return Of(RetentionPlanner.Plan(entries, list, register.Protocols.Library.Find, register.Today));
    }

    /// <summary>What of a plan asks for somebody: one line for the recordings of a dossier and one for each hold.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The work, by day, then by number.</returns>
    public static IReadOnlyList<WorkItem> Of(RetentionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var work = new List<WorkItem>();
        foreach (var dossier in plan.Items.GroupBy(item => item.Dossier))
        {
            var due = dossier.Where(item => item.Kind != RetentionObject.Dossier && (item.Status is RetentionStatus.Moet or RetentionStatus.TeLaat || (item.Status == RetentionStatus.Mag && item.Due is null && item.ClosedOn is not null))).ToList();
            if (due.Count > 0)
            {
                var last = due.Min(item => item.Due);
                work.Add(new WorkItem(dossier.Key, WorkKind.Keeping, "opname", last is null ? "Besluiten of een opname nog nodig is: het protocol zegt niets" : "Een opname vernietigen", due[0].Reasons[^1].Article, null) { Due = last });
            }

            foreach (var hold in dossier.SelectMany(item => item.Holds).DistinctBy(hold => hold.Id).Where(hold => hold.ReviewOn <= plan.Today.AddDays(DaysBeforeReview)))
                work.Add(new WorkItem(dossier.Key, WorkKind.Keeping, $"bewaargrond:{hold.Id}", $"Een bewaargrond ({JsonWords.Of(hold.Kind)}) opnieuw bekijken", "", null) { Due = hold.ReviewOn });
        }

        return [.. work.OrderBy(item => item.Due ?? DateOnly.MinValue).ThenBy(item => item.Dossier.Value, StringComparer.Ordinal)];
    }
}
