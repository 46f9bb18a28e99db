using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary>A list of destruction as text and as JSON.</summary>
internal static class DestructionView
{
    public static void Show(Terminal terminal, DestructionList list)
    {
        terminal.Line($"Lijst {list.Number} ({Words.Of(list.Path)}): {Words.Of(list.Status)}.");
        terminal.Line($"Voorgesteld door {list.ProposedBy} ({Words.Of(list.ProposedAs)}) op {Moment(list.ProposedAt)}.");
        foreach (var approval in list.Approvals) terminal.Line($"Goedgekeurd als {Words.Of(approval.Group)} door {approval.Person} op {Moment(approval.At)}.");
        if (list.Void.Count > 0) terminal.Line($"Vervallen goedkeuringen: {list.Void.Count}. Daarna is de lijst veranderd, mag een van de beslissers niet meer beslissen, of is de kluis teruggezet.");
        if (list.Status == ListStatus.Proposed && list.Missing.Count > 0) terminal.Line($"Nog nodig: {string.Join(", ", list.Missing.Select(Words.Of))}.");
        if (list is { Status: ListStatus.Approved, RunFrom: { } from }) terminal.Line($"Uitvoeren kan vanaf {DutchText.Date(from)}. Tot dan kan de lijst nog worden ingetrokken.");
        if (list.CancelledBecause is { } why) terminal.Line($"Ingetrokken: {why}");
        Items(terminal, list.Items);
        foreach (var item in list.Items)
        {
            foreach (var change in item.Changes) terminal.Line($"Onderdeel {item.Number}: {change}.");
            if (item.Failure is { } failure) terminal.Line($"Onderdeel {item.Number} is niet vernietigd: {failure}{(item.MayRetry ? " Voer de lijst opnieuw uit." : "")}");
        }

        if (list.Status is ListStatus.Done or ListStatus.DoneInPart)
        {
            terminal.Line(
                !list.IsFinal ? $"Vernietigd, nog niet definitief: {string.Join("; ", list.BackupsWithKeys!.Select(Holder))}."
                : list.DeclaredGone.Count == 0 ? "Definitief vernietigd: geen reservekopie van dit programma heeft nog sleutels van wat vernietigd is."
                : "Vernietigd. Dat geen reservekopie nog sleutels heeft, is deels het woord van een mens; het programma zag ze niet weggaan:");
            foreach (var gone in list.DeclaredGone) terminal.Line($"Reservekopie {gone.Label} van {Moment(gone.MadeAt)}: sleutels weg volgens {Function(gone)}, op {Moment(gone.At)}. {gone.Reason}");
        }

        if (list.RunsElsewhere) terminal.Line("De uitvoering is op een andere computer of met een andere statusmap begonnen, en daar niet afgemaakt. Loopt zij niet meer, dan kan zij hier worden overgenomen.");
        terminal.Line($"Hash van de lijst: {list.Hash}");
        terminal.Json(Json(list));
    }

    public static void Items(Terminal terminal, IReadOnlyList<DestructionItem> items)
    {
        if (items.Count == 0) return;
        terminal.Table(["Nr", "Dossier", "Wat", "Object", "Moet weg voor", "Antwoord", "Uitkomst", "Waarom"], items.Select(item => (IReadOnlyList<string>)
        [
            item.Number.ToString(CultureInfo.InvariantCulture), item.Dossier.Value, Words.Of(item.Kind), item.Object is { } id ? id[..8] : "", item.Due is { } due ? DutchText.Short(due) : "",
            item.Until is { } until ? $"{Words.Of(item.Answer)} {DutchText.Short(until)}" : Words.Of(item.Answer), Words.Of(item.Outcome), item.Reasons.Count > 0 ? item.Reasons[^1].Article : "",
        ]));
    }

