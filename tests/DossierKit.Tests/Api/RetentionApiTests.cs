using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Keeping by the API: the same names and values as the command line, versions, and what is for people alone.</summary>
public sealed class RetentionApiTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Dossier = "/v1/bewaring/dossiers/WL-2024-0006";

    [Fact]
    public async Task Plan_ByTheApiAndByTheCommandLine_IsTheSame()
    {
        var fi = await served.CreateClientAsync("fi");
        var api = JsonNode.Parse(await fi.GetStringAsync(Uri("/v1/bewaring/plan?aantal=200")))!["items"]!.AsArray();
        var run = await served.Folder.RunAsync("dossierkit retention plan --json --data ./demo-data --as fi");
        var cli = JsonNode.Parse(run.Out)!["items"]!.AsArray();
        api.Count.ShouldBe(cli.Count);
        api.Count.ShouldBeGreaterThan(10);
        foreach (var (one, other) in api.Zip(cli)) WithoutNulls(other!).ToJsonString().ShouldBe(Ordered(one!, other!).ToJsonString());
        // And the filters find what the whole list holds.
        var late = JsonNode.Parse(await fi.GetStringAsync(Uri("/v1/bewaring/plan?stand=te-laat&aantal=200")))!["items"]!.AsArray();
        late.Count.ShouldBe(api.Count(item => (string?)item!["status"] == "te-laat"));
        late.Count.ShouldBeGreaterThan(0);
        (await fi.GetAsync(Uri("/v1/bewaring/plan?stand=weg"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Decision_OnAnOldVersionOrWithoutOne_IsRefusedAndTheSameKeyIsDoneOnce()
    {
        var fi = await served.CreateClientAsync("fi");
        using var shown = await fi.GetAsync(Uri(Dossier));
        var version = shown.Headers.ETag!;
        (await SendAsync(fi, "/klasse", """{ "resultaat": "12.2", "grond": "Er is een maatregel genomen." }""", null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        using var set = await SendAsync(fi, "/klasse", """{ "resultaat": "12.2", "grond": "Er is een maatregel genomen." }""", version, "sleutel-1");
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
        set.Headers.ETag!.ShouldNotBe(version);
        // The answer was lost: the same request again is not another decision, and no conflict.
        (await SendAsync(fi, "/klasse", """{ "resultaat": "12.2", "grond": "Er is een maatregel genomen." }""", version, "sleutel-1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonNode.Parse(await fi.GetStringAsync(Uri($"{Dossier}/besluiten")))!["items"]!.AsArray().Count(decision => (string?)decision!["soort"] == "klasse-vastgesteld").ShouldBe(1);
        (await SendAsync(fi, "/klasse", """{ "resultaat": "12.1.7", "grond": "Toch niet." }""", version, "sleutel-2")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var wrong = await SendAsync(fi, "/klasse", """{ "resultaat": "99.9", "grond": "Bestaat niet." }""", set.Headers.ETag);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["redenen"]![0]!["onderwerp"]!.GetValue<string>().ShouldBe("resultaat");
    }

    [Fact]
    public async Task FinalActs_ByAToken_AreForPeople()
    {
        // A program may read everything its owner may read here; it decides nothing that cannot be taken back.
        var token = await TokenAsync("archivaris");
        (await token.GetAsync(Uri("/v1/bewaring/plan"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await token.GetAsync(Uri("/v1/bewaring/lijsten"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var fi = await served.CreateClientAsync("fi");
        await Web.Bewaring.ListPageTests.WithdrawAsync(served);
        using var proposal = new StringContent("""{ "pad": "lijst", "dossiers": ["WL-2014-0001"] }""", Encoding.UTF8, "application/json");
        using var made = await fi.PostAsync(Uri("/v1/bewaring/lijsten"), proposal);
        var list = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        var path = $"/v1/bewaring/lijsten/{list["lijst"]}";
        foreach (var (part, body) in new[]
        {
            ("/goedkeuring", $$"""{ "bevestiging": "{{list["sha256"]}}" }"""), ("/intrekking", """{ "reden": "Nog niet." }"""), ("/onderdelen/1", """{ "antwoord": "overdragen" }"""),
            ("/uitvoering", $$"""{ "bevestiging": "{{list["lijst"]}}" }"""),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            (await token.PostAsync(Uri(path + part), content)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, part);
        }

        using var another = new StringContent("""{ "pad": "lijst", "dossiers": ["WL-2024-0001"] }""", Encoding.UTF8, "application/json");
        (await token.PostAsync(Uri("/v1/bewaring/lijsten"), another)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var now = JsonNode.Parse(await fi.GetStringAsync(Uri(path)))!;
        now["status"]!.GetValue<string>().ShouldBe("voorgesteld");
        now["goedkeuringen"]!.AsArray().ShouldBeEmpty();
    }

    private async Task<HttpClient> TokenAsync(string person)
    {
        var acting = served.Register.Staff.SignIn(new DossierKit.Dossiers.PersonId(person), DossierKit.Host.Cli.Session.Account).Value;
        var secret = (await served.Register.SignIns.MakeTokenAsync(acting, "proef", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(7), default)).Value.Secret;
        var client = served.CreateStranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body, EntityTagHeaderValue? version, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri(Dossier + path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (version is not null) request.Headers.IfMatch.Add(version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    /// <summary>The members of one in the order of the other: the order says nothing.</summary>
    private static JsonNode Ordered(JsonNode one, JsonNode like) => one switch
    {
        JsonObject part => new JsonObject([
            .. like.AsObject().Where(member => part.ContainsKey(member.Key)).Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Ordered(part[member.Key]!, member.Value!))),
            .. part.Where(member => !like.AsObject().ContainsKey(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())),
        ]),
        JsonArray items => new JsonArray([.. items.Zip(like.AsArray()).Select(pair => Ordered(pair.First!, pair.Second!))]),
        _ => one.DeepClone(),
    };

    private static JsonNode WithoutNulls(JsonNode node) => node switch
    {
        JsonObject part => new JsonObject(part.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, (JsonNode?)WithoutNulls(member.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => WithoutNulls(item!))]),
        _ => node.DeepClone(),
    };

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
