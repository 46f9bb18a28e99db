using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What was done at a door.</summary>
public enum AccessAct
{
    /// <summary>A dossier was opened.</summary>
    [JsonStringEnumMemberName("geopend")] Opened,

    /// <summary>Somebody asked for what is not there or not for him.</summary>
    [JsonStringEnumMemberName("geweigerd")] Refused,

    /// <summary>A dossier was made.</summary>
    [JsonStringEnumMemberName("aangemaakt")] Created,

    /// <summary>A file was opened on a screen.</summary>
    [JsonStringEnumMemberName("bestand-geopend")] FileOpened,

    /// <summary>A file was taken out of the vault.</summary>
    [JsonStringEnumMemberName("bestand-meegenomen")] FileExported,

    /// <summary>The archive's list was looked at.</summary>
    [JsonStringEnumMemberName("archief-bekeken")] ArchiveSeen,

    /// <summary>A wrongly filed file was put in its right place.</summary>
    [JsonStringEnumMemberName("bestand-verplaatst")] FileMoved,

    /// <summary>The program began a task on its own account.</summary>
    [JsonStringEnumMemberName("taak-begonnen")] TaskBegun,

    /// <summary>Somebody signed in.</summary>
    [JsonStringEnumMemberName("aangemeld")] SignedIn,

    /// <summary>A sign-in failed.</summary>
    [JsonStringEnumMemberName("aanmelden-mislukt")] SignInFailed,

    /// <summary>Somebody signed out.</summary>
    [JsonStringEnumMemberName("afgemeld")] SignedOut,

    /// <summary>A one-time link was used.</summary>
    [JsonStringEnumMemberName("link-gebruikt")] LinkUsed,

    /// <summary>A recovery code was used.</summary>
    [JsonStringEnumMemberName("herstelcode-gebruikt")] RecoveryCodeUsed,

    /// <summary>Somebody proved once more to be there, before a final act.</summary>
    [JsonStringEnumMemberName("opnieuw-bevestigd")] SteppedUp,

    /// <summary>The log was taken out of the vault.</summary>
    [JsonStringEnumMemberName("logboek-meegenomen")] LogExported,

    /// <summary>The chain of the log was checked.</summary>
    [JsonStringEnumMemberName("logboek-nagekeken")] LogVerified,

    /// <summary>The FI or the FG looked at what was done on the server itself.</summary>
    [JsonStringEnumMemberName("serverwerk-bekeken")] DirectWorkSeen,

    /// <summary>A session ended by itself: nobody used it for too long, or it lasted as long as one may.</summary>
    [JsonStringEnumMemberName("sessie-verlopen")] SessionEnded,

    /// <summary>A concept of a document was taken out of the vault; it is stored nowhere.</summary>
    [JsonStringEnumMemberName("concept-meegenomen")] ConceptTaken,

    /// <summary>Something was decided on how long a dossier is kept.</summary>
    [JsonStringEnumMemberName("bewaring-vastgelegd")] RetentionRecorded,

    /// <summary>A whole dossier was taken out of the vault, for the archive; its files are logged one by one as well.</summary>
    [JsonStringEnumMemberName("dossier-meegenomen")] DossierExported,

    /// <summary>The export of a whole dossier was finished: what was taken out is whole, and known by its SHA-256.</summary>
    [JsonStringEnumMemberName("export-afgerond")] ExportCompleted,

    /// <summary>Somebody searched; what was asked and why stands in the log of searches.</summary>
    [JsonStringEnumMemberName("gezocht")] Searched,
}
