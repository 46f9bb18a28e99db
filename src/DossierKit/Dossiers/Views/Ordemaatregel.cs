namespace DossierKit.Dossiers;

/// <summary>When a betrokkene was heard about an ordemaatregel.</summary>
public enum OrdemaatregelHearing
{
    /// <summary>Before it was imposed.</summary>
    Before,

    /// <summary>After it: it could not wait.</summary>
    After,

    /// <summary>Not yet.</summary>
    NotYet,
}

/// <summary>A temporary measure to keep order, with what became of it.</summary>
public sealed record Ordemaatregel
{
    /// <summary>How it was imposed.</summary>
    public required OrdemaatregelImposed Imposed { get; init; }

    /// <summary>Its extensions, oldest first.</summary>
    public IReadOnlyList<OrdemaatregelExtended> Extensions { get; init; } = [];

    /// <summary>How it ended; <see langword="null"/> while no end was recorded.</summary>
    public OrdemaatregelEnded? Ended { get; init; }

    /// <summary>The hearing afterwards, if there was one.</summary>
    public OrdemaatregelHeard? Heard { get; init; }

    /// <summary>The last day as it now stands; <see langword="null"/> when it has a day of review instead.</summary>
    public DateOnly? Until => Extensions.Count > 0 ? Extensions[^1].Until : Imposed.Until;

    /// <summary>The day it is judged again; <see langword="null"/> when it has a last day.</summary>
    public DateOnly? ReviewOn => Until is null ? Imposed.ReviewOn : null;

    /// <summary>Whether the betrokkene was heard, and when.</summary>
    public OrdemaatregelHearing Hearing => Imposed.WasHeard ? OrdemaatregelHearing.Before : Heard is null ? OrdemaatregelHearing.NotYet : OrdemaatregelHearing.After;

    /// <summary>Whether it still holds on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns><see langword="false"/> once it was ended, or after its last day.</returns>
    public bool RunsOn(DateOnly day) => Imposed.Date <= day && !(Ended?.Date <= day) && !(Until < day);

    /// <summary>What somebody must do about it on a day, Dutch; <see langword="null"/> when nothing.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The work that waits.</returns>
    public string? WorkOn(DateOnly day)
    {
        if (Ended is not null) return null;
        if (Until is null && ReviewOn is null) return "geen einddatum: kies een laatste dag of een dag van heroverweging";
        if (Until < day) return "de laatste dag is voorbij: leg het einde vast of verleng";
        if (ReviewOn < day) return "heroverwegen had gemoeten: verleng of beëindig";
        return Hearing == OrdemaatregelHearing.NotYet ? "de betrokkene nog horen" : null;
    }

    internal static IReadOnlyList<Ordemaatregel> Of(IEnumerable<DossierEvent> events)
    {
        var measures = new List<Ordemaatregel>();
        foreach (var happening in events)
        {
            switch (happening)
            {
                case OrdemaatregelImposed imposed:
                    measures.Add(new Ordemaatregel { Imposed = imposed });
                    break;
                case OrdemaatregelExtended extended:
                    Change(extended.Betrokkene, extended.Measure, measure => measure with { Extensions = [.. measure.Extensions, extended] });
                    break;
                case OrdemaatregelHeard heard:
                    Change(heard.Betrokkene, heard.Measure, measure => measure with { Heard = heard });
                    break;
                case OrdemaatregelEnded ended:
                    Change(ended.Betrokkene, ended.Measure, measure => measure with { Ended = ended });
                    break;
            }
        }

        return measures;

        // Without a reference it is the last one that has not ended.
        void Change(PersonId betrokkene, string? reference, Func<Ordemaatregel, Ordemaatregel> change)
        {
            var at = measures.FindLastIndex(measure => measure.Imposed.Betrokkene == betrokkene && measure.Ended is null && (reference is null || measure.Imposed.Reference == reference));
            if (at >= 0) measures[at] = change(measures[at]);
        }
    }
}
