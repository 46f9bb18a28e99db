namespace DossierKit.Vault;

/// <summary>Where a vault lies.</summary>
/// <param name="Data">The folder of the encrypted objects.</param>
/// <param name="State">
/// The folder, outside the data, for what must not be rolled back with it: heads, destruction ledger, clock mark.
/// <see langword="null"/>: the account's own state folder, below it one folder per vault id.
/// </param>
public sealed record VaultPlace(string Data, string? State = null);

/// <summary>
/// An encrypted vault: streams of entries and objects, readable only with its unlock secret. It knows bytes and ids, never a dossier;
/// the doors of <c>DossierKit.Dossiers</c> decide who may read what. Dispose to forget all keys.
/// Safe for several threads; several processes may have the same vault open.
/// </summary>
public sealed class DossierVault : IAsyncDisposable
{
    private readonly VaultServices _services;
    private readonly HashSet<OpaqueId> _destroyedBefore = [];

    private DossierVault(VaultServices services, Catalogue catalogue) => (_services, Catalogue) = (services, catalogue);

    /// <summary>The vault's id.</summary>
    public OpaqueId Id => _services.Id;

    /// <summary>Whether the vault was made for a demonstration: invented data, and <c>--as</c> is free.</summary>
    public bool IsDemo => _services.Keys.IsDemo;

    /// <summary>The recovery key this vault is wrapped for: the id on its sheets.</summary>
    public OpaqueId RecoveryKeyId => _services.Keys.RecoveryKeyId;

    /// <summary>Why the vault takes no changes until it is opened again, such as after a failure of the disk: one sentence for an operator; <see langword="null"/> when it does take them.</summary>
    public string? TakesNoChanges => _services.Store.TakesNoChanges;

