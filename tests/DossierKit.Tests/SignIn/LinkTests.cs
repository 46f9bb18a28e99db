using System.Net;

using DossierKit.Dossiers;
using DossierKit.Tests.Serving;

using static DossierKit.Tests.SignIn.ServedSignIn;

namespace DossierKit.Tests.SignIn;

public sealed class LinkTests(ServedSignIn host) : IClassFixture<ServedSignIn>
{
    [Fact]
    public async Task Link_LookedAtByAScanner_StillWorksAndThenNeverAgain()
    {
        var link = await host.LinkAsync("fi", "fi", LinkUse.Demo);
        for (var i = 0; i < 3; i++) (await GetAsync(host.Served.CreateStranger(), $"/aanmelden/link/{link}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var used = await PostAsync(host.Served.CreateStranger(followRedirects: false), $"/aanmelden/link/{link}")) used.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await GetAsync(host.Served.CreateStranger(), $"/aanmelden/link/{link}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var again = await PostAsync(host.Served.CreateStranger(followRedirects: false), $"/aanmelden/link/{link}");
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Link_OfTheDemo_LeadsToTheKennisgevingWithItsPurpose()
    {
        var client = host.Served.CreateStranger(followRedirects: false);
        using var answer = await PostAsync(client, $"/aanmelden/link/{await host.LinkAsync("fi", "fi", LinkUse.Demo)}", ("eerst", "kennisgeving"));
        answer.Headers.Location!.ToString().ShouldBe("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        (await GetAsync(client, "/dossiers/WL-2026-0001")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Link_AfterTenMinutes_IsTheSameAsNone()
    {
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var client = host.Served.CreateStranger();
        using var late = await GetAsync(client, $"/aanmelden/link/{link}");
        using var none = await GetAsync(client, "/aanmelden/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        (late.StatusCode, none.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await late.Content.ReadAsStringAsync()).ShouldBe(await none.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Link_UsedToEnrol_TwoDevicesAtOnce_OneGetsIn()
    {
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        using var one = new SoftAuthenticator();
        using var two = new SoftAuthenticator();
        // Both have the page open before either sends it: a link that is used has no page any more.
        var (here, there) = (host.Served.CreateStranger(followRedirects: false), host.Served.CreateStranger(followRedirects: false));
        var (first, options) = await ServedSignIn.AskAsync(here, $"/aanmelden/link/{link}/opties");
        var (second, others) = await ServedSignIn.AskAsync(there, $"/aanmelden/link/{link}/opties");
        var answers = await Task.WhenAll(
            Task.Run(() => ServedSignIn.FinishAsync(here, link, one, first, options)),
            Task.Run(() => ServedSignIn.FinishAsync(there, link, two, second, others)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(1);
    }

    [Fact]
    public async Task Link_InNoFileOfTheVault_AsText()
    {
        var link = await host.LinkAsync("fi", await host.NewcomerAsync());
        foreach (var file in Directory.EnumerateFiles(host.Served.Folder.At("."), "*", SearchOption.AllDirectories))
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(link);
    }

    [Fact]
    public async Task Link_ForSomebodyWithARole_WaitsForASecondPersonAndThenLetsIn()
    {
        using var device = new SoftAuthenticator();
        // Somebody of the integrity side has an account of the web already: from then on nobody is the first.
        using var first = new SoftAuthenticator();
        (await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", "fi"), first)).Dispose();

        using var enrolled = await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), await host.LinkAsync("fi", "onderzoeker"), device);
        enrolled.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await enrolled.Content.ReadAsStringAsync()).ShouldContain("tweede persoon");
        using (var early = await SignInAsync(host.Served.CreateStranger(followRedirects: false), device)) early.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var proposal = host.Staff.Waiting.Single(waiting => waiting.Person == new PersonId("onderzoeker"));
        foreach (var (who, mayConfirm) in new[] { ("fi", false), ("onderzoeker", false), ("beheerder", false), ("verantwoordelijke", true) })
        {
            var client = await host.Served.CreateClientAsync(who, followRedirects: false);
            using var confirmed = await PostAsync(client, $"/beheer/personen/voorstellen/{proposal.Id}", ("bevestigd", "ja"));
            (confirmed.StatusCode == HttpStatusCode.SeeOther).ShouldBe(mayConfirm, who);
        }

        using var signedIn = await SignInAsync(host.Served.CreateStranger(followRedirects: false), device);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Link_WhenItsMakerLostTheRight_IsWorthNothing()
    {
        var person = new PersonId("plaatsvervanger");
        var link = await host.LinkAsync("plaatsvervanger", await host.NewcomerAsync());
        var role = host.Staff.Find(person)!.Appointments.Single();
        (await host.Staff.EndAsync(host.As("fi"), person, role.Role, DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(-2), default)).IsDone.ShouldBeTrue();
        using var device = new SoftAuthenticator();
        using var refused = await host.EnrolAsync(host.Served.CreateStranger(followRedirects: false), link, device);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task RecoveryCode_OfSomebodyWithARole_GivesALinkOnceAndAPasskeyThatWaits()
    {
        var codes = await host.SignIns.MakeRecoveryCodesAsync(host.As("burgemeester"), default);
        codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(SignInRegister.RecoveryCodeCount);
        var client = host.Served.CreateStranger(followRedirects: false);
        using var used = await PostAsync(client, "/aanmelden/herstel", ("code", codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        used.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var link = used.Headers.Location!.ToString()["/aanmelden/link/".Length..];
        (await GetAsync(client, "/werk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var again = await PostAsync(client, "/aanmelden/herstel", ("code", codes[0]))) again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var device = new SoftAuthenticator();
        using var enrolled = await host.EnrolAsync(client, link, device);
        (await enrolled.Content.ReadAsStringAsync()).ShouldContain("tweede persoon");
        host.Staff.Waiting[^1].Person.ShouldBe(new PersonId("burgemeester"));
        (await host.SignIns.RecoveryCodesLeftAsync(new PersonId("burgemeester"), default)).ShouldBe(9);
    }

    [Fact]
    public async Task RecoveryCodes_MadeAgain_MakeTheOldWorthless()
    {
        var me = host.As("griffier");
        var old = await host.SignIns.MakeRecoveryCodesAsync(me, default);
        await host.SignIns.MakeRecoveryCodesAsync(me, default);
        (await host.SignIns.UseRecoveryCodeAsync(old[3], default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Guessing_TooOften_IsHeldUpForTheAddressAndOverAfterAWhile()
    {
        await using var own = await ServedVault.StartNewAsync(clock: host.Clock);
        var client = own.CreateStranger(followRedirects: false);
        for (var i = 0; i < 30; i++)
        {
            using var wrong = await PostAsync(client, "/aanmelden/herstel", ("code", $"0000-0000-0000-{i:0000}"));
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using (var held = await PostAsync(client, "/aanmelden/herstel", ("code", "0000-0000-0000-9999"))) held.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        using var later = await PostAsync(client, "/aanmelden/herstel", ("code", "0000-0000-0000-9999"));
        later.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
