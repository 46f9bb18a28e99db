using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// One run. In this order: compare; write to the register that keys will leave; copy content; take every stream with its keys (the catalogue first, so that every dossier it names is taken after
/// it); copy what came meanwhile; take again what a destruction touched meanwhile, until nothing did; then the manifest, which makes the set exist; then remove what must be forgotten.
/// </summary>
internal sealed class BackupRun(DossierVault vault, BackupPlace? place, BackupOptions options, TimeProvider clock, ClockReading reading, DateOnly today, IProgress<BackupProgress>? progress)
{
    private const int FreeRounds = 5;
    private const int Rounds = 60;
    private readonly IObjectStore _source = vault.Services.Store;
    private readonly Dictionary<OpaqueId, StreamCut> _cuts = [];
    private readonly Dictionary<(OpaqueId Stream, OpaqueId Blob), ManifestBlob> _blobs = [];
    // How far the newest set vouches for the commits that lie there; that the vault has the same ones was just looked at.
    private readonly Dictionary<OpaqueId, long> _vouched = [];
    // Of a doubtful clock the earliest instant it can be: this set then counts for everything it may open, and its keys stay no longer than they may.
    private readonly DateTimeOffset _at = Earliest(reading);
    private readonly DateOnly _until = Earlier(today, DateOnly.FromDateTime(Earliest(reading).UtcDateTime), reading.IsTrusted).AddDays(options.KeepKeysDays);
    private readonly DateOnly? _today = reading.IsTrusted ? today : null;
    private ContentCopier? _copier;

    public async ValueTask<BackupReport> RunAsync(CancellationToken ct)
    {
        if (place is not null && await place.LedgerCountAsync(ct) is var there && vault.State.Ledger.Read() is { Count: var here } && there > here) throw Forgot(there, here);
        using var manifestKey = vault.Keys.Derive(BackupManifest.KeyLabel);
        var sets = place is null ? null : await KeptSets.ReadAsync(place, manifestKey, ct);
        var previous = sets?.Whole.FirstOrDefault();
        Tell(BackupStage.Comparing, 0, 0);
        var comparison = await ContentComparison.MakeAsync(_source, place, ct);
        await new GoneContent(vault).JudgeAsync(comparison.Gone, previous, ct);
        if (options.DryRun || place is null) return await DryReportAsync(comparison, sets, ct);

        if (previous is not null)
        {
            foreach (var stream in previous.Streams)
            {
                _vouched[stream.Id] = stream.Head;
                foreach (var blob in stream.Blobs) _blobs[(stream.Id, blob.Id)] = blob;
            }
        }

        using var register = await BackupRegister.OpenAsync(vault, ct);
        if (register.LedgerCount is var recorded && vault.State.Ledger.Read() is { Count: var known } && recorded > known) throw Forgot(recorded, known);
        await CompleteLedgerAsync(comparison.Streams, previous, ct);
        await sets!.ReconcileAsync(register, options.NewPlace, clock, ct);
        var set = OpaqueId.Random();
        await place.PutLastAsync(set, ct);
        await register.BeginAsync(set, place.Id, options.Label.Trim(), _until, _at, ct);

        _copier = new ContentCopier(_source, place, options.BytesPerSecond);
        await PreCopyAsync(comparison.Missing, ct);
        var manifest = await TakeAsync(set, comparison.Streams, ct);
        await place.Store.PutIfAbsentAsync(BackupPlace.Manifest(set), manifest.Seal(manifestKey), ct);
        await register.FinishAsync(set, manifest.LedgerCount, clock.GetUtcNow(), ct);

        Tell(BackupStage.Forgetting, 0, 0);
        var removed = await RemoveGoneAsync(comparison.Gone, ct);
        sets.Whole.Insert(0, manifest);
        var (due, overdue) = sets.Due(register, _today);
        await sets.RemoveAsync(register, due, clock, ct);
        return new BackupReport(IsDryRun: false, set, place.Id, _at, _until, manifest.Streams.Count, manifest.Streams.Sum(stream => stream.Head + stream.Blobs.Count),
            _copier.Objects, _copier.Bytes, manifest.KeysLength, removed, due, overdue, _copier.Repaired)
        { IsClockTrusted = reading.IsTrusted };
    }

    private async ValueTask<BackupReport> DryReportAsync(ContentComparison comparison, KeptSets? sets, CancellationToken ct)
    {
        var bytes = 0L;
        foreach (var name in comparison.Missing)
        {
            await using var reader = await _source.OpenAsync(name, ct);
            bytes += reader?.Length ?? 0;
        }

        var (due, overdue) = sets?.Due(null, _today) ?? ([], []);
        return new BackupReport(IsDryRun: true, null, place?.Id, _at, _until, comparison.Streams.Count, comparison.Total, comparison.Missing.Count, bytes, 0, comparison.Gone.Count, due, overdue, 0) { IsClockTrusted = reading.IsTrusted };
    }

