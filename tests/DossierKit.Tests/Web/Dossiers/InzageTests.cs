using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>One file opened to somebody without a part in the case; and who opened what.</summary>
public sealed class InzageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Number = "WL-2026-0001";

    [Fact]
    public async Task Given_ForATime_ShowsThatFileAndTheCoverAlone_UntilItIsEnded()
    {
        var fi = await Browsing.AsAsync(served, "fi", Number);
        var file = (await fi.PageAsync($"/dossiers/{Number}/documenten?soort=bewijs")).QuerySelector("tbody th a")!.GetAttribute("href")!;
        (await (await Browsing.AsAsync(served, "griffier")).OpenAsync(Number)).ShouldBe(HttpStatusCode.NotFound);

        var form = await fi.PageAsync($"{file}/inzage");
        var fields = new Dictionary<string, string> { ["aan"] = "griffier", ["totEnMet"] = "2020-01-01", ["reden"] = "Advies over dit stuk.", ["verantwoordelijke"] = "verantwoordelijke" };
        var (refused, again) = await fi.SendAsync(form, $"{file}/inzage", fields);
        refused.ShouldBe(HttpStatusCode.BadRequest);
        again.Text().ShouldContain("Deze laatste dag kan niet.");
        again.QuerySelector("[name=reden]")!.TextContent.ShouldBe("Advies over dit stuk.");

        fields["totEnMet"] = DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var (given, page) = await fi.SendAsync(again, $"{file}/inzage", fields);
        given.ShouldBe(HttpStatusCode.OK);
        page.Text().ShouldContain("De inzage is gegeven.");

        var griffier = await Browsing.AsAsync(served, "griffier", Number);
        (await griffier.PageAsync($"/dossiers/{Number}")).Tabs().ShouldBe(["Overzicht", "Tijdlijn", "Documenten"]);
        (await griffier.PageAsync($"/dossiers/{Number}/documenten")).QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        var own = await griffier.PageAsync(file);
        own.Links().ShouldNotContain(link => link.EndsWith("/download", StringComparison.Ordinal));
        (await griffier.StatusAsync($"{file}/inhoud")).ShouldBe(HttpStatusCode.OK);
        (await griffier.StatusAsync($"{file}/download")).ShouldBe(HttpStatusCode.Forbidden);
        (await griffier.StatusAsync($"{file}/inzage")).ShouldBe(HttpStatusCode.NotFound);
        (await griffier.StatusAsync($"/dossiers/{Number}/personen")).ShouldBe(HttpStatusCode.NotFound);
        (await griffier.StatusAsync($"/dossiers/{Number}/onderzoek")).ShouldBe(HttpStatusCode.NotFound);

        (await fi.PageAsync($"{file}/geopend")).Text().ShouldContain("C. Wadlopersma");
        var (ended, _) = await fi.SendAsync(page, $"{file}/inzage/intrekken");
        ended.ShouldBe(HttpStatusCode.OK);
        (await griffier.StatusAsync($"{file}/inhoud")).ShouldBe(HttpStatusCode.NotFound);
        (await griffier.StatusAsync(file)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_ByWhoMayNotDecide_IsNotThere()
    {
        var onderzoeker = await Browsing.AsAsync(served, "onderzoeker", Number);
        var file = (await onderzoeker.PageAsync($"/dossiers/{Number}/documenten?soort=bewijs")).QuerySelector("tbody th a")!.GetAttribute("href")!;
        (await onderzoeker.StatusAsync($"{file}/inzage")).ShouldBe(HttpStatusCode.NotFound);
        (await onderzoeker.StatusAsync($"{file}/geopend")).ShouldBe(HttpStatusCode.NotFound);
        (await onderzoeker.PostAsync($"{file}/inzage", [new("aan", "griffier")])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await onderzoeker.PostAsync($"{file}/inzage/intrekken", [new("aan", "griffier")])).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Melder_File_CanNeverBeOpenedToOthers()
    {
        var fi = await Browsing.AsAsync(served, "fi", Number);
        var file = (await fi.PageAsync($"/dossiers/{Number}/documenten?compartiment=melder")).QuerySelector("tbody th a")!.GetAttribute("href")!;
        (await fi.PageAsync(file)).Links().ShouldNotContain($"{file}/inzage");
        (await fi.StatusAsync($"{file}/inzage")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Letter_Read_ShowsItsTextAndIsLogged()
    {
        var verantwoordelijke = await Browsing.AsAsync(served, "verantwoordelijke", Number);
        var file = (await verantwoordelijke.PageAsync($"/dossiers/{Number}/documenten?soort=stuk")).QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("Kennisgeving", StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        var letter = await verantwoordelijke.PageAsync($"{file}/lezen");
        letter.ShouldRunNothing();
        letter.Text().ShouldContain("kennisgeving van een onderzoek naar uw handelen");
        (await verantwoordelijke.PageAsync($"/dossiers/{Number}/logboek")).Text().ShouldContain("bestand bekeken");
    }

    [Theory]
    [InlineData("fi", HttpStatusCode.OK)]
    [InlineData("verantwoordelijke", HttpStatusCode.OK)]
    [InlineData("onderzoeker", HttpStatusCode.NotFound)]
    public async Task Log_OfADossier_IsForWhoCoordinatesAndOwnsIt(string person, HttpStatusCode expected)
    {
        var browsing = await Browsing.AsAsync(served, person, Number);
        (await browsing.PageAsync($"/dossiers/{Number}")).Tabs().Contains("Logboek").ShouldBe(expected == HttpStatusCode.OK);
        (await browsing.StatusAsync($"/dossiers/{Number}/logboek")).ShouldBe(expected);
    }
}
