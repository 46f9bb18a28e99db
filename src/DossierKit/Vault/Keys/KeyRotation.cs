namespace DossierKit.Vault;

/// <summary>A key of the ring, and what is wrapped under it.</summary>
/// <param name="Id">The key.</param>
/// <param name="Made">When it was made; <see langword="null"/>: with the vault.</param>
/// <param name="Streams">How many stream keys are wrapped under it.</param>
/// <param name="IsCurrent">Whether new stream keys are wrapped under it.</param>
public sealed record RingKeyStatus(Guid Id, DateTimeOffset? Made, int Streams, bool IsCurrent);

/// <summary>What a rotation did.</summary>
/// <param name="IsNew">Whether it made a new ring key; otherwise it finished a rotation that was broken off.</param>
/// <param name="Current">The ring key that wraps from now on.</param>
/// <param name="Rewrapped">Stream keys that were wrapped anew.</param>
/// <param name="Streams">Streams looked at.</param>
public sealed record RotationReport(bool IsNew, Guid Current, int Rewrapped, int Streams);

/// <summary>
/// The ring's keys and what hangs on them. A rotation makes a new ring key and wraps every stream key anew as its next version; the streams themselves, their content and the recovery key stay.
/// It limits what a ring key that leaks later gives away. It takes nothing back from whoever had the old ring key together with a copy of the vault.
/// </summary>
public static class KeyRotation
{
    /// <summary>The ring keys, oldest first, with how many stream keys each wraps.</summary>
    /// <param name="vault">The open vault.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The keys.</returns>
    public static async ValueTask<IReadOnlyList<RingKeyStatus>> StatusAsync(DossierVault vault, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vault);
        await vault.Keys.RefreshRingAsync(ct);
        var counts = new Dictionary<Guid, int>();
        foreach (var stream in await StreamsAsync(vault, ct))
        {
            if (await NewestAsync(vault, stream, ct) is not { } newest) continue;
            var ringKey = RingKeyOf(stream, newest.Name, newest.Bytes);
            counts[ringKey] = counts.GetValueOrDefault(ringKey) + 1;
        }

