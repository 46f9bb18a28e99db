using System.Net;

using DossierKit.Host.Api;
using DossierKit.Tests.Serving;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Tests.Hostile;

/// <summary>What takes seconds of a processor is made for one person so many at a time, by the API and by the pages: whoever keeps reloading a letter holds up nobody else.</summary>
public sealed class HeavyTests
{
    [Fact]
    public async Task EveryRoute_ThatMakesALetterOrAPdf_IsLimited()
    {
        await using var served = await ServedVault.StartNewAsync();
        var endpoints = served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        string[] heavy = ["/concept", "/pdf", "/definitief"];
        // The draft of a list of destruction is no letter.
        var found = endpoints.Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/v1/bewaring/", StringComparison.Ordinal) && heavy.Any(end => endpoint.RoutePattern.RawText!.EndsWith(end, StringComparison.Ordinal))).ToList();
        found.Count.ShouldBeGreaterThan(4);
        found.Where(endpoint => endpoint.Metadata.GetMetadata<HeavyRoute>() is null).Select(endpoint => endpoint.RoutePattern.RawText).ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_MakingManyLettersAtOnce_IsToldToWait()
    {
        await using var served = await ServedVault.StartNewAsync(settings => settings with { ApiLimits = new ApiLimits { Heavy = 1 } });
        var client = await served.CreateClientAsync("fi");
        await AnswerHeaderTests.OpenAsync(client, "WL-2026-0001");
        var concept = new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/concept", UriKind.Relative);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => client.GetAsync(concept))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThan(0);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        refused[0].Headers.RetryAfter.ShouldNotBeNull();
        refused[0].Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        // Somebody else goes on meanwhile, and so does this person with what costs little.
        (await client.GetAsync(new Uri("/werk", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var answer in answers) answer.Dispose();
    }
}
