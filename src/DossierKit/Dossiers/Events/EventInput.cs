using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DossierKit.Dossiers;

/// <summary>Reads an event as a person gives it: as JSON, or as fields on a command line or form. Every mistake at once.</summary>
public static class EventInput
{
    /// <summary>Reads one event from JSON.</summary>
    /// <param name="utf8">An object with Dutch field names.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="name">The event's Dutch name where the JSON may leave out <c>soort</c>; <see langword="null"/>: the JSON names it.</param>
    /// <returns>The event, or every mistake with line and path.</returns>
    public static Outcome<DossierEvent> FromJson(ReadOnlySpan<byte> utf8, string file, string? name = null)
    {
        return Read(utf8, file, name);
    }

    /// <summary>Reads one event from fields in text.</summary>
    /// <param name="name">The event's Dutch name, such as <c>kennisgeving-gedaan</c>.</param>
    /// <param name="fields">
    /// Dutch field name and value, in text: yes or no as <c>ja</c> or <c>nee</c>, a date as <c>2026-03-02</c>, a list by giving its field more than once.
    /// A field of a part is named with a dot, such as <c>persoon.achternaam</c>.
    /// </param>
    /// <returns>The event, or every mistake.</returns>
    public static Outcome<DossierEvent> FromFields(string name, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var json = new JsonObject { ["soort"] = name };
        var type = EventKind.Find(name)?.Type;
        foreach (var (field, text) in fields) Put(json, type, field, text);
        return Read(Encoding.UTF8.GetBytes(json.ToJsonString()), $"velden van {name}");
    }

    private static void Put(JsonObject json, Type? type, string field, string text)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var head = dot < 0 ? field : field[..dot];
        var property = type is null ? null : EventJson.Options.GetTypeInfo(type).Properties.FirstOrDefault(known => known.Name == head)?.PropertyType;
        property = property is null ? null : Nullable.GetUnderlyingType(property) ?? property;
        if (dot > 0 && property != typeof(IReadOnlyDictionary<string, string>))
        {
            if (json[head] is not JsonObject part) json[head] = part = [];
            Put(part, property, field[(dot + 1)..], text);
        }
        else if (dot > 0)
        {
            if (json[head] is not JsonObject part) json[head] = part = [];
            part[field[(dot + 1)..]] = text;
        }
        else if (property is { IsGenericType: true } && property.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            if (json[head] is not JsonArray list) json[head] = list = [];
            list.Add(Value(property.GetGenericArguments()[0], text));
        }
        else
        {
            json[head] = Value(property, text);
        }
    }

    /// <summary>The JSON of a text; what does not fit stays text, so that the shape says what is wrong.</summary>
    private static JsonNode Value(Type? type, string text)
    {
        if (type == typeof(bool) && text is ("ja" or "true")) return true;
        if (type == typeof(bool) && text is ("nee" or "false")) return false;
        if ((type == typeof(int) || type == typeof(long)) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        return text;
    }

    private static Outcome<DossierEvent> Read(ReadOnlySpan<byte> utf8, string file, string? name = null)
    {
        var parsed = LocatedJson.Parse(utf8, file);
        if (!parsed.IsDone) return Outcome<DossierEvent>.Refused(parsed.Refusals);
        var refusals = new List<Refusal>();
        new JsonShape(file, refusals, name).Check(parsed.Value, typeof(DossierEvent));
        return refusals.Count > 0
            ? Outcome<DossierEvent>.Refused(refusals)
            : Outcome<DossierEvent>.Done(EventJson.Read(EventKind.Find(parsed.Value.Find("soort")?.Text ?? name!)!, utf8));
    }
}
