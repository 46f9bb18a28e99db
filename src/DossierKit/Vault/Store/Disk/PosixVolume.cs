using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace DossierKit.Vault;

/// <summary>
/// A root folder on Linux or macOS. Every path is walked folder by folder from a handle of the root, without following links, so nothing that is planted
/// inside the root leads out of it. Every folder that changes was opened before the change: an error of the flush is then reported to us and not to someone else.
/// </summary>
internal sealed class PosixVolume : Volume
{
    private const int FolderFlags = Libc.ORdOnly;

    private readonly SafeFileHandle _root;
    private readonly bool _opensBelow;
    private SafeFileHandle? _temps;

    private PosixVolume(string root, SafeFileHandle handle)
    {
        Root = root;
        _root = handle;
        _opensBelow = Libc.OpensBelow(handle);
    }

    public override string Root { get; }

    /// <summary>Whether a name is given by link and unlink, because the place has no exclusive rename (NFS). Found out by <see cref="Probe"/>.</summary>
    public bool GivesNamesByLink { get; set; }

    public static PosixVolume? OpenRoot(string root, bool create)
    {
        var handle = Libc.Open(root, FolderFlags | Libc.ODirectory);
        if (!handle.IsInvalid) return new PosixVolume(root, handle);
        if (Libc.LastError != Libc.ENOENT) throw Failure("opening the folder");
        if (!create) return null;
        MakeRoot(root);
        handle = Libc.Open(root, FolderFlags | Libc.ODirectory);
        return handle.IsInvalid ? throw Failure("opening the new folder") : new PosixVolume(root, handle);
    }

    public override void PrepareForWriting()
    {
        var temps = OpenFolder(_root, TempFolder, create: true);
        if (Interlocked.CompareExchange(ref _temps, temps, null) is not null) temps!.Dispose();
    }

    public override TempFile CreateTemp()
    {
        var temps = Temps;
        var name = RandomNumberGenerator.GetHexString(32, lowercase: true);

        // The sweeper of another process takes this lock exclusively: it never sees a new file that is not locked yet.
        using var gate = Libc.OpenAt(temps, ".", FolderFlags | Libc.ODirectory);
        if (gate.IsInvalid || Libc.Lock(gate, Libc.LockShared) == -1) throw Failure("locking the folder of files being written");
        var file = Libc.OpenAt(temps, name, Libc.ORdWr | Libc.OCreate | Libc.OExclusive | Libc.ONoFollow);
        if (file.IsInvalid) throw Failure("making a file");
        if (Libc.Lock(file, Libc.LockExclusive | Libc.LockNoWait) == 0) return new TempFile(file, name);
        var failure = Failure("locking a file");
        Discard(new TempFile(file, name));
        throw failure;
    }

