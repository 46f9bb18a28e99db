using System.Text.RegularExpressions;

namespace DossierKit.Tests.Web;

/// <summary>What holds for every page, whoever made it; what axe does not see included.</summary>
internal static partial class PageRules
{
    // Words a developer leaves behind. Dutch borrows "download", "link", "code" and "account".
    [GeneratedRegex(@"\b(the|and|this|that|with|your|please|submit|save|cancel|delete|search|loading|failed|error|unknown|required|optional|choose|choose file|no file|browse|next|previous|page|settings|sign in|sign out|log in|null|undefined|true|false|system\.[a-z]+|exception)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex English();

    [GeneratedRegex("^(https?:)?//", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex External();

    /// <summary>Everything wrong with a page, each in a line.</summary>
    public static IEnumerable<string> Break(HtmlPage page, bool signedIn)
    {
        if (page.Named("html").SingleOrDefault()?["lang"] != "nl") yield return "the language is not said";
        // The text of a letter is shown as it will be: its headings and tables are those of the letter.
        var letters = page.Tags.Where(tag => tag["class"]?.Split(' ').Contains("dk-letter", StringComparer.Ordinal) == true).Select(tag => (From: tag.Start, To: tag.End + page.Inner(tag).Length)).ToList();
        bool IsInLetter(HtmlTag tag) => letters.Any(letter => tag.Start > letter.From && tag.Start < letter.To);
        var headings = page.Named("h1", "h2", "h3", "h4", "h5", "h6").Where(heading => !IsInLetter(heading)).ToList();
        if (headings.Count(heading => heading.Name == "h1") != 1) yield return $"there are {headings.Count(heading => heading.Name == "h1")} h1";
        foreach (var (before, after) in headings.Zip(headings.Skip(1)))
        {
            if (after.Name[1] - before.Name[1] > 1) yield return $"a heading is skipped before '{page.TextOf(after)}'";
        }

        if (page.Named("main").Count() != 1) yield return "there is not one main";
        foreach (var tag in page.Tags)
        {
            if (tag["style"] is not null) yield return $"<{tag.Name}> has a style of its own";
            if (tag.Attributes.Keys.FirstOrDefault(name => name.StartsWith("on", StringComparison.Ordinal)) is { } handler) yield return $"<{tag.Name}> has {handler}";
            foreach (var name in (string[])["href", "src", "action", "formaction", "poster"])
            {
                if (tag[name] is { } url && (External().IsMatch(url) || url.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))) yield return $"<{tag.Name}> goes elsewhere: {url}";
            }
        }

        if (page.Named("style").Any()) yield return "there is a style sheet in the page";
        if (page.Named("script").Any(script => script["src"] is null)) yield return "there is a script in the page";
        foreach (var twice in page.Tags.Select(tag => tag["id"]).OfType<string>().GroupBy(id => id, StringComparer.Ordinal).Where(id => id.Count() > 1)) yield return $"the id {twice.Key} is there {twice.Count()} times";
        var ids = page.Tags.Select(tag => tag["id"]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var field in page.Named("input", "select", "textarea").Where(field => field["type"] is not ("hidden" or "submit" or "button")))
        {
            if (field["aria-label"] is null && field["aria-labelledby"] is null && !page.Named("label").Any(label => label["for"] is { } to && to == field["id"])) yield return $"the field {field["name"]} has no label";
        }

        foreach (var tag in page.Tags)
        {
            foreach (var name in (string[])["aria-describedby", "aria-labelledby", "for", "aria-controls"])
            {
                foreach (var id in (tag[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(id => !ids.Contains(id))) yield return $"<{tag.Name}> names {id} in {name}, which is not there";
            }
        }

        foreach (var link in page.Named("a"))
        {
            if (link["href"] is { Length: > 1 } to && to[0] == '#' && !ids.Contains(Uri.UnescapeDataString(to[1..]))) yield return $"the link {to} leads nowhere";
        }

        foreach (var button in page.Named("button", "a").Where(button => button["aria-label"] is null && page.TextOf(button).Length == 0)) yield return $"a {button.Name} says nothing";
        foreach (var image in page.Named("img").Where(image => image["alt"] is null)) yield return $"an image has no alternative: {image["src"]}";
        foreach (var drawing in page.Named("svg").Where(drawing => drawing["aria-hidden"] != "true" && drawing["role"] != "img")) yield return "a drawing has no alternative";
        foreach (var table in page.Named("table").Where(table => !IsInLetter(table)))
        {
            var inner = page.Inner(table);
            if (!inner.Contains("<caption", StringComparison.Ordinal)) yield return "a table has no caption";
            if (!inner.Contains("scope=\"col\"", StringComparison.Ordinal)) yield return "a table has no headers";
        }

        foreach (var group in page.Named("fieldset").Where(group => !page.Inner(group).Contains("<legend", StringComparison.Ordinal))) yield return "a group of fields has no legend";
        foreach (var form in page.Named("form").Where(form => signedIn && form["method"] == "post" && !page.Inner(form).Contains("name=\"formulier\"", StringComparison.Ordinal))) yield return $"the form to {form["action"]} carries no token";
        if (English().Match(page.DutchText()) is { Success: true } word) yield return $"English: '{Around(page.DutchText(), word.Index)}'";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 40)];
}
