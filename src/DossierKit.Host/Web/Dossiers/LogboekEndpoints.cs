using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>Who opened what of a dossier, and when; for the FI and the verantwoordelijke of the case.</summary>
internal static class LogboekEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder dossier)
        => dossier.MapGet("/logboek", async (AtDossier at, HttpContext http, string? ouder, CancellationToken ct)
            => at.Dossier.MaySeeLog
                ? Pages.Of<LogboekPage>(new { at.Dossier, Found = await at.Dossier.LogAsync(string.IsNullOrEmpty(ouder) ? null : ouder, PageSize, ct), IsFirst = string.IsNullOrEmpty(ouder) })
                : Problems.NotThere(http)).ExcludeFromDescription();
}
