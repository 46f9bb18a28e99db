using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Bewaring;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Api;

/// <summary>One thing that would go out.</summary>
[Description("Een stuk dat meegaat.")]
public sealed record Exportregel
{
    [Description("De map in de export."), JsonPropertyName("map")] public required string Name { get; init; }

    [JsonPropertyName("titel")] public required string Title { get; init; }

    [Description("Ontbreekt bij wat in de zaak is vastgelegd."), JsonPropertyName("compartiment")] public string? Compartment { get; init; }

    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    [JsonPropertyName("bytes")] public required long Bytes { get; init; }
}

/// <summary>What stays, counted.</summary>
[Description("Wat niet meegaat: hoeveel, en waarom.")]
public sealed record Weggelaten
{
    [JsonPropertyName("compartiment")] public required string Compartment { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }

    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    [JsonPropertyName("gebeurtenissen")] public required int Events { get; init; }

    internal static Weggelaten Of(Omission left) => new() { Compartment = left.Compartment.Name, Reason = left.Text, Files = left.Files, Events = left.Events };
}

/// <summary>What came of the last export in this session.</summary>
[Description("Wat er van de laatste export in deze sessie is geworden.")]
public sealed record Exportafloop
{
    [JsonPropertyName("op")] public required DateTimeOffset At { get; init; }

    [Description("Of de export heel is. Zo niet, dan is wat is gedownload geen heel zipbestand."), JsonPropertyName("heel")] public required bool IsWhole { get; init; }

    [Description("SHA-256 van tagmanifest-sha256.txt: het kenmerk van de export, voor op het ontvangstbewijs."), JsonPropertyName("sha256")] public string? Sha256 { get; init; }

    [JsonPropertyName("stukken")] public int? Items { get; init; }

    [JsonPropertyName("bestanden")] public int? Files { get; init; }

    [JsonPropertyName("bytes")] public long? Bytes { get; init; }

    [Description("Hoeveel pdf's onderweg zijn gemaakt."), JsonPropertyName("pdfs")] public int? Pdfs { get; init; }

    [JsonPropertyName("opmerkingen")] public IReadOnlyList<string>? Remarks { get; init; }

    [Description("Waarom de export niet is afgemaakt; leeg als de verbinding werd verbroken."), JsonPropertyName("redenen")] public IReadOnlyList<Reason>? Reasons { get; init; }

    internal static Exportafloop Of(ExportTold told) => new()
    {
        At = told.At,
        IsWhole = told.Report is not null,
        Sha256 = told.Report?.Sha256,
        Items = told.Report?.Items,
        Files = told.Report?.Files,
        Bytes = told.Report?.Bytes,
        Pdfs = told.Report?.PdfsMade,
        Remarks = told.Report?.Remarks,
        Reasons = told.Report is null ? [.. told.Refusals.Select(refusal => new Reason(refusal.What, refusal.Why, refusal.WhatNow, refusal.Subject))] : null,
    };
}

/// <summary>What would go out.</summary>
[Description("Wat er mee zou gaan, en wat niet.")]
public sealed record Exportoverzicht
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("stukken")] public required IReadOnlyList<Exportregel> Lines { get; init; }

    [JsonPropertyName("weggelaten")] public required IReadOnlyList<Weggelaten> Omissions { get; init; }

    [Description("Wat wie het overdraagt moet weten."), JsonPropertyName("opmerkingen")] public required IReadOnlyList<string> Remarks { get; init; }

    [Description("De laatste export in deze sessie; ontbreekt als die er niet was."), JsonPropertyName("laatste")] public Exportafloop? Last { get; init; }
}

/// <summary>An export that is asked for.</summary>
[Description("Een export die wordt gevraagd.")]
public sealed record Exportverzoek
{
    [Description("Waarvoor; het komt in het logboek."), JsonPropertyName("doel")] public required string Purpose { get; init; }

    [Description("Wat er naast het hele dossier meegaat: melder, of niets."), JsonPropertyName("met")] public IReadOnlyList<string>? With { get; init; } = null;

