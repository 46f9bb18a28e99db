using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web;

public sealed class LogPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task Log_Fi_ShowsWhoOpenedWhatAndWhy()
    {
        var client = await served.CreateClientAsync("fi", "Het gesprek voorbereiden");
        await client.GetStringAsync(new Uri("/v1/dossiers/WL-2026-0001", UriKind.Relative));
        var page = await PageAsync(client, "/logboek?dossier=WL-2026-0001&daad=geopend");
        page.ShouldContain("Het gesprek voorbereiden");
        page.ShouldContain("H. Plassenberger");
        page.ShouldNotContain("WL-2026-0002");
    }

    [Fact]
    public async Task Log_FaultyDay_SaysSoAtItsField()
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await client.GetAsync(new Uri("/logboek?van=gisteren&dossier=zomaar", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = new HtmlPage(await answer.Content.ReadAsStringAsync());
        page.Named("input").Where(input => input["aria-invalid"] == "true").Select(input => input["name"]).ShouldBe(["dossier", "van"], ignoreOrder: true);
        page.Named("a").Select(a => a["href"]).ShouldContain("#veld-van");
    }

    [Fact]
    public async Task Log_Stranger_SeesOwnActsOnly()
    {
        var fi = await served.CreateClientAsync("fi", "Alleen voor wie toezicht houdt");
        await fi.GetStringAsync(new Uri("/v1/dossiers/WL-2026-0002", UriKind.Relative));
        var client = await served.CreateClientAsync("vreemde");
        var page = await PageAsync(client, "/logboek");
        page.ShouldNotContain("WL-2026-0002");
        page.ShouldNotContain("Alleen voor wie toezicht houdt");
        page.ShouldNotContain("Meenemen als CSV");
    }

    [Theory]
    [InlineData("vreemde")]
    [InlineData("onderzoeker")]
    [InlineData("beheerder")]
    public async Task LogExportVerifyReviewAndServer_NotForThisPerson_AreNotThere(string person)
    {
        var client = await served.CreateClientAsync(person);
        foreach (var path in (string[])["/logboek/meenemen", "/logboek/nakijken"])
        {
            using var form = new FormUrlEncodedContent([]);
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            answer.Content.Headers.ContentDisposition.ShouldBeNull();
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("moment;daad");
        }

        foreach (var path in (string[])["/logboek/geweigerd", "/logboek/server"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task LogExport_Fg_IsCsvAndLogged()
    {
        var client = await served.CreateClientAsync("fg");
        using var form = new FormUrlEncodedContent([]);
        using var answer = await client.PostAsync(new Uri("/logboek/meenemen", UriKind.Relative), form);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').ShouldStartWith("moment;daad;persoon");
        (await PageAsync(client, "/logboek?daad=logboek-meenomen".Replace("meenomen", "meegenomen", StringComparison.Ordinal))).ShouldContain("N. Veenpluimer");
    }

    [Fact]
    public async Task LogVerify_Fg_TellsItIsWhole()
    {
        var client = await served.CreateClientAsync("fg");
        using var form = new FormUrlEncodedContent([]);
        using var answer = await client.PostAsync(new Uri("/logboek/nakijken", UriKind.Relative), form);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Het logboek is heel.");
    }

    private static async Task<string> PageAsync(HttpClient client, string path) => WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
}
