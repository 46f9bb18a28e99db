using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Retention;

namespace DossierKit.Host.Cli.Demo;

/// <summary>
/// Keeping and destroying in the demo: a recording that should be gone, one that is held for a procedure, and a list of dossiers that waits for its archivaris. Nothing is destroyed:
/// that is for whoever tries the demo.
/// </summary>
/// <param name="Items">What asks for something by the plan of today.</param>
/// <param name="List">The list that waits; <see langword="null"/> when nothing was due, as on a machine whose clock stands before the story.</param>
internal sealed record DemoRetention(IReadOnlyList<RetentionItem> Items, DestructionList? List)
{
    public static async ValueTask<DemoRetention> PrepareAsync(DossierRegister register, ActingPerson fi, DateOnly today, CancellationToken ct)
    {
        var desk = (await RetentionDesk.OpenAsync(register, fi, ct)).OrRefuse();
        if (desk.Archive.Entries.FirstOrDefault(entry => entry.ClosedOn is null && entry.Retention.Recordings.Count > 0) is { } open)
        {
            (await desk.Archive.RecordAsync(open.Number, new HoldPlaced
            {
                Date = today,
                Kind = HoldKind.Bestuursrechtelijk,
                Object = open.Retention.Recordings[0].File,
                Citation = "bezwaar 2026-B-014",
                ReviewOn = today.AddMonths(3),
                Reason = "In de bezwaarprocedure kan worden gevraagd wat er precies is gezegd.",
            }, ct)).OrRefuse();
        }

        using var lists = DestructionRegister.Of(register);
        var due = await lists.DraftAsync(fi, new DestructionChoice(DestructionPath.List, []), ct);
        var list = due.IsDone && due.Value.Items.Count > 0 ? (await lists.ProposeAsync(fi, new DestructionChoice(DestructionPath.List, []), ct)).OrRefuse() : null;
        var asking = desk.Plan(today).Items.Where(item => item.Status is RetentionStatus.TeLaat or RetentionStatus.Moet or RetentionStatus.Vastgehouden or RetentionStatus.Ongeclassificeerd);
        return new DemoRetention([.. asking], list);
    }

    public void Write(Terminal terminal)
    {
        if (Items.Count == 0) return;
        terminal.Line();
        terminal.Line("Bewaren en vernietigen, volgens het plan van vandaag:");
        terminal.Table(["Dossier", "Wat", "Stand", "Moet weg voor", "Waarom"], Items.Select(item => (IReadOnlyList<string>)
            [item.Dossier.Value, Words.Of(item.Kind), Words.Of(item.Status), item.Due is { } due ? DutchText.Short(due) : "", item.Reasons[^1].Article]));
        if (List is { } list)
            terminal.Line($"Lijst {list.Number} met {DutchText.Count(list.Items.Count, "dossier", "dossiers")} wacht op: {string.Join(", ", list.Missing.Select(Words.Of))}. Er is nog niets vernietigd.");
    }

    public JsonObject ToJson() => new()
    {
        ["onderdelen"] = new JsonArray([.. Items.Select(item => new JsonObject
        {
            ["dossier"] = item.Dossier.Value, ["soort"] = Words.Of(item.Kind), ["stand"] = Words.Of(item.Status), ["uiterlijk"] = item.Due is { } due ? DutchText.Iso(due) : null,
        })]),
        ["lijst"] = List is { } list ? DestructionView.Json(list) : null,
    };
}
