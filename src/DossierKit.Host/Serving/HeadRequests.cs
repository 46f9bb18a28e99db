namespace DossierKit.Host.Serving;

/// <summary>
/// HEAD answers what GET would, without the body: routes are written for GET alone. The server leaves the body out by itself, since it knows how the request came in.
/// </summary>
internal static class HeadRequests
{
    public static void Use(WebApplication app)
        => app.Use((http, next) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
            {
                http.Features.Set(new CameAsHead());
                http.Request.Method = HttpMethods.Get;
            }

            return next(http);
        });

    /// <summary>For an answer that would read gigabytes nobody is sent.</summary>
    public static void Restore(HttpContext http)
    {
        if (http.Features.Get<CameAsHead>() is not null) http.Request.Method = HttpMethods.Head;
    }

    private sealed class CameAsHead;
}
