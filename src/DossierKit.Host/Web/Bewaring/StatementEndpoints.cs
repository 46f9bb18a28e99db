using System.Text;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Retention;

using Microsoft.Net.Http.Headers;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>The verklaring van vernietiging of a list, in its three forms. It names nobody and holds no content, so it may leave the vault.</summary>
internal static class StatementEndpoints
{
    /// <summary>The forms: the end of the address, and what it is called.</summary>
    public static IReadOnlyList<(string Path, string Text)> Forms { get; } =
    [
        ("verklaring.docx", "Word-bestand"),
        ("verklaring.json", "Ondertekend bestand (JSON), om te controleren"),
        ("verklaring.csv", "Tabel (CSV)"),
    ];

    public static void Map(RouteGroupBuilder lists)
    {
        foreach (var form in (string[])["json", "csv", "docx"])
            lists.MapGet($"/{{lijst}}/verklaring.{form}", (string lijst, HttpContext http, CancellationToken ct) => GiveAsync(lijst, form, http, ct));
    }

    public static async Task<IResult> GiveAsync(string number, string form, HttpContext http, CancellationToken ct)
    {
        var at = LijstEndpoints.At.Of(http)!;
        var signed = await at.Lists.StatementAsync(at.Visitor.Acting, number, ct);
        // A list that was not carried out has none, and one that is not for this person neither.
        if (!signed.IsDone) return Problems.NotThere(http);
        var (bytes, type) = form switch
        {
            "json" => ((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(signed.Value.Json), "application/json"),
            "csv" => ((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(StatementCsv.Write(signed.Value.Statement))], "text/csv; charset=utf-8"),
            _ => (StatementDocument.Render(http.RequestServices.GetRequiredService<DossierRegister>(), signed.Value), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        };
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"verklaring-{signed.Value.Statement.List}.{form}");
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(bytes, type);
    }
}