    public static JsonObject Json(DestructionList list) => new()
    {
        ["lijst"] = list.Number,
        ["pad"] = Words.Of(list.Path),
        ["status"] = Words.Of(list.Status),
        ["sha256"] = list.Hash,
        ["voorgesteldDoor"] = list.ProposedBy.Value,
        ["voorgesteldAls"] = Words.Of(list.ProposedAs),
        ["voorgesteldOp"] = Utc(list.ProposedAt),
        ["goedkeuringen"] = new JsonArray([.. list.Approvals.Select(approval => new JsonObject
        {
            ["groep"] = Words.Of(approval.Group), ["persoon"] = approval.Person.Value, ["functie"] = Words.Of(approval.Role), ["tijd"] = Utc(approval.At), ["sha256"] = approval.Hash,
        })]),
        ["vervallen"] = list.Void.Count,
        ["nodig"] = new JsonArray([.. list.Missing.Select(group => (JsonNode)Words.Of(group))]),
        ["uitvoerenVanaf"] = list.RunFrom is { } from ? DutchText.Iso(from) : null,
        ["ingetrokken"] = list.CancelledBecause,
        ["begonnenOp"] = list.RunAt is { } begun ? Utc(begun) : null,
        ["klaarOp"] = list.EndedAt is { } ended ? Utc(ended) : null,
        ["definitief"] = list.IsFinal,
        ["reservekopieen"] = list.BackupsWithKeys is { } backups ? new JsonArray([.. backups.Select(backup => new JsonObject
        {
            ["id"] = backup.Set.ToString(), ["naam"] = backup.Label, ["gemaakt"] = Utc(backup.At), ["sleutelsTot"] = DutchText.Iso(backup.KeysUntil), ["teLaat"] = backup.IsOverdue,
            ["onbekend"] = backup.IsUnknown, ["opMeerSchijven"] = backup.IsCopied,
        })]) : null,
        ["sleutelsWegVolgens"] = new JsonArray([.. list.DeclaredGone.Select(gone => new JsonObject
        {
            ["id"] = gone.Set.ToString(), ["naam"] = gone.Label, ["gemaakt"] = Utc(gone.MadeAt), ["volgens"] = gone.Function is { } function ? Words.Of(function) : null, ["tijd"] = Utc(gone.At), ["reden"] = gone.Reason,
        })]),
        ["elders"] = list.RunsElsewhere,
        ["onderdelen"] = new JsonArray([.. list.Items.Select(Json)]),
    };

    public static JsonObject Json(DestructionDraft draft) => new()
    {
        ["pad"] = Words.Of(draft.Path),
        ["onderdelen"] = new JsonArray([.. draft.Items.Select(Json)]),
        ["nietOpDeLijst"] = new JsonArray([.. draft.LeftOut.Select(left => new JsonObject { ["dossier"] = left.Dossier.Value, ["object"] = left.Object, ["waarom"] = left.Why })]),
    };

    private static JsonObject Json(DestructionItem item) => new()
    {
        ["nr"] = item.Number,
        ["dossier"] = item.Dossier.Value,
        ["object"] = item.Object,
        ["kind"] = Words.Of(item.Kind),
        ["status"] = Words.Of(item.Status),
        ["ripe"] = item.Ripe is { } ripe ? DutchText.Iso(ripe) : null,
        ["due"] = item.Due is { } due ? DutchText.Iso(due) : null,
        ["klasse"] = item.Class?.Result,
        ["bytes"] = item.Bytes,
        ["kopieenElders"] = item.CopiesElsewhere,
        ["vingerafdruk"] = item.Fingerprint,
        ["antwoord"] = Words.Of(item.Answer),
        ["tot"] = item.Until is { } until ? DutchText.Iso(until) : null,
        ["uitkomst"] = Words.Of(item.Outcome),
        ["begonnenOp"] = item.BegunAt is { } begun ? Utc(begun) : null,
        ["afgehandeldOp"] = item.EndedAt is { } ended ? Utc(ended) : null,
        ["sha256"] = item.Sha256,
        ["mislukt"] = item.Failure,
        ["opnieuw"] = item.MayRetry,
        ["veranderd"] = new JsonArray([.. item.Changes.Select(change => (JsonNode)change)]),
        ["reasons"] = new JsonArray([.. item.Reasons.Select(reason => new JsonObject { ["code"] = reason.Code, ["text"] = reason.Text, ["article"] = reason.Article })]),
    };

    private static string Holder(KeyHolder backup) => backup switch
    {
        { IsUnknown: true } => $"na {Moment(backup.At)} kunnen kopieën zijn gemaakt die de teruggezette kluis niet kent, tot iemand zegt dat ze weg zijn",
        { IsCopied: true } => $"reservekopie {backup.Label} van {Moment(backup.At)} ligt op meer dan een schijf en heeft sleutels, tot iemand zegt dat ze weg zijn",
        _ => $"reservekopie {backup.Label} van {Moment(backup.At)} heeft sleutels; de eerste reservekopie op die plaats na {DutchText.Date(backup.KeysUntil)} haalt ze weg",
    };

    private static string Function(KeysDeclaredGone gone) => gone.Function is { } function ? Words.Of(function) : "iemand zonder functie op die dag";

    public static string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, "Europe/Amsterdam").ToString("dd-MM-yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
