namespace DossierKit.Tests.Cli;

/// <summary>One demo, made once by the real program, and copied for each test that needs a vault to work on or to damage.</summary>
public sealed class DemoVault : IAsyncLifetime
{
    private readonly DossierKitProcess _made = new();

    internal Answer Answer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Answer = await _made.RunAsync("dossierkit demo --no-serve");
        Answer.Exit.ShouldBe(0, Answer.ToString());
    }

    /// <summary>A program in a folder of its own that holds a copy of the demo.</summary>
    internal DossierKitProcess Copy()
    {
        var program = new DossierKitProcess();
        foreach (var folder in (string[])["demo-data", "demo-data.state", "demo-out"]) CopyFolder(_made.At(folder), program.At(folder));
        return program;
    }

    internal static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }

    public ValueTask DisposeAsync()
    {
        _made.Dispose();
        return default;
    }
}
