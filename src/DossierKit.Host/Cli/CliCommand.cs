using System.CommandLine;

namespace DossierKit.Host.Cli;

/// <summary>A command: its words, its examples, and what it does with a <see cref="CommandContext"/>.</summary>
internal abstract class CliCommand : Command
{
    private protected CliCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction((parse, ct) => RunGuardedAsync(parse, ct));
    }

    /// <summary>Command lines as a user would type them, shown by <c>--help</c>; the first word is always <c>dossierkit</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work. Failures are thrown, and become a text and an exit code in <see cref="Failures"/>.</summary>
    private protected abstract ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct);

    private async Task<int> RunGuardedAsync(ParseResult parse, CancellationToken ct)
    {
        var terminal = Terminal.OfProcess(parse.GetValue(CommonOptions.Json));
        try
        {
            return (int)await RunAsync(new CommandContext(parse, terminal, TimeProvider.System), ct);
        }
#pragma warning disable CA1031 // The outermost frame: whatever comes here becomes a text without content and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return (int)Failures.Report(failure, terminal);
        }
    }
}

/// <summary>A family of commands, such as <c>person</c>: does nothing by itself.</summary>
internal sealed class CommandFamily : Command
{
    public CommandFamily(string name, string description, params IReadOnlyList<Command> members)
        : base(name, description)
    {
        foreach (var member in members) Add(member);
    }
}
