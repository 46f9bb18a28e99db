using System.Text;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>How several requests, and several processes, read and write one dossier at once.</summary>
public sealed partial class OpenDossier
{
    /// <summary>Records events, together or not at all, on terms: once per request, and on what the person saw.</summary>
    /// <param name="events">At least one.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What was recorded, now or by the same request before; or every reason why not, of which <see cref="Refusal.Cause"/> says what kind it is.</returns>
    public async ValueTask<Outcome<Recording>> RecordAsync(IReadOnlyList<DossierEvent> events, WriteTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(terms);
        if (events.Count == 0) throw new ArgumentException("There is nothing to record.", nameof(events));
        if (events.Any(happening => EventKind.Of(happening.GetType()).IsWrittenByRegister))
            throw new ArgumentException("Files and documents are recorded together with their bytes: use AddFileAsync or StoreDocumentAsync.", nameof(events));
        if (terms.Request?.Check() is { } unusable) return Outcome<Recording>.Refused(unusable);

        using var turn = await TakeTurnAsync(ct);
        var mark = MarkOf(terms, () => [.. events.SelectMany(EventJson.Write)]);
        var filed = Filed(events, mark);
        using var batch = _stream.Begin();
        var at = _register.Now;
        List<OpaqueId> entries = [.. filed.Select(happening => DossierStream.Add(batch, happening, at))];
        var commit = await CommitAsync(batch, () => Check(filed), filed, terms, mark, ct);
        if (commit.Refusals.Count > 0)
        {
            await LogNeutralAsync(commit.Refusals, ct);
            return Outcome<Recording>.Refused(commit.Refusals);
        }

        if (commit.Earlier is { } earlier) entries = [.. earlier.Select(entry => entry.Entry)];
        return Outcome<Recording>.Done(new Recording(State, [.. State.Events.Where(recorded => entries.Contains(recorded.Entry))], commit.Earlier is not null));
    }

    /// <summary>Seals a file into the dossier, with its event, on terms. Sealing takes as long as the content does and holds up nobody; only the commit takes its turn.</summary>
    /// <param name="file">What it is and where it goes.</param>
    /// <param name="content">The bytes, of any length; read once, not disposed.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ct">Stops; nothing of the file stays.</param>
    /// <returns>The file, now or by the same request before; or every reason why not.</returns>
    public async ValueTask<Outcome<DossierFile>> AddFileAsync(NewFile file, Stream content, WriteTerms terms, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(terms);
        try
        {
            return await SealAndCommitAsync(file, content, sealedFile => new FileAdded { Date = _register.Today, RecordedBy = Person, File = sealedFile }, terms, ct);
        }
        catch (RecordingContent.TooLargeException)
        {
            return Outcome<DossierFile>.Refused(TooLarge);
        }
    }

