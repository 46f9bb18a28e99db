using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary>A recording with what shares its fate.</summary>
[Description("Een opname van een gesprek, met wat haar lot deelt.")]
public sealed record Opname
{
    [Description("Ontbreekt als de opname niet in de kluis ligt."), JsonPropertyName("bestand")] public Bestand? File { get; init; }

    [Description("Het bestand-id van de opname waarvan dit bestand dezelfde inhoud heeft onder een andere soort; ontbreekt bij een opname zelf."), JsonPropertyName("kopieVan")] public string? CopyOf { get; init; }

    [JsonPropertyName("kenmerk")] public string? Reference { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [Description("Het kenmerk van het gesprek."), JsonPropertyName("gesprek")] public string? Conversation { get; init; }

    [Description("De aanduiding van wie erop staat."), JsonPropertyName("met")] public string? With { get; init; }

    [JsonPropertyName("duurSeconden")] public int? Seconds { get; init; }

    [JsonPropertyName("overlegd")] public bool? WasDiscussed { get; init; }

    [JsonPropertyName("vernietigingVerteld")] public bool? WasTold { get; init; }

    [Description("Wanneer het verslag van het gesprek is vastgesteld; ontbreekt zolang dat niet zo is."), JsonPropertyName("verslagVastgesteld")] public DateOnly? AgreedOn { get; init; }

    [Description("Hoeveel kopieën er buiten de kluis zijn."), JsonPropertyName("kopieenElders")] public required int CopiesElsewhere { get; init; }

    [Description("Uitgeschreven teksten: zij gaan met de opname weg."), JsonPropertyName("uitgeschreven")] public required IReadOnlyList<Bestand> Transcripts { get; init; }

    internal static Opname Of(RecordingItem item) => new()
    {
        File = item.File is { } file ? Bestand.Of(file) : null,
        CopyOf = item.CopyOf?.ToString(),
        Reference = item.Made?.Reference,
        Date = item.On,
        Conversation = item.Conversation,
        With = item.With?.Value,
        Seconds = item.Made?.Seconds,
        WasDiscussed = item.Made?.WasDiscussed,
        WasTold = item.Made?.WasToldOfDestruction,
        AgreedOn = item.AgreedOn,
        CopiesElsewhere = item.Copies.Count(copy => copy.IsOut),
        Transcripts = [.. item.Transcripts.Select(Bestand.Of)],
    };
}

/// <summary><c>/v1/dossiers/{nummer}/opnamen</c>: recordings of conversations, each with how it was made.</summary>
internal static class RecordingApi
{
    /// <summary>The prefix of the headers that describe a recording which is itself the body.</summary>
    public const string HeaderPrefix = "Opname-";

    private const string Tag = "Opnamen";
    private const string One = """
        {
          "bestand": {
            "id": "9b1c0d2e3f4a5b6c7d8e9f0a1b2c3d4e", "naam": "gesprek.wav", "titel": "Opname van gesprek-2", "soort": "opname", "compartiment": "opnamen", "datum": "2026-03-02", "bij": "opname-1",
            "lengte": 48213, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
          },
          "kenmerk": "opname-1", "datum": "2026-03-02", "gesprek": "gesprek-2", "met": "getuige-1", "duurSeconden": 3012, "overlegd": true, "vernietigingVerteld": true, "kopieenElders": 0, "uitgeschreven": []
        }
        """;