    /// <summary>
    /// What another account destroyed in this vault stands in its ledger, and in the journals, but not yet in the ledger of this account: the copy would lack it, and an older set would bring it
    /// back. So what lies at the place is taken over, and every stream that changed since the newest set is opened, which writes what its journal calls destroyed into the ledger; all of them
    /// once, by a state that was begun later than the vault.
    /// </summary>
    private async ValueTask CompleteLedgerAsync(SortedSet<OpaqueId> streams, BackupManifest? previous, CancellationToken ct)
    {
        foreach (var name in await place!.LedgersAsync(ct))
        {
            try
            {
                if (await place.Store.ReadAllAsync(name, ct) is { } bytes) vault.State.Ledger.Append(vault.State.Ledger.Import(bytes, name));
            }
            catch (VaultDamagedException)
            {
                // A restore says so; here it only has nothing to add.
            }
        }

        var heads = vault.State.IsWhole && previous is not null ? previous.Streams.ToDictionary(stream => stream.Id, stream => stream.Head) : [];
        var isWhole = true;
        foreach (var stream in streams)
        {
            if (heads.TryGetValue(stream, out var head) && !await _source.ExistsAsync(new StreamLayout(stream).Commit(head + 1), ct)) continue;
            try
            {
                (await vault.OpenStreamAsync(vault.KindOf(stream), stream, ct))?.Dispose();
            }
            catch (ObjectDestroyedException)
            {
                // By somebody else meanwhile.
            }
            catch (VaultDamagedException)
            {
                isWhole = false; // Its journal says nothing. What is there of it is copied all the same; verify tells of it.
            }
        }

        if (isWhole && !vault.State.IsWhole) vault.State.MarkWhole();
    }

    /// <summary>The bulk, before anything is fixed: what never changes can be copied at any time, so that the moment at which the copy is taken is short.</summary>
    private async ValueTask PreCopyAsync(List<ObjectName> missing, CancellationToken ct)
    {
        for (var i = 0; i < missing.Count; i++)
        {
            Tell(BackupStage.Content, i, missing.Count);
            await CopyAsync(missing[i], ct);
        }
    }

    private async ValueTask<BackupManifest> TakeAsync(OpaqueId set, SortedSet<OpaqueId> streams, CancellationToken ct)
    {
        await using var keys = await KeySetWriter.CreateAsync(place!, set, ct);
        var ledger = vault.State.Ledger.Read();
        var dirty = new HashSet<OpaqueId>();
        // The catalogue first: whatever it names then was there before, and is taken after it.
        var catalogue = vault.WellKnown(StreamKind.Catalogue);
        await TakeAsync(catalogue, keys, dirty, ct);
        await vault.Catalogue.RefreshAsync(ct);
        streams.UnionWith(vault.Catalogue.Records.Keys);
        // Also those that came to be after the listing, such as the register that this run wrote itself into.
        foreach (var kind in Enum.GetValues<StreamKind>()) streams.Add(vault.WellKnown(kind));
        streams.Remove(catalogue);
        var done = 0;
        foreach (var stream in streams)
        {
            Tell(BackupStage.Keys, done++, streams.Count);
            await TakeAsync(stream, keys, dirty, ct);
        }

        for (var round = 0; ; round++)
        {
            // Where something is destroyed all the time, nothing may be for the moment of one round: what was copied in the rounds before makes it short.
            using var still = round >= FreeRounds ? vault.State.Ledger.HoldStill() : null;
            var newer = vault.State.Ledger.ReadAnew();
            dirty.UnionWith(newer.Skip(ledger.Count).Select(record => record.Stream));
            ledger = newer;
            if (dirty.Count == 0) break;
            if (round == Rounds) throw new VaultEnvironmentException("The backup is not finished: the vault kept changing while it was copied. What was copied stays; run the backup again.");
            var again = dirty.ToList();
            dirty.Clear();
            foreach (var stream in again) await TakeAsync(stream, keys, dirty, ct);
            if (still is not null && dirty.Count == 0) break;
        }

        // The ring after every stream key: a key that a rotation wrapped anew meanwhile opens with it.
        await CopyVaultKeysAsync(keys, ct);
        var (length, hash) = await keys.CommitAsync(ct);
        var copy = vault.State.Ledger.Export(ledger);
        await place!.Store.PutIfAbsentAsync(BackupPlace.Ledger(set), copy, ct);
        await place.PutNewestLedgerAsync(ledger.Count, copy, ct);
        var taken = _cuts.Values.OrderBy(cut => cut.Stream)
            .Select(cut => new ManifestStream(cut.Stream, cut.Head, cut.HeadHash, [.. cut.Blobs.Select(blob => _blobs[(cut.Stream, blob)])])).ToList();
        return new BackupManifest(vault.Id, set, place.Id, _at, clock.GetUtcNow(), _until, options.Label.Trim(), ledger.Count, SHA256.HashData(copy), length, hash, taken);
    }

