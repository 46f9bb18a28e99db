namespace DossierKit.Programs;

/// <summary>One run of a program. Input comes in and the answer goes out through pipes; files exist in the private folder only, which is memory and is gone when the run ends.</summary>
internal sealed record ProgramCall
{
    /// <summary>The private folder inside the sandbox: home, temporary folder and working directory at once, and the only place that can be written.</summary>
    public const string Folder = "/tmp";

    /// <summary>The program.</summary>
    public required ExternalProgram Program { get; init; }

    /// <summary>Its arguments; passed as they are, never through a shell.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The name under which the program finds its input in <see cref="Folder"/>; <see langword="null"/>: on its standard input.</summary>
    public string? InputFile { get; init; }

    /// <summary>The name under which the program leaves its answer in <see cref="Folder"/>; <see langword="null"/>: on its standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>What it may use.</summary>
    public ProgramLimits Limits { get; init; } = new();
}
