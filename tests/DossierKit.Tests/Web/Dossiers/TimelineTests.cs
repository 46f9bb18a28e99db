using System.Net;

using DossierKit.Dossiers;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>What happened, in sentences, and each happening with its fields.</summary>
public sealed class TimelineTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task EveryEvent_OfEveryDossier_HasASentenceAndAPageOfItsOwn()
    {
        var browsing = await Browsing.AsAsync(served, "fi");
        var numbers = (await browsing.PageAsync("/dossiers")).QuerySelectorAll("tbody th a").Select(link => link.TextContent).ToList();
        numbers.Count.ShouldBe(13);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in numbers)
        {
            (await browsing.OpenAsync(number)).ShouldBe(HttpStatusCode.OK);
            for (var at = 1; ; at++)
            {
                var page = await browsing.PageAsync($"/dossiers/{number}/tijdlijn?pagina={at}");
                page.ShouldRunNothing();
                foreach (var link in page.QuerySelectorAll("a[href*='/gebeurtenissen/']"))
                {
                    var sentence = string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                    sentence.ShouldMatch(@"^[\p{Lu}\d‘'""].*[.!?…]$");
                    sentence.ShouldNotContain("..");
                    // Names on disk are for the program.
                    sentence.ShouldNotMatch("[a-z]+(geinformeerd|beeindigd)");
                    var own = await browsing.PageAsync(link.GetAttribute("href")!);
                    kinds.Add(own.QuerySelector("h1")!.TextContent);
                    // The key of the dossier's hashes stands in one of its events, and never on a page.
                    own.Text().ShouldNotMatch("[A-Za-z0-9+/]{43}=");
                }

                if (page.QuerySelector("a[rel=next]") is null) break;
            }
        }

        kinds.Count.ShouldBeGreaterThan(45);
    }

    [Fact]
    public async Task Timeline_ByKindAndPersonAndPlace_ShowsOnlyThose()
    {
        var browsing = await Browsing.AsAsync(served, "fi", "WL-2026-0001");
        (await browsing.PageAsync("/dossiers/WL-2026-0001/tijdlijn?soort=gesprek-gehouden")).QuerySelectorAll(".dk-line").Length.ShouldBe(1);
        (await browsing.PageAsync("/dossiers/WL-2026-0001/tijdlijn?compartiment=kaft")).QuerySelectorAll(".dk-line").Length.ShouldBe(1);
        (await browsing.PageAsync("/dossiers/WL-2026-0001/tijdlijn?persoon=getuige-1")).QuerySelectorAll(".dk-line").ShouldAllBe(line => line.TextContent.Contains("getuige-1", StringComparison.Ordinal));
        (await browsing.PageAsync("/dossiers/WL-2026-0001/tijdlijn?soort=bestaat-niet&persoon=!!&compartiment=zolder")).QuerySelectorAll(".dk-line").Length.ShouldBeGreaterThan(30);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("geen-id")]
    public async Task Event_ThatIsNotThere_IsNotFound(string id)
        => (await (await Browsing.AsAsync(served, "fi", "WL-2026-0001")).StatusAsync($"/dossiers/WL-2026-0001/gebeurtenissen/{id}")).ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public void Sentences_OfAllKinds_AreWritten()
    {
        // Every record has its own line in the table of sentences: the name alone says too little.
        var web = Path.Combine(Repository(), "src", "DossierKit.Host", "Web");
        var source = File.ReadAllText(Path.Combine(web, "Texts", "EventSentences.cs")) + File.ReadAllText(Path.Combine(web, "Bewaring", "HistoryLines.cs"));
        foreach (var kind in EventKind.All) source.ShouldContain($"{kind.Type.Name} ", customMessage: kind.Name);
    }

    [Fact]
    public void Page_PastTheEnd_IsTheLast()
    {
        var page = PageOf<int>.Of([.. Enumerable.Range(1, 101)], 9, 50);
        (page.Number, page.Pages, page.Items.Count).ShouldBe((3, 3, 1));
        PageOf<int>.Of([], 4, 50).Number.ShouldBe(1);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DossierKit.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
