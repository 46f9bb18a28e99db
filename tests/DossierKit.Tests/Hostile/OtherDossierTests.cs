using System.Text.RegularExpressions;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>
/// Somebody who may open two dossiers asks one of them for what lies in the other, by its id, in every place an address has for one; and somebody who may open one asks it for what lies
/// there in a compartment that is not his. The answer is that of an id that exists nowhere.
/// </summary>
public sealed partial class OtherDossierTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Nowhere = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Id_OfAnotherDossier_IsNowhere()
    {
        const string here = "WL-2026-0001";
        var other = await OpenSample.OfAsync(served, "WL-2026-0005");
        var mine = await OpenSample.OfAsync(served, here);
        var ids = other.Files.Take(3).Select(file => file.Id.ToString()).Concat(other.Events.Take(3).Select(recorded => recorded.Entry.ToString()))
            .Concat(other.Documents.Take(2).Select(document => document.File.Id.ToString())).Distinct().ToList();
        ids.Count.ShouldBeGreaterThan(5);
        ids.ShouldNotContain(id => mine.Files.Any(file => file.Id.ToString() == id));
        (await CompareAsync("fi", here, ids)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("onderzoeker")]
    [InlineData("verantwoordelijke")]
    public async Task Id_OfACompartmentThatIsNotYours_IsNowhere(string person)
    {
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0001");
        var acting = served.Register.Staff.SignIn(new DossierKit.Dossiers.PersonId(person), $"demo:{person}").Value;
        using var seen = (await served.Register.OpenAsync(dossier.Number, acting, "Proef", default))!;
        var hidden = dossier.Files.Where(file => seen.State.FindFile(file.Id) is null).Select(file => file.Id.ToString())
            .Concat(dossier.Persons.Where(known => seen.State.FindPerson(known.Id) is null).Select(known => known.Id.Value)).ToList();
        hidden.ShouldNotBeEmpty();
        (await CompareAsync(person, "WL-2026-0001", hidden)).ShouldBeEmpty();
    }

    /// <summary>
    /// Whoever may write somewhere names, in what he records, handle after handle: of somebody he may not know the answer must be that of nobody. It said that the person had another role.
    /// </summary>
    [Theory]
    [InlineData("onderzoeker", "onderzoek", """{ "soort": "wederhoor-gedaan", "datum": "2026-03-10", "betrokkene": "HIER" }""", """{ "soort": "bewijs-veiliggesteld", "datum": "2026-03-10", "wat": "usb-stick", "van": "HIER" }""")]
    [InlineData("verantwoordelijke", "besluit", """{ "soort": "partijen-geinformeerd", "datum": "2026-03-10", "aan": ["HIER"], "inhoud": "afgerond" }""", """{ "soort": "eerherstel-gegeven", "datum": "2026-03-10", "betrokkene": "HIER", "wijze": "brief" }""")]
    public async Task Handle_OfWhomYouMayNotKnow_IsNobody(string person, string place, string one, string other)
    {
        var client = await Api.Writer.CreateAsync(served, person);
        var answers = new List<string>();
        foreach (var handle in (string[])["melder-1", "melder-7"])
        {
            foreach (var happening in (string[])[one, other])
            {
                using var body = new StringContent(happening.Replace("HIER", handle, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri("/v1/dossiers/WL-2026-0001/gebeurtenissen", UriKind.Relative), body);
                answer.IsSuccessStatusCode.ShouldBeFalse();
                answers.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}".Replace(handle, "NIEMAND", StringComparison.Ordinal));
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers/WL-2026-0001/bestanden", UriKind.Relative)) { Content = new ByteArrayContent([1]) };
            request.Content.Headers.ContentType = new("application/octet-stream");
            foreach (var (name, value) in ((string, string)[])[("Naam", "a.txt"), ("Soort", "notitie"), ("Compartiment", place), ("Datum", "2026-03-10"), ("Bij", handle)]) request.Headers.Add($"Bestand-{name}", value);
            using var filed = await client.SendAsync(request);
            answers.Add($"{(int)filed.StatusCode} {await filed.Content.ReadAsStringAsync()}".Replace(handle, "NIEMAND", StringComparison.Ordinal));
        }

        answers.Count(answer => answer.Contains("De persoon \\u0027NIEMAND\\u0027 staat niet in dit dossier.", StringComparison.Ordinal)).ShouldBe(4);
        answers[..(answers.Count / 2)].ShouldBe(answers[(answers.Count / 2)..]);
    }

    /// <summary>Asks every route with these ids and with one that exists nowhere; gives where the answers differ in anything but the id.</summary>
    private async Task<List<string>> CompareAsync(string person, string number, IReadOnlyList<string> ids)
    {
        var client = await served.CreateClientAsync(person, followRedirects: false);
        await AnswerHeaderTests.OpenAsync(client, number);
        var (faults, asked) = (new List<string>(), 0);
        foreach (var route in HostRoutes.Of(served).Where(route => route.IsOfDossier && Places(route.Pattern) > 1))
        {
            var pattern = route.Pattern.Replace("{nummer}", number, StringComparison.Ordinal);
            var away = await AskAsync(client, route, Place().Replace(pattern, Nowhere));
            if (away.Status is not (404 or 403 or 400)) faults.Add($"{route}: {away.Status} for what is nowhere");
            foreach (var id in ids)
            {
                asked++;
                var there = await AskAsync(client, route, Place().Replace(pattern, id));
                if (there.Status != away.Status || there.Headers != away.Headers || there.Text.Replace(id, Nowhere, StringComparison.Ordinal) != away.Text) faults.Add($"{route} with {id}: {there.Status}, nowhere {away.Status}");
            }
        }

        asked.ShouldBeGreaterThan(20);
        return faults;
    }

    private static async Task<(int Status, string Headers, string Text)> AskAsync(HttpClient client, HostRoute route, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (route.IsUnsafe) request.Content = route.IsApi ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : new FormUrlEncodedContent([new("a", "b")]);
        using var answer = await client.SendAsync(request);
        var headers = string.Join('\n', answer.Headers.Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        return ((int)answer.StatusCode, headers, SecondsLeft().Replace(await answer.Content.ReadAsStringAsync(), ""));
    }

    private static int Places(string pattern) => pattern.Count(c => c == '{');

    [GeneratedRegex("\\{[^}]+\\}", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("data-left=\"\\d+\"", RegexOptions.None, 1000)]
    private static partial Regex SecondsLeft();
}
