using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Parts of a dossier as JSON, with the names they have on disk and in the API.</summary>
internal static class DossierJson
{
    // The domain's own records carry their names on disk as attributes: one truth for disk, API and command line.
    private static readonly JsonSerializerOptions AsOnDisk = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    public static JsonNode Person(CasePerson person) => JsonSerializer.SerializeToNode(person, AsOnDisk)!;

    public static JsonNode Event(DossierEvent happening)
    {
        var json = JsonSerializer.SerializeToNode(happening, happening.GetType(), AsOnDisk)!.AsObject();
        // A key is for the program, not for a screen.
        if (happening is DossierCreated) json.Remove("sleutel");
        return json;
    }

    /// <summary>What an event says, on one line for a table: its fields but for name and date, cut to a length that fits.</summary>
    public static string Summary(DossierEvent happening)
    {
        const int most = 100;
        var fields = Event(happening).AsObject()
            .Where(field => field.Key is not ("soort" or "datum") && field.Value is not null)
            .Select(field => $"{field.Key}: {Plain(field.Value!)}")
            .Where(text => !text.EndsWith(": ", StringComparison.Ordinal));
        var line = string.Join("; ", fields).ReplaceLineEndings(" ");
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1).TrimEnd(), "…");
    }

    private static string Plain(JsonNode value) => value switch
    {
        JsonObject part when part["id"] is { } id => id.ToString(),
        JsonObject part => string.Join(", ", part.Select(field => field.Key)),
        JsonArray list => string.Join(", ", list.Select(item => item is null ? "" : Plain(item))),
        JsonValue flag when flag.GetValueKind() is JsonValueKind.True => "ja",
        JsonValue flag when flag.GetValueKind() is JsonValueKind.False => "nee",
        _ => value.ToString(),
    };

    public static JsonObject File(DossierFile file) => new()
    {
        ["id"] = file.Id.ToString(),
        ["naam"] = file.Name,
        ["titel"] = file.Title,
        ["soort"] = Words.Of(file.Kind),
        ["compartiment"] = file.Compartment.Name,
        ["datum"] = DutchText.Iso(file.Date),
        ["bij"] = file.BelongsTo,
        ["lengte"] = file.Length,
        ["sha256"] = file.Sha256,
    };

    public static JsonObject Document(DrawnUpDocument drawnUp) => new()
    {
        ["soort"] = drawnUp.Document.Kind,
        ["concept"] = drawnUp.Document.IsConcept,
        ["geadresseerde"] = drawnUp.Document.Addressee?.Value,
        ["datum"] = DutchText.Iso(drawnUp.DrawnUpOn),
        ["bestand"] = drawnUp.File.Id.ToString(),
        ["protocol"] = drawnUp.Document.Protocol,
        ["protocolVersie"] = drawnUp.Document.ProtocolVersion,
        ["sjabloonHash"] = drawnUp.Document.TemplateHash,
        ["gecontroleerd"] = drawnUp.Document.IsChecked,
    };

    public static JsonObject Term(Term term) => new()
    {
        ["id"] = term.Rule.Id,
        ["titel"] = term.Rule.Title,
        ["artikel"] = term.Rule.Article,
        ["wie"] = term.Rule.Actor,
        ["persoon"] = term.Subject,
        ["betreft"] = term.Reference,
        ["vanaf"] = DutchText.Iso(term.From),
        ["due"] = term.Due is { } due ? DutchText.Iso(due) : null,
        ["state"] = JsonNamingPolicy.KebabCaseLower.ConvertName(term.State.ToString()),
        ["gedaan"] = term.MetOn is { } met ? DutchText.Iso(met) : null,
        ["heroverwegenOp"] = term.ReviewOn is { } review ? DutchText.Iso(review) : null,
        ["werkdagen"] = term.WorkdaysLeft,
    };
}
