using System.Numerics;
using System.Text;

namespace DossierKit.Search;

/// <summary>Where the places of a term stand: in which segment, from which of its bytes, and in how many documents. In eight bytes: there are millions of them.</summary>
internal readonly record struct TermPlace
{
    private const int SegmentBits = 20;
    private const int DocumentBits = 16;

    private readonly ulong _all;

    /// <exception cref="FormatException">More segments, bytes or documents than a view can hold.</exception>
    public TermPlace(int segment, long offset, int documents)
    {
        if (segment >> SegmentBits != 0 || documents >> DocumentBits != 0 || offset >> (64 - SegmentBits - DocumentBits) != 0) throw new FormatException("A view with more segments, or a segment with more documents or bytes, than can be searched.");
        _all = ((ulong)offset << (SegmentBits + DocumentBits)) | ((ulong)(uint)segment << DocumentBits) | (uint)documents;
    }

    public int Segment => (int)(_all >> DocumentBits) & ((1 << SegmentBits) - 1);

    public int Offset => (int)(_all >> (SegmentBits + DocumentBits));

    public int Documents => (int)_all & ((1 << DocumentBits) - 1);

    /// <summary>The same, so many bytes further.</summary>
    public TermPlace Moved(int bytes) => new(Segment, (long)Offset + bytes, Documents);
}

/// <summary>
/// The segments that one person may read, as one index: its terms, and for each where it stands. Everything that ranks (how many documents, how many hold a term, how long they are) is counted
/// over these segments alone, so that nothing unreadable can shift anything. Made once for each set of segments, then only read; safe for several threads.
/// </summary>
internal sealed class IndexView
{
    private readonly byte[] _terms;
    private readonly int[] _termFrom;
    private readonly int[] _table;
    private readonly int[] _placesFrom;
    private readonly TermPlace[] _places;
    private readonly int _mask;
    private readonly Lazy<int[]> _sorted;

    public IndexView(IReadOnlyList<IndexSegment> segments)
    {
        Segments = segments;
        FirstDocument = new int[segments.Count + 1];
        var builder = new Builder(segments.Sum(segment => segment.TermCount));
        for (var i = 0; i < segments.Count; i++)
        {
            FirstDocument[i + 1] = FirstDocument[i] + segments[i].Count;
            TotalLength += segments[i].TotalLength;
            WithText += segments[i].Count - segments[i].Lengths.AsSpan().Count(0);
            builder.Add(segments[i], i);
        }

        (_terms, _termFrom, _table, _mask, _placesFrom, _places) = builder.Finish();
        AverageLength = WithText == 0 ? 1 : (float)(TotalLength / (double)WithText);
        _sorted = new Lazy<int[]>(Sort);
    }

    /// <summary>The segments, in the order given.</summary>
    public IReadOnlyList<IndexSegment> Segments { get; }

    /// <summary>The number in the view of the first document of each segment; one more: how many there are.</summary>
    public int[] FirstDocument { get; }

    /// <summary>How many documents there are.</summary>
    public int DocumentCount => FirstDocument[^1];

    /// <summary>How many of them hold a term at all: those that ranking counts.</summary>
    public int WithText { get; }

    /// <summary>Their lengths together, in tokens.</summary>
    public long TotalLength { get; }

    /// <summary>The mean length of those that hold a term.</summary>
    public float AverageLength { get; }

    /// <summary>How many terms there are.</summary>
    public int TermCount => _termFrom.Length - 1;

    /// <summary>The terms in the order of their bytes: made when first asked for.</summary>
    public ReadOnlySpan<int> Sorted => _sorted.Value;

    /// <summary>The number of a term; -1 when it stands nowhere.</summary>
    public int Find(ReadOnlySpan<byte> term)
    {
        for (var slot = (int)TermHash.Of(term) & _mask; ; slot = (slot + 1) & _mask)
        {
            var id = _table[slot] - 1;
            if (id < 0) return -1;
            if (TermOf(id).SequenceEqual(term)) return id;
        }
    }

    /// <summary>The number of a term; -1 when it stands nowhere.</summary>
    public int Find(string term) => Find(Encoding.UTF8.GetBytes(term));

    /// <summary>The bytes of a term.</summary>
    public ReadOnlySpan<byte> TermOf(int id) => _terms.AsSpan(_termFrom[id], _termFrom[id + 1] - _termFrom[id]);

