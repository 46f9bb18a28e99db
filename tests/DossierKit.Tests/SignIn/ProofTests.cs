using System.Globalization;
using System.Net;
using System.Text;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.SignIn;
using DossierKit.Tests.Serving;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn;

/// <summary>What nobody does without having just shown to be there, whichever way he comes; and what a stranger cannot fill up.</summary>
public sealed class ProofTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    public static TheoryData<string> FinalEvents => [.. FinalActGate.Events];

    [Theory]
    [MemberData(nameof(FinalEvents))]
    public async Task FinalEvent_OnThePageLongAfterSigningIn_AsksForProof(string name)
    {
        var client = await host.Served.CreateClientAsync("fi");
        (await PostAsync(client, "/dossiers/WL-2026-0001/doel", ("doel", "Proef"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await PostAsync(client, $"/dossiers/WL-2026-0001/vastleggen/{name}", ("datum", "2026-11-20"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{ "soort": "dossier-heropend", "datum": "2026-11-20", "reden": "nieuwe feiten" }""")]
    [InlineData("""{ "soort": "dossier-gesloten", "datum": "2026-11-20", "afloop": "onderzoek-afgerond" }""")]
    [InlineData("""{ "soort": "inzage-opengesteld", "datum": "2026-11-20", "aan": "griffier", "bestand": "0123456789abcdef0123456789abcdef", "totEnMet": "2026-11-25", "verantwoordelijke": "verantwoordelijke", "reden": "advies" }""")]
    public async Task FinalEvent_OverTheApi_AsksForProofOnlyLongAfterSigningIn(string body)
    {
        var client = await host.Served.CreateClientAsync("fi");
        (await RecordAsync(client, body)).ShouldNotBe(HttpStatusCode.Forbidden);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await RecordAsync(client, body)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("fg", "/logboek/meenemen")]
    [InlineData("beheerder", "/sjablonen/kennisgeving/gebruiken")]
    public async Task Page_OfAFinalActLongAfterSigningIn_AsksForProof(string person, string path)
    {
        var client = await host.Served.CreateClientAsync(person);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        (await PostAsync(client, path, ("sjabloon", "x"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Upload_WithAnEmptyTokenHeader_IsRefused()
    {
        var client = await host.Served.CreateClientAsync("fi");
        host.Served.LeaveOutToken(client);
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent([1, 2, 3]);
        form.Add(file, "bestand", "ritstaat.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers/WL-2026-0001/bestanden", UriKind.Relative));
        request.Content = form;
        request.Headers.TryAddWithoutValidation("X-CSRF-Token", "").ShouldBeTrue();
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Api_AnotherPurposeInTheSameSession_IsLogged()
    {
        var client = await host.Served.CreateClientAsync("fi", "Eerste doel");
        (await GetAsync(client, "/v1/dossiers/WL-2026-0002")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/dossiers/WL-2026-0002", UriKind.Relative));
        request.Headers.Add("Doel", "Tweede%20doel");
        (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var log = await host.Served.Register.LogAsync(host.As("fi"), new LogFilter { Dossier = new DossierNumber("WL-2026-0002") }, null, 50, default);
        log.Entries.Select(entry => entry.Purpose).ShouldContain("Tweede doel");
    }

    [Theory]
    [InlineData("/v1/dossiers?onzin=1")]
    [InlineData("/V1/dossiers?onzin=1")]
    public async Task Api_InCapitals_PassesTheSameRules(string path)
    {
        var client = await host.Served.CreateClientAsync("fi");
        using var answer = await GetAsync(client, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("API-Version").ShouldBeTrue();
        (await GetAsync(host.Served.CreateStranger(followRedirects: false), path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Strangers_AskingForPasskeyQuestionsWithoutEnd_AreToldToWait()
    {
        await using var own = await ServedVault.StartNewAsync(settings => settings with { Origin = new Uri(Origin) });
        var stranger = own.CreateStranger();
        for (var i = 0; i < GuessLimit.MostQuestions; i++) (await stranger.PostAsync(new Uri("/aanmelden/opties", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await stranger.PostAsync(new Uri("/aanmelden/opties", UriKind.Relative), null);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Strangers_ComingBackFromNowhere_DoNotFillTheLog()
    {
        await using var own = await ServedVault.StartNewAsync(settings => settings with { Oidc = new OidcSettings(new Uri("http://127.0.0.1:9"), "proef", null, "Waterlanden") });
        var stranger = own.CreateStranger();
        for (var i = 0; i < GuessLimit.Most + 10; i++) (await stranger.GetAsync(new Uri($"{OidcSettings.CallbackPath}?state=x&code=y", UriKind.Relative))).IsSuccessStatusCode.ShouldBeFalse();
        var signedIn = own.Register.Staff.SignIn(new PersonId("fg"), "os:proef").OrRefuse();
        var log = await own.Register.LogAsync(signedIn, new LogFilter { Act = AccessAct.SignInFailed }, null, 100, default);
        log.Entries.Count.ShouldBe(GuessLimit.Most);
    }

    [Fact]
    public async Task RecoveryCode_OfSomebodyWhoseRoleBeginsTomorrow_WaitsForASecondPerson()
    {
        var person = new PersonId(await host.NewcomerAsync());
        var tomorrow = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(2);
        var role = (await host.Staff.AppointAsync(host.As("fi"), person, new Appointment(StaffRole.OnderzoekerIntern, tomorrow, null, null), default)).OrRefuse();
        (await host.Staff.ConfirmAsync(host.As("verantwoordelijke"), role.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        var codes = await host.SignIns.MakeRecoveryCodesAsync(new ActingPerson(person, "passkey:vorige"), default);
        var link = (await host.SignIns.UseRecoveryCodeAsync(codes[0], default)).OrRefuse().Link;
        var enrolled = (await host.SignIns.EnrolByLinkAsync(link, new NewPasskey("bmlldXc", new byte[8], 0, [], "gevonden", false, false), default)).OrRefuse();
        enrolled.Waiting.ShouldNotBeNull();
    }

    private static async Task<HttpStatusCode> RecordAsync(HttpClient client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/dossiers/WL-2026-0001/gebeurtenissen", UriKind.Relative));
        using var json = new StringContent(body, Encoding.UTF8, "application/json");
        request.Content = json;
        request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"geen-{body.Length}\""));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
