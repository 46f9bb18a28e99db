using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Web.Dossiers;
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
                // And what is read before confirming is what stands in the file: every paragraph of it, in its order.
                var shown = Plain(walk.Page.QuerySelector(".dk-letter")!.TextContent);
                var at = 0;
                foreach (var text in DocumentText.Extract(want.Value.Document.Bytes).Where(text => text is { Kind: DocumentTextKind.Paragraph, Part: "word/document.xml" }).Select(text => Plain(text.Text)).Where(text => text.Length > 0))
                {
                    var next = shown.IndexOf(text, at, StringComparison.Ordinal);
                    next.ShouldBeGreaterThanOrEqualTo(0, $"{plan.Kind}: '{text}' is not shown after '{shown[..at][^Math.Min(60, at)..]}'");
                    at = next + text.Length;
                }
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
        one.Page.QuerySelector<IHtmlInputElement>("[name='antwoord:contact.functie']")!.Value.ShouldBe("adviseur integriteit");
        one.Text.ShouldContain("plaatsvervangend functionaris");

        await two.GoAsync(Path);
        two.Page.QuerySelector<IHtmlInputElement>("[name='antwoord:contact.functie']")!.Value.ShouldBe("plaatsvervangend functionaris");
        two.Page.QuerySelector<IHtmlInputElement>("[name='antwoord:contact.telefoon']")!.Value.ShouldBe("(0999) 11 11 11");
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

    [Fact]
    public async Task Autosave_BesideAConflict_TellsWhatWasKept()
    {
        // Story: the answer to a conflict said nothing of the fields that were kept, and the next save took one's own text for somebody else's.
        await using var own = await ServedVault.StartNewAsync();
        const string Path = "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving";
        var (one, two) = (await Walk.AsAsync(own, "fi", "WL-2026-0001"), await Walk.AsAsync(own, "plaatsvervanger", "WL-2026-0001"));
        await one.GoAsync(Path);
        var before = Walk.FieldsOf(one.Form());
        await two.GoAsync(Path);
        await two.SendAsync(new Dictionary<string, string> { ["antwoord:contact.functie"] = "plaatsvervangend functionaris" });

        var said = await AutosaveAsync(one, Path, HttpStatusCode.Conflict, ("contact.functie", "adviseur integriteit", before["was:antwoord:contact.functie"]), ("contact.telefoon", "(0999) 11 11 11", before["was:antwoord:contact.telefoon"]));
        said.GetProperty("anders").GetProperty("antwoord:contact.functie").GetProperty("nu").GetString().ShouldBe("plaatsvervangend functionaris");
        said.GetProperty("was").EnumerateObject().Select(field => field.Name).ShouldBe(["antwoord:contact.telefoon"]);
        await AutosaveAsync(one, Path, HttpStatusCode.OK, ("contact.telefoon", "(0999) 22 22 22", said.GetProperty("was").GetProperty("antwoord:contact.telefoon").GetString()!));
        await AutosaveAsync(one, Path, HttpStatusCode.OK, ("contact.functie", "adviseur integriteit", said.GetProperty("anders").GetProperty("antwoord:contact.functie").GetProperty("was").GetString()!));
    }

    [Fact]
    public async Task Autosave_ManyTimes_IsOneLineOfTheTimeline()
    {
        await using var own = await ServedVault.StartNewAsync();
        const string Path = "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving";
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await walk.GoAsync(Path);
        var was = Walk.FieldsOf(walk.Form())["was:antwoord:contact.telefoon"];
        foreach (var text in (string[])["1", "12", "123"])
            was = (await AutosaveAsync(walk, Path, HttpStatusCode.OK, ("contact.telefoon", text, was))).GetProperty("was").GetProperty("antwoord:contact.telefoon").GetString()!;

        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0001"), own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        var kept = dossier.State.All<AnswersRecorded>().Where(recorded => recorded.Answers.ContainsKey("contact.telefoon")).ToList();
        kept.Select(recorded => recorded.Answers["contact.telefoon"]).TakeLast(3).ShouldBe(["1", "12", "123"]);
        Timeline.Since(dossier, 0).Count(line => line.Recorded?.Event is AnswersRecorded recorded && recorded.Date == kept[^1].Date).ShouldBe(1);
        // And none of what is told as having happened in the case.
        Timeline.Latest(dossier, 500).ShouldNotContain(line => line.Recorded != null && line.Recorded.Event is AnswersRecorded);
    }

    [Fact]
    public async Task Autosave_NotSignedIn_IsToldToTheScript()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/antwoorden", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("antwoord:contact.telefoon", "1")]) };
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await served.CreateStranger(followRedirects: false).SendAsync(request, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("U bent niet aangemeld.");
    }

    [Fact]
    public async Task Concept_TakenOut_StandsInTheLogAndThePreviewDoesNot()
    {
        await using var own = await ServedVault.StartNewAsync();
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        var filter = new LogFilter { Act = AccessAct.ConceptTaken };
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving");
        (await own.Register.LogAsync(fi, filter, null, 10, Ct)).Entries.ShouldBeEmpty();
        await walk.GoAsync("/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving/concept");
        walk.Answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        var entry = (await own.Register.LogAsync(fi, filter, null, 10, Ct)).Entries.ShouldHaveSingleItem();
        entry.Person.ShouldBe(new PersonId("fi"));
        entry.Dossier.ShouldBe(new DossierNumber("WL-2026-0001"));
        entry.Purpose.ShouldBe("Proef");

        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var byApi = await walk.Client.PostAsync(new Uri("/v1/dossiers/WL-2026-0001/documenten/kennisgeving/concept", UriKind.Relative), body, Ct);
        byApi.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.Register.LogAsync(fi, filter, null, 10, Ct)).Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Draft_RightEndsInBetween_ConceptReviewAndAnswersAreNotThere()
    {
        await using var own = await ServedVault.StartNewAsync();
        const string Path = "/dossiers/WL-2026-0001/documenten/nieuw/kennisgeving";
        var walk = await Walk.AsAsync(own, "plaatsvervanger", "WL-2026-0001");
        await walk.GoAsync(Path);
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var action = walk.Form();
        var fields = Walk.FieldsOf(action);
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        (await own.Register.Staff.EndAsync(fi, new PersonId("plaatsvervanger"), StaffRole.PlaatsvervangendFi, today.AddDays(-1), Ct)).IsDone.ShouldBeTrue();

        foreach (var page in (string[])["", "/concept", "/concept?vorm=pdf", "/controle"])
        {
            await walk.GoAsync(Path + page);
            walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        }

        fields["antwoord:contact.telefoon"] = "(0999) 99 99 99";
        foreach (var page in (string[])["", "/antwoorden", "/definitief"])
        {
            await walk.PostAsync(Path + page, fields);
            walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        }

        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0001"), fi, "Nakijken", Ct))!;
        dossier.State.AnswersFor("kennisgeving").Values.ShouldNotContain("(0999) 99 99 99");
        (await own.Register.LogAsync(fi, new LogFilter { Act = AccessAct.ConceptTaken }, null, 10, Ct)).Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reader_OfAnotherDossier_IsNotThere()
    {
        using var other = (await served.Register.OpenAsync(new DossierNumber("WL-2026-0001"), served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        var code = DossierKit.Host.Web.Stukken.DocumentPlace.Find(other, "kennisgeving", null).Value.Choices[0].Code;
        var walk = await Walk.AsAsync(served, "fi", "WL-2026-0002");
        foreach (var page in (string[])["", "/concept", "/controle"])
        {
            await walk.GoAsync($"/dossiers/WL-2026-0002/documenten/nieuw/kennisgeving{page}?voor={code}");
            walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
        }
    }

    [Fact]
    public async Task Pdf_SealedTwiceAtOnceAndLater_LiesThereOnce()
    {
        await using var own = await ServedVault.StartNewAsync();
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0001"), fi, "Nakijken", Ct))!;
        var made = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Checked = true }, Ct)).Value;
        DocumentPdf.Find(dossier, made.Stored!).ShouldBeNull();
        // Two windows of one person, each with a dossier of its own.
        using var again = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0001"), fi, "Nakijken", Ct))!;
        byte[][] pdfs = ["%PDF-1.7 een"u8.ToArray(), "%PDF-1.7 twee"u8.ToArray()];
        var both = await Task.WhenAll(DocumentPdf.SealAsync(dossier, made, pdfs[0], Ct).AsTask(), DocumentPdf.SealAsync(again, made, pdfs[1], Ct).AsTask());
        await dossier.RefreshAsync(Ct);
        var later = await DocumentPdf.SealAsync(dossier, made, pdfs[1], Ct);
        both.Append(later).Select(one => one.Value.Id).Distinct().ShouldHaveSingleItem();
        dossier.State.Files.Count(file => file.Name == Path.ChangeExtension(made.Stored!.File.Name, ".pdf")).ShouldBe(1);

        // A second letter of the same kind has a PDF of its own.
        var second = (await DocumentAssembly.AssembleAsync(dossier, "kennisgeving", new AssemblyRequest { Checked = true }, Ct)).Value;
        DocumentPdf.Find(dossier, second.Stored!).ShouldBeNull();
    }

    [Fact]
    public async Task Postponed_ReasonOnThePage_LetsItGo()
    {
        await using var own = await ServedVault.StartNewAsync();
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using (var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0002"), fi, "Uitstellen", Ct))!)
        {
            (await dossier.RecordAsync(new KennisgevingPostponed { Date = new DateOnly(2026, 7, 1), Betrokkene = new PersonId("betrokkene-1"), Reason = "Eerst worden de gegevens veiliggesteld.", ReviewOn = new DateOnly(2027, 7, 1) }, Ct)).IsDone.ShouldBeTrue();
        }

        const string Path = "/dossiers/WL-2026-0002/documenten/nieuw/kennisgeving";
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0002");
        await walk.GoAsync(Path);
        var link = walk.Page.QuerySelectorAll("#ontbreekt li a").Single(link => link.TextContent.StartsWith("Waarom gaat de kennisgeving nu al uit", StringComparison.Ordinal));
        walk.Page.GetElementById(link.GetAttribute("href")!.TrimStart('#')).ShouldBeAssignableTo<IHtmlTextAreaElement>().ShouldNotBeNull().Name.ShouldBe("reden:uitstel");
        await walk.SendAsync(new Dictionary<string, string> { ["reden:uitstel"] = "De gegevens zijn eerder veiliggesteld dan gedacht." });
        await walk.GoAsync(Path);
        walk.Page.QuerySelectorAll("#ontbreekt li").ShouldNotContain(item => item.TextContent.Contains("Waarom gaat de kennisgeving", StringComparison.Ordinal));
        walk.Page.QuerySelector<IHtmlTextAreaElement>("[name='reden:uitstel']")!.Value.ShouldStartWith("De gegevens");
    }

    [Fact]
    public async Task AnsweredNo_ContradictedSinceByTheDossier_CanBeTakenBack()
    {
        // The question was answered 'nee' and the measure came later: what the page asks to take back must be there to take back.
        await using var own = await ServedVault.StartNewAsync();
        const string Path = "/dossiers/WL-2026-0002/documenten/nieuw/kennisgeving", Question = "antwoord:kennisgeving.ordemaatregel";
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0002");
        await walk.GoAsync(Path);
        await walk.SendAsync(new Dictionary<string, string> { [Question] = "nee" });
        var fi = own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using (var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0002"), fi, "Maatregel", Ct))!)
        {
            var imposed = new OrdemaatregelImposed { Date = new DateOnly(2026, 7, 2), Betrokkene = new PersonId("betrokkene-1"), Kind = OrdemaatregelKind.AccessDenied, Reason = "Om de sporen te bewaren.", WasHeard = false, IsUrgent = true, ImposedBy = new PersonId("verantwoordelijke"), Until = new DateOnly(2026, 7, 20) };
            var recorded = await dossier.RecordAsync(imposed, Ct);
            recorded.IsDone.ShouldBeTrue(string.Join(' ', recorded.Refusals));
        }

        await walk.GoAsync(Path);
        var item = walk.Page.QuerySelectorAll("#ontbreekt li").Single(item => item.TextContent.Contains("klopt niet", StringComparison.Ordinal) || item.TextContent.Contains("Antwoord 'ja'", StringComparison.Ordinal));
        item.QuerySelector("a").ShouldNotBeNull();
        await walk.SendAsync(new Dictionary<string, string> { [Question] = "ja" });
        await walk.GoAsync(Path);
        walk.Page.QuerySelectorAll("#ontbreekt li").ShouldNotContain(one => one.TextContent.Contains("Antwoord 'ja'", StringComparison.Ordinal));
    }

    private static async Task<System.Text.Json.JsonElement> AutosaveAsync(Walk walk, string path, HttpStatusCode status, params (string Field, string Value, string Was)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.SelectMany(field => new KeyValuePair<string, string>[] { new($"antwoord:{field.Field}", field.Value), new($"was:antwoord:{field.Field}", field.Was) }));
        using var answer = await walk.Client.PostAsync(new Uri($"{path}/antwoorden", UriKind.Relative), content, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(status, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.Clone();
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[])[' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));

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
