using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// An open file that other processes and threads cannot use at the same time: flock on Unix, share modes on Windows.
/// The operating system releases it when the process dies. Dispose to release it.
/// </summary>
internal sealed class LockedFile : IDisposable
{
    private LockedFile(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>Opens an existing file, or a new one (mode 0600) where <paramref name="create"/> says so; <see langword="null"/> when there is none.</summary>
    /// <exception cref="VaultEnvironmentException">It cannot be opened, or another process held it for all of <paramref name="wait"/>.</exception>
    public static LockedFile? Open(string path, bool exclusive, bool create, TimeSpan wait, CancellationToken ct = default)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = 1; ; pause = Math.Min(pause * 2, 50))
        {
            try
            {
                if (TryOpen(path, exclusive, create) is { } file) return file;
            }
            catch (Exception e) when (!create && e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new VaultEnvironmentException($"{path} cannot be opened: {e.Message} Check that this account may write there, or choose another state folder with --state.", e);
            }

            if (Stopwatch.GetElapsedTime(started) >= wait)
                throw new VaultEnvironmentException($"{path} is in use by another process of this vault. Wait until it is done, or end it, and try again.");
            ct.WaitHandle.WaitOne(pause);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes the file if there is none, and finds out whether it can be written, without waiting for whoever holds it.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static void EnsureWritable(string path)
    {
        if (OperatingSystem.IsWindows()) TryOpen(path, exclusive: false, create: true)?.Dispose();
        else OpenUnlocked(path, create: true).Dispose();
    }

    public void Dispose() => Handle.Dispose();

    /// <summary><see langword="null"/> when someone else has it.</summary>
    private static LockedFile? TryOpen(string path, bool exclusive, bool create)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                var (access, share) = exclusive ? (FileAccess.ReadWrite, FileShare.None) : (FileAccess.Read, FileShare.Read);
                return new LockedFile(File.OpenHandle(path, create ? FileMode.OpenOrCreate : FileMode.Open, access, share));
            }
            catch (IOException e) when ((e.HResult & 0xFFFF) is 32 or 33)
            {
                return null; // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
            }
        }

        var handle = OpenUnlocked(path, create);
        if (Libc.Lock(handle, (exclusive ? Libc.LockExclusive : Libc.LockShared) | Libc.LockNoWait) == 0) return new LockedFile(handle);
        var held = Libc.LastError == Libc.EWouldBlock;
        var error = DurableFile.LastError();
        handle.Dispose();
        return held ? null : throw new IOException($"it cannot be locked: {error}.");
    }

    // Not through the runtime: it puts an advisory lock of its own on every file that it opens.
    private static SafeFileHandle OpenUnlocked(string path, bool create)
    {
        var handle = Libc.Open(path, Libc.ORdWr | Libc.ONoFollow | (create ? Libc.OCreate : 0));
        if (!handle.IsInvalid) return handle;
        throw Libc.LastError == Libc.ENOENT ? new FileNotFoundException("There is no such file or folder.") : new IOException(DurableFile.LastError() + ".");
    }
}