    /// <summary>Looks at the clock and remembers where it stands, so that one that is set back or ahead is noticed before anything is destroyed. Cheap; the host does it every minute.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>Whether it can be trusted, and if not, why.</returns>
    public ClockReading ObserveClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new ClockGuard(State, BootClock.Of(clock)).Observe(clock.GetUtcNow());
    }

    /// <summary>Content of others that must be read in any order and is not to be kept, such as a zip that is checked: sealed under a key in memory alone until it is disposed.</summary>
    /// <param name="content">Read once, not disposed.</param>
    /// <param name="ct">Stops; nothing of it stays.</param>
    /// <returns>The same content, seekable; the caller disposes it, and then it is gone.</returns>
    /// <exception cref="VaultEnvironmentException">The state folder cannot take it.</exception>
    public ValueTask<Stream> SpoolAsync(Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        return SealedSpool.SpoolAsync(this, content, ct);
    }

    /// <summary>Whether it was made by this process: a state that is new then lacks nothing.</summary>
    internal bool IsNewborn { get; private set; }

    internal VaultKeys Keys => _services.Keys;

    internal StateDirectory State => _services.State;

    internal VaultServices Services => _services;

    /// <summary>The catalogue: per dossier stream a few opaque bytes (at most 4 KiB), opened as a whole from its snapshot.</summary>
    internal Catalogue Catalogue { get; }

    /// <summary>Makes a new vault in an empty or absent folder.</summary>
    /// <param name="place">Where. The state folder may not lie inside the data folder.</param>
    /// <param name="birth">What it is born with: unlock secret, recovery key, demo mark.</param>
    /// <param name="ct">Stops the work; what is half made is cleared by the next attempt.</param>
    /// <returns>The open vault; the caller disposes it.</returns>
    /// <exception cref="VaultEnvironmentException">The folder is not empty, cannot be written, or cannot do what a vault needs; the unlock secret is too weak.</exception>
    public static async ValueTask<DossierVault> CreateAsync(VaultPlace place, VaultBirth birth, CancellationToken ct)
    {
        BirthPlace.EnsureFree(place.Data, birth.Demo);
        var store = await DiskObjectStore.OpenAsync(place.Data, create: true, ct);
        var vault = await OpenAsync(place, store, () => VaultKeys.CreateAsync(store, birth, ct), ct);
        vault.IsNewborn = true;
        vault.State.MarkWhole();
        return vault;
    }

    /// <summary>Opens a vault: checks the key ring, the catalogue and the state, and carries out again what was destroyed.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="secret">A secret one of its unlock slots accepts.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The open vault; the caller disposes it.</returns>
    /// <exception cref="VaultEnvironmentException">There is no vault, the secret is wrong, the format is newer, or the place cannot do what a vault needs.</exception>
    /// <exception cref="VaultDamagedException">The ring, the header or the catalogue is damaged, planted, cut or rolled back.</exception>
    public static async ValueTask<DossierVault> OpenAsync(VaultPlace place, UnlockSecret secret, CancellationToken ct)
    {
        var store = await DiskObjectStore.OpenAsync(place.Data, create: false, ct);
        return await OpenAsync(place, store, async () =>
        {
            await VaultRestore.EnsureFinishedAsync(store, ct);
            return await VaultKeys.OpenAsync(store, secret, ct);
        }, ct);
    }

    /// <summary>The ways to open this vault: a slot for each, and one for the recovery key.</summary>
    /// <param name="ct">Stops the work.</param>
    /// <returns>The slots in order of id; nothing in them is secret.</returns>
    public ValueTask<IReadOnlyList<UnlockSlotInfo>> ListUnlockAsync(CancellationToken ct) => _services.Keys.ListUnlockAsync(ct);

    /// <summary>Adds a way to open this vault. A changed passphrase is one added and the old one removed.</summary>
    /// <param name="secret">The new secret.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The id of its slot.</returns>
    /// <exception cref="VaultEnvironmentException">The secret is too weak, or there are too many slots.</exception>
    public ValueTask<OpaqueId> AddUnlockAsync(UnlockSecret secret, CancellationToken ct) => _services.Keys.AddUnlockAsync(secret, ct);

    /// <summary>
    /// Removes a way to open this vault; never the last, and never the recovery key's. Whoever has a copy of the vault from before, and the secret,
    /// can still open that copy.
    /// </summary>
    /// <param name="slot">The id of its slot.</param>
    /// <param name="ct">Stops before anything is removed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="VaultEnvironmentException">There is no such slot, or it is the last or the recovery key's.</exception>
    public ValueTask RemoveUnlockAsync(OpaqueId slot, CancellationToken ct) => _services.Keys.RemoveUnlockAsync(slot, ct);

    /// <summary>Reads every object, opens everything that can be opened, and compares it with journals, heads and ledger. Changes nothing.</summary>
    /// <param name="progress">Told after each object; <see langword="null"/> for silence.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Everything found, by object name.</returns>
    public ValueTask<VerifyReport> VerifyAsync(IProgress<VerifyProgress>? progress, CancellationToken ct) => new Verifier(_services, Catalogue).RunAsync(progress, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Catalogue.Dispose();
        _services.Keys.Dispose();
        _services.State.Dispose();
        await _services.Store.DisposeAsync();
    }

    private static async ValueTask<DossierVault> OpenAsync(VaultPlace place, IObjectStore store, Func<ValueTask<VaultKeys>> openKeys, CancellationToken ct)
    {
        VaultKeys? keys = null;
        StateDirectory? state = null;
        try
        {
            keys = await openKeys();
            state = StateDirectory.Open(place.State, place.Data, keys.VaultId, keys.DeriveStateKey());
            return await OpenAsync(new VaultServices(keys.VaultId, store, keys, state), ct);
        }
        catch
        {
            state?.Dispose();
            keys?.Dispose();
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same over any store, for tests that make it fail.</summary>
    internal static async ValueTask<DossierVault> OpenAsync(VaultServices services, CancellationToken ct)
    {
        var id = WellKnown(services.Id, StreamKind.Catalogue);
        Catalogue catalogue;
        if (await StreamKeyObject.OpenAsync(services, id, ct) is { } key) catalogue = await Catalogue.OpenAsync(services, id, key, ct);
        else if (services.State.ReadHead(id) is not null) throw Deleted(id);
        else catalogue = Catalogue.Create(Journal.Create(services, StreamKind.Catalogue, id, await StreamKeyObject.OpenOrCreateAsync(services, id, ct)));

        var vault = new DossierVault(services, catalogue);
        await vault.FinishDestructionAsync(ct);
        return vault;
    }

    /// <summary>Opens a stream, or <see langword="null"/> when there is none of this id. The caller disposes it.</summary>
    /// <param name="kind">What the stream is for.</param>
    /// <param name="id">The stream.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="appendOnly">Skips reading what is there already: for logs, where a writer needs the last commit only.</param>
    /// <exception cref="ObjectDestroyedException">It was destroyed.</exception>
    /// <exception cref="VaultDamagedException">It is cut, rolled back or damaged.</exception>
    internal async ValueTask<Journal?> OpenStreamAsync(StreamKind kind, OpaqueId id, CancellationToken ct, bool appendOnly = false)
    {
        if (Catalogue.IsDestroyed(id) || _destroyedBefore.Contains(id)) throw new ObjectDestroyedException(id);
        if (await StreamKeyObject.OpenAsync(_services, id, ct) is not { } key)
        {
            await Catalogue.RefreshAsync(ct);
            if (Catalogue.IsDestroyed(id)) throw new ObjectDestroyedException(id);
            return _services.State.ReadHead(id) is null ? null : throw Deleted(id);
        }

        Journal journal;
        try
        {
            journal = appendOnly
                ? await Journal.OpenForAppendAsync(_services, kind, id, key, ct)
                : await Journal.OpenAsync(_services, kind, id, key, ct);
        }
        catch (VaultDamagedException)
        {
            // Another process may have destroyed it while it was read here.
            await Catalogue.RefreshAsync(ct);
            if (Catalogue.IsDestroyed(id)) throw new ObjectDestroyedException(id);
            throw;
        }

        if (journal.Head > 0) return journal;
        journal.Dispose();
        return null;
    }

    /// <summary>Creates a stream with its keys; the first commit makes it exist. The caller disposes it.</summary>
    /// <exception cref="JournalConflictException">It exists already.</exception>
    internal async ValueTask<Journal> CreateStreamAsync(StreamKind kind, OpaqueId id, CancellationToken ct)
    {
        if (Catalogue.IsDestroyed(id)) throw new ObjectDestroyedException(id);
        if (await OpenStreamAsync(kind, id, ct) is { } existing)
        {
            existing.Dispose();
            throw new JournalConflictException(id);
        }

        return Journal.Create(_services, kind, id, await StreamKeyObject.OpenOrCreateAsync(_services, id, ct));
    }

    /// <summary>Opens the one stream of a kind, creating it where it does not exist yet. The caller disposes it.</summary>
    internal async ValueTask<Journal> OpenOwnStreamAsync(StreamKind kind, CancellationToken ct, bool appendOnly = false)
    {
        var id = WellKnown(kind);
        return await OpenStreamAsync(kind, id, ct, appendOnly) ?? Journal.Create(_services, kind, id, await StreamKeyObject.OpenOrCreateAsync(_services, id, ct));
    }

    /// <summary>The id of the one stream of a kind the vault has one of (staff, access log, catalogue, templates, …).</summary>
    internal OpaqueId WellKnown(StreamKind kind) => WellKnown(Id, kind);

    /// <summary>What a stream is for, as far as its id tells: one of those the vault has one of, or a dossier.</summary>
    internal StreamKind KindOf(OpaqueId stream)
    {
        foreach (var kind in Enum.GetValues<StreamKind>())
        {
            if (kind != StreamKind.Dossier && WellKnown(kind) == stream) return kind;
        }

        return StreamKind.Dossier;
    }

    /// <summary>Destroys a whole stream: key, journal, payloads, objects, catalogue record; leaves a tombstone in the catalogue and the ledger. Repeatable after a crash.</summary>
    internal ValueTask DestroyStreamAsync(OpaqueId id, DateTimeOffset at, CancellationToken ct) => DestroyStreamsAsync([id], at, ct);

    /// <summary>The same for several streams, with one tombstone commit and one snapshot of the catalogue for all. Repeatable after a crash.</summary>
    internal async ValueTask DestroyStreamsAsync(IReadOnlyCollection<OpaqueId> ids, DateTimeOffset at, CancellationToken ct)
    {
        using var reserve = _services.Store.UseReserve(); // destroying must work on a full disk
        await Catalogue.TombstoneAsync(ids, at, ct);
        _services.State.Ledger.Append([.. ids.Select(id => new Destroyed(DestroyedKind.Stream, id, id, at))]);
        foreach (var id in ids) await RemoveStreamAsync(id, ct);
    }

    private static OpaqueId WellKnown(OpaqueId vault, StreamKind kind) => OpaqueId.Derive(vault.ToArray(), $"stream {(byte)kind}");

    /// <summary>What the ledger or the catalogue calls destroyed and is there again (an older copy put back), or still (a crash), goes.</summary>
    private async ValueTask FinishDestructionAsync(CancellationToken ct)
    {
        var ledger = _services.State.Ledger.Read().Where(record => record.Kind == DestroyedKind.Stream).ToList();
        foreach (var record in ledger)
        {
            _destroyedBefore.Add(record.Id);
            if (!Catalogue.IsDestroyed(record.Id)) await Catalogue.TombstoneAsync(record.Id, record.At, ct);
        }

        foreach (var id in Catalogue.Destroyed.ToList())
        {
            if (!_destroyedBefore.Contains(id)) _services.State.Ledger.Append([new Destroyed(DestroyedKind.Stream, id, id, Catalogue.DestroyedAt(id))]);
            if ((await _services.Store.ListAsync(new StreamLayout(id).Prefix, null, 1, ct)).Count > 0) await RemoveStreamAsync(id, ct);
        }
    }

    private async ValueTask RemoveStreamAsync(OpaqueId id, CancellationToken ct)
    {
        var layout = new StreamLayout(id);
        // First the key: from then on nothing of the stream opens, whatever happens next.
        foreach (var prefix in (string[])[layout.KeyPrefix, layout.CompartmentPrefix, layout.PagePrefix, layout.Prefix])
        {
            while (await _services.Store.ListAsync(prefix, null, 1000, ct) is { Count: > 0 } page)
            {
                await _services.Store.DeleteManyAsync(page, ct);
            }
        }

        _services.State.ForgetHead(id);
    }

    private static VaultDamagedException Deleted(OpaqueId id)
        => new($"Stream {id} is missing, though it was seen before: it was deleted, or an older copy of the data was put back. Restore the newer data.");
}
