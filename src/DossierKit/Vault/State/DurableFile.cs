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

    /// <summary>Returns when the file's bytes are on the disk; <paramref name="path"/> is for the error text.</summary>
    /// <exception cref="VaultEnvironmentException">The disk did not take them.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        // macOS: fsync leaves the bytes in the drive's cache; F_FULLFSYNC does not, but some file systems do not know it.
        if (OperatingSystem.IsMacOS() && Fcntl(file, FFullFsync) == 0) return;
        if (Fsync(file) != 0) throw Failed(path);
    }

    /// <summary>
    /// Opens a folder for <see cref="Flush"/>, before its names change: opened afterwards it could miss the error of the change.
    /// <see langword="null"/> on Windows, which keeps names with the file.
    /// </summary>
    public static SafeFileHandle? OpenDirectory(string path) => OperatingSystem.IsWindows() ? null : OpenExisting(path, write: false) ?? throw Failed(path);

    /// <summary>Makes a new file with this content appear whole or not at all, replacing one of the same name.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}-{OpaqueId.Random()}";
        try
        {
            using var directory = OpenDirectory(folder);
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                RandomAccess.Write(file, content, 0);
                Flush(file, temporary);
            }

            File.Move(temporary, path, overwrite: true);
            if (directory is not null) Flush(directory, folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Opens a file without the advisory lock that the runtime takes on every file, and not inherited by child processes.
    /// <see langword="null"/> when that fails, with the reason in the last P/Invoke error. Unix only.
    /// </summary>
    public static SafeFileHandle? OpenExisting(string path, bool write)
    {
        const int readWrite = 2;
        var closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var descriptor = Open(path, (write ? readWrite : 0) | closeOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public static VaultEnvironmentException Failed(string path)
        => new($"{path} could not be opened or made durable: {Marshal.GetLastPInvokeErrorMessage()} (error {Marshal.GetLastPInvokeError()}). Check the disk and the rights on it; do not rely on what was just written.");

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command);

    // No mode argument: it would be variadic, which some platforms pass differently. Files are created by the runtime.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
