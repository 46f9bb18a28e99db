using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>Writing a letter in the browser: whatever happens to the connection, the session or the text by somebody else, nothing typed is lost and nobody's text is written over.</summary>
public sealed class AssemblyWalkTests(Chromium chromium)
{
    private const string Letter = "/dossiers/WL-2026-0002/documenten/nieuw/kennisgeving";
    private const string Telephone = "antwoord:contact.telefoon", Function = "antwoord:contact.functie", Conduct = "antwoord:kennisgeving.gedraging", Follow = "antwoord:kennisgeving.vervolg";

    [Fact(Timeout = Patience.Walk)]
    public async Task Typing_WithoutAnyButton_IsThereAfterAReload()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        await FieldOf(window, Conduct).PressSequentiallyAsync("Gebruik van een dienstbus buiten werktijd.");
        await ToldAsync(window, "Bewaard om");
        // The letter beside it and what is missing were made again.
        await Assertions.Expect(window.Page.Locator("#voorbeeld")).ToContainTextAsync("Gebruik van een dienstbus");
        await Assertions.Expect(window.Page.Locator("#ontbreekt")).ToContainTextAsync("Ontbreekt nog (4)");

        await window.GoAsync(Letter);
        (await FieldOf(window, Conduct).InputValueAsync()).ShouldBe("Gebruik van een dienstbus buiten werktijd.");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Typing_OnAndOn_IsKeptMeanwhile()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        var posts = 0;
        window.Page.Request += (_, request) => posts += request.Url.EndsWith("/antwoorden", StringComparison.Ordinal) ? 1 : 0;
        // Story: a timer that began anew at every key kept nothing of somebody who did not pause.
        await FieldOf(window, Conduct).PressSequentiallyAsync(new string('a', 130), new LocatorPressSequentiallyOptions { Delay = 100 });
        posts.ShouldBeInRange(1, 4);
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task TwoPeople_OneField_EachSeesTheOtherAndNothingIsLost()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var one = await OpenAsync(site, "fi");
        await using var two = await OpenAsync(site, "plaatsvervanger");
        await FieldOf(two, Function).FillAsync("plaatsvervangend functionaris");
        await FieldOf(two, Follow).FillAsync("Eerst volgt een gesprek.");
        await LeaveFieldAsync(two);
        await ToldAsync(two, "Bewaard om");

        await FieldOf(one, Function).FillAsync("adviseur integriteit");
        await FieldOf(one, Telephone).FillAsync("(0999) 11 11 11");
        await LeaveFieldAsync(one);
        await Assertions.Expect(one.Page.Locator(".dk-other")).ToContainTextAsync("plaatsvervangend functionaris");
        (await FieldOf(one, Function).InputValueAsync()).ShouldBe("adviseur integriteit");
        // What the other filled in where this one did not write has come along.
        await Assertions.Expect(FieldOf(one, Follow)).ToHaveValueAsync("Eerst volgt een gesprek.");

        // Story: the field that was kept beside a conflict was taken for somebody else's at the next save.
        await FieldOf(one, Telephone).FillAsync("(0999) 22 22 22");
        await LeaveFieldAsync(one);
        await ToldAsync(one, "Bewaard om");
        (await one.Page.Locator(".dk-other").CountAsync()).ShouldBe(1);

