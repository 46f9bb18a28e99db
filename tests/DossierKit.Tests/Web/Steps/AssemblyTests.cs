using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Serving;
using SamplePlan = DossierKit.Host.Cli.Demo.SampleLetter;

namespace DossierKit.Tests.Web.Steps;

public sealed class AssemblyTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Samples
        => Directory.GetDirectories(RepositoryFiles.Sample("", "")).Where(folder => File.Exists(Path.Combine(folder, "dossier.json"))).Select(folder => new TheoryDataRow<string>(Path.GetFileName(folder)));

    // What goes through the page must be what goes through the command line, to the byte: one letter, two ways, and nobody could say which is the right one otherwise.
    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Page_EveryLetterOfASample_IsTheLetterOfTheLibrary(string folder)
    {
        var plans = (await SamplePlan.ReadAsync(RepositoryFiles.Sample(folder, ""), Ct)).ToList();
        var number = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(RepositoryFiles.Sample(folder, "dossier.json"), Ct)).RootElement.GetProperty("nummer").GetString()!;
        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using var dossier = (await served.Register.OpenAsync(new DossierNumber(number), fi, "Vergelijken", Ct))!;
        // First all of them by the library: what the page records counts for later letters of the same kind.
        var expected = new List<Outcome<DocumentReview>>();
        foreach (var plan in plans) expected.Add(await DocumentAssembly.ReviewAsync(dossier, plan.Kind, plan.Request, Ct));

        var walk = await Walk.AsAsync(served, "fi", number);
        foreach (var (plan, want) in plans.Zip(expected))
        {
            await dossier.RefreshAsync(Ct);
            var path = PathOf(dossier, plan);
            await walk.GoAsync(path);
            await FillAsync(walk, path, plan);
            await walk.GoAsync(path.Replace(plan.Kind, $"{plan.Kind}/controle", StringComparison.Ordinal));
            if (plan.IsRefused)
            {
                walk.Answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{plan.Kind}");
                walk.Page.Title!.ShouldStartWith("Fout: ");
                walk.Page.QuerySelectorAll("#ontbreekt li").Length.ShouldBe(want.Refusals.Count);
            }
            else
            {
                walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{plan.Kind}: {walk.Page.QuerySelector("[role=alert]")?.TextContent}");
                walk.Page.QuerySelector<IHtmlInputElement>("input[name=gelezen]")!.Value.ShouldBe(want.Value.Hash, plan.Kind);
            }
        }
    }

    [Fact]
    public async Task Kennisgeving_ReadAndConfirmed_IsSealedAsRead()
    {
        var walk = await Walk.AsAsync(served, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/controle");
        var read = walk.Page.QuerySelector<IHtmlInputElement>("input[name=gelezen]")!.Value;

        await walk.SendAsync(new Dictionary<string, string>());
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        walk.Text.ShouldContain("Bevestig dat u het stuk hebt gelezen.");

        await walk.SendAsync(new Dictionary<string, string> { ["bevestigd"] = "ja" });
        var path = walk.Answer.RequestMessage!.RequestUri!.AbsolutePath;
        path.ShouldStartWith("/dossiers/WL-2026-0001/documenten/gemaakt/");
        FileId.TryParse(path[(path.LastIndexOf('/') + 1)..], out var id).ShouldBeTrue();
        using var dossier = (await served.Register.OpenAsync(new DossierNumber("WL-2026-0001"), served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        await using var content = (await dossier.OpenFileAsync(id, Ct))!;
        Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Ct)).ShouldBe(read);
    }

    [Fact]
    public async Task Final_ChangedAfterReading_IsRefused()
    {
        await using var own = await ServedVault.StartNewAsync();
        var reader = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await reader.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/controle");
        var other = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await other.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        await other.SendAsync(new Dictionary<string, string> { ["antwoord:brief.datum"] = "2026-03-10" });

        await reader.SendAsync(new Dictionary<string, string> { ["bevestigd"] = "ja" });
        reader.Answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        reader.Text.ShouldContain("niet meer zoals u die las");
    }

    [Fact]
    public async Task Autosave_OneField_IsThereAfterARestart()
    {
        await using var own = await ServedVault.StartNewAsync();
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        var fields = Walk.FieldsOf(walk.Form());
        using var answer = await walk.Client.PostAsync(new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/antwoorden", UriKind.Relative), new FormUrlEncodedContent(
            [new("antwoord:contact.telefoon", "(0999) 65 43 21"), new("was:antwoord:contact.telefoon", fields["was:antwoord:contact.telefoon"])]), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldMatch("\"bewaard\":\"[0-9]{2}:[0-9]{2}\"");

        // Another process, over the same folder, knows what was acknowledged.
        await using var vault = await DossierKit.Vault.DossierVault.OpenAsync(
            new DossierKit.Vault.VaultPlace(own.Folder.At("demo-data"), own.Folder.At("demo-data.state")), DossierKit.Vault.UnlockSecret.FromFile(own.Folder.At("demo-data/demo.unlock")), Ct);
        using var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, Ct);
        using var dossier = (await register.OpenAsync(new DossierNumber("WL-2026-0001"), register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        dossier.State.AnswersFor("kennisgeving")["contact.telefoon"].ShouldBe("(0999) 65 43 21");
    }

    [Fact]
    public async Task Save_FieldSomebodyElseChanged_IsNotWrittenOver()
    {
        await using var own = await ServedVault.StartNewAsync();
        const string Path = "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving";
        var (one, two) = (await Walk.AsAsync(own, "fi", "WL-2026-0001"), await Walk.AsAsync(own, "plaatsvervanger", "WL-2026-0001"));
        await one.GoAsync(Path);
        await two.GoAsync(Path);
        await two.SendAsync(new Dictionary<string, string> { ["antwoord:contact.functie"] = "plaatsvervangend functionaris" });

        await one.SendAsync(new Dictionary<string, string> { ["antwoord:contact.functie"] = "adviseur integriteit", ["antwoord:contact.telefoon"] = "(0999) 11 11 11" });
        one.Answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        one.Page.Title!.ShouldStartWith("Fout: ");
        one.Page.QuerySelector<IHtmlTextAreaElement>("[name='antwoord:contact.functie']")!.Value.ShouldBe("adviseur integriteit");
        one.Text.ShouldContain("plaatsvervangend functionaris");

        await two.GoAsync(Path);
        two.Page.QuerySelector<IHtmlTextAreaElement>("[name='antwoord:contact.functie']")!.Value.ShouldBe("plaatsvervangend functionaris");
        two.Page.QuerySelector<IHtmlTextAreaElement>("[name='antwoord:contact.telefoon']")!.Value.ShouldBe("(0999) 11 11 11");
    }

    [Theory]
    [InlineData("archivaris", "kennisgeving")]
    [InlineData("directeur", "kennisgeving")]
    [InlineData("vreemde", "kennisgeving")]
    [InlineData("onderzoeker", "ontvangstbevestiging")]
    [InlineData("onderzoeker", "beslisdocument")]
    [InlineData("fi", "geen-stuk")]
    public async Task Page_NotForYou_IsNotThere(string person, string kind)
    {
        var walk = await Walk.AsAsync(served, person, "WL-2026-0001");
        await walk.GoAsync($"/dossiers/WL-2026-0001/documenten/nieuw/{kind}");
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await walk.GoAsync($"/dossiers/WL-2026-0001/documenten/nieuw/{kind}/concept");
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answers_OfALetterToTheMelder_LieWhereTheMelderIsKnown()
    {
        await using var own = await ServedVault.StartNewAsync();
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/afsluitbericht");
        var melder = walk.Page.QuerySelectorAll("main a[href*='voor=']").First(link => link.TextContent.Contains("melder", StringComparison.Ordinal));
        await walk.GoAsync(melder.GetAttribute("href")!);
        var field = walk.Page.QuerySelectorAll("textarea[name^='antwoord:']").Select(area => area.GetAttribute("name")!).First(name => name.Contains('@', StringComparison.Ordinal));
        await walk.SendAsync(new Dictionary<string, string> { [field] = "Alleen voor de melder: Kwelderhof" });
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0001"), own.Register.Staff.SignIn(new PersonId("verantwoordelijke"), "demo:verantwoordelijke").Value, "Nakijken", Ct))!;
        dossier.State.AnswersFor("afsluitbericht").Values.ShouldNotContain(answer => answer.Contains("Kwelderhof", StringComparison.Ordinal));
    }

    /// <summary>The address for the reader of a letter, as the page of choices gives it.</summary>
    private static string PathOf(OpenDossier dossier, SamplePlan plan)
    {
        var place = DossierKit.Host.Web.Stukken.DocumentPlace.Find(dossier, plan.Kind, null).Value;
        var fitting = place.Choices.Where(choice => Fits(plan.Request, choice.Destination)).ToList();
        fitting.Count.ShouldBeGreaterThan(0, $"{dossier.Number} {plan.Kind} {plan.Request.Addressee} {plan.Request.AddresseePerson} {plan.Request.Betrokkene} among {string.Join("; ", place.Choices)}");
        var path = $"/dossiers/{dossier.Number.Value}/documenten/nieuw/{plan.Kind}";
        return place.Choices.Count > 1 ? $"{path}?voor={fitting[0].Code}" : path;
    }

    private static bool Fits(AssemblyRequest asked, DocumentDestination to)
    {
        return (asked.Addressee is null || asked.Addressee == to.Addressee) && (asked.AddresseePerson is null || asked.AddresseePerson == to.AddresseePerson)
            && (asked.Betrokkene is null || asked.Betrokkene == to.Betrokkene) && (asked.Conversation is null || asked.Conversation == to.Conversation);
    }

    /// <summary>Fills in the answers of a letter, and what comes up because of them, until nothing changes any more.</summary>
    private static async Task FillAsync(Walk walk, string path, SamplePlan plan)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var form = Walk.FieldsOf(walk.Form());
            var filled = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var field in walk.Page.QuerySelectorAll("[data-bewaar]").Select(element => element.GetAttribute("name")!).Distinct())
            {
                var isReason = field.StartsWith("reden:", StringComparison.Ordinal);
                var answerPath = field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('@')[0];
                var value = isReason ? plan.Request.Reasons.GetValueOrDefault(answerPath)
                    : answerPath == "brief.datum" && plan.Request.Date is { } day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                    : plan.Request.OwnAnswers.Find(answerPath);
                if (value is not null && form.GetValueOrDefault(field) != value) filled[field] = value;
            }

            if (filled.Count == 0) return;
            await walk.SendAsync(filled);
            walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{plan.Kind}: {walk.Page.QuerySelector("[role=alert]")?.TextContent}");
            await walk.GoAsync(path);
        }
    }
}
