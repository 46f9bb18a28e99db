namespace DossierKit.Vault;

/// <summary>What a sealed stream holds. The number stands in the header and is part of the key derivation: a sealed thing of one kind never opens as another.</summary>
internal enum SealKind : byte
{
    /// <summary>Content: a file, a recording, a derived index.</summary>
    Blob = 1,

    /// <summary>The payload of a journal entry.</summary>
    Payload = 2,

    /// <summary>A commit of a journal: its envelopes.</summary>
    JournalEntry = 3,

    /// <summary>Wrapped object and payload keys.</summary>
    KeyPage = 4,

    /// <summary>A snapshot of the catalogue.</summary>
    Snapshot = 5,

    /// <summary>A record that belongs to no stream's entries, such as a list of slots.</summary>
    Record = 6,

    /// <summary>What was derived from content and can be made again: a search index.</summary>
    Derived = 7,
}

/// <summary>
/// What a sealed stream belongs to. Every field is bound by the key derivation: bytes that are moved to another vault, stream, object, kind or part do not open there.
/// </summary>
/// <param name="Vault">The vault.</param>
/// <param name="Stream">The journal stream it belongs to.</param>
/// <param name="Object">The object, entry or page.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Part">The number of the part, from 0, of content that is sealed in parts.</param>
/// <param name="Last">
/// Whether no part follows. When opening: what the caller expects, and anything else is refused. When sealing in memory: what is sealed.
/// <see cref="SealedStream.SealAsync"/> finds it out by itself and ignores it.
/// </param>
internal readonly record struct SealContext(OpaqueId Vault, OpaqueId Stream, OpaqueId Object, SealKind Kind, uint Part = 0, bool Last = true);
