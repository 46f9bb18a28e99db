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
        var walk = new Walk(wanted, edits);
        for (var at = 0; at < view.TermCount;)
        {
            var id = view.Sorted[at];
            var distance = walk.To(view.TermOf(id), out var hopeless);
            if (distance <= edits) found.Add((id, distance == 0 ? 1f : 1f - ((float)distance / Math.Min(walk.Length, wanted.Length))));
            at = hopeless > 0 ? PastPrefix(view, at, view.TermOf(id)[..hopeless]) : at + 1;
        }

        found.Sort((a, b) => a.Likeness.CompareTo(b.Likeness) is not 0 and var order ? -order : view.TermOf(a.Id).SequenceCompareTo(view.TermOf(b.Id)));
        return found.Count > most ? found[..most] : found;
    }

    /// <summary>The first place after <paramref name="at"/> whose term does not begin so: near by most of the time, so looked for in steps that double.</summary>
    private static int PastPrefix(IndexView view, int at, ReadOnlySpan<byte> prefix)
    {
        var (low, step) = (at + 1, 1);
        while (low < view.TermCount && view.TermOf(view.Sorted[low]).StartsWith(prefix))
        {
            at = low;
            low += step;
            step <<= 1;
        }

        var high = Math.Min(low, view.TermCount);
        low = at + 1;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (view.TermOf(view.Sorted[middle]).StartsWith(prefix)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>
    /// The differences between one word and many in order: what a term begins with like the one before is reckoned once, and a beginning from which nothing can be near enough any more is named,
    /// so that all terms that begin so are passed over.
    /// </summary>
    private sealed class Walk(int[] wanted, int edits)
    {
        private readonly int[][] _rows = [.. Enumerable.Range(0, (4 * WordTokenizer.MaxLength) + 1).Select(_ => (int[]?)null!)];
        private readonly int[] _runes = new int[4 * WordTokenizer.MaxLength];
        private readonly int[] _ends = new int[(4 * WordTokenizer.MaxLength) + 1];
        private readonly byte[] _before = new byte[4 * WordTokenizer.MaxLength];
        private int _beforeLength;

        /// <summary>How many characters of the last term were reckoned: all, unless it was hopeless.</summary>
        public int Length { get; private set; }

        public int To(ReadOnlySpan<byte> term, out int hopeless)
        {
            var common = term.CommonPrefixLength(_before.AsSpan(0, _beforeLength));
            term.CopyTo(_before);
            _beforeLength = term.Length;
            var depth = Length;
            while (_ends[depth] > common) depth--;
            if (_rows[0] is null) _rows[0] = [.. Enumerable.Range(0, wanted.Length + 1)];
            hopeless = 0;
            for (var at = _ends[depth]; at < term.Length; depth++)
            {
                Rune.DecodeFromUtf8(term[at..], out var rune, out var size);
                at += size;
                (_runes[depth], _ends[depth + 1]) = (rune.Value, at);
                var (row, before) = (_rows[depth + 1] ??= new int[wanted.Length + 1], _rows[depth]);
                var least = row[0] = depth + 1;
                for (var j = 1; j < row.Length; j++)
                {
                    var cost = Math.Min(Math.Min(before[j], row[j - 1]) + 1, before[j - 1] + (wanted[j - 1] == rune.Value ? 0 : 1));
                    if (depth > 0 && j > 1 && wanted[j - 1] == _runes[depth - 1] && wanted[j - 2] == rune.Value) cost = Math.Min(cost, _rows[depth - 1][j - 2] + 1);
                    row[j] = cost;
                    least = Math.Min(least, cost);
                }

                // A swap reaches back two characters: only when the row before is spent as well nothing can come of it.
                if (least > edits && before.Min() >= edits)
                {
                    hopeless = at;
                    Length = depth + 1;
                    return int.MaxValue;
                }
            }

            Length = depth;
            return _rows[depth][wanted.Length];
        }
    }
}
