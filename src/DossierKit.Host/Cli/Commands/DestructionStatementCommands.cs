using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>destruction verklaring</c>: writes the statement of a list that was carried out.</summary>
internal sealed class DestructionStatementCommand : CliCommand
{
    private readonly Argument<string> _list = DestructionOptions.List();
    private readonly Option<string> _out = new("--out") { Description = "Where it goes: .json (signed, for the archive), .csv (the columns of Open Archiefbeheer) or .docx.", HelpName = "FILE", Required = true };
    private readonly Option<bool> _overwrite = OutputFile.Overwrite();

    public DestructionStatementCommand()
        : base("verklaring", "Write the verklaring van vernietiging of a list that was carried out: signed, without names and content.",
            "dossierkit destruction verklaring VL-2026-0001 --out VL-2026-0001.json --data ./vault",
            "dossierkit destruction verklaring VL-2026-0001 --out VL-2026-0001.docx --data ./vault")
    {
        Add(_list);
        foreach (var option in (Option[])[_out, _overwrite, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_out)!;
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".json" or ".csv" or ".docx")) throw new UsageException($"--out '{path}' must end in .json, .csv or .docx.");
        OutputFile.EnsureFree(path, context.Get(_overwrite));
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        var signed = (await lists.StatementAsync(session.Acting(), context.Get(_list)!, ct)).OrRefuse();
        ReadOnlyMemory<byte> bytes = kind switch
        {
            ".json" => Encoding.UTF8.GetBytes(signed.Json),
            ".csv" => (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(StatementCsv.Write(signed.Statement))],
            _ => StatementDocument.Render(session.Register, signed),
        };
        await OutputFile.WriteAsync(path, bytes, ct);
        context.Terminal.Line($"Verklaring van vernietiging {signed.Statement.List} geschreven naar {path}.");
        context.Terminal.Line($"Ondertekend met de sleutel met vingerafdruk {signed.Key.Fingerprint}.");
        context.Terminal.Json(new JsonObject { ["lijst"] = signed.Statement.List, ["bestand"] = Path.GetFullPath(path), ["vingerafdruk"] = signed.Key.Fingerprint });
        return ExitCode.Done;
    }
}

/// <summary><c>destruction verify</c>: checks a statement, without a vault.</summary>
internal sealed class DestructionVerifyCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The signed statement (.json)." };
    private readonly Option<string?> _key = new("--key") { Description = "The public key it must be signed with: a .pem file, or its fingerprint as the municipality published it.", HelpName = "PUB" };

    public DestructionVerifyCommand()
        : base("verify", "Check a verklaring van vernietiging without a vault: its signature, and that it agrees with itself. Without --key anybody may have signed it.",
            "dossierkit destruction verify VL-2026-0001.json --key waterlanden.pem")
    {
        Add(_file);
        Add(_key);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        string? expected = null;
        if (context.Get(_key) is { } named)
        {
            expected = StatementKey.FingerprintOf(File.Exists(named) ? Encoding.UTF8.GetString(await InputFile.ReadAsync(named, ct)) : named)
                ?? throw new UsageException($"--key '{named}' is no file with a public key, nor a fingerprint of 64 digits.");
        }

        var signed = SignedStatement.Check(await InputFile.ReadAsync(context.Get(_file)!, ct), expected).OrRefuse();
        var said = signed.Statement;
        if (expected is null)
        {
            context.Terminal.Line("Niet vergeleken met een bekende sleutel: iedereen kan zo'n verklaring maken en ondertekenen.");
            context.Terminal.Line($"Vergelijk deze vingerafdruk met die van de gemeente: {signed.Key.Fingerprint}");
        }

        context.Terminal.Line(expected is null
            ? $"De verklaring van lijst {said.List} is sinds de ondertekening niet veranderd en spreekt zichzelf niet tegen. Van wie zij is, staat niet vast."
            : $"De verklaring van lijst {said.List} klopt: ondertekend met de opgegeven sleutel, en in zichzelf in orde.");
        context.Terminal.Line($"Vernietigd: {said.Counts.Destroyed}; bewaard: {said.Counts.Kept}; over te dragen: {said.Counts.ToTransfer}; mislukt: {said.Counts.Failed}.");
        context.Terminal.Json(new JsonObject
        {
            // Whole in itself; whose it is, only a key that was given can tell.
            ["geldig"] = true,
            ["vertrouwd"] = expected is null ? null : true,
            ["lijst"] = said.List,
            ["organisatie"] = said.Organisation,
            ["vingerafdruk"] = signed.Key.Fingerprint,
            ["sleutelVergeleken"] = expected is not null,
            ["vernietigd"] = said.Counts.Destroyed,
            ["bewaard"] = said.Counts.Kept,
            ["overTeDragen"] = said.Counts.ToTransfer,
            ["mislukt"] = said.Counts.Failed,
        });
        return ExitCode.Done;
    }
}

