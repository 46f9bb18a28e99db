namespace DossierKit.Search;

/// <summary>What was read of a file. Immutable. All of it is content of the dossier: text, and by their number and kind the gaps too.</summary>
internal sealed record ExtractedText
{
    /// <summary>All text: lines end with <c>\n</c>, pages are joined with <c>\f</c>; well-formed, without other control characters than tab.</summary>
    public required string Text { get; init; }

    /// <summary>Where in <see cref="Text"/> page 1, 2, … begins: pages, slides or sheets. Empty for what has none, or whose maker did not store them.</summary>
    public IReadOnlyList<int> PageStarts { get; init; } = [];

    /// <summary>What could not be read and why: Dutch sentences that hold no name and no content. Empty when all was read.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Whether there is anything to find; if not, <see cref="Gaps"/> says why.</summary>
    public required bool IsSearchable { get; init; }

    /// <summary>The page on which a place in the text lies.</summary>
    /// <param name="offset">Offset in <see cref="Text"/>.</param>
    /// <returns>From 1; 0 when there are no pages.</returns>
    public int PageOf(int offset)
    {
        var (low, high) = (0, PageStarts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (PageStarts[middle] <= offset) low = middle + 1;
            else high = middle;
        }

        return PageStarts.Count == 0 ? 0 : Math.Max(1, low);
    }
}
