using System.IO.Compression;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>What lies at a path of a bag.</summary>
internal enum BagEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link or device: it may show anything, and is never opened.</summary>
    Other,
}

/// <summary>Something in a bag that was received.</summary>
internal sealed record BagEntry(string Path, BagEntryKind Kind, long Length);

/// <summary>A bag as it was received: a folder, or one zip.</summary>
internal abstract class BagSource : IAsyncDisposable
{
    /// <summary>Everything in it, paths relative to the bag, with '/'.</summary>
    public abstract IReadOnlyList<BagEntry> Entries { get; }

    public abstract ValueTask<Stream> OpenAsync(string path, CancellationToken ct);

    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>A bag in a folder. Links are not followed.</summary>
internal sealed class FolderBagSource : BagSource
{
    private readonly string _folder;

    public FolderBagSource(string folder)
    {
        _folder = Path.GetFullPath(folder);
        var entries = new List<BagEntry>();
        List(new DirectoryInfo(_folder), "", entries);
        Entries = entries;
    }

    public override IReadOnlyList<BagEntry> Entries { get; }

    public override ValueTask<Stream> OpenAsync(string path, CancellationToken ct)
        => new(new FileStream(Path.Combine(_folder, path), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16, Options = FileOptions.Asynchronous | FileOptions.SequentialScan }));

    private static void List(DirectoryInfo folder, string prefix, List<BagEntry> entries)
    {
        foreach (var found in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }).OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            var path = prefix + found.Name;
            if (entries.Count >= BagLimits.MostEntries || path.Length > BagLimits.LongestPath) throw BagTooLargeException.Entries;
            if (found.LinkTarget is not null || found.Attributes.HasFlag(FileAttributes.ReparsePoint)) entries.Add(new BagEntry(path, BagEntryKind.Other, 0));
            else if (found is DirectoryInfo inner)
            {
                entries.Add(new BagEntry(path, BagEntryKind.Folder, 0));
                List(inner, path + "/", entries);
            }
            else if (found is FileInfo file && !IsSpecial(file)) entries.Add(new BagEntry(path, BagEntryKind.File, file.Length));
            else entries.Add(new BagEntry(path, BagEntryKind.Other, 0));
        }
    }

    /// <summary>A pipe says it is an empty file, and opening it would wait for ever.</summary>
    private static bool IsSpecial(FileInfo file)
    {
        if (OperatingSystem.IsWindows() || file.Length > 0) return false;
        using var handle = Libc.Open(file.FullName, Libc.ORdOnly | Libc.ONonBlock | Libc.ONoFollow | Libc.OCloseOnExec);
        if (handle.IsInvalid) return true;
        using var content = new FileStream(handle, FileAccess.Read);
        return !content.CanSeek;
    }
}

/// <summary>A bag in one zip, in a folder of its own.</summary>
internal sealed class ZipBagSource : BagSource
{
    private readonly ZipArchive _zip;
    private readonly Stream _content;
    private readonly Dictionary<string, ZipArchiveEntry> _files = new(StringComparer.Ordinal);

    private ZipBagSource(ZipArchive zip, Stream content, long length, CancellationToken ct)
    {
        (_zip, _content) = (zip, content);
        var entries = new List<BagEntry>();
        if (zip.Entries.Any(entry => entry.FullName.Length > BagLimits.LongestPath)) throw BagTooLargeException.Entries;
        // Small files can say that they are vast, and be read for days.
        if (zip.Entries.Sum(entry => (decimal)entry.Length) > BagLimits.UnpackedOf(length)) throw BagTooLargeException.Unpacked;
        // RFC 8493 (5): the archive unpacks to one folder, the bag.
        var root = zip.Entries.Select(entry => entry.FullName.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList() is [var only] && zip.Entries.All(entry => entry.FullName.Contains('/', StringComparison.Ordinal)) ? only + "/" : "";
        foreach (var entry in zip.Entries)
        {
            var path = entry.FullName[root.Length..];
            if (path.Length == 0) continue;
            const int TypeMask = 0xF000, RegularFile = 0x8000;
            var mode = entry.ExternalAttributes >> 16 & TypeMask;
            var kind = path.EndsWith('/') ? BagEntryKind.Folder : mode is 0 or RegularFile ? BagEntryKind.File : BagEntryKind.Other;
            // The same path twice: one of the two would be unpacked over the other.
            if (kind == BagEntryKind.File && !_files.TryAdd(path, entry)) kind = BagEntryKind.Other;
            entries.Add(new BagEntry(path.TrimEnd('/'), kind, entry.Length));
        }

        // Folders need no entry of their own.
        var (named, above) = (entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var path in _files.Keys)
        {
            ct.ThrowIfCancellationRequested();
            for (var at = path.LastIndexOf('/'); at > 0 && above.Add(path[..at]); at = path.LastIndexOf('/', at - 1))
            {
                if (entries.Count >= BagLimits.MostEntries) throw BagTooLargeException.Entries;
                if (!named.Contains(path[..at])) entries.Add(new BagEntry(path[..at], BagEntryKind.Folder, 0));
            }
        }

        Entries = entries;
    }

    public override IReadOnlyList<BagEntry> Entries { get; }

    public static async ValueTask<ZipBagSource> OpenAsync(Stream zip, CancellationToken ct)
    {
        try
        {
            ZipNames.Check(zip, ct);
            var (length, archive) = (zip.Length, await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct));
            return new(archive, zip, length, ct);
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<Stream> OpenAsync(string path, CancellationToken ct) => new DeclaredContent(await _files[path].OpenAsync(ct), _files[path].Length);

    public override async ValueTask DisposeAsync()
    {
        await _zip.DisposeAsync();
        await _content.DisposeAsync();
        await base.DisposeAsync();
    }
}

/// <summary>
/// A file of a zip, to one byte past the length that its directory tells: enough to see that it is longer, and no bomb. What is held against its length is never larger than it was taken for.
/// </summary>
internal sealed class DeclaredContent(Stream inner, long length) : Stream
{
    private long _left = length + 1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => length + 1 - _left;
        set => throw new NotSupportedException("A file of a zip is read once.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => Took(await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Took(inner.Read(buffer, offset, (int)Math.Min(count, _left)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A file of a zip is read once.");

    public override void SetLength(long value) => throw new NotSupportedException("A file of a zip is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file of a zip is read only.");

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Took(int count)
    {
        _left -= count;
        return count;
    }
}
