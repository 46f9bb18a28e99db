using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Host.Api;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>What is sent wrongly, by accident or on purpose: a clear answer, never a failure of the program, and nothing is recorded.</summary>
public sealed class MalformedTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Dossier = "/v1/dossiers/WL-2026-0001";
    private const string Canary = "Zilverreigersma";

    [Theory]
    [InlineData("/v1/dossiers", """{ "nummers": "WL-2026-0100" }""", "$.nummers")]
    [InlineData("/v1/dossiers", """{ "nummer": 5 }""", "$.nummer")]
    [InlineData("/v1/dossiers", """{ "datum": "02-03-2026" }""", "$.datum")]
    [InlineData("/v1/dossiers", """{ "datum": "2026-03-02", "datum": "2026-03-03" }""", "$.datum")]
    [InlineData("/v1/dossiers", "null", "$")]
    [InlineData(Dossier + "/documenten", """{ "soort": "kennisgeving", "gecontroleerd": "ja" }""", "$.gecontroleerd")]
    [InlineData(Dossier + "/documenten", """{ "gecontroleerd": true }""", "$")]
    [InlineData(Dossier + "/documenten/kennisgeving/concept", """{ "redenen": { "a": 1 } }""", "$.redenen.a")]
    [InlineData(Dossier + "/gebeurtenissen", """{ "soort": "journaal-aantekening", "datum": "2026-03-02", "aantekening": "x", "hoogte": 3 }""", "$.hoogte")]
    [InlineData(Dossier + "/gebeurtenissen", """{ "soort": "journaal-aantekening", "datum": "2026-03-02" }""", "$")]
    [InlineData(Dossier + "/gebeurtenissen", """{ "soort": "bestand-toegevoegd", "datum": "2026-03-02" }""", "$.soort")]
    public async Task Body_NotAsDescribed_IsRefusedWithItsPlace(string path, string body, string place)
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var answer = await client.PostAsync(Uri(path), Json(body));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        JsonNode.Parse(text)!["redenen"]!.AsArray().Select(reason => (string?)reason!["onderwerp"]).ShouldContain(place, text);
    }

    [Fact]
    public async Task Event_SeveralMistakes_AreToldAtOnce()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var answer = await client.PostAsync(Uri($"{Dossier}/gebeurtenissen"), Json("""{ "soort": "gesprek-gehouden", "datum": "morgen", "met": "Getuige Een", "zaal": "B" }"""));
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["redenen"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/xml", 415)]
    [InlineData("application/problem+json", 400)]
    public async Task Body_OfAnotherType_IsRefused(string type, int status)
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var content = new StringContent("{", Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var answer = await client.PostAsync(Uri("/v1/dossiers"), content);
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_TooLarge_Is413(bool lengthIsTold)
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri($"{Dossier}/gebeurtenissen")) { Content = Json($$"""{ "soort": "{{new string('x', RequestBody.Most)}}" }""") };
        if (!lengthIsTold) request.Headers.TransferEncodingChunked = true;
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Anything_Mangled_IsNeverAFailureAndNeverRepeated()
    {
        var client = await Writer.CreateAsync(served, "fi");
        var random = new Random(20261122);
        (string Path, string Body)[] good =
        [
            ("/v1/dossiers", """{ "nummer": "WL-2031-0001", "protocol": "waterlanden", "datum": "2026-03-02" }"""),
            ($"{Dossier}/gebeurtenissen", $$"""{ "soort": "persoon-toegevoegd", "datum": "2026-03-02", "persoon": { "id": "getuige-9", "rol": "getuige", "achternaam": "{{Canary}}" } }"""),
            ($"{Dossier}/documenten/kennisgeving/vragen", $$"""{ "betrokkene": "betrokkene-1", "antwoorden": { "kennisgeving.gedraging": "{{Canary}}", "lijst": ["a", "b"], "ja": true, "getal": 1.5 } }"""),
            ($"{Dossier}/documenten", $$"""{ "soort": "kennisgeving", "redenen": { "x": "{{Canary}}" }, "gecontroleerd": false }"""),
        ];
        for (var i = 0; i < 240; i++)
        {
            var (path, body) = good[i % good.Length];
            var bytes = Mangle(Encoding.UTF8.GetBytes(body), random);
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await client.PostAsync(Uri(path), content);
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"round {i}, {path}: {Convert.ToBase64String(bytes)}: {text}");
            if ((int)answer.StatusCode < 400) continue;
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            text.ShouldNotContain(Canary, Case.Sensitive, $"round {i}");
        }
    }

    [Theory]
    [InlineData("/v1/dossiers/..%2f..%2fetc")]
    [InlineData("/v1/dossiers/WL-2026-0001/bestanden/zzz")]
    [InlineData("/v1/dossiers/WL-2026-0001/bestanden/%2e%2e/inhoud")]
    [InlineData("/v1/dossiers/WL-2026-0001/personen/%F0%9F%98%80")]
    [InlineData("/v1/dossiers/WL-2026-0001/documenten/bestaat-niet/vragen")]
    [InlineData("/v1/sjablonen/..%2fkennisgeving")]
    [InlineData("/v1/protocollen/geen")]
    [InlineData("/v1/nergens")]
    public async Task Address_OfNothing_Is404(string path)
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await client.GetAsync(new Uri(served.Address, path));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Key_TooLong_IsRefused()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var request = new HttpRequestMessage(HttpMethod.Post, Uri($"{Dossier}/gebeurtenissen")) { Content = Json("""{ "soort": "journaal-aantekening", "datum": "2026-03-02", "aantekening": "x" }""") };
        request.Headers.Add("Idempotency-Key", new string('k', 201));
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Limits_PerPerson_HoldUpThatPersonAlone()
    {
        await using var strict = await ServedVault.StartNewAsync(settings => settings with { ApiLimits = new() { Changes = 2, ChangesPerSecond = 1 } });
        var (fi, deputy) = (await strict.CreateClientAsync("fi"), await strict.CreateClientAsync("plaatsvervanger"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await fi.PostAsync(Uri("/v1/dossiers"), Json("{ \"nummer\": \"x\" }"));
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(1);
        }

        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        statuses[0].ShouldBe(HttpStatusCode.BadRequest);
        using var other = await deputy.PostAsync(Uri("/v1/dossiers"), Json("{ \"nummer\": \"x\" }"));
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var reading = await fi.GetAsync(Uri("/v1/dossiers"));
        reading.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static byte[] Mangle(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0 && list.Count > 0; times--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list.RemoveRange(at, random.Next(list.Count - at)); break;
                case 2: list.InsertRange(at, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", random.Next(1, 200))))); break;
                case 3: list.InsertRange(at, "\"\\ud800\""u8.ToArray()); break;
                case 4: list.InsertRange(at, Encoding.UTF8.GetBytes("1e999999")); break;
                default: list.Insert(at, 0); break;
            }
        }

        return [.. list];
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
