using System.IO.Compression;

using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>From the sign-in page of the demo to a kennisgeving that opens in Word, with scripts and without.</summary>
public sealed class KennisgevingWalkTests(Chromium chromium)
{
    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kennisgeving_FromSignInToFinal_IsADocumentThatOpens(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await site.OpenAsync(Look.Light with { Scripts = scripts });
        var page = window.Page;

        // 1 the program, 2 its address, 3 this button: the bar is an assembled kennisgeving in three.
        await window.GoAsync("/aanmelden");
        await window.ButtonAsync("en de kennisgeving maken");
        window.Path.ShouldBe("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        (await page.Locator("#voorbeeld").InnerTextAsync()).ShouldContain("Concept");
        (await page.Locator("#ontbreekt").InnerTextAsync()).ShouldContain("Compleet");

        // The melder is nowhere on it, however it is rendered.
        (await page.ContentAsync()).ShouldNotContain("melder-1");

        // What is emptied is missed at once, with its article; filled in again it is complete.
        var field = page.Locator("form.dk-assembly__form textarea:visible").First;
        var was = await field.InputValueAsync();
        await field.FillAsync("");
        await window.ButtonAsync("Bewaren");
        await field.FillAsync(was.Length > 0 ? was : "De raadsman mag bij elk gesprek zijn.");
        await window.ButtonAsync("Bewaren en controleren");
        if (!window.Path.EndsWith("/controle", StringComparison.Ordinal)) await window.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/controle");
        (await page.TitleAsync()).ShouldContain("controleren");

        // Nobody makes it final without having said that it was read.
        await page.EvaluateWherePossibleAsync(window, "document.querySelector('form[action$=definitief]').noValidate = true");
        if (window.Look.Scripts)
        {
            await window.ButtonAsync("Definitief maken");
            (await page.TitleAsync()).ShouldStartWith("Fout: ");
        }

        await page.Locator("input[name=bevestigd]").CheckAsync();
        await window.ButtonAsync("Definitief maken");
        (await page.TitleAsync()).ShouldContain("gemaakt");

        var download = await page.RunAndWaitForDownloadAsync(() => window.LinkAsync("Downloaden (Word)"));
        using var content = new MemoryStream();
        await using (var arriving = await download.CreateReadStreamAsync()) await arriving.CopyToAsync(content, TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(content, ZipArchiveMode.Read);
        using var text = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        var letter = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        letter.ShouldContain("kennisgeving", Case.Insensitive);
        letter.ShouldNotContain("CONCEPT");
    }
}

internal static class PageWithoutScripts
{
    /// <summary>Runs a script where the window runs scripts; elsewhere there is nothing to run it.</summary>
    public static Task EvaluateWherePossibleAsync(this IPage page, Window window, string script) => window.Look.Scripts ? page.EvaluateAsync(script) : Task.CompletedTask;
}
