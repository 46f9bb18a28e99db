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

    [Fact]
    public void Open_AnyBitFlipped_IsRefused()
        => Prop.ForAll(
            Gen.Choose(0, 2000).SelectMany(length => Gen.Choose(0, ((int)SealedStream.SealedLength(length) * 8) - 1).Select(bit => (length, bit))).ToArbitrary(),
            at =>
            {
                var bytes = SealedStream.Seal(Context, Key, RandomNumberGenerator.GetBytes(at.length));
                bytes[at.bit / 8] ^= (byte)(1 << (at.bit % 8));
                Should.Throw<VaultException>(() => SealedStream.Open(Context, Key, bytes));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Open_CutAnywhere_IsRefused()
        => Prop.ForAll(
            Gen.Choose(0, 3 * Unit).SelectMany(length => Gen.Choose(0, (int)SealedStream.SealedLength(length) - 1).Select(cut => (length, cut))).ToArbitrary(),
            at =>
            {
                var bytes = SealedStream.Seal(Context, Key, new byte[at.length])[..at.cut];
                Should.Throw<VaultDamagedException>(() => SealedStream.Open(Context, Key, bytes));
                Should.Throw<VaultDamagedException>(() => VerifyAsync(bytes).AsTask().GetAwaiter().GetResult());
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Seal_TheSameTwice_SharesNoBytes()
    {
        var one = SealedStream.Seal(Context, Key, new byte[1000]);
        var two = SealedStream.Seal(Context, Key, new byte[1000]);

        one.AsSpan(0, 64).SequenceEqual(two.AsSpan(0, 64)).ShouldBeTrue("the header says what it belongs to");
        Enumerable.Range(64, one.Length - 64 - 8).Count(i => one.AsSpan(i, 8).SequenceEqual(two.AsSpan(i, 8))).ShouldBe(0, "a fresh salt gives fresh keys");
    }

    [Fact]
    public async Task Read_AtAnyPlace_EqualsTheWhole()
    {
        var content = RandomNumberGenerator.GetBytes((2 * Batch) + 12_345);
        var bytes = SealedStream.Seal(Context, Key, content);
        await using var stream = await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, ownsSource: true, default);

        Prop.ForAll(Gen.Choose(0, content.Length + 10).SelectMany(offset => Gen.Choose(0, 300_000).Select(length => (offset, length))).ToArbitrary(), at =>
        {
            stream.Position = at.offset;
            var buffer = new byte[at.length];
            var read = stream.ReadAtLeast(buffer, at.length, throwOnEndOfStream: false);
            return read == Math.Clamp(content.Length - at.offset, 0, at.length) && buffer.AsSpan(0, read).SequenceEqual(content.AsSpan(Math.Min(at.offset, content.Length), read));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Read_ChangedUnit_GivesWhatIsBeforeItAndNothingOfIt()
    {
        var content = RandomNumberGenerator.GetBytes(20 * Unit);
        var bytes = SealedStream.Seal(Context, Key, content);
        bytes[SealedStream.HeaderSize + (7 * (Unit + 16)) + 100] ^= 1;
        await using var stream = await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, ownsSource: true, default);
        var buffer = new byte[Unit];

        for (var unit = 0; unit < 20; unit++)
        {
            stream.Position = (long)unit * Unit;
            Array.Clear(buffer);
            if (unit == 7)
            {
                (await Should.ThrowAsync<VaultDamagedException>(async () => await stream.ReadExactlyAsync(buffer))).Message.ShouldContain("unit 7");
                buffer.ShouldAllBe(b => b == 0);
                continue;
            }

            (await stream.ReadAtLeastAsync(buffer, Unit)).ShouldBe(Unit);
            buffer.AsSpan().SequenceEqual(content.AsSpan(unit * Unit, Unit)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task SealAsync_MoreContentThanOnePart_GoesOnInTheNextAndTheLastSaysSo()
    {
        const int partSize = 100_000;
        foreach (var length in (int[])[0, 1, partSize - 1, partSize, partSize + 1, 3 * partSize, (3 * partSize) + 7])
        {
            var content = RandomNumberGenerator.GetBytes(length);
            using var source = new MemoryStream(content);
            var parts = new List<byte[]>();
            long taken;
            do
            {
                await using var store = new MemoryObjectStore();
                await using var writer = await store.CreateAsync(new ObjectName("a"), default);
                taken = await SealedStream.SealAsync(Context with { Part = (uint)parts.Count }, Key, source, partSize, writer, default);
                await writer.CommitAsync(default);
                parts.Add((await store.ReadAllAsync(new ObjectName("a"), default))!);
            }
            while (taken == partSize);

            parts.Count.ShouldBe((length / partSize) + 1);
            var opened = parts.SelectMany((bytes, i) => SealedStream.Open(Context with { Part = (uint)i, Last = i == parts.Count - 1 }, Key, bytes));
            opened.SequenceEqual(content).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task SealAsync_ContentThatComesInDrops_IsTheSame()
    {
        var content = RandomNumberGenerator.GetBytes(Batch + 5000);
        await using var store = new MemoryObjectStore();
        await using var writer = await store.CreateAsync(new ObjectName("a"), default);

        (await SealedStream.SealAsync(Context, Key, new DrippingStream(content), long.MaxValue >> 20, writer, default)).ShouldBe(content.Length);

        await writer.CommitAsync(default);
        var bytes = (await store.ReadAllAsync(new ObjectName("a"), default))!;
        SealedStream.Open(Context, Key, bytes).AsSpan().SequenceEqual(content).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task SealAsync_TargetFails_TheFailureIsHeard(int failingWrite)
    {
        var writes = 0;
        await using var store = new MemoryObjectStore { Fault = (operation, _) => operation is StoreOperation.Write && ++writes == failingWrite ? StoreFault.Before : null };
        await using var writer = await store.CreateAsync(new ObjectName("a"), default);

        await Should.ThrowAsync<VaultEnvironmentException>(async () => await SealedStream.SealAsync(Context, Key, new MemoryStream(new byte[5 * Batch]), 10L * Batch, writer, default));
    }

    [Fact]
    public async Task SealAsync_ContentFails_TheFailureIsHeard()
    {
        await using var store = new MemoryObjectStore();
        await using var writer = await store.CreateAsync(new ObjectName("a"), default);

        await Should.ThrowAsync<IOException>(async () => await SealedStream.SealAsync(Context, Key, new DrippingStream(new byte[2 * Batch], failAt: Batch + 10), 10L * Batch, writer, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenRead_DisposedOrRefused_ClosesTheSourceOnlyWhenItOwnsIt(bool owns)
    {
        var bytes = SealedStream.Seal(Context, Key, new byte[10]);
        var source = new BytesReader(bytes);
        await (await SealedStream.OpenReadAsync(Context, Key, source, 0, bytes.Length, owns, default)).DisposeAsync();
        source.IsDisposed.ShouldBe(owns);

        source = new BytesReader(bytes);
        await Should.ThrowAsync<VaultDamagedException>(async () => await SealedStream.OpenReadAsync(Context, new byte[32], source, 0, bytes.Length, owns, default));
        source.IsDisposed.ShouldBe(owns);

        // A unit that is changed is found a step later than a wrong key.
        bytes[200] ^= 1;
        source = new BytesReader(bytes);
        await Should.ThrowAsync<VaultDamagedException>(async () => await SealedStream.OpenReadAsync(Context, Key, source, 0, bytes.Length, owns, default));
        source.IsDisposed.ShouldBe(owns);
    }

    [Fact]
    public async Task OpenRead_MoreThanTheObjectHas_IsCut()
    {
        var bytes = SealedStream.Seal(Context, Key, new byte[10]);

        (await Should.ThrowAsync<VaultDamagedException>(async () => await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 1, bytes.Length, ownsSource: true, default)))
            .Message.ShouldContain("is cut");
    }

    [Fact]
    public async Task ReadStream_Disposed_RefusesToRead()
    {
        var bytes = SealedStream.Seal(Context, Key, new byte[10]);
        var stream = await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, ownsSource: true, default);
        await stream.DisposeAsync();

        stream.CanRead.ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stream.ReadExactlyAsync(new byte[1]));
    }

    [Fact]
    public async Task ReadStream_ReadBySomethingThatKnowsNoAsync_IsTheSame()
    {
        var content = RandomNumberGenerator.GetBytes(Batch + 99);
        var bytes = SealedStream.Seal(Context, Key, content);
        await using var stream = await SealedStream.OpenReadAsync(Context, Key, new BytesReader(bytes), 0, bytes.Length, ownsSource: true, default);
        using var copy = new MemoryStream();

        stream.CopyTo(copy);

        copy.ToArray().AsSpan().SequenceEqual(content).ShouldBeTrue();
        stream.Seek(-99, SeekOrigin.End).ShouldBe(Batch);
        stream.ReadByte().ShouldBe(content[Batch]);
        Should.Throw<IOException>(() => stream.Seek(-1, SeekOrigin.Begin));
        stream.CanWrite.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Seal_KeyOfAnotherSize_IsABug(int size) => Should.Throw<ArgumentException>(() => SealedStream.Seal(Context, new byte[size], [1]));

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

    /// <summary>Gives a few bytes at a time, and fails where it is told to.</summary>
    private sealed class DrippingStream(byte[] content, int failAt = int.MaxValue) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => Position >= failAt ? throw new IOException("as ordered") : base.ReadAsync(buffer[..Math.Min(buffer.Length, 777)], cancellationToken);
    }
}