/// <summary><c>destruction key</c>: the public key statements are checked with.</summary>
internal sealed class DestructionKeyCommand : CliCommand
{
    private readonly Option<string?> _out = new("--out") { Description = "Where the key goes (.pem). Default: the screen.", HelpName = "FILE" };
    private readonly Option<bool> _overwrite = OutputFile.Overwrite();

    public DestructionKeyCommand()
        : base("key", "Show the public key that statements of this vault are signed with: publish it, so that others can check them.",
            "dossierkit destruction key --out waterlanden.pem --data ./vault")
    {
        Add(_out);
        Add(_overwrite);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (context.Get(_out) is { } wanted) OutputFile.EnsureFree(wanted, context.Get(_overwrite));
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        var key = lists.Key;
        if (context.Get(_out) is { } path) await OutputFile.WriteAsync(path, Encoding.UTF8.GetBytes(key.Pem), ct);
        else context.Terminal.Line(key.Pem.TrimEnd());
        context.Terminal.Line($"Vingerafdruk: {key.Fingerprint}");
        context.Terminal.Json(new JsonObject { ["vingerafdruk"] = key.Fingerprint, ["sleutel"] = key.Pem, ["algoritme"] = StatementKey.Algorithm });
        return ExitCode.Done;
    }
}

/// <summary><c>destruction clock show</c>: whether the clock can be trusted.</summary>
internal sealed class DestructionClockShowCommand : CliCommand
{
    public DestructionClockShowCommand()
        : base("show", "Show whether the clock of this computer can be trusted to decide that a time has come.", "dossierkit destruction clock show --data ./vault")
        => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        DestructionClockView.Show(context.Terminal, (await lists.ClockAsync(session.Acting(), ct)).OrRefuse());
        return ExitCode.Done;
    }
}

/// <summary><c>destruction clock confirm</c>: two people say that the clock is right.</summary>
internal sealed class DestructionClockConfirmCommand : CliCommand
{
    public DestructionClockConfirmCommand()
        : base("confirm", "Say that the clock of this computer is right, after looking at another clock. Two people, each with an account of his own, within a day.",
            "dossierkit destruction clock confirm --data ./vault")
        => Add(CommonOptions.As);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var lists = DestructionRegister.Of(session.Register);
        DestructionClockView.Show(context.Terminal, (await lists.ConfirmClockAsync(session.Acting(), ct)).OrRefuse());
        return ExitCode.Done;
    }
}

/// <summary>The state of the clock as text and as JSON.</summary>
internal static class DestructionClockView
{
    public static void Show(Terminal terminal, ClockStatus status)
    {
        terminal.Line($"De klok staat op {DestructionView.Moment(status.Reading.Now)}.");
        if (status.Refusal is null) terminal.Line("Zij loopt zoals verwacht.");
        else terminal.Line($"{status.Refusal.What} {status.Refusal.Why} {status.Refusal.WhatNow}");
        if (status is { Refusal: not null, AskedBy: { } first }) terminal.Line($"{first} zegt dat de klok goed staat. Een tweede persoon moet dat bevestigen.");
        terminal.Json(new JsonObject
        {
            ["klok"] = status.Reading.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["vertrouwd"] = status.Refusal is null,
            ["twijfel"] = status.Refusal is null ? null : status.Reading.Doubt == ClockDoubt.None ? "terug" : status.Reading.Doubt switch { ClockDoubt.RanBack => "terug", ClockDoubt.RanAhead => "vooruit", _ => "sprong" },
            ["eersteBevestiging"] = status.AskedBy?.Value,
        });
    }
}