    /// <summary>The first term, from a number on, that holds these bytes; -1 when there is none. All terms lie behind one another, so this is one pass over memory.</summary>
    public int FindHolding(ReadOnlySpan<byte> part, int from)
    {
        for (var at = _termFrom[from]; at < _terms.Length;)
        {
            var found = _terms.AsSpan(at).IndexOf(part);
            if (found < 0) return -1;
            var place = Array.BinarySearch(_termFrom, from, _termFrom.Length - from, at + found);
            var id = place >= 0 ? place : ~place - 1;
            if (at + found + part.Length <= _termFrom[id + 1]) return id;
            // Half in one term and half in the next.
            at += found + 1;
        }

        return -1;
    }

    /// <summary>Where a term stands, by segment.</summary>
    public ReadOnlySpan<TermPlace> PlacesOf(int id) => _places.AsSpan(_placesFrom[id], _placesFrom[id + 1] - _placesFrom[id]);

    /// <summary>In how many documents a term stands.</summary>
    public int DocumentsOf(int id)
    {
        var documents = 0;
        foreach (var place in PlacesOf(id)) documents += place.Documents;
        return documents;
    }

    private int[] Sort()
    {
        var ids = new int[TermCount];
        for (var i = 0; i < ids.Length; i++) ids[i] = i;
        Array.Sort(ids, (a, b) => TermOf(a).SequenceCompareTo(TermOf(b)));
        return ids;
    }

    /// <summary>Puts the terms of segments together in one table.</summary>
    private sealed class Builder
    {
        private readonly int[] _foundTerms;
        private readonly TermPlace[] _found;
        private byte[] _terms = new byte[1 << 16];
        private int[] _from = new int[1 << 12];
        private ulong[] _hashes = new ulong[1 << 12];
        private int[] _table = new int[1 << 13];
        private int _count;
        private int _places;

        public Builder(int places) => (_foundTerms, _found) = (new int[places], new TermPlace[places]);

        public void Add(IndexSegment segment, int number)
        {
            var first = _places;
            var walk = segment.Terms();
            while (walk.Next()) (_foundTerms[_places], _found[_places++]) = (IdOf(walk.Term), new TermPlace(number, walk.Offset, walk.Documents));
            for (var i = first; i < _places; i++) _found[i] = _found[i].Moved(walk.PlacesFrom);
        }

        public (byte[] Terms, int[] From, int[] Table, int Mask, int[] PlacesFrom, TermPlace[] Places) Finish()
        {
            var from = new int[_count + 1];
            foreach (var term in _foundTerms.AsSpan(0, _places)) from[term + 1]++;
            for (var i = 0; i < _count; i++) from[i + 1] += from[i];
            var next = from.AsSpan(0, _count).ToArray();
            var places = new TermPlace[_places];
            for (var i = 0; i < _places; i++) places[next[_foundTerms[i]]++] = _found[i];
            return (_terms[.._from[_count]], _from[..(_count + 1)], _table, _table.Length - 1, from, places);
        }

        private int IdOf(ReadOnlySpan<byte> term)
        {
            var hash = TermHash.Of(term);
            var mask = _table.Length - 1;
            for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
            {
                var id = _table[slot] - 1;
                if (id < 0) return AddTerm(term, hash, slot);
                if (_hashes[id] == hash && term.SequenceEqual(_terms.AsSpan(_from[id], _from[id + 1] - _from[id]))) return id;
            }
        }

        private int AddTerm(ReadOnlySpan<byte> term, ulong hash, int slot)
        {
            if (_count + 2 > _from.Length)
            {
                Array.Resize(ref _from, 2 * _from.Length);
                Array.Resize(ref _hashes, 2 * _hashes.Length);
            }

            var start = _from[_count];
            if (start + term.Length > _terms.Length) Array.Resize(ref _terms, (int)BitOperations.RoundUpToPowerOf2((uint)(start + term.Length)));
            term.CopyTo(_terms.AsSpan(start));
            _from[_count + 1] = start + term.Length;
            _hashes[_count] = hash;
            _table[slot] = ++_count;
            if (2 * _count > _table.Length) Grow();
            return _count - 1;
        }

        private void Grow()
        {
            _table = new int[2 * _table.Length];
            for (var id = 0; id < _count; id++)
            {
                var slot = (int)_hashes[id] & (_table.Length - 1);
                while (_table[slot] != 0) slot = (slot + 1) & (_table.Length - 1);
                _table[slot] = id + 1;
            }
        }
    }
}
