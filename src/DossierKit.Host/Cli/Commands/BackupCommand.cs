using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Doctor;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>backup</c>: a copy of the vault elsewhere, while the host works; its keys apart, so that the copy forgets what the vault forgot.</summary>
internal sealed class BackupCommand : CliCommand
{
    private readonly Argument<string> _destination = BackupOptionsOf.Destination();
    private readonly Option<string?> _label = new("--label") { Description = "What people call the place, as it stands in the register. No secrets, no names of persons. Default: the name of the folder.", HelpName = "TEXT" };
    private readonly Option<int> _keep = new("--keep-keys") { Description = "How many days the keys of this backup may stay. The next backup after that removes them.", HelpName = "DAYS", DefaultValueFactory = _ => BackupOptions.DefaultKeepKeysDays };
    private readonly Option<int?> _rate = new("--rate") { Description = "Read at most so many MB from the vault in a second, so that nobody notices. Default: as fast as it goes.", HelpName = "MB" };
    private readonly Option<bool> _check = new("--check") { Description = "Also read everything that is there already, and copy again what is damaged." };
    private readonly Option<bool> _new = new("--new") { Description = "Use this folder as a place of its own, though its label is in use for another one, or though it is a copy of another disk." };
    private readonly Option<bool> _dryRun = BackupOptionsOf.DryRun();

    public BackupCommand()
        : base("backup", "Copy the vault to another place while the host works; only what is new. Removes the keys of backups whose last day is past. Can be broken off and run again.",
            "dossierkit backup /mnt/kluis-noord --data /srv/dossierkit/vault --state /var/lib/dossierkit --label \"schijf kluis noord\"",
            "dossierkit backup /mnt/kluis-noord --data /srv/dossierkit/vault --keep-keys 35 --rate 40 --json",
            "dossierkit backup /mnt/kluis-noord --data /srv/dossierkit/vault --dry-run")
    {
        Add(_destination);
        foreach (var option in (Option[])[_label, _keep, _rate, _check, _new, _dryRun]) Add(option);
        Add(new BackupListCommand());
        Add(new BackupPruneCommand());
        Add(new BackupGoneCommand());
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var destination = Path.GetFullPath(context.Get(_destination)!);
        var label = context.Get(_label)?.Trim() ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(destination));
        if (label.Length is 0 or > 100 || label.Any(char.IsControl)) throw new UsageException("--label has 1 to 100 characters on one line. Give a name such as \"schijf kluis noord\".");
        if (context.Get(_keep) is < 1 or > 3660) throw new UsageException("--keep-keys is 1 to 3660 days. The keys of a backup open what was destroyed since: keep them no longer than you need.");
        if (context.Get(_rate) is < 1) throw new UsageException("--rate is at least 1 MB in a second.");
        var options = new BackupOptions(destination, label, context.Get(_keep), context.Get(_rate) * 1_000_000L, context.Get(_check), context.Get(_dryRun), context.Get(_new));

        var isSameVolume = Volume.Of(destination) is { } volume && volume == Volume.Of(context.Data);
        StepAside();
        await using var session = await Session.OpenAsync(context, ct);
        if (!options.DryRun) await session.Register.BeginTaskAsync(SystemTaskKind.Backup, by: null, ct);
        var report = await Terminal.WithProgressAsync("Copying the vault", bar => VaultBackup.RunAsync(session.Vault, options, context.Clock, context.Today, new BackupBar(bar), ct));

        context.Terminal.Json(new JsonObject
        {
            ["dryRun"] = report.IsDryRun,
            ["set"] = report.Set?.ToString(),
            ["place"] = report.Place?.ToString(),
            ["label"] = label,
            ["at"] = BackupOptionsOf.Instant(report.At),
            ["keysUntil"] = DutchText.Iso(report.KeysUntil),
            ["streams"] = report.Streams,
            ["objects"] = report.Objects,
            ["copiedObjects"] = report.CopiedObjects,
            ["copiedBytes"] = report.CopiedBytes,
            ["keysBytes"] = report.KeysBytes,
            ["removedObjects"] = report.RemovedObjects,
            ["removedSets"] = BackupOptionsOf.Ids(report.RemovedSets),
            ["overdueSets"] = BackupOptionsOf.Ids(report.Overdue),
            ["repaired"] = report.Repaired,
            ["clockTrusted"] = report.IsClockTrusted,
            ["sameVolume"] = isSameVolume,
        });
        var terminal = context.Terminal;
        if (isSameVolume) terminal.Line("Let op: deze plaats staat op dezelfde schijf als de kluis. Gaat die schijf stuk, dan zijn beide weg. Is de schijf voor reservekopieën wel aangesloten?");
        if (!report.IsClockTrusted) terminal.Line("Let op: de klok van deze machine klopt niet. De reservekopie telt vanaf het vroegste moment dat het kan zijn, en er zijn geen sleutels weggehaald omdat hun laatste dag voorbij is. Zet de klok goed.");
        if (report.IsDryRun)
        {
            terminal.Line($"Dit zou gebeuren: {report.CopiedObjects} van {report.Objects} objecten kopiëren ({DutchText.Size(report.CopiedBytes)}) en alle sleutels.");
            terminal.Line($"Weg zouden gaan: {report.RemovedObjects} objecten van vernietigde stukken, en de sleutels van {report.RemovedSets.Count} oudere reservekopieën. Er is niets gewijzigd.");
            return ExitCode.Done;
        }

