using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Api;

/// <summary>
/// Bodies of requests in JSON: read whole, with a limit, and strictly. The framework would answer a mistake with its own English text, which can quote what was sent.
/// </summary>
internal static class RequestBody
{
    /// <summary>The most bytes of a body that is no file. The longest report of a conversation is a tenth of it.</summary>
    public const int Most = 2 << 20;

    /// <summary>The bytes of the body.</summary>
    /// <exception cref="UploadException">It is no JSON by its type, or too large.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasJsonContentType())
            throw new UploadException(StatusCodes.Status415UnsupportedMediaType, new("Deze aanvraag is geen JSON.", "De header Content-Type zegt iets anders dan application/json.", "Stuur JSON, met Content-Type: application/json."));
        if (http.Request.ContentLength > Most) throw TooLarge();
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 4096));
        var buffer = new byte[16 << 10];
        while (await http.Request.Body.ReadAsync(buffer, ct) is > 0 and var count)
        {
            if (body.Length + count > Most) throw TooLarge();
            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>What the body says, or where it is wrong.</summary>
    public static Outcome<T> Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) is { } value ? Outcome<T>.Done(value) : Outcome<T>.Refused(Faulty("$", 1));
        }
        catch (JsonException wrong)
        {
            // The message can quote what was sent; the place says enough.
            return Outcome<T>.Refused(Faulty(wrong.Path ?? "$", (wrong.LineNumber ?? 0) + 1));
        }
    }

    private static Refusal Faulty(string path, long line) => new(
        "Deze aanvraag klopt niet met de beschrijving van de API.",
        string.Create(CultureInfo.InvariantCulture, $"Regel {line}, {path}: een veld dat niet bestaat, dat ontbreekt of twee keer voorkomt, of een waarde van een andere vorm."),
        "Vergelijk deze plek met de beschrijving: /v1/openapi.json.")
    { Subject = path };

    private static UploadException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, new(
        "Deze aanvraag is te groot.", $"Zonder bestand past er hoogstens {Cli.DutchText.Size(Most)}.", "Stuur grote inhoud als bestand: /bestanden."));
}
