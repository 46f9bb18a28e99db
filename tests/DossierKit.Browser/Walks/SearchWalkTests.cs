using DossierKit.Browser.Accessibility;
using DossierKit.Browser.Harness;
using DossierKit.Host;

using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Browser.Walks;

/// <summary>From a word to the file it stands in: what for is asked, hits are narrowed and followed, and the address never holds a word of the query.</summary>
public sealed class SearchWalkTests(Chromium chromium)
{
    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_NarrowedAndFollowed_LeadsToTheFile(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await (await site.Served.Services.GetRequiredService<SearchDesk>().IndexAsync(default)).UpdateAsync(rebuild: false, null, default);
        await using var fi = await site.OpenAsync("fi", Look.Light with { Scripts = scripts });
        await fi.GoAsync("/zoeken");
        await fi.Page.FillAsync("#veld-vraag", "faktuur nevenwerk");
        await fi.Page.FillAsync("#veld-doel", "Gelijke gevallen zoeken");
        await fi.Page.Locator("main form[action='/zoeken'] button").First.ClickAsync();
        await fi.Page.WaitForURLAsync("**/zoeken/1");
        if (scripts) (await PageChecks.AllAsync(fi.Page)).ShouldBeEmpty();

        // A word that stands nowhere: what was meant is one click away.
        await fi.ButtonAsync("factuur nevenwerk");
        (await fi.Page.Locator("mark").AllInnerTextsAsync()).ShouldContain(word => word.Contains("factuur", StringComparison.OrdinalIgnoreCase));
        if (scripts) (await PageChecks.AllAsync(fi.Page)).ShouldBeEmpty();

        await fi.Page.Locator("form.dk-facets button").First.ClickAsync();
        fi.Page.Url.ShouldNotContain("factuur", Case.Insensitive);
        await fi.Page.Locator(".dk-hits h3 a").First.ClickAsync();
        await fi.Page.WaitForURLAsync("**/bestanden/*");
        fi.Page.Url.ShouldContain("/dossiers/WL-");

        await fi.GoAsync("/logboek");
        (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain("gezocht in dossiers");
    }
}
