using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DossierKit.Tests.Web;

/// <summary>A start tag of a page.</summary>
internal sealed record HtmlTag(string Name, IReadOnlyDictionary<string, string> Attributes, int Start, int End)
{
    public string? this[string name] => Attributes.GetValueOrDefault(name);
}

/// <summary>A page as this program writes it: lower-case tags, attributes in double quotes, every end tag there.</summary>
internal sealed partial class HtmlPage
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "link", "input", "br", "hr", "img", "source", "col", "wbr" };

    private readonly string _html;

    public HtmlPage(string html)
    {
        _html = html;
        Tags = [.. TagPattern().Matches(html).Where(match => match.Groups["end"].Length == 0).Select(match => new HtmlTag(
            match.Groups["name"].Value.ToLowerInvariant(),
            AttributePattern().Matches(match.Groups["attributes"].Value).GroupBy(found => found.Groups["name"].Value.ToLowerInvariant(), StringComparer.Ordinal)
                .ToDictionary(found => found.Key, found => WebUtility.HtmlDecode(found.First().Groups["value"].Value), StringComparer.Ordinal),
            match.Index, match.Index + match.Length))];
    }

    public IReadOnlyList<HtmlTag> Tags { get; }

    public IEnumerable<HtmlTag> Named(params string[] names) => Tags.Where(tag => names.Contains(tag.Name, StringComparer.Ordinal));

    /// <summary>What stands between a start tag and its end tag.</summary>
    public string Inner(HtmlTag tag)
    {
        if (Void.Contains(tag.Name)) return "";
        var depth = 1;
        foreach (Match match in TagPattern().Matches(_html, tag.End))
        {
            if (!string.Equals(match.Groups["name"].Value, tag.Name, StringComparison.OrdinalIgnoreCase) || match.Groups["self"].Length > 0) continue;
            depth += match.Groups["end"].Length > 0 ? -1 : 1;
            if (depth == 0) return _html[tag.End..match.Index];
        }

        throw new InvalidOperationException($"<{tag.Name}> is not closed.");
    }

    /// <summary>The text of a part, without tags.</summary>
    public string TextOf(HtmlTag tag) => Text(Inner(tag));

    /// <summary>The text a reader sees, without code and without what is marked as another language.</summary>
    public string DutchText()
    {
        var text = new StringBuilder(Inner(Named("body").Single()));
        var html = text.ToString();
        foreach (var tag in Tags.Where(tag => tag["lang"] is { } lang && lang != "nl" || tag.Name is "code" or "pre" or "script").Reverse())
        {
            var inner = Inner(tag);
            if (inner.Length > 0) html = html.Replace(string.Concat(_html.AsSpan(tag.Start, tag.End - tag.Start), inner), " ", StringComparison.Ordinal);
        }

        return Text(html);
    }

    private static string Text(string html) => Spaces().Replace(WebUtility.HtmlDecode(TagPattern().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:\\s+[^\\s=>/]+(?:=\"[^\"]*\")?)*)\\s*(?<self>/?)>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TagPattern();

    [GeneratedRegex("(?<name>[^\\s=\"]+)(?:=\"(?<value>[^\"]*)\")?", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex AttributePattern();

    [GeneratedRegex("\\s+", RegexOptions.None, 5000)]
    private static partial Regex Spaces();
}
