using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>Two windows, two people, one dossier; leaving, and coming back.</summary>
public sealed class SessionWalkTests(Site site) : IClassFixture<Site>
{
    [Fact(Timeout = Patience.Walk)]
    public async Task TwoPeople_SameForm_SecondSeesWhatTheFirstDid()
    {
        await using var one = await site.OpenAsync("fi");
        await using var other = await site.OpenAsync("plaatsvervanger");
        const string form = "/dossiers/WL-2026-0002/personen/betrokkene-1/wijzigen";
        foreach (var window in (Window[])[one, other]) (await window.GoAsync(form, "Gegevens bijwerken")).ShouldBe(200);

        await one.Page.Locator("main input[name=functie]").FillAsync("chauffeur buitendienst");
        await one.Page.Locator("main form:has(input[name=functie]) button[type=submit]").First.ClickAsync();
        one.Path.ShouldNotBe(form);

        await other.Page.Locator("main input[name=functie]").FillAsync("planner buitendienst");
        await other.Page.Locator("main form:has(input[name=functie]) button[type=submit]").First.ClickAsync();
        // What the second filled in is still in sight, beside what came in between.
        (await other.Page.ContentAsync()).ShouldContain("planner buitendienst");
        (await other.Page.Locator("main").InnerTextAsync()).ShouldMatch("(?i)iemand anders|intussen|ondertussen");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task SignOut_OneWindow_LeavesTheOtherIn()
    {
        await using var one = await site.OpenAsync("onderzoeker");
        await using var other = await site.OpenAsync("onderzoeker");
        await one.GoAsync("/werk");
        await one.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Afmelden" }).First.ClickAsync();
        await one.GoAsync("/werk");
        one.Path.ShouldBe("/aanmelden");
        (await other.GoAsync("/werk")).ShouldBe(200);
        other.Path.ShouldBe("/werk");

        // Going back shows nothing of before: no page was kept.
        await one.Page.GoBackAsync();
        (await one.Page.ContentAsync()).ShouldNotContain("Mijn werk</h1>");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task SignOut_Everywhere_EndsAllSessions()
    {
        await using var one = await site.OpenAsync("griffier");
        await using var other = await site.OpenAsync("griffier");
        await one.GoAsync("/account");
        await one.Page.Locator("form[action='/account/sessies/afmelden'] button").First.ClickAsync();
        await other.GoAsync("/werk");
        other.Path.ShouldBe("/aanmelden");
    }
}
