using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Why something was destroyed; stays in the journal.</summary>
/// <param name="Reason">The reason, without names.</param>
/// <param name="Marks">Of files that were destroyed by decision: a keyed hash of each content, by which it is known when it comes again; <see langword="null"/>: of none.</param>
internal sealed record DestructionReason(
    [property: System.Text.Json.Serialization.JsonPropertyName("reden")] string Reason, [property: System.Text.Json.Serialization.JsonPropertyName("sporen")] IReadOnlyList<string>? Marks = null);

/// <summary>A dossier as it was at one commit. It never changes, so that whatever is decided on it is decided on one thing.</summary>
/// <param name="Number">The number.</param>
/// <param name="Entries">Every entry.</param>
/// <param name="Destroyed">Objects that were destroyed.</param>
/// <param name="Head">The commit.</param>
/// <param name="Full">The state with every compartment.</param>
internal sealed record DossierMoment(DossierNumber Number, IReadOnlyList<DossierEntry> Entries, IReadOnlySet<OpaqueId> Destroyed, long Head, DossierState Full)
{
    /// <summary>The event that began it, with its key; <see langword="null"/> before it was written.</summary>
    public DossierCreated? Created { get; } = Full.First<DossierCreated>();

    /// <summary>Marks of contents that were destroyed by decision, see <see cref="DossierStream.WasDestroyed"/>.</summary>
    public IReadOnlySet<string> Marks { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// The state as someone with this access may see it: without the key of the data hashes, with which anyone could prove a guess, and without the marks of requests.
    /// Who may not know how far a case is, does not learn it from the number of commits either.
    /// </summary>
    public DossierState View(DossierAccess access)
    {
        var seen = access.MayKnowProgress ? Head : Entries.Where(entry => access.In(entry.Compartment) >= Right.Metadata).Select(entry => entry.Checkpoint).DefaultIfEmpty(0).Max();
        return DossierFold.FoldBy(Number, [.. Entries.Select(entry => Shown(entry, access))], Destroyed, seen, RightAt);

        // A file opened to somebody is there for him, wherever it lies.
        Right RightAt(DossierEntry entry) => IsGrantedOnly(entry, access) ? Right.Read : access.In(entry.Compartment);
    }

    /// <summary>The full state as it would be with further events.</summary>
    public DossierState With(IReadOnlyList<DossierEvent> events, DateTimeOffset at)
        => DossierFold.Fold(Number, [.. Entries, .. events.Select(happening => new DossierEntry(default, Head + 1, at, EventKind.Of(happening.GetType()), happening.Compartment, happening))], Destroyed, Head, DossierAccess.Everything);

    private static bool IsGrantedOnly(DossierEntry entry, DossierAccess access)
        => access.In(entry.Compartment) < Right.Read && FileOf(entry.Event) is { } file && access.IsGranted(file.Id);

    private static DossierFile? FileOf(DossierEvent? happening) => happening switch
    {
        FileAdded added => added.File,
        DocumentDrawnUp drawn => drawn.File,
        _ => null,
    };

    private static DossierEntry Shown(DossierEntry entry, DossierAccess access) => IsGrantedOnly(entry, access) ? Bare(entry) : entry.Event switch
    {
        DossierCreated created => entry with { Event = created with { HashKey = "", Request = null } },
        { Request: not null } marked => entry with { Event = marked with { Request = null } },
        _ => entry,
    };

    /// <summary>The file alone: not to whom it belongs, nor how it was drawn up.</summary>
    private static DossierEntry Bare(DossierEntry entry)
        => entry with { Kind = EventKind.Of(typeof(FileAdded)), Event = new FileAdded { Date = entry.Date, File = FileOf(entry.Event)! with { BelongsTo = null } } };
}

/// <summary>
/// One dossier's journal, opened as far as it still exists, with the full state that decides who may do what. It never leaves this namespace:
/// people get an <see cref="OpenDossier"/>, which shows a part of it. Reading <see cref="Now"/> and opening files is safe for several threads; what reads on or commits
/// is for one at a time, and takes its turn (<see cref="TakeTurnAsync"/>) when several share the stream.
/// </summary>
internal sealed class DossierStream : IDisposable
{
    /// <summary>The type of an entry that destroyed files or content.</summary>
    public const string Destruction = "vernietigd";

