using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>retention classify</c>: the class of a dossier, by the selectielijst in use, with its ground.</summary>
internal sealed class RetentionClassifyCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Option<string> _result = new("--result") { Description = "The number of the result, such as 12.1.7.", HelpName = "NUMBER", Required = true };
    private readonly Option<string> _ground = new("--ground") { Description = "Why this class.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> _from = new("--from") { Description = $"From what the term runs. Default: what is usual for the result. One of: {string.Join(", ", Words.All<Afleidingswijze>())}.", HelpName = "KIND" };
    private readonly Option<string?> _name = new("--date-name") { Description = "The name of the date it runs from, with ander_datumkenmerk, one of the names that 'retention date --help' lists.", HelpName = "NAME" };
    private readonly Option<string?> _process = new("--process-term") { Description = "With termijn: how long after the closing the term begins, such as P5Y.", HelpName = "PERIOD" };

    public RetentionClassifyCommand()
        : base("classify", "Set the class of a dossier by the selectielijst in use. Without a class a dossier is never destroyed.",
            "dossierkit retention classify WL-2026-0001 --result 12.1.7 --ground \"Integriteitsonderzoek, afgerond\" --data ./vault --as fi",
            "dossierkit retention classify WL-2026-0001 --result 17.1 --from ander_datumkenmerk --date-name einde-dienstverband --ground \"Hoort bij het personeelsdossier\" --dry-run --data ./vault --as fi")
    {
        Add(_number);
        foreach (var option in (Option[])[_result, _ground, _from, _name, _process, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        Afleidingswijze? from = context.Get(_from) is { } word ? Words.Parse<Afleidingswijze>(word, "--from") : null;
        var request = new ClassRequest(context.Get(_result)!, context.Get(_ground)!, from, context.Get(_name), context.Get(_process));
        await using var session = await Session.OpenAsync(context, ct);
        var desk = await RetentionOptions.OpenAsync(session, ct);
        var entry = RetentionOptions.Find(desk, context.Get(_number)!);
        return Decided.Show(context, desk, (await desk.ClassifyAsync(entry.Number, request, context.Get(RetentionOptions.DryRun), ct)).OrRefuse());
    }
}

/// <summary><c>retention date</c>: a date that a term runs from, or a decision to keep longer.</summary>
internal sealed class RetentionDateCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Option<string?> _source = new("--source") { Description = "Record a date that the term runs from: ander_datumkenmerk, ingangsdatum_besluit or vervaldatum_besluit.", HelpName = "KIND" };
    private readonly Option<string?> _name = new("--date-name") { Description = $"The name of that date, with ander_datumkenmerk. One of: {string.Join(", ", SourceDate.Names)}.", HelpName = "NAME" };
    private readonly Option<string?> _date = new("--date") { Description = "That date.", HelpName = "2027-06-30" };
    private readonly Option<string?> _until = new("--keep-until") { Description = "Keep the dossier longer than its class says, until this day.", HelpName = "2040-01-01" };
    private readonly Option<bool> _forever = new("--keep-forever") { Description = "Keep it for good instead of destroying it." };
    private readonly Option<bool> _withdraw = new("--withdraw") { Description = "Withdraw the decision to keep it longer." };
    private readonly Option<string> _reason = new("--reason") { Description = "Why, or how the date is known.", HelpName = "TEXT", Required = true };

    public RetentionDateCommand()
        : base("date", "Record a date that a term runs from, or decide to keep a dossier longer than its class says. Never shorter: the term of the list is the least.",
            "dossierkit retention date WL-2026-0001 --source ander_datumkenmerk --date-name einde-dienstverband --date 2027-06-30 --reason \"Opgave van personeelszaken\" --data ./vault --as fi",
            "dossierkit retention date WL-2026-0001 --keep-until 2040-01-01 --reason \"Wetenschappelijk onderzoek\" --data ./vault --as archivaris",
            "dossierkit retention date WL-2026-0001 --withdraw --reason \"Onderzoek is klaar\" --data ./vault --as archivaris")
    {
        Add(_number);
        foreach (var option in (Option[])[_source, _name, _date, _until, _forever, _withdraw, _reason, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        Afleidingswijze? source = context.Get(_source) is { } word ? Words.Parse<Afleidingswijze>(word, "--source") : null;
        DateOnly? date = context.Get(_date) is { } day ? Session.Day(day, "--date") : null;
        DateOnly? until = context.Get(_until) is { } last ? Session.Day(last, "--keep-until") : null;
        var (forever, withdraw) = (context.Get(_forever), context.Get(_withdraw));
        var keeps = until is not null || forever;
        if ((source is not null ? 1 : 0) + (keeps ? 1 : 0) + (withdraw ? 1 : 0) != 1) throw new UsageException("Choose one: --source with --date, --keep-until and/or --keep-forever, or --withdraw.");
        if ((source is null) != (date is null)) throw new UsageException("--source and --date go together.");
        var (reason, dryRun) = (context.Get(_reason)!, context.Get(RetentionOptions.DryRun));
        await using var session = await Session.OpenAsync(context, ct);
        var desk = await RetentionOptions.OpenAsync(session, ct);
        var number = RetentionOptions.Find(desk, context.Get(_number)!).Number;
        var decided = source is { } from ? await desk.SetSourceDateAsync(number, new SourceDate(from, context.Get(_name), date!.Value), reason, dryRun, ct)
            : keeps ? await desk.KeepLongerAsync(number, until, forever ? Nominatie.BlijvendBewaren : null, reason, dryRun, ct)
            : await desk.WithdrawAsync(number, reason, dryRun, ct);
        return Decided.Show(context, desk, decided.OrRefuse());
    }
}

/// <summary>What a decision came to.</summary>
file static class Decided
{
    public static ExitCode Show(CommandContext context, RetentionDesk desk, ArchiveEntry entry)
    {
        var dryRun = context.Get(RetentionOptions.DryRun);
        var item = desk.PlanOf(entry, context.Today)[0];
        context.Terminal.Line($"{entry.Number}: {Words.Of(item.Decision)} ({Words.Of(item.Status)}){(item.Due is { } due ? $", {DutchText.Date(due)}" : "")}.{(dryRun ? " Er is niets vastgelegd." : "")}");
        foreach (var reason in item.Reasons) context.Terminal.Line($"  - {reason.Text} ({reason.Article})");
        foreach (var warning in item.Warnings) context.Terminal.Line($"  Let op: {warning}");
        context.Terminal.Json(new JsonObject { ["recorded"] = !dryRun, ["item"] = RetentionJson.Item(item) });
        return ExitCode.Done;
    }
}
