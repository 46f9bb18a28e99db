using System.Diagnostics;

namespace DossierKit.Tests.Search;

/// <summary>Lucene 8 in a process of its own, as the judge of what the profile <c>lucene</c> gives.</summary>
internal static class Lucene
{
    private static readonly string[] Jars = [.. new[] { "core", "analyzers-common", "queryparser", "queries", "sandbox" }.Select(part => $"/usr/share/java/lucene-{part}-8.7.0.jar")];

    /// <summary>The lines it prints; skips the test where it is not installed.</summary>
    public static IReadOnlyList<string> Run(params string[] arguments)
    {
        Assert.SkipUnless(Jars.All(File.Exists), "Lucene is not installed: apt-get install liblucene8-java default-jdk-headless");
        var start = new ProcessStartInfo("java", ["-cp", string.Join(':', Jars), Path.Combine(AppContext.BaseDirectory, "Search", "LuceneOracle.java"), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            StandardOutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var java = Process.Start(start)!;
        var lines = java.StandardOutput.ReadToEnd().Split('\n')[..^1];
        java.WaitForExit();
        java.ExitCode.ShouldBe(0);
        return lines;
    }
}

/// <summary>A file that goes when the test is done.</summary>
internal sealed class ScratchFile : IDisposable
{
    public ScratchFile(string content) => File.WriteAllText(Name, content);

    public string Name { get; } = Path.Combine(Path.GetTempPath(), $"dossierkit-search-{Guid.NewGuid():n}.txt");

    public void Dispose() => File.Delete(Name);
}
