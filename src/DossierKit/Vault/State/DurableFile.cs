using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// Makes the few plain files outside the object store durable: the state directory, credential files.
/// Not through the runtime's flush, which swallows every error of fsync on Unix.
/// </summary>
internal static class DurableFile
{
    /// <summary>Returns when the file's bytes are on the disk; <paramref name="path"/> is for the error text.</summary>
    /// <exception cref="VaultEnvironmentException">The disk did not take them.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(file);
        else if (Libc.Flush(file) != 0)
            throw new VaultEnvironmentException($"{path} could not be made durable: {LastError()}. Check the disk; do not rely on what was just written.");
    }

    /// <summary>
    /// Opens a folder for <see cref="Flush"/>, before its names change: opened afterwards it could miss the error of the change.
    /// <see langword="null"/> on Windows, which keeps names with the file.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle? OpenDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        var directory = Libc.Open(path, Libc.ORdOnly | Libc.ODirectory);
        return directory.IsInvalid ? throw new IOException($"{path}: {LastError()}.") : directory;
    }

    /// <summary>Makes a file with this content appear whole or not at all, replacing one of the same name.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}-{OpaqueId.Random()}";
        try
        {
            using var directory = OpenDirectory(folder);
            using (var file = CreateNew(temporary))
            {
                RandomAccess.Write(file.SafeFileHandle, content, 0);
                Flush(file.SafeFileHandle, temporary);
            }

            File.Move(temporary, path, overwrite: true);
            if (directory is not null) Flush(directory, folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes an empty file that did not exist, readable by its owner alone.</summary>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    public static FileStream CreateNew(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    public static string LastError() => $"{Marshal.GetLastPInvokeErrorMessage()} (error {Marshal.GetLastPInvokeError()})";
}
