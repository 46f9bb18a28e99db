using System.Net;
using System.Text.RegularExpressions;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web;

/// <summary>Walks every page that is linked to, as each person of the demo.</summary>
public sealed partial class EveryPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    // Enough of one sort of page: each dossier has a timeline, and one of each two is looked at.
    private const int OfOneSort = 3;

    [Theory]
    [InlineData("fi")]
    [InlineData("plaatsvervanger")]
    [InlineData("onderzoeker")]
    [InlineData("verantwoordelijke")]
    [InlineData("burgemeester")]
    [InlineData("fg")]
    [InlineData("archivaris")]
    [InlineData("beheerder")]
    [InlineData("directeur")]
    [InlineData("hoofd-bi")]
    [InlineData("vreemde")]
    public async Task Pages_WhoeverLooks_KeepTheRules(string person)
    {
        var client = await served.CreateClientAsync(person);
        var faults = new List<string>();
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/werk" };
        var sorts = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out var path))
        {
            using var answer = await GetAsync(client, path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                if ((int)answer.StatusCode >= 400) faults.Add($"{path}: answers {(int)answer.StatusCode}");
                continue;
            }

            var page = new HtmlPage(await answer.Content.ReadAsStringAsync());
            if ((int)answer.StatusCode >= 400) faults.Add($"{path}: is linked to and answers {(int)answer.StatusCode}");
            faults.AddRange(PageRules.Break(page, signedIn: true).Select(fault => $"{path}: {fault}"));
            var title = page.TextOf(page.Named("title").First());
            // Two dossiers, or two events of one sort, may be called alike; two sorts of page may not.
            var place = Ids().Replace(answer.RequestMessage!.RequestUri!.AbsolutePath, "*");
            if (!title.EndsWith(" - DossierKit", StringComparison.Ordinal)) faults.Add($"{path}: the title is '{title}'");
            if (titles.TryGetValue(title, out var other) && other != place && !title.StartsWith("Fout: ", StringComparison.Ordinal)) faults.Add($"{path}: has the title of {other}: '{title}'");
            titles.TryAdd(title, place);
            foreach (var link in page.Named("a").Select(a => a["href"]).OfType<string>().Where(link => link.StartsWith('/')))
            {
                var to = link.Split('#')[0];
                var sort = Ids().Replace(to.Split('?')[0], "*");
                if (to.Length == 0 || !seen.Add(to)) continue;
                sorts[sort] = sorts.GetValueOrDefault(sort) + 1;
                if (sorts[sort] <= OfOneSort) waiting.Enqueue(to);
            }
        }

        faults.ShouldBeEmpty();
        seen.Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData("/aanmelden")]
    [InlineData("/hulp")]
    [InlineData("/toegankelijkheid")]
    public async Task Pages_NobodySignedIn_KeepTheRules(string path)
    {
        using var answer = await served.CreateStranger().GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        PageRules.Break(new HtmlPage(await answer.Content.ReadAsStringAsync()), signedIn: false).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/bestaat-niet", HttpStatusCode.NotFound)]
    [InlineData("/protocollen/bestaat-niet", HttpStatusCode.NotFound)]
    [InlineData("/sjablonen/bestaat-niet", HttpStatusCode.NotFound)]
    public async Task ErrorPage_KeepsTheRulesAndSaysWhatNow(string path, HttpStatusCode status)
    {
        var client = await served.CreateClientAsync("fi");
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(status);
        var page = new HtmlPage(await answer.Content.ReadAsStringAsync());
        PageRules.Break(page, signedIn: true).ShouldBeEmpty();
        page.TextOf(page.Named("title").First()).ShouldStartWith("Fout: ");
    }

    // A dossier asks for a purpose first; that page is looked at too, and answered.
    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var at = answer.RequestMessage!.RequestUri!.AbsolutePath;
        if (!at.EndsWith("/doel", StringComparison.Ordinal) || path.Contains("/doel", StringComparison.Ordinal)) return answer;
        PageRules.Break(new HtmlPage(await answer.Content.ReadAsStringAsync()), signedIn: true).ShouldBeEmpty();
        answer.Dispose();
        using var form = new FormUrlEncodedContent([new("doel", "Voortgang bekijken"), new("naar", path)]);
        return await client.PostAsync(new Uri(at, UriKind.Relative), form);
    }

    [GeneratedRegex("[0-9a-f]{8,}|[A-Z]{2}-[0-9]{4}-[0-9]{4}|(?<=/protocollen/|/sjablonen/|/vastleggen/|/nieuw/)[^/]+|(?<=/)[a-z]+-[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Ids();
}
