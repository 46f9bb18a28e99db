using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The keys of one stream: the stream key, its compartment keys, and the key of every object and payload, each wrapped under its compartment.
/// Wrapped keys lie in key pages, one a commit, apart from what they open: destroying rewrites or removes a page and never touches the journal.
/// Nothing unwrapped is kept but the stream key and the compartment keys; every use asks the store whether page and compartment still exist,
/// so that what one process destroys no other process can open any more. Safe for several threads; dispose when no call is running any more.
/// </summary>
internal sealed class StreamKeys : IDisposable
{
    private const byte Format = 1;
    private readonly IObjectStore _store;
    private readonly OpaqueId _vault;
    private readonly StreamLayout _layout;
    private readonly SecretKey _streamKey;
    private readonly SecretKey _labelKey;
    private readonly Dictionary<OpaqueId, SecretKey> _compartments = [];
    // What it says is asked of the store before it is believed, so a thread that sees an older one looks again and errs in nothing.
    private volatile ConcurrentDictionary<OpaqueId, PageEntry>? _index;

    public StreamKeys(IObjectStore store, OpaqueId vault, StreamLayout layout, SecretKey streamKey)
    {
        (_store, _vault, _layout, _streamKey) = (store, vault, layout, streamKey);
        JournalKey = Derive("journal");
        SnapshotKey = Derive("snapshot");
        _labelKey = Derive("compartment ids");
    }

    private static ReadOnlySpan<byte> PageMagic => "DKP1"u8;

    private static ReadOnlySpan<byte> LastId => [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255];

    private static ReadOnlySpan<byte> CompartmentMagic => "DKC1"u8;

    /// <summary>Seals envelopes.</summary>
    public SecretKey JournalKey { get; }

    /// <summary>Seals snapshots.</summary>
    public SecretKey SnapshotKey { get; }

    /// <summary>A compartment's opaque id: its name cannot be guessed from the store without the stream key.</summary>
    public OpaqueId CompartmentId(string compartment) => OpaqueId.Derive(_labelKey.Span, compartment);

    /// <summary>Makes sure that a compartment has a key.</summary>
    public async ValueTask EnsureCompartmentAsync(string compartment, CancellationToken ct)
    {
        var id = CompartmentId(compartment);
        lock (_compartments)
        {
            if (_compartments.ContainsKey(id)) return;
        }

        var name = _layout.Compartment(id);
        if (!await _store.ExistsAsync(name, ct))
        {
            using var key = SecretKey.Random();
            var bytes = new ByteWriter().Bytes(CompartmentMagic).Byte(Format).Bytes(KeyWrap.Wrap(_streamKey.Span, key.Span, Binding(id, id))).ToArray();
            await _store.PutIfAbsentAsync(name, bytes, ct); // when another process was first, its key is the one
        }

        if (!await UseCompartmentAsync(id, static _ => true, ct)) throw new ObjectDestroyedException(id);
    }

    /// <summary>Writes the keys of one commit as a page and returns its name; their compartments must exist.</summary>
    public async ValueTask<ObjectName> PutPageAsync(long sequence, IReadOnlyList<(OpaqueId Id, string Compartment, SecretKey Key)> keys, CancellationToken ct)
    {
        var entries = new List<(OpaqueId, PageEntry)>(keys.Count);
        var name = _layout.Page(sequence, OpaqueId.Random());
        foreach (var (id, compartment, key) in keys)
        {
            var home = CompartmentId(compartment);
            var wrap = await UseCompartmentAsync(home, kek => KeyWrap.Wrap(kek.Span, key.Span, Binding(home, id)), ct) ?? throw new ObjectDestroyedException(home);
            entries.Add((id, new PageEntry(name, home, wrap)));
        }

        await PutPageAsync(name, entries, ct);
        return name;
    }

    /// <summary>Takes a page back that no commit will name: its attempt lost.</summary>
    public async ValueTask DropPageAsync(ObjectName page, CancellationToken ct)
    {
        await _store.DeleteAsync(page, ct);
        _index = null;
    }

    /// <summary>The key of an object or payload, or <see langword="null"/> when it no longer exists. The caller disposes it.</summary>
    public async ValueTask<SecretKey?> FindAsync(OpaqueId id, CancellationToken ct)
    {
        if (await LocateAsync(id, ct) is not { } entry) return null;
        return await UseCompartmentAsync(entry.Compartment, kek => KeyWrap.Unwrap(kek.Span, entry.Wrap, Binding(entry.Compartment, id), $"{id}"), ct);
    }

