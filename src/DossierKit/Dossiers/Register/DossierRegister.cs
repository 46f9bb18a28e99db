using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A dossier in a list: what whoever may know that it exists may see of it.</summary>
/// <param name="Number">The number.</param>
/// <param name="Phase">The stage of the case.</param>
/// <param name="StartedOn">The day it began.</param>
/// <param name="ClosedOn">The day it was closed; <see langword="null"/> while open.</param>
/// <param name="Protocol">The id of its protocol.</param>
public sealed record DossierListing(DossierNumber Number, DossierPhase Phase, DateOnly StartedOn, DateOnly? ClosedOn, string Protocol);

/// <summary>
/// The register of all dossiers of a vault, with its three doors: <see cref="OpenAsync"/> for people, <see cref="ArchiveAsync"/> for the archive,
/// <see cref="BeginTaskAsync"/> for the program itself. There is no other way in. Safe for use by several threads.
/// </summary>
public sealed class DossierRegister
{
    private DossierRegister()
    {
    }

    /// <summary>Who works with the dossiers.</summary>
    public StaffRegister Staff => throw new NotSupportedException();

    /// <summary>The templates the municipality installed.</summary>
    public TemplateShelf Templates => throw new NotSupportedException();

    /// <summary>The protocols: shipped and installed.</summary>
    public ProtocolShelf Protocols => throw new NotSupportedException();

    /// <summary>Loads the register of a vault.</summary>
    /// <param name="vault">The vault; stays the caller's to dispose, after the register.</param>
    /// <param name="clock">The clock that entries are stamped with and by which appointments are in force.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The register.</returns>
    public static ValueTask<DossierRegister> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>
    /// The first door: a person opens a dossier for a purpose. Who, which and why are logged durably before the first byte; a refusal is logged as well.
    /// </summary>
    /// <param name="number">The dossier.</param>
    /// <param name="person">Who opens it.</param>
    /// <param name="purpose">Why, in the person's own words; not empty.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The dossier; <see langword="null"/> when it is not there, or not for this person: one answer.</returns>
    /// <exception cref="ArgumentException">The purpose is empty.</exception>
    public ValueTask<OpenDossier?> OpenAsync(DossierNumber number, ActingPerson person, string purpose, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The dossiers a person may at least know of, by number.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The list; empty when there are none.</returns>
    public ValueTask<IReadOnlyList<DossierListing>> ListAsync(ActingPerson person, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Makes an empty dossier. By the FI or the deputy.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="number">Its number, never used before; <see langword="null"/>: the next free number of the year.</param>
    /// <param name="protocol">The protocol; <see langword="null"/>: the municipality's own, in force on <paramref name="date"/>.</param>
    /// <param name="date">The day it begins.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The number, or every reason why not.</returns>
    public ValueTask<Outcome<DossierNumber>> CreateAsync(ActingPerson by, DossierNumber? number, ProtocolReference? protocol, DateOnly date, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Writes a dossier read by <see cref="DossierImport.ReadAsync"/>: persons, events, files and answers in one commit. By the FI or the deputy.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="import">What was read and found valid.</param>
    /// <param name="progress">Told the bytes sealed so far; may be <see langword="null"/>.</param>
    /// <param name="ct">Stops; nothing of the dossier stays.</param>
    /// <returns>The number, or every reason why not (such as a number that exists).</returns>
    public ValueTask<Outcome<DossierNumber>> ImportAsync(ActingPerson by, DossierImport import, IProgress<ImportProgress>? progress, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>The second door: ids, classes, dates and sizes, without names and content. For archivaris, medebeslisser, FI and deputy.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The entries by number, or the reason why not.</returns>
    public ValueTask<Outcome<IReadOnlyList<ArchiveEntry>>> ArchiveAsync(ActingPerson person, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The third door: the program itself does one of a closed list of tasks; logged before it begins.</summary>
    /// <param name="kind">Which task.</param>
    /// <param name="by">Who asked for it; <see langword="null"/>: the program on its own account.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The task.</returns>
    public ValueTask<SystemTask> BeginTaskAsync(SystemTaskKind kind, ActingPerson? by, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Refusals that wait for someone to look at them: conflicts of interest and name findings. For the FI; those that concern the FI are for the deputy.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What waits, oldest first, or the reason why not.</returns>
    public ValueTask<Outcome<IReadOnlyList<ReviewItem>>> ReviewsAsync(ActingPerson person, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>A dossier as the archive sees it: no names, no content.</summary>
/// <param name="Stream">The id of its stream.</param>
/// <param name="Number">Its number.</param>
/// <param name="Phase">The stage of the case.</param>
/// <param name="StartedOn">The day it began.</param>
/// <param name="ClosedOn">The day it was closed; <see langword="null"/> while open.</param>
/// <param name="SelectielijstClass">The class of the Selectielijst; <see langword="null"/> when none was given: then it is never destroyed.</param>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Recordings">The number of recordings that still exist.</param>
public sealed record ArchiveEntry(
    OpaqueId Stream, DossierNumber Number, DossierPhase Phase, DateOnly StartedOn, DateOnly? ClosedOn, string? SelectielijstClass, int Files, long Bytes, int Recordings);

/// <summary>A refusal someone must look at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Person">Who was refused.</param>
/// <param name="Dossier">Which dossier; <see langword="null"/> when it was destroyed since.</param>
/// <param name="Reason">Why, Dutch.</param>
public sealed record ReviewItem(string Id, DateTimeOffset At, PersonId Person, DossierNumber? Dossier, string Reason);

/// <summary>How far an import is.</summary>
/// <param name="Files">Files sealed.</param>
/// <param name="TotalFiles">Files in all.</param>
/// <param name="Bytes">Bytes sealed.</param>
/// <param name="TotalBytes">Bytes in all.</param>
public readonly record struct ImportProgress(int Files, int TotalFiles, long Bytes, long TotalBytes);
