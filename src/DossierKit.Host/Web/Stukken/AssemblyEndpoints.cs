using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Api;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Stukken;

/// <summary>Making a document: which one, the questions with the letter beside them, the check before the final act, and the document made.</summary>
internal static class AssemblyEndpoints
{
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>In the address: the question whose passage is put back.</summary>
    public const string PutBack = "terug";

    /// <summary>Maps the routes.</summary>
    /// <param name="dossier">The group <c>/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder dossier)
    {
        var nieuw = dossier.MapGroup("/documenten/nieuw").ExcludeFromDescription();
        nieuw.MapGet("", (AtDossier at, HttpContext http) => DocumentOverview.Of(at.Dossier) is { IsEmpty: false } overview ? Pages.Of<ChooseDocumentPage>(new { at.Dossier, Overview = overview }) : Problems.NotThere(http));
        nieuw.MapGet("/{soort}", (string soort, string? voor, AtDossier at, HttpContext http, CancellationToken ct) => ShowAsync(soort, voor, at, http, null, ct));
        nieuw.MapPost("/{soort}", SaveAsync);
        nieuw.MapPost("/{soort}/antwoorden", AutosaveAsync);
        nieuw.MapGet("/{soort}/concept", ConceptAsync).WithMetadata(new HeavyRoute());
        nieuw.MapGet("/{soort}/controle", (string soort, string? voor, AtDossier at, HttpContext http, CancellationToken ct) => ReviewAsync(soort, voor, at, http, [], ct));
        nieuw.MapPost("/{soort}/definitief", FinishAsync).WithMetadata(new HeavyRoute(), new FinalAct("het stuk definitief maken"));
        dossier.MapGet("/documenten/gemaakt/{id}", (string id, bool? pdf, AtDossier at, HttpContext http) => Made(id, pdf, at, http)).ExcludeFromDescription();
        dossier.MapPost("/documenten/gemaakt/{id}/pdf", MakePdfAsync).WithMetadata(new HeavyRoute()).ExcludeFromDescription();
    }

    /// <summary>Whether somebody may work on a document that lies there: write its answers, or take it out.</summary>
    public static bool MayWorkOn(OpenDossier dossier, Compartment compartment) => dossier.Access.MayWrite(compartment) || dossier.Access.MayExport(compartment);

