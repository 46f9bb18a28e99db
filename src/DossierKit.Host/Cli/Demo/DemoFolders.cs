using DossierKit.Vault;

namespace DossierKit.Host.Cli.Demo;

/// <summary>
/// The folders of a demo: which may be emptied, and which must be left alone. A folder is a demo's own only when it carries the demo's unlock file and holds
/// nothing but what a vault writes; anything else is somebody's work.
/// </summary>
internal sealed record DemoFolders(string Data, string State, string Out)
{
    // What a vault writes at its top: see FORMAT.md, "Names".
    private static readonly HashSet<string> VaultNames = new(StringComparer.Ordinal) { "vault", "unlock", "ring", "s", ".tmp", ".reserve", Unlock.DemoFileName };

    public string UnlockFile => Path.Combine(Data, Unlock.DemoFileName);

    /// <summary>The folders asked for, absolute, none inside another.</summary>
    /// <exception cref="UsageException">One lies inside another: letters would lie among the ciphertext, or a next run would remove them.</exception>
    public static DemoFolders Of(string? data, string? state, string? output)
    {
        var at = Path.GetFullPath(string.IsNullOrEmpty(data) ? "demo-data" : data);
        var folders = new DemoFolders(
            Path.TrimEndingDirectorySeparator(at),
            Path.GetFullPath(string.IsNullOrEmpty(state) ? CommandContext.DemoState(at) : state),
            Path.GetFullPath(string.IsNullOrEmpty(output) ? "demo-out" : output));
        string[] all = [folders.Data, folders.State, folders.Out];
        foreach (var inner in all)
        {
            if (all.Count(outer => IsWithin(inner, outer)) > 1)
            {
                throw new UsageException($"The folders of --data, --state and --out lie inside one another ('{inner}'). Choose three separate folders.");
            }
        }

        return folders;
    }

    /// <summary>Removes what an earlier demo left in data and state; the letters in <see cref="Out"/> stay until they are replaced.</summary>
    /// <exception cref="UsageException">The data folder holds something that is no demo; nothing was removed.</exception>
    public void RemoveEarlier()
    {
        if (File.Exists(Data)) throw new UsageException($"'{Data}' is a file. Name a folder with --data.");
        var entries = Directory.Exists(Data) ? new DirectoryInfo(Data).GetFileSystemInfos() : [];
        if (entries.Length > 0)
        {
            if (!File.Exists(UnlockFile))
            {
                throw new UsageException($"'{Data}' is not empty and is no demo vault, so it was left alone. Name an empty folder with --data.");
            }

            if (entries.FirstOrDefault(entry => !VaultNames.Contains(entry.Name)) is { } foreign)
            {
                throw new UsageException($"'{Data}' holds '{foreign.Name}', which no demo writes, so nothing was removed. Move it, or name another folder with --data.");
            }
        }

        foreach (var vault in EarlierVaults()) DeleteFolder(Path.Combine(State, vault));
        foreach (var entry in entries)
        {
            if (entry.Name == Unlock.DemoFileName) continue;
            if (entry is DirectoryInfo { LinkTarget: null } directory) directory.Delete(recursive: true);
            else entry.Delete();
        }

        // Last: as long as it is there, a demo that was broken off here can still tell that the folder is its own.
        if (File.Exists(UnlockFile)) File.Delete(UnlockFile);
    }

    // The ring of a vault lies below its id, so the state of an earlier demo can be found without opening anything.
    private IEnumerable<string> EarlierVaults()
    {
        var ring = Path.Combine(Data, "ring");
        return Directory.Exists(ring)
            ? Directory.GetDirectories(ring).Select(folder => Path.GetFileName(folder)).Where(name => OpaqueId.TryParse(name, out _))
            : [];
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static bool IsWithin(string inner, string outer)
        => (inner + Path.DirectorySeparatorChar).StartsWith(outer + Path.DirectorySeparatorChar, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
