using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>A term of a case.</summary>
[Description("Een termijn van een dossier.")]
public sealed record Termijn
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [JsonPropertyName("artikel")] public required string Article { get; init; }

    [JsonPropertyName("wie")] public required string Actor { get; init; }

    [JsonPropertyName("persoon")] public string? Subject { get; init; }

    [JsonPropertyName("betreft")] public string? Reference { get; init; }

    [JsonPropertyName("vanaf")] public required DateOnly From { get; init; }

    [JsonPropertyName("due")] public DateOnly? Due { get; init; }

    [JsonPropertyName("state")] public required string State { get; init; }

    [JsonPropertyName("gedaan")] public DateOnly? MetOn { get; init; }

    [JsonPropertyName("heroverwegenOp")] public DateOnly? ReviewOn { get; init; }

    [JsonPropertyName("werkdagen")] public int? WorkdaysLeft { get; init; }

    internal static Termijn Of(Term term) => new()
    {
        Id = term.Rule.Id,
        Title = term.Rule.Title,
        Article = term.Rule.Article,
        Actor = term.Rule.Actor,
        Subject = term.Subject,
        Reference = term.Reference,
        From = term.From,
        Due = term.Due,
        State = JsonNamingPolicy.KebabCaseLower.ConvertName(term.State.ToString()),
        MetOn = term.MetOn,
        ReviewOn = term.ReviewOn,
        WorkdaysLeft = term.WorkdaysLeft,
    };
}

/// <summary>A duty of the protocol in a case.</summary>
[Description("Een regel van het protocol in dit dossier.")]
public sealed record Plicht
{
    [JsonPropertyName("regel")] public required string Rule { get; init; }

    [JsonPropertyName("persoon")] public string? Subject { get; init; }

    [JsonPropertyName("artikel")] public required string Article { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [Description("bewaakt, nageleefd, open, vast te stellen, afgeweken, mag of niet van toepassing."), JsonPropertyName("stand")] public required string State { get; init; }

    [Description("De feiten die eerst vast moeten staan."), JsonPropertyName("feiten")] public required IReadOnlyList<string> OpenFacts { get; init; }

    [Description("Of de zaak eraan toe is."), JsonPropertyName("nu")] public required bool IsNow { get; init; }

    [Description("Of het geregeld moet zijn voordat het dossier dicht gaat."), JsonPropertyName("bijSluiten")] public required bool IsAskedAtClosing { get; init; }

    internal static Plicht Of(Duty duty) => new()
    {
        Rule = duty.Rule.Id,
        Subject = duty.Subject,
        Article = duty.Rule.Article,
        Title = duty.Rule.Title,
        State = ChecklistView.State(duty),
        OpenFacts = duty.OpenFacts,
        IsNow = duty.IsNow,
        IsAskedAtClosing = duty.IsAskedAtClosing,
    };
}

/// <summary>What is left before a case can be closed.</summary>
[Description("Wat er nog moet voordat een dossier dicht kan.")]
public sealed record Afsluitlijst
{
    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    [JsonPropertyName("protocolVersie")] public required string ProtocolVersion { get; init; }

    [JsonPropertyName("open")] public required IReadOnlyList<Reason> Open { get; init; }

    [JsonPropertyName("regels")] public required IReadOnlyList<Plicht> Rules { get; init; }

    [JsonPropertyName("uitkomst")] public required IReadOnlyList<Uitkomstbericht> Hearings { get; init; }
}

/// <summary>What one person or office hears at the end.</summary>
[Description("Wat een persoon of functie aan het eind hoort.")]
public sealed record Uitkomstbericht
{
    [JsonPropertyName("persoon")] public string? Person { get; init; }

    [JsonPropertyName("rol")] public required string Role { get; init; }

    [JsonPropertyName("antwoord")] public required string Answer { get; init; }

    [JsonPropertyName("tekst")] public required string Text { get; init; }

