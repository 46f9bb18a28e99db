using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary>What is known of a file.</summary>
[Description("Wat er van een bestand bekend is.")]
public sealed record Bestand
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("compartiment")] public required string Compartment { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [JsonPropertyName("bij")] public string? BelongsTo { get; init; }

    [JsonPropertyName("lengte")] public required long Length { get; init; }

    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    internal static Bestand Of(DossierFile file) => new()
    {
        Id = file.Id.ToString(),
        Name = file.Name,
        Title = file.Title,
        Kind = Words.Of(file.Kind),
        Compartment = file.Compartment.Name,
        Date = file.Date,
        BelongsTo = file.BelongsTo,
        Length = file.Length,
        Sha256 = file.Sha256,
    };
}

/// <summary><c>/v1/dossiers/{nummer}/bestanden</c>: what is filed, adding to it, and the bytes.</summary>
internal static class FileApi
{
    /// <summary>The prefix of the headers that describe a file which is itself the body.</summary>
    public const string HeaderPrefix = "Bestand-";

    private const string Tag = "Bestanden";
    private const string Bytes = "application/octet-stream";
    private const string OneFile = """
        {
          "id": "9b1c0d2e3f4a5b6c7d8e9f0a1b2c3d4e", "naam": "ritstaat.pdf", "titel": "Ritstaat van maart", "soort": "bewijs", "compartiment": "onderzoek", "datum": "2026-03-02", "lengte": 48213,
          "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        }
        """;

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/bestanden", List)
            .Describe("bestandenOpvragen", Tag, "Welke bestanden er in een dossier liggen")
            .Query("soort", "Alleen bestanden van deze soort.", [.. Words.All<FileKind>()])
            .Query("compartiment", "Alleen bestanden in dit onderdeel.", [.. Compartment.WithFiles.Select(place => place.Name)])
            .Paged().Versioned().Gives<Page<Bestand>>(example: $$"""{ "items": [{{OneFile}}], "total": 1 }""");
        var add = dossier.MapPost("/bestanden", AddAsync).WithMetadata(new ReadsOwnBody(), new UploadForm(UploadFields.All, [UploadFields.Kind, UploadFields.Place]))
            .Describe("bestandToevoegen", Tag, "Een bestand toevoegen",
                "Het bestand is zelf de inhoud van de aanvraag, van elke grootte tot de grens van de beheerder; wat het is, staat in headers. "
                + "Of stuur een formulier (multipart/form-data) met eerst de velden titel, soort, compartiment, datum en bij, en dan één bestand. Er komt niets onversleuteld op schijf. "
                + "Geluid kan alleen opname, bewijs of melding zijn; wat bewijs of melding is, staat als geluid bij de bewaring. Een opname kan niet nog eens, en niet onder een andere soort.")
            .TakesBytes(Bytes, "multipart/form-data")
            .Changes().Gives<Bestand>(StatusCodes.Status201Created, OneFile).Refuses(413, 415);
        foreach (var (field, text) in HeaderTexts) add.Header(HeaderPrefix + field, $"{text} UTF-8, percent-gecodeerd. Alleen als het bestand zelf de inhoud is.");
        dossier.MapGet("/bestanden/{id}", Show).Describe("bestandOpvragen", Tag, "Wat er van een bestand bekend is").Versioned().Gives<Bestand>(example: OneFile);
        dossier.MapGet("/bestanden/{id}/inhoud", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ShowAsync(http, at.Dossier, id, ct))
            .Describe("bestandBekijken", Tag, "De inhoud van een bestand bekijken", "Ook een deel ervan (Range). Elke keer dat iemand een bestand opent, komt in het logboek.")
            .Header("Range", "Welk deel, zoals bytes=0-1023.").GivesBytes(200, Bytes).GivesBytes(206, Bytes).Refuses(416);
        dossier.MapGet("/bestanden/{id}/download", (string id, AtDossier at, HttpContext http, CancellationToken ct) => FileContent.ExportAsync(http, at.Dossier, id, ct))
            .Describe("bestandMeenemen", Tag, "Een bestand meenemen uit het dossier", "Meenemen is een recht apart, en staat als zodanig in het logboek.")
            .Header("Range", "Welk deel, zoals bytes=0-1023.").GivesBytes(200, Bytes).GivesBytes(206, Bytes).Refuses(403, 416);
    }

    private static readonly (string Field, string Text)[] HeaderTexts =
    [
        ("Naam", "De naam van het bestand, met extensie."),
        ("Titel", "Hoe een lezer het noemt. Leeg: de naam."),
        ("Soort", $"Wat het is: {string.Join(", ", Words.All<FileKind>())}."),
        ("Compartiment", $"Waar het hoort: {string.Join(", ", Compartment.WithFiles.Select(place => place.Name))}."),
        ("Datum", "De datum van het stuk zelf, zoals 2026-03-02. Leeg: vandaag."),
        ("Bij", "Het kenmerk van de gebeurtenis of de aanduiding van de persoon waar het bij hoort. Bij een opname: het kenmerk van een eigen opname-gemaakt, dat eerst wordt vastgelegd."),
    ];

    private static IResult List(AtDossier at, HttpContext http)
    {
        if (WriteConditions.IsKnown(http, at)) return Results.StatusCode(StatusCodes.Status304NotModified);
        var (kind, place) = (http.Request.Query["soort"].ToString(), http.Request.Query["compartiment"].ToString());
        if (kind.Length > 0 && !Words.TryParse<FileKind>(kind, out _)) return Unknown("soort", Words.All<FileKind>());
        if (place.Length > 0 && !Compartment.TryParse(place, out _)) return Unknown("compartiment", Compartment.WithFiles.Select(known => known.Name));
        IReadOnlyList<DossierFile> files = at.Dossier.State.Files;
        if (kind.Length > 0 || place.Length > 0) files = [.. files.Where(file => (kind.Length == 0 || Words.Of(file.Kind) == kind) && (place.Length == 0 || file.Compartment.Name == place))];
        return Results.Json(Paging.Of(http, files, file => file.Id.ToString(), Bestand.Of), ApiJson.Default.PageBestand);
    }

    private static IResult Show(string id, AtDossier at, HttpContext http)
        => !FileId.TryParse(id, out var file) || at.Dossier.State.FindFile(file) is not { } found ? Problems.NotThere(http)
            : WriteConditions.IsKnown(http, at) ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(Bestand.Of(found), ApiJson.Default.Bestand);

    private static async Task<IResult> AddAsync(AtDossier at, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var (terms, problem) = WriteConditions.Read(http, at, default);
        if (problem is not null) return problem;
        await using var uploads = Arriving(http, HeaderPrefix, UploadFields.All, ct).GetAsyncEnumerator(ct);
        await uploads.MoveNextAsync();
        var upload = uploads.Current;
        var read = UploadFields.Read(upload, DutchDay.Of(clock));
        if (!read.IsDone) return Problems.Of(read.Refusals);
        await using var content = new LastContent(upload.Content, uploads);
        var added = await at.Dossier.AddFileAsync(read.Value, content, terms, ct);
        if (!added.IsDone) return WriteConditions.Refuse(http, added.Refusals);
        WriteConditions.Tell(http, at);
        http.Response.Headers.Location = $"/v1/dossiers/{at.Dossier.Number}/bestanden/{added.Value.Id}";
        return Results.Json(Bestand.Of(added.Value), ApiJson.Default.Bestand, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The file of a form, or the one that is the body; that one is described by headers.</summary>
    internal static IAsyncEnumerable<Upload> Arriving(HttpContext http, string prefix, IReadOnlyList<string> fields, CancellationToken ct)
        => http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true ? Uploads.ReadFormAsync(http, ct) : Body(http, prefix, fields);

    private static async IAsyncEnumerable<Upload> Body(HttpContext http, string prefix, IReadOnlyList<string> names)
    {
        var fields = names.Select(field => KeyValuePair.Create(field, Header(field))).Where(field => field.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        await Task.CompletedTask;
        yield return Uploads.ReadBody(http, Header("naam"), fields);

        string Header(string field) => Uri.UnescapeDataString(http.Request.Headers[prefix + field].ToString());
    }

    private static IResult Unknown(string subject, IEnumerable<string> words)
        => Problems.Of([new("Dit woord kan hier niet.", $"De waarde van '{subject}' bestaat niet.", $"Kies een van: {string.Join(", ", words)}.") { Subject = subject }]);
}
