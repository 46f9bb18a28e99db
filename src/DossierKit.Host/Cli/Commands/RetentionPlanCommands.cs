using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>retention plan</c>: what may and must be destroyed, what is held, what goes to the archive, and why. It changes nothing.</summary>
internal sealed class RetentionPlanCommand : CliCommand
{
    private readonly Option<int?> _year = new("--year") { Description = "Only what is due in this year.", HelpName = "YEAR" };
    private readonly Option<string?> _status = new("--status") { Description = $"Only what stands so; several with a comma. One of: {string.Join(", ", Words.All<RetentionStatus>())}.", HelpName = "STATUS" };
    private readonly Option<bool> _all = new("--all") { Description = "Show every line, also of what is only kept. With --json always." };
    private readonly Option<string?> _on = RetentionOptions.On();

    public RetentionPlanCommand()
        : base("plan", "Show what may and must be destroyed, what is held and what goes to the archive, each with its reasons. It changes nothing.",
            "dossierkit retention plan --data ./demo-data --as archivaris",
            "dossierkit retention plan --year 2034 --json --data ./vault --as fi",
            "dossierkit retention plan --status moet,te-laat --on 2034-02-28 --data ./vault --as fi")
    {
        foreach (var option in (Option[])[_year, _status, _all, _on, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var statuses = (context.Get(_status) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => Words.Parse<RetentionStatus>(word, "--status")).ToHashSet();
        var today = RetentionOptions.Day(context, _on);
        await using var session = await Session.OpenAsync(context, ct);
        var desk = await RetentionOptions.OpenAsync(session, ct);
        var plan = desk.Plan(today);
        var items = plan.Items.Where(item => (statuses.Count == 0 || statuses.Contains(item.Status)) && (context.Get(_year) is not { } year || item.Due?.Year == year)).ToList();

        context.Terminal.Json(new JsonObject { ["today"] = DutchText.Iso(today), ["list"] = desk.Lists.InUse.Id, ["total"] = items.Count }, "items", items.Select(RetentionJson.Item));
        if (context.Terminal.IsJson) return ExitCode.Done;

        var shown = context.Get(_all) || statuses.Count > 0 || context.Get(_year) is not null ? items : [.. items.Where(item => item.Decision != RetentionDecision.Bewaren || item.Status is RetentionStatus.Vastgehouden or RetentionStatus.Ongeclassificeerd)];
        context.Terminal.Line($"Op {DutchText.Date(today)}, volgens {desk.Lists.InUse.Title}: {DutchText.Count(plan.Items.Count(item => item.Kind == RetentionObject.Dossier), "dossier", "dossiers")}.");
        foreach (var status in plan.Items.GroupBy(item => item.Status).OrderBy(group => group.Key))
            context.Terminal.Line($"  {Words.Of(status.Key)}: {DutchText.Count(status.Count(item => item.Kind == RetentionObject.Dossier), "dossier", "dossiers")}, {DutchText.Count(status.Count(item => item.Kind != RetentionObject.Dossier), "opname", "opnamen")}");
        if (shown.Count == 0)
        {
            context.Terminal.Line("Er is nu niets te doen.");
            return ExitCode.Done;
        }

        context.Terminal.Table(["Dossier", "Wat", "Id", "Besluit", "Stand", "Mag vanaf", "Datum", "Waarom"], shown.Select(Row));
        foreach (var warned in shown.Where(item => item.Warnings.Count > 0).DistinctBy(item => (item.Dossier, string.Concat(item.Warnings))))
        {
            foreach (var warning in warned.Warnings) context.Terminal.Line($"Let op, {warned.Dossier}: {warning}");
        }

        return ExitCode.Done;
    }

    internal static IReadOnlyList<string> Row(RetentionItem item)
    {
        var reasons = item.Reasons;
        var why = item.Status == RetentionStatus.Vastgehouden ? reasons[0] : reasons[^1];
        return
        [
            item.Dossier.Value,
            Words.Of(item.Kind),
            item.Object is { } id ? id.ToString()[..8] : "",
            Words.Of(item.Decision),
            Words.Of(item.Status),
            item.Ripe is { } ripe ? DutchText.Short(ripe) : "",
            item.Due is { } due ? DutchText.Short(due) : "",
            $"{why.Text} ({why.Article})",
        ];
    }
}

/// <summary><c>retention forecast</c>: how much is coming, per year.</summary>
internal sealed class RetentionForecastCommand : CliCommand
{
    private readonly Option<string?> _on = RetentionOptions.On();

    public RetentionForecastCommand()
        : base("forecast", "Count what is due per year, by class, and what has no year: open, held, unclassified.",
            "dossierkit retention forecast --data ./demo-data --as archivaris")
    {
        Add(_on);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var today = RetentionOptions.Day(context, _on);
        await using var session = await Session.OpenAsync(context, ct);
        var forecast = RetentionForecast.Of((await RetentionOptions.OpenAsync(session, ct)).Plan(today));

        context.Terminal.Json(new JsonObject
        {
            ["today"] = DutchText.Iso(today),
            ["years"] = new JsonArray([.. forecast.Years.Select(year => new JsonObject
            {
                ["year"] = year.Year,
                ["vernietigen"] = Amount(year.Destroyed),
                ["overdragen"] = Amount(year.Transferred),
                ["opnamen"] = Amount(year.Recordings),
                ["klassen"] = new JsonObject(year.ByClass.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Amount(pair.Value)))),
            })]),
            ["zonderJaar"] = new JsonObject(forecast.WithoutYear.Select(pair => KeyValuePair.Create(Words.Of(pair.Key), (JsonNode?)Amount(pair.Value)))),
        });
        context.Terminal.Table(["Jaar", "Vernietigen", "Overdragen", "Opnamen", "Klassen"], forecast.Years.Select(year => (IReadOnlyList<string>)
        [
            DutchText.Number(year.Year),
            Text(year.Destroyed),
            Text(year.Transferred),
            Text(year.Recordings),
            string.Join(", ", year.ByClass.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value.Count}"))),
        ]));
        foreach (var (status, amount) in forecast.WithoutYear) context.Terminal.Line($"Zonder jaar, {Words.Of(status)}: {Text(amount)}");
        return ExitCode.Done;
    }

