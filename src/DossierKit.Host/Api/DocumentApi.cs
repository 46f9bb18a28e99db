using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Programs;
using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>A document drawn up in a dossier.</summary>
[Description("Een stuk dat is opgemaakt.")]
public sealed record Stuk
{
    [Description("Het id van het bestand waarin het ligt."), JsonPropertyName("bestand")] public required string File { get; init; }

    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("concept")] public required bool IsConcept { get; init; }

    [JsonPropertyName("geadresseerde")] public string? Addressee { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    [JsonPropertyName("protocolVersie")] public required string ProtocolVersion { get; init; }

    [JsonPropertyName("sjabloonHash")] public required string TemplateHash { get; init; }

    [JsonPropertyName("gecontroleerd")] public required bool IsChecked { get; init; }

    [Description("Wat u als maker moet weten."), JsonPropertyName("remarks")] public IReadOnlyList<string>? Remarks { get; init; }

    [Description("Het id van de verzegelde pdf; ontbreekt als die niet is gevraagd of hier niet kan worden gemaakt."), JsonPropertyName("pdf")] public string? Pdf { get; init; }

    internal static Stuk Of(DrawnUpDocument drawnUp) => new()
    {
        File = drawnUp.File.Id.ToString(),
        Kind = drawnUp.Document.Kind,
        IsConcept = drawnUp.Document.IsConcept,
        Addressee = drawnUp.Document.Addressee?.Value,
        Date = drawnUp.DrawnUpOn,
        Protocol = drawnUp.Document.Protocol,
        ProtocolVersion = drawnUp.Document.ProtocolVersion,
        TemplateHash = drawnUp.Document.TemplateHash,
        IsChecked = drawnUp.Document.IsChecked,
    };
}

/// <summary>Something to answer before a document can be made.</summary>
[Description("Iets om te beantwoorden voordat het stuk er kan zijn.")]
public sealed record Vraag
{
    [JsonPropertyName("path")] public required string Path { get; init; }

    [JsonPropertyName("kind")] public required string Kind { get; init; }

    [JsonPropertyName("question")] public required string Question { get; init; }

    [JsonPropertyName("hint")] public required string Hint { get; init; }

    [JsonPropertyName("artikel")] public string? Article { get; init; }

    [JsonPropertyName("strength")] public string? Strength { get; init; }

    [JsonPropertyName("current")] public string? Current { get; init; }

    [JsonPropertyName("open")] public required bool IsOpen { get; init; }

    internal static Vraag Of(DocumentQuestion question) => new()
    {
        Path = question.Path,
        Kind = JsonNamingPolicy.KebabCaseLower.ConvertName(question.Kind.ToString()),
        Question = question.Question,
        Hint = question.Hint,
        Article = question.Article,
        Strength = question.Strength is { } strength ? ProtocolShowCommand.Word(strength) : null,
        Current = question.Current,
        IsOpen = question.IsOpen,
    };
}

/// <summary>Choices and answers for a document.</summary>
[Description("Keuzes en antwoorden voor een stuk.")]
public record Stukkeuzes
{
    [Description("Antwoorden op naam van de vraag."), JsonPropertyName("antwoorden")] public JsonElement? Answers { get; init; } = null;

    [Description("Waarom een element dat er in de regel in hoort ontbreekt, per element."), JsonPropertyName("redenen")] public IReadOnlyDictionary<string, string>? Reasons { get; init; } = null;

    [JsonPropertyName("betrokkene")] public string? Betrokkene { get; init; } = null;

    [Description("Aan welk soort lezer, zoals melder. Leeg: de eerste die het protocol noemt."), JsonPropertyName("lezer")] public string? Addressee { get; init; } = null;

    [Description("Welke persoon het leest (aanduiding), als er meer kunnen zijn."), JsonPropertyName("geadresseerde")] public string? AddresseePerson { get; init; } = null;

    [Description("Over welk gesprek (kenmerk), als er meer zijn."), JsonPropertyName("gesprek")] public string? Conversation { get; init; } = null;

    [JsonPropertyName("datum")] public DateOnly? Date { get; init; } = null;
}