    private static async Task<IResult> ShowAsync(string soort, string? voor, AtDossier at, HttpContext http, (AnswerChanges Changes, IReadOnlyList<Refusal> Refusals)? back, CancellationToken ct)
    {
        if (!DocumentKinds.IsKnown(soort)) return Problems.NotThere(http);
        var place = DocumentPlace.Find(at.Dossier, soort, voor);
        if (!place.IsDone)
            return MayWorkOn(at.Dossier, DossierDocument.CompartmentOf(soort)) ? Pages.Of<NoDocumentPage>(new { at.Dossier, Kind = soort, place.Refusals }) : Problems.NotThere(http);
        if (place.Value.Chosen is null)
        {
            if (voor is not null || !MayWorkOn(at.Dossier, DossierDocument.CompartmentOf(soort))) return Problems.NotThere(http);
            return Pages.Of<ChooseReaderPage>(new { at.Dossier, Place = place.Value });
        }

        var draft = await DocumentAssembly.DraftAsync(at.Dossier, soort, place.Value.Request, ct);
        if (!draft.IsDone) return MayWorkOn(at.Dossier, DossierDocument.CompartmentOf(soort)) ? Pages.Of<NoDocumentPage>(new { at.Dossier, Kind = soort, draft.Refusals }) : Problems.NotThere(http);
        if (!MayWorkOn(at.Dossier, draft.Value.Compartment)) return Problems.NotThere(http);
        IReadOnlyList<Refusal> refusals = back?.Refusals ?? [];
        return Pages.Of<AssemblyPage>(
            new { at.Dossier, Place = place.Value, Draft = draft.Value, Refusals = refusals, Given = back?.Changes.Given, IsSaved = http.Request.Query.ContainsKey("bewaard") },
            refusals.Count > 0 ? back!.Value.Changes.Conflicts.Count > 0 ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> SaveAsync(string soort, string? voor, AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (await DraftAsync(soort, voor, at, ct) is not { } found) return Problems.NotThere(http);
        var (changes, refusals) = await RecordAsync(soort, found.Draft, at.Dossier, form, clock, ct);
        if (refusals.Count > 0) return await ShowAsync(soort, voor, at, http, (changes, refusals), ct);
        if (form["actie"] == "controle") return Pages.Next(found.Place.Path(at.Dossier, "/controle"));
        var path = found.Place.Path(at.Dossier);
        // Who put a passage back or pressed a button far down goes on there.
        var place = http.Request.Query[PutBack].ToString() is { Length: > 0 } question && found.Draft.Questions.Any(one => one.Path == question) ? $"{DocumentTexts.FieldId(question)}-vraag" : "bewaard";
        return Pages.Next($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}bewaard=ja#{place}");
    }

    /// <summary>One or a few answers, posted by the script when a field is left: durable before the answer, and told with the time.</summary>
    private static async Task<IResult> AutosaveAsync(string soort, string? voor, AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (await DraftAsync(soort, voor, at, ct) is not { } found) return Problems.NotThere(http);
        var (changes, refusals) = await RecordAsync(soort, found.Draft, at.Dossier, form, clock, ct);
        if (refusals.Count > changes.Conflicts.Count) return Problems.Of(refusals);
        // What was kept is told also beside a conflict: a script that did not hear of it would take its own text for somebody else's.
        var said = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["bewaard"] = Nl.Hour(clock),
            ["was"] = changes.Given.Where(field => !changes.Others.ContainsKey(field.Key)).ToDictionary(field => field.Key, field => AnswerForm.Fingerprint(at.Dossier, field.Value), StringComparer.Ordinal),
        };
        if (refusals.Count == 0) return Results.Json(said);
        said["title"] = refusals[0].What;
        said["detail"] = $"{refusals[0].Why} {refusals[0].WhatNow}";
        said["anders"] = changes.Others.ToDictionary(field => field.Key, field => new Dictionary<string, string>(StringComparer.Ordinal) { ["nu"] = field.Value, ["was"] = AnswerForm.Fingerprint(at.Dossier, field.Value) }, StringComparer.Ordinal);
        return Results.Json(said, statusCode: StatusCodes.Status409Conflict);
    }

    private static async ValueTask<(AnswerChanges Changes, IReadOnlyList<Refusal> Refusals)> RecordAsync(
        string soort, DocumentDraft draft, OpenDossier dossier, IFormCollection form, TimeProvider clock, CancellationToken ct)
    {
        var changes = AnswerForm.Read(dossier, draft, form);
        // What nobody else touched is kept in any case: a conflict in one field must not cost what stands in the others.
        if (changes.Answers.Count > 0)
        {
            var recorded = await dossier.RecordAsync(AnswerForm.Event(soort, draft, changes.Answers, Nl.Today(clock)), ct);
            if (!recorded.IsDone) return (changes, [.. changes.Conflicts, .. recorded.Refusals]);
        }

        return (changes, changes.Conflicts);
    }

    private static async Task<IResult> ConceptAsync(string soort, string? voor, string? vorm, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (await DraftAsync(soort, voor, at, ct) is not { Draft.Concept: not null } found) return Problems.NotThere(http);
        var taken = await DocumentAssembly.AssembleAsync(at.Dossier, soort, found.Place.Request with { Concept = true }, ct);
        if (!taken.IsDone) return Problems.NotThere(http);
        var concept = taken.Value;
        if (vorm != "pdf") return Results.Bytes(concept.Bytes.ToArray(), WordType, concept.FileName);
        var pdf = await PdfConversion.ConvertAsync(concept.Bytes, ct);
        return pdf.IsDone
            ? Results.Bytes(pdf.Value.ToArray(), "application/pdf", Path.ChangeExtension(concept.FileName, ".pdf"))
            : Pages.Of<NoPdfPage>(new { at.Dossier, pdf.Refusals, Back = found.Place.Path(at.Dossier), Word = found.Draft.Word }, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReviewAsync(string soort, string? voor, AtDossier at, HttpContext http, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        if (!DocumentKinds.IsKnown(soort) || DocumentPlace.Find(at.Dossier, soort, voor) is not { IsDone: true, Value: { Chosen: not null } place }) return Problems.NotThere(http);
        var review = await DocumentAssembly.ReviewAsync(at.Dossier, soort, place.Request, ct);
        if (!review.IsDone)
        {
            if (await DraftAsync(soort, voor, at, ct) is not { Draft.NoConcept.Count: 0 }) return Problems.NotThere(http);
            return await ShowAsync(soort, voor, at, http, (AnswerChanges.None, review.Refusals), ct);
        }

        return Pages.Of<ReviewPage>(new { at.Dossier, Place = place, Review = review.Value, Refusals = refusals }, refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> FinishAsync(string soort, string? voor, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (!DocumentKinds.IsKnown(soort) || DocumentPlace.Find(at.Dossier, soort, voor) is not { IsDone: true, Value: { Chosen: not null } place }) return Problems.NotThere(http);
        var form = await http.Request.ReadFormAsync(ct);
        if (form["bevestigd"] != "ja")
        {
            return await ReviewAsync(soort, voor, at, http, [new Refusal(
                "Bevestig dat u het stuk hebt gelezen.", "Of iemand aan de inhoud te herkennen is, kan alleen een mens beoordelen.", "Zet het vinkje onder de brief, of ga terug en verander de tekst.")
            { Subject = "bevestigd" }], ct);
        }

        var made = await DocumentAssembly.AssembleAsync(at.Dossier, soort, place.Request with { Checked = true, Read = form["gelezen"].ToString() }, ct);
        if (!made.IsDone) return await ReviewAsync(soort, voor, at, http, made.Refusals, ct);
        var path = $"/dossiers/{at.Dossier.Number.Value}/documenten/gemaakt/{made.Value.Stored!.File.Id}";
        if (form["pdf"] != "ja") return Pages.Next(path);
        var pdf = await PdfConversion.ConvertAsync(made.Value.Bytes, ct);
        if (pdf.IsDone) await DocumentPdf.SealAsync(at.Dossier, made.Value, pdf.Value, ct);
        return Pages.Next(pdf.IsDone ? path : $"{path}?pdf=false");
    }

    private static IResult Made(string id, bool? pdf, AtDossier at, HttpContext http)
        => FindMade(id, at.Dossier) is { } document ? Pages.Of<MadePage>(new { at.Dossier, Document = document, PdfFailed = pdf == false }) : Problems.NotThere(http);

    private static async Task<IResult> MakePdfAsync(string id, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (FindMade(id, at.Dossier) is not { } document || !at.Dossier.Access.MayExport(document.File.Compartment)) return Problems.NotThere(http);
        var path = $"/dossiers/{at.Dossier.Number.Value}/documenten/gemaakt/{document.File.Id}";
        if (DocumentPdf.Find(at.Dossier, document) is not null) return Pages.Next(path);
        await using var content = await at.Dossier.OpenFileAsync(document.File.Id, ct);
        if (content is null) return Problems.NotThere(http);
        using var docx = new MemoryStream();
        await content.CopyToAsync(docx, ct);
        var made = await PdfConversion.ConvertAsync(docx.ToArray(), ct);
        if (!made.IsDone) return Pages.Of<NoPdfPage>(new { at.Dossier, made.Refusals, Back = path, Word = at.Dossier.Protocol.Word(document.Document.Kind) }, StatusCodes.Status503ServiceUnavailable);
        var assembled = new AssembledDocument { Kind = document.Document.Kind, FileName = document.File.Name, Bytes = docx.ToArray(), IsConcept = false, Remarks = [], Origins = [], Stored = document };
        var stored = await DocumentPdf.SealAsync(at.Dossier, assembled, made.Value, ct);
        return stored.IsDone ? Pages.Next(path) : Problems.Of(stored.Refusals);
    }

    private static DrawnUpDocument? FindMade(string id, OpenDossier dossier)
        => FileId.TryParse(id, out var file) && dossier.State.FindFile(file) is { } found ? dossier.State.Documents.FirstOrDefault(document => document.File.Id == found.Id) : null;

    /// <summary>The draft of a request, if its visitor may work on it.</summary>
    private static async ValueTask<(DocumentPlace Place, DocumentDraft Draft)?> DraftAsync(string soort, string? voor, AtDossier at, CancellationToken ct)
    {
        if (!DocumentKinds.IsKnown(soort) || DocumentPlace.Find(at.Dossier, soort, voor) is not { IsDone: true, Value: { Chosen: not null } place }) return null;
        var draft = await DocumentAssembly.DraftAsync(at.Dossier, soort, place.Request, ct);
        return draft.IsDone && MayWorkOn(at.Dossier, draft.Value.Compartment) ? (place, draft.Value) : null;
    }
}
