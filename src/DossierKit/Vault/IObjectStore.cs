namespace DossierKit.Vault;

/// <summary>
/// Where the vault's objects lie: a few verbs that a disk, a database or an S3-compatible store can all keep.
/// The contract: a call returns only when its effect is durable; an object never changes after it appears; no overwrite, no rename, no append.
/// After any failure to make something durable the store refuses every further change until it is opened anew (reading goes on).
/// Safe for use by several threads and several processes at once. No name may be a folder of another ("a" and "a/b"): that is a bug of the caller.
/// A put or delete that throws may still have had its effect; the store never half has one.
/// </summary>
internal interface IObjectStore : IAsyncDisposable
{
    /// <summary>Why the store takes no changes, one sentence for an operator; <see langword="null"/> when it does.</summary>
    string? TakesNoChanges => null;

    /// <summary>Starts an object of unknown length. Nothing is visible under the name before <see cref="ObjectWriter.CommitAsync"/>.</summary>
    /// <exception cref="VaultEnvironmentException">The place cannot be written.</exception>
    ValueTask<ObjectWriter> CreateAsync(ObjectName name, CancellationToken ct);

    /// <summary>Opens an object for reading, or <see langword="null"/> when there is none of that name.</summary>
    ValueTask<ObjectReader?> OpenAsync(ObjectName name, CancellationToken ct);

    /// <summary>Whether an object of that name exists now, as any process sees it.</summary>
    ValueTask<bool> ExistsAsync(ObjectName name, CancellationToken ct);

    /// <summary>
    /// One page of names that start with <paramref name="prefix"/> (a whole number of segments, ending in '/', or empty for all), in ordinal order,
    /// after <paramref name="startAfter"/>; at most <paramref name="limit"/> names. An empty page is the end.
    /// </summary>
    ValueTask<IReadOnlyList<ObjectName>> ListAsync(string prefix, ObjectName? startAfter, int limit, CancellationToken ct);

    /// <summary>Removes an object durably. Returns whether there was one. Works on a full disk.</summary>
    ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken ct);

    /// <summary>Removes objects durably, cheaper than one by one: when it returns all are gone; when it fails some may be. Those that do not exist are passed over.</summary>
    ValueTask DeleteManyAsync(IReadOnlyCollection<ObjectName> names, CancellationToken ct);

    /// <summary>
    /// Until disposed, puts and deletes of this asynchronous flow may use the space kept back for destruction (about 1 MiB) when the place is full.
    /// For the small objects of a destruction only. Dispose tries to set the space aside again.
    /// </summary>
    IDisposable UseReserve();
}

/// <summary>An object being written. Dispose without <see cref="CommitAsync"/> leaves nothing behind.</summary>
internal abstract class ObjectWriter : IAsyncDisposable
{
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Makes the object durable and visible if no object has its name yet. Returns <see langword="false"/>, and leaves the other untouched, if one has.</summary>
    public abstract ValueTask<bool> CommitAsync(CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}

/// <summary>An open object: random access to bytes that never change.</summary>
internal abstract class ObjectReader : IAsyncDisposable
{
    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; returns fewer bytes only at the end of the object.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}

internal static class ObjectStoreExtensions
{
    /// <summary>Puts a small object in one go; <see langword="false"/> when the name is taken.</summary>
    public static async ValueTask<bool> PutIfAbsentAsync(this IObjectStore store, ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await using var writer = await store.CreateAsync(name, ct);
        await writer.WriteAsync(bytes, ct);
        return await writer.CommitAsync(ct);
    }

    /// <summary>Reads a whole small object (at most 256 MiB), or <see langword="null"/> when there is none.</summary>
    public static async ValueTask<byte[]?> ReadAllAsync(this IObjectStore store, ObjectName name, CancellationToken ct)
    {
        await using var reader = await store.OpenAsync(name, ct);
        if (reader is null) return null;
        if (reader.Length > 256 << 20) throw new VaultDamagedException($"Object {name} is {reader.Length} bytes, far more than anything of its kind. Run verify.");
        var bytes = new byte[reader.Length];
        var read = await reader.ReadAsync(0, bytes, ct);
        return read == bytes.Length ? bytes : throw new VaultDamagedException($"Object {name} ended after {read} of {bytes.Length} bytes. Run verify.");
    }

    /// <summary>Every name under a prefix, page by page, in ordinal order.</summary>
    public static async IAsyncEnumerable<ObjectName> ListAllAsync(
        this IObjectStore store, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        ObjectName? after = null;
        // Each page costs a look at the whole folder: pages that grow keep a folder of 100,000 from being looked at a hundred times.
        for (var size = 1000; ; size = Math.Min(size * 2, 32_000))
        {
            var page = await store.ListAsync(prefix, after, size, ct);
            if (page.Count == 0) yield break;
            foreach (var name in page) yield return name;
            if (page.Count < size) yield break;
            after = page[^1];
        }
    }
}
