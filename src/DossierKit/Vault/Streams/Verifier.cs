using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>Walks the whole store once: every object is read, everything with a key is opened, and each stream is compared with its chain, its head and the ledger.</summary>
internal sealed class Verifier(VaultServices vault, Catalogue catalogue)
{
    private readonly List<VerifyFinding> _findings = [];
    private readonly IReadOnlyList<Destroyed> _ledger = vault.State.Ledger.Read();
    private long _entries;
    private long _bytes;
    private long _done;
    private long _total;
    private IProgress<VerifyProgress>? _progress;

    public async ValueTask<VerifyReport> RunAsync(IProgress<VerifyProgress>? progress, CancellationToken ct)
    {
        _progress = progress;
        try
        {
            await catalogue.RefreshAsync(ct);
        }
        catch (VaultDamagedException)
        {
            // The catalogue is a stream like any other: what is wrong with it is found and named below.
        }

        var streams = new SortedDictionary<OpaqueId, List<ObjectName>>();
        var vaultObjects = new List<ObjectName>();
        await foreach (var name in vault.Store.ListAllAsync("", ct))
        {
            _total++;
            if (name.Value.StartsWith(StreamLayout.AllStreams, StringComparison.Ordinal)
                && name.Value.Split('/') is [_, var stream, ..] && OpaqueId.TryParse(stream, out var id)) (streams.TryGetValue(id, out var list) ? list : streams[id] = []).Add(name);
            else vaultObjects.Add(name);
        }

        foreach (var id in catalogue.Records.Keys.Concat(vault.State.StreamsWithHead()))
        {
            if (!streams.ContainsKey(id)) streams[id] = [];
        }

        await CheckVaultObjectsAsync(vaultObjects, ct);
        foreach (var (id, names) in streams) await CheckStreamAsync(id, names, ct);
        return new VerifyReport(_total, streams.Count, _entries, _bytes, _findings);
    }

    private async ValueTask CheckVaultObjectsAsync(List<ObjectName> names, CancellationToken ct)
    {
        await TryAsync(VaultHeader.Name, () => vault.Keys.VerifyAsync(ct));
        foreach (var name in names)
        {
            await TryAsync(name, async () =>
            {
                if (!await vault.Keys.VerifyObjectAsync(name, ct)) Report(VerifyFindingKind.Foreign, name.Value, "No writer of this program makes such an object. Find out who put it here; remove it.");
            });
            Step();
        }
    }

    private async ValueTask CheckStreamAsync(OpaqueId id, List<ObjectName> names, CancellationToken ct)
    {
        var layout = new StreamLayout(id);
        var keyNames = names.FindAll(name => name.Value.StartsWith(layout.KeyPrefix, StringComparison.Ordinal));
        if (catalogue.IsDestroyed(id) || _ledger.Any(record => record.Kind == DestroyedKind.Stream && record.Id == id))
        {
            if (keyNames.Count > 0) Report(VerifyFindingKind.Resurrected, keyNames[^1].Value, "The stream was destroyed, but its key is here again: an older copy was put back. Open the vault once to destroy it again.");
            else if (names.Count > 0) Report(VerifyFindingKind.Leftover, layout.Prefix, $"{names.Count} objects of a destroyed stream are left without any key. They go the next time the vault is opened.");
            Step(names.Count);
            return;
        }

        SecretKey? key = null;
        if (keyNames.Count == 0)
        {
            Report(VerifyFindingKind.Missing, layout.KeyPrefix, names.Count == 0
                ? "The stream is gone, though it was seen before: it was deleted, or an older copy was put back. Restore the newer data."
                : "The stream's key is missing: nothing in it can be opened. Restore the key from a backup.");
            Step(names.Count);
            return;
        }

        await TryAsync(keyNames[^1], async () => key = await StreamKeyObject.OpenAsync(vault, id, ct));
        if (key is null)
        {
            Step(names.Count);
            return;
        }

        using var keys = new StreamKeys(vault.Store, vault.Id, layout, key);
        var commits = await ReadCommitsAsync(layout, keys, names, ct);
        CheckHead(layout, commits);
        await CheckContentAsync(layout, keys, names, commits, ct);
        Step(names.Count(name => !name.Value.StartsWith(layout.JournalPrefix, StringComparison.Ordinal)));
    }

