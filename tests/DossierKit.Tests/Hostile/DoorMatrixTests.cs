using System.Net;
using System.Text.RegularExpressions;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>
/// Who gets into which dossier of the demo, through which route. The table is written by hand from the cases and the articles, not drawn from the program's own table:
/// two mistakes would have to agree.
/// </summary>
public sealed partial class DoorMatrixTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Coordinates = "fi plaatsvervanger";

    // Number, who may open it beside those who coordinate, and why.
    private static readonly (string Number, string May, string Why)[] Doors =
    [
        ("WL-2012-0003", "verantwoordelijke", "a medewerker: the gemeentesecretaris; closed, so no onderzoeker"),
        ("WL-2014-0001", "burgemeester", "about the gemeentesecretaris: the burgemeester, and never the one it is about"),
        ("WL-2021-0004", "verantwoordelijke", "a medewerker; closed"),
        ("WL-2022-0002", "griffier onderzoeker onderzoeker-b", "a griffiemedewerker: the griffier; still open, so its onderzoekers"),
        ("WL-2024-0001", "directeur directeur-2 directeur-3 directeur-4 hoofd-bi", "put before the directors; the overlay leaves the gemeentesecretaris no task for a medewerker"),
        ("WL-2024-0006", "verantwoordelijke", "a medewerker; closed"),
        ("WL-2025-0012", "verantwoordelijke directeur directeur-2 directeur-3 hoofd-bi", "put before three directors in a spoedoverleg; the fourth was not asked"),
        ("WL-2025-0015", "verantwoordelijke burgemeester", "a wethouder and a medewerker: two authorities"),
        ("WL-2026-0001", "verantwoordelijke onderzoeker", "a medewerker; one onderzoeker of the house, one from outside"),
        ("WL-2026-0002", "verantwoordelijke", "no onderzoeker yet"),
        ("WL-2026-0004", "verantwoordelijke", "a medewerker; closed"),
        ("WL-2026-0005", "burgemeester fg", "a raadslid: the burgemeester; a datalek was reported to the FG"),
        ("WL-2026-0006", "", "about the burgemeester: the commissaris van de Koning, who does not work here; the burgemeester stays out of his own case"),
    ];

    [Fact]
    public async Task Dossier_EveryPersonAndCase_OpensForWhoMay()
    {
        var faults = new List<string>();
        foreach (var person in Crawler.Everybody)
        {
            var client = await served.CreateClientAsync(person, followRedirects: false);
            foreach (var (number, may, why) in Doors)
            {
                var expected = $"{Coordinates} {may}".Split(' ').Contains(person) ? HttpStatusCode.OK : HttpStatusCode.NotFound;
                foreach (var path in (string[])[$"/v1/dossiers/{number}", $"/dossiers/{number}"])
                {
                    if (path[1] == 'd') await AnswerHeaderTests.OpenAsync(client, number);
                    using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                    if (answer.StatusCode != expected) faults.Add($"{person} {path}: {(int)answer.StatusCode} instead of {(int)expected} ({why})");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>A closed door looks like no door: on every route, for every method, what is not for somebody answers in the same words as what does not exist.</summary>
    [Theory]
    [InlineData("vreemde", "WL-2026-0001")]
    [InlineData("beheerder", "WL-2026-0001")]
    [InlineData("archivaris", "WL-2026-0001")]
    [InlineData("directeur", "WL-2026-0001")]
    [InlineData("hoofd-bi", "WL-2026-0001")]
    [InlineData("fg", "WL-2026-0001")]
    [InlineData("onderzoeker-b", "WL-2026-0001")]
    [InlineData("onderzoeker", "WL-2026-0004")]
    [InlineData("burgemeester", "WL-2026-0006")]
    [InlineData("verantwoordelijke", "WL-2014-0001")]
    [InlineData("directeur-4", "WL-2025-0012")]
    [InlineData("griffier", "WL-2026-0005")]
    public async Task EveryRoute_NotForYou_AnswersAsIfNotThere(string person, string number)
    {
        const string nowhere = "WL-2099-0404";
        var client = await served.CreateClientAsync(person, followRedirects: false);
        var dossier = await OpenSample.OfAsync(served, number);
        await AnswerHeaderTests.OpenAsync(client, number);
        await AnswerHeaderTests.OpenAsync(client, nowhere);
        var faults = new List<string>();
        var tried = 0;
        foreach (var route in HostRoutes.Of(served).Where(route => route.IsOfDossier))
        {
            var there = HostRoutes.AddressesOf(route, dossier);
            var away = HostRoutes.AddressesOf(route, dossier, nowhere);
            foreach (var (one, other) in there.Zip(away).Take(1))
            {
                tried++;
                var (status, text) = await AskAsync(client, route, one);
                var (sameStatus, sameText) = await AskAsync(client, route, other);
                if (status != HttpStatusCode.NotFound) faults.Add($"{route.Method} {one}: {(int)status}");
                if (status != sameStatus || text.Replace(number, nowhere, StringComparison.Ordinal) != sameText) faults.Add($"{route.Method} {one}: tells that it is there: {FirstDifference(text.Replace(number, nowhere, StringComparison.Ordinal), sameText)}");
            }
        }

        tried.ShouldBeGreaterThan(3);
        faults.ShouldBeEmpty();
    }

    /// <summary>The page that asks what for must not tell either, before or after the answer.</summary>
    [Fact]
    public async Task Purpose_NotForYouOrNotThere_SameAnswers()
    {
        var client = await served.CreateClientAsync("vreemde", followRedirects: false);
        var answers = new List<string>();
        foreach (var number in (string[])["WL-2026-0001", "WL-2099-0404"])
        {
            using var page = await client.GetAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative));
            using var form = new FormUrlEncodedContent([new("doel", "Proef")]);
            using var answer = await client.PostAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative), form);
            using var empty = new FormUrlEncodedContent([new("doel", "")]);
            using var refused = await client.PostAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative), empty);
            answers.Add($"{page.StatusCode} {await page.Content.ReadAsStringAsync()} {answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {refused.StatusCode} {await refused.Content.ReadAsStringAsync()}".Replace(number, "NUMMER", StringComparison.Ordinal));
            answers[^1] = SecondsLeft().Replace(answers[^1], "");
        }

        answers[1].ShouldBe(answers[0]);
    }

    [Fact]
    public async Task EveryRoute_NobodySignedIn_AsksToSignIn()
    {
        var dossier = await OpenSample.OfAsync(served, "WL-2026-0001");
        var faults = new List<string>();
        foreach (var route in HostRoutes.Of(served).Where(route => !route.IsOpen))
        {
            var (status, text) = await AskAsync(served.CreateStranger(followRedirects: false), route, HostRoutes.AddressesOf(route, dossier)[0]);
            // What a form held waits for its sender, who is led to sign in by 303.
            var expected = route.IsApi ? HttpStatusCode.Unauthorized : route.IsUnsafe ? HttpStatusCode.SeeOther : HttpStatusCode.Redirect;
            if (status != expected) faults.Add($"{route}: {(int)status} {text}");
        }

        faults.ShouldBeEmpty();
    }

    [GeneratedRegex("data-left=\"\\d+\"", RegexOptions.None, 1000)]
    private static partial Regex SecondsLeft();

    private static string FirstDifference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 60)]} <> {other[Math.Max(0, at - 60)..Math.Min(other.Length, at + 60)]}";
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient client, HostRoute route, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Doel", "Proef");
        if (route.IsUnsafe) request.Content = route.IsApi ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : new FormUrlEncodedContent([new("a", "b")]);
        using var answer = await client.SendAsync(request);
        // How many seconds the session has left is no secret, and differs from one moment to the next.
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Content-Length")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        return (answer.StatusCode, $"{headers}\n\n{SecondsLeft().Replace(await answer.Content.ReadAsStringAsync(), "")}");
    }
}
