using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>search</c>: finds files in all dossiers of which the person may read something.</summary>
internal sealed class SearchCommand : CliCommand
{
    private readonly Argument<string?> _query = new("QUERY") { Arity = ArgumentArity.ZeroOrOne, Description = "Words, \"phrases\", AND OR NOT + -, prefix*, *suffix, fuzzy~, field:value, datum:[2025-01-01 TO 2025-12-31]." };
    private readonly Option<int> _skip = new("--skip") { Description = "How many hits to pass over.", HelpName = "N" };
    private readonly Option<int> _take = new("--take") { Description = $"How many hits to give: 1 to {SearchRequest.MostHits}. Default 10.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private readonly Option<string?> _like = new("--like") { Description = "Instead of QUERY: more files like this one, by its id as a search prints it with --json. With --dossier.", HelpName = "FILE" };
    private readonly Option<string?> _dossier = new("--dossier") { Description = "The dossier of the file of --like.", HelpName = "NR" };
    private readonly Option<string?> _order = new("--order") { Description = "In which order: score (default), newest or oldest.", HelpName = "ORDER" };

    public SearchCommand()
        : base("search", "Search the text of all files you may read. What for is logged, with the query, before anything is shown.",
            "dossierkit search \"nevenwerk AND factuur\" --data ./demo-data --as fi --purpose \"Gelijke gevallen zoeken\"")
    {
        Add(_query);
        foreach (var option in (Option[])[_like, _dossier, _skip, _take, _order, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var order = context.Get(_order) switch
        {
            null or "score" => SearchOrder.Score,
            "newest" => SearchOrder.Newest,
            "oldest" => SearchOrder.Oldest,
            var other => throw new UsageException($"--order '{other}' is unknown. Choose one of: score, newest, oldest."),
        };
        (DossierNumber, FileId)? like = null;
        if (context.Get(_like) is { } file)
        {
            if (!FileId.TryParse(file, out var id)) throw new UsageException($"--like '{file}' is no id of a file: it has 32 hexadecimal digits, as 'search --json' prints them.");
            if (!DossierNumber.TryParse(context.Get(_dossier), out var number)) throw new UsageException("--like needs --dossier with the number of its dossier, such as WL-2026-0001.");
            like = (number, id);
        }

        await using var session = await Session.OpenAsync(context, ct);
        var person = session.Acting();
        using var index = await DossierIndex.OpenAsync(session.Register, person, ct);
        await Terminal.WithProgressAsync("Reading what is new", bar => index.UpdateAsync(rebuild: false, new IndexCommands.Share(bar), ct));
        var request = new SearchRequest { Query = context.Get(_query) ?? "", Like = like, Purpose = context.Get(CommonOptions.Purpose) ?? "", Skip = context.Get(_skip), Take = context.Get(_take), Order = order };
        using var search = new DossierSearch(index);
        var answer = (await search.SearchAsync(person, request, ct)).OrRefuse();
        Print(context.Terminal, answer, request);
        context.Terminal.Json(Json(answer));
        return ExitCode.Done;
    }

    private static void Print(Terminal terminal, SearchAnswer answer, SearchRequest request)
    {
        if (answer.Problem is { } problem)
        {
            terminal.Note($"{problem.What} {problem.Why} {problem.WhatNow}");
            if (answer.ReadAs is { } read) terminal.Note($"Gezocht is naar: {read}");
        }

        terminal.Line($"{DutchText.Count(answer.Total, "stuk", "stukken")} gevonden, in {DutchText.Count(answer.Documents, "doorzoekbaar stuk", "doorzoekbare stukken")} van {DutchText.Count(answer.Dossiers, "dossier", "dossiers")}.");
        foreach (var hit in answer.Hits)
        {
            terminal.Line();
            terminal.Line($"{hit.Dossier}  {DutchText.Date(hit.Date)}  {hit.Title} ({Words.Of(hit.Kind)}, {hit.Compartment.Title}{(hit.Page > 0 ? $", bladzijde {hit.Page}" : "")})");
            foreach (var fragment in hit.Fragments) terminal.Line($"    {string.Concat(fragment.Pieces.Select(piece => piece.IsHit ? $"*{piece.Text}*" : piece.Text))}");
        }

        if (answer.Hits.Count > 0 && request.Skip + answer.Hits.Count < answer.Total) terminal.Line($"\nTot hier {request.Skip + answer.Hits.Count} van {answer.Total}.");
        if (answer.DidYouMean is { } better) terminal.Line($"\nBedoelde u: {better}");
        foreach (var (field, values) in answer.Facets.Where(_ => !terminal.IsJson))
            if (values.Count > 1) terminal.Line($"{field}: {string.Join(", ", values.Take(8).Select(value => $"{value.Value} ({value.Count.ToString(CultureInfo.InvariantCulture)})"))}");
        if (answer.NotSearchable > 0) terminal.Line($"Niet doorzoekbaar: {DutchText.Count(answer.NotSearchable, "stuk", "stukken")}. Zie 'dossierkit index status'.");
        if (answer.Waiting > 0) terminal.Line($"Nog niet in de index: {DutchText.Count(answer.Waiting, "stuk", "stukken")}.");
    }

    private static JsonObject Json(SearchAnswer answer) => new()
    {
        ["total"] = answer.Total,
        ["hits"] = new JsonArray([.. answer.Hits.Select(Json)]),
        ["facets"] = new JsonObject(answer.Facets.Select(facet => KeyValuePair.Create(facet.Key, (JsonNode?)new JsonArray([.. facet.Value.Select(value => new JsonObject { ["value"] = value.Value, ["count"] = value.Count })])))),
        ["didYouMean"] = answer.DidYouMean,
        ["problem"] = answer.Problem is { } problem ? Terminal.ToJson([problem])[0]!.DeepClone() : null,
        ["readAs"] = answer.ReadAs,
        ["documents"] = answer.Documents,
        ["dossiers"] = answer.Dossiers,
        ["notSearchable"] = answer.NotSearchable,
        ["waiting"] = answer.Waiting,
    };

    private static JsonObject Json(SearchHit hit) => new()
    {
        ["dossier"] = hit.Dossier.Value,
        ["document"] = hit.File.ToString(),
        ["title"] = hit.Title,
        ["kind"] = Words.Of(hit.Kind),
        ["compartment"] = hit.Compartment.Name,
        ["date"] = DutchText.Iso(hit.Date),
        ["page"] = hit.Page > 0 ? hit.Page : null,
        ["score"] = hit.Score,
        ["highlight"] = hit.Fragments.Count > 0 ? string.Concat(hit.Fragments[0].Pieces.Select(piece => piece.IsHit ? $"[[{piece.Text}]]" : piece.Text)) : null,
        ["fragments"] = new JsonArray([.. hit.Fragments.Select(fragment => new JsonObject
        {
            ["page"] = fragment.Page > 0 ? fragment.Page : null,
            ["pieces"] = new JsonArray([.. fragment.Pieces.Select(piece => new JsonObject { ["text"] = piece.Text, ["hit"] = piece.IsHit })]),
        })]),
    };
}
