using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>A recording of a conversation is added, with how it was made: one form, with or without script, streaming from the connection into the seal.</summary>
internal static class OpnameEndpoints
{
    /// <summary>The parameter of the page that chooses a conversation beforehand: the id of its event, since a reference is a text of people.</summary>
    public const string Chosen = "bij";

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/opnamen/nieuw", (AtDossier at, HttpContext http) =>
        {
            if (!MayAdd(at.Dossier)) return Problems.NotThere(http);
            var chosen = OpaqueId.TryParse(http.Request.Query[Chosen], out var entry) ? at.Dossier.State.Events.FirstOrDefault(recorded => recorded.Entry == entry)?.Event as ConversationHeld : null;
            return Pages.Of<OpnamePage>(new { at.Dossier, Fields = (IReadOnlyDictionary<string, string>)new Dictionary<string, string> { [RecordingFields.Conversation] = chosen?.Reference ?? "" } });
        }).ExcludeFromDescription();

        dossier.MapPost("/opnamen", async (AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            if (!MayAdd(at.Dossier)) return Problems.NotThere(http);
            var (name, added, fields, status) = await AddAsync(at.Dossier, http, DutchDay.Of(clock), ct);
            if (added.IsDone) at.Visitor.Tell("De opname is toegevoegd en verzegeld. Verwijder haar nu van de recorder en van deze computer: van een kopie buiten de kluis kan niemand bewijzen dat zij weg is.");
            if (http.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
            {
                var result = added.IsDone ? new UploadResult(name, added.Value.File.Id.ToString(), []) : UploadEndpoints.Refused(name, added.Refusals);
                return Results.Json([result], UploadJson.Default.ListUploadResult, statusCode: added.IsDone ? StatusCodes.Status201Created : status);
            }

            return added.IsDone ? Pages.Next($"/dossiers/{at.Dossier.Number}/onderzoek") : Pages.Of<OpnamePage>(new { at.Dossier, Fields = fields, added.Refusals }, status);
        }).WithMetadata(new ReadsOwnBody()).ExcludeFromDescription();
    }

    /// <summary>Whether this person may add a recording.</summary>
    public static bool MayAdd(OpenDossier dossier) => !dossier.State.IsClosed && dossier.Access.MayWrite(Compartment.Opnamen);

    /// <summary>The conversations a recording can be of.</summary>
    public static IReadOnlyList<ConversationHeld> Conversations(OpenDossier dossier) => [.. dossier.State.All<ConversationHeld>().Where(held => held.Reference is not null)];

    private static async ValueTask<(string Name, Outcome<AddedRecording> Added, IReadOnlyDictionary<string, string> Fields, int Status)> AddAsync(OpenDossier dossier, HttpContext http, DateOnly today, CancellationToken ct)
    {
        await using var uploads = Uploads.ReadFormAsync(http, ct).GetAsyncEnumerator(ct);
        await uploads.MoveNextAsync();
        var upload = uploads.Current;
        var read = RecordingFields.Read(upload, dossier, today);
        if (!read.IsDone) return (upload.FileName, Outcome<AddedRecording>.Refused(read.Refusals), upload.Fields, StatusCodes.Status400BadRequest);
        await using var content = new LastContent(upload.Content, uploads);
        // A second press of the button is the same request.
        var terms = upload.Fields.GetValueOrDefault(Conflict.Request) is { Length: > 0 } key ? new WriteTerms(new RequestKey(key)) : WriteTerms.None;
        var added = await dossier.AddRecordingAsync(read.Value, content, terms, ct);
        return (upload.FileName, added, upload.Fields, Problems.StatusOf(added.Refusals));
    }
}
