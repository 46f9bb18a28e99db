using System.Diagnostics;
using System.Globalization;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>
/// "Returns only when durable", on real file systems that lose everything they did not flush: a small disk of its own is shut down, as by a power cut, while a
/// process writes objects into new folders. Needs Linux, root and xfsprogs; elsewhere skipped, visibly.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Mount => _folder.Below("mnt");

    private string Root => Path.Join(Mount, "vault");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ext4", false)]
    [InlineData("ext4", true)]
    [InlineData("xfs", false)]
    [InlineData("xfs", true)]
    public async Task Put_ThenPowerCut_EveryAcknowledgedObjectIsThereWhole(string fileSystem, bool byLink)
    {
        await MountAsync(fileSystem);
        try
        {
            var acknowledged = await PutUntilCutAsync(byLink);
            (await RunAsync("umount", Mount)).ShouldBe(0);
            (await RunAsync("mount", "-o", "loop", _folder.Below("disk"), Mount)).ShouldBe(0);

            await using var store = await DiskObjectStore.OpenAsync(Root, create: false, Ct);
            acknowledged.ShouldBeGreaterThan(10);
            for (var i = 0; i < acknowledged; i++)
            {
                var bytes = await store.ReadAllAsync(ChildProcess.NameOf(i), Ct);
                bytes.ShouldNotBeNull($"object {i} of {acknowledged} was acknowledged").ShouldBe(ChildProcess.BytesOf(i));
            }

            // What was not acknowledged may be there or not, but never in part.
            await foreach (var name in store.ListAllAsync("", Ct)) (await store.ReadAllAsync(name, Ct)).ShouldNotBeNull().Length.ShouldBe(ChildProcess.BytesOf(0).Length);
            Directory.EnumerateFileSystemEntries(Path.Join(Root, Volume.TempFolder)).ShouldBeEmpty();
        }
        finally
        {
            (await RunAsync("umount", Mount)).ShouldBe(0);
        }
    }

    private async Task<int> PutUntilCutAsync(bool byLink)
    {
        using var child = ChildProcess.Start($"put-until-cut|{Root}|{byLink}");
        var acknowledged = 0;
        while (acknowledged < 60 && await child.ReadLineAsync(Ct) is { } line) acknowledged = int.Parse(line, CultureInfo.InvariantCulture) + 1;
        (await RunAsync("xfs_io", "-x", "-c", "shutdown", Mount)).ShouldBe(0);
        foreach (var line in await child.EndAsync(Ct))
        {
            // Lines between the last one read and the cut count too; then comes the failure.
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var i)) acknowledged = i + 1;
        }

        return acknowledged;
    }

    private async Task MountAsync(string fileSystem)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "A power cut needs a disk of its own (Linux, root).");
        foreach (var program in new[] { $"/usr/sbin/mkfs.{fileSystem}", "/usr/sbin/xfs_io" }) Assert.SkipUnless(File.Exists(program), $"{program} is not installed: apt-get install xfsprogs.");
        await using (var disk = File.Create(_folder.Below("disk"))) disk.SetLength(320L << 20);
        Directory.CreateDirectory(Mount);
        (await RunAsync($"/usr/sbin/mkfs.{fileSystem}", "-q", _folder.Below("disk"))).ShouldBe(0);
        Assert.SkipUnless(await RunAsync("mount", "-o", "loop", _folder.Below("disk"), Mount) == 0, "This machine does not let root mount a loop device.");
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(Ct);
        return process.ExitCode;
    }
}
