using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>export</c>: a whole dossier leaves the vault as a bag for the archive. A right of its own, logged before the first byte.</summary>
internal sealed class ExportCommand : CliCommand
{
    private readonly Argument<string> _dossier = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Option<string?> _out = new("--out") { Description = "Where to write it: a folder that is empty or not there yet, or a file that ends in .zip.", HelpName = "PATH" };
    private readonly Option<string[]> _with = new("--with") { Description = "A compartment that goes along only when asked: melder.", HelpName = "COMPARTMENT" };
    private readonly Option<bool> _withSound = new("--with-sound") { Description = "Also take sound that was not filed as a recording, such as a voicemail that is evidence. Recordings never go." };
    private readonly Option<bool> _noPdf = new("--no-pdf") { Description = "Make no PDF of documents that have none yet; only the Word documents go." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show what would go and what would stay; write nothing." };

    public ExportCommand()
        : base("export", "Take a whole dossier out for the archive: a BagIt bag with MDTO, PDF/A and originals.",
            "dossierkit export WL-2025-0012 --dry-run --data ./demo-data --as fi --purpose \"Overdracht voorbereiden\"",
            "dossierkit export WL-2025-0012 --out ./WL-2025-0012 --data ./demo-data --as fi --purpose \"Overdracht aan het archief\"",
            "dossierkit export WL-2025-0012 --out ./WL-2025-0012.zip --with melder --data ./demo-data --as fi --purpose \"Overdracht aan het archief\"")
    {
        Add(_dossier);
        foreach (var option in (Option[])[_out, _with, _withSound, _noPdf, _dryRun, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var with = (context.Get(_with) ?? []).Select(name => DossierOptions.Place(name, "--with")).ToList();
        var path = context.Get(_out);
        if (path is null && !context.Get(_dryRun)) throw new UsageException("--out is missing. Name a folder that is empty or not there yet, or a file that ends in .zip.");
        if (path is not null && FolderBag.CheckApart(path, context.Place) is { } inside) throw new RefusedException(inside);
        await using var session = await Session.OpenAsync(context, ct);
        var lists = await SelectielijstLibrary.LoadAsync(session.Register, ct);
        var request = new ExportRequest { With = with, WithSound = context.Get(_withSound), List = lists.InUse, Pdf = context.Get(_noPdf) ? null : PdfConversion.ConvertAsync };
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        if (context.Get(_dryRun)) return Show(context.Terminal, dossier.Number, (await DossierExport.PreviewAsync(dossier, request, ct)).OrRefuse());
        // Before a folder is made: who may not, leaves no trace of it.
        if (dossier.CheckExport(with) is { Count: > 0 } refusals) throw new RefusedException(refusals);

        // In clear, and nobody knows of it any more.
        foreach (var left in OutputFile.RemoveUnfinishedBeside(path!)) context.Terminal.Note($"Verwijderd: '{left}', dat een afgebroken opdracht hier onversleuteld achterliet.");
        var report = (path!.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
            ? await ToZipAsync(dossier, request, path, context.Clock, ct)
            : await DossierExport.WriteAsync(dossier, request, FolderBag.Begin(path).OrRefuse(), context.Clock, ct)).OrRefuse();
        var terminal = context.Terminal;
        terminal.Line($"Geëxporteerd: {report.Number} naar {path} ({DutchText.Count(report.Items, "stuk", "stukken")}, {DutchText.Count(report.Files, "bestand", "bestanden")}, {DutchText.Size(report.Bytes)}).");
        if (report.PdfsMade > 0) terminal.Line($"Onderweg gemaakt: {DutchText.Count(report.PdfsMade, "pdf", "pdf's")} (PDF/A-2b).");
        terminal.Line($"Kenmerk van deze export (SHA-256): {report.Sha256}");
        Tell(terminal, report.Omissions, report.Remarks);
        terminal.Note("Deze export is niet versleuteld: breng hem veilig over, laat de ontvangst bevestigen met het kenmerk, en verwijder hem daarna hier.");
        terminal.Json(new JsonObject
        {
            ["dossier"] = report.Number.Value,
            ["out"] = path,
            ["stukken"] = report.Items,
            ["bestanden"] = report.Files,
            ["bytes"] = report.Bytes,
            ["sha256"] = report.Sha256,
            ["pdfs"] = report.PdfsMade,
            ["weggelaten"] = Omitted(report.Omissions),
            ["opmerkingen"] = new JsonArray([.. report.Remarks.Select(remark => JsonValue.Create(remark))]),
        });
        return ExitCode.Done;
    }

    private static async ValueTask<Outcome<ExportReport>> ToZipAsync(OpenDossier dossier, ExportRequest request, string path, TimeProvider clock, CancellationToken ct)
    {
        OutputFile.EnsureFree(path, mayOverwrite: false);
        Outcome<ExportReport>? outcome = null;
        try
        {
            await OutputFile.WriteAsync(path, async (file, place, token) =>
            {
                await using var zip = await ZipBag.BeginAsync(file, dossier.Number.Value, clock.GetUtcNow(), token);
                outcome = await DossierExport.WriteAsync(dossier, request, new PlacedZip(zip, place, path), clock, token);
                if (!outcome.IsDone) throw new RefusedException(outcome.Refusals);
            }, ct);
        }
        catch (RefusedException) when (outcome is { IsDone: false })
        {
            // The file is gone again; the reasons are the answer.
        }

        return outcome!;
    }

    /// <summary>A zip that is whole when it lies under its own name: only then is it logged as finished.</summary>
    private sealed class PlacedZip(ZipBag zip, Func<ValueTask> place, string path) : IBagTarget
    {
        private bool _isPlaced;

        public ValueTask WriteAsync(string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct) => zip.WriteAsync(name, write, ct);

        public async ValueTask CompleteAsync(CancellationToken ct)
        {
            await zip.CompleteAsync(ct);
            await place();
            _isPlaced = true;
        }

        public async ValueTask AbandonAsync()
        {
            await zip.AbandonAsync();
            if (_isPlaced) File.Delete(path);
        }
    }

    private static ExitCode Show(Terminal terminal, DossierNumber number, ExportPreview preview)
    {
        terminal.Line($"Zo zou {number} naar het archief gaan; er is niets geschreven.");
        terminal.Table(["Map", "Stuk", "Compartiment", "Bestanden", "Grootte"], preview.Lines.Select(line => (IReadOnlyList<string>)
            [line.Name, line.Title, line.Compartment?.Name ?? "", DutchText.Number(line.Files), DutchText.Size(line.Bytes)]));
        Tell(terminal, preview.Omissions, preview.Remarks);
        terminal.Json(new JsonObject
        {
            ["dossier"] = number.Value,
            ["stukken"] = new JsonArray([.. preview.Lines.Select(line => new JsonObject
            {
                ["map"] = line.Name,
                ["titel"] = line.Title,
                ["compartiment"] = line.Compartment?.Name,
                ["bestanden"] = line.Files,
                ["bytes"] = line.Bytes,
            })]),
            ["weggelaten"] = Omitted(preview.Omissions),
            ["opmerkingen"] = new JsonArray([.. preview.Remarks.Select(remark => JsonValue.Create(remark))]),
        });
        return ExitCode.Done;
    }

    private static void Tell(Terminal terminal, IReadOnlyList<Omission> omissions, IReadOnlyList<string> remarks)
    {
        foreach (var left in omissions)
            terminal.Line($"Niet mee uit {left.Compartment}: {left.Text} ({DutchText.Count(left.Files, "bestand", "bestanden")}, {DutchText.Count(left.Events, "gebeurtenis", "gebeurtenissen")}).");
        foreach (var remark in remarks) terminal.Line($"Let op: {remark}");
    }

    private static JsonArray Omitted(IReadOnlyList<Omission> omissions) => [.. omissions.Select(left => new JsonObject
    {
        ["compartiment"] = left.Compartment.Name,
        ["reden"] = left.Text,
        ["bestanden"] = left.Files,
        ["gebeurtenissen"] = left.Events,
    })];
}
