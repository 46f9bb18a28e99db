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
    private readonly FieldIndex _fields;

    /// <param name="view">The view.</param>
    /// <param name="order">Of a segment and a document: which of two with the same score comes first.</param>
    /// <param name="fields">What is known of the documents, by field; <see langword="null"/>: nothing.</param>
    public Searcher(IndexView view, Func<int, int, long> order, IFieldValues? fields = null)
    {
        View = view;
        _order = order;
        _fields = new FieldIndex(view, fields);
        Forms = new WordForms(view);
        _planner = new Planner(view, new Ranking(view), Forms, _fields);
    }

    public IndexView View { get; }

    /// <summary>Which words of the view a word stands for.</summary>
    public WordForms Forms { get; }

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

    /// <summary>The first hits in the order of a field, such as a date.</summary>
    /// <param name="query">The query.</param>
    /// <param name="most">The most hits to give.</param>
    /// <param name="field">The field; of several values in a document the first counts.</param>
    /// <param name="descending">The highest first. Documents without a value come last either way.</param>
    /// <returns>The number of documents, exactly; and the first, by the field and then by the order given.</returns>
    public (int Total, IReadOnlyList<Hit> Best) SearchSorted(Query query, int most, string field, bool descending)
    {
        var ranks = _fields.Column(field).Ranks;
        var found = Hits(query).Select(hit => (Hit: hit, Rank: ranks[View.FirstDocument[hit.Segment] + hit.Document])).ToList();
        var sorted = descending ? found.OrderByDescending(one => one.Rank) : found.OrderBy(one => one.Rank < 0 ? int.MaxValue : one.Rank);
        return (found.Count, [.. sorted.ThenBy(one => _order(one.Hit.Segment, one.Hit.Document)).Take(most).Select(one => one.Hit)]);
    }

    /// <summary>Whether a word, folded, stands in any document in any of its forms.</summary>
    public bool Knows(string word) => Forms.Of(word).Count > 0;

    /// <summary>How many of all hits have each value of a field, in their own writing; a document with two values counts for both.</summary>
    public IReadOnlyDictionary<string, int> Facet(Query query, string field) => Facets(query, [field])[field];

    /// <summary>The same for several fields, by one run of the query.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Facets(Query query, IReadOnlyList<string> fields)
    {
        var columns = fields.Select(_fields.Column).ToArray();
        var counts = columns.Select(column => new int[column.Values.Count]).ToArray();
        foreach (var hit in Hits(query))
        {
            for (var i = 0; i < columns.Length; i++)
            {
                foreach (var value in columns[i].Of(View.FirstDocument[hit.Segment] + hit.Document)) counts[i][value]++;
            }
        }

        return fields.Select((field, i) => (field, i)).ToDictionary(
            pair => pair.field,
            pair => (IReadOnlyDictionary<string, int>)Enumerable.Range(0, counts[pair.i].Length).Where(value => counts[pair.i][value] > 0)
                .ToDictionary(value => columns[pair.i].Values[value], value => counts[pair.i][value], StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>All hits, in the order of the view.</summary>
    public IEnumerable<Hit> Hits(Query query)
    {
        var plan = _planner.Of(query);
        var hits = new SegmentHits();
        for (var segment = 0; segment < View.Segments.Count; segment++)
        {
            if ((plan.Segments[segment >> 6] >> (segment & 63) & 1) == 0) continue;
            hits.Reset(View.Segments[segment].Count);
            plan.Evaluate(segment, hits);
            for (var document = 0; document < hits.Count; document++)
            {
                if (hits.Holds(document)) yield return new Hit(segment, document, (float)hits.Scores[document]);
            }
        }
    }
}
