namespace DossierKit.Search;

/// <summary>What reading one file may cost, with everything inside it. The file may be made to do harm; these make sure that it costs no more than this.</summary>
internal sealed record ExtractionLimits
{
    /// <summary>The limits for files of a dossier.</summary>
    public static ExtractionLimits Default { get; } = new();

    /// <summary>Characters of text. Default 20 million: some 8,000 pages.</summary>
    public int Text { get; init; } = 20_000_000;

    /// <summary>The file itself, in bytes; it is held in memory. Of plain text the beginning is read when it is longer. Default 128 MiB.</summary>
    public int Input { get; init; } = 128 << 20;

    /// <summary>Files, parts and attachments together, at every depth. Default 10,000.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>Files in files, and parts of a mail in parts. Default 20.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>What one packed part may become, in bytes. Default 64 MiB.</summary>
    public long Part { get; init; } = 64L << 20;

    /// <summary>What all packed parts together may become, in bytes. Default 512 MiB.</summary>
    public long Unpacked { get; init; } = 512L << 20;

    /// <summary>Above this many times its packed size (and above 1 MiB) a part is a bomb; real XML of Word stays below 60. Default 250.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Scanned pages and pictures in which letters are looked for; each takes seconds. Default 200.</summary>
    public int Scans { get; init; } = 200;

    /// <summary>All reading together, by the clock. Default 10 minutes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);
}
