using System.Globalization;
using System.Text.Json.Nodes;
using DossierKit.Browser.Harness;
using DossierKit.Tests.Cli;
using DossierKit.Tests.Serving;
using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>
/// A municipality begins: a vault of its own, the first passkey, the first dossier, its first file and its first document. The program runs as a process of its own,
/// the passkey is made by Chromium's virtual authenticator.
/// </summary>
public sealed class FirstRunTests(Chromium chromium, ITestOutputHelper output)
{
    private const int MostSteps = 12;

    [Fact(Timeout = Patience.Walk)]
    public async Task FirstRun_FromNothingToADocument_TakesTwelvePageLoadsAndClicks()
    {
        _ = chromium.Browser;
        using var program = new DossierKitProcess();
        const string place = "--data ./vault --state ./vault-state --unlock-file ./vault.unlock";
        var made = await program.RunAsync($"dossierkit init {place} --recovery-key ./recovery.pem --municipality Waterlanden --street \"Dijkplein 1\" --postcode \"9990 AA\" --town Waterlanden "
            + $"--signatory \"T. Zeekleidijk\" --signatory-function gemeentesecretaris --number-prefix WL --fi-name \"H. Plassenberger\" --fi-account {Environment.UserName} "
            + "--verantwoordelijke-name \"T. Zeekleidijk\" --verantwoordelijke-account tzeekleidijk");
        made.Exit.ShouldBe(0, made.ToString());

        var address = new Uri($"http://localhost:{ServedVault.FreePort()}");
        var answer = await program.RunAsync($"dossierkit person link fi {place} --origin {address} --json");
        answer.Exit.ShouldBe(0, answer.ToString());
        var link = (string)JsonNode.Parse(answer.Out)!["link"]!;

        using var serving = await program.ServeAsync($"dossierkit serve {place} --urls {address.GetLeftPart(UriPartial.Authority)}", address);
        await using var window = await Window.OpenAsync(chromium.Browser, address, Look.Light);
        await using var authenticator = await Authenticator.AddToAsync(window);
        var page = window.Page;
        var clicks = 0;

        await window.GoAsync(new Uri(link).AbsolutePath);
        await ClickAsync("Toegangssleutel maken");
        await page.WaitForURLAsync("**/werk**");

        await window.GoAsync("/dossiers/nieuw");
        await page.FillAsync("#veld-datum", DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await ClickAsync("Dossier maken");
        await page.WaitForURLAsync("**/dossiers/WL-*");
        var number = window.Path.Split('/')[2];

        await window.GoAsync($"/dossiers/{number}/bestanden/nieuw");
        await page.SelectOptionAsync("#veld-soort", new SelectOptionValue { Index = 1 });
        await page.FillAsync("#veld-datum", DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "melding.txt", MimeType = "text/plain", Buffer = "Een melding zonder namen."u8.ToArray() });
        await ClickAsync("Toevoegen");
        await page.WaitForURLAsync($"**/dossiers/{number}/documenten");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("melding");

        await window.GoAsync($"/dossiers/{number}/documenten/nieuw/ontvangstbevestiging");
        (await page.TitleAsync()).ShouldNotStartWith("Fout");

        var steps = window.PageLoads + clicks;
        output.WriteLine($"First run: {window.PageLoads} page loads and {clicks} clicks, {steps} together (at most {MostSteps}).");
        steps.ShouldBeLessThanOrEqualTo(MostSteps);

        async Task ClickAsync(string button)
        {
            clicks++;
            await window.ButtonAsync(button);
        }
    }
}