    private static string Text(ForecastAmount amount) => amount.Count == 0 ? "" : $"{DutchText.Number(amount.Count)} ({DutchText.Size(amount.Bytes)})";

    private static JsonObject Amount(ForecastAmount amount) => new() { ["count"] = amount.Count, ["bytes"] = amount.Bytes };
}

/// <summary><c>retention explain</c>: why this date, step by step, and what was decided.</summary>
internal sealed class RetentionExplainCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Option<string?> _on = RetentionOptions.On();

    public RetentionExplainCommand()
        : base("explain", "Explain step by step how long a dossier and its recordings are kept, and what was decided about it.",
            "dossierkit retention explain WL-2026-0001 --data ./demo-data --as archivaris")
    {
        Add(_number);
        Add(_on);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var today = RetentionOptions.Day(context, _on);
        await using var session = await Session.OpenAsync(context, ct);
        var desk = await RetentionOptions.OpenAsync(session, ct);
        var entry = RetentionOptions.Find(desk, context.Get(_number)!);
        var items = desk.PlanOf(entry, today);
        // Who may only see that a hold exists does not read the reasons; that is no failure of the explanation.
        var history = await desk.Archive.HistoryAsync(entry.Number, ct);

        context.Terminal.Json(new JsonObject
        {
            ["dossier"] = entry.Number.Value,
            ["today"] = DutchText.Iso(today),
            ["gesloten"] = RetentionJson.Day(entry.ClosedOn),
            ["items"] = new JsonArray([.. items.Select(RetentionJson.Item)]),
            ["besluiten"] = history.IsDone ? new JsonArray([.. history.Value.Select(recorded => DossierJson.Event(recorded.Event))]) : null,
        });
        if (context.Terminal.IsJson) return ExitCode.Done;

        context.Terminal.Line($"{entry.Number}, op {DutchText.Date(today)}");
        foreach (var item in items)
        {
            context.Terminal.Line();
            context.Terminal.Line($"{(item.Object is { } id ? $"{Words.Of(item.Kind)} {id.ToString()[..8]}" : "Het dossier")}: {Words.Of(item.Decision)} ({Words.Of(item.Status)}){(item.Due is { } due ? $", {DutchText.Date(due)}" : "")}");
            foreach (var reason in item.Reasons) context.Terminal.Line($"  - {reason.Text} ({reason.Article})");
            foreach (var warning in item.Warnings) context.Terminal.Line($"  Let op: {warning}");
        }

        if (!history.IsDone) return ExitCode.Done;
        context.Terminal.Line();
        context.Terminal.Line("Wat is besloten:");
        foreach (var recorded in history.Value) context.Terminal.Line($"  {DutchText.Short(recorded.Event.Date)} {recorded.Event.Name} door {recorded.Event.RecordedBy}{RetentionText.Of(recorded.Event)}");
        return ExitCode.Done;
    }
}