    public override void Write(TempFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Libc.WriteAll(file.Handle, bytes, offset) == -1) throw Failure("writing");
    }

    public override void StartWriting(TempFile file, long offset, long length) => Libc.StartWriting(file.Handle, offset, length);

    public override void Flush(TempFile file)
    {
        if (Libc.SetTimes(file.Handle, new DateTimeOffset(FixedTime).ToUnixTimeSeconds()) == -1) throw Failure("setting the fixed time of a file");
        if (Libc.Flush(file.Handle) == -1) throw Failure("flushing a file (fsync)", notDurable: true);
    }

    public override bool Publish(TempFile file, ObjectName name)
    {
        using var folder = Walk(name, create: true, out var leaf)!;
        return GiveName(file, folder, leaf);
    }

    public override bool PublishOwn(TempFile file, string name) => GiveName(file, _root, name);

    public override void Discard(TempFile file)
    {
        // Removed before it is closed: closing gives up the lock.
        if (_temps is { IsClosed: false } temps) _ = Libc.Unlink(temps, file.Name);
        file.Handle.Dispose();
    }

    public override SafeFileHandle? OpenRead(ObjectName name)
    {
        using var folder = _opensBelow ? null : Walk(name, create: false, out _);
        if (folder is null && !_opensBelow) return null;
        var leaf = _opensBelow ? name.Value : name.Value[(name.Value.LastIndexOf('/') + 1)..];
        var flags = Libc.ORdOnly | Libc.ONoFollow | Libc.ONonBlock;
        var file = Open(flags | Libc.ONoAccessTime);

        // Only the owner may read without leaving a trace of when.
        if (file.IsInvalid && Libc.LastError == Libc.EPERM) file = Open(flags);
        if (file.IsInvalid)
        {
            var error = Libc.LastError;
            // A file where a folder was looked for: nothing lies below it.
            if (error == Libc.ENOENT || (error == Libc.ENOTDIR && _opensBelow)) return null;
            throw error == Libc.ELoop ? Foreign(name.Value, "is a link, and links are never followed") : Failure("opening a file", error);
        }

        var wrong = Libc.WhatIsWrongWith(file);
        if (wrong == 0) return file;
        file.Dispose();
        return wrong switch
        {
            Libc.EISDIR => null,
            Libc.ESPIPE => throw Foreign(name.Value, "is no regular file"),
            _ => throw Failure("reading a file", wrong),
        };

        SafeFileHandle Open(int how) => folder is null ? Libc.OpenBelow(_root, leaf, how) : Libc.OpenAt(folder, leaf, how);
    }

    public override int Read(SafeFileHandle handle, Span<byte> destination, long offset)
    {
        var read = Libc.ReadAll(handle, destination, offset);
        return read == -1 ? throw Failure("reading") : read;
    }

    public override bool Delete(ObjectName name)
    {
        using var folder = Walk(name, create: false, out var leaf);
        return folder is not null && Delete(folder, leaf);
    }

    public override void DeleteMany(IReadOnlyCollection<ObjectName> names)
    {
        // One flush a folder: the number of flushes is the cost.
        foreach (var siblings in names.GroupBy(name => name.Value[..(name.Value.LastIndexOf('/') + 1)], StringComparer.Ordinal))
        {
            using var folder = Walk(siblings.First(), create: false, out _);
            if (folder is null) continue;
            foreach (var name in siblings) Unlink(folder, name.Value[siblings.Key.Length..]);
            if (Libc.Flush(folder) == -1) throw Failure("flushing a folder (fsync)", notDurable: true);
        }
    }

    public override bool DeleteOwn(string name) => Delete(_root, name);

    public override bool ExistsOwn(string name)
    {
        using var file = Libc.OpenAt(_root, name, Libc.ORdOnly | Libc.ONoFollow | Libc.ONonBlock);
        return !file.IsInvalid;
    }

    public override string? PathOf(string folder)
    {
        if (folder.Length == 0) return Root;
        var current = _root;
        try
        {
            foreach (var segment in folder[..^1].Split('/'))
            {
                var next = OpenFolder(current, segment, create: false);
                if (current != _root) current.Dispose();
                if (next is null) return null;
                current = next;
            }
        }
        finally
        {
            if (current != _root) current.Dispose();
        }

        return Path.Join(Root, folder);
    }

    public override void SweepTemps()
    {
        if (_temps is not { } temps) return;
        using var gate = Libc.OpenAt(temps, ".", FolderFlags | Libc.ODirectory);
        if (gate.IsInvalid || Libc.Lock(gate, Libc.LockExclusive) == -1) throw Failure("locking the folder of files being written");
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.Join(Root, TempFolder)))
        {
            var name = Path.GetFileName(path);
            using var file = Libc.OpenAt(temps, name, Libc.ORdOnly | Libc.ONoFollow | Libc.ONonBlock);
            if (!file.IsInvalid && Libc.Lock(file, Libc.LockExclusive | Libc.LockNoWait) == 0) _ = Libc.Unlink(temps, name);
        }
    }

    public override IReadOnlyList<string> Probe() => new PosixProbe(this, Temps).Run();

    public override void Dispose()
    {
        _temps?.Dispose();
        _root.Dispose();
    }

    /// <summary>Gives a file a name in a folder, exclusively, and makes the folder durable. The answer "taken" is made durable too: the rival may not have done so yet.</summary>
    internal bool GiveName(TempFile file, SafeFileHandle folder, string leaf)
    {
        var given = GivesNamesByLink ? Libc.Link(Temps, file.Name, folder, leaf) : Libc.RenameExclusively(Temps, file.Name, folder, leaf);
        var error = given == -1 ? Libc.LastError : 0;
        if (error is not 0 and not Libc.EEXIST) throw Failure("giving a file its name", error);
        if (GivesNamesByLink) _ = Libc.Unlink(Temps, file.Name);
        if (error == Libc.EEXIST) RefuseFolder(folder, leaf);
        if (Libc.Flush(folder) == -1) throw Failure("flushing a folder (fsync)", notDurable: true);
        return error == 0;
    }

    /// <summary>Opened late when the disk was full at first.</summary>
    private SafeFileHandle Temps
    {
        get
        {
            if (_temps is null) PrepareForWriting();
            return _temps!;
        }
    }

    private static void RefuseFolder(SafeFileHandle folder, string leaf)
    {
        using var below = Libc.OpenAt(folder, leaf, FolderFlags | Libc.ODirectory | Libc.ONoFollow);
        if (!below.IsInvalid) throw new InvalidOperationException($"'{leaf}' cannot be an object: it is the folder of others.");
    }

    private static bool Delete(SafeFileHandle folder, string leaf)
    {
        var removed = Unlink(folder, leaf);
        if (Libc.Flush(folder) == -1) throw Failure("flushing a folder (fsync)", notDurable: true);
        return removed;
    }

    private static bool Unlink(SafeFileHandle folder, string leaf)
    {
        var removed = Libc.Unlink(folder, leaf) == 0;
        var error = removed ? 0 : Libc.LastError;
        if (error is not 0 and not Libc.ENOENT)
        {
            // A folder is no object: EISDIR on Linux, EPERM on macOS.
            using var below = Libc.OpenAt(folder, leaf, FolderFlags | Libc.ODirectory | Libc.ONoFollow);
            throw below.IsInvalid ? Failure("removing a file", error) : Foreign(leaf, "is a folder, and the removal of an object was asked");
        }

        return removed;
    }

    /// <summary>Makes the root and those above it that are missing, each durable in its parent.</summary>
    private static void MakeRoot(string root)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(root)) ?? throw Failure("making the folder", Libc.ENOENT);
        if (!Directory.Exists(parent)) MakeRoot(parent);
        using var above = Libc.Open(parent, FolderFlags | Libc.ODirectory);
        if (above.IsInvalid) throw Failure("opening the folder above");
        MakeFolder(above, Path.GetFileName(Path.TrimEndingDirectorySeparator(root)));
    }

    private static void MakeFolder(SafeFileHandle parent, string name)
    {
        // Someone else may have made it a moment ago and not have flushed it: flush in any case.
        if (Libc.MakeFolder(parent, name) == -1 && Libc.LastError != Libc.EEXIST) throw Failure("making a folder");
        if (Libc.Flush(parent) == -1) throw Failure("flushing a folder (fsync)", notDurable: true);
    }

    /// <summary>Opens the folder an object lies in; <see langword="null"/> when it is not there and not to be made.</summary>
    private SafeFileHandle? Walk(ObjectName name, bool create, out string leaf)
    {
        var segments = name.Value.Split('/');
        leaf = segments[^1];
        if (_opensBelow && segments.Length > 1)
        {
            // What goes wrong is left to the walk, which knows what to say of it.
            var found = Libc.OpenBelow(_root, name.Value[..^(leaf.Length + 1)], FolderFlags | Libc.ODirectory | Libc.ONoFollow);
            if (!found.IsInvalid) return found;
            if (Libc.LastError == Libc.ENOENT && !create) return null;
        }

        var current = Libc.OpenAt(_root, ".", FolderFlags | Libc.ODirectory);
        if (current.IsInvalid) throw Failure("opening the root folder");
        foreach (var segment in segments.AsSpan(0, segments.Length - 1))
        {
            SafeFileHandle? next;
            try
            {
                next = OpenFolder(current, segment, create);
            }
            finally
            {
                current.Dispose();
            }

            if (next is null) return null;
            current = next;
        }

        return current;
    }

    private static SafeFileHandle? OpenFolder(SafeFileHandle parent, string name, bool create)
    {
        for (var made = false; ; made = true)
        {
            var folder = Libc.OpenAt(parent, name, FolderFlags | Libc.ODirectory | Libc.ONoFollow);
            if (!folder.IsInvalid) return folder;
            var error = Libc.LastError;
            if (error == Libc.ENOTDIR || error == Libc.ELoop)
            {
                if (Libc.IsLink(parent, name)) throw Foreign(name, "is a link, and links are never followed");
                if (create) throw new InvalidOperationException($"'{name}' cannot be a folder: it is an object.");
                return null;
            }

            if (error != Libc.ENOENT || made) throw Failure("opening a folder", error);
            if (!create) return null;
            MakeFolder(parent, name);
        }
    }

    private static DiskException Foreign(string name, string what) => new(DiskFault.Foreign, "finding the file", $"'{name}' {what}");

    internal static DiskException Failure(string operation, bool notDurable = false) => Failure(operation, Libc.LastError, notDurable);

    private static DiskException Failure(string operation, int error, bool notDurable = false)
    {
        var fault = error switch
        {
            Libc.ENOSPC => DiskFault.Full,
            Libc.EACCES or Libc.EPERM => DiskFault.Denied,
            Libc.EROFS => DiskFault.ReadOnlyPlace,
            Libc.EINVAL => DiskFault.Unsupported,
            _ when error == Libc.EDiskQuota => DiskFault.Full,
            _ when error == Libc.ENoSystemCall || error == Libc.ENotSupported => DiskFault.Unsupported,
            _ => DiskFault.Failing,
        };
        var text = string.Create(CultureInfo.InvariantCulture, $"{System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
        return new DiskException(fault, operation, text) { NotDurable = notDurable };
    }
}
