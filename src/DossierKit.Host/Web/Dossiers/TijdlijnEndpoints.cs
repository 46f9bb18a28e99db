using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>What happened in a dossier, and one happening with all its fields.</summary>
internal static class TijdlijnEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/tijdlijn", (AtDossier at, HttpContext http) =>
        {
            var query = TimelineQuery.Of(http.Request.Query);
            return Pages.Of<TijdlijnPage>(new { at.Dossier, Query = query, Found = PageOf<TimelineLine>.Of(Timeline.Of(at.Dossier, query), query.Page, Timeline.PageSize) });
        }).ExcludeFromDescription();

        dossier.MapGet("/gebeurtenissen/{id}", (string id, AtDossier at, HttpContext http)
            => OpaqueId.TryParse(id, out var entry) && at.Dossier.State.Events.FirstOrDefault(recorded => recorded.Entry == entry) is { } found
                ? Pages.Of<GebeurtenisPage>(new { at.Dossier, Recorded = found })
                : Problems.NotThere(http)).ExcludeFromDescription();
    }
}
