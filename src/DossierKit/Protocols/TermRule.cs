using System.Globalization;

namespace DossierKit.Protocols;

/// <summary>The unit of a term.</summary>
public enum TermUnit
{
    /// <summary><c>werkdagen</c>: no Saturdays, Sundays and free days.</summary>
    Workdays,

    /// <summary><c>kalenderdagen</c>.</summary>
    Days,

    /// <summary><c>weken</c>.</summary>
    Weeks,

    /// <summary><c>maanden</c>; a day that the month lacks becomes its last.</summary>
    Months,

    /// <summary><c>jaren</c>; 29 February becomes the 28th.</summary>
    Years,
}

/// <summary>How long a term is. The day of the event does not count.</summary>
/// <param name="Count">How many, 0 or more; 0 is the day itself.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct TermLength(int Count, TermUnit Unit)
{
    /// <summary>The last day of a term that starts with an event on <paramref name="from"/>.</summary>
    /// <param name="from">The day of the event.</param>
    /// <param name="workdays">The werkdagen to count with.</param>
    /// <param name="movesToWorkday">Whether an end on a free day moves to the next werkdag; counts for units other than werkdagen, and not for a length of 0.</param>
    /// <returns>The last day; never before <paramref name="from"/>.</returns>
    public DateOnly DueFrom(DateOnly from, Workdays workdays, bool movesToWorkday)
    {
        ArgumentNullException.ThrowIfNull(workdays);
        if (Count == 0) return from;
        if (Unit == TermUnit.Workdays) return workdays.Add(from, Count);
        var end = Unit switch
        {
            TermUnit.Days => from.AddDays(Count),
            TermUnit.Weeks => from.AddDays(7 * Count),
            TermUnit.Months => from.AddMonths(Count),
            _ => from.AddYears(Count),
        };
        return movesToWorkday ? workdays.OnOrAfter(end) : end;
    }

    /// <summary>The length in Dutch, such as <c>5 werkdagen</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var (one, many) = Unit switch
        {
            TermUnit.Workdays => ("werkdag", "werkdagen"),
            TermUnit.Days => ("kalenderdag", "kalenderdagen"),
            TermUnit.Weeks => ("week", "weken"),
            TermUnit.Months => ("maand", "maanden"),
            _ => ("jaar", "jaren"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Count} {(Count == 1 ? one : many)}");
    }
}

/// <summary>What a term runs for.</summary>
public enum TermScope
{
    /// <summary><c>dossier</c>: once for the whole case.</summary>
    Dossier,

    /// <summary><c>persoon</c>: once for each person it concerns.</summary>
    Person,

    /// <summary><c>gesprek</c>: once for each person and each gesprek (or other thing the events refer to).</summary>
    Reference,

    /// <summary><c>gemeente</c>: for the municipality as a whole, such as a yearly report; no event of a dossier starts it.</summary>
    Municipality,
}

/// <summary>A term: from an event, within a length, until another event.</summary>
public sealed record TermRule
{
    /// <summary>The term's id; unique in the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>What must be done, Dutch, short.</summary>
    public required string Title { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>Who must act.</summary>
    public required string Actor { get; init; }

    /// <summary>The rule in plain Dutch (B1).</summary>
    public required string Text { get; init; }

    /// <summary>How long; <see langword="null"/> means that this protocol names the act but sets no term (<c>"lengte": "geen"</c>).</summary>
    public TermLength? Length { get; init; }

    /// <summary>What it runs for.</summary>
    public required TermScope Scope { get; init; }

    /// <summary>The roles (actors) of the persons it concerns, such as <c>betrokkene</c>; empty: any.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Events that start it; empty only for <see cref="TermScope.Municipality"/>.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Events that meet it.</summary>
    public IReadOnlyList<string> MetBy { get; init; } = [];

    /// <summary>The event that postpones it until a review date; <see langword="null"/> when it cannot be postponed.</summary>
    public string? PostponedBy { get; init; }

    /// <summary>Events after which the term is no longer asked for at all.</summary>
    public IReadOnlyList<string> LapsesBy { get; init; } = [];

    /// <summary>Whether every starting event starts it anew (a verslag sent a second time), rather than only the first.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether an act from before the starting event meets it too (a kennisgeving given before the uitnodiging).</summary>
    public bool EarlierCounts { get; init; }

    /// <summary>When it applies. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }
}
