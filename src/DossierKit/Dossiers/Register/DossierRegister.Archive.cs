using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>An export of a whole dossier that was finished.</summary>
/// <param name="At">When.</param>
/// <param name="Sha256">What stands for every byte of it.</param>
/// <param name="Checkpoint">The last commit of the dossier that is in it; <see langword="null"/> from before it was kept.</param>
internal sealed record FinishedExport(DateTimeOffset At, string Sha256, long? Checkpoint);

/// <summary>The second door: for the archive and for the planner.</summary>
public sealed partial class DossierRegister
{
    /// <summary>
    /// The second door: how long dossiers are kept, without names and content. For archivaris, medebeslisser, FI and deputy; a verantwoordelijke gets the cases his office has authority
    /// in; the FG comes for what is held for a request under AVG or Woo. Nobody sees a case he is part of. Logged before the first byte.
    /// </summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The archive as this person sees it, or the reason why not.</returns>
    public async ValueTask<Outcome<OpenArchive>> OpenArchiveAsync(ActingPerson person, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        await Staff.RefreshAsync(ct);
        if (Staff.Find(person) is not { } known || !ArchiveAccess.MayOpen(known, Today))
        {
            return Outcome<OpenArchive>.Refused(new Refusal(
                "U mag de bewaring van dossiers niet zien.",
                "Dat is voor de archivaris, een medebeslisser, de functionaris integriteit, de verantwoordelijke en de functionaris voor gegevensbescherming.",
                "Vraag een van hen.")
            { Cause = RefusalCause.NoRight });
        }

        await Log.WriteAsync(new AccessRecord { Act = AccessAct.ArchiveSeen, Person = person.Id, Via = person.Kind }, null, null, ct);
        var archive = new OpenArchive(this, person);
        await archive.RefreshAsync(ct);
        return Outcome<OpenArchive>.Done(archive);
    }

    /// <summary>
    /// The dossiers somebody keeps, for the lists of work: from the catalogue alone and not logged, like those. Only FI, deputy and archivaris keep; what they are told is a number, a rule and a day.
    /// </summary>
    internal async ValueTask<IReadOnlyList<ArchiveEntry>> KeptByAsync(ActingPerson person, Func<RetentionFacts, bool> matters, CancellationToken ct)
    {
        await Staff.RefreshAsync(ct);
        var today = Today;
        if (Staff.Find(person) is not { } known || !known.RolesOn(today).Any(role => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Archivaris)) return [];
        return
        [
            .. (await _index.AllAsync(ct)).Where(entry => matters(entry.Standing.Retention) && ArchiveAccess.MaySee(known, entry.Standing, today)).Select(entry => EntryOf(entry.Stream, entry.Standing)),
        ];
    }

    /// <summary>Every dossier as the archive sees it, for the program itself.</summary>
    internal async ValueTask<IReadOnlyList<ArchiveEntry>> AllEntriesAsync(CancellationToken ct)
        => [.. (await _index.AllAsync(ct)).Where(entry => !entry.Standing.IsBeingMade).Select(entry => EntryOf(entry.Stream, entry.Standing))];

    /// <summary>A dossier as it is at this moment of its own stream, not as the catalogue remembers it: what an irrevocable step decides on.</summary>
    internal ArchiveEntry EntryOf(DossierStream stream) => EntryOf(stream.Id, StandingOf(stream, ProtocolOf(stream.Full)));

    internal static ArchiveEntry EntryOf(OpaqueId stream, CaseStanding standing)
        => new(
            stream, standing.Number, standing.Phase, standing.StartedOn, standing.ClosedOn, standing.Retention.Class?.Result ?? standing.SelectielijstClass, standing.Files, standing.Bytes,
            standing.Recordings, standing.Protocol, standing.ProtocolVersion, standing.Retention);

    /// <summary>The stream of a dossier, shared with whoever has it open; <see langword="null"/> when it is not there.</summary>
    internal ValueTask<SharedStreams.Lease?> BorrowAsync(OpaqueId stream, DossierNumber number, CancellationToken ct) => _streams.BorrowAsync(stream, number, ct);

    /// <summary>The exports of a whole dossier that were finished, newest first.</summary>
    internal async ValueTask<IReadOnlyList<FinishedExport>> ExportsOfAsync(OpaqueId stream, CancellationToken ct)
    {
        var completed = JsonShape.WordsOf(typeof(AccessAct))[(int)AccessAct.ExportCompleted];
        var (found, dossier) = (new List<FinishedExport>(), stream.ToString());
        await foreach (var act in Log.NewestFirstAsync(null, type => type == completed, ct))
        {
            if (act.Record.Dossier == dossier && act.Record.Sha256 is { } hash) found.Add(new FinishedExport(act.At, hash, act.Record.Checkpoint));
        }

        return found;
    }

    /// <summary>The entry of a dossier whose record in the catalogue is of an earlier version: drawn anew from the dossier itself, and kept. Any other as it is.</summary>
    internal async ValueTask<ArchiveEntry> RenewAsync(ArchiveEntry entry, CancellationToken ct)
    {
        if (entry.Retention.ContentVersion > 0) return entry;
        try
        {
            using var dossier = await DossierStream.OpenAsync(Vault, entry.Stream, entry.Number, ct);
            if (dossier is null) return entry;
            var standing = StandingOf(dossier, await ProtocolOfAsync(dossier.Full, ct));
            await _index.PutAsync(entry.Stream, standing, ct);
            return EntryOf(entry.Stream, standing);
        }
        catch (ObjectDestroyedException)
        {
            return entry;
        }
    }
}
