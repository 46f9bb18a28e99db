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
        routes.MapGet("/aanmelden", (string? naar, string? bewaard, string? bestanden, HttpContext http) => Show(http, naar, bewaard, [], bestanden is not null)).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/opties", async (HttpContext http, PasskeyCeremony passkeys, GuessLimit guesses)
            => guesses.Question(http) ?? Options(await passkeys.BeginSignInAsync(null, http))).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/toegangssleutel", async (HttpContext http, PasskeyCeremony passkeys, GuessLimit guesses, CancellationToken ct) =>
        {
            if (guesses.Refusal(http) is { } wait) return wait;
            var form = await http.Request.ReadFormAsync(ct);
            var signedIn = await passkeys.FinishSignInAsync(PasskeyAnswer.Of(form), null, http);
            if (signedIn.IsDone) return await LetInAsync(http, signedIn.Value, SignInMethod.Passkey, form["naar"], form["bewaard"], ct, isKept: true);
            await FailedAsync(http, AccountKind.Passkey, ct);
            return Show(http, form["naar"], form["bewaard"], signedIn.Refusals);
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/voorbeeld", async (HttpContext http, DossierVault vault, DossierRegister register, HostSettings settings, CancellationToken ct) =>
        {
            if (!DemoSignIn.IsAllowed(http, vault, settings)) return Problems.NotThere(http);
            var form = await http.Request.ReadFormAsync(ct);
            return !PersonId.TryParse(form["persoon"].ToString(), out var person) ? Problems.NotThere(http) : await LetInAsDemoAsync(http, register, person, form, ct);
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/afmelden", async (HttpContext http, DossierRegister register, Sessions sessions, CancellationToken ct) =>
        {
            var visitor = http.Visitor();
            await register.LogSignInAsync(SignInAct.SignedOut, visitor.Person, visitor.Acting.Kind, ct);
            SignOut(http, sessions);
            if (await OidcSignIn.EndSessionAsync(http, visitor) is not { } end) return Pages.Next("/aanmelden");
            // Not by redirect: the browser lets no form end at another site. The visitor is gone, the page shows nobody's name.
            http.Features.Set<Visitor>(null);
            http.Response.Headers["Refresh"] = $"0;url={end}";
            return Pages.Of<AfgemeldPage>(new { Href = end });
        }).ExcludeFromDescription();
    }

    /// <summary>Options of a ceremony, for the script of the page.</summary>
    public static IResult Options(BegunCeremony begun) => Results.Text($$"""{"poging":"{{begun.Attempt}}","opties":{{begun.Options}}}""", "application/json");

    /// <summary>Lets somebody in to a demo vault, and straight on to the work the page named.</summary>
    public static async ValueTask<IResult> LetInAsDemoAsync(HttpContext http, DossierRegister register, PersonId person, IFormCollection form, CancellationToken ct)
    {
        if (register.Staff.SignIn(person, $"demo:{person}") is not { IsDone: true } signedIn) return Problems.NotThere(http);
        var first = form["eerst"].ToString() == "kennisgeving";
        return await LetInAsync(http, signedIn.Value, SignInMethod.Demo, first ? DemoFirst.Path : form["naar"], form["bewaard"], ct, first ? visitor => visitor.Desk.SetPurpose(DemoFirst.Number, DemoFirst.Purpose) : null);
    }

    /// <summary>Ends the session there was and begins a new one: a token known from before is worth nothing after. Then on to where the person was going.</summary>
    public static async ValueTask<IResult> LetInAsync(
        HttpContext http, ActingPerson acting, SignInMethod method, string? next, string? held, CancellationToken ct, Action<Visitor>? first = null, bool isKept = false)
    {
        var register = http.RequestServices.GetRequiredService<DossierRegister>();
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        await register.LogSignInAsync(SignInAct.SignedIn, acting.Id, KindOf(method), ct);
        if (!isKept) await register.SignIns.SignedInAsync(acting, method switch { SignInMethod.Demo => SignInKind.Demo, SignInMethod.OpenIdConnect => SignInKind.OpenIdConnect, _ => SignInKind.Passkey }, ct);
        if (http.Request.Cookies[SessionCookie.NameFor(http.Request)] is { } old) sessions.End(old);
        SessionCookie.Set(http, sessions.Begin(acting, method, Device.Of(http.Request), out var visitor));
        // A demo is made on the server, all of it: there it would only alarm.
        var work = method == SignInMethod.Demo ? null : await register.DirectWorkSinceAsync(acting, ct);
        visitor.Welcome = new Welcome(await register.SignIns.BeforeLastAsync(acting.Id, ct), work is { Entries.Count: 0, StaffChanges.Count: 0 } ? null : work, method == SignInMethod.Passkey && await register.SignIns.RecoveryCodesLeftAsync(acting.Id, ct) == 0);
        first?.Invoke(visitor);
        return Pages.Next(held is { Length: > 0 } ? $"/aanmelden/bewaard/{Uri.EscapeDataString(held)}" : Pages.LocalPath(next, "/werk"));
    }

    /// <summary>Keeps that somebody tried and failed.</summary>
    public static async ValueTask FailedAsync(HttpContext http, AccountKind? via, CancellationToken ct)
    {
        http.RequestServices.GetRequiredService<GuessLimit>().Failed(http);
        await http.RequestServices.GetRequiredService<DossierRegister>().LogSignInAsync(SignInAct.Failed, null, via, ct);
    }

    private static AccountKind KindOf(SignInMethod method) => method switch
    {
        SignInMethod.Demo => AccountKind.Demo,
        SignInMethod.OpenIdConnect => AccountKind.OpenIdConnect,
        _ => AccountKind.Passkey,
    };

    public static void SignOut(HttpContext http, Sessions sessions)
    {
        if (http.Request.Cookies[SessionCookie.NameFor(http.Request)] is { } token) sessions.End(token, isLogged: true);
        SessionCookie.Clear(http);
    }

    private static IResult Show(HttpContext http, string? next, string? held, IReadOnlyList<Refusal> refusals, bool filesAreGone = false)
    {
        var services = http.RequestServices;
        var plays = DemoSignIn.IsAllowed(http, services.GetRequiredService<DossierVault>(), services.GetRequiredService<HostSettings>());
        return Pages.Of<AanmeldenPage>(
            new { OidcName = services.GetRequiredService<HostSettings>().Oidc?.Name, DemoPeople = plays ? services.GetRequiredService<DossierRegister>().Staff.Persons : [], Next = next, Held = held, FilesAreGone = filesAreGone, Refusals = refusals },
            refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

/// <summary>Where the first link of a demo leads: a letter that is ready to be made.</summary>
internal static class DemoFirst
{
    public const string Purpose = "Kennisgeving opstellen";
    public const string Path = "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving";

    public static DossierNumber Number => new("WL-2026-0001");

    public static PersonId Person => new("fi");
}
