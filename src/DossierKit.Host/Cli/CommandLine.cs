using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;

using DossierKit.Host.Cli.Commands;

namespace DossierKit.Host.Cli;

/// <summary>The program <c>dossierkit</c> on the command line: which commands there are, how they are read, and what a wrong one answers.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        // The same words on every machine: dates and numbers are written by explicit Dutch formats, never by the culture of the machine.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        // A Windows console still begins in a code page without most accents; elsewhere the locale has decided.
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        var root = Root();
        // Response files (@file) are off: a purpose or a name may begin with @.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var wrong = WrongUse(parse);
        if (wrong.Count > 0)
        {
            var terminal = Terminal.OfProcess(args.Contains("--json", StringComparer.Ordinal));
            return (int)Failures.Report(new UsageException(string.Join(Environment.NewLine, wrong)
                + $"{Environment.NewLine}See '{Words(parse.CommandResult.Command)} --help'."), terminal);
        }

        return await parse.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // A host first lets running requests end, for as long as its settings say; whoever waits for it (systemd) sets the last limit.
            ProcessTerminationTimeout = parse.CommandResult.Command is ServeCommand or DemoCommand ? TimeSpan.FromMinutes(15) : TimeSpan.FromSeconds(20),
        });
    }

    /// <summary>The whole tree of commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Encrypted integrity dossiers and letters that are complete by the protocol.")
        {
            HelpName = "dossierkit",
        };
        root.Directives.Clear();
        foreach (var option in (Option[])[CommonOptions.Data, CommonOptions.State, CommonOptions.UnlockFile, CommonOptions.Json]) root.Add(option);
        foreach (var command in Commands()) root.Add(command);
        root.Options.OfType<HelpOption>().Single().Action = new HelpPage();
        return root;
    }

    /// <summary>The words of a command as typed, such as <c>dossierkit person add</c>.</summary>
    public static string Words(Command command)
        => command is RootCommand ? "dossierkit" : $"{Words(command.Parents.OfType<Command>().First())} {command.Name}";

    private static IEnumerable<Command> Commands() =>
    [
        new DemoCommand(),
        new InitCommand(),
        new ListCommand(),
        new NewCommand(),
        new ImportCommand(),
        new AddCommand(),
        new GetCommand(),
        new MoveCommand(),
        new ShowCommand(),
        new RecordCommand(),
        new CommandFamily("recording", "Work on recordings of conversations.", new RecordingAddCommand(), new RecordingListCommand()),
        new CommandFamily("retention", "See and decide how long dossiers and recordings are kept.",
            new RetentionPlanCommand(), new RetentionForecastCommand(), new RetentionExplainCommand(), new RetentionClassifyCommand(), new RetentionDateCommand()),
        new CommandFamily("hold", "Keep something although its time may come.", new HoldPlaceCommand(), new HoldReviewCommand(), new HoldReleaseCommand(), new HoldListCommand()),
        new CommandFamily("selectielijst", "Work on the national list of how long what is kept.", new SelectielijstImportCommand(), new SelectielijstShowCommand()),
        new SimilarCommand(),
        new CommandFamily("card", "Work on cards: decided cases as they may be compared with.",
            new CardProposeCommand(), new CardApproveCommand(), new CardListCommand(), new CardShowCommand(), new CardWithdrawCommand(),
            new CardAskCommand(), new CardRequestsCommand(), new CardDecideCommand(), new CardLogCommand()),
        new AssembleCommand(),
        new AppointCommand(),
        new CommandFamily("person", "Work on the staff register: who works with the dossiers.",
            new PersonAddCommand(), new PersonBindCommand(), new PersonConfirmCommand(), new PersonLinkCommand(), new PersonListCommand()),
        new CommandFamily("template", "Work on Word templates.", new TemplateLintCommand(), new TemplateRenderCommand(), new TemplateInstallCommand()),
        new CommandFamily("protocol", "Work on protocols: the rules of a municipality as data.", new ProtocolShowCommand(), new ProtocolCheckCommand(), new ProtocolInstallCommand(), new ProtocolSwitchCommand()),
        new CommandFamily("unlock", "Work on what opens the vault: passphrases, files and certificates.", new UnlockListCommand(), new UnlockAddCommand(), new UnlockRemoveCommand()),
        new CommandFamily("keys", "Work on the keys of the vault: their age and renewal, and the recovery key over several holders.",
            new KeysStatusCommand(), new KeysRotateCommand(), new KeysEscrowCommand(), new KeysRecoverCommand(), new KeysDrillCommand()),
        new BackupCommand(),
        new RestoreCommand(),
        new CommandFamily("destruction", "Destroy recordings and dossiers whose time has come: by a list, by several people, with proof.",
            new DestructionProposeCommand(), new DestructionReviewCommand(), new DestructionApproveCommand(), new DestructionCancelCommand(), new DestructionRunCommand(), new DestructionStatusCommand(),
            new DestructionStatementCommand(), new DestructionVerifyCommand(), new DestructionKeyCommand(),
            new CommandFamily("clock", "The clock by which is decided that a time has come.", new DestructionClockShowCommand(), new DestructionClockConfirmCommand())),
        new ExportCommand(),
        new CommandFamily("bag", "Work on bags: dossiers as they go to the archive.", new BagVerifyCommand()),
        new CommandFamily("transfer", "Work on what went to the archive.", new TransferConfirmCommand(), new TransferWithdrawCommand()),
        new CommandFamily("text", "See how plain text outside a vault is searched, and measure it.", new TextAnalyzeCommand(), new TextBenchCommand()),
        new SearchCommand(),
        new CommandFamily("index", "Work on the search index.", new IndexStatusCommand(), new IndexRebuildCommand()),
        new ServeCommand(),
        new VerifyCommand(),
        new DoctorCommand(),
    ];

    private static List<string> WrongUse(ParseResult parse)
    {
        // Asking for help forgives what is missing, but not a command that does not exist:
        // System.CommandLine would answer 'nonsense --help' with exit code 0.
        if (parse.Action is HelpPage)
        {
            return [.. parse.UnmatchedTokens.Take(1).Select(token => Unknown(parse.CommandResult.Command, token))];
        }

        var command = parse.CommandResult.Command;
        if (Swallowed(parse) is { } swallowed) return [Unknown(command, swallowed)];
        if (parse.UnmatchedTokens.Count > 0) return [Unknown(command, parse.UnmatchedTokens[0])];
        if (parse.Errors.Count > 0 && command.Subcommands.Count > 0)
        {
            return [$"'{Words(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."];
        }

        return [.. parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)];
    }

    // A mistyped option would be taken for a value: 'lint --jsno x.docx' for a file named '--jsno'. After '--' anything goes.
    private static string? Swallowed(ParseResult parse)
        => parse.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : parse.CommandResult.Children.SelectMany(child => child.Tokens).Select(token => token.Value)
                .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal) && value.Length > 2);

    private static string Unknown(Command command, string token)
    {
        var names = token.StartsWith('-')
            ? command.Options.Select(option => option.Name).Concat(CommonNames)
            : command.Subcommands.Select(sub => sub.Name);
        var near = Nearest(names, token);
        var kind = token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return $"'{Words(command)}' has no {kind} '{token}'.{(near is null ? "" : $" Did you mean '{near}'?")}";
    }

    /// <summary>The name somebody probably meant, or <see langword="null"/>.</summary>
    public static string? Nearest(IEnumerable<string> names, string typed)
        => names.Select(name => (name, distance: Distance(name, typed)))
            .Where(pair => pair.distance <= Math.Max(1, typed.Length / 3)).OrderBy(pair => pair.distance).Select(pair => pair.name).FirstOrDefault();

    private static readonly string[] CommonNames = ["--data", "--state", "--unlock-file", "--json", "--help"];

    // Levenshtein: number of characters to insert, delete or replace.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
