using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace DossierKit.Documents;

/// <summary>The data of a document as one fixed text, so that a hash can show later whether a letter was made from the same data.</summary>
internal static class CanonicalData
{
    /// <summary>UTF-8 JSON with names in ordinal order of their upper-case form and no white space.</summary>
    /// <param name="data">The data.</param>
    /// <param name="without">Fields at the top that are left out, because something else says them.</param>
    public static byte[] Write(TemplateData data, params IReadOnlyCollection<string> without)
    {
        if (without.Count > 0) data = TemplateData.Record(data.Fields.Where(field => !without.Contains(field.Key, StringComparer.OrdinalIgnoreCase)));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, data);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TemplateData data)
    {
        switch (data.Kind)
        {
            case TemplateDataKind.Record:
                json.WriteStartObject();
                foreach (var (name, value) in data.Fields.OrderBy(field => field.Key.ToUpperInvariant(), StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case TemplateDataKind.List:
                json.WriteStartArray();
                foreach (var item in data.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case TemplateDataKind.Empty:
                json.WriteNullValue();
                break;
            default:
                // The kind goes along: the text "ja" and the answer yes are not the same data.
                json.WriteStringValue($"{data.Kind}:{Convert.ToString(data.Raw is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : data.Raw, CultureInfo.InvariantCulture)}");
                break;
        }
    }
}
