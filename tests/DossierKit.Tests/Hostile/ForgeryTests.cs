using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>Another site, open in the browser of somebody who is signed in, sends requests in his name: to every route that changes anything.</summary>
public sealed class ForgeryTests(ServedVault served) : IClassFixture<ServedVault>
{
    public static TheoryData<string, string?, string?> Forgeries => new()
    {
        { "no token", null, null },
        { "a token made up", "bmlldC1kZS10b2tlbi12YW4tZGV6ZS1zZXNzaWUtbm9n", null },
        { "from another site", "*", "https://kwaad.example" },
        { "from another port", "*", "http://127.0.0.1:1" },
        { "from nowhere", "*", "null" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task UnsafeRoute_ForgedRequest_IsRefused(string what, string? token, string? origin)
    {
        var client = await served.CreateClientAsync("fi", followRedirects: false);
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0001");
        await AnswerHeaderTests.OpenAsync(client, "WL-2026-0001");
        var routes = HostRoutes.Of(served).Where(route => route is { IsUnsafe: true, IsOpen: false }).ToList();
        routes.ShouldNotBeEmpty();
        foreach (var route in routes)
        {
            foreach (var address in HostRoutes.AddressesOf(route, dossier).Take(1))
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(address, UriKind.Relative)) { Content = BodyFor(route) };
                // The client adds the right token where none stands; an empty one is what a form without the field sends.
                if (token != "*") request.Headers.TryAddWithoutValidation("X-CSRF-Token", token ?? "");
                if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
                if (origin is not null and not "null") request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
                using var answer = await client.SendAsync(request);
                // A route that reads its own body may miss something else before it comes to the token.
                if (route.TakesFiles) ((int)answer.StatusCode).ShouldBeInRange(400, 499, $"{route}, {what}");
                else answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{route}, {what}");
            }
        }

        var after = await OpenSample.OfAsync(served, "WL-2026-0001");
        after.Checkpoint.ShouldBe(dossier.Checkpoint);
    }

    private static HttpContent BodyFor(HostRoute route)
        => route.TakesFiles ? new MultipartFormDataContent { { new StringContent("tekst"), "titel" }, { new ByteArrayContent([1, 2, 3]), "bestand", "a.txt" } } : new FormUrlEncodedContent([new("a", "b")]);

    /// <summary>Before there is a session there is no token; what comes from another site is refused all the same, or a visitor could be signed in as somebody else unawares.</summary>
    [Fact]
    public async Task SignIn_SentByAnotherSite_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/aanmelden/voorbeeld", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("persoon", "fi")]) };
        request.Headers.TryAddWithoutValidation("Origin", "https://kwaad.example");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        using var answer = await served.CreateStranger(followRedirects: false).SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }
}
