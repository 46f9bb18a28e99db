using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary><c>/v1/dossiers/{nummer}/bestanden</c>: what is filed, adding to it, and the bytes.</summary>
internal static class FileApi
{
    /// <summary>The prefix of the headers that describe a file which is itself the body.</summary>
    public const string HeaderPrefix = "Bestand-";

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/bestanden", (AtDossier at) => new { total = at.Dossier.State.Files.Count });
        dossier.MapPost("/bestanden", AddAsync).WithMetadata(new ReadsOwnBody());
        dossier.MapGet("/bestanden/{id}/inhoud", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ShowAsync(http, at.Dossier, id, ct));
        dossier.MapGet("/bestanden/{id}/download", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ExportAsync(http, at.Dossier, id, ct));
    }

    private static async Task<IResult> AddAsync(AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        await using var uploads = Arriving(http, ct).GetAsyncEnumerator(ct);
        await uploads.MoveNextAsync();
        var upload = uploads.Current;
        var read = UploadFields.Read(upload, DutchDay.Of(clock));
        if (!read.IsDone) return Problems.Of(read.Refusals);
        var added = await at.Dossier.AddFileAsync(read.Value, upload.Content, ct);
        return added.IsDone ? Results.Json(DossierJson.File(added.Value), statusCode: StatusCodes.Status201Created) : Problems.Of(added.Refusals);
    }

    /// <summary>The files of a form, or the one file that is the body.</summary>
    private static IAsyncEnumerable<Upload> Arriving(HttpContext http, CancellationToken ct)
        => http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true ? Uploads.ReadFormAsync(http, ct) : Body(http);

    private static async IAsyncEnumerable<Upload> Body(HttpContext http)
    {
        var fields = UploadFields.All.Select(field => KeyValuePair.Create(field, Header(http, field))).Where(field => field.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        await Task.CompletedTask;
        yield return Uploads.ReadBody(http, Header(http, "naam"), fields);
    }

    // Header values are ASCII; anything else is percent-encoded UTF-8.
    private static string Header(HttpContext http, string field) => Uri.UnescapeDataString(http.Request.Headers[HeaderPrefix + field].ToString());
}
