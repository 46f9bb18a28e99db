using System.Text.RegularExpressions;

namespace DossierKit.Host.Web.Stukken;

/// <summary>Refusals as a page says them: advice that names an option of the command line names the place on the page instead.</summary>
internal static partial class WebAdvice
{
    public static Refusal Of(Refusal refusal) => refusal with { Why = Of(refusal.Why), WhatNow = Of(refusal.WhatNow) };

    private static string Of(string text)
    {
        text = Reason().Replace(text, "${vraag} bij dit onderdeel");
        text = Choice().Replace(text, "Kies bovenaan voor wie of over wie");
        text = text.Replace("Maak een concept (--concept) en lees het", "Lees het", StringComparison.Ordinal)
            .Replace("bevestig dat dan met --checked", "bevestig dat dan", StringComparison.Ordinal)
            .Replace("--betrokkene en --person noemen", "Er zijn gekozen:", StringComparison.Ordinal);
        return Option().Replace(text, "");
    }

    [GeneratedRegex(@"(?<vraag>(geef een reden|Schrijf waarom het weg mag)[^:.]*): --reason \S+=REDEN", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reason();

    [GeneratedRegex("(Laat --to en --person weg, of kies|Kies met --gesprek)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Choice();

    [GeneratedRegex(@" ?\(?--[a-z]+( \S+=REDEN)?\)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
