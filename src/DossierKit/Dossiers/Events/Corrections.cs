using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>How a file came to lie where it lies, after it was filed wrongly first. Kept with the file, in its right compartment.</summary>
public sealed record FileMove
{
    /// <summary>The id it had before; nothing can be opened by it any more.</summary>
    [JsonPropertyName("vorige")] public required FileId Previous { get; init; }

    /// <summary>Where it lay.</summary>
    [JsonPropertyName("uit")] public required Compartment From { get; init; }

    /// <summary>The day it was moved.</summary>
    [JsonPropertyName("op")] public required DateOnly On { get; init; }

    /// <summary>Who moved it (handle of the staff).</summary>
    [JsonPropertyName("door")] public required PersonId By { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary>
/// <c>bestand-verplaatst</c>: a file that lay here was put in its right place, and what lay here was destroyed. It stays in the wrong compartment, for those who could
/// see the file there; so it says that it happened and nothing else. Written by the register.
/// </summary>
public sealed record FileMovedAway : DossierEvent
{
    /// <summary>The compartment the file lay in.</summary>
    [JsonPropertyName("uit")] public required Compartment From { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => From;
}
