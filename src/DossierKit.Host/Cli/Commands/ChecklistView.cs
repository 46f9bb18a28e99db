using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>show --checklist</c>: what is left before a case can be closed, and who hears what.</summary>
internal static class ChecklistView
{
    public static void Write(OpenDossier dossier, Terminal terminal)
    {
        var list = dossier.ClosingChecklist();
        terminal.Line($"Afsluitlijst van {dossier.Number}, volgens {dossier.Protocol}");
        terminal.Line();
        if (list.Open.Count == 0) terminal.Line("Er staat niets meer open: het dossier kan worden gesloten.");
        else terminal.Line($"Nog te doen: {DutchText.Count(list.Open.Count, "punt", "punten")}.");
        foreach (var refusal in list.Open)
        {
            terminal.Line($"[ ] {refusal.What}");
            terminal.Line($"    Waarom: {refusal.Why}");
            terminal.Line($"    Wat nu: {CommandAdvice.WhatNow(refusal)}");
        }

        foreach (var duty in list.Duties.Where(duty => !duty.IsUnsettled))
            terminal.Line($"[x] {duty.Rule.Title} ({duty.Rule.Id}{(duty.Subject is null ? "" : $", voor {duty.Subject}")}; {duty.Rule.Article}){How(duty)}");

        if (list.Hearings.Count == 0) return;
        terminal.Line();
        terminal.Line("Wie hoort wat aan het eind");
        terminal.Table(["Wie", "Hoort de uitkomst", "Bericht", "Artikel"], list.Hearings.Select(hearing => (IReadOnlyList<string>)
            [hearing.Person?.Value ?? dossier.Protocol.Word(hearing.Role), Answer(hearing), hearing.InformedOn is { } day ? DutchText.Short(day) : "nog niet", hearing.Article ?? ""]));
        foreach (var text in list.Hearings.Where(hearing => hearing.Text.Length > 0).Select(hearing => $"{hearing.Article}: {hearing.Text}").Distinct(StringComparer.Ordinal)) terminal.Line($"  {text}");
    }

    public static JsonObject ToJson(OpenDossier dossier)
    {
        var list = dossier.ClosingChecklist();
        return new JsonObject
        {
            ["nummer"] = dossier.Number.Value,
            ["protocol"] = dossier.Protocol.Id,
            ["protocolVersie"] = dossier.Protocol.Version,
            ["open"] = Terminal.ToJson(list.Open),
            ["regels"] = new JsonArray([.. list.Duties.Select(duty => new JsonObject
            {
                ["regel"] = duty.Rule.Id,
                ["persoon"] = duty.Subject,
                ["artikel"] = duty.Rule.Article,
                ["titel"] = duty.Rule.Title,
                ["stand"] = State(duty),
                ["feiten"] = new JsonArray([.. duty.OpenFacts.Select(fact => JsonValue.Create(fact))]),
            })]),
            ["uitkomst"] = new JsonArray([.. list.Hearings.Select(hearing => new JsonObject
            {
                ["persoon"] = hearing.Person?.Value,
                ["rol"] = hearing.Role,
                ["antwoord"] = Answer(hearing),
                ["tekst"] = hearing.Text,
                ["artikel"] = hearing.Article,
                ["bericht"] = hearing.InformedOn is { } day ? DutchText.Iso(day) : null,
            })]),
        };
    }

    public static string Answer(OutcomeHearing hearing) => hearing.Answer switch
    {
        AccessAnswer.Yes => "ja",
        AccessAnswer.OnRequest => "op verzoek",
        AccessAnswer.ViewOnly => "inzage zonder kopie",
        AccessAnswer.No => "nee",
        _ => "het protocol zegt het niet",
    };

    private static string How(Duty duty) => duty.State == DutyState.Deviated ? " afwijking getekend" : duty.Rule.GuardedBy.Count > 0 ? " door het programma bewaakt" : "";

    public static string State(Duty duty) => duty.State switch
    {
        DutyState.Kept => duty.Rule.GuardedBy.Count > 0 ? "bewaakt" : "nageleefd",
        DutyState.Open => "open",
        DutyState.Unknown => "vast te stellen",
        DutyState.Deviated => "afgeweken",
        DutyState.Offered => "mag",
        _ => "niet van toepassing",
    };
}
