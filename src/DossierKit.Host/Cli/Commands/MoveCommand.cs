using System.CommandLine;
using System.Text.Json.Nodes;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>move</c>: a wrongly filed file is put in its right compartment, and what lay in the wrong one is destroyed.</summary>
internal sealed class MoveCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file's id as 'show' prints it; its first 6 digits are enough when no other file begins so." };
    private readonly Option<string> _dossier = DossierOptions.Dossier();
    private readonly Option<string> _to = new("--to") { Description = "The compartment it belongs in.", HelpName = "COMPARTMENT", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept with the file, in its right compartment.", HelpName = "TEXT", Required = true };

    public MoveCommand()
        : base("move", "Put a wrongly filed file or document in its right compartment; what lay in the wrong one is destroyed at once.",
            "dossierkit move 3f2a9c --dossier WL-2026-0001 --to melder --reason \"De naam van de melder staat erin.\" --data ./demo-data --as fi --purpose \"Verkeerd opgeborgen stuk verplaatsen\"")
    {
        Add(_file);
        foreach (var option in (Option[])[_dossier, _to, _reason, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var wanted = DossierOptions.FileId(context.Get(_file)!);
        var to = DossierOptions.Place(context.Get(_to)!, "--to");
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        var moved = (await dossier.MoveFileAsync(DossierOptions.FindFile(dossier, wanted).Id, to, context.Get(_reason)!, ct)).OrRefuse();

        context.Terminal.Line($"Verplaatst van {moved.From} naar {moved.File.Compartment}: {moved.File.Title}. Wat in {moved.From} lag (inhoud, naam en titel) is vernietigd; geen sleutel opent het nog.");
        foreach (var along in moved.Along) context.Terminal.Line($"Meeverplaatst: {along.Title} ({along.Id}).");
        context.Terminal.Line($"Nieuw kenmerk van het bestand: {moved.File.Id}");
        foreach (var seen in moved.SeenBy)
            context.Terminal.Line($"Let op: {seen.Person} heeft het op {DutchText.Date(seen.On)} {(seen.TookOut ? "meegenomen uit de kluis: haal die kopie terug" : "gelezen")}.");
        context.Terminal.Json(new JsonObject
        {
            ["bestand"] = DossierJson.File(moved.File),
            ["mee"] = new JsonArray([.. moved.Along.Select(DossierJson.File)]),
            ["uit"] = moved.From.Name,
            ["vorige"] = moved.Previous.ToString(),
            ["destroyed"] = moved.Destroyed,
            ["gezienDoor"] = new JsonArray([.. moved.SeenBy.Select(seen => new JsonObject { ["persoon"] = seen.Person.Value, ["datum"] = DutchText.Iso(seen.On), ["meegenomen"] = seen.TookOut })]),
        });
        return ExitCode.Done;
    }
}
