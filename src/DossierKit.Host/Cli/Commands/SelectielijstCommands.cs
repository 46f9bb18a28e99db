using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>selectielijst import</c>: the official list, checked first; sealed and journalled.</summary>
internal sealed class SelectielijstImportCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "The published files with results and with procestypen (.json), or one list of this program.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _id = new("--id") { Description = "The id of the version, recorded with every class. Default: from the year in the name of a file.", HelpName = "ID" };

    public SelectielijstImportCommand()
        : base("import", "Import a selectielijst; from then on new classes follow it. Classes that were set keep what they were set with.",
            "dossierkit selectielijst import ./selectielijst_2020_resultaten.json ./selectielijst_2020_procestypen.json --data ./vault --as fi")
    {
        Add(_files);
        foreach (var option in (Option[])[_id, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var files = new List<SelectielijstSource>();
        foreach (var path in context.Get(_files)!) files.Add(new SelectielijstSource(Path.GetFileName(path), await InputFile.ReadAsync(path, ct)));
        var dryRun = context.Get(RetentionOptions.DryRun);
        await using var session = await Session.OpenAsync(context, ct);
        var list = (await SelectielijstLibrary.ImportAsync(session.Register, session.Acting(), files, context.Get(_id), dryRun, ct)).OrRefuse();
        var unusable = list.Results.Where(result => SelectielijstClass.WhyUnusable(result) is not null).ToList();
        context.Terminal.Line($"{list.Title} ({list.Id}): {DutchText.Count(list.Results.Count, "resultaat", "resultaten")}, waarvan {DutchText.Number(list.Results.Count - unusable.Count)} als klasse te gebruiken.{(dryRun ? " Er is niets ingelezen." : " Vanaf nu geldt deze lijst.")}");
        foreach (var result in unusable) context.Terminal.Line($"  {result.Number} kan geen klasse zijn: {SelectielijstClass.WhyUnusable(result)}");
        context.Terminal.Json(new JsonObject
        {
            ["recorded"] = !dryRun,
            ["id"] = list.Id,
            ["total"] = list.Results.Count,
            ["unusable"] = new JsonArray([.. unusable.Select(result => new JsonObject { ["nummer"] = result.Number, ["why"] = SelectielijstClass.WhyUnusable(result) })]),
        });
        return ExitCode.Done;
    }
}

/// <summary><c>selectielijst show</c>: the list in use.</summary>
internal sealed class SelectielijstShowCommand : CliCommand
{
    private readonly Argument<string?> _number = new("NUMBER") { Description = "Only results that begin so, such as 12.", Arity = ArgumentArity.ZeroOrOne };

    public SelectielijstShowCommand()
        : base("show", "Show the selectielijst in use: each result with its term, and from what it runs.", "dossierkit selectielijst show 12 --data ./demo-data --as archivaris")
    {
        Add(_number);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var library = (await RetentionOptions.OpenAsync(session, ct)).Lists;
        var list = library.InUse;
        var wanted = context.Get(_number);
        var results = list.Results.Where(result => wanted is null || result.Number == wanted || result.Number.StartsWith(wanted + ".", StringComparison.Ordinal)).ToList();
        context.Terminal.Json(new JsonObject
        {
            ["id"] = list.Id,
            ["titel"] = list.Title,
            ["overbrengenNa"] = list.TransferAfter,
            ["versies"] = new JsonArray([.. library.All.Select(known => (JsonNode)known.Id)]),
            ["resultaten"] = new JsonArray([.. results.Select(result => new JsonObject
            {
                ["nummer"] = result.Number,
                ["naam"] = result.Name,
                ["nominatie"] = result.Nominatie is { } nominatie ? Words.Of(nominatie) : null,
                ["termijn"] = result.Term,
                ["procestermijn"] = result.ProcessTerm.Length == 0 ? null : result.ProcessTerm,
                ["vanaf"] = new JsonArray([.. SelectielijstClass.AllowedFor(result).Select(from => (JsonNode)Words.Of(from))]),
                ["why"] = SelectielijstClass.WhyUnusable(result),
            })]),
        });
        context.Terminal.Line($"{list.Title} ({list.Id})");
        context.Terminal.Table(["Nummer", "Naam", "Waardering", "Termijn", "Vanaf"], results.Select(result => (IReadOnlyList<string>)
        [
            result.Number,
            result.Name,
            result.Nominatie is { } nominatie ? Words.Of(nominatie).Replace('_', ' ') : "vervallen",
            result.Term ?? "",
            string.Join(", ", SelectielijstClass.AllowedFor(result).Select(Words.Of)),
        ]));
        return ExitCode.Done;
    }
}
