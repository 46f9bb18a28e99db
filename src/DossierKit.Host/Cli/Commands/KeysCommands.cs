using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Recovery;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>keys status</c>: what keys there are, how old, and who else could open the vault.</summary>
internal sealed class KeysStatusCommand : CliCommand
{
    public KeysStatusCommand()
        : base("status", "Say which keys there are: ways in, ring keys and their age, the recovery key and its shares, the last drills, and the backups that hold keys. Nothing secret is shown.",
            "dossierkit keys status --data ./demo-data",
            "dossierkit keys status --data /srv/dossierkit/vault --json")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var register = await BackupRegister.OpenAsync(session.Vault, ct);
        var slots = await session.Vault.ListUnlockAsync(ct);
        var ring = await KeyRotation.StatusAsync(session.Vault, ct);
        var holders = register.Sets.Where(set => set.HoldsKeys).ToList();
        var (escrow, drill, restore) = (register.LastEscrow, register.LastDrill(DrillKind.RecoveryShares), register.LastDrill(DrillKind.Restore));
        var older = ring.Where(key => !key.IsCurrent).Sum(key => key.Streams);
        context.Terminal.Json(new JsonObject
        {
            ["vault"] = session.Vault.Id.ToString(),
            ["recoveryKey"] = session.Vault.RecoveryKeyId.ToString(),
            ["unlock"] = new JsonArray([.. slots.Select(slot => new JsonObject { ["id"] = slot.Id.ToString(), ["kind"] = UnlockOptions.Word(slot.Kind) })]),
            ["ring"] = new JsonArray([.. ring.Select(key => new JsonObject { ["id"] = key.Id.ToString("n"), ["made"] = key.Made is { } made ? BackupOptionsOf.Instant(made) : null, ["streams"] = key.Streams, ["current"] = key.IsCurrent })]),
            ["streamsUnderOlderKey"] = older,
            ["escrow"] = escrow is null ? null : new JsonObject { ["at"] = BackupOptionsOf.Instant(escrow.At), ["shares"] = escrow.Shares, ["threshold"] = escrow.Threshold, ["splitting"] = escrow.Splitting },
            ["lastDrill"] = drill is { } shares ? BackupOptionsOf.Instant(shares) : null,
            ["lastRestoreDrill"] = restore is { } restored ? BackupOptionsOf.Instant(restored) : null,
            ["backups"] = new JsonArray([.. holders.Select(set => BackupOptionsOf.ToJson(set, context.Today))]),
        });

        var terminal = context.Terminal;
        terminal.Line($"Kluis {session.Vault.Id}");
        terminal.Line($"Herstelsleutel {session.Vault.RecoveryKeyId}: "
            + (escrow is null ? "nog niet verdeeld." : string.Create(CultureInfo.InvariantCulture, $"verdeeld op {BackupOptionsOf.Instant(escrow.At)} in {escrow.Shares} delen, {escrow.Threshold} nodig (verdeling {escrow.Splitting}).")));
        terminal.Line($"Laatste oefening met de delen: {(drill is { } at ? BackupOptionsOf.Instant(at) : "nooit")}. Laatste oefening met terugzetten: {(restore is { } back ? BackupOptionsOf.Instant(back) : "nooit")}.");
        terminal.Table(["Manier om te openen", "Soort"], slots.Select(slot => (IReadOnlyList<string>)[slot.Id.ToString(), UnlockOptions.Word(slot.Kind)]));
        terminal.Table(["Sleutel van de ring", "Gemaakt", "Reeksen", "In gebruik"], ring.Select(key => (IReadOnlyList<string>)
            [key.Id.ToString("n"), key.Made is { } made ? BackupOptionsOf.Instant(made) : "met de kluis", DutchText.Number(key.Streams), key.IsCurrent ? "ja" : key.Streams > 0 ? "nog wel" : "nee"]));
        if (older > 0) terminal.Line($"{older} reeksen liggen nog onder een oudere sleutel van de ring: rond het vernieuwen af met 'dossierkit keys rotate'.");
        terminal.Table(["Reservekopie met sleutels", "Gemaakt", "Plaats", "Tot en met"], holders.Select(set => (IReadOnlyList<string>)[set.Id.ToString(), BackupOptionsOf.Instant(set.At), set.Label, set.Status == BackupSetStatus.Unknown ? "tot iemand zegt dat ze weg zijn" : DutchText.Short(set.KeysUntil)]));
        return ExitCode.Done;
    }
}

