using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>doctor</c>: what this machine lacks and what puts a vault at risk, with what to do. Changes nothing.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly Option<string?> _config = new("--config") { Description = "The settings of 'serve', to check the host as well: its certificate and its contact.", HelpName = "FILE" };

    public DoctorCommand()
        : base("doctor", "Say what this machine lacks and what puts the vault at risk, and what to do about it. Without --data it looks at the machine only.",
            "dossierkit doctor",
            "dossierkit doctor --data ./demo-data --json",
            "dossierkit doctor --data /srv/dossiers --config /etc/dossierkit/settings.json")
        => Add(_config);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var findings = MachineChecks.Run().ToList();
        findings.Add(await MachineChecks.SandboxAsync(ct));
        findings.AddRange(ServingChecks.OfMachine());
        if (context.Get(_config) is { } config) findings.AddRange(ServingChecks.Of(HostSettingsFile.Read(config).Over(new HostSettings(), default, config), context.Clock.GetUtcNow()));
        var exit = ExitCode.Done;
        if (context.DataOrNull is not null)
        {
            findings.AddRange(VaultSurroundings.Of(context).Look());
            try
            {
                await using var session = await Session.OpenAsync(context, ct);
                findings.Add(Finding.Good("open", "The vault opens: folder, unlock secret, key ring, journals and state fit each other."));
                findings.AddRange(VaultChecks.Inside(session.Vault, session.Register, context.Today));
                findings.AddRange(await BackupChecks.OfAsync(session.Vault, context.Clock.GetUtcNow(), context.Today, ct));
            }
            catch (Exception failure) when (failure is VaultException or EnvironmentFailureException)
            {
                findings.Add(Finding.Bad("open", failure.Message));
                exit = failure is VaultDamagedException ? ExitCode.Damaged : ExitCode.Environment;
            }
        }

        if (exit == ExitCode.Done && findings.Any(finding => finding.Health == Health.Bad)) exit = ExitCode.Environment;
        context.Terminal.Json(new JsonArray([.. findings.Select(finding => new JsonObject
        {
            ["check"] = finding.Check,
            ["health"] = finding.Health.ToString().ToLowerInvariant(),
            ["text"] = finding.Text,
        })]));
        foreach (var finding in findings.OrderByDescending(finding => finding.Health))
        {
            context.Terminal.Line($"{finding.Health switch { Health.Good => "ok     ", Health.Warning => "WARNING", _ => "BAD    " }}  {finding.Check}: {finding.Text}");
        }

        return exit;
    }
}
