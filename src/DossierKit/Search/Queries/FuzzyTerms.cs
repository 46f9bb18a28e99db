using System.Text;

namespace DossierKit.Search;

/// <summary>Words that differ from another by a few letters put in, left out, changed or swapped with their neighbour.</summary>
internal static class FuzzyTerms
{
    /// <summary>The likest terms: by likeness, then by the order of their bytes.</summary>
    /// <param name="view">Where.</param>
    /// <param name="word">The word.</param>
    /// <param name="edits">The most differences.</param>
    /// <param name="most">The most terms.</param>
    /// <returns>The terms, with 1 for the word itself and less for others.</returns>
    public static IReadOnlyList<(int Id, float Likeness)> Of(IndexView view, string word, int edits, int most)
    {
        var wanted = word.EnumerateRunes().Select(rune => rune.Value).ToArray();
        if (edits == 0) return view.Find(word) is >= 0 and var same ? [(same, 1f)] : [];
        var found = new List<(int Id, float Likeness)>();
        var other = new int[4 * WordTokenizer.MaxLength];
        var rows = new int[3, wanted.Length + 1];
        for (var id = 0; id < view.TermCount; id++)
        {
            var term = view.TermOf(id);
            // Each character takes one to four bytes, so what is too short or too long in bytes need not be looked at.
            if (term.Length < wanted.Length - edits || term.Length > 4 * (wanted.Length + edits)) continue;
            var length = 0;
            for (var rest = term; rest.Length > 0;)
            {
                Rune.DecodeFromUtf8(rest, out var rune, out var size);
                other[length++] = rune.Value;
                rest = rest[size..];
            }

            if (Math.Abs(length - wanted.Length) > edits) continue;
            var distance = Distance(wanted, other.AsSpan(0, length), edits, rows);
            if (distance <= edits) found.Add((id, distance == 0 ? 1f : 1f - ((float)distance / Math.Min(length, wanted.Length))));
        }

        found.Sort((a, b) => a.Likeness.CompareTo(b.Likeness) is not 0 and var order ? -order : view.TermOf(a.Id).SequenceCompareTo(view.TermOf(b.Id)));
        return found.Count > most ? found[..most] : found;
    }

    /// <summary>The number of differences, or more than <paramref name="most"/> when there are too many.</summary>
    private static int Distance(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int most, int[,] rows)
    {
        for (var j = 0; j <= a.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= b.Length; i++)
        {
            var (row, before, twoBefore) = (i % 3, (i + 2) % 3, (i + 1) % 3);
            rows[row, 0] = i;
            var least = i;
            for (var j = 1; j <= a.Length; j++)
            {
                var cost = Math.Min(Math.Min(rows[before, j] + 1, rows[row, j - 1] + 1), rows[before, j - 1] + (a[j - 1] == b[i - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[j - 1] == b[i - 2] && a[j - 2] == b[i - 1]) cost = Math.Min(cost, rows[twoBefore, j - 2] + 1);
                rows[row, j] = cost;
                least = Math.Min(least, cost);
            }

            // A swap reaches back two rows: only when both are too far is it hopeless.
            if (least > most && i > 1 && least > most + 1) return most + 1;
        }

        return rows[b.Length % 3, a.Length];
    }
}
