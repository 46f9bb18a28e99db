using System.Net;

using DossierKit.Host.Cli.Doctor;

namespace DossierKit.Host.Serving;

/// <summary>How the host is to be reached and how it is run: from the command line and the file of <c>--config</c>, checked as a whole (<see cref="HostSettingsCheck"/>) before it starts.</summary>
internal sealed record HostSettings
{
    /// <summary>Where it listens when nothing else was said: this machine only, by name, because passkeys need a name.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new Uri(DefaultUrl)];

    /// <summary>The address as users type it, when a proxy stands in between; otherwise the first of <see cref="Urls"/>.</summary>
    public Uri Origin { get => field ?? Urls[0]; init; }

    /// <summary>Whether <see cref="Origin"/> was said, and not drawn from <see cref="Urls"/>.</summary>
    public bool HasOrigin { get; init; }

    /// <summary>The proxies that are believed when they say who asked and how; nobody else is. Empty: there is none.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>The host's own certificate, for https addresses; <see langword="null"/>: none.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Whom to tell of a weakness in this host, for <c>/.well-known/security.txt</c>; <see langword="null"/>: nobody was named and there is no such page.</summary>
    public SecurityContact? Security { get; init; }

    /// <summary>The file with the token that reads <c>/metrics</c> from another machine; <see langword="null"/>: this machine alone reads it.</summary>
    public string? MetricsTokenFile { get; init; }

    /// <summary>The municipality's own sign-in; <see langword="null"/>: passkeys alone.</summary>
    public SignIn.OidcSettings? Oidc { get; init; }

    /// <summary>Whether log lines are JSON, for a program that collects them.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Whether every request gets a line in the log: the pattern of its route, never its address.</summary>
    public bool LogsRequests { get; init; }

    /// <summary>The largest file that can be sent, in bytes. Default 2 GiB; everything else that is sent is held to 2 MiB.</summary>
    public long MaxUpload { get; init; } = 2L << 30;

    /// <summary>Where the vault lies, for the checks on the page of the beheerder; <see langword="null"/>: those checks are left out.</summary>
    public VaultSurroundings? Surroundings { get; init; }

    /// <summary>How long requests that run may take to end when the host stops.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often is looked for files that the search index does not hold yet; <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public TimeSpan IndexEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much one person may ask of the API.</summary>
    public Api.ApiLimits ApiLimits { get; init; } = new();

    /// <summary>Connections at one time; whoever comes after them waits.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Whether nobody but this machine can reach the host. Demo sign-in works only then.</summary>
    public bool IsLoopbackOnly => Proxies.Count == 0 && Urls.All(IsLoopback) && IsLoopback(Origin);

    /// <summary>Whether an address is reached from this machine alone.</summary>
    public static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>A certificate of the host itself, read again when its file changes.</summary>
/// <param name="File">A PFX file, or a PEM file with the certificate and those above it.</param>
/// <param name="KeyFile">The PEM file with the private key; <see langword="null"/>: it is in <paramref name="File"/>.</param>
/// <param name="PasswordFile">The file whose first line is the password; <see langword="null"/>: there is none. Never the password itself: settings are read by many.</param>
internal sealed record CertificateSettings(string File, string? KeyFile = null, string? PasswordFile = null);

/// <summary>RFC 9116.</summary>
/// <param name="Contact">Addresses, <c>mailto:</c> or <c>https:</c>, the best first.</param>
/// <param name="Expires">Until when this is right; at most a year ahead is wise.</param>
/// <param name="Policy">Where the municipality says how it treats a report, or <see langword="null"/>.</param>
internal sealed record SecurityContact(IReadOnlyList<Uri> Contact, DateTimeOffset Expires, Uri? Policy = null);
