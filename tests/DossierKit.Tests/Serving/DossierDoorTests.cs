using System.Net;

namespace DossierKit.Tests.Serving;

public sealed class DossierDoorTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Theory]
    [InlineData("/v1/dossiers")]
    [InlineData("/v1/dossiers/WL-2026-0001")]
    public async Task Api_NobodySignedIn_AsksToSignIn(string path)
    {
        using var answer = await served.CreateStranger().GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Page_NobodySignedIn_LeadsToSigningIn()
    {
        using var answer = await served.CreateStranger(followRedirects: false).GetAsync(new Uri("/dossiers/WL-2026-0001", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith("/aanmelden");
    }

    [Fact]
    public async Task Dossier_NotForYouOrNotThere_SameAnswer()
    {
        var client = await served.CreateClientAsync("vreemde");
        using var other = await client.GetAsync(new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative));
        using var none = await client.GetAsync(new Uri("/v1/dossiers/WL-2099-0001", UriKind.Relative));
        using var nonsense = await client.GetAsync(new Uri("/v1/dossiers/geen%20nummer", UriKind.Relative));
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        nonsense.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var text = await other.Content.ReadAsStringAsync();
        (await none.Content.ReadAsStringAsync()).ShouldBe(text);
        (await nonsense.Content.ReadAsStringAsync()).ShouldBe(text);
    }

    [Theory]
    [InlineData("WL-2026-0001")]
    [InlineData("WL-2099-0001")]
    public async Task Page_NoPurposeYet_AsksForIt(string number)
    {
        var client = await served.CreateClientAsync("fi", followRedirects: false);
        using var answer = await client.GetAsync(new Uri($"/dossiers/{number}", UriKind.Relative));
        answer.Headers.Location!.ToString().ShouldBe($"/dossiers/{number}/doel?naar=%2Fdossiers%2F{number}");
    }

    [Fact]
    public async Task Post_WithoutFormToken_IsRefused()
    {
        var client = await served.CreateClientAsync("fi");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/afmelden", UriKind.Relative));
        request.Headers.Add("X-CSRF-Token", "niet-die-van-de-sessie");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
