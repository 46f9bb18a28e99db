using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>What of the content (commits and blobs) is here and not there, and the other way round: both listings come in one order, so they are read side by side.</summary>
internal sealed class ContentComparison
{
    /// <summary>Streams the vault has anything of.</summary>
    public SortedSet<OpaqueId> Streams { get; } = [];

    /// <summary>Content the place lacks.</summary>
    public List<ObjectName> Missing { get; } = [];

    /// <summary>Content the vault no longer has.</summary>
    public List<ObjectName> Gone { get; } = [];

    /// <summary>Objects of content in the vault.</summary>
    public long Total { get; private set; }

    public static async ValueTask<ContentComparison> MakeAsync(IObjectStore source, BackupPlace? place, CancellationToken ct)
    {
        var result = new ContentComparison();
        var there = (place is null ? AsyncEnumerable.Empty<ObjectName>() : place.Store.ListAllAsync(BackupPlace.ContentPrefix(StreamLayout.AllStreams), ct).Select(BackupPlace.InVault)).GetAsyncEnumerator(ct);
        await using (there)
        {
            var more = await there.MoveNextAsync();
            await foreach (var name in source.ListAllAsync(StreamLayout.AllStreams, ct))
            {
                if (name.Value.Split('/') is not [_, var text, var folder, ..] || !OpaqueId.TryParse(text, out var stream)) continue;
                result.Streams.Add(stream);
                if (folder is not ("b" or "j")) continue;
                result.Total++;
                for (; more && there.Current.CompareTo(name) < 0; more = await there.MoveNextAsync()) result.Gone.Add(there.Current);
                if (more && there.Current == name) more = await there.MoveNextAsync();
                else result.Missing.Add(name);
            }

            for (; more; more = await there.MoveNextAsync()) result.Gone.Add(there.Current);
        }

        return result;
    }
}

/// <summary>
/// Whether what the vault no longer has was destroyed, or was lost. Only the first may be removed from a backup: otherwise the run after a failing disk would take the last copy away.
/// Only content of the newest whole set counts. What a killed run left beyond it has no keys anywhere, and can be of a history that is no more: the vault was restored since.
/// </summary>
internal sealed class GoneContent(DossierVault vault)
{
    /// <exception cref="VaultDamagedException">Something was lost, or another history stands in the place of the one that was copied.</exception>
    public async ValueTask JudgeAsync(List<ObjectName> gone, BackupManifest? previous, CancellationToken ct)
    {
        if (previous is null) return;
        var vouched = previous.Streams.ToDictionary(stream => stream.Id);
        var destroyed = vault.State.Ledger.Read().Where(record => record.Kind == DestroyedKind.Stream).Select(record => record.Id).Concat(vault.Catalogue.Destroyed).ToHashSet();
        foreach (var stream in gone.GroupBy(name => OpaqueId.TryParse(name.Value.Split('/')[1], out var id) ? id : default))
        {
            if (destroyed.Contains(stream.Key) || !vouched.TryGetValue(stream.Key, out var known)) continue;
            var blobs = known.Blobs.Select(blob => new StreamLayout(stream.Key).Blob(blob.Id)).ToHashSet();
            var suspect = new List<ObjectName>();
            foreach (var name in stream)
            {
                if (name.Value.Split('/')[2] == "j" && StreamLayout.SequenceOf(name) <= known.Head) throw Lost(name);
                if (blobs.Contains(name)) suspect.Add(name);
            }

            if (suspect.Count > 0) await JudgeBlobsAsync(stream.Key, suspect, ct);
        }

        foreach (var stream in previous.Streams)
        {
            if (stream.Head == 0 || destroyed.Contains(stream.Id)) continue;
            var name = new StreamLayout(stream.Id).Commit(stream.Head);
            if (await vault.Services.Store.ReadAllAsync(name, ct) is not { } bytes) throw Lost(name);
            if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(stream.HeadHash))
                throw new VaultDamagedException($"Commit {name} is not the one that the last backup holds: the vault was rolled back and written on, or damaged. The backup was left as it is. Run verify; make a backup of this vault to another folder only when you know what happened.");
        }
    }

    private async ValueTask JudgeBlobsAsync(OpaqueId stream, List<ObjectName> gone, CancellationToken ct)
    {
        using var journal = await vault.OpenStreamAsync(vault.KindOf(stream), stream, ct) ?? throw Lost(gone[0]);
        var living = journal.Envelopes.SelectMany(envelope => envelope.Objects).Where(obj => !journal.IsDestroyed(obj.Id, obj.Compartment))
            .SelectMany(obj => obj.Parts).Select(part => journal.Layout.Blob(part.Blob)).ToHashSet();
        foreach (var name in gone)
        {
            if (living.Contains(name)) throw Lost(name);
        }
    }

    private static VaultDamagedException Lost(ObjectName name)
        => new($"Object {name} is in the backup, and no longer in the vault, though nothing destroyed it: the vault was damaged or rolled back. The backup was left as it is. Run verify, and restore the vault from this backup. If an older backup was restored on purpose, make the next one to another folder.");
}
