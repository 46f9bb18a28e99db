using System.Globalization;

namespace DossierKit.Vault;

/// <summary>
/// A place that holds backups of one vault, as an object store of its own (FORMAT.md, "Backup"): <c>inhoud/</c> with content, useless without keys; <c>sleutels/&lt;set&gt;/</c> with the
/// keys of one run, which are forgotten by removing them; <c>grootboek/</c> with the newest ledger; <c>laatste/</c> names the last run. Dispose to close it.
/// </summary>
internal sealed class BackupPlace : IAsyncDisposable
{
    private const string ContentFolder = "inhoud/";
    private const string SetsFolder = "sleutels/";
    private const string LedgerFolder = "grootboek/";
    private const string LastFolder = "laatste/";
    private const byte Format = 1;
    private readonly LockedFile? _lock;

    private BackupPlace(DiskObjectStore store, LockedFile? held, OpaqueId id, OpaqueId vault) => (Store, _lock, Id, Vault) = (store, held, id, vault);

    public IObjectStore Store { get; }

    /// <summary>The place, as it says itself.</summary>
    public OpaqueId Id { get; private set; }

    /// <summary>The vault whose backups it holds.</summary>
    public OpaqueId Vault { get; }

    private static ObjectName IdentityName { get; } = new("kopie");

    private static ReadOnlySpan<byte> Magic => "DKBP"u8;

    /// <summary>Where an object of the vault lies here.</summary>
    public static ObjectName Content(ObjectName name) => new(ContentFolder + name.Value);

    public static string ContentPrefix(string prefix) => ContentFolder + prefix;

    /// <summary>The name in the vault of an object of <c>inhoud/</c>.</summary>
    public static ObjectName InVault(ObjectName name) => new(name.Value[ContentFolder.Length..]);

    public static ObjectName Manifest(OpaqueId set) => new($"{SetsFolder}{set}/lijst");

    public static ObjectName Keys(OpaqueId set) => new($"{SetsFolder}{set}/sleutels");

    public static ObjectName Ledger(OpaqueId set) => new($"{SetsFolder}{set}/grootboek");

