using System.Collections.Concurrent;
using System.Security.Cryptography;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A file to be added.</summary>
/// <param name="Name">Its own name with extension, never a path.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Compartment">Where it goes.</param>
/// <param name="Date">The date of the file itself.</param>
/// <param name="BelongsTo">The reference of the event, or the handle of the person, it belongs to; <see langword="null"/>: to the case.</param>
public sealed record NewFile(string Name, string Title, FileKind Kind, Compartment Compartment, DateOnly Date, string? BelongsTo = null)
{
    /// <summary>The kind and place: a file's name is never written by accident.</summary>
    public override string ToString() => $"{Kind} in {Compartment}";

    internal DossierFile Sealed(SealedObject sealedObject, string sha256) => new()
    {
        Id = new FileId(sealedObject.Id),
        Name = Name,
        Title = Title,
        Kind = Kind,
        Compartment = Compartment,
        Date = Date,
        BelongsTo = BelongsTo,
        Length = sealedObject.Length,
        Sha256 = sha256,
    };
}

/// <summary>
/// A dossier opened by a person, for a purpose that was logged before the first byte. It shows and does only what role, relation to the case, compartment and stage allow;
/// every file opened is logged too. Holds no plaintext beyond what it returned; dispose it to forget its keys. Safe for several requests at once: what is read does not wait
/// for what is written, sealing a large file does not hold up anything, and only commits take turns.
/// </summary>
public sealed partial class OpenDossier : IDisposable
{
    private readonly DossierRegister _register;
    private readonly DossierStream _stream;
    private readonly ActingPerson _person;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(AccessAct Act, FileId File, string Purpose), DateTimeOffset> _reading = new();
    private volatile string _purpose;

    private readonly SemaphoreSlim _telling = new(1, 1);
    private readonly UseCount _uses;
    private volatile DossierView _view;

    internal OpenDossier(DossierRegister register, SharedStreams.Lease lease, ActingPerson person, string purpose)
    {
        (_register, _stream, _person, _purpose) = (register, lease.Stream, person, purpose);
        _told[purpose] = true;
        _uses = new UseCount(() =>
        {
            lease.Dispose();
            _telling.Dispose();
        });
        _view = Look(register.ProtocolOf(_stream.Full));
    }

    /// <summary>The dossier's number.</summary>
    public DossierNumber Number => State.Number;

    /// <summary>Who opened it.</summary>
    public PersonId Person => _person.Id;

    /// <summary>What this person may do.</summary>
    public DossierAccess Access => _view.Access;

    /// <summary>What this person sees of the dossier, as last read (<see cref="RefreshAsync"/>); never changes, another takes its place.</summary>
    public DossierState State => _view.State;

    /// <summary>
    /// Opaque text of 32 characters that changes when, and only when, what this person sees of the dossier changes. Equal between openings, also after a restart.
    /// </summary>
    public string Version => _view.Version;

    /// <summary>The protocol the dossier follows.</summary>
    public Protocol Protocol => _view.Protocol;

    /// <summary>The municipality, for letters.</summary>
    public Municipality Municipality => _register.Staff.Municipality;

    /// <summary>The templates a municipality installed.</summary>
    public TemplateShelf Templates => _register.Templates;

    /// <summary>Finds someone of the staff, for letters (who handles the case, who signs).</summary>
    /// <param name="id">The handle.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public StaffPerson? FindStaff(PersonId id) => _register.Staff.Find(id);

    /// <summary>The running, met and late terms of this case.</summary>
    /// <param name="today">The day to judge by.</param>
    /// <returns>The terms.</returns>
    public IReadOnlyList<Term> Terms(DateOnly today) => Protocols.Terms.Of(State.ProtocolEvents, Protocol, State.Facts, today);

    /// <summary>Records events, together or not at all.</summary>
    /// <param name="events">At least one.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The new state, or every reason why not (missing person, closed dossier, no right to write there).</returns>
    public async ValueTask<Outcome<DossierState>> RecordAsync(IReadOnlyList<DossierEvent> events, CancellationToken ct)
        => await RecordAsync(events, WriteTerms.None, ct) is { IsDone: false } refused ? Outcome<DossierState>.Refused(refused.Refusals) : Outcome<DossierState>.Done(State);

