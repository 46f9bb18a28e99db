using System.IO.Compression;

namespace DossierKit.Retention;

/// <summary>
/// A bag as one uncompressed zip on a stream, in a folder of its own as RFC 8493 (5) asks of archives; nothing is buffered, so that it can be an answer to a browser.
/// A zip without its directory at the end is no zip: what fails halfway cannot be taken for a bag.
/// </summary>
public sealed class ZipBag : IBagTarget, IAsyncDisposable
{
    private readonly ZipArchive _zip;
    private readonly Stream _output;
    private readonly string _name;
    private readonly DateTimeOffset _at;

    private ZipBag(ZipArchive zip, Stream output, string name, DateTimeOffset at) => (_zip, _output, _name, _at) = (zip, output, name, at);

    /// <summary>Begins a bag.</summary>
    /// <param name="output">Where it is written; not disposed.</param>
    /// <param name="name">The folder in the zip, such as the number of the dossier.</param>
    /// <param name="at">The time its files carry.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The bag.</returns>
    public static async ValueTask<ZipBag> BeginAsync(Stream output, string name, DateTimeOffset at, CancellationToken ct)
    {
        if (BagPath.Problem(name) is { } problem) throw new ArgumentException($"A bag cannot have this name: {problem}.", nameof(name));
        return new ZipBag(await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct), output, name, at);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (BagPath.Problem(path) is { } problem) throw new ArgumentException($"A bag cannot hold this path: {problem}.", nameof(path));
        var entry = _zip.CreateEntry($"{_name}/{path}", CompressionLevel.NoCompression);
        entry.LastWriteTime = _at;
        await using var file = await entry.OpenAsync(ct);
        await write(file, ct);
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _zip.DisposeAsync();
        // Its directory, without which it is no zip, may still wait here.
        await _output.FlushAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => default;

    /// <summary>Ends it. Of a bag that is not whole the archive is let go of and not disposed: that would write its directory, and make half a bag look whole.</summary>
    /// <returns>Nothing to wait for.</returns>
    public ValueTask DisposeAsync() => default;
}
