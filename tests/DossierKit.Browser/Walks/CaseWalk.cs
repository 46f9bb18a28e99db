using System.Text.Json.Nodes;

using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>
/// People working on one case, each at a window of their own: they fill in the forms of the pages and press the buttons, and nothing else. What they fill in comes from a
/// sample of the repository; the names of its fields are those of the forms.
/// </summary>
internal sealed class CaseWalk(string number, IReadOnlyDictionary<string, Window> windows)
{
    /// <summary>Who works on the case when the sample names nobody.</summary>
    private const string Fi = "fi";

    public string Root => $"/dossiers/{number}";

    /// <summary>How often somebody pressed a button.</summary>
    public int Clicks { get; private set; }

    /// <summary>How often somebody asked for a page.</summary>
    public int PageLoads => windows.Values.Sum(window => window.PageLoads);

    /// <summary>Makes a dossier, from the button on the page of work.</summary>
    public static async Task<CaseWalk> BeginAsync(IReadOnlyDictionary<string, Window> windows, string day)
    {
        var window = windows[Fi];
        await window.GoAsync("/werk");
        await window.LinkAsync("Nieuwe melding: dossier maken");
        await FillAsync(window.Page, "datum", [day]);
        await window.ButtonAsync("Dossier maken");
        await window.Page.WaitForURLAsync("**/dossiers/WL-*");
        return new CaseWalk(window.Path.Split('/')[2], windows) { Clicks = 2 };
    }

    /// <summary>Adds somebody to the case; what the form does not ask is left out.</summary>
    public async Task AddAsync(JsonObject person)
    {
        var window = windows[Fi];
        await window.GoAsync($"{Root}/personen/nieuw?rol={person["rol"]}");
        foreach (var (name, value) in person.Where(field => field.Key is not ("id" or "rol")))
        {
            foreach (var (field, values) in value is JsonObject part ? part.Select(inner => ($"{name}.{inner.Key}", ValuesOf(inner.Value))) : [(name, ValuesOf(value))])
            {
                if (await window.Page.Locator($"main form [name=\"{field}\"]").CountAsync() > 0) await FillAsync(window.Page, field, values);
            }
        }

        await PressAsync(window, "Toevoegen");
        (await TextAsync(window)).ShouldContain("De persoon is toegevoegd.", customMessage: $"{person["id"]}");
    }

    /// <summary>Records an event, by whoever did it, or by the FI for who may not record it or may not know everybody it is about.</summary>
    /// <returns><see langword="null"/> when it was recorded; what the page said when it was refused.</returns>
    public async Task<string?> RecordAsync(JsonObject happening)
    {
        var by = happening["door"]?.ToString() ?? Fi;
        var path = $"{Root}/vastleggen/{happening["soort"]}";
        var window = windows[by];
        var isOwn = await window.GoAsync(path, "De zaak behandelen") == 200 && await OffersAllAsync(window.Page, happening);
        if (!isOwn)
        {
            window = windows[Fi];
            (await window.GoAsync(path)).ShouldBe(200, path);
        }

        foreach (var (name, value) in happening.Where(field => field.Key != "soort" && !(field.Key == "door" && isOwn))) await FillAsync(window.Page, name, ValuesOf(value));
        await PressAsync(window, "Vastleggen");
        var text = await TextAsync(window);
        return text.Contains("Vastgelegd: ", StringComparison.Ordinal) ? null : text;
    }

    private static async Task<bool> OffersAllAsync(IPage page, JsonObject happening)
    {
        foreach (var (name, value) in happening.Where(field => field.Value is JsonArray))
        {
            if (await page.Locator($"main form input[type=checkbox][name=\"{name}\"]").CountAsync() == 0) continue;
            foreach (var item in ValuesOf(value))
            {
                if (await page.Locator($"main form input[name=\"{name}\"][value=\"{item}\"]").CountAsync() == 0) return false;
            }
        }

        return true;
    }

    /// <summary>Makes a letter final: for whom, the answers, reading it, the button.</summary>
    public async Task MakeAsync(JsonObject letter)
    {
        var (window, kind) = (windows[Fi], letter["soort"]!.ToString());
        var page = window.Page;
        await window.GoAsync($"{Root}/documenten/nieuw/{kind}");
        if (await page.Locator("form.dk-assembly__form").CountAsync() == 0) await ChooseReaderAsync(page, letter);
        await AnswerAsync(page, "brief.datum", [letter["datum"]!.ToString()]);
        foreach (var (element, answer) in letter["antwoorden"]?.AsObject() ?? []) await AnswerAsync(page, element, ValuesOf(answer));
        foreach (var (element, reason) in letter["redenen"]?.AsObject() ?? []) await AnswerAsync(page, element, ValuesOf(reason), "reden:");
        await PressAsync(window, "Bewaren en controleren");
        (await page.Locator("input[name=bevestigd]").CountAsync()).ShouldBe(1, $"{kind} is not complete: {await TextAsync(window)}");
        await page.Locator("input[name=bevestigd]").CheckAsync();
        await PressAsync(window, "Definitief maken");
        (await page.TitleAsync()).ShouldContain("gemaakt", customMessage: $"{kind}: {await TextAsync(window)}");
    }