    /// <summary>Reads every commit by itself, so that one damaged commit does not hide the next.</summary>
    private async ValueTask<List<Commit>> ReadCommitsAsync(StreamLayout layout, StreamKeys keys, List<ObjectName> names, CancellationToken ct)
    {
        var commits = new List<Commit>();
        byte[]? previous = CommitCodec.GenesisHash(vault.Id, layout.Stream);
        var expected = 1L;
        foreach (var name in names.Where(name => name.Value.StartsWith(layout.JournalPrefix, StringComparison.Ordinal)))
        {
            Step();
            await TryAsync(name, async () =>
            {
                var sequence = StreamLayout.SequenceOf(name);
                for (; expected < sequence; expected++)
                {
                    Report(VerifyFindingKind.Missing, layout.Commit(expected).Value, "The commit is missing, though later ones exist. Restore it from a backup.");
                    previous = null;
                }

                expected = sequence + 1;
                var bytes = await vault.Store.ReadAllAsync(name, ct) ?? throw new VaultDamagedException($"Commit {name} vanished while it was read. Run verify again.");
                var before = previous;
                previous = SHA256.HashData(bytes);
                if (before is not null && !CommitCodec.PreviousHash(layout.Stream, sequence, bytes, name).AsSpan().SequenceEqual(before))
                    Report(VerifyFindingKind.Damaged, name.Value, "The chain breaks here: this commit does not follow the one before it. Restore the stream from a backup.");
                var commit = CommitCodec.Decode(vault.Id, layout.Stream, sequence, keys.JournalKey.Span, bytes, name);
                commits.Add(commit);
                _entries += commit.Envelopes.Count;
            });
        }

        return commits;
    }

    private void CheckHead(StreamLayout layout, List<Commit> commits)
    {
        if (vault.State.ReadHead(layout.Stream) is not { } seen) return;
        var last = commits.Count == 0 ? 0 : commits[^1].Sequence;
        if (seen.Sequence > last)
            Report(VerifyFindingKind.RolledBack, layout.JournalPrefix, $"The stream ends at commit {last}, but commit {seen.Sequence} was seen before: it was cut or rolled back. Restore the newer data.");
        else if (commits.Find(commit => commit.Sequence == seen.Sequence) is { } known && !known.Hash.AsSpan().SequenceEqual(seen.Hash.Span))
            Report(VerifyFindingKind.RolledBack, layout.Commit(seen.Sequence).Value, "The commit is not the one seen before: another history was put in its place. Restore the data that belongs to this state folder.");
    }

