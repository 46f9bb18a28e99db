using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DossierKit.Host.Serving;

/// <summary>Where and within what limits the host listens.</summary>
internal static class Listening
{
    // A form with every answer of the longest letter is some tens of kilobytes. Uploads set a limit of their own, see Uploads.
    private const long LargestForm = 2 << 20;

    public static void Configure(KestrelServerOptions kestrel, HostSettings settings, Certificates? certificates)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestForm;
        kestrel.Limits.MaxRequestLineSize = 4 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        // Whoever sends or takes a byte a minute holds a connection for ever; a slow line is faster than this.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(10));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(10));
        foreach (var url in settings.Urls)
        {
            if (url.Host == "localhost" && url.Port != 0) kestrel.ListenLocalhost(url.Port, Secure);
            else kestrel.Listen(url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']')), url.Port, Secure);

            void Secure(ListenOptions listen)
            {
                if (url.Scheme != "https") return;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificates!.Current,
                        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                    }),
                });
            }
        }
    }

    /// <summary>Why the host could not begin to listen, for whoever started it; <see langword="null"/> when the failure is another.</summary>
    public static string? Explain(Exception failure, HostSettings settings)
    {
        var urls = string.Join(", ", settings.Urls.Select(HostSettingsCheck.Text));
        return failure switch
        {
            IOException { InnerException: AddressInUseException } => $"Something already listens on {urls}. Most often it is another 'dossierkit serve'. Stop it, or choose another address with --urls.",
            SocketException { SocketErrorCode: SocketError.AccessDenied } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AccessDenied } }
                => $"This account may not listen on {urls}. Ports below 1024 are for the system: choose a higher one with --urls, or give the service the right (AmbientCapabilities=CAP_NET_BIND_SERVICE).",
            SocketException or IOException { InnerException: SocketException } => $"The host cannot listen on {urls}: {Cause(failure)}. Check that these addresses are of this machine.",
            _ => null,
        };
    }

    private static string Cause(Exception failure) => (failure as SocketException ?? (SocketException)failure.InnerException!).SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => "this machine has no such address",
        SocketError.AddressFamilyNotSupported => "this machine does not speak that kind of address",
        var code => $"the system says {code}",
    };
}
