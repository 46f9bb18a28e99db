using System.Security.Cryptography;
using System.Text;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// The archive as one person sees it: which dossiers there are, how long they are kept and what is held; no names and no content. What is decided on keeping is recorded here and
/// nowhere else. Holds nothing open; safe for several threads.
/// </summary>
public sealed class OpenArchive
{
    private readonly DossierRegister _register;
    private readonly ActingPerson _person;
    private volatile IReadOnlyList<ArchiveEntry> _entries = [];

    internal OpenArchive(DossierRegister register, ActingPerson person) => (_register, _person) = (register, person);

    /// <summary>Who came in.</summary>
    public PersonId Person => _person.Id;

    /// <summary>The dossiers this person may see, by number, as last read.</summary>
    public IReadOnlyList<ArchiveEntry> Entries => _entries;

    /// <summary>The protocols by which their recordings are kept.</summary>
    public ProtocolShelf Protocols => _register.Protocols;

    /// <summary>Reads again what there is.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns>The entries.</returns>
    public async ValueTask<IReadOnlyList<ArchiveEntry>> RefreshAsync(CancellationToken ct)
    {
        await _register.Staff.RefreshAsync(ct);
        var all = await _register.Index.AllAsync(ct);
        var today = _register.Today;
        return _entries = _register.Staff.Find(_person) is { } known
            ? [.. all.Where(entry => ArchiveAccess.MaySee(known, entry.Standing, today)).Select(entry => DossierRegister.EntryOf(entry.Stream, entry.Standing))]
            : [];
    }

    /// <summary>Records a decision on keeping, durably; the date is today's, but that of a transfer is its own.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="happening">What was decided.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier as it is now, or every reason why not; one that is not there and one that is not for this person are refused alike.</returns>
    /// <exception cref="ArgumentException">A class is set by the list and a transfer is checked against plan and exports, at the desk of retention: here anybody could give any term or receipt.</exception>
    public ValueTask<Outcome<ArchiveEntry>> RecordAsync(DossierNumber number, RetentionEvent happening, CancellationToken ct) => RecordAsync(number, happening, WriteTerms.None, ct);

    /// <summary>Records a decision on terms: once per request, and on the <see cref="ArchiveEntry.Version"/> the person decided on.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="happening">What was decided.</param>
    /// <param name="terms">The terms, decided at the commit.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The dossier as it is now, by this request or by the same one before; or every reason why not, of which <see cref="Refusal.Cause"/> says what kind it is.</returns>
    /// <exception cref="ArgumentException">A class is set by the list and a transfer is checked against plan and exports, at the desk of retention: here anybody could give any term or receipt.</exception>
    public ValueTask<Outcome<ArchiveEntry>> RecordAsync(DossierNumber number, RetentionEvent happening, WriteTerms terms, CancellationToken ct)
        => happening is ClassSet or DossierTransferred
            ? throw new ArgumentException("A class is checked against the list first, and a transfer against the plan and the exports: record it at the retention desk.", nameof(happening))
            : RecordAsync(number, happening, terms, null, ct);

    /// <summary>Records a decision that was checked against the selectielijst.</summary>
    internal ValueTask<Outcome<ArchiveEntry>> RecordCheckedAsync(DossierNumber number, RetentionEvent happening, WriteTerms terms, CancellationToken ct) => RecordAsync(number, happening, terms, null, ct);

    /// <summary>Says what would be refused, and records nothing.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="happening">What would be decided.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The dossier as it is, or every reason why it would be refused.</returns>
    public async ValueTask<Outcome<ArchiveEntry>> CheckAsync(DossierNumber number, RetentionEvent happening, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(happening);
        if (await BorrowAsync(number, ct) is not { } lease) return Outcome<ArchiveEntry>.Refused(NotThere);
        using (lease)
        {
            var refusals = Check(lease.Stream, Stamped(lease.Stream, happening));
            return refusals.Count > 0 ? Outcome<ArchiveEntry>.Refused(refusals) : Outcome<ArchiveEntry>.Done(_register.EntryOf(lease.Stream));
        }
    }

