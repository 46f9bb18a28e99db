using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>card propose</c>: a card of a case that was decided.</summary>
internal sealed class CardProposeCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Option<string> _betrokkene = CardOptions.Betrokkene();
    private readonly CardFields _fields = new(isCard: true);
    private readonly Option<bool> _checked = new("--checked") { Description = "You looked at everything that could point at one person, and say that it does not." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the card and what is still missing; record nothing." };

    public CardProposeCommand()
        : base("propose", "Propose a card for one betrokkene: what the case says of itself, and what you fill in. Somebody else approves it; proposing anew replaces an earlier card.",
            "dossierkit card propose WL-2021-0004 --dry-run --data ./demo-data --as fi --purpose \"Kaart maken\"",
            "dossierkit card propose WL-2021-0004 --group uitvoering --intent opzet --measure terugplaatsing --summary \"Iemand nam materiaal van het werk mee naar huis en bracht het terug.\" --data ./demo-data --as fi --purpose \"Kaart maken\"")
    {
        Add(_number);
        Add(_betrokkene);
        _fields.AddTo(this);
        foreach (var option in (Option[])[_checked, _dryRun, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (betrokkene, fill) = (CardOptions.PersonOf(context.Get(_betrokkene)!), _fields.Fill(context));
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var draft = (await session.Cards.DraftAsync(dossier, betrokkene, fill, ct)).OrRefuse();
        foreach (var warning in draft.Warnings) context.Terminal.Note($"Kijk na in {warning.Place}: {warning.What} ('{warning.Text}'). Bevestig met --checked als niemand eraan te herkennen is.");
        if (context.Get(_dryRun))
        {
            context.Terminal.Line(draft.Refusals.Count == 0 ? "Deze kaart kan worden voorgesteld. Er is niets vastgelegd." : "Deze kaart is nog niet klaar. Er is niets vastgelegd.");
            foreach (var refusal in draft.Refusals) context.Terminal.Line($"  {refusal.What} {refusal.WhatNow}");
            CardView.Write(context.Terminal, draft.Card);
            context.Terminal.Json(new JsonObject { ["recorded"] = false, ["inhoud"] = CardJson.Of(draft.Card), ["tot"] = DutchText.Iso(draft.Until), ["kijkNa"] = CardJson.Of(draft.Warnings), ["refusals"] = Terminal.ToJson(draft.Refusals) });
            return ExitCode.Done;
        }

        var proposed = (await session.Cards.ProposeAsync(dossier, betrokkene, fill, context.Get(_checked), ct)).OrRefuse();
        context.Terminal.Line($"Kaart {proposed.Id[..8]} voorgesteld. Een ander moet haar goedkeuren: {proposed.Hash}");
        context.Terminal.Json(CardJson.Of(proposed));
        return ExitCode.Done;
    }
}

/// <summary><c>card approve</c>: exactly what stands on it.</summary>
internal sealed class CardApproveCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Argument<string> _card = CardOptions.Card();
    private readonly Option<string> _seen = new("--sha256") { Description = "The SHA-256 of the card you looked at, as 'card show' prints it.", HelpName = "HEX", Required = true };

    public CardApproveCommand()
        : base("approve", "Approve a card exactly as it stands: somebody else than who proposed it. You confirm that nobody can be recognised by it.",
            "dossierkit card approve WL-2021-0004 3f2a9c1b --sha256 1f0c... --data ./demo-data --as plaatsvervanger --purpose \"Kaart nakijken\"")
    {
        Add(_number);
        Add(_card);
        foreach (var option in (Option[])[_seen, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Get(_seen) is not { Length: 64 } seen) throw new UsageException("--sha256 has 64 hexadecimal digits, as 'dossierkit card show' prints them.");
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var approved = (await session.Cards.ApproveAsync(dossier, context.Get(_card)!, seen, ct)).OrRefuse();
        context.Terminal.Line($"Kaart {approved.Id[..8]} goedgekeurd. Zij blijft uiterlijk tot {DutchText.Date(approved.Until)}.");
        context.Terminal.Json(CardJson.Of(approved));
        return ExitCode.Done;
    }
}

/// <summary><c>card list</c>: where cards stand.</summary>
internal sealed class CardListCommand : CliCommand
{
    public CardListCommand()
        : base("list", "List the cards you keep, and those that went, without what stands on them.", "dossierkit card list --data ./demo-data --as fi") => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var by = session.Acting();
        var (cards, gone) = (await session.Cards.ListAsync(by, ct), await session.Cards.GoneAsync(by, ct));
        if (cards.Count == 0) context.Terminal.Line("Er zijn geen kaarten die u beheert.");
        else
        {
            context.Terminal.Table(["Kaart", "Dossier", "Betrokkene", "Stand", "Voorgesteld", "Goedgekeurd", "Uiterlijk tot"], cards.Select(card => (IReadOnlyList<string>)
                [card.Id[..8], card.Dossier.Value, card.Betrokkene.Value, Words.Of(card.Status), card.ProposedBy.Value, card.ApprovedBy?.Value ?? "-", DutchText.Short(card.Until)]));
        }

        if (gone.Count > 0) context.Terminal.Table(["Kaart die weg is", "Op", "Waarom", "Door"], gone.Select(card => (IReadOnlyList<string>)[card.Id[..8], DutchText.Short(card.On), card.Cause, card.By?.Value ?? "het programma"]));
        context.Terminal.Json(new JsonObject
        {
            ["kaarten"] = new JsonArray([.. cards.Select(CardJson.Of)]),
            ["weg"] = new JsonArray([.. gone.Select(card => new JsonObject { ["kaart"] = card.Id, ["op"] = DutchText.Iso(card.On), ["oorzaak"] = card.Cause, ["door"] = card.By?.Value })]),
        });
        return ExitCode.Done;
    }
}

/// <summary><c>card show</c>: the cards of one case.</summary>
internal sealed class CardShowCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier." };

    public CardShowCommand()
        : base("show", "Show the cards of a case, with the SHA-256 a second person approves.", "dossierkit card show WL-2021-0004 --data ./demo-data --as fi --purpose \"Kaart nakijken\"")
    {
        Add(_number);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var cards = await session.Cards.OfAsync(dossier, ct);
        if (cards.Count == 0) context.Terminal.Line("Bij dit dossier zijn er voor u geen kaarten.");
        foreach (var card in cards)
        {
            context.Terminal.Line($"Kaart {card.Id[..8]} van {card.Betrokkene}, {Words.Of(card.Status)}, uiterlijk tot {DutchText.Date(card.Until)}");
            CardView.Write(context.Terminal, card.Card);
            foreach (var warning in card.Warnings) context.Terminal.Line($"  Nagekeken in {warning.Place}: {warning.What} ('{warning.Text}')");
            context.Terminal.Line($"  sha256: {card.Hash}");
        }

        context.Terminal.Json(new JsonArray([.. cards.Select(CardJson.Of)]));
        return ExitCode.Done;
    }
}

