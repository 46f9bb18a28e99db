using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>show</c>: a dossier as this person may see it.</summary>
internal sealed class ShowCommand : CliCommand
{
    private readonly Argument<string> _number = new("NR") { Description = "The number of the dossier." };
    private readonly Option<string?> _on = new("--on") { Description = "The day to judge the terms by. Default: today.", HelpName = "2026-03-02" };

    private readonly Option<bool> _checklist = new("--checklist") { Description = "What is left before the case can be closed, by which article, and who hears what." };

    private readonly Option<string?> _section = new("--section") { Description = $"One register instead of the whole: {string.Join(", ", ShowSections.Names)}.", HelpName = "NAME" };

    public ShowCommand()
        : base("show", "Show a dossier: what you may see of its persons, events, files, documents and terms.",
            "dossierkit show WL-2026-0001 --data ./demo-data --as fi --purpose \"Voortgang bekijken\"",
            "dossierkit show WL-2026-0001 --checklist --data ./demo-data --as fi --purpose \"Afsluiten voorbereiden\"",
            "dossierkit show WL-2026-0001 --data ./demo-data --as directeur --purpose \"Besluit voorbereiden\" --json",
            "dossierkit show WL-2026-0001 --section verzending --data ./demo-data --as fi --purpose \"Nakijken wat is verstuurd\"")
    {
        Add(_number);
        Add(_on);
        Add(_section);
        Add(_checklist);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var today = context.Get(_on) is { } day ? Session.Day(day, "--on") : context.Today;
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        if (context.Get(_checklist))
        {
            if (context.Terminal.IsJson) context.Terminal.Json(ChecklistView.ToJson(dossier));
            else ChecklistView.Write(dossier, context.Terminal);
            return ExitCode.Done;
        }

        if (context.Get(_section) is { } section)
        {
            ShowSections.Write(section, dossier, today, context.Terminal);
            return ExitCode.Done;
        }

        var terms = dossier.Terms(today);
        if (context.Terminal.IsJson) context.Terminal.Json(ToJson(dossier, terms));
        else Write(dossier, terms, today, context.Terminal);
        return ExitCode.Done;
    }

    private static void Write(OpenDossier dossier, IReadOnlyList<Term> terms, DateOnly today, Terminal terminal)
    {
        var state = dossier.State;
        terminal.Line($"Dossier {state.Number}  ({Words.Of(state.Phase)})");
        terminal.Line($"Protocol: {dossier.Protocol}");
        terminal.Line($"Begonnen op {DutchText.Date(state.StartedOn)}{(state.ClosedOn is { } closed ? $", gesloten op {DutchText.Date(closed)}" : "")}.");
        terminal.Line($"U ziet: {string.Join(", ", Compartment.All.Where(dossier.Access.MayRead).Select(compartment => compartment.Name))}.");

        if (state.Persons.Count > 0)
        {
            terminal.Line();
            terminal.Line("Personen");
            terminal.Table(["Aanduiding", "Rol", "Naam", "Functie", "Afdeling"], state.Persons.Select(person => (IReadOnlyList<string>)
                [person.Id.Value, RoleOf(person), person.FullName.Length > 0 ? person.FullName : "(naam niet bekend)", person.Function ?? "", person.Department ?? ""]));
        }

        terminal.Line();
        terminal.Line("Gebeurtenissen");
        var happened = state.Events.Select(recorded => (recorded.Event.Date, recorded.Event.Name, recorded.Event.Compartment, What: DossierJson.Summary(recorded.Event)))
            .Concat(state.Gaps.Select(gap => (gap.Date, gap.Name, gap.Compartment, What: gap.Reason == GapReason.Destroyed ? "(inhoud vernietigd)" : "(inhoud niet voor u)")))
            .OrderBy(line => line.Date);
        terminal.Table(["Datum", "Gebeurtenis", "Compartiment", "Inhoud"], happened.Select(line => (IReadOnlyList<string>)
            [DutchText.Short(line.Date), line.Name, line.Compartment.Name, line.What]));

        if (state.Files.Count > 0)
        {
            terminal.Line();
            terminal.Line("Bestanden");
            terminal.Table(["Kenmerk", "Datum", "Soort", "Compartiment", "Titel", "Grootte"], state.Files.Select(file => (IReadOnlyList<string>)
                [file.Id.ToString()[..8], DutchText.Short(file.Date), Words.Of(file.Kind), file.Compartment.Name, file.Title, DutchText.Size(file.Length)]));
        }

        TermTable.Write(terms, today, terminal);
    }

    private static string RoleOf(CasePerson person) => person.Form is { } form ? $"{Words.Of(person.Role)} ({Words.Of(form)})" : Words.Of(person.Role);

    private static JsonObject ToJson(OpenDossier dossier, IReadOnlyList<Term> terms)
    {
        var state = dossier.State;
        return new JsonObject
        {
            ["nummer"] = state.Number.Value,
            ["fase"] = Words.Of(state.Phase),
            ["protocol"] = state.ProtocolId,
            ["protocolVersie"] = state.ProtocolVersion,
            ["begonnen"] = DutchText.Iso(state.StartedOn),
            ["gesloten"] = state.ClosedOn is { } closed ? DutchText.Iso(closed) : null,
            ["checkpoint"] = state.Checkpoint,
            ["compartimenten"] = new JsonObject(Compartment.All.Select(compartment => KeyValuePair.Create(
                compartment.Name, (JsonNode?)dossier.Access.In(compartment).ToString().ToLowerInvariant()))),
            ["personen"] = new JsonArray([.. state.Persons.Select(DossierJson.Person)]),
            ["gebeurtenissen"] = new JsonArray([.. state.Events.Select(recorded => DossierJson.Event(recorded.Event))]),
            ["zonderInhoud"] = new JsonArray([.. state.Gaps.Select(gap => new JsonObject
            {
                ["soort"] = gap.Name,
                ["datum"] = DutchText.Iso(gap.Date),
                ["compartiment"] = gap.Compartment.Name,
                ["reden"] = gap.Reason == GapReason.Destroyed ? "vernietigd" : "niet-voor-u",
            })]),
            ["bestanden"] = new JsonArray([.. state.Files.Select(DossierJson.File)]),
            ["stukken"] = new JsonArray([.. state.Documents.Select(DossierJson.Document)]),
            ["termijnen"] = new JsonArray([.. terms.Select(DossierJson.Term)]),
        };
    }
}
