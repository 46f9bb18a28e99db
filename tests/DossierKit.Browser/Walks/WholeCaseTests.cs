using System.Text.Json.Nodes;

using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>
/// A whole case from melding to closing by the pages alone, by the functionaris integriteit, an onderzoeker and the verantwoordelijke: two melders of whom one speaks in
/// confidence, interviews with a correction, a refusal and a dissent, wederhoor, oordeel and measure, and every letter on the way.
/// </summary>
public sealed class WholeCaseTests(Chromium chromium, ITestOutputHelper output)
{
    /// <summary>Of the melder who speaks in confidence, and of the vertrouwenspersoon behind whom he stands.</summary>
    private static readonly string[] Protected = ["Egelskopman", "Fonteinkruider"];

    [Fact(Timeout = Patience.Long)]
    public async Task WholeCase_ThroughThePagesAlone_IsClosedWithEveryLetter()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "sample-dossiers", "grappen-in-de-pauze");
        var ct = TestContext.Current.CancellationToken;
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "dossier.json"), ct))!.AsObject();
        var letters = new Queue<JsonObject>(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "brieven.json"), ct))!.AsArray().Select(letter => letter!.AsObject()));
        var happenings = sample["gebeurtenissen"]!.AsArray().Select(happening => happening!.AsObject()).ToList();
        var made = 0;

        await using var site = await Site.StartNewAsync(chromium);
        await using var fi = await site.OpenAsync("fi");
        await using var onderzoeker = await site.OpenAsync("onderzoeker");
        await using var verantwoordelijke = await site.OpenAsync("verantwoordelijke");
        var walk = await CaseWalk.BeginAsync(new Dictionary<string, Window>(StringComparer.Ordinal) { ["fi"] = fi, ["onderzoeker"] = onderzoeker, ["verantwoordelijke"] = verantwoordelijke }, happenings[0]["datum"]!.ToString());
        foreach (var person in sample["personen"]!.AsArray()) await walk.AddAsync(person!.AsObject());

        foreach (var happening in happenings)
        {
            var day = happening["datum"]!.ToString();
            while (letters.TryPeek(out var due) && string.CompareOrdinal(due["datum"]!.ToString(), day) < 0) await MakeAsync();
            if (happening["soort"]!.ToString() == "dossier-gesloten") await NothingOfTheMelderAsync(walk, onderzoeker, verantwoordelijke);

            // Some acts wait for a letter of the same day: the page says so, the letter is made, and the form is sent again.
            var refused = await walk.RecordAsync(happening);
            while (refused is not null && letters.TryPeek(out var first) && first["datum"]!.ToString() == day)
            {
                await MakeAsync();
                refused = await walk.RecordAsync(happening);
            }

            refused.ShouldBeNull($"{day} {happening["soort"]}");
            if (happening["soort"]!.ToString() == "criteria-gewogen") await UploadAsync(walk, folder, ct);
        }

        await fi.GoAsync(walk.Root);
        (await CaseWalk.TextAsync(fi)).ShouldContain("Dit dossier is gesloten op");
        letters.ShouldBeEmpty();
        made.ShouldBe(24);
        output.WriteLine($"Whole case: {happenings.Count} events and {made} letters in {walk.PageLoads} page loads and {walk.Clicks} clicks.");

        async Task MakeAsync()
        {
            await walk.MakeAsync(letters.Dequeue());
            made++;
        }
    }

    private static async Task UploadAsync(CaseWalk walk, string folder, CancellationToken ct)
    {
        await walk.UploadAsync("fi", "melding", "2026-01-12", new FilePayload { Name = "melding-klacht.docx", MimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Buffer = await File.ReadAllBytesAsync(Path.Combine(folder, "melding-klacht.docx"), ct) });
        var photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        await walk.UploadAsync("fi", "bewijs", "2026-02-03", new FilePayload { Name = "foto van het rooster.png", MimeType = "image/png", Buffer = photo });
    }

    /// <summary>Whoever may not know the melder meets nothing of him on any page of the case.</summary>
    private static async Task NothingOfTheMelderAsync(CaseWalk walk, params Window[] windows)
    {
        foreach (var window in windows)
        {
            foreach (var part in (string[])["", "/tijdlijn", "/stappen", "/documenten", "/personen", "/onderzoek", "/verzendingen", "/vastleggen"])
            {
                if (await window.GoAsync(walk.Root + part) != 200) continue;
                var page = await window.Page.ContentAsync();
                foreach (var name in Protected) page.ShouldNotContain(name, Case.Insensitive, $"{window.Path}");
            }
        }
    }
}
