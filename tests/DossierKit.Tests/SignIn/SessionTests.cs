using System.Net;
using System.Text.RegularExpressions;

using DossierKit.Dossiers;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn;

public sealed partial class SessionTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    [Fact]
    public async Task Session_HalfAnHourIdle_Ends()
    {
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        (await PostAsync(client, "/aanmelden/blijf")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Session_BusyForTenHours_Ends()
    {
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        for (var minutes = 0; minutes < 600; minutes += 25)
        {
            (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
            host.Clock.Advance(TimeSpan.FromMinutes(25));
        }

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_WithATokenPlantedBefore_GetsAnother()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        handler.CookieContainer.Add(host.Served.Address, new Cookie("dossierkit", "geplant-door-een-ander"));
        using var client = new HttpClient(handler) { BaseAddress = host.Served.Address };
        (await PostAsync(client, "/aanmelden/voorbeeld", ("persoon", "fi"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        handler.CookieContainer.GetCookies(host.Served.Address)["dossierkit"]!.Value.ShouldNotBe("geplant-door-een-ander");
    }

    [Fact]
    public async Task SignIn_Again_EndsTheSessionBefore()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = host.Served.Address };
        (await PostAsync(client, "/aanmelden/voorbeeld", ("persoon", "fi"))).Dispose();
        var before = handler.CookieContainer.GetCookies(host.Served.Address)["dossierkit"]!.Value;
        client.DefaultRequestHeaders.Add("X-CSRF-Token", await TokenAsync(client));
        (await PostAsync(client, "/aanmelden/voorbeeld", ("persoon", "fg"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        using var old = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Served.Address };
        old.DefaultRequestHeaders.Add("Cookie", $"dossierkit={before}");
        (await GetAsync(old, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/werk")]
    [InlineData("/\\evil.example")]
    [InlineData("/werk\r\nX: y")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_NextPageElsewhere_GoesToWork(string next)
    {
        using var answer = await PostAsync(host.Served.CreateStranger(followRedirects: false), "/aanmelden/voorbeeld", ("persoon", "fi"), ("naar", next));
        answer.Headers.Location!.ToString().ShouldBe("/werk");
    }

    [Theory]
    [InlineData("Host", "dossiers.waterlanden.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task DemoSignIn_ByAnotherNameOrPassedOn_IsNotThere(string header, string value)
    {
        var client = host.Served.CreateStranger(followRedirects: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/aanmelden/voorbeeld", UriKind.Relative));
        using var form = new FormUrlEncodedContent([new("persoon", "fi")]);
        request.Content = form;
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        // A foreign name does not come past the first gate.
        answer.StatusCode.ShouldBe(header == "Host" ? HttpStatusCode.MisdirectedRequest : HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Form_AfterTheSessionEnded_WaitsForItsOwnPersonAlone()
    {
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        var token = await TokenAsync(client);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        using var late = await PostAsync(client, "/beheer/personen", ("formulier", token), ("aanduiding", "late-persoon"), ("naam", "W. Wilgenroosje"));
        late.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var held = HeldName().Match(late.Headers.Location!.ToString()).Groups[1].Value;
        held.ShouldNotBeEmpty();
        host.Staff.Find(new PersonId("late-persoon")).ShouldBeNull();

        (await GetAsync(await host.Served.CreateClientAsync("beheerder"), $"/aanmelden/bewaard/{held}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var back = await host.Served.CreateClientAsync("fi", followRedirects: false);
        var page = await back.GetStringAsync(new Uri($"/aanmelden/bewaard/{held}", UriKind.Relative));
        page.ShouldContain("W. Wilgenroosje");
        page.ShouldNotContain(token);

        // What will be sent is there to read, not only in hidden fields.
        var text = System.Text.RegularExpressions.Regex.Replace(page, "<input[^>]*>", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        text.ShouldContain("late-persoon");
        text.ShouldContain("W. Wilgenroosje");
        using var sent = await PostAsync(back, "/beheer/personen", ("aanduiding", "late-persoon"), ("naam", "W. Wilgenroosje"));
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Form_AfterTheSessionEnded_WithoutItsTokenOrTooLarge_IsNotKept(bool isLarge)
    {
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        var token = await TokenAsync(client);
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        using var late = await PostAsync(client, "/beheer/personen", ("formulier", isLarge ? token : "verzonnen"), ("naam", isLarge ? new string('a', 1 << 20) : "x"));
        late.Headers.Location!.ToString().ShouldBe("/aanmelden");
    }

    [Fact]
    public async Task FinalAct_LongAfterTheLastProof_AsksAgainAndLosesNothing()
    {
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        using (var asked = await PostAsync(client, "/beheer/personen", ("aanduiding", "na-bewijs"), ("naam", "K. Kroosveld")))
        {
            asked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await asked.Content.ReadAsStringAsync()).ShouldContain("value=\"K. Kroosveld\"");
        }

        host.Staff.Find(new PersonId("na-bewijs")).ShouldBeNull();
        using var proved = await PostAsync(client, "/beheer/personen", ("aanduiding", "na-bewijs"), ("naam", "K. Kroosveld"), ("bevestig-voorbeeld", "ja"));
        proved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        host.Staff.Find(new PersonId("na-bewijs")).ShouldNotBeNull();
        proved.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("dossierkit=", StringComparison.Ordinal));
    }

    /// <summary>Whoever knows the cookie from before the proof must have nothing of the proof.</summary>
    [Fact]
    public async Task Proof_GivesAnotherToken_AndTheOneBeforeIsWorthNothing()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = host.Served.Address };
        (await PostAsync(client, "/aanmelden/voorbeeld", ("persoon", "fi"))).Dispose();
        var before = handler.CookieContainer.GetCookies(host.Served.Address)["dossierkit"]!.Value;
        client.DefaultRequestHeaders.Add("X-CSRF-Token", await TokenAsync(client));
        (await PostAsync(client, "/aanmelden/bevestigen", ("bevestig-voorbeeld", "ja"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        handler.CookieContainer.GetCookies(host.Served.Address)["dossierkit"]!.Value.ShouldNotBe(before);
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var old = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Served.Address };
        old.DefaultRequestHeaders.Add("Cookie", $"dossierkit={before}");
        (await GetAsync(old, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task FinalAct_OfAPasskeySession_TakesNoClickForProof_OnlyThePasskey()
    {
        using var device = new SoftAuthenticator();
        using var other = new SoftAuthenticator();
        var client = host.Served.CreateStranger(followRedirects: false);
        (await host.EnrolAsync(client, await host.LinkAsync("fi", await host.NewcomerAsync()), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", await host.NewcomerAsync()), other)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", await TokenAsync(client));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await PostAsync(client, "/account/herstelcodes", ("bevestig-voorbeeld", "ja"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var (attempt, options) = await AskAsync(client, "/aanmelden/bevestigen/opties");
        (await PostAsync(client, "/account/herstelcodes", ("bevestig-poging", attempt), ("bevestig-antwoord", other.Get(options)))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (attempt, options) = await AskAsync(client, "/aanmelden/bevestigen/opties");
        using var made = await PostAsync(client, "/account/herstelcodes", ("bevestig-poging", attempt), ("bevestig-antwoord", device.Get(options)));
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_SignedOutEverywhere_AreAllOver()
    {
        var one = await host.Served.CreateClientAsync("hoofd-bi", followRedirects: false);
        var two = await host.Served.CreateClientAsync("hoofd-bi", followRedirects: false);
        (await PostAsync(one, "/account/sessies/afmelden", ("sessie", "alle"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await GetAsync(one, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await GetAsync(two, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Account_TakenAway_IsOutAtTheNextRequest()
    {
        using var device = new SoftAuthenticator();
        var person = await host.NewcomerAsync();
        var client = host.Served.CreateStranger(followRedirects: false);
        (await host.EnrolAsync(client, await host.LinkAsync("fi", person), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var account = host.Staff.Find(new PersonId(person))!.Accounts.Single();
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Staff.UnbindAsync(host.As("fi"), new PersonId(person), account, default)).IsDone.ShouldBeTrue();
        (await GetAsync(client, "/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await SignInAsync(host.Served.CreateStranger(followRedirects: false), device)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>
    /// The passkey went and its account stayed: in the staff register somebody then counted as one who can let others in, and nobody could any more.
    /// </summary>
    [Fact]
    public async Task Passkey_WhoseAccountMustStay_IsNotRemoved()
    {
        await using var own = new ServedSignIn();
        await own.InitializeAsync();
        using var device = new SoftAuthenticator();
        var client = own.Served.CreateStranger(followRedirects: false);
        (await own.EnrolAsync(client, await own.LinkAsync("fi", "fi"), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", await TokenAsync(client));
        (await PostAsync(client, "/account/herstelcodes")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var passkey = (await own.SignIns.PasskeysAsync(new PersonId("fi"), default)).Single();
        using var refused = await PostAsync(client, $"/account/toegangssleutels/{passkey.Id}/verwijderen");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("laatste account");
        (await own.SignIns.PasskeysAsync(new PersonId("fi"), default)).ShouldHaveSingleItem();
        (await SignInAsync(own.Served.CreateStranger(followRedirects: false), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    /// <summary>A passkey that was copied counts from where it was copied: an answer with a counter that was there before lets nobody in.</summary>
    [Fact]
    public async Task Passkey_CounterThatDoesNotMoveOn_LetsNobodyIn()
    {
        var passkey = await EnrolledAsync();
        (await host.SignIns.SignInAsync(passkey.Id, passkey.Counter + 5, false, default)).IsDone.ShouldBeTrue();
        (await host.SignIns.SignInAsync(passkey.Id, passkey.Counter + 5, false, default)).IsDone.ShouldBeFalse();
        (await host.SignIns.SignInAsync(passkey.Id, passkey.Counter + 4, false, default)).IsDone.ShouldBeFalse();
        (await host.SignIns.SignInAsync(passkey.Id, passkey.Counter + 6, false, default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Passkey_OfAnother_CannotBeRenamedOrRemoved()
    {
        var passkey = await EnrolledAsync();
        var client = await host.Served.CreateClientAsync("fi", followRedirects: false);
        (await PostAsync(client, $"/account/toegangssleutels/{passkey.Id}/naam", ("naam", "van mij"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(client, $"/account/toegangssleutels/{passkey.Id}/verwijderen")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.SignIns.PasskeysAsync(passkey.Person, default)).ShouldHaveSingleItem().DisplayName.ShouldBe(passkey.DisplayName);
    }

    private async Task<Passkey> EnrolledAsync()
    {
        using var device = new SoftAuthenticator();
        var person = await host.NewcomerAsync();
        (await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", person), device)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return (await host.SignIns.PasskeysAsync(new PersonId(person), default)).Single();
    }

    [GeneratedRegex("bewaard=([A-Za-z0-9_-]+)")]
    private static partial Regex HeldName();
}
