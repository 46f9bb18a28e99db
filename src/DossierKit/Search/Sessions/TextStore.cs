using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace DossierKit.Search;

/// <summary>The texts of a segment's documents, each compressed by itself so that one can be read without the others. The bytes stand in the README of the folder above, "Texts".</summary>
internal static class TextStore
{
    private const int Quality = 5;
    private const int Window = 22;

    private static ReadOnlySpan<byte> Magic => "DKT1"u8;

    /// <summary>Takes texts one by one and keeps no more of each than its compressed bytes.</summary>
    public sealed class Writer
    {
        private readonly ByteStore _heads = new(1 << 12);
        private readonly ByteStore _content = new(1 << 16);
        private int _count;

        /// <summary>Adds the text of the next document.</summary>
        public void Add(ExtractedText text)
        {
            var before = 0;
            _heads.Number((uint)text.PageStarts.Count);
            foreach (var start in text.PageStarts)
            {
                _heads.Number((uint)(start - before));
                before = start;
            }

            var plain = Encoding.UTF8.GetBytes(text.Text);
            var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
            try
            {
                if (!BrotliEncoder.TryCompress(plain, packed, out var length, Quality, Window)) throw new InvalidOperationException("A text could not be compressed.");
                _heads.Number((uint)plain.Length);
                _heads.Number((uint)length);
                _content.Bytes(packed.AsSpan(0, length));
                _count++;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(packed, clearArray: true);
            }
        }

        /// <summary>The bytes of all of them.</summary>
        public byte[] Write()
        {
            var output = new ByteStore(_heads.Written.Length + _content.Written.Length + 16);
            output.Bytes(Magic);
            output.Number((uint)_count);
            output.Bytes(_heads.Written);
            output.Bytes(_content.Written);
            return output.Written.ToArray();
        }
    }

    /// <summary>Texts that were written.</summary>
    public sealed class Reader
    {
        private readonly byte[] _bytes;
        private readonly (int[] Pages, int Length, int From, int Packed)[] _heads;

        /// <exception cref="FormatException">These are not the bytes of texts.</exception>
        public Reader(byte[] bytes)
        {
            _bytes = bytes;
            var reader = new IndexReader(bytes);
            reader.Magic(Magic);
            _heads = new (int[], int, int, int)[reader.Count()];
            var from = 0L;
            for (var i = 0; i < _heads.Length; i++)
            {
                var pages = new int[reader.Count()];
                for (var page = 0; page < pages.Length; page++) pages[page] = reader.Number() + (page == 0 ? 0 : pages[page - 1]);
                var (length, packed) = (reader.Number(), reader.Number());
                _heads[i] = (pages, length, (int)Math.Min(from, int.MaxValue), packed);
                from += packed;
            }

            var start = bytes.Length - reader.Rest().Length;
            if (from != bytes.Length - start) throw new FormatException("Texts that end too early or too late.");
            for (var i = 0; i < _heads.Length; i++) _heads[i].From += start;
        }

        /// <summary>How many there are.</summary>
        public int Count => _heads.Length;

        /// <summary>The text of a document, without its gaps.</summary>
        /// <exception cref="FormatException">It cannot be unpacked.</exception>
        public ExtractedText this[int document]
        {
            get
            {
                if ((uint)document >= (uint)_heads.Length) throw new FormatException("Texts of other documents.");
                var (pages, length, from, packed) = _heads[document];
                var plain = new byte[length];
                if (!BrotliDecoder.TryDecompress(_bytes.AsSpan(from, packed), plain, out var written) || written != length) throw new FormatException("A text that cannot be unpacked.");
                return new ExtractedText { Text = Encoding.UTF8.GetString(plain), PageStarts = pages, IsSearchable = true };
            }
        }
    }
}

/// <summary>Reads what <see cref="ByteStore"/> wrote; whatever does not fit is refused.</summary>
internal ref struct IndexReader(byte[] bytes)
{
    private int _at;

    public void Magic(ReadOnlySpan<byte> magic)
    {
        if (!bytes.AsSpan().StartsWith(magic)) throw new FormatException("Bytes of a kind not known here.");
        _at = magic.Length;
    }

    public int Number()
    {
        try
        {
            return IndexSegment.Number(bytes, ref _at);
        }
        catch (IndexOutOfRangeException problem)
        {
            throw new FormatException("Bytes that end too early.", problem);
        }
    }

    /// <summary>How many there are of something that takes at least a byte each.</summary>
    public int Count() => Number() is var count && count <= bytes.Length - _at ? count : throw new FormatException("More than there is room for.");

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > bytes.Length - _at) throw new FormatException("Bytes that end too early.");
        _at += length;
        return bytes.AsSpan(_at - length, length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes(Number()));

    public ReadOnlySpan<byte> Rest() => bytes.AsSpan(_at);
}
