using DossierKit.Dossiers;

using Microsoft.Net.Http.Headers;

namespace DossierKit.Host.Serving;

/// <summary>
/// The bytes of a file as an answer, by ranges where a player asks for them. Nothing of a file can run in this site: a type that a browser would carry out is sent as bytes
/// to keep, and what is shown is shown in a sandbox.
/// </summary>
internal static class FileContent
{
    private const string Bytes = "application/octet-stream";

    // Shown by a browser without carrying anything out. SVG and HTML are not among them, on purpose.
    private static readonly Dictionary<string, string> Safe = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".wav"] = "audio/wav",
        [".mp3"] = "audio/mpeg",
        [".m4a"] = "audio/mp4",
        [".ogg"] = "audio/ogg",
        [".opus"] = "audio/ogg",
        [".flac"] = "audio/flac",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
        [".txt"] = "text/plain; charset=utf-8",
        [".csv"] = "text/plain; charset=utf-8",
    };

    private static readonly Dictionary<string, string> ToKeep = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".eml"] = Bytes,
    };

    /// <summary>Whether a browser can show a file of this name on the screen.</summary>
    public static bool CanShow(string name) => Safe.ContainsKey(Path.GetExtension(name));

    /// <summary>The content to look at; logged before the first byte. <c>id</c> is the text of the address: what is none is not there.</summary>
    public static async ValueTask<IResult> ShowAsync(HttpContext http, OpenDossier dossier, string id, CancellationToken ct)
        => FileId.TryParse(id, out var file) && dossier.State.FindFile(file) is { } known && await dossier.OpenFileAsync(known.Id, IsPart(http), ct) is { } content
            ? Answer(http, known, content, CanShow(known.Name))
            : Problems.NotThere(http);

    /// <summary>The content to take out of the vault: a right of its own, logged as such.</summary>
    public static async ValueTask<IResult> ExportAsync(HttpContext http, OpenDossier dossier, string id, CancellationToken ct)
    {
        if (!FileId.TryParse(id, out var file) || dossier.State.FindFile(file) is not { } known || !dossier.Access.MayRead(known)) return Problems.NotThere(http);
        var taken = await dossier.ExportFileAsync(known.Id, IsPart(http), ct);
        return taken.IsDone ? Answer(http, known, taken.Value, inline: false)
            : dossier.Access.MayExport(known) ? Problems.NotThere(http)
            : Problems.Of(taken.Refusals, StatusCodes.Status403Forbidden);
    }

    private static bool IsPart(HttpContext http) => http.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);

    private static IResult Answer(HttpContext http, DossierFile file, Stream content, bool inline)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; frame-ancestors 'self'; sandbox";
        headers.XFrameOptions = "SAMEORIGIN";
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        HeadRequests.Restore(http);
        // A part in a unit that is not known is no part (RFC 9110, 14.2); the framework would count bytes whatever the unit says.
        if (!IsPart(http)) http.Request.Headers.Remove(HeaderNames.Range);
        var extension = Path.GetExtension(file.Name);
        var type = Safe.GetValueOrDefault(extension) ?? ToKeep.GetValueOrDefault(extension) ?? Bytes;
        return Results.Stream(content, type, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
