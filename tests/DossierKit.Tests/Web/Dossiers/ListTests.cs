using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>The list, a new dossier, and the question what one is opened for.</summary>
public sealed class ListTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Theory]
    [InlineData("?nummer=2026", 5)]
    [InlineData("?nummer=wl-2014", 1)]
    [InlineData("?jaar=2014", 1)]
    [InlineData("?nummer=bestaat-niet", 0)]
    [InlineData("?fase=onzin&pagina=zeven", 13)]
    public async Task List_Filtered_ShowsWhatFits(string query, int count)
    {
        var browsing = await Browsing.AsAsync(served, "fi");
        var page = await browsing.PageAsync($"/dossiers{query}");
        page.QuerySelectorAll("tbody tr").Length.ShouldBe(count);
        if (count == 0) page.QuerySelector(".dk-empty").ShouldNotBeNull();
    }

    [Fact]
    public async Task List_OfNobodysBusiness_SaysSo()
        => (await (await Browsing.AsAsync(served, "vreemde")).PageAsync("/dossiers")).Text().ShouldContain("Er zijn geen dossiers die u mag zien.");

    [Fact]
    public async Task New_Made_LandsOnTheDossierWithOneNextStep()
    {
        var browsing = await Browsing.AsAsync(served, "fi");
        var form = await browsing.PageAsync("/dossiers/nieuw");
        var (status, page) = await browsing.SendAsync(form, "/dossiers/nieuw", new Dictionary<string, string> { ["datum"] = "2026-11-02" });
        status.ShouldBe(HttpStatusCode.OK);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Overzicht");
        page.Title!.ShouldMatch(@"WL-2026-\d{4}");
        page.QuerySelectorAll(".dk-next").Length.ShouldBe(1);
        page.Text().ShouldContain("Nu te doen: Leg de melding vast");
        page.Links().ShouldContain(link => link.EndsWith("/vastleggen/melding-ontvangen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gisteren", "", "Dit is geen datum.")]
    [InlineData("2099-01-01", "", "De datum ligt in de toekomst.")]
    [InlineData("2026-11-02", "??", "Dit is geen dossiernummer.")]
    [InlineData("2026-11-02", "XX-2026-0001", "Dit dossiernummer begint niet zoals de gemeente dat wil.")]
    public async Task New_WithMistakes_ComesBackAsFilledIn(string date, string number, string mistake)
    {
        var browsing = await Browsing.AsAsync(served, "fi");
        var form = await browsing.PageAsync("/dossiers/nieuw");
        var (status, page) = await browsing.SendAsync(form, "/dossiers/nieuw", new Dictionary<string, string> { ["datum"] = date, ["nummer"] = number });
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.Title!.ShouldStartWith("Fout: ");
        page.QuerySelector(".utrecht-alert--error")!.TextContent.ShouldContain(mistake);
        page.QuerySelector("[name=nummer]")!.GetAttribute("value").ShouldBe(number);
        page.QuerySelector("[name=datum]")!.GetAttribute("value").ShouldBe(date);
    }

    [Theory]
    [InlineData("WL-2026-0001")]
    [InlineData("WL-2099-0001")]
    [InlineData("%3Cscript%3E")]
    public async Task Purpose_ForAnyNumber_IsAskedAlike(string number)
    {
        var browsing = await Browsing.AsAsync(served, "fi");
        var page = await browsing.PageAsync($"/dossiers/{number}/doel");
        page.ShouldRunNothing();
        page.QuerySelectorAll("input[type=radio]").Length.ShouldBe(7);
        var (status, again) = await browsing.PostAsync($"/dossiers/{number}/doel", [new("keuze", "anders"), new("doel", "  ")]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        again.Title!.ShouldStartWith("Fout: ");
        (await browsing.PostAsync($"/dossiers/{number}/doel", [new("keuze", "anders"), new("doel", new string('x', 201))])).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/dossiers/WL-2026-0001/tijdlijn", "/dossiers/WL-2026-0001/tijdlijn")]
    [InlineData("https://elders.example/", "/dossiers/WL-2026-0001")]
    [InlineData("//elders.example/", "/dossiers/WL-2026-0001")]
    [InlineData("/\\elders.example/", "/dossiers/WL-2026-0001")]
    public async Task Purpose_Given_GoesOnWithinThisHostOnly(string next, string lands)
    {
        var browsing = new Browsing(await served.CreateClientAsync("fi", followRedirects: false));
        using var form = new FormUrlEncodedContent([new("keuze", "Voortgang bekijken"), new("naar", next)]);
        using var answer = await browsing.Client.PostAsync(new Uri("/dossiers/WL-2026-0001/doel", UriKind.Relative), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.ToString().ShouldBe(lands);
    }
}
