namespace DossierKit.Vault;

/// <summary>The unlock slots of one vault as a set: bounded when read, and never emptied.</summary>
internal static class UnlockSlots
{
    /// <summary>The most slots of a vault, the recovery slot among them.</summary>
    public const int Maximum = 16;

    /// <summary>The most PBKDF2 iterations of all slots together: about ten seconds. More was planted, to make us spin.</summary>
    public const int MaximumIterations = 20_000_000;

    /// <summary>Every slot, in order of id.</summary>
    /// <exception cref="VaultDamagedException">One is no slot of ours, or there are too many, or they ask for too much work.</exception>
    public static async ValueTask<IReadOnlyList<UnlockSlot>> ReadAsync(IObjectStore store, OpaqueId vault, CancellationToken ct)
    {
        var slots = new List<UnlockSlot>();
        long iterations = 0;
        await foreach (var name in store.ListAllAsync(UnlockSlot.Prefix(vault), ct))
        {
            if (slots.Count == Maximum)
                throw new VaultDamagedException($"There are more than {Maximum} unlock slots below {UnlockSlot.Prefix(vault)}; this program never makes so many. Someone planted them: compare with a backup and remove what is not in it.");
            var bytes = await store.ReadSmallAsync(name, UnlockSlot.MaximumSize, ct);
            if (bytes is null) continue; // Removed by another process after it was listed.
            var slot = UnlockSlot.Parse(vault, name, bytes);
            if (slot.Kind == UnlockKind.Passphrase) iterations += PassphraseSecret.IterationsOf(slot);
            if (iterations > MaximumIterations) throw slot.Damaged($"together with the slots before it, it asks for {iterations} iterations, more than {MaximumIterations}");
            slots.Add(slot);
        }

        return slots;
    }

    /// <summary>The root secret, from whichever slot this secret opens. The caller disposes it.</summary>
    /// <exception cref="VaultEnvironmentException">No slot accepts it. The text does not say how near it was: that would help who guesses.</exception>
    public static async ValueTask<(SecretKey Root, UnlockSlot Slot)> OpenRootAsync(IObjectStore store, OpaqueId vault, UnlockSecret secret, CancellationToken ct)
    {
        foreach (var slot in await ReadAsync(store, vault, ct))
        {
            ct.ThrowIfCancellationRequested();
            if (slot.TryOpen(secret) is { } root) return (root, slot);
        }

        throw new VaultEnvironmentException(
            $"Vault {vault} does not open with this secret: none of its unlock slots accepts it. Nothing was written. Check that it is the secret of this vault (keyboard layout, right file), or use another way in.");
    }

    public static async ValueTask<OpaqueId> AddAsync(IObjectStore store, OpaqueId vault, SecretKey root, UnlockSecret secret, CancellationToken ct)
    {
        secret.EnsureStrong();
        if (secret.Kind == UnlockKind.RecoveryKey)
            throw new VaultEnvironmentException("A second recovery key cannot be added: stream keys are wrapped for one. Add a passphrase, a certificate or a credential file.");
        var slots = await ReadAsync(store, vault, ct);
        if (slots.Count >= Maximum) throw new VaultEnvironmentException($"The vault has {slots.Count} unlock slots, the most it may. Remove one first.");
        if (secret is PassphraseSecret passphrase)
        {
            var spent = slots.Where(slot => slot.Kind == UnlockKind.Passphrase).Sum(slot => (long)PassphraseSecret.IterationsOf(slot));
            if (spent + passphrase.Iterations > MaximumIterations)
                throw new VaultEnvironmentException($"All passphrase slots together may ask for {MaximumIterations} iterations; {spent} are taken. Use fewer iterations, or remove a slot first.");
        }

        var slot = secret.CanOpen ? SealChecked(vault, secret, root) : UnlockSlot.Seal(vault, OpaqueId.Random(), secret, root);
        await PutAsync(store, slot, ct);
        return slot.Id;
    }

    public static async ValueTask RemoveAsync(IObjectStore store, OpaqueId vault, OpaqueId id, CancellationToken ct)
    {
        var slots = await ReadAsync(store, vault, ct);
        var slot = slots.FirstOrDefault(slot => slot.Id == id)
            ?? throw new VaultEnvironmentException($"There is no unlock slot {id}. List the slots and choose one of them.");
        if (slot.Kind == UnlockKind.RecoveryKey) throw new VaultEnvironmentException($"Slot {id} belongs to the recovery key and stays: it is the way back when all else is lost. Remove another slot.");
        if (!slots.Any(other => other.Id != id && other.Kind != UnlockKind.RecoveryKey)) throw Last(id);
        await store.DeleteAsync(slot.Name, ct);
        // Two processes that each remove "the other" slot would leave none: look again, and put ours back.
        if ((await ReadAsync(store, vault, CancellationToken.None)).Any(other => other.Kind != UnlockKind.RecoveryKey)) return;
        await PutAsync(store, slot, CancellationToken.None);
        throw Last(id);
    }

    /// <summary>Makes a slot and opens it again: a certificate whose private key is another's, or not at hand, is found now and not when it is needed.</summary>
    public static UnlockSlot SealChecked(OpaqueId vault, UnlockSecret secret, SecretKey root)
    {
        var slot = UnlockSlot.Seal(vault, OpaqueId.Random(), secret, root);
        using var opened = slot.TryOpen(secret);
        return opened is not null && opened.Span.SequenceEqual(root.Span)
            ? slot
            : throw new VaultEnvironmentException("The unlock secret does not open what it closed: its private and public part do not belong together. Nothing was written. Use another secret.");
    }

    public static async ValueTask PutAsync(IObjectStore store, UnlockSlot slot, CancellationToken ct)
    {
        if (!await store.PutIfAbsentAsync(slot.Name, slot.Encode(), ct))
            throw new VaultDamagedException($"Object {slot.Name} appeared while it was made. Look who else writes here, and try again.");
    }

    private static VaultEnvironmentException Last(OpaqueId id)
        => new($"Slot {id} is the last way in for a person or a service and stays. Add another slot first, then remove this one.");
}
