using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Recovery;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>restore</c>: a vault back from a backup, on a machine that has nothing; or only a drill of that.</summary>
internal sealed class RestoreCommand : CliCommand
{
    private const string DrillPrefix = "dossierkit-drill-";
    private const string LockSuffix = ".slot";

    private readonly Argument<string> _source = new("SRC") { Description = "The folder that was given to backup." };
    private readonly Option<string?> _set = new("--set") { Description = "Which backup, as --list prints it. Default: the newest whole one.", HelpName = "ID" };
    private readonly Option<bool> _list = new("--list") { Description = "Only list the backups that are there. Needs no secret." };
    private readonly Option<string?> _drill = new("--drill") { Description = "Try it out: restore below this folder, open, check every object, and remove it again. With --data, the vault there remembers that it went well.", HelpName = "DIR" };
    private readonly Option<bool> _shares = new("--recovery-shares") { Description = "Open it with the shares of the recovery key, which their holders type." };
    private readonly Option<bool> _acceptDamage = new("--accept-damage") { Description = "Leave out what is damaged in the backup, and say what it was, instead of stopping. Exit code 3. Never for the ledger of what was destroyed." };
    private UnlockSecret? _secret;

    public RestoreCommand()
        : base("restore", "Bring a vault back from a backup to an empty folder. What was destroyed after the backup is destroyed again before the vault opens. Can be broken off and run again.",
            "dossierkit restore /mnt/kluis-noord --data /srv/dossierkit/vault --state /var/lib/dossierkit --unlock-file /media/stick/vault.unlock",
            "dossierkit restore /mnt/kluis-noord --data /srv/dossierkit/vault --recovery-shares",
            "dossierkit restore /mnt/kluis-noord --list",
            "dossierkit restore /mnt/kluis-noord --drill ./proef --unlock-file /media/stick/recovery.pem")
    {
        Add(_source);
        foreach (var option in (Option[])[_set, _list, _drill, _shares, _acceptDamage]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var source = Path.GetFullPath(context.Get(_source)!);
        if (!Directory.Exists(source)) throw new UsageException($"There is no folder '{source}'. Name the folder that was given to backup.");
        if (context.Get(_list)) return await ListAsync(context, source, ct);
        OpaqueId? set = context.Get(_set) is not { } text ? null
            : OpaqueId.TryParse(text, out var id) ? id : throw new UsageException($"--set '{text}' is no backup: 32 digits 0-9 and a-f, as 'dossierkit restore {source} --list' prints them.");
        using var recovery = context.Get(_shares) ? ShareInput.Read(context.Terminal, ct) : null;
        if (recovery is not null) _secret = new RecoverySecret(recovery);
        return context.Get(_drill) is { } folder ? await DrillAsync(context, source, set, folder, ct) : await RestoreAsync(context, source, set, ct);
    }

    private static async ValueTask<ExitCode> ListAsync(CommandContext context, string source, CancellationToken ct)
    {
        var sets = await VaultRestore.ListAsync(source, ct);
        context.Terminal.Json(new JsonArray([.. sets.Select(set => new JsonObject
        {
            ["id"] = set.Id.ToString(),
            ["whole"] = set.IsWhole,
            ["at"] = set.IsWhole ? BackupOptionsOf.Instant(set.At) : null,
            ["keysUntil"] = set.IsWhole ? DutchText.Iso(set.KeysUntil) : null,
            ["label"] = set.IsWhole ? set.Label : null,
        })]));
        context.Terminal.Table(["Kenmerk", "Gemaakt", "Sleutels tot en met", "Plaats"], sets.Select(set => (IReadOnlyList<string>)
            [set.Id.ToString(), set.IsWhole ? BackupOptionsOf.Instant(set.At) : "niet afgemaakt of beschadigd", set.IsWhole ? DutchText.Short(set.KeysUntil) : "", set.IsWhole ? set.Label : ""]));
        if (sets.Count == 0) context.Terminal.Line("Hier staat geen reservekopie met sleutels.");
        return ExitCode.Done;
    }

    private async ValueTask<ExitCode> RestoreAsync(CommandContext context, string source, OpaqueId? set, CancellationToken ct)
    {
        var place = context.Place;
        var report = await RunAsync(context, new RestoreOptions(source, place, context.Clock, set, context.Get(_acceptDamage)), "Restoring the vault", ct);
        // In the vault's own log: whoever looks there must see that what lies before this is a copy that was put back.
        await using (var vault = await DossierVault.OpenAsync(place, _secret!, ct))
        {
            using var register = await DossierRegister.LoadAsync(vault, context.Clock, ct);
            await register.BeginTaskAsync(SystemTaskKind.Restore, by: null, ct);
        }

        context.Terminal.Json(ToJson(report, isDrill: false));
        Tell(context.Terminal, report);
        context.Terminal.Line($"De kluis staat in {place.Data} en kan worden geopend.");
        context.Terminal.Line("Wat na deze reservekopie is vastgelegd, is er niet. Ook wat daarna is ingetrokken (rollen, toegangssleutels, tokens, inzage, manieren om te openen) geldt weer: loop dat na.");
        context.Terminal.Line($"Bewaarmaatregelen van na {BackupOptionsOf.Instant(report.MadeAt)} ontbreken: leg ze opnieuw vast vóór er iets wordt vernietigd. Reservekopieën van na dat moment kent deze kluis niet: leg met 'dossierkit backup gone' vast dat ze er niet zijn of weg zijn.");
        return report.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private async ValueTask<ExitCode> DrillAsync(CommandContext context, string source, OpaqueId? set, string folder, CancellationToken ct)
    {
        folder = Path.GetFullPath(folder);
        PrivateFolder.Create(folder);
        RemoveDrills(folder); // of a drill that was killed
        var own = Path.Combine(folder, $"{DrillPrefix}{Guid.NewGuid():n}");
        var held = TryHold(own) ?? throw new UsageException($"'{folder}' cannot be written. Give --drill a folder of your own.");
        PrivateFolder.Create(own);
        RestoreReport report;
        try
        {
            report = await RunAsync(context, new RestoreOptions(source, new VaultPlace(Path.Combine(own, "data"), Path.Combine(own, "state")), context.Clock, set, context.Get(_acceptDamage)), "Trying the backup out", ct);
        }
        finally
        {
            await held.DisposeAsync();
            RemoveDrills(folder);
        }

        var remembered = report.IsClean && await RememberAsync(context, report, ct);
        context.Terminal.Json(ToJson(report, isDrill: true));
        Tell(context.Terminal, report);
        context.Terminal.Line(report.IsClean
            ? $"De oefening is geslaagd: deze reservekopie is terug te zetten. De proefkluis is weer weg.{(remembered ? " De datum is vastgelegd in de kluis." : "")}"
            : "De oefening is NIET geslaagd: zie hierboven wat er mist. De proefkluis is weer weg.");
        return report.IsClean ? ExitCode.Done : ExitCode.Damaged;
    }

    private async ValueTask<RestoreReport> RunAsync(CommandContext context, RestoreOptions options, string what, CancellationToken ct)
        => await Terminal.WithProgressAsync(what, bar => VaultRestore.RunAsync(options, () => _secret ??= Unlock.Find(context.Get(CommonOptions.UnlockFile), options.Place.Data), new BackupBar(bar), ct));

    /// <summary>The vault that the backup is of keeps when a drill last went well, if it is at hand.</summary>
    private async ValueTask<bool> RememberAsync(CommandContext context, RestoreReport report, CancellationToken ct)
    {
        if (context.DataOrNull is null || !Directory.Exists(context.Data)) return false;
        await using var vault = await DossierVault.OpenAsync(context.Place, _secret!, ct);
        if (vault.Id != report.Vault) return false;
        using var register = await BackupRegister.OpenAsync(vault, ct);
        await register.RecordDrillAsync(DrillKind.Restore, context.Clock.GetUtcNow(), ct);
        return true;
    }

    private static void RemoveDrills(string folder)
    {
        foreach (var left in Directory.GetDirectories(folder, $"{DrillPrefix}*"))
        {
            // One that another process is busy with stays.
            using var held = TryHold(left);
            if (held is not null) Directory.Delete(left, recursive: true);
        }

        // Of one that was killed before it had a folder.
        foreach (var file in Directory.GetFiles(folder, $"{DrillPrefix}*{LockSuffix}")) TryHold(file[..^LockSuffix.Length])?.Dispose();
    }

    /// <summary>Holds a drill until disposed; <see langword="null"/> when another has it. The file stands beside its folder, held before the folder is there, and goes when it is let go.</summary>
    private static FileStream? TryHold(string drill)
    {
        try
        {
            return new FileStream(drill + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static JsonObject ToJson(RestoreReport report, bool isDrill) => new()
    {
        ["drill"] = isDrill,
        ["clean"] = report.IsClean,
        ["set"] = report.Set.ToString(),
        ["vault"] = report.Vault.ToString(),
        ["madeAt"] = BackupOptionsOf.Instant(report.MadeAt),
        ["streams"] = report.Streams,
        ["objects"] = report.Objects,
        ["bytes"] = report.Bytes,
        ["destroyedAgain"] = report.DestroyedAgain,
        ["dossiersDestroyedAgain"] = report.StreamsDestroyedAgain,
        ["ledgerUntil"] = report.LedgerUntil is { } until ? BackupOptionsOf.Instant(until) : null,
        ["stateIsNew"] = report.IsStateNew,
        ["streamsBehind"] = report.StreamsBehind,
        ["streamsLost"] = report.StreamsLost,
        ["damaged"] = new JsonArray([.. report.Damaged.Select(name => JsonValue.Create(name))]),
        ["findings"] = new JsonArray([.. report.Verified.Findings.Select(finding => new JsonObject { ["kind"] = finding.Kind.ToString(), ["name"] = finding.Name, ["text"] = finding.Text })]),
    };

    private static void Tell(Terminal terminal, RestoreReport report)
    {
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Teruggezet: reservekopie {report.Set} van {BackupOptionsOf.Instant(report.MadeAt)}, {report.Streams} reeksen, {report.Objects} objecten, ")
            + $"{DutchText.Size(report.Bytes)}. Alles is vergeleken met de lijst van de reservekopie.");
        if (report.DestroyedAgain > 0)
        {
            terminal.Line($"Opnieuw vernietigd, want dat was na deze reservekopie al gebeurd: {report.StreamsDestroyedAgain} dossiers als geheel, en {report.DestroyedAgain - report.StreamsDestroyedAgain} losse onderdelen "
                + "(bestanden, opnamen, gebeurtenissen of compartimenten). Niets daarvan is nog te openen.");
        }
        else
        {
            terminal.Line("Er hoefde niets opnieuw te worden vernietigd.");
        }

        if (report.LedgerUntil is { } until) terminal.Line($"Het grootboek van vernietigingen loopt tot {BackupOptionsOf.Instant(until)}.");
        if (report.IsStateNew) terminal.Line("Deze machine kende de kluis nog niet. Wat ná het nieuwste grootboek op deze plaats is vernietigd, is hier niet bekend: hebt u een nieuwere plaats of de oude staatmap, gebruik die dan.");
        if (report.StreamsBehind + report.StreamsLost > 0) terminal.Line($"{report.StreamsBehind} reeksen waren verder dan deze reservekopie, en {report.StreamsLost} komen er niet in voor: wat daarin stond, is verloren.");
        foreach (var name in report.Damaged) terminal.Line($"Beschadigd en weggelaten: {name}");
        foreach (var finding in report.Verified.Findings.Where(finding => finding.Kind != VerifyFindingKind.Leftover)) terminal.Line($"{finding.Kind}: {finding.Name}: {finding.Text}");
    }
}
