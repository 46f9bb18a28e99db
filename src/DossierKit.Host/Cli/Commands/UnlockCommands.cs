using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>unlock list</c>: the ways to open the vault.</summary>
internal sealed class UnlockListCommand : CliCommand
{
    public UnlockListCommand()
        : base("list", "List the ways to open this vault. Nothing secret is shown.",
            "dossierkit unlock list --data ./vault --unlock-file /media/stick/vault.unlock")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var slots = await session.Vault.ListUnlockAsync(ct);
        context.Terminal.Json(new JsonArray([.. slots.Select(slot => new JsonObject
        {
            ["id"] = slot.Id.ToString(),
            ["kind"] = UnlockOptions.Word(slot.Kind),
            ["iterations"] = slot.Iterations > 0 ? slot.Iterations : null,
        })]));
        context.Terminal.Table(["Slot", "Kind", "Iterations"], slots.Select(slot => (IReadOnlyList<string>)
            [slot.Id.ToString(), UnlockOptions.Word(slot.Kind), slot.Iterations > 0 ? slot.Iterations.ToString(CultureInfo.InvariantCulture) : ""]));
        return ExitCode.Done;
    }
}

/// <summary><c>unlock add</c>: one more way to open the vault; the first half of changing a passphrase.</summary>
internal sealed class UnlockAddCommand : CliCommand
{
    private readonly Option<string?> _new = new("--new-unlock-file") { Description = "A file of random bytes (made when it is not there yet) or a certificate. Default: a passphrase that is asked for.", HelpName = "FILE" };

    public UnlockAddCommand()
        : base("add", "Add a way to open this vault: a passphrase, a file or a certificate. To change a passphrase, add the new one and remove the old.",
            "dossierkit unlock add --data ./vault --unlock-file ./recovery.pem",
            "dossierkit unlock add --new-unlock-file /media/stick/vault.unlock --data ./vault")
        => Add(_new);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        // First: a way in that nobody can see in the log must not come to be.
        await session.Register.BeginTaskAsync(SystemTaskKind.Rewrap, by: null, ct);
        var (secret, made) = Unlock.Choose(context.Get(_new), context.Data, context.Terminal);
        try
        {
            var slot = await session.Vault.AddUnlockAsync(secret, ct);
            context.Terminal.Line($"Slot {slot} ({UnlockOptions.Word(secret.Kind)}) opens the vault from now on.{(made is null ? "" : $" The file is {made}: keep it on another disk than the vault.")}");
            context.Terminal.Json(new JsonObject { ["id"] = slot.ToString(), ["kind"] = UnlockOptions.Word(secret.Kind), ["unlockFile"] = made });
        }
        catch
        {
            if (made is not null) File.Delete(made);
            throw;
        }

        return ExitCode.Done;
    }
}

/// <summary><c>unlock remove</c>: a way to open the vault less.</summary>
internal sealed class UnlockRemoveCommand : CliCommand
{
    private readonly Argument<string> _slot = new("SLOT") { Description = "The slot, as 'unlock list' prints it." };

    public UnlockRemoveCommand()
        : base("remove", "Remove a way to open this vault; never the last one, and never the recovery key. Copies of the vault from before still open with it.",
            "dossierkit unlock remove 3f2a9c0d3f2a9c0d3f2a9c0d3f2a9c0d --data ./vault")
        => Add(_slot);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (!OpaqueId.TryParse(context.Get(_slot), out var slot)) throw new UsageException($"'{context.Get(_slot)}' is no slot: 32 digits 0-9 and a-f, as 'dossierkit unlock list' prints them.");
        await using var session = await Session.OpenAsync(context, ct);
        await session.Register.BeginTaskAsync(SystemTaskKind.Rewrap, by: null, ct);
        await session.Vault.RemoveUnlockAsync(slot, ct);
        context.Terminal.Line($"Slot {slot} is removed. Copies of the vault from before still open with its secret: destroy them too when the secret is known to others.");
        context.Terminal.Json(new JsonObject { ["id"] = slot.ToString() });
        return ExitCode.Done;
    }
}

/// <summary>What the commands on unlock slots share.</summary>
internal static class UnlockOptions
{
    public static string Word(UnlockKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