    /// <summary>Opens a place to write to it, or makes it; held until disposed, so that two runs do not meet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="vault">Whose backups it is for.</param>
    /// <param name="create">Whether to make it when there is none.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The place; <see langword="null"/> when there is none and none is to be made.</returns>
    /// <exception cref="VaultEnvironmentException">It holds something else, or another vault's backups, or is in use.</exception>
    public static async ValueTask<BackupPlace?> OpenForWritingAsync(string folder, OpaqueId vault, bool create, CancellationToken ct)
    {
        DiskObjectStore store;
        try
        {
            store = await DiskObjectStore.OpenAsync(folder, create, ct);
        }
        catch (VaultEnvironmentException) when (!create)
        {
            return null;
        }

        LockedFile? held = null;
        try
        {
            held = LockedFile.Open(Path.Combine(store.Root, ".slot"), exclusive: true, create: true, TimeSpan.Zero, ct);
            if (await ReadIdentityAsync(store, ct) is { } known)
            {
                if (known.Vault != vault) throw new VaultEnvironmentException($"'{store.Root}' holds backups of another vault ({known.Vault}). Choose another folder for this one; nothing was written.");
                return new BackupPlace(store, held, known.Place, vault);
            }

            if (await store.ListAsync("", null, 1, ct) is [var other, ..])
                throw new VaultEnvironmentException($"'{store.Root}' is no place for backups: it holds '{other}' and not the mark that the first backup makes. Choose an empty folder; nothing was written.");
            if (!create)
            {
                held?.Dispose();
                await store.DisposeAsync();
                return null;
            }

            var place = OpaqueId.Random();
            if (!await store.PutIfAbsentAsync(IdentityName, Identity(place, vault), ct))
                throw new VaultEnvironmentException($"'{store.Root}' was taken into use by another process just now. Run the backup again.");
            return new BackupPlace(store, held, place, vault);
        }
        catch
        {
            held?.Dispose();
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a place to read from it, also one on a medium that cannot be written.</summary>
    /// <exception cref="VaultEnvironmentException">There is none.</exception>
    public static async ValueTask<BackupPlace> OpenForReadingAsync(string folder, CancellationToken ct)
    {
        var store = await DiskObjectStore.OpenAsync(folder, create: false, ct);
        LockedFile? held = null;
        try
        {
            if (await ReadIdentityAsync(store, ct) is not { } known)
                throw new VaultEnvironmentException($"'{store.Root}' holds no backups of DossierKit: the mark 'kopie' is missing. Name the folder that was given to backup.");
            // A medium that cannot be written cannot be pruned meanwhile either.
            if (store.TakesNoChanges is null) held = LockedFile.Open(Path.Combine(store.Root, ".slot"), exclusive: false, create: true, TimeSpan.Zero, ct);
            return new BackupPlace(store, held, known.Place, known.Vault);
        }
        catch
        {
            held?.Dispose();
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Gives this place a mark of its own: it was copied from another disk with the mark and all. Killed in between, it has no mark and is refused as a folder that holds something else.
    /// </summary>
    public async ValueTask RemarkAsync(CancellationToken ct)
    {
        var place = OpaqueId.Random();
        await Store.DeleteAsync(IdentityName, ct);
        await Store.PutIfAbsentAsync(IdentityName, Identity(place, Vault), CancellationToken.None);
        Id = place;
    }

    /// <summary>Writes which run comes, before any of its keys: what the register knows of a run that is not named here was written to another disk.</summary>
    public async ValueTask PutLastAsync(OpaqueId set, CancellationToken ct)
    {
        var name = new ObjectName($"{LastFolder}{set}");
        await Store.PutIfAbsentAsync(name, Magic.ToArray(), ct);
        var older = await Store.ListAllAsync(LastFolder, ct).Where(other => other != name).ToListAsync(ct);
        await Store.DeleteManyAsync(older, ct);
    }

    /// <summary>The last run that came here; two when one was killed at its very beginning.</summary>
    public async ValueTask<IReadOnlySet<OpaqueId>> LastAsync(CancellationToken ct)
    {
        var found = new HashSet<OpaqueId>();
        await foreach (var name in Store.ListAllAsync(LastFolder, ct))
        {
            if (OpaqueId.TryParse(name.Value[LastFolder.Length..], out var set)) found.Add(set);
        }

        return found;
    }

    /// <summary>How many destructions the newest ledger here says it holds; 0 when there is none.</summary>
    public async ValueTask<long> LedgerCountAsync(CancellationToken ct)
    {
        var most = 0L;
        await foreach (var name in Store.ListAllAsync(LedgerFolder, ct)) most = Math.Max(most, LedgerCountIn(name) ?? 0);
        return most;
    }

    /// <summary>The number of records that the name of a newest ledger says; <see langword="null"/> for a ledger of a set, and for a name that no writer gives.</summary>
    public static long? LedgerCountIn(ObjectName name)
        => name.Value.StartsWith(LedgerFolder, StringComparison.Ordinal) && long.TryParse(name.Value.AsSpan(LedgerFolder.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>Every set that has anything here, with whether it is whole, in no order of time.</summary>
    public async ValueTask<IReadOnlyList<(OpaqueId Set, bool IsWhole)>> SetsAsync(CancellationToken ct)
    {
        var found = new SortedDictionary<OpaqueId, int>();
        await foreach (var name in Store.ListAllAsync(SetsFolder, ct))
        {
            if (name.Value.Split('/') is not [_, var id, var file] || !OpaqueId.TryParse(id, out var set)) continue;
            found[set] = found.GetValueOrDefault(set) + (file is "lijst" or "sleutels" or "grootboek" ? 1 : 0);
        }

        return [.. found.Select(pair => (pair.Key, pair.Value == 3))];
    }

    /// <summary>The manifest of a set as it stands, or <see langword="null"/> when it is gone.</summary>
    /// <exception cref="VaultDamagedException">It is damaged, of another vault or under another name.</exception>
    public async ValueTask<(BackupManifest Manifest, byte[] Bytes)?> ReadManifestAsync(OpaqueId set, CancellationToken ct)
    {
        var name = Manifest(set);
        if (await Store.ReadSmallAsync(name, int.MaxValue - 1024, ct) is not { } bytes) return null;
        var manifest = BackupManifest.Parse(bytes, name);
        if (manifest.Set != set || manifest.Vault != Vault) throw new VaultDamagedException($"Manifest {name} is of another set or vault: it was moved or replaced. Use another set, or another backup.");
        return (manifest, bytes);
    }

    /// <summary>Removes a set: its keys first, so that whatever is killed when, nothing is left that opens something.</summary>
    public async ValueTask RemoveSetAsync(OpaqueId set, CancellationToken ct)
    {
        foreach (var name in (ObjectName[])[Keys(set), Manifest(set), Ledger(set)]) await Store.DeleteAsync(name, ct);
        var rest = await Store.ListAllAsync($"{SetsFolder}{set}/", ct).ToListAsync(ct);
        await Store.DeleteManyAsync(rest, ct);
    }

    /// <summary>Puts the newest ledger beside the sets, and removes older ones: it stays when every set is gone.</summary>
    public async ValueTask PutNewestLedgerAsync(int count, byte[] bytes, CancellationToken ct)
    {
        var newest = new ObjectName($"{LedgerFolder}{count:x16}");
        await Store.PutIfAbsentAsync(newest, bytes, ct);
        var older = await Store.ListAllAsync(LedgerFolder, ct).Where(name => name.CompareTo(newest) < 0).ToListAsync(ct);
        await Store.DeleteManyAsync(older, ct);
    }

    /// <summary>Every ledger that lies here: the newest one, and that of each set.</summary>
    public async ValueTask<IReadOnlyList<ObjectName>> LedgersAsync(CancellationToken ct)
    {
        var names = await Store.ListAllAsync(LedgerFolder, ct).ToListAsync(ct);
        foreach (var (set, isWhole) in await SetsAsync(ct))
        {
            if (isWhole) names.Add(Ledger(set));
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        _lock?.Dispose();
        await Store.DisposeAsync();
    }

    private static byte[] Identity(OpaqueId place, OpaqueId vault) => new ByteWriter().Bytes(Magic).Byte(Format).Id(place).Id(vault).ToArray();

    private static async ValueTask<(OpaqueId Place, OpaqueId Vault)?> ReadIdentityAsync(IObjectStore store, CancellationToken ct)
    {
        if (await store.ReadSmallAsync(IdentityName, 4096, ct) is not { } bytes) return null;
        var reader = new ByteReader(bytes, $"Object {IdentityName}");
        if (!reader.Bytes(4).SequenceEqual(Magic)) throw new VaultDamagedException($"Object {IdentityName} is not the mark of a place for backups. It was damaged. Restore it, or choose another folder.");
        if (reader.Byte() is var format && format != Format) throw new VaultEnvironmentException($"The backups have format {format}; this program reads format {Format}. Use a newer DossierKit.");
        var known = (reader.Id(), reader.Id());
        reader.End();
        return known;
    }
}
