using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The documents and files of a dossier, and what was sent to whom.</summary>
internal static class DocumentenEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/documenten", async (AtDossier at, HttpContext http, SearchDesk search, CancellationToken ct) =>
        {
            if (!MaySee(at.Dossier)) return Problems.NotThere(http);
            var query = PapersQuery.Of(http.Request.Query);
            return Pages.Of<DocumentenPage>(new { at.Dossier, Query = query, Found = Papers.Of(at.Dossier, query), Findings = await (await search.SearchAsync(ct)).FindingsAsync(at.Dossier, ct) });
        }).ExcludeFromDescription();

        dossier.MapGet("/verzendingen", (AtDossier at, HttpContext http) => MaySee(at.Dossier)
            ? Pages.Of<VerzendingenPage>(new { at.Dossier, Found = PageOf<Dispatch>.Of([.. at.Dossier.State.Dispatches.Reverse()], PageNumber.Of(http.Request.Query), Papers.PageSize) })
            : Problems.NotThere(http)).ExcludeFromDescription();
    }

    /// <summary>Whether there is any compartment with files this person may read.</summary>
    public static bool MaySee(OpenDossier dossier) => dossier.State.Files.Count > 0 || Compartment.WithFiles.Any(place => dossier.Access.MayRead(place));

    /// <summary>Whether this person may add a file somewhere.</summary>
    public static bool MayAdd(OpenDossier dossier) => Compartment.WithFiles.Any(place => dossier.Access.MayWrite(place));
}
