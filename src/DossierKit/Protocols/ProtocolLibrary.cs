namespace DossierKit.Protocols;

/// <summary>The protocols at hand: those shipped with the program, and those a municipality installed. Immutable.</summary>
public sealed class ProtocolLibrary
{
    private readonly IReadOnlyList<Protocol> _protocols;

    private ProtocolLibrary(IReadOnlyList<Protocol> protocols) => _protocols = protocols;

    /// <summary>The protocols shipped with the program.</summary>
    public static ProtocolLibrary Shipped => throw new NotSupportedException();

    /// <summary>All protocols, overlays already laid over their base.</summary>
    public IReadOnlyList<Protocol> All => _protocols;

    /// <summary>This library and one more protocol; it takes the place of one with the same id and version.</summary>
    /// <param name="json">The protocol file.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <returns>The library together, or everything that is wrong with the file.</returns>
    public Outcome<ProtocolLibrary> With(ReadOnlySpan<byte> json, string fileName) => throw new NotSupportedException();

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
}