    /// <summary>Records one event.</summary>
    /// <param name="happening">What happened.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The new state, or every reason why not.</returns>
    public ValueTask<Outcome<DossierState>> RecordAsync(DossierEvent happening, CancellationToken ct) => RecordAsync([happening], ct);

    /// <summary>Seals a file into the dossier, with its event.</summary>
    /// <param name="file">What it is and where it goes.</param>
    /// <param name="content">The bytes, of any length; read once, not disposed.</param>
    /// <param name="ct">Stops; nothing of the file stays.</param>
    /// <returns>The file, or every reason why not.</returns>
    public ValueTask<Outcome<DossierFile>> AddFileAsync(NewFile file, Stream content, CancellationToken ct) => AddFileAsync(file, content, WriteTerms.None, ct);

    /// <summary>Opens a file for reading on a screen; logged before the first byte.</summary>
    /// <param name="id">The file.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The content, seekable, to be disposed by the caller; <see langword="null"/> when it is not there, was destroyed or is not for this person: one answer.</returns>
    public ValueTask<Stream?> OpenFileAsync(FileId id, CancellationToken ct) => OpenFileAsync(id, isPart: false, ct);

    /// <inheritdoc cref="OpenFileAsync(FileId, CancellationToken)"/>
    /// <param name="id">The file.</param>
    /// <param name="isPart">
    /// Whether the reader asks for a part, as a player does again and again: what goes on within <see cref="ReadingPause"/> of the part before, for the same purpose, is one opening and one entry.
    /// </param>
    /// <param name="ct">Stops.</param>
    public async ValueTask<Stream?> OpenFileAsync(FileId id, bool isPart, CancellationToken ct)
    {
        var view = _view;
        if (view.State.FindFile(id) is not { } file || !view.Access.MayRead(file)) return null;
        using var use = _uses.Begin();
        return await LogFileAsync(AccessAct.FileOpened, id, isPart, ct) ? await OpenContentAsync(id, ct) : null;
    }

    /// <summary>Opens a file to take it out of the vault: needs the right to export, logged as such.</summary>
    /// <param name="id">The file.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The content, to be disposed by the caller, or the reason why not.</returns>
    public ValueTask<Outcome<Stream>> ExportFileAsync(FileId id, CancellationToken ct) => ExportFileAsync(id, isPart: false, ct);

    /// <inheritdoc cref="ExportFileAsync(FileId, CancellationToken)"/>
    /// <param name="id">The file.</param>
    /// <param name="isPart">Whether the taker asks for a part, as one does who goes on after a break: within <see cref="ReadingPause"/> that is one taking out and one entry.</param>
    /// <param name="ct">Stops.</param>
    public async ValueTask<Outcome<Stream>> ExportFileAsync(FileId id, bool isPart, CancellationToken ct)
    {
        var view = _view;
        if (view.State.FindFile(id) is not { } file || !view.Access.MayRead(file)) return Outcome<Stream>.Refused(NotThere);
        if (!view.Access.MayExport(file))
        {
            return Outcome<Stream>.Refused(new Refusal(
                "U mag dit bestand lezen, maar niet meenemen.",
                "Stukken verlaten het dossier alleen door wie daarvoor bevoegd is.",
                "Vraag de functionaris integriteit of de verantwoordelijke.")
            { Cause = RefusalCause.NoRight });
        }

        using var use = _uses.Begin();
        if (!await LogFileAsync(AccessAct.FileExported, id, isPart, ct)) return Outcome<Stream>.Refused(NotThere);
        return await OpenContentAsync(id, ct) is { } content ? Outcome<Stream>.Done(content) : Outcome<Stream>.Refused(NotThere);
    }

