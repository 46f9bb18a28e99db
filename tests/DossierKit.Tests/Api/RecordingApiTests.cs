using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

using DossierKit.Tests.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>Recordings on their way in: with how they were made or not at all, after the questions the protocol asks.</summary>
public sealed class RecordingApiTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly Uri Recordings = new("/v1/dossiers/WL-2026-0001/opnamen", UriKind.Relative);

    private static readonly (string Field, string Value)[] Right = [("Naam", "gesprek%20een.bin"), ("Gesprek", "gesprek-1"), ("Overlegd", "ja"), ("VernietigingVerteld", "ja"), ("Reden", "Veel%20bedragen.")];

    [Theory]
    [InlineData("fi", true)]
    [InlineData("onderzoeker", false)]
    public async Task Recording_AsBodyOrForm_IsSealedWithHowItWasMade(string person, bool asForm)
    {
        var client = await Writer.CreateAsync(served, person);
        var before = await CountAsync(client);
        var sound = Sounds.Wav(3);
        sound[^1] = asForm ? (byte)1 : (byte)2; // the same recording is not taken twice
        using var request = asForm ? Form(sound, Right) : Body(sound, Right);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        made["bestand"]!["naam"]!.GetValue<string>().ShouldBe("gesprek een.wav");
        made["bestand"]!["compartiment"]!.GetValue<string>().ShouldBe("opnamen");
        made["bestand"]!["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(sound)));
        made["met"]!.GetValue<string>().ShouldBe("getuige-1");
        made["duurSeconden"]!.GetValue<int>().ShouldBe(3);
        made["overlegd"]!.GetValue<bool>().ShouldBeTrue();
        (await CountAsync(client)).ShouldBe(before + 1);
        (await client.GetByteArrayAsync(new Uri($"{answer.Headers.Location}/inhoud", UriKind.Relative))).ShouldBe(sound);

        using var second = Form(sound, Right);
        using var refused = await client.SendAsync(second);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("ligt al als opname in het dossier");
    }

    [Theory]
    [InlineData("niet-besproken", "Waterlanden art. 7.6")]
    [InlineData("niet-verteld", "Waterlanden art. 7.6")]
    [InlineData("geen-geluid", "inhoud")]
    [InlineData("geen-gesprek", "staat niet in het dossier")]
    [InlineData("twee", "")]
    public async Task Recording_ThatMayNotBe_IsRefusedAndNothingStays(string why, string says)
    {
        var client = await Writer.CreateAsync(served, "fi");
        var (before, objects) = (await CountAsync(client), served.ObjectCount());
        var fields = Right.Select(field => (why, field.Field) switch
        {
            ("niet-besproken", "Overlegd") or ("niet-verteld", "VernietigingVerteld") => (field.Field, "nee"),
            ("geen-gesprek", "Gesprek") => (field.Field, "gesprek-9"),
            _ => field,
        }).ToArray();
        using var request = why == "twee" ? Form(Sounds.Wav(1), fields, twice: true) : Body(why == "geen-geluid" ? "%PDF-1.7 geen geluid"u8.ToArray() : Sounds.Wav(1), fields);
        if (why == "geen-gesprek") request.Headers.Add("Opname-Met", "getuige-1");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(says);
        (await CountAsync(client)).ShouldBe(before);
        for (var i = 0; i < 100 && served.ObjectCount() != objects; i++) await Task.Delay(50);
        served.ObjectCount().ShouldBe(objects);
    }

    [Fact]
    public async Task Recording_NothingSaidAboutIt_TellsEverythingAtOnce()
    {
        var client = await Writer.CreateAsync(served, "fi");
        using var request = Body(Sounds.Wav(1), ("Met", "Jan%20Janssen"), ("Datum", "gisteren"));
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["redenen"]!.AsArray().Select(reason => reason!["onderwerp"]!.GetValue<string>())
            .ShouldBe(["gesprek", "met", "datum", "overlegd", "vernietigingVerteld"]);
    }

    [Fact]
    public async Task Recording_SentTwiceWithOneKey_IsThereOnce()
    {
        var client = await Writer.CreateAsync(served, "fi");
        var before = await CountAsync(client);
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = Body(Sounds.Mp3(20), Right);
            request.Headers.Add("Idempotency-Key", "opname-een-keer");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            ids.Add(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["bestand"]!["id"]!.GetValue<string>());
        }

        ids[1].ShouldBe(ids[0]);
        (await CountAsync(client)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Recording_WithoutARightToHearThem_IsRefusedBeforeAByteIsRead()
    {
        var client = await Writer.CreateAsync(served, "verantwoordelijke");
        using var request = Body(Sounds.Wav(1), Right);
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync(Recordings)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<int> CountAsync(HttpClient client) => JsonNode.Parse(await client.GetStringAsync(Recordings))!["total"]!.GetValue<int>();

    private static HttpRequestMessage Body(byte[] sound, params IReadOnlyList<(string Field, string Value)> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Recordings) { Content = new ByteArrayContent(sound) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        foreach (var (field, value) in fields) request.Headers.Add($"Opname-{field}", value);
        return request;
    }

    private static HttpRequestMessage Form(byte[] sound, IReadOnlyList<(string Field, string Value)> fields, bool twice = false)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields.Where(field => field.Field != "Naam")) form.Add(new StringContent(Uri.UnescapeDataString(value)), $"{char.ToLowerInvariant(field[0])}{field[1..]}");
        for (var i = 0; i < (twice ? 2 : 1); i++) form.Add(new ByteArrayContent(sound), "bestand", "gesprek een.bin");
        return new HttpRequestMessage(HttpMethod.Post, Recordings) { Content = form };
    }
}
