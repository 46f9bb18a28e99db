using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DossierKit.Tests.Cli;

/// <summary>What the demo does to the disk, seen from outside the program, and what is left when it is stopped halfway.</summary>
public sealed class DemoTraceTests
{
    // Plaintext in a temp file outlives the program, the vault and every destruction: nobody looks for it there.
    // So the kernel is asked which files were opened for writing;
    // the vault, its state and the folder the user named are the only ones.
    [Fact]
    public async Task Demo_Traced_WritesInDataStateAndOutOnly()
    {
        Vault.Store.Strace.SkipWithout();
        using var program = new DossierKitProcess();
        var trace = program.At("trace");
        var start = new ProcessStartInfo("strace") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] words = ["-f", "-y", "-e", "trace=open,openat,openat2,creat", "-o", trace, "dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), "demo", "--no-serve"];
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        (await RunAsync(start)).ShouldBe(0);

        var written = (await File.ReadAllLinesAsync(trace))
            .Select(line => Regex.Match(line, "(O_WRONLY|O_RDWR|O_CREAT|creat\\().* = \\d+<(?<path>[^>]+)>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Where(match => match.Success).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();

        written.ShouldContain(path => path.StartsWith(program.At("demo-data/"), StringComparison.Ordinal));
        written.ShouldContain(path => path.StartsWith(program.At("demo-out/"), StringComparison.Ordinal));
        string[] allowed = [program.At("demo-data"), program.At("demo-data.state"), program.At("demo-out"), "/dev/", "/proc/", "/memfd:", "/sys/"];
        written.Where(path => !allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_StoppedHalfway_StartsAgainCleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        using var program = new DossierKitProcess();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"));
        start.ArgumentList.Add("demo");
        start.ArgumentList.Add("--no-serve");
        start.Environment["HOME"] = program.At("home");
        using var demo = Process.Start(start)!;
        while (!demo.HasExited && !File.Exists(program.At("demo-data/vault"))) await Task.Delay(1);
        using (var kill = Process.Start("kill", ["-INT", demo.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await demo.WaitForExitAsync();
        demo.ExitCode.ShouldBe(130, await demo.StandardError.ReadToEndAsync());

        Directory.GetFiles(program.At("demo-out"), "*", SearchOption.AllDirectories).ShouldAllBe(path => path.EndsWith(".docx", StringComparison.Ordinal));
        (await program.RunAsync("dossierkit demo --no-serve")).Exit.ShouldBe(0);
        (await program.RunAsync("dossierkit verify --data demo-data")).Exit.ShouldBe(0);
    }

    private static async Task<int> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Task.WhenAll(output, error);
        return process.ExitCode;
    }
}
