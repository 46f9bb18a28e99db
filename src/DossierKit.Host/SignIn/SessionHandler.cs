using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;

using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Recognises who makes a request: by the cookie of a session, or by a token in the Authorization header. Pages of whoever is not signed in lead to the sign-in page, and a
/// form that came too late waits there; the API answers 401.
/// </summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions, TokenVisits tokens, HeldForms held, GuessLimit guesses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Sessie";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is { } sent)
        {
            // Pages are for people: a token that leaked must not make others, end sessions or say no to a proposal.
            if (!IsApi && Context.GetEndpoint()?.Metadata.GetMetadata<BasicToken>() is null) return AuthenticateResult.Fail("A token is for the API.");

            // A token that does not hold is not made good by a cookie: a program must hear that it failed.
            if (await tokens.FindAsync(sent, Context.RequestAborted) is not { } program)
            {
                guesses.Failed(Context);
                return AuthenticateResult.Fail("The token does not hold.");
            }

            Context.Features.Set(new TokenVisit());
            return Let(program);
        }

        return Request.Cookies[SessionCookie.NameFor(Request)] is { Length: > 0 } token && sessions.TryFind(token, out var visitor) ? Let(visitor) : AuthenticateResult.NoResult();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<BasicToken>() is not null)
        {
            Response.Headers.WWWAuthenticate = "Basic realm=\"DossierKit\", charset=\"UTF-8\"";
            await NotSignedIn().ExecuteAsync(Context);
            return;
        }

        if (IsApi)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            await NotSignedIn().ExecuteAsync(Context);
            return;
        }

        if (TokenOf(Request) is not null)
        {
            await Problems.Of(StatusCodes.Status403Forbidden, "Met een sleutel voor programma's kan dit niet.", "Zo'n sleutel is voor de API. Meld u aan als uzelf voor de pagina's.").ExecuteAsync(Context);
            return;
        }

        if (!HttpMethods.IsGet(Request.Method) && Context.GetEndpoint()?.Metadata.GetMetadata<ReadsOwnBody>() is not null)
        {
            await FilesNotTakenAsync();
            return;
        }

        // A script of a page keeps what its user wrote on the page itself, and must hear that it was not carried out.
        if (Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            await NotSignedIn().ExecuteAsync(Context);
            return;
        }

        var back = HttpMethods.IsGet(Request.Method) ? $"?naar={Uri.EscapeDataString(Request.Path + Request.QueryString)}" : await HoldAsync() is { } name ? $"?bewaard={name}" : "";
        Response.StatusCode = HttpMethods.IsGet(Request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
        Response.Headers.Location = $"/aanmelden{back}";
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.NotThere(Context).ExecuteAsync(Context);

    private bool IsApi => Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    /// <summary>A form can wait, files cannot: they are sealed in a dossier or nowhere. The script keeps what was chosen; without it the page says that nothing arrived.</summary>
    private Task FilesNotTakenAsync()
    {
        if (Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "U bent niet meer aangemeld; er is niets verstuurd.", "Meld u aan in een ander tabblad en open daar het dossier. Kom dan hier terug en kies opnieuw Toevoegen: uw keuze staat er nog.")
                .ExecuteAsync(Context);
        }

        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = $"/aanmelden?bestanden=weg&naar={Uri.EscapeDataString(FormOf(Request))}";
        return Task.CompletedTask;
    }

    /// <summary>The page where the files of a request are chosen.</summary>
    public static string FormOf(HttpRequest request) => request.Path.Value is { } path && (path.EndsWith("/bestanden", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/opnamen", StringComparison.OrdinalIgnoreCase)) ? $"{path}/nieuw" : request.Path.Value!;

    private static IResult NotSignedIn() => Problems.Of(StatusCodes.Status401Unauthorized, "U bent niet aangemeld.", "Meld u aan en probeer het opnieuw.");

    /// <summary>The token of a program; Basic only where a route says so, for programs that know nothing else (a calendar).</summary>
    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BasicToken>() is null) return null;
        var pair = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), pair, out var length)) return "";
        var text = Encoding.UTF8.GetString(pair, 0, length);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Keeps the form of a session that ended, if it is that session's own.</summary>
    private async ValueTask<string?> HoldAsync()
    {
        if (Request.Cookies[SessionCookie.NameFor(Request)] is not { Length: > 0 } token || !sessions.TryFindEnded(token, out var ended) || !HeldForms.IsKeepable(Request)) return null;
        var form = await Request.ReadFormAsync(Context.RequestAborted);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form[SameSite.Field].ToString()), Encoding.UTF8.GetBytes(ended.FormToken))) return null;
        var purpose = Context.GetEndpoint()?.Metadata.GetMetadata<DossierRoute>() is not null && DossierNumber.TryParse(Request.RouteValues["nummer"] as string ?? "", out var number)
            ? ended.Purposes.GetValueOrDefault(number)
            : null;
        return held.Keep(new HeldForm(ended.Person, Request.Path + Request.QueryString, HeldForms.FieldsOf(form), purpose));
    }

    private AuthenticateResult Let(Visitor visitor)
    {
        Context.Features.Set(visitor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, visitor.Person.Value)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
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

/// <summary>Marks a route that also takes a token as the password of Basic authentication, because its programs know nothing else.</summary>
internal sealed class BasicToken;
