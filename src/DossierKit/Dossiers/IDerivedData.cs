using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Data someone derived from sealed objects or events (a search index, a comparison of cases). Destruction asks each to let go, and to prove it.</summary>
public interface IDerivedData
{
    /// <summary>Drops everything derived from an object, entry or dossier. Safe to repeat.</summary>
    /// <param name="source">The id of the file, the journal entry or the dossier's stream.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>A task.</returns>
    ValueTask DropAsync(OpaqueId source, CancellationToken ct);

    /// <summary>Whether nothing derived from it can be found any more.</summary>
    /// <param name="source">The id of the file, the journal entry or the dossier's stream.</param>
    /// <param name="ct">Stops.</param>
    /// <returns><see langword="true"/> when it is gone.</returns>
    ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct);
}
