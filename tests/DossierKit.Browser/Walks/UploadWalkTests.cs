using DossierKit.Browser.Harness;

using Microsoft.Playwright;

namespace DossierKit.Browser.Walks;

/// <summary>Files go in by dragging and by a plain form, and a recording is listened to from the middle.</summary>
public sealed class UploadWalkTests(Site site) : IClassFixture<Site>
{
    private const string Number = "WL-2026-0002";

    [Fact(Timeout = Patience.Walk)]
    public async Task Files_Dropped_AreInTheDossier()
    {
        await using var window = await site.OpenAsync("fi");
        await window.GoAsync($"/dossiers/{Number}/bestanden/nieuw", "Bestanden toevoegen");
        await FillInAsync(window);
        await window.Page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File(['Rooster van de dienstbus.'], 'rooster <b>mei.txt', { type: 'text/plain' }));
              data.items.add(new File(['Kilometerstand.'], 'kilometers.txt', { type: 'text/plain' }));
              const place = document.querySelector('[data-drop]');
              for (const kind of ['dragenter', 'dragover', 'drop']) place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """);
        await window.ButtonAsync("Toevoegen");
        await window.Page.WaitForURLAsync($"**/dossiers/{Number}/documenten**");
        var text = await window.Page.Locator("main").InnerTextAsync();
        text.ShouldContain("kilometers");
        // The name is shown as it is, and is no markup.
        text.ShouldContain("rooster");
        (await window.Page.Locator("main b").CountAsync()).ShouldBe(0);
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task File_PlainForm_IsInTheDossier()
    {
        await using var window = await site.OpenAsync("fi", Look.NoScripts);
        await window.GoAsync($"/dossiers/{Number}/bestanden/nieuw", "Bestanden toevoegen");
        await FillInAsync(window);
        await window.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "zonder script.txt", MimeType = "text/plain", Buffer = "Tekst"u8.ToArray() });
        await window.ButtonAsync("Toevoegen");
        window.Path.ShouldBe($"/dossiers/{Number}/documenten");
        (await window.Page.Locator("main").InnerTextAsync()).ShouldContain("zonder script");
    }

    [Fact(Timeout = Patience.Walk)]
    public async Task Recording_PlayedFromTheMiddle_IsReadInRanges()
    {
        await using var window = await site.OpenAsync("fi");
        await window.GoAsync("/dossiers/WL-2026-0001/documenten", "Opname beluisteren");
        var links = await window.Page.Locator("main a[href*='/bestanden/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => new URL(link.href).pathname))].filter(path => /[0-9a-f]{32}$/.test(path))");
        foreach (var link in links)
        {
            await window.GoAsync(link);
            if (await window.Page.Locator("audio").CountAsync() == 0) continue;
            var partial = 0;
            window.Page.Response += (_, response) => partial += response.Status == 206 ? 1 : 0;
            await window.Page.EvaluateAsync("""
                () => new Promise((done, failed) => {
                  const audio = document.querySelector('audio');
                  audio.addEventListener('error', () => failed(new Error('cannot be played')));
                  audio.addEventListener('seeked', () => done());
                  audio.addEventListener('loadedmetadata', () => { audio.currentTime = audio.duration / 2; });
                  audio.preload = 'auto';
                  audio.load();
                })
                """);
            partial.ShouldBeGreaterThan(0);
            (await window.Page.EvaluateAsync<double>("document.querySelector('audio').currentTime")).ShouldBeGreaterThan(0);
            return;
        }

        Assert.Fail("WL-2026-0001 has no page with a player.");
    }

    private static async Task FillInAsync(Window window)
    {
        await window.Page.SelectOptionAsync("#veld-soort", new SelectOptionValue { Index = 1 });
        await window.Page.FillAsync("#veld-datum", "2026-09-01");
    }
}
