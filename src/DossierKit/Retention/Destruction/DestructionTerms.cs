using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>By which path something is destroyed.</summary>
public enum DestructionPath
{
    /// <summary>Recordings, with their copies and transcripts: who proposes and a second person, so that "zo spoedig mogelijk" is kept (HRL 8.2).</summary>
    [JsonStringEnumMemberName("licht")] Light,

    /// <summary>Dossiers: who proposes, an archivaris and a medebeslisser, and a waiting time.</summary>
    [JsonStringEnumMemberName("lijst")] List,
}

/// <summary>What is answered for one item of a list.</summary>
public enum ItemAnswer
{
    /// <summary>Destroy it.</summary>
    [JsonStringEnumMemberName("vernietigen")] Destroy,

    /// <summary>Keep it until a day, for a reason that goes into the dossier.</summary>
    [JsonStringEnumMemberName("bewaren-tot")] KeepUntil,

    /// <summary>It goes to an archive instead.</summary>
    [JsonStringEnumMemberName("overdragen")] Transfer,
}

/// <summary>As what somebody approves a list: for each a different person with a different account.</summary>
public enum ApprovalGroup
{
    /// <summary>The second person of the light path.</summary>
    [JsonStringEnumMemberName("tweede-persoon")] Second,

    /// <summary>The archivaris of a list of dossiers.</summary>
    [JsonStringEnumMemberName("archivaris")] Archivaris,

    /// <summary>The medebeslisser of a list of dossiers.</summary>
    [JsonStringEnumMemberName("medebeslisser")] Medebeslisser,
}

/// <summary>How far a list is.</summary>
public enum ListStatus
{
    /// <summary>Not every approval is there, or one became void.</summary>
    [JsonStringEnumMemberName("voorgesteld")] Proposed,

    /// <summary>Approved by all; the waiting time runs or is over.</summary>
    [JsonStringEnumMemberName("goedgekeurd")] Approved,

    /// <summary>A run began and is not finished.</summary>
    [JsonStringEnumMemberName("in-uitvoering")] Running,

    /// <summary>Everything that was to be destroyed is destroyed and proved gone.</summary>
    [JsonStringEnumMemberName("uitgevoerd")] Done,

    /// <summary>Finished, but not everything could be destroyed: the items say what and why.</summary>
    [JsonStringEnumMemberName("deels-uitgevoerd")] DoneInPart,

    /// <summary>Cancelled before the run.</summary>
    [JsonStringEnumMemberName("ingetrokken")] Cancelled,
}

/// <summary>What became of one item.</summary>
public enum ItemOutcome
{
    /// <summary>Nothing yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Its destruction began: a run that was cut off goes on with it.</summary>
    [JsonStringEnumMemberName("begonnen")] Begun,

    /// <summary>Destroyed, and proved gone.</summary>
    [JsonStringEnumMemberName("vernietigd")] Destroyed,

    /// <summary>Kept longer; the dossier says until when and why.</summary>
    [JsonStringEnumMemberName("bewaard")] Kept,

    /// <summary>Taken off the list, to be transferred to an archive.</summary>
    [JsonStringEnumMemberName("over-te-dragen")] ToTransfer,

    /// <summary>Not destroyed, or not proved gone: <see cref="DestructionItem.Failure"/> says why.</summary>
    [JsonStringEnumMemberName("mislukt")] Failed,
}

/// <summary>
/// How destruction goes in this house. No source gives these numbers: they are choices of the municipality, and labelled so wherever they are shown.
/// </summary>
public sealed record DestructionRules
{
    /// <summary>The choices this program ships with.</summary>
    public static DestructionRules Shipped { get; } = new();

    /// <summary>Whole days between the day of the last approval of a list of dossiers and the day of its run, neither counted; default 14. 0: the same day.</summary>
    public int WaitingDays { get; init; } = 14;

    /// <summary>
    /// The same for the light path; default 0, because a recording goes "zo spoedig mogelijk" (HRL 8.2). A protocol can give its own (<c>wachttijd</c> of its rule of keeping); the longest counts.
    /// </summary>
    public int LightWaitingDays { get; init; }

    internal int WaitingDaysOf(DestructionPath path) => path == DestructionPath.Light ? LightWaitingDays : WaitingDays;

    /// <summary>The most items a list may have, so that people can look at each and a mistake stays small; default 50.</summary>
    public int LargestList { get; init; } = 50;