    /// <summary>The key of an object or payload whose page was just read (<see cref="RangeAsync"/>), or <see langword="null"/> when it no longer exists. The caller disposes it.</summary>
    public ValueTask<SecretKey?> FindAsync(OpaqueId id, PageEntry entry, CancellationToken ct)
        => UseCompartmentAsync(entry.Compartment, kek => KeyWrap.Unwrap(kek.Span, entry.Wrap, Binding(entry.Compartment, id), $"{id}"), ct);

    /// <summary>The keys written for a range of commits, as the store has them now.</summary>
    public async ValueTask<IReadOnlyDictionary<OpaqueId, PageEntry>> RangeAsync(long first, long last, CancellationToken ct)
    {
        var index = new ConcurrentDictionary<OpaqueId, PageEntry>();
        // Every name of an earlier commit is smaller than this one, and every name of these is larger.
        ObjectName? after = first > 1 ? _layout.Page(first - 1, new OpaqueId(LastId)) : null;
        while (true)
        {
            var page = await _store.ListAsync(_layout.PagePrefix, after, (int)Math.Min(last - first + 17, 16_000), ct);
            foreach (var name in page.TakeWhile(name => StreamLayout.SequenceOf(name) <= last))
            {
                // Rewritten a moment ago: what is in its successor was not destroyed, but showing it can wait for the next look.
                if (await _store.ReadAllAsync(name, ct) is { } bytes) ReadPage(name, bytes, index);
            }

            if (page.Count == 0 || StreamLayout.SequenceOf(page[^1]) > last) return index;
            after = page[^1];
        }
    }

    /// <summary>
    /// Wraps the key of something derived: under the compartment's key and the keys of everything it was derived from together, so that it opens no longer than all of them exist.
    /// </summary>
    /// <returns><see langword="null"/> when one of them no longer exists.</returns>
    public ValueTask<byte[]?> WrapDerivedAsync(OpaqueId compartment, OpaqueId id, IReadOnlyList<OpaqueId> sources, SecretKey key, CancellationToken ct)
        => UseDerivedAsync(compartment, id, sources, (kek, aad) => KeyWrap.Wrap(kek.Span, key.Span, aad), ct);

    /// <summary>Unwraps such a key; <see langword="null"/> when the compartment's key, or that of a source, no longer exists. The caller disposes it.</summary>
    public ValueTask<SecretKey?> UnwrapDerivedAsync(OpaqueId compartment, OpaqueId id, IReadOnlyList<OpaqueId> sources, byte[] wrap, CancellationToken ct)
        => UseDerivedAsync(compartment, id, sources, (kek, aad) => KeyWrap.Unwrap(kek.Span, wrap, aad, $"{id}"), ct);

    /// <summary>Whether the key of an object or payload still exists, as any process sees it now.</summary>
    public async ValueTask<bool> ExistsAsync(OpaqueId id, CancellationToken ct)
        => await LocateAsync(id, ct) is { } entry && await _store.ExistsAsync(_layout.Compartment(entry.Compartment), ct);

    /// <summary>Every id of which the key still exists, as any process sees it now: in a page, under a compartment key that is there.</summary>
    public async ValueTask<IReadOnlySet<OpaqueId>> LivingAsync(CancellationToken ct)
    {
        var index = await LoadAsync(ct);
        var compartments = new HashSet<OpaqueId>();
        foreach (var compartment in index.Values.Select(entry => entry.Compartment).Distinct())
        {
            if (await _store.ExistsAsync(_layout.Compartment(compartment), ct)) compartments.Add(compartment);
        }

        return index.Where(pair => compartments.Contains(pair.Value.Compartment)).Select(pair => pair.Key).ToHashSet();
    }

    /// <summary>Every id a page holds a key for, read anew from the store, with the sequence its page was written for.</summary>
    public async ValueTask<IReadOnlyDictionary<OpaqueId, long>> ListAsync(CancellationToken ct)
    {
        var index = await LoadAsync(ct);
        return index.ToDictionary(pair => pair.Key, pair => StreamLayout.SequenceOf(pair.Value.Page));
    }

