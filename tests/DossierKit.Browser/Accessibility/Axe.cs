using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

using Microsoft.Playwright;

namespace DossierKit.Browser.Accessibility;

/// <summary>The rules of WCAG 2.2 A and AA that a program can check, and what it found against them.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Everything = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["target-size"] = new() { Enabled = true }, ["label-content-name-mismatch"] = new() { Enabled = true } },
    };

    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    public static Task<IEnumerable<string>> EverythingAsync(IPage page) => RunAsync(page, Everything);

    /// <summary>Only what depends on the colours, for a second look in the dark.</summary>
    public static Task<IEnumerable<string>> ColoursAsync(IPage page) => RunAsync(page, Colours);

    private static async Task<IEnumerable<string>> RunAsync(IPage page, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        return result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} at {node.Target} {Shorten(node.Html)} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message).Take(1))}"));
    }

    private static string Shorten(string html) => html.Length <= 160 ? html : $"{html[..160]}...";
}
