using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary>What the commands on plain text share: the profile, and reading a file by its lines.</summary>
internal static class TextOptions
{
    /// <summary>The option <c>--profile</c>.</summary>
    public static Option<string> Profile() => new("--profile")
    {
        Description = $"What is made of the words: {string.Join(" or ", TextIndex.Profiles)}.",
        HelpName = "PROFILE",
        DefaultValueFactory = _ => TextIndex.Profiles[0],
    };

    /// <summary>The profile that was asked for.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static string Known(string? profile) => TextIndex.Profiles.Contains(profile, StringComparer.Ordinal) ? profile!
        : throw new UsageException($"There is no profile '{profile}'. Use one of: {string.Join(", ", TextIndex.Profiles)}.");

    /// <summary>The lines of a file, UTF-8 as it stands: what is no UTF-8 becomes U+FFFD, and a mark of the byte order stays a character.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(Open(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false, 1 << 16);
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>A file that was named, for reading.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder; a file is needed here. Name a file.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{path}'. Check the path.");
        }
    }
}

/// <summary><c>text analyze</c>: what the words of a text are found by.</summary>
internal sealed class TextAnalyzeCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A text, UTF-8; each line is a text by itself." };
    private readonly Option<string> _profile = TextOptions.Profile();

    public TextAnalyzeCommand()
        : base("analyze", "Show what the words of a text are found by, a line a token: term|positions after the one before|start-end. Nothing of a vault is touched.",
            "dossierkit text analyze ./tekst.txt",
            "dossierkit text analyze --profile lucene ./tekst.txt")
    {
        Add(_file);
        Add(_profile);
    }

    private protected override ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var profile = TextOptions.Known(context.Get(_profile));
        var tokens = TextOptions.Lines(context.Get(_file)!).SelectMany((line, i) => TextIndex.Tokens(profile, line).Select(token => (Line: i + 1, Token: token)));
        if (context.Terminal.IsJson)
        {
            context.Terminal.Json(new JsonObject { ["profile"] = profile }, "tokens", tokens.Select(one => (JsonNode)new JsonObject
            {
                ["line"] = one.Line,
                ["term"] = one.Token.Term,
                ["increment"] = one.Token.Increment,
                ["start"] = one.Token.Start,
                ["end"] = one.Token.End,
            }));
            return new(ExitCode.Done);
        }

        // Many lines at once: a write for each would take most of the time.
        var lines = new StringBuilder();
        foreach (var (_, token) in tokens)
        {
            if (lines.Length > 0) lines.Append('\n');
            lines.Append(CultureInfo.InvariantCulture, $"{token.Term}|{token.Increment}|{token.Start}-{token.End}");
            if (lines.Length < 1 << 16) continue;
            ct.ThrowIfCancellationRequested();
            context.Terminal.Line(lines.ToString());
            lines.Clear();
        }

        if (lines.Length > 0) context.Terminal.Line(lines.ToString());
        return new(ExitCode.Done);
    }
}

/// <summary><c>text bench</c>: queries over a corpus outside a vault, with their hits and what they cost.</summary>
internal sealed class TextBenchCommand : CliCommand
{
    private const int MostHits = 10;

    private readonly Argument<string> _corpus = new("CORPUS.tsv")
    {
        Description = @"The documents, a line each, with tabs between: id, dossier, type, date, violation, function, measure, text (\n for a new line, \f for a new page).",
    };

    private readonly Argument<string> _queries = new("QUERIES.tsv") { Description = "The queries, a line each: a kind of your own, a tab, the query in Lucene's classic syntax." };

    private readonly Option<string> _readable = new("--readable") { Description = "The dossiers that may be read, a line each; without it: all.", HelpName = "FILTER.txt" };

    private readonly Option<string> _profile = TextOptions.Profile();

    public TextBenchCommand()
        : base("bench",
            "Run queries over documents outside a vault: for each its number of hits and the best ten, at the end the CPU time of a query by kind. Dossiers that may not be read are not indexed. "
            + "All queries run once unmeasured before they are measured, over the same index with nothing kept of them; measured is the CPU time of the thread, reading the query included.",
            "dossierkit text bench ./corpus.tsv ./queries.tsv --readable ./filter.txt",
            "dossierkit text bench ./corpus.tsv ./queries.tsv --profile lucene")
    {
        Add(_corpus);
        Add(_queries);
        Add(_readable);
        Add(_profile);
    }

