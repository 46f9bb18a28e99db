using DossierKit.Browser.Harness;

namespace DossierKit.Browser.Walks;

/// <summary>What each role meets where it may not be: the page of something that does not exist, in plain Dutch, with a way on.</summary>
public sealed class RefusalWalkTests(Site site) : IClassFixture<Site>
{
    private const string Case = "WL-2026-0001";

    /// <summary>A number of the same year that nothing has.</summary>
    private const string Nothing = "WL-2026-9876";

    // The case is about a medewerker; whoever stands here has no task in it, or had his task end.
    [Theory(Timeout = Patience.Walk)]
    [InlineData("archivaris", true)]
    [InlineData("beheerder", false)]
    [InlineData("burgemeester", false)]
    [InlineData("directeur", false)]
    [InlineData("fg", false)]
    [InlineData("griffier", false)]
    [InlineData("hoofd-bi", false)]
    [InlineData("medebeslisser", true)]
    [InlineData("onderzoeker-b", false)]
    [InlineData("vreemde", false)]
    public async Task Dossier_ForWhoHasNoTaskInIt_IsThePageOfADossierThatIsNotThere(string person, bool mayKnowOfIt)
    {
        await using var window = await site.OpenAsync(person);
        var (there, notThere) = (await TryAsync(window, Case), await TryAsync(window, Nothing));

        there.Status.ShouldBe(404);
        there.Title.ShouldStartWith("Fout: Dit dossier of stuk is er niet");
        there.ShouldBe(notThere);
        there.Text.ShouldNotContain("Groenonderhoud", Shouldly.Case.Insensitive);
        (await window.Page.Locator("main a[href], main button").CountAsync()).ShouldBeGreaterThan(0, "a way on");

        // Nor are its parts anywhere else; the list names it only to whoever keeps the archive or decides on whose case it becomes.
        foreach (var part in (string[])["tijdlijn", "stappen", "documenten", "personen", "onderzoek", "logboek", "documenten/nieuw/kennisgeving", "vastleggen/kennisgeving-gedaan"])
            (await window.GoAsync($"/dossiers/{Case}/{part}", "Nieuwsgierig")).ShouldBe(404, part);
        await window.GoAsync("/dossiers");
        (await window.Page.InnerTextAsync("main")).Contains(Case, StringComparison.Ordinal).ShouldBe(mayKnowOfIt);
        (await window.Page.Locator($"main a[href*='{Case}'], main button[formaction*='{Case}']").CountAsync()).ShouldBe(0);
    }

    [Theory(Timeout = Patience.Walk)]
    [InlineData("archivaris", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("beheerder", "/dossiers/nieuw")]
    [InlineData("directeur", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("fg", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("hoofd-bi", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("medebeslisser", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("onderzoeker", "/beheer", "/beheer/personen", "/dossiers/nieuw")]
    [InlineData("verantwoordelijke", "/beheer", "/dossiers/nieuw")]
    public async Task Page_NotOfThisRole_IsNotThereAndStandsInNoMenu(string person, params string[] pages)
    {
        await using var window = await site.OpenAsync(person);
        foreach (var page in pages)
        {
            await window.GoAsync("/werk");
            (await window.Page.Locator($"nav a[href='{page}']").CountAsync()).ShouldBe(0, page);
            (await window.GoAsync(page)).ShouldBe(404, page);
            (await window.Page.TitleAsync()).ShouldStartWith("Fout: ");
        }
    }

    private static async Task<(int Status, string Title, string Text)> TryAsync(Window window, string number)
    {
        var status = await window.GoAsync($"/dossiers/{number}", "Nieuwsgierig");
        return (status, await window.Page.TitleAsync(), (await window.Page.InnerTextAsync("main")).Replace(number, "NUMMER", StringComparison.Ordinal));
    }
}
