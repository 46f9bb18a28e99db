namespace DossierKit.Vault;

/// <summary>
/// An append-only stream of entries that can forget: every payload and object has its own key, and destroying deletes the key, never an entry.
/// One instance serves one process; other processes may append to the same stream, see <see cref="RefreshAsync"/>.
/// </summary>
internal sealed class Journal
{
    public OpaqueId StreamId => throw new NotSupportedException();

    public StreamKind Kind => throw new NotSupportedException();

    /// <summary>The sequence of the last commit; 0 for a new stream.</summary>
    public long Head => throw new NotSupportedException();

    /// <summary>All envelopes, oldest first.</summary>
    public IReadOnlyList<Envelope> Envelopes => throw new NotSupportedException();

    /// <summary>The payload, or <see langword="null"/> when it was destroyed (alone or with its compartment).</summary>
    public ValueTask<byte[]?> OpenPayloadAsync(Envelope envelope, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Opens an object's content: seekable, read only; each read asks the store whether the key still exists.</summary>
    /// <exception cref="ObjectDestroyedException">It was destroyed, by this process or another.</exception>
    public ValueTask<Stream> OpenObjectAsync(SealedObject obj, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Reads what other processes appended; returns whether there was anything.</summary>
    public ValueTask<bool> RefreshAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Starts a commit: one or more entries, with their objects, that appear together or not at all.</summary>
    public JournalBatch Begin() => throw new NotSupportedException();

    /// <summary>
    /// Destroys objects and payloads by id: an entry of <paramref name="type"/> with <paramref name="payload"/> (the reason), then the keys, then the bytes.
    /// Safe to repeat after a crash. Returns when nothing of this machine can open them any more.
    /// </summary>
    public ValueTask DestroyAsync(IReadOnlyCollection<OpaqueId> ids, string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Destroys a compartment: every payload and object in it. The entry itself is recorded in <paramref name="recordIn"/>, another compartment.</summary>
    public ValueTask DestroyCompartmentAsync(string compartment, string recordIn, ReadOnlyMemory<byte> payload, DateTimeOffset at, CancellationToken ct)
        => throw new NotSupportedException();
}

/// <summary>Entries and objects that will be committed together.</summary>
internal sealed class JournalBatch
{
    /// <summary>
    /// Seals content of unknown length under a fresh key and reads it back; small content waits in memory for the pack, large content goes to the store at once.
    /// It belongs to nothing until an entry of this batch names it.
    /// </summary>
    public ValueTask<SealedObject> SealAsync(string compartment, Stream content, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Adds an entry. Returns the id it will have.</summary>
    public OpaqueId Add(string type, string compartment, ReadOnlyMemory<byte> payload, DateTimeOffset at, params IReadOnlyList<SealedObject> objects)
        => throw new NotSupportedException();

    /// <summary>Makes the entries durable in the order blobs, keys, journal; the last is the commit.</summary>
    /// <exception cref="JournalConflictException">The stream moved on since <see cref="Journal.Begin"/>; refresh, decide again, retry.</exception>
    public ValueTask CommitAsync(CancellationToken ct) => throw new NotSupportedException();
}
