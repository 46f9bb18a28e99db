using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A value that is written as text and read back strictly.</summary>
internal abstract class TextValueJson<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && Parse(reader.GetString()!, out var value) ? value : throw new JsonException($"No valid {typeof(T).Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());

    protected abstract bool Parse(string text, out T value);
}

internal sealed class DossierNumberJson : TextValueJson<DossierNumber>
{
    protected override bool Parse(string text, out DossierNumber value) => DossierNumber.TryParse(text, out value);
}

internal sealed class PersonIdJson : TextValueJson<PersonId>
{
    protected override bool Parse(string text, out PersonId value) => PersonId.TryParse(text, out value);
}

internal sealed class FileIdJson : TextValueJson<FileId>
{
    protected override bool Parse(string text, out FileId value) => FileId.TryParse(text, out value);
}

internal sealed class OpaqueIdJson : TextValueJson<OpaqueId>
{
    protected override bool Parse(string text, out OpaqueId value) => OpaqueId.TryParse(text, out value);
}

internal sealed class CompartmentJson : TextValueJson<Compartment>
{
    protected override bool Parse(string text, out Compartment value) => Compartment.TryParse(text, out value);
}

/// <summary>A time of day to the minute, such as <c>14:00</c>.</summary>
internal sealed class TimeOnlyJson : JsonConverter<TimeOnly>
{
    public static bool TryParse(string text, out TimeOnly time)
        => TimeOnly.TryParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out time);

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var time) ? time : throw new JsonException("No valid time.");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
}
