using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>
/// This test assembly run again as a process of its own, to be traced, failed and killed. What it does stands in <see cref="Actions"/>;
/// it starts before the test runner does, when the environment names an action.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const string Variable = "DOSSIERKIT_TEST_CHILD";

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Runs an action to its end; its lines of output.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string action, string[] strace, CancellationToken ct)
    {
        using var child = Start(action, strace);
        return await child.EndAsync(ct);
    }

    public static ChildProcess Start(string action, params string[] strace)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        string[] command = [.. strace.Length > 0 ? (string[])["strace", "-f", "-qq", .. strace] : [], "dotnet", typeof(ChildProcess).Assembly.Location];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment[Variable] = action;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new ChildProcess(Process.Start(start)!);
    }

    public async Task<string?> ReadLineAsync(CancellationToken ct) => await _process.StandardOutput.ReadLineAsync(ct);

    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken ct)
    {
        var errors = _process.StandardError.ReadToEndAsync(ct);
        var lines = (await _process.StandardOutput.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await _process.WaitForExitAsync(ct);
        ExitCode = _process.ExitCode;
        return [.. lines, .. (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    public int ExitCode { get; private set; }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } action) return;
        var words = action.Split('|');
        try
        {
            Actions[words[0]](words[1..]);
            Environment.Exit(0);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Console.WriteLine($"died: {e}");
            Environment.Exit(1);
        }
    }

    private static readonly Dictionary<string, Action<string[]>> Actions = new(StringComparer.Ordinal)
    {
        ["open"] = args => Open(args[0]).DisposeAsync().AsTask().Wait(),
        ["put"] = args => Put(args[0], int.Parse(args[1], CultureInfo.InvariantCulture)),
        ["put-then-go-on"] = args => PutThenGoOn(args[0]),
        ["delete"] = args => Delete(args[0]),
        ["hold"] = args => Hold(args[0]),
        ["put-until-cut"] = args => PutUntilCut(args[0], bool.Parse(args[1])),
        ["race"] = args => Race(args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture), bool.Parse(args[4])),
    };

    private static DiskObjectStore Open(string root) => Now(DiskObjectStore.OpenAsync(root, create: true, default));

    private static void Put(string root, int size)
    {
        var store = Open(root);
        Say("put", () => Now(store.PutIfAbsentAsync(new ObjectName("a/object"), new byte[size], default)));
    }

    private static void Delete(string root)
    {
        var store = Open(root);
        Say("delete", () => Now(store.DeleteAsync(new ObjectName("a/object"), default)));
    }

    /// <summary>The folder 'a' and the object 'a/old' are there before; then a put that may be made to fail, and everything one could try after it.</summary>
    private static void PutThenGoOn(string root)
    {
        var store = Open(root);
        Say("put", () => Now(store.PutIfAbsentAsync(new ObjectName("a/object"), new byte[100], default)));
        Say("next put", () => Now(store.PutIfAbsentAsync(new ObjectName("a/next"), new byte[100], default)));
        Say("delete", () => Now(store.DeleteAsync(new ObjectName("a/old"), default)));
        Say("read", () => Now(store.ReadAllAsync(new ObjectName("a/old"), default)) is not null);
        store.DisposeAsync().AsTask().Wait();
        store = Open(root);
        Say("put after reopening", () => Now(store.PutIfAbsentAsync(new ObjectName("a/after"), new byte[100], default)));
    }

    /// <summary>Starts an object, says so, and waits for a line or its end.</summary>
    private static void Hold(string root)
    {
        var store = Open(root);
        var writer = Now(store.CreateAsync(new ObjectName("a/held"), default));
        writer.WriteAsync(new byte[2 << 20], default).AsTask().Wait();
        Console.WriteLine("writing");
        Console.ReadLine();
        Say("commit", () => Now(writer.CommitAsync(default)));
    }

    /// <summary>The i-th object of <see cref="PutUntilCut"/>: many are the first in their folder.</summary>
    public static ObjectName NameOf(int i) => new($"a{i % 5}/b{i % 11}/c{i}/object");

    public static byte[] BytesOf(int i) => [.. Enumerable.Range(i, 5000).Select(n => (byte)(n * 7))];

    /// <summary>Puts objects and says so, until the disk is gone.</summary>
    private static void PutUntilCut(string root, bool byLink)
    {
        var volume = PosixVolume.OpenRoot(root, create: true)!;
        volume.GivesNamesByLink = byLink;
        var store = Now(DiskObjectStore.Open(volume));
        for (var i = 0; ; i++)
        {
            if (Now(store.PutIfAbsentAsync(NameOf(i), BytesOf(i), default))) Console.WriteLine(i);
        }
    }

    /// <summary>Two processes give the same names in step, each to a file that holds its own number; they meet just before the name is given.</summary>
    private static void Race(string root, string meeting, int me, int rounds, bool byLink)
    {
        using var volume = Volume.Open(root, create: false)!;
        if (byLink) ((PosixVolume)volume).GivesNamesByLink = true;
        volume.PrepareForWriting();
        using var map = MemoryMappedFile.CreateFromFile(meeting, FileMode.Open, null, 16);
        using var view = map.CreateViewAccessor();
        var won = 0;
        for (var round = 1; round <= rounds; round++)
        {
            var file = volume.CreateTemp();
            volume.Write(file, [(byte)me], 0);
            view.Write(me * 8, (long)round);
            while (view.ReadInt64((1 - me) * 8) < round) Thread.SpinWait(1);
            if (volume.Publish(file, new ObjectName($"race/{round}"))) won++;
            volume.Discard(file);
        }

        Console.WriteLine(won);
    }

    private static void Say(string what, Func<bool> action)
    {
        try
        {
            Console.WriteLine($"{what}: {action()}");
        }
        catch (VaultException e)
        {
            Console.WriteLine($"{what}: {e.GetType().Name}: {e.Message}");
        }
    }

    private static T Now<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
