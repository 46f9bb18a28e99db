namespace DossierKit.Programs;

/// <summary>What a program may use before it is ended. The file it reads may be made to do harm; these make sure that it costs no more than this.</summary>
internal sealed record ProgramLimits
{
    /// <summary>How long it may run, by the clock. Default 2 minutes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one of its processes may keep a processor busy. Default 2 minutes.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Address space of each of its processes, in bytes: more than is really used. Default 4 GiB.</summary>
    public long Memory { get; init; } = 4L << 30;

    /// <summary>Processes and threads together. Default 64.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>The private folder, in bytes; it is memory too. Default 256 MiB.</summary>
    public long Scratch { get; init; } = 256L << 20;

    /// <summary>The answer, in bytes. Default 128 MiB.</summary>
    public int Output { get; init; } = 128 << 20;
}
