using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>wederhoor-aangeboden</c>: a betrokkene got the chance to respond to the findings before the report, until a day.</summary>
public sealed record WederhoorOffered : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The last day to respond.</summary>
    [JsonPropertyName("reagerenTot"), Description("Tot en met welke dag de betrokkene kan reageren")] public required DateOnly ReplyUntil { get; init; }

    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Hoe")] public Delivery? Delivery { get; init; }

    /// <summary>Whether the betrokkene could read the documents, without copying.</summary>
    [JsonPropertyName("inzage"), Description("De betrokkene kon de stukken inzien, zonder te kopiëren")] public bool? WithInzage { get; init; }

    /// <summary>The letter in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("De brief in het dossier (id)")] public FileId? File { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>zienswijze-gevraagd</c>: a betrokkene was asked for a view on what is held against him and what is intended, until a day.</summary>
public sealed record ZienswijzeRequested : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The provisional facts.</summary>
    [JsonPropertyName("feiten"), Description("De voorlopige feiten")] public required string Facts { get; init; }

    /// <summary>The last day to respond.</summary>
    [JsonPropertyName("reagerenTot"), Description("Tot en met welke dag de betrokkene kan reageren")] public required DateOnly ReplyUntil { get; init; }

    /// <summary>What is intended, if anything.</summary>
    [JsonPropertyName("voornemen"), Description("Welk besluit de gemeente van plan is te nemen")] public string? Intention { get; init; }

    /// <summary>The day of the conversation, when the response is spoken.</summary>
    [JsonPropertyName("gesprekOp"), Description("Dag van het gesprek, als de zienswijze mondeling is")] public DateOnly? ConversationOn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}
