using System.Net;

using DossierKit.Host.Cli.Doctor;

namespace DossierKit.Host.Serving;

/// <summary>How the host is to be reached.</summary>
internal sealed record HostSettings
{
    /// <summary>Where it listens when nothing else was said: this machine only, by name, because passkeys need a name.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The addresses to listen on.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new Uri(DefaultUrl)];

    /// <summary>The address as users type it, when a proxy stands in between; otherwise the first of <see cref="Urls"/>.</summary>
    public Uri Origin { get => field ?? Urls[0]; init; }

    /// <summary>The largest file that can be sent, in bytes. Default 2 GiB.</summary>
    public long MaxUpload { get; init; } = 2L << 30;

    /// <summary>Where the vault lies, for the checks on the page of the beheerder; <see langword="null"/>: those checks are left out.</summary>
    public VaultSurroundings? Surroundings { get; init; }

    /// <summary>Whether nobody but this machine can reach the host. Demo sign-in works only then.</summary>
    public bool IsLoopbackOnly => Urls.All(IsLoopback) && IsLoopback(Origin);

    private static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}
