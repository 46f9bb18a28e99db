using System.Globalization;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>What puts a host at risk: what runs out, and what this machine may write down of what the host has in memory.</summary>
internal static class ServingChecks
{
    private const int Soon = 30;

    /// <summary>Checks of how the host is run.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Of(HostSettings settings, DateTimeOffset now)
    {
        if (settings.Certificate is { } certificate) yield return Certificate(certificate, now);
        if (settings.IsLoopbackOnly) yield break;
        yield return settings.Security is not { } contact
            ? Finding.Warning("security-contact", "The settings name nobody to tell of a weakness (security.contact), so there is no /.well-known/security.txt. Name the municipality's contact.")
            : Days(contact.Expires, now) is var days && days < Soon
                ? Finding.Warning("security-contact", string.Create(CultureInfo.InvariantCulture, $"The contact in security.txt is said to be right until {contact.Expires:yyyy-MM-dd}{(days < 0 ? ", which has passed, so it is not shown" : "")}. Check it and set a later day (security.expires)."))
                : Finding.Good("security-contact", string.Create(CultureInfo.InvariantCulture, $"security.txt names a contact until {contact.Expires:yyyy-MM-dd}."));
    }

    /// <summary>Checks of the machine that matter to a host which runs for weeks. Linux only.</summary>
    public static IEnumerable<Finding> OfMachine()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        yield return Swap(Lines("/proc/swaps"));
        yield return CoreDumps(Lines("/proc/self/limits"));
        if (Clock() is { } clock) yield return clock;
    }

    /// <summary>Whether memory of programs may be written to a disk in clear.</summary>
    /// <param name="lines">What <c>/proc/swaps</c> says.</param>
    internal static Finding Swap(IReadOnlyList<string> lines)
    {
        // Compressed memory (zram) is no disk; of a mapped volume (dm-) it cannot be seen from here whether it is encrypted.
        var clear = lines.Skip(1).Select(line => line.Split(' ', 2)[0]).Where(name => name.Length > 0 && !name.Contains("zram", StringComparison.Ordinal)).ToList();
        return clear.Count == 0
            ? Finding.Good("swap", "Memory is not written to a disk: there is no swap.")
            : Finding.Warning("swap", $"This machine has swap ({string.Join(", ", clear)}): keys and open pages of dossiers can be written to that disk. Run the service with MemorySwapMax=0 (its unit file does), turn swap off, or encrypt it.");
    }

    /// <summary>Whether a crash leaves the memory of the program in a file.</summary>
    /// <param name="lines">What <c>/proc/self/limits</c> says.</param>
    internal static Finding CoreDumps(IReadOnlyList<string> lines)
        => lines.FirstOrDefault(line => line.StartsWith("Max core file size", StringComparison.Ordinal)) is { } line && line["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["0", ..]
            ? Finding.Good("core-dumps", "A crash leaves no copy of the memory behind.")
            : Finding.Warning("core-dumps", "A crash would leave a copy of the memory in a file, with keys and open pages of dossiers. Run the service with LimitCORE=0 (its unit file does), or 'ulimit -c 0' before the program.");

    private static Finding Certificate(CertificateSettings certificate, DateTimeOffset now)
    {
        try
        {
            var expires = Certificates.ExpiryOf(certificate);
            var text = string.Create(CultureInfo.InvariantCulture, $"The certificate is good until {expires:yyyy-MM-dd}.");
            return Days(expires, now) switch
            {
                < 0 => Finding.Bad("certificate", text + " That has passed: browsers refuse the host. Renew it; the host takes the new file by itself."),
                < Soon => Finding.Warning("certificate", text + " Renew it in time; the host takes the new file by itself."),
                _ => Finding.Good("certificate", text),
            };
        }
        catch (EnvironmentFailureException failure)
        {
            return Finding.Bad("certificate", failure.Message);
        }
    }

    private static Finding? Clock()
    {
        // Where neither is installed nothing can be said.
        if (File.Exists("/run/systemd/timesync/synchronized") || Directory.Exists("/run/chrony")) return Finding.Good("clock", "The clock of this machine is kept right over the network.");
        return Directory.Exists("/run/systemd/system")
            ? Finding.Warning("clock", "It could not be seen that the clock is kept right over the network, and terms and the log depend on it. Turn it on (timedatectl set-ntp true), or install chrony.")
            : null;
    }

    private static double Days(DateTimeOffset until, DateTimeOffset now) => (until - now).TotalDays;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
