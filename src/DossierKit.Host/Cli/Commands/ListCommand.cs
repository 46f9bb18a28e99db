using System.Text.Json.Nodes;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>list</c>: the dossiers the person may know of. No names and no content, so no purpose is asked.</summary>
internal sealed class ListCommand : CliCommand
{
    public ListCommand()
        : base("list", "List the dossiers you may know of: number, stage and dates, no names and no content.",
            "dossierkit list --data ./demo-data",
            "dossierkit list --data ./demo-data --as archivaris --json")
    {
        Add(CommonOptions.As);
        // Accepted, because it is asked everywhere else; a list opens nothing.
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var dossiers = await session.Register.ListAsync(session.Acting(), ct);

        context.Terminal.Json(new JsonArray([.. dossiers.Select(ToJson)]));
        if (dossiers.Count == 0)
        {
            context.Terminal.Line("Er zijn geen dossiers waar u van weet.");
            return ExitCode.Done;
        }

        context.Terminal.Table(["Nummer", "Fase", "Begonnen", "Gesloten", "Protocol"], dossiers.Select(dossier => (IReadOnlyList<string>)
        [
            dossier.Number.Value,
            Words.Of(dossier.Phase),
            DutchText.Short(dossier.StartedOn),
            dossier.ClosedOn is { } closed ? DutchText.Short(closed) : "",
            dossier.Protocol,
        ]));
        return ExitCode.Done;
    }

    private static JsonObject ToJson(DossierListing dossier) => new()
    {
        ["nummer"] = dossier.Number.Value,
        ["fase"] = Words.Of(dossier.Phase),
        ["begonnen"] = DutchText.Iso(dossier.StartedOn),
        ["gesloten"] = dossier.ClosedOn is { } closed ? DutchText.Iso(closed) : null,
        ["protocol"] = dossier.Protocol,
    };
}
