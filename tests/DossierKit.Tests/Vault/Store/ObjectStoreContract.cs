using System.Security.Cryptography;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>What every object store must keep; each store derives once.</summary>
public abstract class ObjectStoreContract
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new, empty store; the test disposes it.</summary>
    private protected abstract ValueTask<IObjectStore> OpenEmptyAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(9 << 20)]
    public async Task Put_AnySize_ReadsBackTheSame(int size)
    {
        await using var store = await OpenEmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(size);

        (await store.PutIfAbsentAsync(Name("a/b"), bytes, Ct)).ShouldBeTrue();

        (await store.ReadAllAsync(Name("a/b"), Ct)).ShouldNotBeNull().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Put_InPiecesOfAllSizes_ReadsBackTheSame()
    {
        await using var store = await OpenEmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(7 << 20);
        await using (var writer = await store.CreateAsync(Name("a"), Ct))
        {
            var done = 0;
            for (var piece = 1; done < bytes.Length; piece = (piece * 3) + 1)
            {
                var size = Math.Min(piece % (3 << 20), bytes.Length - done);
                await writer.WriteAsync(bytes.AsMemory(done, size), Ct);
                done += size;
            }

            (await writer.CommitAsync(Ct)).ShouldBeTrue();
        }

        (await store.ReadAllAsync(Name("a"), Ct)).ShouldNotBeNull().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Put_NameTaken_RefusesAndLeavesTheFirst()
    {
        await using var store = await OpenEmptyAsync();
        (await store.PutIfAbsentAsync(Name("x/1"), "first"u8.ToArray(), Ct)).ShouldBeTrue();

        (await store.PutIfAbsentAsync(Name("x/1"), "second"u8.ToArray(), Ct)).ShouldBeFalse();

        (await store.ReadAllAsync(Name("x/1"), Ct)).ShouldBe("first"u8.ToArray());
    }

    [Fact]
    public async Task Put_ByEightThreadsAtOnce_ExactlyOneWins()
    {
        await using var store = await OpenEmptyAsync();
        using var start = new Barrier(8);
        var wins = new int[RaceRounds];
        var threads = Enumerable.Range(0, 8).Select(me => new Thread(() =>
        {
            for (var round = 0; round < RaceRounds; round++)
            {
                start.SignalAndWait();
                if (store.PutIfAbsentAsync(Name($"race/{round}"), new[] { (byte)me }, default).AsTask().GetAwaiter().GetResult())
                    Interlocked.Add(ref wins[round], 1 + (me << 8));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        for (var round = 0; round < RaceRounds; round++)
        {
            (wins[round] & 0xFF).ShouldBe(1, $"round {round}");
            (await store.ReadAllAsync(Name($"race/{round}"), Ct)).ShouldBe([(byte)(wins[round] >> 8)]);
        }
    }

    [Fact]
    public async Task Write_BeforeCommit_ShowsNothing()
    {
        await using var store = await OpenEmptyAsync();
        await using var writer = await store.CreateAsync(Name("a/b"), Ct);
        await writer.WriteAsync(new byte[3 << 20], Ct);

        (await store.ExistsAsync(Name("a/b"), Ct)).ShouldBeFalse();
        (await store.OpenAsync(Name("a/b"), Ct)).ShouldBeNull();
        (await AllAsync(store)).ShouldBeEmpty();

        (await writer.CommitAsync(Ct)).ShouldBeTrue();
        (await store.ExistsAsync(Name("a/b"), Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNothingAndTheNameFree()
    {
        await using var store = await OpenEmptyAsync();
        await using (var writer = await store.CreateAsync(Name("a"), Ct)) await writer.WriteAsync(new byte[2 << 20], Ct);

        (await AllAsync(store)).ShouldBeEmpty();
        (await store.PutIfAbsentAsync(Name("a"), new byte[1], Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Writer_AfterCommit_RefusesToGoOn()
    {
        await using var store = await OpenEmptyAsync();
        await using var writer = await store.CreateAsync(Name("a"), Ct);
        await writer.CommitAsync(Ct);

        await Should.ThrowAsync<ObjectDisposedException>(async () => await writer.WriteAsync(new byte[1], Ct));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await writer.CommitAsync(Ct));
    }

    [Fact]
    public async Task Read_Ranges_GiveExactlyTheBytesThatAreThere()
    {
        await using var store = await OpenEmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(10_000);
        await store.PutIfAbsentAsync(Name("a"), bytes, Ct);
        await using var reader = (await store.OpenAsync(Name("a"), Ct)).ShouldNotBeNull();

        reader.Length.ShouldBe(10_000);
        foreach (var (offset, wanted, given) in new[] { (0, 10, 10), (9_990, 100, 10), (10_000, 5, 0), (20_000, 5, 0), (1, 9_999, 9_999), (7, 0, 0) })
        {
            var destination = new byte[wanted];
            (await reader.ReadAsync(offset, destination, Ct)).ShouldBe(given);
            destination.AsSpan(0, given).SequenceEqual(bytes.AsSpan(Math.Min(offset, bytes.Length), given)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Read_ByManyAtOnce_GivesEachTheSame()
    {
        await using var store = await OpenEmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(2 << 20);
        await store.PutIfAbsentAsync(Name("a"), bytes, Ct);
        await using var shared = (await store.OpenAsync(Name("a"), Ct)).ShouldNotBeNull();

        await Parallel.ForAsync(0, 64, Ct, async (i, ct) =>
        {
            var destination = new byte[30_000];
            (await shared.ReadAsync(i * 30_000, destination, ct)).ShouldBe(30_000);
            destination.AsSpan().SequenceEqual(bytes.AsSpan(i * 30_000, 30_000)).ShouldBeTrue();
        });
    }

    [Fact]
    public async Task Read_WhileDeleted_GoesOnWithTheOldBytes()
    {
        await using var store = await OpenEmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        await store.PutIfAbsentAsync(Name("a"), bytes, Ct);
        await using var reader = (await store.OpenAsync(Name("a"), Ct)).ShouldNotBeNull();

        (await store.DeleteAsync(Name("a"), Ct)).ShouldBeTrue();

        var destination = new byte[100_000];
        (await reader.ReadAsync(0, destination, Ct)).ShouldBe(100_000);
        destination.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Delete_Twice_SaysWhetherThereWasOne()
    {
        await using var store = await OpenEmptyAsync();
        await store.PutIfAbsentAsync(Name("a/b"), new byte[1], Ct);

        (await store.DeleteAsync(Name("a/b"), Ct)).ShouldBeTrue();
        (await store.DeleteAsync(Name("a/b"), Ct)).ShouldBeFalse();
        (await store.DeleteAsync(Name("never/there"), Ct)).ShouldBeFalse();
        (await store.ExistsAsync(Name("a/b"), Ct)).ShouldBeFalse();
        (await store.ReadAllAsync(Name("a/b"), Ct)).ShouldBeNull();
        (await store.PutIfAbsentAsync(Name("a/b"), new byte[1], Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task List_AnyNames_InOrdinalOrderOfTheWholeName()
    {
        // '-' sorts before '/', and '/' before digits and letters: a folder does not come where its bare name would.
        string[] names = ["a/z", "a-b", "a0", "b", "a/a/1", "a/a-1", "a/a0", "0", "-", "z/y/x/w/v/u/t/s", "a-b0/c"];
        await using var store = await OpenEmptyAsync();
        foreach (var name in names) await store.PutIfAbsentAsync(Name(name), new byte[1], Ct);

        (await AllAsync(store)).ShouldBe(names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_Pages_OfEverySizeFromEveryStart_AreTheSameListing()
    {
        await using var store = await OpenEmptyAsync();
        var names = Enumerable.Range(0, 40).Select(i => (i % 4) switch { 0 => $"n{i}", 1 => $"n/{i}", 2 => $"n/x/{i}", _ => $"n-{i}/y" }).Order(StringComparer.Ordinal).ToArray();
        foreach (var name in names) await store.PutIfAbsentAsync(Name(name), new byte[1], Ct);
        await store.PutIfAbsentAsync(Name("n/empty/x"), new byte[1], Ct);
        await store.DeleteAsync(Name("n/empty/x"), Ct);

        foreach (var limit in new[] { 1, 2, 3, 7, 39, 40, 41, 1000 })
        {
            for (var start = -1; start < names.Length; start++)
            {
                var page = await store.ListAsync("", start < 0 ? null : Name(names[start]), limit, Ct);
                page.Select(name => name.Value).ShouldBe(names.Skip(start + 1).Take(limit));
            }
        }

        // A start that is not there, before, between, and after.
        (await store.ListAsync("", Name("n/zzz"), 2, Ct)).Select(name => name.Value).ShouldBe(names.Where(name => string.CompareOrdinal(name, "n/zzz") > 0).Take(2));
        (await store.ListAsync("n/", Name("a"), 2, Ct)).Select(name => name.Value).ShouldBe(names.Where(name => name.StartsWith("n/", StringComparison.Ordinal)).Take(2));
        (await store.ListAsync("n/", Name("z"), 2, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Prefix_GivesWhatLiesBelowAndNothingBeside()
    {
        await using var store = await OpenEmptyAsync();
        foreach (var name in new[] { "a/1", "a/b/2", "a-b/3", "ab/4", "a0" }) await store.PutIfAbsentAsync(Name(name), new byte[1], Ct);

        (await AllAsync(store, "a/")).ShouldBe(["a/1", "a/b/2"]);
        (await AllAsync(store, "a/b/")).ShouldBe(["a/b/2"]);
        (await AllAsync(store, "a/1/")).ShouldBeEmpty();
        (await AllAsync(store, "nothing/here/")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a//")]
    [InlineData("A/")]
    public async Task List_WhatIsNoPrefix_IsRefused(string prefix)
    {
        await using var store = await OpenEmptyAsync();
        await Should.ThrowAsync<ArgumentException>(async () => await store.ListAsync(prefix, null, 10, Ct));
    }

    [Fact]
    public async Task Put_NameThatIsAFolderOfAnother_IsABug()
    {
        await using var store = await OpenEmptyAsync();
        await store.PutIfAbsentAsync(Name("a/b"), new byte[1], Ct);

        await Should.ThrowAsync<InvalidOperationException>(async () => await store.PutIfAbsentAsync(Name("a"), new byte[1], Ct));
        await Should.ThrowAsync<InvalidOperationException>(async () => await store.PutIfAbsentAsync(Name("a/b/c"), new byte[1], Ct));
        (await AllAsync(store)).ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task AnyVerb_Cancelled_DoesNothing()
    {
        await using var store = await OpenEmptyAsync();
        await store.PutIfAbsentAsync(Name("a"), new byte[1], Ct);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await store.CreateAsync(Name("b"), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.OpenAsync(Name("a"), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.ExistsAsync(Name("a"), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.ListAsync("", null, 1, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.DeleteAsync(Name("a"), cancelled));
        await using var writer = await store.CreateAsync(Name("b"), Ct);
        await Should.ThrowAsync<OperationCanceledException>(async () => await writer.WriteAsync(new byte[1], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await writer.CommitAsync(cancelled));
        (await AllAsync(store)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task UseReserve_WithSpaceLeft_ChangesNothing()
    {
        await using var store = await OpenEmptyAsync();
        using (store.UseReserve()) (await store.PutIfAbsentAsync(Name("a"), new byte[1], Ct)).ShouldBeTrue();
        (await AllAsync(store)).ShouldBe(["a"]);
    }

    /// <summary>How many times eight threads race; a disk that flushes is slower than memory.</summary>
    private protected virtual int RaceRounds => 2000;

    private protected static ObjectName Name(string value) => new(value);

    private protected static async Task<List<string>> AllAsync(IObjectStore store, string prefix = "")
    {
        var names = new List<string>();
        await foreach (var name in store.ListAllAsync(prefix, Ct)) names.Add(name.Value);
        return names;
    }
}
