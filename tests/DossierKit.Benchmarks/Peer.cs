using System.Diagnostics;

namespace DossierKit.Benchmarks;

/// <summary>Another program in the same run.</summary>
internal static class Peer
{
    /// <summary>Where a program lies, or <see langword="null"/> when it is not installed.</summary>
    public static string? Find(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a shell line to its end; throws when it fails.</summary>
    public static async Task RunAsync(string line, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{line}' ended with {process.ExitCode}: {errors}");
    }
}
