using System.Numerics;

namespace DossierKit.Search;

/// <summary>
/// A query on one view, evaluated segment by segment in their order: a document is a bit, so that clauses meet in a few instructions, and a segment that cannot hold a hit is not looked at.
/// For one thread.
/// </summary>
internal abstract class Plan(IndexView view)
{
    protected IndexView View => view;

    /// <summary>The segments that may hold a hit, a bit for each.</summary>
    public abstract ReadOnlySpan<ulong> Segments { get; }

    /// <summary>Puts the hits of a segment in an emptied <paramref name="hits"/>; segments are asked for in their order.</summary>
    public abstract void Evaluate(int segment, SegmentHits hits);

    protected ulong[] NoSegments() => new ulong[(view.Segments.Count + 63) >> 6];

    protected static void Mark(ulong[] segments, ReadOnlySpan<TermPlace> places)
    {
        foreach (var place in places) segments[place.Segment >> 6] |= 1UL << (place.Segment & 63);
    }
}

/// <summary>Nothing.</summary>
internal sealed class NonePlan(IndexView view) : Plan(view)
{
    private readonly ulong[] _segments = new ulong[(view.Segments.Count + 63) >> 6];

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
    }
}

/// <summary>Everything, with one score.</summary>
internal sealed class AllPlan : Plan
{
    private readonly ulong[] _segments;
    private readonly double _score;

    public AllPlan(IndexView view, float score)
        : base(view)
    {
        _score = score;
        _segments = NoSegments();
        for (var i = 0; i < view.Segments.Count; i++) _segments[i >> 6] |= 1UL << (i & 63);
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits) => hits.Fill(_score);
}

/// <summary>One term, ranked.</summary>
internal sealed class TermPlan : Plan
{
    private readonly ulong[] _segments;
    private readonly float _weight;
    private readonly Ranking _ranking;
    private readonly int _term;
    private int _at;

    public TermPlan(IndexView view, Ranking ranking, int term, float weight)
        : base(view)
    {
        (_ranking, _term, _weight) = (ranking, term, weight);
        _segments = NoSegments();
        Mark(_segments, view.PlacesOf(term));
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
        var places = View.PlacesOf(_term);
        while (_at < places.Length && places[_at].Segment < segment) _at++;
        if (_at >= places.Length || places[_at].Segment != segment) return;
        var source = View.Segments[segment];
        var (bytes, norms) = (source.Bytes, source.Norms);
        var place = places[_at];
        var at = place.Offset;
        if (place.Documents > 1) IndexSegment.Number(bytes, ref at);
        var document = -1;
        for (var i = 0; i < place.Documents; i++)
        {
            var distance = IndexSegment.Number(bytes, ref at);
            document += (distance >> 1) + 1;
            var frequency = (distance & 1) != 0 ? 1 : IndexSegment.Number(bytes, ref at);
            hits.Add(document, Bm25.Score(_weight, frequency, _ranking.NormInverses[norms[document]]));
        }
    }
}

/// <summary>Documents that were found beforehand over all segments, all with one score: for the many words of a prefix or a pattern.</summary>
internal sealed class SetPlan : Plan
{
    private readonly ulong[] _segments;
    private readonly ulong[] _documents;
    private readonly double _score;

    public SetPlan(IndexView view, IEnumerable<int> terms, float score)
        : base(view)
    {
        _score = score;
        _segments = NoSegments();
        _documents = new ulong[(view.DocumentCount + 63) >> 6];
        foreach (var term in terms)
        {
            var places = view.PlacesOf(term);
            Mark(_segments, places);
            foreach (var place in places)
            {
                var bytes = view.Segments[place.Segment].Bytes;
                var at = place.Offset;
                if (place.Documents > 1) IndexSegment.Number(bytes, ref at);
                var document = view.FirstDocument[place.Segment] - 1;
                for (var i = 0; i < place.Documents; i++)
                {
                    var distance = IndexSegment.Number(bytes, ref at);
                    document += (distance >> 1) + 1;
                    if ((distance & 1) == 0) IndexSegment.Number(bytes, ref at);
                    _documents[document >> 6] |= 1UL << (document & 63);
                }
            }
        }
    }

