using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>A stream as it was at one moment: its last commit, and the blobs there were.</summary>
internal sealed record StreamCut(OpaqueId Stream, long Head, byte[] HeadHash, IReadOnlyList<OpaqueId> Blobs)
{
    private const int Attempts = 100;

    /// <summary>
    /// Takes a stream as it is, with its keys, while others write in it. The last commit is chosen first: whatever a commit needs was written before it, so every key of every commit up to it is
    /// there, unless it was destroyed since; then the ledger says so. A key object that goes between listing and reading was rewritten by a destruction or a rotation: the stream is taken anew.
    /// </summary>
    /// <returns><see langword="null"/> when there is nothing of it; then its section in the set is empty.</returns>
    /// <exception cref="VaultDamagedException">A commit is missing.</exception>
    /// <exception cref="VaultEnvironmentException">It kept changing.</exception>
    public static async ValueTask<StreamCut?> TakeAsync(IObjectStore store, OpaqueId stream, KeySetWriter keys, CancellationToken ct)
    {
        var layout = new StreamLayout(stream);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await keys.SectionAsync(stream, ct);
            var head = await HeadAsync(store, layout, ct);
            byte[] hash = new byte[SHA256.HashSizeInBytes];
            if (head > 0)
            {
                if (await store.ReadAllAsync(layout.Commit(head), ct) is not { } commit) continue;
                hash = SHA256.HashData(commit);
            }

            if (await CopyKeysAsync(store, layout, head, keys, ct) is not { } any) continue;
            var blobs = await store.ListAllAsync(layout.BlobPrefix, ct).Select(name => IdIn(name, layout.BlobPrefix)).ToListAsync(ct);
            return head == 0 && !any && blobs.Count == 0 ? null : new StreamCut(stream, head, hash, blobs);
        }

        throw new VaultEnvironmentException($"Stream {stream} kept changing while it was copied. Run the backup again at a quieter time; what was copied stays.");
    }

    /// <summary>The id that a blob's name ends with.</summary>
    public static OpaqueId IdIn(ObjectName name, string prefix) => OpaqueId.TryParse(name.Value[prefix.Length..], out var id)
        ? id
        : throw new VaultDamagedException($"Object {name} has a name that no writer gives. Remove it, then run verify.");

    private static async ValueTask<long> HeadAsync(IObjectStore store, StreamLayout layout, CancellationToken ct)
    {
        var head = 0L;
        await foreach (var name in store.ListAllAsync(layout.JournalPrefix, ct))
        {
            var sequence = StreamLayout.SequenceOf(name);
            // A hole would be copied faithfully, and found when it is too late.
            if (sequence != head + 1 && (await store.ListAsync(layout.KeyPrefix, null, 1, ct)).Count > 0)
                throw new VaultDamagedException($"Commit {layout.Commit(head + 1)} is missing, though later ones exist. No backup was made of this. Run verify, and restore the commit from an earlier backup.");
            head = sequence;
        }

        return head;
    }

    /// <summary>Copies the keys of commits up to <paramref name="head"/>; whether there were any, or <see langword="null"/> when one went meanwhile.</summary>
    private static async ValueTask<bool?> CopyKeysAsync(IObjectStore store, StreamLayout layout, long head, KeySetWriter keys, CancellationToken ct)
    {
        var any = false;
        foreach (var folder in KeyMaterial.FoldersOf(layout))
        {
            var names = await store.ListAllAsync(folder, ct).ToListAsync(ct);
            if (folder == layout.KeyPrefix && names.Count > 1) names = [names[^1]]; // a rotation is between writing the next version and removing this one
            foreach (var name in names)
            {
                // Of a write that was on its way when the stream was taken: its commit is not in this copy.
                if ((folder == layout.PagePrefix || folder == layout.SnapshotPrefix) && StreamLayout.SequenceOf(name) > head) continue;
                if (await store.ReadAllAsync(name, ct) is not { } bytes) return null;
                await keys.AddAsync(name, bytes, ct);
                any = true;
            }
        }

        return any;
    }
}
