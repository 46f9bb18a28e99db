using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary>An event as it stands in a dossier.</summary>
[Description("Een gebeurtenis zoals zij in het dossier staat.")]
public sealed record Gebeurtenis
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [JsonPropertyName("compartiment")] public required string Compartment { get; init; }

    [Description("Wanneer het is vastgelegd; ontbreekt waar de inhoud ontbreekt."), JsonPropertyName("vastgelegdOp")] public DateTimeOffset? RecordedAt { get; init; }

    [Description("Wat is vastgelegd."), JsonPropertyName("inhoud")] public JsonObject? Content { get; init; }

    [Description("Waarom er geen inhoud is: vernietigd, of niet-voor-u."), JsonPropertyName("zonderInhoud")] public string? WithoutContent { get; init; }
}

/// <summary>A kind of event, with its fields.</summary>
[Description("Een soort gebeurtenis, met haar velden.")]
public sealed record Gebeurtenissoort
{
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("compartiment")] public required string Compartment { get; init; }

    [JsonPropertyName("velden")] public required IReadOnlyList<Veld> Fields { get; init; }
}

/// <summary>A field of an event.</summary>
[Description("Een veld van een gebeurtenis.")]
public sealed record Veld
{
    [JsonPropertyName("veld")] public required string Name { get; init; }

    [JsonPropertyName("verplicht")] public required bool IsRequired { get; init; }

    [JsonPropertyName("vorm")] public required string Shape { get; init; }

    [JsonPropertyName("betekenis")] public required string Description { get; init; }
}

/// <summary>What somebody records: the shape is that of its kind.</summary>
public sealed record NieuweGebeurtenis;

