using System.Numerics;

namespace DossierKit.Search;

/// <summary>A document that was found.</summary>
/// <param name="Segment">In which segment of the view.</param>
/// <param name="Document">Its number there.</param>
/// <param name="Score">Its score.</param>
internal readonly record struct Hit(int Segment, int Document, float Score);

/// <summary>Runs queries on a view. Safe for several threads.</summary>
internal sealed class Searcher
{
    private readonly Planner _planner;
    private readonly Func<int, int, long> _order;

    /// <param name="view">The view.</param>
    /// <param name="order">Of a segment and a document: which of two with the same score comes first.</param>
    public Searcher(IndexView view, Func<int, int, long> order)
    {
        View = view;
        _order = order;
        _planner = new Planner(view, new Ranking(view));
    }

    public IndexView View { get; }

    /// <summary>The best hits, and how many there are in all.</summary>
    /// <param name="query">The query.</param>
    /// <param name="most">The most hits to give.</param>
    /// <returns>The number of documents, exactly; and the best, by score and then by the order given.</returns>
    public (int Total, IReadOnlyList<Hit> Best) Search(Query query, int most)
    {
        var plan = _planner.Of(query);
        var (total, hits) = (0, new SegmentHits());
        // The worst of the best on top.
        var best = new PriorityQueue<Hit, (float Score, long Order)>(most + 1, Comparer<(float Score, long Order)>.Create(
            static (a, b) => a.Score.CompareTo(b.Score) is not 0 and var score ? score : b.Order.CompareTo(a.Order)));
        var segments = plan.Segments;
        var worst = float.NegativeInfinity;
        for (var word = 0; word < segments.Length; word++)
        {
            for (var left = segments[word]; left != 0; left &= left - 1)
            {
                var segment = (word << 6) + BitOperations.TrailingZeroCount(left);
                if (segment >= View.Segments.Count) break;
                hits.Reset(View.Segments[segment].Count);
                plan.Evaluate(segment, hits);
                var bits = hits.Bits;
                for (var block = 0; block < bits.Length; block++)
                {
                    total += BitOperations.PopCount(bits[block]);
                    for (var rest = bits[block]; rest != 0; rest &= rest - 1)
                    {
                        var document = (block << 6) + BitOperations.TrailingZeroCount(rest);
                        var score = (float)hits.Scores[document];
                        if (score < worst) continue;
                        var priority = (score, _order(segment, document));
                        if (best.Count < most) best.Enqueue(new Hit(segment, document, score), priority);
                        else if (most > 0) best.EnqueueDequeue(new Hit(segment, document, score), priority);
                        if (best.Count == most && best.TryPeek(out var last, out _)) worst = last.Score;
                    }
                }
            }
        }

        var found = new Hit[best.Count];
        for (var i = found.Length - 1; i >= 0; i--) found[i] = best.Dequeue();
        return (total, found);
    }
}
