using System.Text.Json;
using System.Text.Json.Serialization;

namespace DossierKit.Search;

/// <summary>How a factor is compared.</summary>
public enum FactorMeasure
{
    /// <summary>The same or not.</summary>
    [JsonStringEnumMemberName("gelijk")] Same,

    /// <summary>What both have, of what either has.</summary>
    [JsonStringEnumMemberName("overlap")] Overlap,

    /// <summary>How many steps of the scale lie between.</summary>
    [JsonStringEnumMemberName("afstand")] Distance,
}

/// <summary>One factor of the comparison.</summary>
/// <param name="Id">Its field on the card.</param>
/// <param name="Title">As a reader calls it, Dutch.</param>
/// <param name="Weight">Its part of the whole; of all factors together 100.</param>
/// <param name="Measure">How it is compared.</param>
/// <param name="Why">Why it counts, with its source, Dutch.</param>
public sealed record ComparisonFactor(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("titel")] string Title,
    [property: JsonPropertyName("gewicht")] int Weight,
    [property: JsonPropertyName("meting")] FactorMeasure Measure,
    [property: JsonPropertyName("waarom")] string Why);

/// <summary>How cards are kept and compared in this house: data, so that everybody can see what weighs how much.</summary>
public sealed record CardRules
{
    /// <summary>How many years after the last decision a card goes, when its dossier does not go earlier: a choice of the municipality.</summary>
    [JsonPropertyName("bewaartermijnJaren")] public required int KeepYears { get; init; }

    /// <summary>Why that many, Dutch.</summary>
    [JsonPropertyName("eigenKeuze")] public required string Choice { get; init; }

    /// <summary>How many cases must stand behind a number before it is told.</summary>
    [JsonPropertyName("minsteKaarten")] public required int LeastCards { get; init; }

    /// <summary>How like a case must be to be shown, 0 to 1.</summary>
    [JsonPropertyName("minsteGelijkenis")] public required double LeastLikeness { get; init; }

    /// <summary>How many of the nearest are shown.</summary>
    [JsonPropertyName("naaste")] public required int Nearest { get; init; }

    /// <summary>How many of those that are alike and ended otherwise.</summary>
    [JsonPropertyName("tegenvoorbeelden")] public required int CounterExamples { get; init; }

    /// <summary>What is compared.</summary>
    [JsonPropertyName("factoren")] public required IReadOnlyList<ComparisonFactor> Factors { get; init; }

    /// <summary>The rules as shipped.</summary>
    public static CardRules Shipped { get; } = Read();

    private static CardRules Read()
    {
        using var stream = typeof(CardRules).Assembly.GetManifestResourceStream("DossierKit.Search.Data.kaarten.json") ?? throw new InvalidOperationException("kaarten.json is not in the program.");
        var rules = JsonSerializer.Deserialize(stream, CardJsonContext.Default.CardRules)!;
        // Fewer than three would point at somebody, whatever a file says.
        return rules.LeastCards >= 3 && rules.KeepYears > 0 ? rules : throw new InvalidOperationException("kaarten.json may not ask for fewer than three cases behind a number, nor keep for no years.");
    }
}
