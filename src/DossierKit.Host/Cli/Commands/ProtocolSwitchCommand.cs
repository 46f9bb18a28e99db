using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>protocol switch</c>: from here on one case follows another protocol, with reasons, signed by a verantwoordelijke.</summary>
internal sealed class ProtocolSwitchCommand : CliCommand
{
    private readonly Option<string> _dossier = DossierOptions.Dossier();
    private readonly Option<string> _to = new("--to") { Description = "The protocol it follows from here on, such as waterlanden or waterlanden@2025.", HelpName = "ID[@VERSION]", Required = true };
    private readonly Option<string> _reason = new("--reason") { Description = "Why; kept in the dossier.", HelpName = "TEXT", Required = true };
    private readonly Option<string> _signed = new("--signed-by") { Description = "The verantwoordelijke who signs for it.", HelpName = "PERSON", Required = true };
    private readonly Option<string?> _date = new("--date") { Description = "The day of the decision. Default: today.", HelpName = "2026-03-02" };

    public ProtocolSwitchCommand()
        : base("switch", "Let one dossier follow another protocol. Without this it keeps the protocol in force on the day of the melding.",
            "dossierkit protocol switch --dossier WL-2026-0001 --to heerlen@2020 --reason \"De melding gaat over de periode voor de herindeling.\" --signed-by verantwoordelijke --data ./demo-data --as fi --purpose \"Protocol wisselen\"")
    {
        foreach (var option in (Option[])[_dossier, _to, _reason, _signed, _date, CommonOptions.As, CommonOptions.Purpose]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var date = context.Get(_date) is { } day ? Session.Day(day, "--date") : context.Today;
        var signatory = PersonOptions.Parse(context.Get(_signed)!);
        var (id, version) = ProtocolChoice.Parse(context.Get(_to)!);
        await using var session = await Session.OpenAsync(context, ct);
        var dossier = await session.OpenDossierAsync(context.Get(_dossier)!, ct);
        var before = dossier.Protocol;
        var state = (await dossier.SwitchProtocolAsync(new ProtocolReference(id, version), context.Get(_reason)!, signatory, date, ct)).OrRefuse();
        context.Terminal.Line($"Dossier {state.Number} volgt vanaf nu {dossier.Protocol}. Eerst was het {before.Id} {before.Version}.");
        context.Terminal.Line($"Kijk wat dit protocol nog vraagt: dossierkit show {state.Number} --checklist");
        context.Terminal.Json(new JsonObject
        {
            ["nummer"] = state.Number.Value,
            ["van"] = before.Id,
            ["vanVersie"] = before.Version,
            ["naar"] = state.ProtocolId,
            ["naarVersie"] = state.ProtocolVersion,
        });
        return ExitCode.Done;
    }
}

/// <summary>How a protocol is named on the command line.</summary>
internal static class ProtocolChoice
{
    /// <summary>Reads <c>id</c>, <c>id@version</c> or <c>id:version</c>.</summary>
    public static (string Id, string? Version) Parse(string text) => text.Split(['@', ':'], 2) is [var id, { Length: > 0 } version] ? (id, version) : (text.TrimEnd('@', ':'), null);

    /// <summary>The protocols shipped with the program, and with <c>--data</c> those installed in that vault too.</summary>
    public static async ValueTask<ProtocolLibrary> LibraryAsync(CommandContext context, CancellationToken ct)
    {
        if (context.DataOrNull is null) return ProtocolLibrary.Shipped;
        await using var session = await Session.OpenAsync(context, ct);
        // Which rules a municipality follows is for whoever works there.
        session.Acting();
        return session.Register.Protocols.Library;
    }

    /// <summary>The protocol of a name.</summary>
    /// <exception cref="RefusedException">There is none; with the nearest.</exception>
    public static Protocol Find(ProtocolLibrary library, string named)
    {
        var (id, version) = Parse(named);
        if (library.Find(id, version) is { } protocol) return protocol;
        var known = library.All.Select(other => other.Id == id ? $"{other.Id}@{other.Version}" : other.Id).Distinct(StringComparer.Ordinal).ToList();
        throw new RefusedException(new Refusal(
            $"Het protocol '{named}' is er niet.",
            CommandLine.Nearest(known, named) is { } near ? $"Bedoelt u '{near}'?" : "Het zit niet bij het programma en is niet geïnstalleerd.",
            $"Kies uit: {string.Join(", ", known.Order(StringComparer.Ordinal))}. Eigen protocollen ziet u met --data.")
        { Subject = "protocol" });
    }
}
