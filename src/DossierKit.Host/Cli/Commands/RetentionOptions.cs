using System.CommandLine;

using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary>What the commands on keeping share.</summary>
internal static class RetentionOptions
{
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check and show, and record nothing." };

    public static Argument<string> Number() => new("NUMBER") { Description = "The number of the dossier." };

    public static Option<string?> On() => new("--on") { Description = "The plan of another day. Default: today.", HelpName = "2034-02-28" };

    /// <summary>The desk of whoever acts.</summary>
    public static async ValueTask<RetentionDesk> OpenAsync(Session session, CancellationToken ct) => (await RetentionDesk.OpenAsync(session.Register, session.Acting(), ct)).OrRefuse();

    public static DateOnly Day(CommandContext context, Option<string?> on) => context.Get(on) is { } text ? Session.Day(text, "--on") : context.Today;

    /// <summary>The entry of a number.</summary>
    /// <exception cref="RefusedException">It is not there, or not for this person: one answer.</exception>
    public static ArchiveEntry Find(RetentionDesk desk, string number)
        => DossierNumber.TryParse(number, out var parsed) && desk.Archive.Entries.FirstOrDefault(entry => entry.Number == parsed) is { } found ? found : throw RefusedException.NotThere();

    /// <summary>The hold whose id begins so.</summary>
    public static Hold FindHold(ArchiveEntry entry, string wanted)
    {
        var found = entry.Retention.Holds.Where(hold => hold.Id.ToString().StartsWith(wanted, StringComparison.Ordinal)).ToList();
        if (wanted.Length < 6 || found.Count > 1) throw new UsageException($"'{wanted}' does not point to one hold. Give at least 6 digits of its id; 'hold list' prints them.");
        return found.Count == 1
            ? found[0]
            : throw new RefusedException(new Refusal("Deze bewaargrond is er niet.", "Hij is nooit geplaatst, of al opgeheven.", "Kijk in de lijst van bewaargronden."));
    }

    /// <summary>The id of an object in a dossier: a recording, copy or transcript, by its first digits.</summary>
    public static FileId FindObject(ArchiveEntry entry, string wanted)
    {
        var found = entry.Retention.Recordings.Where(recording => recording.File.ToString().StartsWith(wanted, StringComparison.Ordinal)).Select(recording => recording.File).ToList();
        if (found.Count == 1 && wanted.Length >= 6) return found[0];
        return OpaqueId.TryParse(wanted, out var id) ? new FileId(id) : throw new UsageException($"'{wanted}' does not point to one recording. Give at least 6 digits of its id; 'retention explain' prints them.");
    }
}
