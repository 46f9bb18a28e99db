using System.Runtime.CompilerServices;
using System.Text;

namespace DossierKit.Search;

/// <summary>
/// The searchable documents of one compartment of one dossier, as <see cref="SegmentWriter"/> wrote them. Opening reads the documents; the terms are walked by <see cref="IndexView"/>. Safe for
/// several threads.
/// </summary>
internal sealed class IndexSegment
{
    /// <summary>From so many bytes on no view can point into it.</summary>
    public const int Largest = 1 << 28;

    /// <summary>The most documents of one segment.</summary>
    public const int MostDocuments = ushort.MaxValue;

    private readonly byte[] _bytes;
    private readonly int[] _heads;
    private readonly int _terms;

    /// <summary>Reads the documents of a segment.</summary>
    /// <param name="bytes">Its bytes; kept.</param>
    /// <exception cref="FormatException">These are not the bytes of a segment of a kind known here.</exception>
    public IndexSegment(byte[] bytes)
    {
        _bytes = bytes;
        var at = 0;
        if (!bytes.AsSpan().StartsWith(Magic)) throw new FormatException("No segment of a kind known here.");
        at += Magic.Length;
        Profile = Encoding.UTF8.GetString(Slice(ref at, Number(ref at)));
        var count = Number(ref at);
        if (count > bytes.Length) throw new FormatException("A segment with more documents than bytes.");
        Lengths = new int[count];
        _heads = new int[count];
        for (var i = 0; i < count; i++)
        {
            Lengths[i] = Number(ref at);
            _heads[i] = at;
            Slice(ref at, Number(ref at));
            TotalLength += Lengths[i];
        }

        Norms = [.. Lengths.Select(LengthByte.Of)];
        TermCount = Number(ref at);
        // A view points at places in it with as many bits.
        if (bytes.Length >= Largest || count > MostDocuments || TermCount > bytes.Length - at) throw new FormatException("A segment that is larger than a view can hold.");
        _terms = at;
    }

    /// <summary>The first bytes: what it is, and the version of its format.</summary>
    public static ReadOnlySpan<byte> Magic => "DKX1"u8;

    /// <summary>The profile its terms were made with.</summary>
    public string Profile { get; }

    /// <summary>How many documents it has.</summary>
    public int Count => Lengths.Length;

    /// <summary>How many terms.</summary>
    public int TermCount { get; }

    /// <summary>The lengths of the documents, in tokens.</summary>
    public int[] Lengths { get; }

    /// <summary>The lengths in one byte each (<see cref="LengthByte"/>), by which is ranked.</summary>
    public byte[] Norms { get; }

    /// <summary>Those together.</summary>
    public long TotalLength { get; }

    /// <summary>All its bytes, in which places of terms are pointed at.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>What is known of a document.</summary>
    public ReadOnlySpan<byte> Head(int document)
    {
        var at = _heads[document];
        return Slice(ref at, Number(ref at));
    }

    /// <summary>Walks the terms in order.</summary>
    public TermWalk Terms() => new(this);

    /// <summary>Reads a number at a place and goes past it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Number(byte[] bytes, ref int at)
    {
        var value = (uint)bytes[at++];
        return value < 0x80 ? (int)value : Longer(bytes, ref at, value);
    }

    private static int Longer(byte[] bytes, ref int at, uint value)
    {
        value &= 0x7f;
        for (var shift = 7; shift < 35; shift += 7)
        {
            var next = bytes[at++];
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) return value <= int.MaxValue ? (int)value : throw new FormatException("A number that is too large.");
        }

        throw new FormatException("A number without an end.");
    }

    private int Number(scoped ref int at)
    {
        try
        {
            return Number(_bytes, ref at);
        }
        catch (IndexOutOfRangeException end)
        {
            throw new FormatException("A segment that ends too early.", end);
        }
    }

    private ReadOnlySpan<byte> Slice(scoped ref int at, int length)
    {
        if (length > _bytes.Length - at) throw new FormatException("A segment that ends too early.");
        at += length;
        return _bytes.AsSpan(at - length, length);
    }

    /// <summary>The terms of a segment, one after another.</summary>
    public ref struct TermWalk(IndexSegment segment)
    {
        private readonly IndexSegment _segment = segment;
        private readonly byte[] _term = new byte[(4 * WordTokenizer.MaxLength) + TermCode.Slack];
        private int _at = segment._terms;
        private int _left = segment.TermCount;
        private int _length;
        private int _postings;

        /// <summary>The term, UTF-8; valid until the next.</summary>
        public readonly ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

        /// <summary>In how many documents it stands.</summary>
        public int Documents { get; private set; }

        /// <summary>Where its places start, counted from the start of all places.</summary>
        public int Offset { get; private set; }

        /// <summary>Once all were walked: where the places start in the bytes.</summary>
        public readonly int PlacesFrom => _at;

        public bool Next()
        {
            if (_left == 0) return false;
            _left--;
            try
            {
                Read(_segment._bytes);
                return true;
            }
            catch (Exception end) when (end is IndexOutOfRangeException or ArgumentOutOfRangeException)
            {
                throw new FormatException("A segment that ends too early.", end);
            }
        }

        private void Read(byte[] bytes)
        {
            var both = bytes[_at++];
            var (shared, rest) = (both >> 4, both & 15);
            if (shared == 15) shared += IndexSegment.Number(bytes, ref _at);
            if (rest == 15) rest += IndexSegment.Number(bytes, ref _at);
            if (shared > _length) throw new FormatException("A term that shares more than there is.");
            _length = shared + TermCode.Read(bytes.AsSpan(_at, rest), _term.AsSpan(shared));
            _at += rest;
            var length = IndexSegment.Number(bytes, ref _at);
            Documents = (length & 1) != 0 ? 1 : IndexSegment.Number(bytes, ref _at);
            Offset = _postings;
            _postings += length >> 1;
        }
    }
}
