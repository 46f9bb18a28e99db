using System.Diagnostics;
using System.Text.RegularExpressions;
using DossierKit.Tests.Cli;

namespace DossierKit.Tests.Walks;

/// <summary>After the demo, what lies on disk and what the program wrote while it ran.</summary>
public sealed partial class DemoLeavesNothingInClearTests : IDisposable
{
    private readonly DossierKitProcess _program = new();

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "sample-dossiers");

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Demo_DataAndState_HoldNothingOfTheSamples()
    {
        var answer = await _program.RunAsync(["demo", "--data", "demo-data", "--state", "demo-state", "--out", "demo-out", "--no-serve"]);
        answer.Exit.ShouldBe(0, answer.ToString());
        var samples = Fingerprints.Of(Samples);
        samples.Words.ShouldBeGreaterThan(200);
        samples.FoundIn(File.ReadAllBytes(Directory.EnumerateFiles(Samples, "*.eml", SearchOption.AllDirectories).First())).ShouldNotBeEmpty(); // the search finds what is there

        var files = Directory.EnumerateFiles(_program.At("demo-data"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(_program.At("demo-state"), "*", SearchOption.AllDirectories)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            samples.FoundIn(bytes).ShouldBeEmpty(file);
            samples.FoundIn(System.Text.Encoding.UTF8.GetBytes(Path.GetRelativePath(_program.Folder, file))).ShouldBeEmpty();
            foreach (var signature in (string[])["PK\u0003\u0004", "%PDF", "RIFF"]) bytes.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(signature)).ShouldBeFalse(file);
        }
    }

    [Fact]
    public async Task Demo_Traced_WritesToDataStateAndOutOnly()
    {
        if (!File.Exists("/usr/bin/strace")) Assert.Skip("strace is not installed.");
        var trace = _program.At("trace");
        var start = new ProcessStartInfo("/usr/bin/strace", ["-f", "-y", "-s", "16", "-e", "trace=openat,open,creat,rename,renameat,renameat2,link,linkat,mknod,mknodat,symlink,symlinkat,memfd_create", "-o", trace,
            "dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), "demo", "--data", "demo-data", "--state", "demo-state", "--out", "demo-out", "--no-serve"])
        {
            WorkingDirectory = _program.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = _program.At("home");
        start.Environment["TMPDIR"] = _program.At("home");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + await error);

        var allowed = new[] { "demo-data", "demo-state", "demo-out" }.Select(_program.At).ToArray();
        var elsewhere = File.ReadLines(trace)
            .Where(line => !line.Contains("O_RDONLY", StringComparison.Ordinal) && !line.Contains(" = -1 ", StringComparison.Ordinal) && line.Contains('(', StringComparison.Ordinal))
            .Select(line => Target(line, _program.Folder)).OfType<string>()
            .Where(path => !allowed.Any(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal)))
            // The runtime's own: devices, its debugger pipes and doorbell, memory it maps for generated code. None is written by us.
            .Where(path => !RuntimesOwn().IsMatch(path))
            .Distinct().ToList();
        elsewhere.ShouldBeEmpty();
    }

    /// <summary>The full path of what a traced call opened or made.</summary>
    private static string? Target(string line, string folder)
    {
        if (Returned().Match(line) is { Success: true } opened) return opened.Groups[1].Value;
        var names = Named().Matches(line);
        return names.Count == 0 ? null : Path.GetFullPath(names[^1].Groups[2].Value, names[^1].Groups[1] is { Success: true, Value: var at } ? at : folder);
    }

    [GeneratedRegex(@"= \d+<([^>]*)>")]
    private static partial Regex Returned();

    /// <summary>A name, and the folder it is relative to where the call names one.</summary>
    [GeneratedRegex("(?:<([^>]*)>, )?\"([^\"]*)\"")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(/dev/|/proc/|/memfd:|/sys/|pipe:|socket:|.*/(clr-debug-pipe|dotnet-diagnostic)-|.*/\.dotnet/|.*/home/?$|.*/doublemapper)")]
    private static partial Regex RuntimesOwn();
}
