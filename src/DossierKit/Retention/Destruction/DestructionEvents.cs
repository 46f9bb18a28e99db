using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// What happened to a list of destruction. The stream is kept permanently, so nothing in it is a name or content: handles, ids, classes, dates. Dutch names on disk.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "gebeurtenis", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ListProposed), "lijst-voorgesteld")]
[JsonDerivedType(typeof(AnswerGiven), "antwoord-gegeven")]
[JsonDerivedType(typeof(ItemsChanged), "onderdelen-veranderd")]
[JsonDerivedType(typeof(ListApproved), "lijst-goedgekeurd")]
[JsonDerivedType(typeof(ApprovalsVoided), "goedkeuringen-vervallen")]
[JsonDerivedType(typeof(ListCancelled), "lijst-ingetrokken")]
[JsonDerivedType(typeof(RunBegun), "uitvoering-begonnen")]
[JsonDerivedType(typeof(ItemBegun), "onderdeel-begonnen")]
[JsonDerivedType(typeof(ItemEnded), "onderdeel-afgehandeld")]
[JsonDerivedType(typeof(ItemFailed), "onderdeel-mislukt")]
[JsonDerivedType(typeof(RunEnded), "uitvoering-klaar")]
[JsonDerivedType(typeof(ClockDoubted), "klok-voorgelegd")]
[JsonDerivedType(typeof(ClockConfirmed), "klok-bevestigd")]
internal abstract record DestructionEvent
{
    /// <summary>Who did it; <see langword="null"/>: the program, carrying out what was decided.</summary>
    [JsonPropertyName("door")] public PersonId? By { get; init; }

    /// <summary>By which role.</summary>
    [JsonPropertyName("rol")] public StaffRole? Role { get; init; }

    /// <summary>A keyed mark of the account: the same account gives the same mark, and nothing else can be told from it.</summary>
    [JsonPropertyName("account")] public string? Account { get; init; }

    /// <summary>The number of the list; <see langword="null"/> when it is about none.</summary>
    [JsonPropertyName("lijst")] public string? List { get; init; }

    /// <summary>By which request of a client, as <see cref="RequestMark"/> keeps it, so that what is sent twice is done once; <see langword="null"/>: by none.</summary>
    [JsonPropertyName("verzoek")] public string? Request { get; init; }

    /// <summary>The type on the envelope.</summary>
    [JsonIgnore] public abstract string Name { get; }
}

internal sealed record ListProposed : DestructionEvent
{
    [JsonPropertyName("pad")] public required DestructionPath Path { get; init; }

    [JsonPropertyName("onderdelen")] public required IReadOnlyList<DestructionItem> Items { get; init; }

    [JsonIgnore] public override string Name => "lijst-voorgesteld";
}

/// <summary>The reason of <see cref="ItemAnswer.KeepUntil"/> stands in an entry beside it, in the dossier's own compartment of the stream: it can be forgotten.</summary>
internal sealed record AnswerGiven : DestructionEvent
{
    [JsonPropertyName("onderdeel")] public required int Item { get; init; }

    [JsonPropertyName("antwoord")] public required ItemAnswer Answer { get; init; }

    [JsonPropertyName("tot")] public DateOnly? Until { get; init; }

    /// <summary>What ties the reason to the answer (<see cref="AnswerReason.Hash"/>); <see langword="null"/> without one, and in entries of an earlier version.</summary>
    [JsonPropertyName("redenSha256")] public string? ReasonHash { get; init; }

    [JsonIgnore] public override string Name => "antwoord-gegeven";
}

/// <summary>The plan changed for items of a list: they stand on it as they are now, and approvals from before are void.</summary>
internal sealed record ItemsChanged : DestructionEvent
{
    [JsonPropertyName("onderdelen")] public required IReadOnlyList<DestructionItem> Items { get; init; }

    [JsonPropertyName("wat")] public required IReadOnlyList<ItemChange> Changes { get; init; }

    [JsonIgnore] public override string Name => "onderdelen-veranderd";
}

internal sealed record ItemChange([property: JsonPropertyName("nr")] int Item, [property: JsonPropertyName("wat")] string What);

internal sealed record ListApproved : DestructionEvent
{
    [JsonPropertyName("groep")] public required ApprovalGroup Group { get; init; }

    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    /// <summary>The first day on which it may be carried out by the waiting time of the protocols on the list; <see langword="null"/> when they have none.</summary>
    [JsonPropertyName("vanaf")] public DateOnly? From { get; init; }

    [JsonIgnore] public override string Name => "lijst-goedgekeurd";
}

/// <summary>The list did not change, but what was approved cannot be carried out any more: somebody who decided may no longer decide, or the vault was restored since.</summary>
internal sealed record ApprovalsVoided : DestructionEvent
{
    [JsonPropertyName("waarom")] public required VoidCause Cause { get; init; }

    [JsonIgnore] public override string Name => "goedkeuringen-vervallen";
}

/// <summary>Why approvals became void though the list did not change.</summary>
internal enum VoidCause
{
    /// <summary>Who proposed or approved has no longer the role or the account, or is now part of a case on the list.</summary>
    [JsonStringEnumMemberName("beslisser-niet-meer-bevoegd")] Decider,