    [Description("Of ook geluid meegaat dat niet als opname is gearchiveerd, zoals een voicemail die bewijs is. Een opname gaat nooit mee. Standaard niet."), JsonPropertyName("metGeluid")] public bool WithSound { get; init; }

    [Description("Of van stukken zonder pdf er een wordt gemaakt. Standaard wel."), JsonPropertyName("pdf")] public bool WithPdf { get; init; } = true;
}

/// <summary>Something wrong with a bag.</summary>
[Description("Iets dat niet goed is.")]
public sealed record Exportprobleem
{
    [Description("Waar, in de export; leeg voor de export als geheel."), JsonPropertyName("pad")] public required string Path { get; init; }

    [JsonPropertyName("wat")] public required string Text { get; init; }
}

/// <summary>What was found in a bag.</summary>
[Description("Wat er van een export klopt.")]
public sealed record Exportcontrole
{
    [JsonPropertyName("inOrde")] public required bool IsValid { get; init; }

    [Description("Het nummer van het dossier erin; ontbreekt als dat er niet precies één is."), JsonPropertyName("dossier")] public string? Dossier { get; init; }

    [JsonPropertyName("bestanden")] public required int Files { get; init; }

    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    [Description("Het kenmerk van de export: SHA-256 van tagmanifest-sha256.txt."), JsonPropertyName("sha256")] public string? Sha256 { get; init; }

    [JsonPropertyName("problemen")] public required IReadOnlyList<Exportprobleem> Problems { get; init; }
}

