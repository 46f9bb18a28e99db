using System.Net;
using System.Net.Http.Headers;

using DossierKit.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.SignIn;

public sealed class TokenTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    private DateOnly Today => DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Token_OfAPerson_HasThatPersonsRightsAndNoMore()
    {
        var fi = await MakeAsync("fi");
        var stranger = await MakeAsync("vreemde");
        (await GetAsync(fi.Secret, "/v1/dossiers/WL-2026-0001")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(stranger.Secret, "/v1/dossiers/WL-2026-0001")).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync("dossierkit_verzonnen", "/v1/dossiers")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_RevokedOrPastItsLastDay_IsOut()
    {
        var (token, secret) = await MakeAsync("fi", days: 2);
        (await GetAsync(secret, "/v1/dossiers")).ShouldBe(HttpStatusCode.OK);
        (await host.SignIns.RevokeTokenAsync(host.As("fg"), token.Id, default)).IsDone.ShouldBeFalse();
        (await host.SignIns.RevokeTokenAsync(host.As("fi"), token.Id, default)).IsDone.ShouldBeTrue();
        (await GetAsync(secret, "/v1/dossiers")).ShouldBe(HttpStatusCode.Unauthorized);

        var other = await MakeAsync("fi", days: 2);
        host.Clock.Advance(TimeSpan.FromDays(3));
        (await GetAsync(other.Secret, "/v1/dossiers")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_InUseForTenHours_SaysAgainWhatFor()
    {
        var (_, secret) = await MakeAsync("fi");
        using var client = new HttpClient { BaseAddress = host.Served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        (await GetAsync(secret, "/v1/dossiers/WL-2026-0001")).ShouldBe(HttpStatusCode.OK);
        for (var minutes = 0; minutes < 600; minutes += 25)
        {
            (await StatusAsync()).ShouldBe(HttpStatusCode.OK);
            host.Clock.Advance(TimeSpan.FromMinutes(25));
        }

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await StatusAsync()).ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync(secret, "/v1/dossiers/WL-2026-0001")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync()).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync()
        {
            using var answer = await client.GetAsync(new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    /// <summary>A token that leaked makes no other, signs nobody out and says no to no proposal: pages are for people.</summary>
    [Theory]
    [InlineData("/werk", false)]
    [InlineData("/account", false)]
    [InlineData("/dossiers/WL-2026-0001", false)]
    [InlineData("/account/sessies/afmelden", true)]
    [InlineData("/beheer/personen/voorstellen/x/afwijzen", true)]
    [InlineData("/account/serverwerk", true)]
    public async Task Token_OnAPage_IsRefused(string path, bool isPost)
    {
        var (_, secret) = await MakeAsync("fi");
        using var client = new HttpClient { BaseAddress = host.Served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = isPost ? await ServedSignIn.PostAsync(client, path, ("sessie", "alle")) : await ServedSignIn.GetAsync(client, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>A browser sends Basic by itself, also when another site asks: only a route that says so takes it.</summary>
    [Fact]
    public async Task Token_AsAPassword_IsTakenByTheCalendarAlone()
    {
        var (_, secret) = await MakeAsync("fi");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"fi:{secret}")));
        (await ServedSignIn.GetAsync(client, "/werk/agenda.ics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ServedSignIn.GetAsync(client, "/v1/dossiers")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ServedSignIn.GetAsync(client, "/werk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Token_OfAnotherVault_IsOut()
    {
        var (_, secret) = await MakeAsync("fi");
        await using var other = await ServedVault.StartNewAsync();
        using var client = new HttpClient { BaseAddress = other.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var answer = await client.GetAsync(new Uri("/v1/dossiers", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_ForMoreThanNinetyDays_IsRefused()
        => (await host.SignIns.MakeTokenAsync(host.As("fi"), "te lang", Today.AddDays(91), default)).Refusals.Single().Subject.ShouldBe("tot");

    [Fact]
    public async Task Token_WrongBesideAGoodCookie_IsOut()
    {
        var client = await host.Served.CreateClientAsync("fi");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dossierkit_verzonnen");
        using var answer = await client.GetAsync(new Uri("/v1/dossiers", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_MadeOnThePage_IsShownOnceAndDoesNoFinalAct()
    {
        var client = await host.Served.CreateClientAsync("fi");
        using var made = await ServedSignIn.PostAsync(client, "/account/sleutels", ("naam", "agenda"), ("tot", Today.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        var page = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var at = page.IndexOf("dossierkit_", StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        var secret = page[at..page.IndexOf('<', at)];
        (await client.GetStringAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldNotContain(secret);

        using var program = new HttpClient { BaseAddress = host.Served.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var refused = await ServedSignIn.PostAsync(program, "/account/herstelcodes");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("gebeurtenissen", """{"soort":"dossier-gesloten","datum":"2026-11-01","afloop":"onderzoek-afgerond"}""")]
    [InlineData("gebeurtenissen", """{"soort":"onderzoeker-aangewezen","datum":"2026-11-01","onderzoeker":"onderzoeker-b"}""")]
    [InlineData("documenten", """{"soort":"kennisgeving","keuzes":{},"antwoorden":{}}""")]
    public async Task Token_ForAFinalAct_IsSentToThePages(string resource, string body)
    {
        var (_, secret) = await MakeAsync("fi");
        using var client = new HttpClient { BaseAddress = host.Served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        client.DefaultRequestHeaders.Add("Doel", "Proef");
        client.DefaultRequestHeaders.Add("If-Match", "*");
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v1/dossiers/WL-2026-0001/{resource}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Met een sleutel voor programma");
    }

    private async Task<(ApiToken Token, string Secret)> MakeAsync(string person, int days = 30) => (await host.SignIns.MakeTokenAsync(host.As(person), "proef", Today.AddDays(days), default)).Value;

    private async Task<HttpStatusCode> GetAsync(string secret, string path)
    {
        using var client = new HttpClient { BaseAddress = host.Served.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        client.DefaultRequestHeaders.Add("Doel", "Proef");
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
