using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// A root folder on Windows. Untried: it is written with care and by the documentation, but nobody has run it on Windows yet.
/// A name is given with MoveFileEx, write-through and without replacing, which is exclusive and returns when the move is on disk.
/// </summary>
internal sealed partial class WindowsVolume : Volume
{
    private const uint MoveWriteThrough = 8;
    private const int FileNotFound = 2, PathNotFound = 3, AccessDenied = 5, WriteProtected = 19, HandleDiskFull = 39, NotSupported = 50, FileExists = 80, DiskFull = 112, AlreadyExists = 183, QuotaExceeded = 1295;

    private WindowsVolume(string root) => Root = root;

    public override string Root { get; }

    public static WindowsVolume? OpenRoot(string root, bool create)
    {
        if (!Directory.Exists(root))
        {
            if (!create) return null;
            Run("making the folder", () => Directory.CreateDirectory(root));
        }

        return new WindowsVolume(root);
    }

    public override void PrepareForWriting() => Run("making a folder", () => Directory.CreateDirectory(Path.Join(Root, TempFolder)));

    /// <summary>The name starts with the process id: that is how <see cref="SweepTemps"/> knows whether its writer lives.</summary>
    public override TempFile CreateTemp()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
        return Run("making a file", () => new TempFile(File.OpenHandle(TempPath(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete), name));
    }

    public override void Write(TempFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file.Handle, bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure("writing", e.HResult & 0xFFFF, notDurable: false);
        }
    }

    public override void StartWriting(TempFile file, long offset, long length)
    {
    }

    public override void Flush(TempFile file)
    {
        Run("setting the fixed time of a file", () => File.SetLastWriteTimeUtc(file.Handle, FixedTime));
        if (!FlushFileBuffers(file.Handle)) throw Failure("flushing a file (FlushFileBuffers)", Marshal.GetLastPInvokeError(), notDurable: true);
    }

    public override bool Publish(TempFile file, ObjectName name)
    {
        var path = PathOf(name);
        Run("making a folder", () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        RefuseLinks(path);
        return Move(file, path);
    }

    public override bool PublishOwn(TempFile file, string name) => Move(file, Path.Join(Root, name));

    public override void Discard(TempFile file)
    {
        file.Handle.Dispose();
        try
        {
            File.Delete(TempPath(file.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next sweep takes it.
        }
    }

    public override SafeFileHandle? OpenRead(ObjectName name)
    {
        var path = PathOf(name);
        RefuseLinks(path);
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure("opening a file", e.HResult & 0xFFFF, notDurable: false);
        }
    }

    public override int Read(SafeFileHandle handle, Span<byte> destination, long offset)
    {
        var done = 0;
        try
        {
            while (done < destination.Length)
            {
                var read = RandomAccess.Read(handle, destination[done..], offset + done);
                if (read == 0) break;
                done += read;
            }

            return done;
        }
        catch (IOException e)
        {
            throw Failure("reading", e.HResult & 0xFFFF, notDurable: false);
        }
    }

    public override bool Delete(ObjectName name) => DeletePath(PathOf(name));

    public override bool DeleteOwn(string name) => DeletePath(Path.Join(Root, name));

    public override bool ExistsOwn(string name) => File.Exists(Path.Join(Root, name));

    public override string? PathOf(string folder)
    {
        var path = folder.Length == 0 ? Root : Path.Join(Root, folder.Replace('/', '\\'));
        if (!Directory.Exists(path)) return null;
        if (folder.Length > 0) RefuseLinks(Path.Join(path, "x"));
        return path;
    }

    public override void SweepTemps() => Run("removing what stopped processes left", () =>
    {
        foreach (var path in Directory.EnumerateFiles(Path.Join(Root, TempFolder)))
        {
            var name = Path.GetFileName(path);
            if (int.TryParse(name.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Lives(id)) continue;
            File.Delete(path);
        }
    });

    public override IReadOnlyList<string> Probe()
    {
        var lacks = new List<string>();
        var name = $"probe-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var first = CreateTemp();
        var second = CreateTemp();
        try
        {
            Write(first, "first"u8, 0);
            Flush(first);
            Flush(second);
            if (!Move(first, TempPath(name))) lacks.Add("a way to give a file a free name");
            if (Move(second, TempPath(name))) lacks.Add("refusal of a name that is taken");
            if (File.GetLastWriteTimeUtc(TempPath(name)) != FixedTime) lacks.Add("file times that stay as they are set");
        }
        finally
        {
            Discard(first);
            Discard(second);
            DeletePath(TempPath(name));
        }

        return lacks;
    }

    public override void Dispose()
    {
    }

    private string TempPath(string name) => Path.Join(Root, TempFolder, name);

    private string PathOf(ObjectName name) => Path.Join(Root, name.Value.Replace('/', '\\'));

    private static bool Lives(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private bool Move(TempFile file, string path)
    {
        // A file that is open cannot be moved; its bytes are flushed, so it may be closed.
        file.Handle.Dispose();
        if (MoveFileEx(TempPath(file.Name), path, MoveWriteThrough)) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (FileExists or AlreadyExists)) throw Failure("giving a file its name (MoveFileEx)", error, notDurable: false);
        return Directory.Exists(path) ? throw new InvalidOperationException($"'{Path.GetFileName(path)}' cannot be an object: it is the folder of others.") : false;
    }

    /// <summary>
    /// The name goes with a written-through move into the temp folder: DeleteFile alone does not wait for the disk. What a stopped process leaves there is swept.
    /// </summary>
    private bool DeletePath(string path)
    {
        var temp = TempPath(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}"));
        if (Directory.Exists(path)) throw new DiskException(DiskFault.Foreign, "removing a file", $"'{Path.GetFileName(path)}' is a folder, and the removal of an object was asked");
        if (!MoveFileEx(path, temp, MoveWriteThrough))
        {
            var error = Marshal.GetLastPInvokeError();
            return error is FileNotFound or PathNotFound ? false : throw Failure("removing a file (MoveFileEx)", error, notDurable: false);
        }

        Run("removing a file", () => File.Delete(temp));
        return true;
    }

    private void RefuseLinks(string path)
    {
        for (var current = Path.GetDirectoryName(path); current is not null && current.Length > Root.Length; current = Path.GetDirectoryName(current))
        {
            if (new DirectoryInfo(current) is { Exists: true, LinkTarget: not null })
                throw new DiskException(DiskFault.Foreign, "finding the file", $"'{Path.GetFileName(current)}' is a link, and links are never followed");
        }

        if (new FileInfo(path) is { Exists: true, LinkTarget: not null })
            throw new DiskException(DiskFault.Foreign, "finding the file", $"'{Path.GetFileName(path)}' is a link, and links are never followed");
    }

    private static void Run(string operation, Action action) => Run(operation, () =>
    {
        action();
        return true;
    });

    private static T Run<T>(string operation, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not DiskException))
        {
            throw Failure(operation, e.HResult & 0xFFFF, notDurable: false);
        }
    }

    private static DiskException Failure(string operation, int error, bool notDurable)
    {
        var fault = error switch
        {
            HandleDiskFull or DiskFull or QuotaExceeded => DiskFault.Full,
            AccessDenied => DiskFault.Denied,
            WriteProtected => DiskFault.ReadOnlyPlace,
            NotSupported => DiskFault.Unsupported,
            _ => DiskFault.Failing,
        };
        return new DiskException(fault, operation, $"{Marshal.GetPInvokeErrorMessage(error)} (error {error.ToString(CultureInfo.InvariantCulture)})") { NotDurable = notDurable };
    }

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool MoveFileEx(string from, string to, uint flags);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle handle);
}
