namespace DossierKit.Programs;

/// <summary>How it stands with a program on this machine.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Path">Where it is; <see langword="null"/> when it is missing.</param>
/// <param name="Package">The Debian package that brings it.</param>
public sealed record InstalledProgram(string Name, string? Path, string Package);

/// <summary>What this machine offers of the programs that are made use of, for whoever runs it.</summary>
public static class InstalledPrograms
{
    /// <summary>Every program, found or not.</summary>
    /// <returns>bubblewrap first.</returns>
    public static IReadOnlyList<InstalledProgram> Look()
        => [.. ExternalProgram.All.Prepend(Sandbox.Bubblewrap).Select(program => new InstalledProgram(program.Name, ProgramFolders.OfMachine.Find(program.Executable), program.Package))];

    /// <summary>Builds a sandbox and runs nothing in it.</summary>
    /// <param name="ct">Stops.</param>
    /// <returns><see langword="null"/> when that works; else why not.</returns>
    public static async ValueTask<Refusal?> TrySandboxAsync(CancellationToken ct)
    {
        var nothing = new ExternalProgram("Een ander programma", "true", "coreutils", "");
        var outcome = await ProgramRunner.Shared.RunAsync(new ProgramCall { Program = nothing, Limits = new ProgramLimits { Time = TimeSpan.FromSeconds(20) } }, ReadOnlyMemory<byte>.Empty, ct);
        return outcome.IsDone ? null : outcome.Refusals[0];
    }
}
