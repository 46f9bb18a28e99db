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
        "zoeken                        | POST /v1/zoekvragen                           | 200 | 200 | 200 | 200 | burgemeester=200 griffier=200 directeur=200 directeur-2=200 directeur-3=200 directeur-4=200 hoofd-bi=200 onderzoeker-b=200 *=403",
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
        "opnamenOpvragen               | GET  {d}/opnamen                              | 200 | 200 | 200 | 403 | 404",
        "opnameToevoegen zonder velden | POST {d}/opnamen                              | 400 | 400 | 400 | 403 | 404",
        "exportBekijken                | GET  {d}/export                               | 200 | 200 | 403 | 403 | 404",
        "exportMaken zonder doel       | POST {d}/export                               | 400 | 400 | 403 | 403 | 404",
        "termijnenOpvragen             | GET  {d}/termijnen                            | 200 | 200 | 200 | 200 | 404",
        "plichtenOpvragen              | GET  {d}/plichten                             | 200 | 200 | 200 | 200 | 404",
        "afsluitlijstOpvragen          | GET  {d}/afsluitlijst                         | 200 | 200 | 200 | 200 | 404",
        "dossierlogboekOpvragen        | GET  {d}/logboek                              | 200 | 200 | 404 | 200 | 404",
        "logboekOpvragen               | GET  /v1/logboek                              | 200 | 200 | 200 | 200 | 200",
        "gebeurtenissoortenOpvragen    | GET  /v1/gebeurtenissoorten                   | 200 | 200 | 200 | 200 | 200",
        "bewaarplanOpvragen            | GET  /v1/bewaring/plan                        | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 *=404",
        "vooruitblikOpvragen           | GET  /v1/bewaring/vooruitblik                 | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 *=404",
        "selectielijstOpvragen         | GET  /v1/bewaring/selectielijst               | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 *=404",
        "bewaargrondenOpvragen         | GET  /v1/bewaring/bewaargronden               | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 *=404",
        "bewaringOpvragen              | GET  {b}                                      | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 *=404",
        "bewaarbesluitenOpvragen       | GET  {b}/besluiten                            | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=403 *=404",
        "klasseVaststellen             | POST {b}/klasse                               | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=403 fg=403 *=404",
        "brondatumVastleggen           | POST {b}/brondatum                            | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=403 fg=403 *=404",
        "archiefactiedatumAanpassen    | POST {b}/datum                                | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=403 *=404",
        "overdrachtVastleggen          | POST {b}/overdracht                           | 400 | 400 | 404 | 403 | archivaris=400 medebeslisser=403 fg=403 *=404",
        "overdrachtTerugnemen          | POST {b}/overdracht/terugnemen               | 400 | 400 | 404 | 403 | archivaris=400 medebeslisser=403 fg=403 *=404",
        "bewaargrondPlaatsen           | POST {b}/bewaargronden                        | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=403 fg=200 *=404",
        "bewaargrondHerzien            | POST {b}/bewaargronden/{grond}/herziening     | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=403 fg=403 *=404",
        "opheffingVoorstellen          | POST {b}/bewaargronden/{grond}/voorstel       | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=403 fg=403 *=404",
        "bewaargrondOpheffen zelf      | POST {b}/bewaargronden/{grond}/opheffing      | 400 | 400 | 404 | 400 | archivaris=400 medebeslisser=403 fg=403 *=404",
        "exportControleren geen zip    | POST /v1/bewaring/exportcontrole              | 200 | 200 | 404 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 *=404",
        "lijstenOpvragen               | GET  /v1/bewaring/lijsten                     | 200 | 200 | 200 | 200 | archivaris=200 medebeslisser=200 fg=200 burgemeester=200 griffier=200 onderzoeker-b=200 *=404",
        "lijstOpvragen                 | GET  {l}                                      | 200 | 200 | 404 | 404 | archivaris=200 medebeslisser=200 fg=200 *=404",
        "lijstProberen                 | POST /v1/bewaring/lijsten/concept             | 200 | 200 | 403 | 403 | archivaris=200 medebeslisser=200 fg=403 burgemeester=403 griffier=403 onderzoeker-b=403 *=404",
        "lijstVoorstellen niets        | POST /v1/bewaring/lijsten                     | 400 | 400 | 403 | 403 | archivaris=400 medebeslisser=400 fg=403 burgemeester=403 griffier=403 onderzoeker-b=403 *=404",
        "onderdeelBeantwoorden         | POST {l}/onderdelen/1                         | 200 | 200 | 404 | 404 | archivaris=200 medebeslisser=200 fg=403 *=404",
        "lijstGoedkeuren andere        | POST {l}/goedkeuring                          | 403 | 403 | 404 | 404 | archivaris=412 medebeslisser=412 fg=403 *=404",
        "lijstUitvoeren te vroeg       | POST {l}/uitvoering                           | 400 | 400 | 404 | 404 | archivaris=400 medebeslisser=400 fg=403 *=404",
        "lijstIntrekken zonder reden   | POST {l}/intrekking                           | 400 | 400 | 404 | 404 | archivaris=400 medebeslisser=400 fg=403 *=404",
        "verklaringOpvragen            | GET  {l}/verklaring                           | 404 | 404 | 404 | 404 | 404",
        "verklaringAlsCsv              | GET  {l}/verklaring/csv                       | 404 | 404 | 404 | 404 | 404",
        "verklaringAlsDocument         | GET  {l}/verklaring/docx                      | 404 | 404 | 404 | 404 | 404",
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
                    // Each person who differs from the others by name.
                    var named when named.Contains('=', StringComparison.Ordinal) => [Named(named, person)],
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

    private static int Named(string cell, string person)
    {
        var known = cell.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return known.TryGetValue(person, out var status) ? status : known["*"];
    }

    /// <summary>A hold to decide about, and a list; made once.</summary>
    private async Task<(string Hold, string List)> MadeAsync(HttpClient fi)
    {
        var holds = JsonNode.Parse(await fi.GetStringAsync(Uri("/v1/bewaring/bewaargronden?aantal=200")))!["items"]!.AsArray();
        if (holds.FirstOrDefault(held => (string?)held!["bewaargrond"]!["soort"] == "strafrechtelijk") is null)
        {
            using var place = new HttpRequestMessage(HttpMethod.Post, Uri("/v1/bewaring/dossiers/WL-2026-0001/bewaargronden")) { Content = new StringContent(NewHold("strafrechtelijk"), Encoding.UTF8, "application/json") };
            place.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
            (await fi.SendAsync(place)).IsSuccessStatusCode.ShouldBeTrue();
            await Web.Bewaring.ListPageTests.WithdrawAsync(served);
            using var propose = new StringContent("""{ "pad": "lijst", "dossiers": ["WL-2024-0001"] }""", Encoding.UTF8, "application/json");
            (await fi.PostAsync(Uri("/v1/bewaring/lijsten"), propose)).IsSuccessStatusCode.ShouldBeTrue();
            holds = JsonNode.Parse(await fi.GetStringAsync(Uri("/v1/bewaring/bewaargronden?aantal=200")))!["items"]!.AsArray();
        }

        var lists = JsonNode.Parse(await fi.GetStringAsync(Uri("/v1/bewaring/lijsten")))!["items"]!.AsArray();
        return (holds.First(held => (string?)held!["bewaargrond"]!["soort"] == "strafrechtelijk")!["bewaargrond"]!["id"]!.GetValue<string>(), lists[0]!["lijst"]!.GetValue<string>());
    }

    private static string NewHold(string kind) => $$"""{ "soort": "{{kind}}", "verwijzing": "K-1", "toetsenOp": "{{DateTime.UtcNow.AddMonths(2):yyyy-MM-dd}}", "reden": "Nodig." }""";

    private async Task<Dictionary<string, string>> IdsAsync()
    {
        var fi = await served.CreateClientAsync("fi");
        var (hold, list) = await MadeAsync(fi);
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
            ["{b}"] = "/v1/bewaring/dossiers/WL-2026-0001",
            ["{grond}"] = hold,
            ["{l}"] = $"/v1/bewaring/lijsten/{list}",
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
                "zoeken" => """{ "vraag": "iets", "doel": "Proef" }""",
                "dossierMaken" => """{ "datum": "2026-03-02" }""",
                "gebeurtenisVastleggen" => """{ "soort": "journaal-aantekening", "datum": "2026-03-10", "aantekening": "Gebeld over de planning." }""",
                "klasseVaststellen" => """{ "resultaat": "12.1.7", "grond": "Integriteitsonderzoek." }""",
                "brondatumVastleggen" => """{ "vanaf": "ander_datumkenmerk", "datumkenmerk": "einde-dienstverband", "brondatum": "2026-03-01", "grond": "Besluit." }""",
                "archiefactiedatumAanpassen" => """{ "tot": "2090-01-01", "reden": "Van belang." }""",
                "overdrachtVastleggen" => """{ "aan": "Archief", "datum": "2026-03-02", "ontvangstbewijs": "A-1" }""",
                "overdrachtTerugnemen" => """{ "reden": "Verkeerd dossier." }""",
                "bewaargrondPlaatsen" => NewHold("avg"),
                "bewaargrondHerzien" => $$"""{ "toetsenOp": "{{DateTime.UtcNow.AddMonths(3):yyyy-MM-dd}}", "reden": "Loopt nog." }""",
                "opheffingVoorstellen" or "bewaargrondOpheffen" => """{ "reden": "Klaar." }""",
                "lijstProberen" => """{ "pad": "lijst" }""",
                "lijstVoorstellen" => """{ "pad": "lijst", "dossiers": ["WL-2026-0002"] }""",
                "onderdeelBeantwoorden" => """{ "antwoord": "vernietigen" }""",
                "lijstGoedkeuren" or "lijstUitvoeren" => """{ "bevestiging": "iets anders" }""",
                "lijstIntrekken" => """{ "reden": " " }""",
                "exportMaken" => """{ "doel": " " }""",
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
