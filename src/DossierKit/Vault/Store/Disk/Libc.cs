using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// The system calls of Linux and macOS that the store needs to the letter. .NET's own file calls will not do: on Linux
/// <c>FileStream.Flush(true)</c> and <c>RandomAccess.FlushToDisk</c> return quietly when fsync reports EIO, and <c>File.Move</c> is not exclusive.
/// </summary>
internal static partial class Libc
{
    public const int ENOENT = 2, EINTR = 4, EIO = 5, EACCES = 13, EEXIST = 17, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENOSPC = 28, ESPIPE = 29, EROFS = 30, EPERM = 1;

    public const int LockShared = 1, LockExclusive = 2, LockNoWait = 4, LockRelease = 8;

    public const int ORdOnly = 0, ORdWr = 2;

    public const uint StartWriteRange = 2;

    private const int FFullFsync = 51;

    private const int EAgain = 11;

    private const nint OpenAt2 = 437;

    private const ulong ResolveNoLinks = 4, ResolveBeneath = 8;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();

    /// <summary>On these architectures Linux swaps four bits of the open flags.</summary>
    private static readonly bool ArmFlags = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Ppc64le;

    public static int ONonBlock { get; } = IsMac ? 0x4 : 0x800;

    public static int OCreate { get; } = IsMac ? 0x200 : 0x40;

    public static int OExclusive { get; } = IsMac ? 0x800 : 0x80;

    public static int OCloseOnExec { get; } = IsMac ? 0x1000000 : 0x80000;

    public static int ODirectory { get; } = IsMac ? 0x100000 : ArmFlags ? 0x4000 : 0x10000;

    public static int ONoFollow { get; } = IsMac ? 0x100 : ArmFlags ? 0x8000 : 0x20000;

    public static int ONoAccessTime { get; } = IsMac ? 0 : 0x40000;

    public static int ELoop { get; } = IsMac ? 62 : 40;

    public static int EDiskQuota { get; } = IsMac ? 69 : 122;

    public static int EWouldBlock { get; } = IsMac ? 35 : 11;

    public static int ENoSystemCall { get; } = IsMac ? 78 : 38;

    public static int ENotSupported { get; } = IsMac ? 45 : 95;

    private static int AtCurrentFolder { get; } = IsMac ? -2 : -100;

    private static uint RenameExclusive { get; } = IsMac ? 4u : 1u;

    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>Opens a path relative to the working folder. Returns an invalid handle on failure, see <see cref="LastError"/>.</summary>
    public static SafeFileHandle Open(string path, int flags) => Open(AtCurrentFolder, path, flags);

    /// <summary>Opens a name in a folder. Files are made with mode 0600.</summary>
    public static SafeFileHandle OpenAt(SafeHandle folder, string name, int flags)
    {
        var added = false;
        try
        {
            folder.DangerousAddRef(ref added);
            return Open((int)folder.DangerousGetHandle(), name, flags);
        }
        finally
        {
            if (added) folder.DangerousRelease();
        }
    }

    /// <summary>
    /// Opens a path below a folder in one call that follows no link in any part of it (openat2 of Linux): a look at an object takes one call and not one for each folder.
    /// Only where <see cref="OpensBelow"/> holds.
    /// </summary>
    public static unsafe SafeFileHandle OpenBelow(SafeHandle folder, string path, int flags)
    {
        var how = stackalloc ulong[] { (uint)(flags | OCloseOnExec), 0, ResolveNoLinks | ResolveBeneath };
        nint fd;
        var added = false;
        try
        {
            folder.DangerousAddRef(ref added);
            do fd = OpenAt2Native(OpenAt2, folder.DangerousGetHandle(), path, how, 3 * sizeof(ulong));
            while (fd == -1 && LastError is EINTR or EAgain);
        }
        finally
        {
            if (added) folder.DangerousRelease();
        }

        var error = LastError;
        var handle = new SafeFileHandle(fd, ownsHandle: true);
        Marshal.SetLastPInvokeError(error);
        return handle;
    }

