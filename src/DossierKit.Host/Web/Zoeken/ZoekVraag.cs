using DossierKit.Search;

namespace DossierKit.Host.Web.Zoeken;

/// <summary>What stands in the form.</summary>
public sealed record ZoekVraag
{
    public string Query { get; init; } = "";

    public string Purpose { get; init; } = "";

    /// <summary>As it stands in the form: empty (best first), <c>nieuw</c> or <c>oud</c>.</summary>
    public string Order { get; init; } = "";

    internal static ZoekVraag Of(IFormCollection form) => new() { Query = form["vraag"].ToString().Trim(), Purpose = form["doel"].ToString().Trim(), Order = form["volgorde"].ToString() };

    internal static ZoekVraag Of(SearchRequest request) => new()
    {
        Query = request.Query,
        Purpose = request.Purpose,
        Order = request.Order switch { SearchOrder.Newest => "nieuw", SearchOrder.Oldest => "oud", _ => "" },
    };

    internal SearchRequest ToRequest(int take) => new()
    {
        Query = Query,
        Purpose = Purpose,
        Take = take,
        Order = Order switch { "nieuw" => SearchOrder.Newest, "oud" => SearchOrder.Oldest, _ => SearchOrder.Score },
    };

    /// <summary>The query with one thing more that every hit must have.</summary>
    internal static string Narrow(string query, string clause)
        => clause.Length == 0 || query.Contains(clause, StringComparison.Ordinal) ? query : query.StartsWith("+(", StringComparison.Ordinal) ? $"{query} +{clause}" : $"+({query}) +{clause}";
}
