namespace DossierKit.Host.Serving;

/// <summary>
/// What every answer carries: nothing is loaded from elsewhere, nothing runs that is not a file of this program, no other site may frame it, nothing of a dossier stays in a
/// cache, and no address of a page reaches another site.
/// </summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For a page that shows a file of this host in a frame; the file itself is sandboxed.</summary>
    public static void AllowOwnFrames(HttpContext http) => http.Response.Headers.ContentSecurityPolicy = $"{Policy}; frame-src 'self'";

    public static void Use(WebApplication app)
    {
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)";
            headers.CacheControl = "no-store";
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            return next(http);
        });
    }
}
