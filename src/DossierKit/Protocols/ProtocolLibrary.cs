using System.Reflection;

namespace DossierKit.Protocols;

/// <summary>The protocols at hand: those shipped with the program, and those a municipality installed. Immutable.</summary>
public sealed class ProtocolLibrary
{
    private const string Prefix = "DossierKit.Protocols.Data.";

    private static readonly Lazy<ProtocolLibrary> LazyShipped = new(LoadShipped);

    private readonly IReadOnlyList<Protocol> _protocols;

    /// <summary>Overlays for any base, each with the name of its file: also what is installed later gets them.</summary>
    private readonly IReadOnlyList<(Protocol Over, string FileName)> _forAny;

    private ProtocolLibrary(IReadOnlyList<Protocol> protocols, IReadOnlyList<(Protocol Over, string FileName)> forAny) => (_protocols, _forAny) = (protocols, forAny);

    /// <summary>The protocols shipped with the program; read once, at first use.</summary>
    public static ProtocolLibrary Shipped => LazyShipped.Value;

    /// <summary>
    /// All protocols, overlays already laid over their base. An overlay for any base (<c>bpi</c>) is there once for each base it overlaps with in time,
    /// as <c>heerlen-bpi</c> with the version of that base; <see cref="Protocol.Base"/> tells them apart.
    /// </summary>
    public IReadOnlyList<Protocol> All => _protocols;

    /// <summary>This library and one more protocol; it takes the place of one with the same id and version.</summary>
    /// <param name="json">The protocol file; an overlay needs its base to be in the library already.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <returns>The library together, or everything that is wrong with the file.</returns>
    public Outcome<ProtocolLibrary> With(ReadOnlySpan<byte> json, string fileName)
    {
        var loaded = ProtocolLoader.Load(json, fileName);
        if (!loaded.IsDone) return Outcome<ProtocolLibrary>.Refused(loaded.Refusals);
        var protocol = loaded.Value;
        if (protocol.Base is { IsAny: true }) return WithForAny(protocol, fileName);
        if (protocol.Base is { } reference)
        {
            var below = reference.Version is null ? InForce(protocol.InForceFrom, reference.Id) : Find(reference.Id, reference.Version);
            if (below is null)
            {
                return Outcome<ProtocolLibrary>.Refused(new Refusal(
                    $"Het protocol '{reference.Id}' waar dit bovenop komt, is er niet.", $"{fileName}, $.bovenop.", "Installeer eerst dat protocol, of verbeter de naam en de versie.")
                { Subject = "$.bovenop" });
            }

            var laid = Overlay.Lay(protocol, below, fileName);
            if (!laid.IsDone) return Outcome<ProtocolLibrary>.Refused(laid.Refusals);
            protocol = laid.Value;
        }

        var protocols = Replace(_protocols, protocol);
        foreach (var (over, overName) in protocol.Base is null ? _forAny : [])
        {
            // Whoever replaces a protocol of the same version must not leave the old one under its overlay.
            if (!Overlay.Meets(over, protocol)) continue;
            var together = Overlay.LayOnAny(over, protocol, overName);
            if (!together.IsDone) return Outcome<ProtocolLibrary>.Refused(together.Refusals);
            protocols = Replace(protocols, together.Value);
        }

        return Outcome<ProtocolLibrary>.Done(new(protocols, _forAny));
    }

    /// <summary>The protocol of an id that was in force on the day of the melding.</summary>
    /// <param name="melding">The day of the melding.</param>
    /// <param name="id">The protocol's id.</param>
    /// <returns>The protocol that came into force last; <see langword="null"/> when none was in force.</returns>
    public Protocol? InForce(DateOnly melding, string id)
        => _protocols.Where(protocol => protocol.Id == id && protocol.IsInForceOn(melding)).MaxBy(protocol => protocol.InForceFrom);

    /// <summary>One protocol.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">Its version; <see langword="null"/>: the newest.</param>
    /// <returns>The protocol, or <see langword="null"/> when there is none.</returns>
    public Protocol? Find(string id, string? version)
        => _protocols.Where(protocol => protocol.Id == id && (version is null || protocol.Version == version)).MaxBy(protocol => protocol.InForceFrom);

    private static IReadOnlyList<Protocol> Replace(IReadOnlyList<Protocol> protocols, Protocol by)
        => [.. protocols.Where(other => other.Id != by.Id || other.Version != by.Version), by];

    /// <summary>Lays an overlay for any base over everything that is here and is no such overlay's own child.</summary>
    private Outcome<ProtocolLibrary> WithForAny(Protocol over, string fileName)
    {
        var protocols = _protocols;
        foreach (var below in _protocols.Where(below => below.Base is null && Overlay.Meets(over, below)))
        {
            var together = Overlay.LayOnAny(over, below, fileName);
            if (!together.IsDone) return Outcome<ProtocolLibrary>.Refused(together.Refusals);
            protocols = Replace(protocols, together.Value);
        }

        return Outcome<ProtocolLibrary>.Done(new(protocols, [.. _forAny.Where(other => other.Over.Id != over.Id || other.Over.Version != over.Version), (over, fileName)]));
    }

    private static ProtocolLibrary LoadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name[Prefix.Length..], Json: Bytes(assembly, name))).ToList();
        var library = new ProtocolLibrary([], []);
        // An overlay may come before its base in the alphabet: whatever lacks its base waits for the next round.
        while (files.Count > 0)
        {
            var waiting = new List<(string Name, byte[] Json)>();
            Refusal? why = null;
            foreach (var file in files)
            {
                var next = library.With(file.Json, file.Name);
                if (next.IsDone)
                {
                    library = next.Value;
                    continue;
                }

                waiting.Add(file);
                why ??= next.Refusals[0];
            }

            // A shipped file that does not load is our own mistake, which a test finds before anyone ships it.
            if (waiting.Count == files.Count) throw new InvalidOperationException($"A shipped protocol does not load: {why}");
            files = waiting;
        }

        return library;
    }

    private static byte[] Bytes(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
