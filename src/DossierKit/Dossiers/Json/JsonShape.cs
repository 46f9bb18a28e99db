using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>
/// Compares JSON with the records it should become, before it is read: every unknown, missing, doubled and ill-formed member at once, with line, path and what to write
/// instead. The records themselves are the description; nothing is written down twice. Values are never repeated in a message: they can be anybody's name.
/// </summary>
internal sealed class JsonShape(string file, List<Refusal> refusals, string? eventName = null)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<string>> Words = new();

    /// <summary>Checks a value against a record, list or value type.</summary>
    public void Check(LocatedJson json, Type type)
    {
        if (type == typeof(DossierEvent)) CheckEvent(json);
        else if (type == typeof(AnswerText)) CheckAnswer(json);
        else if (Nullable.GetUnderlyingType(type) is { } inner) Check(json, inner);
        else CheckKnown(json, type);
    }

    /// <summary>The words of an enum, as they stand in JSON.</summary>
    public static IReadOnlyList<string> WordsOf(Type enumType) => Words.GetOrAdd(enumType, static type =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name)]);

    /// <summary>What a value of a type looks like, Dutch.</summary>
    public static string Describe(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Describe(inner);
        if (type.IsEnum) return string.Join(" | ", WordsOf(type));
        if (type == typeof(string)) return "tekst";
        if (type == typeof(bool)) return "ja of nee";
        if (type == typeof(int) || type == typeof(long)) return "heel getal";
        if (type == typeof(DateOnly)) return "datum (jjjj-mm-dd)";
        if (type == typeof(TimeOnly)) return "tijd (uu:mm)";
        if (type == typeof(PersonId)) return "aanduiding van een persoon";
        if (type == typeof(FileId)) return "id van een bestand";
        if (type == typeof(Compartment)) return string.Join(" | ", Compartment.WithFiles.Select(compartment => compartment.Name));
        if (type == typeof(DossierNumber)) return "dossiernummer";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return $"lijst van {Describe(type.GetGenericArguments()[0])}";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return "teksten op naam";
        return "samengesteld";
    }

    private void CheckEvent(LocatedJson json)
    {
        if (!Is(json, JsonTokenType.StartObject, "een gebeurtenis tussen { en }")) return;
        var recordable = EventKind.All.Where(kind => !kind.IsWrittenByRegister).Select(kind => kind.Name);
        var soort = json.Find("soort");
        if (soort is null && eventName is not null && EventKind.Find(eventName) is { IsWrittenByRegister: false } given)
        {
            CheckKnown(json, given.Type);
        }
        else if (soort is not { Kind: JsonTokenType.String } name)
        {
            Refuse(soort ?? json, "Deze gebeurtenis noemt geen soort.", $"Schrijf \"soort\": met een van: {string.Join(", ", recordable)}.");
        }
        else if (EventKind.Find(name.Text) is not { IsWrittenByRegister: false } kind)
        {
            Refuse(name, "Deze soort gebeurtenis bestaat niet of wordt alleen door het programma zelf geschreven.", Nearest.Advice(name.Text, recordable));
        }
        else
        {
            CheckKnown(json, kind.Type);
        }
    }

    private void CheckAnswer(LocatedJson json)
    {
        if (!AnswerText.IsAnswer(json)) Refuse(json, "Dit antwoord heeft niet de goede vorm.", "Schrijf een tekst, true of false, of een lijst van teksten.");
    }

    private void CheckKnown(LocatedJson json, Type type)
    {
        var info = EventJson.Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when Is(json, JsonTokenType.StartObject, "een onderdeel tussen { en }"):
                CheckMembers(json, info);
                break;
            case JsonTypeInfoKind.Enumerable when Is(json, JsonTokenType.StartArray, "een lijst tussen [ en ]"):
                foreach (var item in json.Items) Check(item, info.ElementType!);
                break;
            case JsonTypeInfoKind.Dictionary when Is(json, JsonTokenType.StartObject, "namen met waarden tussen { en }"):
                CheckDoubles(json);
                foreach (var (_, value) in json.Members) Check(value, info.ElementType!);
                break;
            case JsonTypeInfoKind.None:
                CheckValue(json, type);
                break;
        }
    }

    private void CheckMembers(LocatedJson json, JsonTypeInfo info)
    {
        CheckDoubles(json);
        foreach (var (name, value) in json.Members)
        {
            var property = info.Properties.FirstOrDefault(property => property.Name == name && (property.Set is null || EventJson.IsFilledIn(property)));
            if (property is null)
                Refuse(value, $"Het veld '{name}' bestaat hier niet.", Nearest.Advice(name, info.Properties.Where(EventJson.IsFilledIn).Select(known => known.Name)));
            else if (value.Kind == JsonTokenType.Null && property.IsSetNullable)
                continue;
            else if (property.Set is not null)
                Check(value, property.PropertyType);
        }

        foreach (var missing in info.Properties.Where(property => property.IsRequired && json.Find(property.Name) is null))
            Refuse(json, $"Het veld '{missing.Name}' ontbreekt.", $"Vul '{missing.Name}' in: {Describe(missing.PropertyType)}.");
    }

    private void CheckDoubles(LocatedJson json)
    {
        foreach (var twice in json.Members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            Refuse(twice.Last().Value, $"Het veld '{twice.Key}' staat er twee keer.", "Laat er één staan.");
    }

    private void CheckValue(LocatedJson json, Type type)
    {
        var isGood = type switch
        {
            _ when type == typeof(bool) => json.Kind is JsonTokenType.True or JsonTokenType.False,
            _ when type == typeof(int) => json.Kind == JsonTokenType.Number && int.TryParse(json.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ when type == typeof(long) => json.Kind == JsonTokenType.Number && long.TryParse(json.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ => json.Kind == JsonTokenType.String && IsText(json.Text, type),
        };
        if (isGood) return;
        if (type.IsEnum || type == typeof(Compartment))
        {
            var words = type.IsEnum ? WordsOf(type) : [.. Compartment.WithFiles.Select(compartment => compartment.Name)];
            Refuse(json, "Dit woord kan hier niet.", Nearest.Advice(json.Text, words));
        }
        else
        {
            Refuse(json, "Deze waarde heeft niet de goede vorm.", Example(type));
        }
    }

    private static bool IsText(string text, Type type)
    {
        if (type == typeof(string)) return true;
        if (type.IsEnum) return WordsOf(type).Contains(text, StringComparer.Ordinal);
        if (type == typeof(DateOnly)) return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        if (type == typeof(TimeOnly)) return TimeOnlyJson.TryParse(text, out _);
        if (type == typeof(PersonId)) return PersonId.TryParse(text, out _);
        if (type == typeof(FileId)) return FileId.TryParse(text, out _);
        if (type == typeof(Compartment)) return Compartment.TryParse(text, out _);
        if (type == typeof(DossierNumber)) return DossierNumber.TryParse(text, out _);
        throw new InvalidOperationException($"{type.Name} has no shape.");
    }

    private static string Example(Type type)
    {
        if (type == typeof(bool)) return "Schrijf true of false, zonder aanhalingstekens.";
        if (type == typeof(int) || type == typeof(long)) return "Schrijf een heel getal, zonder aanhalingstekens.";
        if (type == typeof(DateOnly)) return "Schrijf een bestaande datum als \"2026-03-02\".";
        if (type == typeof(TimeOnly)) return "Schrijf een tijd als \"14:00\".";
        if (type == typeof(PersonId)) return "Schrijf een aanduiding van kleine letters, cijfers en '-', zoals \"betrokkene-1\".";
        if (type == typeof(FileId)) return "Schrijf het id van een bestand: 32 hexadecimale tekens.";
        if (type == typeof(DossierNumber)) return "Schrijf een dossiernummer van 3 tot 32 letters, cijfers en '-', zoals \"WL-2026-0001\".";
        return "Schrijf een tekst tussen aanhalingstekens.";
    }

    private bool Is(LocatedJson json, JsonTokenType kind, string wanted)
    {
        if (json.Kind == kind) return true;
        Refuse(json, "Hier staat iets anders dan verwacht.", $"Schrijf hier {wanted}.");
        return false;
    }

    private void Refuse(LocatedJson at, string what, string whatNow) => refusals.Add(new Refusal(what, at.Place(file), whatNow) { Subject = at.Path });
}
