using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// What was recorded in a case beside its files (the melding, the oordeel, every step and who was in it), as one JSON document with the names the records have everywhere: without
/// it an archive would hold the letters of a case and not the case.
/// </summary>
internal static class DossierRegistration
{
    public const string Title = "Registratie van het dossier";

    public static byte[] Write(ExportPlan plan)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("nummer", plan.State.Number.Value);
            json.WriteStartObject("protocol");
            json.WriteString("id", plan.State.ProtocolId);
            json.WriteString("versie", plan.State.ProtocolVersion);
            json.WriteEndObject();
            json.WriteString("begonnen", Day(plan.State.StartedOn));
            if (plan.State.ClosedOn is { } closed) json.WriteString("gesloten", Day(closed));
            json.WriteStartArray("compartimenten");
            foreach (var compartment in plan.Compartments) json.WriteStringValue(compartment.Name);
            json.WriteEndArray();
            json.WriteStartArray("personen");
            foreach (var person in plan.Persons) JsonSerializer.Serialize(json, person, EventJson.TypeInfoOf(typeof(CasePerson)));
            json.WriteEndArray();
            json.WriteStartArray("gebeurtenissen");
            foreach (var happening in plan.Events) Write(json, happening);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. bytes.WrittenSpan, (byte)'\n'];
    }

    private static void Write(Utf8JsonWriter json, DossierEvent happening)
    {
        // The mark of a request is for the register alone.
        using var event_ = JsonDocument.Parse(EventJson.Write(happening with { Request = null }));
        event_.RootElement.WriteTo(json);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
