namespace DossierKit.Vault;

/// <summary>The sets of keys that lie at a place, compared with what the register of the vault knows of them.</summary>
internal sealed class KeptSets
{
    private readonly BackupPlace _place;
    private readonly List<OpaqueId> _broken = [];

    private KeptSets(BackupPlace place) => _place = place;

    /// <summary>The manifests of the whole sets, newest first.</summary>
    public List<BackupManifest> Whole { get; } = [];

    /// <summary>Reads every manifest; one that is not authentic counts as left by a killed run.</summary>
    public static async ValueTask<KeptSets> ReadAsync(BackupPlace place, SecretKey key, CancellationToken ct)
    {
        var sets = new KeptSets(place);
        foreach (var (set, isWhole) in await place.SetsAsync(ct))
        {
            if (isWhole && await TryReadAsync(place, set, key, ct) is { } manifest) sets.Whole.Add(manifest);
            else sets._broken.Add(set);
        }

        sets.Whole.Sort((one, other) => (other.At, other.Set).CompareTo((one.At, one.Set)));
        return sets;
    }

    /// <summary>
    /// Tells the register what lies here: a set it does not know (the vault was restored from an older backup) becomes known, and one that it calls gone holds keys again. That a set is not
    /// here ends nothing: another disk with the mark of this place may have it. Only two absences are known to be ours: of a set that a run began to remove, and of a run that never wrote its keys
    /// to this very disk.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">This is not the disk that the last run to this place was written to.</exception>
    public async ValueTask ReconcileAsync(BackupRegister register, bool isNewPlace, TimeProvider clock, CancellationToken ct)
    {
        foreach (var manifest in Whole)
        {
            await register.BeginAsync(manifest.Set, manifest.Place, manifest.Label, manifest.KeysUntil, manifest.At, ct);
            await register.FinishAsync(manifest.Set, manifest.LedgerCount, manifest.FinishedAt, ct);
        }

        var here = Whole.Select(manifest => manifest.Set).Concat(_broken).ToHashSet();
        foreach (var found in register.Sets.Where(set => !set.HoldsKeys && here.Contains(set.Id)).ToList()) await register.FoundAsync(found.Id, clock.GetUtcNow(), ct);

        var last = await _place.LastAsync(ct);
        var own = register.Sets.Where(set => set.Place == _place.Id && set.HoldsKeys).ToList();
        if (own.Where(set => set is { Status: BackupSetStatus.Finished, IsLeaving: false }).MaxBy(set => set.At) is { } newest && !here.Contains(newest.Id) && !last.Contains(newest.Id))
        {
            if (!isNewPlace)
            {
                throw new VaultEnvironmentException(
                    $"This is not the disk that the last backup to '{newest.Label}' was written to: set {newest.Id} is not here. Was one disk copied to another, or an older copy of it put back? Attach the disk of that backup. If this one is meant to be used beside it, run the backup with --new: it gets a mark of its own. If that disk no longer exists, record it with 'backup gone {newest.Id}'. Nothing was written.");
            }

            await _place.RemarkAsync(ct);
            foreach (var set in here) await register.CopiedAsync(set, clock.GetUtcNow(), ct);
            return;
        }

        foreach (var ended in own.Where(set => !here.Contains(set.Id) && (set.IsLeaving || (set.Status == BackupSetStatus.Begun && last.Contains(set.Id)))))
            await register.RemovedAsync(ended.Id, clock.GetUtcNow(), ct);
    }

    /// <summary>
    /// The sets that must go: past their last day, left by a killed run, or called gone and found here all the same. The newest whole one stays, and is named when it should have gone;
    /// when none is whole nothing goes, since what is damaged may be all there is. When the clock is in doubt nothing goes for its age.
    /// </summary>
    public (IReadOnlyList<OpaqueId> Due, IReadOnlyList<OpaqueId> Overdue) Due(BackupRegister? register, DateOnly? today)
    {
        var known = register?.Sets.ToDictionary(set => set.Id);
        var (due, overdue) = (Whole.Count == 0 ? [] : _broken.ToList(), new List<OpaqueId>());
        foreach (var manifest in Whole)
        {
            var set = known?.GetValueOrDefault(manifest.Set);
            if (set is { FoundAt: not null } or { HoldsKeys: false } || today > (set?.KeysUntil ?? manifest.KeysUntil)) (manifest == Whole[0] ? overdue : due).Add(manifest.Set);
        }

        return (due, overdue);
    }

    /// <summary>Removes the keys of these sets, and records it: in this order, so that the register never says gone of what is there.</summary>
    public async ValueTask RemoveAsync(BackupRegister register, IReadOnlyList<OpaqueId> sets, TimeProvider clock, CancellationToken ct)
    {
        foreach (var set in sets)
        {
            await register.LeavingAsync(set, clock.GetUtcNow(), ct);
            await _place.RemoveSetAsync(set, ct);
            await register.RemovedAsync(set, clock.GetUtcNow(), ct);
            Whole.RemoveAll(manifest => manifest.Set == set);
            _broken.Remove(set);
        }
    }

    private static async ValueTask<BackupManifest?> TryReadAsync(BackupPlace place, OpaqueId set, SecretKey key, CancellationToken ct)
    {
        try
        {
            return await place.ReadManifestAsync(set, ct) is { } read && BackupManifest.Verify(key, read.Bytes) ? read.Manifest : null;
        }
        catch (VaultDamagedException)
        {
            return null;
        }
    }
}
