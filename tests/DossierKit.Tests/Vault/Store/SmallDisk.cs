using System.Diagnostics;

namespace DossierKit.Tests.Vault.Store;

/// <summary>A real file system in memory, small enough to fill. Needs Linux and the right to mount; a test without it is skipped, visibly.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Filling a disk needs the right to mount a small one (Linux, root).");
        Directory.CreateDirectory(path);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) == 0, "This machine does not let root mount a tmpfs.");
        return new SmallDisk(path);
    }

    public async ValueTask DisposeAsync() => (await RunAsync("umount", Path)).ShouldBe(0);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
