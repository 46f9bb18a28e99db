using System.Text.Json.Nodes;

namespace DossierKit.Host.Api;

/// <summary>What the description of the API says of all routes alike.</summary>
internal static class ApiTexts
{
    public const string Introduction = """
        Alles wat u in de schermen van DossierKit kunt, kan een programma met deze API, met dezelfde rechten en hetzelfde logboek.

        **Aanmelden.** Met een token in `Authorization: Bearer …` (maak er een op /account), of met de sessie van de webpagina's. Met een sessie hoort bij elke wijziging de header `X-CSRF-Token`.

        **Doel.** De eerste keer dat een sessie of token een dossier opent, zegt u waarvoor, in de header `Doel` (UTF-8, percent-gecodeerd). Het komt in het logboek.

        **Geen toegang.** Wat er niet is en wat niet voor u is, geven hetzelfde antwoord: 404.

        **Wijzigen.** Zeg met `If-Match` op welke versie (ETag) u afgaat: zonder is het antwoord 428, is er intussen iets veranderd dan 412. Stuur een eigen `Idempotency-Key` mee: dezelfde
        aanvraag nog eens sturen doet haar dan niet nog eens.

        **Handelingen van een mens.** Een stuk definitief maken, een dossier sluiten of heropenen, oordelen, een maatregel nemen, van het protocol afwijken, iemand toegang geven, een bewaargrond opheffen, een heel dossier meenemen en over vernietigen beslissen kan niet met een token, en met een sessie alleen kort nadat u hebt laten zien dat u er bent: anders 403.

        **Lijsten** komen in bladzijden: volg `next`, of de header `Link`.

        **Fouten** zijn `application/problem+json` (RFC 9457). `redenen` noemt alles wat er niet goed is in één keer: wat, waarom (met het artikel) en wat nu.
        """;

    public static IReadOnlyList<(string Name, string Description)> Tags { get; } =
    [
        ("Dossiers", "Welke dossiers er zijn, en hoe ze ervoor staan."),
        ("Gebeurtenissen", "Wat er in een dossier gebeurde. Een dossier bestaat uit zijn gebeurtenissen."),
        ("Personen", "Wie er in een dossier voorkomen."),
        ("Documenten", "Stukken die aan het protocol voldoen."),
        ("Bestanden", "Wat er in een dossier ligt, versleuteld per onderdeel."),
        ("Opnamen", "Opnamen van gesprekken, met hoe zij zijn gemaakt en wat hun lot deelt."),
        ("Export", "Een heel dossier voor het archief."),
        ("Termijnen en plichten", "Wat het protocol vraagt, en wanneer."),
        ("Bewaring", "Hoe lang dossiers en opnamen blijven, en waarom. Zonder namen en zonder inhoud."),
        ("Vernietigen", "Lijsten van wat wordt vernietigd, van voorstel tot verklaring. Beslissen doen mensen."),
        ("Protocollen", "De regels, met hun bron."),
        ("Sjablonen", "De Word-sjablonen van de stukken."),
        ("Logboek", "Wie wat wanneer opende."),
        ("Medewerkers", "Wie er met dossiers werken."),
    ];

    /// <summary>What a status means.</summary>
    public static string Of(int status) => status switch
    {
        200 => "Gelukt.",
        201 => "Vastgelegd.",
        206 => "Het gevraagde deel.",
        304 => "U hebt deze versie al.",
        400 => "De aanvraag klopt niet, of het protocol staat het nu niet toe. Alle redenen staan erin.",
        401 => "U bent niet aangemeld.",
        403 => "U mag dit zien, maar niet doen.",
        404 => "Het is er niet, of het is niet voor u.",
        409 => "De sleutel is al gebruikt voor een andere aanvraag, of iemand schreef op hetzelfde moment.",
        412 => "Het dossier is veranderd sinds de versie die u noemt.",
        413 => "De aanvraag is te groot.",
        415 => "Dit soort inhoud wordt hier niet aangenomen.",
        416 => "Het gevraagde deel bestaat niet.",
        428 => "De header If-Match ontbreekt.",
        429 => "Te veel aanvragen in korte tijd. 'Retry-After' zegt hoe lang u wacht.",
        500 => "Er ging iets mis in het programma.",
        501 => "Deze server kan dit niet.",
        503 => "Het programma kan nu niet bij de dossiers.",
        _ => "Niet gelukt.",
    };

    /// <summary>What a part of an address means.</summary>
    public static string OfPathParameter(string name) => name switch
    {
        "nummer" => "Het nummer van het dossier, zoals WL-2026-0001.",
        "id" => "Het id, zoals de lijst het noemt: 32 hexadecimale tekens.",
        "persoon" => "De aanduiding van de persoon in het dossier, zoals betrokkene-1.",
        "soort" => "De soort stuk, zoals kennisgeving.",
        "lijst" => "Het nummer van de lijst, zoals VL-2026-0001.",
        "onderdeel" => "Het nummer van het onderdeel op de lijst.",
        "protocol" => "De aanduiding van het protocol, zoals waterlanden.",
        _ => throw new InvalidOperationException($"The path parameter {name} has no description."),
    };

    public static JsonObject SecuritySchemes() => new()
    {
        ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Een token dat u op /account maakt. Het heeft uw rechten, hoogstens 90 dagen." },
        ["sessie"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "__Host-dossierkit", ["description"] = "De sessie van de webpagina's. Wijzigingen vragen de header X-CSRF-Token." },
    };
}
