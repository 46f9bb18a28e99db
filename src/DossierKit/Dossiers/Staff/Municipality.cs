using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>The municipality that keeps the vault, as its letters show it.</summary>
public sealed record Municipality
{
    /// <summary>Name without "gemeente", such as <c>Waterlanden</c>.</summary>
    [JsonPropertyName("naam")] public required string Name { get; init; }

    /// <summary>Where letters come from and answers go to.</summary>
    [JsonPropertyName("adres")] public required PostalAddress Address { get; init; }

    /// <summary>Telephone number for questions; <see langword="null"/> when letters give none.</summary>
    [JsonPropertyName("telefoon")] public string? Telephone { get; init; }

    /// <summary>E-mail address for questions; <see langword="null"/> when letters give none.</summary>
    [JsonPropertyName("email")] public string? Email { get; init; }

    /// <summary>Who signs letters: name.</summary>
    [JsonPropertyName("ondertekenaar")] public required string Signatory { get; init; }

    /// <summary>Who signs letters: function, such as <c>gemeentesecretaris</c>.</summary>
    [JsonPropertyName("functieOndertekenaar")] public required string SignatoryFunction { get; init; }

    /// <summary>The id of the protocol that new dossiers follow.</summary>
    [JsonPropertyName("protocol")] public required string ProtocolId { get; init; }

    /// <summary>What a dossier number begins with, such as <c>WL</c>; <see langword="null"/>: any number is allowed.</summary>
    [JsonPropertyName("nummerVoorvoegsel")] public string? NumberPrefix { get; init; }
}
