using System.Runtime.InteropServices;
using System.Text;

namespace DossierKit.Search;

/// <summary>
/// Makes the bytes of a segment: the searchable documents of one compartment of one dossier. Documents are added one by one; <see cref="Write"/> gives the whole. The bytes stand in the
/// README of this folder, "Segment".
/// </summary>
internal sealed class SegmentWriter(Analyzer analyzer)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<Postings> _postings = [];
    private readonly List<(ReadOnlyMemory<byte> Head, int Length)> _documents = [];

    /// <summary>How many documents were added.</summary>
    public int Count => _documents.Count;

    /// <summary>Adds a document.</summary>
    /// <param name="head">What is known of it, for whoever reads the segment: opaque here.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Its number in the segment, from 0.</returns>
    public int Add(ReadOnlyMemory<byte> head, ReadOnlySpan<char> text)
    {
        var sink = new Sink(this, _documents.Count);
        analyzer.Analyze(text, ref sink);
        _documents.Add((head, sink.Length));
        return _documents.Count - 1;
    }

    /// <summary>The segment; nothing may be added afterwards.</summary>
    public byte[] Write()
    {
        var terms = _ids.Select(pair => (Utf8: Encoding.UTF8.GetBytes(pair.Key), Postings: _postings[pair.Value])).ToArray();
        Array.Sort(terms, static (a, b) => a.Utf8.AsSpan().SequenceCompareTo(b.Utf8));

        var output = new ByteStore(1 << 16);
        output.Bytes(IndexSegment.Magic);
        output.Text(analyzer.Profile);
        output.Number((uint)_documents.Count);
        foreach (var (head, length) in _documents)
        {
            output.Number((uint)length);
            output.Number((uint)head.Length);
            output.Bytes(head.Span);
        }

        // The dictionary first and whole: opening reads it from end to end and never touches the postings.
        output.Number((uint)terms.Length);
        ReadOnlySpan<byte> before = [];
        var coded = new System.Buffers.ArrayBufferWriter<byte>(4 * WordTokenizer.MaxLength);
        foreach (var (utf8, postings) in terms)
        {
            var shared = before.CommonPrefixLength(utf8);
            coded.ResetWrittenCount();
            TermCode.Write(utf8.AsSpan(shared), coded);
            var rest = coded.WrittenCount;
            // Both in one byte when they are small; most terms stand in one document, and that takes no byte of its own either.
            output.Byte((byte)((Math.Min(shared, 15) << 4) | Math.Min(rest, 15)));
            if (shared >= 15) output.Number((uint)(shared - 15));
            if (rest >= 15) output.Number((uint)(rest - 15));
            output.Bytes(coded.WrittenSpan);
            var length = (uint)postings.Finish().Length;
            output.Number(postings.Documents == 1 ? (length << 1) | 1 : length << 1);
            if (postings.Documents > 1) output.Number((uint)postings.Documents);
            before = utf8;
        }

        foreach (var (_, postings) in terms) output.Bytes(postings.Finish());
        return output.Written.ToArray();
    }

    private void Token(scoped ReadOnlySpan<char> term, int document, int position)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids.GetAlternateLookup<ReadOnlySpan<char>>(), term, out var exists);
        if (!exists)
        {
            id = _postings.Count;
            _postings.Add(new Postings());
        }

        _postings[id].Add(document, position);
    }

    private struct Sink(SegmentWriter writer, int document) : ITokenSink
    {
        private int _position = -1;

        /// <summary>Tokens that count for the length: those at a place of their own.</summary>
        public int Length { get; private set; }

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end)
        {
            _position += increment;
            if (increment > 0) Length++;
            writer.Token(term, document, _position);
        }
    }

    /// <summary>
    /// Where one term stands. First its documents, each as the distance from the one before, doubled, plus one when the term stands in it once, otherwise followed by how often; then the places in
    /// all of them, each as the distance from the one before in its document. When there is more than one document the length of the first part stands in front, so that places can be left unread.
    /// </summary>
    private sealed class Postings
    {
        private readonly ByteStore _documents = new(8);
        private readonly ByteStore _places = new(8);
        private int _document = -1;
        private int _before = -1;
        private int _position;
        private int _frequency;
        private byte[]? _whole;

        public int Documents { get; private set; }

        public void Add(int document, int position)
        {
            if (document != _document)
            {
                Close();
                (_document, _position, _frequency) = (document, 0, 0);
                Documents++;
            }

            _places.Number((uint)(position - _position));
            _position = position;
            _frequency++;
        }

        public ReadOnlySpan<byte> Finish()
        {
            if (_whole is not null) return _whole;
            Close();
            var whole = new ByteStore(_documents.Written.Length + _places.Written.Length + 2);
            if (Documents > 1) whole.Number((uint)_documents.Written.Length);
            whole.Bytes(_documents.Written);
            whole.Bytes(_places.Written);
            return _whole = whole.Written.ToArray();
        }

        private void Close()
        {
            if (_frequency == 0) return;
            var distance = (uint)(_document - _before - 1) << 1;
            _documents.Number(_frequency == 1 ? distance | 1 : distance);
            if (_frequency > 1) _documents.Number((uint)_frequency);
            _before = _document;
            _frequency = 0;
        }
    }
}

/// <summary>Bytes that grow, with numbers as 7-bit groups, lowest first.</summary>
internal sealed class ByteStore(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Number(uint value)
    {
        if (_length + 5 > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + 5));
        for (; value >= 0x80; value >>= 7) _bytes[_length++] = (byte)(value | 0x80);
        _bytes[_length++] = (byte)value;
    }

    public void Byte(byte value) => Bytes([value]);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number((uint)bytes.Length);
        Bytes(bytes);
    }

    public void Clear() => _length = 0;
}
