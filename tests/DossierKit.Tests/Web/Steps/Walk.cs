using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Steps;

/// <summary>Somebody going through the pages: opens, fills in what the page itself offers, and sends it as a browser without scripts does.</summary>
internal sealed class Walk(HttpClient client)
{
    public static async Task<Walk> AsAsync(ServedVault served, string person, string? dossier = null)
    {
        var walk = new Walk(await served.CreateClientAsync(person));
        if (dossier is not null) await walk.OpenAsync(dossier);
        return walk;
    }

    public HttpClient Client => client;

    /// <summary>The last answer.</summary>
    public HttpResponseMessage Answer { get; private set; } = null!;

    public IHtmlDocument Page { get; private set; } = null!;

    public string Text => Page.QuerySelector("main")!.TextContent;

    /// <summary>Says what a dossier is opened for.</summary>
    public async Task OpenAsync(string dossier)
    {
        using var form = new FormUrlEncodedContent([new("doel", "Proef"), new("naar", "/werk")]);
        using var answer = await client.PostAsync(new Uri($"/dossiers/{dossier}/doel", UriKind.Relative), form);
    }

    public async Task<Walk> GoAsync(string path) => await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>The fields of a form as the page shows them.</summary>
    public static Dictionary<string, string> FieldsOf(IHtmlFormElement form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false }:
                    break;
                case IHtmlInputElement input when input.Name is not null:
                    fields[input.Name] = input.Value;
                    break;
                case IHtmlTextAreaElement area:
                    fields[area.Name!] = area.Value;
                    break;
                case IHtmlSelectElement select:
                    fields[select.Name!] = select.Value ?? "";
                    break;
            }
        }

        return fields;
    }

    public IHtmlFormElement Form(string selector = "main form[method=post][action*='/dossiers/']") => Page.QuerySelector<IHtmlFormElement>(selector).ShouldNotBeNull($"There is no {selector} on the page: {Text}");

    /// <summary>Sends a form of the page with some fields filled in.</summary>
    public Task<Walk> SendAsync(IReadOnlyDictionary<string, string> filled, string selector = "main form[method=post][action*='/dossiers/']")
    {
        var form = Form(selector);
        var fields = FieldsOf(form);
        foreach (var (name, value) in filled) fields[name] = value;
        return PostAsync(form.GetAttribute("action")!, fields);
    }

    public async Task<Walk> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    private async Task<Walk> ReadAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        Page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        return this;
    }
}
