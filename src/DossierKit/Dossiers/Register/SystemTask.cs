using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>What the program may do on its own account: a closed list.</summary>
public enum SystemTaskKind
{
    /// <summary>Check every object and journal; on ciphertext.</summary>
    Verify,

    /// <summary>Copy the vault; on ciphertext.</summary>
    Backup,

    /// <summary>Wrap keys anew; on keys.</summary>
    Rewrap,

    /// <summary>Destroy what was decided on; on ciphertext.</summary>
    Destroy,

    /// <summary>Build the search index anew; plaintext does not leave the task.</summary>
    Reindex,

    /// <summary>Build the catalogue anew; plaintext does not leave the task.</summary>
    Catalogue,

    /// <summary>Bring the vault back from a backup; on ciphertext. Written when it is done, in the vault that came back.</summary>
    Restore,

    /// <summary>Make a new way in from the shares of the recovery key.</summary>
    Recover,
}

/// <summary>The third door: the program itself at work, logged.</summary>
public sealed partial class SystemTask
{
    private readonly DossierRegister _register;

    internal SystemTask(DossierRegister register, SystemTaskKind kind) => (_register, Kind) = (register, kind);

    /// <summary>Which task.</summary>
    public SystemTaskKind Kind { get; }

    /// <summary>Builds the record of every dossier in the catalogue anew. For <see cref="SystemTaskKind.Catalogue"/>.</summary>
    /// <param name="ct">Stops between dossiers.</param>
    /// <returns>How many records were not as they should be.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public async ValueTask<int> RebuildCatalogueAsync(CancellationToken ct)
    {
        Must(SystemTaskKind.Catalogue);
        var mended = 0;
        foreach (var (stream, standing) in await _register.Index.AllAsync(ct))
        {
            using var dossier = await DossierStream.OpenAsync(_register.Vault, stream, standing.Number, ct);
            // A number taken by an import that never finished has no stream: it waits for the next attempt.
            if (dossier is null) continue;
            var now = DossierRegister.StandingOf(dossier, _register.ProtocolOf(dossier.Full));
            if (await _register.Index.PutAsync(stream, now, ct)) mended++;
        }

        return mended;
    }

    /// <summary>Destroys files (with the entry that holds their name and title) or the content of events, for a reason that stays. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="ids">Files or journal entries.</param>
    /// <param name="reason">Why, without names.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public async ValueTask DestroyObjectsAsync(DossierNumber dossier, IReadOnlyCollection<OpaqueId> ids, string reason, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        ArgumentNullException.ThrowIfNull(ids);
        using var stream = await LoadAsync(dossier, ct);
        var all = stream.WithNamingEntries(ids);
        await stream.DestroyAsync(all, reason, _register.Now, ct);
        await AfterAsync(stream, all, ct);
    }

    /// <summary>Destroys a compartment of a dossier. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="compartment">The compartment; not the cover.</param>
    /// <param name="reason">Why, without names.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public async ValueTask DestroyCompartmentAsync(DossierNumber dossier, Compartment compartment, string reason, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        if (compartment == Compartment.Kaft) throw new ArgumentException("The cover goes with the dossier, not alone.", nameof(compartment));
        using var stream = await LoadAsync(dossier, ct);
        var ids = stream.IdsIn(compartment);
        await stream.DestroyAsync(compartment, reason, _register.Now, ct);
        await AfterAsync(stream, ids, ct);
    }

    /// <summary>Destroys a dossier, with what the access log says of why it was opened. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public async ValueTask DestroyDossierAsync(DossierNumber dossier, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        if (await _register.Index.FindAsync(dossier, ct) is not { } found) throw new ArgumentException($"There is no dossier {dossier}.", nameof(dossier));
        IReadOnlyList<OpaqueId> ids = [];
        using (var stream = await DossierStream.OpenAsync(_register.Vault, found.Stream, dossier, ct))
        {
            if (stream is not null) ids = stream.IdsIn(null);
        }

        // The purposes in the log first: when the dossier is gone nobody would know any more which they were.
        await _register.ForgetPurposesAsync([found.Stream], ct);
        await _register.Vault.DestroyStreamAsync(found.Stream, _register.Now, ct);
        // And once more: whoever opened the log anew between the two did not know the mark yet.
        await _register.ForgetPurposesAsync([found.Stream], ct);
        await DropAsync([.. ids, found.Stream], ct);
    }

    private void Must(SystemTaskKind kind)
    {
        if (Kind != kind) throw new InvalidOperationException($"This task is {Kind}; it may not do the work of {kind}.");
    }

    private async ValueTask<DossierStream> LoadAsync(DossierNumber number, CancellationToken ct)
        => await _register.LoadAsync(number, ct) ?? throw new ArgumentException($"There is no dossier {number}.", nameof(number));

    private async ValueTask AfterAsync(DossierStream stream, IReadOnlyCollection<OpaqueId> ids, CancellationToken ct)
    {
        await _register.Index.PutAsync(stream.Id, DossierRegister.StandingOf(stream, _register.ProtocolOf(stream.Full)), ct);
        await DropAsync(ids, ct);
    }

    private async ValueTask DropAsync(IReadOnlyCollection<OpaqueId> ids, CancellationToken ct)
    {
        foreach (var derived in _register.Derived)
        {
            foreach (var id in ids)
            {
                await derived.DropAsync(id, ct);
                if (!await derived.ProveGoneAsync(id, ct))
                    throw new VaultEnvironmentException($"What was derived from object {id} could not be proved gone. The object itself is destroyed; run the destruction again.");
            }
        }
    }
}
