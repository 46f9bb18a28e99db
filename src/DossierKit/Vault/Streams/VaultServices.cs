namespace DossierKit.Vault;

/// <summary>What every stream of an open vault shares.</summary>
internal sealed record VaultServices(OpaqueId Id, IObjectStore Store, VaultKeys Keys, StateDirectory State);
