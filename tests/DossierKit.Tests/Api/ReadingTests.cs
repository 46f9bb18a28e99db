using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Parts of files, pages of lists, the methods an address knows, and that the API says what the command line says.</summary>
public sealed class ReadingTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Dossier = "/v1/dossiers/WL-2026-0001";

    [Theory]
    [InlineData("bytes=0-9", 206, 0, 10)]
    [InlineData("bytes=100-", 206, 100, -1)]
    [InlineData("bytes=-7", 206, -7, 7)]
    [InlineData("bytes=5-999999999", 206, 5, -1)]
    [InlineData("bytes=999999999-", 416, 0, 0)]
    [InlineData("bytes=9-3", 200, 0, -1)]
    [InlineData("bytes=0-1,5-6", 200, 0, -1)]
    [InlineData("regels=1-2", 200, 0, -1)]
    public async Task Content_Range_GivesThatPart(string range, int status, int start, int length)
    {
        var client = await served.CreateClientAsync("fi");
        var id = await FileAsync(client, "opname");
        var whole = await client.GetByteArrayAsync(Uri($"{Dossier}/bestanden/{id}/inhoud"));
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri($"{Dossier}/bestanden/{id}/inhoud"));
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 416) return;
        var from = start < 0 ? whole.Length + start : start;
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(whole[from..(length < 0 ? whole.Length : from + length)]);
        if (status == 206) answer.Content.Headers.ContentRange!.Length.ShouldBe(whole.Length);
    }

    [Fact]
    public async Task Content_AnyFile_CannotRunInThisSite()
    {
        var client = await Writer.CreateAsync(served, "fi");
        foreach (var (name, type) in ((string, string)[])[("kwaad.html", "application/octet-stream"), ("kwaad.svg", "application/octet-stream"), ("schets.png", "image/png"), ("geluid.wav", "audio/wav")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Uri($"{Dossier}/bestanden")) { Content = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray()) };
            foreach (var (header, value) in ((string, string)[])[("Naam", name), ("Soort", "bewijs"), ("Compartiment", "onderzoek"), ("Datum", "2026-03-10")]) request.Headers.Add($"Bestand-{header}", value);
            using var added = await client.SendAsync(request);
            using var answer = await client.GetAsync(Uri($"{added.Headers.Location}/inhoud"));
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe(type == "application/octet-stream" ? "attachment" : "inline");
        }
    }

    [Fact]
    public async Task Pages_WhileOthersAdd_MissNothingAndRepeatNothing()
    {
        var client = await Writer.CreateAsync(served, "fi");
        var before = (await AllAsync(client, $"{Dossier}/gebeurtenissen", 200)).ToHashSet();
        var seen = new List<string>();
        for (string? next = $"{Dossier}/gebeurtenissen?aantal=3"; next is not null;)
        {
            using var answer = await client.GetAsync(Uri(next));
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            var items = page["items"]!.AsArray();
            items.Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(items.Select(item => item!["id"]!.GetValue<string>()));
            next = (string?)page["next"];
            answer.Headers.TryGetValues("Link", out var link).ShouldBe(next is not null);
            if (next is not null) link!.Single().ShouldBe($"<{next}>; rel=\"next\"");
            // An event of long ago comes in before the place the reader is at.
            using var added = await client.PostAsync(Uri($"{Dossier}/gebeurtenissen"), Json("""{ "soort": "journaal-aantekening", "datum": "2026-02-02", "aantekening": "Achteraf." }"""));
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        }

        seen.ShouldBeUnique();
        before.Except(seen).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/dossiers?aantal=0")]
    [InlineData("/v1/dossiers?aantal=201")]
    [InlineData("/v1/dossiers?aantal=veel")]
    [InlineData("/v1/dossiers?aantal=1&aantal=2")]
    [InlineData("/v1/dossiers?pagina=2")]
    [InlineData("/v1/dossiers?fase=halverwege")]
    [InlineData("/v1/dossiers?jaar=twintig")]
    [InlineData("/v1/logboek?van=gisteren")]
    [InlineData("/v1/logboek?na=nergens")]
    [InlineData(Dossier + "?x=1")]
    [InlineData(Dossier + "/bestanden?soort=geheim")]
    [InlineData(Dossier + "/bestanden?na=00000000000000000000000000000000")]
    [InlineData(Dossier + "/gebeurtenissen?soort=feest")]
    public async Task List_AskedWrongly_IsRefusedAndNotGuessed(string path)
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await client.GetAsync(Uri(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/dossiers?fase=gesloten", "fase", "gesloten")]
    [InlineData("/v1/dossiers?protocol=ommen", "protocol", "ommen")]
    [InlineData(Dossier + "/bestanden?compartiment=opnamen", "compartiment", "opnamen")]
    [InlineData(Dossier + "/gebeurtenissen?soort=gesprek-gehouden", "soort", "gesprek-gehouden")]
    public async Task List_Filtered_HoldsThoseAlone(string path, string field, string value)
    {
        var client = await served.CreateClientAsync("fi");
        var page = JsonNode.Parse(await client.GetStringAsync(Uri(path)))!;
        var items = page["items"]!.AsArray();
        items.ShouldNotBeEmpty();
        items.ShouldAllBe(item => (string?)item![field] == value);
        page["total"]!.GetValue<int>().ShouldBe(items.Count);
    }

    [Fact]
    public async Task Methods_HeadAndOptions_AnswerSensibly()
    {
        var client = await served.CreateClientAsync("fi");
        using var head = await SendAsync(HttpMethod.Head, Dossier);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(100);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        using var file = await SendAsync(HttpMethod.Head, $"{Dossier}/bestanden/{await FileAsync(client, "opname")}/inhoud");
        file.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(100);
        using var options = await SendAsync(HttpMethod.Options, $"{Dossier}/gebeurtenissen");
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.Order().ShouldBe(["GET", "HEAD", "OPTIONS", "POST"]);
        using var delete = await SendAsync(HttpMethod.Delete, Dossier);
        delete.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        // No other site may read an answer: nothing says it may.
        using var foreign = new HttpRequestMessage(HttpMethod.Get, Uri(Dossier)) { Headers = { { "Origin", "https://elders.example" } } };
        using var closed = await client.SendAsync(foreign);
        closed.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, Uri(path));
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Event_ThroughApiAndCommandLine_IsTheSame()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var posted = await client.PostAsync(Uri($"{Dossier}/gebeurtenissen"), Json("""{ "soort": "voortgang-gemeld", "datum": "2026-03-10", "aan": ["betrokkene-1"], "inhoud": "Het onderzoek loopt nog.", "volgendeOp": "2026-04-10" }"""));
        posted.StatusCode.ShouldBe(HttpStatusCode.Created, await posted.Content.ReadAsStringAsync());
        var typed = await served.Folder.RunAsync("dossierkit record voortgang-gemeld --dossier WL-2026-0001 --veld datum=2026-03-10 --veld aan=betrokkene-1 --veld inhoud=\"Het onderzoek loopt nog.\" --veld volgendeOp=2026-04-10 --data demo-data --as fi --purpose Vergelijken");
        typed.Exit.ShouldBe(0, typed.ToString());

        var items = JsonNode.Parse(await client.GetStringAsync(Uri($"{Dossier}/gebeurtenissen?soort=voortgang-gemeld")))!["items"]!.AsArray().TakeLast(2).ToList();
        JsonNode.DeepEquals(items[0]!["inhoud"], items[1]!["inhoud"]).ShouldBeTrue(items[0]!.ToJsonString() + items[1]!.ToJsonString());
        ((string?)items[0]!["compartiment"]).ShouldBe((string?)items[1]!["compartiment"]);
    }

    [Fact]
    public async Task Dossier_ThroughApiAndCommandLine_SaysTheSame()
    {
        var client = await served.CreateClientAsync("onderzoeker");
        var shown = await served.Folder.RunAsync("dossierkit show WL-2026-0001 --data demo-data --as onderzoeker --purpose Vergelijken --json");
        shown.Exit.ShouldBe(0, shown.ToString());
        var cli = JsonNode.Parse(shown.Out)!;
        await SameAsync("personen", "personen", Without);
        await SameAsync("bestanden", "bestanden", Without);
        await SameAsync("termijnen", "termijnen", Without);
        await SameAsync("gebeurtenissen", "gebeurtenissen", item => item["inhoud"] is { } content ? Without(content) : null);
        await SameAsync("stukken", "documenten", Without);

        async Task SameAsync(string section, string resource, Func<JsonNode, JsonNode?> part)
        {
            var items = JsonNode.Parse(await client.GetStringAsync(Uri($"{Dossier}/{resource}{(resource == "termijnen" ? "" : "?aantal=200")}")))!["items"]!.AsArray().Select(item => part(item!)).Where(item => item is not null).Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal);
            items.ShouldBe(cli[section]!.AsArray().Select(item => Without(item!).ToJsonString()).Order(StringComparer.Ordinal), resource);
        }

        // What is absent is null on the command line and left out by the API; the order of fields means nothing.
        static JsonNode Without(JsonNode item) => new JsonObject(item.AsObject().Where(field => field.Value is not null).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value!.DeepClone())));
    }

    private static async Task<List<string>> AllAsync(HttpClient client, string path, int count)
    {
        var page = JsonNode.Parse(await client.GetStringAsync(Uri($"{path}?aantal={count}")))!;
        page["next"].ShouldBeNull();
        return [.. page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
    }

    private static async Task<string> FileAsync(HttpClient client, string kind)
        => JsonNode.Parse(await client.GetStringAsync(Uri($"{Dossier}/bestanden?soort={kind}")))!["items"]![0]!["id"]!.GetValue<string>();

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
