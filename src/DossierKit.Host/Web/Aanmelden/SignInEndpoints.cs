using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Aanmelden;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/aanmelden", (string? naar, DossierVault vault, DossierRegister register, HostSettings settings)
            => Pages.Of<AanmeldenPage>(new { DemoPeople = MayPlay(vault, settings) ? register.Staff.Persons : [], Next = naar })).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/voorbeeld", async (HttpContext http, DossierVault vault, DossierRegister register, HostSettings settings, Sessions sessions, CancellationToken ct) =>
        {
            if (!MayPlay(vault, settings)) return Problems.NotThere(http);
            var form = await http.Request.ReadFormAsync(ct);
            if (!PersonId.TryParse(form["persoon"].ToString(), out var person) || register.Staff.SignIn(person, $"demo:{person}") is not { IsDone: true } signedIn) return Problems.NotThere(http);
            Begin(http, sessions, signedIn.Value, SignInMethod.Demo);
            return Pages.Next(Pages.LocalPath(form["naar"].ToString(), "/werk"));
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/afmelden", (HttpContext http, Sessions sessions) =>
        {
            if (http.Request.Cookies[SessionCookie.NameFor(http.Request)] is { } token) sessions.End(token);
            SessionCookie.Clear(http);
            return Pages.Next("/aanmelden");
        }).ExcludeFromDescription();
    }

    private static bool MayPlay(DossierVault vault, HostSettings settings) => vault.IsDemo && settings.IsLoopbackOnly;

    /// <summary>Ends the session there was, and begins a new one: a token known from before is worth nothing after.</summary>
    private static void Begin(HttpContext http, Sessions sessions, ActingPerson acting, SignInMethod method)
    {
        if (http.Request.Cookies[SessionCookie.NameFor(http.Request)] is { } before) sessions.End(before);
        SessionCookie.Set(http, sessions.Begin(acting, method));
    }
}