    /// <summary>Adds a file.</summary>
    public async Task UploadAsync(string by, string kind, string day, FilePayload file)
    {
        var window = windows[by];
        await window.GoAsync($"{Root}/bestanden/nieuw", "De zaak behandelen");
        await FillAsync(window.Page, "soort", [kind]);
        await FillAsync(window.Page, "datum", [day]);
        await window.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        Clicks++;
        await window.ButtonAsync("Toevoegen");
        await window.Page.WaitForURLAsync($"**{Root}/documenten**");
        (await TextAsync(window)).ShouldContain(Path.GetFileNameWithoutExtension(file.Name));
    }

    /// <summary>Presses a button and waits for the page it leads to.</summary>
    public async Task PressAsync(Window window, string button)
    {
        Clicks++;
        await window.Page.EvaluateAsync("window.isThePageBefore = true");
        await window.ButtonAsync(button);
        await window.Page.WaitForFunctionAsync("() => !window.isThePageBefore && document.readyState === 'complete'");
    }

    public static Task<string> TextAsync(Window window) => window.Page.Locator("main").InnerTextAsync();

    /// <summary>Fills in a field as a person does, whatever it is; what lies in a part that is folded is unfolded first.</summary>
    public static async Task FillAsync(IPage page, string name, IReadOnlyList<string> values)
    {
        var fields = page.Locator($"main form [name=\"{name}\"]");
        (await fields.CountAsync()).ShouldBeGreaterThan(0, $"{new Uri(page.Url).AbsolutePath} has no field {name}");
        if (!await fields.First.IsVisibleAsync()) await page.Locator("main details:not([open])").Filter(new LocatorFilterOptions { Has = page.Locator($"[name=\"{name}\"]") }).Locator("summary").First.ClickAsync();
        switch (await fields.First.EvaluateAsync<string>("field => field.type"))
        {
            case "radio":
                await page.Locator($"main form [name=\"{name}\"][value=\"{values[0]}\"]").CheckAsync();
                break;
            case "checkbox":
                for (var index = 0; index < await fields.CountAsync(); index++) await fields.Nth(index).SetCheckedAsync(values.Contains(await fields.Nth(index).GetAttributeAsync("value")));
                break;
            case "select-one":
                await fields.First.SelectOptionAsync(values[0]);
                break;
            default:
                await fields.First.FillAsync(string.Join('\n', values));
                break;
        }
    }

    private static async Task ChooseReaderAsync(IPage page, JsonObject letter)
    {
        var links = page.Locator($"main a[href*='/documenten/nieuw/{letter["soort"]}?']");
        var readers = await links.AllInnerTextsAsync();
        string[] wanted = [.. new[] { letter["persoon"]?.ToString(), letter["gesprek"]?.ToString() }.OfType<string>()];
        if (wanted.Length == 0 && letter["aan"] is { } to) wanted = [to.ToString()];
        var fits = readers.Index().Where(reader => wanted.All(part => reader.Item.Contains(part, StringComparison.Ordinal))).ToList();
        fits.ShouldNotBeEmpty($"nobody to choose for {letter.ToJsonString()}: {string.Join(" | ", readers)}");
        await links.Nth(fits[0].Index).ClickAsync();
        await page.Locator("form.dk-assembly__form").WaitForAsync();
    }

    /// <summary>Answers a question, when the letter asks it: what does not hold in this case is not asked.</summary>
    private static async Task AnswerAsync(IPage page, string element, IReadOnlyList<string> values, string prefix = "antwoord:")
    {
        var names = await page.Locator("form.dk-assembly__form [name]").EvaluateAllAsync<string[]>("fields => fields.map(field => field.name)");
        if (names.FirstOrDefault(name => name == prefix + element || name.StartsWith($"{prefix}{element}@", StringComparison.Ordinal)) is { } field) await FillAsync(page, field, values);
    }

    private static IReadOnlyList<string> ValuesOf(JsonNode? value) => value switch
    {
        JsonArray list => [.. list.Select(item => item!.ToString())],
        JsonValue flag when flag.TryGetValue<bool>(out var yes) => [yes ? "ja" : "nee"],
        _ => [value!.ToString()],
    };
}
