using System.Net;

using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Tests.Serving;

using Microsoft.AspNetCore.WebUtilities;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn.Oidc;

public sealed class OidcTests : IClassFixture<ServedOidc>
{
    private readonly LyingProvider _provider;
    private readonly ServedVault _served;

    public OidcTests(ServedOidc host)
    {
        (_provider, _served) = (host.Provider, host.Served);
        (_provider.Lie, _provider.Subject) = ("", "p-1");
    }

    [Fact]
    public async Task SignIn_BoundAccount_LetsInAndGoesOn()
    {
        await BindAsync("vreemde");
        var client = _served.CreateStranger(followRedirects: false);
        using var answer = await SignInAsync(client, "/account");
        (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.SeeOther, "/account"));
        _provider.Verifier.ShouldNotBeNullOrEmpty();
        (await client.GetStringAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain("Waterspiegel");
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("tampered")]
    [InlineData("foreign key")]
    [InlineData("unsigned")]
    public async Task SignIn_TokenThatLies_LetsNobodyIn(string lie)
    {
        await BindAsync("vreemde");
        await BindAsync("beheerder", "p-2");
        _provider.Lie = lie;
        var client = _served.CreateStranger(followRedirects: false);
        using var answer = await SignInAsync(client, "/account");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_ProviderThatNamesAnotherIssuer_GoesNowhere()
    {
        // Of its own: what a provider says of itself is kept.
        var own = new ServedOidc();
        await own.InitializeAsync();
        own.Provider.Lie = "metadata";
        using (var answer = await GetAsync(own.Served.CreateStranger(followRedirects: false), "/aanmelden/oidc")) answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, answer.Headers.Location?.ToString());
        await own.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_StateOrCodeAgain_LetsNobodyIn()
    {
        await BindAsync("vreemde");
        var client = _served.CreateStranger(followRedirects: false);
        var back = await BeginAsync(client, "/account");
        (await GetAsync(client, back)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await GetAsync(client, back)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // In another browser the state belongs to nobody.
        var other = _served.CreateStranger(followRedirects: false);
        (await GetAsync(other, await BeginAsync(client, "/account"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync(other, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_UnknownAccount_GetsACodeThatBindsIt()
    {
        _provider.Subject = "p-nieuw";
        using var answer = await SignInAsync(_served.CreateStranger(followRedirects: false), "/werk");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldNotContain("p-nieuw");
        var at = page.IndexOf("class=\"dk-code\">", StringComparison.Ordinal) + 16;
        var code = page[at..(at + 8)];

        // For somebody with a role it waits for another person.
        var fi = await _served.CreateClientAsync("fi", followRedirects: false);
        (await PostAsync(fi, "/beheer/personen/onderzoeker/account", ("code", code), ("bevestigd", "ja"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var proposal = _served.Register.Staff.Waiting.Single(waiting => waiting.Account == $"oidc:{_provider.Issuer}#p-nieuw");
        using (var early = await SignInAsync(_served.CreateStranger(followRedirects: false), "/werk")) early.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(await _served.CreateClientAsync("verantwoordelijke", followRedirects: false), $"/beheer/personen/voorstellen/{proposal.Id}", ("bevestigd", "ja"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var now = await SignInAsync(_served.CreateStranger(followRedirects: false), "/werk");
        now.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAtTheProviderToo()
    {
        await BindAsync("vreemde");
        var client = _served.CreateStranger(followRedirects: false);
        (await SignInAsync(client, "/werk")).Dispose();
        using var gone = await PostAsync(client, "/afmelden", ("formulier", await TokenAsync(client)));
        gone.Headers.GetValues("Refresh").Single().ShouldStartWith($"0;url={_provider.Issuer}/end?id_token_hint=");
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("", HttpStatusCode.SeeOther)]
    [InlineData("old proof", HttpStatusCode.BadRequest)]
    [InlineData("somebody else", HttpStatusCode.Forbidden)]
    public async Task Proof_AtTheProvider_MustBeFreshAndTheSamePerson(string lie, HttpStatusCode expected)
    {
        await BindAsync("vreemde");
        await BindAsync("beheerder", "p-2");
        var client = _served.CreateStranger(followRedirects: false);
        (await SignInAsync(client, "/werk")).Dispose();
        _provider.Lie = lie;
        if (lie == "somebody else") _provider.Subject = "p-2";
        var back = await BeginAsync(client, "/account", "&opnieuw=ja");
        (await GetAsync(client, back)).StatusCode.ShouldBe(expected);
    }

    private async Task BindAsync(string person, string subject = "p-1")
    {
        var staff = _served.Register.Staff;
        if (staff.FindByAccount($"oidc:{_provider.Issuer}#{subject}") is not null) return;
        var change = (await staff.BindAsync(staff.SignIn(new PersonId("fi"), "os:proef").Value, new PersonId(person), $"oidc:{_provider.Issuer}#{subject}", default)).Value;
        if (change.Waiting is { } waiting) (await staff.ConfirmAsync(staff.SignIn(new PersonId("verantwoordelijke"), "os:proef").Value, waiting.Id, default)).IsDone.ShouldBeTrue();
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient client, string next) => await GetAsync(client, await BeginAsync(client, next));

    /// <summary>Goes to the provider and gives the address it would send the browser back to.</summary>
    private async Task<string> BeginAsync(HttpClient client, string next, string more = "")
    {
        using var away = await GetAsync(client, $"/aanmelden/oidc?naar={Uri.EscapeDataString(next)}{more}");
        away.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var asked = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        away.Headers.Location!.ToString().ShouldStartWith($"{_provider.Issuer}/auth");
        (asked["response_type"].ToString(), asked["code_challenge_method"].ToString(), asked["scope"].ToString()).ShouldBe(("code", "S256", "openid"));
        asked["redirect_uri"].ToString().ShouldBe(Origin + OidcSettings.CallbackPath);
        if (more.Length > 0) (asked["prompt"].ToString(), asked["max_age"].ToString()).ShouldBe(("login", "0"));
        _provider.Nonce = asked["nonce"].ToString();
        return $"{OidcSettings.CallbackPath}?code={_provider.NewCode()}&state={Uri.EscapeDataString(asked["state"].ToString())}";
    }
}

/// <summary>The host with a provider that can lie.</summary>
public sealed class ServedOidc : IAsyncLifetime
{
    internal LyingProvider Provider { get; } = new();

    internal ServedVault Served { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Provider.StartAsync();
        Served = await ServedVault.StartNewAsync(settings => settings with { Origin = new Uri(Origin), Oidc = new OidcSettings(new Uri(Provider.Issuer), Provider.ClientId, null, "de gemeente") });
    }

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
