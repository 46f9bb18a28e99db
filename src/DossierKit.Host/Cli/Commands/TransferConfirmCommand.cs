using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>transfer confirm</c>: the archive has confirmed that it received a dossier; from here on it is handed over.</summary>
internal sealed class TransferConfirmCommand : CliCommand
{
    private readonly Argument<string> _dossier = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Option<string> _to = new("--to") { Description = "Which archive received it.", HelpName = "TEXT", Required = true };
    private readonly Option<string> _receipt = new("--receipt") { Description = "The reference of its receipt.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> _date = new("--date") { Description = "The day of the receipt. Default: today.", HelpName = "2026-03-02" };
    private readonly Option<string?> _sha256 = new("--sha256") { Description = "The SHA-256 of the bag as the receipt says it and 'export' printed it.", HelpName = "HEX" };
    private readonly Option<string?> _bag = new("--bag") { Description = "The bag that was sent: it is checked, and must be the one of --sha256 and of this dossier.", HelpName = "PATH" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be refused; record nothing." };

    public TransferConfirmCommand()
        : base("confirm", "Record that the archive confirmed receipt of a dossier.",
            "dossierkit transfer confirm WL-2025-0012 --to \"Streekarchief Waterlanden\" --receipt SA-2026-118 --bag ./WL-2025-0012 --data ./demo-data --as archivaris")
    {
        Add(_dossier);
        foreach (var option in (Option[])[_to, _receipt, _date, _sha256, _bag, _dryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var sha256 = context.Get(_sha256)?.ToLowerInvariant();
        if (sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))) throw new UsageException("--sha256 has 64 digits 0-9 and a-f, as 'dossierkit export' printed them.");
        var day = context.Get(_date) is { } text ? Session.Day(text, "--date") : context.Today;
        if (context.Get(_bag) is { } path)
        {
            if (!Directory.Exists(path) && !File.Exists(path)) throw new UsageException($"There is no folder or file '{path}'. Check the path.");
            var report = await BagVerifier.VerifyAsync(path, ct);
            if (!report.IsValid || (sha256 is not null && sha256 != report.Sha256) || !string.Equals(report.Dossier, context.Get(_dossier), StringComparison.OrdinalIgnoreCase))
            {
                throw new RefusedException(new Refusal(
                    "Deze export is niet in orde, of is een andere dan die van het ontvangstbewijs.", "Overgedragen is wat het archief heeft ontvangen, en niets anders.", "Kijk de export na, en vergelijk zijn kenmerk en nummer.")
                { Subject = "export" });
            }

            sha256 = report.Sha256;
        }

        await using var session = await Session.OpenAsync(context, ct);
        if (!DossierNumber.TryParse(context.Get(_dossier), out var number)) throw RefusedException.NotThere();
        var desk = (await RetentionDesk.OpenAsync(session.Register, session.Acting(), ct)).OrRefuse();
        var transferred = new DossierTransferred { Date = day, To = context.Get(_to)!, Receipt = context.Get(_receipt)!, Sha256 = sha256 };
        var isDry = context.Get(_dryRun);
        (await desk.TransferAsync(number, transferred, isDry, ct)).OrRefuse();
        context.Terminal.Line(isDry ? $"Dit kan worden vastgelegd: {number} is overgedragen op {DutchText.Date(day)}. Er is niets vastgelegd." : $"Vastgelegd: {number} is overgedragen op {DutchText.Date(day)}.");
        context.Terminal.Json(new JsonObject
        {
            ["dossier"] = number.Value,
            ["archiefstatus"] = isDry ? null : "overgedragen",
            ["datum"] = DutchText.Iso(day),
            ["aan"] = transferred.To,
            ["ontvangstbewijs"] = transferred.Receipt,
            ["sha256"] = sha256,
        });
        return ExitCode.Done;
    }
}

/// <summary><c>transfer withdraw</c>: a transfer that was recorded wrongly is taken back; the dossier is kept here as before.</summary>
internal sealed class TransferWithdrawCommand : CliCommand
{
    private readonly Argument<string> _dossier = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Option<string> _reason = new("--reason") { Description = "Why it was wrong; no names.", HelpName = "TEXT", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be refused; record nothing." };

    public TransferWithdrawCommand()
        : base("withdraw", "Take back that the archive received a dossier, when it was recorded wrongly.",
            "dossierkit transfer withdraw WL-2025-0012 --reason \"Ontvangstbewijs van een ander dossier.\" --data ./demo-data --as archivaris")
    {
        Add(_dossier);
        foreach (var option in (Option[])[_reason, _dryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        if (!DossierNumber.TryParse(context.Get(_dossier), out var number)) throw RefusedException.NotThere();
        var desk = (await RetentionDesk.OpenAsync(session.Register, session.Acting(), ct)).OrRefuse();
        var isDry = context.Get(_dryRun);
        (await desk.TransferAsync(number, new DossierTransferred { Date = context.Today, IsWithdrawn = true, Reason = context.Get(_reason)! }, isDry, ct)).OrRefuse();
        context.Terminal.Line(isDry ? $"Dit kan worden vastgelegd: de overdracht van {number} wordt teruggenomen. Er is niets vastgelegd." : $"Vastgelegd: de overdracht van {number} is teruggenomen.");
        context.Terminal.Json(new JsonObject { ["dossier"] = number.Value, ["ingetrokken"] = !isDry });
        return ExitCode.Done;
    }
}
