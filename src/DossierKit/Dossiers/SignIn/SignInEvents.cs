using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What happened in the sign-in register. Dutch names on disk. Of what a person must show (codes, links, tokens) only the SHA-256 is kept.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "soort", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(PasskeyEnrolled), "toegangssleutel-gemaakt")]
[JsonDerivedType(typeof(PasskeyRenamed), "toegangssleutel-hernoemd")]
[JsonDerivedType(typeof(PasskeyRemoved), "toegangssleutel-verwijderd")]
[JsonDerivedType(typeof(SignedIn), "aangemeld")]
[JsonDerivedType(typeof(LinkMade), "link-gemaakt")]
[JsonDerivedType(typeof(LinkUsed), "link-gebruikt")]
[JsonDerivedType(typeof(RecoveryCodesMade), "herstelcodes-gemaakt")]
[JsonDerivedType(typeof(RecoveryCodeUsed), "herstelcode-gebruikt")]
[JsonDerivedType(typeof(TokenMade), "api-sleutel-gemaakt")]
[JsonDerivedType(typeof(TokenUsed), "api-sleutel-gebruikt")]
[JsonDerivedType(typeof(TokenRevoked), "api-sleutel-ingetrokken")]
internal abstract record SignInEvent
{
    /// <summary>Whom it is about.</summary>
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    /// <summary>The type on the envelope.</summary>
    [JsonIgnore] public abstract string Name { get; }
}

internal sealed record PasskeyEnrolled : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary>As COSE, base64.</summary>
    [JsonPropertyName("openbareSleutel")] public required byte[] PublicKey { get; init; }

    [JsonPropertyName("teller")] public required uint Counter { get; init; }

    [JsonPropertyName("verbindingen")] public IReadOnlyList<string> Transports { get; init; } = [];

    [JsonPropertyName("naam")] public required string DisplayName { get; init; }

    [JsonPropertyName("kanReservekopie")] public bool IsBackupEligible { get; init; }

    [JsonPropertyName("heeftReservekopie")] public bool IsBackedUp { get; init; }

    [JsonIgnore] public override string Name => "toegangssleutel-gemaakt";
}

internal sealed record PasskeyRenamed : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("naam")] public required string DisplayName { get; init; }

    [JsonIgnore] public override string Name => "toegangssleutel-hernoemd";
}

internal sealed record PasskeyRemoved : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("door")] public required PersonId By { get; init; }

    [JsonIgnore] public override string Name => "toegangssleutel-verwijderd";
}

internal sealed record SignedIn : SignInEvent
{
    [JsonPropertyName("wijze")] public required SignInKind Kind { get; init; }

    /// <summary>The passkey; <see langword="null"/> for another way.</summary>
    [JsonPropertyName("id")] public string? Passkey { get; init; }

    /// <summary>The passkey's counter, as it said now.</summary>
    [JsonPropertyName("teller")] public uint? Counter { get; init; }

    [JsonPropertyName("heeftReservekopie")] public bool? IsBackedUp { get; init; }

    [JsonIgnore] public override string Name => "aangemeld";
}

internal sealed record LinkMade : SignInEvent
{
    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonPropertyName("waarvoor")] public required LinkUse Use { get; init; }

    [JsonPropertyName("tot")] public required DateTimeOffset Until { get; init; }

    [JsonPropertyName("door")] public required PersonId By { get; init; }

    /// <summary>The account the maker worked with: when it is taken away, the link is worth nothing.</summary>
    [JsonPropertyName("account")] public required string Account { get; init; }

    [JsonIgnore] public override string Name => "link-gemaakt";
}

internal sealed record LinkUsed : SignInEvent
{
    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonIgnore] public override string Name => "link-gebruikt";
}

internal sealed record RecoveryCodesMade : SignInEvent
{
    [JsonPropertyName("sha256")] public required IReadOnlyList<string> Hashes { get; init; }

    [JsonIgnore] public override string Name => "herstelcodes-gemaakt";
}

internal sealed record RecoveryCodeUsed : SignInEvent
{
    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonIgnore] public override string Name => "herstelcode-gebruikt";
}

internal sealed record TokenMade : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonPropertyName("naam")] public required string DisplayName { get; init; }

    [JsonPropertyName("totEnMet")] public required DateOnly Until { get; init; }

    /// <summary>The account it was made with: when it is taken away, the token is worth nothing.</summary>
    [JsonPropertyName("account")] public required string Account { get; init; }

    [JsonIgnore] public override string Name => "api-sleutel-gemaakt";
}

internal sealed record TokenUsed : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("op")] public required DateOnly On { get; init; }

    [JsonIgnore] public override string Name => "api-sleutel-gebruikt";
}

internal sealed record TokenRevoked : SignInEvent
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("door")] public required PersonId By { get; init; }

    [JsonIgnore] public override string Name => "api-sleutel-ingetrokken";
}

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SignInEvent))]
internal sealed partial class SignInJsonContext : JsonSerializerContext;
