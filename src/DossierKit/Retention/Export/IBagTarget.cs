namespace DossierKit.Retention;

/// <summary>Where a bag is written: a folder or one stream. Paths are relative, with '/', and safe on every system.</summary>
public interface IBagTarget
{
    /// <summary>Writes one file of the bag.</summary>
    /// <param name="path">Its path in the bag; each once.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>When it is written.</returns>
    ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct);

    /// <summary>Says that the bag is whole: from here on it is one, and lies where it was to be. Only what got this far is logged as finished.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns>When it is durable.</returns>
    ValueTask CompleteAsync(CancellationToken ct);

    /// <summary>Removes what was written, because the bag will not be whole; or is, and may not leave after all.</summary>
    /// <returns>When it is gone.</returns>
    ValueTask AbandonAsync();
}
