using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Accessibility;

/// <summary>Our own questions to a page: scripts that answer with a list of what is wrong.</summary>
internal static class PageChecks
{
    private static readonly string Own = Read("own-checks.js");
    private static readonly string Narrow = Read("reflow-checks.js");

    /// <summary>Language, headings, focus, names, skip link, and Dutch for people.</summary>
    public static Task<string[]> OwnAsync(IPage page) => page.EvaluateAsync<string[]>(Own);

    /// <summary>What a narrow screen, or one zoomed in four times, would lose.</summary>
    public static Task<string[]> ReflowAsync(IPage page) => page.EvaluateAsync<string[]>(Narrow);

    /// <summary>One page under all lights: axe and our own questions by day, the colours by night, and everything again on the narrowest screen.</summary>
    public static async Task<List<string>> AllAsync(IPage page)
    {
        var found = new List<string>();
        // A colour caught half-way from one to the other is nobody's colour: nothing moves while we look.
        await page.SetViewportSizeAsync(Look.Light.Width, Look.Light.Height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        found.AddRange(await Axe.EverythingAsync(page));
        found.AddRange(await OwnAsync(page));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        found.AddRange((await Axe.ColoursAsync(page)).Select(fault => $"dark: {fault}"));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(Look.Narrow.Width, Look.Narrow.Height);
        found.AddRange((await Axe.EverythingAsync(page)).Select(fault => $"320 px: {fault}"));
        found.AddRange((await ReflowAsync(page)).Select(fault => $"320 px: {fault}"));
        return found;
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Accessibility", name));
}
