using System.Numerics;

namespace DossierKit.Search;

/// <summary>
/// Several forms of one word, ranked as one: how often they stand there counts together, and the nearest of them says how heavily. So a document with the word itself ranks above one with another form of it,
/// and that above one with a compound.
/// </summary>
internal sealed class GroupPlan : Plan
{
    private static readonly float[] Weights = [1f, 0.7f, 0.4f];

    private readonly (int Term, Nearness Nearness)[] _forms;
    private readonly int[] _at;
    private readonly ulong[] _segments;
    private readonly Ranking _ranking;
    private readonly float _weight;
    private int[] _frequencies = [];
    private Nearness[] _nearest = [];

    public GroupPlan(IndexView view, Ranking ranking, IReadOnlyList<(int Term, Nearness Nearness)> forms, float boost)
        : base(view)
    {
        (_ranking, _forms, _at) = (ranking, [.. forms], new int[forms.Count]);
        _segments = NoSegments();
        var commonest = 0;
        foreach (var (term, _) in _forms)
        {
            Mark(_segments, view.PlacesOf(term));
            commonest = Math.Max(commonest, view.DocumentsOf(term));
        }

        // A rare form says no more than the word itself.
        _weight = boost * Bm25.Idf(view.WithText, commonest);
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
        var source = View.Segments[segment];
        if (_frequencies.Length < hits.Count)
        {
            var size = (int)BitOperations.RoundUpToPowerOf2((uint)hits.Count);
            (_frequencies, _nearest) = (new int[size], new Nearness[size]);
        }

        for (var form = 0; form < _forms.Length; form++)
        {
            var places = View.PlacesOf(_forms[form].Term);
            var next = _at[form];
            while (next < places.Length && places[next].Segment < segment) next++;
            _at[form] = next;
            if (next < places.Length && places[next].Segment == segment) Count(places[next], source.Bytes, _forms[form].Nearness, hits);
        }

        var bits = hits.Bits;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                var document = (word << 6) + BitOperations.TrailingZeroCount(left);
                hits.Scores[document] = Weights[(int)_nearest[document]] * Bm25.Score(_weight, _frequencies[document], _ranking.NormInverses[source.Norms[document]]);
            }
        }
    }

    private void Count(TermPlace place, byte[] bytes, Nearness nearness, SegmentHits hits)
    {
        var at = place.Offset;
        if (place.Documents > 1) IndexSegment.Number(bytes, ref at);
        var document = -1;
        for (var i = 0; i < place.Documents; i++)
        {
            var distance = IndexSegment.Number(bytes, ref at);
            document += (distance >> 1) + 1;
            var frequency = (distance & 1) != 0 ? 1 : IndexSegment.Number(bytes, ref at);
            if (hits.Holds(document))
            {
                _frequencies[document] += frequency;
                if (nearness < _nearest[document]) _nearest[document] = nearness;
            }
            else
            {
                hits.Add(document, 0);
                (_frequencies[document], _nearest[document]) = (frequency, nearness);
            }
        }
    }
}
