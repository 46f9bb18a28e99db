namespace DossierKit.Retention;

/// <summary>A number of items and their length.</summary>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Their length together.</param>
public readonly record struct ForecastAmount(int Count, long Bytes)
{
    internal ForecastAmount Plus(RetentionItem item) => new(Count + 1, Bytes + item.Bytes);
}

/// <summary>What is coming in one year.</summary>
/// <param name="Year">The year; what is due already counts in the year of the plan.</param>
public sealed record ForecastYear(int Year)
{
    /// <summary>Dossiers whose archiefactiedatum is to destroy them.</summary>
    public ForecastAmount Destroyed { get; init; }

    /// <summary>Dossiers that go to the archive.</summary>
    public ForecastAmount Transferred { get; init; }

    /// <summary>Recordings, copies and transcripts that are due; those of a dossier count also when it goes itself.</summary>
    public ForecastAmount Recordings { get; init; }

    /// <summary>The dossiers by class, destroyed and transferred together.</summary>
    public IReadOnlyDictionary<string, ForecastAmount> ByClass { get; init; } = new Dictionary<string, ForecastAmount>();
}

/// <summary>What is coming, per year, and what has no year: every item of the plan is in exactly one place.</summary>
public sealed record RetentionForecast
{
    /// <summary>The day of the plan.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The years in which something is due, the first first.</summary>
    public required IReadOnlyList<ForecastYear> Years { get; init; }

    /// <summary>What has no year, by how it stands: open, held, unclassified, ripe without a day, transferred already.</summary>
    public required IReadOnlyDictionary<RetentionStatus, ForecastAmount> WithoutYear { get; init; }

    /// <summary>Makes the forecast of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The forecast.</returns>
    public static RetentionForecast Of(RetentionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var years = new SortedDictionary<int, (ForecastAmount Destroyed, ForecastAmount Transferred, ForecastAmount Recordings, SortedDictionary<string, ForecastAmount> Classes)>();
        var without = new SortedDictionary<RetentionStatus, ForecastAmount>();
        foreach (var item in plan.Items)
        {
            if (item.Due is not { } due || item.Status is RetentionStatus.Vastgehouden or RetentionStatus.Overgedragen or RetentionStatus.Open or RetentionStatus.Ongeclassificeerd)
            {
                without[item.Status] = without.GetValueOrDefault(item.Status).Plus(item);
                continue;
            }

            var year = Math.Max(due.Year, plan.Today.Year);
            var found = years.TryGetValue(year, out var known) ? known : (default, default, default, new SortedDictionary<string, ForecastAmount>(StringComparer.Ordinal));
            if (item.Kind != RetentionObject.Dossier)
            {
                found.Recordings = found.Recordings.Plus(item);
            }
            else
            {
                // What is kept for good has no day on which it may be destroyed.
                if (item.Ripe is null) found.Transferred = found.Transferred.Plus(item);
                else found.Destroyed = found.Destroyed.Plus(item);
                var number = item.Class?.Result ?? "";
                found.Classes[number] = found.Classes.GetValueOrDefault(number).Plus(item);
            }

            years[year] = found;
        }

        return new RetentionForecast
        {
            Today = plan.Today,
            Years =
            [
                .. years.Select(year => new ForecastYear(year.Key)
                {
                    Destroyed = year.Value.Destroyed,
                    Transferred = year.Value.Transferred,
                    Recordings = year.Value.Recordings,
                    ByClass = year.Value.Classes,
                }),
            ],
            WithoutYear = without,
        };
    }
}
