using DossierKit.Vault;

namespace DossierKit.Host.Serving;

/// <summary>
/// Whether the host runs and whether it can do its work, for whoever watches it: one word and a status, nothing of what is in it.
/// <c>/gezondheid</c> is 503 while the vault takes no changes (after a failure of the disk) or the host is stopping; <c>/gezondheid/leeft</c> is 200 for as long as the host answers.
/// </summary>
internal static class HealthPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/gezondheid", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, DossierVault vault, IHostApplicationLifetime life) => State(vault, life) switch
        {
            "gezond" => Results.Text("gezond\n"),
            var state => Unwell(http, state),
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/gezondheid/leeft", [HttpMethods.Get, HttpMethods.Head], () => Results.Text("leeft\n")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>One word.</summary>
    public static string State(DossierVault vault, IHostApplicationLifetime life)
        => life.ApplicationStopping.IsCancellationRequested ? "stopt" : vault.TakesNoChanges is not null ? "alleen-lezen" : "gezond";

    private static IResult Unwell(HttpContext http, string state)
    {
        http.Response.Headers.RetryAfter = "10";
        return Results.Text(state + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
