using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>regel-nageleefd</c>: somebody saw to it that a rule of the protocol was kept, which no other event shows.</summary>
public sealed record RuleKept : DossierEvent
{
    /// <summary>The rule's id, such as <c>melding.doorgeven</c>.</summary>
    [JsonPropertyName("regel"), Description("Welke regel van het protocol, zoals melding.doorgeven; in de toelichting staat hoe, zonder namen")] public required string Rule { get; init; }

    /// <summary>For whom, when the rule holds for each person apart (handle of the case); <see langword="null"/>: for the case.</summary>
    [JsonPropertyName("persoon"), Description("Voor wie, als de regel per persoon geldt (aanduiding)")] public PersonId? Person { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Person is { } one ? [one] : [];
}

/// <summary><c>omstandigheid-vastgesteld</c>: a fact on which rules depend, and which no other event tells, was settled.</summary>
public sealed record FactEstablished : DossierEvent
{
    /// <summary>One of <see cref="Protocols.FactNames"/>.</summary>
    [JsonPropertyName("feit"), Description("Welk feit, zoals strafbaarFeit of externOnderzoek; in de toelichting staat waarom, zonder namen")] public required string Fact { get; init; }

    /// <summary>One of its values.</summary>
    [JsonPropertyName("waarde"), Description("Wat er geldt, meestal ja of nee")] public required string Value { get; init; }

    /// <summary>For whom (handle of the case); <see langword="null"/>: for the case.</summary>
    [JsonPropertyName("persoon"), Description("Voor wie, als het per persoon verschilt (aanduiding)")] public PersonId? Person { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Person is { } one ? [one] : [];
}

/// <summary><c>protocol-gewisseld</c>: from here on the case follows another protocol, with reasons, signed by a verantwoordelijke.</summary>
public sealed record ProtocolSwitched : DossierEvent
{
    /// <summary>The id of the protocol it followed. Written by the register.</summary>
    [JsonPropertyName("van"), WrittenByRegister] public string? From { get; init; }

    /// <summary>The version of that protocol. Written by the register.</summary>
    [JsonPropertyName("vanVersie"), WrittenByRegister] public string? FromVersion { get; init; }

    /// <summary>The id of the protocol it follows now.</summary>
    [JsonPropertyName("naar"), Description("Welk protocol voortaan geldt, zoals waterlanden")] public required string To { get; init; }

    /// <summary>The version of that protocol.</summary>
    [JsonPropertyName("naarVersie"), Description("Welke versie daarvan, zoals 2025")] public required string ToVersion { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("motivering"), Description("Waarom de zaak een ander protocol volgt")] public required string Reasons { get; init; }

    /// <summary>The verantwoordelijke who signs for it (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("verantwoordelijke"), Description("Wie ervoor tekent (aanduiding)")] public required PersonId SignedBy { get; init; }
}
