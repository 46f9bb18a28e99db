using System.CommandLine;

using DossierKit.Host.Cli;

namespace DossierKit.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Every => [.. Tree(CommandLine.Root()).Select(CommandLine.Words)];

    [Theory]
    [MemberData(nameof(Every))]
    public void Help_OfEveryCommand_SaysWhatItIsForAndShowsAnExample(string words)
    {
        using var page = new StringWriter();
        HelpPage.Write(Find(words), page);

        var text = page.ToString();
        text.ShouldContain("Usage:");
        var examples = text[text.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
        examples.ShouldNotBeEmpty();
        Find(words).Description.ShouldNotBeNullOrWhiteSpace();
        foreach (var line in text.Split('\n')) line.Length.ShouldBeLessThanOrEqualTo(120, line);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Examples_OfEveryCommand_AreUnderstoodByTheParser(string words)
    {
        foreach (var example in HelpPage.ExamplesOf(Find(words)))
        {
            var typed = DossierKitProcess.Words(example);
            typed[0].ShouldBe("dossierkit", example);
            var parse = CommandLine.Root().Parse(typed[1..]);
            parse.Errors.ShouldBeEmpty(example);
            parse.UnmatchedTokens.ShouldBeEmpty(example);
            parse.CommandResult.Command.ShouldBeAssignableTo<CliCommand>(example); // and no family of commands
        }
    }

    [Fact]
    public async Task Help_OfTheRealProgram_ExitsWithZeroOnStandardOutput()
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync("dossierkit --help");
        answer.Exit.ShouldBe(0, answer.ToString());
        answer.Error.ShouldBeEmpty();
        answer.Out.ShouldContain("Exit codes:");
    }

    private static Command Find(string words) => Tree(CommandLine.Root()).Single(command => CommandLine.Words(command) == words);

    private static IEnumerable<Command> Tree(Command at) => at.Subcommands.SelectMany(Tree).Prepend(at);
}