    /// <summary>Where the numbers come from.</summary>
    public string Source { get; init; } = "eigen keuze";
}

/// <summary>Proof that something is gone, each point looked at anew after the destruction, through a second opening of the vault.</summary>
public sealed record DestructionProof
{
    /// <summary>Opening and reading fail, because it was destroyed.</summary>
    [JsonPropertyName("lezenMislukt")] public required bool ReadsFail { get; init; }

    /// <summary>No key of it is left in the store.</summary>
    [JsonPropertyName("sleutelsWeg")] public required bool KeysGone { get; init; }

    /// <summary>No object of the store holds its bytes alone any more.</summary>
    [JsonPropertyName("bestandenWeg")] public required bool BytesGone { get; init; }

    /// <summary>What was derived from it (search, comparison) is gone.</summary>
    [JsonPropertyName("afgeleidWeg")] public required bool DerivedGone { get; init; }

    /// <summary>No list of the register names it any more.</summary>
    [JsonPropertyName("nietMeerVermeld")] public required bool Unlisted { get; init; }

    /// <summary>Pieces of ciphertext without a key that stay, because others live in the same object of the store.</summary>
    [JsonPropertyName("versleuteldeResten")] public int CiphertextLeft { get; init; }

    /// <summary>Envelopes that stay in the dossier's journal: time, kind and length, no content.</summary>
    [JsonPropertyName("enveloppen")] public int EnvelopesLeft { get; init; }

    /// <summary>When it was looked at, UTC.</summary>
    [JsonPropertyName("tijd")] public required DateTimeOffset At { get; init; }

    /// <summary>Whether every point holds: only then something is called destroyed.</summary>
    [JsonIgnore] public bool Holds => ReadsFail && KeysGone && BytesGone && DerivedGone && Unlisted;
}

/// <summary>One item of a list: what it is, why it is on it, what is answered and what became of it. No names, no content.</summary>
public sealed record DestructionItem
{
    /// <summary>Its number on the list, from 1.</summary>
    [JsonPropertyName("nr")] public required int Number { get; init; }

    /// <summary>The dossier.</summary>
    [JsonPropertyName("dossier")] public required DossierNumber Dossier { get; init; }

    /// <summary>The dossier's stream.</summary>
    [JsonPropertyName("stroom")] public required string StreamText { get; init; }

    /// <summary>The file, 32 digits; <see langword="null"/>: the whole dossier.</summary>
    [JsonPropertyName("object")] public string? Object { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("soort")] public required RetentionObject Kind { get; init; }

    /// <summary>The recording it is a copy or transcript of; <see langword="null"/> otherwise.</summary>
    [JsonPropertyName("van")] public string? Of { get; init; }

    /// <summary>The first day it may go.</summary>
    [JsonPropertyName("mag")] public DateOnly? Ripe { get; init; }

    /// <summary>The last day it may stay.</summary>
    [JsonPropertyName("moet")] public DateOnly? Due { get; init; }

    /// <summary>How it stood in the plan.</summary>
    [JsonPropertyName("status")] public required RetentionStatus Status { get; init; }

    /// <summary>What the plan decided.</summary>
    [JsonPropertyName("besluit")] public required RetentionDecision Decision { get; init; }

    /// <summary>Why, each with its article.</summary>
    [JsonPropertyName("redenen")] public required IReadOnlyList<RetentionReason> Reasons { get; init; }

    /// <summary>The class; <see langword="null"/> for a recording of an unclassified dossier.</summary>
    [JsonPropertyName("klasse")] public Classification? Class { get; init; }

    /// <summary>The protocol of the dossier.</summary>
    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    /// <summary>The day the dossier began.</summary>
    [JsonPropertyName("begin")] public required DateOnly StartedOn { get; init; }

    /// <summary>The day it was closed.</summary>
    [JsonPropertyName("einde")] public DateOnly? ClosedOn { get; init; }

    /// <summary>Bytes of content.</summary>
    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    /// <summary>Files in it: 1 for a file.</summary>
    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    /// <summary>Copies known to lie elsewhere and not to have come back.</summary>
    [JsonPropertyName("kopieenElders")] public int CopiesElsewhere { get; init; }

    /// <summary>SHA-256 of everything in the plan that was decided on (<see cref="RetentionItem.Fingerprint"/>).</summary>
    [JsonPropertyName("vingerafdruk")] public required string Fingerprint { get; init; }

