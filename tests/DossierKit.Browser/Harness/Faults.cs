using System.Text.RegularExpressions;

namespace DossierKit.Browser.Harness;

/// <summary>A list of faults as the message of a test: the same fault on many pages is told once, with how often.</summary>
internal static partial class Faults
{
    // Where in a list it stands, whose link it is and how many pixels it misses do not make it another fault.
    [GeneratedRegex(@"nth-child\(\d+\)|[0-9a-f]{32}|WL-\d{4}-\d{4}|\d+(\.\d+)?px|/[a-z0-9/-]{12,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kind();

    public static void None(IReadOnlyCollection<string> faults)
    {
        if (faults.Count == 0) return;
        var told = faults.GroupBy(fault => Kind().Replace(fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..], "*"), StringComparer.Ordinal).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count(),4} x {group.Key}\n         first at {group.First()[..group.First().IndexOf(": ", StringComparison.Ordinal)]}");
        Assert.Fail($"{faults.Count} faults\n{string.Join('\n', told)}");
    }
}
