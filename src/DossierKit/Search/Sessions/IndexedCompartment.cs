using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>A file as the index knows it.</summary>
/// <param name="Id">The file.</param>
/// <param name="Document">Its number in the segment; -1 when there is nothing in it to find.</param>
/// <param name="HasProtectedName">Whether its text holds a name that belongs in <c>melder</c> alone.</param>
/// <param name="Gaps">What could not be read of it, and why.</param>
internal sealed record IndexedFile(FileId Id, int Document, bool HasProtectedName, IReadOnlyList<string> Gaps);

/// <summary>
/// What is searched of one compartment of one dossier: its files, and their segment. Never changes: another takes its place. Its texts lie beside it and are read when a piece of one is shown.
/// </summary>
internal sealed class IndexedCompartment
{
    private IndexedCompartment(Compartment compartment, long version, IReadOnlyList<IndexedFile> files, IndexSegment segment, DerivedObject texts)
    {
        (Compartment, Version, Files, Segment, Texts) = (compartment, version, files, segment, texts);
        Documents = new FileId[segment.Count];
        foreach (var file in files.Where(file => file.Document >= 0)) Documents[file.Document] = file.Id;
    }

    public Compartment Compartment { get; }

    /// <summary>Which version of it this is; a newer one takes its place.</summary>
    public long Version { get; }

    /// <summary>All its files, also those without text.</summary>
    public IReadOnlyList<IndexedFile> Files { get; }

    /// <summary>The file of each document of the segment.</summary>
    public FileId[] Documents { get; }

    public IndexSegment Segment { get; }

    /// <summary>The texts of its documents (<see cref="TextStore"/>).</summary>
    public DerivedObject Texts { get; }

    private static ReadOnlySpan<byte> Magic => "DKI1"u8;

    /// <summary>The bytes of it.</summary>
    public static byte[] Write(IReadOnlyList<IndexedFile> files, byte[] segment)
    {
        var output = new ByteStore(segment.Length + (32 * files.Count) + 16);
        output.Bytes(Magic);
        output.Number((uint)files.Count);
        foreach (var file in files)
        {
            output.Bytes(file.Id.Value.ToArray());
            output.Number((uint)(file.Document + 1));
            output.Byte(file.HasProtectedName ? (byte)1 : (byte)0);
            output.Number((uint)file.Gaps.Count);
            foreach (var gap in file.Gaps) output.Text(gap);
        }

        output.Bytes(segment);
        return output.Written.ToArray();
    }

    /// <exception cref="FormatException">These are not the bytes of one.</exception>
    public static IndexedCompartment Read(Compartment compartment, long version, byte[] bytes, DerivedObject texts)
    {
        var reader = new IndexReader(bytes);
        reader.Magic(Magic);
        var files = new IndexedFile[reader.Count()];
        for (var i = 0; i < files.Length; i++)
        {
            var id = new FileId(new OpaqueId(reader.Bytes(OpaqueId.Size)));
            var (document, hasName) = (reader.Number() - 1, reader.Bytes(1)[0] == 1);
            var gaps = new string[reader.Count()];
            for (var gap = 0; gap < gaps.Length; gap++) gaps[gap] = reader.Text();
            files[i] = new IndexedFile(id, document, hasName, gaps);
        }

        var segment = new IndexSegment(reader.Rest().ToArray());
        var numbers = files.Where(file => file.Document >= 0).Select(file => file.Document).ToHashSet();
        if (numbers.Count != segment.Count || files.Count(file => file.Document >= 0) != segment.Count || numbers.Any(number => number >= segment.Count))
            throw new FormatException("A segment whose documents are not those of its files.");
        return new IndexedCompartment(compartment, version, files, segment, texts);
    }
}

/// <summary>A dossier as the index has it, at one commit.</summary>
internal sealed class IndexedDossier(IndexSource source, IReadOnlyDictionary<Compartment, IndexedCompartment> compartments)
{
    private readonly Dictionary<Compartment, int> _waiting = IndexRules.Compartments
        .ToDictionary(compartment => compartment, compartment => WantedIn(source, compartment).Except(IndexedIn(compartments, compartment)).Count());

    private readonly IReadOnlySet<OpaqueId> _ids = source.Ids;

    public OpaqueId Stream { get; } = source.Stream;

    /// <summary>Who must be kept out, when the catalogue does not hold it; otherwise <see langword="null"/>.</summary>
    public CaseStanding? Guard { get; } = source.Guard;

    public DossierNumber Number { get; } = source.Standing.Number;

    /// <summary>The protocol it follows.</summary>
    public string Protocol { get; } = source.Standing.Protocol;

    /// <summary>The last commit that is in it.</summary>
    public long Head { get; } = source.Head;

    /// <summary>Every file that is there.</summary>
    public IReadOnlyDictionary<FileId, DossierFile> Files { get; } = source.Files;

    /// <summary>What its documents can be found by.</summary>
    public IReadOnlyList<IndexedFact> Facts { get; } = source.Facts;

    /// <summary>The surnames in the case, folded.</summary>
    public IReadOnlySet<string> Names { get; } = source.Names;

    /// <summary>What is searched of it: only compartments of which every indexed file is still there.</summary>
    public IReadOnlyDictionary<Compartment, IndexedCompartment> Compartments { get; } = compartments;

    /// <summary>Files of a compartment that the index does not hold yet.</summary>
    public int WaitingIn(Compartment compartment) => _waiting.GetValueOrDefault(compartment);

    /// <summary>Compartments of which the files are others than those that are indexed.</summary>
    public IReadOnlyList<Compartment> Stale { get; } = [.. IndexRules.Compartments.Where(compartment => !WantedIn(source, compartment).SetEquals(IndexedIn(compartments, compartment)))];

    /// <summary>Whether something of a file or an entry may be in it: also a name, or what is known of the case.</summary>
    public bool Holds(OpaqueId source) => _ids.Contains(source);

    private static HashSet<FileId> WantedIn(IndexSource source, Compartment compartment)
        => [.. source.Files.Values.Where(file => file.Compartment == compartment && IndexRules.IsIndexed(file)).Select(file => file.Id)];

    private static IEnumerable<FileId> IndexedIn(IReadOnlyDictionary<Compartment, IndexedCompartment> compartments, Compartment compartment)
        => compartments.TryGetValue(compartment, out var indexed) ? indexed.Files.Select(file => file.Id) : [];

    /// <summary>The values of a field of the case, as far as somebody with this access may know them.</summary>
    public IReadOnlyList<string> ValuesOf(string field, DossierAccess access)
    {
        var known = Facts.Where(fact => fact.Field == field && access.MayRead(fact.Compartment)).ToList();
        // What was put on the form later stands in the place of what the melding said.
        return [.. (known.Exists(fact => fact.IsFinal) ? known.Where(fact => fact.IsFinal) : known).Select(fact => fact.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

/// <summary>What is indexed at all.</summary>
internal static class IndexRules
{
    /// <summary>The compartments that are searched. Never <c>melder</c>: whoever may read it does so there, and no index of it exists.</summary>
    public static IReadOnlyList<Compartment> Compartments { get; } = [.. Compartment.WithFiles.Where(compartment => compartment != Compartment.Melder)];

    /// <summary>Sound has no words to find.</summary>
    public static bool IsIndexed(DossierFile file) => file.Kind != FileKind.Recording && !file.IsSound && Compartments.Contains(file.Compartment);
}
