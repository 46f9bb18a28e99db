using System.Net;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>Persons are added and changed, and two people do so at once.</summary>
public sealed class PersonTests(ServedVault served) : IClassFixture<ServedVault>
{
    [Fact]
    public async Task Add_Getuige_AsksOnlyWhatMattersAndGivesTheNextHandle()
    {
        var browsing = await Browsing.AsAsync(served, "onderzoeker", "WL-2026-0001");
        var roles = await browsing.PageAsync("/dossiers/WL-2026-0001/personen/nieuw");
        var offered = roles.QuerySelectorAll("input[name=rol]").Select(role => role.GetAttribute("value")).ToList();
        offered.ShouldContain("getuige");
        offered.ShouldNotContain("melder");
        offered.ShouldNotContain("betrokkene");

        var form = await browsing.PageAsync("/dossiers/WL-2026-0001/personen/nieuw?rol=getuige");
        form.QuerySelector("[name=vorm]").ShouldBeNull();
        var (missing, again) = await browsing.SendAsync(form, "/dossiers/WL-2026-0001/personen", new Dictionary<string, string> { ["functie"] = "sluismeester" });
        missing.ShouldBe(HttpStatusCode.BadRequest);
        again.Title!.ShouldStartWith("Fout: ");
        again.QuerySelector("[name=functie]")!.GetAttribute("value").ShouldBe("sluismeester");

        var (status, page) = await browsing.SendAsync(again, "/dossiers/WL-2026-0001/personen", new Dictionary<string, string> { ["voorletters"] = "F.", ["achternaam"] = "Kwelzoomstra" });
        status.ShouldBe(HttpStatusCode.OK);
        page.Text().ShouldContain("De persoon is toegevoegd.");
        page.Links().ShouldContain("/dossiers/WL-2026-0001/personen/getuige-2");
        var person = await browsing.PageAsync("/dossiers/WL-2026-0001/personen/getuige-2");
        person.QuerySelector("h1")!.TextContent.ShouldBe("F. Kwelzoomstra");
        person.Text().ShouldContain("sluismeester");
    }

    [Fact]
    public async Task Add_RoleThatIsNotForYou_IsNotThere()
    {
        var browsing = await Browsing.AsAsync(served, "onderzoeker", "WL-2026-0001");
        (await browsing.PostAsync("/dossiers/WL-2026-0001/personen", [new("rol", "melder"), new("vorm", "anoniem")])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browsing.PostAsync("/dossiers/WL-2026-0001/personen", [new("rol", "getuige"), new("id", "melder-1"), new("achternaam", "Proef")])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browsing.StatusAsync("/dossiers/WL-2026-0001/personen/melder-1/wijzigen")).ShouldBe(HttpStatusCode.NotFound);
        (await browsing.StatusAsync("/dossiers/WL-2026-0001/personen/betrokkene-1/wijzigen")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Change_OneField_KeepsWhatTheFormDoesNotAsk()
    {
        var browsing = await Browsing.AsAsync(served, "fi", "WL-2026-0004");
        var persons = await browsing.PageAsync("/dossiers/WL-2026-0004/personen");
        var path = persons.Links().First(link => link.Contains("/personen/betrokkene-", StringComparison.Ordinal));
        var before = (await browsing.PageAsync(path)).Text();
        var (status, _) = await browsing.SendAsync(await browsing.PageAsync($"{path}/wijzigen"), "/dossiers/WL-2026-0004/personen", new Dictionary<string, string> { ["functie"] = "dijkwachter" });
        status.ShouldBe(HttpStatusCode.OK);
        var after = (await browsing.PageAsync(path)).Text();
        after.ShouldContain("dijkwachter");
        WithoutFunction(after).ShouldBe(WithoutFunction(before));
    }

    [Fact]
    public async Task Add_WhileAnotherChangedTheDossier_IsDecidedAgainWithBothInSight()
    {
        const string number = "WL-2026-0002", persons = $"/dossiers/{number}/personen";
        var fi = await Browsing.AsAsync(served, "fi", number);
        var deputy = await Browsing.AsAsync(served, "plaatsvervanger", number);
        var form = await fi.PageAsync($"{persons}/nieuw?rol=getuige");

        (await deputy.SendAsync(await deputy.PageAsync($"{persons}/nieuw?rol=getuige"), persons, new Dictionary<string, string> { ["achternaam"] = "Oeverkruidje" })).Status.ShouldBe(HttpStatusCode.OK);
        var (status, conflict) = await fi.SendAsync(form, persons, new Dictionary<string, string> { ["achternaam"] = "Zeebiesma", ["functie"] = "bode" });
        status.ShouldBe(HttpStatusCode.Conflict);
        conflict.Title!.ShouldStartWith("Fout: ");
        conflict.Text().ShouldContain("Oeverkruidje");
        conflict.QuerySelectorAll(".dk-timeline .dk-line").Length.ShouldBe(1);
        conflict.Text().ShouldContain("Achternaam Zeebiesma");
        conflict.Text().ShouldContain("Functie bode");
        (await fi.PageAsync(persons)).Text().ShouldNotContain("Zeebiesma");

        var (changing, back) = await fi.SendAsync(conflict, persons, button: "aanpassen");
        changing.ShouldBe(HttpStatusCode.OK);
        back.QuerySelector("[name=achternaam]")!.GetAttribute("value").ShouldBe("Zeebiesma");
        back.QuerySelector("[name=functie]")!.GetAttribute("value").ShouldBe("bode");

        (await fi.SendAsync(conflict, persons)).Status.ShouldBe(HttpStatusCode.OK);
        (await fi.PageAsync(persons)).Text().ShouldContain("Zeebiesma");
    }

    [Fact]
    public async Task Add_SentTwice_IsDoneOnce()
    {
        const string number = "WL-2026-0006", persons = $"/dossiers/{number}/personen";
        var browsing = await Browsing.AsAsync(served, "fi", number);
        var form = await browsing.PageAsync($"{persons}/nieuw?rol=overig");
        var fields = new Dictionary<string, string> { ["achternaam"] = "Tolkenaar" };
        (await browsing.SendAsync(form, persons, fields)).Status.ShouldBe(HttpStatusCode.OK);
        (await browsing.SendAsync(form, persons, fields)).Status.ShouldBe(HttpStatusCode.OK);
        (await browsing.PageAsync(persons)).QuerySelectorAll("tbody th").Count(cell => cell.TextContent.Contains("Tolkenaar", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static string WithoutFunction(string text) => System.Text.RegularExpressions.Regex.Replace(text, "Functie .*?Afdeling", "");
}