    private readonly Journal _journal;
    private readonly DossierNumber _number;
    private readonly List<DossierEntry> _entries = [];
    private readonly HashSet<string> _marks = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile DossierMoment _now = null!;
    private int _read;
    private long _asked;
    private long _answered;

    public DossierStream(Journal journal, DossierNumber number) => (_journal, _number) = (journal, number);

    public OpaqueId Id => _journal.StreamId;

    /// <summary>The dossier as last read.</summary>
    public DossierMoment Now => _now;

    /// <summary>The state with every compartment.</summary>
    public DossierState Full => _now.Full;

    /// <summary>The event that began it, with its key; <see langword="null"/> before it was written.</summary>
    public DossierCreated? Created => _now.Created;

    public static async ValueTask<DossierStream?> OpenAsync(DossierVault vault, OpaqueId stream, DossierNumber number, CancellationToken ct)
    {
        Journal? journal;
        try
        {
            journal = await vault.OpenStreamAsync(StreamKind.Dossier, stream, ct);
        }
        catch (ObjectDestroyedException)
        {
            return null;
        }

        if (journal is null) return null;
        var dossier = new DossierStream(journal, number);
        try
        {
            await dossier.ReadAsync(ct);
            return dossier;
        }
        catch (ObjectDestroyedException)
        {
            dossier.Dispose();
            return null;
        }
        catch
        {
            dossier.Dispose();
            throw;
        }
    }

    /// <summary>The full state as it would be with further events.</summary>
    public DossierState With(IReadOnlyList<DossierEvent> events, DateTimeOffset at) => _now.With(events, at);

    /// <summary>Reads what others wrote; forgets what they destroyed.</summary>
    public async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _journal.RefreshAsync(ct);
        // Not by what the journal answers: opening a file may have made it read on before.
        if (_read < _journal.Envelopes.Count) await ReadAsync(ct);
    }

    /// <summary>Waits for those who read on or commit; the turn ends when it is disposed.</summary>
    public async ValueTask<IDisposable> TakeTurnAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    /// <summary>A number for who wants to read on, taken before waiting for a turn.</summary>
    public long Ask() => Interlocked.Increment(ref _asked);

    /// <summary>
    /// Reads on for everybody who asked so far; in a turn. Whoever waited while another began to read after he asked has what he came for, and the disk is not asked again:
    /// of fifty at once, one or two read.
    /// </summary>
    /// <param name="ask">The number.</param>
    /// <param name="read">Reads on.</param>
    public async ValueTask AnswerAsync(long ask, Func<ValueTask> read)
    {
        if (ask <= _answered) return;
        var all = Interlocked.Read(ref _asked);
        await read();
        _answered = all;
    }

    /// <summary>What was derived from its content.</summary>
    public DerivedObjects Derived => _journal.Derived;

    public JournalBatch Begin() => _journal.Begin();

    /// <summary>Adds an event to a batch, with the objects it brings.</summary>
    public static OpaqueId Add(JournalBatch batch, DossierEvent happening, DateTimeOffset at, params IReadOnlyList<SealedObject> objects)
        => batch.Add(happening.Name, happening.Compartment.Name, EventJson.Write(happening), at, objects);

    /// <summary>Commits and reads back.</summary>
    public async ValueTask CommitAsync(JournalBatch batch, CancellationToken ct)
    {
        await batch.CommitAsync(ct);
        await ReadAsync(ct);
    }

    /// <summary>Opens a file; <see langword="null"/> when there is none or it was destroyed.</summary>
    public async ValueTask<SealedObjectStream?> OpenFileAsync(FileId id, CancellationToken ct)
    {
        var found = _journal.Envelopes.SelectMany(envelope => envelope.Objects).FirstOrDefault(obj => obj.Id == id.Value);
        if (found is null) return null;
        try
        {
            return await _journal.OpenObjectAsync(found, ct);
        }
        catch (ObjectDestroyedException)
        {
            return null;
        }
    }

