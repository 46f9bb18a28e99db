using System.Net;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Requests about lists of destruction that are sent twice, because an answer was lost: each is done once.</summary>
public sealed class DestructionRequestTests
{
    private static readonly Uri Lists = new("/v1/bewaring/lijsten", UriKind.Relative);

    [Fact]
    public async Task EveryStep_SentTwiceWithOneKey_IsDoneOnce()
    {
        await using var served = await ServedVault.StartNewAsync();
        var (fi, archivaris) = (await served.CreateClientAsync("fi"), await served.CreateClientAsync("archivaris"));
        var before = JsonNode.Parse(await fi.GetStringAsync(Lists))!["total"]!.GetValue<int>();
        const string propose = """{ "pad": "licht", "dossiers": ["WL-2021-0004"] }""";
        var list = await TwiceAsync(fi, "", propose, "voorstel", HttpStatusCode.Created);
        JsonNode.Parse(await fi.GetStringAsync(Lists))!["total"]!.GetValue<int>().ShouldBe(before + 1);
        var path = $"/{list["lijst"]}";

        // A key that was used for something else is refused, and so is a second list without a key.
        (await SendAsync(fi, "", """{ "pad": "licht", "dossiers": ["WL-2024-0006"] }""", "voorstel")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await SendAsync(fi, "", propose, null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // The same key of somebody else is another key.
        var approved = await TwiceAsync(archivaris, $"{path}/goedkeuring", $$"""{ "bevestiging": "{{list["sha256"]}}" }""", "voorstel");
        approved["goedkeuringen"]!.AsArray().Count.ShouldBe(1);

        // Carried out, the same request gives what became of it, also by a host that was started since; one without its key hears that it is over.
        var run = await TwiceAsync(fi, $"{path}/uitvoering", $$"""{ "bevestiging": "{{list["lijst"]}}" }""", "uit");
        run["status"]!.GetValue<string>().ShouldBe("uitgevoerd");
        await served.RestartAsync();
        fi = await served.CreateClientAsync("fi");
        using var again = await SendAsync(fi, $"{path}/uitvoering", $$"""{ "bevestiging": "{{list["lijst"]}}" }""", "uit");
        again.StatusCode.ShouldBe(HttpStatusCode.OK, await again.Content.ReadAsStringAsync());
        (await SendAsync(fi, $"{path}/uitvoering", $$"""{ "bevestiging": "{{list["lijst"]}}" }""", null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task AnswerAndCancelling_SentTwiceWithOneKey_AreDoneOnceAndAKeyMustBeUsable()
    {
        await using var served = await ServedVault.StartNewAsync();
        var fi = await served.CreateClientAsync("fi");
        var list = JsonNode.Parse(await fi.GetStringAsync(Lists))!["items"]![0]!["lijst"]!.GetValue<string>();
        (await SendAsync(fi, $"/{list}/intrekking", """{ "reden": "Eerst overleggen." }""", new string('k', 201))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await TwiceAsync(fi, $"/{list}/onderdelen/1", """{ "antwoord": "bewaren-tot", "tot": "2090-01-01", "reden": "Er komt een boek." }""", "antwoord");
        (await SendAsync(fi, $"/{list}/onderdelen/1", """{ "antwoord": "bewaren-tot", "tot": "2091-01-01", "reden": "Er komt een boek." }""", "antwoord")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await TwiceAsync(fi, $"/{list}/intrekking", """{ "reden": "Eerst overleggen." }""", "weg"))["status"]!.GetValue<string>().ShouldBe("ingetrokken");
        (await SendAsync(fi, $"/{list}/intrekking", """{ "reden": "Eerst overleggen." }""", "nog-eens")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<JsonNode> TwiceAsync(HttpClient client, string path, string body, string key, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var first = await SendAsync(client, path, body, key);
        first.StatusCode.ShouldBe(expected, $"{path} {await first.Content.ReadAsStringAsync()}");
        using var second = await SendAsync(client, path, body, key);
        second.StatusCode.ShouldBe(expected, $"{path} again {await second.Content.ReadAsStringAsync()}");
        var answer = await first.Content.ReadAsStringAsync();
        (await second.Content.ReadAsStringAsync()).ShouldBe(answer);
        return JsonNode.Parse(answer)!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Lists}{path}", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
