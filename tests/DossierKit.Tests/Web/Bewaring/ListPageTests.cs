using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

using AngleSharp.Html.Dom;

using DossierKit.Retention;
using DossierKit.Tests.Serving;
using DossierKit.Tests.SignIn;
using DossierKit.Tests.Web.Dossiers;

namespace DossierKit.Tests.Web.Bewaring;

/// <summary>Lists of destruction by the pages, from proposal to verklaring.</summary>
public sealed partial class ListPageTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Recordings_ProposedByOneApprovedByAnother_AreGoneWithASignedStatement()
    {
        await using var served = await StartAsync();
        var fi = await Browsing.AsAsync(served, "fi", "WL-2021-0004");
        var draft = await fi.PageAsync("/bewaring/lijsten/nieuw?pad=licht");
        draft.QuerySelectorAll("input[name=dossier]").Select(box => box.GetAttribute("value")).ShouldContain("WL-2021-0004");
        Lists(await fi.PageAsync("/bewaring/lijsten")).ShouldHaveSingleItem();
        var list = await ProposeAsync(fi, "licht", "WL-2021-0004");

        // Who proposed it is not asked to approve it, and cannot.
        var mine = await fi.PageAsync(list);
        mine.Forms.ShouldNotContain(form => form.GetAttribute("action") == $"{list}/goedkeuren");
        var hash = HashOf(await (await Browsing.AsAsync(served, "archivaris")).PageAsync(list));
        var (status, page) = await fi.PostAsync($"{list}/goedkeuren", [.. HoldPageTests.Token(mine), new("kenmerk", hash)]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text().ShouldContain("Een ander moet dit goedkeuren.");

        var second = await Browsing.AsAsync(served, "archivaris");
        (await second.PageAsync("/bewaring")).Text().ShouldContain("wacht op uw goedkeuring");
        var before = await second.PageAsync(list);
        before.Text().ShouldContain("U keurt goed als een tweede persoon");
        (await second.SendAsync(before, $"{list}/goedkeuren")).Status.ShouldBe(HttpStatusCode.OK);

        var ready = await fi.PageAsync(list);
        var (refused, wrong) = await fi.SendAsync(ready, $"{list}/uitvoeren", new Dictionary<string, string> { ["bevestiging"] = "VL-2020-0001" });
        refused.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Text().ShouldContain("Het nummer ter bevestiging klopt niet.");
        (await fi.PageAsync("/bewaring/dossiers/WL-2021-0004")).Text().ShouldContain("Opname ");
        var (_, done) = await fi.SendAsync(ready, $"{list}/uitvoeren", new Dictionary<string, string> { ["bevestiging"] = list[(list.LastIndexOf('/') + 1)..].ToLowerInvariant() });
        done.Text().ShouldContain("definitief vernietigd");
        (await fi.PageAsync("/bewaring/dossiers/WL-2021-0004")).Text().ShouldContain("geen opnamen (meer)");

        var json = await fi.Client.GetByteArrayAsync(new Uri($"{list}/verklaring.json", UriKind.Relative));
        var signed = SignedStatement.Check(json, expectedKey: null);
        signed.IsDone.ShouldBeTrue(string.Join(' ', signed.Refusals));
        signed.Value.Statement.Counts.Destroyed.ShouldBeGreaterThan(0);
        (await fi.Client.GetStringAsync(new Uri($"{list}/verklaring.csv", UriKind.Relative))).ShouldContain("WL-2021-0004");
        using var word = new ZipArchive(new MemoryStream(await fi.Client.GetByteArrayAsync(new Uri($"{list}/verklaring.docx", UriKind.Relative))));
        word.GetEntry("word/document.xml").ShouldNotBeNull();
        // Whoever may see no list gets no statement either.
        (await (await Browsing.AsAsync(served, "directeur")).StatusAsync($"{list}/verklaring.json")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Dossiers_ApprovedByThree_WaitAndGoOnlyWithAClockThatTwoPeopleTrust()
    {
        var clock = new TestClock();
        await using var served = await StartAsync(clock);
        var (fi, archivaris, medebeslisser) = (await Browsing.AsAsync(served, "fi"), await Browsing.AsAsync(served, "archivaris"), await Browsing.AsAsync(served, "medebeslisser"));
        var list = await ProposeAsync(fi, "lijst", "WL-2014-0001");
        await ApproveAsync(archivaris, list);
        (await archivaris.PageAsync(list)).Forms.ShouldNotContain(form => form.GetAttribute("action") == $"{list}/goedkeuren");
        await ApproveAsync(medebeslisser, list);
        var waiting = await fi.PageAsync(list);
        waiting.Text().ShouldContain("Iedereen heeft goedgekeurd. De lijst kan worden uitgevoerd vanaf");
        waiting.Forms.ShouldNotContain(form => form.GetAttribute("action") == $"{list}/uitvoeren");
        var (early, page) = await fi.PostAsync($"{list}/uitvoeren", [.. HoldPageTests.Token(waiting), new("bevestiging", list[^12..])]);
        early.ShouldBe(HttpStatusCode.BadRequest);
        page.Text().ShouldContain("De wachttijd");

        clock.Advance(TimeSpan.FromDays(21));
        await (await Browsing.AsAsync(served, "fi")).PageAsync("/bewaring/lijsten");
        // Somebody sets the clock of the machine back, which nobody would notice but the guard.
        clock.Advance(TimeSpan.FromHours(-2));
        (fi, archivaris) = (await Browsing.AsAsync(served, "fi"), await Browsing.AsAsync(served, "archivaris"));
        var ready = await fi.PageAsync(list);
        var (doubted, told) = await fi.SendAsync(ready, $"{list}/uitvoeren", new Dictionary<string, string> { ["bevestiging"] = list[^12..] });
        doubted.ShouldBe(HttpStatusCode.BadRequest, told.Text());
        told.Text().ShouldContain("De klok van deze computer klopt niet");
        (await fi.SendAsync(await fi.PageAsync("/bewaring/lijsten"), "/bewaring/lijsten/klok")).Page.Text().ShouldContain("Een tweede persoon");
        (await fi.PageAsync("/bewaring/lijsten")).Forms.ShouldNotContain(form => form.GetAttribute("action") == "/bewaring/lijsten/klok");
        (await archivaris.SendAsync(await archivaris.PageAsync("/bewaring/lijsten"), "/bewaring/lijsten/klok")).Page.Text().ShouldContain("Vernietigen kan weer.");

        var (_, done) = await fi.SendAsync(ready, $"{list}/uitvoeren", new Dictionary<string, string> { ["bevestiging"] = list[^12..] });
        done.Text().ShouldContain("definitief vernietigd");
        (await fi.StatusAsync("/bewaring/dossiers/WL-2014-0001")).ShouldBe(HttpStatusCode.NotFound);
        (await fi.PageAsync("/dossiers")).Links().ShouldNotContain("/dossiers/WL-2014-0001");
    }

    [Fact]
    public async Task Approval_AfterAHoldOrAnotherAnswer_IsVoidAndSaysWhichItem()
    {
        await using var served = await StartAsync();
        var (fi, archivaris, medebeslisser) = (await Browsing.AsAsync(served, "fi"), await Browsing.AsAsync(served, "archivaris"), await Browsing.AsAsync(served, "medebeslisser"));
        var list = await ProposeAsync(fi, "lijst", "WL-2014-0001", "WL-2024-0001");
        await ApproveAsync(archivaris, list);

        // Another answer: what was approved is another list now.
        var seen = await medebeslisser.PageAsync(list);
        var answer = await fi.PageAsync($"{list}/onderdelen/2");
        answer.Text().ShouldContain("vervallen de goedkeuringen");
        (await fi.SendAsync(answer, $"{list}/onderdelen/2", new Dictionary<string, string> { ["antwoord"] = "bewaren-tot" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await fi.SendAsync(answer, $"{list}/onderdelen/2", new Dictionary<string, string> { ["antwoord"] = "bewaren-tot", ["tot"] = "2090-01-01", ["reden"] = "Er komt een boek over deze tijd." })).Status.ShouldBe(HttpStatusCode.OK);
        (await medebeslisser.SendAsync(seen, $"{list}/goedkeuren")).Status.ShouldBe(HttpStatusCode.Conflict);
        var voided = await archivaris.PageAsync(list);
        voided.Text().ShouldContain("vervallen");
        await ApproveAsync(archivaris, list);

        // A hold on what stands on it: the next step says which item, and the approvals are void.
        await HoldPageTests.PlaceAsync(fi, "/bewaring/dossiers/WL-2014-0001", "civiel", "C/10/55");
        var (status, page) = await medebeslisser.SendAsync(await medebeslisser.PageAsync(list), $"{list}/goedkeuren");
        status.ShouldBe(HttpStatusCode.Conflict);
        page.Text().ShouldContain("WL-2014-0001");
        page.Text().ShouldContain("bewaargrond");
        (await archivaris.PageAsync(list)).Text().ShouldContain("wacht op goedkeuring");

        var (_, cancelled) = await archivaris.SendAsync(await archivaris.PageAsync(list), $"{list}/intrekken", HoldPageTests.Reason("Eerst de rechtszaak."));
        cancelled.Text().ShouldContain("Er is niets vernietigd.");
    }

    [Fact]
    public async Task Proposal_WithNothingChosen_IsNothingAndNotEverything()
    {
        await using var served = await StartAsync();
        var fi = await Browsing.AsAsync(served, "fi");
        var draft = await fi.PageAsync("/bewaring/lijsten/nieuw?pad=lijst");
        var (status, page) = await fi.PostAsync("/bewaring/lijsten/nieuw", [.. HoldPageTests.Token(draft), new("pad", "lijst")]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.Text().ShouldContain("Er staat niets op de lijst.");
        Lists(await fi.PageAsync("/bewaring/lijsten")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Pages_ForAnOnderzoeker_ShowHisOwnListsAlone()
    {
        await using var served = await StartAsync();
        var list = await ProposeAsync(await Browsing.AsAsync(served, "fi"), "lijst", "WL-2014-0001");
        var onderzoeker = await Browsing.AsAsync(served, "onderzoeker");
        (await onderzoeker.PageAsync("/bewaring/lijsten")).Tabs().ShouldBe(["Vernietigingslijsten"]);
        (await onderzoeker.StatusAsync(list)).ShouldBe(HttpStatusCode.NotFound);
        (await onderzoeker.StatusAsync("/bewaring")).ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A host over the demo, whose own list of dossiers is withdrawn: what stands on it can be on another.</summary>
    private static async Task<ServedVault> StartAsync(TimeProvider? clock = null)
    {
        var served = await ServedVault.StartNewAsync(clock: clock);
        await WithdrawAsync(served);
        return served;
    }

    /// <summary>Withdraws the list that the demo comes with.</summary>
    internal static async Task WithdrawAsync(ServedVault served)
    {
        var fi = await Browsing.AsAsync(served, "fi");
        var list = Lists(await fi.PageAsync("/bewaring/lijsten")).ShouldHaveSingleItem();
        (await fi.SendAsync(await fi.PageAsync(list), $"{list}/intrekken", HoldPageTests.Reason("Voor de proef."))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static List<string> Lists(IHtmlDocument page) => [.. page.Links().Where(link => link.StartsWith("/bewaring/lijsten/VL-", StringComparison.Ordinal))];

    internal static async Task<string> ProposeAsync(Browsing person, string path, params string[] dossiers)
    {
        var draft = await person.PageAsync($"/bewaring/lijsten/nieuw?pad={path}");
        var (status, page) = await person.PostAsync("/bewaring/lijsten/nieuw", [.. HoldPageTests.Token(draft), new("pad", path), .. dossiers.Select(number => KeyValuePair.Create("dossier", number))]);
        status.ShouldBe(HttpStatusCode.OK, page.Text());
        return $"/bewaring/lijsten/{Number().Match(page.QuerySelector("h1")!.TextContent).Value}";
    }

    internal static async Task ApproveAsync(Browsing person, string list)
    {
        var (status, page) = await person.SendAsync(await person.PageAsync(list), $"{list}/goedkeuren", Nothing);
        status.ShouldBe(HttpStatusCode.OK, page.Text());
    }

    internal static string HashOf(IHtmlDocument page) => page.QuerySelector("input[name=kenmerk]")!.GetAttribute("value")!;

    [GeneratedRegex("VL-[0-9]{4}-[0-9]{4}")]
    private static partial Regex Number();
}
