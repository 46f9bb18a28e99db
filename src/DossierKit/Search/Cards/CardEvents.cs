using System.Text.Json.Serialization;
using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>
/// What happened to cards. What is about one card lies in a compartment of its own, with its own key, so that the card can go without a trace of its content; that it went, and who asked for a
/// comparison and which ids he was shown, stays: handles, ids and dates.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "gebeurtenis", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(CardProposed), "kaart-voorgesteld")]
[JsonDerivedType(typeof(CardApproved), "kaart-goedgekeurd")]
[JsonDerivedType(typeof(CardGone), "kaart-weg")]
[JsonDerivedType(typeof(CasesCompared), "zaken-vergeleken")]
[JsonDerivedType(typeof(ComparedFor), "vergeleken-voor")]
[JsonDerivedType(typeof(InzageAsked), "inzage-gevraagd")]
[JsonDerivedType(typeof(InzageDecided), "inzage-besloten")]
internal abstract record CardEvent
{
    [JsonPropertyName("door")] public PersonId? By { get; init; }

    /// <summary>A keyed mark of the account: the same account gives the same mark, and nothing else can be told from it.</summary>
    [JsonPropertyName("account")] public string? Account { get; init; }

    [JsonIgnore] public abstract string Name { get; }
}

internal sealed record CardProposed : CardEvent
{
    [JsonPropertyName("kaart")] public required string Card { get; init; }

    [JsonPropertyName("stroom")] public required string Stream { get; init; }

    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    [JsonPropertyName("betrokkene")] public required PersonId Betrokkene { get; init; }

    [JsonPropertyName("inhoud")] public required CaseCard Content { get; init; }

    /// <summary>The journal entries of the dossier it was drawn from.</summary>
    [JsonPropertyName("bronnen")] public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>SHA-256 over those.</summary>
    [JsonPropertyName("grond")] public required string Ground { get; init; }

    /// <summary>The commit of the newest event of the case it was compared with then.</summary>
    [JsonPropertyName("versie")] public required long ContentVersion { get; init; }

    [JsonPropertyName("tot")] public required DateOnly Until { get; init; }

    [JsonPropertyName("bevestigd")] public IReadOnlyList<TraceWarning> Confirmed { get; init => field = value ?? []; } = [];

    [JsonIgnore] public override string Name => "kaart-voorgesteld";
}

internal sealed record CardApproved : CardEvent
{
    [JsonPropertyName("kaart")] public required string Card { get; init; }

    [JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonIgnore] public override string Name => "kaart-goedgekeurd";
}

internal sealed record CardGone : CardEvent
{
    [JsonPropertyName("kaart")] public required string Card { get; init; }

    [JsonPropertyName("oorzaak")] public required GoneCause Cause { get; init; }

    [JsonPropertyName("op")] public required DateOnly On { get; init; }

    [JsonIgnore] public override string Name => "kaart-weg";
}

/// <summary>Why a card went.</summary>
internal enum GoneCause
{
    [JsonStringEnumMemberName("ingetrokken")] Withdrawn,
    [JsonStringEnumMemberName("vervangen")] Replaced,
    [JsonStringEnumMemberName("dossier-vernietigd")] DossierDestroyed,
    [JsonStringEnumMemberName("besluit-veranderd")] DecisionChanged,
    [JsonStringEnumMemberName("bewaartermijn-voorbij")] Expired,
}

/// <summary>Who was shown which cards: stays.</summary>
internal sealed record CasesCompared : CardEvent
{
    [JsonPropertyName("kaarten")] public required IReadOnlyList<string> Cards { get; init; }

    [JsonPropertyName("via")] public required AccountKind Via { get; init; }

    [JsonIgnore] public override string Name => "zaken-vergeleken";
}

/// <summary>For which case and what for: goes with that case.</summary>
internal sealed record ComparedFor : CardEvent
{
    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    [JsonPropertyName("betrokkene")] public required PersonId Betrokkene { get; init; }

    [JsonPropertyName("doel")] public required string Purpose { get; init; }

    [JsonPropertyName("gevraagd")] public required CaseProfile Asked { get; init; }

    [JsonIgnore] public override string Name => "vergeleken-voor";
}

/// <summary>Somebody asks to see more than a card: in the compartment of the case he asks for.</summary>
internal sealed record InzageAsked : CardEvent
{
    [JsonPropertyName("verzoek")] public required string Request { get; init; }

    [JsonPropertyName("kaart")] public required string Card { get; init; }

    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    [JsonPropertyName("doel")] public required string Purpose { get; init; }

    [JsonPropertyName("op")] public required DateOnly On { get; init; }

    [JsonIgnore] public override string Name => "inzage-gevraagd";
}

internal sealed record InzageDecided : CardEvent
{
    [JsonPropertyName("verzoek")] public required string Request { get; init; }

    [JsonPropertyName("akkoord")] public required bool IsGranted { get; init; }

    [JsonPropertyName("totEnMet")] public DateOnly? Until { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }

    [JsonPropertyName("op")] public required DateOnly On { get; init; }

    [JsonIgnore] public override string Name => "inzage-besloten";
}

/// <summary>How the stream's records stand on disk.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CardEvent))]
[JsonSerializable(typeof(CaseCard))]
[JsonSerializable(typeof(CardRules))]
internal sealed partial class CardJsonContext : JsonSerializerContext;
