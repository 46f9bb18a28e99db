using System.CommandLine;
using System.Text.Json.Nodes;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>get</c>: a file of a dossier leaves the vault. That needs a right of its own and is logged as such.</summary>
internal sealed class GetCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file's id as 'show' prints it; its first 6 digits are enough when no other file begins so." };
    private readonly Option<string> _dossier = DossierOptions.Dossier();
    private readonly Option<string> _out = new("--out") { Description = "Where to write it.", HelpName = "PATH", Required = true };
    private readonly Option<bool> _pdf = PdfOutput.Option("Write it as PDF (PDF/A-2b and PDF/UA); only of a Word document (.docx).");

    private readonly Option<bool> _overwrite = OutputFile.Overwrite();

    public GetCommand()
        : base("get", "Take a file out of a dossier; logged as an export.",
            "dossierkit get 3f2a9c --dossier WL-2026-0001 --out ./factuur.pdf --data ./demo-data --as fi --purpose \"Factuur nakijken\"")
    {
        Add(_file);
        foreach (var option in (Option[])[_dossier, _out, _pdf, _overwrite, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var wanted = DossierOptions.FileId(context.Get(_file)!);
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        var found = DossierOptions.FindFile(dossier, wanted);
        var path = context.Get(_out)!;
        OutputFile.EnsureFree(path, context.Get(_overwrite));
        var asPdf = context.Get(_pdf);
        if (asPdf && !found.Name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase)) throw new UsageException("--pdf is for Word documents (.docx), and this file is none. Leave --pdf out to get the file as it is.");
        await using var content = (await dossier.ExportFileAsync(found.Id, ct)).OrRefuse();
        if (asPdf) await PdfOutput.WriteAsync(content, path, ct);
        else await OutputFile.WriteAsync(path, async (target, token) => await content.CopyToAsync(target, 1 << 20, token), ct);
        context.Terminal.Line($"Geschreven: {path} ({DutchText.Size(new FileInfo(path).Length)}). Dit bestand is niet versleuteld: bewaar het veilig en verwijder het als u klaar bent.");
        context.Terminal.Json(new JsonObject { ["out"] = path, ["bestand"] = DossierJson.File(found) });
        return ExitCode.Done;
    }
}
