using System.Globalization;

using DossierKit.Host.Cli;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>What somebody looks for in the plan.</summary>
public sealed record RetentionQuery
{
    public const int PageSize = 50;

    /// <summary>Part of a number.</summary>
    public string Number { get; init; } = "";

    public RetentionStatus? Status { get; init; }

    /// <summary>True: recordings and what goes with them; false: dossiers; <see langword="null"/>: both.</summary>
    public bool? Recordings { get; init; }

    /// <summary>The year it may or must go.</summary>
    public int? Year { get; init; }

    /// <summary>The number of its class.</summary>
    public string Class { get; init; } = "";

    /// <summary>Only what somebody should look at.</summary>
    public bool WithWarnings { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public bool IsFiltered => Number.Length > 0 || Status is not null || Recordings is not null || Year is not null || Class.Length > 0 || WithWarnings;

    public static RetentionQuery Of(IQueryCollection query) => new()
    {
        Number = query["nummer"].ToString().Trim(),
        Status = Words.TryParse<RetentionStatus>(query["stand"].ToString(), out var status) ? status : null,
        Recordings = query["soort"].ToString() switch { "opname" => true, "dossier" => false, _ => null },
        Year = int.TryParse(query["jaar"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
        Class = query["klasse"].ToString().Trim(),
        WithWarnings = query["letop"] == "ja",
        Page = PageNumber.Of(query),
    };

    /// <param name="item">An item of the plan.</param>
    /// <param name="today">The day of the plan.</param>
    public bool Matches(RetentionItem item, DateOnly today)
        => (Number.Length == 0 || item.Dossier.Value.Contains(Number, StringComparison.OrdinalIgnoreCase))
            && (Status is null || item.Status == Status)
            && (Recordings is not { } recordings || recordings == (item.Kind != RetentionObject.Dossier))
            && (Year is null || YearOf(item, today) == Year)
            && (Class.Length == 0 || item.Class?.Result == Class)
            && (!WithWarnings || item.Warnings.Count > 0);

    /// <summary>The year something is to be done with an item, as the forecast counts it: what was due before is to be done this year; what is held, open or without a class has none.</summary>
    public static int? YearOf(RetentionItem item, DateOnly today)
        => item.Due is not { } due || item.Status is RetentionStatus.Vastgehouden or RetentionStatus.Overgedragen or RetentionStatus.Open or RetentionStatus.Ongeclassificeerd ? null : Math.Max(due.Year, today.Year);

    /// <summary>The address of this list, on another page.</summary>
    public string Url(int page) => PageNumber.Url(
        "/bewaring", page,
        ("nummer", Number), ("stand", Status is { } status ? Words.Of(status) : ""), ("soort", Recordings switch { true => "opname", false => "dossier", _ => "" }),
        ("jaar", Year?.ToString(CultureInfo.InvariantCulture) ?? ""), ("klasse", Class), ("letop", WithWarnings ? "ja" : ""));
}
