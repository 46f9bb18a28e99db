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

    /// <summary>The box with the tracks.</summary>
    public const uint Moov = 0x6D6F6F76;

    /// <summary>The deepest box that is looked in: moov, trak, mdia, hdlr.</summary>
    private const int Deepest = 4;

    /// <summary>No film or recording needs more boxes before its tracks are known; a file made of nothing else must not be read for hours.</summary>
    private const int MostBoxes = 20_000;

    private static readonly byte[][] Marks =
    [
        [.. "fLaC"u8], [.. "#!AMR"u8], [.. "caff"u8],
    ];

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".opus", ".oga", ".flac", ".wma", ".amr", ".aiff", ".aif", ".mka", ".dss", ".ds2",
    };

    /// <summary>Whether it is called sound: of what this program cannot read, the name says most. <c>.webm</c> and <c>.3gp</c> can be films as well; those are told by their content alone.</summary>
    public static bool IsCalled(string name) => Extensions.Contains(Path.GetExtension(name));

    /// <summary>Whether it is an MP4 or one of its relatives: its tracks say what it is.</summary>
    public static bool IsMovie(ReadOnlySpan<byte> head) => head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8);

    /// <summary>Looks at a file.</summary>
    /// <param name="content">Its bytes, from the start; seekable, left where it ends up.</param>
    /// <param name="length">Their length.</param>
    /// <param name="ct">Stops.</param>
    public static async ValueTask<bool> IsInAsync(Stream content, long length, CancellationToken ct)
    {
        var head = new byte[(int)Math.Min(AudioHead.Length, length)];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        head = head[..read];
        return IsMovie(head) ? await IsMovieSoundAsync(content, length, head, ct) : IsIn(head, length);
    }

    /// <summary>An MP4: by its tracks, and where it names none by its brand, as when its recorder was switched off.</summary>
    /// <param name="boxes">The file, or its box with tracks alone.</param>
    /// <param name="length">Their length.</param>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="ct">Stops.</param>
    public static async ValueTask<bool> IsMovieSoundAsync(Stream boxes, long length, ReadOnlyMemory<byte> head, CancellationToken ct)
        => await TracksAsync(boxes, length, ct) is { } tracks ? tracks is { HasSound: true, HasPicture: false }
            : AudioHead.Read(head.Span, head.Length) is not null || head.Span[8..11].SequenceEqual("3gp"u8) || head.Span[8..11].SequenceEqual("3g2"u8);

    /// <summary>Anything but an MP4, by its first bytes.</summary>
    public static bool IsIn(ReadOnlySpan<byte> head, long length)
    {
        foreach (var mark in Marks)
        {
            if (head.StartsWith(mark)) return true;
        }

        if (head.Length >= 12 && head.StartsWith("FORM"u8) && (head[8..12].SequenceEqual("AIFF"u8) || head[8..12].SequenceEqual("AIFC"u8))) return true;
        // Dictation: a version, then a name.
        if (head.Length >= 4 && head[0] is > 0 and < 16 && (head[1..4].SequenceEqual("dss"u8) || head[1..4].SequenceEqual("ds2"u8))) return true;
        // Matroska and WebM, and Windows Media: what names no picture at its beginning is sound.
        if (head.StartsWith(Ebml)) return !NamesPictureCodec(head);
        if (head.StartsWith(Asf)) return head.IndexOf(AsfPicture) < 0;
        // The first page of an Ogg says what is in it; a film has its picture there.
        if (head.StartsWith("OggS"u8)) return head[..Math.Min(head.Length, 128)].IndexOf("theora"u8) < 0;
        return AudioHead.Read(head, length) is { } sound && (sound.Format != AudioFormat.Mp3 || head.StartsWith("ID3"u8) || length >= TwoFrames);
    }

    /// <summary>The element that names a codec (0x86), its size in one byte, and a name that begins with V_: two letters alone stand in any sound.</summary>
    private static bool NamesPictureCodec(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at + 4 <= head.Length; at++)
        {
            if (head[at] == 0x86 && head[at + 1] > 0x80 && head[at + 2] == (byte)'V' && head[at + 3] == (byte)'_') return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    private static ReadOnlySpan<byte> Asf => [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C];

    private static ReadOnlySpan<byte> AsfPicture => [0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B];

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

    private const uint Trak = 0x7472616B, Mdia = 0x6D646961, Handler = 0x68646C72;
}
