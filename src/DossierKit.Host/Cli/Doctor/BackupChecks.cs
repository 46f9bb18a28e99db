using System.Globalization;

using DossierKit.Vault;

namespace DossierKit.Host.Cli.Doctor;

/// <summary>Whether the vault could be brought back, and whether copies of its keys stay longer than they may. A demo vault needs none of this.</summary>
internal static class BackupChecks
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7);
    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

    public static async ValueTask<IReadOnlyList<Finding>> OfAsync(DossierVault vault, DateTimeOffset now, DateOnly today, CancellationToken ct)
    {
        if (vault.IsDemo) return [];
        using var register = await BackupRegister.OpenAsync(vault, ct);
        var findings = new List<Finding>();
        var last = register.Sets.Where(set => set.Status == BackupSetStatus.Finished).Select(set => (DateTimeOffset?)set.At).Max();
        findings.Add(last is null ? Finding.Warning("backup", "There is no backup of this vault: when the disk fails, everything is lost. Make one every day with 'dossierkit backup DEST' to another machine.")
            : now - last > Fresh ? Finding.Warning("backup", string.Create(CultureInfo.InvariantCulture, $"The last backup is {(now - last.Value).Days} days old. Find out why the newer ones failed, and make one with 'dossierkit backup DEST'."))
            : Finding.Good("backup", "The last backup is less than a week old."));
        var overdue = register.Sets.Count(set => set.IsOverdue(today));
        findings.Add(overdue > 0
            ? Finding.Warning("backup-keys", $"{overdue} backups hold keys past their last day: what was destroyed since can still be opened with them. Run 'dossierkit backup DEST' or 'dossierkit backup prune DEST' for each place; for a disk that no longer exists 'dossierkit backup gone ID'.")
            : Finding.Good("backup-keys", "No backup holds keys past its last day."));
        findings.Add(Drill("backup-drill", register.LastDrill(DrillKind.Restore), "Whether a backup can be restored was not tried", "Run 'dossierkit restore DEST --drill DIR --data DIR'.", "A restore was tried out less than a year ago."));
        findings.Add(register.LastEscrow is null
            ? Finding.Warning("escrow", "The recovery key was not split: whoever finds it opens everything, and one fire can take it. Split it with 'dossierkit keys escrow'.")
            : Drill("escrow", register.LastDrill(DrillKind.RecoveryShares), "Whether the holders' shares open the vault was not tried", "Run 'dossierkit keys drill' with them.", "The shares of the recovery key were tried out less than a year ago."));
        return findings;

        Finding Drill(string check, DateTimeOffset? held, string not, string whatNow, string good)
            => held is null ? Finding.Warning(check, $"{not}. {whatNow}") : now - held > Year ? Finding.Warning(check, $"{not} for more than a year. {whatNow}") : Finding.Good(check, good);
    }
}