    /// <summary>What was decided on the keeping of a dossier, with grounds, references and reasons, oldest first. Logged before the first byte.</summary>
    /// <param name="number">The dossier.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The events, or the reason why not.</returns>
    public async ValueTask<Outcome<IReadOnlyList<RecordedEvent>>> HistoryAsync(DossierNumber number, CancellationToken ct)
    {
        if (await BorrowAsync(number, ct) is not { } lease) return Outcome<IReadOnlyList<RecordedEvent>>.Refused(NotThere);
        using (lease)
        {
            var standing = _register.StandingNow(lease.Stream);
            if (_register.Staff.Find(_person) is not { } known || !ArchiveAccess.MayReadReasons(known, standing, _register.Today))
            {
                return Outcome<IReadOnlyList<RecordedEvent>>.Refused(new Refusal(
                    "U mag de redenen niet zien.", "Die zijn voor wie over het bewaren van dit dossier beslist.", "Vraag de functionaris integriteit of de archivaris.")
                { Cause = RefusalCause.NoRight });
            }

            if (!await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.ArchiveSeen, Person = Person, Via = _person.Kind }, lease.Stream.Id, null, ct))
                return Outcome<IReadOnlyList<RecordedEvent>>.Refused(NotThere);
            return Outcome<IReadOnlyList<RecordedEvent>>.Done(
                [.. lease.Stream.Full.Events.Where(recorded => recorded.Event is RetentionEvent).OrderBy(recorded => recorded.Checkpoint).Select(Shown)]);
        }

        static RecordedEvent Shown(RecordedEvent recorded) => recorded with { Event = (RetentionEvent)recorded.Event with { AccountMark = null, Request = null } };
    }

    internal ValueTask<Outcome<ArchiveEntry>> RecordAsync(DossierNumber number, RetentionEvent happening, Func<ArchiveEntry, IReadOnlyList<Refusal>> decide, CancellationToken ct)
        => RecordAsync(number, happening, WriteTerms.None, decide, ct);

    /// <inheritdoc cref="RecordAsync(DossierNumber, RetentionEvent, CancellationToken)"/>
    /// <param name="number">The dossier.</param>
    /// <param name="happening">What was decided.</param>
    /// <param name="terms">The terms, decided at the commit.</param>
    /// <param name="decide">Looks at the dossier as it is in the turn of the commit and says why not; <see langword="null"/>: nothing more is asked.</param>
    /// <param name="ct">Stops before anything is written.</param>
    internal async ValueTask<Outcome<ArchiveEntry>> RecordAsync(DossierNumber number, RetentionEvent happening, WriteTerms terms, Func<ArchiveEntry, IReadOnlyList<Refusal>>? decide, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(happening);
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Request?.Check() is { } unusable) return Outcome<ArchiveEntry>.Refused(unusable);
        if (await BorrowAsync(number, ct) is not { } lease) return Outcome<ArchiveEntry>.Refused(NotThere);
        using var borrowed = lease;
        var stream = lease.Stream;
        try
        {
            using var turn = await stream.TakeTurnAsync(ct);
            var mark = terms.Request is { } request ? RequestMark.Of(stream.Created!.HashKey, Person, request, EventJson.Write(happening)) : (RequestMark?)null;
            var stamped = Stamped(stream, happening) with { Request = mark?.ToString() };
            using var batch = stream.Begin();
            DossierStream.Add(batch, stamped, _register.Now);
            var isLogged = false;
            while (true)
            {
                await stream.RefreshAsync(ct);
                if (!MaySee(stream)) return Outcome<ArchiveEntry>.Refused(NotThere);
                if (mark is { } asked && EarlierOf(stream, asked) is { } earlier)
                    return earlier.Content == asked.Content ? Outcome<ArchiveEntry>.Done(_register.EntryOf(stream)) : Outcome<ArchiveEntry>.Refused(RequestMark.Reused);
                if (terms.ExpectedVersion is { } expected && expected != _register.EntryOf(stream).Version) return Outcome<ArchiveEntry>.Refused(Changed);
                if (Check(stream, stamped) is { Count: > 0 } refusals) return Outcome<ArchiveEntry>.Refused(refusals);
                if (decide?.Invoke(_register.EntryOf(stream)) is { Count: > 0 } decided) return Outcome<ArchiveEntry>.Refused(decided);
                if (!isLogged && !(isLogged = await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.RetentionRecorded, Person = Person, Via = _person.Kind }, stream.Id, null, ct)))
                    return Outcome<ArchiveEntry>.Refused(NotThere);
                batch.MoveTo(stream.Now.Head);
                try
                {
                    await _register.CommitAsync(stream, batch, [stamped], ct);
                    var entry = _register.EntryOf(stream);
                    _entries = [.. _entries.Select(known => known.Stream == entry.Stream ? entry : known)];
                    return Outcome<ArchiveEntry>.Done(entry);
                }
                catch (JournalConflictException)
                {
                    // Another process wrote first: read it and decide again.
                }
            }
        }
        catch (ObjectDestroyedException)
        {
            return Outcome<ArchiveEntry>.Refused(NotThere);
        }
    }

    private async ValueTask<SharedStreams.Lease?> BorrowAsync(DossierNumber number, CancellationToken ct)
    {
        await _register.Staff.RefreshAsync(ct);
        if (await _register.Index.FindAsync(number, ct) is not { } found || _register.Staff.Find(_person) is not { } known || !ArchiveAccess.MaySee(known, found.Standing, _register.Today)) return null;
        if (await _register.BorrowAsync(found.Stream, number, ct) is not { } lease) return null;
        try
        {
            await _register.ProtocolOfAsync(lease.Stream.Full, ct);
            if (MaySee(lease.Stream)) return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        lease.Dispose();
        return null;
    }

    private bool MaySee(DossierStream stream) => _register.Staff.Find(_person) is { } known && ArchiveAccess.MaySee(known, _register.StandingNow(stream), _register.Today);

    private List<Refusal> Check(DossierStream stream, RetentionEvent happening)
    {
        var known = _register.Staff.Find(_person);
        var standing = _register.StandingNow(stream);
        if (known is null || !ArchiveAccess.MayRecord(known, standing, happening, _register.Today))
        {
            return
            [
                new Refusal($"U mag '{happening.Name}' niet vastleggen.", "Uw rol geeft daar in dit dossier geen recht toe.", "Vraag de functionaris integriteit of de archivaris.")
                { Subject = happening.Name, Cause = RefusalCause.NoRight },
            ];
        }

        return RetentionEventRules.Check(stream.Full, happening, _register.Today, LatestReview(stream), person => _register.Staff.Find(person) is { } other && ArchiveAccess.IsIntegritySide(other, standing, _register.Today));
    }

    /// <summary>As often as the protocol wants a reason to keep looked at; when it says nothing, every year: a choice of this house.</summary>
    private DateOnly LatestReview(DossierStream stream)
    {
        var protocol = _register.ProtocolOf(stream.Full);
        return protocol.Retention.FirstOrDefault(rule => rule.What == "opname")?.ReviewEvery is { } every ? every.DueFrom(_register.Today, protocol.Workdays, movesToWorkday: false) : _register.Today.AddYears(1);
    }

    private RetentionEvent Stamped(DossierStream stream, RetentionEvent happening)
    {
        var mark = Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(stream.Created!.HashKey), Encoding.UTF8.GetBytes($"rekening\n{_register.Staff.BoundAccount(_person)}")).AsSpan(0, 16));
        return happening with { RecordedBy = Person, AccountMark = mark, Request = null, KeptIn = null, Date = happening is DossierTransferred { IsWithdrawn: false } ? happening.Date : _register.Today };
    }

    /// <summary>What the same person recorded before with the same key.</summary>
    private static RequestMark? EarlierOf(DossierStream stream, RequestMark mark)
        => stream.Now.Entries.Select(entry => RequestMark.Parse(entry.Event?.Request)).FirstOrDefault(known => known?.Key == mark.Key);

    private static Refusal Changed { get; } = new(
        "Over het bewaren van dit dossier is intussen iets veranderd.", "Een ander heeft iets vastgelegd dat u nog niet zag.", "Kijk of wat u wilt vastleggen nog klopt, en doe het dan opnieuw.")
    { Cause = RefusalCause.Changed };

    private static Refusal NotThere { get; } = new("Dit dossier is er niet.", "Het bestaat niet, of het is niet voor u.", "Kijk het nummer na, of vraag de functionaris integriteit.") { Cause = RefusalCause.NotThere };
}
