using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>An event of the gespreksverslag of one conversation.</summary>
public abstract record VerslagEvent : DossierEvent
{
    private protected VerslagEvent()
    {
    }

    /// <summary>The conversation's reference, such as <c>gesprek-1</c>.</summary>
    [JsonPropertyName("gesprek"), Description("Kenmerk van het gesprek, zoals gesprek-1")] public required string Conversation { get; init; }

    /// <summary>Who was heard (handle of the case).</summary>
    [JsonPropertyName("met"), Description("Met wie het gesprek was (aanduiding)")] public required PersonId With { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public sealed override IReadOnlyList<PersonId> Subjects => [With];

    /// <inheritdoc/>
    [JsonIgnore] public sealed override string? About => Conversation;
}

/// <summary><c>verslag-opgemaakt</c>.</summary>
public sealed record VerslagDrawnUp : VerslagEvent
{
    /// <summary>The verslag in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het verslag in het dossier (id)")] public FileId? File { get; init; }
}

/// <summary><c>verslag-verzonden</c>: to the person heard, to check.</summary>
public sealed record VerslagSent : VerslagEvent
{
    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Hoe")] public Delivery? Delivery { get; init; }
}

/// <summary><c>verslag-gecorrigeerd</c>: the person heard asked for changes.</summary>
public sealed record VerslagCorrected : VerslagEvent
{
    /// <summary>Which changes.</summary>
    [JsonPropertyName("correcties"), Description("Welke wijzigingen")] public string? Corrections { get; init; }
}

/// <summary><c>verslag-vastgesteld</c>: agreed, and signed where the protocol asks it.</summary>
public sealed record VerslagAdopted : VerslagEvent
{
    /// <summary>Whether all signed.</summary>
    [JsonPropertyName("ondertekend"), Description("Iedereen heeft getekend")] public bool? IsSigned { get; init; }

    /// <summary>Whether every page was initialled.</summary>
    [JsonPropertyName("geparafeerd"), Description("Elke bladzijde is geparafeerd")] public bool? IsInitialled { get; init; }
}

/// <summary><c>verslag-geweigerd</c>: the person heard will not sign.</summary>
public sealed record VerslagRefused : VerslagEvent
{
    /// <summary>Why, where possible.</summary>
    [JsonPropertyName("reden"), Description("Waarom, als dat bekend is")] public string? Reason { get; init; }
}

/// <summary><c>afwijkende-mening</c>: the person heard attaches a view of his own.</summary>
public sealed record DissentAttached : VerslagEvent
{
    /// <summary>The view.</summary>
    [JsonPropertyName("inhoud"), Description("De afwijkende mening")] public required string Content { get; init; }
}
