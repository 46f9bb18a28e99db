using System.Collections.Concurrent;
using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Protocols;

namespace DossierKit.Host.Api;

/// <summary>A template in the list.</summary>
[Description("Een sjabloon in de lijst.")]
public record Sjabloonregel
{
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [Description("Of het met het programma meekwam; anders heeft de gemeente het geïnstalleerd."), JsonPropertyName("meegeleverd")] public required bool IsShipped { get; init; }

    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    [JsonPropertyName("geinstalleerdOp")] public DateTimeOffset? InstalledAt { get; init; }

    [JsonPropertyName("door")] public string? By { get; init; }
}

/// <summary>A template, with what its author should look at.</summary>
[Description("Een sjabloon, met wat de maker zou moeten bekijken.")]
public sealed record Sjabloon : Sjabloonregel
{
    [JsonPropertyName("bevindingen")] public required IReadOnlyList<Sjabloonbevinding> Findings { get; init; }
}

/// <summary>Something the author of a template should look at.</summary>
[Description("Iets dat de maker van een sjabloon zou moeten bekijken.")]
public sealed record Sjabloonbevinding
{
    [Description("error (onbruikbaar), warning (kan misgaan) of advice (kan beter)."), JsonPropertyName("severity")] public required string Severity { get; init; }

    [JsonPropertyName("rule")] public required string Rule { get; init; }

    [JsonPropertyName("what")] public required string What { get; init; }

    [JsonPropertyName("why")] public required string Why { get; init; }

    [JsonPropertyName("whatNow")] public required string WhatNow { get; init; }
}

/// <summary><c>/v1/sjablonen</c>: the Word templates in use, what the lint says of them, and the files themselves.</summary>
internal static class TemplateApi
{
    private const string Tag = "Sjablonen";
    private const string Head = "\"soort\": \"kennisgeving\", \"naam\": \"kennisgeving.docx\", \"meegeleverd\": true, \"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";

    // Looking at a template takes a tenth of a second, and the same bytes give the same findings.
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Sjabloonbevinding>> Lints = new(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sjablonen", (DossierRegister register, HttpContext http) => Results.Json(Paging.Of(http, Kinds(register), kind => kind, kind => Line(register, kind), isSorted: true), ApiJson.Default.PageSjabloonregel))
            .Describe("sjablonenOpvragen", Tag, "Welke sjablonen er zijn", "Per soort stuk het sjabloon dat nu wordt gebruikt: dat van de gemeente, anders het meegeleverde.")
            .Paged().Gives<Page<Sjabloonregel>>(example: $$"""{ "items": [{ {{Head}} }], "total": 1 }""");
        api.MapGet("/sjablonen/{soort}", async (string soort, DossierRegister register, HttpContext http, CancellationToken ct) =>
            {
                if (await BytesAsync(register, soort, ct) is not { } bytes) return Problems.NotThere(http);
                var line = Line(register, soort);
                return Results.Json(new Sjabloon
                {
                    Kind = line.Kind,
                    Name = line.Name,
                    IsShipped = line.IsShipped,
                    Sha256 = line.Sha256,
                    InstalledAt = line.InstalledAt,
                    By = line.By,
                    Findings = FindingsOf(bytes, line),
                }, ApiJson.Default.Sjabloon);
            })
            .Describe("sjabloonOpvragen", Tag, "Eén sjabloon, met wat de maker zou moeten bekijken")
            .Gives<Sjabloon>(example: $$"""{ {{Head}}, "bevindingen": [{ "severity": "advice", "rule": "tabel-zonder-kop", "what": "Een tabel heeft geen kopregel.", "why": "Tabel 2.", "whatNow": "Herhaal de kopregel." }] }""");
        api.MapGet("/sjablonen/{soort}/docx", async (string soort, DossierRegister register, HttpContext http, CancellationToken ct)
                => await BytesAsync(register, soort, ct) is { } bytes ? Results.Bytes(bytes, DocumentApi.Docx, Line(register, soort).Name) : Problems.NotThere(http))
            .Describe("sjabloonDownloaden", Tag, "Een sjabloon als Word-document").GivesBytes(200, DocumentApi.Docx);
    }

    private static List<string> Kinds(DossierRegister register)
        => [.. register.Templates.Installed.Select(item => item.Kind).Concat(ShippedTemplates.Kinds).Where(DocumentKinds.IsKnown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static async ValueTask<byte[]?> BytesAsync(DossierRegister register, string kind, CancellationToken ct)
        => DocumentKinds.IsKnown(kind) ? await register.Templates.FindAsync(kind, ct) ?? ShippedTemplates.Find(kind) : null;

    private static Sjabloonregel Line(DossierRegister register, string kind)
        => register.Templates.Installed.FirstOrDefault(item => item.Kind == kind) is { } installed
            ? new() { Kind = kind, Name = installed.FileName, IsShipped = false, Sha256 = installed.Sha256, InstalledAt = installed.InstalledAt, By = installed.By.Value }
            : new() { Kind = kind, Name = $"{kind}.docx", IsShipped = true, Sha256 = ShippedHash(kind) };

    private static readonly ConcurrentDictionary<string, string> ShippedHashes = new(StringComparer.Ordinal);

    private static string ShippedHash(string kind) => ShippedHashes.GetOrAdd(kind, static name => Convert.ToHexStringLower(SHA256.HashData(ShippedTemplates.Find(name)!)));

    private static IReadOnlyList<Sjabloonbevinding> FindingsOf(byte[] bytes, Sjabloonregel line) => Lints.GetOrAdd($"{line.Sha256} {line.Name}", _ => [.. TemplateLint.Run(bytes, line.Name).Select(finding => new Sjabloonbevinding
    {
        Severity = finding.Severity.ToString().ToLowerInvariant(),
        Rule = finding.Rule,
        What = finding.Finding.What,
        Why = finding.Finding.Why,
        WhatNow = finding.Finding.WhatNow,
    })]);
}