    /// <summary>Removes every key for which <paramref name="isDead"/> (id, sequence of its page) holds: each page that has one is written anew without it, then the old page is deleted.</summary>
    public async ValueTask RemoveAsync(Func<OpaqueId, long, bool> isDead, CancellationToken ct)
    {
        // Page by page and not through the index: a crash between the two steps leaves the same key in two pages, and both must go.
        // Pass after pass until nothing dead is found: another process may have rewritten a page from what it held before.
        for (var found = true; found;)
        {
            found = false;
            await foreach (var name in _store.ListAllAsync(_layout.PagePrefix, ct))
            {
                if (await _store.ReadAllAsync(name, ct) is not { } bytes) continue;
                var (sequence, entries) = (StreamLayout.SequenceOf(name), new ConcurrentDictionary<OpaqueId, PageEntry>());
                ReadPage(name, bytes, entries);
                var living = entries.Where(pair => !isDead(pair.Key, sequence)).Select(pair => (pair.Key, pair.Value)).ToList();
                if (living.Count == entries.Count) continue;
                found = true;
                var renewed = _layout.Page(sequence, OpaqueId.Random());
                if (living.Count > 0) await PutPageAsync(renewed, living, ct);
                // Whoever deletes the old page has the successor. The other's may hold a key that died meanwhile, so it goes.
                if (!await _store.DeleteAsync(name, ct)) await _store.DeleteAsync(renewed, ct);
            }
        }

        _index = null;
    }

    /// <summary>Removes all pages written for commits up to <paramref name="sequence"/>.</summary>
    public async ValueTask RemoveUpToAsync(long sequence, CancellationToken ct)
    {
        while (true)
        {
            var page = (await _store.ListAsync(_layout.PagePrefix, null, 1000, ct)).TakeWhile(name => StreamLayout.SequenceOf(name) <= sequence).ToList();
            if (page.Count == 0) break;
            await _store.DeleteManyAsync(page, ct);
            _index = null;
        }
    }

    /// <summary>Removes a compartment's key: everything in it is gone at once.</summary>
    public async ValueTask RemoveCompartmentAsync(OpaqueId compartment, CancellationToken ct)
    {
        await _store.DeleteAsync(_layout.Compartment(compartment), ct);
        Forget(compartment);
    }

    public async ValueTask<bool> CompartmentExistsAsync(OpaqueId compartment, CancellationToken ct) => await _store.ExistsAsync(_layout.Compartment(compartment), ct);

    public void Dispose()
    {
        lock (_compartments)
        {
            foreach (var key in _compartments.Values) key.Dispose();
            _compartments.Clear();
        }

        foreach (var key in (SecretKey[])[_streamKey, _labelKey, JournalKey, SnapshotKey]) key.Dispose();
    }

    private SecretKey Derive(string label) => SecretKey.FromHkdf(_streamKey.Span, default, $"DossierKit stream: {label}");

    private byte[] Binding(OpaqueId compartment, OpaqueId id) => [.. _vault.ToArray(), .. _layout.Stream.ToArray(), .. compartment.ToArray(), .. id.ToArray()];

    /// <summary>Does something with a compartment's key, which no other thread wipes meanwhile; the default when the key no longer exists.</summary>
    private async ValueTask<T?> UseCompartmentAsync<T>(OpaqueId id, Func<SecretKey, T> use, CancellationToken ct)
    {
        var name = _layout.Compartment(id);
        bool isKnown;
        lock (_compartments) isKnown = _compartments.ContainsKey(id);
        if (isKnown)
        {
            if (!await _store.ExistsAsync(name, ct))
            {
                Forget(id);
                return default;
            }

            lock (_compartments)
            {
                if (_compartments.TryGetValue(id, out var known)) return use(known);
            }
        }

        if (await _store.ReadAllAsync(name, ct) is not { } bytes) return default;
        var reader = new ByteReader(bytes, $"Compartment key {name}");
        if (!reader.Bytes(4).SequenceEqual(CompartmentMagic)) throw new VaultDamagedException($"Object {name} is no compartment key: its first bytes are wrong. Restore it from a backup.");
        RequireFormat(reader.Byte(), name);
        var key = KeyWrap.Unwrap(_streamKey.Span, reader.Bytes(KeyWrap.WrappedSize), Binding(id, id), $"{name}");
        reader.End();
        lock (_compartments)
        {
            if (_compartments.TryGetValue(id, out var other)) key.Dispose();
            else _compartments[id] = other = key;
            return use(other);
        }
    }