/// <summary><c>/v1/dossiers/{nummer}/gebeurtenissen</c>: what happened, and recording it.</summary>
internal static class EventApi
{
    private const string Tag = "Gebeurtenissen";
    private const string OneEvent = """
        {
          "id": "0f8e7d6c5b4a39281706f5e4d3c2b1a0", "soort": "kennisgeving-gedaan", "datum": "2026-03-02", "compartiment": "onderzoek", "vastgelegdOp": "2026-03-02T09:30:00+00:00",
          "inhoud": { "soort": "kennisgeving-gedaan", "datum": "2026-03-02", "vastgelegdDoor": "fi", "betrokkene": "betrokkene-1" }
        }
        """;

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/gebeurtenissen", List)
            .Describe("gebeurtenissenOpvragen", Tag, "Wat er in een dossier gebeurde", "Op volgorde van datum. Van wat u wel mag weten en niet mag lezen staan alleen soort en datum er.")
            .Query("soort", "Alleen gebeurtenissen van deze soort.", [.. EventKind.All.Select(kind => kind.Name)])
            .Paged().Versioned().Gives<Page<Gebeurtenis>>(example: $$"""{ "items": [{{OneEvent}}], "total": 1 }""");
        dossier.MapGet("/gebeurtenissen/{id}", ShowOne)
            .Describe("gebeurtenisOpvragen", Tag, "Eén gebeurtenis").Versioned().Gives<Gebeurtenis>(example: OneEvent);
        dossier.MapPost("/gebeurtenissen", RecordAsync)
            .Describe("gebeurtenisVastleggen", Tag, "Een gebeurtenis vastleggen",
                "De velden zijn die van de soort: zie /gebeurtenissoorten. Wat het protocol nu niet toestaat, wordt geweigerd met het artikel; alle redenen in één keer.")
            .Takes<NieuweGebeurtenis>("""{ "soort": "kennisgeving-gedaan", "datum": "2026-03-02", "betrokkene": "betrokkene-1" }""")
            .Changes().Refuses(403).Gives<Gebeurtenis>(StatusCodes.Status201Created, OneEvent);
        api.MapGet("/gebeurtenissoorten", () => Results.Json(Kinds, ApiJson.Default.PageGebeurtenissoort))
            .Describe("gebeurtenissoortenOpvragen", Tag, "Welke gebeurtenissen er zijn, met hun velden")
            .Gives<Page<Gebeurtenissoort>>(example: """
                { "items": [{ "soort": "voortgang-gemeld", "compartiment": "onderzoek", "velden": [{ "veld": "datum", "verplicht": true, "vorm": "datum (jjjj-mm-dd)", "betekenis": "Datum waarop het gebeurde" }] }], "total": 1 }
                """);
    }

    private static Page<Gebeurtenissoort> Kinds { get; } = KindsOf();

    private static Page<Gebeurtenissoort> KindsOf()
    {
        List<Gebeurtenissoort> kinds = [.. EventKind.All.Where(kind => !kind.IsWrittenByRegister).Select(kind => new Gebeurtenissoort
        {
            Kind = kind.Name,
            Compartment = kind.Compartment.Name,
            Fields = [.. kind.Fields.Select(field => new Veld { Name = field.Name, IsRequired = field.IsRequired, Shape = field.Shape, Description = field.Description })],
        })];
        return new(kinds, kinds.Count, null);
    }

    private static IResult List(AtDossier at, HttpContext http)
    {
        if (WriteConditions.IsKnown(http, at)) return Results.StatusCode(StatusCodes.Status304NotModified);
        var kind = http.Request.Query["soort"].ToString();
        if (kind.Length > 0 && EventKind.Find(kind) is null)
            return Problems.Of([new("Deze soort gebeurtenis bestaat niet.", "De waarde van 'soort' kan niet.", "Zie /v1/gebeurtenissoorten.") { Subject = "soort" }]);
        var all = Lines(at.Dossier.State);
        return Results.Json(Paging.Of(http, kind.Length == 0 ? all : [.. all.Where(line => line.Kind == kind)], line => line.Id, Show), ApiJson.Default.PageGebeurtenis);
    }

    private static IResult ShowOne(string id, AtDossier at, HttpContext http)
    {
        if (Lines(at.Dossier.State).Find(line => line.Id == id) is not { } found) return Problems.NotThere(http);
        return WriteConditions.IsKnown(http, at) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(Show(found), ApiJson.Default.Gebeurtenis);
    }

    private static async Task<IResult> RecordAsync(AtDossier at, HttpContext http, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync(http, ct);
        var (terms, problem) = WriteConditions.Read(http, at, body.Span);
        if (problem is not null) return problem;
        var read = EventInput.FromJson(body.Span, "de aanvraag");
        if (!read.IsDone) return Problems.Of(read.Refusals);
        // A final act is one wherever it is done: somebody shows to be there, and a token shows nobody.
        if (FinalActGate.Events.Contains(read.Value.Name, StringComparer.Ordinal) && !FinalActGate.HasProof(http, at.Visitor)) return FinalActGate.Ask(at.Visitor);
        var recorded = await at.Dossier.RecordAsync([read.Value], terms, ct);
        if (!recorded.IsDone) return WriteConditions.Refuse(http, recorded.Refusals);
        WriteConditions.Tell(http, at);
        // Who may write somewhere and not read there hears that it was done, and no more.
        if (recorded.Value.Events is not [var happened, ..]) return Results.StatusCode(StatusCodes.Status201Created);
        http.Response.Headers.Location = $"/v1/dossiers/{at.Dossier.Number}/gebeurtenissen/{happened.Entry}";
        return Results.Json(Show(new Line(happened.Entry.ToString(), happened.Event.Name, happened.Event.Date, happened, null)), ApiJson.Default.Gebeurtenis, statusCode: StatusCodes.Status201Created);
    }

    private static List<Line> Lines(DossierState state)
    {
        var lines = new List<Line>(state.Events.Count + state.Gaps.Count);
        lines.AddRange(state.Events.Select(recorded => new Line(recorded.Entry.ToString(), recorded.Event.Name, recorded.Event.Date, recorded, null)));
        if (state.Gaps.Count == 0) return lines;
        lines.AddRange(state.Gaps.Select(gap => new Line(gap.Entry.ToString(), gap.Name, gap.Date, null, gap)));
        // A stable order: those of one day stay as they are in the dossier.
        return [.. lines.OrderBy(line => line.Date)];
    }

    private static Gebeurtenis Show(Line line) => line.Recorded is { } recorded
        ? new()
        {
            Id = line.Id,
            Kind = line.Kind,
            Date = line.Date,
            Compartment = recorded.Event.Compartment.Name,
            RecordedAt = recorded.RecordedAt,
            Content = DossierJson.Event(recorded.Event).AsObject(),
        }
        : new()
        {
            Id = line.Id,
            Kind = line.Kind,
            Date = line.Date,
            Compartment = line.Gap!.Compartment.Name,
            WithoutContent = line.Gap.Reason == GapReason.Destroyed ? "vernietigd" : "niet-voor-u",
        };

    private sealed record Line(string Id, string Kind, DateOnly Date, RecordedEvent? Recorded, EventGap? Gap);
}
