namespace DossierKit.Host.Serving;

/// <summary>
/// While the host stops, what runs may end (<see cref="HostSettings.ShutdownTimeout"/>), and nothing new that writes begins: it is refused with the word when to come back,
/// so that nobody wonders whether it was kept.
/// </summary>
internal static class Stopping
{
    public static void Use(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use(async (http, next) =>
        {
            if (!stopping.IsCancellationRequested || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            {
                await next(http);
                return;
            }

            http.Response.Headers.RetryAfter = "30";
            http.Response.Headers.Connection = "close";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "Het programma wordt opnieuw gestart.", "Er is niets opgeslagen. Probeer het over een halve minuut nog eens.").ExecuteAsync(http);
        });
    }
}