    /// <summary>Seals an assembled document into the dossier, with its event.</summary>
    /// <param name="document">How it was made.</param>
    /// <param name="fileName">Its name, without any person's name.</param>
    /// <param name="title">What a reader calls it.</param>
    /// <param name="date">The date of the document.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="compartment">Where it goes; <see langword="null"/>: where its kind belongs. A document that names a melder goes to <c>melder</c>.</param>
    /// <param name="terms">On what terms; <see langword="null"/>: as often as asked, whatever changed.</param>
    /// <returns>The document in the dossier, or every reason why not.</returns>
    public async ValueTask<Outcome<DrawnUpDocument>> StoreDocumentAsync(
        DossierDocument document, string fileName, string title, DateOnly date, ReadOnlyMemory<byte> content, CancellationToken ct, Compartment? compartment = null, WriteTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        // A letter to the melder says who that is, whatever kind of letter it is and whatever the caller thought.
        var isForMelder = document.Addressee is { } to && _stream.Full.FindPerson(to)?.Compartment == Compartment.Melder;
        var place = isForMelder ? Compartment.Melder : compartment ?? DossierDocument.CompartmentOf(document.Kind);
        var file = new NewFile(fileName, title, FileKind.Document, place, date, document.Addressee?.Value);
        using var bytes = new MemoryStream(content.ToArray(), writable: false);
        var stored = await SealAndCommitAsync(file, bytes, sealedFile => new DocumentDrawnUp { Date = date, RecordedBy = Person, Document = document, File = sealedFile }, terms ?? WriteTerms.None, ct);
        if (!stored.IsDone) return Outcome<DrawnUpDocument>.Refused(stored.Refusals);
        return State.Documents.FirstOrDefault(drawn => drawn.File.Id == stored.Value.Id) is { } drawnUp ? Outcome<DrawnUpDocument>.Done(drawnUp) : Outcome<DrawnUpDocument>.Refused(NotThere);
    }

    /// <summary>
    /// Looks for names that may not stand in a text for an addressee: also those of a melder whom the person who asks may not know, and then with a neutral answer.
    /// </summary>
    /// <param name="texts">The texts, also of headers, properties and the file name.</param>
    /// <param name="addressee">To whom the text goes (handle of the case); <see langword="null"/>: it stays inside the case.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="leavesTheCase">Whether the reader is nobody of the case and has no task in it either, such as the chair of the works council: then he is an outsider to all in it.</param>
    /// <param name="mayBeNamed">Persons this reader may know although they are protected from others, by a rule of the protocol; <see langword="null"/>: none.</param>
    /// <returns>What was found.</returns>
    public async ValueTask<NameCheck> CheckNamesAsync(
        IReadOnlyList<CheckedText> texts, PersonId? addressee, CancellationToken ct, bool leavesTheCase = false, IReadOnlyCollection<PersonId>? mayBeNamed = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var full = _stream.Full;
        var reader = addressee is { } id ? full.FindPerson(id) : leavesTheCase ? ProtectedNames.Outsider : null;
        var check = ProtectedNames.Check(full, reader, NamesAllowed(full), texts, Access.MayRead(Compartment.Melder), mayBeNamed);
        if (check.Findings.Any(finding => finding.Place is null))
        {
            await _register.Log.WriteAsync(
                new AccessRecord { Act = AccessAct.Refused, Person = Person, Via = _person.Kind, NeedsReview = true },
                _stream.Id,
                new AccessReason { Purpose = _purpose, Reason = "Een stuk dat deze persoon wilde maken, bevat mogelijk iets dat de melder bekend maakt." },
                ct);
        }

        return check;
    }

