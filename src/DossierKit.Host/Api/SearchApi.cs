using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Search;

namespace DossierKit.Host.Api;

/// <summary>A search to be done. In the body and not in the address: a query can hold a name, and addresses come into logs.</summary>
[Description("Een zoekvraag.")]
public sealed record Zoekvraag
{
    [Description("Woorden, \"woorden achter elkaar\", AND OR NOT + -, begin*, *eind, lijktop~, veld:waarde, datum:[2025-01-01 TO 2025-12-31]."), JsonPropertyName("vraag")] public string? Query { get; init; } = null;

    [Description("In plaats van een vraag: een stuk waar andere op moeten lijken."), JsonPropertyName("zoals")] public Voorbeeldstuk? Like { get; init; } = null;

    [Description("Waarvoor, in eigen woorden. Het komt met de vraag in het logboek van het zoeken."), JsonPropertyName("doel")] public required string Purpose { get; init; }

    [Description("Hoeveel treffers worden overgeslagen."), JsonPropertyName("vanaf")] public int? Skip { get; init; } = null;

    [Description("Hoeveel treffers er komen: 1 tot 50. Standaard 10."), JsonPropertyName("aantal")] public int? Take { get; init; } = null;

    [Description("score, nieuw of oud."), JsonPropertyName("volgorde")] public string? Order { get; init; } = null;
}

/// <summary>A file that others should be like.</summary>
[Description("Een gevonden stuk.")]
public sealed record Voorbeeldstuk
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("bestand")] public required string File { get; init; }
}

/// <summary>A piece of text, some of it what was asked for.</summary>
[Description("Een stukje tekst; 'treffer' zegt of het is waarop is gezocht.")]
public sealed record Tekstdeel
{
    [JsonPropertyName("tekst")] public required string Text { get; init; }

    [JsonPropertyName("treffer")] public required bool IsHit { get; init; }
}

/// <summary>A piece of a document around what was asked for.</summary>
[Description("Een fragment van een stuk rond wat is gezocht.")]
public sealed record Fragmentje
{
    [JsonPropertyName("bladzijde")] public int? Page { get; init; } = null;

    [JsonPropertyName("delen")] public required IReadOnlyList<Tekstdeel> Pieces { get; init; }

    internal static Fragmentje Of(Fragment fragment) => new() { Page = fragment.Page > 0 ? fragment.Page : null, Pieces = [.. fragment.Pieces.Select(piece => new Tekstdeel { Text = piece.Text, IsHit = piece.IsHit })] };
}

/// <summary>A file that was found.</summary>
[Description("Een gevonden bestand.")]
public sealed record Treffer
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("bestand")] public required string File { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("compartiment")] public required string Compartment { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [Description("Hoe goed het past; alleen binnen dit antwoord te vergelijken."), JsonPropertyName("score")] public required float Score { get; init; }

    [JsonPropertyName("bladzijde")] public int? Page { get; init; } = null;

    [JsonPropertyName("fragmenten")] public required IReadOnlyList<Fragmentje> Fragments { get; init; }

    internal static Treffer Of(SearchHit hit) => new()
    {
        Dossier = hit.Dossier.Value,
        File = hit.File.ToString(),
        Title = hit.Title,
        Kind = Words.Of(hit.Kind),
        Compartment = hit.Compartment.Name,
        Date = hit.Date,
        Score = hit.Score,
        Page = hit.Page > 0 ? hit.Page : null,
        Fragments = [.. hit.Fragments.Select(Fragmentje.Of)],
    };
}

/// <summary>A value of a field, and how many hits have it.</summary>
[Description("Een waarde van een veld, met hoeveel treffers die hebben.")]
public sealed record Facetwaarde
{
    [JsonPropertyName("waarde")] public required string Value { get; init; }

    [JsonPropertyName("aantal")] public required int Count { get; init; }
}

/// <summary>What was found.</summary>
[Description("Wat is gevonden. Alles erin hangt alleen af van wat u mag lezen.")]
public sealed record Zoekantwoord
{
    [JsonPropertyName("totaal")] public required int Total { get; init; }

    [JsonPropertyName("treffers")] public required IReadOnlyList<Treffer> Hits { get; init; }

    [JsonPropertyName("facetten")] public required IReadOnlyDictionary<string, IReadOnlyList<Facetwaarde>> Facets { get; init; }

