using Microsoft.Playwright;

namespace DossierKit.Browser.Harness;

/// <summary>How a window looks at the pages: its size, colours and what it can do.</summary>
internal sealed record Look(string Name, int Width = 1280, int Height = 900, bool Dark = false, bool Scripts = true, bool ForcedColors = false, bool ReducedMotion = false)
{
    public static readonly Look Light = new("licht");
    public static readonly Look Darkness = new("donker", Dark: true);

    /// <summary>The narrowest screen WCAG asks for; also what 1280 px zoomed in four times leaves.</summary>
    public static readonly Look Narrow = new("320", Width: 320, Height: 640);

    public static readonly Look NoScripts = new("zonder-script", Scripts: false);

    public BrowserNewContextOptions Options => new()
    {
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        ForcedColors = ForcedColors ? Microsoft.Playwright.ForcedColors.Active : Microsoft.Playwright.ForcedColors.None,
        ReducedMotion = ReducedMotion ? Microsoft.Playwright.ReducedMotion.Reduce : Microsoft.Playwright.ReducedMotion.NoPreference,
        JavaScriptEnabled = Scripts,
        Locale = "nl-NL",
        TimezoneId = "Europe/Amsterdam",
        AcceptDownloads = true,
    };
}
