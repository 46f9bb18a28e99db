using System.Numerics;

namespace DossierKit.Search;

/// <summary>The hits of a query in one segment: a bit for each document, and its score. Lent again and again.</summary>
internal sealed class SegmentHits
{
    private ulong[] _bits = [];
    private double[] _scores = [];

    /// <summary>How many documents the segment has.</summary>
    public int Count { get; private set; }

    public Span<ulong> Bits => _bits.AsSpan(0, (Count + 63) >> 6);

    /// <summary>Only that of a hit means something.</summary>
    public Span<double> Scores => _scores.AsSpan(0, Count);

    public int Total
    {
        get
        {
            var total = 0;
            foreach (var word in Bits) total += BitOperations.PopCount(word);
            return total;
        }
    }

    public bool Any => Bits.ContainsAnyExcept(0UL);

    /// <summary>Makes it empty, for a segment.</summary>
    public void Reset(int documents)
    {
        if (_scores.Length < documents)
        {
            var size = (int)BitOperations.RoundUpToPowerOf2((uint)documents);
            _scores = new double[size];
            _bits = new ulong[(size + 63) >> 6];
        }

        Count = documents;
        Bits.Clear();
    }

    public bool Holds(int document) => (_bits[document >> 6] >> (document & 63) & 1) != 0;

    public void Add(int document, double score)
    {
        _bits[document >> 6] |= 1UL << (document & 63);
        _scores[document] = score;
    }

    public void Remove(int document) => _bits[document >> 6] &= ~(1UL << (document & 63));

    /// <summary>Makes all documents hits.</summary>
    public void Fill(double score)
    {
        for (var i = 0; i < Count; i++) Add(i, score);
    }
}
