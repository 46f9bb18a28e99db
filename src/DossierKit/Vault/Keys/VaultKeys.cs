namespace DossierKit.Vault;

/// <summary>
/// The keys of an open vault: root secret &lt;- unlock slots; root -&gt; ring, header, state (HKDF); ring -&gt; stream keys.
/// Safe for use by several threads. Dispose to forget them all.
/// </summary>
internal sealed class VaultKeys : IDisposable
{
    private readonly IObjectStore _store;
    private readonly VaultHeader _header;
    private readonly SecretKey _root;
    private readonly SecretKey _sealingKey;
    private readonly KeyRing _ring;
    private readonly KeySlots _slots;

    private VaultKeys(IObjectStore store, VaultHeader header, SecretKey root, SecretKey sealingKey, KeyRing ring)
    {
        _store = store;
        _header = header;
        _root = root;
        _sealingKey = sealingKey;
        _ring = ring;
        _slots = new KeySlots(header.Vault, ring, header.RecoveryPoint);
    }

    public OpaqueId VaultId => _header.Vault;

    public bool IsDemo => _header.IsDemo;

    public static int Format => VaultHeader.Format;

    /// <summary>The recovery key this vault wraps for; compare with the id on the sheet.</summary>
    public OpaqueId RecoveryKeyId => RecoveryKey.IdOf(_header.RecoveryPoint);

    /// <summary>
    /// Makes a vault in an empty store. The header is written last: before it there is no vault, and what an interrupted attempt left behind
    /// (sealed under a root secret that nobody has) neither disturbs the next attempt nor is read by it.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">There is a vault already, or something that is not ours; the unlock secret is too weak; the place cannot be written.</exception>
    public static async ValueTask<VaultKeys> CreateAsync(IObjectStore store, VaultBirth birth, CancellationToken ct)
    {
        birth.Unlock.EnsureStrong();
        await EnsureEmptyAsync(store, ct);
        var vault = OpaqueId.Random();
        var root = SecretKey.Random();
        SecretKey? sealingKey = null;
        KeyRing? ring = null;
        var headerTried = false;
        try
        {
            sealingKey = DeriveOwn(root, vault, "ring");
            foreach (var secret in (UnlockSecret[])[birth.Unlock, new RecoverySecret(birth.Recovery)])
                await UnlockSlots.PutAsync(store, UnlockSlots.SealChecked(vault, secret, root), ct);
            ring = await KeyRing.OpenAsync(store, vault, sealingKey, ct);
            ring.CreateFirstKey();
            var header = new VaultHeader(vault, birth.Demo, birth.Recovery.PublicPoint, ring.SealCanary(vault));
            using var macKey = DeriveOwn(root, vault, "header");
            headerTried = true;
            if (!await store.PutIfAbsentAsync(VaultHeader.Name, header.Seal(macKey), ct))
            {
                headerTried = false;
                throw Exists();
            }

            // Only an unfinished birth can have left other slots and rings here, and its header can never follow now.
            await TryRemoveAsync(store, name => !name.Value.Contains(vault.ToString(), StringComparison.Ordinal));
            return new VaultKeys(store, header, root, sealingKey, ring);
        }
        catch
        {
            ring?.Dispose();
            sealingKey?.Dispose();
            root.Dispose();
            // Once the header was tried it may be there even though the store reported a failure: then these objects belong to a vault.
            if (!headerTried) await TryRemoveAsync(store, name => name.Value.Contains(vault.ToString(), StringComparison.Ordinal));
            throw;
        }
    }

    /// <summary>Opens the vault in a store. Writes nothing.</summary>
    /// <exception cref="VaultEnvironmentException">There is no vault, it has a newer format, or the secret is not one it knows.</exception>
    /// <exception cref="VaultDamagedException">Header, slots or ring were damaged, replaced or planted.</exception>
    public static async ValueTask<VaultKeys> OpenAsync(IObjectStore store, UnlockSecret secret, CancellationToken ct)
    {
        var bytes = await store.ReadSmallAsync(VaultHeader.Name, VaultHeader.MaximumSize, ct) ?? throw await NoHeaderAsync(store, ct);
        var header = VaultHeader.Parse(bytes);
        var root = await OpenRootAsync(store, header.Vault, bytes, secret, ct);
        SecretKey? sealingKey = null;
        KeyRing? ring = null;
        try
        {
            sealingKey = DeriveOwn(root, header.Vault, "ring");
            ring = await KeyRing.OpenAsync(store, header.Vault, sealingKey, ct);
            if (!ring.OpensCanary(header.Vault, header.Canary))
                throw new VaultDamagedException($"The key ring below {KeyRingRepository.Prefix(header.Vault)} is not the one this vault was made with: the key of its canary is missing. Nothing was written, and no new key was made. Restore the ring from a backup.");
            return new VaultKeys(store, header, root, sealingKey, ring);
        }
        catch
        {
            ring?.Dispose();
            sealingKey?.Dispose();
            root.Dispose();
            throw;
        }
    }

