using System.Globalization;
using System.Reflection;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>Writes the statement of a list that was carried out: pure, from what the journal says.</summary>
internal static class StatementWriter
{
    /// <summary>What is told of a run beside its list.</summary>
    /// <param name="Organisation">The municipality.</param>
    /// <param name="Vault">The vault.</param>
    /// <param name="EndedAt">When the last item was done.</param>
    /// <param name="JournalAfter">The head of the journal then.</param>
    /// <param name="Backups">Backups that hold keys.</param>
    /// <param name="Declared">Backups that do not, by somebody's word alone.</param>
    public sealed record Surroundings(string Organisation, OpaqueId Vault, DateTimeOffset EndedAt, string JournalAfter, IReadOnlyList<KeyHolder> Backups, IReadOnlyList<KeysDeclaredGone> Declared);

    public static DestructionStatement Write(DestructionList list, Surroundings around) => new()
    {
        Organisation = around.Organisation,
        Source = $"DossierKit {Version}",
        Vault = around.Vault.ToString(),
        List = list.Number,
        Path = list.Path,
        ListHash = list.Hash,
        Process = new StatementProcess(list.ProposedAs, Time(list.ProposedAt), list.RunAs!.Value, Time(list.RunAt!.Value), Time(around.EndedAt), list.Items.Count),
        Approvals = [.. list.Approvals.Select(approval => new StatementApproval(approval.Group, approval.Role, Time(approval.At), true, approval.Hash))],
        Way = Cryptographic,
        Items = [.. list.Items.Select(item => Item(item, list.Items))],
        Counts = Count(list.Items.Select(item => item.Outcome)),
        Rests = Rests(list.Items),
        Backups = [.. around.Backups.Select(backup => new StatementBackup(backup.Set.ToString(), Utc(backup.At), Day(backup.KeysUntil)) { IsUnknown = backup.IsUnknown ? true : null })],
        Declared = around.Declared.Count == 0 ? null : [.. around.Declared.Select(gone => new StatementDeclaration(gone.Set.ToString(), Utc(gone.MadeAt), gone.Function, Time(gone.At), gone.Reason))],
        JournalBefore = list.JournalBefore,
        JournalAfter = around.JournalAfter,
    };

    public static StatementCounts Count(IEnumerable<ItemOutcome> outcomes)
    {
        var counts = outcomes.CountBy(outcome => outcome).ToDictionary();
        return new StatementCounts(
            counts.GetValueOrDefault(ItemOutcome.Destroyed), counts.GetValueOrDefault(ItemOutcome.Kept), counts.GetValueOrDefault(ItemOutcome.ToTransfer), counts.GetValueOrDefault(ItemOutcome.Failed));
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Version => typeof(StatementWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static StatementWay Cryptographic { get; } = new(
        "cryptografisch-wissen",
        "Elk bestand en elke gebeurtenis was versleuteld met een eigen willekeurige sleutel. Die sleutels zijn vernietigd, en daarna de versleutelde bestanden zelf. "
            + "Zonder sleutel kan niemand de inhoud openen. Daarna is met een nieuwe opening van de kluis nagegaan dat alles weg is.",
        "AES-256-GCM, een sleutel per bestand en per gebeurtenis");

    private static StatementItem Item(DestructionItem item, IReadOnlyList<DestructionItem> all) => new()
    {
        Number = item.Number,
        Kind = item.Kind,
        Dossier = item.Dossier.Value,
        Object = item.Object,
        CaseType = new StatementCaseType("Integriteitsdossier", null, item.Protocol),
        Result = item.Class?.Result,
        StartedOn = Day(item.StartedOn),
        ClosedOn = item.ClosedOn is { } closed ? Day(closed) : null,
        Class = item.Class is { } set ? $"{set.Result} {JsonWords.Of(set.Nominatie)}{(set.Term is null ? "" : $" {set.Term}")}" : null,
        ListVersion = item.Class?.List,
        Reasons = item.Reasons,
        Answer = item.Answer,
        Until = item.Until is { } until ? Day(until) : null,
        ReasonHash = item.ReasonHash,
        Outcome = item.Outcome,
        Begun = item.BegunAt is { } begun ? Time(begun) : null,
        Ended = item.EndedAt is { } ended ? Time(ended) : null,
        Bytes = item.Bytes,
        Files = item.Files,
        Sha256 = item.Sha256,
        Proof = item.Proof,
        Related = RelatedOf(item, all),
        CopiesElsewhere = item.CopiesElsewhere,
        Failure = item.Failure,
        Fingerprint = item.Fingerprint,
    };

    /// <summary>What belongs to it: copies and transcripts of a recording, everything in a dossier; and copies elsewhere, which were only let go of.</summary>
    private static string? RelatedOf(DestructionItem item, IReadOnlyList<DestructionItem> all)
    {
        if (item.Outcome != ItemOutcome.Destroyed) return null;
        if (item.CopiesElsewhere > 0) return "losgekoppeld";
        return item.Object is null || all.Any(other => other.Of == item.Object || (item.Of is not null && other.Object == item.Of)) ? "vernietigd" : null;
    }

    private static List<StatementRest> Rests(IReadOnlyList<DestructionItem> items)
    {
        var destroyed = items.Where(item => item.Outcome == ItemOutcome.Destroyed).ToList();
        var envelopes = destroyed.Sum(item => (long)(item.Proof?.EnvelopesLeft ?? 0));
        var ciphertext = destroyed.Sum(item => (long)(item.Proof?.CiphertextLeft ?? 0));
        var elsewhere = destroyed.Sum(item => (long)item.CopiesElsewhere);
        return
        [
            new("enveloppen", "Regels in het journaal van dossiers die blijven bestaan: tijd, soort gebeurtenis en lengte. Zonder inhoud.", envelopes),
            new("versleutelde-resten", "Stukken versleutelde tekst zonder sleutel, in bestanden van de kluis waarin ook iets anders staat. Niemand kan ze openen.", ciphertext),
            new("vernietigingsregister", "Kenmerken en tijden van wat vernietigd is, buiten de kluis. Zo komt het met een oude kopie van de gegevens niet terug.", destroyed.Count),
            new("lijst-en-verklaring", "De lijst, de goedkeuringen en deze verklaring. Zonder namen en zonder inhoud.", 1),
            new("logboek", "Wie wanneer iets opende, zonder het doel dat erbij stond. Bij een opname blijft het doel staan tot het dossier wordt vernietigd.", null),
            new("opslagmedium", "Het apparaat zelf kan oude versleutelde gegevens nog bevatten tot de plek opnieuw wordt gebruikt. Wie het apparaat en het ontgrendelgeheim heeft, kan daar een verwijderde sleutel vinden.", null),
            new("kopieen-elders", "Kopieën die volgens het dossier ergens anders liggen en niet terugkwamen. Die zijn niet vernietigd.", elsewhere),
        ];
    }

    private static StatementTime Time(DateTimeOffset at) => new(Utc(at), LegalTime.LocalOf(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
