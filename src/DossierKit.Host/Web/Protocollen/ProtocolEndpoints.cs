using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Web.Protocollen;

/// <summary>The protocols at hand, and one of them by article. Rules are no secret: everybody who works here may read them.</summary>
internal static class ProtocolEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/protocollen", (DossierRegister register) => Pages.Of<ProtocolListPage>(new { register.Protocols.Library, Own = register.Staff.Municipality.ProtocolId })).ExcludeFromDescription();
        routes.MapGet("/protocollen/{id}/{versie?}", (string id, string? versie, HttpContext http, DossierRegister register)
            => register.Protocols.Library.Find(id, versie) is { } protocol
                ? Pages.Of<ProtocolPage>(new { Protocol = protocol, Filter = ProtocolFilter.Read(http.Request.Query) })
                : Problems.Of(StatusCodes.Status404NotFound, "Dit protocol is er niet.", "Kies er een uit de lijst van protocollen.")).ExcludeFromDescription();
    }
}