    /// <summary>Makes a stream key and returns it wrapped for the ring and for the recovery key. The caller disposes the key.</summary>
    public byte[] NewStreamKeySlots(OpaqueId stream, out SecretKey key)
    {
        key = SecretKey.Random();
        return _slots.Seal(stream, key.Span);
    }

    /// <summary>Opens a stream key from its slots. The caller disposes it.</summary>
    /// <exception cref="VaultDamagedException">They were damaged, changed, or moved from another stream.</exception>
    public SecretKey OpenStreamKey(OpaqueId stream, ReadOnlyMemory<byte> slots) => _slots.Open(stream, slots.Span);

    /// <summary>As <see cref="OpenStreamKey"/>; also one that another process wrapped under a ring key that this one has not read yet.</summary>
    public async ValueTask<SecretKey> OpenStreamKeyAsync(OpaqueId stream, ReadOnlyMemory<byte> slots, CancellationToken ct)
    {
        try
        {
            return _slots.Open(stream, slots.Span);
        }
        catch (VaultDamagedException)
        {
            if (!await _ring.ReloadAsync(ct)) throw;
            return _slots.Open(stream, slots.Span);
        }
    }

    /// <summary>Wraps an existing stream key anew, under the ring key of now and for the recovery key.</summary>
    public byte[] SealStreamKey(OpaqueId stream, SecretKey key) => _slots.Seal(stream, key.Span);

    /// <summary>Takes over ring keys that another process added, so that what is new is wrapped under the newest.</summary>
    public async ValueTask RefreshRingAsync(CancellationToken ct) => _ = await _ring.ReloadAsync(ct);

    /// <summary>The keys of the ring, oldest first, and the one that wraps now.</summary>
    public (IReadOnlyList<(Guid Id, DateTimeOffset Made)> Keys, Guid Current) Ring => (_ring.Keys, _ring.Current);

    /// <summary>A key that follows from the root secret: the same for the same label, as long as the vault exists. The caller disposes it.</summary>
    public SecretKey Derive(string label) => DeriveOwn(_root, VaultId, "use/" + label);

    /// <summary>The key that authenticates the state directory. The caller disposes it.</summary>
    public SecretKey DeriveStateKey() => DeriveOwn(_root, VaultId, "state");

    /// <summary>Adds a key to the ring, for new stream keys from <paramref name="activation"/> on.</summary>
    public void RotateRing(DateTimeOffset activation) => _ring.Rotate(activation);

    /// <summary>The slots, in order of id.</summary>
    public async ValueTask<IReadOnlyList<UnlockSlotInfo>> ListUnlockAsync(CancellationToken ct)
        => [.. (await UnlockSlots.ReadAsync(_store, VaultId, ct)).Select(slot
            => new UnlockSlotInfo(slot.Id, slot.Kind, slot.Kind == UnlockKind.Passphrase ? PassphraseSecret.IterationsOf(slot) : 0))];

    /// <summary>Adds a way in: a changed passphrase is one slot added, then the old one removed. Returns the new slot's id.</summary>
    /// <exception cref="VaultEnvironmentException">The secret is too weak, or there are too many slots.</exception>
    public ValueTask<OpaqueId> AddUnlockAsync(UnlockSecret secret, CancellationToken ct) => UnlockSlots.AddAsync(_store, VaultId, _root, secret, ct);

    /// <summary>
    /// Removes a way in; never the last one of a person or service, and never the recovery slot. Whoever copied the slot before, and knows its secret,
    /// can still unlock that copy: only a new vault helps against that.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">There is no such slot, or it is the last.</exception>
    public ValueTask RemoveUnlockAsync(OpaqueId slot, CancellationToken ct) => UnlockSlots.RemoveAsync(_store, VaultId, slot, ct);

    /// <summary>Checks header, ring and canary as they stand in the store now.</summary>
    /// <exception cref="VaultException">One of them is missing, damaged or planted.</exception>
    public async ValueTask VerifyAsync(CancellationToken ct)
    {
        var bytes = await _store.ReadSmallAsync(VaultHeader.Name, VaultHeader.MaximumSize, ct) ?? throw VaultHeader.Damaged("it is missing");
        var header = VaultHeader.Parse(bytes);
        using var macKey = DeriveOwn(_root, VaultId, "header");
        if (header.Vault != VaultId || !VaultHeader.Verify(macKey, bytes)) throw VaultHeader.Damaged("it was not written by whoever made this vault");
        using var ring = await KeyRing.OpenAsync(_store, VaultId, _sealingKey, ct);
        if (!ring.OpensCanary(VaultId, header.Canary)) throw new VaultDamagedException($"The key ring below {KeyRingRepository.Prefix(VaultId)} lacks the key of the vault's canary. Restore the ring from a backup.");
        if ((await ListUnlockAsync(ct)).All(slot => slot.Kind == UnlockKind.RecoveryKey))
            throw new VaultDamagedException($"There is no unlock slot left below {UnlockSlot.Prefix(VaultId)} but the recovery key's. Restore them from a backup while this vault is open.");
    }

