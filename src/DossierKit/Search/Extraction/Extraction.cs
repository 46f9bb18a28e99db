namespace DossierKit.Search;

/// <summary>The file, or a part of it, cannot be read. The reason is a Dutch sentence without content.</summary>
internal sealed class UnreadableException(string reason) : Exception(reason);

/// <summary>One extraction under way: the text so far, what could not be read, and what may still be used.</summary>
internal sealed class Extraction(ExtractionLimits limits, CancellationToken ct)
{
    /// <summary>More are counted, not told.</summary>
    private const int MostGaps = 40;

    private readonly List<string> _gaps = [];
    private readonly List<string> _place = [];
    private int _untold;
    private int _steps;
    private int _entries;
    private int _scans;
    private long _unpacked;

    public ExtractionLimits Limits => limits;

    public CancellationToken Stop => ct;

    public TextSink Sink { get; } = new(limits.Text);

    /// <summary>How deep in files inside files.</summary>
    public int Depth => _place.Count;

    public IReadOnlyList<string> Gaps => _untold == 0 ? _gaps : [.. _gaps, $"Nog {_untold} andere delen konden niet worden gelezen."];

    /// <summary>Called at every step of a reader: ends it when its time is over.</summary>
    public void Step()
    {
        if ((++_steps & 0x3ff) == 0) ct.ThrowIfCancellationRequested();
    }

    /// <summary>Says what could not be read.</summary>
    /// <param name="sentence">Dutch, without content.</param>
    public void Gap(string sentence)
    {
        if (Depth > 0) sentence = $"{char.ToUpperInvariant(_place[0][0])}{string.Join(", ", _place)[1..]}: {char.ToLowerInvariant(sentence[0])}{sentence[1..]}";
        if (_gaps.Contains(sentence)) return;
        if (_gaps.Count < MostGaps) _gaps.Add(sentence);
        else _untold++;
    }

    /// <summary>Begins a page. Files in files have none: their pages are not those of the whole.</summary>
    public void Page()
    {
        if (Depth == 0) Sink.Page();
        else Sink.Line();
    }

    /// <summary>Goes into a file inside the file.</summary>
    /// <param name="place">Dutch, which one: <c>bijlage 2</c>.</param>
    public void Enter(string place) => _place.Add(place);

    /// <summary>Comes out again.</summary>
    public void Leave() => _place.RemoveAt(_place.Count - 1);

    /// <summary>Counts a part, file or attachment.</summary>
    /// <exception cref="UnreadableException">There are too many.</exception>
    public void CountEntry()
    {
        if (++_entries > limits.Entries) throw new UnreadableException($"Er zitten meer dan {limits.Entries} delen in. De rest is niet gelezen.");
    }

    /// <summary>Counts a scan.</summary>
    /// <returns>Whether it may still be done.</returns>
    public bool TryScan() => ++_scans <= limits.Scans;

    /// <summary>Counts unpacked bytes.</summary>
    /// <param name="count">How many came.</param>
    /// <exception cref="UnreadableException">It is too much altogether.</exception>
    public void CountUnpacked(int count)
    {
        Step();
        if ((_unpacked += count) > limits.Unpacked) throw new UnreadableException("Uitgepakt is het te groot. De rest is niet gelezen.");
    }
}
