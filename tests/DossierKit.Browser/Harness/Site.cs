using System.Net;

using DossierKit.Tests.Serving;

using Microsoft.Playwright;

namespace DossierKit.Browser.Harness;

/// <summary>The real host over a copy of the demo vault, reached by name because passkeys need one, and the browser that looks at it.</summary>
public sealed class Site(Chromium chromium) : IAsyncLifetime
{
    private ServedVault? _served;

    internal ServedVault Served => _served ?? throw new InvalidOperationException("The site was not started.");

    public Uri Address => Served.Address;

    public async ValueTask InitializeAsync()
    {
        // Without a browser nothing here runs: no host is started for tests that will be skipped.
        _ = chromium.Browser;
        await StartAsync(TimeProvider.System);
    }

    /// <summary>A host of its own, for a story that leaves traces or needs another clock; dispose it yourself.</summary>
    internal static async Task<Site> StartNewAsync(Chromium chromium, TimeProvider? clock = null)
    {
        var site = new Site(chromium);
        _ = chromium.Browser;
        await site.StartAsync(clock ?? TimeProvider.System);
        return site;
    }

    /// <summary>A browser window nobody signed in at.</summary>
    internal Task<Window> OpenAsync(Look? look = null) => Window.OpenAsync(chromium.Browser, Address, look ?? Look.Light);

    /// <summary>A browser window at which a person of the demo signed in, through the sign-in of the demo.</summary>
    internal async Task<Window> OpenAsync(string person, Look? look = null)
    {
        var window = await OpenAsync(look);
        await SignInAsync(window, person);
        return window;
    }

    /// <summary>Signs a person of the demo in; the window then shows nothing yet.</summary>
    internal async Task SignInAsync(Window window, string person)
    {
        var form = window.Context.APIRequest.CreateFormData();
        form.Append("persoon", person);
        var answer = await window.Context.APIRequest.PostAsync($"{Address}aanmelden/voorbeeld", new APIRequestContextOptions { Form = form, MaxRedirects = 0, Headers = new Dictionary<string, string> { ["Origin"] = Address.GetLeftPart(UriPartial.Authority) } });
        answer.Status.ShouldBe((int)HttpStatusCode.SeeOther, $"{person} could not sign in");
    }

    public ValueTask DisposeAsync() => _served?.DisposeAsync() ?? default;

    private async Task StartAsync(TimeProvider clock)
        => _served = await ServedVault.StartNewAsync(settings => settings with { Urls = [new Uri($"http://localhost:{ServedVault.FreePort()}")] }, clock);
}
