using DossierKit.Vault;

namespace DossierKit.Dossiers;

public sealed partial class SystemTask
{
    /// <summary>Opens a dossier to index it. For <see cref="SystemTaskKind.Reindex"/>.</summary>
    /// <returns><see langword="null"/> when it is not there any more, or is still being made.</returns>
    /// <exception cref="InvalidOperationException">The task is another.</exception>
    internal async ValueTask<IndexSource?> OpenForIndexAsync(OpaqueId stream, DossierNumber number, CancellationToken ct)
    {
        Must(SystemTaskKind.Reindex);
        if (await DossierStream.OpenAsync(_register.Vault, stream, number, ct) is not { } dossier) return null;
        if (dossier.Created is not null)
        {
            var standing = DossierRegister.StandingOf(dossier, await _register.ProtocolOfAsync(dossier.Full, ct));
            // Who may search what is decided by the catalogue: what a crash left behind there is put right before anything is found by it.
            await _register.Index.PutAsync(stream, standing, ct);
            var listed = await _register.Index.FindAsync(number, ct);
            return new IndexSource(dossier, standing, listed is { } there && there.Standing.Marks.Count == standing.Marks.Count);
        }

        dossier.Dispose();
        return null;
    }
}
