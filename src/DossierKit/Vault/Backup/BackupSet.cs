namespace DossierKit.Vault;

/// <summary>How far the keys of one backup run are.</summary>
public enum BackupSetStatus
{
    /// <summary>The run began and was not finished: the place may hold some of the keys.</summary>
    Begun,

    /// <summary>The run is complete: the place holds the keys of then.</summary>
    Finished,

    /// <summary>The program removed the keys from the place.</summary>
    Removed,

    /// <summary>A person declared that the keys no longer exist there, for a reason that is kept.</summary>
    DeclaredGone,

    /// <summary>
    /// No run of this vault: stands for every copy that was made after a backup and before that backup was put back. The vault that came back cannot know of them; only a person can say that
    /// there were none, or that they are gone.
    /// </summary>
    Unknown,
}

/// <summary>The keys that one backup run took out of the vault: as long as they are somewhere, that copy opens what was destroyed in the vault since.</summary>
/// <param name="Id">The set; its name at the place.</param>
/// <param name="At">When the run began. Nothing destroyed before this instant is in it.</param>
/// <param name="Place">The place, as the place itself says.</param>
/// <param name="Label">What people call the place; never a secret, a name of a person or a path.</param>
/// <param name="KeysUntil">The last day the keys may stay; the next run after it removes them.</param>
/// <param name="Status">How far it is.</param>
/// <param name="EndedAt">When the keys went; <see langword="null"/> as long as they are there.</param>
/// <param name="EndedBy">The handle of who declared them gone; <see langword="null"/> otherwise.</param>
/// <param name="Reason">Why they were declared gone; <see langword="null"/> otherwise.</param>
/// <param name="FoundAt">When a run found the keys though they were removed or declared gone; they count as there again, and the next run removes them. <see langword="null"/>: never.</param>
/// <param name="IsCopied">Whether the set lies on more than one disk, because a place was copied: what the program removes from one of them then proves nothing of the other.</param>
public sealed record BackupSet(
    OpaqueId Id, DateTimeOffset At, OpaqueId Place, string Label, DateOnly KeysUntil, BackupSetStatus Status, DateTimeOffset? EndedAt = null, string? EndedBy = null, string? Reason = null,
    DateTimeOffset? FoundAt = null, bool IsCopied = false)
{
    /// <summary>Whether a run began to remove it: when it is no longer at its place, that run did it.</summary>
    internal bool IsLeaving { get; init; }

    /// <summary>
    /// Whether its keys may still exist. Passing <see cref="KeysUntil"/> alone ends nothing: the keys are there until they are removed, or somebody says that they are gone.
    /// </summary>
    public bool HoldsKeys => Status is BackupSetStatus.Begun or BackupSetStatus.Finished or BackupSetStatus.Unknown;

    /// <summary>Whether its keys should have been removed by now and were not.</summary>
    /// <param name="today">Today in the Netherlands.</param>
    /// <returns>Whether the last day is past and the keys are there.</returns>
    public bool IsOverdue(DateOnly today) => HoldsKeys && today > KeysUntil;
}

/// <summary>A backup that can still open what was destroyed at some instant.</summary>
/// <param name="Set">The set of keys.</param>
/// <param name="At">When the backup was made.</param>
/// <param name="Label">What people call the place.</param>
/// <param name="KeysUntil">The last day its keys may stay.</param>
/// <param name="IsOverdue">Whether that day is past, though the keys were not removed.</param>
/// <param name="IsUnknown">Whether it stands for copies that a restored vault cannot know of: no day ends those, only somebody's word.</param>
/// <param name="IsCopied">Whether it lies on more than one disk: then too only somebody's word ends it.</param>
public sealed record KeyHolder(OpaqueId Set, DateTimeOffset At, string Label, DateOnly KeysUntil, bool IsOverdue, bool IsUnknown = false, bool IsCopied = false)
{
    /// <summary>Whether the program removes the keys itself, at the next backup on the same place after their last day.</summary>
    public bool EndsByItself => !IsUnknown && !IsCopied;
}

/// <summary>What was tried out in a drill.</summary>
public enum DrillKind
{
    /// <summary>The shares of the recovery key were typed, and opened the vault.</summary>
    RecoveryShares = 1,

    /// <summary>A backup was restored to an empty place, opened and verified.</summary>
    Restore = 2,
}

/// <summary>A drill that went well.</summary>
/// <param name="Kind">What was tried out.</param>
/// <param name="At">When.</param>
/// <param name="Splitting">Of shares: the splitting that stands on them; <see langword="null"/>: not kept.</param>
public sealed record HeldDrill(DrillKind Kind, DateTimeOffset At, string? Splitting = null);

/// <summary>The vault was brought back from a backup.</summary>
/// <param name="Set">The set it came from.</param>
/// <param name="MadeAt">When that backup began: what was recorded from then on until <paramref name="At"/> (also holds and withdrawn rights) can be missing.</param>
/// <param name="At">When it was put back.</param>
public sealed record RestoredFrom(OpaqueId Set, DateTimeOffset MadeAt, DateTimeOffset At);

/// <summary>The recovery key was split.</summary>
/// <param name="At">When.</param>
/// <param name="Escrow">The splitting; it stands on every share.</param>
/// <param name="Shares">How many shares there are.</param>
/// <param name="Threshold">How many of them open the vault.</param>
public sealed record EscrowMade(DateTimeOffset At, OpaqueId Escrow, int Shares, int Threshold)
{
    /// <summary>The splitting as it stands on the shares.</summary>
    public string Splitting => Escrow.ToString()[..8];
}
