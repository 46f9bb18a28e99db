using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A dossier at the moment its destruction is decided on: nothing can come between this look and the commit.</summary>
/// <param name="Entry">As the archive sees it.</param>
/// <param name="Standing">Who has a part in it.</param>
/// <param name="Newest">When its last entry was recorded.</param>
/// <param name="Hashes">SHA-256 of its files as they were filed, by id.</param>
internal sealed record DecidingMoment(ArchiveEntry Entry, CaseStanding Standing, DateTimeOffset Newest, IReadOnlyDictionary<OpaqueId, string> Hashes);

/// <summary>What a decided destruction did to one dossier.</summary>
/// <param name="Gone">Files destroyed now or before.</param>
/// <param name="All">What went with them: also the entries with their names.</param>
internal sealed record DecidedFiles(IReadOnlyList<OpaqueId> Gone, IReadOnlyList<OpaqueId> All);

/// <summary>Destroying by decision: whoever decides looks at the dossier in the step that destroys, and a hold placed the moment before wins.</summary>
public sealed partial class SystemTask
{
    /// <summary>Destroys those files that the decision, taken on the dossier as it is at the commit, allows; one commit for all. Safe to repeat after a crash.</summary>
    /// <param name="stream">The dossier's stream.</param>
    /// <param name="number">Its number.</param>
    /// <param name="files">The files in question.</param>
    /// <param name="reason">Why, without names; stays in the journal.</param>
    /// <param name="decide">Gives the files that may go now.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    internal async ValueTask<DecidedFiles> DestroyDecidedAsync(
        OpaqueId stream, DossierNumber number, IReadOnlyCollection<OpaqueId> files, string reason, Func<DecidingMoment, IReadOnlyCollection<OpaqueId>> decide, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        // Not the stream that people share: what they do may not wait for this, and the commit says itself whether somebody was first.
        using var dossier = await DossierStream.OpenAsync(_register.Vault, stream, number, ct);
        if (dossier is null) return new DecidedFiles([], []);
        while (true)
        {
            var here = files.Where(file => dossier.Full.FindFile(new FileId(file)) is not null && !dossier.Now.Destroyed.Contains(file)).ToList();
            var allowed = here.Count == 0 ? [] : decide(await MomentAsync(dossier, ct)).Intersect(here).ToList();
            if (allowed.Count == 0) break;
            using var batch = dossier.Begin();
            DossierStream.AddDestruction(batch, dossier.WithNamingEntries(allowed), reason, _register.Now, dossier.MarksOf(allowed));
            batch.MoveTo(dossier.Now.Head);
            try
            {
                await dossier.CommitDestroyingAsync(batch, ct);
                break;
            }
            catch (JournalConflictException)
            {
                await dossier.RefreshAsync(ct);
            }
        }

        var gone = files.Where(dossier.Now.Destroyed.Contains).ToList();
        var all = dossier.WithNamingEntries(gone);
        // From here on it has happened, also when the caller gave up.
        if (gone.Count > 0) await AfterAsync(dossier, all, CancellationToken.None);
        return new DecidedFiles(gone, all);
    }

    /// <summary>
    /// Decides on a whole dossier and makes the decision final: every compartment but the cover is destroyed in one commit on the moment that was looked at, so that from then on nobody
    /// can record anything that would keep it. What is left of it goes with <see cref="DestroyClosedAsync"/>.
    /// </summary>
    /// <param name="stream">The dossier's stream.</param>
    /// <param name="number">Its number.</param>
    /// <param name="reason">Why, without names.</param>
    /// <param name="decide">Whether it may go now.</param>
    /// <param name="ct">Stops before anything is destroyed.</param>
    /// <returns>Ids of what was in it; <see langword="null"/> when it may not go.</returns>
    internal async ValueTask<IReadOnlyList<OpaqueId>?> CloseDecidedAsync(OpaqueId stream, DossierNumber number, string reason, Func<DecidingMoment, bool> decide, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        using var dossier = await DossierStream.OpenAsync(_register.Vault, stream, number, ct);
        if (dossier is null) return [];
        while (!dossier.IsClosedForGood)
        {
            if (!decide(await MomentAsync(dossier, ct))) return null;
            using var batch = dossier.Begin();
            dossier.AddClosing(batch, reason, _register.Now);
            batch.MoveTo(dossier.Now.Head);
            try
            {
                await dossier.CommitDestroyingAsync(batch, ct);
            }
            catch (JournalConflictException)
            {
                await dossier.RefreshAsync(ct);
            }
        }

        return dossier.IdsIn(null);
    }

    /// <summary>Removes dossiers that <see cref="CloseDecidedAsync"/> decided on, with the purposes the log has of them; one pass over the log and one snapshot for all. Safe to repeat.</summary>
    /// <param name="dossiers">The streams, each with the ids of what was in it.</param>
    /// <param name="ct">Stops between steps; what is left is finished by repeating.</param>
    internal async ValueTask DestroyClosedAsync(IReadOnlyDictionary<OpaqueId, IReadOnlyList<OpaqueId>> dossiers, CancellationToken ct)
    {
        Must(SystemTaskKind.Destroy);
        // The purposes in the log first: when the dossier is gone nobody would know any more which they were.
        await _register.ForgetPurposesAsync([.. dossiers.Keys], ct);
        await _register.Vault.DestroyStreamsAsync([.. dossiers.Keys], _register.Now, ct);
        // And once more: whoever opened the log anew between the two did not know the mark yet.
        await _register.ForgetPurposesAsync([.. dossiers.Keys], ct);
        foreach (var (stream, ids) in dossiers) await DropAsync([.. ids, stream], ct);
    }

    private async ValueTask<DecidingMoment> MomentAsync(DossierStream dossier, CancellationToken ct)
    {
        var standing = DossierRegister.StandingOf(dossier, await _register.ProtocolOfAsync(dossier.Full, ct));
        return new DecidingMoment(
            DossierRegister.EntryOf(dossier.Id, standing), standing, dossier.Now.Entries.Max(entry => entry.At), dossier.Full.Files.ToDictionary(file => file.Id.Value, file => file.Sha256));
    }
}
