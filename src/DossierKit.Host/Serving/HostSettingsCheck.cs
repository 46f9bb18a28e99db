using System.Net;

namespace DossierKit.Host.Serving;

/// <summary>What must be right before the host listens. Dossiers and session cookies never go over a network in clear.</summary>
internal static class HostSettingsCheck
{
    /// <summary>Every reason why the host may not run like this: what, why, what now.</summary>
    public static IReadOnlyList<string> Problems(HostSettings settings)
    {
        var problems = new List<string>();
        foreach (var url in settings.Urls)
        {
            if (!HostSettings.IsLoopback(url) && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
                problems.Add($"--urls '{Text(url)}' names a machine. A host listens on addresses: write localhost, an IP address of this machine, or 0.0.0.0 for all of them.");
            if (url.Scheme == "http" && !HostSettings.IsLoopback(url) && settings.Proxies.Count == 0)
                problems.Add($"--urls '{Text(url)}' would send dossiers and passwords over the network in clear. Use https with --certificate, or listen on localhost, or name the proxy that does the https with --proxy.");
            if (url.Scheme == "https" && settings.Certificate is null)
                problems.Add($"--urls '{Text(url)}' needs a certificate. Give --certificate FILE (PFX, or PEM with --certificate-key), or let a proxy do the https.");
        }

        if (settings.Certificate is not null && settings.Urls.All(url => url.Scheme != "https"))
            problems.Add("--certificate was given, and no address begins with https. Change --urls, or leave the certificate out.");
        if (settings.Proxies.Count > 0 && !settings.HasOrigin)
            problems.Add("Behind a proxy the host cannot know the address that users type, and sign-in and forms need it. Give --origin, such as https://dossiers.waterlanden.example.");
        if (settings.Urls.Any(url => url.Scheme == "https" && IsAnyAddress(url)) && !settings.HasOrigin)
            problems.Add("The host listens on every address of this machine and cannot know by which name users reach it. Give --origin, such as https://dossiers.waterlanden.example.");
        if (settings.HasOrigin && settings.Origin.Scheme == "http" && !HostSettings.IsLoopback(settings.Origin))
            problems.Add($"--origin '{Text(settings.Origin)}' is not https. Browsers give no passkeys and no safe cookies without it. Use the https address of the proxy.");
        return problems;
    }

    public static string Text(Uri url) => url.ToString().TrimEnd('/');

    public static bool IsAnyAddress(Uri url) => IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
