using System.IO.Enumeration;

namespace DossierKit.Vault;

/// <summary>
/// Lists a tree of files in the ordinal order of their whole names, a page at a time. A folder is never held or sorted as a whole: of each the smallest
/// names that still fit the page are kept, so that a page of 1,000 from a folder of 100,000 takes the memory of 1,000.
/// </summary>
internal sealed class FolderListing(Volume volume, string? after, int limit)
{
    private static readonly Comparer<string> Descending = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    private readonly List<ObjectName> _page = [];

    /// <summary>The page of names below a folder ("" or ending in '/').</summary>
    public List<ObjectName> Run(string folder)
    {
        Add(folder);
        return _page;
    }

    private void Add(string folder)
    {
        string? key = null;
        while (_page.Count < limit)
        {
            var wanted = limit - _page.Count;
            var keys = SmallestKeys(folder, key, wanted);
            foreach (var next in keys)
            {
                if (_page.Count == limit) return;
                if (next[^1] == '/') Add(folder + next);
                else if (ObjectName.IsValid(folder + next)) _page.Add(new ObjectName(folder + next));
            }

            if (keys.Count < wanted) return;
            key = keys[^1];
        }
    }

    /// <summary>
    /// The smallest keys of a folder after a key. The key of a file is its name, that of a folder its name and '/', which is how their names compare with those of
    /// what lies beside and below.
    /// </summary>
    private List<string> SmallestKeys(string folder, string? afterKey, int count)
    {
        if (volume.PathOf(folder) is not { } path) return [];
        var smallest = new PriorityQueue<string, string>(Descending);
        var entries = new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => KeyOf(entry.FileName, entry.IsDirectory), Options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsWanted(ref entry, folder, afterKey, smallest, count),
        };
        try
        {
            foreach (var key in entries)
            {
                smallest.Enqueue(key, key);
                if (smallest.Count > count) smallest.Dequeue();
            }
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        var keys = new List<string>(smallest.Count);
        while (smallest.TryDequeue(out var key, out _)) keys.Add(key);
        keys.Reverse();
        return keys;
    }

    private bool IsWanted(ref FileSystemEntry entry, string folder, string? afterKey, PriorityQueue<string, string> smallest, int count)
    {
        var name = entry.FileName;
        if (name.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-")) return false;
        var isFolder = entry.IsDirectory;
        if (afterKey is not null && Compare(name, isFolder, afterKey) <= 0) return false;
        if (smallest.Count == count && Compare(name, isFolder, smallest.Peek()) > 0) return false;
        if (after is not null && IsBefore(folder, name, isFolder)) return false;

        // A link to a folder would lead out of the root.
        return !isFolder || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
    }

    /// <summary>Whether a file, or everything in a folder, comes before or at the start of the listing.</summary>
    private bool IsBefore(string folder, ReadOnlySpan<char> name, bool isFolder)
    {
        if (string.CompareOrdinal(folder, 0, after, 0, folder.Length) is var order and not 0) return order < 0;
        var rest = after.AsSpan(folder.Length);
        if (isFolder && rest.Length > name.Length && rest.StartsWith(name) && rest[name.Length] == '/') return false;
        return Compare(name, isFolder, rest) <= 0;
    }

    private static string KeyOf(ReadOnlySpan<char> name, bool isFolder) => isFolder ? string.Concat(name, "/") : name.ToString();

    private static int Compare(ReadOnlySpan<char> name, bool isFolder, ReadOnlySpan<char> key)
    {
        var common = Math.Min(name.Length, key.Length);
        var order = name[..common].SequenceCompareTo(key[..common]);
        if (order != 0 || !isFolder) return order != 0 ? order : name.Length.CompareTo(key.Length);
        if (key.Length <= name.Length) return 1;
        order = '/'.CompareTo(key[name.Length]);
        return order != 0 ? order : (name.Length + 1).CompareTo(key.Length);
    }
}
