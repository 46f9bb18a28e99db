namespace DossierKit.Vault;

/// <summary>
/// Copies an open vault to another place while the host works (FORMAT.md, "Backup"): content once and for all, keys anew in a set of their own that is removed after its last day. So a copy
/// forgets what the vault forgot. Can be killed at any moment: the next run goes on where it was, and removes what the killed one left of keys.
/// </summary>
public static class VaultBackup
{
    /// <summary>Makes a backup, and removes the sets of keys whose last day is past.</summary>
    /// <param name="vault">The open vault.</param>
    /// <param name="options">Where to, and how long its keys may stay.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="today">Today in the Netherlands.</param>
    /// <param name="progress">Told after each object; <see langword="null"/> for silence.</param>
    /// <param name="ct">Stops; what was copied stays, and the next run goes on from there.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="VaultEnvironmentException">The place cannot be written, holds something else, or lies inside the vault.</exception>
    /// <exception cref="VaultDamagedException">The vault lacks something that the place has and that was not destroyed: nothing was changed there.</exception>
    public static async ValueTask<BackupReport> RunAsync(DossierVault vault, BackupOptions options, TimeProvider clock, DateOnly today, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        Check(vault, options, clock);
        EnsureStateIsKnown(vault);
        var reading = vault.ObserveClock(clock);
        var known = await BackupPlace.OpenForWritingAsync(options.Destination, vault.Id, create: false, ct);
        if (known is null && !options.DryRun)
        {
            if (!options.NewPlace) await EnsureLabelIsFreeAsync(vault, options, ct);
            known = await BackupPlace.OpenForWritingAsync(options.Destination, vault.Id, create: true, ct);
        }

        await using var place = known;
        return await new BackupRun(vault, place, options, clock, reading, today, progress).RunAsync(ct);
    }

    /// <summary>Removes the sets of keys whose last day is past, and what killed runs left. The newest whole set stays, whatever its age: without it nothing could be restored.</summary>
    /// <param name="vault">The open vault.</param>
    /// <param name="destination">The folder of the place.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="today">Today in the Netherlands.</param>
    /// <param name="dryRun">Whether nothing is removed.</param>
    /// <param name="ct">Stops between sets.</param>
    /// <returns>What was removed, and what stays though it should not.</returns>
    /// <exception cref="VaultEnvironmentException">There are no backups of this vault there.</exception>
    public static async ValueTask<(IReadOnlyList<OpaqueId> Removed, IReadOnlyList<OpaqueId> Overdue)> PruneAsync(DossierVault vault, string destination, TimeProvider clock, DateOnly today, bool dryRun, CancellationToken ct)
    {
        Check(vault, new BackupOptions(destination, "prune"), clock);
        DateOnly? day = vault.ObserveClock(clock).IsTrusted
            ? today
            : throw new VaultEnvironmentException("Nothing was removed: the clock of this machine cannot be trusted, so it cannot be said which keys are past their last day. Set the clock right, and try again.");
        await using var place = await BackupPlace.OpenForWritingAsync(destination, vault.Id, create: false, ct)
            ?? throw new VaultEnvironmentException($"There are no backups of this vault in '{destination}'. Name the folder that was given to backup.");
        using var register = dryRun ? null : await BackupRegister.OpenAsync(vault, ct);
        using var key = vault.Keys.Derive(BackupManifest.KeyLabel);
        var sets = await KeptSets.ReadAsync(place, key, ct);
        if (register is not null) await sets.ReconcileAsync(register, isNewPlace: false, clock, ct);
        var (due, overdue) = sets.Due(register, day);
        if (register is not null) await sets.RemoveAsync(register, due, clock, ct);
        return (due, overdue);
    }

    /// <summary>A backup carries the ledger of this account: one that begins today would let what was destroyed come back.</summary>
    private static void EnsureStateIsKnown(DossierVault vault)
    {
        if (vault.State.IsNew && !vault.IsNewborn)
        {
            throw new VaultEnvironmentException(
                $"No backup was made: this account never saw this vault before (state folder {vault.State.Path}), so it does not know what was destroyed, and a backup without that could bring it back. Use the account and the --state that the vault is always used with. Is that state lost, put it back from its own backup, or restore the vault from its newest backup: that brings the ledger along.");
        }
    }

    /// <summary>A known label at a folder without backups is a disk that is not attached: the copy would lie on the disk below it, with its keys, and nobody would look for it there.</summary>
    private static async ValueTask EnsureLabelIsFreeAsync(DossierVault vault, BackupOptions options, CancellationToken ct)
    {
        using var register = await BackupRegister.OpenAsync(vault, ct);
        if (register.Sets.LastOrDefault(set => set.Status == BackupSetStatus.Finished && string.Equals(set.Label, options.Label.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            throw new VaultEnvironmentException(
                $"No backup was made: '{options.Label.Trim()}' is a place that was used before (set {known.Id}), and '{Path.GetFullPath(options.Destination)}' holds no backups. Is the disk attached? If this is another place, give it another --label, or run the backup with --new.");
        }
    }

    private static void Check(DossierVault vault, BackupOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Destination);
        if (options.Label.Trim().Length is 0 or > 100 || options.Label.Any(char.IsControl)) throw new ArgumentException("A label has 1 to 100 characters on one line.", nameof(options));
        if (options.KeepKeysDays is < 1 or > 3660) throw new ArgumentException("Keys stay 1 to 3660 days.", nameof(options));
        if (options.BytesPerSecond is < 1) throw new ArgumentException("The rate is at least one byte in a second.", nameof(options));
        var folder = Path.GetFullPath(options.Destination);
        if (vault.Services.Store is DiskObjectStore disk && !StatePath.IsApart(folder, disk.Root))
            throw new VaultEnvironmentException($"The backup cannot go to '{folder}': it and the data folder lie inside one another, so that both would be lost together. Choose a folder on another disk.");
        if (!StatePath.IsApart(folder, vault.State.Path))
            throw new VaultEnvironmentException($"The backup cannot go to '{folder}': it and the state folder lie inside one another, so that both would be lost together. Choose a folder on another disk.");
    }
}
