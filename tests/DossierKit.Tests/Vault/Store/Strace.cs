namespace DossierKit.Tests.Vault.Store;

/// <summary>System calls of a child counted, failed or turned into its death. Linux with strace only; elsewhere such a test is skipped, visibly.</summary>
internal static class Strace
{
    public static void SkipWithout()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Faults of system calls are ordered from strace, which is Linux only.");
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed: apt-get install strace.");
    }

    /// <summary>How often each of some system calls is made by an action.</summary>
    public static async Task<Dictionary<string, int>> CountAsync(string action, string calls, string log, CancellationToken ct)
    {
        await ChildProcess.RunAsync(action, ["-o", log, "-e", $"trace={calls}"], ct);
        return (await File.ReadAllLinesAsync(log, ct))
            .Where(line => line.Contains('('))
            .GroupBy(line => line[..line.IndexOf('(')].Split(' ')[^1])
            .ToDictionary(group => group.Key, group => group.Count());
    }

    /// <summary>Runs an action with one call failing or killing, such as <c>fsync:error=EIO:when=3</c>.</summary>
    public static Task<IReadOnlyList<string>> InjectAsync(string action, string injection, CancellationToken ct)
        => ChildProcess.RunAsync(action, ["-o", "/dev/null", "-e", $"trace={injection.Split(':')[0]}", "-e", $"inject={injection}"], ct);
}
