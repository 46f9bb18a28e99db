using System.Net;

using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.SignIn;

/// <summary>Signing in to a demo vault, as anybody and by one click: on this machine only, whichever way one looks at it.</summary>
internal static class DemoSignIn
{
    /// <summary>Whether it listens to this machine only, the caller is on it, calls it by its own name, and nobody passes the call on.</summary>
    public static bool IsAllowed(HttpContext http, DossierVault vault, HostSettings settings)
        => vault.IsDemo && settings.IsLoopbackOnly
            && http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && IsOwnName(http.Request.Host.Host)
            && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));

    // Another name that leads to this machine is a page of somebody else (DNS rebinding).
    private static bool IsOwnName(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
