using System.CommandLine;

namespace DossierKit.Host.Cli;

/// <summary>What every command gets: the parsed line, the terminal, the clock, and how to reach the vault.</summary>
internal sealed class CommandContext(ParseResult parse, Terminal terminal, TimeProvider clock)
{
    public Terminal Terminal => terminal;

    public TimeProvider Clock => clock;

    /// <summary>Today in the Netherlands: legal dates follow Dutch time, wherever the machine stands.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Amsterdam).DateTime);

    private static TimeZoneInfo Amsterdam => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out var zone)
        ? zone
        : throw new EnvironmentFailureException("This machine has no time zone data (Europe/Amsterdam is unknown), and legal dates need it. Install the package tzdata.");

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => parse.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => parse.GetValue(argument);

    /// <summary>The folder of the vault, absolute.</summary>
    /// <exception cref="UsageException">None was named.</exception>
    public string Data => Path.GetFullPath(DataOrNull
        ?? throw new UsageException($"No vault was named. Give --data DIR or set the variable {CommonOptions.DataVariable}; 'dossierkit demo' makes one to try."));

    /// <summary>The folder of the vault as named, if it was.</summary>
    public string? DataOrNull => Get(CommonOptions.Data) is { Length: > 0 } given
        ? given
        : Environment.GetEnvironmentVariable(CommonOptions.DataVariable) is { Length: > 0 } variable ? variable : null;
}
