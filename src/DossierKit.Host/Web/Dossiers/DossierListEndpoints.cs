using DossierKit.Dossiers;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The list of dossiers somebody may know of.</summary>
internal static class DossierListEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/dossiers", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            var all = await register.ListAsync(http.Visitor().Acting, ct);
            var query = DossierQuery.Of(http.Request.Query);
            // The newest first: that is where the work is.
            var found = all.Where(query.Matches).OrderByDescending(listing => listing.StartedOn).ThenByDescending(listing => listing.Number.Value, StringComparer.Ordinal).ToList();
            return Pages.Of<DossierListPage>(new
            {
                Query = query,
                Found = PageOf<DossierListing>.Of(found, query.Page, DossierQuery.PageSize),
                Years = all.Select(listing => listing.StartedOn.Year).Distinct().OrderDescending().ToList(),
                Protocols = all.Select(listing => listing.Protocol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
                Any = all.Count > 0,
                MayCreate = register.HoldsToday(http.Visitor(), clock, StaffRole.Fi, StaffRole.PlaatsvervangendFi),
            });
        }).ExcludeFromDescription();
}
