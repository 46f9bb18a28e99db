namespace DossierKit.Vault;

/// <summary>Where sealed bytes lie: a slice of an object of the store. A pack holds many slices; a part of a large object is the whole of one.</summary>
internal readonly record struct Locator(OpaqueId Blob, long Offset, long Length);

/// <summary>
/// A sealed object (a file, a recording, a derived index): its own id and key, <paramref name="Length"/> bytes of content,
/// in one slice of a pack or in parts of <see cref="SealedObject.PartSize"/> bytes of content each (the last may be shorter).
/// </summary>
internal sealed record SealedObject(OpaqueId Id, string Compartment, long Length, IReadOnlyList<Locator> Parts)
{
    /// <summary>Bytes of content in each part but the last: 64 MiB.</summary>
    public const long PartSize = 64L << 20;
}

/// <summary>
/// The part of a journal entry that stays when its content is destroyed: order, time, type, which objects it brought.
/// The payload lies beside it under a key of its own (<see cref="Id"/>), wrapped under <see cref="Compartment"/>.
/// </summary>
/// <param name="Sequence">The number of the commit in its stream, from 1; entries committed together share it.</param>
/// <param name="Id">The entry, and the key of its payload.</param>
/// <param name="At">When it was recorded, UTC, whole milliseconds.</param>
/// <param name="Type">The kind of entry, such as an event name; vault entries start with '~'.</param>
/// <param name="Compartment">The compartment whose key wraps the payload key.</param>
/// <param name="Objects">Objects that came into being with this entry.</param>
/// <param name="Destroyed">Ids of objects, entries or (type '~compartment-destroyed') compartments this entry destroyed.</param>
/// <param name="PayloadHash">SHA-256 of the sealed payload; all zero bytes when there is none.</param>
internal sealed record Envelope(
    long Sequence,
    OpaqueId Id,
    DateTimeOffset At,
    string Type,
    string Compartment,
    IReadOnlyList<SealedObject> Objects,
    IReadOnlyList<OpaqueId> Destroyed,
    ReadOnlyMemory<byte> PayloadHash);

/// <summary>What a stream is for. Each stream has keys and retention of its own.</summary>
internal enum StreamKind : byte
{
    Catalogue = 1,
    Dossier = 2,
    Staff = 3,
    AccessLog = 4,
    SearchLog = 5,
    Destruction = 6,
    ComparableCases = 7,
    Clock = 8,
    Templates = 9,
    Protocols = 10,
    SignIn = 11,
    Backups = 12,
    Selectielijsten = 13,
}
