using System.Globalization;
using System.Text.Json.Serialization;

using DossierKit.Host.Cli;

namespace DossierKit.Host.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="Total">How many there are in all for whoever asks: what he may not see is not counted.</param>
/// <param name="Next">The address of the next page; absent on the last.</param>
public sealed record Page<T>(
    [property: JsonPropertyName("items")] IReadOnlyList<T> Items,
    [property: JsonPropertyName("total")] int Total,
    [property: JsonPropertyName("next")] string? Next = null);

/// <summary>
/// Lists in pages, by the last item seen and not by a page number: what somebody adds meanwhile moves nothing over a page boundary, so nothing is missed and nothing comes twice.
/// </summary>
internal static class Paging
{
    public const string AfterName = "na", CountName = "aantal";
    public const int Most = 200, Usual = 50;

    /// <summary>The page that is asked for.</summary>
    /// <param name="http">The request; gets the header <c>Link</c>.</param>
    /// <param name="all">The whole list.</param>
    /// <param name="keyOf">What names an item for ever.</param>
    /// <param name="show">How an item is shown; asked for those on the page alone.</param>
    /// <param name="isSorted">Whether the list is in ordinal order of its keys: then a page can begin after a key that is gone.</param>
    /// <exception cref="RefusedException">The page asked for cannot be.</exception>
    public static Page<TShown> Of<T, TShown>(HttpContext http, IReadOnlyList<T> all, Func<T, string> keyOf, Func<T, TShown> show, bool isSorted = false)
    {
        var count = CountOf(http);
        var start = StartOf(AfterOf(http) ?? "", all, keyOf, isSorted);
        var items = new List<TShown>(Math.Min(count, all.Count - start));
        for (var i = start; i < all.Count && items.Count < count; i++) items.Add(show(all[i]));
        var end = start + items.Count;
        if (end >= all.Count) return new(items, all.Count, null);
        var next = NextOf(http.Request, keyOf(all[end - 1]));
        http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return new(items, all.Count, next);
    }

    /// <summary>Where the page before ended; <see langword="null"/>: from the first.</summary>
    public static string? AfterOf(HttpContext http) => http.Request.Query[AfterName].ToString() is { Length: > 0 } after ? after : null;

    /// <summary>How many may stand on a page.</summary>
    /// <exception cref="RefusedException">Not so many.</exception>
    public static int CountOf(HttpContext http) => CountOf(http.Request.Query[CountName].ToString());

    /// <summary>The address of the page after an item.</summary>
    public static string NextOf(HttpRequest request, string after)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != AfterName)).Add(AfterName, after);
        return request.PathBase + request.Path + query;
    }

    private static int CountOf(string text)
        => text.Length == 0 ? Usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most ? count
            : throw Refused($"'{CountName}' is geen getal van 1 tot {Most}.", "Zoveel past er op een bladzijde.", "Vraag een ander aantal, en de rest met de link 'next'.", CountName);

    private static int StartOf<T>(string after, IReadOnlyList<T> all, Func<T, string> keyOf, bool isSorted)
    {
        if (after.Length == 0) return 0;
        for (var i = 0; i < all.Count; i++)
        {
            var order = string.CompareOrdinal(keyOf(all[i]), after);
            if (order == 0) return i + 1;
            if (isSorted && order > 0) return i;
        }

        return isSorted ? all.Count : throw Refused("Deze bladzijde is er niet meer.", $"Wat in '{AfterName}' staat, staat niet (meer) in de lijst.", "Begin de lijst opnieuw.", AfterName);
    }

    private static RefusedException Refused(string what, string why, string whatNow, string subject) => new(new Refusal(what, why, whatNow) { Subject = subject });
}
