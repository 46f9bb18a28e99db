using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>destruction propose</c>: puts on a list what may or must go by the plan of today.</summary>
internal sealed class DestructionProposeCommand : CliCommand
{
    private readonly Argument<string[]> _dossiers = new("NUMBER") { Description = "Only (of) these dossiers. Default: everything whose time has come.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _recordings = new("--recordings") { Description = "Recordings with their copies and transcripts: a second person approves. The default." };
    private readonly Option<bool> _whole = new("--dossiers") { Description = "Whole dossiers: an archivaris and a medebeslisser approve, and a waiting time follows." };
    private readonly Option<bool> _dryRun = DestructionOptions.DryRun("Show what would be on the list, and make none.");

    public DestructionProposeCommand()
        : base("propose", "Propose a list of what is to be destroyed. Nothing is destroyed before others approved it.",
            "dossierkit destruction propose --recordings --data ./demo-data --as fi --dry-run",
            "dossierkit destruction propose --dossiers WL-2014-0003 WL-2015-0001 --data ./vault")
    {
        Add(_dossiers);
        foreach (var option in (Option[])[_recordings, _whole, _dryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Get(_recordings) && context.Get(_whole)) throw new UsageException("--recordings and --dossiers make different lists. Give one of them.");
        var numbers = (context.Get(_dossiers) ?? []).Select(text => DossierNumber.TryParse(text, out var number) ? number : throw RefusedException.NotThere()).ToList();
        var choice = new DestructionChoice(context.Get(_whole) ? DestructionPath.List : DestructionPath.Light, numbers);
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        if (context.Get(_dryRun))
        {
            var draft = (await lists.DraftAsync(session.Acting(), choice, ct)).OrRefuse();
            context.Terminal.Line(draft.Items.Count == 0 ? "Er zou niets op de lijst komen." : $"Op de lijst zouden komen: {DutchText.Count(draft.Items.Count, "onderdeel", "onderdelen")}. Er is niets vastgelegd.");
            DestructionView.Items(context.Terminal, draft.Items);
            foreach (var left in draft.LeftOut) context.Terminal.Line($"Niet op de lijst: {left.Dossier}{(left.Object is null ? "" : $" {left.Object[..8]}")}. {left.Why}");
            context.Terminal.Json(DestructionView.Json(draft));
            return ExitCode.Done;
        }

        var list = (await lists.ProposeAsync(session.Acting(), choice, ct)).OrRefuse();
        DestructionView.Show(context.Terminal, list);
        return ExitCode.Done;
    }
}

/// <summary><c>destruction review</c>: answers for one item.</summary>
internal sealed class DestructionReviewCommand : CliCommand
{
    private readonly Argument<string> _list = DestructionOptions.List();
    private readonly Option<int> _item = new("--item") { Description = "The number of the item on the list.", HelpName = "N", Required = true };
    private readonly Option<string> _answer = new("--answer") { Description = "vernietigen, bewaren-tot or overdragen.", HelpName = "ANSWER", Required = true };
    private readonly Option<string?> _until = new("--until") { Description = "With bewaren-tot: until which day.", HelpName = "DAY" };
    private readonly Option<string?> _reason = new("--reason") { Description = "With bewaren-tot: why; goes into the dossier.", HelpName = "TEXT" };

    public DestructionReviewCommand()
        : base("review", "Answer for one item of a list: destroy it, keep it until a day, or transfer it. Approvals given before become void.",
            "dossierkit destruction review VL-2026-0001 --item 2 --answer bewaren-tot --until 2028-01-01 --reason \"Lopende herziening\" --data ./vault")
    {
        Add(_list);
        foreach (var option in (Option[])[_item, _answer, _until, _reason, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var answer = Words.Parse<ItemAnswer>(context.Get(_answer)!, "--answer");
        DateOnly? until = context.Get(_until) is { } day ? Session.Day(day, "--until") : null;
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        DestructionView.Show(context.Terminal, (await lists.ReviewAsync(session.Acting(), context.Get(_list)!, context.Get(_item), answer, until, context.Get(_reason), ct)).OrRefuse());
        return ExitCode.Done;
    }
}

/// <summary><c>destruction approve</c>: approves a list exactly as it stands.</summary>
internal sealed class DestructionApproveCommand : CliCommand
{
    private readonly Argument<string> _list = DestructionOptions.List();
    private readonly Option<string?> _hash = new("--hash") { Description = "The hash of the list as you looked at it ('destruction status'): refused when it changed since.", HelpName = "SHA256" };

    public DestructionApproveCommand()
        : base("approve", "Approve a list exactly as it stands. By somebody else than who proposed or approved it, with an account of his own.",
            "dossierkit destruction approve VL-2026-0001 --data ./demo-data --as archivaris")
    {
        Add(_list);
        foreach (var option in (Option[])[_hash, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        DestructionView.Show(context.Terminal, (await lists.ApproveAsync(session.Acting(), context.Get(_list)!, context.Get(_hash), ct)).OrRefuse());
        return ExitCode.Done;
    }
}

/// <summary><c>destruction cancel</c>: takes a list back before it is carried out.</summary>
internal sealed class DestructionCancelCommand : CliCommand
{
    private readonly Argument<string> _list = DestructionOptions.List();
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept with the list, and forgotten when a dossier of it is destroyed.", HelpName = "TEXT", Required = true };

    public DestructionCancelCommand()
        : base("cancel", "Cancel a list before it is carried out.",
            "dossierkit destruction cancel VL-2026-0001 --reason \"Er is beroep ingesteld.\" --data ./vault")
    {
        Add(_list);
        foreach (var option in (Option[])[_reason, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        DestructionView.Show(context.Terminal, (await lists.CancelAsync(session.Acting(), context.Get(_list)!, context.Get(_reason)!, ct)).OrRefuse());
        return ExitCode.Done;
    }
}

/// <summary><c>destruction run</c>: carries an approved list out.</summary>
internal sealed class DestructionRunCommand : CliCommand
{
    private readonly Argument<string> _list = DestructionOptions.List();
    private readonly Option<string?> _confirm = new("--confirm") { Description = "The number of the list once more, typed by you: destroying cannot be undone.", HelpName = "NUMBER" };
    private readonly Option<bool> _takeOver = new("--take-over") { Description = "Say that a run which began on another machine, or with another --state, is over. Does it still go on, then it stops before its next step." };
    private readonly Option<bool> _dryRun = DestructionOptions.DryRun("Check everything and destroy nothing.");

    public DestructionRunCommand()
        : base("run", "Carry an approved list out. A run that was cut off goes on where it was.",
            "dossierkit destruction run VL-2026-0001 --dry-run --data ./vault",
            "dossierkit destruction run VL-2026-0001 --confirm VL-2026-0001 --data ./vault")
    {
        Add(_list);
        foreach (var option in (Option[])[_confirm, _takeOver, _dryRun, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var number = context.Get(_list)!;
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        var by = session.Acting();
        if (context.Get(_dryRun))
        {
            var checkedList = (await lists.CheckRunAsync(by, number, context.Get(_takeOver), ct)).OrRefuse();
            context.Terminal.Note($"Alles klopt: lijst {checkedList.Number} kan worden uitgevoerd. Er is niets vernietigd.");
            DestructionView.Show(context.Terminal, checkedList);
            return ExitCode.Done;
        }

        if (context.Get(_confirm) is not { } typed) throw new UsageException($"--confirm is missing. Destroying cannot be undone: type the number of the list once more, as --confirm {number}. Use --dry-run to look first.");
        var list = (await Terminal.WithProgressAsync("Vernietigen", bar => lists.RunAsync(by, number, typed, context.Get(_takeOver), new Share(bar), request: null, ct))).OrRefuse();
        DestructionView.Show(context.Terminal, list);
        return list.Status == ListStatus.Done ? ExitCode.Done : ExitCode.Refused;
    }

    private sealed class Share(IProgress<double> bar) : IProgress<DestructionProgress>
    {
        public void Report(DestructionProgress value) => bar.Report(value.Total == 0 ? 1 : (double)value.Done / value.Total);
    }
}

/// <summary><c>destruction status</c>: all lists, or one.</summary>
internal sealed class DestructionStatusCommand : CliCommand
{
    private readonly Argument<string?> _list = new("LIST") { Description = "The number of a list. Default: all lists.", Arity = ArgumentArity.ZeroOrOne };

    public DestructionStatusCommand()
        : base("status", "Show the lists of destruction, or one with every item.",
            "dossierkit destruction status --data ./demo-data --as archivaris",
            "dossierkit destruction status VL-2026-0001 --json --data ./vault")
    {
        Add(_list);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        if (context.Get(_list) is { } number)
        {
            DestructionView.Show(context.Terminal, await lists.FindAsync(session.Acting(), number, ct) ?? throw RefusedException.NotThere());
            return ExitCode.Done;
        }

        var all = (await lists.ListAsync(session.Acting(), ct)).OrRefuse();
        if (all.Count == 0) context.Terminal.Line("Er zijn geen lijsten van vernietiging.");
        else
        {
            context.Terminal.Table(["Lijst", "Pad", "Onderdelen", "Status", "Uitvoeren vanaf"], all.Select(list => (IReadOnlyList<string>)
                [list.Number, Words.Of(list.Path), list.Items.Count.ToString(CultureInfo.InvariantCulture), Words.Of(list.Status), list.RunFrom is { } from ? DutchText.Short(from) : ""]));
        }

        context.Terminal.Json(new JsonArray([.. all.Select(DestructionView.Json)]));
        return ExitCode.Done;
    }
}

/// <summary>What these commands share.</summary>
internal static class DestructionOptions
{
    public static Argument<string> List() => new("LIST") { Description = "The number of the list, such as VL-2026-0001." };

    public static Option<bool> DryRun(string description) => new("--dry-run") { Description = description };
}
