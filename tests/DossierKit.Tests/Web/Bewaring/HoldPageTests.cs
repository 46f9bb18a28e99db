using System.Net;

using DossierKit.Tests.Serving;
using DossierKit.Tests.Web.Dossiers;

namespace DossierKit.Tests.Web.Bewaring;

/// <summary>One person places a hold, two release it: by the pages, whoever comes first.</summary>
public sealed class HoldPageTests(ServedVault served) : IClassFixture<ServedVault>
{
    private const string Dossier = "/bewaring/dossiers/WL-2024-0006";

    [Fact]
    public async Task Hold_PlacedByOneReleasedByTwo_IsGoneOnlyAfterTheSecond()
    {
        var fi = await Browsing.AsAsync(served, "fi");
        var hold = await PlaceAsync(fi, Dossier, "bestuursrechtelijk", "AWB 26/0101");
        (await fi.PageAsync("/bewaring/vastgehouden")).Links().ShouldContain(hold);
        (await fi.PageAsync(Dossier)).Text().ShouldContain("Vastgehouden");

        // Nobody proposed it yet, so there is nothing to confirm.
        (await fi.StatusAsync($"{hold}/opheffen")).ShouldBe(HttpStatusCode.NotFound);
        var proposal = await fi.PageAsync($"{hold}/opheffing-voorstellen");
        (await fi.SendAsync(proposal, $"{hold}/opheffing-voorstellen", Reason("Er is uitspraak gedaan."))).Status.ShouldBe(HttpStatusCode.OK);

        // The proposer is not asked to confirm, and is refused when he tries.
        (await fi.StatusAsync($"{hold}/opheffen")).ShouldBe(HttpStatusCode.NotFound);
        var (status, page) = await fi.PostAsync($"{hold}/opheffen", [.. Token(proposal), .. Reason("Zelf bevestigen.")]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text().ShouldContain("Een ander moet dit bevestigen.");
        (await fi.PageAsync("/bewaring/vastgehouden")).Links().ShouldContain(hold);

        var second = await Browsing.AsAsync(served, "archivaris");
        (await second.PageAsync("/bewaring")).Text().ShouldContain("wacht op een tweede persoon");
        var confirm = await second.PageAsync($"{hold}/opheffen");
        (await second.SendAsync(confirm, $"{hold}/opheffen", Reason("Nagekeken."))).Status.ShouldBe(HttpStatusCode.OK);
        (await second.PageAsync("/bewaring/vastgehouden")).Links().ShouldNotContain(hold);
        (await second.PageAsync(Dossier)).Text().ShouldContain("Niet langer vastgehouden voor: bezwaar, beroep of bestuursrechter.");
        (await second.StatusAsync(hold)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Hold_TheSameFormTwice_IsPlacedOnce()
    {
        var fi = await Browsing.AsAsync(served, "fi");
        var page = await fi.PageAsync("/bewaring/dossiers/WL-2026-0005/bewaargronden/nieuw");
        var fields = Filled("civiel", "C/10/1234");
        for (var i = 0; i < 2; i++) (await fi.SendAsync(page, "/bewaring/dossiers/WL-2026-0005/bewaargronden/nieuw", fields)).Status.ShouldBe(HttpStatusCode.OK);
        (await fi.PageAsync("/bewaring/dossiers/WL-2026-0005")).Links().Count(link => link.Contains("/bewaargronden/", StringComparison.Ordinal) && !link.EndsWith("/nieuw", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Decision_OnWhatChangedMeanwhile_IsNotTakenAndKeepsWhatWasFilledIn()
    {
        const string Number = "/bewaring/dossiers/WL-2025-0012";
        var fi = await Browsing.AsAsync(served, "fi");
        var form = await fi.PageAsync($"{Number}/bewaargronden/nieuw");
        await PlaceAsync(await Browsing.AsAsync(served, "archivaris"), Number, "strafrechtelijk", "PL-77");
        var (status, page) = await fi.SendAsync(form, $"{Number}/bewaargronden/nieuw", Filled("civiel", "C/10/9999"));
        status.ShouldBe(HttpStatusCode.Conflict);
        page.Title!.ShouldStartWith("Fout: ");
        page.Text().ShouldContain("intussen iets veranderd");
        page.QuerySelector("input[name=verwijzing]")!.GetAttribute("value").ShouldBe("C/10/9999");
        // Having seen it, the sender decides again.
        (await fi.SendAsync(page, $"{Number}/bewaargronden/nieuw")).Status.ShouldBe(HttpStatusCode.OK);
        (await fi.PageAsync(Number)).Text().ShouldContain("Civiele rechtszaak");
    }

    [Theory]
    [InlineData("onderzoeker")]
    [InlineData("directeur")]
    [InlineData("hoofd-bi")]
    [InlineData("beheerder")]
    [InlineData("vreemde")]
    public async Task Pages_ForWhomItIsNot_AreNotThere(string person)
    {
        var other = await Browsing.AsAsync(served, person);
        foreach (var path in (string[])["/bewaring", "/bewaring/vastgehouden", Dossier, $"{Dossier}/klasse", $"{Dossier}/bewaargronden/nieuw"])
            (await other.StatusAsync(path)).ShouldBe(HttpStatusCode.NotFound, path);
        (await other.PageAsync("/werk")).Links().ShouldNotContain("/bewaring");
    }

    [Theory]
    [InlineData("medebeslisser", "/klasse")]
    [InlineData("medebeslisser", "/bewaargronden/nieuw")]
    [InlineData("fg", "/klasse")]
    [InlineData("fg", "/datum")]
    public async Task Decision_ByWhoMayOnlyLook_IsRefused(string person, string path)
    {
        var other = await Browsing.AsAsync(served, person);
        var page = await other.PageAsync(Dossier);
        page.Links().ShouldNotContain(Dossier + path);
        (await other.StatusAsync(Dossier + path)).ShouldBe(HttpStatusCode.NotFound);
        var fields = path == "/klasse" ? new Dictionary<string, string> { ["resultaat"] = "12.1.7", ["grond"] = "Proef" }
            : path == "/datum" ? new Dictionary<string, string> { ["tot"] = "2080-01-01", ["reden"] = "Proef" } : Filled("civiel", "C/1");
        (await other.PostAsync(Dossier + path, [.. Token(page), .. fields])).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Hold_ByTheFg_IsForItsOwnKindsAlone()
    {
        var fg = await Browsing.AsAsync(served, "fg");
        var page = await fg.PageAsync($"{Dossier}/bewaargronden/nieuw");
        page.QuerySelectorAll("input[name=soort]").Select(choice => choice.GetAttribute("value")).ShouldBe(["avg", "woo"]);
        (await fg.PostAsync($"{Dossier}/bewaargronden/nieuw", [.. Token(page), .. Filled("civiel", "C/2")])).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await fg.SendAsync(page, $"{Dossier}/bewaargronden/nieuw", Filled("avg", "AVG-2026-3"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Places a hold on the whole dossier; gives the address of its page.</summary>
    internal static async Task<string> PlaceAsync(Browsing person, string dossier, string kind, string citation)
    {
        var page = await person.PageAsync($"{dossier}/bewaargronden/nieuw");
        var before = Holds(await person.PageAsync(dossier));
        var (status, after) = await person.SendAsync(page, $"{dossier}/bewaargronden/nieuw", Filled(kind, citation));
        status.ShouldBe(HttpStatusCode.OK, after.Text());
        return Holds(after).Except(before).ShouldHaveSingleItem();

        List<string> Holds(AngleSharp.Html.Dom.IHtmlDocument shown)
            => [.. shown.Links().Where(link => link.StartsWith($"{dossier}/bewaargronden/", StringComparison.Ordinal) && !link.EndsWith("/nieuw", StringComparison.Ordinal))];
    }

    internal static Dictionary<string, string> Reason(string text) => new() { ["reden"] = text };

    internal static IEnumerable<KeyValuePair<string, string>> Token(AngleSharp.Html.Dom.IHtmlDocument page)
        => [new("formulier", page.QuerySelector("input[name=formulier]")!.GetAttribute("value")!)];

    private static Dictionary<string, string> Filled(string kind, string citation) => new()
    {
        ["soort"] = kind,
        ["verwijzing"] = citation,
        ["toetsenOp"] = DateTime.UtcNow.AddMonths(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["reden"] = "Nodig voor de zaak.",
    };
}
