using System.Diagnostics;
using System.Text;

namespace DossierKit.Faults;

/// <summary>The real program, run as a process of its own in a vault of its own.</summary>
internal sealed class DossierkitProgram : IDisposable
{
    private readonly string _folder;
    private readonly bool _isDemo;

    /// <param name="isDemo">Whether the vault is a demo's, which carries what opens it.</param>
    public DossierkitProgram(bool isDemo = false)
    {
        _isDemo = isDemo;
        // A real disk, not a /tmp that may be memory.
        _folder = Path.Combine(AppContext.BaseDirectory, $"faults-{Guid.NewGuid():n}");
        Directory.CreateDirectory(_folder);
    }

    public string Folder => _folder;

    /// <summary>The name of the vault's folder here; its state lies beside it.</summary>
    public string Vault { get; set; } = "data";

    public static string Samples => Path.Combine(AppContext.BaseDirectory, "sample-dossiers");

    /// <summary>A new vault whose FI and verantwoordelijke exist; the FI is the account that runs this.</summary>
    public async Task InitAsync()
    {
        var (code, _, error) = await RunAsync(
            "init", "--recovery-key", Path.Combine(_folder, "recovery.pem"), "--municipality", "Waterlanden", "--street", "Dijkweg 1", "--postcode", "9990 AA", "--town", "Waterlanden",
            "--signatory", "T. Voorbeeld", "--signatory-function", "gemeentesecretaris", "--fi-name", "F. Voorbeeld", "--fi-account", Environment.UserName,
            "--verantwoordelijke-name", "T. Voorbeeld", "--verantwoordelijke-account", "tvoorbeeld", "--json");
        if (code != 0) throw new InvalidOperationException($"init failed with {code}: {error}");
    }

    public Process Start(params string[] args) => Process.Start(StartInfo(args))!;

    /// <summary>The same by a clock that stands days later (faketime).</summary>
    public Process StartLater(int days, params string[] args)
    {
        var start = StartInfo(args);
        start.FileName = "faketime";
        foreach (var word in new[] { "dotnet", $"+{days}d", "-f" }) start.ArgumentList.Insert(0, word);
        start.Environment["NO_FAKE_STAT"] = "1";
        return Process.Start(start)!;
    }

    private ProcessStartInfo StartInfo(string[] args)
    {
        return new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"), .. args,
            "--data", Path.Combine(_folder, Vault), "--state", Path.Combine(_folder, Vault == "data" ? "state" : $"{Vault}-state"), .. _isDemo ? (string[])[] : ["--unlock-file", Path.Combine(_folder, "unlock")]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
    }

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>A folder of dossiers like a sample, each with a number of its own.</summary>
    public string WriteDossiers(string name, string sample, IEnumerable<string> numbers)
    {
        var root = Path.Combine(_folder, name);
        var source = Path.Combine(Samples, sample);
        var old = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(source, "dossier.json"))).RootElement.GetProperty("nummer").GetString()!;
        foreach (var number in numbers)
        {
            foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(root, number, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (Path.GetFileName(file) == "dossier.json") File.WriteAllText(target, File.ReadAllText(file, Encoding.UTF8).Replace(old, number, StringComparison.Ordinal));
                else File.Copy(file, target);
            }
        }

        return root;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
