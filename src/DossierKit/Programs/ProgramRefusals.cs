namespace DossierKit.Programs;

/// <summary>Why a program gave no answer. Never what it wrote: that may hold content.</summary>
public static class ProgramRefusals
{
    /// <summary>Subject: the program is not installed.</summary>
    public const string Missing = "programma-ontbreekt";

    /// <summary>Subject: bubblewrap is not installed, or this is no Linux.</summary>
    public const string NoSandbox = "zandbak-ontbreekt";

    /// <summary>Subject: this machine does not let bubblewrap build its walls.</summary>
    public const string SandboxForbidden = "zandbak-verboden";

    /// <summary>Subject: it took too long and was ended.</summary>
    public const string OutOfTime = "programma-te-lang";

    /// <summary>Subject: its answer was too long and it was ended.</summary>
    public const string TooMuch = "programma-te-veel";

    /// <summary>Subject: it ended without an answer.</summary>
    public const string Failed = "programma-mislukt";

    /// <summary>Whether a refusal is about this machine, and not about the file.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <returns><see langword="true"/> when installing or allowing something mends it.</returns>
    public static bool IsAboutMachine(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Subject is Missing or NoSandbox or SandboxForbidden;
    }

    internal static Refusal ProgramMissing(ExternalProgram program) => new(
        $"{program.Name} ontbreekt op deze computer.", program.Without, $"Laat de beheerder het installeren (Debian: apt install {program.Package}).")
    { Subject = Missing };

    internal static Refusal SandboxMissing(ExternalProgram program) => new(
        $"{program.Name} kan hier niet veilig draaien: bubblewrap ontbreekt.", $"Een ander programma krijgt een document alleen te lezen in een afgesloten omgeving. {program.Without}".TrimEnd(),
        OperatingSystem.IsLinux() ? "Laat de beheerder het installeren (Debian: apt install bubblewrap)." : "Gebruik hiervoor een computer met Linux.")
    { Subject = NoSandbox };

    internal static Refusal Forbidden(ExternalProgram program, string complaint) => new(
        $"{program.Name} kan hier niet veilig draaien: deze computer staat de afgesloten omgeving niet toe.", $"bubblewrap meldt: {complaint} {program.Without}".TrimEnd(),
        "Laat de beheerder user namespaces toestaan (sysctl kernel.unprivileged_userns_clone en user.max_user_namespaces, een AppArmor-profiel voor bwrap, of in een container een seccomp-profiel dat ze doorlaat). Zonder afgesloten omgeving draait het niet.")
    { Subject = SandboxForbidden };

    internal static Refusal TookTooLong(ExternalProgram program, TimeSpan limit) => new(
        $"{program.Name} deed te lang over dit bestand en is gestopt.", FormattableString.Invariant($"Het mag hoogstens {limit.TotalSeconds:0.#} seconden duren."),
        "Probeer het nog eens als de computer het minder druk heeft. Lukt het weer niet, dan is er iets met het bestand.")
    { Subject = OutOfTime };

    internal static Refusal WroteTooMuch(ExternalProgram program, long limit) => new(
        $"{program.Name} maakte van dit bestand een te groot resultaat en is gestopt.", FormattableString.Invariant($"Het mag hoogstens {limit >> 10} KiB zijn."), "Bekijk of het bestand klopt.")
    { Subject = TooMuch };

    internal static Refusal GaveNothing(ExternalProgram program, int exit) => new(
        $"{program.Name} kon dit bestand niet verwerken.", FormattableString.Invariant($"Het stopte zonder resultaat (code {exit})."),
        "Open het bestand zelf om te zien of het heel is.")
    { Subject = Failed };
}