    private async ValueTask CheckContentAsync(StreamLayout layout, StreamKeys keys, List<ObjectName> names, List<Commit> commits, CancellationToken ct)
    {
        var destroyed = commits.SelectMany(commit => commit.Envelopes).SelectMany(envelope => envelope.Destroyed).ToHashSet();
        destroyed.UnionWith(_ledger.Where(record => record.Stream == layout.Stream && record.Kind != DestroyedKind.Stream).Select(record => record.Id));
        var present = await keys.ListTolerantlyAsync((name, failure) => Report(VerifyFindingKind.Damaged, name.Value, failure.Message), ct);
        var blobs = names.Where(name => name.Value.StartsWith(layout.BlobPrefix, StringComparison.Ordinal)).ToHashSet();
        var used = new HashSet<ObjectName>();
        var known = new HashSet<OpaqueId>();
        var snapshots = names.FindAll(name => name.Value.StartsWith(layout.SnapshotPrefix, StringComparison.Ordinal));
        // The payload keys of commits up to the oldest snapshot kept are gone on purpose: the snapshots hold what they said.
        var compacted = snapshots.Count > 0 ? StreamLayout.SequenceOf(snapshots[0]) : 0;

        foreach (var commit in commits)
        {
            for (var i = 0; i < commit.Envelopes.Count; i++)
            {
                var (envelope, payload) = (commit.Envelopes[i], commit.Payloads[i]);
                known.Add(envelope.Id);
                if (await IsAliveAsync(envelope.Id, envelope.Compartment, commit.Sequence))
                {
                    await TryAsync(layout.Commit(commit.Sequence), async () =>
                    {
                        using var key = await keys.FindAsync(envelope.Id, ct) ?? throw new VaultDamagedException($"The key of entry {envelope.Id} is missing. Restore the key pages from a backup.");
                        _bytes += SealedStream.Open(new SealContext(vault.Id, layout.Stream, envelope.Id, SealKind.Payload), key.Span, payload.Span).Length;
                    });
                }

                foreach (var obj in envelope.Objects)
                {
                    known.Add(obj.Id);
                    if (await IsAliveAsync(obj.Id, obj.Compartment, commit.Sequence)) await CheckObjectAsync(layout, keys, obj, blobs, ct);
                    foreach (var part in obj.Parts) used.Add(layout.Blob(part.Blob));
                }
            }
        }

        foreach (var blob in blobs.Except(used)) Report(VerifyFindingKind.Leftover, blob.Value, "No commit names this blob: a write was interrupted. It has no key.");
        foreach (var page in present.Where(pair => !known.Contains(pair.Key)).GroupBy(pair => pair.Value))
            Report(VerifyFindingKind.Leftover, layout.PagePrefix, $"{page.Count()} keys of an interrupted write for commit {page.Key} are left; nothing is sealed under them that a reader can reach.");
        foreach (var snapshot in snapshots)
        {
            await TryAsync(snapshot, async () =>
            {
                if (await vault.Store.ReadAllAsync(snapshot, ct) is { } bytes) CatalogueSnapshot.Open(vault.Id, layout.Stream, keys.SnapshotKey.Span, snapshot, bytes);
            });
        }

        var derived = new DerivedObjects(vault, layout, keys);
        foreach (var name in names.Where(name => name.Value.StartsWith(layout.AllDerivedPrefix, StringComparison.Ordinal)))
            await TryAsync(name, async () => _bytes += await derived.CheckAsync(name, ct));

        foreach (var name in names.Where(name => !new[] { layout.KeyPrefix, layout.CompartmentPrefix, layout.PagePrefix, layout.JournalPrefix, layout.BlobPrefix, layout.SnapshotPrefix, layout.AllDerivedPrefix }
                     .Any(prefix => name.Value.StartsWith(prefix, StringComparison.Ordinal))))
            Report(VerifyFindingKind.Foreign, name.Value, "No writer of this program makes such an object. Find out who put it here; remove it.");

        async ValueTask<bool> IsAliveAsync(OpaqueId id, string compartment, long sequence)
        {
            var where = layout.Commit(sequence);
            var gone = destroyed.Contains(id) || destroyed.Contains(keys.CompartmentId(compartment));
            var there = present.ContainsKey(id) && await keys.CompartmentExistsAsync(keys.CompartmentId(compartment), ct);
            if (gone && there) Report(VerifyFindingKind.Resurrected, where.Value, $"{id} was destroyed, but its key is here: an older copy was put back, or a destruction was interrupted. Open the stream once to destroy it again.");
            if (!gone && !there && sequence > compacted) Report(VerifyFindingKind.Missing, where.Value, $"The key of {id} is missing, though nothing destroyed it. Restore the key pages and compartment keys from a backup.");
            return !gone && there;
        }
    }

    private async ValueTask CheckObjectAsync(StreamLayout layout, StreamKeys keys, SealedObject obj, HashSet<ObjectName> blobs, CancellationToken ct)
    {
        var total = 0L;
        for (var part = 0; part < obj.Parts.Count; part++)
        {
            var name = layout.Blob(obj.Parts[part].Blob);
            if (!blobs.Contains(name))
            {
                Report(VerifyFindingKind.Missing, name.Value, $"Part {part + 1} of {obj.Parts.Count} of object {obj.Id} is missing. Restore it from a backup.");
                continue;
            }

            var (number, locator) = (part, obj.Parts[part]);
            await TryAsync(name, async () =>
            {
                using var key = await keys.FindAsync(obj.Id, ct) ?? throw new VaultDamagedException($"The key of object {obj.Id} is missing. Restore the key pages from a backup.");
                await using var reader = await vault.Store.OpenAsync(name, ct) ?? throw new VaultDamagedException($"Blob {name} vanished while it was read. Run verify again.");
                total += await SealedStream.VerifyAsync(new SealContext(vault.Id, layout.Stream, obj.Id, SealKind.Blob, (uint)number, number == obj.Parts.Count - 1), key.Memory, reader, locator.Offset, locator.Length, ct);
            });
        }

        _bytes += total;
        if (total != obj.Length && !_findings.Exists(finding => obj.Parts.Any(part => finding.Name == layout.Blob(part.Blob).Value)))
            Report(VerifyFindingKind.Damaged, layout.BlobPrefix, $"Object {obj.Id} holds {total} bytes where its journal says {obj.Length}. Restore it from a backup.");
    }

    private async ValueTask TryAsync(ObjectName name, Func<ValueTask> check)
    {
        try
        {
            await check();
        }
        catch (VaultException failure)
        {
            Report(VerifyFindingKind.Damaged, name.Value, failure.Message);
        }
    }

    private void Report(VerifyFindingKind kind, string name, string text) => _findings.Add(new VerifyFinding(kind, name, text));

    private void Step(int count = 1)
    {
        _done += count;
        _progress?.Report(new VerifyProgress(_done, _total));
    }
}
