using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>Who sees which page, and what is on it. Written by hand from the table of rights, not reckoned from it.</summary>
public sealed class RightsTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string All = "Overzicht Tijdlijn Documenten Personen Onderzoek";

    [Theory]
    // Met de zaak belast.
    [InlineData("fi", "WL-2026-0001", All)]
    [InlineData("plaatsvervanger", "WL-2026-0001", All)]
    [InlineData("onderzoeker", "WL-2026-0001", All)]
    [InlineData("verantwoordelijke", "WL-2026-0001", All)]
    // Een directeur en het hoofd BI zien alleen de opdracht, zodra die is voorgelegd.
    [InlineData("directeur", "WL-2024-0001", All)]
    [InlineData("hoofd-bi", "WL-2024-0001", All)]
    // De FG ziet van een zaak waarbij hij is geroepen de kaft, en dat er iets gebeurde.
    [InlineData("fg", "WL-2026-0005", "Overzicht Tijdlijn")]
    public async Task Tabs_OfWhoMayOpen_OnlyWhatIsForThem(string person, string number, string tabs)
    {
        var browsing = await Browsing.AsAsync(served, person, number);
        var page = await browsing.PageAsync($"/dossiers/{number}");
        page.Tabs().Intersect(All.Split(' ')).ShouldBe(tabs.Split(' '));
        page.Title!.ShouldContain(number);
        foreach (var tab in page.QuerySelectorAll(".dk-tabs a")) (await browsing.StatusAsync(tab.GetAttribute("href")!)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("onderzoeker-b", "WL-2026-0001")]
    [InlineData("burgemeester", "WL-2026-0001")]
    [InlineData("griffier", "WL-2026-0001")]
    [InlineData("directeur", "WL-2026-0001")]
    [InlineData("hoofd-bi", "WL-2026-0001")]
    [InlineData("fg", "WL-2026-0001")]
    [InlineData("archivaris", "WL-2026-0001")]
    [InlineData("medebeslisser", "WL-2026-0001")]
    [InlineData("beheerder", "WL-2026-0001")]
    [InlineData("vreemde", "WL-2026-0001")]
    [InlineData("fi", "WL-2099-0001")]
    [InlineData("fi", "geen nummer")]
    public async Task AnyPage_WithoutAccess_AnswersAsIfItWereNotThere(string person, string number)
    {
        var browsing = await Browsing.AsAsync(served, person);
        (await browsing.OpenAsync(number)).ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in (string[])["", "/tijdlijn", "/documenten", "/verzendingen", "/personen", "/personen/nieuw", "/onderzoek", "/bestanden/nieuw", "/logboek"])
        {
            using var answer = await browsing.Client.GetAsync(new Uri($"/dossiers/{number}{path}", UriKind.Relative));
            // Without an open dossier a known number asks for the purpose again, and the answer to that is the same.
            var text = await answer.Content.ReadAsStringAsync();
            (answer.StatusCode == HttpStatusCode.NotFound || text.Contains("Waarvoor opent u", StringComparison.Ordinal)).ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task EveryPage_ForAnOnderzoeker_NeverTellsTheMelder()
    {
        var browsing = await Browsing.AsAsync(served, "onderzoeker", "WL-2026-0001");
        var (waiting, seen) = (new Queue<string>(["/dossiers/WL-2026-0001"]), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var path))
        {
            using var answer = await browsing.Client.GetAsync(new Uri(path, UriKind.Relative));
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldNotContain("Kwelderhof", customMessage: path);
            text.ShouldNotContain("Waterdrieblad", customMessage: path);
            foreach (var link in Browsing.Parse(text).Links().Where(link => link.StartsWith("/dossiers/WL-2026-0001", StringComparison.Ordinal) && !link.EndsWith("/download", StringComparison.Ordinal)))
            {
                if (seen.Add(link)) waiting.Enqueue(link);
            }
        }

        seen.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Directeur_OnTheOpdracht_SeesNothingOfTheOnderzoek()
    {
        var browsing = await Browsing.AsAsync(served, "directeur", "WL-2024-0001");
        var page = await browsing.PageAsync("/dossiers/WL-2024-0001/onderzoek");
        page.QuerySelector("#opdracht").ShouldNotBeNull();
        page.QuerySelector("#gesprekken").ShouldBeNull();
        page.QuerySelector("#bewijs").ShouldBeNull();
        page.QuerySelector("#bevindingen").ShouldBeNull();
        (await browsing.PageAsync("/dossiers/WL-2024-0001/personen")).Links().ShouldNotContain("/dossiers/WL-2024-0001/personen/nieuw");
        (await browsing.PageAsync("/dossiers/WL-2024-0001/documenten")).Links().ShouldNotContain("/dossiers/WL-2024-0001/bestanden/nieuw");
        (await browsing.StatusAsync("/dossiers/WL-2024-0001/bestanden/nieuw")).ShouldBe(HttpStatusCode.NotFound);
        (await browsing.StatusAsync("/dossiers/WL-2024-0001/personen/nieuw")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Fg_OnTheCover_GetsNotFoundForTheRest()
    {
        var browsing = await Browsing.AsAsync(served, "fg", "WL-2026-0005");
        (await browsing.PageAsync("/dossiers/WL-2026-0005/tijdlijn")).Links().ShouldNotContain("/dossiers/WL-2026-0005/vastleggen");
        foreach (var path in (string[])["documenten", "verzendingen", "personen", "onderzoek", "bestanden/nieuw", "personen/nieuw"])
            (await browsing.StatusAsync($"/dossiers/WL-2026-0005/{path}")).ShouldBe(HttpStatusCode.NotFound, path);
    }

    [Fact]
    public async Task EventAndFileAndPerson_OfAnotherCompartment_AreNotThere()
    {
        var fi = await Browsing.AsAsync(served, "fi", "WL-2026-0001");
        var onderzoeker = await Browsing.AsAsync(served, "onderzoeker", "WL-2026-0001");
        var melder = await fi.PageAsync("/dossiers/WL-2026-0001/tijdlijn?compartiment=melder");
        var hidden = melder.Links().Where(link => link.Contains("/gebeurtenissen/", StringComparison.Ordinal) || link.Contains("/bestanden/", StringComparison.Ordinal)).ToList();
        hidden.Count.ShouldBeGreaterThan(5);
        foreach (var link in hidden.Append("/dossiers/WL-2026-0001/personen/melder-1"))
        {
            (await fi.StatusAsync(link)).ShouldBe(HttpStatusCode.OK, link);
            (await onderzoeker.StatusAsync(link)).ShouldBe(HttpStatusCode.NotFound, link);
            if (link.Contains("/bestanden/", StringComparison.Ordinal))
            {
                (await onderzoeker.StatusAsync($"{link}/inhoud")).ShouldBe(HttpStatusCode.NotFound, link);
                (await onderzoeker.StatusAsync($"{link}/download")).ShouldBe(HttpStatusCode.NotFound, link);
                (await onderzoeker.StatusAsync($"{link}/verplaatsen")).ShouldBe(HttpStatusCode.NotFound, link);
            }
        }

        (await onderzoeker.PageAsync("/dossiers/WL-2026-0001/tijdlijn?compartiment=melder")).Text().ShouldContain("De inhoud is niet voor u.");
    }

    [Theory]
    [InlineData("fi", true)]
    [InlineData("plaatsvervanger", true)]
    [InlineData("onderzoeker", false)]
    [InlineData("verantwoordelijke", false)]
    [InlineData("beheerder", false)]
    [InlineData("vreemde", false)]
    public async Task NewDossier_ByRole_OnlyOfferedToWhoMay(string person, bool may)
    {
        var browsing = await Browsing.AsAsync(served, person);
        (await browsing.PageAsync("/dossiers")).Links().Contains("/dossiers/nieuw").ShouldBe(may);
        (await browsing.StatusAsync("/dossiers/nieuw")).ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        if (!may) (await browsing.PostAsync("/dossiers/nieuw", [new("datum", "2026-03-02")])).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_OfWhoMayOnlyKnow_HasNoLinksThatLeadNowhere()
    {
        var browsing = await Browsing.AsAsync(served, "archivaris");
        var page = await browsing.PageAsync("/dossiers");
        page.Text().ShouldContain("WL-2026-0001");
        page.Links().ShouldNotContain("/dossiers/WL-2026-0001");
    }
}
