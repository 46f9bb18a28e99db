using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// The dossiers that people have open: fifty people at the same dossier read it once and hold it in memory once, and each sees his part of it. A stream is let go of, with its keys,
/// when the last who has it gives it back. Safe for several threads.
/// </summary>
internal sealed class SharedStreams(DossierVault vault)
{
    private readonly Dictionary<OpaqueId, Shared> _shared = [];

    /// <summary>How many streams lie open.</summary>
    public int Count
    {
        get
        {
            lock (_shared) return _shared.Count;
        }
    }

    /// <summary>The stream, read up to now; <see langword="null"/> when it is not there or was destroyed.</summary>
    public async ValueTask<Lease?> BorrowAsync(OpaqueId id, DossierNumber number, CancellationToken ct)
    {
        Shared? shared;
        lock (_shared)
        {
            if (!_shared.TryGetValue(id, out shared)) _shared[id] = shared = new Shared();
            shared.Borrowed++;
        }

        var lease = default(Lease);
        try
        {
            // The first opens it; whoever comes meanwhile waits for that, and not at all for other dossiers.
            await shared.Opening.WaitAsync(ct);
            try
            {
                if (shared.Stream is null)
                {
                    shared.Stream = await DossierStream.OpenAsync(vault, id, number, ct);
                }
                else
                {
                    using var turn = await shared.Stream.TakeTurnAsync(ct);
                    await shared.Stream.RefreshAsync(ct);
                }
            }
            finally
            {
                shared.Opening.Release();
            }

            if (shared.Stream is { } stream) lease = new Lease(stream, () => GiveBack(id, shared));
        }
        catch (ObjectDestroyedException)
        {
            // Destroyed since the others opened it: they hear so at their next look.
        }
        finally
        {
            if (lease is null) GiveBack(id, shared);
        }

        return lease;
    }

    private void GiveBack(OpaqueId id, Shared shared)
    {
        lock (_shared)
        {
            if (--shared.Borrowed > 0) return;
            _shared.Remove(id);
        }

        shared.Stream?.Dispose();
        shared.Opening.Dispose();
    }

    /// <summary>A stream as long as it is needed.</summary>
    internal sealed class Lease(DossierStream stream, Action giveBack) : IDisposable
    {
        private int _isGiven;

        public DossierStream Stream => stream;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0) giveBack();
        }
    }

    private sealed class Shared
    {
        public SemaphoreSlim Opening { get; } = new(1, 1);

        public DossierStream? Stream { get; set; }

        /// <summary>How many have it or wait for it; under the lock.</summary>
        public int Borrowed { get; set; }
    }
}
