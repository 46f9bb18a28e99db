using System.CommandLine;

using DossierKit.Vault;

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

    /// <summary>Where the vault and its state lie. A demo vault keeps its state beside it, so that nothing of a demo stays behind elsewhere.</summary>
    public VaultPlace Place
    {
        get
        {
            var data = Data;
            var state = Get(CommonOptions.State) is { Length: > 0 } given ? Path.GetFullPath(given)
                : File.Exists(Path.Combine(data, Unlock.DemoFileName)) ? DemoState(data)
                : null;
            return new VaultPlace(data, state);
        }
    }

    /// <summary>The state folder of a demo vault for which none was named.</summary>
    public static string DemoState(string data) => Path.TrimEndingDirectorySeparator(data) + ".state";

    /// <summary>The folder of the vault as named, if it was.</summary>
    public string? DataOrNull => Get(CommonOptions.Data) is { Length: > 0 } given
        ? given
        : Environment.GetEnvironmentVariable(CommonOptions.DataVariable) is { Length: > 0 } variable ? variable : null;
}
