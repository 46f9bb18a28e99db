using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary>An act in the log.</summary>
[Description("Iets dat iemand deed.")]
public sealed record Logregel
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [Description("Wanneer, in UTC."), JsonPropertyName("tijdstip")] public required DateTimeOffset At { get; init; }

    [Description("Wat er is gedaan, zoals geopend, geweigerd of bestand-meegenomen."), JsonPropertyName("daad")] public required string Act { get; init; }

    [Description("Wie (aanduiding); ontbreekt als het programma het zelf deed, of als niemand bekend is."), JsonPropertyName("persoon")] public string? Person { get; init; }

    [Description("Hoe die persoon binnenkwam, zoals os, passkey of token."), JsonPropertyName("via")] public string? Via { get; init; }

    [JsonPropertyName("dossier")] public string? Dossier { get; init; }

    [JsonPropertyName("bestand")] public string? File { get; init; }

    [Description("Waarvoor, in eigen woorden; ontbreekt als het niet voor u is."), JsonPropertyName("doel")] public string? Purpose { get; init; }

    [Description("Of de functionaris integriteit ernaar moet kijken."), JsonPropertyName("nakijken")] public required bool NeedsReview { get; init; }

    internal static Logregel Of(LogEntry entry) => new()
    {
        Id = entry.Id,
        At = entry.At,
        Act = Words.Of(entry.Act),
        Person = entry.Person?.Value,
        Via = entry.Via is { } via ? Words.Of(via) : null,
        Dossier = entry.Dossier?.Value,
        File = entry.File?.ToString(),
        Purpose = entry.Purpose,
        NeedsReview = entry.NeedsReview,
    };
}

/// <summary>A page of the log. How many there are in all is not counted: the log grows while it is read, by reading it too.</summary>
[Description("Een bladzijde van het logboek, het nieuwste eerst. Er kunnen er minder op staan dan gevraagd terwijl er meer is: volg dan 'next'.")]
public sealed record Logbladzijde
{
    [JsonPropertyName("items")] public required IReadOnlyList<Logregel> Items { get; init; }

    [Description("Het adres van wat ouder is; ontbreekt aan het begin van het logboek."), JsonPropertyName("next")] public string? Next { get; init; }
}

/// <summary><c>/v1/logboek</c> and <c>/v1/dossiers/{nummer}/logboek</c>: who opened what, when and what for.</summary>
internal static class LogApi
{
    private const string Tag = "Logboek";
    private const string OneAct = """{ "id": "0f8e7d6c5b4a39281706f5e4d3c2b1a0", "tijdstip": "2026-03-02T09:30:00+00:00", "daad": "geopend", "persoon": "fi", "dossier": "WL-2026-0001", "nakijken": false }""";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder dossier)
    {
        api.MapGet("/logboek", ListAsync)
            .Describe("logboekOpvragen", Tag, "Wie wat wanneer deed", "Ieder ziet wat hij zelf deed; de FG en de functionaris integriteit zien wat bij hun taak hoort. Het nieuwste eerst.")
            .Query("dossier", "Alleen in dit dossier.").Query("persoon", "Alleen van deze medewerker (aanduiding).").Query("daad", "Alleen deze daad.", [.. Words.All<AccessAct>()])
            .Query("van", "Vanaf deze dag, zoals 2026-03-02.").Query("totEnMet", "Tot en met deze dag.").Query("geweigerd", "Alleen wat is geweigerd.", ["true"])
            .Paged().Gives<Logbladzijde>(example: $$"""{ "items": [{{OneAct}}] }""");
        dossier.MapGet("/logboek", async (AtDossier at, HttpContext http, CancellationToken ct)
                => at.Dossier.MaySeeLog ? Show(http, await at.Dossier.LogAsync(Paging.AfterOf(http), Paging.CountOf(http), ct)) : Problems.NotThere(http))
            .Describe("dossierlogboekOpvragen", Tag, "Wie dit dossier wanneer opende", "Voor de functionaris integriteit en de verantwoordelijke van het dossier.")
            .Paged().Gives<Logbladzijde>(example: $$"""{ "items": [{{OneAct}}] }""");
    }

    private static async Task<IResult> ListAsync(HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var refusals = new List<Refusal>();
        var filter = new LogFilter
        {
            Dossier = Read(http, "dossier", refusals, static (string text, out DossierNumber number) => DossierNumber.TryParse(text, out number)),
            Person = Read(http, "persoon", refusals, static (string text, out PersonId person) => PersonId.TryParse(text, out person)),
            Act = Read(http, "daad", refusals, static (string text, out AccessAct act) => Words.TryParse(text, out act)),
            From = Read<DateOnly>(http, "van", refusals, Day),
            Until = Read<DateOnly>(http, "totEnMet", refusals, Day),
            RefusalsOnly = Read(http, "geweigerd", refusals, static (string text, out bool only) => only = text == "true") == true,
        };
        if (Paging.AfterOf(http) is { } after && after.Any(c => !char.IsAsciiDigit(c))) refusals.Add(new("Deze bladzijde is er niet.", $"Wat in '{Paging.AfterName}' staat, komt niet uit een link 'next'.", "Begin het logboek opnieuw.") { Subject = Paging.AfterName });
        return refusals.Count > 0 ? Problems.Of(refusals) : Show(http, await register.LogAsync(http.Visitor().Acting, filter, Paging.AfterOf(http), Paging.CountOf(http), ct));
    }

    private static IResult Show(HttpContext http, LogPage page)
    {
        var next = page.Older is { } older ? Paging.NextOf(http.Request, older) : null;
        if (next is not null) http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return Results.Json(new Logbladzijde { Items = [.. page.Entries.Select(Logregel.Of)], Next = next }, ApiJson.Default.Logbladzijde);
    }

    private static bool Day(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static T? Read<T>(HttpContext http, string name, List<Refusal> refusals, Reader<T> read)
        where T : struct
    {
        var text = http.Request.Query[name].ToString();
        if (text.Length == 0) return null;
        if (read(text, out var value)) return value;
        refusals.Add(new("Deze waarde kan hier niet.", $"De waarde van '{name}' heeft een andere vorm.", "Zie de beschrijving: /v1/openapi.json.") { Subject = name });
        return null;
    }

    private delegate bool Reader<T>(string text, out T value);
}
