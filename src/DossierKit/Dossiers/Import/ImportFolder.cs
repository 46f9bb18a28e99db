using System.Text.Json;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>What <c>dossier.json</c> holds; the shape is the record itself, and <c>sample-dossiers/dossier.schema.json</c> documents it.</summary>
internal sealed record ImportFolder
{
    [JsonPropertyName("$schema")] public string? Schema { get; init; }

    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    /// <summary><see langword="null"/>: the municipality's own.</summary>
    [JsonPropertyName("protocol")] public ImportProtocol? Protocol { get; init; }

    [JsonPropertyName("personen")] public required IReadOnlyList<CasePerson> Persons { get; init; }

    [JsonPropertyName("gebeurtenissen")] public required IReadOnlyList<DossierEvent> Events { get; init; }

    [JsonPropertyName("bestanden")] public IReadOnlyList<ImportFile> Files { get; init => field = value ?? []; } = [];

    /// <summary>By kind of document, then by element id or field.</summary>
    [JsonPropertyName("antwoorden")] public IReadOnlyDictionary<string, IReadOnlyDictionary<string, AnswerText>> Answers { get; init => field = value ?? new Dictionary<string, IReadOnlyDictionary<string, AnswerText>>(); } = new Dictionary<string, IReadOnlyDictionary<string, AnswerText>>();
}

internal sealed record ImportProtocol
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    /// <summary><see langword="null"/>: the version in force at the melding.</summary>
    [JsonPropertyName("versie")] public string? Version { get; init; }
}

internal sealed record ImportFile
{
    /// <summary>Relative to the folder, with forward slashes.</summary>
    [JsonPropertyName("pad")] public required string Path { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("soort")] public required FileKind Kind { get; init; }

    [JsonPropertyName("compartiment")] public required Compartment Compartment { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [JsonPropertyName("bij")] public string? BelongsTo { get; init; }
}

/// <summary>An answer as people write it: text, true or false (kept as <c>ja</c> and <c>nee</c>), or lines of text.</summary>
[JsonConverter(typeof(AnswerTextJson))]
internal sealed record AnswerText(string Text)
{
    public static bool IsAnswer(LocatedJson json) => json.Kind is JsonTokenType.String or JsonTokenType.True or JsonTokenType.False
        || (json.Kind == JsonTokenType.StartArray && json.Items.All(item => item.Kind == JsonTokenType.String));
}

internal sealed class AnswerTextJson : JsonConverter<AnswerText>
{
    public override AnswerText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return new AnswerText(reader.GetString()!);
            case JsonTokenType.True: return new AnswerText("ja");
            case JsonTokenType.False: return new AnswerText("nee");
            case JsonTokenType.StartArray:
                var lines = new List<string>();
                while (reader.Read() && reader.TokenType == JsonTokenType.String) lines.Add(reader.GetString()!);
                if (reader.TokenType == JsonTokenType.EndArray) return new AnswerText(string.Join('\n', lines));
                break;
        }

        throw new JsonException("An answer is text, true, false or lines of text.");
    }

    public override void Write(Utf8JsonWriter writer, AnswerText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

/// <summary>An event whose kind stands in <c>soort</c>.</summary>
internal sealed class DossierEventJson : JsonConverter<DossierEvent>
{
    public override DossierEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var copy = reader;
        using var json = JsonDocument.ParseValue(ref copy);
        var kind = EventKind.Find(json.RootElement.GetProperty("soort").GetString()!) ?? throw new JsonException("No known kind of event.");
        return (DossierEvent)JsonSerializer.Deserialize(ref reader, EventJson.TypeInfoOf(kind.Type))!;
    }

    public override void Write(Utf8JsonWriter writer, DossierEvent value, JsonSerializerOptions options)
        => JsonSerializer.Serialize(writer, value, EventJson.TypeInfoOf(value.GetType()));
}