    /// <summary>The document that the same request sealed before, so that it need not be made again.</summary>
    /// <param name="request">The key, with its fingerprint.</param>
    /// <returns>The document, or why it is not given (the key was used for something else); <see langword="null"/> when there was no such request.</returns>
    /// <exception cref="ArgumentException">The key has no fingerprint: what it asked cannot be compared.</exception>
    public Outcome<DrawnUpDocument>? FindEarlierDocument(RequestKey request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Fingerprint is null) throw new ArgumentException("A request is compared by its fingerprint.", nameof(request));
        if (request.Check() is not null || MarkOf(new WriteTerms(request), () => []) is not { } mark || EarlierOf(mark).Count == 0) return null;
        var file = Repeat(mark);
        if (!file.IsDone) return Outcome<DrawnUpDocument>.Refused(file.Refusals);
        return State.Documents.FirstOrDefault(drawn => drawn.File.Id == file.Value.Id) is { } document ? Outcome<DrawnUpDocument>.Done(document) : Outcome<DrawnUpDocument>.Refused(NotThere);
    }

    /// <summary>
    /// Reads what others recorded meanwhile. Cheap when that is nothing: a look at two names for the dossier and two for the staff register.
    /// </summary>
    /// <param name="ct">Stops.</param>
    /// <returns>Whether this person still has access; if not, the state is no longer served.</returns>
    public async ValueTask<bool> RefreshAsync(CancellationToken ct)
    {
        var ask = _stream.Ask();
        using var turn = await TakeTurnAsync(ct);
        return await ReadOnAsync(ask, ct);
    }

    /// <summary>Seals content outside any turn and commits it with the event it belongs to.</summary>
    private async ValueTask<Outcome<DossierFile>> SealAndCommitAsync(NewFile file, Stream content, Func<DossierFile, DossierEvent> happen, WriteTerms terms, CancellationToken ct, RecordingMade? along = null)
    {
        if (terms.Request?.Check() is { } unusable) return Outcome<DossierFile>.Refused(unusable);
        using var use = _uses.Begin();
        if (MarkOf(terms, () => []) is { } asked && EarlierOf(asked).Count > 0)
        {
            // Asked before: nothing needs sealing to see whether it is the same.
            using var again = new HashingStream(content);
            await again.CopyToAsync(Stream.Null, ct);
            using var looking = await TakeTurnAsync(ct);
            await ShowAsync(ct);
            return Repeat(MarkOf(terms, () => ContentOf(file, again.Hash()))!.Value);
        }

        // The right ended between the opening and now.
        if (!Access.MayOpen) return Outcome<DossierFile>.Refused(NotAnyMore);
        if (CheckAll() is { Count: > 0 } beforehand) return Outcome<DossierFile>.Refused(beforehand);
        var head = await RecordingContent.ReadHeadAsync(content, ct);
        var watch = new SoundWatch(head);
        if (await CheckHeadAsync(file, head, watch, ct) is { Count: > 0 } byHead) return Outcome<DossierFile>.Refused(byHead);
        await using var whole = new RecordingContent(head, content, file.Kind == FileKind.Recording ? RecordingContent.MaxLength : long.MaxValue, watch);
        using var hashing = new HashingStream(whole);
        using var batch = _stream.Begin();
        var sealedObject = await batch.SealAsync(file.Compartment.Name, hashing, ct);
        var added = file.Sealed(sealedObject, hashing.Hash()) with { IsSound = file.Kind != FileKind.Recording && (Sound.IsCalled(file.Name) || await watch.IsSoundAsync(ct)) };
        using var turn = await TakeTurnAsync(ct);
        var mark = MarkOf(terms, () => ContentOf(file, added.Sha256));
        var first = FiledAlong();
        IReadOnlyList<DossierEvent> happenings = [.. first, happen(first.Count == 0 ? added : added with { BelongsTo = first[0].Reference }) with { Request = mark?.ToString() }];
        foreach (var before in first) DossierStream.Add(batch, before, _register.Now);
        DossierStream.Add(batch, happenings[^1], _register.Now, sealedObject);
        // Uploading can take minutes: what was allowed at the start is asked again at the commit.
        var commit = await CommitAsync(batch, () => [.. CheckAll(first), .. CheckContent(file.Kind, added.IsSound, added.Sha256)], happenings, terms, mark, ct);
        if (commit.Refusals.Count > 0)
        {
            await LogContentAsync(commit.Refusals, ct);
            return Outcome<DossierFile>.Refused(commit.Refusals);
        }

        return commit.Earlier is null ? Outcome<DossierFile>.Done(first.Count == 0 ? added : added with { BelongsTo = first[0].Reference }) : Repeat(mark!.Value);

        // Named as late as can be: of two that are uploaded at once, each gets a reference of its own.
        List<DossierEvent> FiledAlong() => along is null ? [] : Filed([along with { Reference = along.Reference ?? FreeReference() }], null);

        // The file belongs to the event that comes with it, so it is judged after that.
        List<Refusal> CheckAll(List<DossierEvent>? filed = null)
        {
            filed ??= FiledAlong();
            return filed is [RecordingMade made] ? CheckRecording(made, file) : CheckFile(file);
        }
    }

    /// <summary>The outcome of the same request before.</summary>
    private Outcome<DossierFile> Repeat(RequestMark mark)
    {
        if (Refuse(mark, EarlierOf(mark)) is { } reused) return Outcome<DossierFile>.Refused(reused);
        var file = EarlierOf(mark).Select(entry => entry.Event switch
        {
            FileAdded added => added.File,
            DocumentDrawnUp drawn => drawn.File,
            _ => null,
        }).OfType<DossierFile>().FirstOrDefault();
        return file is not null && State.FindFile(file.Id) is { } seen ? Outcome<DossierFile>.Done(seen) : Outcome<DossierFile>.Refused(NotThere);
    }

    private static byte[] ContentOf(NewFile file, string sha256)
        => Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file.Name}\n{file.Title}\n{file.Kind}\n{file.Compartment}\n{file.Date:O}\n{file.BelongsTo}\n{sha256}"));

    private RequestMark? MarkOf(WriteTerms terms, Func<byte[]> content)
        => terms.Request is { } request ? RequestMark.Of(_stream.Created!.HashKey, Person, request, content()) : null;

    /// <summary>What the same person recorded before with the same key.</summary>
    private List<DossierEntry> EarlierOf(RequestMark mark)
        => [.. _stream.Now.Entries.Where(entry => RequestMark.Parse(entry.Event?.Request)?.Key == mark.Key)];

    private static Refusal? Refuse(RequestMark mark, List<DossierEntry> earlier)
        => earlier.Exists(entry => RequestMark.Parse(entry.Event!.Request)!.Value.Content != mark.Content) ? RequestMark.Reused : null;

    /// <summary>The events as they are kept: who recorded them, by which request, and where each lies, judged after the ones before it.</summary>
    private List<DossierEvent> Filed(IReadOnlyList<DossierEvent> events, RequestMark? mark)
    {
        var filed = new List<DossierEvent>();
        foreach (var happening in events)
        {
            var before = filed.Count == 0 ? _stream.Full : _stream.With(filed, _register.Now);
            var marked = WithProtocol(happening with { RecordedBy = Person, Request = mark?.ToString() }, before);
            // What names somebody its writer may not know would be filed with that somebody, and be refused for its place: that tells. It is refused as if it named nobody.
            filed.Add(EventRules.NamesNobody(before, marked, Access.MayRead) ? marked : EventFiling.Complete(before, marked));
        }

        return filed;
    }

    /// <summary>
    /// Commits, deciding again whenever another process wrote first; then brings the catalogue up to date. In a turn. The journal takes the commit only on the moment
    /// that was decided on, so that what is decided here holds.
    /// </summary>
    private async ValueTask<(IReadOnlyList<Refusal> Refusals, IReadOnlyList<DossierEntry>? Earlier)> CommitAsync(
        JournalBatch batch, Func<List<Refusal>> check, IReadOnlyList<DossierEvent> events, WriteTerms terms, RequestMark? mark, CancellationToken ct)
    {
        while (true)
        {
            await ShowAsync(ct);
            if (!Access.MayOpen) return ([NotAnyMore], null);
            if (mark is { } asked && EarlierOf(asked) is { Count: > 0 } earlier) return Refuse(asked, earlier) is { } reused ? ([reused], null) : ([], earlier);
            if (terms.ExpectedVersion is { } expected && expected != Version) return ([Changed], null);
            if (check() is { Count: > 0 } refusals) return (refusals, null);
            batch.MoveTo(_stream.Now.Head);
            try
            {
                await _register.CommitAsync(_stream, batch, events, ct);
                await ShowAsync(CancellationToken.None);
                return ([], null);
            }
            catch (JournalConflictException)
            {
                if (!await ReadOnAsync(_stream.Ask(), ct)) return ([NotAnyMore], null);
            }
            catch (ObjectDestroyedException)
            {
                // Another process destroyed the dossier, or the compartment, a moment ago.
                if (!await ReadOnAsync(_stream.Ask(), ct)) return ([NotAnyMore], null);
                if (check() is { Count: > 0 } since) return (since, null);
                throw;
            }
        }
    }

    /// <summary>Reads on; in a turn.</summary>
    private async ValueTask<bool> ReadOnAsync(long ask, CancellationToken ct)
    {
        try
        {
            await _stream.AnswerAsync(ask, async () =>
            {
                await _register.Staff.RefreshAsync(ct);
                await _stream.RefreshAsync(ct);
            });
            await ShowAsync(ct);
        }
        catch (ObjectDestroyedException)
        {
            _view = DossierView.Of(_stream.Now, _register.Staff.Moment, _register.Today, Protocol, DossierAccess.None);
        }

        return Access.MayOpen;
    }

    /// <summary>Shows what is there now, unless that is what is shown: dossier, staff register and day decide who may see what.</summary>
    private async ValueTask ShowAsync(CancellationToken ct)
    {
        if (ReferenceEquals(_view.Moment, _stream.Now) && ReferenceEquals(_view.Staff, _register.Staff.Moment) && _view.Day == _register.Today) return;
        _view = Look(await _register.ProtocolOfAsync(_stream.Full, ct));
    }

    private DossierView Look(Protocol protocol)
    {
        var (moment, staff) = (_stream.Now, _register.Staff.Moment);
        return DossierView.Of(moment, staff, _register.Today, protocol, _register.AccessOf(_person, moment, protocol));
    }

    /// <summary>The content, which keeps the dossier's keys until it is closed.</summary>
    private async ValueTask<Stream?> OpenContentAsync(FileId id, CancellationToken ct)
    {
        var use = _uses.Begin();
        try
        {
            if (await _stream.OpenFileAsync(id, ct) is { } content)
            {
                content.OnClose = use.Dispose;
                use = null;
                return content;
            }

            return null;
        }
        finally
        {
            use?.Dispose();
        }
    }

    private async ValueTask<Turn> TakeTurnAsync(CancellationToken ct)
    {
        var use = _uses.Begin();
        try
        {
            return new Turn(await _stream.TakeTurnAsync(ct), use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    private static Refusal Changed { get; } = new(
        "Het dossier is veranderd sinds u het opende.",
        "Een ander heeft intussen iets vastgelegd dat u nog niet zag.",
        "Bekijk wat er veranderd is en leg uw gegevens dan opnieuw vast.")
    { Cause = RefusalCause.Changed };

    /// <summary>A turn at the dossier: reading on and committing are for one at a time, of all who have it open.</summary>
    private sealed class Turn(IDisposable turn, UseCount.Use use) : IDisposable
    {
        public void Dispose()
        {
            turn.Dispose();
            use.Dispose();
        }
    }
}
