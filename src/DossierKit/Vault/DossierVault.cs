namespace DossierKit.Vault;

/// <summary>Where a vault lies.</summary>
/// <param name="Data">The folder of the encrypted objects.</param>
/// <param name="State">
/// The folder, outside the data, for what must not be rolled back with it: heads, destruction ledger, clock mark.
/// <see langword="null"/>: the account's own state folder, below it one folder per vault id.
/// </param>
public sealed record VaultPlace(string Data, string? State = null);

/// <summary>
/// An encrypted vault: streams of entries and objects, readable only with its unlock secret. It knows bytes and ids, never a dossier;
/// the doors of <c>DossierKit.Dossiers</c> decide who may read what. Dispose to forget all keys.
/// </summary>
public sealed class DossierVault : IAsyncDisposable
{
    private DossierVault()
    {
    }

    /// <summary>The vault's id.</summary>
    public OpaqueId Id => throw new NotSupportedException();

    /// <summary>Whether the vault was made for a demonstration: invented data, and <c>--as</c> is free.</summary>
    public bool IsDemo => throw new NotSupportedException();

    /// <summary>Opens a stream, or <see langword="null"/> when there is none of this id.</summary>
    /// <exception cref="ObjectDestroyedException">It was destroyed.</exception>
    /// <exception cref="VaultDamagedException">It is cut, rolled back or damaged.</exception>
    internal ValueTask<Journal?> OpenStreamAsync(StreamKind kind, OpaqueId id, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Creates a stream with its keys; the first commit makes it exist.</summary>
    internal ValueTask<Journal> CreateStreamAsync(StreamKind kind, OpaqueId id, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The id of the one stream of a kind the vault has one of (staff, access log, catalogue, templates, …).</summary>
    internal OpaqueId WellKnown(StreamKind kind) => throw new NotSupportedException();

    /// <summary>The catalogue: per dossier stream a few opaque bytes (at most 4 KiB), opened as a whole from its snapshot.</summary>
    internal Catalogue Catalogue => throw new NotSupportedException();

    /// <summary>Destroys a whole stream: key, journal, payloads, objects, catalogue record; leaves a tombstone in the catalogue and the ledger. Repeatable after a crash.</summary>
    internal ValueTask DestroyStreamAsync(StreamKind kind, OpaqueId id, DateTimeOffset at, CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}

/// <summary>The list of dossier streams, each with a few opaque bytes that Dossiers writes and reads; a sealed snapshot plus the tail opens 100,000 of them at once.</summary>
internal sealed class Catalogue
{
    /// <summary>All live records by stream id; the bytes are those last put.</summary>
    public IReadOnlyDictionary<OpaqueId, ReadOnlyMemory<byte>> Records => throw new NotSupportedException();

    /// <summary>Whether a stream was destroyed.</summary>
    public bool IsDestroyed(OpaqueId stream) => throw new NotSupportedException();

    /// <summary>Puts or replaces records, durably, in one commit. Last writer wins; safe across processes.</summary>
    public ValueTask PutAsync(IReadOnlyCollection<(OpaqueId Stream, ReadOnlyMemory<byte> Record)> records, DateTimeOffset at, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>
    /// Puts a record for a new stream unless <paramref name="conflicts"/> finds a rival among the records as they are at the commit
    /// (two processes that choose the same number: one gets <see langword="false"/>).
    /// </summary>
    public ValueTask<bool> TryAddAsync(OpaqueId stream, ReadOnlyMemory<byte> record, Func<ReadOnlyMemory<byte>, bool> conflicts, DateTimeOffset at, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>Reads what other processes appended.</summary>
    public ValueTask RefreshAsync(CancellationToken ct) => throw new NotSupportedException();
}