/// <summary><c>/v1/dossiers/{nummer}/export</c>: the whole dossier for the archive. Looking is for whoever coordinates the case; taking is for people.</summary>
internal static class ExportApi
{
    private const string Tag = "Export";
    private const string Zip = "application/zip";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder dossier)
    {
        api.MapGroup("/bewaring").WithMetadata(new ArchiveRoute()).MapPost("/exportcontrole", VerifyAsync).WithMetadata(new ReadsOwnBody(), new HeavyRoute(), new UploadForm([], []))
            .Describe("exportControleren", Tag, "Nakijken of een export heel is en bij zijn eigen lijsten past", "De zip is zelf de inhoud van de aanvraag, of het ene bestand van een formulier. Er wordt niets van bewaard; tot de controle klaar is, ligt hij versleuteld.")
            .TakesBytes(Zip, "application/octet-stream", "multipart/form-data").Refuses(404, 413, 415).Gives<Exportcontrole>(example: """
                { "inOrde": true, "dossier": "WL-2014-0001", "bestanden": 26, "bytes": 1048213, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "problemen": [] }
                """);
        dossier.MapGet("/export", PreviewAsync)
            .Describe("exportBekijken", Tag, "Wat er in een export zou komen, en wat niet", "Er gaat niets mee. Na een export staat hier ook hoe die is afgelopen, met het kenmerk.")
            .Query("met", "Wat er naast het hele dossier mee zou gaan.", [Compartment.Melder.Name]).Query("metGeluid", "Ook met geluid dat niet als opname is gearchiveerd.", ["true"])
            .Refuses(403).Gives<Exportoverzicht>(example: """
                {
                  "dossier": "WL-2014-0001", "opmerkingen": [],
                  "stukken": [{ "map": "WL-2014-0001-001", "titel": "Melding", "compartiment": "melding", "bestanden": 1, "bytes": 48213 }],
                  "weggelaten": [{ "compartiment": "opnamen", "reden": "opnamen: die worden vernietigd en niet overgedragen (HRL 8.2)", "bestanden": 1, "gebeurtenissen": 2 }],
                  "laatste": { "op": "2026-03-02T09:30:00+00:00", "heel": true, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "stukken": 12, "bestanden": 26, "bytes": 1048213, "pdfs": 3, "opmerkingen": [] }
                }
                """);
        dossier.MapPost("/export", TakeAsync).WithMetadata(new FinalAct("het hele dossier meenemen"), new HeavyRoute())
            .Describe("exportMaken", Tag, "Een heel dossier meenemen voor het archief",
                "Eén zip, niet versleuteld: een BagIt-bag (RFC 8493) met MDTO. Alleen door wie de zaak coördineert, een handeling van een mens; in het logboek staat zij vóór de eerste byte. "
                + "Breekt het af, dan heeft de zip geen inhoudsopgave en is de verbinding verbroken. Vraag daarna het overzicht op: daar staat het kenmerk.")
            .Takes<Exportverzoek>("""{ "doel": "Overdracht aan het archief" }""").GivesBytes(StatusCodes.Status200OK, Zip).Refuses(403);
    }

    private static async Task<IResult> VerifyAsync(AtArchive at, HttpContext http, DossierVault vault, CancellationToken ct)
    {
        _ = at;
        var report = await ControleEndpoints.VerifyAsync(vault, FileApi.Arriving(http, FileApi.HeaderPrefix, [], ct), ct);
        return Results.Json(
            new Exportcontrole
            {
                IsValid = report.IsValid,
                Dossier = report.Dossier,
                Files = report.Files,
                Bytes = report.Bytes,
                Sha256 = report.Sha256,
                Problems = [.. report.Problems.Select(problem => new Exportprobleem { Path = problem.Path, Text = problem.Text })],
            },
            ApiJson.Default.Exportcontrole);
    }

    private static async Task<IResult> PreviewAsync(AtDossier at, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var with = http.Request.Query["met"].ToString() is { Length: > 0 } asked ? Places([asked]) : Outcome<IReadOnlyList<Compartment>>.Done([]);
        if (!with.IsDone) return Problems.Of(with.Refusals);
        var preview = await DossierExport.PreviewAsync(at.Dossier, await new ExportWish(with.Value, http.Request.Query["metGeluid"] == "true", WithPdf: true).RequestAsync(register, ct), ct);
        if (!preview.IsDone) return WriteConditions.Refuse(http, preview.Refusals);
        return Results.Json(
            new Exportoverzicht
            {
                Dossier = at.Dossier.Number.Value,
                Lines = [.. preview.Value.Lines.Select(line => new Exportregel { Name = line.Name, Title = line.Title, Compartment = line.Compartment?.Name, Files = line.Files, Bytes = line.Bytes })],
                Omissions = [.. preview.Value.Omissions.Select(Weggelaten.Of)],
                Remarks = preview.Value.Remarks,
                Last = at.Visitor.Desk.Exports.TryGetValue(at.Dossier.Number, out var told) ? Exportafloop.Of(told) : null,
            },
            ApiJson.Default.Exportoverzicht);
    }

    private static async Task<IResult> TakeAsync(AtDossier at, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        var wanted = RequestBody.Parse(await RequestBody.ReadAsync(http, ct), ApiJson.Default.Exportverzoek);
        if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
        var with = Places(wanted.Value.With ?? []);
        if (!with.IsDone) return Problems.Of(with.Refusals);
        if (at.Dossier.CheckExport(with.Value) is { Count: > 0 } refusals) return WriteConditions.Refuse(http, refusals);
        var purpose = wanted.Value.Purpose.Trim();
        if (ExportEndpoints.CheckPurpose(purpose) is { } wrong) return Problems.Of([wrong]);
        return await at.Dossier.GoOnForAsync(purpose, ct) ? new ExportAnswer(at, await new ExportWish(with.Value, wanted.Value.WithSound, wanted.Value.WithPdf).RequestAsync(register, ct)) : Problems.NotThere(http);
    }

    private static Outcome<IReadOnlyList<Compartment>> Places(IReadOnlyList<string> names)
    {
        var places = new List<Compartment>();
        foreach (var name in names)
        {
            if (!Compartment.TryParse(name, out var place))
                return Outcome<IReadOnlyList<Compartment>>.Refused(new Refusal("Dit onderdeel bestaat niet.", "De waarde van 'met' kan niet.", $"Kies '{Compartment.Melder.Name}', of laat het weg.") { Subject = "met" });
            places.Add(place);
        }

        return Outcome<IReadOnlyList<Compartment>>.Done(places);
    }
}
