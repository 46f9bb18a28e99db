using System.Net;
using System.Net.Http.Headers;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>Adding, looking at, taking out and moving files on the pages.</summary>
public sealed class FileTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Number = "WL-2026-0001";

    private static readonly Dictionary<string, string> Evidence = new() { ["soort"] = "bewijs", ["compartiment"] = "", ["datum"] = "2026-11-02", ["titel"] = "", ["bij"] = "" };

    [Fact]
    public async Task Upload_OddNamesAndSizes_AreKeptAndShownAsText()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        (string Name, byte[] Content)[] files =
        [
            ("<img src=x onerror=alert(1)>.txt", Browsing.Bytes("eerste")),
            ("../../etc/passwd", Browsing.Bytes("tweede")),
            ("leeg.txt", []),
            ("Ünïcøde ‮gnp.exe", Browsing.Bytes("vierde")),
            ($"{new string('a', 300)}.txt", new byte[200_000]),
        ];
        var (status, _) = await browsing.UploadAsync(Number, Evidence, files);
        status.ShouldBe(HttpStatusCode.OK);
        var page = await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=bewijs");
        page.ShouldRunNothing();
        var titles = page.QuerySelectorAll("tbody th a").Select(link => link.TextContent).ToList();
        titles.ShouldContain(title => title.StartsWith("_img src=x onerror=alert(1)_", StringComparison.Ordinal));
        titles.ShouldContain("passwd");
        titles.ShouldContain("leeg");
        titles.ShouldContain("Ünïcøde gnp");
        titles.ShouldContain(title => title.StartsWith("aaaa", StringComparison.Ordinal) && title.Length <= 150);
    }

    [Fact]
    public async Task Upload_OneTitleForMore_NumbersTheRest()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var (status, _) = await browsing.UploadAsync(Number, new Dictionary<string, string>(Evidence) { ["titel"] = "Foto van de berm" }, [("a.png", [1]), ("b.png", [2])]);
        status.ShouldBe(HttpStatusCode.OK);
        var text = (await browsing.PageAsync($"/dossiers/{Number}/documenten")).Text();
        text.ShouldContain("Foto van de berm");
        text.ShouldContain("Foto van de berm (2)");
    }

    [Fact]
    public async Task Upload_Refused_SaysWhyForEachFile()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var (status, text) = await browsing.UploadAsync(Number, new Dictionary<string, string>(Evidence) { ["soort"] = "opname", ["compartiment"] = "melding" }, [("a.wav", [1]), ("<b>.wav", [2])]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        var page = Browsing.Parse(text);
        page.Title!.ShouldStartWith("Fout: ");
        page.ShouldRunNothing();
        var alert = page.QuerySelector(".utrecht-alert--error")!;
        alert.QuerySelectorAll("li").Length.ShouldBe(2);
        alert.TextContent.ShouldContain("Een opname hoort in het compartiment opnamen.");
        page.QuerySelector("select[name=soort] option[selected]")!.GetAttribute("value").ShouldBe("opname");
    }

    [Fact]
    public async Task Upload_ByScript_AnswersForTheFile()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var (status, text) = await browsing.UploadAsync(Number, Evidence, [("script.txt", [1])], asScript: true);
        status.ShouldBe(HttpStatusCode.Created);
        text.ShouldContain("\"naam\":\"script.txt\"");
        (await browsing.UploadAsync(Number, new Dictionary<string, string>(Evidence) { ["soort"] = "" }, [("script.txt", [1])], asScript: true)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Upload_WithoutTheRight_IsNotThere()
    {
        var browsing = await Browsing.AsAsync(served, "directeur", "WL-2024-0001");
        (await browsing.UploadAsync("WL-2024-0001", Evidence, [("a.txt", [1])])).Status.ShouldBe(HttpStatusCode.NotFound);
        var onderzoeker = await Browsing.AsAsync(served, "onderzoeker", Number);
        var (status, text) = await onderzoeker.UploadAsync(Number, new Dictionary<string, string>(Evidence) { ["compartiment"] = "melder" }, [("a.txt", [1])]);
        status.ShouldBe(HttpStatusCode.Forbidden);
        text.ShouldContain("Uw rol geeft daar in dit dossier geen recht toe.");
    }

    [Fact]
    public async Task Content_ByRange_GivesThatPartInASandbox()
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var id = await AddAsync(browsing, "range.txt", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/dossiers/{Number}/bestanden/{id}/inhoud", UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(2, 5);
        using var answer = await browsing.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("2345");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("pagina.html")]
    [InlineData("plaatje.svg")]
    [InlineData("bron.xml")]
    [InlineData("dossier.docx")]
    public async Task Content_OfATypeThatCouldRun_IsNeverShown(string name)
    {
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        var id = await AddAsync(browsing, name, "<script>alert(1)</script>");
        using var answer = await browsing.Client.GetAsync(new Uri($"/dossiers/{Number}/bestanden/{id}/inhoud", UriKind.Relative));
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentType!.MediaType.ShouldNotBe("text/html");
        answer.Content.Headers.ContentType!.MediaType.ShouldNotBe("image/svg+xml");
        var page = await browsing.PageAsync($"/dossiers/{Number}/bestanden/{id}");
        page.QuerySelector("iframe, img").ShouldBeNull();
        page.Links().ShouldNotContain($"/dossiers/{Number}/bestanden/{id}/inhoud");
    }

    [Fact]
    public async Task FilePage_OfARecording_PlaysItWithoutLoadingItFirst()
    {
        var browsing = await Browsing.AsAsync(served, "onderzoeker", Number);
        var list = await browsing.PageAsync($"/dossiers/{Number}/documenten?soort=opname");
        var page = await browsing.PageAsync(list.QuerySelector("tbody th a")!.GetAttribute("href")!);
        var player = page.QuerySelector("audio[controls]")!;
        player.GetAttribute("preload").ShouldBe("none");
        // A recording is listened to here and not taken out.
        page.Links().ShouldNotContain(link => link.EndsWith("/download", StringComparison.Ordinal));
        using var content = await browsing.Client.GetAsync(new Uri(player.GetAttribute("src")!, UriKind.Relative));
        content.Content.Headers.ContentType!.MediaType.ShouldBe("audio/wav");
        (await browsing.StatusAsync(player.GetAttribute("src")!.Replace("/inhoud", "/download", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Move_AskedTwice_TakesItAwayFromTheWrongPlace()
    {
        var fi = await Browsing.AsAsync(served, "fi", Number);
        var onderzoeker = await Browsing.AsAsync(served, "onderzoeker", Number);
        var id = await AddAsync(fi, "verkeerd gelegd.txt", "over de melder");
        var path = $"/dossiers/{Number}/bestanden/{id}";
        (await onderzoeker.StatusAsync($"{path}/inhoud")).ShouldBe(HttpStatusCode.OK);

        var form = await fi.PageAsync($"{path}/verplaatsen");
        (await fi.SendAsync(form, $"{path}/verplaatsen")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var (status, asked) = await fi.SendAsync(form, $"{path}/verplaatsen", new Dictionary<string, string> { ["naar"] = "melder", ["reden"] = "Er staat in wie de melder is." });
        status.ShouldBe(HttpStatusCode.OK);
        asked.Text().ShouldContain("wordt meteen vernietigd");
        (await onderzoeker.StatusAsync(path)).ShouldBe(HttpStatusCode.OK);

        var (moved, done) = await fi.SendAsync(asked, $"{path}/verplaatsen");
        moved.ShouldBe(HttpStatusCode.OK);
        done.Text().ShouldContain("gelezen: bespreek dat");
        (await onderzoeker.StatusAsync(path)).ShouldBe(HttpStatusCode.NotFound);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{path}/inhoud", UriKind.Relative));
        request.Headers.Range = new RangeHeaderValue(0, 3);
        using var answer = await onderzoeker.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await onderzoeker.PageAsync($"/dossiers/{Number}/tijdlijn")).Text().ShouldContain("weggehaald en op zijn goede plaats gelegd");
    }

    [Fact]
    public async Task TextsOfPeople_WithMarkup_AreShownAsTheyWereWritten()
    {
        const string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        var browsing = await Browsing.AsAsync(served, "fi", Number);
        (await browsing.UploadAsync(Number, new Dictionary<string, string>(Evidence) { ["titel"] = evil }, [("x.txt", [1])])).Status.ShouldBe(HttpStatusCode.OK);
        var added = await browsing.SendAsync(
            await browsing.PageAsync($"/dossiers/{Number}/personen/nieuw?rol=getuige"), $"/dossiers/{Number}/personen",
            new Dictionary<string, string> { ["achternaam"] = $"Dijkgat{evil}", ["functie"] = evil, ["afdeling"] = evil });
        added.Status.ShouldBe(HttpStatusCode.OK, added.Page.Text());
        foreach (var path in (string[])["", "/tijdlijn", "/documenten", "/personen", "/onderzoek", "/bestanden/nieuw", "/personen/nieuw?rol=raadsman"])
        {
            var page = await browsing.PageAsync($"/dossiers/{Number}{path}");
            page.ShouldRunNothing();
        }

        (await browsing.PageAsync($"/dossiers/{Number}/documenten")).Text().ShouldContain(evil);
        (await browsing.PageAsync($"/dossiers/{Number}/personen")).Text().ShouldContain($"Dijkgat{evil}");
    }

    private static async Task<string> AddAsync(Browsing browsing, string name, string content)
    {
        var (status, text) = await browsing.UploadAsync(Number, Evidence, [(name, Browsing.Bytes(content))], asScript: true);
        status.ShouldBe(HttpStatusCode.Created, text);
        return System.Text.Json.Nodes.JsonNode.Parse(text)![0]!["id"]!.GetValue<string>();
    }
}
