using System.Buffers.Binary;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>What a recording is and how long it lasts, by its first bytes.</summary>
public sealed class AudioHeadTests
{
    [Fact]
    public void Read_Wav_TellsItsLength()
    {
        var wav = Sounds.Wav(seconds: 3);
        AudioHead.Read(wav, wav.Length).ShouldBe(new AudioHead(AudioFormat.Wav, TimeSpan.FromSeconds(3)));
        // A recorder that lost power never filled the size in.
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), uint.MaxValue);
        AudioHead.Read(wav, wav.Length)!.Duration.ShouldBe(TimeSpan.FromSeconds(3));
        AudioHead.Read(wav, null)!.Duration.ShouldBeNull();
    }

    [Fact]
    public void Read_WavWithOtherChunksBefore_TellsItsLength()
    {
        var wav = Sounds.Wav(seconds: 2);
        byte[] withList = [.. wav.AsSpan(0, 36), .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. wav.AsSpan(36)];
        AudioHead.Read(withList, withList.Length)!.Duration.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Read_Mp3_WithAndWithoutTag_IsFound()
    {
        var mp3 = Sounds.Mp3(frames: 100);
        AudioHead.Read(mp3, mp3.Length)!.Format.ShouldBe(AudioFormat.Mp3);
        AudioHead.Read(mp3, mp3.Length)!.Duration!.Value.TotalSeconds.ShouldBe(100 * 1152 / 44_100.0, 0.01);
        byte[] tagged = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[20], .. mp3];
        AudioHead.Read(tagged, tagged.Length)!.Duration!.Value.TotalSeconds.ShouldBe(100 * 1152 / 44_100.0, 0.01);
        // A tag with a picture, larger than what is looked at.
        byte[] picture = [.. "ID3"u8, 4, 0, 0, 0, 0x20, 0, 0, .. new byte[70_000]];
        AudioHead.Read(picture.AsSpan(0, AudioHead.Length), null).ShouldBe(new AudioHead(AudioFormat.Mp3, null));
    }

    [Fact]
    public void Read_Mp3WithFrameCount_TellsTheLengthOfAllFrames()
    {
        var mp3 = Sounds.Mp3(frames: 4);
        "Xing"u8.CopyTo(mp3.AsSpan(36));
        mp3[43] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(mp3.AsSpan(44), 1000);
        AudioHead.Read(mp3, mp3.Length)!.Duration!.Value.TotalSeconds.ShouldBe(1000 * 1152 / 44_100.0, 0.01);
    }

    [Fact]
    public void Read_M4a_TellsItsLengthWhenItStandsInFront()
    {
        byte[] start = [0, 0, 0, 20, .. "ftypM4A "u8, 0, 0, 0, 0, .. "isom"u8];
        AudioHead.Read(start, 1_000_000).ShouldBe(new AudioHead(AudioFormat.M4a, null));
        byte[] whole = [.. start, .. new byte[8], .. "mvhd"u8, 0, 0, 0, 0, .. new byte[8], 0, 0, 0x03, 0xE8, 0, 0, 0x27, 0x10, .. new byte[80]];
        AudioHead.Read(whole, whole.Length)!.Duration.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("%PDF-1.7 en meer dan genoeg tekst om op te lijken")]
    [InlineData("RIFF\0\0\0\0AVI LIST dit is een film")]
    [InlineData("\0\0\0\u0018ftypqt  \0\0\0\0 een film van een telefoon")]
    [InlineData("PK\u0003\u0004 een zip")]
    [InlineData("")]
    [InlineData("R")]
    [InlineData("ID3")]
    public void Read_SomethingElse_IsNoRecording(string text)
        => AudioHead.Read(System.Text.Encoding.Latin1.GetBytes(text), text.Length).ShouldBeNull();

    [Fact]
    public void Read_ElevenBitsByChance_IsNoRecording()
    {
        var chance = new byte[AudioHead.Length];
        (chance[0], chance[1], chance[2]) = (0xFF, 0xFB, 0x90);
        AudioHead.Read(chance, chance.Length).ShouldBeNull();
        // An executable, a picture.
        AudioHead.Read([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF"u8, .. new byte[100]], 110).ShouldBeNull();
    }

    [Fact]
    public void Read_AnyPrefix_NeverFails()
    {
        var random = new Random(20261122);
        foreach (var sound in (byte[][])[Sounds.Wav(1), Sounds.Mp3(3), [0, 0, 0, 20, .. "ftypM4A "u8, .. new byte[30], .. "mvhd"u8, 1, .. new byte[40]]])
        {
            for (var length = 0; length < Math.Min(sound.Length, 300); length++) AudioHead.Read(sound.AsSpan(0, length), length);
            for (var round = 0; round < 2_000; round++)
            {
                var damaged = sound.ToArray();
                for (var i = 0; i < 6; i++) damaged[random.Next(Math.Min(64, damaged.Length))] = (byte)random.Next(256);
                AudioHead.Read(damaged, damaged.Length);
            }
        }
    }
}

/// <summary>Sound of nothing.</summary>
internal static class Sounds
{
    public static byte[] Wav(int seconds)
    {
        var wav = new byte[44 + (seconds * 16_000)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        (wav[20], wav[22]) = (1, 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), 8_000);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 16_000);
        (wav[32], wav[34]) = (2, 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), seconds * 16_000);
        return wav;
    }

    /// <summary>Frames of 128 kbit/s at 44.1 kHz.</summary>
    public static byte[] Mp3(int frames)
    {
        const int length = 417;
        var mp3 = new byte[frames * length];
        for (var i = 0; i < frames; i++) (mp3[i * length], mp3[(i * length) + 1], mp3[(i * length) + 2]) = (0xFF, 0xFB, 0x90);
        return mp3;
    }
}
