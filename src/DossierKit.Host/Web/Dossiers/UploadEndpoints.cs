using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>What became of one file of an upload.</summary>
/// <param name="Name">Its own name.</param>
/// <param name="Id">Its id in the dossier; <see langword="null"/> when it was refused.</param>
/// <param name="Reasons">Why it was refused.</param>
public sealed record UploadResult(
    [property: JsonPropertyName("naam")] string Name, [property: JsonPropertyName("id")] string? Id, [property: JsonPropertyName("redenen")] IReadOnlyList<Reason> Reasons);

/// <summary>Files are added: one form, with or without script, streaming from the connection into the seal.</summary>
internal static class UploadEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/bestanden/nieuw", (AtDossier at, HttpContext http, TimeProvider clock) => DocumentenEndpoints.MayAdd(at.Dossier)
            ? Pages.Of<UploadPage>(new { at.Dossier, Fields = (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { [UploadFields.Date] = DutchText.Iso(DutchDay.Of(clock)) } })
            : Problems.NotThere(http)).ExcludeFromDescription();

        dossier.MapPost("/bestanden", async (AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            if (!DocumentenEndpoints.MayAdd(at.Dossier)) return Problems.NotThere(http);
            var (results, fields, status) = await AddAllAsync(at.Dossier, http, DutchDay.Of(clock), ct);
            var isDone = results.TrueForAll(result => result.Id is not null);
            if (http.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
                return Results.Json(results, UploadJson.Default.ListUploadResult, statusCode: isDone ? StatusCodes.Status201Created : status);
            if (!isDone) return Pages.Of<UploadPage>(new { at.Dossier, Fields = fields, Results = (IReadOnlyList<UploadResult>)results }, status);
            at.Visitor.Tell($"{DutchText.Count(results.Count, "bestand", "bestanden")} toegevoegd.");
            return Pages.Next($"/dossiers/{at.Dossier.Number}/documenten");
        }).WithMetadata(new ReadsOwnBody()).ExcludeFromDescription();
    }

    /// <summary>Where a kind of file goes when nobody says otherwise.</summary>
    public static Compartment UsualPlace(FileKind kind) => kind switch
    {
        FileKind.Melding => Compartment.Melding,
        FileKind.Recording => Compartment.Opnamen,
        FileKind.Decision => Compartment.Besluit,
        _ => Compartment.Onderzoek,
    };

    private static async ValueTask<(List<UploadResult> Results, IReadOnlyDictionary<string, string> Fields, int Status)> AddAllAsync(OpenDossier dossier, HttpContext http, DateOnly today, CancellationToken ct)
    {
        var (results, status) = (new List<UploadResult>(), StatusCodes.Status400BadRequest);
        IReadOnlyDictionary<string, string> fields = new Dictionary<string, string>();
        try
        {
            await foreach (var upload in Uploads.ReadFormAsync(http, ct))
            {
                fields = upload.Fields;
                var read = UploadFields.Read(upload with { Fields = Complete(upload, results.Count) }, today);
                if (!read.IsDone)
                {
                    results.Add(Refused(upload.FileName, read.Refusals));
                    continue;
                }

                var added = await dossier.AddFileAsync(read.Value, upload.Content, ct);
                if (!added.IsDone) status = Problems.StatusOf(added.Refusals);
                results.Add(added.IsDone ? new UploadResult(upload.FileName, added.Value.Id.ToString(), []) : Refused(upload.FileName, added.Refusals));
            }
        }
        catch (UploadException broken) when (results.Count > 0)
        {
            // What came before it is in the dossier already; that is said as well.
            results.Add(Refused("(dit en wat erna kwam)", [broken.Refusal]));
        }

        return (results, fields, status);
    }

    /// <summary>What was left open: the place that goes with the kind, and a title from the name; one title for several files gets a number.</summary>
    private static Dictionary<string, string> Complete(Upload upload, int before)
    {
        var fields = new Dictionary<string, string>(upload.Fields, StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(fields.GetValueOrDefault(UploadFields.Place)) && Words.TryParse<FileKind>(fields.GetValueOrDefault(UploadFields.Kind), out var kind)) fields[UploadFields.Place] = UsualPlace(kind).Name;
        if (string.IsNullOrWhiteSpace(fields.GetValueOrDefault(UploadFields.Title))) fields[UploadFields.Title] = Path.GetFileNameWithoutExtension(upload.FileName);
        else if (before > 0) fields[UploadFields.Title] = $"{fields[UploadFields.Title]} ({DutchText.Number(before + 1)})";
        return fields;
    }

    public static UploadResult Refused(string name, IReadOnlyList<Refusal> refusals)
        => new(name, null, [.. refusals.Select(refusal => new Reason(refusal.What, refusal.Why, refusal.WhatNow, refusal.Subject))]);
}

[JsonSerializable(typeof(List<UploadResult>))]
internal sealed partial class UploadJson : JsonSerializerContext;
