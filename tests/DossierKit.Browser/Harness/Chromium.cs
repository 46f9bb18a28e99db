using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DossierKit.Browser.Harness.Chromium))]
// One browser and one host on two cores: more at once only makes each slower.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace DossierKit.Browser.Harness;

/// <summary>The one browser of the run: Debian's own, since nothing is downloaded. Absent, every test that takes it is skipped by name.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public IBrowser Browser
    {
        get
        {
            if (_browser is null) Assert.Skip($"No chromium at {string.Join(", ", Places)} (Debian: apt install chromium).");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--lang=nl", "--disable-dev-shm-usage"] });
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_browser is not null) await _browser.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            // It does not answer any more: it ends with the process that drives it.
        }

        _playwright?.Dispose();
    }
}
