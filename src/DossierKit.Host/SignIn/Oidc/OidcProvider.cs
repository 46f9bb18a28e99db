using DossierKit.Host.Serving;

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DossierKit.Host.SignIn;

/// <summary>What is known of the provider (its own metadata and keys), and whether a token is really its.</summary>
internal sealed class OidcProvider : IDisposable
{
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _metadata;
    private readonly OidcSettings _settings;

    public OidcProvider(HostSettings settings)
    {
        _settings = settings.Oidc ?? throw new InvalidOperationException("No provider is set up.");
        // Plain http only on this machine, for trying it out.
        var retriever = new HttpDocumentRetriever(_http) { RequireHttps = !HostSettings.IsLoopback(_settings.Issuer) };
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>($"{IssuerText.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), retriever);
    }

    /// <summary>The issuer as it was set up, without the slash that <see cref="Uri"/> adds to a bare host.</summary>
    public string IssuerText => _settings.Issuer.OriginalString;

    /// <summary>The provider's metadata.</summary>
    /// <exception cref="OidcException">It cannot be reached, or names another issuer.</exception>
    public async Task<OpenIdConnectConfiguration> MetadataAsync(CancellationToken ct)
    {
        OpenIdConnectConfiguration found;
        try
        {
            found = await _metadata.GetConfigurationAsync(ct);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new OidcException("The metadata of the provider could not be read.", failure);
        }

        return found.Issuer == IssuerText ? found : throw new OidcException("The provider names another issuer than the one that was set up.");
    }

    /// <summary>The account of an identity token, when it is the provider's, for this program, in force and the answer to this question.</summary>
    /// <param name="token">The token.</param>
    /// <param name="nonce">What was asked with.</param>
    /// <param name="provedSince">When given: the user must have proved himself to the provider since then.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="OidcException">It is not.</exception>
    public async Task<string> AccountOfAsync(string token, string nonce, DateTimeOffset? provedSince, CancellationToken ct)
    {
        var result = await ValidateAsync(token, await MetadataAsync(ct));
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have new keys.
            _metadata.RequestRefresh();
            result = await ValidateAsync(token, await MetadataAsync(ct));
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken read) throw new OidcException("The identity token is not valid.");
        if (nonce.Length == 0 || !read.TryGetPayloadValue<string>("nonce", out var answered) || answered != nonce) throw new OidcException("The identity token answers another question.");
        if (read.Audiences.Count() > 1 && (!read.TryGetPayloadValue<string>("azp", out var party) || party != _settings.ClientId)) throw new OidcException("The identity token was made for another program.");
        if (string.IsNullOrWhiteSpace(read.Subject) || read.Subject.Length > 128) throw new OidcException("The identity token says nobody.");
        if (provedSince is { } since && (!read.TryGetPayloadValue<long>("auth_time", out var proved) || DateTimeOffset.FromUnixTimeSeconds(proved) < since - TimeSpan.FromMinutes(1)))
            throw new OidcException("The provider did not ask the user again.");
        return $"oidc:{IssuerText}#{read.Subject}";
    }

    public void Dispose() => _http.Dispose();

    private Task<TokenValidationResult> ValidateAsync(string token, OpenIdConnectConfiguration metadata) => new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = IssuerText,
        ValidAudience = _settings.ClientId,
        IssuerSigningKeys = metadata.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        ClockSkew = TimeSpan.FromMinutes(2),
    });
}

/// <summary>Signing in at the municipality failed; the text is for the operator and holds nothing of the user.</summary>
internal sealed class OidcException(string message, Exception? inner = null) : Exception(message, inner);
