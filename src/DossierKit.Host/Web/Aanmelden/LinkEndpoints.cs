using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Aanmelden;

/// <summary>One-time links, and the recovery codes that give one. Looking at a link does not use it up: a scanner of mail does that too.</summary>
internal static class LinkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/aanmelden/link/{token}", async (string token, HttpContext http, DossierRegister register, DossierVault vault, HostSettings settings, CancellationToken ct) =>
        {
            if (await register.SignIns.FindLinkAsync(token, ct) is not { } link) return NotHolding();
            return link.Use == LinkUse.Demo && !DemoSignIn.IsAllowed(http, vault, settings) ? NotHolding() : Show(register, link, token, []);
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/link/{token}/opties", async (string token, HttpContext http, DossierRegister register, PasskeyCeremony passkeys, CancellationToken ct)
            => await register.SignIns.FindLinkAsync(token, ct) is { Use: not LinkUse.Demo } link ? SignInEndpoints.Options(await passkeys.BeginEnrolAsync(link.Person, http)) : NotHolding()).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/aanmelden/link/{token}", async (string token, HttpContext http, DossierRegister register, DossierVault vault, HostSettings settings, PasskeyCeremony passkeys, GuessLimit guesses, CancellationToken ct) =>
        {
            if (guesses.Refusal(http) is { } wait) return wait;
            if (await register.SignIns.FindLinkAsync(token, ct) is not { } link || (link.Use == LinkUse.Demo && !DemoSignIn.IsAllowed(http, vault, settings)))
            {
                await SignInEndpoints.FailedAsync(http, null, ct);
                return NotHolding();
            }

            var form = await http.Request.ReadFormAsync(ct);
            if (link.Use == LinkUse.Demo)
            {
                if (!(await register.SignIns.SpendDemoLinkAsync(token, ct)).IsDone) return NotHolding();
                await register.LogSignInAsync(SignInAct.LinkUsed, link.Person, AccountKind.Demo, ct);
                return await SignInEndpoints.LetInAsDemoAsync(http, register, link.Person, form, ct);
            }

            var name = form["naam"].ToString() is { Length: > 0 } given ? given : Device.Of(http.Request);
            var made = await passkeys.FinishEnrolAsync(link.Person, PasskeyAnswer.Of(form), name, http);
            if (!made.IsDone) return Show(register, link, token, made.Refusals);
            var enrolled = await register.SignIns.EnrolByLinkAsync(token, made.Value, ct);
            if (!enrolled.IsDone) return Show(register, link, token, enrolled.Refusals);
            await register.LogSignInAsync(SignInAct.LinkUsed, link.Person, AccountKind.Passkey, ct);
            var account = $"passkey:{made.Value.Id}";
            return enrolled.Value.Waiting is null && register.Staff.FindByAccount(account) is { } acting
                ? await SignInEndpoints.LetInAsync(http, acting, SignInMethod.Passkey, "/werk", null, ct)
                : Pages.Of<WachtPage>(new { Mark = AccountMark.Of(account) });
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapGet("/aanmelden/herstel", () => Pages.Of<HerstelPage>()).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/aanmelden/herstel", async (HttpContext http, DossierRegister register, GuessLimit guesses, CancellationToken ct) =>
        {
            if (guesses.Refusal(http) is { } wait) return wait;
            var used = await register.SignIns.UseRecoveryCodeAsync((await http.Request.ReadFormAsync(ct))["code"].ToString(), ct);
            if (used.IsDone)
            {
                await register.LogSignInAsync(SignInAct.RecoveryCodeUsed, used.Value.Person, null, ct);
                return Pages.Next($"/aanmelden/link/{used.Value.Link}");
            }

            await SignInEndpoints.FailedAsync(http, null, ct);
            return Pages.Of<HerstelPage>(new { used.Refusals }, StatusCodes.Status400BadRequest);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    // One answer for used, too old, never made and withdrawn.
    private static IResult NotHolding() => Problems.Of(StatusCodes.Status404NotFound, "Deze link werkt niet (meer).", "Een link werkt tien minuten en één keer. Vraag een nieuwe aan wie hem u gaf.");

    private static IResult Show(DossierRegister register, OneTimeLink link, string token, IReadOnlyList<Refusal> refusals)
        => Pages.Of<LinkPage>(new { Person = register.Staff.Find(link.Person)!, link.Use, Token = token, Refusals = refusals }, refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