    private static readonly (string Field, string Text)[] HeaderTexts =
    [
        ("Naam", "De naam van het bestand. Wat het is, zegt de inhoud."),
        ("Gesprek", "Het kenmerk van het gesprek, zoals gesprek-2. Nodig."),
        ("Overlegd", "Of de opname vooraf is besproken met wie is gehoord: ja of nee. Nodig."),
        ("VernietigingVerteld", "Of is verteld dat de opname wordt vernietigd: ja of nee. Nodig."),
        ("Met", "De aanduiding van wie erop staat. Leeg: met wie het gesprek was."),
        ("Datum", "De dag van de opname, zoals 2026-03-02. Leeg: die van het gesprek."),
        ("Reden", "Waarom in deze zaak een opname nodig was."),
        ("Titel", "Hoe een lezer haar noemt. Leeg: 'Opname van' en het gesprek."),
    ];

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/opnamen", (AtDossier at, HttpContext http) =>
                !at.Dossier.Access.MayRead(Compartment.Opnamen) ? Problems.Of([NoRight("zien")])
                : WriteConditions.IsKnown(http, at) ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Paging.Of(http, at.Dossier.State.Recordings, KeyOf, Opname.Of), ApiJson.Default.PageOpname))
            .Describe("opnamenOpvragen", Tag, "De opnamen van een dossier, en wat hun lot deelt").Paged().Versioned().Refuses(403)
            .Gives<Page<Opname>>(example: $$"""{ "items": [{{One}}], "total": 1 }""");
        var add = dossier.MapPost("/opnamen", AddAsync).WithMetadata(new ReadsOwnBody(), new UploadForm(RecordingFields.All, RecordingFields.Needed))
            .Describe("opnameToevoegen", Tag, "Een opname toevoegen",
                "Wav, mp3 of m4a, hoogstens 2 GiB. Wat al in het dossier ligt of daar is vernietigd, wordt geweigerd. De opname is zelf de inhoud van de aanvraag, met headers; of stuur een formulier (multipart/form-data) met eerst de velden en dan de opname. "
                + "Zij wordt verzegeld en vastgelegd in één keer, na de vragen die het protocol stelt. Er komt niets onversleuteld op schijf.")
            .TakesBytes("application/octet-stream", "multipart/form-data").Changes().Refuses(403, 413, 415).Gives<Opname>(StatusCodes.Status201Created, One);
        foreach (var (field, text) in HeaderTexts) add.Header(HeaderPrefix + field, $"{text} UTF-8, percent-gecodeerd. Alleen als de opname zelf de inhoud is.");
    }

    private static async Task<IResult> AddAsync(AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (!at.Dossier.Access.MayWrite(Compartment.Opnamen)) return Problems.Of([NoRight("toevoegen")]);
        var (terms, problem) = WriteConditions.Read(http, at, default);
        if (problem is not null) return problem;
        await using var uploads = FileApi.Arriving(http, HeaderPrefix, RecordingFields.All, ct).GetAsyncEnumerator(ct);
        await uploads.MoveNextAsync();
        var upload = uploads.Current;
        var read = RecordingFields.Read(upload, at.Dossier, DutchDay.Of(clock));
        if (!read.IsDone) return Problems.Of(read.Refusals);
        await using var content = new LastContent(upload.Content, uploads);
        var added = await at.Dossier.AddRecordingAsync(read.Value, content, terms, ct);
        if (!added.IsDone) return WriteConditions.Refuse(http, added.Refusals);
        WriteConditions.Tell(http, at);
        http.Response.Headers.Location = $"/v1/dossiers/{at.Dossier.Number}/bestanden/{added.Value.File.Id}";
        var item = at.Dossier.State.Recordings.FirstOrDefault(recording => recording.File?.Id == added.Value.File.Id)
            ?? new RecordingItem { File = added.Value.File, Made = added.Value.Made, On = added.Value.File.Date, Conversation = added.Value.Made.Conversation, With = added.Value.Made.With };
        return Results.Json(Opname.Of(item), ApiJson.Default.Opname, statusCode: StatusCodes.Status201Created);
    }

    private static string KeyOf(RecordingItem item) => item.File?.Id.ToString() ?? item.Made?.Reference ?? "";

    private static Refusal NoRight(string what)
        => new($"U mag de opnamen van dit dossier niet {what}.", "Opnamen zijn er voor wie het onderzoek doet of begeleidt (HRL 8.2).", "Vraag de functionaris integriteit.") { Subject = "opnamen", Cause = RefusalCause.NoRight };
}
