using System.Globalization;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>The disk store when the disk fails, is full, or the process dies: real system calls of a real process.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _folder.Below("vault");

    private string Log => _folder.Below("strace.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_SmallObject_TakesExactlyTwoFlushes()
    {
        Strace.SkipWithout();
        await PrepareAsync();

        var opening = await Strace.CountAsync($"open|{Root}", "fsync", Log, Ct);
        var putting = await Strace.CountAsync($"put|{Root}|4096", "fsync", Log, Ct);

        (putting["fsync"] - opening["fsync"]).ShouldBe(2);
    }

    // Trap: on Linux, .NET's FileStream.Flush(true) and RandomAccess.FlushToDisk return quietly when fsync reports EIO.
    // A put was acknowledged, the bytes were never on disk, and a power cut took a dossier that someone had been told was stored.
    // So: the store calls fsync itself, and a put whose flush fails is never acknowledged.
    // And after one such error Linux forgets it: the next fsync of the same file says "done" though nothing was written. So nothing is written any more.
    [Theory]
    [InlineData("EIO", 1)]
    [InlineData("EIO", 2)]
    [InlineData("ENOSPC", 1)]
    [InlineData("EDQUOT", 2)]
    public async Task Put_FlushFails_ThrowsAndTheStoreIsReadOnlyUntilReopened(string error, int which)
    {
        Strace.SkipWithout();
        await PrepareAsync();
        var opening = await Strace.CountAsync($"open|{Root}", "fsync", Log, Ct);

        var said = await Strace.InjectAsync($"put-then-go-on|{Root}", $"fsync:error={error}:when={opening["fsync"] + which}", Ct);

        said.Count.ShouldBe(5, string.Join('\n', said));
        said[0].ShouldStartWith("put: VaultEnvironmentException: Object a/object at");
        said[0].ShouldContain("durably");
        said[1].ShouldStartWith("next put: VaultEnvironmentException: Nothing is written");
        said[2].ShouldStartWith("delete: VaultEnvironmentException: Nothing is written");
        said[3].ShouldBe("read: True");
        said[4].ShouldBe("put after reopening: True");
    }

    [Fact]
    public async Task Delete_FlushFails_Throws()
    {
        Strace.SkipWithout();
        await PrepareAsync();
        var opening = await Strace.CountAsync($"open|{Root}", "fsync", Log, Ct);

        var said = await Strace.InjectAsync($"delete|{Root}", $"fsync:error=EIO:when={opening["fsync"] + 1}", Ct);

        said[0].ShouldStartWith("delete: VaultEnvironmentException:");
    }

    [Theory]
    [InlineData("pwrite64", "ENOSPC", "Free space")]
    [InlineData("pwrite64", "EDQUOT", "Free space")]
    [InlineData("pwrite64", "EIO", "fails")]
    [InlineData("renameat2", "ENOSPC", "Free space")]
    [InlineData("renameat2", "EACCES", "right to read and write")]
    [InlineData("renameat2", "EROFS", "Mount it for writing")]
    public async Task Put_WriteFails_SaysWhatToDoLeavesNothingAndGoesOn(string call, string error, string whatNow)
    {
        Strace.SkipWithout();
        await PrepareAsync();
        var opening = await Strace.CountAsync($"open|{Root}", call, Log, Ct);

        var said = await Strace.InjectAsync($"put-then-go-on|{Root}", $"{call}:error={error}:when={opening[call] + 1}", Ct);

        said[0].ShouldStartWith("put: VaultEnvironmentException: Object a/object at");
        said[0].ShouldContain(Root);
        said[0].ShouldContain(whatNow);
        said[1].ShouldBe("next put: True");
        said[2].ShouldBe("delete: True");
        File.Exists(Path.Join(Root, "a", "object")).ShouldBeFalse();
        Directory.EnumerateFiles(Path.Join(Root, Volume.TempFolder)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pwrite64")]
    [InlineData("utimensat")]
    [InlineData("fsync")]
    [InlineData("renameat2")]
    [InlineData("unlinkat")]
    public async Task Put_KilledAtAnyCall_LeavesTheObjectWholeOrNotAtAll(string call)
    {
        Strace.SkipWithout();
        await PrepareAsync();
        const int size = (2 << 20) + 5;
        var opening = await Strace.CountAsync($"open|{Root}", call, Log, Ct);
        var all = await Strace.CountAsync($"put|{Root}|{size}", call, Log, Ct);
        all[call].ShouldBeGreaterThan(opening.GetValueOrDefault(call));

        for (var when = opening.GetValueOrDefault(call) + 1; when <= all[call]; when++)
        {
            File.Delete(Path.Join(Root, "a", "object"));
            await Strace.InjectAsync($"put|{Root}|{size}", $"{call}:signal=KILL:when={when}", Ct);

            await using var store = await DiskObjectStore.OpenAsync(Root, create: false, Ct);
            var bytes = await store.ReadAllAsync(new ObjectName("a/object"), Ct);
            if (bytes is not null) bytes.Length.ShouldBe(size);
            Directory.EnumerateFiles(Path.Join(Root, Volume.TempFolder)).ShouldBeEmpty("what the killed process left is removed when the store is opened");
        }
    }

    [Fact]
    public async Task Open_WhileAnotherProcessWrites_LeavesItsFile()
    {
        await PrepareAsync();
        using var child = ChildProcess.Start($"hold|{Root}");
        (await child.ReadLineAsync(Ct)).ShouldBe("writing");

        await (await DiskObjectStore.OpenAsync(Root, create: false, Ct)).DisposeAsync();
        Directory.EnumerateFiles(Path.Join(Root, Volume.TempFolder)).Count().ShouldBe(1);

        child.Kill();
        await child.EndAsync(Ct);
        await (await DiskObjectStore.OpenAsync(Root, create: false, Ct)).DisposeAsync();
        Directory.EnumerateFiles(Path.Join(Root, Volume.TempFolder)).ShouldBeEmpty();
    }

    // Trap: File.Move(overwrite: false) looks, then renames. In 24 of 20,000 races both writers were told that they had won,
    // and one journal entry silently replaced another that had been acknowledged.
    // So: a name is given by one system call that fails when the name is taken. Two processes here, since one process could serialise itself.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ByTwoProcessesAtOnce_ExactlyOneWins(bool byLink)
    {
        Assert.SkipWhen(byLink && OperatingSystem.IsWindows(), "Windows has one way to give a name.");
        const int rounds = 1000;
        await PrepareAsync();
        var meeting = _folder.Below("meeting");
        await File.WriteAllBytesAsync(meeting, new byte[16], Ct);

        var said = await Task.WhenAll(
            ChildProcess.RunAsync($"race|{Root}|{meeting}|0|{rounds}|{byLink}", [], Ct),
            ChildProcess.RunAsync($"race|{Root}|{meeting}|1|{rounds}|{byLink}", [], Ct));

        var won = said.Select(lines => int.Parse(lines[0], CultureInfo.InvariantCulture)).ToArray();
        (won[0] + won[1]).ShouldBe(rounds);
        won.ShouldAllBe(count => count > 0, "a race that one always wins is no race");
        await using var store = await DiskObjectStore.OpenAsync(Root, create: false, Ct);
        var second = 0;
        for (var round = 1; round <= rounds; round++) second += (await store.ReadAllAsync(new ObjectName($"race/{round}"), Ct)).ShouldNotBeNull()[0];
        second.ShouldBe(won[1], "the bytes are those of the winner");
    }

    private async Task PrepareAsync()
    {
        await using var store = await DiskObjectStore.OpenAsync(Root, create: true, Ct);
        (await store.PutIfAbsentAsync(new ObjectName("a/old"), new byte[100], Ct)).ShouldBeTrue();
    }
}
