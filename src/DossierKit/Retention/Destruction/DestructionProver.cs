using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>
/// Looks at what should be gone through a second opening of the vault, which knows nothing of what the first one thinks: it reads the catalogue, the journals and the key pages anew.
/// Dispose to let go of it.
/// </summary>
internal sealed class DestructionProver : IAsyncDisposable
{
    private readonly DossierRegister _register;
    private readonly DossierVault _fresh;

    private DestructionProver(DossierRegister register, DossierVault fresh) => (_register, _fresh) = (register, fresh);

    public static async ValueTask<DestructionProver> OpenAsync(DossierRegister register, CancellationToken ct)
        => new(register, await DossierVault.OpenAsync(register.Vault.Services, ct));

    /// <summary>SHA-256 of the files of a dossier as they were filed; empty when the dossier is gone.</summary>
    public async ValueTask<IReadOnlyDictionary<OpaqueId, string>> HashesAsync(OpaqueId stream, DossierNumber number, CancellationToken ct)
    {
        using var dossier = await DossierStream.OpenAsync(_fresh, stream, number, ct);
        return dossier?.Full.Files.ToDictionary(file => file.Id.Value, file => file.Sha256) ?? [];
    }

    /// <summary>Proves that files of a dossier are gone, by one opening of its stream after they went.</summary>
    /// <param name="stream">The dossier's stream.</param>
    /// <param name="number">Its number.</param>
    /// <param name="files">The files, each with the SHA-256 of what a recording was: nothing in the dossier may hold those bytes any more, under whatever kind; <see langword="null"/>: not asked.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found of each.</returns>
    public async ValueTask<IReadOnlyDictionary<OpaqueId, DestructionProof>> ProveFilesAsync(OpaqueId stream, DossierNumber number, IReadOnlyList<(OpaqueId Id, string? Sha256)> files, CancellationToken ct)
    {
        var proofs = new Dictionary<OpaqueId, DestructionProof>();
        if (files.Count == 0) return proofs;
        using var journal = await _fresh.OpenStreamAsync(StreamKind.Dossier, stream, ct);
        if (journal is null) throw new VaultDamagedException($"Stream {stream} is missing while its files are proved gone. Run verify.");
        var namings = journal.Envelopes.SelectMany(envelope => envelope.Objects.Select(obj => (obj.Id, Envelope: envelope))).ToLookup(naming => naming.Id, naming => naming.Envelope);
        var keys = await journal.Keys.LivingAsync(ct);
        // Blobs in which something else that lives lies as well: those stay.
        var living = journal.Envelopes.SelectMany(envelope => envelope.Objects).Where(obj => !journal.IsDestroyed(obj.Id, obj.Compartment))
            .SelectMany(obj => obj.Parts.Select(part => (part.Blob, obj.Id))).ToLookup(part => part.Blob, part => part.Id);
        var recordings = await _register.Index.FindAsync(number, ct) is { } listed ? listed.Standing.Retention.Recordings.Select(recording => recording.File.Value).ToHashSet() : [];
        var hashes = files.Any(file => file.Sha256 is not null) ? (await HashesAsync(stream, number, ct)).Values.ToHashSet(StringComparer.Ordinal) : [];
        foreach (var (file, sha256) in files)
        {
            var naming = namings[file].Distinct().ToList();
            var content = naming.SelectMany(envelope => envelope.Objects).First(obj => obj.Id == file);
            var (left, shared) = (0, 0);
            foreach (var blob in content.Parts.Select(part => part.Blob).Distinct())
            {
                if (living[blob].Any(id => id != file)) shared++;
                else if (await _fresh.Services.Store.ExistsAsync(journal.Layout.Blob(blob), ct)) left++;
            }

            var isRead = await IsReadAsync(async () => await (await journal.OpenObjectAsync(content, ct)).DisposeAsync());
            // The entry that only brought this file holds its name; one that brought others as well is theirs.
            var names = naming.Where(envelope => envelope.Objects.All(obj => journal.IsDestroyed(obj.Id, obj.Compartment))).ToList();
            foreach (var envelope in names) isRead = isRead || await journal.OpenPayloadAsync(envelope, ct) is not null;
            proofs[file] = new DestructionProof
            {
                ReadsFail = !isRead,
                KeysGone = !keys.Contains(file) && names.TrueForAll(envelope => !keys.Contains(envelope.Id)),
                BytesGone = left == 0 && !(sha256 is not null && hashes.Contains(sha256)),
                DerivedGone = await AreDerivedGoneAsync([file, .. names.Select(envelope => envelope.Id)], ct),
                Unlisted = !recordings.Contains(file),
                CiphertextLeft = shared + names.Count,
                EnvelopesLeft = names.Count + 1,
                At = _register.Now,
            };
        }

        return proofs;
    }

    public async ValueTask<DestructionProof> ProveDossierAsync(OpaqueId stream, DossierNumber number, IReadOnlyList<OpaqueId> ids, CancellationToken ct)
    {
        var layout = new StreamLayout(stream);
        var isRead = await IsReadAsync(async () =>
        {
            using var journal = await _fresh.OpenStreamAsync(StreamKind.Dossier, stream, ct);
            if (journal is null) throw new VaultDamagedException($"Stream {stream} is missing without having been destroyed. Run verify.");
        });
        await _fresh.Catalogue.RefreshAsync(ct);
        var store = _fresh.Services.Store;
        return new DestructionProof
        {
            ReadsFail = !isRead,
            KeysGone = (await store.ListAsync(layout.KeyPrefix, null, 1, ct)).Count == 0 && (await store.ListAsync(layout.CompartmentPrefix, null, 1, ct)).Count == 0 && (await store.ListAsync(layout.PagePrefix, null, 1, ct)).Count == 0,
            BytesGone = (await store.ListAsync(layout.Prefix, null, 1, ct)).Count == 0,
            DerivedGone = await AreDerivedGoneAsync([.. ids, stream], ct),
            Unlisted = !_fresh.Catalogue.Records.ContainsKey(stream) && _fresh.Catalogue.IsDestroyed(stream) && (await _register.Index.FindAsync(number, ct))?.Stream != stream,
            At = _register.Now,
        };
    }

    /// <summary>Only the catalogue is the second opening's own; keys, store and state are the vault's.</summary>
    public ValueTask DisposeAsync()
    {
        _fresh.Catalogue.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether reading works. That it fails because something was destroyed is the proof; any other failure proves nothing and is thrown.</summary>
    private static async ValueTask<bool> IsReadAsync(Func<ValueTask> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (ObjectDestroyedException)
        {
            return false;
        }
    }

    private async ValueTask<bool> AreDerivedGoneAsync(IReadOnlyList<OpaqueId> ids, CancellationToken ct)
    {
        foreach (var derived in _register.Derived)
        {
            foreach (var id in ids)
            {
                if (!await derived.ProveGoneAsync(id, ct)) return false;
            }
        }

        return true;
    }
}
