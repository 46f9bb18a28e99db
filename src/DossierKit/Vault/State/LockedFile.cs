using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// An open file that other processes and threads cannot use at the same time: flock on Unix, share modes on Windows.
/// The operating system releases it when the process dies. Dispose to release it.
/// </summary>
internal sealed partial class LockedFile : IDisposable
{
    private const int LockShared = 1;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;

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
                if (create && !File.Exists(path)) Create(path);
                if (TryOpen(path, exclusive, out var missing) is { } file) return file;
                if (missing && !create) return null;
            }
            catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException && !create)
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
        if (!File.Exists(path)) Create(path);
        if (OperatingSystem.IsWindows()) return; // Making it was the test; a held file cannot be opened at all there.
        using var handle = DurableFile.OpenExisting(path, write: true) ?? throw new IOException(Marshal.GetLastPInvokeErrorMessage() + ".");
    }

    public void Dispose() => Handle.Dispose();

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it first.
        }
    }

    private static LockedFile? TryOpen(string path, bool exclusive, out bool missing)
    {
        missing = false;
        if (OperatingSystem.IsWindows())
        {
            try
            {
                return new LockedFile(exclusive
                    ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)
                    : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read));
            }
            catch (IOException e) when ((e.HResult & 0xFFFF) is 32 or 33)
            {
                return null; // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: someone has it.
            }
        }

        const int noSuchFile = 2;
        const int interrupted = 4;
        if (DurableFile.OpenExisting(path, write: true) is not { } handle)
        {
            missing = Marshal.GetLastPInvokeError() == noSuchFile;
            return missing ? null : throw new IOException(Marshal.GetLastPInvokeErrorMessage() + ".");
        }

        int error;
        do
        {
            if (FLock(handle, (exclusive ? LockExclusive : LockShared) | LockNonBlocking) == 0) return new LockedFile(handle);
            error = Marshal.GetLastPInvokeError();
        }
        while (error == interrupted);

        handle.Dispose();
        var wouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;
        return error == wouldBlock ? null : throw new IOException($"It cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);
}
