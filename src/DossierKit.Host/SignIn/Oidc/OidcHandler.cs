using System.Security.Claims;
using System.Text.Encodings.Web;

using DossierKit.Host.Serving;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace DossierKit.Host.SignIn;

/// <summary>The framework's OAuth handler (authorization code, PKCE, state) with what OpenID Connect adds: metadata, nonce, and an identity token that is checked.</summary>
internal sealed class OidcHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, OidcProvider provider, HostSettings settings, TimeProvider clock)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string Name = "Gemeente";

    /// <summary>In the properties: that the user must prove himself again.</summary>
    public const string Again = "opnieuw";

    public const string AccountClaim = "account";
    public const string TokenItem = "id_token";

    private const string Nonce = "nonce";
    private const string AskedAt = "gevraagd";

    // As users reach it; never from the Host header, which anybody can write.
    private string CallbackUri => settings.Origin.GetLeftPart(UriPartial.Authority) + OidcSettings.CallbackPath;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await KnowProviderAsync();
        properties.Items[Nonce] = Visitor.NewToken();
        properties.Items[AskedAt] = clock.GetUtcNow().ToString("o", System.Globalization.CultureInfo.InvariantCulture);
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var url = QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, CallbackUri), Nonce, properties.Items[Nonce]!);
        return properties.Items.ContainsKey(Again) ? QueryHelpers.AddQueryString(url, new Dictionary<string, string?>(StringComparer.Ordinal) { ["prompt"] = "login", ["max_age"] = "0" }) : url;
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            await KnowProviderAsync();
            return await base.HandleRemoteAuthenticateAsync();
        }
        catch (OidcException failure)
        {
            return HandleRequestResult.Fail(failure);
        }
    }

    protected override Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context) => base.ExchangeCodeAsync(new OAuthCodeExchangeContext(context.Properties, context.Code, CallbackUri));

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var token = tokens.Response?.RootElement.TryGetProperty("id_token", out var found) == true ? found.GetString() : null;
        DateTimeOffset? provedSince = properties.Items.ContainsKey(Again) ? DateTimeOffset.Parse(properties.Items[AskedAt]!, System.Globalization.CultureInfo.InvariantCulture) : null;
        var account = await provider.AccountOfAsync(token ?? "", properties.Items[Nonce] ?? "", provedSince, Context.RequestAborted);
        identity.AddClaim(new Claim(AccountClaim, account));
        properties.Items[TokenItem] = token;
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private async Task KnowProviderAsync()
    {
        var metadata = await provider.MetadataAsync(Context.RequestAborted);
        (Options.AuthorizationEndpoint, Options.TokenEndpoint) = (metadata.AuthorizationEndpoint, metadata.TokenEndpoint);
    }
}
