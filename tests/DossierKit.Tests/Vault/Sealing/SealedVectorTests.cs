using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Sealing;

/// <summary>
/// The vectors in 'vectors': four good streams made by another program from FORMAT.md alone, and one file an attack. Each is opened in every way there is.
/// </summary>
public sealed class SealedVectorTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly string Folder = Path.Join(Path.GetDirectoryName(ThisFile()), "vectors");

    public static TheoryData<string> Vectors => [.. Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Open_Vector_OpensOrIsRefusedForItsOwnReason(string name)
    {
        var vector = JsonSerializer.Deserialize<Vector>(await File.ReadAllBytesAsync(Path.Join(Folder, $"{name}.json")), Options)!;
        var bytes = Apply(vector.Edit, await File.ReadAllBytesAsync(Path.Join(Folder, vector.Base)));
        var key = Convert.FromHexString(vector.Key);
        var context = vector.Context.ToSealContext();

        // In the middle of something else, as in a pack: no neighbour may matter.
        var pack = RandomNumberGenerator.GetBytes(1000 + bytes.Length + 1000);
        bytes.CopyTo(pack, 1000);
        Func<Task<byte[]>>[] ways =
        [
            () => Task.FromResult(SealedStream.Open(context, key, bytes)),
            () => ReadAsync(context, key, pack, 1000, bytes.Length),
            async () =>
            {
                var length = await SealedStream.VerifyAsync(context, key, new BytesReader(pack), 1000, bytes.Length, default);
                length.ShouldBe(vector.Opens!.Length);
                return await ReadAsync(context, key, bytes, 0, bytes.Length);
            },
        ];

        (vector.Opens is null).ShouldBe(vector.Refused is not null);
        for (var way = 0; way < ways.Length; way++)
        {
            if (vector.Opens is { } opens)
            {
                var content = await ways[way]();
                content.Length.ShouldBe((int)opens.Length);
                Convert.ToHexStringLower(SHA256.HashData(content)).ShouldBe(opens.Sha256);
                continue;
            }

            var e = await Should.ThrowAsync<VaultException>(ways[way]);
            e.GetType().Name.ShouldBe(vector.Refused!.Error);
            e.Message.ShouldContain(way == 0 ? vector.Refused.Says : vector.Refused.SaysWhenStreamed);
            e.Message.ShouldContain(context.Object.ToString());
        }
    }

    private static async Task<byte[]> ReadAsync(SealContext context, byte[] key, byte[] source, long offset, long length)
    {
        await using var stream = await SealedStream.OpenReadAsync(context, key, new BytesReader(source), offset, length, ownsSource: true, default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static byte[] Apply(Edit? edit, byte[] bytes)
    {
        if (edit is null) return bytes;
        if (edit.Flip is { } flip) bytes[flip.Offset] ^= (byte)(1 << flip.Bit);
        if (edit.Set is { } set) Convert.FromHexString(set.Bytes).CopyTo(bytes, set.Offset);
        if (edit.Cut is { } cut) return bytes[..cut.Length];
        if (edit.Append is { } append) return [.. bytes, .. Convert.FromHexString(append.Bytes)];
        if (edit.DropUnit is { } drop) return [.. bytes[..StartOf(drop.Unit)], .. bytes[StartOf(drop.Unit + 1)..]];
        if (edit.RepeatUnit is { } repeat) return [.. bytes, .. bytes[StartOf(repeat.Unit)..StartOf(repeat.Unit + 1)]];
        if (edit.SwapUnits is not { } swap) return bytes;
        var a = bytes[StartOf(swap.A)..StartOf(swap.A + 1)];
        bytes.AsSpan(StartOf(swap.B), a.Length).CopyTo(bytes.AsSpan(StartOf(swap.A)));
        a.CopyTo(bytes, StartOf(swap.B));
        return bytes;
    }

    private static int StartOf(int unit) => 128 + (unit * (65536 + 16));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed record Vector(string Story, string Base, string Key, ContextOf Context, Edit? Edit, Opened? Opens, Refusal? Refused);

    private sealed record ContextOf(string Vault, string Stream, string Object, SealKindName Kind, uint Part, bool Last)
    {
        public SealContext ToSealContext() => new(Id(Vault), Id(Stream), Id(Object), (SealKind)Kind, Part, Last);

        private static OpaqueId Id(string text) => OpaqueId.TryParse(text, out var id) ? id : throw new FormatException(text);
    }

    /// <summary>The numbers of FORMAT.md, written down a second time.</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<SealKindName>))]
    private enum SealKindName : byte
    {
        Blob = 1,
        Payload = 2,
        JournalEntry = 3,
        KeyPage = 4,
        Snapshot = 5,
        Record = 6,
    }

    private sealed record Opened(long Length, string Sha256);

    private sealed record Refusal(string Error, string Says, string SaysWhenStreamed);

    private sealed record Edit(Flip? Flip, SetBytes? Set, Cut? Cut, Append? Append, OneUnit? DropUnit, OneUnit? RepeatUnit, TwoUnits? SwapUnits);

    private sealed record Flip(int Offset, int Bit);

    private sealed record SetBytes(int Offset, string Bytes);

    private sealed record Cut(int Length);

    private sealed record Append(string Bytes);

    private sealed record OneUnit(int Unit);

    private sealed record TwoUnits(int A, int B);
}
