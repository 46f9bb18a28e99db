using System.Security.Claims;
using System.Text.Encodings.Web;

using DossierKit.Host.Serving;

using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DossierKit.Host.SignIn;

/// <summary>Recognises the session of a request. Pages of whoever is not signed in lead to the sign-in page; the API answers 401.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Sessie";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[SessionCookie.NameFor(Request)] is not { Length: > 0 } token || !sessions.TryFind(token, out var visitor)) return Task.FromResult(AuthenticateResult.NoResult());
        Context.Features.Set(visitor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, visitor.Person.Value)], Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            await Problems.Of(StatusCodes.Status401Unauthorized, "U bent niet aangemeld.", "Meld u aan en probeer het opnieuw.").ExecuteAsync(Context);
            return;
        }

        var back = HttpMethods.IsGet(Request.Method) ? $"?naar={Uri.EscapeDataString(Request.Path + Request.QueryString)}" : "";
        Response.Redirect($"/aanmelden{back}");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.NotThere(Context).ExecuteAsync(Context);
}

/// <summary>The cookie of a session: for this host alone, never for scripts, never from another site's form.</summary>
internal static class SessionCookie
{
    public static string NameFor(HttpRequest request) => request.IsHttps ? "__Host-dossierkit" : "dossierkit";

    public static void Set(HttpContext http, string token) => http.Response.Cookies.Append(NameFor(http.Request), token, Options(http));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http));

    // Lax and not Strict: coming back from the municipality's own sign-in is a step from another site.
    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
