using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>Who opened what of a dossier, and when; for the FI and the verantwoordelijke of the case.</summary>
internal static class LogboekEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/logboek", async (AtDossier at, HttpContext http, string? ouder, CancellationToken ct)
            => at.Dossier.MaySeeLog
                ? Pages.Of<LogboekPage>(new { at.Dossier, Found = await at.Dossier.LogAsync(string.IsNullOrEmpty(ouder) ? null : ouder, PageSize, ct), IsFirst = string.IsNullOrEmpty(ouder) })
                : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapGet("/bestanden/{id}/geopend", async (string id, AtDossier at, HttpContext http, string? ouder, CancellationToken ct) =>
        {
            if (!at.Dossier.MaySeeLog || !FileId.TryParse(id, out var asked) || at.Dossier.State.FindFile(asked) is not { } file) return Problems.NotThere(http);
            // The log is kept by time, not by file: a page of it holds those of this file, and says where to look further.
            var found = await at.Dossier.LogAsync(string.IsNullOrEmpty(ouder) ? null : ouder, 500, ct);
            return Pages.Of<LogboekPage>(new { at.Dossier, File = file, Found = found with { Entries = [.. found.Entries.Where(entry => entry.File == file.Id)] }, IsFirst = string.IsNullOrEmpty(ouder) });
        }).ExcludeFromDescription();
    }
}
