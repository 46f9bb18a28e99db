using System.Net;
using System.Net.Http.Headers;
using System.Text;

using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Web.Dossiers;

/// <summary>Somebody at a browser without scripts: follows links, fills in forms, reads pages.</summary>
internal sealed class Browsing(HttpClient client)
{
    public HttpClient Client => client;

    /// <summary>Somebody signed in, with these dossiers open.</summary>
    public static async Task<Browsing> AsAsync(ServedVault served, string person, params string[] numbers)
    {
        var browsing = new Browsing(await served.CreateClientAsync(person));
        foreach (var number in numbers) await browsing.OpenAsync(number);
        return browsing;
    }

    /// <summary>Says what for and opens a dossier; gives what came of it.</summary>
    public async Task<HttpStatusCode> OpenAsync(string number)
    {
        using var form = new FormUrlEncodedContent([new("keuze", "anders"), new("doel", "Proef")]);
        using var answer = await client.PostAsync(new Uri($"/dossiers/{number}/doel", UriKind.Relative), form);
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    public async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, $"{path}: {text}");
        return Parse(text);
    }

    /// <summary>Sends a form of a page as a browser would: its hidden and filled fields, with these changed.</summary>
    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> SendAsync(IHtmlDocument page, string action, IReadOnlyDictionary<string, string>? changed = null, string? button = null)
    {
        var form = page.Forms.FirstOrDefault(form => form.GetAttribute("action") == action) ?? throw new InvalidOperationException($"No form goes to {action}.");
        var fields = FieldsOf(form).Where(field => changed?.ContainsKey(field.Key) != true).Concat(changed ?? new Dictionary<string, string>());
        if (button is not null) fields = fields.Append(KeyValuePair.Create(button, "ja"));
        return await PostAsync(action, fields);
    }

    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        return (answer.StatusCode, Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends files with what is said about them before them.</summary>
    public async Task<(HttpStatusCode Status, string Text)> UploadAsync(string number, IReadOnlyDictionary<string, string> fields, IEnumerable<(string Name, byte[] Content)> files, bool asScript = false, string to = "bestanden")
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            // As browsers send it: UTF-8, with quotes escaped.
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"bestand\"; filename*=UTF-8''{Uri.EscapeDataString(name)}").ShouldBeTrue();
            form.Add(part);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/dossiers/{number}/{to}", UriKind.Relative)) { Content = form };
        if (asScript) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IElement form)
    {
        foreach (var field in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            var name = field.GetAttribute("name")!;
            switch (field)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return new(name, select.Value ?? "");
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(name, area.Value);
                    break;
            }
        }
    }
}

/// <summary>What tests ask of a page.</summary>
internal static class PageReading
{
    /// <summary>The text of the page itself, spaces made one.</summary>
    public static string Text(this IHtmlDocument page) => string.Join(' ', page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static IReadOnlyList<string> Tabs(this IHtmlDocument page) => [.. page.QuerySelectorAll(".dk-tabs a").Select(link => link.TextContent)];

    public static IReadOnlyList<string> Links(this IHtmlDocument page) => [.. page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!)];

    /// <summary>Nothing of the page runs that the program did not put there.</summary>
    public static void ShouldRunNothing(this IHtmlDocument page)
    {
        page.Scripts.ShouldAllBe(script => script.GetAttribute("src") != null && script.TextContent.Length == 0);
        page.All.ShouldAllBe(element => element.Attributes.All(attribute => !attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && attribute.Name != "style"));
        page.Links().ShouldAllBe(link => link.StartsWith('/') || link.StartsWith('#'));
        page.QuerySelectorAll("img, object, embed, svg script").ShouldAllBe(element => element.LocalName == "img" && element.GetAttribute("src")!.StartsWith('/'));
    }
}
