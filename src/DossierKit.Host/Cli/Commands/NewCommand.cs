using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>new</c>: an empty dossier.</summary>
internal sealed class NewCommand : CliCommand
{
    private readonly Argument<string?> _number = new("NR") { Description = "The number, such as WL-2026-0007. Default: the next free number of the year.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _protocol = new("--protocol") { Description = "The protocol, as ID or ID:VERSION. Default: that of the municipality, in force on the day.", HelpName = "ID" };
    private readonly Option<string?> _date = new("--date") { Description = "The day the dossier begins. Default: today.", HelpName = "2026-03-02" };

    public NewCommand()
        : base("new", "Make an empty dossier.",
            "dossierkit new --data ./vault --as fi",
            "dossierkit new WL-2026-0107 --data ./vault --as fi --date 2026-03-02")
    {
        Add(_number);
        Add(_protocol);
        Add(_date);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        DossierNumber? number = null;
        if (context.Get(_number) is { } text)
        {
            number = DossierNumber.TryParse(text, out var parsed)
                ? parsed
                : throw new UsageException($"'{text}' is no dossier number: 3 to 32 letters, digits and '-', with at least one digit, such as WL-2026-0007.");
        }

        ProtocolReference? protocol = context.Get(_protocol)?.Split(':', 2) is { } parts ? new ProtocolReference(parts[0], parts.ElementAtOrDefault(1)) : null;
        var date = context.Get(_date) is { } day ? Session.Day(day, "--date") : context.Today;

        await using var session = await Session.OpenAsync(context, ct);
        var made = (await session.Register.CreateAsync(session.Acting(), number, protocol, date, ct)).OrRefuse();
        context.Terminal.Line($"Dossier {made} is aangemaakt.");
        context.Terminal.Json(new JsonObject { ["nummer"] = made.Value });
        return ExitCode.Done;
    }
}