/// <summary><c>keys rotate</c>: a new ring key, and every stream key wrapped under it.</summary>
internal sealed class KeysRotateCommand : CliCommand
{
    private readonly Option<bool> _dryRun = BackupOptionsOf.DryRun();

    public KeysRotateCommand()
        : base("rotate", "Make a new ring key and wrap every stream key under it, while the host works. Finishes an earlier rotation that was broken off. Old copies still open with the old key.",
            "dossierkit keys rotate --data /srv/dossierkit/vault",
            "dossierkit keys rotate --data ./demo-data --dry-run --json")
        => Add(_dryRun);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        if (context.Get(_dryRun))
        {
            var ring = await KeyRotation.StatusAsync(session.Vault, ct);
            var (streams, left) = (ring.Sum(key => key.Streams), ring.Where(key => !key.IsCurrent).Sum(key => key.Streams));
            context.Terminal.Json(new JsonObject { ["dryRun"] = true, ["new"] = left == 0, ["rewrapped"] = left == 0 ? streams : left, ["streams"] = streams });
            context.Terminal.Line(left == 0
                ? $"Er zou een nieuwe sleutel van de ring komen, en {streams} reeksen zouden daaronder komen te liggen. Er is niets gewijzigd."
                : $"Een eerdere vernieuwing zou worden afgerond: {left} van {streams} reeksen. Er is niets gewijzigd.");
            return ExitCode.Done;
        }

        await session.Register.BeginTaskAsync(SystemTaskKind.Rewrap, by: null, ct);
        var report = await Terminal.WithProgressAsync("Wrapping the keys anew", bar => KeyRotation.RotateAsync(session.Vault, context.Clock, bar, ct));
        context.Terminal.Json(new JsonObject { ["dryRun"] = false, ["new"] = report.IsNew, ["current"] = report.Current.ToString("n"), ["rewrapped"] = report.Rewrapped, ["streams"] = report.Streams });
        context.Terminal.Line(report.IsNew
            ? $"Er is een nieuwe sleutel van de ring, en {report.Rewrapped} reeksen liggen daaronder."
            : $"De eerdere vernieuwing is afgerond: {report.Rewrapped} van {report.Streams} reeksen lagen nog onder een oudere sleutel. Er is geen nieuwe sleutel gemaakt.");
        context.Terminal.Line("De oude sleutel blijft in de ring. Kopieën van vóór nu gaan er nog mee open.");
        return ExitCode.Done;
    }
}

