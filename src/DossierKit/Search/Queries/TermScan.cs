using System.Text;

namespace DossierKit.Search;

/// <summary>Finds terms by their order.</summary>
internal static class TermScan
{
    /// <summary>Those that begin so.</summary>
    public static IEnumerable<int> WithPrefix(IndexView view, byte[] prefix)
    {
        for (var at = FirstFrom(view, prefix); at < view.TermCount; at++)
        {
            var id = view.Sorted[at];
            if (!view.TermOf(id).StartsWith(prefix)) yield break;
            yield return id;
        }
    }

    /// <summary>Those in a range.</summary>
    public static IEnumerable<int> Between(IndexView view, RangeQuery range)
    {
        var from = range.From is null ? [] : Encoding.UTF8.GetBytes(range.From);
        var to = range.To is null ? null : Encoding.UTF8.GetBytes(range.To);
        for (var at = FirstFrom(view, from); at < view.TermCount; at++)
        {
            var id = view.Sorted[at];
            if (!range.IncludesFrom && range.From is not null && view.TermOf(id).SequenceEqual(from)) continue;
            var order = to is null ? -1 : view.TermOf(id).SequenceCompareTo(to);
            if (order > 0 || (order == 0 && !range.IncludesTo)) yield break;
            yield return id;
        }
    }

    private static int FirstFrom(IndexView view, ReadOnlySpan<byte> term)
    {
        var (low, high) = (0, view.TermCount);
        var sorted = view.Sorted;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (view.TermOf(sorted[middle]).SequenceCompareTo(term) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
