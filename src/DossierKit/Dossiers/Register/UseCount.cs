namespace DossierKit.Dossiers;

/// <summary>
/// Counts who is using something that one owner closes: what is to be let go of is let go of when the owner has closed it and the last use has ended,
/// so that no key is wiped under a thread that seals or opens with it.
/// </summary>
internal sealed class UseCount(Action letGo)
{
    // The owner counts as one.
    private int _uses = 1;
    private int _isClosed;

    /// <summary>Begins a use.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public Use Begin()
    {
        for (var uses = Volatile.Read(ref _uses); Volatile.Read(ref _isClosed) == 0 && uses > 0; uses = Volatile.Read(ref _uses))
        {
            if (Interlocked.CompareExchange(ref _uses, uses + 1, uses) == uses) return new Use(this);
        }

        throw new ObjectDisposedException(nameof(OpenDossier), "This dossier was closed. Open it again.");
    }

    /// <summary>Closes it: no use begins any more; those that run, run to their end.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) End();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _uses) == 0) letGo();
    }

    /// <summary>One use; disposed once.</summary>
    internal sealed class Use(UseCount count) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) count.End();
        }
    }
}
