using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DossierKit.Benchmarks.Serving;

/// <summary>The real program, serving a vault as a process of its own. Dispose to stop it.</summary>
internal sealed class ServedProgram : IDisposable
{
    private ServedProgram(Process process, Uri address, TimeSpan firstAnswer) => (Process, Address, FirstAnswer) = (process, address, firstAnswer);

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first answer of 200.</summary>
    public TimeSpan FirstAnswer { get; }

    /// <summary>Bytes of memory the process has now.</summary>
    public long Memory
    {
        get
        {
            Process.Refresh();
            return Process.WorkingSet64;
        }
    }

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Starts it and asks until it answers.</summary>
    /// <param name="data">The vault.</param>
    /// <param name="state">Its state folder.</param>
    /// <param name="ask">What must be answered with 200.</param>
    /// <param name="wrap">A program to run it under, such as strace with its arguments.</param>
    /// <param name="more">Further arguments.</param>
    public static async Task<ServedProgram> StartAsync(string data, string state, string ask = "/aanmelden", IReadOnlyList<string>? wrap = null, params string[] more)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort()}"));
        string[] command =
        [
            .. wrap ?? [], .. Program(), "serve", "--data", data, "--state", state, "--urls", address.ToString(), .. more,
        ];
        using var client = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The program ended with {process.ExitCode}: {await errors}");
            try
            {
                using var answer = await client.GetAsync(new Uri(ask, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK) return new ServedProgram(process, address, watch.Elapsed);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (watch.Elapsed > TimeSpan.FromMinutes(2)) throw new InvalidOperationException("The program did not answer within two minutes.");
            await Task.Delay(5);
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
    }

    /// <summary>The program beside this one, or the one that DOSSIERKIT_PROGRAM names (a published one).</summary>
    public static string[] Program()
        => Environment.GetEnvironmentVariable("DOSSIERKIT_PROGRAM") is { Length: > 0 } published
            ? published.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", published] : [published]
            : ["dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll")];
}
