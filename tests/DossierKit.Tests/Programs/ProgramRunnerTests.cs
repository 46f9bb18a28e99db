using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DossierKit.Programs;

namespace DossierKit.Tests.Programs;

/// <summary>Programs behind their walls: real bubblewrap, real programs; what gets in, what gets out, and what happens to those that misbehave.</summary>
public sealed class ProgramRunnerTests
{
    private static readonly ProgramRunner Runner = new(ProgramFolders.OfMachine, 4);

    private static readonly ExternalProgram Bash = new("Bash", "bash", "bash", "");

    public ProgramRunnerTests() => SkipWithoutSandbox();

    internal static void SkipWithoutSandbox()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes are built by bubblewrap, which is Linux only.");
        Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed: apt-get install bubblewrap.");
    }

    [Fact]
    public async Task Run_InputAndAnswerThroughPipes_ComeBackUnchanged()
    {
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        var outcome = await Runner.RunAsync(new ProgramCall { Program = new ExternalProgram("cat", "cat", "coreutils", "") }, bytes, TestContext.Current.CancellationToken);
        outcome.Refusals.ShouldBeEmpty();
        outcome.Value.Span.SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_InputAndAnswerInFiles_ComeBackUnchanged()
        => (await RunAsync("tr a-z A-Z < in.txt > uit.txt; echo ruis; echo ruis >&2", "het waterschap", call => call with { InputFile = "in.txt", OutputFile = "uit.txt" })).ShouldBe("HET WATERSCHAP");

    [Fact]
    public async Task Run_Inside_SeesNothingOfTheMachineAndOfItsParent()
    {
        // The test itself leaves a descriptor and a variable open, as a shell might.
        Environment.SetEnvironmentVariable("DOSSIERKIT_SECRET", "geheim");
        var seen = await RunAsync("cd /; env | sort; echo --; for f in /proc/self/fd/*; do readlink $f; done | grep -v ^/proc | sed 's/[0-9]*//g' | sort; echo --; ls -a /; echo --; ls /etc; echo --; cat /proc/net/dev | wc -l; ls /proc | grep -c '^[0-9]'; id -u; hostname");
        Environment.SetEnvironmentVariable("DOSSIERKIT_SECRET", null);
        var parts = seen.Split("--\n");
        parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ShouldBe(["HOME", "LANG", "OLDPWD", "PATH", "PWD", "SHLVL", "TMPDIR", "TZ", "_"], ignoreOrder: true);
        parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(target => target == "pipe:[]");
        parts[2].Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBeSubsetOf([".", "..", "bin", "sbin", "lib", "lib32", "lib64", "usr", "etc", "var", "opt", "proc", "dev", "tmp"]);
        parts[3].Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBeSubsetOf(["fonts", "ld.so.cache", "alternatives", "libreoffice"]);
        var last = parts[4].Split('\n');
        last[0].ShouldBe("3", "two lines of heads and the loopback");
        int.Parse(last[1], CultureInfo.InvariantCulture).ShouldBeLessThan(8);
        last[2].ShouldBe("65534");
        last[3].ShouldBe("sandbox");
    }

    [Fact]
    public async Task Run_Inside_OnlyTheFolderInMemoryCanBeWritten()
    {
        // Where can bytes get? Only into what is mounted for writing; of that only the private folder and the kernel's own file systems remain.
        var mounts = (await RunAsync("cat /proc/self/mountinfo")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Where(field => field[5].Split(',').Contains("rw")).Select(field => $"{field[4]} {field[Array.IndexOf(field, "-") + 1]}").ToList();
        mounts.ShouldContain("/tmp tmpfs");
        mounts.Where(mount => !mount.StartsWith("/dev/", StringComparison.Ordinal) && !mount.StartsWith("/proc", StringComparison.Ordinal)).ShouldBe(["/tmp tmpfs"]);
        mounts.Where(mount => mount.StartsWith("/dev/", StringComparison.Ordinal)).ShouldAllBe(mount => mount.EndsWith(" devtmpfs") || mount.EndsWith(" devpts") || mount.EndsWith(" tmpfs"));
        (await RunAsync("for d in / /usr /etc /dev /dev/shm /var /proc/sys; do touch $d/x 2>/dev/null && echo $d; done; echo klaar")).ShouldBe("klaar\n");
    }

    [Fact]
    public async Task Run_Inside_HasNoNetwork()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var knock = $"(exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo binnen || echo dicht";
        using (var outside = Process.Start(new ProcessStartInfo("bash", ["-c", knock]) { RedirectStandardOutput = true, UseShellExecute = false })!)
            (await outside.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("binnen\n");
        (await RunAsync(knock)).ShouldBe("dicht\n");
    }

    [Fact]
    public async Task Run_ThatHangs_IsEndedWithAllItStarted()
    {
        var mark = Mark();
        var outcome = await Runner.RunAsync(Script($"sleep {mark} & sleep {mark} & setsid sleep {mark} & trap '' TERM INT HUP; wait") with { Limits = new ProgramLimits { Time = TimeSpan.FromSeconds(2) } }, default, TestContext.Current.CancellationToken);
        outcome.Refusals.ShouldHaveSingleItem().Subject.ShouldBe(ProgramRefusals.OutOfTime);
        await ShouldBeGoneAsync(mark);
    }

    [Fact]
    public async Task Run_Cancelled_IsEndedWithAllItStarted()
    {
        var mark = Mark();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = Runner.RunAsync(Script($"sleep {mark} & sleep {mark}"), default, stop.Token).AsTask();
        while (Running(mark) < 2 && !run.IsCompleted) await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        await ShouldBeGoneAsync(mark);
    }

    [Fact]
    public async Task Run_ParentKilled_DiesWithIt()
    {
        // A sandbox that outlives the program would hold plaintext in its memory with nobody to wait for it.
        var mark = Mark();
        var words = Sandbox.CommandLine(ProgramFolders.OfMachine, "/usr/bin/bwrap", "/usr/bin/sleep", new ProgramCall { Program = Bash, Arguments = [mark] });
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in (string[])["-c", "\"$@\"; true", "parent", .. words]) start.ArgumentList.Add(word);
        using var parent = Process.Start(start)!;
        while (Running(mark) == 0 && !parent.HasExited) await Task.Delay(10, TestContext.Current.CancellationToken);
        parent.HasExited.ShouldBeFalse();
        parent.Kill();
        await ShouldBeGoneAsync(mark);
    }

    [Fact]
    public async Task Run_AnswerWithoutEnd_IsStopped()
    {
        var mark = Mark();
        var outcome = await Runner.RunAsync(Script($"sleep {mark} & cat /dev/zero") with { Limits = new ProgramLimits { Output = 1 << 20 } }, default, TestContext.Current.CancellationToken);
        outcome.Refusals.ShouldHaveSingleItem().Subject.ShouldBe(ProgramRefusals.TooMuch);
        await ShouldBeGoneAsync(mark);
    }

    [Fact]
    public async Task Run_ComplaintsWithoutEnd_DoNotBlock()
        => (await RunAsync("head -c 5000000 /dev/zero >&2; echo klaar")).ShouldBe("klaar\n");

    [Fact]
    public async Task Run_InputNobodyReads_DoesNotBlock()
        => (await RunAsync("echo klaar", new string('x', 4_000_000))).ShouldBe("klaar\n");

    [Theory]
    [InlineData("head -c 900M /dev/zero | tail -c 800M | wc -c")] // memory
    [InlineData("head -c 20M /dev/zero > groot")] // the private folder
    [InlineData("while :; do :; done")] // the processor
    public async Task Run_ThatWantsMoreThanItMay_GetsNoFurther(string script)
    {
        var limits = new ProgramLimits { Memory = 200L << 20, Scratch = 8 << 20, ProcessorTime = TimeSpan.FromSeconds(1) };
        var outcome = await Runner.RunAsync(Script($"set -o pipefail; {script}") with { Limits = limits }, default, TestContext.Current.CancellationToken);
        outcome.Refusals.ShouldHaveSingleItem().Subject.ShouldBe(ProgramRefusals.Failed);
    }

    [Fact]
    public async Task Run_ThatMultiplies_IsHeldDown()
    {
        var count = await RunAsync("(for i in $(seq 300); do sleep 60 & done) 2>/dev/null; ls /proc | grep -c '^[0-9]'", limits: new ProgramLimits { Processes = 40 });
        int.Parse(count, CultureInfo.InvariantCulture).ShouldBeInRange(10, 45);
    }

    [Fact]
    public async Task Run_MissingProgram_SaysWhichPackage()
    {
        var refusal = (await Runner.RunAsync(new ProgramCall { Program = new ExternalProgram("Zeldzaam", "dossierkit-is-er-niet", "zeldzaam", "Zonder gaat het ook.") }, default, TestContext.Current.CancellationToken)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(ProgramRefusals.Missing);
        refusal.ToString().ShouldBe("Zeldzaam ontbreekt op deze computer. Zonder gaat het ook. Laat de beheerder het installeren (Debian: apt install zeldzaam).");
        ProgramRefusals.IsAboutMachine(refusal).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_WithoutBubblewrap_DoesNotRun()
    {
        using var folder = new Vault.Store.TempFolder();
        using var runner = new ProgramRunner(new ProgramFolders([folder.Path]), 1);
        File.CreateSymbolicLink(folder.Below("bash"), "/bin/bash");
        var ran = folder.Below("ran");
        var refusal = (await runner.RunAsync(Script($"touch {ran}"), default, TestContext.Current.CancellationToken)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(ProgramRefusals.NoSandbox);
        refusal.WhatNow.ShouldContain("apt install bubblewrap");
        File.Exists(ran).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WhereSandboxesAreForbidden_SaysSoAndDoesNotRun()
    {
        // A bwrap that finds the kernel unwilling, as in a container without user namespaces: it says so, and the program must not run then.
        using var folder = new Vault.Store.TempFolder();
        using var runner = new ProgramRunner(new ProgramFolders([folder.Path]), 1);
        var ran = folder.Below("ran");
        File.CreateSymbolicLink(folder.Below("bash"), "/bin/bash");
        await File.WriteAllTextAsync(folder.Below("bwrap"), "#!/bin/sh\necho 'bwrap: Creating new namespace failed: Operation not permitted' >&2\nexit 1\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.Below("bwrap"), (UnixFileMode)0b111_101_101);
        var refusal = (await runner.RunAsync(Script($"touch {ran}"), default, TestContext.Current.CancellationToken)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(ProgramRefusals.SandboxForbidden);
        refusal.Why.ShouldContain("Creating new namespace failed");
        File.Exists(ran).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_ProgramThatFailsTalking_RepeatsNothingOfWhatItSaid()
    {
        var refusal = (await Runner.RunAsync(Script("echo 'mevrouw Kwelderhof' >&2; echo 'bwrap: mevrouw Kwelderhof' >&2; exit 3"), default, TestContext.Current.CancellationToken)).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(ProgramRefusals.Failed);
        refusal.ToString().ShouldNotContain("Kwelderhof");
    }

    [Fact]
    public async Task TrySandbox_Here_Works() => (await InstalledPrograms.TrySandboxAsync(TestContext.Current.CancellationToken)).ShouldBeNull();

    private static ProgramCall Script(string script) => new() { Program = Bash, Arguments = ["--norc", "--noprofile", "-c", script] };

    private static async Task<string> RunAsync(string script, string input = "", Func<ProgramCall, ProgramCall>? change = null, ProgramLimits? limits = null)
    {
        var call = Script(script) with { Limits = limits ?? new ProgramLimits() };
        var outcome = await Runner.RunAsync(change is null ? call : change(call), Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
        outcome.Refusals.Select(refusal => refusal.ToString()).ShouldBeEmpty();
        return Encoding.UTF8.GetString(outcome.Value.Span);
    }

    /// <summary>A number of seconds nobody else sleeps, by which the processes of one test are found.</summary>
    private static string Mark() => string.Create(CultureInfo.InvariantCulture, $"86400.{Random.Shared.Next(100_000_000, 999_999_999)}");

    private static int Running(string mark)
    {
        var count = 0;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => path[6..].All(char.IsAsciiDigit)))
        {
            try
            {
                var words = File.ReadAllText($"{process}/cmdline").Split('\0');
                if (Path.GetFileName(words[0]) == "sleep" && words.Contains(mark)) count++;
            }
            catch (IOException)
            {
                // It ended between the list and the look.
            }
        }

        return count;
    }

    /// <summary>The kernel ends them after the first: asked until they are gone, with an end to it.</summary>
    private static async Task ShouldBeGoneAsync(string mark)
    {
        for (var tries = 0; tries < 500 && Running(mark) > 0; tries++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Running(mark).ShouldBe(0);
    }
}
