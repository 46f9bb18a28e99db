using System.Diagnostics;

using DossierKit.Tests.Cli;

namespace DossierKit.Browser.Harness;

/// <summary>The program, serving as a process of its own until it is disposed.</summary>
internal sealed class ServingProcess(Process process) : IDisposable
{
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}

internal static class Serving
{
    /// <summary>Starts a line that serves, and waits until it answers.</summary>
    public static async Task<ServingProcess> ServeAsync(this DossierKitProcess program, string line, Uri address)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = program.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"));
        foreach (var word in DossierKitProcess.Words(line).Skip(1)) start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["XDG_STATE_HOME"] = program.At("home/state");
        start.Environment["TMPDIR"] = program.At("home");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var serving = new ServingProcess(process);
        using var client = new HttpClient();
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(address, "/aanmelden"));
                return serving;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        serving.Dispose();
        throw new InvalidOperationException($"It does not serve: {line}");
    }
}
