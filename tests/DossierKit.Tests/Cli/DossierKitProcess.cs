using System.Diagnostics;

namespace DossierKit.Tests.Cli;

/// <summary>What the program answered.</summary>
internal sealed record Answer(int Exit, string Out, string Error)
{
    public override string ToString() => $"exit {Exit}\n--- out\n{Out}\n--- error\n{Error}";
}

/// <summary>A folder of its own, and the built program run in it as a real process, with nothing of the tester's account in reach.</summary>
internal sealed class DossierKitProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll");

    public DossierKitProcess()
    {
        Folder = Directory.CreateTempSubdirectory("dossierkit-cli-").FullName;
        Directory.CreateDirectory(At("home"));
    }

    public string Folder { get; }

    public string At(string path) => Path.Combine(Folder, path);

    public async Task<Answer> RunAsync(IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? variables = null, string? input = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Program);
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var name in (string[])["DOSSIERKIT_DATA", "CREDENTIALS_DIRECTORY"]) start.Environment.Remove(name);
        start.Environment["HOME"] = At("home");
        start.Environment["XDG_STATE_HOME"] = At("home/state");
        start.Environment["TMPDIR"] = At("home");
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program answered without reading its input.
        }

        await process.WaitForExitAsync();
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a line as a user types it: words, double quotes, no shell.</summary>
    public Task<Answer> RunAsync(string line, string? input = null)
    {
        var words = Words(line);
        var variables = words.TakeWhile(word => word.Contains('=', StringComparison.Ordinal) && char.IsAsciiLetterUpper(word[0]))
            .ToDictionary(word => word[..word.IndexOf('=', StringComparison.Ordinal)], word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
        words[variables.Count].ShouldBe("dossierkit", line);
        return RunAsync(words[(variables.Count + 1)..], variables, input);
    }

    public static List<string> Words(string line) => [.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line)];

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
