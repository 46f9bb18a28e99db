using System.Text.Json.Serialization;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// The verklaring van vernietiging: what was destroyed, on what ground, how, when, proposed and approved by which functions, what is left, what is known to lie elsewhere,
/// and what failed. No names, no content: ids, numbers, classes, dates and functions. Kept permanently. Holds every column of Open Archiefbeheer's report of destruction
/// (<see cref="StatementCsv"/>), and what that lacks: way, ground, hashes, residues, failures.
/// </summary>
public sealed record DestructionStatement
{
    /// <summary>The format; 1.</summary>
    [JsonPropertyName("versie")] public int Format { get; init; } = 1;

    /// <summary>What kind of document it is.</summary>
    [JsonPropertyName("soort")] public string Kind { get; init; } = "verklaring-van-vernietiging";

    /// <summary>The municipality.</summary>
    [JsonPropertyName("organisatie")] public required string Organisation { get; init; }

    /// <summary>The program and its version.</summary>
    [JsonPropertyName("bronapplicatie")] public required string Source { get; init; }

    /// <summary>The id of the vault.</summary>
    [JsonPropertyName("kluis")] public required string Vault { get; init; }

    /// <summary>The number of the list.</summary>
    [JsonPropertyName("lijst")] public required string List { get; init; }

    /// <summary>By which path.</summary>
    [JsonPropertyName("pad")] public required DestructionPath Path { get; init; }

    /// <summary>SHA-256 of the exact list that was approved and carried out.</summary>
    [JsonPropertyName("lijstSha256")] public required string ListHash { get; init; }

    /// <summary>Who proposed it, and who carried it out and when.</summary>
    [JsonPropertyName("proces")] public required StatementProcess Process { get; init; }

    /// <summary>Who approved it.</summary>
    [JsonPropertyName("goedkeuringen")] public required IReadOnlyList<StatementApproval> Approvals { get; init; }

    /// <summary>How it was destroyed, and what that means.</summary>
    [JsonPropertyName("wijze")] public required StatementWay Way { get; init; }

    /// <summary>Every item, in the order of the list.</summary>
    [JsonPropertyName("onderdelen")] public required IReadOnlyList<StatementItem> Items { get; init; }

    /// <summary>The items counted by outcome.</summary>
    [JsonPropertyName("aantallen")] public required StatementCounts Counts { get; init; }

    /// <summary>What is left in the vault, without content.</summary>
    [JsonPropertyName("resten")] public required IReadOnlyList<StatementRest> Rests { get; init; }

    /// <summary>Backups of this program that still held keys when it was finished.</summary>
    [JsonPropertyName("reservekopieen")] public required IReadOnlyList<StatementBackup> Backups { get; init; }

