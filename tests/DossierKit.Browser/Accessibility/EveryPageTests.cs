using DossierKit.Browser.Harness;
using DossierKit.Tests.Serving;

namespace DossierKit.Browser.Accessibility;

/// <summary>Every page that anybody of the demo can reach by following links, under every light.</summary>
public sealed class EveryPageTests(Gallery gallery) : IClassFixture<Gallery>
{
    [Fact(Timeout = Patience.Long)]
    public void EveryLink_Followed_LeadsSomewhere()
    {
        gallery.All.Select(found => found.Route).Distinct().Count().ShouldBeGreaterThan(5);
        gallery.All.Where(found => (int)found.Status >= 400).Select(found => found.ToString()).ShouldBeEmpty();
    }

    [Fact(Timeout = Patience.Long)]
    public async Task EveryPage_InEveryLight_IsAccessible()
    {
        var faults = new List<string>();
        await EachAsync(gallery.Chosen, async (window, found) => faults.AddRange((await PageChecks.AllAsync(window.Page)).Select(fault => $"{found.Person} {found.Path}: {fault}")));
        Faults.None(faults);
    }

    [Fact(Timeout = Patience.Long)]
    public async Task EveryForm_SentEmpty_SaysSoAccessibly()
    {
        var faults = new List<string>();
        var forms = 0;
        await EachAsync(gallery.Chosen, async (window, found) =>
        {
            // The browser's own check is left out, as for whoever sends a form in another way; only what asks for something can come back.
            var count = await window.Page.EvaluateAsync<int>("() => [...document.forms].filter(form => form.method === 'post' && form.querySelector('[required]')).length");
            for (var index = 0; index < count; index++)
            {
                forms++;
                if (index > 0) await window.GoAsync(found.Path, "Rondgang");
                var answer = await window.Page.RunAndWaitForResponseAsync(
                    () => window.Page.EvaluateAsync("""
                        index => {
                          const form = [...document.forms].filter(form => form.method === 'post' && form.querySelector('[required]'))[index];
                          form.noValidate = true;
                          form.querySelectorAll('[required]').forEach(field => { if (field.type === 'radio' || field.type === 'checkbox') field.checked = false; else field.value = ''; });
                          window.isThePageBefore = true;
                          HTMLFormElement.prototype.submit.call(form);
                        }
                        """, index),
                    response => response.Request.IsNavigationRequest && response.Request.Method == "POST");
                await window.Page.WaitForFunctionAsync("() => !window.isThePageBefore && document.readyState === 'complete'");
                var where = $"{found.Person} {found.Path}, form {index + 1} sent empty";
                if (answer.Status is < 400 or >= 500) faults.Add($"{where}: answered {answer.Status}");
                if (!(await window.Page.TitleAsync()).StartsWith("Fout: ", StringComparison.Ordinal)) faults.Add($"{where}: the title is '{await window.Page.TitleAsync()}'");
                faults.AddRange((await PageChecks.AllAsync(window.Page)).Select(fault => $"{where}: {fault}"));
            }
        });
        forms.ShouldBeGreaterThan(0);
        Faults.None(faults);
    }

    private async Task EachAsync(IEnumerable<Found> pages, Func<Window, Found, Task> look)
    {
        foreach (var person in pages.GroupBy(found => found.Person))
        {
            await using var window = await gallery.Site.OpenAsync(person.Key);
            foreach (var found in person)
            {
                (await window.GoAsync(found.Path, "Rondgang")).ShouldBe((int)found.Status, found.ToString());
                await look(window, found);
            }
        }
    }
}
