using DossierKit.Tests.Cli;

namespace DossierKit.Tests.Walks;

/// <summary>After the demo, what lies on disk.</summary>
public sealed class DemoLeavesNothingInClearTests : IDisposable
{
    private readonly DossierKitProcess _program = new();

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "sample-dossiers");

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    [InlineData("xyz")]
    public void Fingerprints_WordHiddenInBase64_IsFound(string before)
    {
        // A word of six letters has only seven characters of its own in two of the three phases: these were passed over once.
        var samples = Fingerprints.Of(Samples);
        samples.WordsOf(6).ShouldNotBeEmpty();
        foreach (var word in samples.WordsOf(6).Take(50))
            samples.FoundIn(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{before}{word}!")))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Demo_DataAndState_HoldNothingOfTheSamples()
    {
        var answer = await _program.RunAsync(["demo", "--data", "demo-data", "--state", "demo-state", "--out", "demo-out", "--no-serve"]);
        answer.Exit.ShouldBe(0, answer.ToString());
        var samples = Fingerprints.Of(Samples);
        samples.Words.ShouldBeGreaterThan(200);
        samples.FoundIn(File.ReadAllBytes(Directory.EnumerateFiles(Samples, "*.eml", SearchOption.AllDirectories).First())).ShouldNotBeEmpty(); // the search finds what is there

        var files = Directory.EnumerateFiles(_program.At("demo-data"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(_program.At("demo-state"), "*", SearchOption.AllDirectories)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            samples.FoundIn(bytes).ShouldBeEmpty(file);
            samples.FoundIn(System.Text.Encoding.UTF8.GetBytes(Path.GetRelativePath(_program.Folder, file))).ShouldBeEmpty();
            foreach (var signature in (string[])["PK\u0003\u0004", "%PDF", "RIFF"]) bytes.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(signature)).ShouldBeFalse(file);
        }
    }
}
