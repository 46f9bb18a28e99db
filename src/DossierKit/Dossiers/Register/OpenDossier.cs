using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>A file to be added.</summary>
/// <param name="Name">Its own name with extension, never a path.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Compartment">Where it goes.</param>
/// <param name="Date">The date of the file itself.</param>
/// <param name="BelongsTo">The reference of the event, or the handle of the person, it belongs to; <see langword="null"/>: to the case.</param>
public sealed record NewFile(string Name, string Title, FileKind Kind, Compartment Compartment, DateOnly Date, string? BelongsTo = null);

/// <summary>
/// A dossier opened by a person, for a purpose that was logged before the first byte. It shows and does only what role, relation to the case, compartment and stage allow;
/// every file opened is logged too. Holds no plaintext beyond what it returned; there is nothing to dispose.
/// </summary>
public sealed class OpenDossier
{
    internal OpenDossier()
    {
    }

    /// <summary>The dossier's number.</summary>
    public DossierNumber Number => State.Number;

    /// <summary>Who opened it.</summary>
    public PersonId Person => throw new NotSupportedException();

    /// <summary>What this person may do.</summary>
    public DossierAccess Access => throw new NotSupportedException();

    /// <summary>The dossier as this person may see it; replaced after each change and by <see cref="RefreshAsync"/>.</summary>
    public DossierState State => throw new NotSupportedException();

    /// <summary>The protocol the dossier follows.</summary>
    public Protocol Protocol => throw new NotSupportedException();

    /// <summary>The municipality, for letters.</summary>
    public Municipality Municipality => throw new NotSupportedException();

    /// <summary>The templates a municipality installed.</summary>
    public TemplateShelf Templates => throw new NotSupportedException();

    /// <summary>Finds someone of the staff, for letters (who handles the case, who signs).</summary>
    /// <param name="id">The handle.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public StaffPerson? FindStaff(PersonId id) => throw new NotSupportedException();

    /// <summary>The running, met and late terms of this case.</summary>
    /// <param name="today">The day to judge by.</param>
    /// <returns>The terms.</returns>
    public IReadOnlyList<Term> Terms(DateOnly today) => Protocols.Terms.Of(State.ProtocolEvents, Protocol, State.Facts, today);

    /// <summary>Records events, together or not at all.</summary>
    /// <param name="events">At least one.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The new state, or every reason why not (missing person, closed dossier, no right to write there).</returns>
    public ValueTask<Outcome<DossierState>> RecordAsync(IReadOnlyList<DossierEvent> events, CancellationToken ct) => throw new NotSupportedException();

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
    public ValueTask<Outcome<DossierFile>> AddFileAsync(NewFile file, Stream content, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Opens a file for reading on a screen; logged before the first byte.</summary>
    /// <param name="id">The file.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The content, seekable, to be disposed by the caller; <see langword="null"/> when it is not there, was destroyed or is not for this person: one answer.</returns>
    public ValueTask<Stream?> OpenFileAsync(FileId id, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Opens a file to take it out of the vault: needs the right to export, logged as such.</summary>
    /// <param name="id">The file.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The content, to be disposed by the caller, or the reason why not.</returns>
    public ValueTask<Outcome<Stream>> ExportFileAsync(FileId id, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Seals an assembled document into the dossier, with its event.</summary>
    /// <param name="document">How it was made.</param>
    /// <param name="fileName">Its name, without any person's name.</param>
    /// <param name="title">What a reader calls it.</param>
    /// <param name="date">The date of the document.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The document in the dossier, or every reason why not.</returns>
    public ValueTask<Outcome<DrawnUpDocument>> StoreDocumentAsync(
        DossierDocument document, string fileName, string title, DateOnly date, ReadOnlyMemory<byte> content, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>
    /// Looks for names that may not stand in a text for an addressee: also those of a melder whom the person who asks may not know, and then with a neutral answer.
    /// </summary>
    /// <param name="texts">The texts, also of headers, properties and the file name.</param>
    /// <param name="addressee">To whom the text goes (handle of the case); <see langword="null"/>: it stays inside the case.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was found.</returns>
    public ValueTask<NameCheck> CheckNamesAsync(IReadOnlyList<CheckedText> texts, PersonId? addressee, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>A keyed hash of data, under a key that is destroyed with the dossier: equal data gives an equal hash within this dossier only.</summary>
    /// <param name="data">The data.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string HashOf(ReadOnlySpan<byte> data) => throw new NotSupportedException();

    /// <summary>Reads what others recorded meanwhile.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns>Whether this person still has access; if not, the state is no longer served.</returns>
    public ValueTask<bool> RefreshAsync(CancellationToken ct) => throw new NotSupportedException();
}
