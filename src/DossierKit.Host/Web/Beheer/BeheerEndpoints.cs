using DossierKit.Dossiers;
using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Beheer;

/// <summary>How the machine and the vault are, for whoever runs them. Nothing of a dossier is on it.</summary>
internal static class BeheerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/beheer", async (HttpContext http, DossierVault vault, DossierRegister register, HostSettings settings, TimeProvider clock, CancellationToken ct) =>
        {
            var today = Nl.Today(clock);
            // Who does not run the machine has no such page: where things lie is not for everybody.
            if (register.Staff.Find(http.Visitor().Person) is not { } person || !Menu.Runs(person, today)) return Problems.NotThere(http);
            IEnumerable<Finding> findings = [.. await VaultSurroundings.ExamineAsync(settings.Surroundings, vault, register, today, ct), .. ServingChecks.Of(settings, clock.GetUtcNow())];
            return Pages.Of<BeheerPage>(new { Items = (IReadOnlyList<DoctorItem>)[.. findings.Select(DoctorTexts.Of)], Backups = await BackupsAsync(vault, ct), Today = today });
        }).ExcludeFromDescription();

    private static async Task<BackupView> BackupsAsync(DossierVault vault, CancellationToken ct)
    {
        using var register = await BackupRegister.OpenAsync(vault, ct);
        return new BackupView(
            [.. register.Sets.Where(set => set.HoldsKeys).OrderByDescending(set => set.At)], register.LastDrill(DrillKind.Restore), register.LastDrill(DrillKind.RecoveryShares), register.LastEscrow);
    }
}

/// <summary>What the vault knows of its backups.</summary>
/// <param name="Sets">Those whose keys may still exist, the newest first.</param>
/// <param name="LastRestore">When a restore was last tried out.</param>
/// <param name="LastShares">When the shares of the recovery key were last tried out.</param>
/// <param name="Escrow">The last splitting of the recovery key.</param>
public sealed record BackupView(IReadOnlyList<BackupSet> Sets, DateTimeOffset? LastRestore, DateTimeOffset? LastShares, EscrowMade? Escrow);
