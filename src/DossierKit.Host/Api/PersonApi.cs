using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Api;

/// <summary>A person of a case: the shape is that of the domain, on disk and here.</summary>
public sealed record Persoon;

/// <summary><c>/v1/dossiers/{nummer}/personen</c>: who is in the case, as far as the asker may know.</summary>
internal static class PersonApi
{
    private const string Tag = "Personen";
    private const string OnePerson = """{ "id": "betrokkene-1", "rol": "betrokkene", "voorletters": "J.", "achternaam": "Griendhorster", "functie": "medewerker beheer" }""";

    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("/personen", (AtDossier at, HttpContext http) => WriteConditions.IsKnown(http, at)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Paging.Of(http, at.Dossier.State.Persons, person => person.Id.Value, Show), ApiJson.Default.PageJsonObject))
            .Describe("personenOpvragen", Tag, "Wie er in een dossier voorkomen", "Alleen personen die u mag kennen. Iemand toevoegen is een gebeurtenis: persoon-toegevoegd.")
            .Paged().Versioned().Gives<Page<Persoon>>(example: $$"""{ "items": [{{OnePerson}}], "total": 1 }""");
        dossier.MapGet("/personen/{persoon}", (string persoon, AtDossier at, HttpContext http) =>
                !PersonId.TryParse(persoon, out var id) || at.Dossier.State.FindPerson(id) is not { } found ? Problems.NotThere(http)
                : WriteConditions.IsKnown(http, at) ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(Show(found), ApiJson.Default.JsonObject))
            .Describe("persoonOpvragen", Tag, "Eén persoon van een dossier").Versioned().Gives<Persoon>(example: OnePerson);
    }

    private static JsonObject Show(CasePerson person) => DossierJson.Person(person).AsObject();
}