        await one.ButtonAsync("Mijn tekst bewaren");
        await ToldAsync(one, "Bewaard om");
        await Assertions.Expect(one.Page.Locator(".dk-other")).ToHaveCountAsync(0);
        await two.GoAsync(Letter);
        (await FieldOf(two, Function).InputValueAsync()).ShouldBe("adviseur integriteit");
        (await FieldOf(two, Telephone).InputValueAsync()).ShouldBe("(0999) 22 22 22");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task TwoPeople_OneTakesTheOthersText_ItStands()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var one = await OpenAsync(site, "fi");
        await using var two = await OpenAsync(site, "plaatsvervanger");
        await FieldOf(two, Function).FillAsync("plaatsvervangend functionaris");
        await LeaveFieldAsync(two);
        await ToldAsync(two, "Bewaard om");
        await FieldOf(one, Function).FillAsync("adviseur integriteit");
        await LeaveFieldAsync(one);
        await one.ButtonAsync("De andere tekst nemen");
        (await FieldOf(one, Function).InputValueAsync()).ShouldBe("plaatsvervangend functionaris");
        await one.GoAsync(Letter);
        (await FieldOf(one, Function).InputValueAsync()).ShouldBe("plaatsvervangend functionaris");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Bewaren_PressedWhileKeeping_IsNoConflictWithOneself()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        // Story: the button sent the fingerprint of before the save under way, and its own text came back as somebody else's.
        await window.Page.RouteAsync("**/antwoorden", async route =>
        {
            var answer = await route.FetchAsync();
            await Task.Delay(1500);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        await FieldOf(window, Conduct).FillAsync("Gebruik van een dienstbus");
        await LeaveFieldAsync(window);
        await FieldOf(window, Conduct).FillAsync("Gebruik van een dienstbus buiten werktijd.");
        await window.Page.Locator("main form[data-brief] .dk-actions button[value=bewaren]").ClickAsync();
        await window.Page.WaitForURLAsync("**/kennisgeving?bewaard=ja*");
        (await window.Page.TitleAsync()).ShouldNotStartWith("Fout: ");
        (await FieldOf(window, Conduct).InputValueAsync()).ShouldBe("Gebruik van een dienstbus buiten werktijd.");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Link_FollowedRightAfterTyping_KeepsFirst()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        await FieldOf(window, Telephone).FillAsync("(0999) 33 33 33");
        await window.LinkAsync("Tijdlijn");
        await window.Page.WaitForURLAsync("**/tijdlijn");
        await window.GoAsync(Letter);
        (await FieldOf(window, Telephone).InputValueAsync()).ShouldBe("(0999) 33 33 33");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Offline_ForAWhile_SaysSoAsksBeforeLeavingAndKeepsLater()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        await window.Context.SetOfflineAsync(true);
        await FieldOf(window, Telephone).FillAsync("");
        await FieldOf(window, Telephone).PressSequentiallyAsync("(0999) 88 88 84");
        await LeaveFieldAsync(window);
        await ToldAsync(window, "Geen verbinding");

        var asked = 0;
        window.Page.Dialog += async (_, dialog) =>
        {
            asked += dialog.Type == "beforeunload" ? 1 : 0;
            await dialog.DismissAsync();
        };
        await window.Page.EvaluateAsync("setTimeout(() => location.reload(), 0)");
        for (var wait = 0; wait < 50 && asked == 0; wait++) await Task.Delay(100);
        asked.ShouldBe(1);

        await window.Context.SetOfflineAsync(false);
        await ToldAsync(window, "Bewaard om");
        await window.GoAsync(Letter);
        (await FieldOf(window, Telephone).InputValueAsync()).ShouldBe("(0999) 88 88 84");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task SessionOver_WhileTyping_TheTextComesBackAfterSigningIn()
    {
        var clock = new MovedClock();
        await using var site = await Site.StartNewAsync(chromium, clock);
        await using var window = await OpenAsync(site, "fi");
        clock.Move(TimeSpan.FromMinutes(31));
        await FieldOf(window, Conduct).FillAsync("Gebruik van een dienstbus buiten werktijd.");
        await LeaveFieldAsync(window);
        await ToldAsync(window, "U bent afgemeld.");

        await window.Page.Locator("main form[data-brief] .dk-actions button[value=bewaren]").ClickAsync();
        window.Path.ShouldBe("/aanmelden");
        await window.Page.Locator("form:has(input[name=persoon][value=fi]) button").First.ClickAsync();
        await window.ButtonAsync("Alsnog versturen");
        await window.Page.WaitForURLAsync("**/kennisgeving?bewaard=ja*");
        (await FieldOf(window, Conduct).InputValueAsync()).ShouldBe("Gebruik van een dienstbus buiten werktijd.");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task SessionOver_SignedInAgainInAnotherTab_GoesOn()
    {
        var clock = new MovedClock();
        await using var site = await Site.StartNewAsync(chromium, clock);
        await using var window = await OpenAsync(site, "fi");
        clock.Move(TimeSpan.FromMinutes(31));
        await FieldOf(window, Telephone).FillAsync("(0999) 44 44 44");
        await LeaveFieldAsync(window);
        await ToldAsync(window, "U bent afgemeld.");

        await site.SignInAsync(window, "fi");
        var tab = await window.Context.NewPageAsync();
        await tab.GotoAsync(new Uri(site.Address, Letter).ToString());
        await tab.Locator("input[name=keuze][value=anders]").CheckAsync();
        await tab.Locator("input[name=doel]").FillAsync("Verdergaan");
        await tab.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Dossier openen" }).ClickAsync();
        await tab.CloseAsync();
        await window.Page.EvaluateAsync("window.dispatchEvent(new Event('focus'))");
        await ToldAsync(window, "Bewaard om");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task SessionOver_SomebodyElseSignsInThere_WritesNothingInThatName()
    {
        var clock = new MovedClock();
        await using var site = await Site.StartNewAsync(chromium, clock);
        await using var window = await OpenAsync(site, "fi");
        clock.Move(TimeSpan.FromMinutes(31));
        await site.SignInAsync(window, "plaatsvervanger");
        await FieldOf(window, Telephone).FillAsync("(0999) 55 55 55");
        await LeaveFieldAsync(window);
        await ToldAsync(window, "Niet bewaard.");
        (await FieldOf(window, Telephone).InputValueAsync()).ShouldBe("(0999) 55 55 55");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Letter_MadeAgain_KeepsCaretScrollAndWhatWasOpen()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        var page = window.Page;
        await page.Locator(".dk-origins > summary").ClickAsync();
        await page.Locator(".dk-standing > summary").First.ClickAsync();
        await page.EvaluateAsync("document.querySelector('.dk-assembly__side').scrollTop = 300");

        // The answer brings up another question, so that the form itself is laid out anew while somebody writes on elsewhere.
        await page.RouteAsync("**/antwoorden", async route =>
        {
            await Task.Delay(700);
            await route.ContinueAsync();
        });
        await page.Locator("[name='antwoord:kennisgeving.ordemaatregel'][value=ja]").CheckAsync();
        await FieldOf(window, Conduct).FillAsync("Gebruik van een dienstbus.");
        await page.EvaluateAsync("""
            () => { const field = document.querySelector("[name='antwoord:kennisgeving.gedraging']"); field.focus(); field.setSelectionRange(3, 5); field.scrollIntoView({ block: "center" }); window.stood = field; window.top0 = field.getBoundingClientRect().top; }
            """);
        await Assertions.Expect(page.Locator("textarea[name='antwoord:kennisgeving.ordemaatregel'], [data-vraag='kennisgeving.ordemaatregel']")).Not.ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 15_000 });
        (await page.EvaluateAsync<bool>("document.activeElement === window.stood")).ShouldBeTrue();
        (await page.EvaluateAsync<int[]>("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")).ShouldBe([3, 5]);
        Math.Abs(await page.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().top - window.top0")).ShouldBeLessThan(3);
        (await page.EvaluateAsync<bool>("document.querySelector('.dk-origins').open")).ShouldBeTrue();
        (await page.EvaluateAsync<bool>("document.querySelector('.dk-standing').open")).ShouldBeTrue();
        (await page.EvaluateAsync<int>("document.querySelector('.dk-assembly__side').scrollTop")).ShouldBe(300);
    }

    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TakenOut_PutBack_IsInTheLetterAgain(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi", Look.Light with { Scripts = scripts });
        var missing = window.Page.Locator("#ontbreekt");
        (await missing.InnerTextAsync()).ShouldContain("Steun voor de betrokkene");
        // Text typed before the button is pressed is kept with it.
        await FieldOf(window, Telephone).FillAsync("(0999) 66 66 66");
        await window.ButtonAsync("Weer opnemen");
        await window.Page.WaitForURLAsync("**bewaard=ja#veld-kennisgeving-ondersteuning-vraag");
        (await missing.InnerTextAsync()).ShouldNotContain("Steun voor de betrokkene");
        (await FieldOf(window, Telephone).InputValueAsync()).ShouldBe("(0999) 66 66 66");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Missing_EveryItem_LeadsToItsField()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        var items = window.Page.Locator("#ontbreekt li");
        (await items.CountAsync()).ShouldBe(5);
        for (var index = 0; index < 5; index++)
        {
            var link = items.Nth(index).Locator("a");
            var id = (await link.GetAttributeAsync("href"))!.TrimStart('#');
            await link.ClickAsync();
            (await window.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe(id);
            (await items.Nth(index).InnerTextAsync()).ShouldNotMatch(@"kennisgeving\.[a-z]|--[a-z]|[a-z]Waterlanden");
        }
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Enter_InAField_KeepsAndPutsNothingBack()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi", Look.NoScripts);
        await FieldOf(window, Telephone).FillAsync("(0999) 77 77 77");
        await FieldOf(window, Telephone).PressAsync("Enter");
        await window.Page.WaitForURLAsync("**bewaard=ja#bewaard");
        (await window.Page.Locator("#ontbreekt").InnerTextAsync()).ShouldContain("Steun voor de betrokkene");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task MarkupInEveryField_StaysText()
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await OpenAsync(site, "fi");
        await using var other = await OpenAsync(site, "plaatsvervanger");
        var dialogs = 0;
        foreach (var page in (IPage[])[window.Page, other.Page]) page.Dialog += async (_, dialog) => { dialogs++; await dialog.DismissAsync(); };
        const string nasty = "\"></textarea><img src=x onerror=alert(1)><script>alert(2)</script>";
        var fields = await window.Page.Locator("form[data-brief] :is(textarea, input[type=text])[data-bewaar]").EvaluateAllAsync<string[]>("fields => fields.map(field => field.name)");
        fields.Length.ShouldBeGreaterThan(8);
        foreach (var name in fields) await window.Page.EvaluateAsync("([name, value]) => { document.getElementsByName(name)[0].value = value; }", new[] { name, nasty });
        await window.Page.EvaluateAsync("document.querySelector('form[data-brief]').dispatchEvent(new Event('change'))");
        await ToldAsync(window, "Bewaard om");
        await Assertions.Expect(window.Page.Locator("#voorbeeld")).ToContainTextAsync("<img src=x");
        // In what another is shown beside a conflict as well, and on the page by itself.
        await FieldOf(other, Telephone).FillAsync("1");
        await LeaveFieldAsync(other);
        await Assertions.Expect(other.Page.Locator(".dk-other")).ToContainTextAsync("<img src=x");
        await window.GoAsync(Letter);
        foreach (var page in (IPage[])[window.Page, other.Page]) (await page.Locator("img[src=x], main script").CountAsync()).ShouldBe(0);
        (await FieldOf(window, Telephone).InputValueAsync()).ShouldBe(nasty);
        dialogs.ShouldBe(0);
    }

    private static async Task<Window> OpenAsync(Site site, string person, Look? look = null)
    {
        var window = await site.OpenAsync(person, look);
        (await window.GoAsync(Letter, "Kennisgeving opstellen")).ShouldBe(200);
        return window;
    }

    private static ILocator FieldOf(Window window, string name) => window.Page.Locator($"[name='{name}']");

    /// <summary>A press of the tab key: the field that was written in is left.</summary>
    private static Task LeaveFieldAsync(Window window) => window.Page.Keyboard.PressAsync("Tab");

    private static Task ToldAsync(Window window, string text)
        => Assertions.Expect(window.Page.Locator("[data-bewaard]")).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { Timeout = 30_000 });

    private sealed class MovedClock : TimeProvider
    {
        private long _moved;

        public void Move(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _moved));
    }
}
