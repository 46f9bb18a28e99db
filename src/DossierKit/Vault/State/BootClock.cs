using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Vault;

/// <summary>How long a machine runs, by a clock that nobody can set: <paramref name="Boot"/> is this start of the machine, <paramref name="Up"/> the time since.</summary>
internal readonly record struct BootTime(OpaqueId Boot, TimeSpan Up);

/// <summary>
/// The clock of the machine's own start. On Linux it is read from <c>/proc</c>, which counts sleep too and cannot be faked by a library that is put before this program.
/// Elsewhere every process is a start of its own: then only jumps of days are noticed.
/// </summary>
internal static class BootClock
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";
    private const string Uptime = "/proc/uptime";
    private static readonly OpaqueId Process = OpaqueId.Random();
    private static readonly long Started = Stopwatch.GetTimestamp();

    /// <summary>The clock that belongs to a clock: of the machine for that of the machine, and for one that is told what time it is, one that keeps pace with it.</summary>
    public static Func<BootTime> Of(TimeProvider clock) => ReferenceEquals(clock, TimeProvider.System) ? Now : () => new BootTime(Process, clock.GetUtcNow() - DateTimeOffset.UnixEpoch);

    public static BootTime Now() => OperatingSystem.IsLinux() && OfLinux() is { } boot ? boot : new BootTime(Process, Stopwatch.GetElapsedTime(Started));

    private static BootTime? OfLinux()
    {
        try
        {
            var boot = File.ReadAllText(BootId).Trim();
            var seconds = decimal.Parse(File.ReadAllText(Uptime).Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            return new BootTime(new OpaqueId(SHA256.HashData(Encoding.ASCII.GetBytes(boot)).AsSpan(0, OpaqueId.Size)), TimeSpan.FromMilliseconds((long)(seconds * 1000)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