        var (keys, current) = vault.Keys.Ring;
        return [.. keys.Select(key => new RingKeyStatus(key.Id, key.Made == KeyRing.FirstActivation ? null : key.Made, counts.GetValueOrDefault(key.Id), key.Id == current))];
    }

    /// <summary>
    /// Makes a new ring key and wraps every stream key under it; or, when an earlier rotation was broken off, finishes that and makes none. Others can go on working meanwhile.
    /// The old ring key stays: the vault's canary hangs on the first, and a program that is open may still wrap under the last.
    /// </summary>
    /// <param name="vault">The open vault.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told the share that is done; <see langword="null"/> for silence.</param>
    /// <param name="ct">Stops between streams; the next call finishes.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="VaultDamagedException">A stream key does not open: nothing of it was changed.</exception>
    public static async ValueTask<RotationReport> RotateAsync(DossierVault vault, TimeProvider clock, IProgress<double>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(clock);
        var status = await StatusAsync(vault, ct);
        var isNew = status.All(key => key.IsCurrent || key.Streams == 0);
        if (isNew) vault.Keys.RotateRing(clock.GetUtcNow());
        var current = vault.Keys.Ring.Current;
        if (isNew && status.Any(key => key.Id == current))
            throw new VaultEnvironmentException("The new ring key is not used: an earlier one counts as later. The clock of this machine ran back, or two rotations came at one moment. Set the clock right, and rotate again.");
        var streams = await StreamsAsync(vault, ct);
        var rewrapped = 0;
        for (var i = 0; i < streams.Count; i++)
        {
            progress?.Report((double)i / streams.Count);
            if (await RewrapAsync(vault, streams[i], current, ct)) rewrapped++;
        }

        return new RotationReport(isNew, current, rewrapped, streams.Count);
    }

    /// <summary>
    /// Opens every stream key with the recovery key alone and compares it with what the ring opens: whether the paper in the safe still opens all of it. Changes nothing.
    /// </summary>
    /// <param name="vault">The open vault.</param>
    /// <param name="recovery">The recovery key.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>How many streams were tried; all of them opened.</returns>
    /// <exception cref="VaultDamagedException">A stream does not open with it, or with another key.</exception>
    public static async ValueTask<int> ProveRecoveryAsync(DossierVault vault, RecoveryKey recovery, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(recovery);
        var proved = 0;
        foreach (var stream in await StreamsAsync(vault, ct))
        {
            if (await NewestAsync(vault, stream, ct) is not { } newest) continue;
            using var byRecovery = recovery.Open(vault.Id, stream, StreamKeyObject.SlotsIn(newest.Name, newest.Bytes).Span);
            using var byRing = await StreamKeyObject.OpenAsync(vault.Services, stream, newest.Name, newest.Bytes, ct);
            if (!byRecovery.Span.SequenceEqual(byRing.Span))
                throw new VaultDamagedException($"The recovery slot of stream {stream} holds another key than the ring's: it was replaced. Restore {newest.Name} from a backup.");
            proved++;
        }

        return proved;
    }

    /// <summary>
    /// Wraps one stream key as its next version; whether that was needed. The order is: put the next, open it again, remove the older. A stream that was destroyed in between must not come back
    /// with its key: whoever destroys removes every version it sees after writing the tombstone, so a version that came later is removed here.
    /// </summary>
    private static async ValueTask<bool> RewrapAsync(DossierVault vault, OpaqueId stream, Guid current, CancellationToken ct)
    {
        var (store, layout) = (vault.Services.Store, new StreamLayout(stream));
        while (true)
        {
            var versions = await store.ListAllAsync(layout.KeyPrefix, ct).ToListAsync(ct);
            if (versions.Count == 0) return false; // destroyed
            var newest = versions[^1];
            if (await store.ReadAllAsync(newest, ct) is not { } bytes) continue;
            using var key = await StreamKeyObject.OpenAsync(vault.Services, stream, newest, bytes, ct);
            if (RingKeyOf(stream, newest, bytes) == current)
            {
                // Of a rotation that was killed between putting this version and removing the one before.
                foreach (var older in versions.Take(versions.Count - 1)) await store.DeleteAsync(older, ct);
                return false;
            }

            var next = layout.Key(StreamLayout.SequenceOf(newest) + 1);
            if (!await store.PutIfAbsentAsync(next, StreamKeyObject.Seal(vault.Services, stream, key), ct)) continue;
            var isLast = true;
            if (await store.ReadAllAsync(next, ct) is { } back)
            {
                using var opened = await StreamKeyObject.OpenAsync(vault.Services, stream, next, back, ct);
                if (!opened.Span.SequenceEqual(key.Span)) throw new VaultDamagedException($"Object {next} does not open as it was written. The disk is failing: the version before it was kept. Check the disk.");
                foreach (var older in versions) isLast &= await store.DeleteAsync(older, ct);
            }

            if (isLast) return true;
            await vault.Catalogue.RefreshAsync(ct);
            if (vault.Catalogue.IsDestroyed(stream)) await store.DeleteAsync(next, ct);
            return true;
        }
    }

    private static async ValueTask<(ObjectName Name, byte[] Bytes)?> NewestAsync(DossierVault vault, OpaqueId stream, CancellationToken ct)
    {
        while (true)
        {
            var versions = await vault.Services.Store.ListAllAsync(new StreamLayout(stream).KeyPrefix, ct).ToListAsync(ct);
            if (versions.Count == 0) return null;
            if (await vault.Services.Store.ReadAllAsync(versions[^1], ct) is { } bytes) return (versions[^1], bytes);
        }
    }

    private static Guid RingKeyOf(OpaqueId stream, ObjectName name, byte[] bytes)
        => KeySlots.Parse(stream, StreamKeyObject.SlotsIn(name, bytes).Span).Where(slot => slot.Kind == KeySlotKind.DataProtection).Select(slot => KeyRing.KeyOf(slot.Wrap.Span)).FirstOrDefault();

    /// <summary>Every stream that has a key.</summary>
    private static async ValueTask<IReadOnlyList<OpaqueId>> StreamsAsync(DossierVault vault, CancellationToken ct)
    {
        var streams = new SortedSet<OpaqueId>();
        await foreach (var name in vault.Services.Store.ListAllAsync(StreamLayout.AllStreams, ct))
        {
            if (name.Value.Split('/') is [_, var id, "key", ..] && OpaqueId.TryParse(id, out var stream)) streams.Add(stream);
        }

        return [.. streams];
    }
}
