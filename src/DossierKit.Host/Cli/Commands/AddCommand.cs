using System.CommandLine;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>add</c>: a file is sealed into a dossier, straight from where it lies; no copy is made on the way.</summary>
internal sealed class AddCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to add, of any size." };
    private readonly Option<string> _dossier = DossierOptions.Dossier();
    private readonly Option<string> _kind = new("--kind") { Description = $"What it is: {string.Join(", ", Words.All<FileKind>())}. A recording (opname) needs to be told how it was made: 'recording add' does both. Sound that is no recording of a conversation is bewijs or melding, and the plan of keeping says that it is there.", HelpName = "KIND", Required = true };
    private readonly Option<string> _compartment = new("--compartment") { Description = $"Where it goes: {string.Join(", ", Compartment.WithFiles.Select(compartment => compartment.Name))}.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _title = new("--title") { Description = "What a reader calls it. Default: the file's name.", HelpName = "TEXT" };
    private readonly Option<string?> _date = new("--date") { Description = "The date of the file itself. Default: today.", HelpName = "2026-03-02" };
    private readonly Option<string?> _for = new("--for") { Description = "The reference of the event (gesprek-1) or the handle of the person (getuige-1) it belongs to.", HelpName = "REF" };

    public AddCommand()
        : base("add", "Add a file to a dossier: sealed in its compartment under a key of its own.",
            "dossierkit add ./factuur.pdf --dossier WL-2026-0001 --kind bewijs --compartment onderzoek --title \"Factuur van maart\" --data ./vault --as onderzoeker --purpose \"Bewijs toevoegen\"",
            "dossierkit add ./gesprek-2.wav --dossier WL-2026-0001 --kind opname --compartment opnamen --for opname-2 --data ./vault --as onderzoeker --purpose \"Opname toevoegen\"")
    {
        Add(_file);
        foreach (var option in (Option[])[_dossier, _kind, _compartment, _title, _date, _for, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        if (!File.Exists(path)) throw new UsageException($"There is no file '{path}'. Check the path.");
        var kind = Words.Parse<FileKind>(context.Get(_kind)!, "--kind");
        var compartment = DossierOptions.Place(context.Get(_compartment)!, "--compartment");
        var name = Path.GetFileName(path);
        var date = context.Get(_date) is { } day ? Session.Day(day, "--date") : context.Today;
        var file = new NewFile(name, context.Get(_title) ?? name, kind, compartment, date, context.Get(_for));

        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var added = (await dossier.AddFileAsync(file, content, ct)).OrRefuse();

        context.Terminal.Line($"Toegevoegd aan {dossier.Number}, compartiment {added.Compartment}: {added.Title} ({DutchText.Size(added.Length)}).");
        context.Terminal.Line($"Kenmerk van het bestand: {added.Id}");
        context.Terminal.Json(DossierJson.File(added));
        return ExitCode.Done;
    }
}
