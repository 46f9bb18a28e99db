using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>bag verify</c>: whether a bag is whole, right and agrees with its own lists, without a vault: also for whoever receives it.</summary>
internal sealed class BagVerifyCommand : CliCommand
{
    private readonly Argument<string> _path = new("PATH") { Description = "The bag: a folder, or a zip." };

    public BagVerifyCommand()
        : base("verify", "Check a bag: every hash, every file, its MDTO; needs no vault.",
            "dossierkit bag verify ./WL-2025-0012",
            "dossierkit bag verify ./WL-2025-0012.zip --json")
        => Add(_path);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_path)!;
        if (!Directory.Exists(path) && !File.Exists(path)) throw new UsageException($"There is no folder or file '{path}'. Check the path.");
        var report = await BagVerifier.VerifyAsync(path, ct);
        var terminal = context.Terminal;
        if (report.IsValid)
        {
            terminal.Line($"In orde: {DutchText.Count(report.Files, "bestand", "bestanden")}, {DutchText.Size(report.Bytes)}.");
            terminal.Line($"Kenmerk van deze export (SHA-256): {report.Sha256}");
            terminal.Note("Of dit de export is die werd gestuurd, zegt alleen het kenmerk: vergelijk het met dat van wie hem stuurde.");
        }
        else
        {
            terminal.Line($"Niet in orde: {DutchText.Count(report.Problems.Count, "probleem", "problemen")}.");
            foreach (var problem in report.Problems) terminal.Line($"  {problem}");
        }

        terminal.Json(new JsonObject
        {
            ["inOrde"] = report.IsValid,
            ["bestanden"] = report.Files,
            ["bytes"] = report.Bytes,
            ["sha256"] = report.Sha256,
            ["problemen"] = new JsonArray([.. report.Problems.Select(problem => new JsonObject { ["pad"] = problem.Path, ["wat"] = problem.Text })]),
        });
        return report.IsValid ? ExitCode.Done : ExitCode.Refused;
    }
}