    /// <summary>The ids, and the entries that say what the files among them are called: a file is not gone while its name is read.</summary>
    public IReadOnlyList<OpaqueId> WithNamingEntries(IReadOnlyCollection<OpaqueId> ids)
        => [.. ids.Union(_journal.Envelopes.Where(envelope => envelope.Objects.Count > 0 && envelope.Objects.All(obj => ids.Contains(obj.Id))).Select(envelope => envelope.Id))];

    /// <summary>Adds to a batch that files and the entries that name them are destroyed by its commit, with a reason that stays on the cover.</summary>
    public static void AddDestruction(JournalBatch batch, IReadOnlyList<OpaqueId> ids, string reason, DateTimeOffset at, IReadOnlyList<string>? marks = null)
        => batch.AddDestruction(Destruction, Compartment.Kaft.Name, Why(reason, marks), at, ids);

    /// <summary>What the dossier remembers of the content of files that are destroyed by decision: a hash under its own key, which says nothing without the dossier and goes with it.</summary>
    public IReadOnlyList<string> MarksOf(IReadOnlyCollection<OpaqueId> files) => [.. Full.Files.Where(file => files.Contains(file.Id.Value)).Select(file => MarkOf(file.Sha256)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a content was destroyed here by decision.</summary>
    public bool WasDestroyed(string sha256) => _now.Marks.Count > 0 && _now.Marks.Contains(MarkOf(sha256));

    private string MarkOf(string sha256)
        => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Convert.FromBase64String(Created!.HashKey), System.Text.Encoding.ASCII.GetBytes($"vernietigd {sha256}")));

    /// <summary>Whether everything but the cover was destroyed on purpose: what is left of the dossier only waits to be removed.</summary>
    public bool IsClosedForGood => Going.All(compartment => _journal.IsDestroyed(default, compartment));

    /// <summary>Adds to a batch that every compartment but the cover is destroyed by its commit, with a reason that stays on the cover until that goes too.</summary>
    public void AddClosing(JournalBatch batch, string reason, DateTimeOffset at)
        => batch.AddDestruction(Journal.CompartmentDestroyed, Compartment.Kaft.Name, Why(reason), at, _journal.CompartmentIds(Going));

    /// <summary>Compartments nothing of which is used yet as well: a hold that would be the first entry of its compartment comes too late like any other.</summary>
    private static IEnumerable<string> Going => Compartment.All.Select(compartment => compartment.Name).Where(name => name != Compartment.Kaft.Name);

    /// <summary>Commits a batch that also destroys, carries the destruction out and reads back.</summary>
    public async ValueTask CommitDestroyingAsync(JournalBatch batch, CancellationToken ct)
    {
        await _journal.CommitDestroyingAsync(batch, ct);
        await ReadAsync(ct);
    }

    /// <summary>Whether no key of these files and entries is left, as any process sees it now.</summary>
    public ValueTask<bool> AreGoneAsync(IEnumerable<OpaqueId> ids, CancellationToken ct) => _journal.AreGoneAsync(ids, ct);

    /// <summary>Destroys files and entries, with a reason that stays.</summary>
    public async ValueTask DestroyAsync(IReadOnlyCollection<OpaqueId> ids, string reason, DateTimeOffset at, CancellationToken ct)
    {
        while (true)
        {
            var objects = _journal.Envelopes.SelectMany(envelope => envelope.Objects.Select(obj => obj.Id).Append(envelope.Id)).ToHashSet();
            if (ids.FirstOrDefault(id => !objects.Contains(id)) is var unknown && unknown != default)
                throw new ArgumentException($"Object {unknown} is not of this dossier.", nameof(ids));
            try
            {
                await _journal.DestroyAsync(ids, Destruction, Compartment.Kaft.Name, Why(reason), at, ct);
                break;
            }
            catch (JournalConflictException)
            {
                await _journal.RefreshAsync(ct);
            }
        }

        await ReadAsync(ct);
    }

