using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>
/// The schemas of events and persons: those of <c>dossier.schema.json</c>, which documents them on disk and is tested against the records themselves. One truth, under the names
/// the API uses for schemas.
/// </summary>
internal static class ApiSchemas
{
    private const string Components = "#/components/schemas/";

    public static void Complete(JsonObject schemas)
    {
        var definitions = Read();
        foreach (var (name, schema) in definitions.ToList())
        {
            definitions.Remove(name);
            schemas[NameOf(name)] = Renamed(schema);
        }

        foreach (var kind in Dossiers.EventKind.All)
        {
            // A folder cannot refer to files by id, since they have none before they are imported; a request can.
            if (schemas[NameOf(kind.Name)]?["properties"] is not JsonObject properties) continue;
            foreach (var field in kind.Fields.Where(field => !properties.ContainsKey(field.Name) && field.Shape == "id van een bestand"))
                properties[field.Name] = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{32}$", ["description"] = field.Description };
        }

        schemas["PersoonToegevoegd"] = EventOf(schemas, EventNames.PersoonToegevoegd, "Iemand hoort bij de zaak, of er is meer over iemand bekend.", ("persoon", new JsonObject { ["$ref"] = Components + "Persoon" }));
        schemas["AntwoordenVastgelegd"] = EventOf(
            schemas, EventNames.AntwoordenVastgelegd, "Antwoorden voor een stuk, bewaard tot het wordt gemaakt.",
            ("stuk", new JsonObject { ["type"] = "string", ["description"] = "De soort stuk." }),
            ("antwoorden", new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } }));
        var kinds = Dossiers.EventKind.All.Where(kind => !kind.IsWrittenByRegister).Select(kind => kind.Name).ToList();
        schemas["NieuweGebeurtenis"] = new JsonObject
        {
            ["description"] = "Een gebeurtenis. De soort bepaalt welke velden erbij horen.",
            ["oneOf"] = new JsonArray([.. kinds.Select(kind => new JsonObject { ["$ref"] = Components + NameOf(kind) })]),
            ["discriminator"] = new JsonObject { ["propertyName"] = "soort", ["mapping"] = new JsonObject(kinds.Select(kind => KeyValuePair.Create(kind, (JsonNode?)JsonValue.Create(Components + NameOf(kind))))) },
        };
        schemas["Gebeurtenis"]!["properties"]!["inhoud"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Wat is vastgelegd: de velden van de soort, met 'vastgelegdDoor'. Ontbreekt waar 'zonderInhoud' zegt waarom.",
        };
        schemas["Bewaarbesluit"]!["properties"]!["inhoud"] = new JsonObject { ["type"] = "object", ["description"] = "De velden van het besluit, zoals 'reden' en 'vastgelegdDoor'." };
        schemas["Stukkeuzes"]!["properties"]!["antwoorden"] = Answers();
        schemas["NieuwStuk"]!["properties"]!["antwoorden"] = Answers();
        schemas["Probleem"] = Problem();
        foreach (var (name, schema) in schemas) Describe(name, schema!.AsObject());
        schemas.Remove("JsonObject");
        schemas.Remove("JsonElement");
    }

    private static JsonObject Answers() => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["description"] = "Antwoorden op naam van de vraag: tekst, een getal, true of false, of een lijst van teksten. Achter @ mag staan voor wie het geldt: pad@betrokkene-2.",
    };

    private static JsonObject Problem()
    {
        static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Wat er niet goed is (RFC 9457).",
            ["required"] = new JsonArray("type", "title", "status", "detail"),
            ["properties"] = new JsonObject
            {
                ["type"] = Text("Altijd about:blank: de status zegt genoeg."),
                ["title"] = Text("Wat er niet kan."),
                ["status"] = new JsonObject { ["type"] = "integer", ["description"] = "De HTTP-status." },
                ["detail"] = Text("Waarom niet, en wat u nu kunt doen."),
                ["redenen"] = new JsonObject { ["type"] = "array", ["description"] = "Alle redenen.", ["items"] = new JsonObject { ["$ref"] = Components + "Reden" } },
            },
        };
    }

    /// <summary>Comments in code are for developers of the program, in English; what a user of the API reads stands in Dutch beside the record.</summary>
    private static void Describe(string name, JsonObject schema)
    {
        if (name.EndsWith("Lijst", StringComparison.Ordinal) && schema["properties"] is { } list)
        {
            (schema["description"], list["items"]!["description"], list["total"]!["description"], list["next"]!["description"]) =
                ("Een bladzijde van een lijst.", "Wat erop staat.", "Hoeveel het er voor u in totaal zijn.", "Het adres van de volgende bladzijde; ontbreekt op de laatste.");
            return;
        }

        if (name == "Reden")
        {
            schema["description"] = "Een reden: wat, waarom en wat nu.";
            return;
        }

        if (typeof(ApiSchemas).Assembly.GetType($"{typeof(ApiSchemas).Namespace}.{name}") is not { } type || type.GetCustomAttribute<DescriptionAttribute>() is not { } described) return;
        schema["description"] = described.Description;
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>() is not { } named || schema["properties"]?[named.Name] is not JsonObject member) continue;
            if (property.GetCustomAttribute<DescriptionAttribute>() is { } text) member["description"] = text.Description;
            else if (!member.ContainsKey("$ref")) member.Remove("description");
        }
    }

    private static JsonObject Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("dossier.schema.json")!;
        var definitions = JsonNode.Parse(stream)!["$defs"]!.AsObject();
        // A file of a folder that is imported: here files are sent by themselves.
        definitions.Remove("bestand");
        return definitions;
    }

    /// <summary>An event that a folder says in another way, with the fields all events have.</summary>
    private static JsonObject EventOf(JsonObject schemas, string kind, string description, params ReadOnlySpan<(string Name, JsonObject Schema)> fields)
    {
        var like = schemas[NameOf(EventNames.VoortgangGemeld)]!["properties"]!;
        var properties = new JsonObject
        {
            ["soort"] = new JsonObject { ["const"] = kind },
            ["datum"] = like["datum"]!.DeepClone(),
            ["kenmerk"] = like["kenmerk"]!.DeepClone(),
            ["door"] = like["door"]!.DeepClone(),
            ["toelichting"] = like["toelichting"]!.DeepClone(),
        };
        var required = new JsonArray("soort", "datum");
        foreach (var (name, schema) in fields)
        {
            properties[name] = schema;
            required.Add(name);
        }

        return new JsonObject { ["type"] = "object", ["description"] = description, ["additionalProperties"] = false, ["required"] = required, ["properties"] = properties };
    }

    private static JsonNode? Renamed(JsonNode? node) => node switch
    {
        JsonObject part => new JsonObject(part.Select(member => KeyValuePair.Create(
            member.Key,
            member.Key == "$ref" ? JsonValue.Create(Components + NameOf(member.Value!.GetValue<string>()["#/$defs/".Length..])) : Renamed(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Renamed)]),
        _ => node?.DeepClone(),
    };

    private static string NameOf(string name) => string.Concat(name.Split('-').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
}
