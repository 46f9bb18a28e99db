using DossierKit.Search;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Streams;

/// <summary>
/// Tries every key against everything: each stream key that opens, each compartment and page key under it, against every commit, payload slice, pack slice, part and snapshot in the store.
/// It does not believe the journal about what is destroyed, so it finds what a destruction forgot.
/// </summary>
internal static class EverythingReadable
{
    public static async Task<IReadOnlyList<byte[]>> CollectAsync(VaultServices vault, CancellationToken ct)
    {
        var found = new List<byte[]>();
        var names = new List<ObjectName>();
        await foreach (var name in vault.Store.ListAllAsync("", ct)) names.Add(name);

        foreach (var id in names.Where(name => name.Value.Contains("/key/", StringComparison.Ordinal)).Select(name => Id(name.Value.Split('/')[1])))
        {
            var layout = new StreamLayout(id);
            using var keys = new StreamKeys(vault.Store, vault.Id, layout, (await StreamKeyObject.OpenAsync(vault, id, ct))!);
            var ids = (await keys.ListAsync(ct)).Keys.ToList();

            // Everything the journal still tells, and with each remaining key every payload and every object it ever named.
            foreach (var name in names.Where(name => name.Value.StartsWith(layout.JournalPrefix, StringComparison.Ordinal)))
            {
                var bytes = (await vault.Store.ReadAllAsync(name, ct))!;
                var commit = CommitCodec.Decode(vault.Id, id, StreamLayout.SequenceOf(name), keys.JournalKey.Span, bytes, name);
                found.Add(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', commit.Envelopes.Select(envelope => $"{envelope.Type} {envelope.Compartment} {string.Join(' ', envelope.Objects.Select(obj => obj.Compartment))}"))));
                for (var i = 0; i < commit.Envelopes.Count; i++)
                {
                    var entry = commit.Envelopes[i].Id;
                    if (await KeyAsync(entry) is { } key) found.Add(OpenPayload(key, commit.Payloads[i]));

                    byte[] OpenPayload(SecretKey key, ReadOnlyMemory<byte> payload) => SealedStream.Open(new SealContext(vault.Id, id, entry, SealKind.Payload), key.Span, payload.Span);
                }
            }

            // Blobs are tried with every key there is, at every slice, whether or not a journal names them.
            foreach (var name in names.Where(name => name.Value.StartsWith(layout.BlobPrefix, StringComparison.Ordinal)))
            {
                var bytes = (await vault.Store.ReadAllAsync(name, ct))!;
                var slices = Slices(bytes);
                foreach (var at in slices)
                {
                    var ends = slices.Where(other => other > at).Append(bytes.Length).ToList();
                    foreach (var obj in ids)
                    {
                        using var key = await KeyAsync(obj);
                        if (key is null) continue;
                        for (var part = 0; part < 3; part++) await TrySliceAsync(vault, name, at, ends, id, obj, part, key, found, ct);
                    }
                }
            }

            foreach (var name in names.Where(name => name.Value.StartsWith(layout.SnapshotPrefix, StringComparison.Ordinal)))
            {
                var bytes = (await vault.Store.ReadAllAsync(name, ct))!;
                found.AddRange(CatalogueSnapshot.Open(vault.Id, id, keys.SnapshotKey.Span, name, bytes).Records.Values.Select(record => record.ToArray()));
            }

            // What was derived opens while every key it hangs on is there, whatever the journal says.
            foreach (var name in names.Where(name => name.Value.StartsWith(layout.AllDerivedPrefix, StringComparison.Ordinal)))
            {
                if (await OpenDerivedAsync(vault, id, keys, name, ct) is { } content) found.AddRange(Derived(content));
            }

            async Task<SecretKey?> KeyAsync(OpaqueId wanted)
            {
                try
                {
                    return await keys.FindAsync(wanted, ct);
                }
                catch (VaultDamagedException)
                {
                    return null;
                }
            }
        }

        return found;
    }

    private static async Task<byte[]?> OpenDerivedAsync(VaultServices vault, OpaqueId stream, StreamKeys keys, ObjectName name, CancellationToken ct)
    {
        var bytes = (await vault.Store.ReadAllAsync(name, ct))!;
        var reader = new ByteReader(bytes.AsSpan(5), "a derived object");
        var sources = new OpaqueId[reader.Count(OpaqueId.Size)];
        for (var i = 0; i < sources.Length; i++) sources[i] = reader.Id();
        var wrap = reader.Bytes(KeyWrap.WrappedSize).ToArray();
        var from = bytes.Length - reader.Remaining;
        var id = OpaqueId.Derive("derived"u8, name.Value);
        using var key = await keys.UnwrapDerivedAsync(StreamLayout.CompartmentOf(name), id, sources, wrap, ct);
        return key is null ? null : SealedStream.Open(new SealContext(vault.Id, stream, id, SealKind.Derived), key.Span, bytes.AsSpan(from));
    }

    /// <summary>The bytes, and what is packed in them: the terms of a segment share their beginnings, and texts are compressed.</summary>
    private static IEnumerable<byte[]> Derived(byte[] content)
    {
        yield return content;
        if (content.AsSpan().StartsWith("DKT1"u8))
        {
            var texts = new TextStore.Reader(content);
            for (var i = 0; i < texts.Count; i++) yield return System.Text.Encoding.Latin1.GetBytes(texts[i].Text);
        }

        if (content.AsSpan().IndexOf(IndexSegment.Magic) is >= 0 and var segment) yield return Terms(content[segment..]);
    }

    private static byte[] Terms(byte[] segment)
    {
        var terms = new List<byte>();
        var walk = new IndexSegment(segment).Terms();
        while (walk.Next()) terms.AddRange([.. walk.Term, (byte)'\n']);
        return [.. terms];
    }

    private static OpaqueId Id(string text) => OpaqueId.TryParse(text, out var id) ? id : throw new InvalidOperationException("A stream's prefix holds no id.");

    private static List<int> Slices(byte[] bytes)
    {
        var starts = new List<int>();
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes.AsSpan(at).StartsWith("DKS1"u8)) starts.Add(at);
        }

        return starts;
    }

    private static async Task TrySliceAsync(VaultServices vault, ObjectName name, int at, List<int> ends, OpaqueId stream, OpaqueId obj, int part, SecretKey key, List<byte[]> found, CancellationToken ct)
    {
        // The length of a slice is not written in it: it ends where another starts, or at the end.
        foreach (var (end, last) in ends.SelectMany(end => new[] { (end, true), (end, false) }))
        {
            try
            {
                await using var reader = (await vault.Store.OpenAsync(name, ct))!;
                await using var content = await SealedStream.OpenReadAsync(new SealContext(vault.Id, stream, obj, SealKind.Blob, (uint)part, last), key.Memory, reader, at, end - at, ownsSource: false, ct);
                using var copy = new MemoryStream();
                await content.CopyToAsync(copy, ct);
                found.Add(copy.ToArray());
            }
            catch (VaultException)
            {
                // not this key, or not this slice
            }
        }
    }
}