        terminal.Line($"De reservekopie is klaar: {report.CopiedObjects} van {report.Objects} objecten waren nieuw ({DutchText.Size(report.CopiedBytes)}), met {DutchText.Size(report.KeysBytes)} aan sleutels.");
        terminal.Line($"Kenmerk {report.Set}. De sleutels mogen blijven tot en met {DutchText.Date(report.KeysUntil)}; de eerste reservekopie daarna haalt ze weg.");
        if (report.Repaired > 0) terminal.Line($"Let op: {report.Repaired} objecten waren beschadigd op deze plaats en zijn opnieuw gekopieerd. Controleer die schijf.");
        if (report.RemovedObjects > 0) terminal.Line($"Van wat in de kluis is vernietigd, zijn hier {report.RemovedObjects} objecten weggehaald.");
        BackupOptionsOf.TellRemoved(terminal, report.RemovedSets.Count, report.Overdue.Count);
        return ExitCode.Done;
    }

    /// <summary>Whoever works with the vault comes first: a backup may take longer.</summary>
    private static void StepAside()
    {
        try
        {
            using var own = Process.GetCurrentProcess();
            own.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception failure) when (failure is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            // Then it does its work as any other program.
        }
    }
}

/// <summary><c>backup list</c>: which backups there are, and which still hold keys.</summary>
internal sealed class BackupListCommand : CliCommand
{
    public BackupListCommand()
        : base("list", "List the backups of this vault, and until when each may hold keys.",
            "dossierkit backup list --data ./demo-data",
            "dossierkit backup list --data /srv/dossierkit/vault --json")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var register = await BackupRegister.OpenAsync(session.Vault, ct);
        context.Terminal.Json(new JsonArray([.. register.Sets.Select(set => BackupOptionsOf.ToJson(set, context.Today))]));
        context.Terminal.Table(["Kenmerk", "Gemaakt", "Plaats", "Sleutels tot en met", "Stand"], register.Sets.Select(set => (IReadOnlyList<string>)
            [set.Id.ToString(), BackupOptionsOf.Instant(set.At), set.Label, DutchText.Short(set.KeysUntil), BackupOptionsOf.Word(set, context.Today)]));
        if (register.Sets.Count == 0) context.Terminal.Line("Er is van deze kluis nog geen reservekopie gemaakt.");
        return ExitCode.Done;
    }
}

/// <summary><c>backup prune</c>: removes keys whose last day is past, without making a backup.</summary>
internal sealed class BackupPruneCommand : CliCommand
{
    private readonly Argument<string> _destination = BackupOptionsOf.Destination();
    private readonly Option<bool> _dryRun = BackupOptionsOf.DryRun();

    public BackupPruneCommand()
        : base("prune", "Remove the keys of backups whose last day is past, and what broken-off runs left. The newest whole backup stays, whatever its age.",
            "dossierkit backup prune /mnt/kluis-noord --data /srv/dossierkit/vault",
            "dossierkit backup prune /mnt/kluis-noord --data /srv/dossierkit/vault --dry-run --json")
    {
        Add(_destination);
        Add(_dryRun);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        var dryRun = context.Get(_dryRun);
        if (!dryRun) await session.Register.BeginTaskAsync(SystemTaskKind.Backup, by: null, ct);
        var (removed, overdue) = await VaultBackup.PruneAsync(session.Vault, Path.GetFullPath(context.Get(_destination)!), context.Clock, context.Today, dryRun, ct);
        context.Terminal.Json(new JsonObject { ["dryRun"] = dryRun, ["removedSets"] = BackupOptionsOf.Ids(removed), ["overdueSets"] = BackupOptionsOf.Ids(overdue) });
        if (dryRun) context.Terminal.Line($"Weg zouden gaan: de sleutels van {removed.Count} reservekopieën. Er is niets gewijzigd.");
        else BackupOptionsOf.TellRemoved(context.Terminal, removed.Count, overdue.Count);
        if (removed.Count + overdue.Count == 0) context.Terminal.Line("Geen enkele reservekopie is over haar laatste dag heen.");
        return ExitCode.Done;
    }
}

/// <summary><c>backup gone</c>: a person says that the keys of a backup no longer exist.</summary>
internal sealed class BackupGoneCommand : CliCommand
{
    private readonly Argument<string> _set = new("ID") { Description = "The backup, as 'backup list' prints it." };
    private readonly Option<string> _reason = new("--reason") { Description = "How its keys went, such as \"schijf versnipperd\". No names.", HelpName = "TEXT", Required = true };

    public BackupGoneCommand()
        : base("gone", "Record that the keys of a backup no longer exist, though the program did not remove them: the disk was lost, wiped or shredded. For the integrity side and the archivaris.",
            "dossierkit backup gone 3f2a9c0d3f2a9c0d3f2a9c0d3f2a9c0d --reason \"De schijf is versnipperd.\" --data ./demo-data --as fi")
    {
        Add(_set);
        Add(_reason);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        if (!OpaqueId.TryParse(context.Get(_set), out var set)) throw new UsageException($"'{context.Get(_set)}' is no backup: 32 digits 0-9 and a-f, as 'dossierkit backup list' prints them.");
        await using var session = await Session.OpenAsync(context, ct);
        var gone = (await session.Register.DeclareBackupGoneAsync(session.Acting(), set, context.Get(_reason)!, ct)).OrRefuse();
        context.Terminal.Json(BackupOptionsOf.ToJson(gone, context.Today));
        context.Terminal.Line($"Vastgelegd: volgens {gone.EndedBy} bestaan de sleutels van reservekopie {gone.Id} ({gone.Label}) niet meer. Vindt een volgende reservekopie ze toch, dan vervalt dit.");
        return ExitCode.Done;
    }
}
