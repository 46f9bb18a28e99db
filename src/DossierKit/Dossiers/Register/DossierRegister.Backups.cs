using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>What people say of backups.</summary>
public sealed partial class DossierRegister
{
    /// <summary>
    /// Records that the keys of a backup no longer exist, on the word of a person: from then on what was destroyed in the vault counts as destroyed for good as far as this backup goes.
    /// For the integrity side and the archivaris.
    /// </summary>
    /// <param name="by">Who says so.</param>
    /// <param name="set">The backup.</param>
    /// <param name="reason">How the keys went, 3 to 500 characters, without names.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The backup as it is now, or why not.</returns>
    public async ValueTask<Outcome<BackupSet>> DeclareBackupGoneAsync(ActingPerson by, OpaqueId set, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        await Staff.RefreshAsync(ct);
        if (Staff.Find(by)?.RolesOn(Today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Verantwoordelijke or StaffRole.Archivaris) != true)
        {
            return Outcome<BackupSet>.Refused(new Refusal(
                "U mag niet vastleggen dat deze sleutels weg zijn.", "Daarna geldt als definitief vernietigd wat met deze reservekopie nog te openen was. Dat zegt de integriteitskant of de archivaris.",
                "Vraag een van hen.")
            { Cause = RefusalCause.NoRight });
        }

        await BeginTaskAsync(SystemTaskKind.Backup, by, ct);
        using var register = await BackupRegister.OpenAsync(_vault, ct);
        return await register.DeclareGoneAsync(set, by.Id.Value, reason, Now, ct);
    }
}
