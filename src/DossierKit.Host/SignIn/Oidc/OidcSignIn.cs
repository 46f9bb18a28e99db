using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.Web;
using DossierKit.Host.Web.Aanmelden;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;

namespace DossierKit.Host.SignIn;

/// <summary>Signing in with the municipality's own account, where that is set up.</summary>
internal static class OidcSignIn
{
    private const string NextItem = "naar";
    private const string HeldItem = "bewaard";

    public static void Add(IServiceCollection services, HostSettings settings)
    {
        if (settings.Oidc is not { } oidc) return;
        services.AddSingleton<OidcProvider>();
        services.AddAuthentication().AddOAuth<OAuthOptions, OidcHandler>(OidcHandler.Name, options =>
        {
            options.ClientId = oidc.ClientId;
            // A public client has none; the framework wants a text.
            options.ClientSecret = oidc.ReadSecret() is { Length: > 0 } secret ? secret : "-";
            // Known from the provider's metadata, before each use.
            (options.AuthorizationEndpoint, options.TokenEndpoint) = (oidc.Issuer.ToString(), oidc.Issuer.ToString());
            options.CallbackPath = OidcSettings.CallbackPath;
            options.UsePkce = true;
            options.Scope.Clear();
            // Who, and nothing of who somebody is or belongs to.
            options.Scope.Add("openid");
            options.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
            options.BackchannelTimeout = TimeSpan.FromSeconds(10);
            // Lax suffices for coming back by a link, and works on plain http for trying it out.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnTicketReceived = ReceivedAsync;
            options.Events.OnRemoteFailure = FailedAsync;
            options.Events.OnAccessDenied = async context => { await StoppedAsync(context.HttpContext); context.HandleResponse(); };
        });
    }

    public static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        if (settings.Oidc is null) return;
        // By GET: a form that ends at another site would be stopped by the browser (form-action), and going there changes nothing here.
        routes.MapGet("/aanmelden/oidc", async (string? naar, string? bewaard, string? opnieuw, HttpContext http) =>
        {
            var properties = new AuthenticationProperties { Items = { [NextItem] = naar, [HeldItem] = bewaard } };
            if (opnieuw is not null) properties.Items[OidcHandler.Again] = "ja";
            try
            {
                await http.ChallengeAsync(OidcHandler.Name, properties);
            }
            catch (OidcException failure)
            {
                http.RequestServices.GetRequiredService<FailureLog>().Write(http, failure);
                await StoppedAsync(http);
            }
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where the provider ends its own session; <see langword="null"/> when it has no such place.</summary>
    public static async ValueTask<string?> EndSessionAsync(HttpContext http, Visitor? visitor)
    {
        if (visitor?.IdToken is not { } token || http.RequestServices.GetService<OidcProvider>() is not { } provider) return null;
        try
        {
            var settings = http.RequestServices.GetRequiredService<HostSettings>();
            return (await provider.MetadataAsync(http.RequestAborted)).EndSessionEndpoint is { Length: > 0 } end
                ? QueryHelpers.AddQueryString(end, new Dictionary<string, string?>(StringComparer.Ordinal) { ["id_token_hint"] = token, ["post_logout_redirect_uri"] = settings.Origin.GetLeftPart(UriPartial.Authority) + "/aanmelden" })
                : null;
        }
        catch (OidcException)
        {
            // Signed out here all the same.
            return null;
        }
    }

    private static async Task ReceivedAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var (http, items) = (context.HttpContext, context.Properties!.Items);
        var register = http.RequestServices.GetRequiredService<DossierRegister>();
        var account = context.Principal!.FindFirst(OidcHandler.AccountClaim)!.Value;
        await (await AnswerAsync(http, register, account, items)).ExecuteAsync(http);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, DossierRegister register, string account, IDictionary<string, string?> items)
    {
        var (next, held, ct) = (items[NextItem], items[HeldItem], http.RequestAborted);
        if (items.ContainsKey(OidcHandler.Again))
        {
            await http.AuthenticateAsync(SessionHandler.Name);
            // Another account than the session's own proves nothing about who sits here.
            if (http.VisitorOrNull() is not { } visitor || visitor.Acting.Account != account) return Problems.Of(StatusCodes.Status403Forbidden, "U meldde zich als iemand anders aan.", "Meld u af en begin opnieuw, met uw eigen account.");
            await FinalActGate.ProveAsync(http, visitor);
            return Pages.Next(held is { Length: > 0 } ? $"/aanmelden/bewaard/{Uri.EscapeDataString(held)}" : Pages.LocalPath(next, "/werk"));
        }

        if (await register.SignIns.FindByAccountAsync(account, ct) is { } acting)
            return await SignInEndpoints.LetInAsync(http, acting, SignInMethod.OpenIdConnect, next, held, ct, visitor => visitor.IdToken = items[OidcHandler.TokenItem]);
        await register.LogSignInAsync(SignInAct.Failed, null, AccountKind.OpenIdConnect, ct);
        return Pages.Of<OnbekendPage>(new { Code = http.RequestServices.GetRequiredService<UnknownAccounts>().CodeOf(account) }, StatusCodes.Status403Forbidden);
    }

    private static async Task FailedAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        // Anybody can ask for this address, without a question that went before: the log is not theirs to fill.
        if (http.RequestServices.GetRequiredService<GuessLimit>().Refusal(http) is { } wait)
        {
            await wait.ExecuteAsync(http);
            return;
        }

        await SignInEndpoints.FailedAsync(http, AccountKind.OpenIdConnect, http.RequestAborted);
        await StoppedAsync(http);
    }

    // What went wrong can quote tokens and addresses; the user can only try again, and the operator looks at the provider.
    private static Task StoppedAsync(HttpContext http)
        => Problems.Of(StatusCodes.Status400BadRequest, "Aanmelden bij de gemeente is niet gelukt.", "Begin opnieuw bij Aanmelden. Blijft het misgaan, waarschuw dan de beheerder.").ExecuteAsync(http);
}