    /// <param name="view">The view.</param>
    /// <param name="documents">The documents, a bit for each in the order of the view; kept.</param>
    /// <param name="score">The score of each.</param>
    public SetPlan(IndexView view, ulong[] documents, float score)
        : base(view)
    {
        (_documents, _score) = (documents, score);
        _segments = NoSegments();
        for (var segment = 0; segment < view.Segments.Count; segment++)
        {
            for (var document = view.FirstDocument[segment]; document < view.FirstDocument[segment + 1]; document++)
            {
                if ((documents[document >> 6] >> (document & 63) & 1) == 0) continue;
                _segments[segment >> 6] |= 1UL << (segment & 63);
                break;
            }
        }
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
        var first = View.FirstDocument[segment];
        for (var document = 0; document < hits.Count; document++)
        {
            var at = first + document;
            if (_documents[at >> 6] >> (at & 63) == 0)
            {
                // Nothing more in this word: on to the next.
                document += 63 - (at & 63);
                continue;
            }

            if ((_documents[at >> 6] >> (at & 63) & 1) != 0) hits.Add(document, _score);
        }
    }
}

/// <summary>Clauses together.</summary>
internal sealed class BooleanPlan : Plan
{
    private readonly Plan[] _must;
    private readonly Plan[] _should;
    private readonly Plan[] _not;
    private readonly ulong[] _segments;
    private readonly SegmentHits _hits = new();

    public BooleanPlan(IndexView view, IReadOnlyList<(Occur Occur, Plan Plan)> clauses)
        : base(view)
    {
        _must = Of(Occur.Must);
        _should = Of(Occur.Should);
        _not = Of(Occur.MustNot);
        _segments = NoSegments();
        for (var word = 0; word < _segments.Length; word++)
        {
            var bits = _must.Length > 0 ? ulong.MaxValue : 0UL;
            foreach (var plan in _must) bits &= plan.Segments[word];
            if (_must.Length == 0)
            {
                foreach (var plan in _should) bits |= plan.Segments[word];
            }

            _segments[word] = bits;
        }

        Plan[] Of(Occur occur) => [.. clauses.Where(clause => clause.Occur == occur).Select(clause => clause.Plan)];
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
        var isFirst = true;
        foreach (var plan in _must)
        {
            if (isFirst) plan.Evaluate(segment, hits);
            else Meet(plan, segment, hits);
            if (!hits.Any) return;
            isFirst = false;
        }

        foreach (var plan in _should)
        {
            if (!MayHold(plan, segment)) continue;
            _hits.Reset(hits.Count);
            plan.Evaluate(segment, _hits);
            var all = hits.Bits;
            var found = _hits.Bits;
            for (var word = 0; word < all.Length; word++)
            {
                var known = all[word];
                for (var bits = _must.Length > 0 ? found[word] & known : found[word]; bits != 0; bits &= bits - 1)
                {
                    var document = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    hits.Scores[document] = (bits & (~bits + 1) & known) != 0 ? hits.Scores[document] + _hits.Scores[document] : _hits.Scores[document];
                }

                if (_must.Length == 0) all[word] |= found[word];
            }
        }

        foreach (var plan in _not)
        {
            if (!hits.Any) return;
            if (!MayHold(plan, segment)) continue;
            _hits.Reset(hits.Count);
            plan.Evaluate(segment, _hits);
            var all = hits.Bits;
            var found = _hits.Bits;
            for (var word = 0; word < all.Length; word++) all[word] &= ~found[word];
        }
    }

    private static bool MayHold(Plan plan, int segment) => (plan.Segments[segment >> 6] >> (segment & 63) & 1) != 0;

    private void Meet(Plan plan, int segment, SegmentHits hits)
    {
        _hits.Reset(hits.Count);
        plan.Evaluate(segment, _hits);
        var all = hits.Bits;
        var found = _hits.Bits;
        for (var word = 0; word < all.Length; word++)
        {
            all[word] &= found[word];
            for (var bits = all[word]; bits != 0; bits &= bits - 1)
            {
                var document = (word << 6) + BitOperations.TrailingZeroCount(bits);
                hits.Scores[document] += _hits.Scores[document];
            }
        }
    }
}
