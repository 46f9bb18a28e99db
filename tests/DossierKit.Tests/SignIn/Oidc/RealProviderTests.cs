using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Tests.Serving;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn.Oidc;

/// <summary>Against a provider that others wrote: npm's oidc-provider, fetched once into the cache of the account.</summary>
public sealed partial class RealProviderTests
{
    private const string Version = "9.13.3";

    [Fact]
    public async Task SignInAndOut_AtOidcProvider_Works()
    {
        var module = await FetchAsync();
        Assert.SkipWhen(module is null, "node and npm with oidc-provider are not at hand");
        var port = ServedVault.FreePort();
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "SignIn/Oidc/provider.mjs"), module!, $"{port}", Origin + OidcSettings.CallbackPath, Origin + "/aanmelden"])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
        var secret = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(secret, "geheim van de proef\n", TestContext.Current.CancellationToken);
            while (await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "ready")
            {
            }

            await using var served = await ServedVault.StartNewAsync(settings => settings with { Origin = new Uri(Origin), Oidc = new OidcSettings(new Uri($"http://localhost:{port}"), "dossierkit", secret, "de gemeente") });
            var client = served.CreateStranger(followRedirects: false);
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://localhost:{port}") };

            // Nobody is bound yet: a code. Then somebody binds it, and the next time leads in.
            using (var unknown = await GetAsync(client, await AtProviderAsync(browser, await AwayAsync(client)))) unknown.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            var staff = served.Register.Staff;
            (await staff.BindAsync(staff.SignIn(new PersonId("fi"), "os:proef").Value, new PersonId("vreemde"), $"oidc:http://localhost:{port}#b.dotterbloem", default)).Value.Waiting.ShouldBeNull();
            using (var let = await GetAsync(client, await AtProviderAsync(browser, await AwayAsync(client)))) let.Headers.Location!.ToString().ShouldBe("/werk");

            using var gone = await PostAsync(client, "/afmelden", ("formulier", await TokenAsync(client)));
            var end = gone.Headers.GetValues("Refresh").Single()["0;url=".Length..];
            using var ended = await browser.GetAsync(new Uri(end), TestContext.Current.CancellationToken);
            ended.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("/session/end/confirm");
        }
        finally
        {
            node.Kill();
            File.Delete(secret);
        }
    }

    private static async Task<Uri> AwayAsync(HttpClient client)
    {
        using var away = await GetAsync(client, "/aanmelden/oidc");
        return away.Headers.Location!;
    }

    /// <summary>What a user does at the provider: follow it, fill in the name, agree; until it sends the browser back.</summary>
    private static async Task<string> AtProviderAsync(HttpClient browser, Uri at)
    {
        for (var step = 0; step < 20; step++)
        {
            using var answer = await browser.GetAsync(at, TestContext.Current.CancellationToken);
            var next = answer.Headers.Location;
            if (next is null)
            {
                var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, page);
                using var form = new FormUrlEncodedContent([new("prompt", Prompt().Match(page).Groups[1].Value), new("login", "b.dotterbloem"), new("password", "x")]);
                using var sent = await browser.PostAsync(at, form, TestContext.Current.CancellationToken);
                next = sent.Headers.Location!;
            }

            at = new Uri(browser.BaseAddress!, next);
            if (at.AbsolutePath == OidcSettings.CallbackPath) return at.PathAndQuery;
        }

        throw new InvalidOperationException("The provider never sent the browser back.");
    }

    /// <summary>The module's file; <see langword="null"/> when it is not there and cannot be fetched.</summary>
    private static async Task<string?> FetchAsync()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Path.Combine(cache, "dossierkit", $"oidc-provider-{Version}");
        var module = Path.Combine(folder, "node_modules/oidc-provider/lib/index.js");
        if (File.Exists(module)) return module;
        try
        {
            Directory.CreateDirectory(folder);
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", "--ignore-scripts", $"oidc-provider@{Version}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync(), npm.WaitForExitAsync());
            return npm.ExitCode == 0 && File.Exists(module) ? module : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("name=\"prompt\" value=\"([a-z]+)\"")]
    private static partial Regex Prompt();
}
