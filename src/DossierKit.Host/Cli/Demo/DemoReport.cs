using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Demo;

/// <summary>What the demo tells: one line a dossier, what the letters that cannot go yet miss and by which article, which terms run, where everything is, what to try.</summary>
internal sealed class DemoReport(DemoFolders folders, Terminal terminal)
{
    private readonly List<DemoCase> _cases = [];

    /// <summary>What is kept how long.</summary>
    public DemoRetention Retention { get; set; } = new([], null);

    /// <summary>How many cards there are to compare with.</summary>
    public int Cards { get; set; }

    public IReadOnlyList<DemoCase> Cases => _cases;

    public void Add(DemoCase one) => _cases.Add(one);

    public void Write()
    {
        if (terminal.IsJson)
        {
            terminal.Json(ToJson());
            return;
        }

        terminal.Line("DossierKit: een voorbeeld met verzonnen dossiers van de verzonnen gemeente Waterlanden.");
        terminal.Line($"{DutchText.Count(_cases.Count, "dossier", "dossiers")} met {DutchText.Count(_cases.Sum(one => one.FileCount), "bestand", "bestanden")}, versleuteld opgeslagen; {DutchText.Count(_cases.Sum(one => one.Made), "stuk", "stukken")} gemaakt, elk volledig volgens het protocol van het dossier.");
        terminal.Line();
        terminal.Table(["Dossier", "Waarover", "Over een", "Melder", "Protocol", "Hoe ver", "Stukken", "Open"], _cases.Select(one => (IReadOnlyList<string>)
            [one.Number.Value, one.Subject, one.About, one.Melders, $"{one.Dossier.Protocol.Id} {one.Dossier.Protocol.Version}", one.Standing, DutchText.Number(one.Made), one.Open]));
        foreach (var one in _cases) WriteRefused(one);
        WriteTerms();
        Retention.Write(terminal);
        WritePlaces();
        WriteCommands();
    }

    private void WriteRefused(DemoCase one)
    {
        foreach (var letter in one.Letters.Where(letter => !letter.Outcome.IsDone))
        {
            var refusals = letter.Outcome.Refusals;
            terminal.Line();
            terminal.Line($"Dossier {one.Number}, {one.Dossier.Protocol.Word(letter.Plan.Kind)}: kan nog niet. {DutchText.Count(refusals.Count, "punt staat", "punten staan")} nog open:");
            for (var i = 0; i < refusals.Count; i++)
            {
                terminal.Line($"  {i + 1}. {refusals[i].What}");
                terminal.Line($"     Waarom: {refusals[i].Why}");
                terminal.Line($"     Wat nu: {CommandAdvice.WhatNow(refusals[i])}");
            }
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
        => [.. _cases.Where(one => !one.Dossier.State.IsClosed).SelectMany(one => one.OpenTerms.Select(term => (one.Number, one.Day, term)))];

    private void WritePlaces()
    {
        terminal.Line();
        terminal.Line("Waar staat alles?");
        terminal.Line($"  {Invocation.PathFromHere(folders.Out)}: de stukken, leesbaar, een map voor elk dossier. Open ze in Word of LibreOffice.");
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
        var first = (_cases.Find(one => !one.Dossier.State.IsClosed && one.Letters.All(letter => letter.Outcome.IsDone)) ?? _cases[0]).Number;
        yield return ("Een dossier bekijken, als functionaris integriteit:", $"{run} show {first} {at} --as fi --purpose \"Kennismaken\"");
        yield return ("Hetzelfde dossier, als iemand zonder rol:", $"{run} show {first} {at} --as vreemde --purpose \"Kennismaken\"");
        if (Unfinished() is var (open, kind))
        {
            yield return ("Zien wat een onvolledig dossier nog vraagt:", $"{run} assemble {kind} --dossier {open} --questions {at} --as fi --purpose \"Stuk opstellen\"");
            yield return ("Er toch een concept van maken, met de gaten gemarkeerd:", $"{run} assemble {kind} --dossier {open} --concept --out {Invocation.PathFromHere(Path.Combine(folders.Out, $"{open}-concept.docx"))} {at} --as fi --purpose \"Stuk opstellen\"");
        }

        yield return ("Zien wat wanneer weg mag of moet, en waarom:", $"{run} retention plan {at} --as archivaris");
        if (Retention.List is { } list) yield return ("Als archivaris de lijst bekijken die op u wacht:", $"{run} destruction status {list.Number} {at} --as archivaris");
        if (Cards > 0 && _cases.Find(one => one.Dossier.State.Phase < DossierPhase.Besluit && one.Dossier.State.Betrokkenen is [{ Position: Position.Medewerker }]) is { } undecided)
            yield return ($"Vergelijken met {DutchText.Count(Cards, "eerdere zaak", "eerdere zaken")}, als wie over een maatregel beslist:", $"{run} similar {undecided.Number} --type misbruik-bedrijfsmiddelen-interne-regels {at} --as verantwoordelijke --purpose \"Maatregel afwegen\"");
        yield return ("De hele kluis controleren:", $"{run} verify {at}");
    }

    private (DossierNumber Number, string Kind)? Unfinished()
        => _cases.SelectMany(one => one.Letters.Where(letter => letter.Plan.IsRefused && !letter.Outcome.IsDone).Select(letter => ((DossierNumber, string)?)(one.Number, letter.Plan.Kind))).FirstOrDefault();

    private JsonObject ToJson() => new()
    {
        ["data"] = folders.Data,
        ["state"] = folders.State,
        ["out"] = folders.Out,
        ["dossiers"] = new JsonArray([.. _cases.Select(one => new JsonObject
        {
            ["nummer"] = one.Number.Value,
            ["map"] = one.Folder,
            ["protocol"] = one.Dossier.Protocol.Id,
            ["gesloten"] = one.Dossier.State.IsClosed,
            ["bestanden"] = one.FileCount,
            ["open"] = new JsonArray([.. one.OpenDuties.Select(duty => new JsonObject { ["regel"] = duty.Rule.Id, ["artikel"] = duty.Rule.Article, ["persoon"] = duty.Subject, ["feiten"] = new JsonArray([.. duty.OpenFacts.Select(fact => JsonValue.Create(fact))]) })]),
            ["stukken"] = new JsonArray([.. one.Letters.Select(ToJson)]),
        })]),
        ["termijnen"] = new JsonArray([.. OpenTerms().Select(line =>
        {
            var term = DossierJson.Term(line.Term);
            term.Insert(0, "nummer", line.Number.Value);
            term.Insert(1, "op", DutchText.Iso(line.Day));
            return term;
        })]),
        ["bewaring"] = Retention.ToJson(),
        ["try"] = new JsonArray([.. Commands().Select(pair => JsonValue.Create(pair.Command))]),
    };

    private static JsonObject ToJson(DemoLetter letter) => new()
    {
        ["soort"] = letter.Plan.Kind,
        ["aan"] = letter.Plan.Request.Addressee,
        ["betrokkene"] = letter.Plan.Request.Betrokkene?.Value,
        ["geadresseerde"] = letter.Outcome.IsDone ? letter.Outcome.Value.Stored?.Document.Addressee?.Value : null,
        ["verwacht"] = letter.Plan.IsRefused ? "geweigerd" : "gemaakt",
        ["document"] = letter.Outcome.IsDone ? letter.File : null,
        ["remarks"] = new JsonArray([.. letter.Outcome.IsDone ? letter.Outcome.Value.Remarks.Select(remark => JsonValue.Create(remark)) : []]),
        ["refusals"] = Terminal.ToJson(letter.Outcome.Refusals),
    };
}
