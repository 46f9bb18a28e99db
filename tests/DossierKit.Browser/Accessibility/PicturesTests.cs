using System.Text.RegularExpressions;

using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Accessibility;

/// <summary>How pages look where no rule can say whether it is right: on paper, in colours the visitor forces, and as pictures for people to look at.</summary>
public sealed partial class PicturesTests(Gallery gallery) : IClassFixture<Gallery>
{
    /// <summary>Names the folder the pictures go to; without it none are made.</summary>
    private const string FolderVariable = "DOSSIERKIT_SCREENSHOTS";

    [Fact(Timeout = Patience.Long)]
    public async Task Dossier_OnPaper_IsContentWithoutNavigation()
    {
        await using var window = await gallery.Site.OpenAsync("fi");
        await window.GoAsync("/dossiers/WL-2026-0001/tijdlijn", "Afdrukken");
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        (await window.Page.Locator("header nav, .dk-tabs, .utrecht-skip-link").EvaluateAllAsync<int>("parts => parts.filter(part => part.getClientRects().length > 0).length")).ShouldBe(0);
        (await window.Page.Locator("h1").IsVisibleAsync()).ShouldBeTrue();
        (await window.Page.PdfAsync()).Length.ShouldBeGreaterThan(20_000);
    }

    [Fact(Timeout = Patience.Long)]
    public async Task Buttons_ColoursForced_KeepABorderAndAFocus()
    {
        await using var window = await gallery.Site.OpenAsync("fi", Look.Light with { ForcedColors = true, ReducedMotion = true });
        foreach (var path in (string[])["/werk", "/dossiers", "/dossiers/nieuw", "/account"])
        {
            await window.GoAsync(path);
            var faults = await window.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('main button, main .utrecht-button-link, main input:not([type=hidden]), main select')].filter(part => part.getClientRects().length > 0).flatMap(part => {
                  const faults = [];
                  const style = getComputedStyle(part);
                  const isLink = style.textDecorationLine.includes('underline');
                  if (!isLink && !/checkbox|radio|file/.test(part.type || '') && (style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1)) faults.push('no border: ' + part.outerHTML.slice(0, 120));
                  part.focus({ focusVisible: true });
                  if (document.activeElement === part && (getComputedStyle(part).outlineStyle === 'none' || parseFloat(getComputedStyle(part).outlineWidth) < 2)) faults.push('no focus: ' + part.outerHTML.slice(0, 120));
                  if (getComputedStyle(part).transitionDuration.split(',').some(time => parseFloat(time) > 0.01)) faults.push('moves: ' + part.outerHTML.slice(0, 120));
                  return faults;
                })
                """);
            faults.ShouldBeEmpty(path);
        }
    }

    [Fact(Timeout = Patience.Long)]
    public async Task EveryPage_WithAFolderNamed_IsPhotographed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        foreach (var person in gallery.Chosen.GroupBy(found => found.Person))
        {
            foreach (var look in (Look[])[Look.Light, Look.Darkness, Look.Narrow])
            {
                await using var window = await gallery.Site.OpenAsync(person.Key, look);
                foreach (var found in person)
                {
                    await window.GoAsync(found.Path, "Rondgang");
                    await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(folder, $"{Name().Replace($"{found.Route}-{person.Key}-{look.Name}".Trim('/'), "_")}-{Math.Abs(found.Path.GetHashCode(StringComparison.Ordinal)) % 1000}.png") });
                }
            }
        }
    }

    [GeneratedRegex("[^a-zA-Z0-9.-]+", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
