using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;
using DossierKit.Tests.Web.Bewaring;
using DossierKit.Tests.Web.Dossiers;

namespace DossierKit.Tests.Api;

/// <summary>
/// Proposing and approving need different people with different accounts, in whatever order they come and whichever way each of them comes in: a page, a program's call with a session, or
/// a token. All orders are tried; what is approved in the end is looked at, not what anybody was told.
/// </summary>
public sealed class DestructionOrderTests(ServedVault served) : IClassFixture<ServedVault>
{
    /// <summary>The list the demo comes with.</summary>
    private static string Demo => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"VL-{DateTime.UtcNow.Year}-0001");

    private static readonly string[] People = ["fi", "plaatsvervanger", "archivaris", "medebeslisser"];
    private static readonly string[] Surfaces = ["page", "api"];

    [Theory]
    [InlineData("licht")]
    [InlineData("lijst")]
    public async Task Steps_InEveryOrderByEverySurface_AreTakenByDifferentPeople(string path)
    {
        var dossier = path == "licht" ? "WL-2021-0004" : "WL-2024-0001";
        var demo = (await Browsing.AsAsync(served, "fi")).Client;
        if (JsonNode.Parse(await demo.GetStringAsync(Uri($"/v1/bewaring/lijsten/{Demo}")))!["status"]!.GetValue<string>() == "voorgesteld")
            (await demo.PostAsJsonAsync(Uri($"/v1/bewaring/lijsten/{Demo}/intrekking"), new { reden = "Voor de proef." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (pages, calls) = (new Dictionary<string, Browsing>(), new Dictionary<string, HttpClient>());
        foreach (var person in People)
        {
            pages[person] = await Browsing.AsAsync(served, person);
            calls[person] = await served.CreateClientAsync(person);
        }

        var approved = 0;
        foreach (var (order, turn) in Orders(People).Select((order, turn) => (order, turn)))
        {
            var proposer = order[0];
            if (path == "licht" && proposer == "medebeslisser") continue;
            var number = await ProposeAsync(proposer, Surfaces[turn % 2]);
            // Everybody tries to approve, the proposer first and last as well, each by both ways.
            foreach (var person in (string[])[proposer, .. order, .. order.Reverse(), proposer])
            {
                foreach (var surface in turn % 2 == 0 ? Surfaces : [.. Surfaces.Reverse()]) await ApproveAsync(person, surface, number);
            }

            var list = JsonNode.Parse(await calls["fi"].GetStringAsync(Uri($"/v1/bewaring/lijsten/{number}")))!;
            var people = list["goedkeuringen"]!.AsArray().Select(approval => approval!["persoon"]!.GetValue<string>()).ToList();
            people.ShouldBeUnique($"{number}: {string.Join(", ", order)}");
            people.ShouldNotContain(proposer, $"{number}: {string.Join(", ", order)}");
            if (path == "lijst") people.ShouldNotContain(person => person == "fi" || person == "plaatsvervanger", $"{number}: {string.Join(", ", order)}");
            var isComplete = list["status"]!.GetValue<string>() == "goedgekeurd";
            // Nobody stands in for the archivaris or the medebeslisser who proposed it himself.
            isComplete.ShouldBe(path == "licht" || proposer is "fi" or "plaatsvervanger", $"{number}: {string.Join(", ", order)}");
            people.Count.ShouldBe(path == "licht" ? 1 : isComplete ? 2 : 1, $"{number}: {string.Join(", ", order)}");
            if (isComplete) approved++;
            (await calls["archivaris"].PostAsJsonAsync(Uri($"/v1/bewaring/lijsten/{number}/intrekking"), new { reden = "Volgende proef." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        approved.ShouldBeGreaterThan(10);

        async Task<string> ProposeAsync(string person, string surface)
        {
            if (surface == "page") return (await ListPageTests.ProposeAsync(pages[person], path, dossier))[^12..];
            using var answer = await calls[person].PostAsJsonAsync(Uri("/v1/bewaring/lijsten"), new { pad = path, dossiers = (string[])[dossier] });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["lijst"]!.GetValue<string>();
        }

        async Task ApproveAsync(string person, string surface, string number)
        {
            var hash = JsonNode.Parse(await calls[person].GetStringAsync(Uri($"/v1/bewaring/lijsten/{number}")))!["sha256"]!.GetValue<string>();
            if (surface == "api")
            {
                using var answer = await calls[person].PostAsJsonAsync(Uri($"/v1/bewaring/lijsten/{number}/goedkeuring"), new { bevestiging = hash });
                ((int)answer.StatusCode).ShouldBeOneOf(200, 400, 403);
                return;
            }

            var page = await pages[person].PageAsync($"/bewaring/lijsten/{number}");
            var (status, _) = await pages[person].PostAsync($"/bewaring/lijsten/{number}/goedkeuren", [.. HoldPageTests.Token(page), new("kenmerk", hash)]);
            ((int)status).ShouldBeOneOf(200, 400, 403);
        }
    }

    private static IEnumerable<string[]> Orders(string[] people)
    {
        if (people.Length == 1)
        {
            yield return people;
            yield break;
        }

        foreach (var first in people)
        {
            foreach (var rest in Orders([.. people.Where(person => person != first)])) yield return [first, .. rest];
        }
    }

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
