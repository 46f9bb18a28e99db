using System.Buffers.Binary;

namespace DossierKit.Dossiers;

/// <summary>
/// Whether a file is sound and nothing else, by its content: what may be a recording that was filed as something else. Asked before something leaves, so what could be either
/// counts as sound, and a film does not: an MP4 is asked for its tracks, since films and recordings begin alike.
/// </summary>
internal static class Sound
{
    /// <summary>Longer than any two frames of mp3: from here on <see cref="AudioHead"/> has seen the second one, and two bytes that any file can begin with are not enough.</summary>
    private const int TwoFrames = 3_000;

    /// <summary>The deepest box that is looked in: moov, trak, mdia, hdlr.</summary>
    private const int Deepest = 4;

    /// <summary>No film or recording needs more boxes before its tracks are known; a file made of nothing else must not be read for hours.</summary>
    private const int MostBoxes = 20_000;

    private static readonly byte[][] Marks =
    [
        [.. "fLaC"u8], [.. "#!AMR"u8], [.. "caff"u8],
    ];

    /// <summary>Looks at a file.</summary>
    /// <param name="content">Its bytes, from the start; seekable, left where it ends up.</param>
    /// <param name="length">Their length.</param>
    /// <param name="ct">Stops.</param>
    public static async ValueTask<bool> IsInAsync(Stream content, long length, CancellationToken ct)
    {
        var head = new byte[(int)Math.Min(AudioHead.Length, length)];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        head = head[..read];
        if (head.Length >= 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8))
            return await TracksAsync(content, length, ct) is { } tracks ? tracks is { HasSound: true, HasPicture: false } : AudioHead.Read(head, length) is not null;
        return IsIn(head, length);
    }

    private static bool IsIn(ReadOnlySpan<byte> head, long length)
    {
        foreach (var mark in Marks)
        {
            if (head.StartsWith(mark)) return true;
        }

        if (head.Length >= 12 && head.StartsWith("FORM"u8) && (head[8..12].SequenceEqual("AIFF"u8) || head[8..12].SequenceEqual("AIFC"u8))) return true;
        // The first page of an Ogg says what is in it; a film has its picture there.
        if (head.StartsWith("OggS"u8)) return head[..Math.Min(head.Length, 128)].IndexOf("theora"u8) < 0;
        return AudioHead.Read(head, length) is { } sound && (sound.Format != AudioFormat.Mp3 || head.StartsWith("ID3"u8) || length >= TwoFrames);
    }

    /// <summary>What an MP4 holds; <see langword="null"/> when it names no tracks, as when its recorder was switched off.</summary>
    private static async ValueTask<(bool HasSound, bool HasPicture)?> TracksAsync(Stream content, long length, CancellationToken ct)
    {
        var (sound, picture, boxes) = (false, false, 0);
        await WalkAsync(0, length, 1);
        return sound || picture ? (sound, picture) : null;

        async ValueTask WalkAsync(long at, long end, int depth)
        {
            var box = new byte[20];
            while (at <= end - 8 && boxes++ < MostBoxes)
            {
                var (size, header) = await HeaderAsync(at, box);
                if (size == 0) size = end - at;
                if (size < header || size > end - at) return;
                var kind = BinaryPrimitives.ReadUInt32BigEndian(box.AsSpan(4));
                if (kind is Moov or Trak or Mdia && depth < Deepest) await WalkAsync(at + header, at + size, depth + 1);
                else if (kind == Handler && size >= header + 12)
                {
                    // One byte of version, three of flags, four that are kept free: then what it is.
                    content.Position = at + header + 8;
                    await content.ReadExactlyAsync(box.AsMemory(0, 4), ct);
                    sound |= box.AsSpan(0, 4).SequenceEqual("soun"u8);
                    picture |= box.AsSpan(0, 4).SequenceEqual("vide"u8);
                }

                at += size;
            }

            async ValueTask<(long Size, int Header)> HeaderAsync(long from, byte[] into)
            {
                content.Position = from;
                await content.ReadExactlyAsync(into.AsMemory(0, 8), ct);
                var small = BinaryPrimitives.ReadUInt32BigEndian(into);
                if (small != 1) return (small, 8);
                if (from > end - 16) return (-1, 16);
                await content.ReadExactlyAsync(into.AsMemory(8, 8), ct);
                return (BinaryPrimitives.ReadInt64BigEndian(into.AsSpan(8)), 16);
            }
        }
    }

    private const uint Moov = 0x6D6F6F76, Trak = 0x7472616B, Mdia = 0x6D646961, Handler = 0x68646C72;
}
