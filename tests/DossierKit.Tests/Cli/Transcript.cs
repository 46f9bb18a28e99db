using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DossierKit.Tests.Cli;

/// <summary>
/// A session with the program as a file that also teaches it:
/// <code>
/// # what this shows
/// $ dossierkit list --json          a command; words and double quotes, VAR=value before it
/// &lt; typed by the user               a line of its input
/// []                                standard output
/// 2> error: …                       standard error
/// => 0                              the exit code (always written)
/// -- notes/file.json --             at the end: files that exist before the first command
/// </code>
/// <c>***</c> stands for any text inside a line; a line of only <c>***</c> for any lines.
/// </summary>
internal sealed partial record Transcript(IReadOnlyList<Transcript.Step> Steps, IReadOnlyList<(string Path, string Text)> Files)
{
    internal sealed record Step(int Line, string Command, string Input, string Out, string Error, int Exit);

    public static Transcript Read(string text)
    {
        var steps = new List<Step>();
        var files = new List<(string, string)>();
        string? command = null;
        var at = 0;
        StringBuilder input = new(), output = new(), error = new();
        StringBuilder? file = null;
        var path = "";
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (FileHead().Match(line) is { Success: true } head)
            {
                if (file is not null) files.Add((path, file.ToString()));
                (file, path) = (new StringBuilder(), head.Groups["path"].Value);
            }
            else if (file is not null)
            {
                file.Append(line).Append('\n');
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                if (command is not null) throw new FormatException($"Line {i + 1}: the command of line {at} has no exit code ('=> 0').");
                (command, at) = (line[2..], i + 1);
            }
            else if (line.StartsWith("=> ", StringComparison.Ordinal))
            {
                steps.Add(new Step(at, command ?? throw new FormatException($"Line {i + 1}: an exit code without a command."), input.ToString(), output.ToString(), error.ToString(), int.Parse(line[3..], CultureInfo.InvariantCulture)));
                command = null;
                foreach (var part in (StringBuilder[])[input, output, error]) part.Clear();
            }
            else if (command is not null)
            {
                if (line.StartsWith("< ", StringComparison.Ordinal)) input.Append(line[2..]).Append('\n');
                else if (line.StartsWith("2> ", StringComparison.Ordinal) || line == "2>") error.Append(line.Length > 3 ? line[3..] : "").Append('\n');
                else output.Append(line).Append('\n');
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                throw new FormatException($"Line {i + 1}: neither a command, nor a comment: {line}");
            }
        }

        if (command is not null) throw new FormatException($"The command of line {at} has no exit code.");
        if (file is not null) files.Add((path, file.ToString()));
        return new Transcript(steps, files);
    }

    /// <summary>Whether the text answers to the pattern; says where not.</summary>
    public static bool Matches(string pattern, string text)
    {
        var expression = new StringBuilder("\\A");
        foreach (var line in pattern.TrimEnd('\n').Split('\n'))
        {
            if (line == "***") expression.Append("(?:.*\\n)*?");
            else expression.Append(string.Join(".*?", line.TrimEnd().Split("***").Select(Regex.Escape))).Append("[ ]*\\n");
        }

        expression.Append("\\z");
        var whole = text.ReplaceLineEndings("\n");
        if (pattern.Length == 0) return whole.Length == 0;
        if (!whole.EndsWith('\n')) whole += "\n";
        return Regex.IsMatch(whole, expression.ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
    }


    [GeneratedRegex("^-- (?<path>\\S.*) --$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FileHead();
}
