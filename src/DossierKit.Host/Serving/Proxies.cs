using System.Net;

using Microsoft.AspNetCore.HttpOverrides;

namespace DossierKit.Host.Serving;

/// <summary>
/// Who asks, and under which name. Forwarded headers count from named proxies alone. Only the names of this host are answered: a name of somebody else that leads here
/// (DNS rebinding) would let a page of theirs talk to a host on this machine.
/// </summary>
internal static class Proxies
{
    /// <summary>Takes over what a named proxy says; before everything that looks at who asks or how.</summary>
    public static void UseForwarded(WebApplication app, HostSettings settings)
    {
        if (settings.Proxies.Count > 0)
        {
            // Before the header is believed: was this one of the proxies?
            app.Use((http, next) => http.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from) && !settings.Proxies.Any(proxy => Contains(proxy, from)) && !http.Request.IsHttps
                ? Refuse(http, StatusCodes.Status403Forbidden)
                : next(http));
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Proxies) options.KnownIPNetworks.Add(proxy);
            app.UseForwardedHeaders(options);
        }
    }

    /// <summary>Answers under the names of this host alone, and over https where that is its address.</summary>
    public static void UseNames(WebApplication app, HostSettings settings)
    {
        var names = Names(settings);
        app.Use((http, next) =>
        {
            if (!names.Contains(http.Request.Host.Host.Trim('[', ']'))) return Refuse(http, StatusCodes.Status421MisdirectedRequest);
            // Behind the proxy, and over plain http on the outside: the cookie would travel in clear.
            if (settings.Origin.Scheme == "https" && !http.Request.IsHttps && !IsOfThisMachine(http))
            {
                if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) return Refuse(http, StatusCodes.Status403Forbidden);
                http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
                http.Response.Headers.Location = new Uri(settings.Origin, http.Request.Path + http.Request.QueryString).AbsoluteUri;
                return Task.CompletedTask;
            }

            return next(http);
        });
    }

    /// <summary>Whether a request was made on this machine itself, and not through a proxy on it.</summary>
    public static bool IsOfThisMachine(HttpContext http)
        => http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("X-Original-For") && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("Via");

    private static HashSet<string> Names(HostSettings settings)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { settings.Origin.Host.Trim('[', ']') };
        foreach (var url in settings.Urls.Where(url => !HostSettingsCheck.IsAnyAddress(url))) names.Add(url.Host.Trim('[', ']'));
        // A health check on the machine itself; a name of this machine leads nowhere else.
        names.UnionWith(["localhost", "127.0.0.1", "::1"]);
        return names;
    }

    private static bool Contains(System.Net.IPNetwork network, IPAddress address) => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static Task Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