    /// <summary>Checks one of the vault's own objects by itself; <see langword="false"/> when no writer of ours makes one of that name.</summary>
    /// <exception cref="VaultException">It is damaged or planted. An unlock slot's wrap can be judged only with its secret.</exception>
    public async ValueTask<bool> VerifyObjectAsync(ObjectName name, CancellationToken ct)
    {
        if (name == VaultHeader.Name) return true; // VerifyAsync looks at it
        var isSlot = name.Value.StartsWith(UnlockSlot.Prefix(VaultId), StringComparison.Ordinal);
        if (!isSlot && !name.Value.StartsWith(KeyRingRepository.Prefix(VaultId), StringComparison.Ordinal)) return false;
        var bytes = await _store.ReadSmallAsync(name, UnlockSlot.MaximumSize + KeyRingRepository.MaximumSize, ct)
            ?? throw new VaultDamagedException($"Object {name} vanished while it was read. Run verify again.");
        if (isSlot) UnlockSlot.Parse(VaultId, name, bytes);
        else KeyRingRepository.Open(VaultId, _sealingKey, name, bytes);
        return true;
    }

    public void Dispose()
    {
        _ring.Dispose();
        _sealingKey.Dispose();
        _root.Dispose();
    }

    private static SecretKey DeriveOwn(SecretKey root, OpaqueId vault, string label) => SecretKey.FromHkdf(root.Span, vault.ToArray(), Binding.Label(label));

    private static async ValueTask<SecretKey> OpenRootAsync(IObjectStore store, OpaqueId vault, byte[] header, UnlockSecret secret, CancellationToken ct)
    {
        var (root, slot) = await UnlockSlots.OpenRootAsync(store, vault, secret, ct);
        using var macKey = DeriveOwn(root, vault, "header");
        if (VaultHeader.Verify(macKey, header)) return root;
        root.Dispose();
        // Anyone can wrap a root secret of his own for a public key; only the header tells it from ours.
        throw VaultHeader.Damaged($"it was not written by whoever made slot {slot.Id}; one of the two was changed or planted");
    }

    /// <summary>Whether init may write the name before there is a header.</summary>
    private static bool IsOfBirth(ObjectName name) => name.Value.StartsWith("unlock/", StringComparison.Ordinal) || name.Value.StartsWith("ring/", StringComparison.Ordinal);

    private static async ValueTask EnsureEmptyAsync(IObjectStore store, CancellationToken ct)
    {
        if (await store.ExistsAsync(VaultHeader.Name, ct)) throw Exists();
        await foreach (var name in store.ListAllAsync("", ct))
        {
            if (!IsOfBirth(name))
                throw new VaultEnvironmentException($"A vault cannot be made here: the place holds object {name}, which no unfinished init leaves behind. Choose an empty folder; if this was a vault, restore its object {VaultHeader.Name} from a backup.");
        }
    }

    private static async ValueTask<VaultException> NoHeaderAsync(IObjectStore store, CancellationToken ct)
    {
        var any = false;
        await foreach (var name in store.ListAllAsync("", ct))
        {
            any = true;
            if (!IsOfBirth(name)) return new VaultDamagedException($"Object {VaultHeader.Name} is missing, though other objects of a vault are there. Restore it from a backup; without it nothing opens.");
        }

        return new VaultEnvironmentException(any
            ? "There is no vault here: an init was broken off before it finished. Nothing was stored yet; run init again."
            : "There is no vault here. Check the data folder, or run init to make one.");
    }

    internal static VaultEnvironmentException Exists()
        => new("A vault cannot be made here: there is one already. Open it, or choose an empty folder. If an init was broken off at its very end, the folder holds no dossiers yet and may be removed by hand.");

    /// <summary>Tidies up after a birth, as far as the place allows: what stays behind opens nothing and is never read.</summary>
    private static async ValueTask TryRemoveAsync(IObjectStore store, Func<ObjectName, bool> which)
    {
        try
        {
            foreach (var prefix in (string[])["unlock/", "ring/"])
            {
                await foreach (var name in store.ListAllAsync(prefix, CancellationToken.None))
                {
                    if (which(name)) await store.DeleteAsync(name, CancellationToken.None);
                }
            }
        }
        catch (VaultException)
        {
            // The caller is told that the place fails by what it came for, not by the tidying.
        }
    }
}
