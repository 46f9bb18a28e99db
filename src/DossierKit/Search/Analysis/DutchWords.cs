using System.Collections.Frozen;

namespace DossierKit.Search;

/// <summary>Words that are treated apart: those too common to search for, and the few the stemmer would get wrong.</summary>
internal static class DutchWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Stop =
        SearchData.Words("dutch-stop-words.txt").ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether it is too common; in lower case.</summary>
    public static bool IsStop(ReadOnlySpan<char> word) => Stop.Contains(word);

    /// <summary>The stem of a word that the stemmer would get wrong; <see langword="null"/> for all others.</summary>
    public static string? Override(ReadOnlySpan<char> word) => word switch
    {
        "fiets" => "fiets",
        "bromfiets" => "bromfiets",
        "ei" => "eier",
        "kind" => "kinder",
        _ => null,
    };
}
