using System.Globalization;
using System.Text.RegularExpressions;

using DossierKit.Host.Serving;

namespace DossierKit.Tests.Web;

/// <summary>The contrast of the colours that meet, reckoned from the theme itself (WCAG 2.2: text 4.5, what one must see to use it 3), in light and in dark.</summary>
public sealed partial class ThemeTests
{
    private static readonly Dictionary<string, (string Light, string Dark)> Colours = Read();

    [Theory]
    [InlineData("ink", "page", 7)]
    [InlineData("ink", "surface", 7)]
    [InlineData("ink", "sunken", 7)]
    [InlineData("soft", "page", 4.5)]
    [InlineData("soft", "surface", 4.5)]
    [InlineData("soft", "sunken", 4.5)]
    [InlineData("accent", "page", 4.5)]
    [InlineData("accent", "surface", 4.5)]
    [InlineData("accent", "sunken", 4.5)]
    [InlineData("accent", "accent-pale", 4.5)]
    [InlineData("accent-strong", "page", 4.5)]
    [InlineData("on-accent", "accent", 4.5)]
    [InlineData("on-accent", "accent-strong", 4.5)]
    [InlineData("ink", "accent-pale", 4.5)]
    [InlineData("ink", "info-pale", 4.5)]
    [InlineData("ink", "good-pale", 4.5)]
    [InlineData("ink", "warn-pale", 4.5)]
    [InlineData("ink", "bad-pale", 4.5)]
    [InlineData("accent", "info-pale", 4.5)]
    [InlineData("accent", "good-pale", 4.5)]
    [InlineData("accent", "warn-pale", 4.5)]
    [InlineData("accent", "bad-pale", 4.5)]
    [InlineData("good", "good-pale", 4.5)]
    [InlineData("warn", "warn-pale", 4.5)]
    [InlineData("bad", "bad-pale", 4.5)]
    [InlineData("bad", "page", 4.5)]
    [InlineData("bad", "surface", 4.5)]
    [InlineData("surface", "bad", 4.5)]
    [InlineData("edge", "page", 3)]
    [InlineData("edge", "surface", 3)]
    [InlineData("focus", "page", 3)]
    [InlineData("focus", "surface", 3)]
    [InlineData("focus", "accent-pale", 3)]
    [InlineData("info", "info-pale", 3)]
    public void Theme_ColoursThatMeet_StandOut(string front, string back, double least)
    {
        Contrast(Colours[front].Light, Colours[back].Light).ShouldBeGreaterThanOrEqualTo(least, $"{front} on {back}, light");
        Contrast(Colours[front].Dark, Colours[back].Dark).ShouldBeGreaterThanOrEqualTo(least, $"{front} on {back}, dark");
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }

    private static Dictionary<string, (string Light, string Dark)> Read()
    {
        using var stream = typeof(HostSettings).Assembly.GetManifestResourceStream("assets/2-theme.css")!;
        using var reader = new StreamReader(stream);
        return Pattern().Matches(reader.ReadToEnd()).ToDictionary(match => match.Groups["name"].Value, match => (match.Groups["light"].Value, match.Groups["dark"].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"--dk-(?<name>[a-z-]+): light-dark\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
