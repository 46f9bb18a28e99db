using System.Net;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn;

public sealed class PasskeyTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    [Fact]
    public async Task Enrol_ByLinkForNewcomer_SignsInAtOnceAndLaterAgainWithoutName()
    {
        using var device = new SoftAuthenticator();
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        var client = host.Served.CreateStranger(followRedirects: false);
        using var enrolled = await host.EnrolAsync(client, link, device);
        (enrolled.StatusCode, enrolled.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.SeeOther, "/werk"));
        (await client.GetStringAsync(new Uri("/werk", UriKind.Relative))).ShouldContain("Maak herstelcodes");

        var other = host.Served.CreateStranger(followRedirects: false);
        using var signedIn = await SignInAsync(other, device, "/account");
        (signedIn.StatusCode, signedIn.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.SeeOther, "/account"));
        (await other.GetStringAsync(new Uri("/account", UriKind.Relative))).ShouldContain("proefsleutel");
    }

    public static TheoryData<string> Lies => ["origin", "other port", "cross origin", "challenge", "domain", "no verification", "credential of nobody", "another's handle"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task SignIn_AnswerThatLies_IsRefused(string lie)
    {
        using var device = await EnrolledAsync();
        using var other = new SoftAuthenticator { UserHandle = device.UserHandle };
        switch (lie)
        {
            case "origin": device.Origin = "http://evil.example"; break;
            case "other port": device.Origin = "http://localhost:1"; break;
            case "cross origin": device.IsCrossOrigin = true; break;
            case "challenge": device.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"; break;
            case "domain": device.RpId = "evil.example"; break;
            case "no verification": device.VerifiesUser = false; break;
            case "another's handle": device.UserHandle = "AAAA"; break;
        }

        var client = host.Served.CreateStranger(followRedirects: false);
        using var answer = await SignInAsync(client, lie == "credential of nobody" ? other : device);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<title>Fout: ");
        (await GetAsync(client, "/werk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("challenge")]
    [InlineData("domain")]
    [InlineData("no verification")]
    public async Task Enrol_AnswerThatLies_IsRefusedAndKeepsTheLink(string lie)
    {
        using var device = new SoftAuthenticator();
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        var client = host.Served.CreateStranger(followRedirects: false);
        switch (lie)
        {
            case "origin": device.Origin = "http://evil.example"; break;
            case "challenge": device.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"; break;
            case "domain": device.RpId = "evil.example"; break;
            case "no verification": device.VerifiesUser = false; break;
        }

        using (var refused = await host.EnrolAsync(client, link, device)) refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var honest = new SoftAuthenticator();
        using var enrolled = await host.EnrolAsync(client, link, honest);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task SignIn_CounterThatStandsStill_IsRefused()
    {
        using var device = await EnrolledAsync(counter: 5);
        var client = host.Served.CreateStranger(followRedirects: false);
        device.Counter = 6;
        using (var first = await SignInAsync(client, device)) first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using (var copy = await SignInAsync(host.Served.CreateStranger(followRedirects: false), device)) copy.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        device.Counter = 7;
        using var next = await SignInAsync(host.Served.CreateStranger(followRedirects: false), device);
        next.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task SignIn_SameAnswerTwice_IsRefused()
    {
        using var device = await EnrolledAsync();
        var client = host.Served.CreateStranger(followRedirects: false);
        var (attempt, options) = await AskAsync(client, "/aanmelden/opties");
        var credential = device.Get(options);
        using (var first = await PostAsync(client, "/aanmelden/toegangssleutel", ("poging", attempt), ("antwoord", credential))) first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var again = await PostAsync(host.Served.CreateStranger(followRedirects: false), "/aanmelden/toegangssleutel", ("poging", attempt), ("antwoord", credential));
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_AnswerAfterFiveMinutes_IsRefused()
    {
        using var device = await EnrolledAsync();
        var client = host.Served.CreateStranger(followRedirects: false);
        var (attempt, options) = await AskAsync(client, "/aanmelden/opties");
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await PostAsync(client, "/aanmelden/toegangssleutel", ("poging", attempt), ("antwoord", device.Get(options)));
        late.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Options_OfTwoRequests_HaveTheirOwnChallenge()
    {
        var client = host.Served.CreateStranger();
        var (_, one) = await AskAsync(client, "/aanmelden/opties");
        var (_, two) = await AskAsync(client, "/aanmelden/opties");
        one["challenge"]!.GetValue<string>().ShouldNotBe(two["challenge"]!.GetValue<string>());
        one["userVerification"]!.GetValue<string>().ShouldBe("required");
        one["rpId"]!.GetValue<string>().ShouldBe("localhost");
    }

    private async Task<SoftAuthenticator> EnrolledAsync(uint counter = 0)
    {
        var device = new SoftAuthenticator { Counter = counter };
        using var enrolled = await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", await host.NewcomerAsync()), device);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return device;
    }
}
