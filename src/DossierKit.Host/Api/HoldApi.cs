using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Web.Bewaring;

namespace DossierKit.Host.Api;

/// <summary>A hold with the dossier it is in.</summary>
[Description("Een bewaargrond met het dossier waarin hij geldt.")]
public sealed record Vastgehouden
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("bewaargrond")] public required Bewaargrond Hold { get; init; }
}

/// <summary>A dossier that the archive has.</summary>
[Description("De ontvangst van een dossier door het archief.")]
public sealed record NieuweOverdracht
{
    [JsonPropertyName("aan")] public required string To { get; init; }

    [Description("De dag van het ontvangstbewijs."), JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [JsonPropertyName("ontvangstbewijs")] public required string Receipt { get; init; }

    [JsonPropertyName("sha256")] public string? Sha256 { get; init; } = null;
}

/// <summary>A transfer that is taken back.</summary>
[Description("Waarom een overdracht wordt teruggenomen.")]
public sealed record Terugname
{
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary><c>/v1/bewaring/bewaargronden</c>: what is held; one person places a hold, two release it.</summary>
internal static class HoldApi
{
    private const string Tag = "Bewaring";

    public static void Map(IEndpointRouteBuilder api)
    {
        var bewaring = api.MapGroup("/bewaring").WithMetadata(new ArchiveRoute());
        bewaring.MapGet("/bewaargronden", (AtArchive at, HttpContext http) => Results.Json(
                Paging.Of(http, Asks.Holds(at), held => held.Hold.Id.ToString(), held => new Vastgehouden { Dossier = held.Entry.Number.Value, Hold = Bewaargrond.Of(held.Hold) }), ApiJson.Default.PageVastgehouden))
            .Describe("bewaargrondenOpvragen", Tag, "Wat er wordt vastgehouden", "Wat het eerst opnieuw bekeken moet worden, staat vooraan.")
            .Paged().Refuses(404).Gives<Page<Vastgehouden>>(example: """
                { "items": [{ "dossier": "WL-2026-0001", "bewaargrond": { "id": "0f8e7d6c5b4a39281706f5e4d3c2b1a0", "soort": "civiel", "op": "2026-03-02", "toetsenOp": "2026-09-02", "door": "fi" } }], "total": 1 }
                """);
        RetentionApi.Decision<NieuweBewaargrond>(bewaring, "/bewaargronden", "bewaargrondPlaatsen", "Een bewaargrond plaatsen", "Op het hele dossier of op een bestand.", ApiJson.Default.NieuweBewaargrond,
            """{ "soort": "civiel", "verwijzing": "C/10/1234", "toetsenOp": "2026-09-02", "reden": "Nodig voor de procedure over het ontslag." }""",
            (_, wanted, at, refusals) => new HoldPlaced
            {
                Date = at.Today,
                Kind = RetentionApi.Word<HoldKind>(wanted.Kind, "soort", refusals),
                Object = File(wanted.Object, refusals),
                Citation = wanted.Citation,
                ReviewOn = wanted.ReviewOn,
                Reason = wanted.Reason,
            });
        RetentionApi.Decision<Herziening>(bewaring, "/bewaargronden/{id}/herziening", "bewaargrondHerzien", "Een bewaargrond opnieuw bekijken: blijft nodig", "Een voorstel om hem op te heffen vervalt dan.", ApiJson.Default.Herziening,
            """{ "toetsenOp": "2026-12-02", "reden": "De zaak loopt nog." }""", (about, wanted, at, _) => new HoldReviewed { Date = at.Today, Hold = about.Hold!.Id, ReviewOn = wanted.ReviewOn, Reason = wanted.Reason });
        RetentionApi.Decision<Besluitreden>(bewaring, "/bewaargronden/{id}/voorstel", "opheffingVoorstellen", "Voorstellen een bewaargrond op te heffen", "De eerste van de twee.", ApiJson.Default.Besluitreden,
            """{ "reden": "Er is uitspraak gedaan en niemand gaat in beroep." }""", (about, wanted, at, _) => new HoldReleaseProposed { Date = at.Today, Hold = about.Hold!.Id, Reason = wanted.Reason });
        RetentionApi.Decision<Besluitreden>(bewaring, "/bewaargronden/{id}/opheffing", "bewaargrondOpheffen", "De opheffing bevestigen", "De tweede van de twee: een ander mens, met een ander account. Niet met een token.", ApiJson.Default.Besluitreden,
            """{ "reden": "Nagekeken." }""", (about, wanted, at, _) => new HoldReleased { Date = at.Today, Hold = about.Hold!.Id, Reason = wanted.Reason });
    }

    private static FileId? File(string? text, List<Refusal> refusals)
    {
        if (text is null) return null;
        if (FileId.TryParse(text, out var id)) return id;
        refusals.Add(new("Dit is geen id van een bestand.", "Een id heeft 32 hexadecimale tekens.", "Neem het over uit de lijst van opnamen.") { Subject = "object" });
        return null;
    }
}
