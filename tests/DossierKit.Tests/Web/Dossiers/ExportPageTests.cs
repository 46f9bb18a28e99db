using System.Net;

using DossierKit.Retention;
using DossierKit.Tests.Serving;
using DossierKit.Tests.SignIn;
using DossierKit.Tests.Vault.Store;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>Taking a whole dossier out by the pages: first in words, then what for, then somebody who is there, then the zip.</summary>
public sealed class ExportPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Number = "WL-2026-0001";
    private const string Path = $"/dossiers/{Number}/export";

    [Fact]
    public async Task Export_ByTheFi_SaysWhatGoesAndGivesTheBagAndItsMark()
    {
        var fi = await Browsing.AsAsync(served, "fi", Number);
        (await fi.PageAsync($"/bewaring/dossiers/{Number}")).Links().ShouldContain(Path);
        (await fi.PageAsync($"/dossiers/{Number}/documenten")).Links().ShouldContain(Path);
        var first = await fi.PageAsync(Path);
        first.ShouldRunNothing();
        first.Text().ShouldContain("opnamen: die worden vernietigd en niet overgedragen");
        first.Text().ShouldContain("wie de melder is en wat daarbij hoort");
        first.Text().ShouldContain("Het dossier is nog niet gesloten");

        var (refused, wrong) = await fi.SendAsync(first, Path);
        refused.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Title!.ShouldStartWith("Fout: ");
        wrong.QuerySelector(".utrecht-alert--error a")!.GetAttribute("href").ShouldBe("#veld-doel");

        var (asked, second) = await fi.SendAsync(first, Path, new Dictionary<string, string> { ["doel"] = "Overdracht aan het archief", ["zonderPdf"] = "ja" });
        asked.ShouldBe(HttpStatusCode.OK);
        second.Text().ShouldContain($"{Number} meenemen?");
        second.Text().ShouldContain("zonder wie de melder is");
        second.Text().ShouldContain("niet versleuteld");

        var form = second.Forms.Single(form => form.GetAttribute("action") == Path);
        using var fields = new FormUrlEncodedContent(form.QuerySelectorAll("input[name]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")));
        using var answer = await fi.Client.PostAsync(new Uri(Path, UriKind.Relative), fields);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        using var folder = new TempFolder();
        var zip = System.IO.Path.Combine(folder.Path, "bag.zip");
        await File.WriteAllBytesAsync(zip, await answer.Content.ReadAsByteArrayAsync());
        var report = await BagVerifier.VerifyAsync(zip, default);
        report.Problems.ShouldBeEmpty();
        (await fi.PageAsync(Path)).Text().ShouldContain(report.Sha256!);
        // Another session of the same person took nothing.
        (await (await Browsing.AsAsync(served, "fi", Number)).PageAsync(Path)).Text().ShouldNotContain(report.Sha256!);
    }

    [Fact]
    public async Task Export_WithSound_SaysSoAndTakesIt()
    {
        await using var own = await ServedVault.StartNewAsync();
        await Api.ExportApiTests.AddSoundAsync(own);
        var fi = await Browsing.AsAsync(own, "fi", Number);
        var page = await fi.PageAsync(Path);
        page.Text().ShouldContain("Geluid dat niet als opname is gearchiveerd, is niet meegegaan");
        var (asked, second) = await fi.SendAsync(page, Path, new Dictionary<string, string> { ["doel"] = "Overdracht", ["geluid"] = "ja", ["zonderPdf"] = "ja" });
        asked.ShouldBe(HttpStatusCode.OK);
        second.Text().ShouldContain("met geluid dat geen opname is");
        var form = second.Forms.Single(form => form.GetAttribute("action") == Path);
        using var fields = new FormUrlEncodedContent(form.QuerySelectorAll("input[name]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")));
        using var answer = await fi.Client.PostAsync(new Uri(Path, UriKind.Relative), fields);
        (await answer.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf("voicemail.mp3"u8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Export_ByWhomMayNot_IsNotThere()
    {
        foreach (var person in (string[])["onderzoeker", "verantwoordelijke"])
        {
            var browsing = await Browsing.AsAsync(served, person, Number);
            (await browsing.StatusAsync(Path)).ShouldBe(HttpStatusCode.NotFound, person);
            (await browsing.PostAsync(Path, [new("doel", "Overdracht"), new("bevestigd", "ja")])).Status.ShouldBe(HttpStatusCode.NotFound, person);
            (await browsing.PageAsync($"/dossiers/{Number}/documenten")).Links().ShouldNotContain(Path);
        }
    }

    [Fact]
    public async Task Export_LongAfterSigningIn_AsksWhetherYouAreThere()
    {
        var clock = new TestClock();
        await using var own = await ServedVault.StartNewAsync(clock: clock);
        var fi = await Browsing.AsAsync(own, "fi", Number);
        var page = await fi.PageAsync(Path);
        clock.Advance(TimeSpan.FromMinutes(11));
        var choices = new Dictionary<string, string> { ["doel"] = "Overdracht", ["bevestigd"] = "ja", ["zonderPdf"] = "ja" };
        var (status, ask) = await fi.SendAsync(page, Path, choices);
        status.ShouldBe(HttpStatusCode.Forbidden);
        ask.Text().ShouldContain("U wilt het hele dossier meenemen");
        (await fi.PageAsync(Path)).Text().ShouldNotContain("Het dossier is meegenomen.");
    }
}
