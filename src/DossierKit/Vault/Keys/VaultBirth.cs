namespace DossierKit.Vault;

/// <summary>What a new vault starts with.</summary>
/// <param name="Unlock">The first way in.</param>
/// <param name="Recovery">
/// The recovery key. Make it and store its private part before the vault is made, so that no crash can lose it; the vault keeps the public part only.
/// </param>
/// <param name="Demo">Marks a vault of invented data, for good.</param>
public sealed record VaultBirth(UnlockSecret Unlock, RecoveryKey Recovery, bool Demo = false);