    /// <summary>Takes one stream with its keys, and copies what of its content is not there yet.</summary>
    private async ValueTask TakeAsync(OpaqueId stream, KeySetWriter keys, HashSet<OpaqueId> dirty, CancellationToken ct)
    {
        _cuts.Remove(stream);
        if (await StreamCut.TakeAsync(_source, stream, keys, ct) is not { } cut) return;
        var layout = new StreamLayout(stream);
        var there = await place!.Store.ListAllAsync(BackupPlace.ContentPrefix(layout.JournalPrefix), ct).Select(name => StreamLayout.SequenceOf(name)).ToHashSetAsync(null, ct);
        for (var sequence = 1L; sequence <= cut.Head; sequence++)
        {
            // What lies there beyond the newest set, and was not written by this run, can be of another history: it is compared.
            if (there.Contains(sequence) && ((sequence <= _vouched.GetValueOrDefault(stream) && !options.Check) || _copier!.HasCopied(layout.Commit(sequence)))) continue;
            if (await CopyAsync(layout.Commit(sequence), ct)) continue;
            dirty.Add(stream);
            return;
        }

        foreach (var blob in cut.Blobs)
        {
            if (await IsThereAsync(stream, layout.Blob(blob), blob, ct) || await CopyAsync(layout.Blob(blob), ct)) continue;
            dirty.Add(stream);
            return;
        }

        _cuts[stream] = cut;
    }

    /// <summary>Whether a blob lies at the place with the length that an earlier run, whose manifest is authentic, or this one copied. Its bytes are read only when that was asked for.</summary>
    private async ValueTask<bool> IsThereAsync(OpaqueId stream, ObjectName name, OpaqueId blob, CancellationToken ct)
    {
        if (!_blobs.TryGetValue((stream, blob), out var known) || (options.Check && !_copier!.HasCopied(name))) return false;
        await using var reader = await place!.Store.OpenAsync(BackupPlace.Content(name), ct);
        return reader?.Length == known.Length;
    }

    /// <summary>Copies one object, or compares it with what is there; <see langword="false"/> when the vault no longer has it.</summary>
    private async ValueTask<bool> CopyAsync(ObjectName name, CancellationToken ct)
    {
        if (await _copier!.EnsureAsync(name, ct) is not { } copied) return false;
        if (name.Value.Split('/') is [_, var stream, "b", var blob] && OpaqueId.TryParse(stream, out var streamId) && OpaqueId.TryParse(blob, out var blobId))
            _blobs[(streamId, blobId)] = new ManifestBlob(blobId, copied.Length, copied.Hash);
        return true;
    }

    private async ValueTask CopyVaultKeysAsync(KeySetWriter keys, CancellationToken ct)
    {
        while (true)
        {
            await keys.SectionAsync(default, ct);
            var names = new List<ObjectName> { VaultHeader.Name };
            foreach (var prefix in (string[])[UnlockSlot.Prefix(vault.Id), KeyRingRepository.Prefix(vault.Id)]) names.AddRange(await _source.ListAllAsync(prefix, ct).ToListAsync(ct));
            var vanished = false;
            foreach (var name in names)
            {
                if (await _source.ReadAllAsync(name, ct) is { } bytes) await keys.AddAsync(name, bytes, ct);
                else vanished = true;
            }

            // A way in that was replaced meanwhile: the copy needs the new one.
            if (!vanished) return;
            if (!await _source.ExistsAsync(VaultHeader.Name, ct)) throw VaultHeader.Damaged("it disappeared during the backup");
        }
    }

    private async ValueTask<long> RemoveGoneAsync(List<ObjectName> gone, CancellationToken ct)
    {
        var removed = 0L;
        foreach (var chunk in gone.Chunk(1000))
        {
            var names = new List<ObjectName>(chunk.Length);
            foreach (var name in chunk)
            {
                // A commit of a lost history can have the name of one that came to be during this run, and was copied over it.
                if (!await _source.ExistsAsync(name, ct)) names.Add(BackupPlace.Content(name));
            }

            await place!.Store.DeleteManyAsync(names, ct);
            removed += names.Count;
        }

        return removed;
    }

    private static DateTimeOffset Earliest(ClockReading reading) => !reading.IsTrusted && reading.Reference is { } reference && reference < reading.Now ? reference : reading.Now;

    private static DateOnly Earlier(DateOnly today, DateOnly seen, bool isTrusted) => isTrusted || today < seen ? today : seen;

    private VaultEnvironmentException Forgot(long elsewhere, long here)
        => new($"No backup was made: an earlier one knows of {elsewhere} destructions, and the ledger of this account (state folder {vault.State.Path}) of {here}. A backup with fewer could bring back what was destroyed. Use the account and the --state that the vault is always used with; is that state lost, restore the vault from its newest backup: that brings the ledger along.");

    private void Tell(BackupStage stage, long done, long total) => progress?.Report(new BackupProgress(stage, done, total, _copier?.Bytes ?? 0));
}
