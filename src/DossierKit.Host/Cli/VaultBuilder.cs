using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.Cli;

/// <summary>Makes a vault and founds it, as one step: when founding is refused there is no vault either.</summary>
internal static class VaultBuilder
{
    /// <summary>Makes the vault in an empty or absent folder, runs <paramref name="found"/> on its register, and closes it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="birth">With what it begins.</param>
    /// <param name="found">Writes what a vault cannot do without.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ct">Stops; what was made is removed.</param>
    public static async ValueTask BuildAsync(VaultPlace place, VaultBirth birth, Func<DossierRegister, ValueTask> found, TimeProvider clock, CancellationToken ct)
    {
        var dataWasThere = Directory.Exists(place.Data);
        var stateWasThere = place.State is not null && Directory.Exists(place.State);
        OpaqueId? id = null;
        try
        {
            await using var vault = await DossierVault.CreateAsync(place, birth, ct);
            id = vault.Id;
            await found(await DossierRegister.LoadAsync(vault, clock, ct));
        }
        catch when (id is not null)
        {
            // Only what this very call made: the folder was empty before.
            Empty(place.Data, remove: !dataWasThere);
            if (place.State is not null && Directory.Exists(Path.Combine(place.State, id.ToString()!)))
            {
                Directory.Delete(Path.Combine(place.State, id.ToString()!), recursive: true);
                if (!stateWasThere) Directory.Delete(place.State);
            }

            throw;
        }
    }

    private static void Empty(string folder, bool remove)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.Name == "lost+found") continue;
            if (entry is DirectoryInfo directory) directory.Delete(recursive: true);
            else entry.Delete();
        }

        if (remove) Directory.Delete(folder);
    }
}
