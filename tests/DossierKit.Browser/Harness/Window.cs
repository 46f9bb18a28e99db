using Microsoft.Playwright;

namespace DossierKit.Browser.Harness;

/// <summary>
/// A browser window with cookies of its own. Whatever the browser complains of while it is open (a script that fails, something the content policy refused, a request
/// to another host) fails the test when the window closes.
/// </summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    private Window(IBrowserContext context, IPage page, Uri address, Look look)
    {
        (Context, Page, Address, Look) = (context, page, address, look);
        context.Console += (_, message) =>
        {
            // A refused form is answered with 400, and the browser writes every such answer down; that is no fault.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _complaints.Add($"{message.Page?.Url}: {message.Text}");
        };
        context.WebError += (_, error) => _complaints.Add($"{error.Page?.Url}: {error.Error}");
        context.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !address.IsBaseOf(new Uri(request.Url))) _complaints.Add($"Asked of another host: {request.Url}");
            if (request.IsNavigationRequest && request.RedirectedFrom is null) PageLoads++;
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public Uri Address { get; }

    public Look Look { get; }

    /// <summary>How often a page was asked for: links followed, forms sent, addresses typed. A redirect is part of what led to it.</summary>
    public int PageLoads { get; private set; }

    /// <summary>Where the page is, within the site.</summary>
    public string Path => new Uri(Page.Url).AbsolutePath;

    public static async Task<Window> OpenAsync(IBrowser browser, Uri address, Look look)
    {
        var context = await browser.NewContextAsync(look.Options);
        // A machine may be busy with other tests; what is slow is not wrong here.
        context.SetDefaultTimeout(60_000);
        return new Window(context, await context.NewPageAsync(), address, look);
    }

    /// <summary>Types an address.</summary>
    /// <returns>The HTTP status of the page.</returns>
    public async Task<int> GoAsync(string path) => (await Page.GotoAsync(new Uri(Address, path).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load }))!.Status;

    /// <summary>Opens a page of a dossier, and says what for when that is asked.</summary>
    public async Task<int> GoAsync(string path, string purpose)
    {
        var status = await GoAsync(path);
        if (!IsAskedWhy) return status;
        await SayWhyAsync(purpose);
        return await GoAsync(path);
    }

    /// <summary>Whether the page in between asks what a dossier is opened for.</summary>
    public bool IsAskedWhy => Path.EndsWith("/doel", StringComparison.Ordinal);

    /// <summary>Answers the page in between.</summary>
    public async Task SayWhyAsync(string purpose)
    {
        // In one's own words; the page also offers the usual purposes.
        if (await Page.Locator("input[name=keuze][value=anders]").CountAsync() > 0) await Page.Locator("input[name=keuze][value=anders]").CheckAsync();
        await Page.Locator("input[name=doel]").FillAsync(purpose);
        await ButtonAsync("Dossier openen");
    }

    /// <summary>Presses a button of the page's content by its text.</summary>
    public Task ButtonAsync(string text) => Page.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = text }).First.ClickAsync();

    /// <summary>Follows a link by its text.</summary>
    public Task LinkAsync(string text) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = text }).First.ClickAsync();

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        _complaints.ShouldBeEmpty();
    }
}
