using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// Makes the few plain files outside the object store durable. The runtime's own flush swallows every error of fsync on Unix
/// (it answers success on EIO, ENOSPC and EDQUOT), so the system call is made here and its answer is looked at.
/// </summary>
internal static partial class DurableFile
{
    private const int FFullFsync = 51;

    /// <summary>Returns when the file's bytes are on the disk.</summary>
    /// <exception cref="VaultEnvironmentException">The disk did not take them.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        // macOS: fsync leaves the bytes in the drive's cache; F_FULLFSYNC does not, and some file systems do not know it.
        if (OperatingSystem.IsMacOS() && Fcntl(file, FFullFsync, 0) == 0) return;
        if (Fsync(file) == 0) return;
        throw new VaultEnvironmentException($"{path} could not be made durable: {Marshal.GetLastPInvokeErrorMessage()} (error {Marshal.GetLastPInvokeError()}). Check the disk; do not rely on what was just written.");
    }

    /// <summary>Returns when the names in a folder are on the disk. Windows keeps them with the file.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Flush(directory, path);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, int argument);
}
