using System.Net;
using System.Net.Http.Headers;
using System.Text;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>
/// Every route that takes something, sent what it does not take: another type, a character set nobody knows, thousands of fields, half a form. It was answered 500 and written to the
/// operator as a fault of the program, by whoever had no session at all.
/// </summary>
public sealed class OddBodyTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly (string Name, string? Type, byte[] Body)[] Bodies =
    [
        ("a form in utf-7", $"{Form}; charset=utf-7", "a=b"u8.ToArray()),
        ("a form in an unknown set", $"{Form}; charset=klingon", "a=b"u8.ToArray()),
        ("a form with a type cut off", $"{Form}; charset", "a=b"u8.ToArray()),
        ("a form with a type that only begins so", $"{Form}ed", "a=b"u8.ToArray()),
        ("three thousand fields", Form, Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 3_000).Select(i => $"v{i}=x")))),
        ("a field with a long name", Form, Encoding.ASCII.GetBytes(new string('n', 20_000) + "=x")),
        ("a form that is no form", Form, [0, 255, 37, 37, 61, 38, 61, 0]),
        ("JSON", "application/json", "{\"a\":[1"u8.ToArray()),
        ("JSON of another shape", "application/json; charset=utf-7", "[[[[[]]]]]"u8.ToArray()),
        ("a form in parts without a boundary", "multipart/form-data", "--x"u8.ToArray()),
        ("a form in parts that has none", "multipart/form-data; boundary=x", "x"u8.ToArray()),
        ("no type", null, "a=b"u8.ToArray()),
        ("nothing", null, []),
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("vreemde")]
    [InlineData("fi")]
    public async Task EveryRoute_OddBody_IsRefusedAsAMistakeOfTheSender(string? person)
    {
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0002");
        var client = person is null ? served.CreateStranger(followRedirects: false) : await served.CreateClientAsync(person, followRedirects: false);
        if (person is not null) await AnswerHeaderTests.OpenAsync(client, "WL-2026-0002");
        var faults = new List<string>();
        // Who signs out has no session for the routes after it.
        var routes = HostRoutes.Of(served).Where(route => route.IsUnsafe && route.Pattern is not ("/afmelden" or "/account/sessies/afmelden")).ToList();
        routes.Count.ShouldBeGreaterThan(40);
        foreach (var route in routes)
        {
            var address = new Uri(HostRoutes.AddressesOf(route, dossier)[0], UriKind.Relative);
            foreach (var (name, type, body) in Bodies)
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), address) { Content = new ByteArrayContent(body) };
                if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
                using var answer = await client.SendAsync(request);
                if ((int)answer.StatusCode >= 500 && answer.StatusCode != HttpStatusCode.NotImplemented) faults.Add($"{route}, {name}: {(int)answer.StatusCode}");
                if ((int)answer.StatusCode >= 400 && answer.Content.Headers.ContentType?.MediaType != (route.IsApi ? "application/problem+json" : "text/html")) faults.Add($"{route}, {name}: {(int)answer.StatusCode} as {answer.Content.Headers.ContentType}");
            }
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>Methods a route does not know, with a body all the same.</summary>
    [Fact]
    public async Task EveryRoute_MethodItDoesNotKnow_IsRefused()
    {
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0002");
        var client = await served.CreateClientAsync("fi", followRedirects: false);
        await AnswerHeaderTests.OpenAsync(client, "WL-2026-0002");
        var faults = new List<string>();
        var routes = HostRoutes.Of(served);
        foreach (var pattern in routes.Select(route => route.Pattern).Distinct())
        {
            var known = routes.Where(route => route.Pattern == pattern).ToList();
            var address = new Uri(HostRoutes.AddressesOf(known[0], dossier)[0], UriKind.Relative);
            foreach (var method in (string[])["PUT", "PATCH", "DELETE"])
            {
                if (known.Any(route => route.Method == method)) continue;
                using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new FormUrlEncodedContent([new("a", "b")]) };
                using var answer = await client.SendAsync(request);
                if ((int)answer.StatusCode is not (404 or 405 or 400 or 403)) faults.Add($"{method} {pattern}: {(int)answer.StatusCode}");
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Header_OfTwentyKilobytes_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/werk", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("X-Lang", new string('a', 20_000));
        using var answer = await served.CreateStranger(followRedirects: false).SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(431);
    }
}
