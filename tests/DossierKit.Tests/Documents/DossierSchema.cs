using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>Writes the JSON Schema of dossier.json from the records of the domain, so that the schema can never say something else than the program.</summary>
internal static class DossierSchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<EventKind> Events
        => EventKind.All.Where(kind => !kind.IsWrittenByRegister && kind.Type != typeof(PersonAdded) && kind.Type != typeof(AnswersRecorded));

    public static string Write()
    {
        var definitions = new JsonObject
        {
            ["aanduiding"] = Text("Aanduiding van een persoon: a-z, 0-9 en '-'. Nooit een naam.", "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$"),
            ["datum"] = new JsonObject { ["type"] = "string", ["format"] = "date", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", ["description"] = "Jaar-maand-dag, zoals 2026-03-02. Niet in de toekomst." },
            ["persoon"] = Record(typeof(CasePerson), "Een persoon in de zaak. Wat over een melder gaat, wordt alleen in het compartiment 'melder' bewaard.", []),
            ["bestand"] = File(),
        };
        foreach (var kind in Events)
        {
            definitions[kind.Name] = Record(kind.Type, $"Gebeurtenis {kind.Name}", ["soort", "datum"], ("soort", new JsonObject { ["const"] = kind.Name, ["description"] = "Soort gebeurtenis" }));
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Dossier om in te lezen (dossier.json)",
            ["description"] = "Eén integriteitsdossier met zijn personen, gebeurtenissen, bestanden en antwoorden. Onbekende velden worden geweigerd.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("nummer", "personen", "gebeurtenissen"),
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "Verwijzing naar deze beschrijving, zodat een editor kan helpen." },
                ["nummer"] = Text("Nummer van het dossier, zoals WL-2026-0001: letters, cijfers en '-'.", "^[A-Za-z0-9][A-Za-z0-9-]{1,30}[A-Za-z0-9]$"),
                ["protocol"] = Object("Het protocol dat geldt.", ["id"],
                    ("id", Text("Aanduiding van het protocol, zoals waterlanden.")),
                    ("versie", Text("Versie. Leeg: de versie die gold op de dag van de melding."))),
                ["personen"] = Array("De personen in de zaak.", Reference("persoon")),
                ["gebeurtenissen"] = Array("Wat er is gebeurd.", new JsonObject { ["oneOf"] = new JsonArray([.. Events.Select(kind => (JsonNode)Reference(kind.Name))]) }),
                ["bestanden"] = Array("De bestanden, met hun plaats in deze map.", Reference("bestand")),
                ["antwoorden"] = new JsonObject
                {
                    ["type"] = "object",
                    ["description"] = "Antwoorden voor stukken die nog worden gemaakt, per soort stuk, zoals kennisgeving.",
                    ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. DocumentKinds.All.Order(StringComparer.Ordinal).Select(kind => (JsonNode)kind)]) },
                    ["additionalProperties"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["description"] = "Antwoord per element of veld, zoals kennisgeving.gedraging. Met @ en een aanduiding geldt het voor één betrokkene.",
                        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "boolean", "array"), ["items"] = new JsonObject { ["type"] = "string" } },
                    },
                },
            },
            ["$defs"] = definitions,
        };
        return schema.ToJsonString(Options) + "\n";
    }

    private static JsonObject File() => Object(
        "Een bestand uit deze map.", ["pad", "titel", "soort", "compartiment", "datum"],
        ("pad", Text("Plaats van het bestand binnen deze map, met schuine strepen naar rechts.")),
        ("titel", Text("Hoe een lezer het noemt. Geen naam van de melder.")),
        ("soort", Enum(typeof(FileKind), "Wat het is. Een opname hoort in het compartiment opnamen.")),
        ("compartiment", new JsonObject
        {
            ["enum"] = new JsonArray([.. Compartment.WithFiles.Select(one => (JsonNode)one.Name)]),
            ["description"] = "In welk deel van het dossier het ligt.",
        }),
        ("datum", Reference("datum")),
        ("bij", Text("Het kenmerk van de gebeurtenis of de aanduiding van de persoon waar het bij hoort.")));

    private static JsonObject Record(Type type, string description, string[] first, params (string Name, JsonNode Schema)[] given)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetCustomAttribute<WrittenByRegisterAttribute>() is null && property.GetCustomAttribute<JsonPropertyNameAttribute>() is not null)
            .Select(property => (Name: property.GetCustomAttribute<JsonPropertyNameAttribute>()!.Name, Property: property))
            .Where(member => member.Property.PropertyType != typeof(FileId?) && given.All(known => known.Name != member.Name))
            .ToList();
        var required = members.Where(member => member.Property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null)
            .Select(member => member.Name).Concat(given.Select(known => known.Name)).Distinct().ToList();
        var ordered = members.OrderBy(member => System.Array.IndexOf(first, member.Name) is >= 0 and var at ? at : 100)
            .ThenBy(member => required.Contains(member.Name) ? 0 : 1)
            .Select(member => (member.Name, (JsonNode)Schema(member.Property.PropertyType, member.Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? member.Name)));
        return Object(description, [.. first.Where(required.Contains), .. required.Except(first)], [.. given, .. ordered]);
    }

    private static JsonObject Schema(Type type, string description)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(PersonId)) return Reference("aanduiding", description);
        if (type == typeof(DateOnly)) return Reference("datum", description);
        if (type == typeof(TimeOnly)) return Text(description, "^[0-2][0-9]:[0-5][0-9]$");
        if (type == typeof(string) || type == typeof(DossierNumber)) return Text(description);
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean", ["description"] = description };
        if (type == typeof(int)) return new JsonObject { ["type"] = "integer", ["description"] = description };
        if (type.IsEnum) return Enum(type, description);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return Array(description, Schema(type.GetGenericArguments()[0], ""));
        return Record(type, description, []);
    }

    private static JsonObject Enum(Type type, string description) => Described(description, new JsonObject
    {
        ["enum"] = new JsonArray([.. type.GetFields().Where(field => field.IsLiteral).Select(field => (JsonNode)field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name)]),
    });

    private static JsonObject Object(string description, string[] required, params (string Name, JsonNode Schema)[] properties)
    {
        var members = new JsonObject();
        foreach (var (name, schema) in properties) members[name] = schema;
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = description,
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
            ["properties"] = members,
        };
    }

    private static JsonObject Array(string description, JsonNode items) => Described(description, new JsonObject { ["type"] = "array", ["items"] = items });

    private static JsonObject Text(string description, string? pattern = null)
    {
        var text = Described(description, new JsonObject { ["type"] = "string" });
        if (pattern is not null) text["pattern"] = pattern;
        return text;
    }

    private static JsonObject Reference(string name, string description = "") => Described(description, new JsonObject { ["$ref"] = $"#/$defs/{name}" });

    private static JsonObject Described(string description, JsonObject schema)
    {
        if (description.Length > 0) schema["description"] = description;
        return schema;
    }
}
