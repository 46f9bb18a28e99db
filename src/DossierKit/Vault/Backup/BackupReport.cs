namespace DossierKit.Vault;

/// <summary>What a backup run does.</summary>
/// <param name="Destination">The folder of the place, outside the data and the state; made when it is not there.</param>
/// <param name="Label">What people call the place, 1 to 100 characters; never a secret, a name of a person or a path.</param>
/// <param name="KeepKeysDays">How many days the keys of this run may stay, 1 to 3660; 35 by default.</param>
/// <param name="BytesPerSecond">The most that is read from the vault in a second; <see langword="null"/>: as fast as it goes.</param>
/// <param name="Check">Whether everything that is at the place already is read and compared, and copied again where it is damaged.</param>
/// <param name="DryRun">Whether nothing is written anywhere: the report says what would be done.</param>
/// <param name="NewPlace">
/// Whether this may be a new place though its label is in use elsewhere (otherwise that is taken for a disk that is not attached), or another disk though it has the mark of a known place
/// (otherwise that is taken for a copy of that disk): it then gets a mark of its own.
/// </param>
public sealed record BackupOptions(
    string Destination, string Label, int KeepKeysDays = BackupOptions.DefaultKeepKeysDays, long? BytesPerSecond = null, bool Check = false, bool DryRun = false, bool NewPlace = false)
{
    /// <summary>Five weeks: a monthly tape, and a week to notice that it failed.</summary>
    public const int DefaultKeepKeysDays = 35;
}

/// <summary>How far a backup or restore is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Objects done in this stage.</param>
/// <param name="Total">Objects in this stage, as far as known; 0: unknown.</param>
/// <param name="Bytes">Bytes copied so far.</param>
public readonly record struct BackupProgress(BackupStage Stage, long Done, long Total, long Bytes);

/// <summary>What a backup or restore is doing.</summary>
public enum BackupStage
{
    /// <summary>Comparing what is here with what is there.</summary>
    Comparing,

    /// <summary>Copying content.</summary>
    Content,

    /// <summary>Copying keys.</summary>
    Keys,

    /// <summary>Removing what must be forgotten.</summary>
    Forgetting,

    /// <summary>Opening and checking everything that was restored.</summary>
    Verifying,
}

/// <summary>What a backup run did, or with <see cref="IsDryRun"/> would do.</summary>
/// <param name="IsDryRun">Whether nothing was written.</param>
/// <param name="Set">The set of keys it made; <see langword="null"/> for a dry run.</param>
/// <param name="Place">The place, as it says itself; <see langword="null"/> when a dry run found none.</param>
/// <param name="At">When it began.</param>
/// <param name="KeysUntil">The last day its keys may stay.</param>
/// <param name="Streams">Streams in the copy.</param>
/// <param name="Objects">Objects of content in the copy.</param>
/// <param name="CopiedObjects">Objects of content that were not there yet.</param>
/// <param name="CopiedBytes">Their bytes.</param>
/// <param name="KeysBytes">Bytes of the key set.</param>
/// <param name="RemovedObjects">Objects of content removed because they were destroyed in the vault.</param>
/// <param name="RemovedSets">Sets whose keys were removed, because their last day was past or their run was never finished.</param>
/// <param name="Overdue">Sets of this place whose last day is past and whose keys stay, because they are the only whole ones.</param>
/// <param name="Repaired">Objects that were damaged at the place and copied again.</param>
public sealed record BackupReport(
    bool IsDryRun, OpaqueId? Set, OpaqueId? Place, DateTimeOffset At, DateOnly KeysUntil, int Streams, long Objects, long CopiedObjects, long CopiedBytes, long KeysBytes,
    long RemovedObjects, IReadOnlyList<OpaqueId> RemovedSets, IReadOnlyList<OpaqueId> Overdue, long Repaired)
{
    /// <summary>
    /// Whether the clock could be trusted. When not, the set is dated at the earliest instant it can be, so that it counts for everything it may open, and no keys were removed for their age.
    /// </summary>
    public bool IsClockTrusted { get; init; } = true;
}
