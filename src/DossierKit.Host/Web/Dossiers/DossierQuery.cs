using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>What somebody looks for in the list: numbers, phases and years, never content.</summary>
public sealed record DossierQuery
{
    public const int PageSize = 50;

    /// <summary>Part of a number.</summary>
    public string Number { get; init; } = "";

    public DossierPhase? Phase { get; init; }

    public int? Year { get; init; }

    public string Protocol { get; init; } = "";

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Number.Length > 0 || Phase is not null || Year is not null || Protocol.Length > 0;

    public static DossierQuery Of(IQueryCollection query) => new()
    {
        Number = query["nummer"].ToString().Trim(),
        Phase = Enum.GetValues<DossierPhase>().Where(phase => Words.Of(phase) == query["fase"].ToString()).Select(phase => (DossierPhase?)phase).FirstOrDefault(),
        Year = int.TryParse(query["jaar"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
        Protocol = query["protocol"].ToString(),
        Page = PageNumber.Of(query),
    };

    public bool Matches(DossierListing listing)
        => (Number.Length == 0 || listing.Number.Value.Contains(Number, StringComparison.OrdinalIgnoreCase))
            && (Phase is null || listing.Phase == Phase)
            && (Year is null || listing.StartedOn.Year == Year)
            && (Protocol.Length == 0 || listing.Protocol == Protocol);

    /// <summary>The address of this list, on another page.</summary>
    public string Url(int page) => PageNumber.Url(
        "/dossiers", page, ("nummer", Number), ("fase", Phase is { } phase ? Words.Of(phase) : ""), ("jaar", Year?.ToString(CultureInfo.InvariantCulture) ?? ""), ("protocol", Protocol));
}

/// <summary>One page of a list.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="Number">Which page, from 1.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Size">How many go on a page.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, int Number, int Total, int Size)
{
    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    /// <summary>A page of a list; past the end: the last.</summary>
    public static PageOf<T> Of(IReadOnlyList<T> all, int number, int size)
    {
        var page = Math.Clamp(number, 1, Math.Max(1, (all.Count + size - 1) / size));
        return new([.. all.Skip((page - 1) * size).Take(size)], page, all.Count, size);
    }
}
