using System.Globalization;
using System.Text.RegularExpressions;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// No article of a source was passed over: under every heading at least one line is named by a rule, or by an entry that says why it is left out. The sources themselves are
/// not part of this repository; where they are absent the tests are skipped, visibly.
/// </summary>
public sealed partial class SourceCoverageTests
{
    private static readonly string Seeds = Path.GetFullPath(Documents.RepositoryFiles.Sample("..", "..", "shared", "seeds"));

    // The file of the source, its name in the protocol, the protocol, and how its headings look. Of Ommen and the slides: a line alone between blank ones, without a full stop.
    [Theory]
    [InlineData("001_*", "HRL", "heerlen", "^Artikel [0-9]+", 9, 23)]
    [InlineData("002_*", "HVN", "heerenveen", @"^(Hoofdstuk [0-9]:|[0-9]\.[0-9]+(\.[0-9])? \p{Lu})", 59, 40)]
    [InlineData("003_*", "OMM", "ommen", null, 850, 35)]
    [InlineData("000_*", "BPI", "waterlanden-bpi", null, 10, 8)]
    public void Headings_OfASource_AreEachNamedByARuleOrLeftOutWithAReason(string file, string source, string id, string? pattern, int from, int atLeast)
    {
        Assert.SkipUnless(Directory.Exists(Seeds), $"The sources are not there ({Seeds}).");
        Assert.SkipUnless(ProtocolLibrary.Shipped.Find(id, null) is not null, $"The protocol '{id}' does not ship.");
        var lines = File.ReadAllLines(Directory.GetFiles(Seeds, file).ShouldHaveSingleItem());
        var headings = Headings(lines, pattern, from).ToList();
        headings.Count.ShouldBeGreaterThanOrEqualTo(atLeast, "fewer headings than the source has: the pattern finds nothing");

        var named = Named(ProtocolLibrary.Shipped.Find(id, null)!, source);
        var passedOver = headings
            // A title over titles says nothing by itself.
            .Where((heading, index) => Enumerable.Range(heading + 1, Next(index) - heading - 1).Any(line => lines[line - 1].Trim().Length > 0))
            .Where(heading => !Enumerable.Range(heading, Next(headings.IndexOf(heading)) - heading).Any(named.Contains))
            .Select(heading => $"{heading}: {lines[heading - 1].Trim()}");
        passedOver.ShouldBeEmpty();

        int Next(int index) => index + 1 < headings.Count ? headings[index + 1] : lines.Length + 1;
    }

    [Theory]
    [InlineData("001_*", "HRL")]
    [InlineData("002_*", "HVN")]
    [InlineData("003_*", "OMM")]
    [InlineData("000_*", "BPI")]
    public void References_OfEveryProtocol_LieWithinTheSource(string file, string source)
    {
        Assert.SkipUnless(Directory.Exists(Seeds), $"The sources are not there ({Seeds}).");
        var lines = File.ReadAllLines(Directory.GetFiles(Seeds, file).ShouldHaveSingleItem());
        foreach (var protocol in ProtocolLibrary.Shipped.All)
        {
            foreach (var range in Ranges(protocol, source))
            {
                (range.From >= 1 && range.To <= lines.Length && range.From <= range.To).ShouldBeTrue($"{protocol.Id}: {source} [{range.From}-{range.To}]");
                Enumerable.Range(range.From, range.To - range.From + 1).ShouldContain(line => lines[line - 1].Trim().Length > 0, $"{protocol.Id}: {source} [{range.From}-{range.To}] is blank");
            }
        }
    }

    private static HashSet<int> Named(Protocol protocol, string source)
        => [.. Ranges(protocol, source).SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1))];

    private static IEnumerable<(int From, int To)> Ranges(Protocol protocol, string source)
        => ProtocolEntry.Of(protocol).SelectMany(entry => entry.Origin.Sources).Concat(protocol.LeftOut.SelectMany(left => left.Sources))
            .Where(reference => reference.Document == source && reference.Lines is not null)
            .SelectMany(reference => reference.Lines!.Split(',')).Select(part =>
            {
                var ends = part.Trim().Split('-');
                return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
            });

    private static IEnumerable<int> Headings(string[] lines, string? pattern, int from)
    {
        for (var line = from; line <= lines.Length; line++)
        {
            var text = lines[line - 1];
            if (pattern is not null ? Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) : StandsAlone(line) && Heading().IsMatch(text)) yield return line;
        }

        bool StandsAlone(int line) => (line == 1 || lines[line - 2].Trim().Length == 0) && (line == lines.Length || lines[line].Trim().Length == 0);
    }

    [GeneratedRegex(@"^\p{Lu}[^.:;]{2,90}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
