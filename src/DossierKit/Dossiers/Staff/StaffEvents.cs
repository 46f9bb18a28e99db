using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What happened in the staff register. Dutch names on disk, like the events of a dossier.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "soort", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(VaultFounded), "gesticht")]
[JsonDerivedType(typeof(MunicipalityChanged), "gemeente-gewijzigd")]
[JsonDerivedType(typeof(StaffAdded), "medewerker-toegevoegd")]
[JsonDerivedType(typeof(AccountBound), "account-gekoppeld")]
[JsonDerivedType(typeof(AccountUnbound), "account-losgekoppeld")]
[JsonDerivedType(typeof(RoleGiven), "rol-gegeven")]
[JsonDerivedType(typeof(RoleEnded), "rol-beeindigd")]
[JsonDerivedType(typeof(ChangeProposed), "voorgesteld")]
[JsonDerivedType(typeof(ChangeConfirmed), "bevestigd")]
[JsonDerivedType(typeof(ChangeDeclined), "afgewezen")]
internal abstract record StaffEvent
{
    /// <summary>Who did it; <see langword="null"/> for the founding, before which there is nobody.</summary>
    [JsonPropertyName("door")] public PersonId? By { get; init; }

    /// <summary>How who did it came in; <see langword="null"/> for the founding.</summary>
    [JsonPropertyName("via")] public AccountKind? Via { get; init; }

    /// <summary>The type on the envelope.</summary>
    [JsonIgnore] public abstract string Name { get; }
}

internal sealed record VaultFounded : StaffEvent
{
    [JsonPropertyName("gemeente")] public required Municipality Municipality { get; init; }

    [JsonPropertyName("personen")] public required IReadOnlyList<FoundedPerson> Persons { get; init; }

    [JsonIgnore] public override string Name => "gesticht";
}

internal sealed record FoundedPerson
{
    [JsonPropertyName("id")] public required PersonId Id { get; init; }

    [JsonPropertyName("naam")] public required string DisplayName { get; init; }

    [JsonPropertyName("functie")] public string? Function { get; init; }

    [JsonPropertyName("account")] public string? Account { get; init; }

    [JsonPropertyName("aanstelling")] public required Appointment Appointment { get; init; }
}

internal sealed record MunicipalityChanged : StaffEvent
{
    [JsonPropertyName("gemeente")] public required Municipality Municipality { get; init; }

    [JsonIgnore] public override string Name => "gemeente-gewijzigd";
}

internal sealed record StaffAdded : StaffEvent
{
    [JsonPropertyName("id")] public required PersonId Id { get; init; }

    [JsonPropertyName("naam")] public required string DisplayName { get; init; }

    [JsonPropertyName("functie")] public string? Function { get; init; }

    [JsonIgnore] public override string Name => "medewerker-toegevoegd";
}

internal sealed record AccountBound : StaffEvent
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("account")] public required string Account { get; init; }

    [JsonIgnore] public override string Name => "account-gekoppeld";
}

internal sealed record AccountUnbound : StaffEvent
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("account")] public required string Account { get; init; }

    [JsonIgnore] public override string Name => "account-losgekoppeld";
}

internal sealed record RoleGiven : StaffEvent
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("aanstelling")] public required Appointment Appointment { get; init; }

    [JsonIgnore] public override string Name => "rol-gegeven";
}

internal sealed record RoleEnded : StaffEvent
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("rol")] public required StaffRole Role { get; init; }

    [JsonPropertyName("laatsteDag")] public required DateOnly LastDay { get; init; }

    [JsonIgnore] public override string Name => "rol-beeindigd";
}

/// <summary>A role or an account that waits for a second person: exactly one of both is set.</summary>
internal sealed record ChangeProposed : StaffEvent
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("aanstelling")] public Appointment? Appointment { get; init; }

    [JsonPropertyName("account")] public string? Account { get; init; }

    [JsonIgnore] public override string Name => "voorgesteld";
}

internal sealed record ChangeConfirmed : StaffEvent
{
    /// <summary>The journal entry that proposed it.</summary>
    [JsonPropertyName("voorstel")] public required string Proposal { get; init; }

    [JsonIgnore] public override string Name => "bevestigd";
}

internal sealed record ChangeDeclined : StaffEvent
{
    /// <summary>The journal entry that proposed it.</summary>
    [JsonPropertyName("voorstel")] public required string Proposal { get; init; }

    [JsonIgnore] public override string Name => "afgewezen";
}

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(StaffEvent))]
internal sealed partial class StaffJsonContext : JsonSerializerContext;
