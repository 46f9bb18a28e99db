using System.Net;

using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Web.Beheer;
using DossierKit.Host.Web.Protocollen;
using DossierKit.Protocols;
using DossierKit.Tests.Serving;
using DossierKit.Vault;

namespace DossierKit.Tests.Web;

/// <summary>The protocol viewer and the page of the beheerder.</summary>
public sealed class ReadingPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    public static TheoryData<string, string> Protocols => [.. ProtocolLibrary.Shipped.All.Select(protocol => (protocol.Id, protocol.Version))];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Protocol_Whole_HasEveryRuleAndAnAddressForEach(string id, string version)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var client = await served.CreateClientAsync("onderzoeker");
        var page = new HtmlPage(await client.GetStringAsync(new Uri(ProtocolLinks.To(id, version), UriKind.Relative)));
        PageRules.Break(page, signedIn: true).ShouldBeEmpty();
        page.Named("article").Count().ShouldBe(ProtocolEntry.Of(protocol).Count);
        var ids = page.Tags.Select(tag => tag["id"]).ToHashSet();
        foreach (var rule in protocol.Rules) ids.ShouldContain($"regel-{rule.Id}");
        foreach (var element in protocol.Documents.SelectMany(document => document.Elements)) ids.ShouldContain($"regel-{element.Id}");
    }

    [Fact]
    public async Task Protocol_Filtered_ShowsWhatIsAskedForOnly()
    {
        var protocol = ProtocolLibrary.Shipped.Find("waterlanden", null)!;
        var client = await served.CreateClientAsync("fi");
        var page = new HtmlPage(await client.GetStringAsync(new Uri("/protocollen/waterlanden?stuk=kennisgeving&kracht=moet&soort=onderdeel-van-een-stuk", UriKind.Relative)));
        page.Named("article").Select(article => article["id"]).ShouldBe(
            protocol.FindDocument("kennisgeving")!.Elements.Where(element => element.Strength == Strength.Must).Select(element => $"regel-{element.Id}"), ignoreOrder: true);
    }

    [Theory]
    [InlineData("Waterlanden art. 6.2", "art-6-2")]
    [InlineData("Waterlanden art. 6.2 onder a", "art-6-2-onder-a")]
    [InlineData("BPI dia 4", "art-bpi-dia-4")]
    [InlineData("bijlage 6 §2", "art-bijlage-6-2")]
    public void Anchor_OfAnArticle_IsShort(string article, string anchor) => ProtocolLinks.Anchor(article).ShouldBe(anchor);

    [Theory]
    [InlineData("melderBekend", "de melder is bekend")]
    [InlineData("onderzoek en niet gegrond", "er is een opdracht voor een onderzoek en het oordeel is niet gegrond")]
    [InlineData("positie=wethouder of niet spoed", "de betrokkene is wethouder of het is niet zo dat er is haast")]
    [InlineData("spoed en (gegrond of opname)", "er is haast en (het oordeel is gegrond of er is een opname)")]
    public void Condition_InWords_ReadsAsDutch(string condition, string words) => Condition.Parse(condition).Value.InWords().ShouldBe(words);

    [Fact]
    public void Condition_OfEveryProtocol_HasWordsForEveryFact()
        => ProtocolLibrary.Shipped.All.SelectMany(ProtocolEntry.Of).Select(entry => entry.When.InWords()).Distinct().Where(words => words.Any(char.IsAsciiLetterUpper) && !words.Contains("OR", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("beheerder", HttpStatusCode.OK)]
    [InlineData("fi", HttpStatusCode.OK)]
    [InlineData("onderzoeker", HttpStatusCode.NotFound)]
    [InlineData("vreemde", HttpStatusCode.NotFound)]
    public async Task Beheer_OnlyWhoRunsIt(string person, HttpStatusCode status)
    {
        var client = await served.CreateClientAsync(person);
        using var answer = await client.GetAsync(new Uri("/beheer", UriKind.Relative));
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Beheer_EveryCheck_HasDutchWords()
    {
        var surroundings = new VaultSurroundings(new VaultPlace(served.Folder.At("demo-data"), served.Folder.At("demo-data.state")), null, null);
        var findings = await VaultSurroundings.ExamineAsync(surroundings, served.Vault, served.Register, new DateOnly(2026, 3, 2), default);
        findings.Count.ShouldBeGreaterThan(10);
        findings.Where(finding => !DoctorTexts.IsKnown(finding.Check)).ShouldBeEmpty();
    }
}
