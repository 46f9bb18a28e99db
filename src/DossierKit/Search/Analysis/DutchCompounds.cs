using System.Collections.Frozen;

namespace DossierKit.Search;

/// <summary>
/// Takes Dutch compounds apart: <c>parkeervergunning</c>, <c>integriteitsonderzoek</c>. A part is a word on the list that ships with the program, or one that <c>known</c> says is a word; between parts may
/// stand s, e or en. What only changes a word (be-, ver-, on-, -heid, -lijk) makes no compound of it.
/// </summary>
internal static class DutchCompounds
{
    private const int Least = 3;
    private const int MostParts = 6;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> List =
        SearchData.Words("dutch-parts.txt").Select(Folding.Text).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Stems =
        SearchData.Words("dutch-parts.txt").Select(word => DutchStems.Of(Folding.Text(word))).Where(stem => stem.Length >= Least).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What stands before a word and makes another of it.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Before = Set(
        "aan achter af be bij binnen boven buiten door er ge her in langs mede mee mis na naar neer om on onder ont op over rond samen tegen terug toe tot tussen uit van vast ver voor voort weer zonder");

    /// <summary>What stands behind a word and makes another of it.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> After = Set(
        "aar aard aars achtig achtige baar bare dom eel eerd eerde eerden eert end ende enis er erd ers erij eren heid heden ig ige ing ingen isch ische isme ist isten iteit je jes ling lijk lijke lijks loos loze matig matige naar nis rijk rijke schap schappelijk schappen schaps sten ster sters tal te ten teel tel tje tjes vol volle vrij vrije waarts zaam zame");

    /// <summary>Whether a folded word is on the list, as it stands or by its stem.</summary>
    public static bool IsListed(ReadOnlySpan<char> word) => List.Contains(word) || (word.Length > Least && Stems.Contains(DutchStems.Of(word)));

    /// <summary>The parts of a folded word, without what joins them; empty when it is no compound of words on the list.</summary>
    public static IReadOnlyList<string> Parts(string word)
    {
        if (word.Length < 2 * Least || List.Contains(word)) return [];
        var parts = new List<string>();
        return TryTake(word, parts, part => IsListed(part)) && parts.Count > 1 ? parts : [];
    }

    /// <summary>Whether letters before a part can be the rest of a compound.</summary>
    public static bool IsBeginning(ReadOnlySpan<char> letters, Func<string, bool> known)
    {
        foreach (var joint in Joints)
        {
            if (!letters.EndsWith(joint, StringComparison.Ordinal)) continue;
            if (IsWhole(letters[..^joint.Length], known)) return true;
        }

        return false;
    }

    /// <summary>Whether letters behind a part can be the rest of a compound.</summary>
    public static bool IsEnd(ReadOnlySpan<char> letters, Func<string, bool> known)
    {
        if (After.Contains(letters)) return false;
        foreach (var joint in Joints)
        {
            if (letters.StartsWith(joint, StringComparison.Ordinal) && IsWhole(letters[joint.Length..], known)) return true;
        }

        return false;
    }

    /// <summary>Whether letters before a long part look like a word nobody lists: long enough, with a vowel, ending as words do before another.</summary>
    public static bool LooksLikeBeginning(ReadOnlySpan<char> letters)
        => letters.Length >= 4 && !Before.Contains(letters) && letters.ContainsAny("aeiouy") && !"aeiou".Contains(letters[^1]) && IsLetters(letters);

    /// <summary>Whether letters behind a long part look like a word nobody lists.</summary>
    public static bool LooksLikeEnd(ReadOnlySpan<char> letters)
    {
        if (letters.Length >= 6 && letters[0] == 's') letters = letters[1..];
        if (letters.Length < 5 || !letters.ContainsAny("aeiouy") || "aeiou".Contains(letters[0]) || !IsLetters(letters)) return false;
        for (var length = 3; length <= letters.Length; length++)
        {
            if (After.Contains(letters[..length])) return false;
        }

        return true;
    }

    private static readonly string[] Joints = ["", "s", "en", "e"];

    private static bool IsWhole(ReadOnlySpan<char> letters, Func<string, bool> known)
    {
        if (letters.Length < Least) return false;
        var parts = new List<string>();
        return TryTake(letters.ToString(), parts, part => IsListed(part) || known(part));
    }

    /// <summary>The fewest parts that make up the word; of as many, those that stand on the list as they are.</summary>
    private static bool TryTake(string word, List<string> parts, Func<string, bool> known)
    {
        // From the end: for every place, the part that starts there on the cheapest way to the end.
        const int ofPart = 100;
        var cost = new int[word.Length + 1];
        var end = new int[word.Length + 1];
        var next = new int[word.Length + 1];
        Array.Fill(cost, int.MaxValue);
        cost[word.Length] = 0;
        for (var from = word.Length - Least; from >= 0; from--)
        {
            for (var to = from + Least; to <= word.Length; to++)
            {
                var best = -1;
                foreach (var joint in Joints)
                {
                    var at = to + joint.Length;
                    if (at > word.Length || (joint.Length > 0 && at == word.Length) || cost[at] == int.MaxValue || string.CompareOrdinal(word, to, joint, 0, joint.Length) != 0) continue;
                    if (best < 0 || cost[at] < cost[best]) best = at;
                }

                if (best < 0 || cost[best] + ofPart >= cost[from]) continue;
                var part = word.AsSpan(from, to - from);
                var whole = cost[best] + ofPart + (List.Contains(part) ? 0 : 1);
                if (whole < cost[from] && IsPart(part, known)) (cost[from], end[from], next[from]) = (whole, to, best);
            }
        }

        if (cost[0] > MostParts * (ofPart + 1)) return false;
        for (var at = 0; at < word.Length; at = next[at]) parts.Add(word[at..end[at]]);
        return true;
    }

    private static bool IsPart(ReadOnlySpan<char> part, Func<string, bool> known) => !Before.Contains(part) && !After.Contains(part) && !DutchWords.IsStop(part) && known(part.ToString());

    private static bool IsLetters(ReadOnlySpan<char> letters)
    {
        foreach (var c in letters)
        {
            if (!char.IsLetter(c)) return false;
        }

        return true;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words)
        => words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
