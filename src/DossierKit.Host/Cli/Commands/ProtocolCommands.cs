using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>protocol check</c>: whether a municipality's own protocol file can be used, and everything that is wrong with it at once.</summary>
internal sealed class ProtocolCheckCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The protocol (.json)." };

    public ProtocolCheckCommand()
        : base("check", "Check a protocol file: every mistake at once, with line, path, article and what to write instead.",
            "dossierkit protocol check ./waterlanden-2026.json")
        => Add(_file);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        var bytes = await InputFile.ReadAsync(path, ct);
        var protocol = ProtocolLoader.Load(bytes, Path.GetFileName(path)).OrRefuse();
        // An overlay can be right by itself and still not fit its base.
        ProtocolLibrary.Shipped.With(bytes, Path.GetFileName(path)).OrRefuse();

        context.Terminal.Line($"Dit protocol kan worden gebruikt: {protocol}.");
        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"{protocol.Documents.Count} soorten stukken met {protocol.Documents.Sum(document => document.Elements.Count)} onderdelen, {protocol.Terms.Count} termijnen, {protocol.Rules.Count} andere regels, {protocol.Choices.Count} gemaakte keuzes."));
        context.Terminal.Line($"Geldig vanaf {DutchText.Date(protocol.InForceFrom)}{(protocol.InForceTo is { } last ? $" tot en met {DutchText.Date(last)}" : "")}.");
        context.Terminal.Json(new JsonObject
        {
            ["id"] = protocol.Id,
            ["version"] = protocol.Version,
            ["gemeente"] = protocol.Municipality,
            ["titel"] = protocol.Title,
            ["vanaf"] = DutchText.Iso(protocol.InForceFrom),
            ["tot"] = protocol.InForceTo is { } end ? DutchText.Iso(end) : null,
            ["stukken"] = protocol.Documents.Count,
            ["termijnen"] = protocol.Terms.Count,
            ["regels"] = protocol.Rules.Count,
        });
        return ExitCode.Done;
    }
}
