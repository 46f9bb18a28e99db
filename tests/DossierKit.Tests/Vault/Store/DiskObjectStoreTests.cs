using System.Diagnostics;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>What a disk adds to the contract: folders, rights, times, links, leftovers, full disks.</summary>
public sealed class DiskObjectStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Root => _folder.Below("deep", "down", "vault");

    private string Temps => Path.Join(Root, Volume.TempFolder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NoSuchFolder_SaysSoAndMakesNothing()
    {
        var e = await Should.ThrowAsync<VaultEnvironmentException>(async () => await DiskObjectStore.OpenAsync(Root, create: false, Ct));

        e.Message.ShouldContain(Root);
        e.Message.ShouldContain("run init");
        Directory.Exists(Root).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_AFileInstead_SaysSo()
    {
        await File.WriteAllTextAsync(_folder.Below("file"), "x", Ct);

        await Should.ThrowAsync<VaultEnvironmentException>(async () => await DiskObjectStore.OpenAsync(_folder.Below("file"), create: true, Ct));
    }

    [Fact]
    public async Task Put_Object_IsForThisAccountOnlyAndDoesNotTellWhen()
    {
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("a/b"), new byte[10], Ct);
        var file = Path.Join(Root, "a", "b");

        File.GetLastWriteTimeUtc(file).ShouldBe(Volume.FixedTime);
        File.GetLastWriteTimeUtc(Path.Join(Root, Volume.ReserveFile)).ShouldBe(Volume.FixedTime);
        if (OperatingSystem.IsWindows()) return;
        File.GetLastAccessTimeUtc(file).ShouldBe(Volume.FixedTime);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        const UnixFileMode folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var path in new[] { _folder.Below("deep"), Root, Path.Join(Root, "a"), Temps }) File.GetUnixFileMode(path).ShouldBe(folder, path);
    }

    [Fact]
    public async Task Read_Object_LeavesNoTraceOfWhen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reading without an access time exists on Linux only.");
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("a"), new byte[10], Ct);

        (await store.ReadAllAsync(new ObjectName("a"), Ct)).ShouldNotBeNull();

        File.GetLastAccessTimeUtc(Path.Join(Root, "a")).ShouldBe(Volume.FixedTime);
    }

    [Fact]
    public async Task List_ForeignFilesAndTheStoresOwn_AreNoObjects()
    {
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("a/b"), new byte[10], Ct);
        await File.WriteAllTextAsync(Path.Join(Root, "a", "README.txt"), "x", Ct);
        Directory.CreateDirectory(Path.Join(Root, "lost+found"));

        (await store.ListAsync("", null, 10, Ct)).ShouldBe([new ObjectName("a/b")]);
    }

    [Fact]
    public async Task Open_LeftoverOfADeadProcess_IsRemoved()
    {
        await (await OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Join(Temps, "0123456789abcdef0123456789abcdef"), "half an object", Ct);

        await using var store = await OpenAsync();

        Directory.EnumerateFileSystemEntries(Temps).ShouldBeEmpty();
    }

    // Trap: where a name is given by link and unlink, a process killed between the two leaves a second name of the object in the temp folder.
    // A key that is destroyed by its own name would live on there, and the verklaring van vernietiging would be untrue.
    // So: a delete also removes what dead processes left in the temp folder.
    [Fact]
    public async Task Delete_ObjectWithALeftoverSecondName_RemovesBoth()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows gives names by moving.");
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("keys/1"), new byte[10], Ct);
        await RunAsync("ln", Path.Join(Root, "keys", "1"), Path.Join(Temps, "leftover"));

        (await store.DeleteAsync(new ObjectName("keys/1"), Ct)).ShouldBeTrue();

        Directory.EnumerateFileSystemEntries(Temps).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnyVerb_LinkPlantedAsFolder_IsNeverFollowed()
    {
        var outside = PlantOutside();
        await using var store = await OpenAsync();
        Directory.CreateSymbolicLink(Path.Join(Root, "keys"), outside);

        await ShouldBeDamagedAsync(async () => await store.ReadAllAsync(new ObjectName("keys/secret"), Ct));
        await ShouldBeDamagedAsync(async () => await store.ExistsAsync(new ObjectName("keys/secret"), Ct));
        await ShouldBeDamagedAsync(async () => await store.DeleteAsync(new ObjectName("keys/secret"), Ct));
        await ShouldBeDamagedAsync(async () => await store.PutIfAbsentAsync(new ObjectName("keys/new"), new byte[1], Ct));
        await ShouldBeDamagedAsync(async () => await store.ListAsync("keys/", null, 10, Ct));
        (await store.ListAsync("", null, 10, Ct)).ShouldBeEmpty();
        Directory.EnumerateFiles(outside).Select(Path.GetFileName).ShouldBe(["secret"]);
    }

    [Fact]
    public async Task AnyVerb_LinkPlantedAsObject_IsNeverFollowed()
    {
        var outside = PlantOutside();
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("keys/real"), new byte[1], Ct);
        File.CreateSymbolicLink(Path.Join(Root, "keys", "planted"), Path.Join(outside, "secret"));

        await ShouldBeDamagedAsync(async () => await store.ReadAllAsync(new ObjectName("keys/planted"), Ct));
        (await store.PutIfAbsentAsync(new ObjectName("keys/planted"), new byte[1], Ct)).ShouldBeFalse();
        (await store.DeleteAsync(new ObjectName("keys/planted"), Ct)).ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Join(outside, "secret"), Ct)).ShouldBe("of someone else");
    }

    [Fact]
    public async Task Open_TempFolderPlantedAsLink_Refuses()
    {
        var outside = PlantOutside();
        Directory.CreateDirectory(Root);
        Directory.CreateSymbolicLink(Temps, outside);

        await ShouldBeDamagedAsync(async () => await OpenAsync());
        File.Exists(Path.Join(outside, "secret")).ShouldBeTrue("a sweep through the link would have removed it");
    }

    [Fact]
    public async Task Read_PipePlantedAsObject_IsRefusedWithoutWaiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        await using var store = await OpenAsync();
        await RunAsync("mkfifo", Path.Join(Root, "pipe"));

        await ShouldBeDamagedAsync(async () => await store.ReadAllAsync(new ObjectName("pipe"), Ct));
    }

    [Fact]
    public async Task Delete_Folder_IsRefused()
    {
        await using var store = await OpenAsync();
        await store.PutIfAbsentAsync(new ObjectName("a/b"), new byte[1], Ct);

        await ShouldBeDamagedAsync(async () => await store.DeleteAsync(new ObjectName("a"), Ct));
        (await store.ExistsAsync(new ObjectName("a"), Ct)).ShouldBeFalse();
        (await store.ExistsAsync(new ObjectName("a/b"), Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task FullDisk_OrdinaryPutsFailAndDestroyingWorks()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.Below("small"), "size=3m,nr_inodes=200");
        await using var store = await DiskObjectStore.OpenAsync(disk.Path, create: true, Ct);
        store.HasReserve.ShouldBeTrue();
        for (var i = 0; i < 40; i++)
        {
            try
            {
                await store.PutIfAbsentAsync(new ObjectName($"fill/{i}"), new byte[100_000], Ct);
            }
            catch (VaultEnvironmentException)
            {
                break;
            }
        }

        var e = await Should.ThrowAsync<VaultEnvironmentException>(async () => await store.PutIfAbsentAsync(new ObjectName("one/more"), new byte[100_000], Ct));
        e.Message.ShouldContain("Free space");
        e.Message.ShouldContain(disk.Path);
        (await store.ExistsAsync(new ObjectName("one/more"), Ct)).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(Path.Join(disk.Path, Volume.TempFolder)).ShouldBeEmpty("a put that failed leaves nothing");

        using (store.UseReserve())
        {
            (await store.PutIfAbsentAsync(new ObjectName("ledger/1"), new byte[100_000], Ct)).ShouldBeTrue();
            store.HasReserve.ShouldBeFalse();

            for (var i = 0; i < 15; i++) (await store.DeleteAsync(new ObjectName($"fill/{i}"), Ct)).ShouldBeTrue();
        }

        store.HasReserve.ShouldBeTrue("there is space again");
    }

    [Fact]
    public async Task FullDisk_Reopened_ReadsAndDestroys()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.Below("small"), "size=3m");
        await using (var store = await DiskObjectStore.OpenAsync(disk.Path, create: true, Ct)) await store.PutIfAbsentAsync(new ObjectName("a"), new byte[10], Ct);
        await FillAsync(disk.Path);

        await using var reopened = await DiskObjectStore.OpenAsync(disk.Path, create: false, Ct);

        (await reopened.ReadAllAsync(new ObjectName("a"), Ct)).ShouldNotBeNull();
        using (reopened.UseReserve()) (await reopened.PutIfAbsentAsync(new ObjectName("ledger/1"), new byte[5000], Ct)).ShouldBeTrue();
        (await reopened.DeleteAsync(new ObjectName("a"), Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task ReadOnlyPlace_Reads_AndSaysWhyItDoesNotWrite()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.Below("small"), "size=3m");
        await using (var store = await DiskObjectStore.OpenAsync(disk.Path, create: true, Ct)) await store.PutIfAbsentAsync(new ObjectName("a"), new byte[10], Ct);
        await RunAsync("mount", "-o", "remount,ro", disk.Path);

        await using var reopened = await DiskObjectStore.OpenAsync(disk.Path, create: false, Ct);

        (await reopened.ReadAllAsync(new ObjectName("a"), Ct)).ShouldNotBeNull();
        reopened.TakesNoChanges.ShouldNotBeNull().ShouldContain("may only be read");
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await reopened.CreateAsync(new ObjectName("b"), Ct))).Message.ShouldContain(disk.Path);
        await Should.ThrowAsync<VaultEnvironmentException>(async () => await reopened.DeleteAsync(new ObjectName("a"), Ct));
    }

    [Fact]
    public async Task List_ManyInOneFolder_EachPageIsBoundedAndComplete()
    {
        await using var store = await OpenAsync();
        Directory.CreateDirectory(Path.Join(Root, "many"));
        var names = Enumerable.Range(0, 5_000).Select(i => $"many/{(i * 7919) % 5_000:x8}").ToArray();
        foreach (var name in names) await File.WriteAllBytesAsync(Path.Join(Root, name), [], Ct);

        var listed = new List<string>();
        await foreach (var name in store.ListAllAsync("many/", Ct)) listed.Add(name.Value);

        listed.ShouldBe(names.Order(StringComparer.Ordinal));
    }

    private ValueTask<DiskObjectStore> OpenAsync() => DiskObjectStore.OpenAsync(Root, create: true, Ct);

    private string PlantOutside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right on Windows.");
        var outside = Directory.CreateDirectory(_folder.Below("outside")).FullName;
        File.WriteAllText(Path.Join(outside, "secret"), "of someone else");
        return outside;
    }

    private static async Task FillAsync(string folder)
    {
        await using var file = File.Create(Path.Join(folder, "someone-elses-data"));
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[4096], Ct);
                await file.FlushAsync(Ct);
            }
        }
        catch (IOException)
        {
            // Full, as meant.
        }
    }

    private static async Task ShouldBeDamagedAsync(Func<Task> action) => await Should.ThrowAsync<VaultDamagedException>(action);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0);
    }
}
