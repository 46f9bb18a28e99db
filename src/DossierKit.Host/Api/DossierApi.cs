using DossierKit.Dossiers;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary><c>/v1/dossiers</c>: which dossiers there are, and one of them.</summary>
internal static class DossierApi
{
    /// <summary>Maps the routes.</summary>
    /// <param name="api">The group <c>/v1</c>.</param>
    /// <param name="dossier">The group <c>/v1/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder dossier)
    {
        api.MapGet("/dossiers", async (HttpContext http, DossierRegister register, CancellationToken ct)
            => (await register.ListAsync(http.Visitor().Acting, ct)).Select(listing => new { nummer = listing.Number.Value, protocol = listing.Protocol }));
        dossier.MapGet("", (AtDossier at) => new { nummer = at.Dossier.Number.Value });
    }
}
