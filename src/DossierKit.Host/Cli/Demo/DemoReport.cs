using System.Text.Json.Nodes;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Demo;

/// <summary>What the demo tells: which letters there are, what the others miss and by which article, which terms run, where everything is, what to try.</summary>
internal sealed class DemoReport(DemoFolders folders, Terminal terminal)
{
    private readonly List<Line> _lines = [];

    private sealed record Line(OpenDossier Dossier, DossierImport Import, Outcome<AssembledDocument> Outcome, string File);

    public void Add(OpenDossier dossier, DossierImport import, Outcome<AssembledDocument> outcome, string file) => _lines.Add(new Line(dossier, import, outcome, file));

    public void Write()
    {
        if (terminal.IsJson)
        {
            terminal.Json(ToJson());
            return;
        }

        terminal.Line("DossierKit: een voorbeeld met verzonnen dossiers van de verzonnen gemeente Waterlanden.");
        foreach (var line in _lines) Write(line);
        WriteTerms();
        WritePlaces();
        WriteCommands();
    }

    // The samples play on days of their own; terms are judged on the day of a dossier's last event, so that the demo shows the same on any day.
    private static DateOnly DayOf(OpenDossier dossier) => dossier.State.Events.Select(recorded => recorded.Event).Where(Happened).Max(happened => happened.Date);

    // What was filed on the day of the import tells nothing about the day of the story.
    private static bool Happened(DossierEvent recorded) => recorded is not (PersonAdded or AnswersRecorded) && !EventKind.Of(recorded.GetType()).IsWrittenByRegister;

    private void Write(Line line)
    {
        terminal.Line();
        terminal.Line($"Dossier {line.Dossier.Number}: {DutchText.Count(line.Dossier.State.Events.Count, "gebeurtenis", "gebeurtenissen")} en {DutchText.Count(line.Import.FileCount, "bestand", "bestanden")}, versleuteld opgeslagen.");
        if (line.Outcome.IsDone)
        {
            terminal.Line($"  De kennisgeving is volledig volgens het protocol: {Invocation.PathFromHere(line.File)}");
            foreach (var remark in line.Outcome.Value.Remarks) terminal.Line($"  Let op: {remark}");
            return;
        }

        terminal.Line($"  De kennisgeving kan nog niet. {DutchText.Count(line.Outcome.Refusals.Count, "punt staat", "punten staan")} nog open:");
        for (var i = 0; i < line.Outcome.Refusals.Count; i++)
        {
            var refusal = line.Outcome.Refusals[i];
            terminal.Line($"  {i + 1}. {refusal.What}");
            terminal.Line($"     Waarom: {refusal.Why}");
            terminal.Line($"     Wat nu: {refusal.WhatNow}");
        }
    }

    private void WriteTerms()
    {
        var open = OpenTerms();
        if (open.Count == 0) return;
        terminal.Line();
        terminal.Line("Termijnen, bekeken op de dag van de laatste gebeurtenis in elk dossier:");
        terminal.Table(["Dossier", "Op", "Uiterlijk", "Stand", "Wat", "Artikel"], open.Select(line =>
        {
            var cells = TermTable.Row(line.Term);
            return (IReadOnlyList<string>)[line.Number.Value, DutchText.Short(line.Day), cells[0], cells[1], cells[2], cells[4]];
        }));
    }

    private List<(DossierNumber Number, DateOnly Day, Term Term)> OpenTerms()
        => [.. _lines.Select(line => (line.Dossier, Day: DayOf(line.Dossier)))
            .SelectMany(line => line.Dossier.Terms(line.Day).Where(TermTable.IsOpen).Select(term => (line.Dossier.Number, line.Day, term)))];

    private void WritePlaces()
    {
        terminal.Line();
        terminal.Line("Waar staat alles?");
        terminal.Line($"  {Invocation.PathFromHere(folders.Out)}: de brieven, leesbaar. Open ze in Word of LibreOffice.");
        terminal.Line($"  {Invocation.PathFromHere(folders.Data)}: de kluis, versleuteld. De sleutel ligt er alleen bij omdat dit een voorbeeld is.");
        terminal.Line($"  {Invocation.PathFromHere(folders.State)}: wat het programma onthoudt om terugdraaien te merken.");
        terminal.Line("  Met dezelfde opdracht begint het voorbeeld opnieuw; opruimen is deze drie mappen verwijderen.");
    }

    private void WriteCommands()
    {
        terminal.Line();
        terminal.Line("Wat kunt u nu proberen?");
        foreach (var (why, command) in Commands())
        {
            terminal.Line($"  {why}");
            terminal.Line($"    {command}");
        }
    }

    private IEnumerable<(string Why, string Command)> Commands()
    {
        var run = Invocation.Words;
        var at = $"--data {Invocation.PathFromHere(folders.Data)}"
            + (folders.State == CommandContext.DemoState(folders.Data) ? "" : $" --state {Invocation.PathFromHere(folders.State)}");
        var first = _lines[0].Dossier.Number;
        yield return ("Een dossier bekijken, als functionaris integriteit:", $"{run} show {first} {at} --as fi --purpose \"Kennismaken\"");
        yield return ("Hetzelfde dossier, als iemand zonder rol:", $"{run} show {first} {at} --as vreemde --purpose \"Kennismaken\"");
        if (_lines.Find(line => !line.Outcome.IsDone) is { } open)
        {
            yield return ("Zien wat een onvolledig dossier nog vraagt:", $"{run} assemble kennisgeving --dossier {open.Dossier.Number} --questions {at} --as fi --purpose \"Kennisgeving opstellen\"");
            yield return ("Er toch een concept van maken, met de gaten gemarkeerd:", $"{run} assemble kennisgeving --dossier {open.Dossier.Number} --concept --out {Invocation.PathFromHere(Path.Combine(folders.Out, $"{open.Dossier.Number}-concept.docx"))} {at} --as fi --purpose \"Kennisgeving opstellen\"");
        }

        yield return ("De hele kluis controleren:", $"{run} verify {at}");
    }

    private JsonObject ToJson() => new()
    {
        ["data"] = folders.Data,
        ["state"] = folders.State,
        ["out"] = folders.Out,
        ["dossiers"] = new JsonArray([.. _lines.Select(line => new JsonObject
        {
            ["nummer"] = line.Dossier.Number.Value,
            ["bestanden"] = line.Import.FileCount,
            ["document"] = line.Outcome.IsDone ? line.File : null,
            ["refusals"] = Terminal.ToJson(line.Outcome.Refusals),
        })]),
        ["termijnen"] = new JsonArray([.. OpenTerms().Select(line =>
        {
            var term = DossierJson.Term(line.Term);
            term.Insert(0, "nummer", line.Number.Value);
            term.Insert(1, "op", DutchText.Iso(line.Day));
            return term;
        })]),
        ["try"] = new JsonArray([.. Commands().Select(pair => JsonValue.Create(pair.Command))]),
    };
}
