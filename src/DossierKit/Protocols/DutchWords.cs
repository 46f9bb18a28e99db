namespace DossierKit.Protocols;

/// <summary>
/// The article that goes before a word of a protocol, so that a refusal reads "het gespreksverslag" and "de kennisgeving". A municipality may use any word, so it is
/// decided by the noun at the end of its first part: of "bericht dat er geen onderzoek komt" that is "bericht".
/// </summary>
internal static class DutchWords
{
    /// <summary>Ends of nouns that take "het" among what protocols name: documents, offices and bodies. All others take "de".</summary>
    private static readonly string[] Neuter =
    [
        "verslag", "bericht", "besluit", "document", "formulier", "rapport", "gesprek", "verzoek", "gezag", "college", "team", "bureau", "meldpunt", "convent", "presidium", "bestuur",
    ];

    private static readonly string[] Breaks = ["van", "over", "dat", "om", "voor", "en", "aan", "in", "tot", "met", "bij", "of"];

    /// <summary>The word with its article, within a sentence.</summary>
    public static string The(string word) => $"{(IsNeuter(word) ? "het" : "de")} {word}";

    /// <summary>The word with its article, at the beginning of a sentence.</summary>
    public static string TheFirst(string word) => $"{(IsNeuter(word) ? "Het" : "De")} {word}";

    private static bool IsNeuter(string word)
    {
        var words = word.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["hoofd", ..]) return true;
        var noun = words.TakeWhile(part => !Breaks.Contains(part, StringComparer.OrdinalIgnoreCase)).LastOrDefault() ?? "";
        return Neuter.Any(end => noun.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }
}
