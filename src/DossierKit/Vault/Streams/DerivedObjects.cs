using System.Buffers.Binary;

namespace DossierKit.Vault;

/// <summary>
/// What was derived from the content of a compartment and can be made again: a search index. It stands in no journal and in no backup. Each object is sealed under a key of its own, wrapped under
/// the compartment's key and the keys of all its sources together and kept with it: deleting the object takes the key along, and destroying one source, the compartment or the stream closes it for
/// good, also where its bytes are left. What replaces it is a new object with a new key; then the old one is deleted. Safe for several threads and processes: nobody touches a part of another, and the highest version counts.
/// </summary>
internal sealed class DerivedObjects(VaultServices vault, StreamLayout layout, StreamKeys keys)
{
    private const byte Format = 1;

    /// <summary>Magic, format and the number of sources.</summary>
    private const int HeadSize = 4 + 1 + 4;

    private static ReadOnlySpan<byte> Magic => "DKD1"u8;

    /// <summary>The newest version there is of a compartment; 0 when there is none.</summary>
    public async ValueTask<long> VersionAsync(string compartment, CancellationToken ct)
    {
        var newest = 0L;
        await foreach (var name in vault.Store.ListAllAsync(layout.DerivedPrefix(keys.CompartmentId(compartment)), ct))
        {
            // The first part is written last: without it the others are of an attempt that never finished.
            if (StreamLayout.PartOf(name) == 0) newest = Math.Max(newest, StreamLayout.SequenceOf(name));
        }

        return newest;
    }

    /// <summary>Puts the parts of a new version, and deletes what was there before.</summary>
    /// <param name="compartment">The compartment they were derived from; its key must exist.</param>
    /// <param name="after">The version they replace; 0 for none.</param>
    /// <param name="sources">The objects they were derived from.</param>
    /// <param name="parts">The parts, at least one.</param>
    /// <param name="ct">Stops; what was there stays.</param>
    /// <returns>The new version; <see langword="null"/> when another writer was first, or a source or the compartment is gone.</returns>
    public async ValueTask<long?> PutAsync(string compartment, long after, IReadOnlyList<OpaqueId> sources, IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken ct)
    {
        var home = keys.CompartmentId(compartment);
        for (var version = after + 1; ; version++)
        {
            var part = parts.Count - 1;
            for (; part >= 0; part--)
            {
                var name = layout.Derived(home, version, part);
                if (await SealAsync(home, name, sources, parts[part], ct) is not { } bytes) return null;
                if (!await vault.Store.PutIfAbsentAsync(name, bytes, ct)) break;
            }

            if (part < 0) return await FinishAsync(home, version, sources, ct);
            // Whose part is there is not touched: it is of whoever was first, or of an attempt that was broken off, and then the next number is free.
            if (await vault.Store.ExistsAsync(layout.Derived(home, version, 0), ct)) return null;
        }
    }

    /// <summary>A source that was destroyed while this was written may have been swept before it was there: then it goes again at once.</summary>
    private async ValueTask<long?> FinishAsync(OpaqueId home, long version, IReadOnlyList<OpaqueId> sources, CancellationToken ct)
    {
        using var key = SecretKey.Random();
        if (await keys.WrapDerivedAsync(home, home, sources, key, ct) is null)
        {
            await DropAsync(home, name => StreamLayout.SequenceOf(name) == version, CancellationToken.None);
            return null;
        }

        await DropAsync(home, name => StreamLayout.SequenceOf(name) < version, ct);
        return version;
    }

    /// <summary>A part of a version, to be read once or more; <see langword="null"/> when it is gone: replaced, dropped, or closed because a source was destroyed.</summary>
    /// <exception cref="VaultDamagedException">It was changed or moved. Nothing is lost: make it again.</exception>
    public async ValueTask<DerivedObject?> FindAsync(string compartment, long version, int part, CancellationToken ct)
    {
        var home = keys.CompartmentId(compartment);
        var name = layout.Derived(home, version, part);
        await using var reader = await vault.Store.OpenAsync(name, ct);
        if (reader is null) return null;
        var (sources, wrap, from) = await HeaderAsync(name, reader, ct);
        var id = IdOf(name);
        return await keys.UnwrapDerivedAsync(home, id, sources, wrap, ct) is { } key ? new DerivedObject(vault.Store, name, from, Context(id), key) : null;
    }

    /// <summary>Deletes everything derived from a compartment.</summary>
    public ValueTask DropAsync(string compartment, CancellationToken ct) => DropAsync(keys.CompartmentId(compartment), _ => true, ct);

    /// <summary>Whether anything derived from it is left.</summary>
    public async ValueTask<bool> IsEmptyAsync(string compartment, CancellationToken ct)
        => (await vault.Store.ListAsync(layout.DerivedPrefix(keys.CompartmentId(compartment)), null, 1, ct)).Count == 0;

    /// <summary>Deletes what was derived from something destroyed: it does not open any more, and what it was made of need not be known either.</summary>
    public async ValueTask SweepAsync(Func<OpaqueId, bool> isDestroyed, CancellationToken ct)
    {
        var dead = new List<ObjectName>();
        await foreach (var name in vault.Store.ListAllAsync(layout.AllDerivedPrefix, ct))
        {
            // What cannot be read can be made again: it must not keep a dossier from being opened, or anything from being destroyed.
            if (await SourcesAsync(name, ct) is not { } sources || isDestroyed(StreamLayout.CompartmentOf(name)) || sources.Any(isDestroyed)) dead.Add(name);
        }

        await vault.Store.DeleteManyAsync(dead, ct);
    }