/// <summary>A final document to be made.</summary>
[Description("Een definitief stuk om te maken.")]
public sealed record NieuwStuk : Stukkeuzes
{
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [Description("Of een mens een concept heeft gelezen en niets erin naar de melder of een getuige wijst."), JsonPropertyName("gecontroleerd")] public bool IsChecked { get; init; } = false;

    [Description("Of er ook een pdf bij verzegeld wordt."), JsonPropertyName("pdf")] public bool WithPdf { get; init; } = false;
}

/// <summary><c>/v1/dossiers/{nummer}/documenten</c>: what was drawn up, what is asked for a new one, and making it.</summary>
internal static class DocumentApi
{
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Pdf = "application/pdf";

    private const string Tag = "Documenten";
    private const string OneDocument = """
        {
          "bestand": "9b1c0d2e3f4a5b6c7d8e9f0a1b2c3d4e", "soort": "kennisgeving", "concept": false, "geadresseerde": "betrokkene-1", "datum": "2026-03-02", "protocol": "waterlanden",
          "protocolVersie": "2025", "sjabloonHash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "gecontroleerd": true
        }
        """;

    private const string OneQuestion = """
        {
          "path": "kennisgeving.gedraging", "kind": "text", "question": "Om welke gedraging gaat het?", "hint": "Noem geen namen van anderen.", "artikel": "artikel 6.2", "strength": "moet", "open": true
        }
        """;

