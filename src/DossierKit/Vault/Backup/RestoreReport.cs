namespace DossierKit.Vault;

/// <summary>What to restore and where to.</summary>
/// <param name="Source">The folder that was given to backup.</param>
/// <param name="Place">Where the vault goes: a data folder that is empty or absent, or holds the restore of the same set that was broken off; and the state.</param>
/// <param name="Clock">When it is put back, for the register.</param>
/// <param name="Set">Which set; <see langword="null"/>: the newest whole one.</param>
/// <param name="AcceptDamage">
/// Whether what is damaged in the backup is left out. Otherwise it ends the restore, after everything was looked at. Never for what was destroyed: when no whole ledger knows all that one was
/// known to hold, the restore ends.
/// </param>
public sealed record RestoreOptions(string Source, VaultPlace Place, TimeProvider Clock, OpaqueId? Set = null, bool AcceptDamage = false);

/// <summary>A set that can be restored.</summary>
/// <param name="Id">The set.</param>
/// <param name="At">When it was made.</param>
/// <param name="KeysUntil">The last day its keys may stay.</param>
/// <param name="Label">What people call the place.</param>
/// <param name="IsWhole">Whether the run was finished.</param>
public sealed record StoredSet(OpaqueId Id, DateTimeOffset At, DateOnly KeysUntil, string Label, bool IsWhole);

/// <summary>What a restore did.</summary>
/// <param name="Set">The set it took.</param>
/// <param name="Vault">The vault's id.</param>
/// <param name="MadeAt">When that backup began: what was recorded later is not in it.</param>
/// <param name="Streams">Streams restored.</param>
/// <param name="Objects">Objects restored.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="DestroyedAgain">What the ledger calls destroyed and this set still had the key of: streams, compartments, objects and payloads.</param>
/// <param name="StreamsDestroyedAgain">How many of those are whole streams, such as dossiers.</param>
/// <param name="LedgerUntil">When the last destruction known to the ledgers was; <see langword="null"/>: nothing was ever destroyed.</param>
/// <param name="IsStateNew">Whether this account had no state of the vault: what was destroyed after the newest ledger at the place is then not known here.</param>
/// <param name="StreamsBehind">Streams that the state had seen further than this copy goes: what came later in them is lost.</param>
/// <param name="StreamsLost">Streams that the state had seen and this copy does not have.</param>
/// <param name="Damaged">Objects left out because they are damaged or missing at the place, by name.</param>
/// <param name="Verified">What a look at every object of the restored vault found.</param>
public sealed record RestoreReport(
    OpaqueId Set, OpaqueId Vault, DateTimeOffset MadeAt, int Streams, long Objects, long Bytes, long DestroyedAgain, int StreamsDestroyedAgain, DateTimeOffset? LedgerUntil, bool IsStateNew,
    int StreamsBehind, int StreamsLost, IReadOnlyList<string> Damaged, VerifyReport Verified)
{
    /// <summary>Whether nothing was left out and everything verifies. Damage that was accepted is damage.</summary>
    public bool IsClean => Damaged.Count == 0 && Verified.IsClean;
}
