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
}

/// <summary>The third door: the program itself at work, logged.</summary>
public sealed class SystemTask
{
    internal SystemTask()
    {
    }

    /// <summary>Which task.</summary>
    public SystemTaskKind Kind => throw new NotSupportedException();

    /// <summary>Builds the record of every dossier in the catalogue anew. For <see cref="SystemTaskKind.Catalogue"/>.</summary>
    /// <param name="ct">Stops between dossiers.</param>
    /// <returns>How many records were not as they should be.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public ValueTask<int> RebuildCatalogueAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Destroys files or the content of events, for a reason that stays. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="ids">Files or journal entries.</param>
    /// <param name="reason">Why, without names.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public ValueTask DestroyObjectsAsync(DossierNumber dossier, IReadOnlyCollection<Vault.OpaqueId> ids, string reason, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Destroys a compartment of a dossier. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="compartment">The compartment; not the cover.</param>
    /// <param name="reason">Why, without names.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public ValueTask DestroyCompartmentAsync(DossierNumber dossier, Compartment compartment, string reason, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Destroys a dossier, with what the access log says of why it was opened. For <see cref="SystemTaskKind.Destroy"/>; safe to repeat after a crash.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>A task.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    public ValueTask DestroyDossierAsync(DossierNumber dossier, CancellationToken ct) => throw new NotSupportedException();
}