/// <summary><c>keys escrow</c>: the recovery key over several holders, on sheets to print.</summary>
internal sealed class KeysEscrowCommand : CliCommand
{
    private readonly Option<string> _key = new("--recovery-key") { Description = "The file with the recovery key that init wrote. Delete it when the sheets are handed out and tried.", HelpName = "FILE.pem", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "The folder for the sheets: a stick or a folder in memory, never beside the vault. Print each for its holder, and delete the files.", HelpName = "DIR", Required = true };
    private readonly Option<int> _shares = new("--shares") { Description = "How many shares, 2 to 16.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _threshold = new("--threshold") { Description = "How many of them open the vault, at least 2.", HelpName = "K", DefaultValueFactory = _ => 2 };

    public KeysEscrowCommand()
        : base("escrow", "Split the recovery key over several holders and write a sheet to print for each. Opens the vault with that key first, so a key that does not fit is never split.",
            "dossierkit keys escrow --recovery-key /media/stick/recovery.pem --out /dev/shm/delen --data /srv/dossierkit/vault",
            "dossierkit keys escrow --recovery-key ./recovery.pem --out ./delen --shares 5 --threshold 3 --data ./vault")
    {
        foreach (var option in (Option[])[_key, _out, _shares, _threshold]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (shares, threshold) = (context.Get(_shares), context.Get(_threshold));
        if (shares is < 2 or > RecoveryEscrow.MaximumShares || threshold < 2 || threshold > shares)
            throw new UsageException($"--shares is 2 to {RecoveryEscrow.MaximumShares}, and --threshold 2 to --shares. With 1 every holder could open the vault alone.");
        var folder = Path.GetFullPath(context.Get(_out)!);
        if ((folder + Path.DirectorySeparatorChar).StartsWith(context.Data + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new UsageException($"--out '{folder}' lies inside the vault: the key beside the lock. Choose a folder elsewhere.");
        if (!File.Exists(context.Get(_key))) throw new UsageException($"There is no file '{context.Get(_key)}'. Give the file with the recovery key that init wrote.");
        using var key = RecoveryKey.FromPem(await File.ReadAllTextAsync(context.Get(_key)!, ct));
        await using var vault = await DossierVault.OpenAsync(context.Place, new RecoverySecret(key), ct);
        using var register = await DossierRegister.LoadAsync(vault, context.Clock, ct);
        await KeyRotation.ProveRecoveryAsync(vault, key, ct);
        await register.BeginTaskAsync(SystemTaskKind.Rewrap, by: null, ct);

        var escrow = new EscrowMade(context.Clock.GetUtcNow(), OpaqueId.Random(), shares, threshold);
        var split = RecoveryEscrow.Split(key, escrow.Escrow, shares, threshold);
        var files = split.Select(share => Path.Combine(folder, RecoverySheet.FileName(share, shares))).ToList();
        foreach (var file in files) OutputFile.EnsureFree(file, mayOverwrite: false);
        PrivateFolder.Create(folder);
        var municipality = register.Staff.IsFounded ? register.Staff.Municipality.Name : null;
        foreach (var (share, file) in split.Zip(files))
            await OutputFile.WriteAsync(file, Encoding.UTF8.GetBytes(RecoverySheet.Html(share, shares, vault.Id, key.Id, municipality, context.Today)), ct);
        using (var backups = await BackupRegister.OpenAsync(vault, ct)) await backups.RecordEscrowAsync(escrow, ct);

        context.Terminal.Json(new JsonObject
        {
            ["vault"] = vault.Id.ToString(),
            ["recoveryKey"] = key.Id.ToString(),
            ["splitting"] = split[0].Splitting,
            ["shares"] = shares,
            ["threshold"] = threshold,
            ["files"] = new JsonArray([.. files.Select(file => JsonValue.Create(file))]),
        });
        context.Terminal.Line($"De herstelsleutel {key.Id} is verdeeld in {shares} delen; {threshold} daarvan openen de kluis (verdeling {split[0].Splitting}).");
        foreach (var file in files) context.Terminal.Line($"  {file}");
        context.Terminal.Line("1. Druk elk blad af en geef het aan zijn houder. Samen zijn deze bestanden de hele sleutel: laat ze nergens staan.");
        context.Terminal.Line("2. Probeer de bladen uit: dossierkit keys drill.");
        context.Terminal.Line($"3. Verwijder daarna deze bestanden en {Path.GetFullPath(context.Get(_key)!)}. Bladen van een eerdere verdeling blijven werken: laat ze vernietigen.");
        return ExitCode.Done;
    }
}

/// <summary><c>keys recover</c>: a new way in, by the shares of the recovery key.</summary>
internal sealed class KeysRecoverCommand : CliCommand
{
    private readonly Option<string?> _new = new("--new-unlock-file") { Description = "A file of random bytes (made when it is not there yet) or a certificate. Default: a passphrase that is asked for.", HelpName = "FILE" };

    public KeysRecoverCommand()
        : base("recover", "Make a new way to open the vault from the shares of the recovery key, when every other way is lost. The holders type their shares; the key exists in memory only.",
            "dossierkit keys recover --new-unlock-file /media/stick/vault.unlock --data /srv/dossierkit/vault",
            "dossierkit keys recover --data ./vault")
        => Add(_new);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        using var key = ShareInput.Read(context.Terminal, ct);
        await using var vault = await DossierVault.OpenAsync(context.Place, new RecoverySecret(key), ct);
        using var register = await DossierRegister.LoadAsync(vault, context.Clock, ct);
        // First: a way in that nobody can see in the log must not come to be.
        await register.BeginTaskAsync(SystemTaskKind.Recover, by: null, ct);
        var (secret, made) = Unlock.Choose(context.Get(_new), context.Data, context.Terminal);
        OpaqueId slot;
        try
        {
            slot = await vault.AddUnlockAsync(secret, ct);
        }
        catch
        {
            if (made is not null) File.Delete(made);
            throw;
        }

        context.Terminal.Json(new JsonObject { ["id"] = slot.ToString(), ["kind"] = UnlockOptions.Word(secret.Kind), ["unlockFile"] = made, ["recoveryKey"] = key.Id.ToString() });
        context.Terminal.Line($"De kluis is te openen met de nieuwe manier {slot} ({UnlockOptions.Word(secret.Kind)}).{(made is null ? "" : $" Het bestand is {made}: bewaar het op een andere schijf dan de kluis.")}");
        context.Terminal.Line("Kan een ander een oude manier kennen? Haal die dan weg: dossierkit unlock list, unlock remove. De herstelsleutel is op deze computer getypt en stond in het geheugen. Vertrouwt u de computer niet, dan helpt alleen een nieuwe kluis.");
        return ExitCode.Done;
    }
}

/// <summary><c>keys drill</c>: the shares are typed and proved to open the vault; nothing changes but the date of the last drill.</summary>
internal sealed class KeysDrillCommand : CliCommand
{
    public KeysDrillCommand()
        : base("drill", "Try out the shares of the recovery key: they are typed, the vault is opened with them alone, and every stream key is compared. Only the date of the drill is kept.",
            "dossierkit keys drill --data /srv/dossierkit/vault")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (typed, splitting) = ShareInput.ReadWithSplitting(context.Terminal, ct);
        using var key = typed;
        await using var vault = await DossierVault.OpenAsync(context.Place, new RecoverySecret(key), ct);
        var streams = await KeyRotation.ProveRecoveryAsync(vault, key, ct);
        var now = context.Clock.GetUtcNow();
        using var register = await BackupRegister.OpenAsync(vault, ct);
        await register.RecordDrillAsync(DrillKind.RecoveryShares, now, ct, splitting);
        var newer = register.LastEscrow is { } escrow && escrow.Splitting != splitting ? escrow : null;
        context.Terminal.Json(new JsonObject
        {
            ["recoveryKey"] = key.Id.ToString(),
            ["streams"] = streams,
            ["at"] = BackupOptionsOf.Instant(now),
            ["splitting"] = splitting,
            ["currentSplitting"] = newer is null ? splitting : newer.Splitting,
            ["counts"] = newer is null,
        });
        context.Terminal.Line($"De oefening is geslaagd: deze delen geven herstelsleutel {key.Id}, en die opent alle {streams} reeksen van de kluis. Er is niets veranderd; de datum van de oefening is bewaard.");
        if (newer is not null)
        {
            context.Terminal.Line($"Let op: dit zijn bladen van verdeling {splitting}, en de laatste verdeling is {newer.Splitting}. Oefen ook met die bladen: deze oefening telt daar niet voor mee. "
                + "De oude bladen openen de kluis nog: laat ze vernietigen zodra de nieuwe zijn geprobeerd.");
        }

        return ExitCode.Done;
    }
}