    [Description("De vraag met woorden die wel voorkomen."), JsonPropertyName("bedoeldeU")] public string? DidYouMean { get; init; } = null;

    [Description("Wat er aan de vraag niet klopt."), JsonPropertyName("probleem")] public string? Problem { get; init; } = null;

    [Description("Waarnaar dan is gezocht."), JsonPropertyName("gelezenAls")] public string? ReadAs { get; init; } = null;

    [JsonPropertyName("stukken")] public required int Documents { get; init; }

    [JsonPropertyName("dossiers")] public required int Dossiers { get; init; }

    [JsonPropertyName("nietDoorzoekbaar")] public required int NotSearchable { get; init; }

    [JsonPropertyName("wachtend")] public required int Waiting { get; init; }

    internal static Zoekantwoord Of(SearchAnswer answer) => new()
    {
        Total = answer.Total,
        Hits = [.. answer.Hits.Select(Treffer.Of)],
        Facets = answer.Facets.ToDictionary(facet => facet.Key, facet => (IReadOnlyList<Facetwaarde>)[.. facet.Value.Select(value => new Facetwaarde { Value = value.Value, Count = value.Count })]),
        DidYouMean = answer.DidYouMean,
        Problem = answer.Problem is { } problem ? $"{problem.What} {problem.Why}" : null,
        ReadAs = answer.ReadAs,
        Documents = answer.Documents,
        Dossiers = answer.Dossiers,
        NotSearchable = answer.NotSearchable,
        Waiting = answer.Waiting,
    };
}

/// <summary><c>/v1/zoekvragen</c>: searching in all dossiers of which the person may read something.</summary>
internal static class SearchApi
{
    private const string Tag = "Zoeken";

    public static void Map(IEndpointRouteBuilder api)
        => api.MapPost("/zoekvragen", async (HttpContext http, SearchDesk desk, CancellationToken ct) =>
            {
                var read = RequestBody.Parse(await RequestBody.ReadAsync(http, ct), ApiJson.Default.Zoekvraag);
                if (!read.IsDone) return Problems.Of(read.Refusals);
                var wanted = read.Value;
                SearchOrder? order = wanted.Order switch { null or "score" => SearchOrder.Score, "nieuw" => SearchOrder.Newest, "oud" => SearchOrder.Oldest, _ => null };
                // A number or id that cannot be one is not there either.
                (DossierNumber, FileId)? like = wanted.Like is { } file ? (DossierNumber.TryParse(file.Dossier, out var number) ? number : default, FileId.TryParse(file.File, out var id) ? id : default) : null;
                var request = new SearchRequest { Query = wanted.Query ?? "", Like = like, Purpose = wanted.Purpose, Skip = wanted.Skip ?? 0, Take = wanted.Take ?? 10, Order = order ?? SearchOrder.Score };
                if (order is null) return Problems.Of([.. DossierSearch.Check(request), new Refusal("Deze volgorde is er niet.", "Er zijn er drie: score, nieuw en oud.", "Kies een van de drie.") { Subject = "volgorde" }]);
                var answer = await (await desk.SearchAsync(ct)).SearchAsync(http.Visitor().Acting, request, ct);
                return answer.IsDone ? Results.Json(Zoekantwoord.Of(answer.Value), ApiJson.Default.Zoekantwoord) : Problems.Of(answer.Refusals);
            })
            .Describe("zoeken", Tag, "Zoeken in stukken", "In de stukken die u mag lezen, en alleen daarin. Vraag en doel komen in het logboek voordat er iets wordt getoond.")
            .Takes<Zoekvraag>("""{ "vraag": "nevenwerk AND factuur", "doel": "Gelijke gevallen zoeken" }""").Refuses(403)
            .Gives<Zoekantwoord>(example: """
                { "totaal": 1, "treffers": [{ "dossier": "WL-2026-0001", "bestand": "0f8e7d6c5b4a39281706f5e4d3c2b1a0", "titel": "Factuur", "soort": "bewijs", "compartiment": "onderzoek", "datum": "2026-03-02", "score": 2.1, "bladzijde": 1, "fragmenten": [{ "bladzijde": 1, "delen": [{ "tekst": "factuur", "treffer": true }, { "tekst": " voor groenonderhoud", "treffer": false }] }] }], "facetten": { "soort": [{ "waarde": "bewijs", "aantal": 1 }] }, "stukken": 12, "dossiers": 2, "nietDoorzoekbaar": 0, "wachtend": 0 }
                """);
}
