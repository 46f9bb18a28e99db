using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>Where an open vault lies and what opened it: what checks from outside look at. Paths only, never a secret.</summary>
/// <param name="Place">The vault and its state.</param>
/// <param name="UnlockFile">The unlock file named, if any.</param>
/// <param name="Credentials">The service's credential folder, if any.</param>
internal sealed record VaultSurroundings(VaultPlace Place, string? UnlockFile, string? Credentials)
{
    /// <summary>As the command line names them.</summary>
    public static VaultSurroundings Of(CommandContext context) => new(context.Place, context.Get(CommonOptions.UnlockFile), Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"));

    /// <summary>Every check of <c>doctor</c> on a machine and the vault it has open: the same for the command line and the page of the beheerder.</summary>
    public static async ValueTask<IReadOnlyList<Finding>> ExamineAsync(VaultSurroundings? surroundings, DossierVault vault, DossierRegister register, DateOnly today, CancellationToken ct)
    {
        var findings = MachineChecks.Run().ToList();
        findings.Add(await MachineChecks.SandboxAsync(ct));
        findings.AddRange(ServingChecks.OfMachine());
        if (surroundings is not null) findings.AddRange(surroundings.Look());
        findings.AddRange(VaultChecks.Inside(vault, register, today));
        return findings;
    }

    /// <summary>The checks that need no secret.</summary>
    public IEnumerable<Finding> Look() => VaultChecks.Outside(Place, UnlockFile, Credentials);
}