    private async ValueTask<T?> UseDerivedAsync<T>(OpaqueId compartment, OpaqueId id, IReadOnlyList<OpaqueId> sources, Func<SecretKey, byte[], T> use, CancellationToken ct)
        where T : class
    {
        var secret = new byte[(sources.Count + 1) * SecretKey.Size];
        try
        {
            for (var i = 0; i < sources.Count; i++)
            {
                using var key = await FindAsync(sources[i], ct);
                if (key is null) return null;
                key.Span.CopyTo(secret.AsSpan((i + 1) * SecretKey.Size));
            }

            var aad = Binding(compartment, id);
            return await UseCompartmentAsync(
                compartment,
                kek =>
                {
                    kek.Span.CopyTo(secret);
                    using var whole = SecretKey.FromHkdf(secret, default, "DossierKit stream: derived");
                    return use(whole, aad);
                },
                ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private void Forget(OpaqueId compartment)
    {
        lock (_compartments)
        {
            if (_compartments.Remove(compartment, out var key)) key.Dispose();
        }
    }

    private async ValueTask<PageEntry?> LocateAsync(OpaqueId id, CancellationToken ct)
    {
        // A page that vanished was rewritten without a destroyed key, perhaps another's: read the pages once more before concluding.
        if (_index is { } index && index.TryGetValue(id, out var entry) && await _store.ExistsAsync(entry.Page, ct)) return entry;
        return (await LoadAsync(ct)).TryGetValue(id, out var found) ? found : null;
    }

    /// <summary>Reads all pages for verify: a damaged one is reported and passed over, the others still open what they can.</summary>
    public async ValueTask<IReadOnlyDictionary<OpaqueId, long>> ListTolerantlyAsync(Action<ObjectName, VaultException> onDamage, CancellationToken ct)
    {
        var index = await LoadAsync(ct, onDamage);
        return index.ToDictionary(pair => pair.Key, pair => StreamLayout.SequenceOf(pair.Value.Page));
    }

    private async ValueTask<ConcurrentDictionary<OpaqueId, PageEntry>> LoadAsync(CancellationToken ct, Action<ObjectName, VaultException>? onDamage = null)
    {
        while (true)
        {
            var index = new ConcurrentDictionary<OpaqueId, PageEntry>();
            var rewritten = false;
            await foreach (var name in _store.ListAllAsync(_layout.PagePrefix, ct))
            {
                if (await _store.ReadAllAsync(name, ct) is not { } bytes)
                {
                    rewritten = true;
                    continue;
                }

                try
                {
                    ReadPage(name, bytes, index);
                }
                catch (VaultException failure) when (onDamage is not null)
                {
                    onDamage(name, failure);
                }
            }

            // A page that went between listing and reading was rewritten by a destruction; its successor may have been listed past. Look again.
            if (!rewritten) return _index = index;
        }
    }

    /// <summary>The ids a key page holds keys for, without opening anything.</summary>
    public static IReadOnlyCollection<OpaqueId> IdsIn(ObjectName name, byte[] bytes)
    {
        var entries = new ConcurrentDictionary<OpaqueId, PageEntry>();
        ReadPage(name, bytes, entries);
        return [.. entries.Keys];
    }

    private static void ReadPage(ObjectName name, byte[] bytes, ConcurrentDictionary<OpaqueId, PageEntry> index)
    {
        var reader = new ByteReader(bytes, $"Key page {name}");
        if (!reader.Bytes(4).SequenceEqual(PageMagic)) throw new VaultDamagedException($"Object {name} is no key page: its first bytes are wrong. Restore it from a backup.");
        RequireFormat(reader.Byte(), name);
        var count = reader.Count((OpaqueId.Size * 2) + KeyWrap.WrappedSize);
        for (var i = 0; i < count; i++) index[reader.Id()] = new PageEntry(name, reader.Id(), reader.Bytes(KeyWrap.WrappedSize).ToArray());
        reader.End();
    }

    private async ValueTask PutPageAsync(ObjectName name, List<(OpaqueId Id, PageEntry Entry)> entries, CancellationToken ct)
    {
        var page = new ByteWriter().Bytes(PageMagic).Byte(Format).Count(entries.Count);
        foreach (var (id, entry) in entries) page.Id(id).Id(entry.Compartment).Bytes(entry.Wrap);
        if (!await _store.PutIfAbsentAsync(name, page.ToArray(), ct)) throw new VaultDamagedException($"Key page {name} exists already, though its name is random. Do not copy a running vault; run verify.");
        if (_index is not { } index) return;
        foreach (var (id, entry) in entries) index[id] = entry with { Page = name };
    }

    private static void RequireFormat(byte format, ObjectName name)
    {
        if (format != Format) throw new VaultEnvironmentException($"Object {name} has format {format}; this program reads format {Format}. Use a newer DossierKit.");
    }

    internal sealed record PageEntry(ObjectName Page, OpaqueId Compartment, byte[] Wrap);
}
