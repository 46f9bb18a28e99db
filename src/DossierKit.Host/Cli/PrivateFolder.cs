namespace DossierKit.Host.Cli;

/// <summary>Folders for this account alone.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes a folder that other accounts have no rights on. A folder that is there keeps its rights: they are its owner's choice.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
