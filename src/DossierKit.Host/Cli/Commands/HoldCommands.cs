using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>hold place</c>: something is kept although its time may come.</summary>
internal sealed class HoldPlaceCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Option<string> _kind = new("--kind") { Description = $"For what: {string.Join(", ", Words.All<HoldKind>())}.", HelpName = "KIND", Required = true };
    private readonly Option<string> _reference = new("--reference") { Description = "The reference of the proceedings or the request.", HelpName = "TEXT", Required = true };
    private readonly Option<string> _review = new("--review") { Description = "The day it is looked at again.", HelpName = "2026-12-01", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = "Why it is needed.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> _object = new("--object") { Description = "The recording, by the first 6 digits of its id. Default: the whole dossier and everything in it.", HelpName = "ID" };

    public HoldPlaceCommand()
        : base("place", "Keep a dossier or a recording although its time may come. One person places a hold, two release it; it never lapses by itself.",
            "dossierkit hold place WL-2026-0001 --kind civiel --reference \"C/26/123\" --review 2026-12-01 --reason \"Ontslag is voorgelegd aan de rechter\" --data ./vault --as fi")
    {
        Add(_number);
        foreach (var option in (Option[])[_kind, _reference, _review, _reason, _object, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (kind, review) = (Words.Parse<HoldKind>(context.Get(_kind)!, "--kind"), Session.Day(context.Get(_review)!, "--review"));
        await using var session = await Session.OpenAsync(context, ct);
        var archive = (await RetentionOptions.OpenAsync(session, ct)).Archive;
        var entry = Holding.Find(archive, context.Get(_number)!);
        FileId? on = context.Get(_object) is { } wanted ? RetentionOptions.FindObject(entry, wanted) : null;
        var placed = new HoldPlaced { Date = context.Today, Kind = kind, Object = on, Citation = context.Get(_reference)!, ReviewOn = review, Reason = context.Get(_reason)! };
        return await Holding.DoAsync(context, archive, entry, placed, now =>
            $"Bewaargrond geplaatst: {now.Retention.Holds[^1].Id.ToString()[..8]}. Tot twee mensen hem opheffen, wordt {(on is null ? "het dossier" : "de opname")} niet vernietigd. Toetsen op {DutchText.Date(review)}.", ct);
    }
}

/// <summary><c>hold list</c>: what is held now.</summary>
internal sealed class HoldListCommand : CliCommand
{
    private readonly Argument<string?> _number = new("NUMBER") { Description = "Only of this dossier.", Arity = ArgumentArity.ZeroOrOne };

    public HoldListCommand()
        : base("list", "List what is held now, the first to be looked at first.", "dossierkit hold list --data ./demo-data --as archivaris")
    {
        Add(_number);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var archive = (await RetentionOptions.OpenAsync(session, ct)).Archive;
        IReadOnlyList<ArchiveEntry> entries = context.Get(_number) is { Length: > 0 } number ? [Holding.Find(archive, number)] : archive.Entries;
        var holds = entries.SelectMany(entry => entry.Retention.Holds.Select(hold => (entry.Number, Hold: hold))).OrderBy(pair => pair.Hold.ReviewOn).ThenBy(pair => pair.Number.Value, StringComparer.Ordinal).ToList();

        context.Terminal.Json(new JsonArray([.. holds.Select(pair =>
        {
            var json = RetentionJson.Hold(pair.Hold);
            json.Insert(0, "dossier", pair.Number.Value);
            json["teLaat"] = pair.Hold.ReviewOn <= context.Today;
            return json;
        })]));
        if (holds.Count == 0) context.Terminal.Line("Er wordt niets vastgehouden.");
        else
        {
            context.Terminal.Table(["Dossier", "Id", "Soort", "Object", "Sinds", "Toetsen op", "Geplaatst door", "Opheffing voorgesteld door"], holds.Select(pair => (IReadOnlyList<string>)
            [
                pair.Number.Value,
                pair.Hold.Id.ToString()[..8],
                Words.Of(pair.Hold.Kind),
                pair.Hold.Object is { } id ? id.ToString()[..8] : "hele dossier",
                DutchText.Short(pair.Hold.PlacedOn),
                $"{DutchText.Short(pair.Hold.ReviewOn)}{(pair.Hold.ReviewOn <= context.Today ? " (te laat)" : "")}",
                pair.Hold.PlacedBy.Value,
                pair.Hold.ReleaseProposedBy?.Value ?? "",
            ]));
        }

        return ExitCode.Done;
    }
}

/// <summary><c>hold review</c>: a hold was looked at and stays.</summary>
internal sealed class HoldReviewCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Argument<string> _hold = Holding.Id();
    private readonly Option<string> _review = new("--review") { Description = "The next day it is looked at.", HelpName = "2027-06-01", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = "Why it stays.", HelpName = "TEXT", Required = true };

    public HoldReviewCommand()
        : base("review", "Look at a hold again and keep it; a proposal to release it is off.",
            "dossierkit hold review WL-2026-0001 3f2a9c1b --review 2027-06-01 --reason \"De zaak loopt nog in hoger beroep\" --data ./vault --as fi")
    {
        Add(_number);
        Add(_hold);
        foreach (var option in (Option[])[_review, _reason, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var review = Session.Day(context.Get(_review)!, "--review");
        await using var session = await Session.OpenAsync(context, ct);
        var archive = (await RetentionOptions.OpenAsync(session, ct)).Archive;
        var entry = Holding.Find(archive, context.Get(_number)!);
        var hold = RetentionOptions.FindHold(entry, context.Get(_hold)!);
        return await Holding.DoAsync(context, archive, entry, new HoldReviewed { Date = context.Today, Hold = hold.Id, ReviewOn = review, Reason = context.Get(_reason)! }, _ => $"Bewaargrond blijft. Toetsen op {DutchText.Date(review)}.", ct);
    }
}

/// <summary><c>hold release</c>: the first who asks proposes, another person confirms.</summary>
internal sealed class HoldReleaseCommand : CliCommand
{
    private readonly Argument<string> _number = RetentionOptions.Number();
    private readonly Argument<string> _hold = Holding.Id();
    private readonly Option<string> _reason = new("--reason") { Description = "Why it is not needed any more.", HelpName = "TEXT", Required = true };

    public HoldReleaseCommand()
        : base("release", "Release a hold. The first who does this proposes it; another person with another account confirms it by doing the same.",
            "dossierkit hold release WL-2026-0001 3f2a9c1b --reason \"De uitspraak is onherroepelijk\" --data ./vault --as fi",
            "dossierkit hold release WL-2026-0001 3f2a9c1b --reason \"Akkoord\" --data ./vault --as archivaris")
    {
        Add(_number);
        Add(_hold);
        foreach (var option in (Option[])[_reason, RetentionOptions.DryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var desk = await RetentionOptions.OpenAsync(session, ct);
        var entry = Holding.Find(desk.Archive, context.Get(_number)!);
        var hold = RetentionOptions.FindHold(entry, context.Get(_hold)!);
        var dryRun = context.Get(RetentionOptions.DryRun);
        var now = (await desk.ReleaseAsync(entry.Number, hold.Id, context.Get(_reason)!, dryRun, ct)).OrRefuse();
        var released = !dryRun && now.Retention.Holds.All(known => known.Id != hold.Id);
        context.Terminal.Line(dryRun ? $"{(hold.ReleaseProposedBy is null ? "De opheffing kan worden voorgesteld." : "De opheffing kan worden bevestigd.")} Er is niets vastgelegd."
            : released ? "Bewaargrond opgeheven." : "Opheffing voorgesteld. Een ander moet haar bevestigen; tot dan blijft de bewaargrond gelden.");
        context.Terminal.Json(new JsonObject { ["recorded"] = !dryRun, ["released"] = released, ["dossier"] = entry.Number.Value, ["hold"] = hold.Id.ToString() });
        return ExitCode.Done;
    }
}

/// <summary>What the commands on holds share.</summary>
file static class Holding
{
    public static Argument<string> Id() => new("HOLD") { Description = "The hold, by at least the first 6 digits of its id; 'hold list' prints them." };

    public static ArchiveEntry Find(OpenArchive archive, string number)
        => DossierNumber.TryParse(number, out var parsed) && archive.Entries.FirstOrDefault(entry => entry.Number == parsed) is { } found ? found : throw RefusedException.NotThere();

    public static async ValueTask<ExitCode> DoAsync(CommandContext context, OpenArchive archive, ArchiveEntry entry, RetentionEvent happening, Func<ArchiveEntry, string> done, CancellationToken ct)
    {
        var dryRun = context.Get(RetentionOptions.DryRun);
        var now = (dryRun ? await archive.CheckAsync(entry.Number, happening, ct) : await archive.RecordAsync(entry.Number, happening, ct)).OrRefuse();
        context.Terminal.Line(dryRun ? "Dit kan. Er is niets vastgelegd." : done(now));
        context.Terminal.Json(new JsonObject { ["recorded"] = !dryRun, ["dossier"] = now.Number.Value, ["holds"] = new JsonArray([.. now.Retention.Holds.Select(RetentionJson.Hold)]) });
        return ExitCode.Done;
    }
}