    /// <summary>Backups of which only somebody's word says that their keys are gone; absent when there is none.</summary>
    [JsonPropertyName("sleutelsWegVolgens"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<StatementDeclaration>? Declared { get; init; }

    /// <summary>The hash of the last commit of the stream of destruction before the run: the head of the journal.</summary>
    [JsonPropertyName("journaalVoor")] public required string JournalBefore { get; init; }

    /// <summary>The same after the last item.</summary>
    [JsonPropertyName("journaalNa")] public required string JournalAfter { get; init; }
}

/// <summary>An instant twice: in UTC and on the clock of the Netherlands.</summary>
/// <param name="Utc">UTC, such as <c>2026-11-22T10:00:00Z</c>.</param>
/// <param name="Local">The Netherlands, such as <c>2026-11-22T11:00:00+01:00</c>.</param>
public sealed record StatementTime([property: JsonPropertyName("utc")] string Utc, [property: JsonPropertyName("nederland")] string Local);

/// <summary>Who did what when, by function.</summary>
/// <param name="ProposedAs">The function of who proposed it.</param>
/// <param name="Proposed">When.</param>
/// <param name="RunAs">The function of who carried it out.</param>
/// <param name="Started">When the run began.</param>
/// <param name="Destroyed">When the last item was done.</param>
/// <param name="Count">How many items the list has.</param>
public sealed record StatementProcess(
    [property: JsonPropertyName("voorgesteldDoor")] StaffRole ProposedAs,
    [property: JsonPropertyName("voorgesteld")] StatementTime Proposed,
    [property: JsonPropertyName("uitgevoerdDoor")] StaffRole RunAs,
    [property: JsonPropertyName("begonnen")] StatementTime Started,
    [property: JsonPropertyName("vernietigd")] StatementTime Destroyed,
    [property: JsonPropertyName("aantal")] int Count);

/// <summary>One approval.</summary>
/// <param name="Group">As what.</param>
/// <param name="Function">By which function.</param>
/// <param name="Time">When.</param>
/// <param name="Approved">Always <see langword="true"/>: without approval there is no run.</param>
/// <param name="ListHash">The list it was bound to; equal to the statement's.</param>
public sealed record StatementApproval(
    [property: JsonPropertyName("groep")] ApprovalGroup Group,
    [property: JsonPropertyName("functie")] StaffRole Function,
    [property: JsonPropertyName("tijd")] StatementTime Time,
    [property: JsonPropertyName("akkoord")] bool Approved,
    [property: JsonPropertyName("lijstSha256")] string ListHash);

/// <summary>How something was destroyed.</summary>
/// <param name="Code">Machine-readable.</param>
/// <param name="Text">What it means, Dutch.</param>
/// <param name="Cipher">With what it was encrypted.</param>
public sealed record StatementWay([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("tekst")] string Text, [property: JsonPropertyName("versleuteling")] string Cipher);

/// <summary>The type of case, as the columns of Open Archiefbeheer want it.</summary>
/// <param name="Name">The description.</param>
/// <param name="Uuid">Its UUID; always <see langword="null"/>: a dossier here comes from no catalogue of zaaktypen.</param>
/// <param name="Id">Its identification: the protocol.</param>
public sealed record StatementCaseType([property: JsonPropertyName("omschrijving")] string Name, [property: JsonPropertyName("uuid")] string? Uuid, [property: JsonPropertyName("identificatie")] string Id);

/// <summary>One item.</summary>
public sealed record StatementItem
{
    /// <summary>Its number on the list.</summary>
    [JsonPropertyName("nr")] public required int Number { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("soort")] public required RetentionObject Kind { get; init; }

    /// <summary>The number of the dossier (zaak identificatie).</summary>
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    /// <summary>The id of the file; <see langword="null"/>: the whole dossier.</summary>
    [JsonPropertyName("object")] public required string? Object { get; init; }

    /// <summary>The type of case.</summary>
    [JsonPropertyName("zaaktype")] public required StatementCaseType CaseType { get; init; }

    /// <summary>The result: the number in the selectielijst.</summary>
    [JsonPropertyName("resultaat")] public required string? Result { get; init; }

    /// <summary>The day it began, yyyy-MM-dd.</summary>
    [JsonPropertyName("startdatum")] public required string StartedOn { get; init; }

    /// <summary>The day it was closed, yyyy-MM-dd.</summary>
    [JsonPropertyName("einddatum")] public required string? ClosedOn { get; init; }

    /// <summary>The class, with what it says.</summary>
    [JsonPropertyName("selectielijstklasse")] public required string? Class { get; init; }

    /// <summary>The version of the selectielijst.</summary>
    [JsonPropertyName("selectielijstVersie")] public required string? ListVersion { get; init; }

    /// <summary>The grounds, each with its article.</summary>
    [JsonPropertyName("gronden")] public required IReadOnlyList<RetentionReason> Reasons { get; init; }

    /// <summary>What was answered.</summary>
    [JsonPropertyName("antwoord")] public required ItemAnswer Answer { get; init; }

    /// <summary>Until when it is kept, yyyy-MM-dd.</summary>
    [JsonPropertyName("tot")] public required string? Until { get; init; }

    /// <summary>What ties the reason for keeping to the list; absent without one. Of the reason, which lies with the dossier, it tells nothing.</summary>
    [JsonPropertyName("redenSha256"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ReasonHash { get; init; }

    /// <summary>What became of it.</summary>
    [JsonPropertyName("uitkomst")] public required ItemOutcome Outcome { get; init; }

    /// <summary>When its destruction began.</summary>
    [JsonPropertyName("begonnen")] public required StatementTime? Begun { get; init; }

    /// <summary>When its outcome was established.</summary>
    [JsonPropertyName("afgehandeld")] public required StatementTime? Ended { get; init; }

    /// <summary>Bytes of content.</summary>
    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    /// <summary>Files in it.</summary>
    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    /// <summary>SHA-256 of the file as it was filed; of a dossier over the hashes of its files, in ordinal order, one a line.</summary>
    [JsonPropertyName("sha256")] public required string? Sha256 { get; init; }

    /// <summary>What was looked at to prove that it is gone.</summary>
    [JsonPropertyName("bewijs")] public required DestructionProof? Proof { get; init; }

    /// <summary>Whether related things went along (<c>vernietigd</c>) or were let go of (<c>losgekoppeld</c>); <see langword="null"/> when there are none.</summary>
    [JsonPropertyName("gerelateerd")] public required string? Related { get; init; }

    /// <summary>Copies known to lie elsewhere that were not brought back.</summary>
    [JsonPropertyName("kopieenElders")] public required int CopiesElsewhere { get; init; }

    /// <summary>Why it failed, Dutch.</summary>
    [JsonPropertyName("mislukt")] public required string? Failure { get; init; }

    /// <summary>SHA-256 of what was decided on.</summary>
    [JsonPropertyName("vingerafdruk")] public required string Fingerprint { get; init; }
}

/// <summary>Items by outcome.</summary>
/// <param name="Destroyed">Destroyed and proved gone.</param>
/// <param name="Kept">Kept longer.</param>
/// <param name="ToTransfer">To be transferred.</param>
/// <param name="Failed">Not destroyed or not proved gone.</param>
public sealed record StatementCounts(
    [property: JsonPropertyName("vernietigd")] int Destroyed,
    [property: JsonPropertyName("bewaard")] int Kept,
    [property: JsonPropertyName("overTeDragen")] int ToTransfer,
    [property: JsonPropertyName("mislukt")] int Failed);

/// <summary>Something that is left.</summary>
/// <param name="Code">What kind.</param>
/// <param name="Text">What it is and what can be told from it, Dutch.</param>
/// <param name="Count">How many; <see langword="null"/> when it cannot be counted.</param>
public sealed record StatementRest([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("tekst")] string Text, [property: JsonPropertyName("aantal")] long? Count);

/// <summary>A backup that still holds keys.</summary>
/// <param name="Id">The id of its key set.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
/// <param name="KeysUntil">The last day of its keys, yyyy-MM-dd.</param>
public sealed record StatementBackup([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("gemaakt")] string MadeAt, [property: JsonPropertyName("sleutelsTot")] string KeysUntil)
{
    /// <summary>Whether it stands for copies nobody knows, made before the vault was put back; absent: no. The last day then says nothing.</summary>
    [JsonPropertyName("onbekend"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public bool? IsUnknown { get; init; }
}

/// <summary>Somebody's word that the keys of a backup are gone.</summary>
/// <param name="Id">The id of its key set.</param>
/// <param name="MadeAt">When the backup was made, UTC.</param>
/// <param name="Function">The function of who said so; <see langword="null"/> when he had none that day.</param>
/// <param name="Time">When.</param>
/// <param name="Reason">How they went, by his word.</param>
public sealed record StatementDeclaration(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("gemaakt")] string MadeAt,
    [property: JsonPropertyName("volgens")] StaffRole? Function,
    [property: JsonPropertyName("tijd")] StatementTime Time,
    [property: JsonPropertyName("reden")] string Reason);

/// <summary>How statements stand in JSON.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, RespectNullableAnnotations = true, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DestructionStatement))]
internal sealed partial class StatementJsonContext : JsonSerializerContext;
