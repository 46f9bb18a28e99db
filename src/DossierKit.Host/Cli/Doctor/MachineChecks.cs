using System.Runtime.InteropServices;
using System.Text;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>What the machine offers, with or without a vault.</summary>
internal static class MachineChecks
{
    public static IEnumerable<Finding> Run()
    {
        yield return Finding.Good("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}).");
        yield return Unicode();
        yield return TimeZone();
        yield return Find("soffice") is { } office
            ? Finding.Good("libreoffice", $"LibreOffice is at {office}.")
            : Finding.Warning("libreoffice", "LibreOffice (soffice) is missing. Letters are made as .docx all the same, but this machine cannot turn them into PDF. On Debian: apt install libreoffice-writer-nogui.");
    }

    // In invariant mode .NET keeps accents as they are typed: the name check would miss 'Jose' for 'José', and a passphrase typed
    // on another keyboard would not open the vault.
    private static Finding Unicode() => "e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9"
        ? Finding.Good("unicode", "Accents are compared as they should be.")
        : Finding.Bad("unicode", "This machine runs .NET without Unicode data (invariant mode), so names with accents are not recognised by the name check. Install ICU (Debian: libicu) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");

    private static Finding TimeZone() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out _)
        ? Finding.Good("time-zone", "Europe/Amsterdam is known.")
        : Finding.Bad("time-zone", "Europe/Amsterdam is unknown, and legal dates need it. Install tzdata.");

    private static string? Find(string program)
    {
        var names = OperatingSystem.IsWindows() ? new[] { $"{program}.exe", $"{program}.com" } : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
