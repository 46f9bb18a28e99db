namespace DossierKit.Vault;

/// <summary>
/// Brings a vault back from a backup on a machine that has nothing (FORMAT.md, "Restore"). Everything is compared with the manifest before anything is served, and what the ledgers call destroyed
/// is destroyed again before the vault can be opened. Can be killed at any moment: until its last step the folder is no vault that opens, and the same restore goes on where it was.
/// </summary>
public static class VaultRestore
{
    private const string MarkPrefix = "restore/";

    /// <summary>The sets at a place, newest first; nothing of them is proved to be authentic before a restore.</summary>
    /// <param name="source">The folder that was given to backup.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The sets.</returns>
    /// <exception cref="VaultEnvironmentException">There are no backups there.</exception>
    public static async ValueTask<IReadOnlyList<StoredSet>> ListAsync(string source, CancellationToken ct)
    {
        await using var place = await BackupPlace.OpenForReadingAsync(source, ct);
        var sets = new List<StoredSet>();
        foreach (var (set, isWhole) in await place.SetsAsync(ct))
        {
            try
            {
                if (isWhole && await place.ReadManifestAsync(set, ct) is { Manifest: var manifest }) sets.Add(new StoredSet(set, manifest.At, manifest.KeysUntil, manifest.Label, IsWhole: true));
                else sets.Add(new StoredSet(set, default, default, "", IsWhole: false));
            }
            catch (VaultDamagedException)
            {
                sets.Add(new StoredSet(set, default, default, "", IsWhole: false));
            }
        }

        return [.. sets.OrderByDescending(set => set.At).ThenByDescending(set => set.Id)];
    }

    /// <summary>Restores a vault. Nothing in it opens before the last step.</summary>
    /// <param name="options">What and where to.</param>
    /// <param name="secret">What opens it: asked after the set was found and read, when it is known which vault it is.</param>
    /// <param name="progress">Told after each object; <see langword="null"/> for silence.</param>
    /// <param name="ct">Stops; the same call goes on from there.</param>
    /// <returns>What was restored, and what was destroyed again.</returns>
    /// <exception cref="VaultEnvironmentException">There is no whole set, the secret is wrong, or the folder holds something else.</exception>
    /// <exception cref="VaultDamagedException">The backup is damaged: every damaged object is named. Nothing is served of it.</exception>
    public static async ValueTask<RestoreReport> RunAsync(RestoreOptions options, Func<UnlockSecret> secret, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(secret);
        await using var place = await BackupPlace.OpenForReadingAsync(options.Source, ct);
        if (!StatePath.IsApart(Path.GetFullPath(options.Source), Path.GetFullPath(options.Place.Data)))
            throw new VaultEnvironmentException($"The vault cannot be restored to '{options.Place.Data}': that and the backup lie inside one another. Choose another folder.");
        var manifest = await ChooseAsync(place, options.Set, ct);
        await using var keys = await KeySetReader.OpenAsync(place, manifest.Manifest, ct);
        var unlock = secret();
        using var vaultKeys = await UnlockAsync(place, manifest, keys, unlock, ct);
        await using var target = await DiskObjectStore.OpenAsync(options.Place.Data, create: true, ct);
        await ClaimAsync(target, manifest.Manifest.Set, ct);
        return await new RestoreRun(place, manifest.Manifest, keys, vaultKeys, unlock, target, options, progress).RunAsync(ct);
    }

    /// <summary>Refuses a folder with a restore that is not finished: what was destroyed may not have been destroyed again yet.</summary>
    /// <exception cref="VaultEnvironmentException">There is one.</exception>
    internal static async ValueTask EnsureFinishedAsync(IObjectStore store, CancellationToken ct)
    {
        if ((await store.ListAsync(MarkPrefix, null, 1, ct)).Count > 0)
            throw new VaultEnvironmentException("The vault is not opened: a restore into this folder was broken off. Run the same restore again; it goes on where it was.");
    }

    internal static ObjectName Mark(OpaqueId set) => new($"{MarkPrefix}{set}");

    private static async ValueTask<(BackupManifest Manifest, byte[] Bytes)> ChooseAsync(BackupPlace place, OpaqueId? wanted, CancellationToken ct)
    {
        (BackupManifest Manifest, byte[] Bytes)? newest = null;
        VaultDamagedException? damage = null;
        foreach (var (set, isWhole) in await place.SetsAsync(ct))
        {
            if (!isWhole || (wanted is { } one && one != set)) continue;
            try
            {
                if (await place.ReadManifestAsync(set, ct) is { } read && (newest is not { } other || read.Manifest.At > other.Manifest.At)) newest = read;
            }
            catch (VaultDamagedException failure)
            {
                damage = failure;
            }
        }

        return newest ?? throw (VaultException?)damage ?? new VaultEnvironmentException(wanted is { } asked
            ? $"There is no whole set {asked} at this place. List the sets, and choose one of them."
            : "There is no whole set at this place: no backup was ever finished here, or its keys were removed after their last day. Use another place.");
    }

    /// <summary>Opens the keys of the set in memory, and proves that the manifest was made by whoever has the root secret.</summary>
    private static async ValueTask<VaultKeys> UnlockAsync(BackupPlace place, (BackupManifest Manifest, byte[] Bytes) manifest, KeySetReader keys, UnlockSecret secret, CancellationToken ct)
    {
        await using var memory = new MemoryObjectStore();
        await foreach (var (stream, name, bytes) in keys.ReadAsync(ct))
        {
            if (stream == default) await memory.PutIfAbsentAsync(name, bytes, ct);
        }

        var opened = await VaultKeys.OpenAsync(memory, secret, ct);
        try
        {
            using var key = opened.Derive(BackupManifest.KeyLabel);
            if (opened.VaultId == place.Vault && BackupManifest.Verify(key, manifest.Bytes)) return opened;
            throw new VaultDamagedException($"The manifest of set {manifest.Manifest.Set} was not made by this vault: it was changed or replaced. Nothing was restored. Use another set, or another backup.");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Takes the folder for this restore: an empty one, or one where the same restore was broken off.</summary>
    private static async ValueTask ClaimAsync(DiskObjectStore target, OpaqueId set, CancellationToken ct)
    {
        var marks = await target.ListAsync(MarkPrefix, null, 2, ct);
        if (marks is [var mark] && mark == Mark(set)) return;
        if (marks.Count > 0) throw new VaultEnvironmentException($"'{target.Root}' holds a restore of another set that was broken off ({marks[0].Value[MarkPrefix.Length..]}). Go on with that set, or choose an empty folder.");
        if (await target.ListAsync("", null, 1, ct) is [var other, ..])
            throw new VaultEnvironmentException($"A vault cannot be restored to '{target.Root}': it holds '{other}'. Choose an empty folder; a vault that is there already stays as it is.");
        await target.PutIfAbsentAsync(Mark(set), "DKRM"u8.ToArray(), ct);
    }
}
