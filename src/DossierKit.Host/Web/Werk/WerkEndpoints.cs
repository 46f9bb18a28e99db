namespace DossierKit.Host.Web.Werk;

/// <summary>Where everybody begins.</summary>
internal static class WerkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/werk")).ExcludeFromDescription();
        routes.MapGet("/werk", () => Pages.Of<WerkPage>()).ExcludeFromDescription();
    }
}
