using System.Globalization;

namespace DossierKit.Vault;

/// <summary>The names of a stream's objects in the store; FORMAT.md, "Streams".</summary>
internal readonly record struct StreamLayout(OpaqueId Stream)
{
    /// <summary>Above all streams.</summary>
    public const string AllStreams = "s/";

    public string Prefix => $"s/{Stream}/";

    public string KeyPrefix => $"s/{Stream}/key/";

    /// <summary>The stream key, wrapped in its slots; a changed list of slots is the next version.</summary>
    public ObjectName Key(long version) => new($"s/{Stream}/key/{Number(version)}");

    public string CompartmentPrefix => $"s/{Stream}/c/";

    /// <summary>A compartment key, wrapped under the stream key.</summary>
    public ObjectName Compartment(OpaqueId compartment) => new($"s/{Stream}/c/{compartment}");

    public string PagePrefix => $"s/{Stream}/k/";

    /// <summary>A key page: the wrapped keys of one commit. The sequence it was written for stands first, so that a page of an attempt that lost can be told.</summary>
    public ObjectName Page(long sequence, OpaqueId page) => new($"s/{Stream}/k/{Number(sequence)}-{page}");

    public string JournalPrefix => $"s/{Stream}/j/";

    public ObjectName Commit(long sequence) => new($"s/{Stream}/j/{Number(sequence)}");

    public string BlobPrefix => $"s/{Stream}/b/";

    public ObjectName Blob(OpaqueId blob) => new($"s/{Stream}/b/{blob}");

    public string SnapshotPrefix => $"s/{Stream}/n/";

    public ObjectName Snapshot(long sequence) => new($"s/{Stream}/n/{Number(sequence)}");

    /// <summary>Above everything derived from a compartment.</summary>
    public string DerivedPrefix(OpaqueId compartment) => $"{AllDerivedPrefix}{compartment}/";

    /// <summary>Above everything derived from the content of the stream.</summary>
    public string AllDerivedPrefix => $"s/{Stream}/d/";

    /// <summary>A part of a version of what was derived from a compartment.</summary>
    public ObjectName Derived(OpaqueId compartment, long version, int part) => new(string.Create(CultureInfo.InvariantCulture, $"{DerivedPrefix(compartment)}{Number(version)}-{part}"));

    /// <summary>The part in the name of a derived object.</summary>
    public static int PartOf(ObjectName name)
        => int.TryParse(name.Value.AsSpan(name.Value.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : -1;

    /// <summary>The compartment in the name of a derived object.</summary>
    public static OpaqueId CompartmentOf(ObjectName name) => name.Value.Split('/') is [.., var compartment, _] && OpaqueId.TryParse(compartment, out var id)
        ? id
        : throw new VaultDamagedException($"Object {name} has a name that no writer gives. Remove it or restore the folder, then run verify.");

    /// <summary>The sequence in the last segment of a commit's, page's or snapshot's name.</summary>
    public static long SequenceOf(ObjectName name)
    {
        var last = name.Value.AsSpan(name.Value.LastIndexOf('/') + 1);
        return last.Length >= 16 && long.TryParse(last[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
            ? sequence
            : throw new VaultDamagedException($"Object {name} has a name that no writer gives. Remove it or restore the folder, then run verify.");
    }

    private static string Number(long sequence) => sequence.ToString("x16", CultureInfo.InvariantCulture);
}
