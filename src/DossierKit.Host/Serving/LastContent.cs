namespace DossierKit.Host.Serving;

/// <summary>
/// The content of a file that must be the last of its request. At its end the rest is read, and whatever still stands there refuses the whole: before the one who takes the content knows
/// that it has ended, so before anything of it is kept.
/// </summary>
/// <param name="inner">The content.</param>
/// <param name="rest">What comes after it; not disposed.</param>
internal sealed class LastContent(Stream inner, IAsyncEnumerator<Upload> rest) : ArrivingStream
{
    private bool _isEnd;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isEnd) return 0;
        var count = await inner.ReadAsync(buffer, cancellationToken);
        if (count > 0 || buffer.Length == 0) return count;
        if (await rest.MoveNextAsync())
        {
            throw new UploadException(StatusCodes.Status400BadRequest, new(
                "Er staan meer bestanden in deze aanvraag.", "Hier gaat er één per aanvraag; er is niets opgeslagen, ook het eerste niet.", "Stuur elk bestand in een eigen aanvraag."));
        }

        _isEnd = true;
        return 0;
    }
}
