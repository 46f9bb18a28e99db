namespace DossierKit.Tests.Cli;

public sealed class TranscriptTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cli", "transcripts");

    public static TheoryData<string> All => [.. Directory.GetFiles(Folder, "*.txt").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Program_AsTheTranscriptSays_AnswersTheSame(string name)
    {
        var transcript = Transcript.Read(await File.ReadAllTextAsync(Path.Combine(Folder, name)));
        transcript.Steps.ShouldNotBeEmpty();
        using var program = new DossierKitProcess();
        foreach (var (path, text) in transcript.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(program.At(path))!);
            await File.WriteAllTextAsync(program.At(path), text);
        }

        foreach (var step in transcript.Steps)
        {
            var answer = await program.RunAsync(step.Command, step.Input);
            var where = $"{name}:{step.Line}: {step.Command}\n{answer}";
            answer.Exit.ShouldBe(step.Exit, where);
            Transcript.Matches(step.Out, answer.Out).ShouldBeTrue($"{where}\n--- expected out\n{step.Out}");
            Transcript.Matches(step.Error, answer.Error).ShouldBeTrue($"{where}\n--- expected error\n{step.Error}");
        }
    }

    [Theory]
    [InlineData("a\n***\nd\n", "a\nb\nc\nd\n", true)]
    [InlineData("a\n***\nd\n", "a\nd\n", true)]
    [InlineData("a *** c\n", "a b c\n", true)]
    [InlineData("a\n", "a\nb\n", false)]
    [InlineData("", "a\n", false)]
    [InlineData("a.c\n", "abc\n", false)]
    public void Matches_PatternAndText_Result(string pattern, string text, bool matches)
        => Transcript.Matches(pattern, text).ShouldBe(matches);
}
