using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>verify</c>: reads every object of the vault and compares it with the journals and with what this account remembers.</summary>
internal sealed class VerifyCommand : CliCommand
{
    public VerifyCommand()
        : base("verify", "Check everything: damaged, missing, cut, rolled back, planted or resurrected. Changes nothing. Exit code 3 when something is wrong.",
            "dossierkit verify --data ./demo-data",
            "dossierkit verify --data /srv/dossierkit/vault --json")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        await session.Register.BeginTaskAsync(SystemTaskKind.Verify, by: null, ct);
        var report = await Terminal.WithProgressAsync("Checking the vault", bar => session.Vault.VerifyAsync(new Share(bar), ct));

        context.Terminal.Json(new JsonObject
        {
            ["clean"] = report.IsClean,
            ["objects"] = report.Objects,
            ["streams"] = report.Streams,
            ["entries"] = report.Entries,
            ["bytes"] = report.Bytes,
            ["findings"] = new JsonArray([.. report.Findings.Select(finding => new JsonObject
            {
                ["kind"] = Word(finding.Kind),
                ["name"] = finding.Name,
                ["text"] = finding.Text,
            })]),
        });
        foreach (var finding in report.Findings)
        {
            context.Terminal.Line($"{Word(finding.Kind),-12} {finding.Name}");
            context.Terminal.Line($"             {finding.Text}");
        }

        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"{report.Objects} objects, {report.Streams} streams, {report.Entries} entries, {report.Bytes} bytes of content read and checked."));
        context.Terminal.Line(report.IsClean ? "The vault is whole." : $"The vault is NOT whole: {report.Findings.Count(finding => finding.Kind != VerifyFindingKind.Leftover)} findings.");
        return report.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private static string Word(VerifyFindingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private sealed class Share(IProgress<double> bar) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => bar.Report(value.Total == 0 ? 1 : (double)value.Done / value.Total);
    }
}
