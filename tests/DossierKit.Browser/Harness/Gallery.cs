using DossierKit.Tests.Serving;

namespace DossierKit.Browser.Harness;

/// <summary>
/// The pages worth a look by a browser: every page that everybody of the demo finds by following links, less those that are built of the same parts as one already chosen.
/// </summary>
public sealed class Gallery(Chromium chromium) : IAsyncLifetime
{
    private const int PerRoute = 3;

    internal Site Site { get; } = new(chromium);

    /// <summary>Everything found by everybody.</summary>
    internal IReadOnlyList<Found> All { get; private set; } = [];

    /// <summary>The choice: each holds a part (an element with its class and role) that no page of the same route chosen before holds.</summary>
    internal IReadOnlyList<Found> Chosen { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        var crawler = new Crawler(Site.Served);
        var all = new List<Found>();
        foreach (var person in Crawler.Everybody) all.AddRange(await crawler.WalkAsync(person));
        All = all;

        Chosen = [.. all.Where(found => found.Page is not null).GroupBy(found => found.Route).SelectMany(Choose)];
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    // The page with the most parts first, then each time the one that adds most; what the fifth would add is a badge in another colour.
    private static IEnumerable<Found> Choose(IEnumerable<Found> pages)
    {
        var left = pages.Select(found => (Found: found, Parts: PartsOf(found).ToHashSet(StringComparer.Ordinal))).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var chosen = 0; chosen < PerRoute && left.Count > 0; chosen++)
        {
            var best = left.MaxBy(page => page.Parts.Count(part => !seen.Contains(part)));
            if (!best.Parts.Any(part => !seen.Contains(part))) yield break;
            seen.UnionWith(best.Parts);
            left.Remove(best);
            yield return best.Found;
        }
    }

    private static IEnumerable<string> PartsOf(Found found)
        => found.Page!.QuerySelectorAll("*").Select(element => $"{element.LocalName}.{element.ClassName} {element.GetAttribute("type")} {element.GetAttribute("role")} {(int)found.Status}");
}