    /// <summary>Whether anything that is left was derived from one of these.</summary>
    public async ValueTask<bool> AnyFromAsync(IReadOnlySet<OpaqueId> sources, CancellationToken ct)
    {
        await foreach (var name in vault.Store.ListAllAsync(layout.AllDerivedPrefix, ct))
        {
            if (await SourcesAsync(name, ct) is not { } found || found.Any(sources.Contains)) return true;
        }

        return false;
    }

    /// <summary>Opens one, for verify; 0 when its sources are gone, so that it is only to be swept.</summary>
    /// <exception cref="VaultDamagedException">It was changed or moved.</exception>
    public async ValueTask<long> CheckAsync(ObjectName name, CancellationToken ct)
    {
        await using var reader = await vault.Store.OpenAsync(name, ct);
        if (reader is null) return 0;
        var (sources, wrap, from) = await HeaderAsync(name, reader, ct);
        var id = IdOf(name);
        if (await keys.UnwrapDerivedAsync(StreamLayout.CompartmentOf(name), id, sources, wrap, ct) is not { } key) return 0;
        return await new DerivedObject(vault.Store, name, from, Context(id), key).ReadAsync(ct) is { } content ? content.Length : 0;
    }

    private async ValueTask<byte[]?> SealAsync(OpaqueId home, ObjectName name, IReadOnlyList<OpaqueId> sources, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        using var key = SecretKey.Random();
        var id = IdOf(name);
        if (await keys.WrapDerivedAsync(home, id, sources, key, ct) is not { } wrap) return null;
        var bytes = new ByteWriter().Bytes(Magic).Byte(Format).Count(sources.Count);
        foreach (var source in sources) bytes.Id(source);
        return bytes.Bytes(wrap).Bytes(SealedStream.Seal(Context(id), key.Span, content.Span)).ToArray();
    }

    /// <summary>The sources alone; none when it went meanwhile, <see langword="null"/> when it cannot be read or has a name that no writer gives.</summary>
    private async ValueTask<IReadOnlyList<OpaqueId>?> SourcesAsync(ObjectName name, CancellationToken ct)
    {
        try
        {
            _ = (StreamLayout.CompartmentOf(name), StreamLayout.SequenceOf(name));
            await using var reader = await vault.Store.OpenAsync(name, ct);
            return reader is null ? [] : (await HeaderAsync(name, reader, ct)).Sources;
        }
        catch (VaultException)
        {
            return null;
        }
    }

    /// <summary>What stands before the sealed content; the content is not read.</summary>
    private static async ValueTask<(IReadOnlyList<OpaqueId> Sources, byte[] Wrap, int From)> HeaderAsync(ObjectName name, ObjectReader reader, CancellationToken ct)
    {
        var bytes = new byte[(int)Math.Min(reader.Length, HeadSize)];
        await reader.ReadAsync(0, bytes, ct);
        var length = HeadSize + (bytes.Length == HeadSize ? (long)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(HeadSize - 4)) * OpaqueId.Size : 0) + KeyWrap.WrappedSize;
        bytes = new byte[(int)Math.Min(reader.Length, length)];
        await reader.ReadAsync(0, bytes, ct);
        return Header(name, bytes);
    }

    private static (IReadOnlyList<OpaqueId> Sources, byte[] Wrap, int From) Header(ObjectName name, byte[] bytes)
    {
        var header = new ByteReader(bytes, $"Derived object {name}");
        if (!header.Bytes(4).SequenceEqual(Magic)) throw new VaultDamagedException($"Object {name} is no derived object: its first bytes are wrong. Build the index anew.");
        if (header.Byte() is not Format and var format) throw new VaultEnvironmentException($"Object {name} has format {format}; this program reads format {Format}. Use a newer DossierKit.");
        var sources = new OpaqueId[header.Count(OpaqueId.Size)];
        for (var i = 0; i < sources.Length; i++) sources[i] = header.Id();
        return (sources, header.Bytes(KeyWrap.WrappedSize).ToArray(), bytes.Length - header.Remaining);
    }

    private async ValueTask DropAsync(OpaqueId home, Func<ObjectName, bool> isOld, CancellationToken ct)
    {
        var dead = new List<ObjectName>();
        await foreach (var name in vault.Store.ListAllAsync(layout.DerivedPrefix(home), ct))
        {
            if (isOld(name)) dead.Add(name);
        }

        await vault.Store.DeleteManyAsync(dead, ct);
    }

    private SealContext Context(OpaqueId id) => new(vault.Id, layout.Stream, id, SealKind.Derived);

    /// <summary>What binds the bytes to their name: moved to another, they do not open.</summary>
    private static OpaqueId IdOf(ObjectName name) => OpaqueId.Derive("derived"u8, name.Value);
}

/// <summary>Something derived, with its key: whoever holds it reads it as long as the object is there, and asks before that whether what it was derived from still is.</summary>
internal sealed class DerivedObject(IObjectStore store, ObjectName name, int from, SealContext context, SecretKey key)
{
    /// <summary>Its content; <see langword="null"/> when it is gone.</summary>
    /// <exception cref="VaultDamagedException">It was changed or moved.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken ct) => await store.ReadAllAsync(name, ct) is { } bytes ? SealedStream.Open(context, key.Span, bytes.AsSpan(from)) : null;
}