    private const string Choices = """{ "betrokkene": "betrokkene-1", "antwoorden": { "kennisgeving.gedraging": "Het gebruik van een dienstbus buiten werktijd." } }""";

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/documenten", (AtDossier at, HttpContext http) => WriteConditions.IsKnown(http, at)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Paging.Of(http, at.Dossier.State.Documents, drawn => drawn.File.Id.ToString(), Stuk.Of), ApiJson.Default.PageStuk))
            .Describe("documentenOpvragen", Tag, "Welke stukken in een dossier zijn opgemaakt").Paged().Versioned().Gives<Page<Stuk>>(example: $$"""{ "items": [{{OneDocument}}], "total": 1 }""");
        dossier.MapGet("/documenten/{id}", (string id, AtDossier at, HttpContext http) =>
                Find(at, id) is not { } found ? Problems.NotThere(http)
                : WriteConditions.IsKnown(http, at) ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Stuk.Of(found), ApiJson.Default.Stuk))
            .Describe("documentOpvragen", Tag, "Eén stuk").Versioned().Gives<Stuk>(example: OneDocument);
        dossier.MapGet("/documenten/{id}/docx", (string id, AtDossier at, HttpContext http, CancellationToken ct) =>
                Find(at, id) is { } found ? FileContent.ExportAsync(http, at.Dossier, found.File.Id.ToString(), ct) : ValueTask.FromResult(Problems.NotThere(http)))
            .Describe("documentMeenemen", Tag, "Een stuk meenemen als Word-document").GivesBytes(200, Docx).Refuses(403);
        dossier.MapGet("/documenten/{id}/pdf", PdfAsync).WithMetadata(new HeavyRoute())
            .Describe("documentAlsPdf", Tag, "Een stuk meenemen als pdf", "PDF/A-2b en PDF/UA, ter plekke gemaakt. Kan deze server dat niet, dan is het antwoord 501.").GivesBytes(200, Pdf).Refuses(403, 501);
        dossier.MapGet("/documenten/{soort}/vragen", (string soort, AtDossier at, HttpContext http, CancellationToken ct) => AskAsync(soort, new Stukkeuzes(), at, http, ct))
            .Describe("vragenOpvragen", Tag, "Wat er gevraagd wordt voor een nieuw stuk", "Met het artikel en met wat al bekend is. Is er iets te kiezen (welke betrokkene, welk gesprek), stuur de keuzes dan met POST.")
            .Gives<Page<Vraag>>(example: $$"""{ "items": [{{OneQuestion}}], "total": 1 }""");
        dossier.MapPost("/documenten/{soort}/vragen", async Task<IResult> (string soort, AtDossier at, HttpContext http, CancellationToken ct) =>
            {
                var read = RequestBody.Parse(await RequestBody.ReadAsync(http, ct), ApiJson.Default.Stukkeuzes);
                return read.IsDone ? await AskAsync(soort, read.Value, at, http, ct) : Problems.Of(read.Refusals);
            })
            .Describe("vragenOpvragenMetKeuzes", Tag, "Wat er nog gevraagd wordt na deze keuzes en antwoorden", "Er wordt niets opgeslagen.")
            .Takes<Stukkeuzes>(Choices).Gives<Page<Vraag>>(example: $$"""{ "items": [{{OneQuestion}}], "total": 1 }""").Refuses(413, 415);
        dossier.MapPost("/documenten/{soort}/concept", ConceptAsync).WithMetadata(new HeavyRoute())
            .Describe("conceptMaken", Tag, "Een concept maken", "Wat ontbreekt is gemarkeerd, en op elke bladzijde staat CONCEPT. Er wordt niets opgeslagen.")
            .Takes<Stukkeuzes>(Choices).GivesBytes(200, Docx).Refuses(413, 415);
        dossier.MapPost("/documenten", AssembleAsync).WithMetadata(new HeavyRoute(), new FinalAct("het stuk definitief maken"))
            .Describe("documentMaken", Tag, "Een definitief stuk maken",
                "Compleet volgens het protocol, gecontroleerd op beschermde namen, en verzegeld in het dossier. Wat ontbreekt wordt in één keer genoemd, met het artikel. "
                + "Lees eerst een concept met de ogen van de ontvanger; 'gecontroleerd' zegt dat u dat deed.")
            .Takes<NieuwStuk>("""{ "soort": "kennisgeving", "betrokkene": "betrokkene-1", "gecontroleerd": true }""")
            .Changes().Refuses(403).Gives<Stuk>(StatusCodes.Status201Created, OneDocument);
    }

    private static DrawnUpDocument? Find(AtDossier at, string id) => FileId.TryParse(id, out var file) ? at.Dossier.State.Documents.FirstOrDefault(drawn => drawn.File.Id == file) : null;

    private static async Task<IResult> AskAsync(string kind, Stukkeuzes choices, AtDossier at, HttpContext http, CancellationToken ct)
    {
        var request = RequestOf(choices);
        if (!request.IsDone) return Problems.Of(request.Refusals);
        if (!DocumentKinds.IsKnown(kind)) return Problems.NotThere(http);
        var questions = await DocumentAssembly.QuestionsAsync(at.Dossier, kind, request.Value, ct);
        if (!questions.IsDone) return WriteConditions.Refuse(http, questions.Refusals);
        return Results.Json(new Page<Vraag>([.. questions.Value.Select(Vraag.Of)], questions.Value.Count, null), ApiJson.Default.PageVraag);
    }

    private static async Task<IResult> ConceptAsync(string soort, AtDossier at, HttpContext http, CancellationToken ct)
    {
        var read = RequestBody.Parse(await RequestBody.ReadAsync(http, ct), ApiJson.Default.Stukkeuzes);
        if (!read.IsDone) return Problems.Of(read.Refusals);
        var request = RequestOf(read.Value);
        if (!request.IsDone) return Problems.Of(request.Refusals);
        if (!DocumentKinds.IsKnown(soort)) return Problems.NotThere(http);
        var made = await DocumentAssembly.AssembleAsync(at.Dossier, soort, request.Value with { Concept = true }, ct);
        return made.IsDone ? Results.Bytes(made.Value.Bytes, Docx, made.Value.FileName) : WriteConditions.Refuse(http, made.Refusals);
    }

    private static async Task<IResult> AssembleAsync(AtDossier at, HttpContext http, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync(http, ct);
        var (terms, problem) = WriteConditions.Read(http, at, body.Span);
        if (problem is not null) return problem;
        var read = RequestBody.Parse(body, ApiJson.Default.NieuwStuk);
        if (!read.IsDone) return Problems.Of(read.Refusals);
        var request = RequestOf(read.Value);
        if (!request.IsDone) return Problems.Of(request.Refusals);
        if (!DocumentKinds.IsKnown(read.Value.Kind))
            return Problems.Of([new("Deze soort stuk bestaat niet.", "De waarde van 'soort' kan niet.", $"Kies een van: {string.Join(", ", DocumentKinds.All)}.") { Subject = "soort" }]);
        // Asked before: what it gave then, whatever the protocol would say of making it again.
        if (terms.Request is { } key && at.Dossier.FindEarlierDocument(key) is { } earlier) return earlier.IsDone ? Created(http, at, Stuk.Of(earlier.Value)) : WriteConditions.Refuse(http, earlier.Refusals);
        var made = await DocumentAssembly.AssembleAsync(at.Dossier, read.Value.Kind, request.Value with { Checked = read.Value.IsChecked }, terms, ct);
        if (!made.IsDone) return WriteConditions.Refuse(http, made.Refusals);
        var stored = made.Value.Stored!;
        List<string> remarks = [.. made.Value.Remarks];
        string? pdf = null;
        if (read.Value.WithPdf)
        {
            // The document is there, whatever comes of its PDF.
            var converted = await PdfConversion.ConvertAsync(made.Value.Bytes, ct);
            if (converted.IsDone && await DocumentPdf.SealAsync(at.Dossier, made.Value, converted.Value, ct) is { IsDone: true } sealedPdf) pdf = sealedPdf.Value.Id.ToString();
            else remarks.Add("De pdf is niet gemaakt; het Word-document ligt wel in het dossier.");
        }

        return Created(http, at, Stuk.Of(stored) with { Remarks = remarks, Pdf = pdf });
    }

    private static IResult Created(HttpContext http, AtDossier at, Stuk document)
    {
        WriteConditions.Tell(http, at);
        http.Response.Headers.Location = $"/v1/dossiers/{at.Dossier.Number}/documenten/{document.File}";
        return Results.Json(document, ApiJson.Default.Stuk, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> PdfAsync(string id, AtDossier at, HttpContext http, CancellationToken ct)
    {
        if (Find(at, id) is not { } found || !at.Dossier.Access.MayRead(found.File.Compartment)) return Problems.NotThere(http);
        var taken = await at.Dossier.ExportFileAsync(found.File.Id, ct);
        if (!taken.IsDone) return at.Dossier.Access.MayExport(found.File.Compartment) ? Problems.NotThere(http) : Problems.Of(taken.Refusals, StatusCodes.Status403Forbidden);
        using var bytes = new MemoryStream();
        await using (taken.Value) await taken.Value.CopyToAsync(bytes, ct);
        var made = await PdfConversion.ConvertAsync(bytes.ToArray(), ct);
        return made.IsDone ? Results.Bytes(made.Value, Pdf, Path.ChangeExtension(found.File.Name, ".pdf"))
            : Problems.Of(made.Refusals, made.Refusals.All(ProgramRefusals.IsAboutMachine) ? StatusCodes.Status501NotImplemented : StatusCodes.Status400BadRequest);
    }

    private static Outcome<AssemblyRequest> RequestOf(Stukkeuzes choices)
    {
        var refusals = new List<Refusal>();
        var answers = DocumentAnswers.None;
        if (choices.Answers is { ValueKind: not JsonValueKind.Null } given)
        {
            var read = DocumentAnswers.From(given, "de aanvraag");
            if (read.IsDone) answers = read.Value;
            else refusals.AddRange(read.Refusals);
        }

        var request = new AssemblyRequest
        {
            Answers = answers,
            Reasons = choices.Reasons ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Betrokkene = Person(choices.Betrokkene, "betrokkene", refusals),
            Addressee = choices.Addressee,
            AddresseePerson = Person(choices.AddresseePerson, "geadresseerde", refusals),
            Conversation = choices.Conversation,
            Date = choices.Date,
        };
        return refusals.Count > 0 ? Outcome<AssemblyRequest>.Refused(refusals) : Outcome<AssemblyRequest>.Done(request);
    }

    private static PersonId? Person(string? handle, string field, List<Refusal> refusals)
    {
        if (handle is null) return null;
        if (PersonId.TryParse(handle, out var id)) return id;
        refusals.Add(new("Dit is geen aanduiding van een persoon.", $"'{field}' heeft een andere vorm.", "Schrijf een aanduiding als betrokkene-1.") { Subject = field });
        return null;
    }
}