    private protected override ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var profile = TextOptions.Known(context.Get(_profile));
        var queries = Queries(context.Get(_queries)!);
        var readable = context.Get(_readable) is { Length: > 0 } filter ? TextOptions.Lines(filter).Select(line => line.Trim().TrimStart(Mark)).Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal) : null;
        var index = new TextIndex(profile, TextCorpus.Fields);
        using (var corpus = new TextCorpus(context.Get(_corpus)!))
        {
            foreach (var dossier in corpus.Dossiers(readable))
            {
                ct.ThrowIfCancellationRequested();
                index.Add(dossier);
            }
        }

        index.Open();
        foreach (var (_, query) in queries)
        {
            ct.ThrowIfCancellationRequested();
            index.Search(query, MostHits);
        }

        index.Open();
        GC.Collect();
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        if (context.Terminal.IsJson)
        {
            // The answers come before the times are known: both are kept, and written as one document.
            var answers = queries.ConvertAll(query => JsonOf(query, Measured(query)));
            context.Terminal.Json(new JsonObject
            {
                ["profile"] = profile,
                ["indexBytes"] = index.Bytes,
                ["cpu"] = new JsonArray([.. Summary().Select(one => (JsonNode)new JsonObject
            {
                ["kind"] = one.Kind, ["medianMs"] = one.Median, ["p99Ms"] = one.P99, ["queries"] = one.Count,
            })])
            }, "queries", answers);
            return new(ExitCode.Done);
        }

        var lines = new StringBuilder();
        foreach (var query in queries)
        {
            ct.ThrowIfCancellationRequested();
            var answer = Measured(query);
            lines.Append(CultureInfo.InvariantCulture, $"Q {query.Kind} {query.Query} {answer.Total}");
            foreach (var (id, score) in answer.Hits) lines.Append(CultureInfo.InvariantCulture, $"\n{id} {score:R}");
            context.Terminal.Line(lines.ToString());
            lines.Clear();
            if (answer.Problem is not null) context.Terminal.Note($"{query.Query}: {answer.Problem}{(answer.Nearest is null ? "" : $" Bedoelt u: {answer.Nearest}")}");
        }

        foreach (var (kind, median, p99, count) in Summary())
            context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"CPU {kind}: median {median:F3} ms, p99 {p99:F3} ms, {count} queries"));
        return new(ExitCode.Done);

        TextAnswer Measured((string Kind, string Query) query)
        {
            var before = ThreadClock.Milliseconds;
            var answer = index.Search(query.Query, MostHits);
            var spent = ThreadClock.Milliseconds - before;
            if (!times.TryGetValue(query.Kind, out var all)) times[query.Kind] = all = [];
            all.Add(spent);
            return answer;
        }

        IEnumerable<(string Kind, double Median, double P99, int Count)> Summary()
        {
            foreach (var (kind, all) in times)
            {
                all.Sort();
                yield return (kind, all[all.Count / 2], all[(int)(all.Count * 0.99)], all.Count);
            }
        }
    }

    private static JsonObject JsonOf((string Kind, string Query) query, TextAnswer answer) => new()
    {
        ["kind"] = query.Kind,
        ["query"] = query.Query,
        ["total"] = answer.Total,
        ["hits"] = new JsonArray([.. answer.Hits.Select(hit => (JsonNode)new JsonObject { ["id"] = hit.Id, ["score"] = hit.Score })]),
        ["problem"] = answer.Problem,
        ["nearest"] = answer.Nearest,
    };

    private const char Mark = '\ufeff';

    private static List<(string Kind, string Query)> Queries(string path)
    {
        var queries = new List<(string Kind, string Query)>();
        var number = 0;
        foreach (var read in TextOptions.Lines(path))
        {
            // Some editors begin a file with a byte order mark.
            var line = number++ == 0 ? read.TrimStart(Mark) : read;
            if (line.Length == 0) continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) throw new UsageException($"'{path}', line {number}: there is no tab. A line is a kind of your own, a tab and the query.");
            queries.Add((line[..tab], line[(tab + 1)..]));
        }

        return queries;
    }
}
