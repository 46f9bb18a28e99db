using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary>What the commands on backups share.</summary>
internal static class BackupOptionsOf
{
    public static Argument<string> Destination() => new("DEST") { Description = "The folder of the backups, on another disk. Made when it is not there." };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would be done, and change nothing." };

    public static JsonArray Ids(IEnumerable<OpaqueId> ids) => [.. ids.Select(id => JsonValue.Create(id.ToString()))];

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static JsonObject ToJson(BackupSet set, DateOnly today) => new()
    {
        ["id"] = set.Id.ToString(),
        ["at"] = Instant(set.At),
        ["place"] = set.Place.ToString(),
        ["label"] = set.Label,
        ["keysUntil"] = DutchText.Iso(set.KeysUntil),
        ["status"] = JsonNamingPolicy.KebabCaseLower.ConvertName(set.Status.ToString()),
        ["holdsKeys"] = set.HoldsKeys,
        ["overdue"] = set.IsOverdue(today),
        ["endedAt"] = set.EndedAt is { } ended ? Instant(ended) : null,
        ["endedBy"] = set.EndedBy,
        ["reason"] = set.Reason,
        ["foundAt"] = set.FoundAt is { } found ? Instant(found) : null,
        ["copied"] = set.IsCopied,
    };

    public static string Word(BackupSet set, DateOnly today) => set.Status switch
    {
        BackupSetStatus.Removed => "sleutels weggehaald",
        BackupSetStatus.DeclaredGone => $"sleutels weg, zegt {set.EndedBy}",
        BackupSetStatus.Unknown => "onbekend: kopieën van na dit moment kent de teruggezette kluis niet",
        _ when set.FoundAt is not null => "was weg, is teruggevonden: bevat sleutels",
        _ when set.IsOverdue(today) => "sleutels hadden weg moeten zijn",
        BackupSetStatus.Begun => "niet afgemaakt, kan sleutels bevatten",
        _ => set.IsCopied ? "bevat sleutels, op meer dan één schijf" : "bevat sleutels",
    };

    public static void TellRemoved(Terminal terminal, int removed, int overdue)
    {
        if (removed > 0) terminal.Line($"De sleutels van {DutchText.Count(removed, "oudere reservekopie zijn", "oudere reservekopieën zijn")} weggehaald: wat alleen daarmee te openen was, is daar nu ook definitief weg.");
        if (overdue > 0) terminal.Line("Let op: de sleutels van de nieuwste reservekopie zijn over hun laatste dag heen. Ze blijven, want anders is er niets om terug te zetten. Maak een nieuwe reservekopie.");
    }
}

/// <summary>A progress bar for a backup or restore.</summary>
internal sealed class BackupBar(IProgress<double> bar) : IProgress<BackupProgress>
{
    public void Report(BackupProgress value) => bar.Report(value.Total == 0 ? 0 : (double)value.Done / value.Total);
}
