using System.IO.Compression;
using System.Text;

using DossierKit.Browser.Harness;
using DossierKit.Retention;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>From a class to the verklaring van vernietiging with three people, and a recording with two; with scripts and without.</summary>
public sealed class RetentionWalkTests(Chromium chromium)
{
    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recording_ByTwoPeople_IsDestroyedWithAStatement(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        var look = Look.Light with { Scripts = scripts };
        await using var fi = await site.OpenAsync("fi", look);
        await using var archivaris = await site.OpenAsync("archivaris", look);

        await fi.GoAsync("/bewaring");
        await fi.LinkAsync("1 opname had al weg moeten zijn");
        await fi.Page.Locator("main a[href*='WL-2021-0004#opname']").First.ClickAsync();
        await fi.LinkAsync("Opnamen laten vernietigen");
        await fi.ButtonAsync("Lijst voorstellen");
        var list = fi.Path;
        (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain("een tweede persoon");

        await archivaris.GoAsync("/werk");
        await archivaris.LinkAsync($"Lijst {list[^12..]}");
        archivaris.Path.ShouldBe(list);
        await archivaris.ButtonAsync("Deze lijst goedkeuren");

        await RunAsync(fi, list);
        await using var statement = await DownloadAsync(fi, "Word-bestand");
        using var word = new ZipArchive(statement, ZipArchiveMode.Read);
        word.GetEntry("word/document.xml").ShouldNotBeNull();
        await fi.GoAsync("/bewaring/dossiers/WL-2021-0004");
        (await fi.Page.Locator("main").InnerTextAsync()).ShouldContain("geen opnamen (meer)");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Dossier_FromClassToStatement_TakesThreePeopleAndTime()
    {
        const string Dossier = "/bewaring/dossiers/WL-2024-0006";
        var clock = new WalkClock();
        await using var site = await Site.StartNewAsync(chromium, clock);
        await using var fi = await site.OpenAsync("fi");
        await using var archivaris = await site.OpenAsync("archivaris");
        await using var medebeslisser = await site.OpenAsync("medebeslisser");

        await archivaris.GoAsync(Dossier);
        await archivaris.LinkAsync("Klasse kiezen");
        await archivaris.Page.Locator("[name=resultaat]").SelectOptionAsync("12.3");
        await archivaris.Page.Locator("[name=grond]").FillAsync("Het onderzoek is afgebroken.");
        await archivaris.ButtonAsync("Klasse vaststellen");
        (await archivaris.Page.Locator("main").InnerTextAsync()).ShouldContain("De klasse is vastgesteld.");

        await fi.GoAsync(Dossier);
        await fi.LinkAsync("Dossier laten vernietigen");
        await fi.ButtonAsync("Lijst voorstellen");
        var list = fi.Path;
        foreach (var window in (Window[])[archivaris, medebeslisser])
        {
            await window.GoAsync(list);
            await window.ButtonAsync("Deze lijst goedkeuren");
        }

        (await medebeslisser.Page.Locator("main").InnerTextAsync()).ShouldContain("De lijst kan worden uitgevoerd vanaf");
        await fi.GoAsync(list);
        (await fi.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Nu vernietigen" }).CountAsync()).ShouldBe(0);

        clock.Advance(TimeSpan.FromDays(15));
        await site.SignInAsync(fi, "fi");
        await RunAsync(fi, list);
        await using var statement = await DownloadAsync(fi, "Ondertekend bestand");
        SignedStatement.Check(statement.ToArray(), expectedKey: null).IsDone.ShouldBeTrue(Encoding.UTF8.GetString(statement.ToArray()));
        (await fi.GoAsync(Dossier)).ShouldBe(404);
    }

    private static async Task RunAsync(Window window, string list)
    {
        await window.GoAsync(list);
        await window.Page.Locator("[name=bevestiging]").FillAsync(list[^12..]);
        await window.ButtonAsync("Nu vernietigen");
        // A busy machine is not done when the page comes back: then the page itself, or its reader, looks again.
        for (var look = 0; look < 60 && !(await window.Page.Locator("#stand").InnerTextAsync()).Contains("ernietigd", StringComparison.Ordinal); look++)
        {
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            await window.GoAsync(list);
        }

        (await window.Page.Locator("#stand").InnerTextAsync()).ShouldBe("Definitief vernietigd");
    }

    private static async Task<MemoryStream> DownloadAsync(Window window, string link)
    {
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.LinkAsync(link));
        var content = new MemoryStream();
        await using var arriving = await download.CreateReadStreamAsync();
        await arriving.CopyToAsync(content, TestContext.Current.CancellationToken);
        content.Position = 0;
        return content;
    }

    /// <summary>A clock that stands still until it is moved on.</summary>
    private sealed class WalkClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UtcNow;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
