using System.Collections.Concurrent;
using System.Text;

namespace DossierKit.Search;

/// <summary>How near a word that is there comes to the one that was asked for.</summary>
internal enum Nearness : byte
{
    /// <summary>The word itself.</summary>
    Same,

    /// <summary>Another form of it: of the same stem.</summary>
    Stem,

    /// <summary>A compound that it is a part of.</summary>
    Compound,
}

/// <summary>
/// Which words of a view an unquoted word stands for: itself, words of its stem, compounds that it is a part of. Judged by the words of the view and a list that ships with the program, so by nothing that
/// may not be read. Safe for several threads.
/// </summary>
internal sealed class WordForms(IndexView view)
{
    /// <summary>From how many letters on a word is looked for in compounds that no list knows the rest of.</summary>
    private const int Long = 6;

    /// <summary>A longer word is no compound that somebody wrote: looking for parts in it takes time that grows with the square of its length.</summary>
    private const int LongestCompound = 64;

    /// <summary>The most words that are kept.</summary>
    private const int MostKept = 2000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<(int Term, Nearness Nearness)>> _kept = new(StringComparer.Ordinal);

    /// <summary>The words of the view, the nearest first.</summary>
    /// <param name="word">The word, folded.</param>
    public IReadOnlyList<(int Term, Nearness Nearness)> Of(string word)
    {
        if (_kept.TryGetValue(word, out var kept)) return kept;
        var found = Find(word);
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[word] = found;
    }

    private List<(int Term, Nearness Nearness)> Find(string word)
    {
        var found = new List<(int Term, Nearness Nearness)>();
        var same = view.Find(word);
        if (same >= 0) found.Add((same, Nearness.Same));
        if (!word.All(c => char.IsLetter(c) || c == '\'') || DutchWords.IsStop(word)) return found;
        var stem = DutchStems.Of(word);
        var taken = new HashSet<int> { same };
        foreach (var id in OfStem(stem))
        {
            if (taken.Add(id)) found.Add((id, Nearness.Stem));
        }

        if (word.Length < 4 && !DutchCompounds.IsListed(word)) return found;
        foreach (var root in Roots(stem))
        {
            var bytes = Encoding.UTF8.GetBytes(root);
            for (var id = 0; id < view.TermCount && (id = view.FindHolding(bytes, id)) >= 0; id++)
            {
                if (view.TermOf(id).Length <= LongestCompound && !taken.Contains(id) && HasPart(Encoding.UTF8.GetString(view.TermOf(id)), root, stem))
                {
                    taken.Add(id);
                    found.Add((id, Nearness.Compound));
                }
            }
        }

        return found;
    }

    /// <summary>Endings change no more than the last two letters of what is left as the stem: so words of a stem begin alike.</summary>
    private IEnumerable<int> OfStem(string stem)
    {
        var beginning = Encoding.UTF8.GetBytes(stem[..Math.Max(1, stem.Length - 2)]);
        foreach (var id in TermScan.WithPrefix(view, beginning))
        {
            if (view.TermOf(id).Length <= WordTokenizer.MaxLength && HasStem(view.TermOf(id), stem)) yield return id;
        }
    }

    private static bool HasStem(ReadOnlySpan<byte> term, string stem)
    {
        Span<char> letters = stackalloc char[WordTokenizer.MaxLength];
        var length = Encoding.UTF8.GetChars(term, letters);
        // No ending is longer than what -heden and -ingen take off.
        return length <= stem.Length + 12 && DutchStems.Has(letters[..length], stem);
    }

    /// <summary>The letters that stand in every word of a stem: <c>bom</c> also as <c>boom</c>, <c>brief</c> also as <c>briev</c>.</summary>
    private static IEnumerable<string> Roots(string stem)
    {
        yield return stem;
        if (stem.Length < 3) yield break;
        var last = stem[^1];
        if (last == 'f') yield return stem[..^1] + 'v';
        if (last == 's') yield return stem[..^1] + 'z';
        if (stem[^2] is 'a' or 'e' or 'o' or 'u' && !IsVowel(last) && !IsVowel(stem[^3])) yield return stem[..^1] + stem[^2] + last;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>Whether a term is a compound with a part of this stem, that begins with this root.</summary>
    private bool HasPart(string term, string root, string stem)
    {
        for (var at = term.IndexOf(root, StringComparison.Ordinal); at >= 0; at = term.IndexOf(root, at + 1, StringComparison.Ordinal))
        {
            // The part ends somewhere behind the root: with an ending of its own, or none.
            for (var end = at + root.Length; end <= Math.Min(term.Length, at + root.Length + 6); end++)
            {
                if ((at > 0 || end < term.Length) && end - at >= 3 && DutchStems.Has(term.AsSpan(at, end - at), stem) && Fits(term, at, end)) return true;
            }
        }

        return false;
    }

    private bool Fits(string term, int at, int end)
    {
        var before = term.AsSpan(0, at);
        var behind = term.AsSpan(end);
        var isLong = end - at >= Long;
        return (before.Length == 0 || DutchCompounds.IsBeginning(before, IsWord) || (isLong && DutchCompounds.LooksLikeBeginning(before)))
            && (behind.Length == 0 || DutchCompounds.IsEnd(behind, IsWord) || (isLong && DutchCompounds.LooksLikeEnd(behind)));
    }

    /// <summary>Whether the view itself has it as a word, or a verb of it.</summary>
    private bool IsWord(string part) => part.Length >= 4 && (view.Find(part) >= 0 || view.Find(part + "en") >= 0);
}
