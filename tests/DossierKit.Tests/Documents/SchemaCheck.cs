using System.Text.Json;
using System.Text.RegularExpressions;

namespace DossierKit.Tests.Documents;

/// <summary>As much of JSON Schema 2020-12 as dossier.schema.json uses; a keyword it does not know fails the test rather than passing unread.</summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private static readonly HashSet<string> Known =
    [
        "$schema", "$defs", "$ref", "title", "description", "type", "format", "pattern", "const", "enum", "properties", "required",
        "additionalProperties", "propertyNames", "items", "oneOf",
    ];

    private readonly List<string> _errors = [];

    public static IReadOnlyList<string> Run(string schemaJson, string json)
    {
        using var schema = JsonDocument.Parse(schemaJson);
        using var document = JsonDocument.Parse(json);
        var check = new SchemaCheck(schema.RootElement);
        check.Check(schema.RootElement, document.RootElement, "$");
        return check._errors;
    }

    private void Check(JsonElement rule, JsonElement value, string path)
    {
        foreach (var keyword in rule.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name))) _errors.Add($"schema: keyword '{keyword.Name}' is not checked");
        if (rule.TryGetProperty("$ref", out var reference)) Check(schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, path);
        if (rule.TryGetProperty("type", out var type) && !IsOfType(type, value)) _errors.Add($"{path}: not of type {type}");
        if (rule.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value)) _errors.Add($"{path}: must be {only}");
        if (rule.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))) _errors.Add($"{path}: '{value}' is not one of {allowed}");
        if (rule.TryGetProperty("pattern", out var pattern) && value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, pattern.GetString()!)) _errors.Add($"{path}: '{value}' does not match {pattern}");
        if (rule.TryGetProperty("oneOf", out var choices)) CheckChoice(choices, value, path);
        if (value.ValueKind == JsonValueKind.Object) CheckMembers(rule, value, path);
        if (value.ValueKind == JsonValueKind.Array && rule.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray()) Check(items, item, $"{path}[{index++}]");
        }
    }

    private void CheckMembers(JsonElement rule, JsonElement value, string path)
    {
        if (rule.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))) _errors.Add($"{path}: '{name}' is missing");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var known)) Check(known, member.Value, $"{path}.{member.Name}");
            else if (rule.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False) _errors.Add($"{path}: '{member.Name}' is unknown");
            else if (others.ValueKind == JsonValueKind.Object) Check(others, member.Value, $"{path}.{member.Name}");
            if (rule.TryGetProperty("propertyNames", out var names) && !names.GetProperty("enum").EnumerateArray().Any(name => name.GetString() == member.Name)) _errors.Add($"{path}: '{member.Name}' is not allowed");
        }
    }

    /// <summary>Takes the choice whose 'soort' fits, so that an error tells what is wrong with the event and not that no event fits.</summary>
    private void CheckChoice(JsonElement choices, JsonElement value, string path)
    {
        foreach (var choice in choices.EnumerateArray())
        {
            var rule = schema.GetProperty("$defs").GetProperty(choice.GetProperty("$ref").GetString()!["#/$defs/".Length..]);
            if (value.TryGetProperty("soort", out var soort) && JsonElement.DeepEquals(rule.GetProperty("properties").GetProperty("soort").GetProperty("const"), soort))
            {
                Check(rule, value, path);
                return;
            }
        }

        _errors.Add($"{path}: no such kind of event");
    }

    private static bool IsOfType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            _ => false,
        };
}
