using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Versions and keys: nobody overwrites what he did not see, and nothing is done twice.</summary>
public sealed class ConditionTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly Uri Dossier = new("/v1/dossiers/WL-2026-0001", UriKind.Relative);
    private static readonly Uri Events = new("/v1/dossiers/WL-2026-0001/gebeurtenissen", UriKind.Relative);

    [Fact]
    public async Task Get_VersionKnown_Is304UntilSomethingChanges()
    {
        var client = await served.CreateClientAsync("fi");
        var version = await VersionAsync(client);
        (await GetAsync(client, version)).ShouldBe(HttpStatusCode.NotModified);
        (await GetAsync(client, "\"een-andere\"")).ShouldBe(HttpStatusCode.OK);
        using (var recorded = await RecordAsync(client, "Iets nieuws.", "*")) recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await GetAsync(client, version)).ShouldBe(HttpStatusCode.OK);

        static async Task<HttpStatusCode> GetAsync(HttpClient client, string known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Dossier);
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(null, 428)]
    [InlineData("\"een-oude\"", 412)]
    [InlineData("W/\"zwak\"", 412)]
    [InlineData("geen etag", 412)]
    [InlineData("*", 201)]
    public async Task Record_OnAVersion_IsDecidedByIt(string? version, int status)
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await RecordAsync(client, "Met een versie.", version);
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Record_WeakFormOfTheRightVersion_NeverMatches()
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await RecordAsync(client, "Zwak.", $"W/{await VersionAsync(client)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Record_ManyAtOnceOnOneVersion_OneIsTaken()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => served.CreateClientAsync(i % 2 == 0 ? "fi" : "plaatsvervanger")));
        for (var round = 0; round < 3; round++)
        {
            var version = await VersionAsync(clients[0]);
            // The deputy sees the same, and so has the same version.
            (await VersionAsync(clients[1])).ShouldBe(version);
            var answers = await Task.WhenAll(clients.Select(async (client, i) =>
            {
                using var answer = await RecordAsync(client, $"Ronde {round}, nummer {i}.", version);
                return (int)answer.StatusCode;
            }));
            answers.Order().ShouldBe([201, 412, 412, 412, 412, 412]);
        }
    }

    [Fact]
    public async Task Record_SameKey_IsDoneOnce()
    {
        var client = await served.CreateClientAsync("fi");
        var version = await VersionAsync(client);
        var first = await DoneAsync(client, "Eén keer.", version, "sleutel-1");
        // The answer was lost; the version it names is not that of now any more, and that does not matter.
        (await DoneAsync(client, "Eén keer.", version, "sleutel-1")).ShouldBe(first);
        using var other = await RecordAsync(client, "Iets anders.", "*", "sleutel-1");
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        // A key is of a person: somebody else's is another.
        (await DoneAsync(await served.CreateClientAsync("plaatsvervanger"), "Eén keer.", "*", "sleutel-1")).ShouldNotBe(first);
    }

    [Fact]
    public async Task Record_SameKeyManyTimesAtOnce_IsDoneOnce()
    {
        var client = await served.CreateClientAsync("fi");
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DoneAsync(client, "Tegelijk.", "*", "sleutel-tegelijk")));
        ids.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Everything_SameKeyAfterARestart_IsDoneOnce()
    {
        await using var own = await ServedVault.StartNewAsync();
        var before = await AllAsync(await own.CreateClientAsync("fi"));
        await own.RestartAsync();
        var client = await own.CreateClientAsync("fi");
        (await AllAsync(client)).ShouldBe(before);
        var files = JsonNode.Parse(await client.GetStringAsync(new Uri($"{Dossier}/bestanden?aantal=200", UriKind.Relative)))!["items"]!.AsArray();
        files.Count(file => (string?)file!["naam"] == "eenmalig.txt").ShouldBe(1);

        static async Task<(string Event, string File, string Dossier)> AllAsync(HttpClient client)
        {
            var happened = await DoneAsync(client, "Over de herstart heen.", "*", "sleutel-herstart");
            using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Dossier}/bestanden", UriKind.Relative)) { Content = new ByteArrayContent("eenmalig"u8.ToArray()) };
            foreach (var (name, value) in ((string, string)[])[("Bestand-Naam", "eenmalig.txt"), ("Bestand-Soort", "notitie"), ("Bestand-Compartiment", "onderzoek"), ("Bestand-Datum", "2026-03-10"), ("If-Match", "*"), ("Idempotency-Key", "sleutel-bestand")])
                upload.Headers.TryAddWithoutValidation(name, value);
            using var file = await client.SendAsync(upload);
            file.StatusCode.ShouldBe(HttpStatusCode.Created, await file.Content.ReadAsStringAsync());
            using var make = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers", UriKind.Relative)) { Content = Json("""{ "datum": "2026-03-02" }""") };
            make.Headers.Add("Idempotency-Key", "sleutel-dossier");
            using var dossier = await client.SendAsync(make);
            dossier.StatusCode.ShouldBe(HttpStatusCode.Created, await dossier.Content.ReadAsStringAsync());
            return (happened, file.Headers.Location!.ToString(), dossier.Headers.Location!.ToString());
        }
    }

    private static async Task<string> DoneAsync(HttpClient client, string note, string version, string key)
    {
        using var answer = await RecordAsync(client, note, version, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpResponseMessage> RecordAsync(HttpClient client, string note, string? version, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Events) { Content = Json(new JsonObject { ["soort"] = "journaal-aantekening", ["datum"] = "2026-03-10", ["aantekening"] = note }.ToJsonString()) };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<string> VersionAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Dossier);
        return answer.Headers.ETag!.ToString();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