    /// <summary>A keyed hash of data, under a key that is destroyed with the dossier: equal data gives an equal hash within this dossier only.</summary>
    /// <param name="data">The data.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string HashOf(ReadOnlySpan<byte> data)
        => Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(_stream.Created!.HashKey), data));

    /// <summary>
    /// Closes the dossier: no call begins any more. Calls that run, and files that are being read, go on to their end; the keys are forgotten when the last of them is closed.
    /// </summary>
    public void Dispose() => _uses.Close();

    private static Refusal NotThere { get; } = new("Dit bestand is er niet.", "Het bestaat niet, is vernietigd, of is niet voor u.", "Kijk in de lijst van bestanden van dit dossier.") { Cause = RefusalCause.NotThere };

    /// <summary>Logs that a concept, which lies nowhere, is taken out; before its first byte.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns><see langword="false"/>: the dossier was destroyed meanwhile, and nothing of it may be handed out.</returns>
    internal async ValueTask<bool> LogConceptAsync(CancellationToken ct)
    {
        using var use = _uses.Begin();
        return await _register.Log.WriteAsync(new AccessRecord { Act = AccessAct.ConceptTaken, Person = Person, Via = _person.Kind }, _stream.Id, new AccessReason { Purpose = _purpose }, ct);
    }

    /// <summary>Names of the house that stand in every letter: the signatory, who handles the case, and the onderzoekers.</summary>
    private IEnumerable<string> NamesAllowed(DossierState full)
    {
        yield return Municipality.Signatory;

        // A vertrouwenspersoon works in the town hall: the address at the head of every letter betrays nobody.
        yield return Municipality.Address.Street;
        yield return Municipality.Address.PostalCode;
        foreach (var handle in full.Onderzoekers.Select(person => person.Staff).OfType<PersonId>().Append(Person))
        {
            if (FindStaff(handle) is { } known) yield return known.DisplayName;
        }
    }

    /// <summary>Every reason why these events may not be recorded by this person now, each judged after the ones before it.</summary>
    private List<Refusal> Check(IReadOnlyList<DossierEvent> events)
    {
        var refusals = new List<Refusal>();
        for (var i = 0; i < events.Count; i++)
        {
            var before = i == 0 ? _stream.Full : _stream.With([.. events.Take(i)], _register.Now);
            refusals.AddRange(CheckPlace(events[i].Compartment, events[i].Name));
            refusals.AddRange(EventRules.Check(before, events[i], _register.Today, Access.MayRead));
            if (EventRules.NamesNobody(before, events[i], Access.MayRead)) continue;
            // Sealed before another process changed what decides where it lies.
            if (EventFiling.Complete(before, events[i]).Compartment != events[i].Compartment) refusals.Add(ChangedMeanwhile(events[i].Name));
            // Who may not write here learns nothing of what the case still asks.
            if (Access.MayWrite(events[i].Compartment)) refusals.AddRange(CheckProtocol(before, _stream.With([.. events.Take(i + 1)], _register.Now), events[i]));
        }

        if (refusals.Count == 0 && EventRules.ChargesInvolved(_stream.With(events, _register.Now))) refusals.Add(Involved);
        return refusals;
    }

    private List<Refusal> CheckFile(NewFile file)
    {
        List<Refusal> refusals = [.. CheckPlace(file.Compartment, "bestand-toegevoegd"), .. EventRules.Check(_stream.Full, file, _register.Today, Access.MayRead)];
        // Who may not put it here learns nothing of what the case still asks.
        return refusals.Count > 0 ? refusals : [.. CheckHowMade(file)];
    }

    private IEnumerable<Refusal> CheckPlace(Compartment compartment, string what)
    {
        if (!Access.MayWrite(compartment))
            yield return new Refusal($"U mag '{what}' hier niet vastleggen.", "Uw rol geeft daar in dit dossier geen recht toe.", "Vraag de functionaris integriteit.") { Subject = what, Cause = RefusalCause.NoRight };
        else if (_stream.IsDestroyed(compartment))
            yield return new Refusal($"In het compartiment {compartment} kan niets meer worden vastgelegd.", "Het is vernietigd.", "Overleg met de functionaris integriteit en de archivaris.") { Subject = what };
    }

    /// <summary>Whoever may not know the melder gets an answer that fits every cause.</summary>
    private Refusal Involved => Access.MayRead(Compartment.Melder)
        ? new("Deze persoon kan in deze zaak geen onderzoeker zijn.", "Wie mogelijk bij de zaak is betrokken, doet er geen onderzoek naar (HRL 6.1).", "Wijs een andere onderzoeker aan.")
        : new("Dit kan nog niet worden vastgelegd.", "De functionaris integriteit moet er eerst naar kijken.", "Vraag de functionaris integriteit.") { IsNeutral = true };

    private static Refusal ChangedMeanwhile(string what)
        => new("Het dossier is intussen veranderd.", "Daardoor hoort deze gebeurtenis nu ergens anders in het dossier.", "Leg haar opnieuw vast.") { Subject = what };

    internal static Refusal NotAnyMore { get; } = new("Dit dossier is er niet.", "Het bestaat niet, of het is niet voor u.", "Kijk het nummer na, of vraag de functionaris integriteit.") { Cause = RefusalCause.NotThere };
}