    /// <summary>What is answered.</summary>
    [JsonPropertyName("antwoord")] public ItemAnswer Answer { get; init; }

    /// <summary>Until when it is kept; only with <see cref="ItemAnswer.KeepUntil"/>.</summary>
    [JsonPropertyName("tot")] public DateOnly? Until { get; init; }

    /// <summary>What ties the reason for keeping to the list, so that another reason is another list; <see langword="null"/> without one. It tells nothing of the reason once that is forgotten.</summary>
    [JsonPropertyName("redenSha256")] public string? ReasonHash { get; init; }

    /// <summary>What became of it.</summary>
    [JsonIgnore] public ItemOutcome Outcome { get; init; }

    /// <summary>When its destruction began, UTC.</summary>
    [JsonIgnore] public DateTimeOffset? BegunAt { get; init; }

    /// <summary>When its outcome was established, UTC.</summary>
    [JsonIgnore] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>SHA-256 of the file as it was filed; of a dossier: SHA-256 over the hashes of its files, one a line in order.</summary>
    [JsonIgnore] public string? Sha256 { get; init; }

    /// <summary>The proof that it is gone.</summary>
    [JsonIgnore] public DestructionProof? Proof { get; init; }

    /// <summary>Why it was not destroyed or not proved gone, Dutch.</summary>
    [JsonIgnore] public string? Failure { get; init; }

    /// <summary>Whether the run may try it again: it failed on the machine, not on what was decided.</summary>
    [JsonIgnore] public bool MayRetry { get; init; }

    /// <summary>What changed since it was put on the list, Dutch; empty when nothing did.</summary>
    [JsonIgnore] public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The dossier's stream.</summary>
    [JsonIgnore] public OpaqueId Stream => OpaqueId.TryParse(StreamText, out var id) ? id : throw new InvalidOperationException("An item of a list names no stream.");

    /// <summary>What it is called in a sentence, such as <c>onderdeel 3 (opname in WL-2026-0001)</c>.</summary>
    [JsonIgnore] public string Name => $"onderdeel {Number} ({JsonWords.Of(Kind)}{(Object is null ? " " : " in ")}{Dossier})";
}

/// <summary>An approval.</summary>
/// <param name="Group">As what.</param>
/// <param name="Person">Who (handle of the staff).</param>
/// <param name="Role">By which role.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Hash">The list as it was approved (<see cref="DestructionList.Hash"/>).</param>
public sealed record ListApproval(ApprovalGroup Group, PersonId Person, StaffRole Role, DateTimeOffset At, string Hash)
{
    internal string Account { get; init; } = "";

    /// <summary>The first day by the waiting time of the protocols.</summary>
    internal DateOnly? From { get; init; }
}

/// <summary>Keys of a backup that no longer exist, on the word of a person: the program did not see them go.</summary>
/// <param name="Set">The set of keys.</param>
/// <param name="MadeAt">When the backup was made, UTC.</param>
/// <param name="Label">What people call the place.</param>
/// <param name="At">When somebody said so, UTC.</param>
/// <param name="Function">The function of who said so, on that day; <see langword="null"/> when he had none.</param>
/// <param name="Reason">How they went.</param>
public sealed record KeysDeclaredGone(OpaqueId Set, DateTimeOffset MadeAt, string Label, DateTimeOffset At, StaffRole? Function, string Reason);

/// <summary>A list of what is to be destroyed, at one moment. It never changes; the register gives a newer one.</summary>
public sealed record DestructionList
{
    /// <summary>Its number, such as <c>VL-2026-0001</c>.</summary>
    public required string Number { get; init; }

    /// <summary>By which path.</summary>
    public required DestructionPath Path { get; init; }

    /// <summary>How far it is.</summary>
    public ListStatus Status { get; init; }

    /// <summary>Who proposed it.</summary>
    public required PersonId ProposedBy { get; init; }

