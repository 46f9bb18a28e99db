using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>The results that matter for an integrity dossier, shipped with the program; the whole official list can be imported.</summary>
public static class ShippedSelectielijst
{
    /// <summary>The id of the version.</summary>
    public const string Id = "selectielijst-2020";

    private static readonly Lazy<Selectielijst> Loaded = new(Load);

    /// <summary>The list.</summary>
    public static Selectielijst List => Loaded.Value;

    private static Selectielijst Load()
    {
        using var stream = typeof(ShippedSelectielijst).Assembly.GetManifestResourceStream("DossierKit.Retention.Data.selectielijst-2020.json")
            ?? throw new InvalidOperationException("The shipped selectielijst is missing.");
        var file = JsonSerializer.Deserialize(stream, SelectielijstJsonContext.Default.SelectielijstFile)!;
        return file.ToList();
    }
}

/// <summary>A selectielijst as this program writes it.</summary>
internal sealed record SelectielijstFile
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("bron")] public required string Source { get; init; }

    [JsonPropertyName("overbrengenNa")] public required string TransferAfter { get; init; }

    [JsonPropertyName("overbrengenArtikel")] public required string TransferArticle { get; init; }

    [JsonPropertyName("resultaten")] public required IReadOnlyList<SelectielijstLine> Results { get; init; }

    public Selectielijst ToList()
        => new(Id, Title, [.. Results.Select(line => line.ToResult())]) { TransferAfter = TransferAfter, TransferArticle = TransferArticle };
}

/// <summary>A result as this program writes it.</summary>
internal sealed record SelectielijstLine
{
    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [JsonPropertyName("waardering")] public Nominatie? Nominatie { get; init; }

    [JsonPropertyName("procestermijn")] public string? ProcessTerm { get; init; }

    [JsonPropertyName("procestermijnOpmerking")] public string? ProcessTermNote { get; init; }

    [JsonPropertyName("bewaartermijn")] public string? Term { get; init; }

    public SelectielijstResult ToResult()
        => new() { Number = Number, Name = Name, Nominatie = Nominatie, Term = Term, ProcessTerm = ProcessTerm ?? "", ProcessTermNote = ProcessTermNote ?? "" };
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SelectielijstFile))]
[JsonSerializable(typeof(OfficialResult))]
[JsonSerializable(typeof(OfficialProcess))]
internal sealed partial class SelectielijstJsonContext : JsonSerializerContext;
