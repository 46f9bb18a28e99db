using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>An event as it stands in the dossier.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Entry">The id of the journal entry.</param>
/// <param name="RecordedAt">When it was recorded, UTC.</param>
/// <param name="Checkpoint">The number of the commit it came with.</param>
public sealed record RecordedEvent(DossierEvent Event, OpaqueId Entry, DateTimeOffset RecordedAt, long Checkpoint);

/// <summary>Why an event has no content here.</summary>
public enum GapReason
{
    /// <summary>Its content was destroyed.</summary>
    Destroyed,

    /// <summary>This person may know that it happened, not what it says.</summary>
    NotForThisPerson,
}

/// <summary>An event of which only name and date can be shown.</summary>
/// <param name="Name">One of <see cref="EventNames"/>.</param>
/// <param name="Compartment">Where its content is or was.</param>
/// <param name="Date">The legal date; of destroyed content the day it was recorded.</param>
/// <param name="Entry">The id of the journal entry.</param>
/// <param name="Reason">Why there is no content.</param>
public sealed record EventGap(string Name, Compartment Compartment, DateOnly Date, OpaqueId Entry, GapReason Reason);

/// <summary>
/// A dossier at one moment, folded from its events; immutable. Holds only what the person who opened it may see: persons, files and events of other compartments are
/// absent, and so is what was destroyed.
/// </summary>
public sealed partial class DossierState
{
    /// <summary>The dossier's number.</summary>
    public required DossierNumber Number { get; init; }

    /// <summary>The id of the protocol it follows.</summary>
    public required string ProtocolId { get; init; }

    /// <summary>The version of that protocol.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>The stage of the case.</summary>
    public required DossierPhase Phase { get; init; }

    /// <summary>The day the dossier begins: that of the first melding, else of its creation.</summary>
    public required DateOnly StartedOn { get; init; }

    /// <summary>The day it was closed; <see langword="null"/> while it is open.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Whether the case is closed.</summary>
    public bool IsClosed => Phase == DossierPhase.Gesloten;

    /// <summary>The number of the last commit this state was folded from.</summary>
    public required long Checkpoint { get; init; }

    /// <summary>What happened, oldest first (by legal date, then as recorded).</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>Events of which only name and date can be shown.</summary>
    public required IReadOnlyList<EventGap> Gaps { get; init; }

    /// <summary>The persons in the case, as last recorded.</summary>
    public required IReadOnlyList<CasePerson> Persons { get; init; }

    /// <summary>The files, without those destroyed.</summary>
    public required IReadOnlyList<DossierFile> Files { get; init; }

    /// <summary>The documents drawn up, oldest first, without those destroyed.</summary>
    public required IReadOnlyList<DrawnUpDocument> Documents { get; init; }

    /// <summary>
    /// What terms are reckoned from: name, date and person of every event this person may know to have happened, also where its content is not for this person.
    /// </summary>
    public required IReadOnlyList<ProtocolEvent> ProtocolEvents { get; init; }

    /// <summary>What conditions of the protocol look at.</summary>
    public required CaseFacts Facts { get; init; }

    /// <summary>Whose conduct the case is about.</summary>
    public IReadOnlyList<CasePerson> Betrokkenen => WithRole(CaseRole.Betrokkene);

    /// <summary>Who reported; empty for whoever may not know.</summary>
    public IReadOnlyList<CasePerson> Melders => WithRole(CaseRole.Melder);

    /// <summary>The getuigen.</summary>
    public IReadOnlyList<CasePerson> Getuigen => WithRole(CaseRole.Getuige);

    /// <summary>The onderzoekers appointed now: not those who were successfully challenged or withdrew.</summary>
    public required IReadOnlyList<CasePerson> Onderzoekers { get; init; }

    /// <summary>The last opdracht given; <see langword="null"/> when there is none (yet).</summary>
    public OpdrachtGiven? Opdracht => Last<OpdrachtGiven>();

    /// <summary>The first melding; <see langword="null"/> when there is none (yet).</summary>
    public MeldingReceived? Melding => First<MeldingReceived>();

    /// <summary>Finds a person of the case.</summary>
    /// <param name="id">The handle.</param>
    /// <returns>The person, or <see langword="null"/>.</returns>
    public CasePerson? FindPerson(PersonId id) => Persons.FirstOrDefault(person => person.Id == id);

    /// <summary>Finds a file.</summary>
    /// <param name="id">Its id, or one it had before it was put in its right place: what refers to a file is not lost when it is moved.</param>
    /// <returns>The file, or <see langword="null"/>.</returns>
    public DossierFile? FindFile(FileId id)
    {
        if (Files.FirstOrDefault(file => file.Id == id) is { } found) return found;
        var next = Events.Select(recorded => recorded.Event switch
        {
            FileAdded { Moved: { } move } added when move.Previous == id => added.File.Id,
            DocumentDrawnUp { Moved: { } move } drawn when move.Previous == id => drawn.File.Id,
            _ => (FileId?)null,
        }).FirstOrDefault(moved => moved is not null);
        return next is { } later ? FindFile(later) : null;
    }

    /// <summary>Finds an event by its reference.</summary>
    /// <param name="reference">Such as <c>gesprek-1</c>.</param>
    /// <returns>The event, or <see langword="null"/> when there is none, or its content is not for this person.</returns>
    public DossierEvent? FindReference(string reference) => Events.FirstOrDefault(recorded => recorded.Event.Reference == reference)?.Event;

    /// <summary>All events of a kind, oldest first.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The events.</returns>
    public IEnumerable<T> All<T>()
        where T : DossierEvent => Events.Select(recorded => recorded.Event).OfType<T>();

    /// <summary>The oldest event of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The event, or <see langword="null"/>.</returns>
    public T? First<T>()
        where T : DossierEvent => All<T>().FirstOrDefault();

    /// <summary>The latest event of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <returns>The event, or <see langword="null"/>.</returns>
    public T? Last<T>()
        where T : DossierEvent => All<T>().LastOrDefault();

    /// <summary>The answers recorded for a kind of document, later ones replacing earlier ones.</summary>
    /// <param name="documentKind">One of <see cref="DocumentKinds"/>.</param>
    /// <returns>Answer by element id or field; empty when there are none.</returns>
    public IReadOnlyDictionary<string, string> AnswersFor(string documentKind)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var recorded in All<AnswersRecorded>().Where(recorded => recorded.DocumentKind == documentKind))
        {
            foreach (var (element, answer) in recorded.Answers) answers[element] = answer;
        }

        return answers;
    }

    private List<CasePerson> WithRole(CaseRole role) => [.. Persons.Where(person => person.Role == role)];
}

/// <summary>A document drawn up, with the file it lies in.</summary>
/// <param name="Document">How it was made.</param>
/// <param name="File">Where it lies.</param>
/// <param name="DrawnUpOn">The date of the event.</param>
public sealed record DrawnUpDocument(DossierDocument Document, DossierFile File, DateOnly DrawnUpOn);
