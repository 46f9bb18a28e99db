using System.Numerics;

namespace DossierKit.Search;

/// <summary>Words in order, or near each other, ranked by how often and how near.</summary>
internal sealed class PhrasePlan : Plan
{
    private readonly Part[] _parts;
    private readonly ulong[] _segments;
    private readonly Ranking _ranking;
    private readonly float _weight;
    private readonly int _slop;

    public PhrasePlan(IndexView view, Ranking ranking, IReadOnlyList<(int Term, int Position)> terms, int slop, float weight)
        : base(view)
    {
        (_ranking, _slop, _weight) = (ranking, slop, weight);
        var first = terms.Min(term => term.Position);
        _parts = [.. terms.Select(term => new Part(term.Term, term.Position - first))];
        _segments = NoSegments();
        Array.Fill(_segments, ulong.MaxValue);
        var one = NoSegments();
        foreach (var part in _parts)
        {
            Array.Clear(one);
            Mark(one, view.PlacesOf(part.Term));
            for (var word = 0; word < one.Length; word++) _segments[word] &= one[word];
        }
    }

    public override ReadOnlySpan<ulong> Segments => _segments;

    public override void Evaluate(int segment, SegmentHits hits)
    {
        var source = View.Segments[segment];
        foreach (var part in _parts)
        {
            if (!part.Open(View.PlacesOf(part.Term), segment, source)) return;
        }

        // The documents that hold all words; only there are places read.
        for (var document = _parts[0].Document; document < int.MaxValue;)
        {
            var meet = document;
            foreach (var part in _parts)
            {
                meet = part.AdvanceTo(meet);
                if (meet != document) break;
            }

            if (meet == document)
            {
                foreach (var part in _parts) part.ReadPlaces();
                var frequency = _slop == 0 ? Exact() : Sloppy();
                if (frequency > 0) hits.Add(document, Bm25.Score(_weight, frequency, _ranking.NormInverses[source.Norms[document]]));
                meet = _parts[0].AdvanceTo(document + 1);
            }

            document = meet;
        }
    }

    /// <summary>How often the words stand exactly so.</summary>
    private int Exact()
    {
        // The rarest leads; a place of it fits when every other has one that fits with it.
        var lead = _parts[0];
        foreach (var part in _parts)
        {
            part.At = 0;
            if (part.Frequency < lead.Frequency) lead = part;
        }

        var count = 0;
        foreach (var place in lead.Places)
        {
            var fits = true;
            foreach (var part in _parts)
            {
                if (part == lead) continue;
                var places = part.Places;
                while (part.At < places.Length && places[part.At] < place) part.At++;
                if (part.At >= places.Length) return count;
                if (places[part.At] == place) continue;
                fits = false;
                break;
            }

            if (fits) count++;
        }

        return count;
    }

    /// <summary>
    /// How near the words stand: each time they are within the slop adds 1 / (1 + distance). The word that stands first moves on until it would pass the next; of one word twice in the phrase no
    /// two may stand on the same place.
    /// </summary>
    private float Sloppy()
    {
        // Of one word the second in the phrase begins at its second place, and so on.
        for (var i = 0; i < _parts.Length; i++)
        {
            var part = _parts[i];
            part.At = 0;
            for (var before = 0; before < i; before++)
            {
                if (_parts[before].Term == part.Term) part.At++;
            }

            if (part.At >= part.Frequency) return 0;
        }

        var frequency = 0f;
        while (true)
        {
            var first = _parts[0];
            foreach (var part in _parts)
            {
                if (Before(part, first)) first = part;
            }

            var second = int.MaxValue;
            foreach (var part in _parts)
            {
                if (part != first) second = Math.Min(second, part.Place);
            }

            var nearest = Last() - first.Place;
            while (true)
            {
                first.At++;
                if (first.At >= first.Frequency || !Settle(first))
                {
                    return nearest <= _slop ? frequency + (1f / (1f + nearest)) : frequency;
                }

                if (first.Place > second) break;
                nearest = Math.Min(nearest, Last() - first.Place);
            }

            if (nearest <= _slop) frequency += 1f / (1f + nearest);
        }
    }

    private int Last()
    {
        var last = int.MinValue;
        foreach (var part in _parts) last = Math.Max(last, part.Place);
        return last;
    }

    private static bool Before(Part a, Part b) => a.Place < b.Place || (a.Place == b.Place && a.Position < b.Position);

    /// <summary>While a word stands where the same word, elsewhere in the phrase, stands as well, the one of both that is behind moves on; <see langword="false"/> when it has no more.</summary>
    private bool Settle(Part part)
    {
        while (Colliding(part) is { } other)
        {
            var behind = Before(part, other) ? part : other;
            if (++behind.At >= behind.Frequency) return false;
        }

        return true;
    }

    private Part? Colliding(Part part)
    {
        foreach (var other in _parts)
        {
            if (other != part && other.Term == part.Term && other.Place + other.Position == part.Place + part.Position) return other;
        }

        return null;
    }

    /// <summary>One word of the phrase, in the segment that is looked at.</summary>
    private sealed class Part(int term, int position)
    {
        private int[] _places = new int[16];
        private byte[] _bytes = [];
        private int _place;
        private int _left;
        private int _documentsAt;
        private int _placesAt;
        private int _unread;

        public int Term => term;

        public int Position => position;

        public int Document { get; private set; }

        public int Frequency { get; private set; }

        public int At { get; set; }

        /// <summary>The places in this document, less that of the word in the phrase: words that stand as asked have the same.</summary>
        public ReadOnlySpan<int> Places => _places.AsSpan(0, Frequency);

        public int Place => _places[At];

        public bool Open(ReadOnlySpan<TermPlace> places, int segment, IndexSegment source)
        {
            while (_place < places.Length && places[_place].Segment < segment) _place++;
            if (_place >= places.Length || places[_place].Segment != segment) return false;
            _bytes = source.Bytes;
            _left = places[_place].Documents;
            _documentsAt = places[_place].Offset;
            var length = _left > 1 ? IndexSegment.Number(_bytes, ref _documentsAt) : -1;
            Document = -1;
            (Frequency, _unread) = (0, 0);
            _placesAt = _documentsAt + Math.Max(0, length);
            Next();
            if (length < 0) _placesAt = _documentsAt;
            return true;
        }

        public int AdvanceTo(int document)
        {
            while (Document < document) Next();
            return Document;
        }

        public void ReadPlaces()
        {
            // Places of documents that were passed: a number ends with a byte below 128.
            for (; _unread > 0; _unread--)
            {
                while (_bytes[_placesAt++] >= 0x80)
                {
                }
            }

            if (_places.Length < Frequency) _places = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Frequency)];
            var place = -position;
            for (var i = 0; i < Frequency; i++) _places[i] = place += IndexSegment.Number(_bytes, ref _placesAt);
            _read = true;
        }

        private bool _read;

        private void Next()
        {
            if (!_read) _unread += Frequency;
            _read = false;
            if (_left-- == 0)
            {
                Document = int.MaxValue;
                Frequency = 0;
                return;
            }

            var distance = IndexSegment.Number(_bytes, ref _documentsAt);
            Document += (distance >> 1) + 1;
            Frequency = (distance & 1) != 0 ? 1 : IndexSegment.Number(_bytes, ref _documentsAt);
        }
    }
}
