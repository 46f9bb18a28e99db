using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>record</c>: something happened in a case. The names and fields are those of the domain, on disk, in dossier.json and here.</summary>
internal sealed class RecordCommand : CliCommand
{
    private readonly Argument<string?> _event = new("EVENT") { Description = "The name of the event, such as kennisgeving-gedaan. 'record --list' shows all.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _dossier = new("--dossier") { Description = "The number of the dossier.", HelpName = "NR" };
    private readonly Option<string[]> _fields = new("--veld") { Description = "A field: yes or no as ja or nee, a day as 2026-03-02, a list by giving its field again, a field of a part as part.field.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _file = new("--fields") { Description = "A JSON file with the fields, instead of --veld.", HelpName = "FILE.json" };
    private readonly Option<bool> _list = new("--list") { Description = "List the events." };
    private readonly Option<bool> _help = new("--help-fields") { Description = "List the fields of this event." };

    public RecordCommand()
        : base("record", "Record an event in a dossier.",
            "dossierkit record --list",
            "dossierkit record kennisgeving-uitgesteld --help-fields",
            "dossierkit record kennisgeving-uitgesteld --dossier WL-2026-0001 --veld betrokkene=betrokkene-1 --veld reden=\"De administratie moet eerst worden veiliggesteld.\" --veld heroverwegenOp=2026-12-01 --data ./demo-data --as fi --purpose \"Uitstel vastleggen\"",
            "dossierkit record gesprek-gehouden --dossier WL-2026-0001 --fields ./gesprek.json --data ./demo-data --as onderzoeker --purpose \"Gesprek vastleggen\"")
    {
        Add(_event);
        foreach (var option in (Option[])[_dossier, _fields, _file, _list, _help, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Get(_list)) return List(context.Terminal);
        var name = context.Get(_event) ?? throw new UsageException("Which event? Give its name, or --list to see all.");
        var kind = EventKind.Find(name) ?? throw new RefusedException(new Refusal(
            $"De gebeurtenis '{name}' bestaat niet.",
            Nearest(name) is { } near ? $"Bedoelt u '{near}'?" : "De naam staat niet in de lijst van gebeurtenissen.",
            "Bekijk alle namen met: dossierkit record --list")
        { Subject = "soort" });
        if (context.Get(_help)) return Fields(kind, context.Terminal);
        if (kind.IsWrittenByRegister)
        {
            throw new RefusedException(new Refusal(
                $"De gebeurtenis '{name}' legt u niet zelf vast.",
                "Het programma schrijft deze gebeurtenis samen met waar ze over gaat, zodat de twee nooit uiteenlopen.",
                "Gebruik dossierkit new, add, move of assemble.")
            { Subject = "soort" });
        }

        var number = context.Get(_dossier) ?? throw new UsageException("--dossier is missing. Give the number of the dossier.");
        var happening = await ReadAsync(context, name, ct);
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(number, ct);
        var state = (await dossier.RecordAsync(happening, ct)).OrRefuse();

        context.Terminal.Line($"Vastgelegd in {state.Number}: {name}, {DutchText.Date(happening.Date)}. Fase: {Words.Of(state.Phase)}.");
        context.Terminal.Json(new JsonObject
        {
            ["nummer"] = state.Number.Value,
            ["soort"] = name,
            ["datum"] = DutchText.Iso(happening.Date),
            ["fase"] = Words.Of(state.Phase),
            ["checkpoint"] = state.Checkpoint,
        });
        return ExitCode.Done;
    }

    private async ValueTask<DossierEvent> ReadAsync(CommandContext context, string name, CancellationToken ct)
    {
        var given = context.Get(_fields) ?? [];
        if (context.Get(_file) is { } path)
        {
            if (given.Length > 0) throw new UsageException("--veld and --fields cannot be combined: put all fields in the file, or all on the command line.");
            return EventInput.FromJson(await InputFile.ReadAsync(path, ct), Path.GetFileName(path), name).OrRefuse();
        }

        var fields = given.Select(text => text.Split('=', 2) is [{ Length: > 0 } field, var value]
            ? KeyValuePair.Create(field.Trim(), value)
            : throw new UsageException($"--veld '{text}' is no NAME=VALUE. See 'dossierkit record {name} --help-fields'.")).ToList();
        if (fields.TrueForAll(field => field.Key != "datum")) fields.Add(KeyValuePair.Create("datum", DutchText.Iso(context.Today)));
        return EventInput.FromFields(name, fields).OrRefuse();
    }

    private static ExitCode List(Terminal terminal)
    {
        var kinds = EventKind.All.Where(kind => !kind.IsWrittenByRegister).ToList();
        terminal.Table(["Gebeurtenis", "Compartiment", "Verplichte velden"], kinds.Select(kind => (IReadOnlyList<string>)
            [kind.Name, kind.Compartment.Name, string.Join(", ", kind.Fields.Where(field => field.IsRequired).Select(field => field.Name))]));
        terminal.Json(new JsonArray([.. kinds.Select(ToJson)]));
        return ExitCode.Done;
    }

    private static ExitCode Fields(EventKind kind, Terminal terminal)
    {
        terminal.Line($"{kind.Name} (compartiment {kind.Compartment.Name})");
        terminal.Table(["Veld", "Verplicht", "Vorm", "Betekenis"], kind.Fields.Select(field => (IReadOnlyList<string>)
            [field.Name, field.IsRequired ? "ja" : "", field.Shape, field.Description]));
        terminal.Json(ToJson(kind));
        return ExitCode.Done;
    }

    private static JsonObject ToJson(EventKind kind) => new()
    {
        ["soort"] = kind.Name,
        ["compartiment"] = kind.Compartment.Name,
        ["velden"] = new JsonArray([.. kind.Fields.Select(field => new JsonObject
        {
            ["veld"] = field.Name,
            ["verplicht"] = field.IsRequired,
            ["vorm"] = field.Shape,
            ["betekenis"] = field.Description,
        })]),
    };

    private static string? Nearest(string name) => CommandLine.Nearest(EventNames.All, name);
}
