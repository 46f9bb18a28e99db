using Microsoft.Playwright;

namespace DossierKit.Browser.Harness;

/// <summary>A device that makes and uses passkeys without asking anybody: Chromium's own, for one window.</summary>
internal sealed class Authenticator : IAsyncDisposable
{
    private readonly ICDPSession _session;

    private Authenticator(ICDPSession session) => _session = session;

    public static async Task<Authenticator> AddToAsync(Window window)
    {
        var session = await window.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(session);
    }

    public async ValueTask DisposeAsync() => await _session.DetachAsync();
}
