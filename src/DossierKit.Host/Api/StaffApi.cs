using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web;

namespace DossierKit.Host.Api;

/// <summary>Someone who works with the dossiers.</summary>
[Description("Iemand die met dossiers werkt.")]
public sealed record Medewerker
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [JsonPropertyName("functie")] public string? Function { get; init; }

    [JsonPropertyName("rollen")] public required IReadOnlyList<string> Roles { get; init; }

    internal static Medewerker Of(StaffPerson person, DateOnly today) => new()
    {
        Id = person.Id.Value,
        Name = person.DisplayName,
        Function = person.Function,
        Roles = [.. person.RolesOn(today).Select(Words.Of)],
    };
}

/// <summary><c>/v1/medewerkers</c> and <c>/v1/ik</c>: who works with the dossiers, and who asks.</summary>
internal static class StaffApi
{
    private const string Tag = "Medewerkers";
    private const string One = """{ "id": "fi", "naam": "H. Plassenberger", "functie": "functionaris integriteit", "rollen": ["fi"] }""";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ik", (HttpContext http, DossierRegister register, TimeProvider clock)
                => register.Staff.Find(http.Visitor().Person) is { } me ? Results.Json(Medewerker.Of(me, DutchDay.Of(clock)), ApiJson.Default.Medewerker) : Problems.NotThere(http))
            .Describe("ikOpvragen", Tag, "Wie u bent, en in welke rol").Gives<Medewerker>(example: One);
        api.MapGet("/medewerkers", (HttpContext http, DossierRegister register, TimeProvider clock) =>
            {
                var today = DutchDay.Of(clock);
                // For who keeps the register, and who reads the log, where people stand by their handle. To anybody else it would tell who investigates whom to approach.
                if (register.Staff.Find(http.Visitor().Person) is not { } me || !(Menu.KeepsStaff(me, today) || Menu.Watches(me, today))) return Problems.NotThere(http);
                var all = register.Staff.Persons.OrderBy(person => person.Id.Value, StringComparer.Ordinal).ToList();
                return Results.Json(Paging.Of(http, all, person => person.Id.Value, person => Medewerker.Of(person, today), isSorted: true), ApiJson.Default.PageMedewerker);
            })
            .Describe("medewerkersOpvragen", Tag, "Wie er met dossiers werken", "Met hun rol van vandaag. Voor wie het personenregister bijhoudt of het logboek nakijkt.")
            .Paged().Gives<Page<Medewerker>>(example: $$"""{ "items": [{{One}}], "total": 1 }""").Refuses(404);
    }
}
