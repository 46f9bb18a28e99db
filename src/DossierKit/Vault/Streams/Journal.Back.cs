using System.Runtime.CompilerServices;

namespace DossierKit.Vault;

/// <summary>One commit read on its own, with the keys of its payloads as they are now.</summary>
internal sealed class OpenedCommit(Journal journal, Commit commit, IReadOnlyDictionary<OpaqueId, StreamKeys.PageEntry> keys)
{
    public long Sequence => commit.Sequence;

    public IReadOnlyList<Envelope> Envelopes => commit.Envelopes;

    /// <summary>The payload, or <see langword="null"/> when it was destroyed.</summary>
    public async ValueTask<byte[]?> OpenPayloadAsync(Envelope envelope, CancellationToken ct)
    {
        for (var i = 0; i < commit.Envelopes.Count; i++)
        {
            if (commit.Envelopes[i].Id != envelope.Id) continue;
            if (journal.IsDestroyed(envelope.Id, envelope.Compartment) || !keys.TryGetValue(envelope.Id, out var entry)) return null;
            if (commit.Payloads[i].IsEmpty) return [];
            using var key = await journal.Keys.FindAsync(envelope.Id, entry, ct);
            return key is null ? null : SealedStream.Open(journal.PayloadContext(envelope.Id), key.Span, commit.Payloads[i].Span);
        }

        return null;
    }
}

/// <summary>Reading from the end: the newest page of a stream of hundreds of thousands of commits costs a page, not the stream.</summary>
internal sealed partial class Journal
{
    private const int FirstPage = 64;
    private const int LargestPage = 8192;

    /// <summary>
    /// Commits from the newest to the oldest. The chain is checked along the way, from the head this instance knows. What of a payload is gone is not told from what is missing:
    /// <see cref="DossierVault.VerifyAsync"/> does that.
    /// </summary>
    /// <param name="below">Only commits before this one; <see langword="null"/>: from the head.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="VaultDamagedException">A commit is missing, damaged, or not the one its successor names.</exception>
    public async IAsyncEnumerable<OpenedCommit> ReadBackAsync(long? below, [EnumeratorCancellation] CancellationToken ct)
    {
        long last;
        byte[]? expected;
        await _gate.WaitAsync(ct);
        try
        {
            last = below is { } before && before <= Head ? before - 1 : Head;
            expected = last == Head ? _headHash : null;
        }
        finally
        {
            _gate.Release();
        }

        // Finding the keys of a page costs a look at the whole folder of key pages, so pages grow.
        for (var size = FirstPage; last > 0; size = Math.Min(size * 2, LargestPage))
        {
            var first = Math.Max(1, last - size + 1);
            var keys = await _keys.RangeAsync(first, last, ct);
            for (; last >= first; last--)
            {
                var name = _layout.Commit(last);
                var bytes = await _vault.Store.ReadAllAsync(name, ct) ?? throw new VaultDamagedException($"Commit {name} is missing before the end of its stream. Restore the stream from a backup.");
                var commit = CommitCodec.Decode(_vault.Id, StreamId, last, _keys.JournalKey.Span, bytes, name);
                if (expected is not null && !commit.Hash.AsSpan().SequenceEqual(expected))
                    throw new VaultDamagedException($"The chain of stream {StreamId} breaks at commit {last}: it is not the one that the next names. Restore the stream from a backup.");
                expected = commit.PreviousHash;
                yield return new OpenedCommit(this, commit, keys);
            }
        }
    }
}
