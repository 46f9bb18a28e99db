using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace DossierKit.Host.Cli;

/// <summary>The page of <c>--help</c>: what the command is for, how it is called, and always examples that can be typed over; the root adds the exit codes.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 110;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return (int)ExitCode.Done;
    }

    /// <summary>Writes the page of one command.</summary>
    public static void Write(Command command, TextWriter page)
    {
        foreach (var line in Wrap(command.Description ?? "", Width)) page.WriteLine(line);
        page.WriteLine();
        page.WriteLine("Usage:");
        page.WriteLine($"  {Usage(command)}");

        Section(page, "Arguments:", command.Arguments.Select(argument => ($"<{argument.HelpName ?? argument.Name}>", argument.Description ?? "")));
        Section(page, "Commands:", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? "")));
        Section(page, "Options:", Options(command).Where(option => option is not (HelpOption or VersionOption)).Select(Row));
        Section(page, "Common options:", command is CliCommand or RootCommand ? Inherited(command).Select(Row) : []);

        page.WriteLine();
        page.WriteLine("Examples:");
        foreach (var example in ExamplesOf(command)) page.WriteLine(Folded(example));
        if (command is not RootCommand) return;

        Section(page, "Exit codes:",
        [
            ("0", "done"),
            ("1", "refused by a rule; no access or not there (one answer for both); faulty template or data"),
            ("2", "wrong use of the command line"),
            ("3", "the vault is damaged, cut or rolled back"),
            ("4", "the surroundings do not allow it: disk, rights, unlock secret, a newer format; or a bug"),
        ]);
    }

    /// <summary>The examples of a command; a family shows the first of each member.</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command) => command switch
    {
        CliCommand own => own.Examples,
        RootCommand => ["dossierkit demo", "dossierkit list --data ./demo-data --as fi", "dossierkit assemble kennisgeving --dossier WL-2026-0001 --questions --data ./demo-data --as fi --purpose \"Kennisgeving opstellen\""],
        _ => [.. command.Subcommands.OfType<CliCommand>().SelectMany(sub => sub.Examples.Take(1))],
    };

    private static string Usage(Command command)
    {
        var words = new List<string> { CommandLine.Words(command) };
        words.AddRange(command.Arguments.Select(argument =>
            $"{(argument.Arity.MinimumNumberOfValues == 0 ? "[" : "")}<{argument.HelpName ?? argument.Name}>{(argument.Arity.MinimumNumberOfValues == 0 ? "]" : "")}{(argument.Arity.MaximumNumberOfValues > 1 ? "…" : "")}"));
        words.AddRange(command.Options.Where(option => option.Required).Select(option => $"{option.Name} {ValueName(option)}"));
        words.Add(command.Subcommands.Count > 0 ? "<command> [options]" : "[options]");
        return string.Join(' ', words);
    }

    private static IEnumerable<Option> Options(Command command) => command is RootCommand ? [] : command.Options;

    private static IEnumerable<Option> Inherited(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(option => option.Recursive || (at == command && option is VersionOption))) yield return option;
        }
    }

    private static (string, string) Row(Option option) => (
        string.Join(", ", option.Aliases.Where(alias => alias is "-h").Append(option.Name)) + (ValueName(option) is { Length: > 0 } value ? $" {value}" : ""),
        (option.Description ?? "") + (option.Required ? " Required." : "") + (option.Arity.MaximumNumberOfValues > 1 ? " May be given more than once." : ""));

    private static string ValueName(Option option)
        => option is HelpOption or VersionOption || option.ValueType == typeof(bool) ? "" : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    private static void Section(TextWriter page, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        page.WriteLine();
        page.WriteLine(title);
        var column = Math.Min(34, all.Max(row => row.Left.Length)) + 4;
        foreach (var (left, right) in all)
        {
            var first = $"  {left}".PadRight(column);
            var lines = Wrap(right, Width - column);
            if (first.TrimEnd().Length >= column) page.WriteLine(first.TrimEnd());
            for (var i = 0; i < lines.Count; i++)
            {
                var margin = i == 0 && first.TrimEnd().Length < column ? first : new string(' ', column);
                page.WriteLine((margin + lines[i]).TrimEnd());
            }
        }
    }

    // Long examples continue on the next line as a shell allows, before an option.
    private static string Folded(string example)
    {
        var text = new StringBuilder("  ");
        var line = 2;
        foreach (var part in example.Replace(" --", "\n--", StringComparison.Ordinal).Split('\n'))
        {
            if (line > 2 && line + 1 + part.Length > Width - 2)
            {
                text.Append(" \\").AppendLine().Append("    ");
                line = 4;
            }
            else if (line > 2)
            {
                text.Append(' ');
                line++;
            }

            text.Append(part);
            line += part.Length;
        }

        return text.ToString();
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width) lines.Add(word);
            else lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }

        return lines;
    }
}
