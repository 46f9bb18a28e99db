using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>card ask</c>: to see more than a card.</summary>
internal sealed class CardAskCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier you compare for." };
    private readonly Argument<string> _card = CardOptions.Card();
    private readonly Option<string> _reason = new("--reason") { Description = "What you want to know, and why.", HelpName = "TEXT", Required = true };

    public CardAskCommand()
        : base("ask", "Ask to see more than a card that 'similar' showed you. Whoever answers for that case decides.",
            "dossierkit card ask WL-2026-0001 3f2a9c1b --reason \"Waarom is daar teruggeplaatst?\" --data ./demo-data --as verantwoordelijke --purpose \"Maatregel afwegen\"")
    {
        Add(_number);
        Add(_card);
        foreach (var option in (Option[])[_reason, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var asked = (await session.Cards.AskAsync(dossier, context.Get(_card)!, context.Get(_reason)!, ct)).OrRefuse();
        context.Terminal.Line($"Inzage gevraagd: verzoek {asked.Id}.");
        context.Terminal.Json(CardJson.Of(asked));
        return ExitCode.Done;
    }
}

/// <summary><c>card requests</c>: one's own, and those one decides on.</summary>
internal sealed class CardRequestsCommand : CliCommand
{
    public CardRequestsCommand()
        : base("requests", "List the requests to see more than a card: your own, and those on cards of cases you answer for.", "dossierkit card requests --data ./demo-data --as verantwoordelijke") => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var requests = await session.Cards.RequestsAsync(session.Acting(), ct);
        if (requests.Count == 0) context.Terminal.Line("Er zijn geen verzoeken.");
        else
        {
            context.Terminal.Table(["Verzoek", "Kaart", "Door", "Op", "Dossier van de kaart", "Besluit", "Doel"], requests.Select(one => (IReadOnlyList<string>)
                [one.Id, one.Card[..8], one.By.Value, DutchText.Short(one.On), one.Dossier?.Value ?? "-", one.IsGranted switch { null => "wacht", true => $"tot en met {DutchText.Short(one.Until!.Value)}", false => "geweigerd" }, one.Purpose]));
        }

        context.Terminal.Json(new JsonArray([.. requests.Select(CardJson.Of)]));
        return ExitCode.Done;
    }
}

/// <summary><c>card decide</c>: one file, for a time; or not.</summary>
internal sealed class CardDecideCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier the card is of." };
    private readonly Argument<string> _request = new("REQUEST") { Description = "The request, as 'card requests' prints it." };
    private readonly Option<string?> _file = new("--file") { Description = "The file that is opened to whoever asked, by the first 6 digits of its id. Without it the request is refused.", HelpName = "ID" };
    private readonly Option<string?> _until = new("--until") { Description = "The last day: 31 days from now at most.", HelpName = "2026-12-01" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };

    public CardDecideCommand()
        : base("decide", "Decide on a request to see more than a card: open one file of your case to whoever asked, for a time, or refuse.",
            "dossierkit card decide WL-2021-0004 5c1d9e0f2a3b4c5d --file 3f2a9c --until 2026-12-01 --reason \"Nodig voor gelijke behandeling\" --data ./demo-data --as verantwoordelijke --purpose \"Verzoek om inzage\"",
            "dossierkit card decide WL-2021-0004 5c1d9e0f2a3b4c5d --reason \"De kaart zegt genoeg\" --data ./demo-data --as verantwoordelijke --purpose \"Verzoek om inzage\"")
    {
        Add(_number);
        Add(_request);
        foreach (var option in (Option[])[_file, _until, _reason, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var wanted = context.Get(_file) is { Length: > 0 } typed ? DossierOptions.FileId(typed) : null;
        DateOnly? until = context.Get(_until) is { Length: > 0 } day ? Session.Day(day, "--until") : null;
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        FileId? file = wanted is null ? null : DossierOptions.FindFile(dossier, wanted).Id;
        var decided = (await session.Cards.DecideAsync(dossier, context.Get(_request)!, file, until, context.Get(_reason)!, ct)).OrRefuse();
        context.Terminal.Line(decided.IsGranted == true ? $"Inzage opengesteld tot en met {DutchText.Date(decided.Until!.Value)}." : "Het verzoek is geweigerd.");
        context.Terminal.Json(CardJson.Of(decided));
        return ExitCode.Done;
    }
}

/// <summary><c>card log</c>: who compared.</summary>
internal sealed class CardLogCommand : CliCommand
{
    public CardLogCommand()
        : base("log", "List who compared, which cards were shown and what for: your own, and as FI, deputy or FG all.", "dossierkit card log --data ./demo-data --as fi") => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var acts = await session.Cards.ActsAsync(session.Acting(), ct);
        if (acts.Count == 0) context.Terminal.Line("Er is nog niets vergeleken dat u mag zien.");
        else
        {
            context.Terminal.Table(["Op", "Wie", "Voor", "Doel", "Getoonde kaarten"], acts.Select(act => (IReadOnlyList<string>)
                [DestructionView.Moment(act.At), act.Person.Value, act.Dossier?.Value ?? "-", act.Purpose ?? "-", string.Join(", ", act.Cards.Select(card => card[..8]))]));
        }

        context.Terminal.Json(new JsonArray([.. acts.Select(act => new JsonObject
        {
            ["op"] = act.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["wie"] = act.Person.Value, ["dossier"] = act.Dossier?.Value, ["doel"] = act.Purpose,
            ["kaarten"] = new JsonArray([.. act.Cards.Select(card => (JsonNode)card)]),
        })]));
        return ExitCode.Done;
    }
}
