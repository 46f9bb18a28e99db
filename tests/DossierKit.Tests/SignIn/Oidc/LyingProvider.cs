using System.Security.Cryptography;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DossierKit.Tests.SignIn.Oidc;

/// <summary>A provider of OpenID Connect on this machine that can be made to lie in each way an attacker would.</summary>
internal sealed class LyingProvider : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _foreign = RSA.Create(2048);
    private readonly WebApplication _app;
    private int _codes;

    public LyingProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = Lie == "metadata" ? "http://127.0.0.1:1" : Issuer,
            ["authorization_endpoint"] = $"{Issuer}/auth",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["end_session_endpoint"] = $"{Issuer}/end",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        });
        _app.MapGet("/jwks", () =>
        {
            var key = _rsa.ExportParameters(false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", kid = "een", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            Verifier = form["code_verifier"].ToString();
            return form["code"] == $"code-{_codes}" ? Results.Json(new { access_token = "toegang", token_type = "Bearer", id_token = Token() }) : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        });
    }

    public string Issuer { get; private set; } = "";

    public string ClientId { get; } = "dossierkit";

    public string Subject { get; set; } = "p-1";

    /// <summary>What it lies about; empty: nothing.</summary>
    public string Lie { get; set; } = "";

    public string Nonce { get; set; } = "";

    /// <summary>What the last exchange proved of PKCE.</summary>
    public string? Verifier { get; private set; }

    public async Task StartAsync()
    {
        await _app.StartAsync();
        Issuer = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string NewCode() => $"code-{++_codes}";

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        _foreign.Dispose();
    }

    private string Token()
    {
        var now = Lie == "expired" ? DateTime.UtcNow.AddHours(-2) : DateTime.UtcNow;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Lie == "issuer" ? "https://evil.example" : Issuer,
            Audience = Lie == "audience" ? "een-ander-programma" : ClientId,
            IssuedAt = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = Subject, ["nonce"] = Lie == "nonce" ? "een-andere-vraag" : Nonce, ["auth_time"] = DateTimeOffset.UtcNow.AddHours(Lie == "old proof" ? -1 : 0).ToUnixTimeSeconds() },
            SigningCredentials = Lie == "unsigned" ? null : new SigningCredentials(new RsaSecurityKey(Lie == "foreign key" ? _foreign : _rsa) { KeyId = "een" }, "RS256"),
        });
        if (Lie != "tampered") return token;
        var parts = token.Split('.');
        var body = Base64UrlEncoder.Decode(parts[1]).Replace(Subject, "p-2", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(body)}.{parts[2]}";
    }
}
