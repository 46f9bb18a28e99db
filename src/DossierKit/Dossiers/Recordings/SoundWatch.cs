using System.Buffers;
using System.Buffers.Binary;

namespace DossierKit.Dossiers;

/// <summary>
/// Tells whether what is being read is sound and nothing else, as <see cref="Sound"/> does, of bytes that go by once: an upload cannot be read twice. Of an MP4 the box with its tracks is
/// kept until then, wherever it lies.
/// </summary>
/// <param name="head">The first bytes, as <see cref="RecordingContent.ReadHeadAsync"/> gives them.</param>
internal sealed class SoundWatch(ReadOnlyMemory<byte> head)
{
    /// <summary>The tracks of a film of many hours fit in it; a larger one is judged by its brand.</summary>
    private const int LargestTracks = 16 << 20;

    private readonly byte[] _header = new byte[16];
    private readonly ArrayBufferWriter<byte> _tracks = new();
    private int _headerLength;
    private long _skip;
    private long _left;
    private bool _isDone;

    /// <summary>Whether the first bytes say it already.</summary>
    public bool IsToldByHead => !Sound.IsMovie(head.Span);

    /// <summary>Takes the next bytes, those of the head as well.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (IsToldByHead) return;
        while (bytes.Length > 0 && !_isDone)
        {
            if (_left > 0)
            {
                var taken = (int)Math.Min(_left, bytes.Length);
                _tracks.Write(bytes[..taken]);
                bytes = bytes[taken..];
                _left -= taken;
                _isDone = _left == 0;
            }
            else if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                bytes = bytes[skipped..];
                _skip -= skipped;
            }
            else
            {
                var wanted = _headerLength >= 8 ? 16 : 8;
                var part = Math.Min(wanted - _headerLength, bytes.Length);
                bytes[..part].CopyTo(_header.AsSpan(_headerLength));
                bytes = bytes[part..];
                _headerLength += part;
                if (_headerLength == wanted) Begin(wanted);
            }
        }
    }

    /// <summary>Whether it is sound, by what was taken so far.</summary>
    public async ValueTask<bool> IsSoundAsync(CancellationToken ct)
    {
        if (IsToldByHead) return Sound.IsIn(head.Span, head.Length);
        using var tracks = new MemoryStream(_tracks.WrittenSpan.ToArray(), writable: false);
        return await Sound.IsMovieSoundAsync(tracks, tracks.Length, head, ct);
    }

    private void Begin(int header)
    {
        long size = BinaryPrimitives.ReadUInt32BigEndian(_header);
        if (size == 1 && header == 8) return; // the length follows in eight bytes
        if (size == 1) size = BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(8));
        var content = size == 0 ? long.MaxValue : size - header;
        _headerLength = 0;
        if (content < 0)
        {
            _isDone = true;
        }
        else if (BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4)) != Sound.Moov)
        {
            _skip = content;
        }
        else if (content is 0 or > LargestTracks)
        {
            _isDone = true;
        }
        else
        {
            Span<byte> box = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32BigEndian(box, (uint)content + 8);
            BinaryPrimitives.WriteUInt32BigEndian(box[4..], Sound.Moov);
            _tracks.Write(box);
            _left = content;
        }
    }
}
