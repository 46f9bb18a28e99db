using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>A dossier in the list.</summary>
[Description("Een dossier in de lijst.")]
public sealed record Dossierregel
{
    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("fase")] public required string Phase { get; init; }

    [JsonPropertyName("begonnen")] public required DateOnly StartedOn { get; init; }

    [JsonPropertyName("gesloten")] public DateOnly? ClosedOn { get; init; }

    [JsonPropertyName("protocol")] public required string Protocol { get; init; }
}

/// <summary>A dossier at a glance.</summary>
[Description("Een dossier in het kort.")]
public sealed record Dossier
{
    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("fase")] public required string Phase { get; init; }

    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    [JsonPropertyName("protocolVersie")] public required string ProtocolVersion { get; init; }

    [JsonPropertyName("begonnen")] public required DateOnly StartedOn { get; init; }

    [JsonPropertyName("gesloten")] public DateOnly? ClosedOn { get; init; }

    [Description("Uw recht per onderdeel: nothing, metadata (weten dat er iets is), read of write."), JsonPropertyName("compartimenten")] public required IReadOnlyDictionary<string, string> Compartments { get; init; }

    [Description("Uit welke onderdelen u bestanden mag meenemen."), JsonPropertyName("meenemen")] public required IReadOnlyList<string> Exportable { get; init; }

    [JsonPropertyName("aantallen")] public required Aantallen Counts { get; init; }
}

/// <summary>How much of a dossier this person sees.</summary>
[Description("Hoeveel u van dit dossier ziet.")]
public sealed record Aantallen
{
    [JsonPropertyName("personen")] public required int Persons { get; init; }

    [JsonPropertyName("gebeurtenissen")] public required int Events { get; init; }

    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    [JsonPropertyName("documenten")] public required int Documents { get; init; }
}

/// <summary>A dossier to be made.</summary>
[Description("Een dossier om te maken.")]
public sealed record NieuwDossier
{
    [JsonPropertyName("nummer")] public string? Number { get; init; } = null;

    [JsonPropertyName("protocol")] public string? Protocol { get; init; } = null;

    [JsonPropertyName("protocolVersie")] public string? ProtocolVersion { get; init; } = null;

    [JsonPropertyName("datum")] public DateOnly? Date { get; init; } = null;
}

/// <summary><c>/v1/dossiers</c>: which dossiers there are, making one, and one of them at a glance.</summary>
internal static class DossierApi
{
    private const string Tag = "Dossiers";
    private const string Line = """{ "nummer": "WL-2026-0001", "fase": "onderzoek", "begonnen": "2026-01-12", "protocol": "waterlanden" }""";

    // A state never changes, so its text need be written once; it goes when the state goes.
    private static readonly ConditionalWeakTable<DossierState, Written> Known = [];

    /// <summary>Maps the routes.</summary>
    /// <param name="api">The group <c>/v1</c>.</param>
    /// <param name="dossier">The group <c>/v1/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder dossier)
    {
        api.MapGet("/dossiers", ListAsync)
            .Describe("dossiersOpvragen", Tag, "Welke dossiers er voor u zijn", "Zonder namen en zonder inhoud; alleen dossiers waarvan u mag weten. Op volgorde van nummer.")
            .Query("fase", "Alleen dossiers in deze fase.", [.. Words.All<DossierPhase>()])
            .Query("jaar", "Alleen dossiers die in dit jaar zijn begonnen.", isNumber: true)
            .Query("protocol", "Alleen dossiers die dit protocol volgen.")
            .Paged().Gives<Page<Dossierregel>>(example: $$"""{ "items": [{{Line}}], "total": 1 }""");
        api.MapPost("/dossiers", CreateAsync)
            .Describe("dossierMaken", Tag, "Een leeg dossier maken", "Door de functionaris integriteit of de plaatsvervanger. Zonder nummer: het volgende vrije nummer van het jaar. Zonder protocol: dat van de gemeente.")
            .Takes<NieuwDossier>("""{ "datum": "2026-03-02" }""").Makes().Gives<Dossierregel>(StatusCodes.Status201Created, Line).Refuses(409);
        dossier.MapGet("", ShowAsync)
            .Describe("dossierOpvragen", Tag, "Een dossier in het kort", "Hoe het dossier ervoor staat en wat u erin mag.")
            .Versioned().Gives<Dossier>(example: """
                {
                  "nummer": "WL-2026-0001", "fase": "onderzoek", "protocol": "waterlanden", "protocolVersie": "2025", "begonnen": "2026-01-12",
                  "compartimenten": { "kaft": "write", "melding": "write", "melder": "write", "opdracht": "write", "onderzoek": "write", "opnamen": "write", "besluit": "write" },
                  "meenemen": ["melding", "melder", "opdracht", "onderzoek", "besluit"],
                  "aantallen": { "personen": 4, "gebeurtenissen": 12, "bestanden": 3, "documenten": 1 }
                }
                """);
    }

