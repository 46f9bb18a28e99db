using System.Globalization;

using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>
/// The first day of a functionaris integriteit: a melding came in this morning. Following only what the pages name as the next thing, the melder has a confirmation of
/// receipt by the end of it. With scripts and without.
/// </summary>
public sealed class FirstDayTests(Chromium chromium, ITestOutputHelper output)
{
    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FirstMelding_FollowingTheNextThing_IsConfirmedToTheMelder(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await site.OpenAsync("fi", Look.Light with { Scripts = scripts });
        var page = window.Page;
        var today = DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var clicks = 0;

        await window.GoAsync("/werk");
        // What was found on signing in stands under the title, and the work is on the first screen.
        (await page.Locator("main > :first-child:not([hidden]), main > [hidden] + *").First.EvaluateAsync<string>("part => part.tagName")).ShouldBe("H1");
        await FollowAsync("Nieuwe melding: dossier maken");
        (await CaseWalk.TextAsync(window)).ShouldNotContain("Heerlen", customMessage: "the rules of another municipality are asked for by nobody");
        await PressAsync("Dossier maken");

        // Nothing is missed before there is a melding.
        (await CaseWalk.TextAsync(window)).ShouldNotContain("Ontbreekt nog");
        (await CaseWalk.TextAsync(window)).ShouldNotContain("kaft", Case.Insensitive);
        await FollowAsync("Melding vastleggen");
        await CaseWalk.FillAsync(page, "kanaal", ["fi"]);
        await CaseWalk.FillAsync(page, "aard", ["integriteitsschending"]);
        await CaseWalk.FillAsync(page, "vorm", ["vertrouwelijk"]);
        await CaseWalk.FillAsync(page, "omschrijving", ["Gereedschap van de gemeente wordt gebruikt voor tuinen van anderen."]);
        await PressAsync("Vastleggen");

        await FollowAsync("Melder toevoegen");
        foreach (var (field, value) in ((string, string)[])[("vorm", "vertrouwelijk"), ("aanspreking", "mevrouw"), ("voorletters", "J."), ("achternaam", "Rietgansveld"), ("adres.straat", "Rietkraag 2"), ("adres.postcode", "9991 AA"), ("adres.plaats", "Waterlanden")])
            await CaseWalk.FillAsync(page, field, [value]);
        await PressAsync("Toevoegen");

        await FollowAsync("Weet u over wie de melding gaat? Voeg de betrokkene toe.");
        await CaseWalk.FillAsync(page, "achternaam", ["Moerasdijk"]);
        await CaseWalk.FillAsync(page, "positie", ["medewerker"]);
        await PressAsync("Toevoegen");

        // Every point that is missed leads to where it is done.
        var missing = page.Locator("section[aria-labelledby=ontbreekt] li");
        (await missing.CountAsync()).ShouldBeGreaterThan(0);
        (await missing.Filter(new LocatorFilterOptions { HasNot = page.Locator("a.utrecht-link:not([href*='/protocollen/'])") }).AllInnerTextsAsync()).ShouldBeEmpty();

        await FollowAsync("Stappen");
        await page.Locator("main a[href$='/documenten/nieuw/ontvangstbevestiging']").First.ClickAsync();
        clicks++;
        await page.WaitForURLAsync("**/documenten/nieuw/ontvangstbevestiging**");
        await CaseWalk.FillAsync(page, (await page.Locator("[name^='antwoord:brief.datum']").GetAttributeAsync("name"))!, [today]);
        await PressAsync("Bewaren en controleren");
        (await page.Locator("input[name=bevestigd]").CountAsync()).ShouldBe(1, await CaseWalk.TextAsync(window));
        await page.Locator("input[name=bevestigd]").CheckAsync();
        clicks++;
        await PressAsync("Definitief maken");
        (await page.TitleAsync()).ShouldContain("gemaakt");
        output.WriteLine($"First day: {window.PageLoads} page loads and {clicks} clicks from Mijn werk to the confirmation of receipt.");

        async Task FollowAsync(string link)
        {
            clicks++;
            await page.RunAndWaitForResponseAsync(
                () => page.Locator("main").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = link, Exact = true }).First.ClickAsync(), response => response.Request.IsNavigationRequest && response.Status < 300);
            await page.Locator("footer").WaitForAsync();
        }

        async Task PressAsync(string button)
        {
            clicks++;
            await page.RunAndWaitForResponseAsync(() => window.ButtonAsync(button), response => response.Request.IsNavigationRequest && response.Status < 300);
            await page.Locator("footer").WaitForAsync();
        }
    }
}
