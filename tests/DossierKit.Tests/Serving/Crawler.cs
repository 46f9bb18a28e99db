using System.Net;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Tests.Serving;

/// <summary>An answer met on a walk along the links.</summary>
/// <param name="Person">Who walked.</param>
/// <param name="Path">The address within the host, with its query.</param>
/// <param name="Route">The pattern of the route that answered, such as <c>/dossiers/{nummer}/stappen</c>.</param>
/// <param name="From">The page the link stood on.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The page as sent; <see langword="null"/> for what is no page.</param>
/// <param name="Page">The page read.</param>
internal sealed record Found(string Person, string Path, string Route, string From, HttpStatusCode Status, string? Text, IHtmlDocument? Page)
{
    public override string ToString() => $"{Person} {Path} ({(int)Status}, from {From})";
}

/// <summary>Walks the pages as somebody would who follows every link, a few addresses of each route: whatever page is added, it is found from here.</summary>
internal sealed class Crawler(ServedVault served)
{
    /// <summary>Everybody of the demo, one without any role among them.</summary>
    public static readonly IReadOnlyList<string> Everybody =
    [
        "fi", "plaatsvervanger", "verantwoordelijke", "burgemeester", "griffier", "onderzoeker", "onderzoeker-b", "directeur", "directeur-2", "hoofd-bi",
        "archivaris", "medebeslisser", "fg", "beheerder", "vreemde",
    ];

    private readonly HtmlParser _parser = new();
    private readonly List<(string Pattern, TemplateMatcher Matcher)> _routes =
    [
        .. served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct(StringComparer.Ordinal)
            // A literal part before a parameter, as routing has it.
            .OrderBy(pattern => pattern.Count(letter => letter == '{')).ThenBy(pattern => pattern, StringComparer.Ordinal)
            .Select(pattern => (pattern, new TemplateMatcher(TemplateParser.Parse(pattern), []))),
    ];

    /// <summary>How many addresses of one route are looked at.</summary>
    public int PerRoute { get; init; } = 4;

    /// <summary>Walks as one person from their first page.</summary>
    public async Task<IReadOnlyList<Found>> WalkAsync(string person)
    {
        var client = await served.CreateClientAsync(person, followRedirects: false);
        var found = new List<Found>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "/werk" };
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var perRoute = new Dictionary<string, int>(StringComparer.Ordinal);
        var queue = new Queue<(string Path, string From)>([("/werk", "")]);
        while (queue.TryDequeue(out var next))
        {
            var route = RouteOf(next.Path);
            if (perRoute.GetValueOrDefault(route) >= PerRoute) continue;
            perRoute[route] = perRoute.GetValueOrDefault(route) + 1;
            using var answer = await client.GetAsync(new Uri(next.Path, UriKind.Relative));
            if (answer.Headers.Location is { } location)
            {
                Follow(location.OriginalString, next.Path);
                // The door stood in between: the address was not yet looked at.
                perRoute[route]--;
                if (!location.OriginalString.Contains("/doel", StringComparison.Ordinal) || !asked.Add(next.Path)) continue;
                await SayWhyAsync(client, next.Path);
                queue.Enqueue(next);
                continue;
            }

            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            var text = isPage ? await answer.Content.ReadAsStringAsync() : null;
            var page = text is null ? null : await _parser.ParseDocumentAsync(text);
            found.Add(new Found(person, next.Path, route, next.From, answer.StatusCode, text, page));
            foreach (var link in page?.QuerySelectorAll("a[href], area[href]") ?? Enumerable.Empty<AngleSharp.Dom.IElement>()) Follow(link.GetAttribute("href")!, next.Path);
        }

        return found;

        void Follow(string href, string from)
        {
            var target = new Uri(new Uri(served.Address, from), href);
            if (!served.Address.IsBaseOf(target) || target.Scheme is not ("http" or "https")) return;
            if (seen.Add(target.PathAndQuery)) queue.Enqueue((target.PathAndQuery, from));
        }
    }

    /// <summary>The pattern of the route an address belongs to.</summary>
    public string RouteOf(string path)
    {
        var bare = new PathString(path.Split('?')[0]);
        return _routes.FirstOrDefault(route => route.Matcher.TryMatch(bare, [])).Pattern ?? path;
    }

    private static async Task SayWhyAsync(HttpClient client, string path)
    {
        using var form = new FormUrlEncodedContent([new("doel", "Rondgang"), new("naar", path)]);
        using var answer = await client.PostAsync(new Uri($"/dossiers/{path.Split('/', '?')[2]}/doel", UriKind.Relative), form);
    }
}
