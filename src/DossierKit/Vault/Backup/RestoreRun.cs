using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>One restore, after its set was proved authentic: content with comparison, keys without what was destroyed, header, state, destruction again, verification; last the mark goes.</summary>
internal sealed class RestoreRun(
    BackupPlace place, BackupManifest manifest, KeySetReader keys, VaultKeys vaultKeys, UnlockSecret secret, DiskObjectStore target, RestoreOptions options, IProgress<BackupProgress>? progress)
{
    private readonly List<string> _damaged = [];
    private readonly Dictionary<OpaqueId, StreamHead> _heads = [];
    private readonly HashSet<OpaqueId> _touched = [];
    private IReadOnlyList<Destroyed> _ledger = [];
    private ILookup<DestroyedKind, OpaqueId> _destroyed = Array.Empty<Destroyed>().ToLookup(record => record.Kind, record => record.Id);
    private long _objects;
    private long _bytes;
    private long _again;

    public async ValueTask<RestoreReport> RunAsync(CancellationToken ct)
    {
        using var state = StateDirectory.Open(options.Place.State, options.Place.Data, vaultKeys.VaultId, vaultKeys.DeriveStateKey());
        using var alone = state.Lock(exclusive: true, TimeSpan.FromSeconds(5), ct);
        await MergeLedgersAsync(state, ct);
        var streams = manifest.Streams.Where(stream => !_destroyed[DestroyedKind.Stream].Contains(stream.Id)).ToList();
        for (var i = 0; i < streams.Count; i++)
        {
            Tell(BackupStage.Content, i, streams.Count);
            await CopyStreamAsync(streams[i], ct);
        }

        if (_damaged.Count > 0 && !options.AcceptDamage)
        {
            throw new VaultDamagedException(
                $"The backup is damaged: {_damaged.Count} objects, such as {string.Join(", ", _damaged.Take(5))}. The vault is not opened. Use another place or set; or restore with --accept-damage, which leaves these out and says so.");
        }

        var streamsAgain = await CopyKeysAsync(ct);
        var (behind, lost) = SetHeads(state);
        var isStateNew = state.IsNew;
        var verified = await DestroyAgainAndVerifyAsync(ct);
        // The last step of all: from here on the vault opens.
        await target.DeleteAsync(VaultRestore.Mark(manifest.Set), ct);
        return new RestoreReport(
            manifest.Set, vaultKeys.VaultId, manifest.At, _heads.Count, _objects, _bytes, _again, streamsAgain, _ledger.Count == 0 ? null : _ledger.Max(record => record.At), isStateNew, behind, lost, _damaged, verified);
    }

    /// <summary>
    /// What this account knows, what the set knew, and what any other ledger at the place knows: what one of them calls destroyed stays destroyed. The records prove themselves, and a ledger that
    /// was cut short has only good ones: so one of them must hold as many as any name or authentic manifest says there were. Nobody can accept damage in this.
    /// </summary>
    private async ValueTask MergeLedgersAsync(StateDirectory state, CancellationToken ct)
    {
        var manifests = await ManifestsAsync(ct);
        var needed = manifests.Values.Aggregate((long)manifest.LedgerCount, (most, other) => Math.Max(most, other.LedgerCount));
        var merged = state.Ledger.Read().ToDictionary(record => (record.Kind, record.Stream, record.Id));
        var (found, longest) = (false, (long)merged.Count);
        foreach (var name in await place.LedgersAsync(ct))
        {
            needed = Math.Max(needed, BackupPlace.LedgerCountIn(name) ?? 0);
            if (await place.Store.ReadAllAsync(name, ct) is not { } bytes) continue;
            var isOwn = name == BackupPlace.Ledger(manifest.Set);
            try
            {
                var hash = isOwn ? manifest.LedgerHash : manifests.GetValueOrDefault(name)?.LedgerHash;
                if (hash is not null && !SHA256.HashData(bytes).AsSpan().SequenceEqual(hash))
                    throw new VaultDamagedException($"Object {name} is not the ledger its manifest names: it was changed or cut. Something destroyed could come back. Use another place.");
                var records = state.Ledger.Import(bytes, name);
                if (BackupPlace.LedgerCountIn(name) is { } count && count != records.Count)
                    throw new VaultDamagedException($"Object {name} has {records.Count} records, not the {count} its name says: it was cut. Something destroyed could come back. Use another place.");
                foreach (var record in records) merged.TryAdd((record.Kind, record.Stream, record.Id), record);
                longest = Math.Max(longest, records.Count);
                found |= isOwn;
            }
            catch (VaultDamagedException) when (options.AcceptDamage && !isOwn)
            {
                _damaged.Add(name.Value);
            }
        }

        if (!found) throw new VaultDamagedException($"The ledger of set {manifest.Set} is missing. Without it something destroyed could come back. Use another set.");
        if (longest < needed)
        {
            throw new VaultDamagedException(
                $"The newest ledger of destructions at this place is missing, cut or damaged: {needed} destructions are known to have been, and no whole ledger has more than {longest}. Something destroyed could come back, so nothing was restored, also not with damage accepted. Use another place, or restore beside the state folder of the account that made these backups.");
        }

        _ledger = [.. merged.Values.OrderBy(record => record.At)];
        state.Ledger.Append(_ledger);
        _destroyed = _ledger.ToLookup(record => record.Kind, record => record.Id);
        _touched.UnionWith(_ledger.Select(record => record.Stream));
    }

    /// <summary>Every authentic manifest at the place by the name of its ledger, also of sets of which something is missing.</summary>
    private async ValueTask<Dictionary<ObjectName, BackupManifest>> ManifestsAsync(CancellationToken ct)
    {
        using var key = vaultKeys.Derive(BackupManifest.KeyLabel);
        var found = new Dictionary<ObjectName, BackupManifest>();
        foreach (var (set, _) in await place.SetsAsync(ct))
        {
            try
            {
                if (await place.ReadManifestAsync(set, ct) is { } read && BackupManifest.Verify(key, read.Bytes)) found[BackupPlace.Ledger(set)] = read.Manifest;
            }
            catch (VaultException)
            {
                // It says nothing that can be trusted.
            }
        }

        return found;
    }

    private async ValueTask CopyStreamAsync(ManifestStream stream, CancellationToken ct)
    {
        await CopyCommitsAsync(stream, ct);
        var layout = new StreamLayout(stream.Id);
        foreach (var blob in stream.Blobs)
        {
            var name = layout.Blob(blob.Id);
            if (await CopyBlobAsync(name, blob, ct) is not { } whole) continue; // destroyed since, says the ledger of its stream
            if (!whole) _damaged.Add(name.Value);
        }
    }

    /// <summary>
    /// Copies the commits as far as they are whole. Each must name the hash of the one before it, and be named by the one after it, the last by the manifest. What follows a commit that is not whole
    /// belongs to nothing.
    /// </summary>
    private async ValueTask CopyCommitsAsync(ManifestStream stream, CancellationToken ct)
    {
        var layout = new StreamLayout(stream.Id);
        var (head, previous) = (0L, CommitCodec.GenesisHash(vaultKeys.VaultId, stream.Id));
        var bytes = stream.Head > 0 ? await ReadAsync(1) : null;
        for (var sequence = 1L; sequence <= stream.Head; sequence++)
        {
            var next = sequence < stream.Head ? await ReadAsync(sequence + 1) : null;
            if (bytes is null || !IsNamed(sequence, bytes, previous) || !await IsWholeAsync(sequence, bytes, next))
            {
                _damaged.Add(layout.Commit(sequence).Value);
                break;
            }

            await PutAsync(layout.Commit(sequence), bytes, ct);
            (head, previous, bytes) = (sequence, SHA256.HashData(bytes), next);
        }

        if (head > 0 || stream.Head == 0) _heads[stream.Id] = new StreamHead(head, previous);

        ValueTask<byte[]?> ReadAsync(long sequence) => place.Store.ReadAllAsync(BackupPlace.Content(layout.Commit(sequence)), ct);

        // Whether a commit names this hash as that of its predecessor.
        bool IsNamed(long sequence, byte[] commit, ReadOnlySpan<byte> hash)
        {
            try
            {
                return CommitCodec.PreviousHash(stream.Id, sequence, commit, layout.Commit(sequence)).AsSpan().SequenceEqual(hash);
            }
            catch (VaultDamagedException)
            {
                return false;
            }
        }

        async ValueTask<bool> IsWholeAsync(long sequence, byte[] commit, byte[]? after)
        {
            var hash = SHA256.HashData(commit);
            if (sequence == stream.Head) return hash.AsSpan().SequenceEqual(stream.HeadHash);
            if (after is null || IsNamed(sequence + 1, after, hash)) return true;
            // The two do not fit each other: the one that its own successor names is the good one.
            return !await IsWholeAsync(sequence + 1, after, sequence + 1 < stream.Head ? await ReadAsync(sequence + 2) : null);
        }
    }

    /// <summary>Copies a blob; whether it is the one the manifest names, or <see langword="null"/> when it is gone because something of its stream was destroyed later.</summary>
    private async ValueTask<bool?> CopyBlobAsync(ObjectName name, ManifestBlob blob, CancellationToken ct)
    {
        await using (var present = await target.OpenAsync(name, ct))
        {
            if (present is not null && present.Length == blob.Length && (await CopyAsync(present, null, ct)).AsSpan().SequenceEqual(blob.Hash)) return true;
        }

        await target.DeleteAsync(name, ct);
        await using var source = await place.Store.OpenAsync(BackupPlace.Content(name), ct);
        if (source is null) return OpaqueId.TryParse(name.Value.Split('/')[1], out var stream) && _touched.Contains(stream) ? null : false;
        if (source.Length != blob.Length) return false;
        await using var writer = await target.CreateAsync(name, ct);
        if (!(await CopyAsync(source, writer, ct)).AsSpan().SequenceEqual(blob.Hash)) return false; // not committed: nothing of it stays
        await writer.CommitAsync(ct);
        Count(blob.Length);
        return true;
    }

    private static async ValueTask<byte[]> CopyAsync(ObjectReader reader, ObjectWriter? writer, CancellationToken ct)
    {
        var buffer = new byte[(int)Math.Clamp(reader.Length, 1, 1 << 20)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var at = 0L; at < reader.Length;)
        {
            var read = await reader.ReadAsync(at, buffer, ct);
            if (read == 0) break;
            hash.AppendData(buffer, 0, read);
            if (writer is not null) await writer.WriteAsync(buffer.AsMemory(0, read), ct);
            at += read;
        }

        return hash.GetHashAndReset();
    }

    /// <summary>
    /// Copies the keys, but those of streams and compartments that were destroyed; pages are left out when nothing living is in them, and otherwise rewritten when the stream is opened.
    /// The header goes last. Returns how many streams the set had and the ledger calls destroyed.
    /// </summary>
    private async ValueTask<int> CopyKeysAsync(CancellationToken ct)
    {
        var gone = _destroyed[DestroyedKind.Stream].ToHashSet();
        var objects = _destroyed[DestroyedKind.Object].ToHashSet();
        var compartments = _ledger.Where(record => record.Kind == DestroyedKind.Compartment).Select(record => new StreamLayout(record.Stream).Compartment(record.Id)).ToHashSet();
        var streamsAgain = new HashSet<OpaqueId>();
        var done = 0L;
        (ObjectName Name, byte[] Bytes)? header = null;
        await foreach (var (stream, name, bytes) in keys.ReadAsync(ct))
        {
            Tell(BackupStage.Keys, ++done, 0);
            if (stream != default && gone.Contains(stream))
            {
                if (name.Value.StartsWith(new StreamLayout(stream).KeyPrefix, StringComparison.Ordinal)) streamsAgain.Add(stream);
                continue;
            }

            if (compartments.Contains(name))
            {
                _again++;
                continue;
            }

            if (name == VaultHeader.Name) header = (name, bytes);
            else if (stream == default || !name.Value.StartsWith(new StreamLayout(stream).PagePrefix, StringComparison.Ordinal)) await PutAsync(name, bytes, ct);
            else
            {
                var ids = StreamKeys.IdsIn(name, bytes);
                var dead = ids.Count(objects.Contains);
                _again += dead;
                // A page of which everything is destroyed is not even written; others are rewritten without what is destroyed before the vault opens.
                if (dead < ids.Count || ids.Count == 0) await PutAsync(name, bytes, ct);
            }
        }

        _again += streamsAgain.Count;
        if (header is not { } last) throw new VaultDamagedException($"Set {manifest.Set} has no header: it cannot be restored. Use another set.");
        await PutAsync(last.Name, last.Bytes, ct);
        return streamsAgain.Count;
    }

    private async ValueTask PutAsync(ObjectName name, byte[] bytes, CancellationToken ct)
    {
        if (await target.PutIfAbsentAsync(name, bytes, ct))
        {
            Count(bytes.Length);
            return;
        }

        // Of the attempt that was broken off: the same, or damaged since.
        if (await target.ReadAllAsync(name, ct) is { } present && present.AsSpan().SequenceEqual(bytes)) return;
        await target.DeleteAsync(name, ct);
        await target.PutIfAbsentAsync(name, bytes, ct);
        Count(bytes.Length);
    }

    /// <summary>The state accepts this copy: whoever restores knows that it is older than what was seen.</summary>
    private (int Behind, int Lost) SetHeads(StateDirectory state)
    {
        var (behind, lost) = (0, 0);
        foreach (var stream in state.StreamsWithHead().ToList())
        {
            if (_destroyed[DestroyedKind.Stream].Contains(stream)) continue;
            if (!_heads.TryGetValue(stream, out var head) || head.Sequence == 0)
            {
                lost++;
                state.ForgetHead(stream);
            }
            else if (state.ReadHead(stream) is { } seen && seen.Sequence > head.Sequence)
            {
                behind++;
            }
        }

        foreach (var (stream, head) in _heads)
        {
            if (head.Sequence > 0) state.ResetHead(stream, head.Sequence, head.Hash.Span);
        }

        return (behind, lost);
    }

    /// <summary>Opens the vault while nobody else can, and every stream of which something was destroyed: opening carries the ledger out. Then reads everything.</summary>
    private async ValueTask<VerifyReport> DestroyAgainAndVerifyAsync(CancellationToken ct)
    {
        var store = await DiskObjectStore.OpenAsync(options.Place.Data, create: false, ct);
        VaultKeys? own = null;
        StateDirectory? state = null;
        DossierVault vault;
        try
        {
            // Anew, from what lies in the folder now: this is how it will be opened from here on.
            own = await VaultKeys.OpenAsync(store, secret, ct);
            state = StateDirectory.Open(options.Place.State, options.Place.Data, own.VaultId, own.DeriveStateKey());
            vault = await DossierVault.OpenAsync(new VaultServices(own.VaultId, store, own, state), ct);
        }
        catch
        {
            state?.Dispose();
            own?.Dispose();
            await store.DisposeAsync();
            throw;
        }

        await using var opened = vault;
        foreach (var stream in _touched)
        {
            if (_destroyed[DestroyedKind.Stream].Contains(stream) || stream == vault.WellKnown(StreamKind.Catalogue)) continue;
            (await vault.OpenStreamAsync(vault.KindOf(stream), stream, ct))?.Dispose();
        }

        // Before it opens for anybody: decisions from before must not be taken for ones of this vault, and copies that were made since are unknown to it.
        using (var register = await BackupRegister.OpenAsync(vault, ct)) await register.RestoredAsync(manifest.Set, manifest.At, options.Clock.GetUtcNow(), ct);
        var report = await vault.VerifyAsync(progress is null ? null : new Share(progress), ct);
        var mark = VaultRestore.Mark(manifest.Set).Value;
        return report with { Findings = [.. report.Findings.Where(finding => finding.Name != mark)] };
    }

    private void Count(long bytes)
    {
        _objects++;
        _bytes += bytes;
    }

    private void Tell(BackupStage stage, long done, long total) => progress?.Report(new BackupProgress(stage, done, total, _bytes));

    private sealed class Share(IProgress<BackupProgress> whole) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => whole.Report(new BackupProgress(BackupStage.Verifying, value.Done, value.Total, 0));
    }
}
