namespace DossierKit.Host.Web.Hulp;

/// <summary>Help, and how accessible the pages are: for everybody, also before signing in.</summary>
internal static class HulpEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hulp", () => Pages.Of<HulpPage>()).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/toegankelijkheid", () => Pages.Of<ToegankelijkheidPage>()).AllowAnonymous().ExcludeFromDescription();
    }
}