    /// <summary>The vault was restored from a backup after it was approved.</summary>
    [JsonStringEnumMemberName("kluis-teruggezet")] Restored,

    /// <summary>It was proposed or approved by a clock that stood ahead.</summary>
    [JsonStringEnumMemberName("klok-liep-voor")] Clock,
}

/// <summary>The reason stands in an entry beside it, in a compartment named by the list, and goes with the first dossier of the list that is destroyed: it may name somebody.</summary>
internal sealed record ListCancelled : DestructionEvent
{
    /// <summary>Only in entries of an earlier version.</summary>
    [JsonPropertyName("reden")] public string? Reason { get; init; }

    [JsonIgnore] public override string Name => "lijst-ingetrokken";
}

internal sealed record RunBegun : DestructionEvent
{
    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    /// <summary>The hash of the stream's last commit before the run.</summary>
    [JsonPropertyName("journaal")] public required string Journal { get; init; }

    /// <summary>The run, 32 digits: only the last one that began writes what becomes of the items; <see langword="null"/> in entries of an earlier version.</summary>
    [JsonPropertyName("uitvoering")] public string? Run { get; init; }

    /// <summary>A keyed mark of the machine and the state folder: within one of them a lock tells whether an earlier run still goes on.</summary>
    [JsonPropertyName("plaats")] public string? Place { get; init; }

    /// <summary>Whether somebody said that the run from another place is over; <see langword="null"/>: there was none.</summary>
    [JsonPropertyName("overgenomen")] public bool? TookOver { get; init; }

    [JsonIgnore] public override string Name => "uitvoering-begonnen";
}

internal sealed record ItemBegun : DestructionEvent
{
    [JsonPropertyName("onderdeel")] public required int Item { get; init; }

    [JsonPropertyName("bestand")] public string? Sha256 { get; init; }

    [JsonIgnore] public override string Name => "onderdeel-begonnen";
}

internal sealed record ItemEnded : DestructionEvent
{
    [JsonPropertyName("onderdeel")] public required int Item { get; init; }

    [JsonPropertyName("uitkomst")] public required ItemOutcome Outcome { get; init; }

    [JsonPropertyName("bewijs")] public DestructionProof? Proof { get; init; }

    [JsonIgnore] public override string Name => "onderdeel-afgehandeld";
}

internal sealed record ItemFailed : DestructionEvent
{
    [JsonPropertyName("onderdeel")] public required int Item { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }

    /// <summary>Whether it failed on the machine, so that the run may try it again; what was decided otherwise needs a new list.</summary>
    [JsonPropertyName("opnieuw")] public bool MayRetry { get; init; }

    [JsonPropertyName("bewijs")] public DestructionProof? Proof { get; init; }

    [JsonIgnore] public override string Name => "onderdeel-mislukt";
}

internal sealed record RunEnded : DestructionEvent
{
    /// <summary>The signed statement, whole.</summary>
    [JsonPropertyName("verklaring")] public required string Statement { get; init; }

    /// <summary>The backups that held keys at this point of the journals, whatever their clocks said; <see langword="null"/> in entries of an earlier version.</summary>
    [JsonPropertyName("sleutelsIn")] public IReadOnlyList<string>? KeySets { get; init; }

    [JsonIgnore] public override string Name => "uitvoering-klaar";
}

/// <summary>The first of two who say that the clock is right.</summary>
internal sealed record ClockDoubted : DestructionEvent
{
    /// <summary>What the clock said.</summary>
    [JsonPropertyName("klok")] public required DateTimeOffset Clock { get; init; }

    [JsonIgnore] public override string Name => "klok-voorgelegd";
}

/// <summary>The second: from here on, earlier entries with a later time are known to be wrong.</summary>
internal sealed record ClockConfirmed : DestructionEvent
{
    [JsonPropertyName("klok")] public required DateTimeOffset Clock { get; init; }

    /// <summary>The latest time that was seen before and is known to be wrong since; <see langword="null"/>: none.</summary>
    [JsonPropertyName("nooitGeweest")] public DateTimeOffset? Wrong { get; init; }

    [JsonIgnore] public override string Name => "klok-bevestigd";
}

/// <summary>A reason that may name somebody, in a compartment of the stream that goes when the dossier goes.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Salt">32 random digits, so that nobody can guess the reason from its hash once it is forgotten; <see langword="null"/> in entries of an earlier version, and where nothing is tied to it.</param>
internal sealed record AnswerReason([property: JsonPropertyName("reden")] string Reason, [property: JsonPropertyName("zout")] string? Salt = null)
{
    /// <summary>SHA-256 over salt, a line feed and the reason, 64 hexadecimal digits: it stays when the reason is forgotten.</summary>
    [JsonIgnore] public string? Hash => Salt is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Salt}\n{Reason}")));
}

/// <summary>How the stream's records stand on disk.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DestructionEvent))]
[JsonSerializable(typeof(AnswerReason))]
internal sealed partial class DestructionJsonContext : JsonSerializerContext;
