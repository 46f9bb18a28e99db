using DossierKit.Browser.Harness;

namespace DossierKit.Browser.Walks;

/// <summary>The kennisgeving from sign-in to the document in hand, with the keyboard alone: whatever is needed is reached with Tab, and one always sees where one is.</summary>
public sealed class KeyboardWalkTests(Chromium chromium)
{
    [Theory(Timeout = Patience.Walk)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kennisgeving_WithTheKeyboardAlone_IsMadeFinal(bool scripts)
    {
        await using var site = await Site.StartNewAsync(chromium);
        await using var window = await site.OpenAsync(Look.Light with { Scripts = scripts });
        var (page, keys) = (window.Page, new Keys(window));

        await window.GoAsync("/aanmelden");
        await keys.EnterAsync("en de kennisgeving maken");

        // The first stop of a page leads past the menu, to its content.
        await page.Keyboard.PressAsync("Tab");
        (await keys.FocusAsync()).ShouldContain("Direct naar de inhoud");
        await page.Keyboard.PressAsync("Enter");
        await keys.TabToAsync("TEXTAREA");
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" Met toetsen.");
        await keys.EnterAsync("Bewaren en controleren");
        (await page.TitleAsync()).ShouldContain("controleren");

        await keys.TabToAsync("bevestigd");
        await page.Keyboard.PressAsync("Space");
        await keys.EnterAsync("Definitief maken");
        (await page.TitleAsync()).ShouldContain("gemaakt");

        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await keys.TabToAsync("Downloaden (Word)");
            await page.Keyboard.PressAsync("Enter");
        });
        download.SuggestedFilename.ShouldEndWith(".docx");

        // And out again, against the direction of reading.
        await window.GoAsync("/werk");
        await keys.EnterAsync("Afmelden");
        window.Path.ShouldNotStartWith("/werk");
    }

    /// <summary>Hands on the keyboard, eyes on the focus.</summary>
    private sealed class Keys(Window window)
    {
        /// <summary>More stops than any page of a dossier has.</summary>
        private const int Most = 300;

        /// <summary>Goes to what carries the text and presses Enter; waits for the page that follows.</summary>
        public async Task EnterAsync(string text)
        {
            await TabToAsync(text);
            var before = window.Path;
            var next = window.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath != before);
            await window.Page.Keyboard.PressAsync("Enter");
            await next;
        }

        /// <summary>Presses Tab until the focus is on what carries the text; at every stop it must be seen where that is.</summary>
        public async Task TabToAsync(string text)
        {
            var seen = new List<string>();
            for (var i = 0; i < Most; i++)
            {
                await window.Page.Keyboard.PressAsync("Tab");
                var focus = await FocusAsync();
                if (focus.Contains(text, StringComparison.OrdinalIgnoreCase)) return;
                seen.Add(focus);
            }

            Assert.Fail($"Tab never came to '{text}' on {window.Path}. It came past: {string.Join(" | ", seen.Distinct(StringComparer.Ordinal).Take(60))}");
        }

        /// <summary>What has the focus: its kind, name and text. Fails where it cannot be seen.</summary>
        public async Task<string> FocusAsync()
        {
            var told = await window.Page.EvaluateAsync<string[]>(
                """
                () => {
                    const on = document.activeElement, box = on.getBoundingClientRect(), style = getComputedStyle(on);
                    const inView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
                    // Of a date the browser itself marks the part one is in: day, month, year, calendar.
                    const marked = on.type === 'date' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
                    const label = on.labels?.length ? on.labels[0].innerText : '';
                    return [on === document.body || (inView && marked) ? '' : `${inView ? '' : 'out of view'} ${marked ? '' : 'no outline'}`,
                        `${on.tagName} ${on.name ?? ''} ${(on.innerText ?? '').slice(0, 120)} ${on.value ?? ''} ${label}`];
                }
                """);
            told[0].ShouldBe("", told[1]);
            return told[1];
        }
    }
}