    /// <summary>By which role.</summary>
    public required StaffRole ProposedAs { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>What is on it.</summary>
    public required IReadOnlyList<DestructionItem> Items { get; init; }

    /// <summary>The approvals that hold: each of the list as it stands.</summary>
    public IReadOnlyList<ListApproval> Approvals { get; init; } = [];

    /// <summary>Approvals that became void: the list changed, whoever decided may no longer decide, or the vault was restored since.</summary>
    public IReadOnlyList<ListApproval> Void { get; init; } = [];

    /// <summary>The groups that still have to approve.</summary>
    public IReadOnlyList<ApprovalGroup> Missing => [.. Needed(Path).Where(group => Approvals.All(approval => approval.Group != group))];

    /// <summary>The first day it may be carried out (Europe/Amsterdam); <see langword="null"/> until it is approved.</summary>
    public DateOnly? RunFrom { get; init; }

    /// <summary>Who cancelled it.</summary>
    public PersonId? CancelledBy { get; init; }

    /// <summary>Why it was cancelled; <see langword="null"/> also when it was forgotten with a dossier of the list.</summary>
    public string? CancelledBecause { get; init; }

    /// <summary>Who began the run.</summary>
    public PersonId? RunBy { get; init; }

    /// <summary>By which role.</summary>
    public StaffRole? RunAs { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The backups that still hold keys of what was destroyed; empty: destroyed for good, as far as backups of this program go. <see langword="null"/> before the run.</summary>
    public IReadOnlyList<KeyHolder>? BackupsWithKeys { get; init; }

    /// <summary>Backups of which only somebody's word says that their keys, which open what was destroyed, are gone: whoever calls it destroyed for good says so too. Empty before the run.</summary>
    public IReadOnlyList<KeysDeclaredGone> DeclaredGone { get; init; } = [];

    /// <summary>Whether a run of it began on another machine or with another state folder and did not finish: going on asks to take it over.</summary>
    public bool RunsElsewhere { get; init; }

    /// <summary>Whether the run can be started, or gone on with after it was cut off or something failed on the machine.</summary>
    public bool CanRun => Status is ListStatus.Approved or ListStatus.Running || (Status == ListStatus.DoneInPart && Items.Any(item => item.MayRetry));

    /// <summary>Whether everything destroyed is destroyed for good: no backup of this program holds a key of it, as far as the program and <see cref="DeclaredGone"/> tell.</summary>
    public bool IsFinal => Status is ListStatus.Done or ListStatus.DoneInPart && BackupsWithKeys is { Count: 0 };

    /// <summary>SHA-256 of the exact list: number, path and every item with fingerprint and answer, in order. What an approval is bound to; 64 hexadecimal digits.</summary>
    public string Hash => ListHash.Of(Number, Path, Items);

    /// <summary>The signed statement, whole; <see langword="null"/> before the end of the run.</summary>
    internal string? Statement { get; init; }

    /// <summary>Backups that held keys when a run of it ended, by the order of the journals and not by any clock.</summary>
    internal IReadOnlyList<OpaqueId> KeySets { get; init; } = [];

    internal string ProposerAccount { get; init; } = "";

    /// <summary>The run that began last, and from where.</summary>
    internal string? Run { get; init; }

    internal string? RunPlace { get; init; }

    internal string JournalBefore { get; init; } = "";

    internal static IReadOnlyList<ApprovalGroup> Needed(DestructionPath path)
        => path == DestructionPath.Light ? [ApprovalGroup.Second] : [ApprovalGroup.Archivaris, ApprovalGroup.Medebeslisser];
}

/// <summary>The hash an approval is bound to. It is made of what the statement shows as well, so a stranger can reckon it again.</summary>
internal static class ListHash
{
    public static string Of(string number, DestructionPath path, IReadOnlyList<DestructionItem> items)
        => Of(number, path, items.Select(item => Line(
            item.Number, item.Dossier.Value, item.Object, JsonWords.Of(item.Kind), item.Fingerprint, JsonWords.Of(item.Answer), item.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), item.ReasonHash)));

    public static string Of(string number, DestructionPath path, IEnumerable<JsonObject> lines) => CanonicalJson.Hash(new JsonObject
    {
        ["lijst"] = number,
        ["pad"] = JsonWords.Of(path),
        ["onderdelen"] = new JsonArray([.. lines]),
    });

    public static JsonObject Line(int number, string dossier, string? file, string kind, string fingerprint, string answer, string? until, string? reasonHash)
    {
        var line = new JsonObject
        {
            ["nr"] = number,
            ["dossier"] = dossier,
            ["object"] = file,
            ["soort"] = kind,
            ["vingerafdruk"] = fingerprint,
            ["antwoord"] = answer,
            ["tot"] = until,
        };
        // Only where there is one: lists from before it was kept have the hash they had.
        if (reasonHash is not null) line["redenSha256"] = reasonHash;
        return line;
    }
}
