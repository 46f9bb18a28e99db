using System.Buffers.Binary;

namespace DossierKit.Dossiers;

/// <summary>The kinds of recording that are taken in.</summary>
public enum AudioFormat
{
    /// <summary>RIFF WAVE.</summary>
    Wav,

    /// <summary>MPEG audio, layer III.</summary>
    Mp3,

    /// <summary>MPEG-4 audio.</summary>
    M4a,
}

/// <summary>What the first bytes of a file say: the content decides what it is, never its name.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Duration">How long it lasts; <see langword="null"/> when that cannot be told from the first bytes.</param>
internal sealed record AudioHead(AudioFormat Format, TimeSpan? Duration)
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Length = 1 << 16;

    private static readonly int[] BitratesV1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] BitratesV2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    private static readonly int[] SampleRates = [44_100, 48_000, 32_000];

    /// <summary>The extension that belongs to the content.</summary>
    public string Extension => Format switch
    {
        AudioFormat.Wav => ".wav",
        AudioFormat.Mp3 => ".mp3",
        _ => ".m4a",
    };

    /// <summary>Reads the head of a file.</summary>
    /// <param name="head">The first bytes, at most <see cref="Length"/>.</param>
    /// <param name="length">The length of the whole file; <see langword="null"/> when it is not known.</param>
    /// <returns>What it is; <see langword="null"/> when it is no recording that is taken in.</returns>
    public static AudioHead? Read(ReadOnlySpan<byte> head, long? length)
    {
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WAVE"u8)) return new AudioHead(AudioFormat.Wav, WavDuration(head, length));
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && IsAudioBrand(head[8..12])) return new AudioHead(AudioFormat.M4a, Mp4Duration(head));
        var at = head.StartsWith("ID3"u8) && head.Length >= 10 ? TagLength(head) : 0;
        if (at > 0 && at >= head.Length) return new AudioHead(AudioFormat.Mp3, null); // pictures in the tag: the first frame is further on
        return Frame(head[at..], (length ?? 0) - at) is { } frame ? frame with { Duration = length is null ? null : frame.Duration } : null;
    }

    private static bool IsAudioBrand(ReadOnlySpan<byte> brand)
        => brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8) || brand.SequenceEqual("mp42"u8) || brand.SequenceEqual("mp41"u8) || brand.SequenceEqual("isom"u8)
            || brand.SequenceEqual("iso2"u8) || brand.SequenceEqual("iso5"u8) || brand.SequenceEqual("iso6"u8);

    private static TimeSpan? WavDuration(ReadOnlySpan<byte> head, long? length)
    {
        uint bytesPerSecond = 0;
        for (var at = 12; at + 8 <= head.Length;)
        {
            var name = head.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head[(at + 4)..]);
            if (name.SequenceEqual("fmt "u8) && at + 20 <= head.Length) bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(head[(at + 16)..]);
            if (name.SequenceEqual("data"u8))
            {
                // A recorder that was switched off leaves no size, or the largest there is.
                var rest = length - at - 8;
                var data = size is 0 or uint.MaxValue || size > rest ? rest : size;
                return bytesPerSecond == 0 || data is not { } bytes ? null : TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            }

            if (size > int.MaxValue - at - 9) return null;
            at += 8 + (int)size + ((int)size & 1);
        }

        return null;
    }

    private static int TagLength(ReadOnlySpan<byte> head) => 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]) + ((head[5] & 0x10) != 0 ? 10 : 0);

    /// <summary>A frame of layer III. Two that follow each other are asked where the second lies in what was read: eleven bits alone stand in any file.</summary>
    private static AudioHead? Frame(ReadOnlySpan<byte> bytes, long length)
    {
        if (FrameLength(bytes) is not { } frame) return null;
        if (frame.Bytes + 4 <= bytes.Length ? FrameLength(bytes[frame.Bytes..]) is null : length > frame.Bytes + 4 && bytes.Length >= Length / 2) return null;
        var xing = bytes[..Math.Min(bytes.Length, 192)];
        var tag = xing.IndexOf("Xing"u8) is >= 0 and var variable ? variable : xing.IndexOf("Info"u8);
        if (tag >= 0 && tag + 12 <= xing.Length && (xing[tag + 7] & 1) != 0)
            return new AudioHead(AudioFormat.Mp3, TimeSpan.FromSeconds((double)BinaryPrimitives.ReadUInt32BigEndian(xing[(tag + 8)..]) * frame.Samples / frame.SampleRate));
        return new AudioHead(AudioFormat.Mp3, length > 0 ? TimeSpan.FromSeconds(length * 8.0 / (frame.Kilobits * 1000.0)) : null);
    }

    private static (int Bytes, int Samples, int SampleRate, int Kilobits)? FrameLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0) return null;
        var (version, layer, rate, bitrate) = (bytes[1] >> 3 & 3, bytes[1] >> 1 & 3, bytes[2] >> 2 & 3, bytes[2] >> 4);
        if (version == 1 || layer != 1 || rate == 3) return null;
        var isV1 = version == 3;
        var kilobits = (isV1 ? BitratesV1 : BitratesV2)[bitrate];
        if (kilobits == 0) return null;
        var sampleRate = SampleRates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        var samples = isV1 ? 1152 : 576;
        return (samples / 8 * kilobits * 1000 / sampleRate + (bytes[2] >> 1 & 1), samples, sampleRate, kilobits);
    }

    /// <summary>The duration in the movie header, where that lies at the beginning; many recorders write it at the end.</summary>
    private static TimeSpan? Mp4Duration(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("mvhd"u8);
        if (at < 0 || at + 36 > head.Length) return null;
        var isLong = head[at + 4] == 1;
        var scale = BinaryPrimitives.ReadUInt32BigEndian(head[(at + (isLong ? 24 : 16))..]);
        double duration = isLong ? BinaryPrimitives.ReadUInt64BigEndian(head[(at + 28)..]) : BinaryPrimitives.ReadUInt32BigEndian(head[(at + 20)..]);
        return scale == 0 || duration / scale > TimeSpan.MaxValue.TotalSeconds / 2 ? null : TimeSpan.FromSeconds(duration / scale);
    }
}
