namespace DossierKit.Dossiers;

/// <summary>An act in the log, as far as whoever looks may know of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Act">What was done.</param>
/// <param name="Person">Who (handle of the staff); <see langword="null"/>: the program itself, or nobody known.</param>
/// <param name="Via">How that person came in; <see langword="null"/> when it is not known.</param>
/// <param name="Dossier">In which dossier; <see langword="null"/> when in none, when it was destroyed, or when it may not be known.</param>
/// <param name="File">Which file; <see langword="null"/> when none.</param>
/// <param name="Purpose">What for, in that person's own words; <see langword="null"/> when it is not for whoever looks, or went with the dossier.</param>
/// <param name="NeedsReview">Whether it waits for the FI or the deputy to look at it.</param>
public sealed record LogEntry(
    string Id, DateTimeOffset At, AccessAct Act, PersonId? Person, AccountKind? Via, DossierNumber? Dossier, FileId? File, string? Purpose, bool NeedsReview);

/// <summary>What to look for in the log; everything set must hold.</summary>
public sealed record LogFilter
{
    /// <summary>Everything.</summary>
    public static LogFilter All { get; } = new();

    /// <summary>In this dossier; <see langword="null"/>: in any and in none.</summary>
    public DossierNumber? Dossier { get; init; }

    /// <summary>By this person; <see langword="null"/>: by anyone.</summary>
    public PersonId? Person { get; init; }

    /// <summary>This act; <see langword="null"/>: any.</summary>
    public AccessAct? Act { get; init; }

    /// <summary>From this day (Europe/Amsterdam); <see langword="null"/>: from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Until and including this day; <see langword="null"/>: until now.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Only refusals and failed sign-ins.</summary>
    public bool RefusalsOnly { get; init; }

    internal bool Wants(LoggedAct act)
        => (Person is null || act.Record.Person == Person) && (Act is null || act.Record.Act == Act) && (!RefusalsOnly || act.Record.Act is AccessAct.Refused or AccessAct.SignInFailed)
            && (Until is not { } until || LegalTime.DateOf(act.At) <= until) && !IsBefore(act.At);

    /// <summary>Whether an act lies before what is looked for: then so does everything older.</summary>
    internal bool IsBefore(DateTimeOffset at) => From is { } from && LegalTime.DateOf(at) < from;
}

/// <summary>A page of the log, newest first.</summary>
/// <param name="Entries">The acts.</param>
/// <param name="Older">Where to go on; <see langword="null"/> at the beginning of the log. A page can hold fewer than was asked, even none, while there is more: looking further is then the next page.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, string? Older);

/// <summary>What was done on the server itself since somebody last looked.</summary>
/// <param name="Since">When that was, UTC; <see langword="null"/>: never.</param>
/// <param name="Entries">Acts at the doors by the command line, newest first.</param>
/// <param name="StaffChanges">Changes of the staff register by the command line, newest first.</param>
/// <param name="IsComplete">Whether all of it is shown; otherwise the log says the rest.</param>
public sealed record DirectWork(DateTimeOffset? Since, IReadOnlyList<LogEntry> Entries, IReadOnlyList<StaffChangeDone> StaffChanges, bool IsComplete);

/// <summary>A change of the staff register.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it; <see langword="null"/>: the founding.</param>
/// <param name="Name">What, such as <c>account-gekoppeld</c>.</param>
public sealed record StaffChangeDone(DateTimeOffset At, PersonId? By, string Name);

/// <summary>What checking the chain of the log found.</summary>
/// <param name="IsWhole">Whether every entry is there and follows the one before it.</param>
/// <param name="Commits">How many commits were read.</param>
/// <param name="Head">The hash of the last, 64 hexadecimal digits: written down elsewhere, it proves later that nothing before it changed.</param>
/// <param name="Finding">What is wrong, for an operator; <see langword="null"/> when nothing is.</param>
public sealed record LogVerification(bool IsWhole, long Commits, string Head, string? Finding);

/// <summary>Acts of signing in.</summary>
public enum SignInAct
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>A sign-in failed.</summary>
    Failed,

    /// <summary>Signed out.</summary>
    SignedOut,

    /// <summary>A one-time link was used.</summary>
    LinkUsed,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>Proved once more to be there, before a final act.</summary>
    SteppedUp,

    /// <summary>The session ended by itself.</summary>
    SessionEnded,
}
