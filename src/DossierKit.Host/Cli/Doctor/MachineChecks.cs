using System.Runtime.InteropServices;
using System.Text;

using DossierKit.Programs;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>What the machine offers, with or without a vault.</summary>
internal static class MachineChecks
{
    public static IEnumerable<Finding> Run()
    {
        yield return Finding.Good("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture}).");
        yield return Unicode();
        yield return TimeZone();
        foreach (var program in InstalledPrograms.Look()) yield return Program(program);
    }

    // In invariant mode .NET keeps accents as they are typed: the name check would miss 'Jose' for 'José', and a passphrase typed
    // on another keyboard would not open the vault.
    private static Finding Unicode() => "e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9"
        ? Finding.Good("unicode", "Accents are compared as they should be.")
        : Finding.Bad("unicode", "This machine runs .NET without Unicode data (invariant mode), so names with accents are not recognised by the name check. Install ICU (Debian: libicu) and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");

    private static Finding TimeZone() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out _)
        ? Finding.Good("time-zone", "Europe/Amsterdam is known.")
        : Finding.Bad("time-zone", "Europe/Amsterdam is unknown, and legal dates need it. Install tzdata.");

    /// <summary>Whether other programs can be kept apart from the dossiers here.</summary>
    public static async ValueTask<Finding> SandboxAsync(CancellationToken ct) => await InstalledPrograms.TrySandboxAsync(ct) switch
    {
        null => Finding.Good("sandbox", "Programs that read documents run in a sandbox here: no network, no files, memory only."),
        { Subject: ProgramRefusals.SandboxForbidden } refusal => Finding.Warning("sandbox",
            $"This machine does not let bubblewrap build a sandbox, so no PDF is made here; nothing runs without one. {refusal.Why} Allow user namespaces to unprivileged users (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0, an AppArmor profile for bwrap); in a container that takes a seccomp profile that allows them."),
        { Subject: ProgramRefusals.NoSandbox } => Finding.Warning("sandbox", OperatingSystem.IsLinux()
            ? "bubblewrap (bwrap) is missing, so no PDF is made here: no other program reads a document outside a sandbox. On Debian: apt install bubblewrap."
            : "There is no sandbox on this system, so no PDF is made here: no other program reads a document outside a sandbox. Use Linux for that."),
        { } refusal => Finding.Warning("sandbox", $"A sandbox was built, but a program in it did not run as it should: {refusal.Subject}."),
    };

    private static Finding Program(InstalledProgram program)
    {
        var check = program.Name.ToLowerInvariant();
        return program.Path is { } path
            ? Finding.Good(check, $"{program.Name} is at {path}.")
            : Finding.Warning(check, $"{program.Name} is missing. {Loss(program.Name)} On Debian: apt install {program.Package}.");

        static string Loss(string name) => name switch
        {
            "LibreOffice" or "bubblewrap" => "Letters are made as .docx all the same, but this machine cannot turn them into PDF.",
            _ => "Files that it would read are kept all the same, but their text cannot be searched here.",
        };
    }
}