/// <summary><c>card withdraw</c>: its key is destroyed.</summary>
internal sealed class CardWithdrawCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier." };
    private readonly Argument<string> _card = CardOptions.Card();

    public CardWithdrawCommand()
        : base("withdraw", "Withdraw a card: its key is destroyed, and only that it went stays.", "dossierkit card withdraw WL-2021-0004 3f2a9c1b --data ./demo-data --as fi --purpose \"Kaart klopt niet\"")
    {
        Add(_number);
        Add(_card);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var gone = (await session.Cards.WithdrawAsync(dossier, context.Get(_card)!, ct)).OrRefuse();
        context.Terminal.Line($"Kaart {gone.Id[..8]} is ingetrokken en vernietigd.");
        context.Terminal.Json(new JsonObject { ["kaart"] = gone.Id, ["oorzaak"] = gone.Cause, ["op"] = DutchText.Iso(gone.On) });
        return ExitCode.Done;
    }
}

/// <summary>A card for people.</summary>
file static class CardView
{
    public static void Write(Terminal terminal, CaseCard card)
    {
        foreach (var (name, value) in CardJson.Of(card))
            terminal.Line($"  {name}: {value switch { JsonArray { Count: 0 } => "geen", JsonArray list => string.Join(", ", list.Select(one => one!.ToString())), null => "-", JsonValue one when one.TryGetValue<bool>(out var yes) => yes ? "ja" : "nee", _ => value.ToString() }}");
    }
}
