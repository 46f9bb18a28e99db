namespace DossierKit.Host.Cli.Doctor;

/// <summary>Where a path lies: which volume, and who else may read it.</summary>
internal static class Volume
{
    /// <summary>The root of the volume a path lies on (the deepest mount point above it); <see langword="null"/> when it cannot be told.</summary>
    public static string? Of(string path)
    {
        var full = Real(Path.GetFullPath(path));
        if (OperatingSystem.IsWindows()) return Path.GetPathRoot(full)?.ToUpperInvariant();
        try
        {
            return DriveInfo.GetDrives().Select(drive => drive.Name)
                .Where(mount => full == mount || full.StartsWith(mount.EndsWith('/') ? mount : mount + '/', StringComparison.Ordinal))
                .MaxBy(mount => mount.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Free space for this account, in bytes; <see langword="null"/> when it cannot be told.</summary>
    public static long? Free(string path)
    {
        try
        {
            return Of(path) is { } volume ? new DriveInfo(volume).AvailableFreeSpace : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether accounts other than the owner have any right on a file or folder. Always <see langword="false"/> on Windows, where it is not looked at.</summary>
    public static bool IsOpenToOthers(string path)
        => !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != UnixFileMode.None;

    private static string Real(string path)
    {
        // A link may lead to another volume; a path that does not exist yet lies where its parent lies.
        var at = path;
        while (!Path.Exists(at) && Path.GetDirectoryName(at) is { } parent) at = parent;
        FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
        return info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? at;
    }
}
