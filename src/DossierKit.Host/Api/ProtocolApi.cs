using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>A protocol in the list.</summary>
[Description("Een protocol in de lijst.")]
public record Protocolregel
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("versie")] public required string Version { get; init; }

    [JsonPropertyName("gemeente")] public required string Municipality { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("vanaf")] public required DateOnly From { get; init; }

    [JsonPropertyName("totEnMet")] public DateOnly? Until { get; init; }

    [Description("Het protocol waar het bovenop komt."), JsonPropertyName("bovenop")] public string? Base { get; init; }
}

/// <summary>A protocol, article by article.</summary>
[Description("Een protocol, artikel voor artikel.")]
public sealed record Protocoltekst : Protocolregel
{
    [JsonPropertyName("bronnen")] public required IReadOnlyList<Bron> Sources { get; init; }

    [JsonPropertyName("regels")] public required IReadOnlyList<Protocolbepaling> Rules { get; init; }
}

/// <summary>A source document of a protocol.</summary>
[Description("Een brondocument van een protocol.")]
public sealed record Bron
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("link")] public string? Link { get; init; }
}

/// <summary>One line of a protocol.</summary>
[Description("Een bepaling van een protocol.")]
public sealed record Protocolbepaling
{
    [JsonPropertyName("artikel")] public required string Article { get; init; }

    [Description("bevoegdheid, regel, stuk, element, termijn, inzage, bewaring of keuze."), JsonPropertyName("soort")] public required string Part { get; init; }

    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("tekst")] public required string Text { get; init; }

    [Description("Hoe dwingend: moet, in de regel, indien van toepassing of kan."), JsonPropertyName("kracht")] public string? Strength { get; init; }

    [Description("Wanneer het geldt; ontbreekt het, dan altijd."), JsonPropertyName("als")] public string? When { get; init; }

    [Description("In welke soort stuk het staat."), JsonPropertyName("stuk")] public string? Document { get; init; }

    [JsonPropertyName("bron")] public required IReadOnlyList<string> Sources { get; init; }

    [JsonPropertyName("eigenKeuze")] public string? OwnChoice { get; init; }
}

/// <summary><c>/v1/protocollen</c>: which rules there are, and what they say.</summary>
internal static class ProtocolApi
{
    private const string Tag = "Protocollen";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/protocollen", (DossierRegister register, HttpContext http) =>
            {
                var all = register.Protocols.Library.All.OrderBy(protocol => protocol.Id, StringComparer.Ordinal).ThenBy(protocol => protocol.InForceFrom).ToList();
                return Results.Json(Paging.Of(http, all, protocol => $"{protocol.Id}:{protocol.Version}", Head), ApiJson.Default.PageProtocolregel);
            })
            .Describe("protocollenOpvragen", Tag, "Welke protocollen er zijn").Paged().Gives<Page<Protocolregel>>(example: """
                { "items": [{ "id": "waterlanden", "versie": "2025", "gemeente": "Waterlanden", "titel": "Protocol integriteitsonderzoek Waterlanden", "vanaf": "2025-01-01" }], "total": 1 }
                """);
        api.MapGet("/protocollen/{protocol}", (string protocol, DossierRegister register, HttpContext http) =>
            {
                var version = http.Request.Query["versie"].ToString();
                return register.Protocols.Library.Find(protocol, version.Length == 0 ? null : version) is { } found ? Results.Json(Text(found), ApiJson.Default.Protocoltekst) : Problems.NotThere(http);
            })
            .Describe("protocolOpvragen", Tag, "Wat een protocol zegt, artikel voor artikel", "Elke regel met zijn bron en hoe dwingend hij is.")
            .Query("versie", "Welke versie. Leeg: de nieuwste.")
            .Gives<Protocoltekst>(example: """
                {
                  "id": "waterlanden", "versie": "2025", "gemeente": "Waterlanden", "titel": "Protocol integriteitsonderzoek Waterlanden", "vanaf": "2025-01-01",
                  "bronnen": [], "regels": [{ "artikel": "artikel 6.2", "soort": "stuk", "id": "kennisgeving", "titel": "Kennisgeving", "tekst": "De betrokkene krijgt een kennisgeving.", "kracht": "moet", "bron": ["HRL 6.2"] }]
                }
                """);
    }

    private static Protocolregel Head(Protocol protocol) => new()
    {
        Id = protocol.Id,
        Version = protocol.Version,
        Municipality = protocol.Municipality,
        Title = protocol.Title,
        From = protocol.InForceFrom,
        Until = protocol.InForceTo,
        Base = protocol.Base?.Id,
    };

    private static Protocoltekst Text(Protocol protocol) => new()
    {
        Id = protocol.Id,
        Version = protocol.Version,
        Municipality = protocol.Municipality,
        Title = protocol.Title,
        From = protocol.InForceFrom,
        Until = protocol.InForceTo,
        Base = protocol.Base?.Id,
        Sources = [.. protocol.SourceDocuments.Select(source => new Bron { Id = source.Id, Title = source.Title, Link = source.Link })],
        Rules = [.. ProtocolEntry.Of(protocol).Select(entry => new Protocolbepaling
        {
            Article = entry.Article,
            Part = ProtocolShowCommand.PartWord(entry.Part),
            Id = entry.Id,
            Title = entry.Title,
            Text = entry.Text,
            Strength = entry.Strength is { } strength ? ProtocolShowCommand.Word(strength) : null,
            When = entry.When == Condition.Always ? null : entry.When.ToString(),
            Document = entry.Document,
            Sources = [.. entry.Origin.Sources.Select(source => source.ToString())],
            OwnChoice = entry.Origin.OwnChoice,
        })],
    };
}
