using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// The canonical JSON of what an item was decided on, and its SHA-256. Members in this order, no white space, UTF-8, absent values as null, dates as yyyy-MM-dd. It holds what the
/// decision rests on and not the day of the plan: an approval given on Monday still fits on Tuesday, and any change of hold, class, date, object or state of the case voids it;
/// of a whole dossier also any new event or file.
/// </summary>
internal static class RetentionFingerprint
{
    public static string Of(RetentionItem item) => Convert.ToHexStringLower(SHA256.HashData(Write(item)));

    /// <summary>The JSON that is hashed.</summary>
    public static byte[] Write(RetentionItem item)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("stream", item.Stream.ToString());
        json.WriteString("dossier", item.Dossier.Value);
        Text("object", item.Object?.ToString());
        json.WriteString("kind", JsonWords.Of(item.Kind));
        json.WriteString("decision", JsonWords.Of(item.Decision));
        Text("ripe", Date(item.Ripe));
        Text("due", Date(item.Due));
        Text("closedOn", Date(item.ClosedOn));
        json.WriteNumber("bytes", item.Bytes);
        json.WritePropertyName("class");
        if (item.Class is not { } set)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("list", set.List);
            json.WriteString("result", set.Result);
            json.WriteString("nominatie", JsonWords.Of(set.Nominatie));
            Text("term", set.Term);
            json.WriteString("from", JsonWords.Of(set.From));
            Text("kenmerk", set.Kenmerk);
            Text("processTerm", set.ProcessTerm);
            Text("setOn", Date(set.SetOn));
            json.WriteEndObject();
        }

        json.WriteStartArray("holds");
        foreach (var hold in item.Holds.OrderBy(hold => hold.Id))
        {
            json.WriteStartObject();
            json.WriteString("id", hold.Id.ToString());
            json.WriteString("kind", JsonWords.Of(hold.Kind));
            Text("object", hold.Object?.ToString());
            Text("reviewOn", Date(hold.ReviewOn));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (item is { Object: null, Source.Entry: var entry }) Content(entry);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();

        // A dossier is agreed to as a whole: whatever came in it since was seen by nobody.
        void Content(ArchiveEntry entry)
        {
            var facts = entry.Retention;
            json.WriteNumber("files", entry.Files);
            json.WriteNumber("contentVersion", facts.ContentVersion);
            json.WriteNumber("copiesElsewhere", facts.CopiesElsewhere);
            json.WriteBoolean("klokkenluider", facts.IsKlokkenluider);
            json.WriteBoolean("politician", facts.HasPolitician);
            json.WriteBoolean("personnelFile", facts.WentToPersonnelFile);
            json.WriteBoolean("measure", facts.HasMeasure);
            Text("outcome", facts.Outcome?.ToString());
            Text("keepUntil", Date(facts.Override?.KeepUntil));
            Text("overrideSetOn", Date(facts.Override?.SetOn));
            json.WriteStartArray("moments");
            foreach (var moment in facts.Moments.OrderBy(moment => moment.Event, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("event", moment.Event);
                Text("first", Date(moment.First));
                Text("last", Date(moment.Last));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        void Text(string name, string? value)
        {
            if (value is null) json.WriteNull(name);
            else json.WriteString(name, value);
        }

        static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
