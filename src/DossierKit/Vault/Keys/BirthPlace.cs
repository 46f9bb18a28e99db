namespace DossierKit.Vault;

/// <summary>The folder in which a vault may be made.</summary>
internal static class BirthPlace
{
    // What an unfinished init leaves, and what a fresh volume has of its own.
    private static readonly string[] Harmless = [Volume.TempFolder, Volume.ReserveFile, "unlock", "ring", "lost+found"];

    // A demo vault carries its own unlock file, which is made before the vault.
    private const string DemoUnlockFile = "demo.unlock";

    /// <summary>
    /// Refuses a folder with anything in it that is not ours. Before the store is opened, which writes into the folder; what it finds in there
    /// <see cref="VaultKeys.CreateAsync"/> looks at once more, object by object. A folder that does not exist yet is free.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">It holds a vault, or something else, or cannot be read.</exception>
    public static void EnsureFree(string folder, bool demo = false)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry.Name == VaultHeader.Name.Value) throw VaultKeys.Exists();
                if (!Harmless.Contains(entry.Name) && !(demo && entry.Name == DemoUnlockFile))
                    throw new VaultEnvironmentException($"A vault cannot be made in {folder}: it holds things that are not a vault's. Choose an empty folder.");
            }
        }
        catch (DirectoryNotFoundException) when (!File.Exists(folder))
        {
            // Free.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaultEnvironmentException($"A vault cannot be made in {folder}: {e.Message} Choose another folder, or give this account the right to it.", e);
        }
    }
}
