using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Tests.Serving;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Tests.Api;

/// <summary>
/// Every endpoint of the API, asked by every person of the demo, against a table written by hand. An endpoint without a line in the table fails: whoever adds one says who may use it.
/// The dossier is WL-2026-0001: the onderzoeker is named in it, the gemeentesecretaris (verantwoordelijke) decides in it, nobody else has anything to do with it.
/// </summary>
public sealed class EveryEndpointTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Dossier = "/v1/dossiers/WL-2026-0001";
    private const string NoChoices = "{}";

    // operation | request | fi | plaatsvervanger | onderzoeker | verantwoordelijke | all others
    private static readonly string[] Table =
    [
        "dossiersOpvragen              | GET  /v1/dossiers                             | 200 | 200 | 200 | 200 | 200",
        "dossierMaken                  | POST /v1/dossiers                             | 201 | 201 | 403 | 403 | 403",
        "dossierOpvragen               | GET  {d}                                      | 200 | 200 | 200 | 200 | 404",
        "gebeurtenissenOpvragen        | GET  {d}/gebeurtenissen                       | 200 | 200 | 200 | 200 | 404",
        "gebeurtenisOpvragen           | GET  {d}/gebeurtenissen/{gebeurtenis}         | 200 | 200 | 200 | 200 | 404",
        "gebeurtenisVastleggen         | POST {d}/gebeurtenissen                       | 201 | 201 | 201 | 403 | 404",
        "personenOpvragen              | GET  {d}/personen                             | 200 | 200 | 200 | 200 | 404",
        "persoonOpvragen               | GET  {d}/personen/betrokkene-1                | 200 | 200 | 200 | 200 | 404",
        "persoonOpvragen melder        | GET  {d}/personen/melder-1                    | 200 | 200 | 404 | 404 | 404",
        "documentenOpvragen            | GET  {d}/documenten                           | 200 | 200 | 200 | 200 | 404",
        "documentOpvragen              | GET  {d}/documenten/{stuk}                    | 200 | 200 | 200 | 200 | 404",
        "documentOpvragen melder       | GET  {d}/documenten/{stukMelder}              | 200 | 200 | 404 | 404 | 404",
        "documentMeenemen              | GET  {d}/documenten/{stuk}/docx               | 200 | 200 | 200 | 200 | 404",
        "documentMeenemen melder       | GET  {d}/documenten/{stukMelder}/docx         | 200 | 200 | 404 | 404 | 404",
        "documentAlsPdf melder         | GET  {d}/documenten/{stukMelder}/pdf          | pdf | pdf | 404 | 404 | 404",
        "vragenOpvragen                | GET  {d}/documenten/kennisgeving/vragen       | 200 | 200 | 200 | 200 | 404",
        "vragenOpvragenMetKeuzes       | POST {d}/documenten/kennisgeving/vragen       | 200 | 200 | 200 | 200 | 404",
        "conceptMaken                  | POST {d}/documenten/kennisgeving/concept      | 200 | 200 | 200 | 200 | 404",
        "documentMaken zonder controle | POST {d}/documenten                           | 400 | 400 | 400 | 400 | 404",
        "bestandenOpvragen             | GET  {d}/bestanden                            | 200 | 200 | 200 | 200 | 404",
        "bestandToevoegen              | POST {d}/bestanden                            | 201 | 201 | 201 | 403 | 404",
        "bestandOpvragen               | GET  {d}/bestanden/{bewijs}                   | 200 | 200 | 200 | 200 | 404",
        "bestandOpvragen melder        | GET  {d}/bestanden/{melding}                  | 200 | 200 | 404 | 404 | 404",
        "bestandOpvragen opname        | GET  {d}/bestanden/{opname}                   | 200 | 200 | 200 | 404 | 404",
        "bestandBekijken               | GET  {d}/bestanden/{bewijs}/inhoud            | 200 | 200 | 200 | 200 | 404",
        "bestandBekijken melder        | GET  {d}/bestanden/{melding}/inhoud           | 200 | 200 | 404 | 404 | 404",
        "bestandBekijken opname        | GET  {d}/bestanden/{opname}/inhoud            | 200 | 200 | 200 | 404 | 404",
        "bestandMeenemen               | GET  {d}/bestanden/{bewijs}/download          | 200 | 200 | 200 | 200 | 404",
        "bestandMeenemen melder        | GET  {d}/bestanden/{melding}/download         | 200 | 200 | 404 | 404 | 404",
        "bestandMeenemen opname        | GET  {d}/bestanden/{opname}/download          | 403 | 403 | 403 | 404 | 404",
        "termijnenOpvragen             | GET  {d}/termijnen                            | 200 | 200 | 200 | 200 | 404",
        "plichtenOpvragen              | GET  {d}/plichten                             | 200 | 200 | 200 | 200 | 404",
        "afsluitlijstOpvragen          | GET  {d}/afsluitlijst                         | 200 | 200 | 200 | 200 | 404",
        "dossierlogboekOpvragen        | GET  {d}/logboek                              | 200 | 200 | 404 | 200 | 404",
        "logboekOpvragen               | GET  /v1/logboek                              | 200 | 200 | 200 | 200 | 200",
        "gebeurtenissoortenOpvragen    | GET  /v1/gebeurtenissoorten                   | 200 | 200 | 200 | 200 | 200",
        "protocollenOpvragen           | GET  /v1/protocollen                          | 200 | 200 | 200 | 200 | 200",
        "protocolOpvragen              | GET  /v1/protocollen/waterlanden              | 200 | 200 | 200 | 200 | 200",
        "sjablonenOpvragen             | GET  /v1/sjablonen                            | 200 | 200 | 200 | 200 | 200",
        "sjabloonOpvragen              | GET  /v1/sjablonen/kennisgeving               | 200 | 200 | 200 | 200 | 200",
        "sjabloonDownloaden            | GET  /v1/sjablonen/kennisgeving/docx          | 200 | 200 | 200 | 200 | 200",
        "ikOpvragen                    | GET  /v1/ik                                   | 200 | 200 | 200 | 200 | 200",
        "medewerkersOpvragen           | GET  /v1/medewerkers                          | 200 | 200 | 404 | 200 | staf",
    ];

    private static readonly string[] Columns = ["fi", "plaatsvervanger", "onderzoeker", "verantwoordelijke"];

    [Fact]
    public void Table_NamesEveryEndpoint()
    {
        var mapped = served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/v1", StringComparison.Ordinal) == true && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>() is null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText!).ToList();
        mapped.Count.ShouldBeGreaterThan(25);
        mapped.Except(Table.Select(line => line.Split('|')[0].Trim().Split(' ')[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_EndpointByEveryPerson_AnswersAsTheTableSays()
    {
        var ids = await IdsAsync();
        var wrong = new List<string>();
        foreach (var person in served.Register.Staff.Persons.Select(person => person.Id.Value))
        {
            var client = await Writer.CreateAsync(served, person);
            var column = Array.IndexOf(Columns, person);
            foreach (var line in Table)
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                var expected = cells[column >= 0 ? column + 2 : 6] switch
                {
                    "pdf" => [200, 501],
                    // Who keeps the register of staff, or reads the log.
                    "staf" => person is "burgemeester" or "griffier" or "beheerder" or "fg" ? [200] : [404],
                    var status => new[] { int.Parse(status, System.Globalization.CultureInfo.InvariantCulture) },
                };
                using var request = RequestOf(cells, ids);
                using var answer = await client.SendAsync(request);
                if (!expected.Contains((int)answer.StatusCode)) wrong.Add($"{person}: {cells[0]}: {(int)answer.StatusCode}, expected {cells[column >= 0 ? column + 2 : 6]}: {await answer.Content.ReadAsStringAsync()}");
                if (!answer.Headers.Contains("API-Version")) wrong.Add($"{person}: {cells[0]}: no API-Version");
                if ((int)answer.StatusCode >= 400 && answer.Content.Headers.ContentType?.MediaType != "application/problem+json") wrong.Add($"{person}: {cells[0]}: no problem");
                if ((int)answer.StatusCode >= 400 && JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"] is null) wrong.Add($"{person}: {cells[0]}: no detail");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_EndpointByNobody_Is401()
    {
        var ids = await IdsAsync();
        var stranger = served.CreateStranger();
        foreach (var line in Table)
        {
            using var request = RequestOf(line.Split('|', StringSplitOptions.TrimEntries), ids);
            using var answer = await stranger.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(401, line);
        }
    }

    [Fact]
    public async Task Dossier_OfWhomMayNotKnowTheMelder_NamesNoMelderAnywhere()
    {
        var fi = await served.CreateClientAsync("fi");
        (await fi.GetStringAsync(Uri($"{Dossier}/personen"))).ShouldContain("Kwelderhof");
        foreach (var person in (string[])["onderzoeker", "verantwoordelijke"])
        {
            var client = await served.CreateClientAsync(person);
            foreach (var part in (string[])["", "/personen", "/gebeurtenissen?aantal=200", "/bestanden", "/documenten", "/termijnen", "/plichten", "/afsluitlijst"])
                (await client.GetStringAsync(Uri(Dossier + part))).ShouldNotContain("Kwelderhof", Case.Insensitive, $"{person} {part}");
        }
    }

    private async Task<Dictionary<string, string>> IdsAsync()
    {
        var fi = await served.CreateClientAsync("fi");
        var files = JsonNode.Parse(await fi.GetStringAsync(Uri($"{Dossier}/bestanden?aantal=200")))!["items"]!.AsArray();
        var documents = JsonNode.Parse(await fi.GetStringAsync(Uri($"{Dossier}/documenten")))!["items"]!.AsArray();
        var events = JsonNode.Parse(await fi.GetStringAsync(Uri($"{Dossier}/gebeurtenissen?aantal=200")))!["items"]!.AsArray();
        string File(string kind) => files.First(file => (string?)file!["soort"] == kind)!["id"]!.GetValue<string>();
        string Document(string kind) => documents.First(document => (string?)document!["soort"] == kind)!["bestand"]!.GetValue<string>();
        return new(StringComparer.Ordinal)
        {
            ["{bewijs}"] = File("bewijs"),
            ["{melding}"] = File("melding"),
            ["{opname}"] = File("opname"),
            ["{stuk}"] = Document("ordemaatregel"),
            ["{stukMelder}"] = Document("intakeverslag"),
            ["{gebeurtenis}"] = events.First(happened => (string?)happened!["soort"] == "gesprek-gehouden")!["id"]!.GetValue<string>(),
            ["{d}"] = Dossier,
        };
    }

    private static HttpRequestMessage RequestOf(string[] cells, Dictionary<string, string> ids)
    {
        var words = cells[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var path = ids.Aggregate(words[1], (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));
        var request = new HttpRequestMessage(new HttpMethod(words[0]), Uri(path));
        if (words[0] != "POST") return request;
        request.Content = new StringContent(
            cells[0].Split(' ')[0] switch
            {
                "dossierMaken" => """{ "datum": "2026-03-02" }""",
                "gebeurtenisVastleggen" => """{ "soort": "journaal-aantekening", "datum": "2026-03-10", "aantekening": "Gebeld over de planning." }""",
                "documentMaken" => """{ "soort": "kennisgeving", "betrokkene": "betrokkene-1" }""",
                _ => NoChoices,
            },
            Encoding.UTF8, "application/json");
        if (cells[0] != "bestandToevoegen") return request;
        request.Content = new ByteArrayContent("inhoud"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        foreach (var (name, value) in ((string, string)[])[("Naam", "a.txt"), ("Soort", "notitie"), ("Compartiment", "onderzoek"), ("Datum", "2026-03-10")]) request.Headers.Add($"Bestand-{name}", value);
        return request;
    }

    private static Uri Uri(string path) => new(path, UriKind.Relative);
}