    private static async Task<IResult> ListAsync(HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var query = http.Request.Query;
        var (phaseText, yearText, protocol) = (query["fase"].ToString(), query["jaar"].ToString(), query["protocol"].ToString());
        DossierPhase? phase = phaseText.Length == 0 ? null : Words.TryParse<DossierPhase>(phaseText, out var named) ? named
            : throw Refused("Deze fase bestaat niet.", $"Kies een van: {string.Join(", ", Words.All<DossierPhase>())}.", "fase");
        int? year = yearText.Length == 0 ? null : int.TryParse(yearText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1900 and <= 9999 ? number
            : throw Refused("Dit is geen jaar.", "Schrijf een jaar als 2026.", "jaar");
        var dossiers = (await register.ListAsync(http.Visitor().Acting, ct))
            .Where(dossier => (phase is null || dossier.Phase == phase) && (year is null || dossier.StartedOn.Year == year) && (protocol.Length == 0 || dossier.Protocol == protocol)).ToList();
        return Results.Json(Paging.Of(http, dossiers, dossier => dossier.Number.Value, Show, isSorted: true), ApiJson.Default.PageDossierregel);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync(http, ct);
        var read = RequestBody.Parse(body, ApiJson.Default.NieuwDossier);
        if (!read.IsDone) return Problems.Of(read.Refusals);
        var wanted = read.Value;
        DossierNumber? number = null;
        if (wanted.Number is { } text)
        {
            if (!DossierNumber.TryParse(text, out var parsed))
                return Problems.Of([new("Dit nummer kan niet.", "Een nummer heeft 3 tot 32 letters, cijfers en '-', met minstens één cijfer.", "Kies een nummer als WL-2026-0007, of laat het weg.") { Subject = "nummer" }]);
            number = parsed;
        }

        ProtocolReference? protocol = wanted.Protocol is { } id ? new ProtocolReference(id, wanted.ProtocolVersion) : null;
        var visitor = http.Visitor();
        var made = await register.CreateAsync(visitor.Acting, number, protocol, wanted.Date ?? DutchDay.Of(clock), WriteConditions.KeyOf(http, body.Span), ct);
        if (!made.IsDone) return WriteConditions.Refuse(http, made.Refusals);
        http.Response.Headers.Location = $"/v1/dossiers/{made.Value}";
        var line = (await register.ListAsync(visitor.Acting, ct)).First(dossier => dossier.Number == made.Value);
        return Results.Json(Show(line), ApiJson.Default.Dossierregel, statusCode: StatusCodes.Status201Created);
    }

    private static Task ShowAsync(AtDossier at, HttpContext http)
    {
        if (WriteConditions.IsKnown(http, at))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (state, access) = (at.Dossier.State, at.Dossier.Access);
        if (!Known.TryGetValue(state, out var written) || !ReferenceEquals(written.Access, access))
        {
            written = new Written(access, JsonSerializer.SerializeToUtf8Bytes(Overview(state, access), ApiJson.Default.Dossier));
            Known.AddOrUpdate(state, written);
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = written.Bytes.Length;
        return http.Response.Body.WriteAsync(written.Bytes, 0, written.Bytes.Length, http.RequestAborted);
    }

    private static Dossier Overview(DossierState state, DossierAccess access) => new()
    {
        Number = state.Number.Value,
        Phase = Words.Of(state.Phase),
        Protocol = state.ProtocolId,
        ProtocolVersion = state.ProtocolVersion,
        StartedOn = state.StartedOn,
        ClosedOn = state.ClosedOn,
        Compartments = Compartment.All.ToDictionary(compartment => compartment.Name, compartment => access.In(compartment).ToString().ToLowerInvariant(), StringComparer.Ordinal),
        Exportable = [.. Compartment.All.Where(access.MayExport).Select(compartment => compartment.Name)],
        Counts = new() { Persons = state.Persons.Count, Events = state.Events.Count + state.Gaps.Count, Files = state.Files.Count, Documents = state.Documents.Count },
    };

    private static Dossierregel Show(DossierListing dossier) => new()
    {
        Number = dossier.Number.Value,
        Phase = Words.Of(dossier.Phase),
        StartedOn = dossier.StartedOn,
        ClosedOn = dossier.ClosedOn,
        Protocol = dossier.Protocol,
    };

    private static RefusedException Refused(string what, string whatNow, string subject) => new(new Refusal(what, $"De waarde van '{subject}' kan niet.", whatNow) { Subject = subject });

    private sealed record Written(DossierAccess Access, byte[] Bytes);
}