    /// <summary>Destroys a compartment, with a reason that stays on the cover.</summary>
    public async ValueTask DestroyAsync(Compartment compartment, string reason, DateTimeOffset at, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await _journal.DestroyCompartmentAsync(compartment.Name, Compartment.Kaft.Name, Why(reason), at, ct);
                break;
            }
            catch (JournalConflictException)
            {
                await _journal.RefreshAsync(ct);
            }
        }

        await ReadAsync(ct);
    }

    /// <summary>Whether a compartment was destroyed: nothing can be added to it any more.</summary>
    public bool IsDestroyed(Compartment compartment) => _journal.IsDestroyed(default, compartment.Name);

    /// <summary>Ids of the entries and objects in a compartment, for those who derived something from them.</summary>
    public IReadOnlyList<OpaqueId> IdsIn(Compartment? compartment)
        =>
        [
            .. _journal.Envelopes.SelectMany(envelope => envelope.Objects.Select(obj => (obj.Compartment, obj.Id)).Append((envelope.Compartment, envelope.Id)))
                .Where(found => compartment is null || found.Item1 == compartment.Value.Name).Select(found => found.Item2),
        ];

    public void Dispose()
    {
        _journal.Dispose();
        _turn.Dispose();
    }

    private static byte[] Why(string reason, IReadOnlyList<string>? marks = null) => JsonSerializer.SerializeToUtf8Bytes(new DestructionReason(reason, marks), RegisterJsonContext.Default.DestructionReason);

    private HashSet<OpaqueId> DestroyedObjects(IReadOnlyList<Envelope> envelopes)
        => [.. envelopes.SelectMany(envelope => envelope.Objects).Where(obj => _journal.IsDestroyed(obj.Id, obj.Compartment)).Select(obj => obj.Id)];

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        var envelopes = _journal.Envelopes;
        // What was destroyed since must not stay in memory: then everything is read again.
        if (envelopes.Skip(_read).Any(envelope => envelope.Destroyed.Count > 0))
        {
            _entries.Clear();
            _marks.Clear();
            _read = 0;
        }

        for (; _read < envelopes.Count; _read++)
        {
            var envelope = envelopes[_read];
            if (envelope.Type == Destruction && await _journal.OpenPayloadAsync(envelope, ct) is { } why)
            {
                foreach (var mark in JsonSerializer.Deserialize(why, RegisterJsonContext.Default.DestructionReason)?.Marks ?? []) _marks.Add(mark);
            }

            if (envelope.Type == Destruction || envelope.Type.StartsWith('~')) continue;
            if (EventKind.Find(envelope.Type) is not { } kind || !Compartment.TryParse(envelope.Compartment, out var compartment))
                throw new VaultEnvironmentException($"Entry {envelope.Id} of stream {Id} is of a kind this program does not know. A newer version wrote it: use that version.");
            var payload = await _journal.OpenPayloadAsync(envelope, ct);
            _entries.Add(new DossierEntry(envelope.Id, envelope.Sequence, envelope.At, kind, compartment, payload is null ? null : Read(kind, envelope, payload)));
        }

        var destroyed = DestroyedObjects(envelopes);
        var head = envelopes.Count > 0 ? envelopes[^1].Sequence : 0;
        IReadOnlyList<DossierEntry> entries = [.. _entries];
        _now = new DossierMoment(_number, entries, destroyed, head, DossierFold.Fold(_number, entries, destroyed, head, DossierAccess.Everything)) { Marks = _marks.ToHashSet(StringComparer.Ordinal) };
    }

    private DossierEvent Read(EventKind kind, Envelope envelope, byte[] payload)
    {
        try
        {
            return EventJson.Read(kind, payload);
        }
        catch (JsonException problem)
        {
            // The message of the exception could quote content; it is left out on purpose.
            throw new VaultEnvironmentException($"Entry {envelope.Id} of stream {Id} ({kind.Name}) has fields this program does not know ({problem.Path}). A newer version wrote it: use that version.");
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