    [JsonPropertyName("artikel")] public string? Article { get; init; }

    [JsonPropertyName("bericht")] public DateOnly? InformedOn { get; init; }
}

/// <summary><c>/v1/dossiers/{nummer}/termijnen</c>, <c>/plichten</c> and <c>/afsluitlijst</c>: what the protocol asks in a case, and when.</summary>
internal static class TermApi
{
    private const string Tag = "Termijnen en plichten";
    private const string OneDuty = """
        { "regel": "kennisgeving", "persoon": "betrokkene-1", "artikel": "artikel 6.2", "titel": "Kennisgeving aan de betrokkene", "stand": "open", "feiten": [], "nu": true, "bijSluiten": true }
        """;

    public static void Map(IEndpointRouteBuilder dossier)
    {
        // What is late depends on the day, so these have no version of their own.
        dossier.MapGet("/termijnen", (AtDossier at, HttpContext http, TimeProvider clock) =>
            {
                var terms = at.Dossier.Terms(DutchDay.Of(clock));
                return Results.Json(new Page<Termijn>([.. terms.Select(Termijn.Of)], terms.Count, null), ApiJson.Default.PageTermijn);
            })
            .Describe("termijnenOpvragen", Tag, "De termijnen van een dossier", "Lopend, gehaald en te laat, geteld in werkdagen zoals het protocol zegt.")
            .Gives<Page<Termijn>>(example: """
                { "items": [{ "id": "onderzoek-duur", "titel": "Duur van het onderzoek", "artikel": "artikel 5.1", "wie": "onderzoeker", "vanaf": "2026-01-19", "due": "2026-03-16", "state": "running", "werkdagen": 10 }], "total": 1 }
                """);
        dossier.MapGet("/plichten", (AtDossier at, HttpContext http) =>
            {
                if (WriteConditions.IsKnown(http, at)) return Results.StatusCode(StatusCodes.Status304NotModified);
                var duties = at.Dossier.Duties();
                return Results.Json(new Page<Plicht>([.. duties.Select(Plicht.Of)], duties.Count, null), ApiJson.Default.PagePlicht);
            })
            .Describe("plichtenOpvragen", Tag, "Hoe de regels van het protocol ervoor staan", "Voor zover u het mag weten, in de volgorde van het protocol.")
            .Versioned().Gives<Page<Plicht>>(example: $$"""{ "items": [{{OneDuty}}], "total": 1 }""");
        dossier.MapGet("/afsluitlijst", (AtDossier at, HttpContext http) => WriteConditions.IsKnown(http, at)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Show(at.Dossier), ApiJson.Default.Afsluitlijst))
            .Describe("afsluitlijstOpvragen", Tag, "Wat er nog moet voordat een dossier dicht kan", "En wie aan het eind wat hoort.")
            .Versioned().Gives<Afsluitlijst>(example: $$"""{ "nummer": "WL-2026-0001", "protocol": "waterlanden", "protocolVersie": "2025", "open": [], "regels": [{{OneDuty}}], "uitkomst": [] }""");
    }

    private static Afsluitlijst Show(OpenDossier dossier)
    {
        var list = dossier.ClosingChecklist();
        return new()
        {
            Number = dossier.Number.Value,
            Protocol = dossier.Protocol.Id,
            ProtocolVersion = dossier.Protocol.Version,
            Open = [.. list.Open.Select(refusal => new Reason(refusal.What, refusal.Why, refusal.WhatNow, refusal.Subject))],
            Rules = [.. list.Duties.Select(Plicht.Of)],
            Hearings = [.. list.Hearings.Select(hearing => new Uitkomstbericht
            {
                Person = hearing.Person?.Value,
                Role = hearing.Role,
                Answer = ChecklistView.Answer(hearing),
                Text = hearing.Text,
                Article = hearing.Article,
                InformedOn = hearing.InformedOn,
            })],
        };
    }
}
