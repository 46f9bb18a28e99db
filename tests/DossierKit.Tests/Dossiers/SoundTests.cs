using System.Buffers.Binary;
using System.Text;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>Whether a file is sound, by its content: what is not told to be sound leaves with an export, and a film that is taken for sound does not.</summary>
public sealed class SoundTests
{
    public static TheoryData<string, byte[], bool> Files => new()
    {
        { "wav", Sounds.Wav(1), true },
        { "mp3", Sounds.Mp3(200), true },
        { "mp3 with a tag", [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. Sounds.Mp3(2)], true },
        { "m4a", Movies.Of("M4A ", "soun"), true },
        { "sound in an mp4 of a film", Movies.Of("isom", "soun"), true },
        { "phone recording", Movies.Of("3gp4", "soun"), true },
        { "m4a cut off before its tracks", [.. Movies.Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0])], true },
        { "flac", [.. "fLaC"u8, .. new byte[100]], true },
        { "amr", [.. "#!AMR\n"u8, .. new byte[100]], true },
        { "aiff", [.. "FORM"u8, 0, 0, 1, 0, .. "AIFF"u8, .. new byte[100]], true },
        { "ogg", [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8, .. new byte[100]], true },
        { "phone recording cut off before its tracks", [.. Movies.Box("ftyp", [.. "3gp4"u8, 0, 0, 0, 0])], true },
        { "webm", [0x1A, 0x45, 0xDF, 0xA3, .. new byte[30], 0x86, 0x86, .. "A_OPUS"u8, .. "V_ in the sound"u8, .. new byte[100]], true },
        { "film in webm", [0x1A, 0x45, 0xDF, 0xA3, .. new byte[30], 0x86, 0x85, .. "V_VP9"u8, .. new byte[30], 0x86, 0x86, .. "A_OPUS"u8, .. new byte[100]], false },
        { "dictation", [2, .. "dss"u8, .. new byte[100]], true },
        { "dictation pro", [3, .. "ds2"u8, .. new byte[100]], true },
        { "wma", [.. Asf, .. new byte[100]], true },
        { "wmv", [.. Asf, .. new byte[50], 0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B], false },
        { "film", Movies.Of("isom", "vide", "soun"), false },
        { "film without sound", Movies.Of("mp42", "vide"), false },
        { "film with its tracks at the end", Movies.Of("isom", [new byte[200_000]], "soun", "vide"), false },
        { "film in ogg", [.. "OggS"u8, .. new byte[24], 0x80, .. "theora"u8, .. new byte[100]], false },
        { "photo of a phone", [.. Movies.Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]), .. new byte[100]], false },
        { "two bytes of a frame", [0xFF, 0xFB, 0x90, 0, .. new byte[50]], false },
        { "text of which the first letters are a frame", [0xFF, 0xFB, 0x90, 0, .. Encoding.ASCII.GetBytes(new string('a', 9_000))], false },
        { "pdf", [.. "%PDF-1.7"u8, .. new byte[5_000]], false },
        { "avi", [.. "RIFF"u8, 0, 0, 0, 0, .. "AVI LIST"u8, .. new byte[100]], false },
        { "empty", [], false },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task IsIn_AFile_IsToldByItsContent(string what, byte[] bytes, bool isSound)
    {
        using var content = new MemoryStream(bytes, writable: false);
        (await Sound.IsInAsync(content, bytes.Length, default)).ShouldBe(isSound, what);
    }

    /// <summary>The same, of bytes that go by once and in pieces.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public async Task Watch_AFileThatGoesBy_SaysTheSame(string what, byte[] bytes, bool isSound)
    {
        foreach (var piece in (int[])[1, 7, 100_000])
        {
            var watch = new SoundWatch(bytes.AsMemory(0, Math.Min(bytes.Length, AudioHead.Length)));
            for (var at = 0; at < bytes.Length; at += piece) watch.Take(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            (await watch.IsSoundAsync(default)).ShouldBe(isSound, what);
        }
    }

    private static ReadOnlySpan<byte> Asf => [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C];

    [Fact]
    public async Task IsIn_BoxesThatLie_IsToldWithoutAnError()
    {
        var random = new Random(5);
        var movie = Movies.Of("isom", "vide", "soun");
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = movie[..random.Next(12, movie.Length)].ToArray();
            for (var n = 0; n < 3; n++) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            using var content = new MemoryStream(bytes, writable: false);
            await Sound.IsInAsync(content, bytes.Length, default);
        }
    }
}

/// <summary>Makes files of MP4: boxes with tracks and nothing in them.</summary>
internal static class Movies
{
    public static byte[] Of(string brand, params string[] tracks) => Of(brand, [], tracks);

    public static byte[] Of(string brand, byte[][] before, params string[] tracks)
    {
        byte[] ftyp = Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), 0, 0, 2, 0]);
        var mdat = before.SelectMany(bytes => Box("mdat", bytes));
        var traks = tracks.SelectMany(kind => Box("trak", [.. Box("tkhd", new byte[84]), .. Box("mdia", [.. Box("mdhd", new byte[24]), .. Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(kind), .. new byte[13]])])]));
        return [.. ftyp, .. mdat, .. Box("moov", [.. Box("mvhd", new byte[100]), .. traks])];
    }

    public static byte[] Box(string kind, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(kind).CopyTo(box, 4);
        content.CopyTo(box, 8);
        return box;
    }
}
