using System.Diagnostics;
using System.Text;

namespace DossierKit.Programs;

/// <summary>Runs programs behind the walls of <see cref="Sandbox"/>, some at once, and never without them.</summary>
internal sealed class ProgramRunner(ProgramFolders folders, int atOnce) : IDisposable
{
    private const int MostErrorText = 64 << 10;

    private readonly SemaphoreSlim _places = new(atOnce, atOnce);

    /// <summary>The runner of this process: as many programs at once as there are processors.</summary>
    public static ProgramRunner Shared { get; } = new(ProgramFolders.OfMachine, Environment.ProcessorCount);

    /// <summary>Runs a program and gives its answer.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="input">What it reads. Goes through a pipe; lies on no disk.</param>
    /// <param name="ct">Ends the program and everything it started.</param>
    /// <returns>The answer, or why there is none; <see cref="Refusal.Subject"/> is one of <see cref="ProgramRefusals"/>.</returns>
    public async ValueTask<Outcome<ReadOnlyMemory<byte>>> RunAsync(ProgramCall call, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (folders.Find(call.Program.Executable) is not { } program) return Outcome<ReadOnlyMemory<byte>>.Refused(ProgramRefusals.ProgramMissing(call.Program));
        if (!OperatingSystem.IsLinux() || folders.Find(Sandbox.Bubblewrap.Executable) is not { } bubblewrap) return Outcome<ReadOnlyMemory<byte>>.Refused(ProgramRefusals.SandboxMissing(call.Program));

        var words = Sandbox.CommandLine(folders, bubblewrap, program, call);
        await _places.WaitAsync(ct);
        try
        {
            // A thread of its own, that waits to the end: the kernel ends the sandbox when the thread that started it ends, and threads of the pool come and go.
            return await Task.Factory.StartNew(() => Run(words, call, input, ct), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static Outcome<ReadOnlyMemory<byte>> Run(IReadOnlyList<string> words, ProgramCall call, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(words[0]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var word in words.Skip(1)) start.ArgumentList.Add(word);
        start.Environment.Clear();

        ct.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var kill = end.Token.UnsafeRegister(static state => Kill((Process)state!), process);
        end.CancelAfter(call.Limits.Time);
        var feeding = FeedAsync(process, input);
        var errors = ReadAsync(process.StandardError.BaseStream, MostErrorText, null);
        var output = ReadAsync(process.StandardOutput.BaseStream, call.Limits.Output, process);
        process.WaitForExit();
        Task.WaitAll([feeding, errors, output], CancellationToken.None);

        ct.ThrowIfCancellationRequested();
        var complaints = Encoding.UTF8.GetString(errors.Result.Bytes.Span);
        var (answer, isWhole) = output.Result;
        if (!isWhole) return Refused(ProgramRefusals.WroteTooMuch(call.Program, call.Limits.Output));
        if (process.ExitCode != 0 && end.IsCancellationRequested) return Refused(ProgramRefusals.TookTooLong(call.Program, call.Limits.Time));
        if (!complaints.StartsWith(Sandbox.Ready, StringComparison.Ordinal)) return Refused(ProgramRefusals.Forbidden(call.Program, complaints.Split('\n')[0].Trim()));
        return process.ExitCode == 0
            ? Outcome<ReadOnlyMemory<byte>>.Done(answer)
            : Refused(ProgramRefusals.GaveNothing(call.Program, process.ExitCode));

        static Outcome<ReadOnlyMemory<byte>> Refused(Refusal refusal) => Outcome<ReadOnlyMemory<byte>>.Refused(refusal);
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(input);
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read all: its exit code says whether that was right.
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadAsync(Stream stream, int most, Process? killWhenMore)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[1 << 16];
        var isWhole = true;
        while (await stream.ReadAsync(buffer) is var count and > 0)
        {
            var room = Math.Min(count, most - (int)kept.Length);
            kept.Write(buffer, 0, room);
            if (room == count) continue;
            // Of what it complains the beginning is enough, but the pipe must be emptied or it would wait for us; of an answer that is too long nothing is of use.
            if (isWhole && killWhenMore is not null) Kill(killWhenMore);
            isWhole = false;
        }

        return (kept.ToArray(), isWhole);
    }

    /// <summary>Ends bubblewrap; the first process inside dies with it, and with that, by the kernel, all others.</summary>
    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Already gone.
        }
    }
}
