using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DossierKit.Tests.Cli;

/// <summary>The README's commands are run as they stand there: an example that does not work is worse than none.</summary>
public sealed class ReadmeTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Root = Path.GetFullPath(Path.Combine(ThisFolder(), "../../.."));

    [Fact]
    public async Task ByHand_EveryCommandOfTheReadme_Works()
    {
        var commands = Tested(await File.ReadAllTextAsync(Path.Combine(Root, "README.md")), "by-hand");
        commands.Count.ShouldBeGreaterThan(5);
        using var program = new DossierKitProcess();
        Copy(Path.Combine(AppContext.BaseDirectory, "sample-dossiers"), program.At("sample-dossiers"));
        var variables = new Dictionary<string, string>();
        foreach (var line in commands)
        {
            var command = line.Replace("$USER", Environment.UserName, StringComparison.Ordinal);
            if (command.StartsWith("export ", StringComparison.Ordinal))
            {
                var (name, value) = command["export ".Length..].Split('=') is [var left, var right] ? (left, right) : throw new FormatException(command);
                variables[name] = value;
                continue;
            }

            var words = DossierKitProcess.Words(command);
            words[0].ShouldBe("dossierkit", command);
            var answer = await program.RunAsync(words[1..], variables);
            answer.Exit.ShouldBe(0, $"{command}\n{answer}");
        }

        File.Exists(program.At("kennisgeving.docx")).ShouldBeTrue();
    }

    // 'dotnet run --project src/DossierKit.Host -- demo' wrote its letters into src/DossierKit.Host:
    // the web SDK starts a program in the folder of its project.
    // What a user names, and what the demo makes, lies where the user stands.
    [Fact]
    public async Task DotnetRun_FromAnotherFolder_WorksWhereTheUserStands()
    {
        using var program = new DossierKitProcess();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] words = ["run", "--no-build", "--configuration", Configuration, "--project", Path.Combine(Root, "src", "DossierKit.Host"), "--", "list", "--data", "nergens"];
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(4, error + await output);
        error.ShouldContain(program.At("nergens"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("SECURITY.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("templates/README.md")]
    [InlineData("sample-dossiers/README.md")]
    [InlineData("src/DossierKit/README.md")]
    [InlineData("src/DossierKit/Vault/FORMAT.md")]
    public void Links_OfEveryPage_LeadToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(
            File.ReadAllText(Path.Combine(Root, page)), "\\]\\((?<to>[^)#:]+)(#[^)]*)?\\)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
        {
            Path.Exists(Path.Combine(folder, link.Groups["to"].Value)).ShouldBeTrue($"{page}: {link.Value}");
        }
    }

    private static List<string> Tested(string markdown, string name)
    {
        var lines = new List<string>();
        var parts = markdown.ReplaceLineEndings("\n").Split($"<!-- tested: {name} -->\n```sh\n");
        foreach (var part in parts.Skip(1))
        {
            lines.AddRange(part[..part.IndexOf("\n```", StringComparison.Ordinal)].Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));
        }

        return lines;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
