using System.Security.Cryptography;
using DossierKit.Vault;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Vault.Sealing;

/// <summary>Laws of the sealed stream.</summary>
public sealed class SealedStreamTests
{
    private const int Unit = SealedLayout.UnitSize;
    private const int Batch = SealedLayout.BatchSize;

    private static readonly SealContext Context = new(OpaqueId.Random(), OpaqueId.Random(), OpaqueId.Random(), SealKind.Blob);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(SealedStream.KeySize);

    /// <summary>Lengths around every border: unit, batch, trailer, Padmé step.</summary>
    public static TheoryData<int> Lengths =>
    [
        0, 1, 7, 8, 9, 247, 248, 249, 256, 300, 4096, Unit - 9, Unit - 8, Unit - 7, Unit - 1, Unit, Unit + 1, (2 * Unit) - 8, (2 * Unit) - 7,
        (3 * Unit) - 8, (15 * Unit) + 5, Batch - 9, Batch - 8, Batch - 7, Batch - 1, Batch, Batch + 1, (2 * Batch) - 8, (2 * Batch) - 1, 2 * Batch, (3 * Batch) + 17,
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task EveryWay_AnyLength_GivesTheSameContent(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var inMemory = SealedStream.Seal(Context, Key, content);
        var streamed = await SealAsync(content, length + 1L);

        streamed.Length.ShouldBe(inMemory.Length);
        inMemory.Length.ShouldBe((int)SealedStream.SealedLength(length));
        foreach (var bytes in new[] { inMemory, streamed })
        {
            SealedStream.Open(Context, Key, bytes).AsSpan().SequenceEqual(content).ShouldBeTrue();
            (await ReadAllAsync(bytes)).AsSpan().SequenceEqual(content).ShouldBeTrue();
            (await VerifyAsync(bytes)).ShouldBe(length);
        }
    }

    [Fact]
    public void OpenedAgain_AnyContent_IsTheSame()
        => Prop.ForAll<byte[]>(content => SealedStream.Open(Context, Key, SealedStream.Seal(Context, Key, content)).AsSpan().SequenceEqual(content)).QuickCheckThrowOnFailure();

    private static async Task<byte[]> SealAsync(byte[] content, long max)
    {
        await using var store = new MemoryObjectStore();
        await using var writer = await store.CreateAsync(new ObjectName("a"), default);
        (await SealedStream.SealAsync(Context, Key, new MemoryStream(content), max, writer, default)).ShouldBe(Math.Min(max, content.Length));
        (await writer.CommitAsync(default)).ShouldBeTrue();
        return (await store.ReadAllAsync(new ObjectName("a"), default))!;
    }

    private static async Task<byte[]> ReadAllAsync(byte[] bytes)
    {
        await using var stream = await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, ownsSource: true, default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static ValueTask<long> VerifyAsync(byte[] bytes) => SealedStream.VerifyAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, default);
}
