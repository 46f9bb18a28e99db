using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using DossierKit.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Steps;

public sealed class WerkTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static ActingPerson As(ServedVault vault, string person) => vault.Register.Staff.SignIn(new PersonId(person), $"demo:{person}").Value;

    // The catalogue tells what an opened dossier would: two ways to the same terms, or somebody misses one.
    [Theory]
    [InlineData("fi")]
    [InlineData("onderzoeker")]
    [InlineData("verantwoordelijke")]
    public async Task Work_OverAllDossiers_IsWhatEachDossierSays(string person)
    {
        var acting = As(served, person);
        var work = (await served.Register.WorkAsync(acting, Ct)).Where(item => item.Kind == WorkKind.Term).Select(item => (item.Dossier.Value, item.Subject, item.Due)).Distinct().Order().ToList();
        var told = new List<(string, string, DateOnly?)>();
        foreach (var listing in await served.Register.ListAsync(acting, Ct))
        {
            using var dossier = await served.Register.OpenAsync(listing.Number, acting, "Vergelijken", Ct);
            if (dossier is null || dossier.State.IsClosed) continue;
            var asOf = dossier.State.ProtocolEvents.Max(happened => happened.Date);
            told.AddRange(dossier.Terms(asOf).Where(DossierKit.Host.Web.Texts.TermTexts.IsOpen).Where(term => DossierKit.Host.Web.Texts.TermTexts.Day(term) is not null)
                .Select(term => (listing.Number.Value, term.Rule.Id, DossierKit.Host.Web.Texts.TermTexts.Day(term))));
        }

        work.ShouldBe(told.Distinct().Order());
        if (person == "fi") work.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Work_DocumentBegun_IsThereUntilItIsFinal()
    {
        await using var own = await ServedVault.StartNewAsync();
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        await walk.SendAsync(new Dictionary<string, string> { ["antwoord:brief.datum"] = "2026-03-10" });
        (await walk.GoAsync("/werk")).Text.ShouldContain("WL-2026-0001: kennisgeving afmaken");

        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/controle");
        await walk.SendAsync(new Dictionary<string, string> { ["bevestigd"] = "ja" });
        (await walk.GoAsync("/werk")).Text.ShouldNotContain("WL-2026-0001: kennisgeving afmaken");
    }

    [Fact]
    public async Task Demo_FromSigningIn_KennisgevingIsOneClickAway()
    {
        var walk = await Walk.AsAsync(served, "fi");
        await walk.GoAsync("/werk");
        await walk.SendAsync(new Dictionary<string, string>(), "form.dk-work:has(input[value$='/documenten/nieuw/kennisgeving'])");
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        walk.Answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        walk.Page.QuerySelector("#ontbreekt")!.TextContent.ShouldContain("Compleet");
        walk.Page.QuerySelector(".dk-letter")!.TextContent.ShouldContain("Geachte heer Van Schelpenwaard");
    }

    [Theory]
    [InlineData("vreemde", "geen rol")]
    [InlineData("archivaris", "wacht op uw goedkeuring")]
    [InlineData("fg", "logboek")]
    [InlineData("beheerder", "U ziet geen dossiers")]
    public async Task Page_NothingToDo_SaysTheOneNextThing(string person, string text)
    {
        var walk = await Walk.AsAsync(served, person);
        (await walk.GoAsync("/werk")).Text.ShouldContain(text);
        walk.Page.QuerySelectorAll(".dk-work").Length.ShouldBe(0);
    }

    [Fact]
    public async Task Agenda_WithoutToken_AsksForOne()
    {
        using var answer = await served.CreateStranger().GetAsync(new Uri("/werk/agenda.ics", UriKind.Relative), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/werk/agenda.ics");
        wrong.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("fi:raden")));
        using var refused = await served.CreateStranger().SendAsync(wrong, Ct);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Agenda_WithToken_HoldsNumbersAndTermsAndNothingElse()
    {
        var made = await served.Register.SignIns.MakeTokenAsync(As(served, "fi"), "agenda", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30), Ct);
        made.IsDone.ShouldBeTrue(string.Join(' ', made.Refusals));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/werk/agenda.ics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"agenda:{made.Value.Secret}")));
        using var answer = await served.CreateStranger().SendAsync(request, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var text = await answer.Content.ReadAsStringAsync(Ct);
        var lines = text.Split("\r\n");
        lines[0].ShouldBe("BEGIN:VCALENDAR");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        var work = (await served.Register.WorkAsync(As(served, "fi"), Ct)).Where(item => item.Kind == WorkKind.Term).DistinctBy(item => (item.Dossier, item.Subject, item.Due)).ToList();
        lines.Count(line => line == "BEGIN:VEVENT").ShouldBe(work.Count);
        work.Count.ShouldBeGreaterThan(0);
        foreach (var name in served.Register.Staff.Persons.Select(person => person.DisplayName).Append("Schelpenwaard").Append("Kwelderhof").Append("betrokkene-1").Append("melder-1")) text.ShouldNotContain(name);
    }
}