    /// <summary>Whether this system has that call, and lets this process use it: asked once, of a folder that is open.</summary>
    public static bool OpensBelow(SafeHandle folder)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64)) return false;
        using var same = OpenBelow(folder, ".", ORdOnly | ODirectory);
        return !same.IsInvalid;
    }

    /// <summary>Makes a file's bytes or a folder's names durable, down to the medium. 0, or -1 with <see cref="LastError"/>.</summary>
    public static int Flush(SafeHandle handle)
    {
        int result;
        do result = IsMac ? FcntlNative(handle, FFullFsync) : FsyncNative(handle);
        while (result == -1 && LastError == EINTR);

        // A network volume of macOS does not know F_FULLFSYNC; fsync is then all there is.
        return result == -1 && IsMac && LastError is var error && (error == ENotSupported || error == EINVAL) ? FsyncNative(handle) : result;
    }

    /// <summary>Moves a file to a name that must not exist yet, in one step. 0, or -1 with <see cref="LastError"/>.</summary>
    public static int RenameExclusively(SafeHandle from, string fromName, SafeHandle to, string toName)
    {
        try
        {
            return IsMac ? RenameAtXNative(from, fromName, to, toName, RenameExclusive) : RenameAt2Native(from, fromName, to, toName, RenameExclusive);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library; the caller falls back on links.
            Marshal.SetLastPInvokeError(ENoSystemCall);
            return -1;
        }
    }

    public static int Link(SafeHandle from, string fromName, SafeHandle to, string toName) => LinkAtNative(from, fromName, to, toName, 0);

    public static int Unlink(SafeHandle folder, string name) => UnlinkAtNative(folder, name, 0);

    /// <summary>Makes a folder with mode 0700.</summary>
    public static int MakeFolder(SafeHandle folder, string name) => MkdirAtNative(folder, name, 0b111_000_000);

    /// <summary>Whether a name is a symbolic link.</summary>
    public static unsafe bool IsLink(SafeHandle folder, string name)
    {
        byte target;
        return ReadLinkAtNative(folder, name, &target, 1) >= 0;
    }

    public static int Lock(SafeHandle handle, int operation)
    {
        int result;
        do result = FlockNative(handle, operation);
        while (result == -1 && LastError == EINTR);
        return result;
    }

    public static unsafe int SetTimes(SafeHandle handle, long unixSeconds)
    {
        var times = stackalloc nint[] { (nint)unixSeconds, 0, (nint)unixSeconds, 0 };
        return FutimensNative(handle, times);
    }

    /// <summary>Writes all bytes. 0, or -1 with <see cref="LastError"/>.</summary>
    public static unsafe int WriteAll(SafeHandle handle, ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            var done = 0;
            while (done < bytes.Length)
            {
                var written = PwriteNative(handle, start + done, bytes.Length - done, offset + done);
                if (written == -1 && LastError == EINTR) continue;
                if (written == -1) return -1;
                done += (int)written;
            }

            return 0;
        }
    }

    /// <summary>Reads until the destination is full or the file ends; the number of bytes, or -1 with <see cref="LastError"/>.</summary>
    public static unsafe int ReadAll(SafeHandle handle, Span<byte> destination, long offset)
    {
        fixed (byte* start = destination)
        {
            var done = 0;
            while (done < destination.Length)
            {
                var read = PreadNative(handle, start + done, destination.Length - done, offset + done);
                if (read == -1 && LastError == EINTR) continue;
                if (read == -1) return -1;
                if (read == 0) break;
                done += (int)read;
            }

            return done;
        }
    }

    /// <summary>0 when the handle is of a regular file, else the error that says what it is: EISDIR, or ESPIPE for what cannot be read at an offset.</summary>
    public static unsafe int WhatIsWrongWith(SafeHandle handle)
    {
        byte none;
        return PreadNative(handle, &none, 0, 0) == 0 ? 0 : LastError;
    }

    /// <summary>Starts writing a range to the disk, without waiting; Linux only, a hint.</summary>
    public static void StartWriting(SafeHandle handle, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) _ = SyncFileRangeNative(handle, offset, length, StartWriteRange);
    }

    private static SafeFileHandle Open(int folder, string name, int flags)
    {
        int fd;
        do fd = OpenAtNative(folder, name, flags | OCloseOnExec, 0b110_000_000);
        while (fd == -1 && LastError == EINTR);
        var error = LastError;
        var handle = new SafeFileHandle(fd, ownsHandle: true);

        // The mode is a variadic argument, which macOS on Arm passes elsewhere: set it again.
        if (fd != -1 && IsMac && (flags & OCreate) != 0 && FchmodNative(handle, 0b110_000_000) == -1) error = LastError;
        Marshal.SetLastPInvokeError(error);
        return handle;
    }

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAtNative(int folder, string name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint OpenAt2Native(nint number, nint folder, string path, ulong* how, nint size);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int FchmodNative(SafeHandle handle, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncNative(SafeHandle handle);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FcntlNative(SafeHandle handle, int command);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2Native(SafeHandle from, string fromName, SafeHandle to, string toName, uint flags);

    [LibraryImport("libc", EntryPoint = "renameatx_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAtXNative(SafeHandle from, string fromName, SafeHandle to, string toName, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAtNative(SafeHandle from, string fromName, SafeHandle to, string toName, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAtNative(SafeHandle folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkdirAtNative(SafeHandle folder, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint ReadLinkAtNative(SafeHandle folder, string name, byte* target, nint size);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FlockNative(SafeHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static unsafe partial int FutimensNative(SafeHandle handle, nint* times);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static unsafe partial nint PwriteNative(SafeHandle handle, byte* bytes, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static unsafe partial nint PreadNative(SafeHandle handle, byte* bytes, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncFileRangeNative(SafeHandle handle, long offset, long length, uint flags);
}
